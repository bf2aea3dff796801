"""
The fast engines behind the measures; the only place that knows them.

Paths, cores and constraint come from igraph, everything spectral from SciPy. Each function takes a `Layout`, which holds
strengths and distances both, and takes the one it needs: sums and shares take strength, paths take distance.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis.network.network import Network

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DAMPING: Final = 0.85
"""The share of a PageRank walk's steps that follow a tie."""

_DENSE_LIMIT: Final = 400
_SAME_EIGENVALUE: Final = 1e-9
_CONVERGED: Final = 1e-15
_MOST_STEPS: Final = 1000


@dataclass(frozen=True, eq=False)
class Layout:
    """
    A network as arrays: actors are numbers in roster order.

    Parameters
    ----------
    ids
        The actors' ids; an actor's number is its place here.
    source
        The number of each tie's one end.
    target
        The number of its other end.
    strength
        Its strength, above 0.
    distance
        Its distance.
    """

    ids: pd.Index
    source: Integers
    target: Integers
    strength: Floats
    distance: Floats

    @property
    def n_actors(self) -> int:
        """The number of actors, tied or not."""
        return len(self.ids)

    @cached_property
    def unweighted(self) -> Self:
        """The same ties, all of strength and distance 1."""
        ones = np.ones(len(self.source))
        return replace(self, strength=ones, distance=ones)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The igraph graph; its edges are the ties in the same order."""
        return igraph.Graph(n=self.n_actors, edges=np.column_stack([self.source, self.target]))

    @cached_property
    def strengths(self) -> sparse.csr_array:
        """The symmetric matrix of strengths."""
        ends = (np.concatenate([self.source, self.target]), np.concatenate([self.target, self.source]))
        shape = (self.n_actors, self.n_actors)
        return sparse.csr_array((np.concatenate([self.strength, self.strength]), ends), shape=shape)


def layout(network: Network) -> Layout:
    """
    Lay a network out as arrays.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    layout
        The same network, its actors numbered in roster order.
    """
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    ties = network.ties
    return Layout(
        ids=ids,
        source=ids.get_indexer(ties["source_id"]).astype(np.int64),
        target=ids.get_indexer(ties["target_id"]).astype(np.int64),
        strength=ties["strength"].to_numpy(dtype=float),
        distance=ties["distance"].to_numpy(dtype=float),
    )


def degree(layout: Layout) -> Integers:
    """
    Count each actor's ties.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    degree
        One number for each actor.
    """
    ends = np.concatenate([layout.source, layout.target])
    return np.bincount(ends, minlength=layout.n_actors).astype(np.int64)


def strength(layout: Layout) -> Floats:
    """
    Add up the strengths of each actor's ties.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    strength
        One number for each actor.
    """
    ends = np.concatenate([layout.source, layout.target])
    weights = np.concatenate([layout.strength, layout.strength])
    return np.bincount(ends, weights=weights, minlength=layout.n_actors).astype(float)


def betweenness(layout: Layout) -> Floats:
    """
    Measure the share of shortest paths that run through each actor (Freeman 1977).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    betweenness
        Between 0 and 1: the sum of shares over the (n − 1)(n − 2)/2 pairs of others; 0 where there are no two others.
    """
    n_pairs = (layout.n_actors - 1) * (layout.n_actors - 2) / 2
    if n_pairs <= 0:
        return np.zeros(layout.n_actors)
    return n_paths_through(layout) / n_pairs


def n_paths_through(layout: Layout) -> Floats:
    """
    Add up, over the pairs of others, the share of their shortest paths that runs through each actor.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    n_paths
        Betweenness before it is normalised.
    """
    return np.asarray(layout.graph.betweenness(directed=False, weights=layout.distance.tolist()), dtype=float)


def path_lengths(layout: Layout) -> Floats:
    """
    Measure the shortest path between any two actors.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    lengths
        The square matrix of lengths; infinite where there is no path.
    """
    lengths: list[list[float]] = layout.graph.distances(weights=layout.distance.tolist())
    return np.array(lengths, dtype=float).reshape(layout.n_actors, layout.n_actors)


def harmonic_closeness(layout: Layout) -> Floats:
    """
    Average the inverse distances to all the others (Marchiori & Latora 2000).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    closeness
        Σ 1/d over n − 1; an actor out of reach adds nothing.
    """
    found = layout.graph.harmonic_centrality(weights=layout.distance.tolist())
    return np.asarray(found, dtype=float)


def constraint(layout: Layout) -> Floats:
    """
    Measure how much each actor's ties lead back to one another (Burt 1992).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    constraint
        Burt's constraint on strength; NaN for actors without a tie.
    """
    return np.asarray(layout.graph.constraint(weights=layout.strength.tolist()), dtype=float)


def effective_size(layout: Layout) -> Floats:
    """
    Count each actor's ties less those that lead to the same people (Burt 1992).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    effective_size
        Σ_j (1 − Σ_q p_iq m_jq) over the actors j tied to i, p being shares of strength and m_jq the strength of j and q over
        that of j's strongest tie; 0 for actors without a tie.
    """
    weights = layout.strengths
    strongest = weights.max(axis=1).toarray().ravel() if layout.n_actors else np.zeros(0)
    shares = _scaled_rows(weights, strength(layout))
    redundant = (shares @ _scaled_rows(weights, strongest).T) * _tied(layout)
    return np.asarray(degree(layout) - redundant.sum(axis=1), dtype=float)


def clustering(layout: Layout) -> Floats:
    """
    Measure how much of each actor's strength lies in triangles (Barrat et al. 2004).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    clustering
        Σ_jq w_ij a_iq a_jq over s_i (k_i − 1), between 0 and 1; NaN for actors with fewer than two ties.
    """
    tied = _tied(layout)
    in_triangles = np.asarray(((layout.strengths @ tied) * tied).sum(axis=1), dtype=float)
    most = strength(layout) * (degree(layout) - 1)
    return np.where(most > 0, in_triangles / np.where(most > 0, most, 1), np.nan)


def coreness(layout: Layout) -> Integers:
    """
    Find the innermost k-core that holds each actor (Seidman 1983).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    coreness
        The largest k such that the actor belongs to a group in which everybody has at least k ties.
    """
    return np.asarray(layout.graph.coreness(), dtype=np.int64)


def components(layout: Layout) -> Integers:
    """
    Label the components.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    component
        For each actor, 1 for the largest component and so on; components of one size in the order of their first actors.
    """
    _, labels = sparse.csgraph.connected_components(layout.strengths, directed=False)
    _, first, inverse, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(1, len(size) + 1)
    return rank[inverse]


def transitivity(layout: Layout) -> float:
    """
    Measure how often two partners of an actor are tied as well.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    transitivity
        Three times the triangles over the pairs of ties that share an actor; NaN where no two ties do.
    """
    return float(layout.graph.transitivity_undirected(mode="nan"))


def bridges(layout: Layout) -> Integers:
    """
    Find the ties whose loss would split a component.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    bridges
        Places in the table of ties, in its order.
    """
    return np.sort(np.asarray(layout.graph.bridges(), dtype=np.int64))


def cut_points(layout: Layout) -> Integers:
    """
    Find the actors whose loss would split a component.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    cut_points
        Numbers of actors, in roster order.
    """
    return np.sort(np.asarray(layout.graph.articulation_points(), dtype=np.int64))


def n_cut_off_without_actor(layout: Layout, actor: int) -> int:
    """
    Count who would be cut off if an actor left.

    Parameters
    ----------
    layout
        The network.
    actor
        The actor's number.

    Returns
    -------
    n_cut_off
        How many others of its component would be outside the largest piece left of it.
    """
    graph = layout.graph
    part = graph.induced_subgraph([member for member in graph.subcomponent(actor) if member != actor])
    sizes = part.connected_components().sizes()
    return int(sum(sizes) - max(sizes, default=0))


def n_cut_off_without_tie(layout: Layout, tie: int) -> int:
    """
    Count who lies on the smaller side of a bridge.

    Parameters
    ----------
    layout
        The network.
    tie
        The tie's place.

    Returns
    -------
    n_cut_off
        The actors on its smaller side.
    """
    whole = len(layout.graph.subcomponent(int(layout.source[tie])))
    one_side = len((layout.graph - layout.graph.es[int(tie)]).subcomponent(int(layout.source[tie])))
    return min(one_side, whole - one_side)


def n_disjoint_paths(layout: Layout, starts: Integers, ends: Integers) -> int:
    """
    Count the paths between two groups that share no actor.

    Parameters
    ----------
    layout
        The network.
    starts
        The numbers of one group's actors.
    ends
        The numbers of the other's.

    Returns
    -------
    n_paths
        The most such paths, by Menger's theorem the fewest actors whose loss separates the groups.
    """
    n = layout.n_actors
    # Each actor is an entrance and an exit, joined by the one path that may pass: the largest flow counts the paths.
    actors, source, sink = np.arange(n), 2 * n, 2 * n + 1
    arcs = np.concatenate(
        [
            np.column_stack([actors, actors + n]),
            np.column_stack([layout.source + n, layout.target]),
            np.column_stack([layout.target + n, layout.source]),
            np.column_stack([np.full(len(starts), source), starts]),
            np.column_stack([ends + n, np.full(len(ends), sink)]),
        ]
    )
    flow = igraph.Graph(n=2 * n + 2, edges=arcs, directed=True)
    largest: float = flow.maxflow_value(source, sink, capacity=[1] * len(arcs))
    return round(largest)


def eigenvector(layout: Layout) -> Floats:
    """
    Find the leading eigenvector of the matrix of strengths (Bonacich 1972).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    eigenvector
        No value below 0, of Euclidean length 1; 0 outside the component whose eigenvalue is the largest. Where components
        share it (within a relative 1e-9), the one that `components` numbers first has the values.
    """
    component = components(layout)
    best, leading, members = 0.0, np.empty(0), np.empty(0, dtype=np.int64)
    for label in range(1, component.max(initial=0) + 1):
        part = np.flatnonzero(component == label)
        if len(part) == 1:  # numbered by size: from here on there are only actors without a tie
            break
        value, vector = _leading_pair(layout.strengths[part][:, part])
        if value > best * (1 + _SAME_EIGENVALUE):
            best, leading, members = value, vector, part
    centrality = np.zeros(layout.n_actors)
    centrality[members] = leading
    return centrality


def pagerank(arcs: sparse.csr_array) -> Floats:
    """
    Follow a walk that takes ties in proportion to their weights and sometimes jumps anywhere (Brin & Page 1998).

    Parameters
    ----------
    arcs
        The matrix of weights, from row to column.

    Returns
    -------
    pagerank
        The share of time spent at each actor; adds up to 1. From an actor that leads nowhere the walk jumps anywhere.
    """
    n_actors = arcs.shape[0]
    follow = sparse.csr_array(DAMPING * _scaled_rows(arcs, np.asarray(arcs.sum(axis=1), dtype=float)).T)
    # Jumping from dead ends only scales the solution of y = 1 + d·Pᵀ·y, so they need no row of their own.
    visits = np.ones(n_actors)
    for _ in range(_MOST_STEPS):
        before, visits = visits, 1 + follow @ visits
        if np.abs(visits - before).max(initial=0) <= _CONVERGED * visits.max(initial=1):
            break
    return np.asarray(visits / visits.sum() if n_actors else visits, dtype=float)


def _tied(layout: Layout) -> sparse.csr_array:
    return layout.unweighted.strengths


def _scaled_rows(matrix: sparse.csr_array, by: Floats) -> sparse.csr_array:
    """Divide each row by a number; rows whose number is 0 are empty and stay so."""
    return sparse.csr_array(sparse.diags_array(1 / np.where(by > 0, by, 1)) @ matrix)


def _leading_pair(strengths: sparse.csr_array) -> tuple[float, Floats]:
    """Find the largest eigenvalue of a connected part and its eigenvector, which has one sign (Perron–Frobenius)."""
    n = strengths.shape[0]
    if n <= _DENSE_LIMIT:
        values, vectors = np.linalg.eigh(strengths.toarray())
        value, vector = float(values[-1]), vectors[:, -1]
    else:
        values, vectors = sparse.linalg.eigsh(strengths, k=1, which="LA", v0=np.ones(n), tol=0)
        value, vector = float(values[0]), vectors[:, 0]
    return value, np.abs(vector) / np.linalg.norm(vector)
