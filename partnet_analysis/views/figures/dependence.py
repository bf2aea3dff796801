"""What is left of the partnership as its pillars leave."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, WIDTH, bare, blank, drawable, settings, settled
from partnet_analysis.views.palette import COLOURS, GRID, INK, MUTED


def dependence_figure(review: Review, language: str) -> Figure:
    """
    Draw what is left without the coordinators, and as the strongest partners leave after them.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        Two plots: the closeness left in each scenario, the whole partnership being 100; and its course as partners leave one
        after the other, the partnership without its coordinators being 100.
    """
    with settings():
        figure, axes = blank(2.25, width=WIDTH)
        axes.remove()
        left, right = figure.subplots(1, 2, width_ratios=(1, 1.15))
        bare(left)
        bare(right)
        _draw_scenarios(left, review, language)
        _draw_course(right, review, language)
    return settled(figure)


def _draw_scenarios(axes: Axes, review: Review, language: str) -> None:
    kept = (1 - review.dependence["dependence"]).astype(float)
    for place, (scenario, share) in enumerate(kept.items()):
        if np.isnan(share):
            text = say(language, "figures.dependence.unknown")
        else:
            text = say(language, "figures.percent", n=round(100 * share))
            axes.barh(place, share, height=0.6, color=COLOURS[0] if scenario == "whole" else COLOURS[4])
        axes.text(0.02 if np.isnan(share) else max(share, 0) + 0.02, place, text, va="center", fontsize=SMALL, color=INK)
    labels = [say(language, f"figures.dependence.{scenario}") for scenario in kept.index]
    axes.set_yticks(range(len(labels)), labels)
    axes.set_xlim(0, max([1.0, *kept.dropna()]) * 1.18)
    axes.set_xticks([])
    axes.invert_yaxis()


def _draw_course(axes: Axes, review: Review, language: str) -> None:
    course = review.attrition["efficiency"].astype(float)
    start = float(course.iloc[0]) if len(course) else 0.0
    if not start > 0:
        axes.set_axis_off()
        axes.text(0.5, 0.5, say(language, "figures.dependence.unknown"), ha="center", fontsize=SMALL, color=MUTED)
        return
    axes.grid(axis="y", color=GRID, linewidth=0.6)
    axes.plot(course.index, course / start, marker="o", color=COLOURS[0], linewidth=2, markersize=4)
    axes.set_ylim(0, max(float((course / start).max()), 1.0) * 1.12)
    axes.set_yticks([0, 0.5, 1], [say(language, "figures.percent", n=n) for n in (0, 50, 100)])
    axes.set_xticks(list(course.index)[:: 2 if len(course) > 6 else 1])  # noqa: PLR2004 (more would crowd)
    axes.set_xlabel(say(language, "figures.dependence.gone"), fontsize=SMALL)
    _name_first(axes, review, [float(left) / start for left in course])


def _name_first(axes: Axes, review: Review, course: Sequence[float]) -> None:
    """Name the first partner to leave, unless it is a person."""
    actors = review.records.actors.set_index("actor_id")
    first = review.attrition["actor_id"].dropna().head(1)
    if first.empty or actors["kind"][first.iloc[0]] == "person":
        return
    text = drawable(f"− {actors['name'][first.iloc[0]]}", 30)
    axes.annotate(text, (1, course[1]), (1.2, course[1] + 0.05), fontsize=6.8, color=MUTED)
