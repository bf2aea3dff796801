"""The public edition: no name, no small number, no judgement of anybody, and yet true."""

import json
import re
from dataclasses import fields

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.annual import Review, annual_review
from partnet_analysis.errors import PrivacyError
from partnet_analysis.privacy.document import public_files, public_map
from partnet_analysis.privacy.structure import (
    BANDS,
    LEAST_ENCOUNTERS,
    public_records,
    public_review,
    sector_groups,
    shown_actors,
)
from partnet_analysis.privacy.summary import public_summary
from partnet_analysis.records.ledger import ACCOUNTING_COLUMNS, FAULT_COLUMNS, IGNORED_COLUMNS, Ledger
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.views.map.partnership_map import map_html
from partnet_analysis.views.outputs import canonical_files, measure_files
from partnet_analysis.views.report import report_forms
from tests.privacy.planted import KEY, PDFTOTEXT, PLANTED, SECTORS, YEAR, found, planted_records, planted_review


@pytest.fixture(scope="module")
def review() -> Review:
    return planted_review()


@pytest.fixture(scope="module")
def public(review: Review) -> Review:
    return public_review(review, KEY, "fr")


def test_the_search_itself_finds_what_is_planted(review: Review) -> None:
    hits = found({f"review.{form}": content for form, content in report_forms(review, "fr").items()}, PLANTED)

    assert len(PLANTED) == 200
    assert set(hits) >= {"review.html", "review.docx", "review.xlsx", *(["review.pdf"] if PDFTOTEXT else [])}
    assert min(map(len, hits.values())) > 20 or not PDFTOTEXT


@pytest.fixture(scope="module", params=names.LANGUAGES)
def files(review: Review, request: pytest.FixtureRequest) -> dict[str, bytes]:
    return public_files(review, KEY, str(request.param))


def test_no_planted_text_is_found_in_any_public_file(files: dict[str, bytes]) -> None:
    assert {name.rpartition(".")[2] for name in files} >= {"html", "pdf", "docx", "csv", "json"}
    assert found(files, PLANTED) == {}


def test_no_planted_text_is_found_in_what_any_view_makes_of_the_public_review(public: Review) -> None:
    files = {"map.html": map_html(public, "en").encode(), **measure_files(public, "fr")}

    assert found(files, PLANTED) == {}
    assert found({"repr": repr([getattr(public, field.name) for field in fields(public)]).encode()}, PLANTED) == {}


def test_the_public_roster_holds_pseudonyms_and_sectors_and_nothing_else(public: Review) -> None:
    actors = public.records.actors

    assert set(actors["sector"].dropna()) == {*SECTORS, "Autres secteurs"}
    assert (actors["kind"] == "organisation").all()
    hidden = ["organisation_id", "capacity_hours_per_month", "joined_on", "left_on"]
    assert actors[hidden].isna().all(axis=None)
    assert actors["is_coordinator"].sum() == 1
    assert public.ledger is None
    assert len(public.records.meetings) == len(public.records.attendance) == 0
    assert public.records.contacts[["channel", "theme", "duration_hours"]].isna().all(axis=None)
    assert (public.records.contacts["day"] == pd.Timestamp(YEAR.end)).all()


def test_nobody_is_judged(public: Review) -> None:
    assert public.solicitation["flag"].isna().all()
    assert not public.isolation[list(names.ISOLATION_TYPES)].any(axis=None)
    assert public.isolation["last_seen_on"].isna().all()
    assert (public.isolation["evidence"] == ()).all()


def test_measures_are_told_in_bands_within_which_nobody_stands_first(public: Review) -> None:
    lower_ends = {0, 1, *BANDS, 200, 500, 1000}
    shares = {round(0.05 * step, 2) for step in range(20)}

    for column in ("degree", "strength", "betweenness", "pagerank", "constraint", "degree_without_coordinators"):
        values = public.centrality[column].dropna().astype(float)
        assert set(values) <= lower_ends | shares, column
    assert set(public.solicitation["per_month"].dropna()) <= lower_ends | shares
    assert public.centrality["component"].equals(annual_review(public.records, YEAR).centrality["component"])


def test_the_public_map_says_that_it_does_not_judge(public: Review) -> None:
    page = public_map(public, "en")
    data = json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)[0])

    assert [scheme["key"] for scheme in data["schemes"] if scheme["key"] in ("isolation", "load")] == []
    assert data["texts"]["guide_unjudged"] == "Who is asked for too much is not told in the public edition."
    assert not any(kinds for period in data["periods"] for kinds in period["isolation"])


def test_a_tie_stands_for_three_encounters_told_in_bands(review: Review, public: Review) -> None:
    ties = public.network.ties

    assert len(ties)
    assert set(ties["strength"]) <= set(BANDS)
    assert ties["strength"].min() >= LEAST_ENCOUNTERS
    assert len(ties) < len(review.network.ties)


def test_ties_are_those_of_the_records() -> None:
    # Six associations; a meets b three times in small meetings, c twice and once by phone, d twice; a plenary of all.
    ids = [*"abcdef", *(f"guest{n}" for n in range(8))]
    actors = pd.DataFrame({"actor_id": ids, "name": ids, "kind": "organisation", "sector": "One"})
    present = {"m1": "ab", "m2": "ab", "m3": "abc", "m4": "ac", "m5": "ad", "m6": "ad"}
    rows = [(meeting, actor, "present") for meeting, members in present.items() for actor in members]
    rows += [("plenary", actor, "present") for actor in ids]
    attendance = pd.DataFrame(rows, columns=["meeting_id", "actor_id", "status"])
    meetings = pd.DataFrame({"meeting_id": [*present, "plenary"], "day": "2025-03-01"})
    contacts = pd.DataFrame({"contact_id": ["1"], "day": ["2025-04-01"], "source_id": ["c"], "target_id": ["a"]})
    records = Records.from_tables(actors, meetings, attendance, contacts)

    public = public_records(records, YEAR, KEY, "fr")

    pseudonym = KEY.pseudonyms("actor 2025", ids)
    pairs = [{pseudonym["a"], pseudonym["b"]}, {pseudonym["a"], pseudonym["c"]}]
    told = public.contacts.groupby(["source_id", "target_id"]).size()
    assert sorted(map(sorted, pairs)) == sorted(map(sorted, told.index))
    assert set(told) == {3}


def test_pseudonyms_stay_the_same_within_an_edition_and_change_between_two(review: Review) -> None:
    records = at_organisation_level(planted_records())
    last_year = public_records(records, YEAR.previous(), KEY, "fr")
    this_year = public_records(records, YEAR, KEY, "fr")

    assert set(this_year.actors["actor_id"]).isdisjoint(last_year.actors["actor_id"])
    assert this_year.actors["actor_id"].to_list() == public_review(review, KEY, "en").records.actors["actor_id"].to_list()


def test_sectors_of_fewer_than_five_are_merged_until_each_holds_five() -> None:
    sizes = {"Large": 9, "Middle": 6, "Five": 5, "Tiny": 2, None: 1}
    sector = [name for name, size in sizes.items() for _ in range(size)]
    partners = pd.DataFrame({"actor_id": [f"a{n}" for n in range(len(sector))], "sector": sector})

    merged = sector_groups(partners, "en").value_counts().to_dict()

    assert merged == {"Large": 9, "Other sectors": 8, "Middle": 6}


def test_persons_without_organisation_are_not_shown_and_residents_only_together() -> None:
    shown = shown_actors(at_organisation_level(planted_records()), YEAR)

    assert (shown["kind"] == "organisation").all()
    assert names.RESIDENTS_ID in set(shown["actor_id"])


@pytest.mark.parametrize(("n_residents", "shown"), [(4, False), (5, True)])
def test_fewer_than_five_residents_are_not_shown_at_all(n_residents: int, shown: bool) -> None:  # noqa: FBT001 (a case)
    residents = [f"r{n}" for n in range(n_residents)]
    ids = [*"abcdef", *residents]
    actors = pd.DataFrame({"actor_id": ids, "name": ids})
    actors["kind"] = ["organisation"] * 6 + ["person"] * n_residents
    actors["level"] = [None] * 6 + ["resident"] * n_residents
    meetings = pd.DataFrame({"meeting_id": ["m"], "day": ["2025-01-01"]})
    attendance = pd.DataFrame({"meeting_id": "m", "actor_id": ids, "status": "present"})
    records = at_organisation_level(Records.from_tables(actors, meetings, attendance))

    assert (names.RESIDENTS_ID in set(shown_actors(records, YEAR)["actor_id"])) is shown
    assert ("Residents (together)" in set(public_records(records, YEAR, KEY, "en").actors["name"])) is shown


def test_fewer_than_five_partners_have_no_public_edition(records: Records) -> None:
    few = annual_review(records.without(["chess"]), YEAR.previous(), name="Few")

    for make in (lambda: public_review(few, KEY, "fr"), lambda: public_summary(few, "fr")):
        with pytest.raises(PrivacyError) as refusal:
            make()
        assert refusal.value.code == "PN107"


def test_no_published_count_is_small_and_all_are_multiples_of_five(review: Review) -> None:
    summary = public_summary(review, "fr")
    tables = [summary.sectors, summary.load, summary.flags, summary.isolation]
    told = pd.concat([column for table in tables for _, column in table.items()]).dropna()

    assert len(told)
    assert (told % 5 == 0).all()


def test_the_summary_counts_those_whom_the_review_names(review: Review) -> None:
    summary = public_summary(review, "fr")
    partners = review.records.actors[~review.records.actors["is_coordinator"]]
    connected = review.isolation.loc[partners["actor_id"], "connected"].sum()

    assert abs(summary.isolation["n_partners"]["connected"] - connected) <= 2
    assert summary.sectors["n_partners"].sum() == pytest.approx(len(partners) - 1, abs=12)
    assert list(summary.sectors.index) == ["Culture", "Santé", "Sport", "Éducation", "Autres secteurs"]


def test_without_invitation_lists_nobody_is_counted_as_spared() -> None:
    records = planted_records()
    unlisted = Records.from_tables(
        records.actors, records.meetings, records.attendance.assign(invited=None), records.contacts
    )

    summary = public_summary(annual_review(unlisted, YEAR), "fr")

    assert summary.flags["n_partners"].isna().all()
    assert summary.sectors["n_over_solicited"].isna().all()


def test_the_public_edition_says_what_it_is(files: dict[str, bytes]) -> None:
    for name in ("public-map.html", "public-review-2025.html"):
        assert any(words in files[name].decode() for words in ("Édition publique", "Public edition"))
    assert json.loads(files["public-essentials.json"])["n_meetings"]["value"] == 25


def test_the_same_review_gives_the_same_public_edition_and_is_not_touched(review: Review) -> None:
    before = canonical_like(review)
    files = public_files(review, KEY, "fr")

    assert canonical_like(review) == before
    assert files == public_files(planted_review(), KEY, "fr")


def canonical_like(review: Review) -> bytes:
    """Write every table of a review, to compare it with itself later."""
    return b"".join(measure_files(review, "en").values()) + review.records.actors.to_csv().encode()


def test_the_canonical_tables_of_a_public_review_are_safe_too(public: Review) -> None:
    empty = [
        pd.DataFrame(columns=list(columns))
        for columns in (ACCOUNTING_COLUMNS, FAULT_COLUMNS, IGNORED_COLUMNS, FAULT_COLUMNS)
    ]

    assert found(canonical_files(public.records, Ledger(*empty), "fr"), PLANTED) == {}
