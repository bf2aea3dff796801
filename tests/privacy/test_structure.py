"""What the public records and the public review hold, worked out by hand on eight partners."""

import math
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.annual import annual_review
from partnet_analysis.errors import PrivacyError
from partnet_analysis.privacy.structure import (
    band,
    public_essentials,
    public_figures,
    public_records,
    public_review,
    sector_groups,
    shown_actors,
)
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from tests.privacy.planted import KEY, YEAR

PARTNERS = [*"abcdefg"]
IDS = [*PARTNERS, "town"]
PSEUDONYM = KEY.pseudonyms("actor 2025", IDS)
RESIDENTS = [f"r{n}" for n in range(5)]


def partnership(**changes: float | str) -> pd.DataFrame:
    """Seven partners and the town that coordinates; five of the partners are of one sector."""
    actors = pd.DataFrame({"actor_id": IDS, "name": [f"Name of {one}" for one in IDS], "kind": "organisation"})
    sector = pd.Series(["Sport"] * 5 + ["Tiny", None, "Sport"], dtype="str")
    return actors.assign(sector=sector, is_coordinator=[one == "town" for one in IDS], **changes)


def calls(**numbers: int) -> pd.DataFrame:
    """Write so many calls for each pair: `ab=3` is three calls from a to b."""
    pairs = [(pair.split("_") if "_" in pair else [*pair]) for pair, n in numbers.items() for _ in range(n)]
    days = [f"2025-{n % 12 + 1:02}-0{n % 9 + 1}" for n in range(len(pairs))]
    return pd.DataFrame(pairs, columns=["source_id", "target_id"]).assign(
        contact_id=[f"c{n}" for n in range(len(pairs))], day=days, channel="phone", theme="x", duration_hours=0.5
    )


def told(records: Records) -> Counter[frozenset[str]]:
    """Count the contacts of each pair of the public records, back under the partners' own ids."""
    own = {pseudonym: one for one, pseudonym in PSEUDONYM.items()}
    public = public_records(records, YEAR, KEY, "en").contacts
    assert (public["source_id"] < public["target_id"]).all()
    return Counter(
        frozenset((own[one], own[other])) for one, other in zip(public["source_id"], public["target_id"], strict=True)
    )


def test_the_roster_is_pseudonyms_sectors_and_parts() -> None:
    records = Records.from_tables(partnership(capacity_hours_per_month=3.0, joined_on="2024-02-01"), contacts=calls(ab=3))

    actors = public_records(records, YEAR, KEY, "en").actors.set_index("actor_id")

    assert list(actors.index) == sorted(PSEUDONYM.values())
    for one in PARTNERS:
        row = actors.loc[PSEUDONYM[one]].to_dict()
        assert (row["name"], row["kind"], row["is_coordinator"]) == (f"Partner {PSEUDONYM[one]}", "organisation", False)
    town = actors.loc[PSEUDONYM["town"]]
    assert town["name"] == f"Coordinating service {PSEUDONYM['town']}"
    assert town["is_coordinator"]
    assert pd.isna(town["sector"])
    # Tiny and the unknown are two; with Sport's five they are seven of one sector that says nothing.
    assert actors.loc[[PSEUDONYM[one] for one in PARTNERS], "sector"].unique().tolist() == ["Other sectors"]
    assert actors[["level", "organisation_id", "capacity_hours_per_month", "joined_on", "left_on"]].isna().all(axis=None)


def test_an_encounter_is_told_from_three_on_as_the_lower_end_of_its_band() -> None:
    numbers = {"ab": 2, "ac": 3, "ad": 4, "ae": 5, "bc": 9, "bd": 10, "cd": 19, "ce": 20, "de": 49}
    records = Records.from_tables(partnership(), contacts=calls(**numbers))

    assert told(records) == {
        frozenset("ac"): 3, frozenset("ad"): 3, frozenset("ae"): 5, frozenset("bc"): 5, frozenset("bd"): 10,
        frozenset("cd"): 10, frozenset("ce"): 20, frozenset("de"): 20,
    }  # fmt: skip


def test_encounters_are_meetings_and_calls_either_way_together() -> None:
    # One small meeting, one call out, one call in: three.
    meetings = pd.DataFrame({"meeting_id": ["m"], "day": ["2025-05-05"]})
    attendance = pd.DataFrame({"meeting_id": ["m", "m"], "actor_id": ["a", "b"], "status": "present"})
    records = Records.from_tables(partnership(), meetings, attendance, calls(ab=1, ba=1, cd=2))

    assert told(records) == {frozenset("ab"): 3}


def test_public_contacts_tell_neither_day_nor_way_nor_subject() -> None:
    records = Records.from_tables(partnership(), contacts=calls(ba=3, cd=3))

    contacts = public_records(records, YEAR, KEY, "en").contacts

    assert contacts["contact_id"].to_list() == [f"{n:06}" for n in range(6)]
    assert (contacts["day"] == pd.Timestamp("2025-12-31")).all()
    assert contacts[["channel", "theme", "duration_hours"]].isna().all(axis=None)
    ends = list(zip(contacts["source_id"], contacts["target_id"], strict=True))
    assert ends == sorted(ends)


def test_no_tie_leads_to_somebody_who_is_not_shown() -> None:
    actors = partnership()
    stranger = pd.DataFrame({"actor_id": ["someone"], "name": ["Some One"], "kind": "person", "is_coordinator": False})
    records = Records.from_tables(pd.concat([actors, stranger]), contacts=calls(a_someone=9, ab=3))

    assert told(at_organisation_level(records)) == {frozenset("ab"): 3}
    assert "someone" not in set(shown_actors(at_organisation_level(records), YEAR)["actor_id"])


def test_who_had_left_before_the_period_is_not_shown() -> None:
    actors = partnership().assign(left_on=pd.Series(["2024-06-30"] + [None] * 7, dtype="str"))
    records = Records.from_tables(actors, contacts=calls(bc=3))

    assert shown_actors(records, YEAR)["actor_id"].to_list() == [*"bcdefg", "town"]


def with_residents(n_by_name: int, *, meetings: int = 1) -> Records:
    """Let residents come to meetings one by one: to each meeting the next of them."""
    residents = pd.DataFrame({"actor_id": RESIDENTS[:n_by_name], "name": RESIDENTS[:n_by_name]})
    residents = residents.assign(kind="person", level="resident", is_coordinator=False)
    held = pd.DataFrame({"meeting_id": [f"m{n}" for n in range(meetings)], "day": "2025-05-05"})
    came = [(f"m{n % meetings}", one, "present") for n, one in enumerate(RESIDENTS[:n_by_name])]
    came += [(f"m{n}", one, "present") for n in range(meetings) for one in "ab"]
    attendance = pd.DataFrame(came, columns=["meeting_id", "actor_id", "status"])
    return at_organisation_level(Records.from_tables(pd.concat([partnership(), residents]), held, attendance))


@pytest.mark.parametrize("meetings", [1, 5])
def test_five_residents_met_at_once_or_one_by_one_are_shown_as_one(meetings: int) -> None:
    public = public_records(with_residents(5, meetings=meetings), YEAR, KEY, "en").actors
    (row,) = public[public["level"] == "resident"].to_dict("records")

    assert row["name"] == "Residents (together)"
    assert row["kind"] == "organisation"
    assert row["actor_id"] == KEY.pseudonyms("actor 2025", [names.RESIDENTS_ID, *IDS])[names.RESIDENTS_ID]
    assert pd.isna(row["sector"])


def test_four_residents_are_not_shown_and_those_of_another_year_do_not_count() -> None:
    assert names.RESIDENTS_ID not in set(shown_actors(with_residents(4), YEAR)["actor_id"])
    assert names.RESIDENTS_ID not in set(shown_actors(with_residents(5), YEAR.previous())["actor_id"])


@pytest.mark.parametrize("n_partners", [4, 5])
def test_the_coordinator_and_the_residents_are_no_partners(n_partners: int) -> None:
    records = Records.from_tables(partnership(), contacts=calls(ab=3)).without(PARTNERS[n_partners:])
    if n_partners == 5:
        assert len(public_records(records, YEAR, KEY, "en").actors) == 6
        return
    with pytest.raises(PrivacyError) as refusal:
        public_records(records, YEAR, KEY, "en")
    assert refusal.value.code == "PN107"
    assert "5" in refusal.value.phrase.in_language("en")


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ({"Large": 9, "Middle": 6, "Five": 5}, {"Large": 9, "Middle": 6, "Five": 5}),
        ({"Large": 9, "Four": 4}, {"Other sectors": 13}),
        ({"Large": 9, "Four": 4, "One": 1}, {"Large": 9, "Other sectors": 5}),
        ({"Beta": 6, "Alpha": 6, "One": 1}, {"Beta": 6, "Other sectors": 7}),  # of equals the first by alphabet joins
        ({None: 8, "Large": 5}, {"Large": 5, "Other sectors": 8}),
    ],
)
def test_sectors_are_merged_until_each_holds_five(sizes: dict[str | None, int], merged: dict[str, int]) -> None:
    sector = [name for name, size in sizes.items() for _ in range(size)]
    partners = pd.DataFrame({"actor_id": [f"a{n:02}" for n in range(len(sector))], "sector": sector})

    groups = sector_groups(partners, "en")

    assert groups.value_counts().to_dict() == merged
    assert groups.index.to_list() == partners["actor_id"].to_list()
    assert groups.dtype == "str"


def test_the_first_page_is_rounded_and_compares_with_nothing() -> None:
    review = annual_review(Records.from_tables(partnership(), contacts=calls(ab=3)), YEAR)
    figures = pd.Series(
        {"n_active": 12, "n_meetings": 3, "n_pairs": 4, "n_over_solicited": 4, "n_isolated": 0}, name="value"
    ).rename_axis("figure")
    written = replace(review, essentials=figures.to_frame().assign(before=9))

    essentials = public_essentials(written)

    assert essentials["value"].tolist()[:2] == [10, 3]
    assert essentials["value"].isna().tolist() == [False, False, True, True, False]
    assert essentials["before"].isna().all()
    assert essentials.dtypes.astype(str).to_list() == ["Int64", "Int64"]
    assert essentials.index.name == "figure"


@pytest.mark.parametrize(("n_isolated", "told_"), [(6, None), (7, None), (5, None), (0, 0)])
def test_that_nearly_all_of_seven_partners_are_isolated_is_not_told(n_isolated: int, told_: int | None) -> None:
    review = annual_review(Records.from_tables(partnership(), contacts=calls(ab=3)), YEAR)
    figures = review.essentials.copy()
    figures.loc["n_isolated", "value"] = n_isolated
    figures.loc["n_active", "value"] = 7  # that nearly all are active is to nobody's disadvantage

    essentials = public_essentials(replace(review, essentials=figures))["value"]

    assert essentials.isna()["n_isolated"] == (told_ is None)
    assert essentials["n_active"] == 5


def test_figures_are_rounded_by_what_they_are() -> None:
    index = pd.Index(["n_components", "n_ties", "density", "unknown"], name="figure")
    figures = pd.DataFrame(
        {
            "value": [3.0, 23.0, 0.237, math.nan],
            "value_without_coordinators": [0.0, 8.0, 0.97, 0.02],
            "reason": [None, None, None, "few"],
        },
        index=index,
    )
    before = figures.copy()

    rounded = public_figures(figures)

    expected = pd.DataFrame(
        {
            "value": [math.nan, 25.0, 0.25, math.nan],
            "value_without_coordinators": [0.0, 10.0, 0.95, 0.0],
            "reason": [None, None, None, "few"],
        },
        index=index,
    )
    pd.testing.assert_frame_equal(rounded, expected)
    pd.testing.assert_frame_equal(figures, before)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, 0), (0.02, 0), (0.03, 0.05), (0.97, 0.95), (1, 0), (1.9, 0), (2.9, 0), (3, 3), (49, 20), (50, 50), (199, 100),
        (200, 200), (499, 200), (500, 500), (999, 500), (1000, 1000), (4000, 1000),
    ],
)  # fmt: skip
def test_a_measure_is_told_as_the_lower_end_of_its_band(value: float, told: float) -> None:
    assert band(value) == told
    assert isinstance(band(value), float)


def test_the_public_review_tells_bands_and_keeps_labels() -> None:
    numbers = {"ab": 24, "ac": 12, "bc": 12, "ad": 4, "fg": 6}
    records = Records.from_tables(partnership(), contacts=calls(**numbers))
    review = annual_review(records, YEAR, name="Town", note="Made up.")

    public = public_review(review, KEY, "en")

    centrality = public.centrality
    # a meets b (told as 20), c (10), d (3): 33 encounters, of the band from 20 on; three neighbours.
    assert centrality.loc[PSEUDONYM["a"], "strength"] == 20
    assert centrality.loc[PSEUDONYM["a"], "degree"] == 3
    assert centrality.loc[PSEUDONYM["b"], "degree"] == 0  # two, of the band from 0 on
    measured = annual_review(public.records, YEAR)
    assert measured.solicitation.loc[PSEUDONYM["a"], "n_load"] == 33
    assert public.solicitation.loc[PSEUDONYM["a"], "n_load"] == 20
    assert list(public.solicitation.index) == sorted(PSEUDONYM.values())
    for label in ("component", "component_without_coordinators"):
        if label in centrality:
            pd.testing.assert_series_equal(centrality[label], measured.centrality[label])
    assert public.note.startswith("Made up. Public edition")
    assert public.name == "Town"
    assert public.before is None
    assert public.years == (public.current,)
    assert public.ledger is None
    pd.testing.assert_frame_equal(public.cohesion, public_figures(review.cohesion))
    pd.testing.assert_frame_equal(public.essentials, public_essentials(review))


def test_without_a_note_the_public_one_stands_alone() -> None:
    review = annual_review(Records.from_tables(partnership(), contacts=calls(ab=3)), YEAR)

    assert public_review(review, KEY, "en").note.startswith("Public edition")


def test_nothing_is_told_of_who_is_left_out() -> None:
    review = annual_review(Records.from_tables(partnership(), contacts=calls(ab=3)), YEAR)

    isolation = public_review(review, KEY, "en").isolation

    assert list(isolation.index) == sorted(PSEUDONYM.values())
    assert not isolation[list(names.ISOLATION_TYPES)].any(axis=None)
    assert isolation[list(names.ISOLATION_TYPES)].dtypes.astype(str).eq("bool").all()
    assert isolation["evidence"].to_list() == [()] * 8
    others = isolation.columns.difference([*names.ISOLATION_TYPES, "evidence"])
    assert isolation[others].isna().all(axis=None)
