"""The map as a still picture: the same positions and colours, names that do not overlap."""

import base64
import io
from textwrap import fill, wrap
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views import palette
from partnet_analysis.views.map.data import Scene, opening_threshold, scene

Floats = npt.NDArray[np.float64]

SCREEN: Final = (11.0, 7.6)
"""Inches: a notebook's page."""
PAPER: Final = (7.2, 7.1)
"""Inches: the text column of an A4 page, on which the letters stay large enough to be read."""
_PLACES: Final = ((0.0, -1.0), (0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, -0.8), (-1.0, -0.8), (1.0, 0.8), (-1.0, 0.8))
"""Where a name may stand: below, above, right, left, then the corners."""
_FAR: Final = (1, 3, 5, 8)
"""How many gaps away the name of a coordinator, or of one to spare, may stand where there is no room nearer."""
_MOST_LABELS = 90
_HEAD, _FOOT = 0.53, 0.95
"""Inches above and below the map, for what is said of it."""
_SIGNS_PER_INCH = 20
"""How many small letters stand side by side in an inch."""
_FONT_SIZE = 7.0


def map_figure(review: Review, language: str) -> Figure:
    """
    Draw the map as a still picture.

    Parameters
    ----------
    review
        The partnership's year, measured.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        A matplotlib figure, the same on every run: SVG, PNG or PDF as it is saved.
    """
    return scene_figure(scene(review, language), PAPER)


def scene_figure(drawn: Scene, size: tuple[float, float]) -> Figure:
    """
    Draw a scene as a still picture.

    Parameters
    ----------
    drawn
        The scene.
    size
        Width and height in inches.

    Returns
    -------
    figure
        A matplotlib figure.
    """
    width, height = size
    figure = Figure(figsize=size)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, _FOOT / height, 1.0, 1 - (_HEAD + _FOOT) / height))
    axes.set_axis_off()
    axes.set_aspect("equal", adjustable="datalim")
    axes.invert_yaxis()
    figure.text(0.0, 1 - 0.15 / height, drawn.title, fontsize=10, fontweight="bold", color=palette.INK)
    subtitle = " · ".join(part for part in (drawn.review.note, drawn.in_short) if part)
    told = fill(subtitle, int(_SIGNS_PER_INCH * width))
    figure.text(0.0, 1 - 0.22 / height, told, fontsize=7, color=palette.MUTED, verticalalignment="top")
    shown = _shown(drawn)
    _draw_territories(axes, drawn)
    _draw_ties(axes, drawn, shown)
    _draw_actors(axes, shown)
    axes.margins(0.02)
    axes.autoscale_view()
    # Names are placed in pixels: the axes must already have the proportions that drawing will give them.
    axes.apply_aspect()
    _write_names(axes, shown)
    _explain(figure, drawn, shown)
    return figure


def fallback_picture(drawn: Scene) -> str:
    """
    Draw the picture that an untrusted notebook shows.

    Parameters
    ----------
    drawn
        The scene.

    Returns
    -------
    png
        A PNG picture in base64.
    """
    buffer = io.BytesIO()
    scene_figure(drawn, SCREEN).savefig(buffer, format="png", dpi=90, metadata={"Software": None})
    return base64.b64encode(buffer.getvalue()).decode()


def _shown(drawn: Scene) -> pd.DataFrame:
    """List who is on the picture: `x`, `y`, `radius` (points), `mark`, `name`, `flag`, `is_coordinator`, biggest last."""
    actors = drawn.review.records.actors.set_index("actor_id")
    first = drawn.schemes[0]
    marks = [first.marks[category] for category in first.at(drawn.current)]
    strength = drawn.review.centrality["strength"].reindex(actors.index).fillna(0.0)
    partners = strength[~actors["is_coordinator"]]
    share = np.sqrt((strength / (partners.max() or 1.0)).clip(0, 1))
    frame = drawn.positions.assign(
        name=actors["name"],
        is_coordinator=actors["is_coordinator"],
        mark=pd.Series(marks, index=actors.index, dtype=object).mask(actors["is_coordinator"], palette.COORDINATOR),
        radius=np.where(actors["is_coordinator"], 9.0, 2.6 + 5.4 * share),
        is_over=(drawn.review.solicitation["flag"].reindex(actors.index) == "over_solicited"),
    )
    ties = drawn.review.network.main_ties
    tied = frame.index.isin([*ties["source_id"], *ties["target_id"]]) | frame["is_coordinator"]
    shown: pd.DataFrame = frame[tied & frame["x"].notna()]
    return shown.sort_values(["is_coordinator", "radius", "name"])


def _draw_territories(axes: Axes, drawn: Scene) -> None:
    for area in drawn.territories:
        colour = drawn.schemes[0].marks[area["group"]].colour
        rings = [np.reshape(ring, (-1, 2)) for ring in area["rings"]]
        path = Path.make_compound_path(*(Path(np.vstack([ring, ring[:1]]), closed=True) for ring in rings))
        axes.add_patch(PathPatch(path, facecolor=colour, alpha=0.12, linewidth=0))


def _draw_ties(axes: Axes, drawn: Scene, shown: pd.DataFrame) -> None:
    ties = drawn.review.network.without_coordinators.main_ties
    ties = ties[(ties["strength"] >= opening_threshold(drawn.review.current)) & ties["source_id"].isin(shown.index)]
    ties = ties[ties["target_id"].isin(shown.index)].sort_values(["strength", "source_id", "target_id"])
    alpha = float(np.clip(0.6 * np.sqrt(300 / max(len(ties), 1)), 0.12, 0.6))
    places = shown[["x", "y"]]
    for source, target, strength in zip(ties["source_id"], ties["target_id"], ties["strength"], strict=True):
        line = places.loc[[source, target]]
        axes.plot(
            line["x"], line["y"], color="#5B7796", alpha=alpha, linewidth=min(3.5, 0.35 + 0.4 * strength**0.5), zorder=2
        )


def _draw_actors(axes: Axes, shown: pd.DataFrame) -> None:
    for actor in shown.to_dict("records"):
        mark: palette.Mark = actor["mark"]
        diameter = 2 * actor["radius"]
        place = ([actor["x"]], [actor["y"]])
        if actor["is_over"]:
            ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": palette.ALERT, "markeredgewidth": 1.4}
            axes.plot(*place, marker="o", markersize=diameter + 6, linestyle="", zorder=4, **ring)
        axes.plot(
            *place,
            marker=palette.MATPLOTLIB_MARKERS[mark.shape],
            markersize=diameter,
            markerfacecolor=mark.colour,
            markeredgecolor=mark.edge,
            markeredgewidth=0.7,
            linestyle="",
            zorder=5,
        )


def _write_names(axes: Axes, shown: pd.DataFrame) -> None:
    """Write names in four places around their symbols, greedily, never one over another or over a symbol."""
    figure = axes.figure
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]  # scene_figure gave it an Agg canvas
    points = axes.transData.transform(shown[["x", "y"]].to_numpy(dtype=float))
    pixels = figure.dpi / 72
    radii = shown["radius"].to_numpy(dtype=float) * pixels * 1.15
    symbols = np.column_stack([points - radii[:, None], points + radii[:, None]])
    frame = np.asarray(axes.get_window_extent(renderer).extents, dtype=float)
    taken = np.empty((0, 4))
    order = shown.reset_index(drop=True).sort_values(["is_coordinator", "is_over", "radius"], ascending=False).index
    for row in order[:_MOST_LABELS]:
        actor = shown.iloc[row]
        bold = bool(actor["is_coordinator"] or actor["is_over"])
        text = axes.text(0, 0, _cut(actor["name"]), fontsize=_FONT_SIZE, color=palette.INK, zorder=6)
        text.set_fontweight("bold" if bold else "normal")
        extent = text.get_window_extent(renderer)
        others = np.vstack([np.delete(symbols, row, axis=0), taken])
        gap = radii[row] + (5.0 if actor["is_over"] else 2.0) * pixels
        size = (extent.width, extent.height)
        tried = (_free_box(points[row], size, times * gap, others, frame) for times in (_FAR if bold else (1,)))
        box = next((found for found in tried if found is not None), None)
        if box is None:
            text.remove()
            continue
        taken = np.vstack([taken, box])
        text.set_position(tuple(axes.transData.inverted().transform((box[:2] + box[2:]) / 2)))
        text.set_horizontalalignment("center")
        text.set_verticalalignment("center_baseline")


def _free_box(point: Floats, size: tuple[float, float], gap: float, others: Floats, frame: Floats) -> Floats | None:
    half = np.array(size) / 2 + 1
    for dx, dy in _PLACES:
        centre = point + np.array([dx * (gap + half[0]), dy * (gap + half[1])])
        box = np.concatenate([centre - half, centre + half])
        inside = (box[:2] >= frame[:2]).all() and (box[2:] <= frame[2:]).all()
        hit = ((others[:, :2] < box[2:]) & (others[:, 2:] > box[:2])).all(axis=1).any()
        if inside and not hit:
            return box
    return None


def _cut(name: str) -> str:
    return name if len(name) <= 28 else name[:27] + "…"  # noqa: PLR2004 (as on the page)


def _explain(figure: Figure, drawn: Scene, shown: pd.DataFrame) -> None:
    """Add the legend, what the rings mean, and who has no tie at all."""
    first = drawn.schemes[0]
    used = sorted(set(first.at(drawn.current)))
    handles = [_handle(first.marks[category], first.labels[category]) for category in used]
    if shown["is_coordinator"].any():
        handles.append(_handle(palette.COORDINATOR, say(drawn.language, "map.page.coordinator")))
    ring: dict[str, Any] = {
        "markerfacecolor": "none",
        "markeredgecolor": palette.ALERT,
        "markeredgewidth": 1.4,
        "markersize": 9.0,
    }
    handles.append(Line2D([], [], marker="o", linestyle="", label=say(drawn.language, "map.page.over"), **ring))
    width, height = figure.get_size_inches()
    columns = max(int(width / 1.75), 1)
    legend: dict[str, Any] = {"loc": "upper left", "ncols": columns, "frameon": False, "fontsize": 7.5, "borderaxespad": 0}
    figure.legend(handles=handles, bbox_to_anchor=(0.0, (_FOOT - 0.05) / height), columnspacing=1.2, **legend)
    actors = drawn.review.records.actors
    untied = actors.loc[~actors["actor_id"].isin(shown.index), "name"]
    if len(untied):
        head = f"{say(drawn.language, 'map.page.tray_untied')} ({len(untied)})"
        line = say(drawn.language, "map.listed", head=head, names=", ".join(sorted(untied)))
        told = _two_lines(line, int(_SIGNS_PER_INCH * width))
        figure.text(0.0, 0.02 / height, told, fontsize=7, color=palette.MUTED, verticalalignment="bottom")


def _handle(mark: palette.Mark, label: str) -> Line2D:
    marker = palette.MATPLOTLIB_MARKERS[mark.shape]
    look: dict[str, Any] = {"markerfacecolor": mark.colour, "markeredgecolor": mark.edge, "markersize": 7.0}
    return Line2D([], [], marker=marker, linestyle="", label=label, **look)


def _two_lines(text: str, room: int) -> str:
    """Break a text into two lines at most; what finds no room is told to be missing."""
    lines = wrap(text, room)
    return "\n".join(lines) if len(lines) <= 2 else f"{lines[0]}\n{lines[1][: room - 2].rstrip(', ')}…"  # noqa: PLR2004 (two)
