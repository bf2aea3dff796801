"""What a network of very many ties says without a list of them: they pass by once, a chunk of memory at a time."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from partnet_analysis.network.incidence import Incidence, Integers
from partnet_analysis.network.kernels.layouts import Layout, joined, landmarks, layout_parts, lengths_from, may_be_shortest

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
    shortest
        The ties that a shortest path may take, which are few.
    """

    incidence: Incidence
    degree: Integers
    shortest: Layout

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
    for part in layout_parts(incidence):
        degree += np.bincount(part.source, minlength=n) + np.bincount(part.target, minlength=n)
        kept.append(part.where(may_be_shortest(part, bounds)))
    return Survey(incidence, degree, joined(incidence.ids, kept))
