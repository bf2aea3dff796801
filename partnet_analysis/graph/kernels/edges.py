"""A network as arrays, which is how the engines take it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self

import igraph
import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis.graph.incidence import Floats, Incidence, Integers
from partnet_analysis.graph.pairs import Chunk, TieBlock, tie_blocks

_MANY_TIES: Final = 8
_TOO_MANY_ACTORS: Final = 400
"""All lengths are found at once, by Floyd and Warshall's method, among so many at most whose ties are 8 times as many."""

_N_LANDMARKS: Final = 16

_LARGE: Final = 30
"""A meeting of more than so many present may stand in place of the ties that it makes."""

SURELY_LONGER: Final = 1e-9
"""A way longer by this share is longer for certain, and not by rounding."""


@dataclass(frozen=True, eq=False)
class EdgeArrays:
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
    incidence
        The meetings and contacts that the strengths add up from, where the ties are all of theirs, or all of those that a
        shortest path may take.
    """

    ids: pd.Index
    source: Integers
    target: Integers
    strength: Floats
    distance: Floats
    incidence: Incidence | None = None

    @property
    def n_actors(self) -> int:
        """The number of actors, tied or not."""
        return len(self.ids)

    @cached_property
    def unweighted(self) -> Self:
        """The same ties, all of strength and distance 1."""
        ones = np.ones(len(self.source))
        return replace(self, strength=ones, distance=ones, incidence=None)

    @cached_property
    def component(self) -> Integers:
        """The label of each actor's component: 1 for the largest, those of one size in the order of their first actors."""
        labels = sparse.csgraph.connected_components(self.strengths, directed=False)[1]
        _, first, inverse, size = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
        rank = np.empty(len(size), dtype=np.int64)
        rank[np.lexsort((first, -size))] = np.arange(1, len(size) + 1)
        return rank[inverse]

    @cached_property
    def graph(self) -> igraph.Graph:
        """The igraph graph; its edges are the ties in the same order."""
        return igraph.Graph(n=self.n_actors, edges=np.column_stack([self.source, self.target]))

    @cached_property
    def shortest(self) -> Self:
        """
        The same network without the ties that no shortest path takes, which leaves every path of interest as it is.

        Where everybody met in a plenary nearly all pairs are tied, and nearly all of these ties are detours: finding paths
        takes a tenth of the time without them. Where ties are few, all stay.
        """
        lengths = self.quick_lengths
        if lengths is not None:
            return self.where(self.distance <= lengths[self.source, self.target] * (1 + SURELY_LONGER))
        if len(self.source) < _MANY_TIES * self.n_actors:
            return self
        quick = self if self.incidence is None else _through_meetings(self, self.incidence)
        bounds = lengths_from(quick, landmarks(strength(self)))[:, : self.n_actors]
        return self.where(may_be_shortest(self, bounds))

    @cached_property
    def roads(self) -> "EdgeArrays":
        """
        What shortest paths run along: the ties that they may take, or meetings in place of the ties that they alone make.

        Those who met at one plenary and nowhere else are all equally far from one another, each pair by its own tie. Through
        the meeting, half that distance from each of them, the same paths are as long and as many, and there is one road for
        each who came instead of one for each pair: every tie is stronger, and so shorter, than any single meeting makes it,
        so that no path gains by such a road. The meetings stand behind the actors; nobody is on the way to them.
        """
        ties = self.shortest
        if self.incidence is None or len(ties.source) < _MANY_TIES * self.n_actors:
            return ties
        return _through_meetings(ties, self.incidence)

    def where(self, kept: npt.NDArray[np.bool_] | Integers) -> Self:
        """
        Keep some ties.

        Parameters
        ----------
        kept
            True for those to keep, or their places.

        Returns
        -------
        edges
            The same actors with these ties.
        """
        return replace(
            self,
            source=self.source[kept],
            target=self.target[kept],
            strength=self.strength[kept],
            distance=self.distance[kept],
            incidence=None,
        )

    @cached_property
    def lengths(self) -> Floats:
        """The square matrix of shortest path lengths, infinite where there is no path."""
        if self.quick_lengths is not None:
            return self.quick_lengths
        return lengths_from(self.shortest, np.arange(self.n_actors))

    @cached_property
    def quick_lengths(self) -> Floats | None:
        """The lengths by Floyd and Warshall's method where ties are many, None where it would not pay."""
        if len(self.source) < _MANY_TIES * self.n_actors or self.n_actors > _TOO_MANY_ACTORS:
            return None
        direct = np.full((self.n_actors, self.n_actors), np.inf)
        direct[self.source, self.target] = direct[self.target, self.source] = self.distance
        return np.asarray(sparse.csgraph.floyd_warshall(direct, directed=False), dtype=float)

    @cached_property
    def strengths(self) -> sparse.csr_array:
        """The symmetric matrix of strengths."""
        ends = (np.concatenate([self.source, self.target]), np.concatenate([self.target, self.source]))
        shape = (self.n_actors, self.n_actors)
        return sparse.csr_array((np.concatenate([self.strength, self.strength]), ends), shape=shape)


def edges_of(incidence: Incidence) -> EdgeArrays:
    """
    List a network's ties as arrays.

    Parameters
    ----------
    incidence
        The network's meetings and contacts.

    Returns
    -------
    edges
        The ties in order of their numbers.
    """
    ties = joined(incidence.ids, edge_parts(incidence))
    return replace(ties.where(np.lexsort((ties.target, ties.source))), incidence=incidence)


def sparse_certificate(incidence: Incidence) -> EdgeArrays:
    """
    Take a few ties that hold a network together as all its ties do.

    Parameters
    ----------
    incidence
        The network's meetings and contacts.

    Returns
    -------
    edges
        Ties of strength 1, which is not theirs: components, bridges and cut points are those of the network.
    """
    source, target = incidence.sparse_certificate
    ones = np.ones(len(source))
    return EdgeArrays(incidence.ids, source, target, ones, ones)


def edge_parts(incidence: Incidence) -> Iterator[EdgeArrays]:
    """
    List a network's ties a chunk of memory at a time.

    Parameters
    ----------
    incidence
        The network's meetings and contacts.

    Returns
    -------
    edges
        Some of the ties each.
    """
    return (edges_from(incidence.ids, block) for block in tie_blocks(incidence))


def edges_from(ids: pd.Index, ties: Chunk | TieBlock) -> EdgeArrays:
    """
    Take ties as the engines take them.

    Parameters
    ----------
    ids
        The actors' ids.
    ties
        The ties.

    Returns
    -------
    edges
        The same ties.
    """
    strength = ties.strength
    return EdgeArrays(ids, ties.i, ties.j, strength, 1 / strength)


def joined(ids: pd.Index, parts: Iterable[EdgeArrays]) -> EdgeArrays:
    """
    Put parts of a network together.

    Parameters
    ----------
    ids
        The actors' ids.
    parts
        The parts, one at least.

    Returns
    -------
    edges
        All their ties, in the order of the parts.
    """
    found = list(parts)
    source, target = (np.concatenate([getattr(part, end) for part in found]) for end in ("source", "target"))
    strength = np.concatenate([part.strength for part in found])
    return EdgeArrays(ids, source, target, strength, 1 / strength)


def lengths_from(edges: EdgeArrays, sources: Integers) -> Floats:
    """
    Measure the shortest paths from some actors to all.

    Parameters
    ----------
    edges
        The network.
    sources
        The numbers of these actors.

    Returns
    -------
    lengths
        One row for each source, infinite where there is no path.
    """
    ends = (np.concatenate([edges.source, edges.target]), np.concatenate([edges.target, edges.source]))
    shape = (edges.n_actors, edges.n_actors)
    distances = sparse.csr_array((np.concatenate([edges.distance, edges.distance]), ends), shape=shape)
    if not len(sources):
        return np.empty((0, edges.n_actors))
    return np.asarray(sparse.csgraph.dijkstra(distances, directed=False, indices=sources), dtype=float)


def landmarks(totals: Floats) -> Integers:
    """
    Choose actors near everybody.

    Parameters
    ----------
    totals
        Each actor's strength.

    Returns
    -------
    landmarks
        The numbers of the sixteen strongest, the first in roster order among equals.
    """
    return np.asarray(np.argsort(-totals, kind="stable")[:_N_LANDMARKS], dtype=np.int64)


def may_be_shortest(ties: EdgeArrays, from_landmarks: Floats) -> npt.NDArray[np.bool_]:
    """
    Tell which ties may be the shortest path between their ends: those no longer than a detour by any landmark.

    Parameters
    ----------
    ties
        The ties.
    from_landmarks
        The lengths of paths from each landmark to all, or more; one row for each landmark.

    Returns
    -------
    may_be
        False only where a detour is shorter for certain.
    """
    left = np.arange(len(ties.source))
    for lengths in from_landmarks:
        source, target = ties.source[left], ties.target[left]
        left = left[ties.distance[left] <= (lengths[source] + lengths[target]) * (1 + SURELY_LONGER)]
    kept = np.zeros(len(ties.source), dtype=bool)
    kept[left] = True
    return kept


def _through_meetings(ties: EdgeArrays, incidence: Incidence) -> EdgeArrays:
    """Put a meeting in place of the ties that it alone makes, where these are more than those who came."""
    alone = np.isin(ties.strength, incidence.weight[incidence.n_present > _LARGE])
    candidates = np.flatnonzero(alone)
    candidates = candidates[np.argsort(ties.strength[candidates], kind="stable")]
    strengths = ties.strength[candidates]
    kept, ends, distances = np.ones(len(ties.source), dtype=bool), [], []
    first = np.concatenate([[0], np.cumsum(incidence.n_present)])
    for meeting in np.flatnonzero(incidence.n_present > _LARGE):
        weight = incidence.weight[meeting]
        these = candidates[np.searchsorted(strengths, weight) : np.searchsorted(strengths, weight, side="right")]
        came = incidence.actor[first[meeting] : first[meeting + 1]]
        if len(these) <= len(came):
            continue
        there = np.zeros(ties.n_actors, dtype=bool)
        there[came] = True
        # A tie as strong as the meeting makes it, between two who were there, is made by nothing else.
        these = these[there[ties.source[these]] & there[ties.target[these]]]
        if len(these) > len(came):
            kept[these] = False
            ends.append(came)
            distances.append(1 / weight / 2)
    return _with_places(ties.where(kept), ends, distances)


def _with_places(ties: EdgeArrays, ends: list[Integers], distances: list[float]) -> EdgeArrays:
    """Add places behind the actors, each with a road to some of them."""
    if not ends:
        return ties
    sizes = [len(came) for came in ends]
    distance = np.concatenate([ties.distance, np.repeat(distances, sizes)])
    return EdgeArrays(
        pd.RangeIndex(ties.n_actors + len(ends)),
        np.concatenate([ties.source, *ends]),
        np.concatenate([ties.target, np.repeat(ties.n_actors + np.arange(len(ends)), sizes)]),
        1 / distance,
        distance,
    )


def strength(edges: EdgeArrays) -> Floats:
    """
    Add up the strengths of each actor's ties.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    strength
        One number for each actor.
    """
    ends = np.concatenate([edges.source, edges.target])
    weights = np.concatenate([edges.strength, edges.strength])
    return np.bincount(ends, weights=weights, minlength=edges.n_actors).astype(float)


def scaled_rows(matrix: sparse.csr_array, by: Floats) -> sparse.csr_array:
    """
    Divide each row by a number.

    Parameters
    ----------
    matrix
        The matrix.
    by
        One number for each row; a row whose number is 0 is empty and stays so.

    Returns
    -------
    scaled
        The matrix, scaled.
    """
    factors = np.repeat(1 / np.where(by > 0, by, 1), np.diff(matrix.indptr))
    return sparse.csr_array((matrix.data * factors, matrix.indices, matrix.indptr), shape=matrix.shape)
