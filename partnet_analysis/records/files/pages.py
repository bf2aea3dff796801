"""The rows that the paragraphs and tables of a document become."""

import re
from typing import Final

from partnet_analysis.records.files.preflight import LAST_COLUMN, MOST_CELLS
from partnet_analysis.records.grids import UnreadableError

_MARKS: Final = re.compile(r"^[•◦▪▫‣●○■□–—·\uf0b7\uf0a7\uf0d8*-](?=\s)\s+")
"""A bullet typed by hand before a line."""


class Page:
    """The rows of a document as they come in."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.tables: list[tuple[int, int]] = []
        self._n_cells = 0
        self._is_after_table = False

    def paragraph(self, text: str) -> None:
        """
        Take a paragraph that stands in no table.

        Parameters
        ----------
        text
            Its text.
        """
        self._part(after_table=False)
        for line in text.split("\n"):
            cells = [cell.strip() for cell in _MARKS.sub("", line.strip()).split("\t")]
            self.rows.append(cells if any(cells) else [])

    def table(self) -> None:
        """Begin a table."""
        self._part(after_table=True)
        self._is_after_table = True

    def row(self, cells: list[str]) -> None:
        """
        Take a row of a table.

        Parameters
        ----------
        cells
            Its cells.
        """
        self._n_cells += len(cells)
        if len(cells) > LAST_COLUMN or self._n_cells > MOST_CELLS:
            raise UnreadableError("PN081")
        self.rows.append(cells)

    def _part(self, *, after_table: bool) -> None:
        """Leave a blank row between a paragraph and a table, and between two tables."""
        if self._is_after_table != after_table or after_table:
            if self.rows and any(self.rows[-1]):
                self.rows.append([])
            self._is_after_table = after_table


class PageTable:
    """
    A table while its rows come in.

    Parameters
    ----------
    page
        The page it stands on.
    """

    def __init__(self, page: Page) -> None:
        self._page = page
        self._open: dict[int, tuple[int, int, int, int]] = {}
        self.cells: list[str] = []
        self._spans: list[tuple[int, int, int]] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self.is_deleted: bool = False
        page.table()
        self._first = len(page.rows)

    def begin_row(self) -> None:
        """Begin a row."""
        self.cells = []
        self._spans = []
        self.is_deleted = False

    def cell(self, text: str, n_columns: int = 1, n_rows: int = 1, *, is_continued: bool = False) -> None:
        """
        Take a cell.

        Parameters
        ----------
        text
            Its text.
        n_columns
            How many columns it spans.
        n_rows
            How many rows it spans, where it says so.
        is_continued
            Whether it continues the cell above: then it is blank, and makes that one taller.
        """
        column = len(self.cells)
        if column + n_columns > LAST_COLUMN:
            raise UnreadableError("PN081")
        self.cells += ["" if is_continued else text.strip(), *[""] * (n_columns - 1)]
        self._spans.append((column, n_columns, 0 if is_continued else n_rows))

    def covered(self, n_columns: int) -> None:
        """
        Pass over places that a cell above or before covers.

        Parameters
        ----------
        n_columns
            How many.
        """
        if len(self.cells) + n_columns > LAST_COLUMN:
            raise UnreadableError("PN081")
        self.cells += [""] * n_columns

    def end_row(self) -> None:
        """Take the row as it stands, unless it was deleted."""
        if self.is_deleted:
            return
        row = len(self._page.rows)
        still_open = {}
        for column, n_columns, n_rows in self._spans:
            if not n_rows and column in self._open:
                first, _, _, last_column = self._open[column]
                still_open[column] = (first, column, row, last_column)
            elif n_rows:
                still_open[column] = (row, column, row + n_rows - 1, column + n_columns - 1)
        self._close(set(self._open) - {column for column, _, n_rows in self._spans if not n_rows})
        self._open |= still_open
        self._page.row(self.cells)

    def end(self) -> None:
        """Note where the table and its merged cells stand."""
        self._close(set(self._open))
        last = len(self._page.rows) - 1
        if last >= self._first:
            self._page.tables.append((self._first, last))
        self._page.merged += [(top, left, min(bottom, last), right) for top, left, bottom, right in self._merged]

    def _close(self, columns: set[int]) -> None:
        """Note the merged ranges that end here."""
        for column in sorted(columns):
            top, left, bottom, right = self._open.pop(column)
            if bottom > top or right > left:
                self._merged.append((top, left, bottom, right))
