"""Where each sector is at home on the map: areas that never overlap, because every place belongs to one sector at most."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from contourpy import contour_generator
from scipy.ndimage import gaussian_filter

Floats = npt.NDArray[np.float64]

_GRID = 110
"""Cells along the longer side."""
_PADDING = 24
"""Cells around, wide enough for every border to close."""
_FEWEST = 3
"""A group of fewer actors is no territory."""
_LEVEL = 0.55
"""Where a territory ends, in peaks of a lone actor's kernel."""


def territories(positions: pd.DataFrame, groups: pd.Series, n_groups: int) -> list[dict[str, Any]]:
    """
    Draw the territories of the groups.

    Each actor spreads a Gaussian kernel; a place belongs to the group whose kernels add up to most there, provided it is
    enough. The borders are the zero lines of the difference between a group and the strongest of the others.

    Parameters
    ----------
    positions
        `x` and `y`, indexed by `actor_id`.
    groups
        Each actor's group number, indexed by `actor_id`; negative for actors that are at home nowhere.
    n_groups
        The number of groups.

    Returns
    -------
    territories
        For each group with any, `group`, `rings` (closed lines, each a flat list x, y, x, y, …) and `name`, the point where
        the group's name stands.
    """
    placed = positions.dropna()
    groups = groups.reindex(placed.index)
    placed, groups = placed[groups >= 0], groups[groups >= 0].astype(int)
    if len(placed) < _FEWEST:
        return []
    low, cell = _frame(placed)
    fields = np.array([_field(placed[groups == group], low, cell, len(placed)) for group in range(n_groups)])
    middle = placed.median().to_numpy(dtype=float)
    drawn = []
    for group in range(n_groups):
        members = placed[groups == group].to_numpy(dtype=float)
        rings = _rings(fields, group, low, cell) if len(members) >= _FEWEST else []
        if rings:
            drawn.append(
                {"group": group, "rings": [_flat(ring) for ring in rings], "name": _name_point(rings, members, middle)}
            )
    return drawn


def _frame(placed: pd.DataFrame) -> tuple[Floats, float]:
    low = placed.min().to_numpy(dtype=float)
    side = float((placed.max() - placed.min()).max())
    cell = max(side, 1.0) / _GRID
    return low - _PADDING * cell, cell


def _field(members: pd.DataFrame, low: Floats, cell: float, n: int) -> Floats:
    """Sum the members' kernels over the grid, in peaks of a lone kernel; wider where actors stand further apart."""
    size = _GRID + 2 * _PADDING + 1
    column, row = ((members.to_numpy(dtype=float) - low) / cell).astype(int).T
    field = np.zeros((size, size))
    np.add.at(field, (row, column), 1.0)
    spread = min(5.5, max(2.4, 0.42 * _GRID / np.sqrt(n)))
    smooth: Floats = gaussian_filter(field, spread, mode="constant") * 2 * np.pi * spread**2
    return smooth


def _rings(fields: Floats, group: int, low: Floats, cell: float) -> list[Floats]:
    others: Mapping[int, Floats] = {other: field for other, field in enumerate(fields) if other != group}
    rival = np.maximum.reduce([np.full_like(fields[group], _LEVEL), *others.values()])
    lines = contour_generator(z=fields[group] - rival).lines(0.0)
    rings = [np.asarray(line, dtype=float) * cell + low + cell / 2 for line in lines if isinstance(line, np.ndarray)]
    largest = max((_area(ring) for ring in rings), default=0.0)
    return [ring for ring in rings if _area(ring) > 0.08 * largest]


def _area(ring: Floats) -> float:
    x, y = ring.T
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2


def _flat(ring: Floats) -> list[int]:
    return [int(value) for value in np.round(ring[::2] if len(ring) > 40 else ring).ravel()]  # noqa: PLR2004 (smooth enough)


def _name_point(rings: list[Floats], members: Floats, middle: Floats) -> list[int]:
    """Put the name outside the largest ring, on the side away from the map's middle."""
    ring = max(rings, key=_area)
    away = np.median(members, axis=0) - middle
    away = away / (np.hypot(*away) or 1.0)
    out = ring[int(np.argmax(ring @ away))]
    return [int(value) for value in np.round(out + away * np.array([18.0, 16.0]))]
