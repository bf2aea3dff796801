"""Communities by the Leiden method."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Final

import igraph
import numpy as np

from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.kernels.edges import EdgeArrays

_SAME_MODULARITY: Final = 1e-12


def leiden(edges: EdgeArrays, seeds: Sequence[int]) -> Integers:
    """
    Look for communities of high modularity on strength, once from each seed (Traag, Waltman & van Eck 2019).

    Parameters
    ----------
    edges
        The network.
    seeds
        The seeds.

    Returns
    -------
    memberships
        One row for each seed: for each actor the number of its community, iterated until nothing changes.
    """
    found = np.empty((len(seeds), edges.n_actors), dtype=np.int64)
    for row, seed in enumerate(seeds):
        with _randomness_from(seed):
            clustering = edges.graph.community_leiden(
                objective_function="modularity", weights=edges.strength.tolist(), n_iterations=-1
            )
        found[row] = clustering.membership
    return found


def modularity(edges: EdgeArrays, membership: Integers) -> float:
    """
    Measure how much more strength lies within communities than actors' strengths alone would put there (Newman 2004).

    Parameters
    ----------
    edges
        The network.
    membership
        For each actor the number of its community.

    Returns
    -------
    modularity
        Between −1/2 and 1; NaN without a tie.
    """
    return float(edges.graph.modularity(membership.tolist(), weights=edges.strength.tolist()))


def best_of(edges: EdgeArrays, memberships: Integers) -> Integers:
    """
    Choose the communities of the highest modularity.

    Parameters
    ----------
    edges
        The network.
    memberships
        One row for each choice, as `leiden` gives them.

    Returns
    -------
    membership
        The first of the best rows; the first of all where there is no tie.
    """
    quality = np.array([modularity(edges, membership) for membership in memberships])
    first_of_best = int(np.argmax(quality >= quality.max() - _SAME_MODULARITY))
    return np.asarray(memberships[first_of_best], dtype=np.int64)


@contextmanager
def _randomness_from(seed: int) -> Iterator[None]:
    """Let igraph draw from a seed; afterwards it draws from Python's own generator again, its default."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 (nothing secret depends on it)
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)
