"""Ties against a naive reference that walks pair by pair, on partnerships nobody chose."""

from datetime import date
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis import names
from partnet_analysis.errors import EmptyPeriodError
from partnet_analysis.graph.incidence import incidence
from partnet_analysis.graph.network import Network, contact_graph, partnership_network
from partnet_analysis.graph.ties import tie_table
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from tests.partnerships import REAL_PERIODS, YEAR, exact_strengths, made_up, network_of, partnerships, real_network

LAST_DAY = date(2024, 12, 31)


def reference(records: Records, half_life_days: float | None = None) -> pd.DataFrame:
    """Look at every pair of actors, every meeting and every contact."""
    present = records.attendance[records.attendance["status"] == "present"]
    there = {meeting: set(group["actor_id"]) for meeting, group in present.groupby("meeting_id")}
    days = records.meetings.set_index("meeting_id")["day"]

    def factor(day: pd.Timestamp) -> float:
        return 1.0 if half_life_days is None else 2 ** (-(pd.Timestamp(LAST_DAY) - day).days / half_life_days)

    rows = []
    for one, other in combinations(sorted(records.actors["actor_id"]), 2):
        shared = [meeting for meeting, members in there.items() if {one, other} <= members]
        sent = records.contacts.query("source_id == @one and target_id == @other")["day"]
        received = records.contacts.query("source_id == @other and target_id == @one")["day"]
        if not shared and sent.empty and received.empty:
            continue
        co_presence = sum(factor(days[meeting]) / (len(there[meeting]) - 1) for meeting in shared)
        out, back = sum(map(factor, sent)), sum(map(factor, received))
        when = [*(days[meeting] for meeting in shared), *sent, *received]
        strength = co_presence + out + back
        rows.append(
            (one, other, co_presence, out, back, strength, 1 / strength, len(shared), min(when), max(when)),
        )
    return pd.DataFrame(rows, columns=list(names.TIE_COLUMNS))


@given(partnerships())
@settings(max_examples=12)
def test_ties_are_those_of_the_definition(records: Records) -> None:
    ties = tie_table(incidence(records, as_of=LAST_DAY))

    pd.testing.assert_frame_equal(ties, reference(records), check_dtype=False, rtol=1e-12)


@given(partnerships())
@settings(max_examples=12)
def test_faded_ties_are_those_of_the_definition(records: Records) -> None:
    ties = tie_table(incidence(records, as_of=LAST_DAY, half_life_days=45))

    pd.testing.assert_frame_equal(ties, reference(records, 45), check_dtype=False, rtol=1e-12)


@given(partnerships())
@settings(max_examples=12)
def test_taking_actors_out_is_as_if_they_had_never_been_there(records: Records) -> None:
    gone = list(records.actors["actor_id"][:2])

    left = Network(records, YEAR).without(gone)

    pd.testing.assert_frame_equal(left.ties, reference(records.without(gone)), check_dtype=False, rtol=1e-12)


@pytest.mark.parametrize(("name", "period"), REAL_PERIODS)
def test_real_strengths_are_exact(name: str, period: str | None) -> None:
    network = real_network(name, period)

    exact = {pair: float(strength) for pair, strength in exact_strengths(network.records).items()}

    ties = network.ties.set_index(["source_id", "target_id"])["strength"]
    assert ties.to_dict() == pytest.approx(exact, rel=1e-12)


@pytest.mark.parametrize(("year", "n_arcs"), [("2019", 111), ("2020", 125), ("2021", 113)])
def test_published_arcs_all_arrive_in_the_contact_graph(year: str, n_arcs: int) -> None:
    graph = contact_graph(real_network("nfdi", year))

    assert graph.number_of_edges() == n_arcs
    assert graph.number_of_nodes() == 46


def test_published_ties_and_contacts_all_arrive() -> None:
    network = real_network("invs13", None)

    assert len(network.ties) == 755
    assert network.ties[["contacts_out", "contacts_in"]].to_numpy().sum() == 4592


@given(partnerships())
@settings(max_examples=12)
def test_the_graph_holds_everybody_and_every_tie(records: Records) -> None:
    network = Network(records, YEAR)

    graph = network.to_networkx()

    assert list(graph) == list(records.actors["actor_id"])
    assert graph.number_of_edges() == len(network.ties)
    assert all(np.isclose(edge["strength"] * edge["distance"], 1) for *_, edge in graph.edges(data=True))


def test_a_meeting_of_one_ties_nobody() -> None:
    assert network_of(3, [[0], [1], []]).ties.empty


def test_a_year_of_nothing_has_no_ties_but_all_columns() -> None:
    ties = network_of(3).ties

    assert ties.empty
    assert tuple(ties.columns) == names.TIE_COLUMNS
    assert str(ties["first_day"].dtype) == str(network_of(2, [[0, 1]]).ties["first_day"].dtype)


def test_what_has_faded_to_nothing_is_no_tie() -> None:
    network = partnership_network(made_up(3, [[0, 1]], [(1, 2)]), YEAR, half_life_days=0.01)

    assert network.ties.empty


def test_a_half_life_must_be_positive() -> None:
    with pytest.raises(ValueError, match="half-life"):
        partnership_network(made_up(2, [[0, 1]]), YEAR, half_life_days=0)


def test_building_a_network_changes_no_table() -> None:
    records = made_up(5, [[0, 1, 2], [2, 3]], [(0, 3)], coordinators=[0])
    before = {table: getattr(records, table).copy() for table in names.TABLES}
    network = partnership_network(records, YEAR)

    network.to_networkx().nodes["a000"]["name"] = "somebody else"
    contact_graph(network).nodes["a000"]["name"] = "somebody else"
    assert len(network.without_coordinators.ties) == 2

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(records, table), frame)


def test_a_network_without_coordinators_is_itself_where_there_are_none() -> None:
    network = network_of(3, [[0, 1]])

    assert network.without_coordinators is network
    assert repr(network) == "<Network of 3 actors and 1 ties, 2024>"


def test_a_period_without_activity_is_refused() -> None:

    with pytest.raises(EmptyPeriodError):
        partnership_network(made_up(2, [[0, 1]]), Period.of_year(1999))
