"""Centrality: worked by hand, and against networkx on exact distances."""

from math import sqrt
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis import names
from partnet_analysis.graph.network import Network, contact_graph, partnership_network
from partnet_analysis.measures.centrality import centrality, contact_centrality, unweighted_centrality
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from tests.partnerships import REAL_PERIODS, YEAR, cell, exact_graph, keys, network_of, partnerships, real_network

Graph = Any

MEASURES = [
    "degree",
    "strength",
    "betweenness",
    "harmonic_closeness",
    "eigenvector",
    "pagerank",
    "constraint",
    "effective_size",
    "clustering",
    "coreness",
    "component",
]


def numbers(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[MEASURES].astype(float)


def leading_eigenvector(graph: Graph) -> dict[str, float]:
    """Take the component with the largest eigenvalue, the larger and then the first one where they are equal."""
    roster = list(graph)
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(map(roster.index, part))))
    best, values = 0.0, dict.fromkeys(roster, 0.0)
    for part in parts:
        members = [actor for actor in roster if actor in part]
        spectrum, vectors = np.linalg.eigh(nx.to_numpy_array(graph, nodelist=members, weight="strength"))
        if spectrum[-1] > best * (1 + 1e-9):
            best = spectrum[-1]
            values = dict.fromkeys(roster, 0.0) | dict(zip(members, abs(vectors[:, -1]), strict=True))
    return values


def effective_sizes(graph: Graph, weight: str | None) -> dict[str, float]:
    # Asked for all nodes at once, networkx 3.6 takes another way that is off where maxima differ; node by node it is right.
    sizes = nx.effective_size(graph, nodes=list(graph), weight=weight)
    return {actor: size if graph.degree(actor) else 0.0 for actor, size in sizes.items()}


def barrat(graph: Graph) -> dict[str, float]:
    """Walk every pair of partners: the share of strength that lies in triangles."""
    values = {}
    for actor in graph:
        strength, k = graph.degree(actor, weight="strength"), graph.degree(actor)
        closed = sum(
            graph.edges[actor, one]["strength"]
            for one in graph[actor]
            for other in graph[actor]
            if graph.has_edge(one, other)
        )
        values[actor] = closed / (strength * (k - 1)) if k > 1 else np.nan
    return values


def reference(records: Records) -> pd.DataFrame:
    """Ask networkx, with distances as fractions: it compares path lengths exactly."""
    graph: Graph = exact_graph(records)
    n = len(graph)
    components = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    return pd.DataFrame(
        {
            "degree": dict(graph.degree()),
            "strength": dict(graph.degree(weight="strength")),
            "betweenness": nx.betweenness_centrality(graph, weight="distance"),
            "harmonic_closeness": {
                actor: float(total) / max(n - 1, 1)
                for actor, total in nx.harmonic_centrality(graph, distance="distance").items()
            },
            "eigenvector": leading_eigenvector(graph),
            "pagerank": nx.pagerank(graph, weight="strength", tol=1e-15, max_iter=2000),
            "constraint": nx.constraint(graph, weight="strength"),
            "effective_size": effective_sizes(graph, "strength"),
            "clustering": barrat(graph),
            "coreness": nx.core_number(graph),
            "component": {actor: label for label, part in enumerate(components, start=1) for actor in part},
        }
    ).astype(float)


def assert_agrees(network: Network) -> None:
    found = centrality(network)
    assert list(found.index) == list(network.actors["actor_id"])
    expected = reference(network.records).reindex(found.index)
    pd.testing.assert_frame_equal(numbers(found), expected, rtol=1e-9, atol=1e-9, check_names=False)
    left = network.records.without(network.records.coordinators)
    without = found[[measure + names.WITHOUT_COORDINATORS for measure in MEASURES]].set_axis(MEASURES, axis="columns")
    expected = (reference(left) if len(left.actors) else pd.DataFrame(columns=MEASURES, dtype=float)).reindex(found.index)
    pd.testing.assert_frame_equal(without.astype(float), expected, rtol=1e-9, atol=1e-9, check_names=False)


@pytest.mark.parametrize(("name", "period"), [each for each in REAL_PERIODS if each != ("toronto", None)])
def test_real_partnerships_agree_with_networkx_on_exact_distances(name: str, period: str | None) -> None:
    assert_agrees(real_network(name, period))


@given(partnerships())
@settings(max_examples=30)
def test_any_partnership_agrees_with_networkx_on_exact_distances(records: Records) -> None:
    assert_agrees(Network(records, YEAR))


def test_the_middle_of_a_path_is_between_the_others() -> None:
    frame = centrality(network_of(4, contacts=[(0, 1), (1, 2), (1, 2)]))

    # a01 lies between a00 and a02: one of the three pairs of others. Distances 1 and 1/2, the fourth out of reach.
    assert frame["betweenness"].to_list() == [0, pytest.approx(1 / 3), 0, 0]
    assert frame["harmonic_closeness"].to_list() == pytest.approx([(1 + 1 / 1.5) / 3, (1 + 2) / 3, (2 + 1 / 1.5) / 3, 0])
    assert frame["degree"].to_list() == [1, 2, 1, 0]
    assert frame["strength"].to_list() == [1, 3, 2, 0]
    assert frame["coreness"].to_list() == [1, 1, 1, 0]
    assert frame["component"].to_list() == [1, 1, 1, 2]
    # λ = √(1² + 2²): the middle has λ/√2λ², the ends their ties' share of it.
    assert frame["eigenvector"].to_list() == pytest.approx([1 / sqrt(10), 1 / sqrt(2), 2 / sqrt(10), 0])
    # p of a01: 1/3 and 2/3; nobody else is tied to both.
    assert frame["constraint"].to_list() == pytest.approx([1, 5 / 9, 1, np.nan], nan_ok=True)


def test_equally_long_paths_share_what_lies_between() -> None:
    # Three meetings of four give 1/3 each, a contact 1: 1/(1/3 + 1/3 + 1/3) and 1 are one length only in exact arithmetic.
    square = centrality(network_of(6, [[0, 1, 4, 5]] * 3, [(1, 2), (2, 3), (3, 0)]))

    assert square["betweenness"].iloc[2] == pytest.approx(square["betweenness"].iloc[3], abs=1e-12)
    assert square["betweenness"].iloc[0] == pytest.approx(square["betweenness"].iloc[1], abs=1e-12)


def test_equal_components_leave_the_eigenvector_to_the_first() -> None:
    frame = centrality(network_of(5, contacts=[(1, 3), (2, 4)]))

    assert frame["eigenvector"].to_list() == pytest.approx([0, 1 / sqrt(2), 0, 1 / sqrt(2), 0])
    assert frame["component"].to_list() == [3, 1, 2, 1, 2]


def test_the_strongest_component_has_the_eigenvector_though_it_is_smaller() -> None:
    frame = centrality(network_of(5, contacts=[(0, 1), (1, 2), (3, 4), (3, 4)]))

    assert frame["eigenvector"].to_list() == pytest.approx([0, 0, 0, 1 / sqrt(2), 1 / sqrt(2)])


def test_a_large_component_has_the_same_eigenvector_by_either_engine() -> None:
    ring = [(number, (number + 1) % 450) for number in range(450)]
    frame = centrality(network_of(450, contacts=[*ring, *((0, number) for number in range(2, 449, 3))]))

    graph = nx.Graph([*ring, *((0, number) for number in range(2, 449, 3))])
    expected = nx.eigenvector_centrality(graph, max_iter=20_000, tol=1e-14)
    assert frame["eigenvector"].to_list() == pytest.approx([expected[number] for number in range(450)], abs=1e-9)


def test_values_without_coordinators_come_from_meetings_without_them(records: Records, year: Period) -> None:
    frame = centrality(partnership_network(records, year))

    # Without the town, clinic and school meet in meetings of 4, 2, 2, 2; clinic and library in meetings of 4 and 2.
    assert cell(frame, "school", "strength_without_coordinators") == pytest.approx(1 + 1 + 1 + 1 + 1)
    assert keys(frame, "town")
    assert frame.filter(like=names.WITHOUT_COORDINATORS).loc["town"].isna().all()
    assert cell(frame, "chess", "strength") == 0


def test_reasons_say_why_values_are_missing(records: Records, year: Period) -> None:
    frame = centrality(partnership_network(records, year))

    assert keys(frame, "town") == ["measures.is_coordinator"]
    assert keys(frame, "chess") == ["measures.no_tie"]
    assert keys(frame, "clinic") == []


def test_who_is_tied_to_the_coordinator_alone_has_a_reason_too() -> None:
    frame = centrality(network_of(3, contacts=[(0, 1), (0, 2)], coordinators=[0]))

    assert keys(frame, "a001") == ["measures.single_tie", "measures.without_coordinators"]
    assert cell(frame, "a001", "betweenness_without_coordinators") == 0


@given(partnerships())
@settings(max_examples=12)
def test_bounds_hold_and_missing_values_have_reasons(records: Records) -> None:
    frame = centrality(Network(records, YEAR))

    assert frame["betweenness"].between(0, 1).all()
    assert frame["pagerank"].sum() == pytest.approx(1)
    assert (frame.drop(columns="reasons").isna().any(axis=1) == (frame["reasons"].map(len) > 0)).all()


@given(partnerships())
@settings(max_examples=12)
def test_unweighted_forms_agree_with_networkx(records: Records) -> None:
    network = Network(records, YEAR)
    graph: Graph = network.to_networkx()
    found = unweighted_centrality(network)

    n = len(graph)
    expected = pd.DataFrame(
        {
            "betweenness": nx.betweenness_centrality(graph),
            "harmonic_closeness": {actor: total / max(n - 1, 1) for actor, total in nx.harmonic_centrality(graph).items()},
            "pagerank": nx.pagerank(graph, weight=None, tol=1e-15, max_iter=2000),
            "constraint": nx.constraint(graph),
            "effective_size": effective_sizes(graph, None),
            "clustering": {actor: nx.clustering(graph, actor) if graph.degree(actor) > 1 else np.nan for actor in graph},
        }
    )
    pd.testing.assert_frame_equal(found[list(expected)], expected.astype(float), rtol=1e-9, atol=1e-9, check_names=False)


def assert_contacts_agree(network: Network) -> None:
    arcs: Graph = contact_graph(network)
    found = contact_centrality(network)
    expected = pd.DataFrame(
        {
            "n_contacts_out": dict(arcs.out_degree(weight="n_contacts")),
            "n_contacts_in": dict(arcs.in_degree(weight="n_contacts")),
            "n_contacted": dict(arcs.out_degree()),
            "n_contacted_by": dict(arcs.in_degree()),
            "reciprocity": {actor: nx.reciprocity(arcs, actor) if arcs.degree(actor) else np.nan for actor in arcs},
            "pagerank": nx.pagerank(arcs, weight="n_contacts", tol=1e-15, max_iter=2000),
        }
    )
    if arcs.number_of_edges() == 0:
        expected = expected * np.nan
    pd.testing.assert_frame_equal(
        found[list(expected)].astype(float), expected.astype(float), rtol=1e-9, atol=1e-9, check_names=False
    )


@pytest.mark.parametrize("year", ["2019", "2020", "2021"])
def test_real_contacts_agree_with_networkx(year: str) -> None:
    assert_contacts_agree(real_network("nfdi", year))


@given(partnerships())
@settings(max_examples=12)
def test_any_contacts_agree_with_networkx(records: Records) -> None:
    assert_contacts_agree(Network(records, YEAR))


def test_no_contact_at_all_is_unknown_and_not_zero() -> None:
    frame = contact_centrality(network_of(2, [[0, 1]]))

    assert frame.drop(columns="reasons").isna().all(axis=None)
    assert keys(frame, "a000") == ["measures.no_contact"]


@pytest.mark.parametrize(
    "network",
    [
        network_of(1),
        network_of(3),
        network_of(4, [[0, 1, 2, 3]]),
        network_of(4, [[0, 1, 2, 3]], coordinators=[0, 1, 2, 3]),
        network_of(4, contacts=[(0, 1), (0, 2), (3, 0)], coordinators=[0]),
    ],
    ids=["single actor", "nothing", "one meeting of everybody", "everybody coordinates", "all through the coordinator"],
)
def test_everybody_has_a_row_in_degenerate_partnerships(network: Network) -> None:
    for measure in (centrality, unweighted_centrality, contact_centrality):
        frame = measure(network)

        assert list(frame.index) == list(network.actors["actor_id"])
        assert (frame.drop(columns="reasons").isna().any(axis=1) <= frame["reasons"].map(bool)).all()


def test_measuring_changes_nothing(records: Records, year: Period) -> None:
    network = partnership_network(records, year)
    actors, ties = network.actors.copy(), network.ties.copy()

    centrality(network)

    pd.testing.assert_frame_equal(network.actors, actors)
    pd.testing.assert_frame_equal(network.ties, ties)
