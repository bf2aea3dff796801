"""How evenly the load is shared."""

from typing import Any

from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, blank, settings, settled
from partnet_analysis.views.palette import COLOURS, GRID, INK, MUTED


def lorenz_figure(review: Review, language: str) -> Figure:
    """
    Draw the Lorenz curve of the load.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        The share of the monthly load carried by the partners asked least, for every share of the partners at risk;
        the diagonal is the load shared evenly (Lorenz 1905, Publications of the American Statistical Association 9, 209).
    """
    partners, carried = (review.lorenz_curve[share].to_numpy() for share in ("share_of_partners", "share_of_load"))
    with settings():
        figure, axes = blank(2.4, width=3.6)
        axes.grid(color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.plot([0, 1], [0, 1], color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.plot(partners, carried, color=COLOURS[0], linewidth=2.2)
        axes.fill_between(partners, carried, partners, color=COLOURS[0], alpha=0.12, linewidth=0)
        even = say(language, "figures.lorenz.even")
        along: dict[str, Any] = {"rotation": 45, "rotation_mode": "anchor", "transform_rotates_text": True}
        axes.text(0.47, 0.51, even, fontsize=7, color=INK, ha="center", va="bottom", **along)
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_ticks([0, 0.25, 0.5, 0.75, 1], [say(language, "figures.percent", n=n) for n in (0, 25, 50, 75, 100)])
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1.001)
        axes.set_xlabel(say(language, "figures.lorenz.partners"), fontsize=SMALL)
        axes.set_ylabel(say(language, "figures.lorenz.carried"), fontsize=SMALL)
    return settled(figure)
