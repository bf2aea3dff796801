"""Delimited text: bytes → a grid of cells, every line where a spreadsheet shows it."""

import codecs
import csv
import io
from collections import Counter
from typing import Final

from partnet_analysis.records.readers.grids import Grid, Rows, UnreadableError
from partnet_analysis.records.readers.mending import is_suspect, mended

DELIMITERS: Final = (";", ",", "\t", "|")
_SAMPLE_ROWS: Final = 50
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LONGEST_CELL: Final = 10_000_000


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
    if not text.strip():
        raise UnreadableError("PN071")
    skipped = False
    if delimiter is None:
        delimiter, skipped = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = list(reader)
    except csv.Error as fault:
        raise UnreadableError("PN075", line=reader.line_num, detail=str(fault)) from None
    if skipped:
        rows[0] = []
    return Grid(file, None, rows, mended=_mend(rows) if is_suspect(text) else ())


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


def _regularity(text: str, delimiter: str) -> int:
    """Count the cells of the sample's rows that are as wide as most are, none where most have one cell."""
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), range(_SAMPLE_ROWS), strict=False):
            widths[len(row)] += 1
    except csv.Error:
        return 0
    return max((width * count for width, count in widths.items() if width > 1), default=0)


def _mend(rows: Rows) -> tuple[tuple[int, int, str], ...]:
    """Mend the cells of rows just read, in place, and tell which."""
    found = []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            right = mended(cell)
            if right != cell:
                found.append((row, column, cell))
                cells[column] = right
    return tuple(found)
