"""What meetings cost, and whom they bring together."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, blank, drawable, settings, settled
from partnet_analysis.views.palette import COLOURS, GRID, INK

_NAMED = 12
_WIDE, _HIGH = 0.28, 0.16
"""The room a name takes, as a share of the plot's width and in powers of ten."""


def yield_figure(review: Review, language: str) -> Figure:
    """
    Draw each series of meetings by what it costs and what only it brings together.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        A mark for each series: person-hours across, pairs of partners tied by nothing else upwards, on a scale on which each
        step is ten times the one before; the dearest and the most fruitful are named.
    """
    series = review.series_value.dropna(subset=["person_hours"])
    series = series.assign(pairs=series["n_pairs_only_here"].fillna(0).astype(float))
    with settings():
        figure, axes = blank(3.2)
        axes.grid(color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.scatter(
            series["person_hours"].astype(float), series["pairs"], s=46, color=COLOURS[2], edgecolors=INK, linewidths=0.6
        )
        axes.set_yscale("symlog", linthresh=1)
        axes.set_ylim(-0.35, max(series["pairs"].max(), 10) * 2)
        axes.set_xlim(0, max(float(series["person_hours"].max()), 1.0) * 1.15)
        ticks = [tick for tick in (0, 1, 10, 100, 1000, 10000) if tick <= max(series["pairs"].max(), 10) * 2]
        axes.set_yticks(ticks, [say(language, "figures.number", n=tick) for tick in ticks])
        axes.minorticks_off()
        for name, at in _named(series):
            axes.annotate(drawable(name, 30), at, (6, 3), textcoords="offset points", fontsize=6.8, color=INK)
        axes.set_xlabel(say(language, "figures.yield.cost"), fontsize=SMALL)
        axes.set_ylabel(say(language, "figures.yield.pairs"), fontsize=SMALL)
    return settled(figure)


def _named(series: pd.DataFrame) -> Iterator[tuple[str, tuple[float, float]]]:
    """Name the most fruitful and the dearest, as long as no name lies over another."""
    fruitful = series.sort_values("pairs", ascending=False, kind="stable").index[: _NAMED // 2]
    dear = series.sort_values("person_hours", ascending=False, kind="stable").index[: _NAMED // 2]
    widest = max(float(series["person_hours"].max()), 1.0)
    taken: list[tuple[float, float]] = []
    for name in dict.fromkeys([*fruitful, *dear]):
        at = (float(series["person_hours"][name]), float(series["pairs"][name]))
        place = (at[0] / widest, np.log10(1 + at[1]))
        if all(abs(place[0] - x) > _WIDE or abs(place[1] - y) > _HIGH for x, y in taken):
            taken.append(place)
            yield str(name), at
