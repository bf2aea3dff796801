"""
The colours and shapes of every document.

Eight colours and no more: beyond, a reader no longer tells them apart, and what is left is drawn as "others". They keep at
least 15 CIELAB units between any two, for normal sight and for the three colour-vision deficiencies alike (a test measures
it), and every colour comes with a shape of its own, so that nothing is said by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd


@dataclass(frozen=True)
class Mark:
    """
    How one category is drawn.

    Parameters
    ----------
    colour
        The fill, as `#rrggbb`.
    shape
        One of `SHAPES`, the map's names of shapes; `MATPLOTLIB_MARKERS` translates.
    """

    colour: str
    shape: str

    @property
    def edge(self) -> str:
        """The outline: dark enough to be seen on white whatever the fill (contrast of 3 or more)."""
        return shade(self.colour, EDGE_SHADE)


COLOURS: Final = ("#1F6FB5", "#F0A830", "#2A9D78", "#CC66AA", "#7CC7EE", "#C9510C", "#4B2A63", "#6B4A1E")
"""Blue, amber, green, pink, sky, vermilion, plum, brown."""

SHAPES: Final = ("circle", "square", "triangle", "diamond", "hexagon", "triangle_down", "pentagon", "star")

MATPLOTLIB_MARKERS: Final = {
    "circle": "o",
    "square": "s",
    "triangle": "^",
    "diamond": "D",
    "hexagon": "h",
    "triangle_down": "v",
    "pentagon": "p",
    "star": "*",
}

EDGE_SHADE: Final = 0.62
"""By how much an outline is darker than its fill."""

MARKS: Final = tuple(Mark(colour, shape) for colour, shape in zip(COLOURS, SHAPES, strict=True))
OTHERS: Final = Mark("#B9C0C8", "circle")
"""What comes after the eighth category, and what is unknown."""

COORDINATOR: Final = Mark("#222831", "square")
ALERT: Final = "#C8102E"
"""The over-solicited: a ring, never a fill."""
WATCH: Final = "#B45F06"
INK: Final = "#1D2430"
MUTED: Final = "#5A6472"
GRID: Final = "#D9DEE5"
PAPER: Final = "#FFFFFF"

LOAD_MARKS: Final = {
    "over_solicited": Mark("#C9510C", "diamond"),
    "watch": Mark("#F0A830", "triangle"),
    "usual": Mark("#7CC7EE", "circle"),
}
"""How each flag of `names.FLAGS` is drawn."""

SEQUENCE: Final = ("#D9E7F3", "#A9CBE5", "#6AA5D0", "#2F78B3", "#0B4A84")
"""From little to much."""


def category_marks(values: pd.Series) -> dict[str, Mark]:
    """
    Give each category a colour and a shape.

    Parameters
    ----------
    values
        One category for each actor; missing values get none.

    Returns
    -------
    marks
        The categories, the most frequent first (equals by name); from the ninth on all are drawn as `OTHERS`.

    Examples
    --------
    >>> category_marks(pd.Series(["Sport", "Santé", "Santé"]))["Santé"].colour
    '#1F6FB5'
    """
    counts = values.dropna().astype(str).value_counts()
    ordered = sorted(counts.index, key=lambda name: (-int(counts[name]), name))
    return {name: MARKS[place] if place < len(MARKS) else OTHERS for place, name in enumerate(ordered)}


def shade(colour: str, factor: float) -> str:
    """
    Darken a colour.

    Parameters
    ----------
    colour
        The colour, as `#rrggbb`.
    factor
        What is left of its light: 1 leaves it as it is, 0 makes black.

    Returns
    -------
    darker
        The colour, as `#rrggbb`.

    Examples
    --------
    >>> shade("#F0A830", 0.5)
    '#785418'
    """
    return "#" + "".join(f"{round(channel * factor):02X}" for channel in rgb(colour))


def rgb(colour: str) -> Sequence[int]:
    """
    Read a colour.

    Parameters
    ----------
    colour
        The colour, as `#rrggbb`.

    Returns
    -------
    channels
        Red, green and blue, from 0 to 255.
    """
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
