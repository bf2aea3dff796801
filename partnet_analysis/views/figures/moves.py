"""Who came and who left, year by year."""

from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import SMALL, blank, settings, settled
from partnet_analysis.views.palette import COLOURS, GRID, INK, MUTED


def moves_figure(review: Review, language: str) -> Figure:
    """
    Draw the entries and exits of each year.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    figure
        Entries upwards, exits downwards, for each calendar year of the records; coordinators left out, and those who were
        there when the records began.
    """
    counts = review.moves
    with settings():
        figure, axes = blank(1.9, width=3.3)
        for place, (entries, exits) in enumerate(counts[["entries", "exits"]].itertuples(index=False, name=None)):
            axes.bar(place, entries, width=0.55, color=COLOURS[2])
            axes.bar(place, -exits, width=0.55, color=COLOURS[5])
            axes.text(place, entries + 0.15, f"+{entries}", ha="center", va="bottom", fontsize=SMALL, color=INK)
            axes.text(place, -exits - 0.15, f"−{exits}", ha="center", va="top", fontsize=SMALL, color=INK)
        reach = max(int(counts[["entries", "exits"]].to_numpy().max(initial=1)), 1) * 1.25 + 0.8
        axes.axhline(0, color=GRID, linewidth=1)
        axes.set_ylim(-reach, reach)
        axes.set_xlim(-0.7, max(len(counts), 3) - 0.3)
        axes.set_yticks([reach / 2, -reach / 2], [say(language, f"figures.moves.{side}") for side in ("entries", "exits")])
        axes.set_xticks(range(len(counts)), [str(year) for year in counts.index])
        axes.tick_params(axis="y", labelcolor=MUTED)
    return settled(figure)
