"""The map, drawn once and for all: for paper, and for readers without scripts."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from partnet_analysis.messages import say
from partnet_analysis.review import Review
from partnet_analysis.views.figures.style import SMALL, WIDTH, blank, drawable, settings
from partnet_analysis.views.map.layout import SYMBOL_RADIUS, positions
from partnet_analysis.views.map.separation import FONT_SIZE, MAX_LABEL, label_width
from partnet_analysis.views.palette import (
    ALERT,
    COORDINATOR,
    INK,
    MATPLOTLIB_MARKERS,
    MUTED,
    OTHERS,
    PAPER,
    Mark,
    category_marks,
)

Point = tuple[float, float]
Box = tuple[float, float, float, float]

POINTS_PER_INCH: Final = 72
_LEGIBLE: Final = 3.6
"""Below so many points nobody reads a name; the interactive map has them all."""
_TRAY_COLUMNS: Final = 4
_STRONGEST: Final = 5
"""Of each actor, so many of its strongest ties are drawn: a plenary ties everybody, and a ball of wool says nothing."""


def network_figure(review: Review, language: str) -> Figure:
    """
    Draw the partnership's map.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        The actors near those they share the most with, coloured and shaped by sector, sized by the number of partners met;
        of each actor the strongest ties, those of the coordinators left out; a red ring marks those to spare, and those
        without any tie stand below.
    """
    tied, untied = _parted(review)
    placed = _layout(review, tied)
    places = placed | _tray(placed, untied)
    marks = category_marks(review.records.actors["sector"])
    with settings():
        figure, axes = blank(_height(places))
        axes.set_axis_off()
        axes.set_aspect("equal")
        scale = _frame(axes, places)
        _draw_ties(axes, review, places)
        _draw_actors(axes, review, places, marks, scale)
        _write_names(axes, review, places, scale)
        if untied:
            left, _, bottom = _extent(placed)
            text = say(language, "figures.network.untied", n=len(untied))
            axes.text(left - SYMBOL_RADIUS, bottom - 4.0 * SYMBOL_RADIUS, text, fontsize=SMALL, color=MUTED)
        _legend(figure, review, marks, language)
    return figure


def _frame(axes: Axes, places: Mapping[str, Point]) -> float:
    """Show everybody with room for names at the sides; tell how many points of print one unit of the layout takes."""
    across = [x for x, _ in places.values()]
    up = [y for _, y in places.values()]
    margin = label_width("m" * MAX_LABEL) / 2
    left, right = min(across) - margin, max(across) + margin
    axes.set_xlim(left, right)
    axes.set_ylim(min(up) - 2.5 * SYMBOL_RADIUS, max(up) + 2.5 * SYMBOL_RADIUS)
    return WIDTH * POINTS_PER_INCH / (right - left)


def _height(places: Mapping[str, Point]) -> float:
    across = [x for x, _ in places.values()]
    up = [y for _, y in places.values()]
    margin = label_width("m" * MAX_LABEL)
    ratio = (max(up) - min(up) + 5 * SYMBOL_RADIUS) / (max(across) - min(across) + margin)
    return min(max(WIDTH * ratio, 2.0), 9.0) + 0.9


def _parted(review: Review) -> tuple[list[str], list[str]]:
    degree = review.centrality["degree"].fillna(0)
    ids = [str(actor_id) for actor_id in degree.index]
    tied = [actor_id for actor_id in ids if degree[actor_id] > 0]
    return tied, [actor_id for actor_id in ids if degree[actor_id] == 0]


def _layout(review: Review, tied: list[str]) -> dict[str, Point]:
    """Place the tied actors as the interactive map does, upright on paper: y grows upwards here."""
    actors = review.records.actors.set_index("actor_id")
    placed = positions(
        tied,
        review.network.without_coordinators.ties,
        groups=actors["sector"],
        hubs=[actor_id for actor_id in review.records.coordinators if actor_id in set(tied)],
        names=[drawable(str(actors["name"][actor_id]), MAX_LABEL) for actor_id in tied],
    )
    return {str(actor_id): (float(x), -float(y)) for actor_id, x, y in placed.itertuples(name=None)}


def _tray(placed: Mapping[str, Point], untied: list[str]) -> dict[str, Point]:
    """Line up those without any tie below the others, in columns, with room for their names at the right."""
    left, right, bottom = _extent(placed)
    pitch = (right - left) / _TRAY_COLUMNS
    cells = [divmod(place, _TRAY_COLUMNS) for place in range(len(untied))]
    return {
        actor_id: (left + column * pitch, bottom - (2.6 + row) * 2.2 * SYMBOL_RADIUS)
        for actor_id, (row, column) in zip(untied, cells, strict=True)
    }


def _extent(placed: Mapping[str, Point]) -> tuple[float, float, float]:
    if not placed:
        return -300.0, 300.0, 0.0
    across = [x for x, _ in placed.values()]
    return min(across), max(across), min(y for _, y in placed.values())


def _draw_ties(axes: Axes, review: Review, places: Mapping[str, Point]) -> None:
    ties = _strongest(review.network.without_coordinators.ties)
    if ties.empty:
        return
    ends = [(places[source], places[target]) for source, target in zip(ties["source_id"], ties["target_id"], strict=True)]
    widths = 0.4 + 2.4 * np.sqrt(ties["strength"] / ties["strength"].max())
    axes.add_collection(LineCollection(ends, colors=MUTED, linewidths=widths, alpha=0.4, zorder=1))


def _strongest(ties: pd.DataFrame) -> pd.DataFrame:
    """Keep the strongest ties of each actor, seen from either end."""
    both = pd.concat([ties.assign(end=ties["source_id"]), ties.assign(end=ties["target_id"])])
    rank = both.groupby("end")["strength"].rank(method="first", ascending=False)
    return ties.loc[sorted(set(both.index[rank <= _STRONGEST]))]


def _draw_actors(axes: Axes, review: Review, places: Mapping[str, Point], marks: Mapping[str, Mark], scale: float) -> None:
    flag = review.solicitation["flag"]
    for actor_id, is_coordinator, sector in _roster(review):
        x, y = places[actor_id]
        mark = _mark(is_coordinator, sector, marks)
        size = (2 * scale * _radius(review, actor_id)) ** 2
        marker = MATPLOTLIB_MARKERS[mark.shape]
        axes.scatter(x, y, s=size, marker=marker, c=mark.colour, edgecolors=mark.edge, linewidths=0.6, zorder=3)
        if flag[actor_id] == "over_solicited":
            axes.scatter(x, y, s=size * 2.4, marker="o", facecolors="none", edgecolors=ALERT, linewidths=1.4, zorder=4)


def _roster(review: Review) -> Iterator[tuple[str, bool, object]]:
    roster = review.records.actors[["actor_id", "is_coordinator", "sector"]]
    return ((str(actor_id), bool(coordinates), sector) for actor_id, coordinates, sector in roster.itertuples(index=False))


def _radius(review: Review, actor_id: str) -> float:
    """Let the area grow with the partners met."""
    degree = review.centrality["degree"].fillna(0).astype(float)
    share = degree[actor_id] / max(degree.max(), 1.0)
    return float(SYMBOL_RADIUS * (0.42 + 0.58 * np.sqrt(share)))


def _mark(is_coordinator: bool, sector: object, marks: Mapping[str, Mark]) -> Mark:  # noqa: FBT001 (a column's value)
    return COORDINATOR if is_coordinator else marks.get(str(sector), OTHERS)


def _write_names(axes: Axes, review: Review, places: Mapping[str, Point], scale: float) -> None:
    """Write names where they fit, the most connected first; a name that would lie over another stays out."""
    degree = review.centrality["degree"].fillna(0)
    name = review.records.actors.set_index("actor_id")["name"]
    by_degree = degree.sort_values(ascending=False, kind="stable").index
    flagged = review.solicitation.index[review.solicitation["flag"] == "over_solicited"]
    taken: list[Box] = []
    for actor_id in dict.fromkeys([*review.records.coordinators, *flagged, *by_degree]):
        text = drawable(str(name[actor_id]), MAX_LABEL)
        x, y = places[actor_id]
        if degree[actor_id] == 0:
            at = x + 1.2 * SYMBOL_RADIUS
            axes.text(at, y, text, fontsize=min(scale * FONT_SIZE, SMALL), color=INK, va="center", zorder=5)
            continue
        below = y - _radius(review, actor_id) - FONT_SIZE * 0.85
        half = label_width(text) / 2
        box = (x - half, x + half, below - FONT_SIZE / 2, below + FONT_SIZE / 2)
        if any(_overlap(box, other) for other in taken) or scale * FONT_SIZE < _LEGIBLE:
            continue
        taken.append(box)
        axes.text(
            x,
            below,
            text,
            fontsize=min(scale * FONT_SIZE, SMALL),
            color=INK,
            ha="center",
            va="center",
            zorder=5,
            bbox={"facecolor": PAPER, "alpha": 0.7, "edgecolor": "none", "pad": 0.4},
        )


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _legend(figure: Figure, review: Review, marks: Mapping[str, Mark], language: str) -> None:
    shown: list[tuple[str, Mark]] = [(drawable(sector, 26), mark) for sector, mark in list(marks.items())[:8]]
    if len(marks) > len(shown):
        shown.append((say(language, "figures.sectors.others"), OTHERS))
    if review.records.coordinators:
        shown.append((say(language, "figures.network.coordinator"), COORDINATOR))
    handles = [_handle(label, mark) for label, mark in shown]
    if (review.solicitation["flag"] == "over_solicited").any():
        label = say(language, "figures.network.spared")
        handles.append(_handle(label, Mark("none", "circle"), edge=ALERT))
    if handles:
        figure.legend(handles=handles, loc="outside lower center", ncols=4, frameon=False, fontsize=SMALL, labelcolor=MUTED)


def _handle(label: str, mark: Mark, *, edge: str | None = None) -> Line2D:
    return Line2D(
        [],
        [],
        linestyle="",
        marker=MATPLOTLIB_MARKERS[mark.shape],
        color=mark.colour,
        markeredgecolor=edge or mark.edge,
        markeredgewidth=1.5 if edge else 0.8,
        markersize=8 if edge else 6.5,
        label=label,
    )
