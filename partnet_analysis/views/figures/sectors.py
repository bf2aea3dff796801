"""The partners of each sector, active ones and others."""

import pandas as pd
from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, blank, drawable, settings, settled
from partnet_analysis.views.palette import GRID, INK, MUTED, category_marks

_SHOWN = 12


def sectors_figure(review: Review, language: str) -> Figure:
    """
    Draw how many partners each sector has, and how many of them were seen in the period.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        One bar for each sector, coordinators not counted; the full part was seen at a meeting or in a contact.
    """
    counts = _counts(review, language)
    marks = category_marks(review.records.actors["sector"])
    with settings():
        figure, axes = blank(0.3 + 0.26 * len(counts), width=3.7)
        for place, (sector, n_all, n_active) in enumerate(counts.itertuples(name=None)):
            colour = marks[sector].colour if sector in marks else MUTED
            axes.barh(place, n_all, height=0.62, color=GRID)
            axes.barh(place, n_active, height=0.62, color=colour)
            label = say(language, "figures.sectors.value", n_active=n_active, n_all=n_all)
            axes.text(n_all + 0.02 * counts["n_partners"].max(), place, label, va="center", fontsize=SMALL, color=INK)
        axes.set_yticks(range(len(counts)), [drawable(str(sector)) for sector in counts.index])
        axes.set_xlim(0, counts["n_partners"].max() * 1.65)
        axes.set_xticks([])
        axes.invert_yaxis()
    return settled(figure)


def _counts(review: Review, language: str) -> pd.DataFrame:
    """Name the sector that is unknown, and put the smallest together where there are too many to draw."""
    counts = review.sectors[["n_partners", "n_active"]].astype("int64")
    counts.index = counts.index.fillna(say(language, "review.unknown"))
    if len(counts) <= _SHOWN:
        return counts
    others = counts.iloc[_SHOWN - 1 :].sum().to_frame(say(language, "figures.sectors.others")).T
    return pd.concat([counts.iloc[: _SHOWN - 1], others])
