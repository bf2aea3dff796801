"""What `import partnet_analysis` offers."""

import inspect
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

import partnet_analysis as pn
from partnet_analysis.errors import EmptyPeriodError, InputError, InvalidPeriodError
from partnet_analysis.interface.docstrings import sections
from partnet_analysis.interface.reading import FolderRecords

DOCS = Path(__file__).parents[1] / "docs"
EXAMPLE = Path(__file__).parents[1] / "data" / "raw"
FUNCTIONS = [name for name in pn.__all__ if inspect.isfunction(getattr(pn, name))]
PERIOD = pn.Period.of_year(2024)


@pytest.fixture(scope="module")
def example() -> FolderRecords:
    return pn.read(EXAMPLE)


def test_every_public_name_is_there_once_and_in_order() -> None:
    assert pn.__all__ == sorted(set(pn.__all__))
    assert set(pn.__all__) <= set(dir(pn))
    assert all(getattr(pn, name) is not None for name in pn.__all__)


@pytest.mark.parametrize("name", [*pn.__all__, *(f"figures.{name}" for name in pn.figures.__all__)])
def test_every_public_name_is_documented_with_an_example_that_the_doctests_run(name: str) -> None:
    public = named(name)
    said = sections(inspect.getdoc(public) or "")

    assert said[""]
    assert ">>> " in said["" if isinstance(public, ModuleType) else "Examples"]
    assert "Returns" in said or not inspect.isfunction(public)
    members = vars(public).items() if inspect.isclass(public) else ()
    assert all(inspect.getdoc(member) for place, member in members if not place.startswith("_") and callable(member))


def named(name: str) -> Any:  # noqa: ANN401 (whatever it is)
    found: Any = pn
    for part in name.split("."):
        found = getattr(found, part)
    return found


def test_the_documentation_lists_exactly_the_public_names() -> None:
    page = (DOCS / "python.md").read_text(encoding="utf-8")

    listed = set(re.findall(r"^\.\. auto\w+:: partnet_analysis\.([A-Za-z_]+)$", page, flags=re.MULTILINE))

    assert listed == set(pn.__all__)


def test_what_a_function_returns_is_described_by_the_measure_behind_it() -> None:
    from partnet_analysis.measures.isolation import isolation  # noqa: PLC0415 (only this test looks behind)

    assert sections(inspect.getdoc(pn.isolation) or "")["Returns"] == sections(inspect.getdoc(isolation) or "")["Returns"]


def test_every_module_is_imported_by_its_own_name_before_and_after_the_questions_are_used() -> None:
    code = """
import pkgutil
from types import ModuleType

import partnet_analysis as pn

modules = [found.name for found in pkgutil.walk_packages(pn.__path__, "partnet_analysis.")]
modules = [name for name in modules if not name.endswith(("__main__", "engines.cluster"))]  # the latter needs pyspark
for moment in ("before", "after"):
    for name in modules:
        exec(f"import {name} as found")
        assert isinstance(found, ModuleType) and found.__name__ == name, (moment, name, found)
    asked = [getattr(pn, name) for name in pn.__all__]
print(len(modules), sum(isinstance(one, ModuleType) for one in asked))
"""
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    n_modules, n_asked_that_are_modules = map(int, done.stdout.split())
    assert n_modules > 200
    assert n_asked_that_are_modules == 1  # `figures`


def test_an_unknown_name_is_an_attribute_error_that_lists_the_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'league_table'; it offers Config, Network"):
        pn.league_table  # noqa: B018 (asking is the point)


def test_importing_and_asking_for_help_load_nothing_heavy() -> None:
    heavy = {"pandas", "numpy", "networkx", "matplotlib", "scipy", "igraph", "pandera", "pydantic", "babel", "pyvis"}
    code = (
        "import sys; import partnet_analysis; from partnet_analysis.cli import command_line; "
        "command_line('fr').main(['--help'], standalone_mode=False); "
        f"print(sorted(set(sys.modules) & {heavy!r}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("period", [PERIOD, 2024, np.int64(2024), "2024", " 2024-01-01..2024-12-31 "])
def test_a_period_is_taken_as_people_write_it(records: pn.Records, period: Any) -> None:  # noqa: ANN401 (any of these)
    assert pn.network(records, period).period == PERIOD
    pd.testing.assert_frame_equal(pn.isolation(records, period), pn.isolation(records, PERIOD))


def test_no_period_is_the_last_year_that_the_records_cover(example: FolderRecords) -> None:
    assert pn.network(example).period == pn.Period.of_year(2025)


@pytest.mark.parametrize(
    ("period", "error", "words"),
    [
        (2024.0, TypeError, r"not a float; call pn.network\(records, period=2024\)"),
        (True, TypeError, "not a bool"),
        (("2024-01-01", "2024-06-30"), TypeError, r"for two days: pn.Period\(start, end\)"),
        ("last year", InvalidPeriodError, "last year"),
        (1999, EmptyPeriodError, "1999"),
    ],
)
def test_what_is_no_period_is_refused(records: pn.Records, period: Any, error: type, words: str) -> None:  # noqa: ANN401 (any value)
    with pytest.raises(error, match=words):
        pn.network(records, period)


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "read"])
def test_a_wrong_call_names_the_right_one(name: str) -> None:
    words = rf"pn\.{name} takes (records|a network|a review), such as pn\.\w+\(.*\); it was given a str"

    with pytest.raises(TypeError, match=words):
        named(name)("data/raw")


@pytest.mark.parametrize(
    ("call", "right"),
    [
        (lambda: pn.network(None, year=2024), r"pn.network: .*'year'; call pn.network\(records, period=2024\)"),  # type: ignore[call-arg, arg-type]  # the mistakes under test
        (lambda: pn.isolation(None, year=2024), r"call pn.isolation\(records, period=2024\)$"),  # type: ignore[call-arg, arg-type]  # as above
        (lambda: pn.centrality(None, 2024), r"pn.centrality: too many .*; call pn.centrality\(network\)$"),  # type: ignore[call-arg, arg-type]  # as above
        (lambda: pn.review(None, 2024, 2025), r"call pn.review\(records, year=2024\) \(it also takes name, note\)"),  # type: ignore[call-arg, arg-type]  # as above
        (pn.read, r'missing .*\'folder\'; call pn.read\("data/raw"\)'),
        (lambda: pn.map(None, lang="en"), r"call pn.map\(review\) \(it also takes language, height\)"),  # type: ignore[call-arg, arg-type]  # as above
        (lambda: pn.export(None, format="gexf"), r"call pn.export\(network\) \(it also takes formats, attributes\)"),  # type: ignore[call-arg, arg-type]  # as above
    ],
)
def test_an_argument_that_a_function_does_not_take_names_the_right_call(call: Callable[[], object], right: str) -> None:
    with pytest.raises(TypeError, match=right):
        call()


def test_methods_name_the_right_call_too(records: pn.Records) -> None:
    network = pn.network(records)

    for wrong in (lambda: network.without("town"), lambda: records.without("town")):
        with pytest.raises(TypeError, match=r"not as 'town'; call without\(\['town'\]\)"):
            wrong()
    with pytest.raises(TypeError, match=r"call without_meetings\(\['7'\]\)"):
        records.without_meetings(7)  # type: ignore[arg-type]  # the mistake under test
    for period in ("2025", 2025, None):
        with pytest.raises(TypeError, match=r'call records.within\(pn.Period.parse\("2025"\)\)'):
            records.within(period)  # type: ignore[arg-type]  # as above
    with pytest.raises(
        TypeError, match=r"not a list; call pn.Records.from_tables\(actors, meetings, attendance, contacts\)"
    ):
        pn.Records.from_tables([1])  # type: ignore[arg-type]  # as above
    with pytest.raises(TypeError, match=r"call Period.of_year\(2024\)"):
        pn.Period.of_year("2024")  # type: ignore[arg-type]  # as above
    with pytest.raises(TypeError, match=r'call Period.parse\("2024"\)'):
        pn.Period.parse(2024)  # type: ignore[arg-type]  # as above


def test_a_public_function_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(pn.network)) is pn.network  # noqa: S301 (our own bytes)


def test_a_class_given_instead_of_an_object_is_called_by_its_name() -> None:
    with pytest.raises(TypeError, match="it was given a Records"):
        pn.centrality(pn.Records)  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize("wrong", [None, 2024, pd.DataFrame()])
def test_what_names_no_folder_is_refused(wrong: Any) -> None:  # noqa: ANN401 (any value)
    with pytest.raises(TypeError, match=r'a folder is named by a text or a Path, not .*; call pn.read\("data/raw"\)'):
        pn.read(wrong)


@pytest.mark.parametrize("name", ["map", "documents", "figures.load", "figures.network", "figures.sectors"])
def test_a_language_that_nothing_is_written_in_is_refused(records: pn.Records, name: str) -> None:
    with pytest.raises(ValueError, match=rf'language is "fr" or "en", not \'de\'; call pn.{name}\(review, language="fr"\)'):
        named(name)(pn.review(records), language="de")


def test_other_wrong_values_name_the_right_ones(records: pn.Records) -> None:
    review, network = pn.review(records), pn.network(records)

    with pytest.raises(TypeError, match=r'call pn.map\(review, height="720px"\)'):
        pn.map(review, height=720)  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(TypeError, match="attributes is a frame indexed by actor_id"):
        pn.export(network, attributes=pd.Series([1.0], index=["town"]))  # type: ignore[arg-type]  # as above
    with pytest.raises(TypeError, match=r"call pn.network\(records, half_life_days=90\)"):
        pn.network(records, half_life_days="90")  # type: ignore[arg-type]  # as above
    with pytest.raises(AttributeError, match=r"pn\.figures has no 'loads'; it offers Picture, load"):
        pn.figures.loads  # noqa: B018 (asking is the point)
    with pytest.raises(TypeError, match=r"not a pandas Period; call pn.network"):
        pn.network(records, pd.Period("2024"))  # type: ignore[arg-type]  # as above
    with pytest.raises(TypeError, match=r"two days \(datetime.date\); for text: Period.parse"):
        pn.Period("2024-01-01", "2024-06-30")  # type: ignore[arg-type]  # as above


def test_the_documents_quote_the_service_s_own_texts(records: pn.Records) -> None:
    review = pn.review(records, 2024)

    assert "Un mot à nous." in pn.documents(review, texts={"voices": "Un mot à nous."})["review-2024.html"].decode()
    with pytest.raises(TypeError, match=r'not a str; call pn.documents\(review, texts={"voices": "…"}\)'):
        pn.documents(review, texts="voices.md")  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(ValueError, match="no text 'voice'; it has framework, commitments, voices, action_plan"):
        pn.documents(review, texts={"voice": "Un mot."})


def test_reading_gives_records_with_their_account(example: FolderRecords) -> None:
    ledger = example.ledger

    assert isinstance(example, pn.Records)
    assert ledger is not None
    assert ledger.accounting["rows"].sum() > 0
    assert "fictif" in example.name
    assert "fictif" in example.note
    assert example.within(PERIOD).ledger is ledger
    assert (example.actors["kind"] == "organisation").any()


def test_reading_at_person_level_keeps_persons(example: FolderRecords) -> None:
    assert len(pn.read(EXAMPLE, level="person").actors) > len(example.actors)
    with pytest.raises(ValueError, match=r'call pn.read\(.*, level="person"\)'):
        pn.read(EXAMPLE, level="people")


def test_a_missing_folder_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        pn.read(tmp_path / "nowhere")


def test_a_review_knows_what_the_folder_said(example: FolderRecords) -> None:
    review = pn.review(example.within(PERIOD), 2024)
    named_otherwise = pn.review(example.within(PERIOD), period="2024-01-01..2024-12-31", name="Ours", note="")

    assert (review.name, review.note, review.ledger) == (example.name, example.note, example.ledger)
    assert (named_otherwise.name, named_otherwise.note) == ("Ours", "")
    with pytest.raises(TypeError, match="a year or a period, not both"):
        pn.review(example, 2024, period=2025)


def test_a_review_of_plain_records_has_no_name(records: pn.Records) -> None:
    review = pn.review(records)

    assert (review.name, review.note, review.ledger) == ("", "", None)


def test_names_are_shown_in_notebooks_and_never_obeyed(records: pn.Records) -> None:
    attack = "<script>alert(1)</script>"
    hostile = pn.Records.from_tables(
        records.actors.assign(name=attack, sector=attack), records.meetings, records.attendance, records.contacts
    )
    review = pn.review(hostile, name=attack, note=attack)
    shown: list[Any] = [hostile, review, review.network, pn.map(review), pn.figures.load(review)]

    for thing in shown:
        assert attack not in thing._repr_html_()
        assert "script&gt;" in review._repr_html_()


def test_summaries_say_what_there_is(records: pn.Records) -> None:
    assert '<th scope="row">contacts</th><td>5</td>' in records._repr_html_()
    assert "of them without a tie</th><td>1<" in pn.network(records)._repr_html_()
    assert "no activity" in records.within(pn.Period.of_year(1999))._repr_html_()
    assert "meetings</th><td>5<" in pn.review(records)._repr_html_()


def test_records_of_a_folder_say_whose_they_are_and_what_must_be_said(example: FolderRecords) -> None:
    shown = example._repr_html_()

    assert f"Records of {example.name}" in shown
    assert "fictif" in shown.rpartition("</table>")[2]
    assert ">Records</caption>" in replace(example, name="", note="")._repr_html_()


def test_a_figure_shows_itself_and_can_be_saved(records: pn.Records) -> None:
    review = pn.review(records, 2024, name="Ours")

    for name in ("load", "network", "sectors"):
        picture = named(f"figures.{name}")(review, language="en")
        shown = picture._repr_html_()
        assert f">{picture.title}</figcaption>" in shown
        assert f'<img alt="{picture.title}"' in shown
        assert picture.svg().startswith(b"<?xml")
    assert picture.png(dpi=40).startswith(b"\x89PNG")
    assert repr(picture) == "<Picture: The partners by sector, 2024>"


def test_one_format_may_be_named_without_a_list(records: pn.Records) -> None:
    assert set(pn.export(pn.network(records), "gexf")) == {"network.gexf"}
