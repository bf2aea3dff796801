"""The monthly watch: each alert on the smallest partnership that raises it."""

import json
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest

from partnet_analysis import cli, names
from partnet_analysis.errors import EmptyPeriodError
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from partnet_analysis.watch import ALERTS, watch

AS_OF = date(2024, 12, 31)
EXAMPLE = Path(__file__).parents[1] / "data" / "raw"


def days_ago(days: int) -> str:
    return str(AS_OF - timedelta(days=days))


@pytest.fixture
def busy() -> Records:
    """
    Twelve clubs and a coordinator, `town`, meeting in threes and fours every ten days for half a year.

    In the last ninety days `c00` is invited every time and called a lot, `c01` stays away, `c02` is gone from everything,
    `c03` and `c04` no longer meet; `c11` joined a hundred days ago and never came.
    """
    ids = [f"c{number:02}" for number in range(12)]
    actors = pd.DataFrame(
        {
            "actor_id": ["town", *ids],
            "name": ["Town", *[f"Club {number}" for number in range(12)]],
            "kind": "organisation",
            "is_coordinator": [True, *[False] * 12],
            "joined_on": [*[None] * 12, days_ago(100)],
        }
    )
    meetings, sheet, calls = [], [], []
    for number in range(36):
        ago = 178 - 5 * number
        old = ago >= 90
        trio = [ids[(number + shift) % 11] for shift in range(3)]
        members = [*trio, *([ids[3], ids[4]] if old else [ids[0]])]
        meetings.append((f"m{number:02}", days_ago(ago), "Group", "town"))
        for actor in dict.fromkeys(members):
            if actor == "c02" and not old:
                continue
            if not old and actor == "c04" and "c03" in members:
                continue
            status = "absent" if actor == "c01" and not old else "present"
            sheet.append((f"m{number:02}", actor, True, status))
    calls += [(f"k{number:02}", days_ago(2 * number), "town", "c00") for number in range(40)]
    calls.append(("k90", days_ago(3), "c01", "c05"))
    return Records.from_tables(
        actors,
        pd.DataFrame(meetings, columns=["meeting_id", "day", "series", "convener_id"]),
        pd.DataFrame(sheet, columns=["meeting_id", "actor_id", "invited", "status"]),
        pd.DataFrame(calls, columns=["contact_id", "day", "source_id", "target_id"]),
    )


def test_each_alert_is_raised_for_whom_it_concerns(busy: Records) -> None:
    found = watch(busy, AS_OF)
    concerned = found.groupby("alert")["actor_id"].agg(list).to_dict()

    assert concerned["over_the_line"] == ["c00"]
    assert concerned["newly_isolated"] == ["c02"]
    assert concerned["response_fell"] == ["c01"]
    assert concerned["newcomer_unseen"] == ["c11"]
    quiet = found[found["alert"] == "tie_gone_quiet"]
    assert ["c03", "c04"] in quiet[["actor_id", "other_id"]].to_numpy().tolist()


def test_the_most_urgent_comes_first(busy: Records) -> None:
    alerts = watch(busy, AS_OF)["alert"].to_list()

    assert alerts == sorted(alerts, key=ALERTS.index)


def test_every_alert_can_be_said(busy: Records) -> None:
    for sentence in watch(busy, AS_OF)["sentence"]:
        for language in names.LANGUAGES:
            assert "Club" in sentence.in_language(language)


def test_nothing_is_compared_with_nothing(busy: Records) -> None:
    first_days = watch(busy, AS_OF - timedelta(days=120))

    assert set(first_days["alert"]) <= {"newcomer_unseen"}


def test_an_empty_quarter_is_refused(busy: Records) -> None:
    with pytest.raises(EmptyPeriodError):
        watch(busy, date(2030, 1, 1))


def test_the_example_gives_few_calls_and_the_planted_ones() -> None:
    town = at_organisation_level(partnership().records)
    found = watch(town, TRUTHS.period.end)

    assert len(found) <= 10
    assert set(found.loc[found["alert"] == "over_the_line", "actor_id"]) <= {
        planted.actor_id for planted in TRUTHS.over_solicited
    }


def test_nothing_is_mutated(busy: Records) -> None:
    before = {table: getattr(busy, table).copy(deep=True) for table in names.TABLES}
    watch(busy, AS_OF)

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(busy, table), frame)


@pytest.fixture
def partnet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partnet", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        said = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return stop.value.code, said.out, said.err

    return run


def test_the_command_says_whom_to_call(partnet: Callable[..., tuple[int, str, str]]) -> None:
    code, out, told = partnet("watch", str(EXAMPLE))

    assert code == 0
    assert "est devenu trop sollicité" in out
    assert "décembre 2025" in told
    assert not any(Path("data/processed").glob("watch*"))


def test_the_command_answers_machines(partnet: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = partnet("watch", str(EXAMPLE), "--json", "--on", "2025-03-31", "--lang", "en")
    answer = json.loads(out)

    assert code == 0
    assert answer["day"] == "2025-03-31"
    assert {"alert", "actor_id", "other_id", "since_on", "sentence"} == set(answer["alerts"][0])


def test_a_day_that_is_none_is_refused(partnet: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, out, told = partnet("watch", str(EXAMPLE), "--on", "soon")
    assert (code, out) == (2, "")
    assert "PN004" in told

    (tmp_path / "actors.csv").write_text("actor_id,name,kind\na,A,organisation\n")
    assert partnet("watch", str(tmp_path))[0] == 2
