"""Delimited text: bytes → a grid of cells, every line where a spreadsheet shows it."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, overload

import pandas as pd

from partnet_analysis.records.files.coding import coded_columns
from partnet_analysis.records.files.encoding_repair import is_suspect, mended
from partnet_analysis.records.grids import Grid, UnreadableError

DELIMITERS: Final = (";", "\t", "|", ",")
"""Of several that would do the first: commas stand in texts too."""

_SAMPLE_ROWS: Final = 50
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL: Final = 10_000_000
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def delimited_grid(file: str, content: bytes, delimiter: str | None = None) -> Grid:
    """
    Read delimited text.

    Parameters
    ----------
    file
        The file's name, for the ledger.
    content
        Its bytes: UTF-8, with or without byte order mark, UTF-16 with one, or else Windows-1252.
    delimiter
        What separates the cells; found by itself where None.

    Returns
    -------
    grid
        Its cells; separated by semicolon, comma, tab or bar, whichever makes the more regular table.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no text (PN074), or has a quote that is never closed (PN075).
    """
    text = decoded(content)
    if not text or text.isspace():
        raise UnreadableError("PN071")
    skipped = False
    if delimiter is None:
        delimiter, skipped = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    if '"' not in text and not skipped and not is_suspect(text):
        return Grid(file, None, PlainRows(text, delimiter))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as fault:
        raise UnreadableError("PN075", line=reader.line_num, detail=str(fault)) from None
    if skipped:
        rows[0] = []
    return Grid(file, None, rows, mended=_mend(rows) if is_suspect(text) else ())


class PlainRows(Sequence[list[str]]):
    """
    The rows of a text without quotes, cut into cells only when somebody looks at rows; whole columns come faster.

    Parameters
    ----------
    text
        The text.
    delimiter
        What separates the cells.
    """

    def __init__(self, text: str, delimiter: str) -> None:
        """Keep the text; nothing is cut yet."""
        self._text = text
        self._delimiter = delimiter

    @cached_property
    def _rows(self) -> list[list[str]]:
        return list(self._cut())

    @cached_property
    def _coded(self) -> pd.DataFrame | None:
        return coded_columns(self._text.encode(), self._delimiter)

    def _cut(self) -> Iterator[list[str]]:
        return csv.reader(_lines(self._text), delimiter=self._delimiter)

    def __iter__(self) -> Iterator[list[str]]:
        """Cut row by row, so that a look at the first costs only that one."""
        return iter(self._rows) if "_rows" in self.__dict__ else self._cut()

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._rows if self._coded is None else self._coded)

    @overload
    def __getitem__(self, place: int) -> list[str]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[str]]: ...
    def __getitem__(self, place: int | slice) -> list[str] | list[list[str]]:
        """Fetch a row, or some."""
        if isinstance(place, int) and self._coded is not None:
            return self._coded.iloc[place].tolist()
        return self._rows[place]

    def columns(self) -> pd.DataFrame | None:
        """
        Cut the text into columns at once.

        Returns
        -------
        columns
            A row for each line, blank ones too, each column a categorical where all lines are as wide as the first; None
            where some line has more cells than the first.
        """
        if self._coded is not None:
            return self._coded
        try:
            frame = pd.read_csv(
                io.StringIO(self._text),
                sep=self._delimiter,
                header=None,
                dtype=object,
                na_filter=False,
                skip_blank_lines=False,
                quoting=csv.QUOTE_NONE,
                engine="c",
            )
        except (pd.errors.ParserError, pd.errors.EmptyDataError):
            return None
        return frame.fillna("")


def decoded(content: bytes) -> str:
    """
    Turn bytes into text: byte order mark, else UTF-8, else Windows-1252, else not at all.

    Parameters
    ----------
    content
        The bytes.

    Returns
    -------
    text
        The text. Libraries that guess encodings turn `Lefèvre` into `Lefčvre`; this ladder never guesses.

    Raises
    ------
    UnreadableError
        If no step of the ladder holds (PN074).
    """
    marked = next((encoding for mark, encoding in _BOMS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableError("PN074")


def _delimiter(text: str) -> tuple[str, bool]:
    """Find the delimiter, and tell whether the first line only names it (`sep=;`, as Excel writes)."""
    first = text.split("\n", 1)[0].strip()
    if len(first) == len("sep=;") and first.startswith("sep="):
        return first[-1], True
    return max(DELIMITERS, key=lambda delimiter: _regularity(text, delimiter)), False


def _lines(text: str) -> Iterator[str]:
    """Cut a text into lines one by one: a look at the first few must not copy it all."""
    return (line.group() for line in _LINE.finditer(text))


def _regularity(text: str, delimiter: str) -> tuple[bool, int]:
    """Tell whether all rows of the sample are as wide, and count the cells of those as wide as others; one where none is."""
    rows = csv.reader(_lines(text), delimiter=delimiter)
    try:
        sample = [row for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False) if row]
    except csv.Error:
        return False, 0
    widths = Counter(map(len, sample))
    behind = [cell.startswith(" ") for row in sample for cell in row[1:]]
    if len(widths) > 1 and 2 * sum(behind) > len(behind):
        # Commas and semicolons with a space behind them stand in texts, unless all rows have as many.
        return False, 0
    cells = max((width * count if count > 1 else 1 for width, count in widths.items() if width > 1), default=0)
    return len(widths) == 1 and cells > 1, cells


def _mend(rows: list[list[str]]) -> tuple[tuple[int, int, str], ...]:
    """Mend the cells of rows just read, in place, and tell which."""
    found = []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            right = mended(cell)
            if right != cell:
                found.append((row, column, cell))
                cells[column] = right
    return tuple(found)
