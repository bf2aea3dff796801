"""The map, drawn once and for all: for paper, and for readers without scripts."""

from dataclasses import replace

from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.views.figures.style import drawable, settings
from partnet_analysis.views.map.static import map_figure


def network_figure(review: Review, language: str) -> Figure:
    """
    Draw the partnership's map.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        The interactive map as it opens: the same places, colours and shapes, with the names that fit; red rings mark those
        to spare, and those without any tie are named below.
    """
    with settings():
        return map_figure(_drawable(review), language)


def _drawable(review: Review) -> Review:
    """Let no name hold a character that the figures' font lacks."""
    actors = review.records.actors
    drawn = actors.assign(
        name=actors["name"].map(lambda name: drawable(str(name), 60)),
        sector=actors["sector"].map(lambda sector: drawable(str(sector), 40), na_action="ignore").astype("str"),
    )
    return replace(
        review,
        name=drawable(review.name, 90),
        note=drawable(review.note, 200),
        records=replace(review.records, actors=drawn),
    )
