"""
Text documents (.docx, .odt) → one grid: paragraphs and table rows in the order they are read in.

A document is streamed through the standard library's parser, after the look that workbooks get: no tree is built, nothing
calls itself, so that neither size nor depth of a hostile file asks more than a moment.
"""

import re
from collections.abc import Callable
from typing import Final
from xml.parsers import expat

from partnet_analysis.config import Limits
from partnet_analysis.records.files.pages import Page, PageTable
from partnet_analysis.records.files.preflight import LAST_COLUMN, ZIP, unpacked
from partnet_analysis.records.grids import Grid, UnreadableError

SUFFIXES: Final = (".docx", ".docm", ".odt")
OLD_SUFFIX: Final = ".doc"

_DOCX_BODY: Final = re.compile(r"word/document\d*\.xml")
_DOCX_HEADER: Final = re.compile(r"word/header\d*\.xml")
_DOCX_NAMESPACE: Final = re.compile(
    r"https?://(?:schemas\.openxmlformats\.org|purl\.oclc\.org/ooxml)/wordprocessingml/(?:2006/)?main"
)
_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_ODF_NAMESPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TICKED: Final = frozenset({"F0FE", "F0FD", "F0FC", "F0FB", "F052", "F053", "F054", "F056"})
"""Ticked boxes and ticks in the fonts of symbols."""
_UNTICKED: Final = frozenset({"F0A8", "F06F", "F071", "F0A3"})
_MOST_BLANKS: Final = 1000
_CHUNK: Final = 1 << 20

Attributes = dict[str, str]


def document_grid(file: str, content: bytes, limits: Limits) -> Grid:
    """
    Read a text document.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    content
        Its bytes.
    limits
        How much one file may ask of the machine.

    Returns
    -------
    grid
        A row for each line of a paragraph, cut into cells at its tabs, and for each row of a table, where a merged cell
        holds its text once; a blank row between paragraphs and tables. What stands in the page's header comes first. Deleted
        text that a change mark keeps, notes and bullets are not in it.

    Raises
    ------
    UnreadableError
        If it is empty (PN071) or no document (PN132), an old one of Word's (PN131), locked by a password (PN078), too large
        once unpacked (PN079), declares a document type (PN080), has a table that is too wide (PN081), or is damaged (PN083).
    """
    if file.lower().endswith(OLD_SUFFIX) and content.strip() and not content.startswith(ZIP):
        raise UnreadableError("PN131")
    parts = unpacked(content, limits, _is_read, _is_body)
    page = Page()
    seen: set[bytes] = set()
    for name in sorted(parts, key=_order):
        if parts[name] not in seen:
            is_word = name.startswith("word/")
            _walk(parts[name], _DocxWalker(page) if is_word else _OdtWalker(page, is_header=name == "styles.xml"))
            seen.add(parts[name])
    if not any(map(any, page.rows)):
        raise UnreadableError("PN071")
    return Grid(file, None, page.rows, tuple(page.merged), tables=tuple(page.tables))


def _is_read(name: str) -> bool:
    return name == "styles.xml" or _is_body(name) or bool(_DOCX_HEADER.fullmatch(name))


def _is_body(name: str) -> bool:
    return name == "content.xml" or bool(_DOCX_BODY.fullmatch(name))


def _order(name: str) -> tuple[bool, int, str]:
    """Sort the headers before the body."""
    return _is_body(name), len(name), name


class _Walker:
    """
    Follows a document's elements: paragraphs into rows or into the cell they stand in, outer tables into rows.

    Text boxes nest paragraphs in paragraphs, and tables nest tables in cells: an inner paragraph is a line before its outer
    one, and what an inner table holds is text of the outer cell.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.paragraphs: list[list[str]] = []
        self.lines: list[str] = []
        self.table: PageTable | None = None
        self.depth = 0
        self.skipping = 0

    def begins(self, name: str, attributes: Attributes) -> None:
        """Enter an element."""
        if self.skipping or self.is_skipped(name):
            self.skipping += 1
            return
        self.enter(name, attributes)

    def ends(self, name: str) -> None:
        """Leave an element."""
        if self.skipping:
            self.skipping -= 1
            return
        self.leave(name)

    def text(self, text: str) -> None:
        """Take text that counts."""
        if self.paragraphs and not self.skipping:
            self.paragraphs[-1].append(text)

    def begin_paragraph(self) -> None:
        self.paragraphs.append([])

    def end_paragraph(self) -> None:
        text = "".join(self.paragraphs.pop())
        if self.table is None:
            self.page.paragraph(text)
        elif text.strip():
            self.lines += [line.strip() for line in text.replace("\t", " ").split("\n") if line.strip()]

    def begin_table(self) -> None:
        self.depth += 1
        if self.depth == 1:
            self.table = PageTable(self.page)

    def end_table(self) -> None:
        self.depth -= 1
        if self.depth == 0 and self.table is not None:
            self.table.end()
            self.table = None

    def taken_lines(self) -> str:
        """Hand over the text of a cell."""
        text, self.lines = "\n".join(self.lines), []
        return text

    def is_skipped(self, name: str) -> bool:
        raise NotImplementedError

    def enter(self, name: str, attributes: Attributes) -> None:
        raise NotImplementedError

    def leave(self, name: str) -> None:
        raise NotImplementedError


class _DocxWalker(_Walker):
    """Follows the elements of a Word document, by their names without a namespace."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._is_text = 0
        self._span = 1
        self._is_continued = False
        self._enter: dict[str, Callable[[Attributes], None]] = {
            "p": lambda _: self.begin_paragraph(),
            "t": lambda _: self._begin_text(),
            "tab": lambda _: self.text("\t"),
            "br": lambda _: self.text("\n"),
            "cr": lambda _: self.text("\n"),
            "noBreakHyphen": lambda _: self.text("-"),
            "sym": self._symbol,
            "tbl": lambda _: self.begin_table(),
            "tr": lambda _: self._begin_row(),
            "tc": lambda _: self._begin_cell(),
            "gridSpan": self._spanned,
            "gridBefore": self._before,
            "vMerge": self._merged,
        }
        self._leave: dict[str, Callable[[], None]] = {
            "p": self.end_paragraph,
            "t": self._end_text,
            "tbl": self.end_table,
            "tr": self._end_row,
            "tc": self._end_cell,
        }
        self._is_in_row_marks = False

    def is_skipped(self, name: str) -> bool:
        """Leave out what was deleted, and the second writing of what older programs do not know."""
        local = _local(name)
        if local == "del" and self._is_in_row_marks and self.depth == 1 and self.table is not None:
            self.table.is_deleted = True
        return local in {"del", "moveFrom", "tabs"} or name == f"{_COMPATIBILITY} Fallback"

    def enter(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        self._is_in_row_marks = self._is_in_row_marks or local == "trPr"
        if local in self._enter and _DOCX_NAMESPACE.match(name):
            self._enter[local](attributes)

    def leave(self, name: str) -> None:
        local = _local(name)
        self._is_in_row_marks = self._is_in_row_marks and local != "trPr"
        if local in self._leave and _DOCX_NAMESPACE.match(name):
            self._leave[local]()

    def characters(self, text: str) -> None:
        if self._is_text:
            self.text(text.replace("\n", " "))

    def _begin_text(self) -> None:
        self._is_text += 1

    def _end_text(self) -> None:
        self._is_text -= 1

    def _symbol(self, attributes: Attributes) -> None:
        char = _value(attributes, "char").upper()
        self.text("☒" if char in _TICKED else "☐" if char in _UNTICKED else "")

    def _begin_row(self) -> None:
        if self.depth == 1 and self.table is not None:
            self.table.begin_row()

    def _end_row(self) -> None:
        if self.depth == 1 and self.table is not None:
            self.table.end_row()

    def _begin_cell(self) -> None:
        if self.depth == 1:
            self._span, self._is_continued, self.lines = 1, False, []

    def _end_cell(self) -> None:
        if self.depth == 1 and self.table is not None:
            self.table.cell(self.taken_lines(), self._span, is_continued=self._is_continued)

    def _spanned(self, attributes: Attributes) -> None:
        if self.depth == 1:
            self._span = max(1, _count(_value(attributes, "val")))

    def _before(self, attributes: Attributes) -> None:
        if self.depth == 1 and self.table is not None:
            self.table.covered(_count(_value(attributes, "val")))

    def _merged(self, attributes: Attributes) -> None:
        if self.depth == 1:
            self._is_continued = _value(attributes, "val") != "restart"


class _OdtWalker(_Walker):
    """Follows the elements of an OpenDocument text, by namespace and name."""

    def __init__(self, page: Page, *, is_header: bool) -> None:
        super().__init__(page)
        self._wanted = "style header" if is_header else "office text"
        self._is_wanted = 0
        self._cells: list[tuple[int, int, int]] = []
        self._enter: dict[str, Callable[[Attributes], None]] = {
            "text p": lambda _: self.begin_paragraph(),
            "text h": lambda _: self.begin_paragraph(),
            "text s": lambda found: self.text(" " * min(_MOST_BLANKS, max(1, _count(_value(found, "c") or "1")))),
            "text tab": lambda _: self.text("\t"),
            "text line-break": lambda _: self.text("\n"),
            "table table": lambda _: self.begin_table(),
            "table table-row": lambda _: self._begin_row(),
            "table table-cell": self._begin_cell,
            "table covered-table-cell": self._begin_covered,
        }
        self._leave: dict[str, Callable[[], None]] = {
            "text p": self.end_paragraph,
            "text h": self.end_paragraph,
            "table table": self.end_table,
            "table table-row": self._end_row,
            "table table-cell": self._end_cell,
            "table covered-table-cell": self._end_cell,
        }
        self._cell = (1, 1, 1)

    def is_skipped(self, name: str) -> bool:
        """Leave out deleted text, comments and notes."""
        return _odf(name) in {"text tracked-changes", "office annotation", "text note", "text table-of-content"}

    def enter(self, name: str, attributes: Attributes) -> None:
        plain = _odf(name)
        self._is_wanted += plain == self._wanted
        if self._is_wanted and plain in self._enter:
            self._enter[plain](attributes)

    def leave(self, name: str) -> None:
        plain = _odf(name)
        if self._is_wanted and plain in self._leave:
            self._leave[plain]()
        self._is_wanted -= plain == self._wanted

    def characters(self, text: str) -> None:
        self.text(text.replace("\n", " "))

    def _begin_row(self) -> None:
        if self.depth == 1 and self.table is not None:
            self.table.begin_row()

    def _end_row(self) -> None:
        if self.depth == 1 and self.table is not None:
            self.table.end_row()

    def _begin_cell(self, attributes: Attributes) -> None:
        if self.depth == 1:
            n_columns, n_rows, n_times = (
                max(1, _count(_value(attributes, f"number-{what}") or "1"))
                for what in ("columns-spanned", "rows-spanned", "columns-repeated")
            )
            self._cell = (n_columns, n_rows, n_times)
            self.lines = []

    def _begin_covered(self, attributes: Attributes) -> None:
        if self.depth == 1:
            self._cell = (0, 0, max(1, _count(_value(attributes, "number-columns-repeated") or "1")))
            self.lines = []

    def _end_cell(self) -> None:
        if self.depth != 1 or self.table is None:
            return
        n_columns, n_rows, n_times = self._cell
        text = self.taken_lines()
        if n_columns == 0:  # covered by a cell before or above, which holds the text
            self.table.covered(n_times)
            return
        for _ in range(n_times):
            self.table.cell(text, n_columns, n_rows)


def _walk(xml: bytes, walker: "_DocxWalker | _OdtWalker") -> None:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = walker.begins
    parser.EndElementHandler = walker.ends
    parser.CharacterDataHandler = walker.characters
    try:
        for start in range(0, len(xml), _CHUNK):
            parser.Parse(xml[start : start + _CHUNK], False)  # noqa: FBT003 (expat's signature)
        parser.Parse(b"", True)  # noqa: FBT003 (as above)
    except expat.ExpatError as fault:
        raise UnreadableError("PN083", detail=str(fault)) from None


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _odf(name: str) -> str:
    """Shorten an OpenDocument name: `text p`."""
    namespace, _, local = name.rpartition(" ")
    if not namespace.startswith(_ODF_NAMESPACE):
        return name
    return f"{namespace.removeprefix(_ODF_NAMESPACE).partition(':')[0]} {local}"


def _value(attributes: Attributes, local: str) -> str:
    return next((value for name, value in attributes.items() if _local(name) == local), "")


def _count(text: str) -> int:
    """Read how many; what is no number, or absurd, stands for more than a table can hold."""
    if not text.isdecimal():
        return 0
    return int(text) if len(text) < len(str(LAST_COLUMN)) else LAST_COLUMN + 1
