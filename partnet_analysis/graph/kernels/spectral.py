"""Eigenvectors and walks."""

from collections.abc import Callable
from typing import Final

import numpy as np
from scipy import linalg, sparse

from partnet_analysis.graph.incidence import Floats, Incidence, Integers
from partnet_analysis.graph.kernels.connectivity import components
from partnet_analysis.graph.kernels.edges import EdgeArrays, scaled_rows
from partnet_analysis.graph.kernels.threads import threads_for

DAMPING: Final = 0.85
"""The share of a PageRank walk's steps that follow a tie."""

_SAME_EIGENVALUE: Final = 1e-9

_SMALL: Final = 150
"""Among so many actors a matrix is solved at once: it takes a tenth of the time, and one thread."""

_CONVERGED: Final = 1e-15
_SOLVED: Final = 1e-14
_MOST_STEPS: Final = 1000
_MANY_TIES: Final = 8
"""From so many ties for each presence or contact on, a product goes through the meetings."""


def eigenvector(edges: EdgeArrays) -> Floats:
    """
    Find the leading eigenvector of the matrix of strengths (Bonacich 1972).

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    eigenvector
        No value below 0, of Euclidean length 1; 0 outside the component whose eigenvalue is the largest. Where components
        share it (within a relative 1e-9), the one that `components` numbers first has the values.
    """
    component = components(edges)
    best, leading, members = 0.0, np.empty(0), np.empty(0, dtype=np.int64)
    for label in range(1, component.max(initial=0) + 1):
        part = np.flatnonzero(component == label)
        if len(part) == 1:  # numbered by size: from here on there are only actors without a tie
            break
        whole = len(part) == edges.n_actors
        value, vector = _leading_pair(edges.strengths if whole else edges.strengths[part][:, part])
        if value > best * (1 + _SAME_EIGENVALUE):
            best, leading, members = value, vector, part
    centrality = np.zeros(edges.n_actors)
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
    n_actors, total = arcs.shape[0], np.asarray(arcs.sum(axis=1), dtype=float)
    if n_actors <= _SMALL:
        steps = arcs.toarray() * (DAMPING / np.where(total > 0, total, 1))[:, None]
        with threads_for(n_actors):
            return _shares(np.asarray(np.linalg.solve(np.eye(n_actors) - steps.T, np.ones(n_actors)), dtype=float))
    follow = sparse.csr_array(DAMPING * scaled_rows(arcs, total).T)
    return _visits(lambda visits: follow @ visits, n_actors)


def pagerank_of(edges: EdgeArrays) -> Floats:
    """
    Follow PageRank's walk along ties.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    pagerank
        As `pagerank` gives it; where presences are far fewer than ties, from these.
    """
    made_of = edges.incidence
    if made_of is not None and len(edges.source) > _MANY_TIES * (len(made_of.actor) + len(made_of.contact_source)):
        return pagerank_without_ties(made_of)
    return pagerank(edges.strengths)


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
    if n <= _SMALL or not incidence.strength.any():
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
    # Between y and its neighbours, y = 1 + d·S·D⁻¹·y is symmetric once scaled by the roots of the strengths, S being the
    # matrix of strengths and D their sums. Conjugate gradients take a quarter of the steps of the walk itself.
    n, root = incidence.n_actors, np.sqrt(np.where(incidence.strength > 0, incidence.strength, 1))
    matrix = sparse.linalg.LinearOperator(
        (n, n), matvec=lambda scaled: scaled - DAMPING * incidence.product(scaled / root) / root, dtype=float
    )
    visits, unsolved = sparse.linalg.cg(matrix, 1 / root, rtol=_SOLVED, atol=0.0, maxiter=_MOST_STEPS)
    if unsolved:  # sixty steps are enough, the eigenvalues lying between 0.15 and 1.85; the walk itself always ends
        return _visits(lambda walked: DAMPING * incidence.product(walked / root**2), n)
    return _shares(np.asarray(visits * root, dtype=float))


def _leading_of_few(incidence: Incidence) -> Floats:
    """Decompose the matrix of a network of few actors, or of no tie."""
    if not incidence.strength.any():
        return np.zeros(incidence.n_actors)
    matrix = np.array([incidence.product(unit) for unit in np.eye(incidence.n_actors)])
    return _leading(matrix)[1]


def _visits(step: Callable[[Floats], Floats], n_actors: int) -> Floats:
    # Jumping from dead ends only scales the solution of y = 1 + d·Pᵀ·y, so they need no row of their own.
    visits: Floats = np.ones(n_actors)
    for _ in range(_MOST_STEPS):
        before, visits = visits, np.asarray(1 + step(visits), dtype=float)
        if np.abs(visits - before).max(initial=0) <= _CONVERGED * visits.max(initial=1):
            break
    return _shares(visits)


def _shares(visits: Floats) -> Floats:
    return np.asarray(visits / visits.sum() if len(visits) else visits, dtype=float)


def _leading_pair(strengths: sparse.csr_array) -> tuple[float, Floats]:
    """Find the largest eigenvalue of a connected part and its eigenvector, which has one sign (Perron–Frobenius)."""
    n = strengths.shape[0]
    if n > _SMALL:
        try:
            values, vectors = sparse.linalg.eigsh(strengths, k=1, which="LA", v0=np.ones(n), tol=0)
            return float(values[0]), _one_sign(vectors[:, 0])
        except sparse.linalg.ArpackNoConvergence:
            pass  # two eigenvalues too close for it; the decomposition takes longer and always ends
    value, vector = _leading(strengths.toarray())
    return value, _one_sign(vector)


def _leading(matrix: Floats) -> tuple[float, Floats]:
    """Decompose a symmetric matrix as far as its largest eigenvalue."""
    n = len(matrix)
    with threads_for(n):
        values, vectors = linalg.eigh(matrix, subset_by_index=[n - 1, n - 1])
    return float(values[0]), np.asarray(vectors[:, 0], dtype=float)


def _one_sign(vector: Floats) -> Floats:
    length = float(np.linalg.norm(vector))
    return np.asarray(np.abs(vector) / (length if length > 0 else 1), dtype=float)
