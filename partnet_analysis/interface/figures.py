"""
The figures of the annual review, each of which shows itself in a notebook.

>>> import partnet_analysis as pn
>>> pn.figures.load(pn.review(pn.read("data/raw"), year=2025), language="en")
<Picture: How much each partner is asked, 2025>
"""

import base64
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from matplotlib.figure import Figure

from partnet_analysis.annual import Review
from partnet_analysis.interface.arguments import require, require_language
from partnet_analysis.messages import say
from partnet_analysis.views.figures import load_figure, network_figure, png_bytes, sectors_figure, svg_bytes

__all__ = ["Picture", "load", "network", "sectors"]


@dataclass(frozen=True, eq=False)
class Picture:
    """
    A figure that shows itself in a notebook, with words for those who cannot see it.

    Parameters
    ----------
    figure
        The matplotlib figure, to change or save as one likes.
    title
        What it shows.

    Examples
    --------
    >>> Picture(Figure(), "Nothing yet")
    <Picture: Nothing yet>
    """

    figure: Figure
    title: str

    def svg(self) -> bytes:
        """
        Write it as SVG.

        Returns
        -------
        content
            The file's content, the same on every run.
        """
        return svg_bytes(self.figure)

    def png(self, *, dpi: int = 200) -> bytes:
        """
        Write it as PNG.

        Parameters
        ----------
        dpi
            Dots for each inch.

        Returns
        -------
        content
            The file's content, the same on every run.
        """
        return png_bytes(self.figure, dpi=dpi)

    def _repr_html_(self) -> str:
        """Show it: an image cannot run anything, whatever the names in it."""
        source = base64.b64encode(self.svg()).decode()
        title = html.escape(self.title)
        image = f'<img alt="{title}" style="max-width:100%;background:#fff" src="data:image/svg+xml;base64,{source}">'
        return f'<figure style="margin:0"><figcaption style="font-weight:bold">{title}</figcaption>{image}</figure>'

    def __repr__(self) -> str:
        """Say what it shows."""
        return f"<Picture: {self.title}>"


def load(review: Review, *, language: str = "fr") -> Picture:
    """
    Draw how much each partner is asked, with the interval and the flag.

    Parameters
    ----------
    review
        The year, from `review`.
    language
        `fr` or `en`.

    Returns
    -------
    picture
        The figure, which shows itself in a notebook; `picture.figure` is matplotlib's.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> pn.figures.load(pn.review(pn.read("data/raw"), year=2025), language="en").title
    'How much each partner is asked, 2025'
    """
    return _drawn("load", load_figure, review, language)


def network(review: Review, *, language: str = "fr") -> Picture:
    """
    Draw the network of the year, as it is printed.

    Parameters
    ----------
    review
        The year, from `review`.
    language
        `fr` or `en`.

    Returns
    -------
    picture
        The figure, which shows itself in a notebook; `picture.figure` is matplotlib's.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> pn.figures.network(pn.review(pn.read("data/raw"), year=2025))
    <Picture: Le réseau du partenariat, 2025>
    """
    return _drawn("network", network_figure, review, language)


def sectors(review: Review, *, language: str = "fr") -> Picture:
    """
    Draw how many partners each sector has, and how many are active.

    Parameters
    ----------
    review
        The year, from `review`.
    language
        `fr` or `en`.

    Returns
    -------
    picture
        The figure, which shows itself in a notebook; `picture.figure` is matplotlib's.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> pn.figures.sectors(pn.review(pn.read("data/raw"), year=2025)).figure.get_axes()[0].name
    'rectilinear'
    """
    return _drawn("sectors", sectors_figure, review, language)


def __getattr__(name: str) -> NoReturn:
    """Name the figures to who asks for another."""
    message = f"pn.figures has no {name!r}; it offers {', '.join(__all__)}"
    raise AttributeError(message)


def _drawn(name: str, draw: Callable[[Review, str], Figure], review: Review, language: str) -> Picture:
    require(review, Review, f"figures.{name}")
    require_language(language, f"figures.{name}")
    title = say(language, f"interface.figures.{name}", period=str(review.period))
    return Picture(draw(review, language), title)
