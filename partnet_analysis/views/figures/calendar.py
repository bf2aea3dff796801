"""When partners are asked: the load of each month."""

from datetime import date

import numpy as np
import pandas as pd
from babel.dates import format_date
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import ON_DARK, ON_PALE, SMALL, blank, drawable, settings, settled
from partnet_analysis.views.palette import GRID, PAPER, SEQUENCE

_SHOWN, _MONTHS = 15, 24
_DARK_FROM = 3
"""From this class of `SEQUENCE` on, light figures are read better than dark ones."""


def calendar_figure(review: Review, language: str) -> Figure:
    """
    Draw when the partners with the highest load are asked.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        A row for each partner, a column for each month of the period, the darker the more; invitations and contacts received
        (presences and contacts where no invitation list exists). Persons stand by name.
    """
    counts = review.load_by_month.reindex(_chosen(review), fill_value=0).iloc[:, -_MONTHS:]
    name = review.records.actors.set_index("actor_id")["name"]
    with settings():
        figure, axes = blank(0.6 + 0.205 * len(counts))
        classes = _classes(counts)
        colours = ListedColormap([PAPER, *SEQUENCE])
        axes.pcolormesh(classes, cmap=colours, vmin=-0.5, vmax=len(SEQUENCE) + 0.5, edgecolors=GRID, linewidth=0.5)
        _write_counts(axes, counts, classes)
        axes.set_yticks(np.arange(len(counts)) + 0.5, [drawable(str(name[actor_id]), 44) for actor_id in counts.index])
        months = [_month(pd.Period(month, "M"), language) for month in counts.columns]
        axes.set_xticks(np.arange(len(months)) + 0.5, months)
        axes.invert_yaxis()
        axes.xaxis.tick_top()
        axes.set_xlabel(say(language, f"figures.calendar.{review.current.load_basis}"), fontsize=SMALL)
    return settled(figure)


def _chosen(review: Review) -> list[str]:
    actors = review.records.actors.set_index("actor_id")
    load = review.solicitation["n_load"].drop(list(review.records.coordinators)).dropna()
    load = load[load > 0]
    if (actors["kind"] == "person").mean() > 0.5:  # noqa: PLR2004 (most: more than half)
        ordered = actors["name"].reindex(load.index).str.casefold().sort_values(kind="stable").index
    else:
        ordered = load.sort_values(ascending=False, kind="stable").index
    return [str(actor_id) for actor_id in ordered[:_SHOWN]]


def _classes(counts: pd.DataFrame) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Sort counts into 0 and the classes of the palette, of equal width."""
    highest = max(int(counts.to_numpy().max(initial=1)), 1)
    classes: np.ndarray[tuple[int, int], np.dtype[np.int64]] = np.ceil(counts.to_numpy() * len(SEQUENCE) / highest).astype(
        np.int64
    )
    return classes


def _write_counts(axes: Axes, counts: pd.DataFrame, classes: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> None:
    for (row, column), value in np.ndenumerate(counts.to_numpy()):
        if value:
            colour = ON_DARK if classes[row, column] > _DARK_FROM else ON_PALE
            axes.text(column + 0.5, row + 0.5, str(int(value)), ha="center", va="center", fontsize=6.5, color=colour)


def _month(month: pd.Period, language: str) -> str:
    pattern = {"fr": "MMM", "en": "MMM"}[language]
    return str(format_date(date(month.year, month.month, 1), pattern, locale=language))
