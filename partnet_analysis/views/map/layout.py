"""
Where each actor stands: computed once over all periods, so that nobody moves when the reader changes the year.

The coordinators stand at the centre and outside the forces: tied to nearly everybody, they would pull all into one ball.
Each sector has an anchor on an ellipse, sectors that share many ties side by side; ties attract, actors repel, and overlaps
are pushed apart at the end. Everything is arithmetic from a fixed start: the same records give the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.spatial import cKDTree

from partnet_analysis.views.map.separation import apart, labels_apart

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

ASPECT = 1.35
"""Width over height of the picture, as a screen with its panels leaves it."""
HUB_RADIUS = 34.0
SYMBOL_RADIUS = 18.0
_STRONGEST = 6
"""Each actor attracts its strongest partners only: the weak ties of a plenary would pull everybody together."""
_EXACT = 250
"""Up to so many actors, every pair repels exactly; above, near pairs do, and far ones as coarse crowds."""
_LABELLED = 400
"""Up to so many actors, room is made for every name."""
_NEAR = 3.0
_CELLS = 12
_FAR_EVERY = 3
"""The far crowds hardly move within a round or two."""
_GOLDEN = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True)
class _Forces:
    """What acts on the actors: pairs `i`, `j` that attract by `weight`, and anchors that hold by `hold`."""

    i: Integers
    j: Integers
    weight: Floats
    anchors: Floats
    hold: Floats


def positions(
    actor_ids: Sequence[str], ties: pd.DataFrame, *, groups: pd.Series, hubs: Sequence[str], names: Sequence[str]
) -> pd.DataFrame:
    """
    Place the actors.

    Parameters
    ----------
    actor_ids
        Who is placed, in roster order.
    ties
        `source_id`, `target_id` and `strength` over all periods, without the coordinators; each pair once.
    groups
        The actors' sectors, indexed by actor; missing values form a group of their own.
    hubs
        The coordinators among the actors.
    names
        The actors' names, for which room is made.

    Returns
    -------
    positions
        `x` and `y` indexed by `actor_id`, in pixels at scale 1, the centre near (0, 0), y downwards.
    """
    ids = pd.Index(actor_ids, name="actor_id")
    hub_rows = ids.get_indexer(pd.Index(list(hubs)))
    free = np.setdiff1d(np.arange(len(ids)), hub_rows)
    xy = np.zeros((len(ids), 2))
    if len(free):
        codes = pd.factorize(groups.reindex(ids[free]), sort=True, use_na_sentinel=False)[0]
        xy[free] = _free_positions(_strongest(ids[free], ties), codes.astype(np.int64))
    xy[hub_rows, 0] = (np.arange(len(hub_rows)) - (len(hub_rows) - 1) / 2) * 3 * HUB_RADIUS
    radii = np.full(len(ids), SYMBOL_RADIUS if len(ids) <= _LABELLED else SYMBOL_RADIUS / 2)
    radii[hub_rows] = HUB_RADIUS
    xy = apart(xy, radii, fixed=hub_rows)
    if 1 < len(ids) <= _LABELLED:
        xy = labels_apart(xy, radii, names, fixed=hub_rows)
    return pd.DataFrame(np.round(_proportioned(xy), 1) + 0.0, index=ids, columns=["x", "y"])


def _proportioned(xy: Floats) -> Floats:
    """Stretch the shorter side to the screen's proportions: stretching, unlike shrinking, brings no two names together."""
    if not len(xy):
        return xy
    extent = np.maximum(np.ptp(xy, axis=0), 1.0)
    wanted = np.array([ASPECT * extent[1], extent[0] / ASPECT]) / extent
    stretched: Floats = xy * np.clip(wanted, 1.0, 2.5)
    return stretched


def _free_positions(ties: tuple[Integers, Integers, Floats], codes: Integers) -> Floats:
    """Place everybody but the coordinators, in pixels."""
    i, j, weight = ties
    n = len(codes)
    anchors = _anchors(codes, i, j)
    degree = np.bincount(np.concatenate([i, j]), minlength=n)
    # Actors with few ties are held near their sector; well-tied ones go where their partners are.
    hold = (1.2 if codes.any() else 0.12) * (1 + 2.5 / (1 + degree))
    xy = _settled(_Forces(i, j, weight, anchors, hold), _start(anchors, codes))
    xy = _drawn_in(xy, codes)
    return _spread(_hollowed(xy - np.median(xy, axis=0)))


def _strongest(ids: pd.Index, ties: pd.DataFrame) -> tuple[Integers, Integers, Floats]:
    """Keep each actor's strongest ties, as row numbers and weights."""
    i, j = ids.get_indexer(pd.Index(ties["source_id"])), ids.get_indexer(pd.Index(ties["target_id"]))
    known = (i >= 0) & (j >= 0)
    i, j, strength = i[known], j[known], ties["strength"].to_numpy(dtype=float)[known]
    ends = np.concatenate([i, j])
    order = np.lexsort((np.tile(np.arange(len(i)), 2), -np.tile(strength, 2), ends))
    first = np.searchsorted(ends[order], ends[order])
    top = order[np.arange(len(order)) - first < _STRONGEST] % max(len(i), 1)
    kept = np.unique(top)
    return i[kept], j[kept], np.log1p(strength[kept]) / np.log(2)


def _anchors(codes: Integers, i: Integers, j: Integers) -> Floats:
    """Give each actor its sector's anchor: around an ellipse, in an order that keeps tied sectors adjacent."""
    n, k = len(codes), int(codes.max()) + 1
    if k == 1:
        return np.zeros((n, 2))
    mixing = np.zeros((k, k))
    np.add.at(mixing, (codes[i], codes[j]), 1)
    share = np.bincount(codes, minlength=k) / n * 0.6 + 0.4 / k
    angles = np.zeros(k)
    turn = -np.pi / 2
    for group in _circular_order(mixing + mixing.T):
        angles[group] = turn + share[group] * np.pi
        turn += 2 * np.pi * share[group]
    reach = 0.72 * np.sqrt(n) + 1
    ring = np.column_stack([np.cos(angles) * np.sqrt(ASPECT), np.sin(angles) / np.sqrt(ASPECT)])
    anchors: Floats = ring[codes] * reach
    return anchors


def _circular_order(mixing: Floats) -> list[int]:
    """Order sectors around a circle so that ties stay short: start from the most tied, then swap while it helps (2-opt)."""
    k = len(mixing)
    around = np.abs(np.subtract.outer(np.arange(k), np.arange(k)))
    around = np.minimum(around, k - around)
    order = [int(group) for group in np.argsort(-mixing.sum(axis=1), kind="stable")]
    best, better = _cost(mixing, around, order), k > 3  # noqa: PLR2004 (three on a circle are always adjacent)
    while better:
        better = False
        for first in range(1, k):
            for last in range(first + 1, k):
                turned = order[:first] + order[first : last + 1][::-1] + order[last + 1 :]
                cost = _cost(mixing, around, turned)
                if cost < best - 1e-9:
                    order, best, better = turned, cost, True
    return order


def _cost(mixing: Floats, around: Integers, order: list[int]) -> float:
    return float((mixing[np.ix_(order, order)] * around).sum())


def _start(anchors: Floats, codes: Integers) -> Floats:
    """Start each sector as a sunflower around its anchor: even, and without any chance."""
    place = pd.Series(codes).groupby(codes).cumcount().to_numpy()
    radius, angle = 0.75 * np.sqrt(place + 0.5), place * _GOLDEN
    start: Floats = anchors + np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return start


def _settled(forces: _Forces, start: Floats) -> Floats:
    """Let the forces act, in steps that shorten as it cools (Fruchterman & Reingold 1991)."""
    xy, n = start.copy(), len(start)
    rounds = 300 if n <= _EXACT else 120 if n <= 1500 else 60 if n <= 8000 else 30  # noqa: PLR2004 (time allowed)
    reduced = np.sqrt(np.sqrt(np.maximum(np.minimum(*_degrees(forces, n)), 1)))
    far = np.zeros_like(xy)
    for step in range(rounds):
        heat = 1.5 * (1 - step / rounds) ** 1.3 + 0.01
        if n > _EXACT and step % _FAR_EVERY == 0:
            far = _repulsion_far(xy)
        push = _repulsion_exact(xy) if n <= _EXACT else _repulsion_near(xy) + far
        gap = xy[forces.i] - xy[forces.j]
        pull = gap * (np.hypot(gap[:, 0], gap[:, 1]) * forces.weight / reduced)[:, None]
        push -= _ends(forces.i, forces.j, pull, n) + forces.hold[:, None] * (xy - forces.anchors)
        length = np.hypot(push[:, 0], push[:, 1]) + 1e-9
        xy += push / length[:, None] * np.minimum(length, heat)[:, None]
    return xy


def _degrees(forces: _Forces, n: int) -> tuple[Integers, Integers]:
    degree = np.bincount(np.concatenate([forces.i, forces.j]), minlength=n)
    return degree[forces.i], degree[forces.j]


def _ends(i: Integers, j: Integers, force: Floats, n: int) -> Floats:
    return np.column_stack([np.bincount(i, force[:, c], n) - np.bincount(j, force[:, c], n) for c in (0, 1)])


def _repulsion_exact(xy: Floats) -> Floats:
    gap = xy[:, None] - xy[None]
    return np.asarray((gap / ((gap**2).sum(axis=-1) + 1e-4)[..., None]).sum(axis=1))


def _repulsion_near(xy: Floats) -> Floats:
    pairs = cKDTree(xy).query_pairs(_NEAR, output_type="ndarray")
    gap = xy[pairs[:, 0]] - xy[pairs[:, 1]]
    return _ends(pairs[:, 0], pairs[:, 1], gap / ((gap**2).sum(axis=1) + 1e-4)[:, None], len(xy))


def _repulsion_far(xy: Floats) -> Floats:
    """Repel from the crowds of a coarse grid, but not from those so near that `_repulsion_near` counted them."""
    low = xy.min(axis=0)
    side = float((xy.max(axis=0) - low).max()) + 1e-9
    cell = np.minimum((_CELLS * (xy - low) / side).astype(int), _CELLS - 1)
    key = cell[:, 0] * _CELLS + cell[:, 1]
    crowd = np.bincount(key, minlength=_CELLS**2)
    full = np.flatnonzero(crowd)
    centre = np.column_stack([np.bincount(key, xy[:, c], _CELLS**2)[full] for c in (0, 1)]) / crowd[full, None]
    gap = xy[:, None] - centre[None]
    square = (gap**2).sum(axis=-1)
    return np.asarray((gap * np.where(square > _NEAR**2, crowd[full] / np.maximum(square, 1e-9), 0)[..., None]).sum(axis=1))


def _drawn_in(xy: Floats, codes: Integers) -> Floats:
    """Draw outliers in, towards their sector and then the centre, so that nobody stretches the picture."""
    middles = pd.DataFrame(xy).groupby(codes).transform("median").to_numpy()
    for centre in (middles, np.median(xy, axis=0)[None]):
        gap = xy - centre
        length = np.hypot(gap[:, 0], gap[:, 1]) + 1e-9
        reach = np.quantile(length, 0.85) + 1e-9
        soft = reach + 0.35 * reach * np.tanh((length - reach) / (0.35 * reach))
        xy = centre + gap * np.where(length > reach, soft / length, 1)[:, None]
    return xy


def _hollowed(xy: Floats) -> Floats:
    """Leave a clear disc for the coordinators."""
    length = np.hypot(xy[:, 0], xy[:, 1]) + 1e-9
    hole = 0.22 * np.quantile(length, 0.9)
    hollowed: Floats = xy * (np.sqrt(length**2 + hole**2) / length)[:, None]
    return hollowed


def _spread(xy: Floats) -> Floats:
    """Stretch to the screen's proportions, with room for each actor: more where names shall fit."""
    n = len(xy)
    cell = 118 * 66 if n <= 150 else 92 * 60 if n <= _LABELLED else 60 * 48 if n <= 2500 else 44 * 40  # noqa: PLR2004
    height = np.sqrt(n * cell / ASPECT)
    extent = np.maximum(np.quantile(np.abs(xy), 0.98, axis=0) * 2, 1e-9)
    spread: Floats = xy * (np.array([ASPECT * height, height]) / extent)
    return spread
