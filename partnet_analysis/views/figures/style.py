"""What all figures share: their canvas, their letters, their way into a file."""

import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from partnet_analysis.views.palette import GRID, INK, MUTED

WIDTH: Final = 7.2
"""Width of a figure in inches: the text column of an A4 page."""

SMALL: Final = 8.0
BODY: Final = 9.0
"""Sizes of letters in points."""

ON_PALE: Final = "#1e2430"
ON_DARK: Final = "#fefefe"
"""Ink on a filled cell: a hair off the inks of the page, so that a dark page, which turns those, leaves it alone."""

UNDRAWABLE: Final = "\N{WHITE SQUARE}"
"""What stands for a character that the font cannot draw."""

_SETTINGS: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": BODY,
    "text.parse_math": False,
    "text.usetex": False,
    "axes.edgecolor": GRID,
    "axes.labelcolor": MUTED,
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "svg.fonttype": "path",
    "svg.hashsalt": "partnet_analysis",
    "path.simplify": False,
}


@contextmanager
def settings() -> Iterator[None]:
    """
    Draw as this project draws, whatever the caller's matplotlib is set to.

    Yields
    ------
    None
        Nothing.
    """
    with mpl.rc_context({**mpl.rcParamsDefault, "backend": mpl.rcParams["backend"], **_SETTINGS}):
        yield


def blank(height: float, *, width: float = WIDTH) -> tuple[Figure, Axes]:
    """
    Open a figure with one plot in it.

    Parameters
    ----------
    height
        Its height in inches.
    width
        Its width in inches.

    Returns
    -------
    figure
        The figure, on a transparent ground so that pages choose their own.
    axes
        The plot, without frame.
    """
    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    figure.patch.set_facecolor("none")
    axes = figure.add_subplot()
    bare(axes)
    return figure, axes


def settled(figure: Figure) -> Figure:
    """
    Fix where everything in a figure stands, so that every drawing of it is the same.

    Parameters
    ----------
    figure
        The figure, which nobody else holds yet.

    Returns
    -------
    figure
        The same figure.
    """
    with settings():
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    return figure


def bare(axes: Axes) -> None:
    """
    Take a plot's frame away: only what carries a value stays.

    Parameters
    ----------
    axes
        The plot.
    """
    axes.patch.set_alpha(0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, labelsize=SMALL)


def drawable(text: str, limit: int = 40) -> str:
    """
    Make a text that the figures' font can draw.

    Parameters
    ----------
    text
        The text.
    limit
        The number of characters after which it is cut.

    Returns
    -------
    text
        Without control and direction marks, other characters that the font lacks replaced by `UNDRAWABLE`; on one line.

    Examples
    --------
    >>> drawable("Caf\u00e9 \u6f22")
    'Café □'
    """
    kept = [
        character for character in " ".join(text.split()) if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
    ]
    drawn = "".join(character if font_has(character) else UNDRAWABLE for character in kept)
    return drawn if len(drawn) <= limit else f"{drawn[: limit - 1].rstrip()}…"


def font_has(character: str) -> bool:
    """
    Tell whether the figures' font can draw a character.

    Parameters
    ----------
    character
        One character.

    Returns
    -------
    drawable
        True if the font has a glyph for it.
    """
    return ord(character) in _characters()


@cache
def _characters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap())


def svg_bytes(figure: Figure) -> bytes:
    """
    Write a figure as SVG.

    Parameters
    ----------
    figure
        The figure.

    Returns
    -------
    content
        The same bytes on every run: no date, fixed identifiers; letters are outlines, so it looks the same everywhere.
    """
    written = io.BytesIO()
    with settings():
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return written.getvalue()


def png_bytes(figure: Figure, *, dpi: int = 200) -> bytes:
    """
    Write a figure as PNG.

    Parameters
    ----------
    figure
        The figure.
    dpi
        Dots for each inch.

    Returns
    -------
    content
        The same bytes on every run, on a white ground.
    """
    written = io.BytesIO()
    with settings():
        figure.savefig(written, format="png", dpi=dpi, facecolor="white", metadata={"Software": None})
    return written.getvalue()
