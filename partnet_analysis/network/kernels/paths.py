"""Shortest paths, whose lengths are distances."""

from collections.abc import Iterator
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from partnet_analysis.network.incidence import Floats, Integers
from partnet_analysis.network.kernels.layouts import Layout, lengths_from
from partnet_analysis.network.kernels.sampling import path_sources, sample_of

_AT_A_TIME: Final = 256

_FROM_SAMPLE: Final[WeakKeyDictionary[Layout, Floats]] = WeakKeyDictionary()
"""The nearness of the actors of the sample to all, which several measures take their means of."""


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
        Between 0 and 1: the sum of shares over the (n − 1)(n − 2)/2 pairs of others; 0 where there are no two others. Where
        paths are followed from a sample only (`sampling.path_sources`), the estimate from these (Brandes & Pich 2007,
        International Journal of Bifurcation and Chaos 17, 2303).
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
    shortest = layout.shortest
    sources = path_sources(shortest)
    if sources is None:
        return np.asarray(shortest.graph.betweenness(directed=False, weights=shortest.distance.tolist()), dtype=float)
    from_sample = shortest.graph.betweenness(
        directed=False, weights=shortest.distance.tolist(), sources=sources.tolist(), targets=None
    )
    return np.asarray(from_sample, dtype=float) * (layout.n_actors / len(sources))


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
        Σ 1/d over n − 1; an actor out of reach adds nothing. Where paths are followed from a sample, the mean over the
        sample.
    """
    n = layout.n_actors
    if layout.quick_lengths is not None:
        return np.asarray(_inverse(layout.quick_lengths).sum(axis=1) / max(n - 1, 1), dtype=float)
    shortest = layout.shortest
    sources = path_sources(shortest)
    total = np.zeros(n)
    chosen = np.arange(n) if sources is None else sources
    for nearness in _nearness(shortest, chosen):
        total += nearness.sum(axis=0)
    n_others = len(chosen) - np.isin(np.arange(n), chosen)
    return np.asarray(total / np.maximum(n_others, 1), dtype=float)


def efficiency_of(layout: Layout, actors: Integers) -> Floats:
    """
    Average, for each of some actors, the inverse distances to the others of them; paths may run through anybody.

    Parameters
    ----------
    layout
        The network.
    actors
        The numbers of two actors or more.

    Returns
    -------
    efficiency
        One value for each of the actors, or for each of a sample of them where paths are followed from a sample: the mean of
        these is the efficiency of Latora & Marchiori 2001 among the actors.
    """
    shortest = layout.shortest
    if layout.quick_lengths is not None:
        return np.asarray(
            _inverse(layout.quick_lengths[np.ix_(actors, actors)]).sum(axis=1) / (len(actors) - 1), dtype=float
        )
    nearby = _nearness(shortest, _among(shortest, actors))
    means = [nearness[:, actors].sum(axis=1) / (len(actors) - 1) for nearness in nearby]
    return np.concatenate(means) if means else np.empty(0)


def _among(shortest: Layout, actors: Integers) -> Integers:
    """Choose from which of some actors paths are followed; from a sample of all if it holds enough of them."""
    sources = path_sources(shortest)
    if sources is None:
        return actors
    of_all = sources[np.isin(sources, actors)]
    return of_all if len(of_all) >= len(sources) // 2 else sample_of(actors)


def _nearness(shortest: Layout, chosen: Integers) -> Iterator[Floats]:
    """Follow the paths from some actors, a few at a time, to all; those from the sample once for every measure."""
    sources = path_sources(shortest)
    if sources is not None and np.isin(chosen, sources).all():
        if shortest not in _FROM_SAMPLE:
            _FROM_SAMPLE[shortest] = _inverse(lengths_from(shortest, sources))
        yield _FROM_SAMPLE[shortest][np.searchsorted(sources, chosen)]
        return
    for start in range(0, len(chosen), _AT_A_TIME):
        yield _inverse(lengths_from(shortest, chosen[start : start + _AT_A_TIME]))


def _inverse(lengths: Floats) -> Floats:
    """Turn lengths into nearness: 0 for oneself and for who is out of reach."""
    return np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
