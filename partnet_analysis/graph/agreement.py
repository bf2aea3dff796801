"""How far two ways to group the same members agree."""

from typing import Final

import numpy as np

from partnet_analysis.graph.kernels import Floats, Integers

_SOLID: Final = 1e-12


def adjusted_rand(one: Integers, other: Integers) -> float:
    """
    Compare two ways to group the same members, corrected for chance (Hubert & Arabie 1985, J. of Classification 2, 193).

    Parameters
    ----------
    one
        The number of each member's group.
    other
        The number of its group in the other way.

    Returns
    -------
    agreement
        1 where both are the same, 0 on average where they are independent.

    Examples
    --------
    >>> adjusted_rand(np.array([0, 0, 1, 1]), np.array([5, 5, 3, 3]))
    1.0
    """
    table = _contingency(one, other)
    together = _pairs(table).sum()
    in_one, in_other = _pairs(table.sum(axis=1)).sum(), _pairs(table.sum(axis=0)).sum()
    expected = in_one * in_other / max(_pairs(np.array(len(one))), 1)
    most = (in_one + in_other) / 2
    return float((together - expected) / (most - expected)) if most - expected > _SOLID else 1.0


def mutual_information(one: Integers, other: Integers) -> float:
    """
    Measure how much one way to group members tells about another, over the mean of their entropies (Danon et al. 2005).

    Parameters
    ----------
    one
        The number of each member's group.
    other
        The number of its group in the other way.

    Returns
    -------
    information
        Between 0 (they tell nothing) and 1 (they are the same).

    Examples
    --------
    >>> mutual_information(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]))
    0.0
    """
    joint = _contingency(one, other) / len(one)
    entropies = _entropy(joint.sum(axis=1)) + _entropy(joint.sum(axis=0))
    shared = entropies - _entropy(joint.ravel())
    return float(max(2 * shared / entropies, 0.0)) if entropies > _SOLID else 1.0


def _contingency(one: Integers, other: Integers) -> Integers:
    rows, row = np.unique(one, return_inverse=True)
    columns, column = np.unique(other, return_inverse=True)
    return np.bincount(row * len(columns) + column, minlength=len(rows) * len(columns)).reshape(len(rows), len(columns))


def _pairs(n: Integers) -> Floats:
    return np.asarray(n * (n - 1) / 2, dtype=float)


def _entropy(shares: Floats) -> float:
    shares = shares[shares > 0]
    return float(-(shares * np.log(shares)).sum())
