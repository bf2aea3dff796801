"""What a network of very many ties says without a list of them: they pass by once, a chunk of memory at a time."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from partnet_analysis.network.incidence import Incidence, Integers
from partnet_analysis.network.kernels.layouts import (
    Layout,
    joined,
    landmarks,
    layout_of,
    layout_parts,
    lengths_from,
    may_be_shortest,
)
from partnet_analysis.network.pairs import Chunk, tied_pairs

_SMALL: Final = 30
"""Meetings of at most so many present hold the paths that show most other ties to be detours."""


@dataclass(frozen=True, eq=False)
class Survey:
    """
    A network of very many ties.

    Parameters
    ----------
    incidence
        Its meetings and contacts.
    degree
        Each actor's number of ties.
    main_ties
        The ties that a shortest path may take, which are few and the strongest.
    """

    incidence: Incidence
    degree: Integers
    main_ties: Chunk

    @cached_property
    def shortest(self) -> Layout:
        """The same as arrays that the engines take."""
        return layout_of(self.incidence.ids, self.main_ties)

    @property
    def n_ties(self) -> int:
        """The number of ties."""
        return int(self.degree.sum()) // 2


def survey(incidence: Incidence) -> Survey:
    """
    Look at every tie once.

    Parameters
    ----------
    incidence
        The meetings and contacts.

    Returns
    -------
    survey
        What was seen. The ties kept as perhaps shortest are those no longer than a detour by one of sixteen landmarks, so
        that shortest paths are what they are among all ties.
    """
    n = incidence.n_actors
    degree = np.zeros(n, dtype=np.int64)
    # Paths among some of the ties, at some of their strength, are no shorter than among all: they bound the detours.
    small = joined(incidence.ids, layout_parts(incidence.without_large_meetings(_SMALL)))
    bounds = lengths_from(small, landmarks(incidence.strength))
    kept = []
    for chunk in tied_pairs(incidence):
        degree += np.bincount(chunk.i, minlength=n) + np.bincount(chunk.j, minlength=n)
        kept.append(chunk.where(may_be_shortest(layout_of(incidence.ids, chunk), bounds)))
    return Survey(incidence, degree, Chunk.joined(kept))
