"""Whatever the partnership is like, the review reads well."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.config import Config
from partnet_analysis.periods import Period
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.tables import Records
from partnet_analysis.views.report import report_forms
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.document import Bullets, Document, KeyFigures, Paragraph, Picture, Table
from partnet_analysis.views.report.html import html_page
from tests.skips import data_set

pytestmark = pytest.mark.usefixtures("_small_map")

YEAR = Period.of_year(2024)


def roster(n: int, **columns: object) -> pd.DataFrame:
    ids = [f"a{number:03}" for number in range(n)]
    return pd.DataFrame({"actor_id": ids, "name": [f"Partner {actor}" for actor in ids], "kind": "organisation", **columns})


def meetings(n: int) -> pd.DataFrame:
    return pd.DataFrame({"meeting_id": [f"m{k}" for k in range(n)], "day": [f"2024-{1 + k % 12:02}-15" for k in range(n)]})


def everybody(actors: pd.DataFrame, held: pd.DataFrame, *, invited: bool | None) -> pd.DataFrame:
    rows = [(meeting, actor, invited, "present") for meeting in held["meeting_id"] for actor in actors["actor_id"]]
    return pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])


def alike() -> Records:
    actors, held = roster(12, sector="Sport"), meetings(6)
    return Records.from_tables(actors, held, everybody(actors, held, invited=True))


def one_meeting() -> Records:
    actors, held = roster(3), meetings(1)
    return Records.from_tables(actors, held, everybody(actors, held, invited=None))


def contacts_only() -> Records:
    contacts = pd.DataFrame(
        {"contact_id": ["c1", "c2"], "day": "2024-03-01", "source_id": ["a000", "a001"], "target_id": ["a001", "a000"]}
    )
    return Records.from_tables(roster(5), contacts=contacts)


def two_actors() -> Records:
    return Records.from_tables(roster(2), contacts=contacts_only().contacts)


def all_coordinate() -> Records:
    actors, held = roster(3, is_coordinator=True), meetings(2)
    return Records.from_tables(actors, held, everybody(actors, held, invited=True))


def nobody_came() -> Records:
    actors, held = roster(4, is_coordinator=[True, False, False, False]), meetings(2)
    attendance = everybody(actors, held, invited=True).assign(status="absent")
    return Records.from_tables(actors, held, attendance)


@pytest.fixture(params=[alike, one_meeting, contacts_only, two_actors, all_coordinate, nobody_came])
def odd(request: pytest.FixtureRequest) -> Review:
    make: Callable[[], Records] = request.param
    return annual_review(make(), YEAR)


def words(document: Document) -> str:
    return " ".join(block.text for block in document.blocks() if isinstance(block, Paragraph))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_odd_partnerships_have_a_review(odd: Review, language: str) -> None:
    document = review_document(odd, language)

    assert len(document.sections) >= 10
    assert all(section.blocks for section in document.sections)
    said = words(document)
    assert "nan" not in said.lower().split()
    assert "None" not in said
    assert "{" not in said


def test_odd_partnerships_take_all_forms(odd: Review) -> None:
    assert all(report_forms(odd, "fr").values())


def test_where_nobody_is_flagged_the_review_says_so() -> None:
    document = review_document(annual_review(alike(), YEAR), "en")

    assert "Nobody was asked clearly more than their peers during the period." in words(document)
    assert not [block for block in document.blocks() if isinstance(block, Table) and block.key == "solicitation"]


def test_without_invitation_lists_nobody_is_called_over_solicited() -> None:
    document = review_document(annual_review(one_meeting(), YEAR), "en")

    figures = next(block for block in document.blocks() if isinstance(block, KeyFigures)).figures
    spared = next(figure for figure in figures if figure.key == "n_over_solicited")
    assert (spared.value, spared.change) == (None, "")
    assert "The load of presence" in [section.title for section in document.sections]


def test_without_a_coordinator_the_service_is_not_spoken_of_as_if_there_were_one() -> None:
    document = review_document(annual_review(one_meeting(), YEAR), "fr")
    bullets = [item for block in document.sections[0].blocks if isinstance(block, Bullets) for item in block.items]

    assert "100\u202f% des paires de partenaires possibles sont en lien." in bullets
    assert "comme s’il n’était pas là" not in words(document)


def test_where_nobody_met_nothing_is_said_of_what_would_be_left() -> None:
    document = review_document(annual_review(nobody_came(), YEAR), "en")
    section = next(section for section in document.sections if section.key == "dependence")

    assert not [block for block in section.blocks if isinstance(block, Picture)]
    assert "nothing that the service’s departure could undo" in words(document)


def test_without_a_year_before_there_is_no_comparison() -> None:
    document = review_document(annual_review(alike(), YEAR), "en")

    figures = next(block for block in document.blocks() if isinstance(block, KeyFigures)).figures
    assert all(not figure.change for figure in figures)
    assert "The records do not cover the period before (2023), so there is no comparison." in words(document)


def test_persons_are_listed_by_name_and_never_ranked() -> None:
    actors = roster(6).assign(kind="person", name=["Zoé", "Yann", "Xavier", "anna", "Bea", "Carl"])
    held = meetings(4)
    attendance = everybody(actors, held, invited=True).drop(index=range(5))
    document = review_document(annual_review(Records.from_tables(actors, held, attendance), YEAR), "en")

    ranked = [block for block in document.blocks() if isinstance(block, Table) and block.key.startswith("centrality")]
    assert ranked
    for table in ranked:
        assert [row.cells[0] for row in table.rows] == ["anna", "Bea", "Carl", "Xavier", "Yann", "Zoé"]
        assert "not ranked" in table.note


def test_five_hundred_partners_keep_the_tables_short() -> None:
    actors, held = roster(500, sector=[f"Sector {number % 9}" for number in range(500)]), meetings(30)
    attendance = everybody(actors, held, invited=True)
    circle = [int(actor[1:]) % 30 for actor in attendance["actor_id"]]
    own = attendance[[meeting == f"m{place}" for meeting, place in zip(attendance["meeting_id"], circle, strict=True)]]
    review = annual_review(Records.from_tables(actors, held, own), YEAR)
    document = review_document(review, "fr")

    assert len(review.records.actors) == 500
    assert max(len(block.rows) for block in document.blocks() if isinstance(block, Table)) <= 41


@pytest.mark.parametrize("name", ["nfdi", "invs13", "toronto"])
def test_real_records_have_a_review(name: str) -> None:
    folder = data_set(name)
    reading = read_folder(folder, Config.load(folder))
    period = Period.of_year(2019) if name == "nfdi" else reading.records.default_period()
    review = annual_review(reading.records, period, ledger=reading.ledger)

    document = review_document(review, "fr")
    accounts = next(block for block in document.blocks() if isinstance(block, Table) and block.key == "accounting")
    assert all(row.cells[1] == sum(row.cells[2:]) for row in accounts.rows)
    assert html_page(document).startswith("<!DOCTYPE html>")


def test_rejected_rows_are_told_with_the_way_out(tmp_path: Path) -> None:
    (tmp_path / "actors.csv").write_text("actor_id,name,kind\na,A,organisation\nb,B,organisation\n", encoding="utf-8")
    (tmp_path / "contacts.csv").write_text(
        "contact_id,day,source_id,target_id\nc1,2024-02-01,a,b\nc2,2024-02-31,a,b\n", encoding="utf-8"
    )
    reading = read_folder(tmp_path, Config.load(tmp_path))
    review = annual_review(reading.records, YEAR, ledger=reading.ledger)
    document = review_document(review, "fr")

    rejects = next(block for block in document.blocks() if isinstance(block, Table) and block.key == "rejects")
    (row,) = rejects.rows
    assert "2024-02-31" in row.cells[1]
    assert row.cells[3]
