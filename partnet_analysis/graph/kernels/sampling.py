"""When paths are followed from everybody, and when from a sample; the rule is written here and nowhere else."""

from typing import Final

import numpy as np

from partnet_analysis.graph.incidence import Floats, Incidence, Integers
from partnet_analysis.graph.kernels.edges import EdgeArrays

MOST_PAIRS: Final = 4_000_000
"""Ties are listed while meetings bring together no more pairs than this; a table of as many takes half a gigabyte."""

MOST_PATHS: Final = 400_000_000
"""
Paths are followed from everybody while actors × (actors + roads that a shortest path may take) is no more than this.

It takes a dozen seconds on one core, a minute for the four networks that a review of two years measures.
"""

N_SOURCES: Final = 256
"""From how many actors paths are followed where it cannot be from all."""

CONFIDENCE: Final = 0.95
"""How sure it is that no actor's betweenness is further off than `margin` says."""


def ties_are_listed(incidence: Incidence) -> bool:
    """
    Tell whether a network is small enough to list its ties.

    Parameters
    ----------
    incidence
        The network's meetings and contacts.

    Returns
    -------
    listed
        False where only what needs no list of ties is measured.
    """
    return incidence.n_pairs <= MOST_PAIRS


def path_sources(edges: EdgeArrays) -> Integers | None:
    """
    Choose from whom paths are followed.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    sources
        The numbers of 256 actors drawn without replacement from a fixed seed; None: of all.
    """
    n = edges.n_actors
    return None if n * (n + len(edges.roads.source)) <= MOST_PATHS else sample_of(np.arange(n))


def sample_of(actors: Integers) -> Integers:
    """
    Draw 256 actors.

    Parameters
    ----------
    actors
        The numbers to draw from.

    Returns
    -------
    sample
        Drawn without replacement, from a fixed seed; all where there are no more than that.
    """
    n = min(N_SOURCES, len(actors))
    return np.sort(np.random.default_rng(0).choice(actors, n, replace=False)).astype(np.int64)


def margin(n_sources: int, n_actors: int) -> float:
    """
    Bound the error of means over a sample, for all actors at once.

    Parameters
    ----------
    n_sources
        How many of the actors paths were followed from.
    n_actors
        How many actors there are.

    Returns
    -------
    margin
        With a probability of 95 % no mean of numbers between 0 and 1 is further from that over all actors: √(ρ ln(2n/0.05) /
        2k), ρ = (1 − k/n)(1 + 1/k), Hoeffding's inequality as Serfling made it for draws without replacement (Bardenet &
        Maillard 2015, Bernoulli 21, 1361), taken for n actors at once.
    """
    if n_sources >= n_actors:
        return 0.0
    rest = (1 - n_sources / n_actors) * (1 + 1 / n_sources)
    return float(np.sqrt(rest * np.log(2 * n_actors / (1 - CONFIDENCE)) / (2 * n_sources)))


def standard_error(values: Floats, n_actors: int) -> float:
    """
    Tell by how much a mean over a sample is likely to be off.

    Parameters
    ----------
    values
        One value for each of the sample.
    n_actors
        How many actors the sample was drawn from.

    Returns
    -------
    standard_error
        0 where all were drawn.
    """
    n = len(values)
    if n >= n_actors or n < 2:  # noqa: PLR2004 (one value has no spread)
        return 0.0
    return float(values.std(ddof=1) / np.sqrt(n) * np.sqrt(1 - n / n_actors))
