"""Change from the period before, arrival and traceability: by hand, against SciPy, on planted partnerships."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from partnet_analysis import names
from partnet_analysis.errors import UnknownActorError
from partnet_analysis.measures.arrival import arrival, arrival_curves, arrival_times, survival
from partnet_analysis.measures.change import change, movements, tie_changes, trend
from partnet_analysis.measures.explanation import explain
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from tests.partnerships import cell, real_records

YEAR = Period.of_year(2024)


@pytest.fixture
def two_years() -> Records:
    """
    Seven actors over 2022 to 2024, `town` coordinating.

    2022: `back` is called. 2023: `ann`, `ben`, `left` and the town meet in January and December; `ann` calls `cat`, who
    falls silent. 2024: `ann`, `ben` and the town meet in January; `ann` calls `new` in November (who joined in October),
    `back` calls `ben`.
    """
    actors = pd.DataFrame(
        {
            "actor_id": ["town", "ann", "ben", "cat", "left", "new", "back"],
            "name": ["Town", "Ann", "Ben", "Cat", "Left", "New", "Back"],
            "kind": "organisation",
            "is_coordinator": [True, *[False] * 6],
            "joined_on": [*[None] * 5, "2024-10-01", None],
            "left_on": [*[None] * 4, "2024-02-01", None, None],
        }
    )
    meetings = pd.DataFrame({"meeting_id": ["m1", "m2", "m3"], "day": ["2023-01-15", "2023-12-15", "2024-01-20"]})
    present = {"m1": ["town", "ann", "ben", "left"], "m2": ["town", "ann", "ben", "left"], "m3": ["town", "ann", "ben"]}
    sheet = [(meeting, actor, True, "present") for meeting, there in present.items() for actor in there]
    sheet.append(("m3", "cat", True, "absent"))
    calls = [
        ("c0", "2022-01-10", "town", "back"),
        ("c1", "2023-06-01", "ann", "cat"),
        ("c2", "2024-11-10", "ann", "new"),
        ("c3", "2024-12-20", "back", "ben"),
    ]
    return Records.from_tables(
        actors,
        meetings,
        pd.DataFrame(sheet, columns=["meeting_id", "actor_id", "invited", "status"]),
        pd.DataFrame(calls, columns=["contact_id", "day", "source_id", "target_id"]),
    )


@pytest.fixture(scope="module")
def town() -> Records:
    return at_organisation_level(partnership().records)


def test_movements_by_hand(two_years: Records) -> None:
    found = movements(two_years, YEAR)

    assert found["movement"].to_dict() == {
        "ann": "stayed",
        "back": "return",
        "ben": "stayed",
        "cat": "silent",
        "left": "exit",
        "new": "entry",
        "town": "stayed",
    }
    assert cell(found, "back", "sentence") == Phrase("change.return", {"day": pd.Timestamp("2022-01-10").date()})
    assert cell(found, "cat", "last_seen_on") == pd.Timestamp("2023-06-01")
    assert cell(found, "new", "first_seen_on") == pd.Timestamp("2024-11-10")


def test_records_that_begin_with_the_period_do_not_tell_who_is_new(records: Records) -> None:
    found = movements(records, YEAR)

    assert set(found["movement"]) == {"seen", "absent"}
    assert cell(found, "chess", "movement") == "absent"


def test_ties_by_hand(two_years: Records) -> None:
    found = tie_changes(two_years, YEAR).set_index(["source_id", "target_id"])

    # `new` joined in 2024 and is not compared; `left` was still there in January.
    assert found["change"].to_dict() == {
        ("ann", "ben"): "dormant",
        ("ann", "cat"): "died",
        ("ann", "left"): "died",
        ("ann", "town"): "dormant",
        ("back", "ben"): "born",
        ("ben", "left"): "died",
        ("ben", "town"): "dormant",
        ("left", "town"): "died",
    }
    assert found.loc[("ann", "ben"), "strength"] == pytest.approx(1 / 2)
    assert found.loc[("ann", "ben"), "strength_before"] == pytest.approx(2 / 3)


def test_change_by_hand(two_years: Records) -> None:
    found = change(two_years, YEAR)

    assert found["value"].to_dict() == {
        "n_at_risk_in_both": 6,
        "n_entries": 1,
        "n_returns": 1,
        "n_exits": 1,
        "n_silent": 1,
        "n_ties_before": 7,
        "n_ties": 4,
        "n_born": 1,
        "n_died": 4,
        "n_dormant": 3,
        "n_kept": 3,
        "jaccard": 3 / 8,
    }
    without = found[f"value{names.WITHOUT_COORDINATORS}"]
    assert (without["n_ties_before"], without["n_ties"], without["jaccard"]) == (4, 2, 1 / 5)
    assert found["reason"].isna().all()


def test_what_the_records_do_not_cover_is_not_compared(records: Records) -> None:
    found = change(records, YEAR)

    assert found["value"].isna().all()
    assert cell(found, "jaccard", "reason") == Phrase("change.not_covered", {"period": "2023"})


def test_no_tie_among_those_there_in_both_has_no_jaccard() -> None:
    actors = pd.DataFrame({"actor_id": ["a", "b"], "name": ["A", "B"], "kind": "organisation", "joined_on": "2024-01-01"})
    calls = pd.DataFrame(
        [("c1", "2023-01-02", "a", "b"), ("c2", "2024-12-02", "a", "b")],
        columns=["contact_id", "day", "source_id", "target_id"],
    )
    found = change(Records.from_tables(actors, contacts=calls), YEAR)

    assert cell(found, "jaccard", "reason") == Phrase("change.no_tie")


def test_trend_by_hand(records: Records) -> None:
    found = trend(records)

    assert [str(day.date()) for day in found.index] == ["2024-01-01", "2024-04-01", "2024-07-01"]
    assert found["n_meetings"].to_list() == [3, 2, 0]
    # Of partners: plenary 4, group-1 2, group-2 2; then group-3 2 and workshop 3, of which the school missed one.
    assert found["n_invitations"].to_list() == [8, 5, 0]
    assert found["n_presences"].to_list() == [8, 4, 0]
    assert found["n_contacts"].to_list() == [2, 2, 1]
    assert found["response_rate"].to_list()[:2] == [1, 4 / 5]
    # Five partners from 10 January to 31 March.
    months = 5 * 82 / (365.25 / 12)
    assert found["load_per_partner_month"].to_list()[0] == pytest.approx(10 / months)


def test_no_activity_has_no_trend() -> None:
    empty = Records.from_tables(pd.DataFrame({"actor_id": ["a"], "name": ["A"], "kind": ["organisation"]}))

    assert trend(empty).empty


@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=25))
@settings(deadline=None)
def test_waiting_agrees_with_scipy(observed: list[tuple[int, bool]]) -> None:
    days = np.array([day for day, _ in observed], dtype=float)
    happened = np.array([event for _, event in observed])
    found = survival(days, happened)

    reference = stats.ecdf(stats.CensoredData.right_censored(days, ~happened))
    assert found.index.to_list() == reference.sf.quantiles.tolist()
    assert found["share_waiting"].to_numpy() == pytest.approx(reference.sf.probabilities, abs=1e-12)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SciPy warns where the interval is undefined; those places are not compared
        interval: Any = reference.sf.confidence_interval(confidence_level=0.9, method="log-log")
    inside = found["share_waiting"].between(0, 1, inclusive="neither").to_numpy()
    assert found["low"].to_numpy()[inside] == pytest.approx(interval.low.probabilities[inside], abs=1e-9)
    assert found["high"].to_numpy()[inside] == pytest.approx(interval.high.probabilities[inside], abs=1e-9)


def test_waiting_by_hand() -> None:
    # Five wait; at 2 days one of five arrives, at 3 one leaves unseen, at 5 two of three arrive.
    found = survival(np.array([2.0, 3.0, 5.0, 5.0, 9.0]), np.array([True, False, True, True, False]))

    assert found["share_waiting"].to_list() == pytest.approx([4 / 5, 4 / 5, 4 / 15, 4 / 15])
    assert found["n_at_risk"].to_list() == [5, 4, 3, 1]


def test_arrival_by_hand(two_years: Records) -> None:
    times = arrival_times(two_years, YEAR)
    figures = arrival(times)

    assert times.index.to_list() == ["new"]
    # Called on 10 November, never at a meeting by the end of the year: 91 days from 1 October.
    assert times["days_to_first_presence"].to_list() == [91]
    assert times["first_presence_happened"].to_list() == [False]
    assert cell(figures, "median_days_to_first_presence", "reason") == Phrase("change.less_than_half_arrived")
    assert cell(figures, "share_waiting_after_90_days_first_presence", "value") == 1


def test_three_partners_are_met_in_small_company() -> None:
    actors = pd.DataFrame(
        {
            "actor_id": ["new", "a", "b", "c", "town"],
            "name": list("nabct"),
            "kind": "organisation",
            "is_coordinator": [False, False, False, False, True],
            "joined_on": ["2024-02-01", None, None, None, None],
        }
    )
    meetings = pd.DataFrame({"meeting_id": ["m0", "m1", "m2"], "day": ["2024-01-01", "2024-02-11", "2024-03-02"]})
    there = {"m0": ["a", "b"], "m1": ["new", "a", "b", "town"], "m2": ["new", "a", "c"]}
    sheet = pd.DataFrame(
        [(meeting, actor, "present") for meeting, present in there.items() for actor in present],
        columns=["meeting_id", "actor_id", "status"],
    )
    times = arrival_times(Records.from_tables(actors, meetings, sheet), YEAR)

    # Two partners and the coordinator after 10 days, the third partner after 30.
    assert cell(times, "new", "days_to_first_presence") == 10
    assert cell(times, "new", "days_to_three_partners") == 30
    assert cell(times, "new", "three_partners_happened")


def test_nobody_joined_nobody_waited(records: Records) -> None:
    times = arrival_times(records, YEAR)

    assert times.empty
    assert arrival_curves(times).empty
    assert cell(arrival(times), "median_days_to_first_presence", "reason") == Phrase("change.nobody_joined")


def test_planted_comings_and_goings_are_found(town: Records) -> None:
    found = movements(town, TRUTHS.period)
    times = arrival_times(town, TRUTHS.period)

    (newcomer,) = TRUTHS.isolated["newcomer"]
    assert cell(found, newcomer, "movement") == "entry"
    assert {cell(found, actor, "movement") for actor in TRUTHS.left_before} <= {"exit", "absent"}
    assert newcomer in times.index
    curves = arrival_curves(times)
    assert curves["share_waiting"].between(0, 1).all()
    for sentence in found["sentence"]:
        assert all(sentence.in_language(language) for language in names.LANGUAGES)


@pytest.mark.parametrize(("name", "period"), [("nfdi", "2021"), ("toronto", "2023"), ("invs13", None)])
def test_real_partnerships_are_compared_or_say_why_not(name: str, period: str | None) -> None:
    records = real_records(name)
    span = Period.parse(period) if period else records.default_period()
    found = change(records, span)

    assert [reason is not None for reason in found["reason"]] == found["value"].isna().to_list()
    assert found["value"].notna().all() == records.covers(span.previous())


def test_counting_the_rows_behind_gives_back_the_load(town: Records) -> None:
    load = solicitation_load(town, TRUTHS.period)

    for actor in ("panier-partage", "passerelle", "amicale-boules", "service-partenariats"):
        events = explain(town, TRUTHS.period, actor)
        meetings = events[events["nature"] == "meeting"]
        assert events["counts_as_load"].sum() == cell(load, actor, "n_load")
        assert meetings["invited"].sum() == cell(load, actor, "n_invitations")
        assert (meetings["status"] == "present").sum() == cell(load, actor, "n_presences")
        assert (events["nature"] == "contact_received").sum() == cell(load, actor, "n_contacts_received")
        assert (events["nature"] == "contact_made").sum() == cell(load, actor, "n_contacts_made")
        assert events["day"].is_monotonic_increasing


def test_contacts_alone_count_both_ways() -> None:
    records = real_records("invs13")
    period = records.default_period()

    events = explain(records, period, "p271")
    assert events["counts_as_load"].all()
    assert len(events) == cell(solicitation_load(records, period), "p271", "n_load")


def test_who_is_unknown_cannot_be_explained(records: Records) -> None:
    with pytest.raises(UnknownActorError):
        explain(records, YEAR, "nobody")


def test_nothing_is_mutated(two_years: Records) -> None:
    before = {table: getattr(two_years, table).copy(deep=True) for table in names.TABLES}
    change(two_years, YEAR)
    arrival_times(two_years, YEAR)
    explain(two_years, YEAR, "ann")

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(two_years, table), frame)
