"""Cut-points, bridges and disjoint paths: by hand and against networkx."""

from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.weak_points import bridges, disjoint_paths, weak_points
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, cell, network_of, partnerships, real_network

Graph = Any


def cut_off_by(graph: Graph, actor: str) -> int:
    part = graph.subgraph(nx.node_connected_component(graph, actor) - {actor})
    pieces = [len(piece) for piece in nx.connected_components(part)]
    return sum(pieces) - max(pieces, default=0)


def menger(graph: Graph, group: pd.Series, one: str, other: str) -> int:
    """Join each group to a node of its own and ask how many actors separate the two."""
    joined: Graph = nx.Graph(graph)
    joined.add_edges_from(("from", actor) for actor in graph if group[actor] == one)
    joined.add_edges_from((actor, "to") for actor in graph if group[actor] == other)
    return int(nx.node_connectivity(joined, "from", "to")) if {"from", "to"} <= set(joined) else 0


@given(partnerships())
@settings(max_examples=12)
def test_weak_points_agree_with_networkx(records: Records) -> None:
    network = Network(records, YEAR)
    graph: Graph = network.to_networkx()
    found = weak_points(network)

    assert set(found.index[found["is_cut_point"].to_numpy(dtype=bool)]) == set(nx.articulation_points(graph))
    assert found["n_cut_off"].to_dict() == {actor: cut_off_by(graph, actor) for actor in graph}
    spans = bridges(network).dropna(subset=["n_cut_off"])
    assert set(zip(spans["source_id"], spans["target_id"], strict=True)) == {
        (min(tie), max(tie)) for tie in nx.bridges(graph)
    }
    assert found["n_bridges"].sum() == 2 * len(spans)


def assert_paths_agree(network: Network) -> None:
    graph: Graph = network.to_networkx()
    group = network.actors.set_index("actor_id")["sector"]
    found = disjoint_paths(network)
    expected = [menger(graph, group, one, other) for one, other in zip(found["first"], found["second"], strict=True)]
    assert found["n_paths"].to_list() == expected


@given(partnerships())
@settings(max_examples=12)
def test_disjoint_paths_agree_with_networkx(records: Records) -> None:
    assert_paths_agree(Network(records, YEAR))


def test_real_disjoint_paths_agree_with_networkx() -> None:
    assert_paths_agree(real_network("invs13", None))


def test_a_chain_breaks_in_the_middle() -> None:
    network = network_of(6, contacts=[(0, 1), (1, 2), (2, 3), (3, 4)])

    assert weak_points(network)["n_cut_off"].to_list() == [0, 1, 2, 1, 0, 0]
    assert bridges(network)["n_cut_off"].to_list() == [1, 2, 2, 1]


def test_two_groups_hang_together_by_as_many_as_must_leave() -> None:
    # Two of culture know two of sport, but only through a000, the coordinator, and a direct tie of a001.
    sectors = [None, "Culture", "Culture", "Sport", "Sport"]
    network = network_of(5, contacts=[(1, 0), (2, 0), (0, 3), (0, 4), (1, 3)], sectors=sectors, coordinators=[0])
    paths = disjoint_paths(network)

    assert paths.drop(columns=["first", "second"]).to_numpy().tolist() == [[2, 2, 2, 1]]


def test_bridges_without_coordinators_stand_beside_those_with() -> None:
    # With a000 a triangle; without it a001–a002 is a bridge.
    spans = bridges(network_of(3, contacts=[(0, 1), (0, 2), (1, 2)], coordinators=[0]))

    assert spans["n_cut_off"].isna().all()
    assert spans["n_cut_off_without_coordinators"].to_list() == [1]


@pytest.mark.parametrize("network", [network_of(1), network_of(3), network_of(3, [[0, 1, 2]], coordinators=[0, 1, 2])])
def test_everybody_has_a_row_in_degenerate_partnerships(network: Network) -> None:
    assert len(weak_points(network)) == len(network.actors)
    assert bridges(network).empty
    assert cell(weak_points(network), "a000", "n_cut_off") == 0
    assert set(disjoint_paths(network)["n_paths"]) <= {0, 1}
