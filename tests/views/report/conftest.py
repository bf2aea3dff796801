"""Reviews to write: the smallest one, the example partnership's, and one with names that would like to act."""

import pandas as pd
import pytest

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import SEED, TRUTHS, partnership
from partnet_analysis.views.report import report_forms
from partnet_analysis.views.report.sections import map_section

HOSTILE = {
    "script": "</script><script>document.title = 'taken'</script>",
    "formula": "=cmd|' /C calc'!A0",
    "math": "$x_2$",
    "typst": '#panic("x") *bold* @missing <label>',
    "control": "NUL\x00 bell\x07 club",
    "turned": "\u202eright to left\u202c club",
    "emoji": "Fanfare \U0001f3ba\U0001f469\u200d\U0001f680",
    "chinese": "漢字 club",
    "long": "A" * 500,
    "jinja": "{{ 7 * 7 }} {% raw %}",
    "brackets": "&amp; <b>bold</b> \"quoted\" 'single'",
}


@pytest.fixture
def _small_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare tests of the report the time that the map takes; it has its own tests."""
    monkeypatch.setattr(map_section, "map_html", lambda *_: "<!DOCTYPE html><p>map</p>")


@pytest.fixture
def review(records: Records, year: Period) -> Review:
    return annual_review(records, year, name="Example", note="Fictional.")


@pytest.fixture(scope="session")
def example() -> Review:
    made = partnership(SEED)
    return annual_review(made.records, TRUTHS.period, name="Saint-Exemple", note="Partenariat fictif.")


@pytest.fixture(scope="session", params=["fr", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def forms(example: Review, language: str) -> dict[str, bytes]:
    return report_forms(example, language)


@pytest.fixture(scope="session")
def hostile() -> Review:
    """Everybody meets twice and is in touch with the next; the last one is never seen."""
    ids = list(HOSTILE)
    actors = pd.DataFrame(
        {
            "actor_id": ids,
            "name": list(HOSTILE.values()),
            "kind": "organisation",
            "sector": ["<i>Santé</i> 漢", "$y$"] * 5 + [None],
        }
    )
    meetings = pd.DataFrame(
        {"meeting_id": ["m1", "m2"], "day": ["2024-02-01", "2024-03-01"], "title": "#eval", "series": "=1+1"}
    )
    attendance = pd.DataFrame(
        [(meeting, actor, True, "present") for meeting in ("m1", "m2") for actor in ids[:-1]],
        columns=["meeting_id", "actor_id", "invited", "status"],
    )
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{place}" for place in range(len(ids) - 2)],
            "day": "2024-04-01",
            "source_id": ids[:-2],
            "target_id": ids[1:-1],
        }
    )
    made = Records.from_tables(actors, meetings, attendance, contacts)
    return annual_review(made, Period.of_year(2024), name="=1+1 </title> #x 漢", note="Fictional </p> \x00.")
