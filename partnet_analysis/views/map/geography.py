"""The geographic view: actors where they are, over an outline of the commune; no tile, no server."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis.views.map.separation import apart

WIDTH: Final = 1000.0
"""Width of the commune on the map, in pixels at scale 1."""
_RADIUS = 11.0


@dataclass(frozen=True, eq=False)
class Geography:
    """
    Where the actors are.

    Parameters
    ----------
    coordinates
        `longitude` and `latitude` in degrees (WGS 84), indexed by `actor_id`; actors may be missing.
    outline
        The commune's outline as GeoJSON (RFC 7946): a geometry, a feature or a collection of features with polygons; only
        their rings are drawn.
    """

    coordinates: pd.DataFrame
    outline: Mapping[str, Any]


def located(geography: Geography, roster: pd.Series) -> dict[str, Any]:
    """
    Project the actors and the outline onto the map.

    An equirectangular projection around the middle latitude: over a commune it errs by less than a symbol's width.

    Parameters
    ----------
    geography
        The coordinates and the outline.
    roster
        The actors' ids, in roster order.

    Returns
    -------
    located
        `x` and `y` in roster order, None where unknown; `outline`, rings of [x, y] points. Actors of one address are pushed
        apart.
    """
    known = geography.coordinates.reindex(pd.Index(roster))[["longitude", "latitude"]].astype(float).dropna()
    rings = list(_rings(geography.outline))
    points = np.vstack([known.to_numpy(), *(np.asarray(ring, dtype=float)[:, :2] for ring in rings), np.empty((0, 2))])
    if not len(points):
        return {"x": [None] * len(roster), "y": [None] * len(roster), "outline": []}
    low, high = points.min(axis=0), points.max(axis=0)
    stretch = np.array([np.cos(np.radians((low[1] + high[1]) / 2)), -1.0])
    span = max(float((high[0] - low[0]) * stretch[0]), float(high[1] - low[1]), 1e-9)
    scale = stretch * WIDTH / span
    middle = (low + high) / 2
    # Those of one address start on a small fan, so that they can be pushed apart.
    turn = np.arange(len(known)) * 2.4
    at = (known.to_numpy() - middle) * scale + 0.01 * np.column_stack([np.cos(turn), np.sin(turn)])
    placed = pd.DataFrame(apart(at, np.full(len(known), _RADIUS)).round(1), index=known.index).reindex(pd.Index(roster))
    x, y = ([None if np.isnan(value) else value for value in placed[axis].tolist()] for axis in (0, 1))
    outline = [((np.asarray(ring, dtype=float)[:, :2] - middle) * scale).round(1).tolist() for ring in rings]
    return {"x": x, "y": y, "outline": outline}


def _rings(shape: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Walk down to the polygons, whatever holds them, and take their rings."""
    parts = [*(shape.get("features") or ()), *(shape.get("geometries") or ()), shape.get("geometry") or {}]
    for part in parts:
        yield from _rings(part) if part else ()
    if shape.get("type") == "Polygon":
        yield from shape["coordinates"]
    if shape.get("type") == "MultiPolygon":
        yield from (ring for polygon in shape["coordinates"] for ring in polygon)
