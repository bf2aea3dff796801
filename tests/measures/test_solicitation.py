"""Solicitation: worked by hand on six actors and five meetings, on made-up and on real partnerships."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis import names
from partnet_analysis.errors import EmptyPeriodError
from partnet_analysis.measures.solicitation import _flags, load_basis, solicitation_load
from partnet_analysis.messages import has
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from tests.partnerships import YEAR, cell, keys, made_up, partnerships, real_records


def column(frame: pd.DataFrame, name: str) -> dict[str, float]:
    return {str(actor): value for actor, value in frame[name].items()}


@pytest.fixture
def load(records: Records, year: Period) -> pd.DataFrame:
    return solicitation_load(records, year)


@pytest.fixture(scope="module")
def town() -> Records:
    return at_organisation_level(partnership().records)


def with_actors(records: Records, **columns: Any) -> Records:  # noqa: ANN401 (columns of any kind)
    return Records.from_tables(records.actors.assign(**columns), records.meetings, records.attendance, records.contacts)


def test_counts_by_hand(load: pd.DataFrame) -> None:
    zero = dict.fromkeys(["chess", "clinic", "library", "school", "sports", "town"], 0)

    assert column(load, "n_invitations") == {**zero, "clinic": 5, "library": 2, "school": 5, "sports": 1, "town": 4}
    assert column(load, "n_presences") == {**zero, "clinic": 5, "library": 2, "school": 4, "sports": 1, "town": 4}
    assert column(load, "n_contacts_received") == {**zero, "clinic": 3, "library": 1, "sports": 1}
    assert column(load, "n_contacts_made") == {**zero, "clinic": 1, "school": 1, "town": 3}
    assert column(load, "n_solicitations") == {**zero, "clinic": 8, "library": 3, "school": 5, "sports": 2, "town": 4}
    # Clinic is asked by the town and by the school; that it invites itself to its own meeting is no solicitor.
    assert column(load, "n_solicitors") == {**zero, "clinic": 2, "library": 2, "school": 2, "sports": 1}
    assert column(load, "n_series") == {**zero, "clinic": 3, "library": 2, "school": 3, "sports": 1, "town": 3}


def test_hours_by_hand(load: pd.DataFrame) -> None:
    # Plenary 2 h, three group meetings of 1.5 h, workshop 3 h; contacts bear no duration and add nothing.
    hours = {"chess": 0.0, "clinic": 9.5, "library": 5.0, "sports": 2.0}
    assert column(load, "hours_asked") == {**hours, "school": 9.5, "town": 8.0}
    assert column(load, "hours_given") == {**hours, "school": 6.5, "town": 8.0}


def test_balance_by_hand(load: pd.DataFrame) -> None:
    # Clinic receives 4 invitations of the town, 2 contacts of the town and 1 of the school; it invites the school once and
    # contacts the library once: (7 − 2) / 9.
    assert cell(load, "clinic", "balance") == pytest.approx(5 / 9)
    assert cell(load, "school", "balance") == pytest.approx((5 - 1) / 6)
    assert (cell(load, "library", "balance"), cell(load, "town", "balance")) == (1, -1)
    assert pd.isna(cell(load, "chess", "balance"))


def test_crowding_by_hand(load: pd.DataFrame) -> None:
    # Clinic: 10 January, 1, 2 and 5 February lie within 30 days.
    assert cell(load, "clinic", "busiest_30_days") == 4
    assert cell(load, "clinic", "busiest_from") == pd.Timestamp("2024-01-10")
    assert (load["same_day_clashes"] == 0).all()


def test_pace_counts_the_months_at_risk(records: Records, year: Period) -> None:
    late = with_actors(records, joined_on=["2024-07-01", *[None] * 5])
    load = solicitation_load(late, year)

    assert cell(load, "chess", "months_at_risk") == pytest.approx(184 / (365.25 / 12))
    assert cell(load, "clinic", "per_month") == pytest.approx(8 / (366 / (365.25 / 12)))


def test_two_meetings_on_one_day_clash(records: Records, year: Period) -> None:
    same_day = records.meetings["day"].where(records.meetings["meeting_id"] != "group-2", pd.Timestamp("2024-02-05"))
    crowded = Records.from_tables(
        records.actors, records.meetings.assign(day=same_day), records.attendance, records.contacts
    )

    assert column(solicitation_load(crowded, year), "same_day_clashes") == {
        **dict.fromkeys(["chess", "library", "sports", "town"], 0),
        "clinic": 1,
        "school": 1,
    }


def test_coordinators_are_counted_but_not_judged(load: pd.DataFrame) -> None:
    assert pd.isna(cell(load, "town", "flag"))
    assert pd.isna(cell(load, "town", "p_over"))
    assert "reasons.coordinator" in keys(load, "town")
    assert cell(load, "town", "n_invitations") == 4


def test_the_median_leaves_out_who_was_never_asked(load: pd.DataFrame) -> None:
    # Partners asked: 8, 3, 5 and 2 times; the median is 4.
    assert cell(load, "clinic", "stratum_median") == pytest.approx(4 / (366 / (365.25 / 12)))
    assert cell(load, "chess", "flag") == "usual"
    assert cell(load, "clinic", "stratum") == "*"


def test_a_sector_of_eight_is_its_own_measure() -> None:
    sectors = [*["Culture"] * 8, *["Sport"] * 7]
    meetings = [list(range(15)), *[list(range(8))] * 5]
    held = made_up(15, meetings, sectors=sectors)
    invited = Records.from_tables(held.actors, held.meetings, held.attendance.assign(invited=True), held.contacts)
    load = solicitation_load(invited, YEAR)

    assert set(load["stratum"][:8]) == {"Culture"}
    assert set(load["stratum"][8:]) == {"*"}
    months = 366 / (365.25 / 12)
    assert load["stratum_median"].round(9).to_list() == [round(6 / months, 9)] * 15


def test_those_not_there_are_there_with_a_reason(records: Records) -> None:
    moved = with_actors(records, joined_on=["2025-02-01", *[None] * 5], left_on=[None, None, None, None, "2023-12-01", None])
    load = solicitation_load(moved, YEAR)

    assert keys(load, "chess") == ["reasons.not_yet"]
    assert keys(load, "sports") == ["reasons.left"]
    absent = load.loc[["chess", "sports"], ["per_month", "rate", "p_over", "flag", "stratum"]]
    assert bool(absent.isna().all(axis=None))


def test_who_is_asked_beyond_its_declared_capacity_is_over_solicited(records: Records, year: Period) -> None:
    load = solicitation_load(with_actors(records, capacity_hours_per_month=[None, None, None, 0.5, None, None]), year)

    # 9.5 hours in 12.02 months, of half an hour a month.
    assert cell(load, "school", "capacity_use") == pytest.approx(9.5 / (366 / (365.25 / 12)) / 0.5)
    assert cell(load, "school", "flag") == "over_solicited"
    assert "reasons.over_capacity" in keys(load, "school")


def test_a_first_meeting_does_not_fill_a_month(records: Records, year: Period) -> None:
    joined = pd.Series([None] * 6)
    joined[2] = "2024-12-30"
    listed = pd.DataFrame({"meeting_id": ["late"], "actor_id": ["library"], "invited": [True], "status": ["present"]})
    meeting = pd.DataFrame({"meeting_id": ["late"], "day": ["2024-12-31"], "duration_hours": [2.0]})
    actors = records.actors.assign(joined_on=joined, capacity_hours_per_month=3.0)
    late = Records.from_tables(actors, meeting, listed)

    assert cell(solicitation_load(late, year), "library", "capacity_use") == pytest.approx(2 / 3)


def test_response_is_shrunken_and_compared_with_the_period_before(records: Records) -> None:
    halves = [Period.parse("2024-01-01..2024-03-20"), Period.parse("2024-03-21..2024-06-08")]
    load = solicitation_load(records, halves[1])

    assert halves[1].previous() == halves[0]
    assert cell(load, "school", "n_answerable") == 2
    assert 0.5 < cell(load, "school", "response_rate") < 1
    assert cell(load, "school", "response_change") < 0
    assert pd.isna(cell(load, "sports", "response_rate"))
    assert pd.isna(cell(load, "sports", "response_change"))


def test_one_delegate_concentrates_all() -> None:
    actors = pd.DataFrame(
        {
            "actor_id": ["town", "p1", "p2", "club", "p3"],
            "name": list("abcde"),
            "kind": ["organisation", "person", "person", "organisation", "person"],
            "organisation_id": [None, "town", "town", None, "club"],
        }
    )
    meetings = pd.DataFrame({"meeting_id": ["m1", "m2", "m3", "m4"], "day": "2024-05-01"})
    sheet = [("m1", "p1"), ("m2", "p1"), ("m3", "p1"), ("m4", "p2"), ("m1", "p3"), ("m2", "p3")]
    attendance = pd.DataFrame(sheet, columns=["meeting_id", "actor_id"]).assign(status="present", invited=True)
    load = solicitation_load(at_organisation_level(Records.from_tables(actors, meetings, attendance)), YEAR)

    assert column(load, "delegate_concentration") == {"club": 1, "town": (3 / 4) ** 2 + (1 / 4) ** 2}


def test_counts_are_whole_numbers_even_where_some_are_unknown(load: pd.DataFrame) -> None:
    counted = [name for name in load.columns if name.startswith("n_")] + ["busiest_30_days", "same_day_clashes"]

    assert {str(load[name].dtype) for name in counted} == {"Int64"}
    assert load.index.name == "actor_id"
    assert {str(load[name].dtype) for name in ("rate", "rate_low", "p_over", "hours_asked", "balance")} == {"float64"}


def test_intervals_enclose_what_they_are_of(load: pd.DataFrame) -> None:
    for value, low, high in (("rate", "rate_low", "rate_high"), ("response_rate", "response_low", "response_high")):
        known = load.dropna(subset=value)
        assert len(known) >= 4
        assert (known[low] < known[value]).all()
        assert (known[value] < known[high]).all()


def test_hours_count_each_person_who_came() -> None:
    actors = pd.DataFrame(
        {
            "actor_id": ["town", "p1", "p2", "club"],
            "name": list("abcd"),
            "kind": ["organisation", "person", "person", "organisation"],
            "organisation_id": [None, "town", "town", None],
        }
    )
    meetings = pd.DataFrame({"meeting_id": ["m1", "m2"], "day": ["2024-05-01", "2024-05-02"], "duration_hours": [2.0, 3.0]})
    sheet = [("m1", "p1"), ("m1", "p2"), ("m2", "p1"), ("m2", "club")]
    attendance = pd.DataFrame(sheet, columns=["meeting_id", "actor_id"]).assign(status="present", invited=True)
    load = solicitation_load(at_organisation_level(Records.from_tables(actors, meetings, attendance)), YEAR)

    assert column(load, "hours_given") == column(load, "hours_asked") == {"club": 3.0, "town": 2 * 2.0 + 3.0}


def test_where_no_duration_is_known_nobody_has_hours_and_where_nobody_solicits_there_are_no_solicitors() -> None:
    held = made_up(3, [[0, 1], [0, 1, 2]])
    listed = Records.from_tables(held.actors, held.meetings, held.attendance.assign(invited=True))
    load = solicitation_load(listed, YEAR)

    assert bool(load[["hours_asked", "hours_given", "n_solicitors", "balance"]].isna().all(axis=None))
    assert load["n_solicitors"].dtype == "Int64"
    assert column(load, "n_invitations") == {"a000": 2, "a001": 2, "a002": 1}


def test_a_contact_on_the_day_of_a_meeting_is_neither_a_clash_nor_a_series() -> None:
    held = made_up(3, [[0, 1, 2]], [(0, 1), (2, 1)], series=["Group"])
    invited = held.attendance.assign(invited=True)
    load = solicitation_load(
        Records.from_tables(held.actors, held.meetings, invited, held.contacts.assign(day=held.meetings["day"][0])), YEAR
    )

    assert column(load, "same_day_clashes") == {"a000": 0, "a001": 0, "a002": 0}
    assert column(load, "n_series") == {"a000": 1, "a001": 1, "a002": 1}
    assert cell(load, "a001", "n_solicitations") == 3
    assert cell(load, "a001", "busiest_30_days") == 3


def test_each_large_sector_is_measured_by_its_own_rates() -> None:
    # Eight are asked twice, eight others twelve times: each is usual among its like.
    seldom, often = list(range(8)), list(range(8, 16))
    held = made_up(16, [*[seldom] * 2, *[often] * 12], sectors=[*["Culture"] * 8, *["Sport"] * 8])
    listed = Records.from_tables(held.actors, held.meetings, held.attendance.assign(invited=True))
    load = solicitation_load(listed, YEAR)
    months = 366 / (365.25 / 12)

    assert load["stratum_median"].to_list() == pytest.approx([2 / months] * 8 + [12 / months] * 8)
    assert load["rate"].to_list() == pytest.approx([2 / months] * 8 + [12 / months] * 8, rel=0.05)
    assert set(load["flag"]) == {"usual"}


def test_where_nobody_of_the_stratum_is_asked_nothing_is_probable() -> None:
    held = made_up(3, [[2]], coordinators=[2])
    listed = Records.from_tables(held.actors, held.meetings, held.attendance.assign(invited=True))
    load = solicitation_load(listed, YEAR)

    assert load["p_over"].isna().all()
    assert load["flag"].isna().all()


@pytest.mark.parametrize(
    ("p_over", "capacity_use", "flag"),
    [
        (0.4999, None, "usual"),
        (0.5, None, "watch"),
        (0.8999, 1.0, "watch"),
        (0.9, None, "over_solicited"),
        (0.0, 1.0001, "over_solicited"),
        (None, None, None),
    ],
)
def test_flags_begin_where_they_are_said_to_begin(
    p_over: float | None, capacity_use: float | None, flag: str | None
) -> None:
    judged = pd.DataFrame({"p_over": [p_over], "capacity_use": [capacity_use]}, index=["a"], dtype=float)
    told = _flags(judged, pd.Series(["partner"], index=["a"]), "solicitation")

    assert told.dtype == "str"
    assert told["a"] == flag if flag else pd.isna(told["a"])
    assert _flags(judged, pd.Series(["coordinator"], index=["a"]), "solicitation").isna().all()
    assert _flags(judged, pd.Series(["partner"], index=["a"]), "presence").isna().all()


def test_balance_of_contacts_alone_is_that_of_who_reached_whom() -> None:
    load = solicitation_load(made_up(4, [], [(0, 1), (0, 1), (0, 2), (2, 1), (1, 0)]), YEAR)

    # a000 receives 1 and makes 3, a001 receives 3 and makes 1, a002 receives 1 and makes 1.
    assert column(load, "balance") | {"a003": 0} == {"a000": -0.5, "a001": 0.5, "a002": 0.0, "a003": 0}
    assert pd.isna(cell(load, "a003", "balance"))


def test_contacts_that_do_not_say_who_reached_out_have_no_balance() -> None:
    # Twenty-one contacts, all from the lesser to the greater identifier: so sensors write pairs.
    pairs = [(one, other) for one in range(7) for other in range(one + 1, 7)]
    load = solicitation_load(made_up(7, [], pairs), YEAR)

    assert len(pairs) == 21
    assert bool(load[["balance", "n_contacts_received", "n_contacts_made"]].isna().all(axis=None))
    assert load["n_contacts_made"].dtype == "Int64"
    assert load["n_load"].to_list() == [6] * 7


def test_an_invitation_whose_outcome_is_unknown_is_no_answer(records: Records) -> None:
    status = records.attendance["status"].mask(
        (records.attendance["meeting_id"] == "workshop") & (records.attendance["actor_id"] == "school"), "unknown"
    )
    unsure = Records.from_tables(
        records.actors, records.meetings, records.attendance.assign(status=status), records.contacts
    )
    load = solicitation_load(unsure, YEAR)

    assert cell(load, "school", "n_invitations") == 5
    assert cell(load, "school", "n_answerable") == 4
    assert pd.isna(cell(load, "chess", "response_low"))
    assert pd.isna(cell(load, "chess", "response_high"))


def test_one_invitation_in_each_period_is_enough_to_compare(records: Records) -> None:
    # The sports club was invited once, in January, and the library in January and in May.
    halves = [Period.parse("2024-01-01..2024-03-20"), Period.parse("2024-03-21..2024-06-08")]
    load = solicitation_load(records, halves[1])

    assert cell(load, "library", "n_answerable") == 1
    assert 0 < cell(load, "library", "response_low") < cell(load, "library", "response_rate")
    assert 0 < cell(load, "library", "p_response_fell") < 1
    assert pd.isna(cell(load, "sports", "p_response_fell"))
    assert pd.isna(cell(solicitation_load(records, halves[0]), "library", "response_change"))
    assert load["n_answerable"].dtype == "Int64"


def test_where_nobody_was_invited_answers_are_unknown_and_not_none() -> None:
    load = solicitation_load(made_up(3, [[0, 1]]), YEAR)

    assert load["n_answerable"].isna().all()
    assert load["n_answerable"].dtype == "Int64"


def test_without_lists_there_is_no_solicitation(records: Records, year: Period) -> None:
    unlisted = Records.from_tables(
        records.actors, records.meetings, records.attendance.assign(invited=None), records.contacts
    )
    load = solicitation_load(unlisted, year)

    assert load_basis(unlisted, year) == "presence"
    assert bool(load[["n_invitations", "n_solicitations", "flag", "hours_asked", "response_rate"]].isna().all(axis=None))
    assert cell(load, "clinic", "n_load") == 5 + 3
    assert keys(load, "clinic") == ["reasons.present", "reasons.reached", "reasons.no_list_presence"]


@pytest.mark.parametrize(("name", "period"), [("nfdi", "2019"), ("invs13", None)])
def test_contacts_alone_are_a_contact_load(name: str, period: str | None) -> None:
    records = real_records(name)
    span = Period.parse(period) if period else records.default_period()
    load = solicitation_load(records, span)

    assert load_basis(records, span) == "contact"
    assert load["flag"].isna().all()
    assert load["n_load"].sum() == 2 * len(records.within(span).contacts)
    assert all("reasons.no_list_contact" in keys(load, actor) for actor in load.index)
    assert load["n_contacts_received"].isna().all() == (name == "invs13")


def test_council_members_are_listed_and_compared() -> None:
    records = real_records("toronto")
    span = records.span
    assert span is not None
    load = solicitation_load(records, span)
    often = load[load["n_invitations"] >= 50]

    listed = records.attendance.groupby("actor_id")
    rate = listed["status"].apply(lambda status: (status == "present").mean())[listed.size() >= 50]
    assert load["n_invitations"].astype(int).idxmax() == listed.size().idxmax() == "chris-moise"
    assert often["response_rate"].idxmin() == rate.idxmin()
    assert (often["response_low"] < rate).all()
    assert (rate < often["response_high"] + 0.02).all()
    assert load_basis(records, span) == "solicitation"


def test_the_planted_over_solicited_are_found(town: Records) -> None:
    load = solicitation_load(town, TRUTHS.period)

    planted = {truth.actor_id for truth in TRUTHS.over_solicited}
    assert set(load.index[load["flag"] == "over_solicited"]) == planted
    for actor in planted:
        assert "reasons.invited" in keys(load, actor)
        assert {"reasons.pace_in_sector", "reasons.pace_in_partnership"} & set(keys(load, actor))


def test_the_planted_fall_in_response_and_single_delegate_are_found(town: Records) -> None:
    load = solicitation_load(town, TRUTHS.period)

    assert load["p_response_fell"].idxmax() == TRUTHS.response_fell
    assert "reasons.response_fell" in keys(load, TRUTHS.response_fell)
    assert cell(load, TRUTHS.concentrated_on_one_delegate, "delegate_concentration") == 1


def test_every_reason_can_be_said(town: Records) -> None:
    for records, period in ((town, TRUTHS.period), (real_records("nfdi"), Period.of_year(2020))):
        for reasons in solicitation_load(records, period)["reasons"]:
            assert reasons
            assert all(reason.in_language(language) for reason in reasons for language in names.LANGUAGES)
            assert all(has("fr", reason.key) for reason in reasons)


def test_nothing_is_mutated(records: Records, year: Period) -> None:
    before = {table: getattr(records, table).copy(deep=True) for table in names.TABLES}
    solicitation_load(records, year)

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(records, table), frame)


def test_an_empty_period_is_refused(records: Records) -> None:
    with pytest.raises(EmptyPeriodError):
        solicitation_load(records, Period.of_year(2020))


@given(partnerships())
@settings(max_examples=15, deadline=None)
def test_everybody_is_there_in_order_and_within_bounds(records: Records) -> None:
    if records.within(YEAR).span is None:
        return
    load = solicitation_load(records, YEAR)

    assert load.index.to_list() == records.actors["actor_id"].to_list()
    assert load["balance"].dropna().between(-1, 1).all()
    assert load["p_over"].dropna().between(0, 1).all()
    assert (load["rate_low"].dropna() <= load["rate_high"].dropna()).all()
    assert (load["busiest_30_days"] <= load["n_load"]).all()
