"""Pushing apart what overlaps: symbols, then symbols with their names."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

FONT_SIZE = 12.0
CHARACTER_WIDTH = 0.56
"""Mean width of a character, in font sizes."""
MAX_LABEL = 28
"""Longer names are cut on the map (never in the table or the cards)."""
GAP = 3.0
_ROUNDS = 400
_CROWD = 1500
"""Above so many actors, symbols may nearly touch and nobody waits for perfection."""


def apart(positions: Floats, radii: Floats, *, fixed: Integers | None = None) -> Floats:
    """
    Push circles apart until none overlap.

    Parameters
    ----------
    positions
        The centres, one row for each circle.
    radii
        The radii.
    fixed
        The rows that stay where they are; none by default.

    Returns
    -------
    moved
        The centres, each moved as little as the others allow.
    """
    moved = positions.copy()
    pad, rounds = (8.0, 150) if len(moved) < _CROWD else (3.0, 40)
    free = np.ones(len(moved))
    free[fixed if fixed is not None else []] = 0
    for _ in range(rounds if len(moved) > 1 else 0):
        pairs = cKDTree(moved).query_pairs(2 * float(radii.max()) + pad, output_type="ndarray")
        i, j = pairs[:, 0], pairs[:, 1]
        gap = moved[i] - moved[j]
        length = np.hypot(gap[:, 0], gap[:, 1])
        excess = radii[i] + radii[j] + pad - length
        close = excess > 0
        if not close.any():
            break
        i, j = i[close], j[close]
        step = gap[close] / np.maximum(length[close], 1e-6)[:, None] * (0.55 * excess[close])[:, None]
        moved += _summed(i, j, step / 2, len(moved)) * free[:, None]
    return moved


def labels_apart(positions: Floats, radii: Floats, names: Sequence[str], *, fixed: Integers | None = None) -> Floats:
    """
    Push apart boxes that hold a symbol and the name below it.

    Parameters
    ----------
    positions
        The symbols' centres.
    radii
        The symbols' radii.
    names
        The names, cut at `MAX_LABEL`.
    fixed
        The rows that stay where they are; none by default.

    Returns
    -------
    moved
        The centres; a few boxes may still touch where the crowd is thick, the page then leaves out a name.
    """
    moved = positions.copy()
    half_width = np.maximum([label_width(name) / 2 + GAP for name in names], radii + 2)
    half_height = radii + FONT_SIZE / 2 + 3
    held = fixed if fixed is not None else np.empty(0, dtype=np.int64)
    free = np.ones(len(moved))
    free[held] = 0
    # Those that stay are the coordinators: their bold names must always find room.
    half_width[held] *= 1.6
    half_height[held] += 14
    reach = np.array([2 * half_width.max(), 2 * half_height.max()])
    for _ in range(_ROUNDS):
        pairs = cKDTree(moved / reach).query_pairs(1.0, p=np.inf, output_type="ndarray")
        i, j = pairs[:, 0], pairs[:, 1]
        gap = moved[i] - moved[j]
        over = np.column_stack([half_width[i] + half_width[j], half_height[i] + half_height[j]]) - np.abs(gap)
        hit = (over > 0).all(axis=1)
        if not hit.any():
            break
        i, j, gap, over = i[hit], j[hit], gap[hit], over[hit]
        # Half the width counts as much as the height: pushing upwards only would make a tower.
        upright = over[:, 1] < 0.5 * over[:, 0]
        sign = np.where(gap == 0, 1.0, np.sign(gap))
        step = np.column_stack(
            [np.where(upright, 0, sign[:, 0] * over[:, 0]), np.where(upright, sign[:, 1] * over[:, 1], 0)]
        )
        crowd = np.maximum(np.bincount(np.concatenate([i, j]), minlength=len(moved)), 1)
        moved += 0.45 * _summed(i, j, step, len(moved)) / np.sqrt(crowd)[:, None] * free[:, None]
    return moved


def label_width(name: str) -> float:
    """
    Estimate a name's width on the map.

    Parameters
    ----------
    name
        The name.

    Returns
    -------
    width
        In map units, which are pixels at scale 1.
    """
    return min(len(name), MAX_LABEL) * FONT_SIZE * CHARACTER_WIDTH


def _summed(i: Integers, j: Integers, step: Floats, n: int) -> Floats:
    """Add each pair's step to one end and take it from the other."""
    return np.column_stack([np.bincount(i, step[:, c], n) - np.bincount(j, step[:, c], n) for c in (0, 1)])
