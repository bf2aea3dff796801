"""Which sectors meet which."""

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import ON_DARK, ON_PALE, SMALL, WIDTH, blank, drawable, settings, settled
from partnet_analysis.views.palette import GRID, INK, PAPER, SEQUENCE, category_marks

_SHOWN = 12
_DARK_FROM = 3


def mixing_figure(review: Review, language: str) -> Figure:
    """
    Draw how far each two sectors know each other.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        For each two sectors, the share of their pairs of partners who shared a small meeting or a contact, coordinators left
        out: dark where nearly all did.
    """
    shares = acquaintance_shares(review)
    with settings():
        figure, axes = blank(1.0 + 0.25 * len(shares), width=min(1.7 + 0.335 * len(shares), WIDTH))
        classes = np.ceil(np.nan_to_num(shares.to_numpy()) * len(SEQUENCE))
        colours = ListedColormap([PAPER, *SEQUENCE])
        axes.pcolormesh(classes, cmap=colours, vmin=-0.5, vmax=len(SEQUENCE) + 0.5, edgecolors=GRID, linewidth=0.8)
        for (row, column), share in np.ndenumerate(shares.to_numpy()):
            text = "–" if np.isnan(share) else say(language, "figures.percent", n=round(100 * share))
            level = classes[row, column]
            colour = ON_DARK if level > _DARK_FROM else ON_PALE if level > 0 else INK
            axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=7, color=colour)
        labels = [drawable(str(sector), 26) for sector in shares.index]
        axes.set_yticks(np.arange(len(labels)) + 0.5, labels)
        axes.set_xticks(np.arange(len(labels)) + 0.5, labels, rotation=35, ha="left", rotation_mode="anchor")
        axes.invert_yaxis()
        axes.xaxis.tick_top()
        axes.tick_params(labelsize=SMALL)
    return settled(figure)


def acquaintance_shares(review: Review) -> pd.DataFrame:
    """
    Lay out who knows whom, sector by sector.

    Parameters
    ----------
    review
        The review.

    Returns
    -------
    shares
        The coverage of `measures.mixing`, coordinators left out, as a square: sectors with a partner, the most frequent
        first, twelve at most.
    """
    actors = review.records.actors
    order = list(category_marks(actors.loc[~actors["is_coordinator"], "sector"]))[:_SHOWN]
    coverage = review.sector_mixing.set_index(["first", "second"])[f"acquaintance_coverage{names.WITHOUT_COORDINATORS}"]
    known = {frozenset(pair): float(share) for pair, share in coverage.astype(float).items() if isinstance(pair, tuple)}
    square = [[known[frozenset((row, column))] for column in order] for row in order]
    return pd.DataFrame(square, index=pd.Index(order), columns=pd.Index(order), dtype=float)
