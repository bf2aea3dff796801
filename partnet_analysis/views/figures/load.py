"""How much each partner is asked, with the interval and the threshold."""

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, blank, drawable, settings, settled
from partnet_analysis.views.palette import GRID, LOAD_MARKS, MATPLOTLIB_MARKERS, MUTED

_SHOWN = 24


def load_figure(review: Review, language: str) -> Figure:
    """
    Draw the monthly load of the partners asked most.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        A mark for each partner with its 90 % interval, the most asked first; persons by name.
    """
    load = _chosen(review)
    name = review.records.actors.set_index("actor_id")["name"]
    with settings():
        figure, axes = blank(0.8 + 0.19 * len(load))
        axes.grid(axis="x", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        for place, (_, row) in enumerate(load.iterrows()):
            mark = LOAD_MARKS.get(row["flag"], LOAD_MARKS["usual"])
            axes.plot([row["rate_low"], row["rate_high"]], [place, place], color=mark.colour, linewidth=2.2, alpha=0.45)
            marker = MATPLOTLIB_MARKERS[mark.shape]
            axes.plot(row["rate"], place, marker, color=mark.colour, markeredgecolor=mark.edge, markersize=6.5)
        axes.set_yticks(range(len(load)), [drawable(str(name[actor_id]), 44) for actor_id in load.index])
        axes.set_ylim(len(load) - 0.4, -0.6)
        axes.set_xlim(left=0)
        axes.set_xlabel(say(language, f"figures.load.{review.current.load_basis}"), fontsize=SMALL)
        _legend(figure, load, language)
    return settled(figure)


def _chosen(review: Review) -> pd.DataFrame:
    actors = review.records.actors.set_index("actor_id")
    load = review.solicitation[~actors["is_coordinator"].reindex(review.solicitation.index)]
    load = load.dropna(subset=["rate"])
    if (actors["kind"] == "person").mean() > 0.5:  # noqa: PLR2004 (most: more than half)
        order = actors["name"].reindex(load.index).str.casefold().sort_values(kind="stable").index
        return load.loc[order].head(_SHOWN)
    return load.sort_values("rate", ascending=False, kind="stable").head(_SHOWN)


def _legend(figure: Figure, load: pd.DataFrame, language: str) -> None:
    present = [flag for flag in names.FLAGS if (load["flag"] == flag).any()]
    handles = [
        Line2D(
            [],
            [],
            marker=MATPLOTLIB_MARKERS[LOAD_MARKS[flag].shape],
            color=LOAD_MARKS[flag].colour,
            markeredgecolor=LOAD_MARKS[flag].edge,
            linewidth=2.2,
            markersize=6.5,
            label=say(language, f"figures.load.flag.{flag}"),
        )
        for flag in present
    ]
    if handles:
        figure.legend(handles=handles, loc="outside upper right", ncols=3, frameon=False, fontsize=SMALL, labelcolor=MUTED)
