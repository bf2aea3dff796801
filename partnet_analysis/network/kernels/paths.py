"""Shortest paths, whose lengths are distances."""

import numpy as np

from partnet_analysis.network.kernels.layouts import Floats, Layout


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
    shortest = layout.shortest
    return np.asarray(shortest.graph.betweenness(directed=False, weights=shortest.distance.tolist()), dtype=float)


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
    lengths = layout.quick_lengths
    if lengths is None:
        return np.asarray(layout.graph.harmonic_centrality(weights=layout.distance.tolist()), dtype=float)
    inverse = np.where(lengths > 0, 1 / np.where(lengths > 0, lengths, 1), 0)
    return np.asarray(inverse.sum(axis=1) / max(layout.n_actors - 1, 1), dtype=float)
