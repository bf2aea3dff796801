"""Several partnerships: each by the same definitions, none before another."""

import dataclasses
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generated import generated_records
from partnet_analysis.annual import Review, annual_review
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from partnet_analysis.territories import (
    FIGURES,
    INTERVALS,
    Territory,
    cautions,
    comparison,
    in_order,
    territory,
    territory_figures,
    wilson_interval,
)

YEAR = Period.of_year(2024)


@pytest.fixture(scope="module")
def review() -> Review:
    """Review sixty made-up partners."""
    return annual_review(generated_records(1500, 60), YEAR, name="Valmont")


@pytest.fixture(scope="module")
def valmont(review: Review) -> Territory:
    return territory("valmont", review)


def meeting_of_four() -> Records:
    """Make five partners; four were invited to the one meeting, three came, a and b had met in a contact before."""
    actors = pd.DataFrame({"actor_id": list("abcde"), "name": list("ABCDE"), "kind": "organisation"})
    meetings = pd.DataFrame({"meeting_id": ["m1"], "day": ["2024-03-01"], "duration_hours": [2.0]})
    attendance = pd.DataFrame(
        {"meeting_id": "m1", "actor_id": list("abcd"), "invited": True, "status": ["present"] * 3 + ["excused"]}
    )
    contacts = pd.DataFrame({"contact_id": ["c1"], "day": ["2024-02-01"], "source_id": ["a"], "target_id": ["b"]})
    return Records.from_tables(actors=actors, meetings=meetings, attendance=attendance, contacts=contacts)


def test_figures_are_those_worked_by_hand() -> None:
    figures = territory_figures(annual_review(meeting_of_four(), YEAR))["value"]

    assert figures["n_partners"] == 5
    assert figures["n_active"] == 3
    assert figures["n_pairs"] == 3
    assert figures["density"] == pytest.approx(3 / 10)
    assert figures["response_rate"] == pytest.approx(3 / 4)
    assert figures["direct_ratio"] == pytest.approx(1 / 3)
    # A contact makes a and b a pair already: two new ones, over three partners' two hours.
    assert figures["new_pairs_per_person_hour"] == pytest.approx(2 / 6)


def test_every_figure_is_told_or_says_why_not(valmont: Territory) -> None:
    figures = valmont.figures

    assert list(figures.index) == list(FIGURES)
    assert (figures["value"].notna() | figures["reason"].notna()).all()
    for name in INTERVALS:
        assert figures["low"][name] <= figures["value"][name] <= figures["high"][name]


def test_figures_agree_with_the_review(review: Review, valmont: Territory) -> None:
    value = valmont.figures["value"]

    assert value["density"] == review.cohesion["value_without_coordinators"]["density"]
    assert value["n_pairs"] == review.essentials["value"]["n_pairs"]
    assert value["share_over_solicited"] * valmont.figures["n"]["share_over_solicited"] == pytest.approx(
        review.essentials["value"]["n_over_solicited"]
    )
    assert value["dependence"] == review.dependence["dependence"]["without_coordinators"]


def test_measuring_changes_nothing_in_the_review(review: Review) -> None:
    before = [frame.copy() for frame in (review.solicitation, review.isolation, review.records.attendance)]

    territory("valmont", review)

    for frame, kept in zip((review.solicitation, review.isolation, review.records.attendance), before, strict=True):
        pd.testing.assert_frame_equal(frame, kept)


def test_no_partner_is_named_in_what_is_compared(valmont: Territory) -> None:
    said = comparison([valmont]).to_csv()

    assert "A0000" not in said
    assert "Partenaire" not in said


def renamed(one: Territory, name: str, **changes: object) -> Territory:
    return dataclasses.replace(one, name=name, key=name.casefold(), **changes)  # type: ignore[arg-type]  # a field's own value


def test_the_order_is_the_alphabet_whatever_the_values(valmont: Territory) -> None:
    names = ["Zoug", "éméville", "Arbois", "Eu"]

    ordered = in_order([renamed(valmont, name) for name in names])

    assert [one.name for one in ordered] == ["Arbois", "éméville", "Eu", "Zoug"]
    assert list(comparison([renamed(valmont, name) for name in names])["name"]) == [one.name for one in ordered]


@pytest.mark.parametrize(
    ("change", "caution"),
    [
        (lambda one: renamed(one, "B", period="2023"), "periods"),
        (lambda one: renamed(one, "B", has_invitation_lists=False), "no_lists"),
        (lambda one: renamed(one, "B", n_rejected=3), "rejected"),
        (lambda one: renamed(one, "B", figures=one.figures.assign(value=5.0)), "small"),
    ],
)
def test_what_is_not_comparable_is_said(valmont: Territory, change: Callable[[Territory], Territory], caution: str) -> None:
    key = f"territories.caution.{caution}"

    assert key not in {phrase.key for phrase in cautions([valmont, renamed(valmont, "C")])}
    told = {phrase.key: phrase for phrase in cautions([valmont, change(valmont)])}
    assert key in told
    assert caution == "periods" or dict(told[key].values)["names"] == ["B"]


def test_contacts_that_nobody_logged_are_unobserved_not_zero() -> None:
    records = meeting_of_four()
    alone = Records.from_tables(
        actors=records.actors, meetings=records.meetings, attendance=records.attendance, contacts=records.contacts.iloc[:0]
    )

    figures = territory_figures(annual_review(alone, YEAR))

    assert np.isnan(figures["value"]["direct_ratio"])
    assert figures["reason"]["direct_ratio"] is not None


def test_records_of_contacts_alone_tell_no_response_and_no_hours() -> None:
    records = meeting_of_four()
    alone = Records.from_tables(
        actors=records.actors,
        meetings=records.meetings.iloc[:0],
        attendance=records.attendance.iloc[:0],
        contacts=records.contacts,
    )

    figures = territory_figures(annual_review(alone, YEAR))

    for name in ("response_rate", "new_pairs_per_person_hour"):
        assert np.isnan(figures["value"][name])
        assert str(figures["reason"][name])


def test_wilson_interval_matches_the_published_value() -> None:
    # Newcombe 1998, Statistics in Medicine 17, 857, table I: 81 of 263 at 95 %.
    low, high = wilson_interval(81, 263, 0.95)

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_narrows_with_more(case: tuple[int, int]) -> None:
    k, n = case
    low, high = wilson_interval(k, n)
    wider = wilson_interval(k * 4, n * 4)

    assert 0 <= low <= k / n + 1e-12
    assert k / n - 1e-12 <= high <= 1
    assert wider[1] - wider[0] < high - low
