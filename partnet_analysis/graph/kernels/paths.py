"""Shortest paths, whose lengths are distances."""

from collections.abc import Iterator
from typing import Final
from weakref import WeakKeyDictionary

import numpy as np

from partnet_analysis.graph.incidence import Floats, Integers
from partnet_analysis.graph.kernels.edges import EdgeArrays, lengths_from
from partnet_analysis.graph.kernels.sampling import path_sources, sample_of

_AT_A_TIME: Final = 256

_FROM_SAMPLE: Final[WeakKeyDictionary[EdgeArrays, Floats]] = WeakKeyDictionary()
"""The nearness of the actors of the sample to all, which several measures take their means of."""


def betweenness(edges: EdgeArrays) -> Floats:
    """
    Measure the share of shortest paths that run through each actor (Freeman 1977).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    betweenness
        Between 0 and 1: the sum of shares over the (n − 1)(n − 2)/2 pairs of others; 0 where there are no two others. Where
        paths are followed from a sample only (`sampling.path_sources`), the estimate from these (Brandes & Pich 2007,
        International Journal of Bifurcation and Chaos 17, 2303).
    """
    n_pairs = (edges.n_actors - 1) * (edges.n_actors - 2) / 2
    if n_pairs <= 0:
        return np.zeros(edges.n_actors)
    return n_paths_through(edges) / n_pairs


def n_paths_through(edges: EdgeArrays) -> Floats:
    """
    Add up, over the pairs of others, the share of their shortest paths that runs through each actor.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    n_paths
        Betweenness before it is normalised.
    """
    n, roads, sources = edges.n_actors, edges.roads, path_sources(edges)
    if sources is None and roads.n_actors == n:
        return np.asarray(roads.graph.betweenness(directed=False, weights=roads.distance.tolist()), dtype=float)
    chosen = np.arange(n) if sources is None else sources
    found = roads.graph.betweenness(
        directed=False,
        weights=roads.distance.tolist(),
        sources=chosen.tolist(),
        targets=None if roads.n_actors == n else list(range(n)),
    )
    return np.asarray(found[:n], dtype=float) * (n / max(len(chosen), 1))


def harmonic_closeness(edges: EdgeArrays) -> Floats:
    """
    Average the inverse distances to all the others (Marchiori & Latora 2000).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    closeness
        Σ 1/d over n − 1; an actor out of reach adds nothing. Where paths are followed from a sample, the mean over the
        sample.
    """
    n = edges.n_actors
    if edges.quick_lengths is not None:
        return np.asarray(_inverse(edges.quick_lengths).sum(axis=1) / max(n - 1, 1), dtype=float)
    sources = path_sources(edges)
    total = np.zeros(n)
    chosen = np.arange(n) if sources is None else sources
    for nearness in _nearness(edges, chosen):
        total += nearness.sum(axis=0)
    n_others = len(chosen) - np.isin(np.arange(n), chosen)
    return np.asarray(total / np.maximum(n_others, 1), dtype=float)


def efficiency_of(edges: EdgeArrays, actors: Integers) -> Floats:
    """
    Average, for each of some actors, the inverse distances to the others of them; paths may run through anybody.

    Parameters
    ----------
    edges
        The network.
    actors
        The numbers of two actors or more.

    Returns
    -------
    efficiency
        One value for each of the actors, or for each of a sample of them where paths are followed from a sample: the mean of
        these is the efficiency of Latora & Marchiori 2001 among the actors.
    """
    if edges.quick_lengths is not None:
        return np.asarray(_inverse(edges.quick_lengths[np.ix_(actors, actors)]).sum(axis=1) / (len(actors) - 1), dtype=float)
    nearby = _nearness(edges, _among(edges, actors))
    means = [nearness[:, actors].sum(axis=1) / (len(actors) - 1) for nearness in nearby]
    return np.concatenate(means) if means else np.empty(0)


def _among(edges: EdgeArrays, actors: Integers) -> Integers:
    """Choose from which of some actors paths are followed; from a sample of all if it holds enough of them."""
    sources = path_sources(edges)
    if sources is None:
        return actors
    of_all = sources[np.isin(sources, actors)]
    return of_all if len(of_all) >= len(sources) // 2 else sample_of(actors)


def _nearness(edges: EdgeArrays, chosen: Integers) -> Iterator[Floats]:
    """Follow the paths from some actors, a few at a time, to all; those from the sample once for every measure."""
    sources = path_sources(edges)
    if sources is not None and np.isin(chosen, sources).all():
        if edges not in _FROM_SAMPLE:
            _FROM_SAMPLE[edges] = _inverse(lengths_from(edges.roads, sources)[:, : edges.n_actors])
        yield _FROM_SAMPLE[edges][np.searchsorted(sources, chosen)]
        return
    for start in range(0, len(chosen), _AT_A_TIME):
        yield _inverse(lengths_from(edges.roads, chosen[start : start + _AT_A_TIME])[:, : edges.n_actors])


def _inverse(lengths: Floats) -> Floats:
    """Turn lengths into nearness: 0 for oneself and for who is out of reach."""
    return np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
