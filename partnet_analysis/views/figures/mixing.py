"""Which sectors meet which."""

import numpy as np
import pandas as pd
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from partnet_analysis.messages import say
from partnet_analysis.review import Review
from partnet_analysis.views.figures.style import SMALL, blank, drawable, settings, settled
from partnet_analysis.views.palette import GRID, INK, PAPER, SEQUENCE, category_marks

_SHOWN = 12
_DARK_FROM = 3


def mixing_figure(review: Review, language: str) -> Figure:
    """
    Draw how far each two sectors meet.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        For each two sectors, the pairs of partners tied over those that there could be, coordinators left out: dark where
        nearly everybody has met.
    """
    shares = tied_shares(review)
    with settings():
        figure, axes = blank(1.6 + 0.42 * len(shares))
        classes = np.ceil(np.nan_to_num(shares.to_numpy()) * len(SEQUENCE))
        colours = ListedColormap([PAPER, *SEQUENCE])
        axes.pcolormesh(classes, cmap=colours, vmin=-0.5, vmax=len(SEQUENCE) + 0.5, edgecolors=GRID, linewidth=0.8)
        for (row, column), share in np.ndenumerate(shares.to_numpy()):
            text = "–" if np.isnan(share) else say(language, "figures.percent", n=round(100 * share))
            colour = PAPER if classes[row, column] > _DARK_FROM else INK
            axes.text(column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=7, color=colour)
        labels = [drawable(str(sector), 26) for sector in shares.index]
        axes.set_yticks(np.arange(len(labels)) + 0.5, labels)
        axes.set_xticks(np.arange(len(labels)) + 0.5, labels, rotation=35, ha="left", rotation_mode="anchor")
        axes.invert_yaxis()
        axes.xaxis.tick_top()
        axes.tick_params(labelsize=SMALL)
    return settled(figure)


def tied_shares(review: Review) -> pd.DataFrame:
    """
    Share out the ties among sectors.

    Parameters
    ----------
    review
        The review.

    Returns
    -------
    shares
        Sector by sector, the most frequent first: tied pairs over possible pairs; missing where there is no pair.
    """
    actors = review.network.without_coordinators.actors.set_index("actor_id")
    order = list(category_marks(actors["sector"]))[:_SHOWN]
    sector = actors["sector"]
    ties = review.network.without_coordinators.ties
    tied = pd.crosstab(ties["source_id"].map(sector), ties["target_id"].map(sector)).reindex(
        index=order, columns=order, fill_value=0
    )
    both = tied.to_numpy() + tied.to_numpy().T - np.diag(np.diag(tied.to_numpy()))
    sizes = sector.value_counts().reindex(order).to_numpy(dtype=float)
    possible = np.outer(sizes, sizes)
    np.fill_diagonal(possible, sizes * (sizes - 1) / 2)
    shares = np.divide(both, possible, out=np.full(possible.shape, np.nan), where=possible > 0)
    return pd.DataFrame(shares, index=pd.Index(order), columns=pd.Index(order))
