"""Territories side by side: a dot for each value, a line for its interval."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from babel.numbers import format_percent
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from partnet_analysis.messages import say
from partnet_analysis.territories import Territory
from partnet_analysis.views.figures.style import SMALL, WIDTH, bare, drawable, settings, settled
from partnet_analysis.views.palette import COLOURS, GRID, INK, MUTED

_ROW: Final = 0.3
_MARGINS: Final = 0.75
_LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}


def intervals_figure(
    territories: Sequence[Territory], figures: Sequence[str], labels: Sequence[str], language: str
) -> Figure:
    """
    Draw shares of several territories side by side.

    Parameters
    ----------
    territories
        The territories, in the order to draw them.
    figures
        The shares to draw, one panel each.
    labels
        The name of each territory.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        One row for each territory; the line spans the 90 % interval where there is one.
    """
    with settings():
        figure = Figure(figsize=(WIDTH, _MARGINS + _ROW * len(territories)), layout="constrained")
        figure.patch.set_facecolor("none")
        panels = np.atleast_1d(figure.subplots(1, len(figures), sharey=True))
        for panel, name in zip(panels, figures, strict=True):
            _draw(panel, territories, name, language)
        panels[0].set_yticks(range(len(territories)), [drawable(label, 28) for label in labels])
        panels[0].invert_yaxis()
    return settled(figure)


def _draw(panel: Axes, territories: Sequence[Territory], name: str, language: str) -> None:
    bare(panel)
    panel.set_title(say(language, f"territories.figure.{name}.label"), fontsize=SMALL, color=INK, loc="left")
    rows = [one.figures.loc[name] for one in territories]
    reach = max([float(np.nanmax([row["value"], row["high"]])) for row in rows if not np.isnan(row["value"])], default=1.0)
    for place, row in enumerate(rows):
        panel.axhline(place, color=GRID, linewidth=0.6, zorder=0)
        if np.isnan(row["value"]):
            panel.text(0, place, say(language, "review.unknown"), fontsize=SMALL, color=MUTED, va="center")
            continue
        if not np.isnan(row["low"]):
            panel.plot(
                [row["low"], row["high"]], [place, place], color=COLOURS[0], linewidth=2, solid_capstyle="butt", alpha=0.45
            )
        panel.plot(row["value"], place, marker="o", markersize=5, color=COLOURS[0], clip_on=False)
    panel.set_xlim(0, min(max(reach * 1.08, 0.1), 1.0 if reach <= 1 else reach))
    panel.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _percent(value, language)))
    panel.tick_params(axis="x", colors=MUTED)
    panel.locator_params(axis="x", nbins=5)
    panel.set_ylim(-0.6, len(territories) - 0.4)


def _percent(value: float, language: str) -> str:
    return str(format_percent(value, format="0\u202f%" if language == "fr" else "0%", locale=_LOCALES[language]))
