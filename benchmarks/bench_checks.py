"""Whether the rivals agree: the same numbers by this toolkit, by networkx and pandas, and by igraph used directly."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import networkx as nx
import numpy as np
import pandas as pd

from benchmarks.bench_by_hand import (
    IGRAPH,
    NETWORKX,
    graph_of,
    igraph_of,
    looped_ties,
    merged_ties,
    monthly_load,
    tables,
    without_coordinators,
)
from benchmarks.bench_data import PERIOD, n_actors, write_tables
from benchmarks.generated import generated_records
from partnet_analysis.config import Config
from partnet_analysis.graph import kernels
from partnet_analysis.graph.network import partnership_network
from partnet_analysis.graph.pairs import tied_pairs
from partnet_analysis.measures.centrality import centrality
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.names import WITHOUT_COORDINATORS
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.tables import Records

TOLERANCE: Final = 1e-9
_BY_NAME: Final = ("degree", "strength", "coreness", "pagerank", "constraint")
"""Measures that networkx gives as this toolkit does, but for actors without ties."""


def disagreements(rows: int) -> Iterator[str]:
    """
    Do the same work in every way and compare.

    Parameters
    ----------
    rows
        How many rows of attendance.

    Yields
    ------
    disagreement
        What differs, and by how much; nothing where all agree.
    """
    made = generated_records(rows, n_actors(rows))
    with tempfile.TemporaryDirectory() as folder:
        write_tables(made, Path(folder))
        records = read_folder(Path(folder), Config()).records
        hand = tables(Path(folder))
    yield from _differing("rows read", _counts(records), _counts(made))
    network = partnership_network(records, PERIOD)
    merged = merged_ties(hand)
    yield from _ties_differing(network.ties, merged, looped_ties(hand))
    yield from _streams_differing(records, len(network.ties))
    load = solicitation_load(records, PERIOD)["n_solicitations"].astype(float)
    yield from _differing("load", load, monthly_load(hand).groupby("actor_id")["n"].sum().reindex(load.index, fill_value=0))
    frame = centrality(network)
    rest = without_coordinators(hand)
    for suffix, part, ties in (("", hand, merged), (WITHOUT_COORDINATORS, rest, merged_ties(rest))):
        yield from _centrality_differing(frame, suffix, part, ties)


def _counts(records: Records) -> "pd.Series[float]":
    return pd.Series(
        {table: len(getattr(records, table)) for table in ("actors", "meetings", "attendance", "contacts")}, dtype=float
    )


def _ties_differing(ties: pd.DataFrame, merged: pd.DataFrame, looped: dict[tuple[str, str], float]) -> Iterator[str]:
    ours = ties.set_index(["source_id", "target_id"])["strength"]
    yield from _differing("ties by merge", ours, merged.set_index(["source_id", "target_id"])["strength"])
    yield from _differing("ties by loop", ours, pd.Series(looped))


def _streams_differing(records: Records, n_ties: int) -> Iterator[str]:
    incidence = partnership_network(records, PERIOD).incidence
    streamed = sum(len(chunk.i) for chunk in tied_pairs(incidence))
    if streamed != n_ties:
        yield f"ties streamed: {streamed}, not {n_ties}"
    listed = kernels.edges_of(incidence)
    ids = incidence.ids
    both = {
        "PageRank without ties": (kernels.pagerank_without_ties(incidence), kernels.pagerank(listed.strengths)),
        "eigenvector without ties": (
            kernels.eigenvector_without_ties(incidence, kernels.components(listed)),
            kernels.eigenvector(listed),
        ),
    }
    for name, (one, other) in both.items():
        yield from _differing(name, pd.Series(one, index=ids), pd.Series(other, index=ids), tolerance=1e-7)


def _centrality_differing(frame: pd.DataFrame, suffix: str, part: Any, ties: pd.DataFrame) -> Iterator[str]:  # noqa: ANN401 (tables by name)
    graph, other = graph_of(part, ties), igraph_of(part, ties)
    ids = pd.Index(part["actors"]["actor_id"])
    tied = pd.Series(dict(graph.degree())).reindex(ids) > 0
    scale = max(len(ids) - 1, 1)
    expected = {name: pd.Series(NETWORKX[name](graph)) for name in (*_BY_NAME, "betweenness")}
    expected["effective_size"] = pd.Series(nx.effective_size(graph, nodes=list(graph), weight="strength"))
    expected["harmonic_closeness"] = pd.Series(NETWORKX["harmonic_closeness"](graph)) / scale
    by_igraph = {
        "pagerank": pd.Series(IGRAPH["pagerank"](other), index=ids),
        "coreness": pd.Series(IGRAPH["coreness"](other), index=ids),
        "harmonic_closeness": pd.Series(IGRAPH["harmonic_closeness"](other), index=ids),
        "clustering": pd.Series(IGRAPH["clustering"](other), index=ids).where(tied),
    }
    for rival, values in (("networkx", expected), ("igraph", by_igraph)):
        for name, found in values.items():
            ours = frame[f"{name}{suffix}"].reindex(ids).astype(float)
            known = ours.notna() & found.reindex(ids).notna() & tied
            yield from _differing(f"{name}{suffix} by {rival}", ours[known], found.reindex(ids)[known], tolerance=1e-6)


def _differing(name: str, ours: "pd.Series[Any]", theirs: "pd.Series[Any]", tolerance: float = TOLERANCE) -> Iterator[str]:
    if set(ours.index) != set(theirs.index):
        yield f"{name}: {len(ours)} here, {len(theirs)} there"
        return
    here = ours.to_numpy(dtype=float)
    there = theirs.reindex(ours.index).to_numpy(dtype=float)
    worst = float(np.max(np.abs(here - there), initial=0.0)) / max(float(np.max(np.abs(there), initial=0.0)), 1e-300)
    if not worst <= tolerance:
        yield f"{name}: differs by {worst:.2g} of the largest value"
