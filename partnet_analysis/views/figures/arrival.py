"""How long newcomers wait."""

from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, blank, settings, settled
from partnet_analysis.views.palette import COLOURS, GRID, MUTED

_EVENTS = {"first_presence": (COLOURS[0], "-"), "three_partners": (COLOURS[5], (0, (5, 2)))}


def arrival_figure(review: Review, language: str) -> Figure:
    """
    Draw how long newcomers wait for a first meeting, and for three partners met.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        For each event the share still waiting (Kaplan & Meier 1958), day by day from joining, with its 90 % interval.
    """
    curves = review.arrival_curves
    with settings():
        figure, axes = blank(2.1, width=4.2)
        axes.grid(color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        longest = max(float(curves["days"].max()), 30.0) * 1.05 if len(curves) else 30.0
        for event, (colour, dashes) in _EVENTS.items():
            curve = curves[curves["event"] == event]
            days = [0.0, *curve["days"].astype(float), longest]
            waiting = [1.0, *curve["share_waiting"].astype(float)]
            label = say(language, f"figures.arrival.{event}")
            axes.step(days, [*waiting, waiting[-1]], where="post", color=colour, linestyle=dashes, linewidth=2, label=label)
            known = curve.dropna(subset=["low", "high"])
            if len(known):
                bounds = known["low"].astype(float), known["high"].astype(float)
                axes.fill_between(known["days"].astype(float), *bounds, step="post", color=colour, alpha=0.1, linewidth=0)
        axes.set_xlim(0, longest)
        axes.set_ylim(0, 1.02)
        axes.set_yticks([0, 0.5, 1], [say(language, "figures.percent", n=n) for n in (0, 50, 100)])
        axes.set_xlabel(say(language, "figures.arrival.days"), fontsize=SMALL)
        figure.legend(loc="outside upper left", ncols=2, frameon=False, fontsize=SMALL, labelcolor=MUTED)
    return settled(figure)
