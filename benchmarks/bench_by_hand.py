"""
The same work by hand, as one would write it with pandas and networkx, and with igraph used directly.

`python -m benchmarks.bench_by_hand networkx|igraph|ties FOLDER` tells what each stage took, the quickest first.
"""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import igraph
import networkx as nx
import numpy as np
import pandas as pd

from benchmarks.bench_trial import timed

Tables = dict[str, pd.DataFrame]

NETWORKX: Final[Mapping[str, Callable[[Any], Any]]] = {
    "degree": lambda graph: dict(graph.degree()),
    "strength": lambda graph: dict(graph.degree(weight="strength")),
    "components": lambda graph: list(nx.connected_components(graph)),
    "coreness": nx.core_number,
    "pagerank": lambda graph: nx.pagerank(graph, weight="strength", tol=1e-12, max_iter=1000),
    "eigenvector": lambda graph: nx.eigenvector_centrality_numpy(_main_part(graph), weight="strength"),
    "clustering": nx.clustering,
    "harmonic_closeness": lambda graph: nx.harmonic_centrality(graph, distance="distance"),
    # For all at once, which is quick and slightly off; node by node it is right and takes minutes.
    "effective_size": lambda graph: nx.effective_size(graph, weight="strength"),
    "constraint": lambda graph: nx.constraint(graph, weight="strength"),
    "betweenness": lambda graph: nx.betweenness_centrality(graph, weight="distance"),
}
"""The eleven measures of `centrality`, each by networkx."""

IGRAPH: Final[Mapping[str, Callable[[Any], Any]]] = {
    "degree": lambda graph: graph.degree(),
    "strength": lambda graph: graph.strength(weights="strength"),
    "components": lambda graph: graph.connected_components(),
    "coreness": lambda graph: graph.coreness(),
    "pagerank": lambda graph: graph.pagerank(weights="strength"),
    "eigenvector": lambda graph: graph.eigenvector_centrality(weights="strength"),
    "clustering": lambda graph: graph.transitivity_local_undirected(weights="strength"),
    "constraint": lambda graph: graph.constraint(weights="strength"),
    "harmonic_closeness": lambda graph: graph.harmonic_centrality(weights="distance"),
    "betweenness": lambda graph: graph.betweenness(weights="distance"),
}
"""Ten of them by igraph, which has no effective size."""


def tables(folder: Path) -> Tables:
    """
    Read canonical CSV, days as days, nothing checked.

    Parameters
    ----------
    folder
        The folder of records.

    Returns
    -------
    tables
        The four tables.
    """
    days = {"meetings": ["day"], "contacts": ["day"]}
    return {
        name: pd.read_csv(folder / f"{name}.csv", parse_dates=days.get(name, False))
        for name in ("actors", "meetings", "attendance", "contacts")
    }


def merged_ties(records: Tables) -> pd.DataFrame:
    """
    Make ties by joining attendance with itself.

    Parameters
    ----------
    records
        The tables.

    Returns
    -------
    ties
        `source_id`, `target_id`, `strength`, `distance`, `first_day`, `last_day`.
    """
    attendance, contacts = records["attendance"], records["contacts"]
    present = attendance.loc[attendance["status"] == "present", ["meeting_id", "actor_id"]]
    present = present.merge(records["meetings"][["meeting_id", "day"]], on="meeting_id")
    n_present = present.groupby("meeting_id")["actor_id"].transform("size")
    present = present.assign(weight=1 / (n_present - 1).clip(lower=1))
    pairs = present.merge(present[["meeting_id", "actor_id"]], on="meeting_id", suffixes=("", "_2"))
    pairs = pairs[pairs["actor_id"] < pairs["actor_id_2"]]
    met = pairs.rename(columns={"actor_id": "source_id", "actor_id_2": "target_id"})[
        ["source_id", "target_id", "weight", "day"]
    ]
    swapped = contacts["source_id"] > contacts["target_id"]
    ends = contacts[["source_id", "target_id"]]
    contacted = pd.DataFrame(
        {
            "source_id": ends["source_id"].where(~swapped, ends["target_id"]),
            "target_id": ends["target_id"].where(~swapped, ends["source_id"]),
            "weight": 1.0,
            "day": contacts["day"],
        }
    )
    both = pd.concat([met, contacted], ignore_index=True)
    ties = both.groupby(["source_id", "target_id"], as_index=False).agg(
        strength=("weight", "sum"), first_day=("day", "min"), last_day=("day", "max")
    )
    return ties.assign(distance=1 / ties["strength"])


def looped_ties(records: Tables) -> dict[tuple[str, str], float]:
    """
    Make ties with a dictionary, meeting by meeting.

    Parameters
    ----------
    records
        The tables.

    Returns
    -------
    ties
        Pair → strength.
    """
    attendance = records["attendance"]
    present = attendance[attendance["status"] == "present"]
    ties: dict[tuple[str, str], float] = {}
    for _, members in present.groupby("meeting_id")["actor_id"]:
        there = sorted(members)
        for place, one in enumerate(there):
            for other in there[place + 1 :]:
                ties[one, other] = ties.get((one, other), 0.0) + 1 / (len(there) - 1)
    for one, other in zip(records["contacts"]["source_id"], records["contacts"]["target_id"], strict=True):
        pair = (min(one, other), max(one, other))
        ties[pair] = ties.get(pair, 0.0) + 1.0
    return ties


def graph_of(records: Tables, ties: pd.DataFrame) -> "nx.Graph[str]":
    """
    Make the networkx graph.

    Parameters
    ----------
    records
        The tables; every actor is a node.
    ties
        The ties.

    Returns
    -------
    graph
        With `strength` and `distance` on its edges.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(records["actors"]["actor_id"])
    made = nx.from_pandas_edgelist(ties, "source_id", "target_id", ["strength", "distance"])
    graph.add_edges_from(made.edges(data=True))
    return graph


def without_coordinators(records: Tables) -> Tables:
    """
    Take the coordinators out, of the meetings too.

    Parameters
    ----------
    records
        The tables.

    Returns
    -------
    tables
        The tables without them.
    """
    actors, contacts = records["actors"], records["contacts"]
    gone = set(actors.loc[actors["is_coordinator"], "actor_id"])
    attendance = records["attendance"]
    return {
        **records,
        "actors": actors[~actors["actor_id"].isin(gone)],
        "attendance": attendance[~attendance["actor_id"].isin(gone)],
        "contacts": contacts[~(contacts["source_id"].isin(gone) | contacts["target_id"].isin(gone))],
    }


def monthly_load(records: Tables) -> pd.DataFrame:
    """
    Count invitations and contacts received for each actor and month.

    Parameters
    ----------
    records
        The tables.

    Returns
    -------
    load
        `n` by actor and month.
    """
    attendance = records["attendance"].merge(records["meetings"][["meeting_id", "day"]], on="meeting_id")
    invited = attendance.loc[attendance["invited"].astype(bool), ["actor_id", "day"]]
    received = records["contacts"].rename(columns={"target_id": "actor_id"})[["actor_id", "day"]]
    asked = pd.concat([invited, received])
    counted = asked.groupby(["actor_id", asked["day"].dt.to_period("M")]).size()
    return counted.rename("n").reset_index()


def igraph_of(records: Tables, ties: pd.DataFrame) -> igraph.Graph:
    """
    Make the igraph graph.

    Parameters
    ----------
    records
        The tables; every actor is a vertex.
    ties
        The ties.

    Returns
    -------
    graph
        With `strength` and `distance` on its edges.
    """
    ids = pd.Index(records["actors"]["actor_id"])
    ends = np.column_stack([ids.get_indexer(pd.Index(ties[end])) for end in ("source_id", "target_id")])
    graph = igraph.Graph(n=len(ids), edges=ends)
    graph.es["strength"] = ties["strength"].to_numpy()
    graph.es["distance"] = ties["distance"].to_numpy()
    return graph


def _main_part(graph: "nx.Graph[str]") -> "nx.Graph[str]":
    """Take the largest component: networkx refuses the eigenvector of a graph in pieces."""
    return graph.subgraph(max(nx.connected_components(graph), key=len))


def main(how: str, folder: str) -> None:
    """
    Do all stages, each told when it is done.

    Parameters
    ----------
    how
        `networkx`, `igraph`, or `loop` for ties by a dictionary.
    folder
        The folder of records.
    """
    records = timed("read", lambda _: tables(Path(folder)))
    if how == "loop":
        timed("ties", lambda _: looped_ties(records), ties=len)
        return
    timed("load", lambda _: monthly_load(records))
    ties = timed("ties", lambda _: merged_ties(records), ties=len)
    if how == "igraph":
        _measured(IGRAPH, records, ties, igraph_of)
        graph = igraph_of(records, ties)
        timed("communities", lambda _: graph.community_leiden("modularity", weights="strength"))
        timed("layout", lambda _: graph.layout_fruchterman_reingold(grid=True))
    else:
        graph = _measured(NETWORKX, records, ties, graph_of)
        timed("communities", lambda _: nx.community.louvain_communities(graph, weight="strength", seed=1))
        timed("layout", lambda _: nx.spring_layout(graph, seed=1))


def _measured(measures: Mapping[str, Callable[[Any], Any]], records: Tables, ties: pd.DataFrame, make: Any) -> Any:  # noqa: ANN401 (a graph of either library)
    """Do every measure on the whole network and on the one without coordinators, as `centrality` does."""
    graph = timed("graph", lambda _: make(records, ties))
    rest = without_coordinators(records)
    other_ties = timed("ties without coordinators", lambda _: merged_ties(rest))
    other = timed("graph without coordinators", lambda _: make(rest, other_ties))
    for name, measure in measures.items():
        timed(name, partial(_on_both, measure, graph, other))
    return graph


def _on_both(measure: Callable[[Any], Any], graph: Any, other: Any, _: object) -> None:  # noqa: ANN401 (as above)
    measure(graph)
    measure(other)


if __name__ == "__main__":
    main(*sys.argv[1:])
