"""
The annual review before it takes a form: sections of plain blocks, the same for HTML, PDF, Word and Excel.

Sections decide what is said; a form decides how it looks. Text is plain text in its final language: nothing in it is markup,
so no form has anything to interpret.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, Literal

from matplotlib.figure import Figure

from partnet_analysis.views.figures.style import WIDTH, svg_bytes

Kind = Literal["text", "count", "decimal", "index", "share", "day", "prose", "own"]
"""What a column holds, which decides how its values are written and aligned; `own`: each row says for itself."""

NUMERIC: Final = frozenset({"count", "decimal", "index", "share", "own"})
"""Kinds whose values stand flush right."""


_MANY: Final = 5
_MUCH_PROSE: Final = 2


@dataclass(frozen=True)
class Paragraph:
    """
    A paragraph.

    Parameters
    ----------
    text
        The paragraph.
    role
        `body`, `lead` (opens a section), `note` (small print) or `warning` (must not be missed).
    """

    text: str
    role: Literal["body", "lead", "note", "warning"] = "body"


@dataclass(frozen=True)
class Heading:
    """
    A heading inside a section.

    Parameters
    ----------
    text
        The heading.
    """

    text: str


@dataclass(frozen=True)
class Bullets:
    """
    A list of points.

    Parameters
    ----------
    items
        One text for each point.
    """

    items: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """
    Words in one tone.

    Parameters
    ----------
    text
        The words.
    strong
        Whether they are strong.
    emphasis
        Whether they are stressed.
    """

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True)
class Piece:
    """
    A paragraph of the service's own.

    Parameters
    ----------
    kind
        What it is.
    runs
        Its words.
    """

    kind: Literal["heading", "paragraph", "item"]
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Prose:
    """
    A text of the service's own.

    Parameters
    ----------
    pieces
        Its paragraphs.
    """

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class KeyFigure:
    """
    A big number.

    Parameters
    ----------
    key
        The figure's name in `essentials.json`.
    value
        The number; None where unknown.
    before
        The same a period earlier; None where not covered.
    label
        What is counted, in a few words.
    change
        How it changed, in a few words; empty where not covered.
    sentence
        What it means.
    """

    key: str
    value: int | None
    before: int | None
    label: str
    change: str
    sentence: str


@dataclass(frozen=True)
class KeyFigures:
    """
    The big numbers of the first page.

    Parameters
    ----------
    figures
        The numbers, in order.
    """

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Column:
    """
    A column of a table.

    Parameters
    ----------
    key
        The column's name in the CSV file that the table is drawn from.
    title
        Its heading.
    kind
        What it holds.
    """

    key: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class Row:
    """
    A row of a table.

    Parameters
    ----------
    key
        What the row is about: the value of the CSV's first column.
    cells
        One raw value for each column, as the measure gave it; prose as text.
    apart
        Whether the row stands apart from the others, as coordinators do.
    kind
        What the row's values are in columns of the kind `own`.
    goes_on
        Whether the row tells more of what the row above is about: on paper its first cell need not be said again.
    """

    key: str
    cells: tuple[Any, ...]
    apart: bool = False
    kind: Kind = "text"
    goes_on: bool = False


@dataclass(frozen=True)
class Table:
    """
    A table that its own caption explains.

    Parameters
    ----------
    key
        The table's name.
    title
        What it shows.
    reading
        How to read it, for somebody who never saw such a table.
    columns
        The columns.
    rows
        The rows.
    source
        The CSV file that holds all of it; empty where there is none.
    apart
        The heading of the rows that stand apart.
    note
        What is left out, and where to find it.
    """

    key: str
    title: str
    reading: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    source: str = ""
    apart: str = ""
    note: str = ""

    @property
    def has_long_rows(self) -> bool:
        """Whether the last column holds sentences that find no room beside the others on paper: they go below."""
        n_prose = sum(column.kind == "prose" for column in self.columns)
        return self.columns[-1].kind == "prose" and (len(self.columns) >= _MANY or n_prose > _MUCH_PROSE)


@dataclass(frozen=True, eq=False)
class Picture:
    """
    A figure.

    Parameters
    ----------
    key
        The figure's name, also that of its file.
    title
        What it shows.
    reading
        How to read it.
    alternative
        What it shows, for somebody who cannot see it.
    figure
        The drawing.
    """

    key: str
    title: str
    reading: str
    alternative: str
    figure: Figure

    @cached_property
    def svg(self) -> bytes:
        """The drawing as SVG, drawn once for all forms."""
        return svg_bytes(self.figure)

    @property
    def share_of_width(self) -> float:
        """How much of the text's width the figure takes."""
        return min(float(self.figure.get_figwidth()) / WIDTH, 1.0)

    @property
    def is_wide(self) -> bool:
        """Whether the figure gains by a page turned on its side."""
        width, height = self.figure.get_size_inches()
        return bool(width > 1.3 * WIDTH and width > 1.5 * height)


@dataclass(frozen=True)
class Interactive:
    """
    The interactive map, for forms that can hold it.

    Parameters
    ----------
    title
        What opens it.
    page
        The whole page.
    """

    title: str
    page: str


Block = Paragraph | Heading | Bullets | Prose | KeyFigures | Table | Picture | Interactive


@dataclass(frozen=True, eq=False)
class Section:
    """
    A section of the review.

    Parameters
    ----------
    key
        The section's name, which is also its anchor.
    title
        Its heading.
    blocks
        What it says, in order.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, eq=False)
class Document:
    """
    The review, in one language, before it takes a form.

    Parameters
    ----------
    language
        `fr` or `en`.
    title
        The title.
    partnership
        The partnership's name.
    period
        The period, in words.
    note
        What must be said wherever the partnership is named; may be empty.
    last_day
        The last day under review, which documents bear as their date: they know no clock.
    sections
        The sections, in order.
    kicker
        What kind of document it is; empty for the annual review.
    """

    language: str
    title: str
    partnership: str
    period: str
    note: str
    last_day: date
    sections: tuple[Section, ...]
    kicker: str = ""

    def blocks(self) -> Iterator[Block]:
        """
        Walk through everything the review says.

        Yields
        ------
        block
            Every block of every section, in order.
        """
        for section in self.sections:
            yield from section.blocks
