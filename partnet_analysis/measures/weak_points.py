"""Where the network would break: cut-points, bridges, and how many ways lead from one group to another."""

from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph import kernels
from partnet_analysis.graph.kernels import EdgeArrays
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.with_and_without import rows_with_and_without

_TIE = ["source_id", "target_id"]


def weak_points(network: Network) -> pd.DataFrame:
    """
    Find the actors whose loss would cut others off.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    weak_points
        One row for each actor of the roster, indexed by `actor_id`, in roster order; each column with and without
        coordinators:

        - `is_cut_point` (boolean): whether its component would fall apart without it (Harary 1969, Graph Theory).
        - `n_cut_off` (Int64): how many others would then be outside the largest piece left of that component.
        - `n_bridges` (Int64): how many of its ties are bridges.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing.
    """
    return rows_with_and_without(network, _cut_points)


def bridges(network: Network) -> pd.DataFrame:
    """
    Find the ties whose loss would cut others off.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    bridges
        One row for each tie that is a bridge with or without the coordinators: `source_id`, `target_id`, and, with and
        without them, `n_cut_off` (Int64): how many actors lie on its smaller side; missing where the tie is no bridge.
    """
    whole = _bridges(network)
    partners = _bridges(network.without_coordinators)
    partners = partners.rename(columns={"n_cut_off": "n_cut_off" + names.WITHOUT_COORDINATORS})
    return whole.merge(partners, on=_TIE, how="outer").sort_values(_TIE, ignore_index=True)


def disjoint_paths(network: Network, *, by: Literal["sector", "level"] = "sector") -> pd.DataFrame:
    """
    Count the ways from one group to another that share no actor.

    Parameters
    ----------
    network
        The network.
    by
        The column of the roster that groups actors; who has no group can still be on the way.

    Returns
    -------
    paths
        One row for each pair of groups, in alphabetical order: `first`, `second`, `n_first`, `n_second` (their sizes),
        `n_paths` (Int64): the most paths from a member of one to a member of the other that share no actor, not even at
        their ends; which is how few actors must leave for the two to lose touch (Menger 1927); and the same without
        coordinators.
    """
    group = network.actors.set_index("actor_id")[by]
    pairs = list(combinations(sorted(group.dropna().unique()), 2))
    sizes = group.value_counts()
    whole, partners = network.edges, network.without_coordinators.edges
    rows = [
        (one, other, sizes[one], sizes[other], _n_paths(whole, group, one, other), _n_paths(partners, group, one, other))
        for one, other in pairs
    ]
    columns = ["first", "second", "n_first", "n_second", "n_paths", "n_paths" + names.WITHOUT_COORDINATORS]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[2:], "Int64"))


def _cut_points(network: Network) -> pd.DataFrame:
    edges = network.edges
    n_cut_off = np.zeros(edges.n_actors, dtype=np.int64)
    for actor in kernels.cut_points(edges):
        n_cut_off[actor] = kernels.n_cut_off_without_actor(edges, actor)
    ends = kernels.bridges(edges)
    at_ends = np.concatenate([edges.source[ends], edges.target[ends]])
    frame = pd.DataFrame(
        {
            "is_cut_point": pd.array(n_cut_off > 0, dtype="boolean"),
            "n_cut_off": pd.array(n_cut_off, dtype="Int64"),
            "n_bridges": pd.array(np.bincount(at_ends, minlength=edges.n_actors), dtype="Int64"),
        },
        index=edges.ids,
    )
    return frame.assign(reasons=pd.Series([()] * len(frame), index=edges.ids, dtype=object))


def _bridges(network: Network) -> pd.DataFrame:
    edges = network.edges
    ties = kernels.bridges(edges)
    n_cut_off = [kernels.n_cut_off_without_tie(edges, tie) for tie in ties]
    return network.ties[_TIE].iloc[ties].assign(n_cut_off=pd.array(n_cut_off, dtype="Int64"))


def _n_paths(edges: EdgeArrays, group: pd.Series, one: str, other: str) -> int:
    label = group.reindex(edges.ids)
    starts, ends = (np.flatnonzero((label == name).to_numpy(dtype=bool)).astype(np.int64) for name in (one, other))
    return kernels.n_disjoint_paths(edges, starts, ends)
