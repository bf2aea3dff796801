"""Two-mode measures: against published values of the Davis women, networkx, and by hand."""

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from networkx.algorithms import bipartite

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.two_mode import group_overlap, two_mode_actors, two_mode_meetings
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, cell, keys, network_of, partnerships, real_network

Graph = Any

PUBLISHED = {
    "E8": (0.78, 0.24, 0.85),
    "E9": (0.67, 0.23, 0.79),
    "E7": (0.56, 0.13, 0.73),
    "Nora Fayette": (0.57, 0.11, 0.8),
    "Evelyn Jefferson": (0.57, 0.1, 0.8),
    "Theresa Anderson": (0.57, 0.09, 0.8),
    "E6": (0.44, 0.07, 0.69),
    "Sylvia Avondale": (0.5, 0.07, 0.77),
    "Laura Mandeville": (0.5, 0.05, 0.73),
    "Brenda Rogers": (0.5, 0.05, 0.73),
    "Katherina Rogers": (0.43, 0.05, 0.73),
    "E5": (0.44, 0.04, 0.59),
    "Helen Lloyd": (0.36, 0.04, 0.73),
    "E3": (0.33, 0.02, 0.56),
    "Ruth DeSand": (0.29, 0.02, 0.71),
    "Verne Sanderson": (0.29, 0.02, 0.71),
    "E12": (0.33, 0.02, 0.56),
    "Myra Liddel": (0.29, 0.02, 0.69),
    "E11": (0.22, 0.02, 0.54),
    "Eleanor Nye": (0.29, 0.01, 0.67),
    "Frances Anderson": (0.29, 0.01, 0.67),
    "Pearl Oglethorpe": (0.21, 0.01, 0.67),
    "E4": (0.22, 0.01, 0.54),
    "Charlotte McDowd": (0.29, 0.01, 0.6),
    "E10": (0.28, 0.01, 0.55),
    "Olivia Carleton": (0.14, 0.01, 0.59),
    "Flora Price": (0.14, 0.01, 0.59),
    "E2": (0.17, 0.0, 0.52),
    "E1": (0.17, 0.0, 0.52),
    "Dorothy Murchison": (0.14, 0.0, 0.65),
    "E13": (0.17, 0.0, 0.52),
    "E14": (0.17, 0.0, 0.52),
}
"""Degree, betweenness, closeness of the Davis women and events, as Borgatti & Halgin (2011, table 28.3) print them."""


def davis() -> Network:
    graph: Graph = nx.davis_southern_women_graph()
    women = [node for node, mode in graph.nodes(data="bipartite") if mode == 0]
    events = sorted((node for node, mode in graph.nodes(data="bipartite") if mode == 1), key=lambda event: int(event[1:]))
    rows = [(event, woman, "present") for event in events for woman in graph[event]]
    return Network(
        Records.from_tables(
            pd.DataFrame({"actor_id": women, "name": women, "kind": "person"}),
            pd.DataFrame({"meeting_id": events, "day": [f"2024-01-{number:02}" for number in range(1, 15)]}),
            pd.DataFrame(rows, columns=["meeting_id", "actor_id", "status"]),
        ),
        YEAR,
    )


def two_modes(network: Network) -> tuple[Graph, list[str], list[str]]:
    """Build the bipartite graph; ids of meetings get a prefix, as an actor might bear the same."""
    graph: Graph = nx.Graph()
    actors = list(network.actors["actor_id"])
    meetings = [f"meeting {meeting}" for meeting in network.records.meetings["meeting_id"]]
    graph.add_nodes_from([*actors, *meetings])
    present = network.records.attendance.query("status == 'present'")
    graph.add_edges_from(
        (f"meeting {meeting}", actor) for meeting, actor in zip(present["meeting_id"], present["actor_id"], strict=True)
    )
    return graph, actors, meetings


def assert_agrees(network: Network) -> None:
    graph, actors, meetings = two_modes(network)
    found = pd.concat(
        [two_mode_actors(network), two_mode_meetings(network).rename(index=lambda meeting: f"meeting {meeting}")]
    )
    expected = pd.DataFrame(
        {
            "degree": bipartite.degree_centrality(graph, actors),
            "closeness": bipartite.closeness_centrality(graph, actors),
            "betweenness": betweenness(graph, actors, meetings),
            "redundancy": {
                node: bipartite.node_redundancy(graph, [node])[node] if graph.degree(node) > 1 else np.nan for node in graph
            },
        }
    ).reindex([*actors, *meetings])
    pd.testing.assert_frame_equal(found[list(expected)], expected, rtol=1e-9, atol=1e-9, check_names=False)


def betweenness(graph: Graph, actors: list[str], meetings: list[str]) -> dict[str, float]:
    """Ask networkx, except for modes in which nobody can be between, where it divides 0 by 0."""
    if len(actors) > 1 and len(meetings) > 1:
        return dict(bipartite.betweenness_centrality(graph, actors))
    star = {1: len(meetings) * (len(meetings) - 1) / 2, 0: len(actors) * (len(actors) - 1) / 2}
    raw = nx.betweenness_centrality(graph, normalized=False)
    return {node: value / star[int(node in actors)] if value else 0.0 for node, value in raw.items()}


def test_the_davis_women_have_their_published_values() -> None:
    network = davis()
    found = pd.concat([two_mode_actors(network), two_mode_meetings(network)])

    for node, values in PUBLISHED.items():
        assert tuple(cell(found, node, name) for name in ("degree", "betweenness", "closeness")) == pytest.approx(
            values, abs=1e-2
        )


@pytest.mark.parametrize("network", [davis(), network_of(4, [[0, 1], [1, 2]])], ids=["Davis women", "in pieces"])
def test_small_partnerships_agree_with_networkx(network: Network) -> None:
    assert_agrees(network)


@given(partnerships().filter(lambda records: len(records.meetings) > 0))
@settings(max_examples=12)
def test_any_partnership_agrees_with_networkx(records: Records) -> None:
    assert_agrees(Network(records, YEAR))


def test_a_real_council_agrees_with_networkx() -> None:
    assert_agrees(real_network("toronto", "2023"))


def test_redundancy_counts_pairs_of_meetings_that_others_join_too() -> None:
    # a000 sits in three meetings; only the first two share somebody else.
    frame = two_mode_actors(network_of(3, [[0, 1], [0, 1], [0, 2]]))

    assert frame["redundancy"].to_list() == pytest.approx([1 / 3, 1, np.nan], nan_ok=True)
    assert keys(frame, "a002") == ["measures.single_meeting_attended"]


def test_groups_share_those_who_came_to_both() -> None:
    network = network_of(4, [[0, 1], [1, 2], [2, 3], [0, 3]], series=["Health", "Health", "Youth", None])

    assert group_overlap(network).to_numpy().tolist() == [[3, 1], [1, 2]]
    assert list(group_overlap(network).index) == ["Health", "Youth"]


def test_no_meeting_leaves_a_row_for_everybody_and_no_meeting() -> None:
    network = network_of(3, contacts=[(0, 1)])

    assert two_mode_actors(network)["degree"].to_list() == [0, 0, 0]
    assert two_mode_actors(network)["betweenness"].to_list() == [0, 0, 0]
    assert two_mode_meetings(network).empty
    assert group_overlap(network).empty


def test_meetings_are_measured_without_coordinators_too() -> None:
    frame = two_mode_meetings(network_of(3, [[0, 1], [0], [0, 1, 2]], coordinators=[0]))

    assert frame["n_present"].to_list() == [2, 1, 3]
    assert frame["n_present_without_coordinators"].to_list() == [1, 0, 2]
    assert keys(frame, "m001") == ["measures.single_actor_present", "measures.without_coordinators"]


def test_measuring_changes_nothing() -> None:
    network = network_of(3, [[0, 1], [1, 2]])
    before = network.records.attendance.copy()

    two_mode_actors(network)
    two_mode_meetings(network)
    group_overlap(network)

    pd.testing.assert_frame_equal(network.records.attendance, before)
