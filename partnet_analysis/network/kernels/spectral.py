"""Eigenvectors and walks."""

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy import sparse

from partnet_analysis.network.incidence import Floats, Incidence, Integers
from partnet_analysis.network.kernels.layouts import Layout, scaled_rows
from partnet_analysis.network.kernels.pieces import components

DAMPING: Final = 0.85
"""The share of a PageRank walk's steps that follow a tie."""

_DENSE_LIMIT: Final = 24
_SAME_EIGENVALUE: Final = 1e-9
_SMALL: Final = 200
_CONVERGED: Final = 1e-15
_MOST_STEPS: Final = 1000
_MANY_TIES: Final = 8


def eigenvector(layout: Layout) -> Floats:
    """
    Find the leading eigenvector of the matrix of strengths (Bonacich 1972).

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    eigenvector
        No value below 0, of Euclidean length 1; 0 outside the component whose eigenvalue is the largest. Where components
        share it (within a relative 1e-9), the one that `components` numbers first has the values.
    """
    component = components(layout)
    best, leading, members = 0.0, np.empty(0), np.empty(0, dtype=np.int64)
    for label in range(1, component.max(initial=0) + 1):
        part = np.flatnonzero(component == label)
        if len(part) == 1:  # numbered by size: from here on there are only actors without a tie
            break
        value, vector = _leading_pair(layout.strengths[part][:, part])
        if value > best * (1 + _SAME_EIGENVALUE):
            best, leading, members = value, vector, part
    centrality = np.zeros(layout.n_actors)
    centrality[members] = leading
    return centrality


def pagerank(arcs: sparse.csr_array) -> Floats:
    """
    Follow a walk that takes ties in proportion to their weights and sometimes jumps anywhere (Brin & Page 1998).

    Parameters
    ----------
    arcs
        The matrix of weights, from row to column.

    Returns
    -------
    pagerank
        The share of time spent at each actor; adds up to 1. From an actor that leads nowhere the walk jumps anywhere.
    """
    n_actors = arcs.shape[0]
    follow = sparse.csr_array(DAMPING * scaled_rows(arcs, np.asarray(arcs.sum(axis=1), dtype=float)).T)
    matrix = follow.toarray() if n_actors <= _SMALL else follow
    return _visits(lambda visits: matrix @ visits, n_actors)


def pagerank_of(layout: Layout) -> Floats:
    """
    Follow PageRank's walk along ties.

    Parameters
    ----------
    layout
        The network.

    Returns
    -------
    pagerank
        As `pagerank` gives it; where presences are far fewer than ties, from these.
    """
    made_of = layout.incidence
    if made_of is not None and len(layout.source) > _MANY_TIES * (len(made_of.actor) + len(made_of.contact_source)):
        return pagerank_without_ties(made_of)
    return pagerank(layout.strengths)


def eigenvector_without_ties(incidence: Incidence, component: Integers) -> Floats:
    """
    Find the leading eigenvector of the matrix of strengths without making the matrix.

    Parameters
    ----------
    incidence
        The meetings and contacts.
    component
        For each actor the label of its component.

    Returns
    -------
    eigenvector
        As `eigenvector` gives it; the component on which most of the vector lies has the values.
    """
    n = incidence.n_actors
    if n <= _DENSE_LIMIT or not incidence.strength.any():
        vector = _leading_of_few(incidence)
    else:
        operator = sparse.linalg.LinearOperator((n, n), matvec=incidence.product, dtype=float)
        vector = sparse.linalg.eigsh(operator, k=1, which="LA", v0=np.ones(n), tol=0)[1][:, 0]
    leading = int(np.argmax(np.bincount(component, weights=vector**2))) if vector.any() else 0
    return _one_sign(np.where(component == leading, vector, 0.0))


def pagerank_without_ties(incidence: Incidence) -> Floats:
    """
    Follow PageRank's walk along ties that are not listed.

    Parameters
    ----------
    incidence
        The meetings and contacts.

    Returns
    -------
    pagerank
        As `pagerank` gives it.
    """
    share = DAMPING / np.where(incidence.strength > 0, incidence.strength, 1)
    return _visits(lambda visits: incidence.product(share * visits), incidence.n_actors)


def _leading_of_few(incidence: Incidence) -> Floats:
    """Decompose the matrix of a network of few actors, or of no tie."""
    if not incidence.strength.any():
        return np.zeros(incidence.n_actors)
    matrix = np.array([incidence.product(unit) for unit in np.eye(incidence.n_actors)])
    return np.asarray(np.linalg.eigh(matrix)[1][:, -1], dtype=float)


def _visits(step: Callable[[Floats], Floats], n_actors: int) -> Floats:
    # Jumping from dead ends only scales the solution of y = 1 + d·Pᵀ·y, so they need no row of their own. Solving it step by
    # step takes no longer than at once, and does not set several threads of linear algebra against one another.
    visits: Floats = np.ones(n_actors)
    for _ in range(_MOST_STEPS):
        before, visits = visits, np.asarray(1 + step(visits), dtype=float)
        if np.abs(visits - before).max(initial=0) <= _CONVERGED * visits.max(initial=1):
            break
    return np.asarray(visits / visits.sum() if n_actors else visits, dtype=float)


def _leading_pair(strengths: sparse.csr_array) -> tuple[float, Floats]:
    """Find the largest eigenvalue of a connected part and its eigenvector, which has one sign (Perron–Frobenius)."""
    n = strengths.shape[0]
    if n > _DENSE_LIMIT:
        try:
            values, vectors = sparse.linalg.eigsh(strengths, k=1, which="LA", v0=np.ones(n), tol=0)
            return float(values[0]), _one_sign(vectors[:, 0])
        except sparse.linalg.ArpackNoConvergence:
            pass  # two eigenvalues too close for it; the full decomposition takes longer and always ends
    values, vectors = np.linalg.eigh(strengths.toarray())
    return float(values[-1]), _one_sign(vectors[:, -1])


def _one_sign(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return np.asarray(np.abs(vector) / (length if length > 0 else 1), dtype=float)
