"""What a network of very many ties says without a list of them: they pass by once, a chunk of memory at a time."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self

import numpy as np

from partnet_analysis.graph.incidence import Floats, Incidence, Integers
from partnet_analysis.graph.kernels.edges import (
    EdgeArrays,
    edge_parts,
    joined,
    landmarks,
    lengths_from,
    may_be_shortest,
)
from partnet_analysis.graph.pairs import Chunk, ties_of

_SMALL: Final = 30
"""Meetings of at most so many present hold the paths that show most other ties to be detours."""


@dataclass(frozen=True, eq=False)
class Between:
    """
    The ties between groups of actors.

    Parameters
    ----------
    n_ties
        Groups × groups: how many ties have one end in either; on and above the diagonal.
    strength
        The sum of their strengths, likewise.
    """

    n_ties: Floats
    strength: Floats

    @classmethod
    def none(cls, group: Integers) -> Self:
        """
        Begin with no tie.

        Parameters
        ----------
        group
            The number of each actor's group.

        Returns
        -------
        between
            Zeros for the groups.
        """
        n = int(group.max(initial=0)) + 1
        return cls(np.zeros((n, n)), np.zeros((n, n)))

    @classmethod
    def of(cls, edges: EdgeArrays, group: Integers) -> Self:
        """
        Count ties.

        Parameters
        ----------
        edges
            The ties.
        group
            The number of each actor's group.

        Returns
        -------
        between
            The ties between the groups.
        """
        n = int(group.max(initial=0)) + 1
        one, other = group[edges.source], group[edges.target]
        cell = np.minimum(one, other) * n + np.maximum(one, other)
        n_ties, strength = (np.bincount(cell, weights=weights, minlength=n * n) for weights in (None, edges.strength))
        return cls(n_ties.astype(float).reshape(n, n), strength.astype(float).reshape(n, n))

    def __add__(self, other: Self) -> Self:
        return type(self)(self.n_ties + other.n_ties, self.strength + other.strength)


@dataclass(frozen=True, eq=False)
class StreamingPass:
    """
    A network of very many ties.

    Parameters
    ----------
    incidence
        Its meetings and contacts.
    degree
        Each actor's number of ties.
    shortest
        The ties that a shortest path may take, which are few and the strongest.
    between
        The ties between groups of actors.
    """

    incidence: Incidence
    degree: Integers
    shortest: EdgeArrays
    between: Between

    @cached_property
    def main_ties(self) -> Chunk:
        """The ties that a shortest path may take, with all that can be told of them."""
        return ties_of(self.incidence, self.shortest.source, self.shortest.target)

    @property
    def n_ties(self) -> int:
        """The number of ties."""
        return int(self.degree.sum()) // 2


def streamed(incidence: Incidence, group: Integers) -> StreamingPass:
    """
    Look at every tie once.

    Parameters
    ----------
    incidence
        The meetings and contacts.
    group
        The number of each actor's group.

    Returns
    -------
    streaming_pass
        What was seen. The ties kept as perhaps shortest are those no longer than a detour by one of sixteen landmarks, so
        that shortest paths are what they are among all ties.
    """
    n = incidence.n_actors
    degree = np.zeros(n, dtype=np.int64)
    # Paths among some of the ties, at some of their strength, are no shorter than among all: they bound the detours.
    small = joined(incidence.ids, edge_parts(incidence.without_large_meetings(_SMALL)))
    bounds = lengths_from(small, landmarks(incidence.strength))
    kept, between = [], Between.none(group)
    for ties in edge_parts(incidence):
        between += Between.of(ties, group)
        degree += np.bincount(ties.source, minlength=n) + np.bincount(ties.target, minlength=n)
        kept.append(ties.where(may_be_shortest(ties, bounds)))
    shortest = joined(incidence.ids, kept)
    shortest = replace(shortest.where(np.lexsort((shortest.target, shortest.source))), incidence=incidence)
    return StreamingPass(incidence, degree, shortest, between)
