"""What stands without the coordinator: worked by hand, against networkx, and on planted partnerships."""

from itertools import combinations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis import names
from partnet_analysis.errors import EmptyPeriodError, UnknownActorError
from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.measures.coordination import (
    attrition,
    coordination,
    dependence,
    partner_contacts_observed,
    what_if_leaves,
)
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from tests.partnerships import YEAR, cell, made_up, partnerships, real_records


@pytest.fixture(scope="module")
def town() -> Records:
    return at_organisation_level(partnership().records)


def efficiency(network: Network, partners: list[str]) -> float:
    """Average 1/d the slow way."""
    lengths = dict(nx.all_pairs_dijkstra_path_length(network.to_networkx(), weight="distance"))
    pairs = list(combinations(partners, 2))
    return sum(1 / lengths[one][other] if other in lengths[one] else 0 for one, other in pairs) / len(pairs)


def test_dependence_by_hand(records: Records, year: Period) -> None:
    found = dependence(records, year)

    # Whole: clinic–school 13/4, clinic–library 7/4 and, with the town in between, the others; chess is out of reach.
    town_clinic, town_sports, clinic_school, clinic_library = 4 / 15, 4 / 5, 4 / 13, 4 / 7
    to_sports = town_clinic + town_sports
    whole = (
        1 / clinic_school
        + 1 / clinic_library
        + 1 / to_sports
        + 1 / (clinic_school + clinic_library)
        + 1 / (clinic_school + to_sports)
        + 1 / (clinic_library + to_sports)
    ) / 10
    # Without the town meetings shrink: clinic–school 1/3 + 4, clinic–library 1/3 + 2, the sports club 1/3 each.
    without = (13 / 3 + 7 / 3 + 1 / (3 / 13 + 3 / 7) + 3 * 1 / 3) / 10
    # The one meeting that the town does not convene, and two contacts: clinic–school 2, clinic–library 1.
    without_meetings = (2 + 1 + 1 / (1 / 2 + 1)) / 10
    contacts = (1 + 1 + 1 / 2) / 10
    assert found["efficiency"].to_list() == pytest.approx([whole, without, without_meetings, contacts])
    assert found["dependence"].to_list() == pytest.approx([1 - value / whole for value in found["efficiency"]])
    assert found["n_ties"].to_list() == [6, 6, 2, 2]
    assert found["newly_isolated"].to_list() == [(), (), ("sports",), ("sports",)]
    assert found["reason"].isna().all()


def test_coordination_by_hand(records: Records, year: Period) -> None:
    found = coordination(records, year)["value"]

    # Person-hours 10 + 4.5 + 3 + 4.5 + 9, of which the clinic convened 3.
    assert found["initiative_share"] == pytest.approx(3 / 31)
    assert found["n_conveners"] == 1
    # Six pairs meet; clinic–school and clinic–library also contact each other, 12 days and more from any joint meeting.
    assert found["direct_ratio"] == pytest.approx(2 / 6)
    assert found["between_meetings"] == 1
    assert found["coordinator_contact_share"] == pytest.approx(3 / 5)


def test_a_contact_within_a_week_of_a_joint_meeting_is_not_between_meetings(records: Records, year: Period) -> None:
    moved = records.contacts["day"].mask(records.contacts["contact_id"] == "c3", pd.Timestamp("2024-05-27"))
    close = Records.from_tables(records.actors, records.meetings, records.attendance, records.contacts.assign(day=moved))

    assert coordination(close, year)["value"]["between_meetings"] == pytest.approx(1 / 2)


def test_what_only_the_coordinator_logged_is_unobserved(records: Records, year: Period) -> None:
    own = records.contacts[records.contacts["source_id"] == "town"]
    logged = Records.from_tables(records.actors, records.meetings, records.attendance, own)
    figures, scenarios = coordination(logged, year), dependence(logged, year)

    assert not partner_contacts_observed(logged)
    for figure in ("direct_ratio", "between_meetings", "dependence_contacts_only"):
        assert pd.isna(cell(figures, figure, "value"))
        assert cell(figures, figure, "reason") == Phrase("coordination.partner_contacts_unobserved")
    assert pd.isna(cell(scenarios, "contacts_only", "n_newly_isolated"))
    assert cell(scenarios, "without_coordinators", "reason") is None


def test_without_coordinators_or_conveners_the_question_is_open(records: Records, year: Period) -> None:
    actors = records.actors.assign(is_coordinator=False)
    meetings = records.meetings.assign(convener_id=None, duration_hours=None)
    figures = coordination(Records.from_tables(actors, meetings, records.attendance, records.contacts), year)

    assert cell(figures, "dependence_without_coordinators", "reason") == Phrase("coordination.no_coordinator")
    assert cell(figures, "initiative_share", "reason") == Phrase("coordination.no_convener")
    known = Records.from_tables(actors, records.meetings.assign(duration_hours=None), records.attendance, records.contacts)
    assert cell(coordination(known, year), "initiative_share", "reason") == Phrase("coordination.no_hours")


def test_pairs_that_never_meet_have_no_direct_ratio() -> None:
    figures = coordination(made_up(3, contacts=[(0, 1), (1, 2)]), YEAR)

    assert cell(figures, "direct_ratio", "reason") == Phrase("coordination.nobody_meets")
    assert cell(figures, "between_meetings", "value") == 1


def test_one_partner_alone_has_no_efficiency() -> None:
    figures = coordination(made_up(2, contacts=[(0, 1)], coordinators=[0]), YEAR)

    assert cell(figures, "efficiency", "reason") == Phrase("coordination.no_pair")


@pytest.mark.parametrize("leaver", ["clinic", "town", "chess"])
def test_vitality_agrees_with_networkx(records: Records, year: Period, leaver: str) -> None:
    found = what_if_leaves(records, year, leaver)
    network = partnership_network(records, year)
    others = [actor for actor in ("chess", "clinic", "library", "school", "sports") if actor != leaver]

    before, after = efficiency(network, others), efficiency(network.without([leaver]), others)
    assert found["efficiency"]["whole"] == pytest.approx(before)
    assert found["efficiency"]["without_actor"] == pytest.approx(after)
    assert found["dependence"]["without_actor"] == pytest.approx(1 - after / before)


def test_who_is_unknown_cannot_leave(records: Records, year: Period) -> None:
    with pytest.raises(UnknownActorError):
        what_if_leaves(records, year, "nobody")


def test_the_strongest_leave_first(records: Records, year: Period) -> None:
    network = partnership_network(records, year)
    curve = attrition(network)

    # Strengths: clinic 13/4 + 7/4 + 1/4 + 15/4 = 9, town 7; then town, whose 5/4 + 3/4 + 5/4 exceed the school's.
    assert pd.isna(curve["actor_id"][0])
    assert curve["actor_id"].to_list()[1:3] == ["clinic", "town"]
    assert curve["efficiency"][0] == pytest.approx(efficiency(network, list(network.actors["actor_id"])))
    assert curve["share_in_main_component"][0] == pytest.approx(5 / 6)
    assert len(curve) == 5


def test_planted_dependence_is_found(town: Records) -> None:
    found = dependence(town, TRUTHS.period)

    assert found["dependence"].is_monotonic_increasing
    assert set(TRUTHS.isolated_without_coordinators) <= set(cell(found, "without_coordinators", "newly_isolated"))
    assert set(TRUTHS.isolated_without_coordinated_meetings) <= set(cell(found, "without_their_meetings", "newly_isolated"))
    assert not set(TRUTHS.isolated_without_coordinated_meetings) & set(cell(found, "without_coordinators", "newly_isolated"))


def test_real_partnerships_say_what_they_cannot() -> None:
    figures = coordination(real_records("toronto"), Period.of_year(2023))

    assert cell(figures, "dependence_contacts_only", "reason") == Phrase("coordination.no_contact")
    missing = figures["value"].isna()
    assert [reason is not None for reason in figures["reason"]] == missing.to_list()
    for reason in figures["reason"][missing]:
        assert all(reason.in_language(language) for language in names.LANGUAGES)


@given(partnerships())
@settings(max_examples=15, deadline=None)
def test_efficiency_agrees_with_networkx_and_figures_have_reasons(records: Records) -> None:
    if records.within(YEAR).span is None:
        with pytest.raises(EmptyPeriodError):
            coordination(records, YEAR)
        return
    partners = [actor for actor in records.actors["actor_id"] if actor not in records.coordinators]
    figures = coordination(records, YEAR)

    assert [reason is not None for reason in figures["reason"]] == figures["value"].isna().to_list()
    if len(partners) > 1:
        expected = efficiency(partnership_network(records, YEAR), partners)
        assert figures["value"]["efficiency"] == pytest.approx(expected, abs=1e-12)


def test_nothing_is_mutated(records: Records, year: Period) -> None:
    before = {table: getattr(records, table).copy(deep=True) for table in names.TABLES}
    coordination(records, year)
    what_if_leaves(records, year, "town")

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(records, table), frame)
