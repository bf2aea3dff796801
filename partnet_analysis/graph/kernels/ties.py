"""What an actor's own ties say: their number, their strength, how they close."""

from typing import Any, Final

import numpy as np
from scipy import sparse

from partnet_analysis.graph.incidence import Floats, Integers
from partnet_analysis.graph.kernels.edges import EdgeArrays, scaled_rows, strength
from partnet_analysis.graph.kernels.threads import threads_for

Matrix = Any
"""A sparse array or an array: what is done here can be done with either."""

_SPELT_OUT_UP_TO: Final = 4000
"""Actors; a matrix of so many takes 128 MB."""

_FULL: Final = 0.05
"""The share of entries that are not 0 from which on it pays."""


def degree(edges: EdgeArrays) -> Integers:
    """
    Count each actor's ties.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    degree
        One number for each actor.
    """
    ends = np.concatenate([edges.source, edges.target])
    return np.bincount(ends, minlength=edges.n_actors).astype(np.int64)


def constraint(edges: EdgeArrays) -> Floats:
    """
    Measure how much each actor's ties lead back to one another (Burt 1992).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    constraint
        Σ_j (p_ij + Σ_q p_iq p_qj)² over the actors j tied to i, p being shares of strength; NaN for actors without a tie.
    """
    shares = _spelt_out_where_full(scaled_rows(edges.strengths, strength(edges)))
    invested = shares + _product(shares, shares)
    return np.where(degree(edges) > 0, np.asarray((invested * invested * _tied(edges)).sum(axis=1), dtype=float), np.nan)


def effective_size(edges: EdgeArrays) -> Floats:
    """
    Count each actor's ties less those that lead to the same people (Burt 1992).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    effective_size
        Σ_j (1 − Σ_q p_iq m_jq) over the actors j tied to i, p being shares of strength and m_jq the strength of j and q over
        that of j's strongest tie; 0 for actors without a tie.
    """
    weights = edges.strengths
    strongest = weights.max(axis=1).toarray().ravel() if edges.n_actors else np.zeros(0)
    shares = _spelt_out_where_full(scaled_rows(weights, strength(edges)))
    relative = _spelt_out_where_full(scaled_rows(weights, strongest))
    redundant = _product(shares, relative.T) * _tied(edges)
    return np.asarray(degree(edges) - redundant.sum(axis=1), dtype=float)


def clustering(edges: EdgeArrays) -> Floats:
    """
    Measure how much of each actor's strength lies in triangles (Barrat et al. 2004).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    clustering
        Σ_jq w_ij a_iq a_jq over s_i (k_i − 1), between 0 and 1; NaN for actors with fewer than two ties.
    """
    tied = _tied(edges)
    in_triangles = np.asarray((_product(_spelt_out_where_full(edges.strengths), tied) * tied).sum(axis=1), dtype=float)
    most = strength(edges) * (degree(edges) - 1)
    return np.where(most > 0, in_triangles / np.where(most > 0, most, 1), np.nan)


def transitivity(edges: EdgeArrays) -> float:
    """
    Measure how often two partners of an actor are tied as well.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    transitivity
        Three times the triangles over the pairs of ties that share an actor; NaN where no two ties do.
    """
    tied, n_ties = _tied(edges), degree(edges)
    if sparse.issparse(tied):
        return float(edges.graph.transitivity_undirected(mode="nan"))
    n_pairs = float((n_ties * (n_ties - 1)).sum())
    return float((_product(tied, tied) * tied).sum()) / n_pairs if n_pairs else float("nan")


def coreness(edges: EdgeArrays) -> Integers:
    """
    Find the innermost k-core that holds each actor (Seidman 1983).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    coreness
        The largest k such that the actor belongs to a group in which everybody has at least k ties.
    """
    tied = _tied(edges)
    return np.asarray(edges.graph.coreness(), dtype=np.int64) if sparse.issparse(tied) else _peeled(tied)


def _peeled(tied: Floats) -> Integers:
    """Take away those with the fewest ties to who is left, over and over."""
    n_ties, left, core = tied.sum(axis=0), np.ones(len(tied), dtype=bool), np.zeros(len(tied), dtype=np.int64)
    fewest = 0
    while left.any():
        fewest = max(fewest, int(n_ties[left].min()))
        goes = left & (n_ties <= fewest)
        core[goes] = fewest
        left &= ~goes
        n_ties = n_ties - tied[goes].sum(axis=0)
    return core


def _product(one: Matrix, other: Matrix) -> Matrix:
    with threads_for(one.shape[0]):
        return one @ other


def _tied(edges: EdgeArrays) -> Matrix:
    return _spelt_out_where_full(edges.unweighted.strengths)


def _spelt_out_where_full(matrix: sparse.csr_array) -> Matrix:
    """Spell out a matrix that has few zeros, as everybody met everybody: products of it take a tenth of the time."""
    n = matrix.shape[0]
    return matrix.toarray() if n <= _SPELT_OUT_UP_TO and matrix.nnz > _FULL * n * n else matrix
