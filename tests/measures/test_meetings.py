"""Meetings and series: worked by hand, the smallest sets against enumeration, planted redundancy."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis import names
from partnet_analysis.measures import cover as covering
from partnet_analysis.measures.calendar import merged_series, proposed_calendar, without_series
from partnet_analysis.measures.cover import meeting_cover
from partnet_analysis.measures.meetings import meeting_value, series_overlap, series_value
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from tests.partnerships import YEAR, cell, made_up, real_records


@pytest.fixture(scope="module")
def town() -> Records:
    return at_organisation_level(partnership().records)


def without_durations(records: Records) -> Records:
    return Records.from_tables(
        records.actors, records.meetings.assign(duration_hours=None), records.attendance, records.contacts
    )


def test_meetings_by_hand(records: Records, year: Period) -> None:
    value = meeting_value(records, year)

    # In order of day: plenary, group-1, group-2, group-3, workshop; pairs without the town.
    assert value["n_invited"].to_list() == [5, 3, 2, 3, 4]
    assert value["n_present"].to_list() == [5, 3, 2, 3, 3]
    assert value["attendance_rate"].to_list() == [1, 1, 1, 1, 0.75]
    assert value["person_hours"].to_list() == [10, 4.5, 3, 4.5, 9]
    assert value["n_pairs"].to_list() == [6, 1, 1, 1, 1]
    assert value["n_new_pairs"].to_list() == [6, 0, 0, 0, 0]
    assert value["new_pairs_per_person_hour"].to_list() == [0.6, 0, 0, 0, 0]
    # Only the plenary ties the sports club to anybody, and the school to the library.
    assert value["n_pairs_only_here"].to_list() == [4, 0, 0, 0, 0]
    assert value["redundancy"].to_list() == pytest.approx([2 / 6, 1, 1, 1, 1])
    # Four sectors: all of them at the plenary, two at the others: (1 − 1/2) / (1 − 1/4).
    assert value["sector_mix"].to_list() == pytest.approx([1, 2 / 3, 2 / 3, 2 / 3, 2 / 3])
    assert value["mixes_levels"].isna().all()


def test_series_by_hand(records: Records, year: Period) -> None:
    value = series_value(records, year)

    assert value.index.to_list() == ["Health group", "Plenary", "Workshops"]
    assert value["n_meetings"].to_list() == [3, 1, 1]
    assert value["n_members"].to_list() == [2, 4, 2]
    assert value["n_invited"].to_list() == [8, 5, 4]
    assert value["person_hours"].to_list() == [12, 10, 9]
    assert value["n_pairs"].to_list() == [1, 6, 1]
    assert value["redundancy"].to_list() == pytest.approx([1, 2 / 6, 1])
    assert value["kind"].to_list() == ["working_group", "plenary", "workshop"]


def test_overlap_by_hand(records: Records, year: Period) -> None:
    overlap = series_overlap(records, year)

    assert overlap[["series_a", "series_b"]].to_numpy().tolist() == [
        ["Health group", "Plenary"],
        ["Plenary", "Workshops"],
        ["Health group", "Workshops"],
    ]
    assert overlap["jaccard"].to_list() == pytest.approx([2 / 4, 2 / 4, 1 / 3])


def test_a_pair_that_met_or_spoke_before_is_not_new(records: Records) -> None:
    later = meeting_value(records, Period.parse("2024-02-01..2024-12-31"))
    assert later["n_new_pairs"].to_list() == [0, 0, 0, 0]

    spoke_first = meeting_value(made_up(3, [[0, 1, 2]], [(0, 1)]), YEAR)
    assert spoke_first["n_new_pairs"].to_list() == [3]  # on the same day, the first of January
    longer_ago = made_up(3, [[0], [0, 1, 2]], [(0, 1)])
    assert meeting_value(longer_ago, YEAR)["n_new_pairs"].to_list() == [0, 2]


def test_a_decision_maker_and_a_field_worker_make_a_mixed_meeting() -> None:
    actors = pd.DataFrame(
        {
            "actor_id": ["a", "b", "p", "q", "r"],
            "name": list("abpqr"),
            "kind": ["organisation", "organisation", "person", "person", "person"],
            "organisation_id": [None, None, "a", "b", "b"],
            "level": [None, None, "decision_maker", "field_worker", "manager"],
        }
    )
    meetings = pd.DataFrame({"meeting_id": ["m1", "m2", "m3"], "day": "2024-05-01", "series": "S"})
    sheet = pd.DataFrame([("m1", "p"), ("m1", "q"), ("m2", "p"), ("m2", "r")], columns=["meeting_id", "actor_id"]).assign(
        status="present"
    )
    persons = Records.from_tables(actors, meetings, sheet)

    for records in (persons, at_organisation_level(persons)):
        mixed = meeting_value(records, YEAR)["mixes_levels"]
        assert (mixed["m1"], mixed["m2"]) == (True, False)
        assert pd.isna(mixed["m3"])
        assert series_value(records, YEAR)["mixes_levels"].to_list() == [0.5]


def test_without_lists_nobody_was_invited_that_we_know(records: Records, year: Period) -> None:
    unlisted = Records.from_tables(
        records.actors, records.meetings, records.attendance.assign(invited=None), records.contacts
    )
    value = meeting_value(unlisted, year)

    assert value["n_invited"].isna().all()
    assert value["attendance_rate"].isna().all()
    assert series_value(unlisted, year)["n_invited"].isna().all()


def test_one_sector_cannot_be_mixed() -> None:
    value = meeting_value(made_up(3, [[0, 1, 2]], sectors=["Sport"] * 3), YEAR)

    assert value["sector_mix"].isna().all()


def test_the_smallest_cover_by_hand(records: Records, year: Period) -> None:
    cover = meeting_cover(records, year)

    # The plenary of five is a small meeting and keeps all six pairs.
    assert cover.n_kept == cover.n_at_least == 1
    assert cover.is_exact
    assert cover.meetings.index[0] == "plenary"
    assert cover.meetings["n_pairs_added"].to_list() == [6, 0, 0, 0, 0]
    assert cover.meetings["share_kept"].to_list() == [1] * 5


def test_greed_is_beaten_where_it_can_be(monkeypatch: pytest.MonkeyPatch) -> None:
    # One meeting of six takes both halves' larger part; the two halves together keep everything.
    meetings = [[0, 1, 2, 5, 6, 7], [0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    records = made_up(10, meetings)
    exact = meeting_cover(records, YEAR, share=0.6)
    monkeypatch.setattr(covering, "EXACT_UP_TO", 0)
    greedy = meeting_cover(records, YEAR, share=0.6)

    assert exact.is_exact
    assert exact.n_kept <= greedy.n_kept
    assert greedy.n_at_least <= exact.n_kept


def test_plenaries_do_not_keep_partners_acquainted() -> None:
    records = made_up(14, [list(range(14)), [0, 1], [1, 2]])
    cover = meeting_cover(records, YEAR)

    assert cover.meetings.index.to_list() == ["m001", "m002"]
    assert cover.n_kept == 2


@given(
    st.lists(st.sets(st.integers(0, 5), min_size=2, max_size=4), min_size=1, max_size=5), st.sampled_from([0.5, 0.8, 1.0])
)
@settings(max_examples=25, deadline=None)
def test_no_smaller_set_of_meetings_keeps_as_much(meetings: list[set[int]], share: float) -> None:
    held = [sorted(members) for members in meetings]
    cover = meeting_cover(made_up(6, held), YEAR, share=share)

    pairs = [set(combinations(members, 2)) for members in held]
    everything = set[tuple[int, int]]().union(*pairs)
    smallest = min(
        len(chosen)
        for size in range(len(held) + 1)
        for chosen in combinations(pairs, size)
        if len(set[tuple[int, int]]().union(*chosen)) >= share * len(everything) - 1e-9
    )
    assert cover.n_kept == smallest
    assert cover.meetings.loc[cover.meetings["is_kept"], "share_kept"].max() >= share - 1e-9


def test_no_meeting_has_nothing_to_cover() -> None:
    cover = meeting_cover(made_up(3, contacts=[(0, 1)]), YEAR)

    assert (cover.n_kept, cover.n_at_least, cover.is_exact) == (0, 0, True)


def test_dropping_a_series_by_hand(records: Records, year: Period) -> None:
    plenary = without_series(records, year, "Plenary")["value"]
    group = without_series(records, year, "Health group")["value"]

    assert plenary.to_dict() == {
        "hours_freed": 10,
        "n_pairs_lost": 4,
        "n_pairs_lost_but_in_large_meetings": 4,
        "n_newly_isolated": 1,
    }
    assert group.to_list() == [12, 0, 0, 0]
    with pytest.raises(KeyError):
        without_series(records, year, "No such group")


def test_merging_frees_the_hours_of_the_members_of_both(records: Records, year: Period) -> None:
    # The workshop's nine hours are fewer than the group's twelve: the clinic, in both, would save its three.
    assert merged_series(records, year, "Health group", "Workshops")["value"].to_list() == [3, 0, 0, 0]
    unknown = merged_series(without_durations(records), year, "Health group", "Workshops")
    assert cell(unknown, "hours_freed", "reason") == Phrase("meetings.no_hours")


def test_the_planted_redundant_series_are_to_be_merged(town: Records) -> None:
    proposed = proposed_calendar(town, TRUTHS.period)
    one, other = TRUTHS.redundant_series

    merged = proposed[proposed["proposal"] == "merge"]
    assert {*merged.index, *merged["with_series"]} == {one, other}
    assert series_overlap(town, TRUTHS.period)[["series_a", "series_b"]].to_numpy()[0].tolist() == sorted((one, other))
    assert (proposed.loc[proposed["proposal"] == "keep", "hours_freed"] == 0).all()
    assert cell(proposed, "Plénières", "proposal") == "keep"


def test_each_series_is_part_of_one_proposal_and_every_sentence_can_be_said(town: Records) -> None:
    for records, period in ((town, TRUTHS.period), (without_durations(real_records("toronto")), Period.of_year(2023))):
        proposed = proposed_calendar(records, period)
        involved = [*proposed.index[proposed["proposal"] != "keep"], *proposed["with_series"].dropna()]
        assert len(involved) == len(set(involved))
        for sentence in proposed["sentence"]:
            assert all(sentence.in_language(language) for language in names.LANGUAGES)


def test_real_councils_are_measured_whole() -> None:
    records = real_records("toronto")
    value = meeting_value(records, Period.of_year(2023))

    assert len(value) == len(records.within(Period.of_year(2023)).meetings)
    assert value["redundancy"].dropna().between(0, 1).all()
    assert (value["n_pairs"] >= value["n_pairs_only_here"]).all()


def test_nothing_is_mutated(records: Records, year: Period) -> None:
    before = {table: getattr(records, table).copy(deep=True) for table in names.TABLES}
    meeting_value(records, year)
    proposed_calendar(records, year)
    meeting_cover(records, year)

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(records, table), frame)
