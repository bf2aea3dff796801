"""`Grid`: the cells of a file or sheet as text, and the error for those that cannot become one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

Rows = Sequence[list[str]]

UNCOMPUTED: Final = "#NOVALUE!"
"""What stands in a cell whose formula was saved without its result."""


@dataclass(frozen=True, eq=False)
class Grid:
    """
    The cells of a file or sheet.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    sheet
        The sheet's name; None where the file has no sheets.
    rows
        The cells, row by row; the first row is line 1 of the spreadsheet, the first cell column A.
    merged
        Merged ranges: first row, first column, last row, last column, from 0.
    hidden_rows
        The lines of hidden rows.
    is_hidden
        Whether the sheet is hidden.
    mended
        Cells whose text was decoded wrongly before and is mended: row, column, and what they held.
    tables
        Where the file itself says that a table stands between paragraphs: first and last row, from 0.
    """

    file: str
    sheet: str | None
    rows: Rows
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: tuple[int, ...] = ()
    is_hidden: bool = False
    mended: tuple[tuple[int, int, str], ...] = ()
    tables: tuple[tuple[int, int], ...] = ()

    def cell(self, row: int, column: int) -> str:
        """
        Look at a cell.

        Parameters
        ----------
        row
            Its row, from 0.
        column
            Its column, from 0.

        Returns
        -------
        text
            What it holds without spaces around it; nothing beyond the grid's edge.
        """
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column].strip() if column < len(cells) else ""

    def table_of(self, row: int) -> tuple[int, int] | None:
        """
        Find the table that a row stands in, as the file itself says.

        Parameters
        ----------
        row
            The row, from 0.

        Returns
        -------
        table
            Its first and last row; None between tables, and where the file says nothing of tables.
        """
        return next((each for each in self.tables if each[0] <= row <= each[1]), None)

    @cached_property
    def cut(self) -> "Grid":
        """The same with its rows cut into cells once, for whoever looks at every one of them."""
        return replace(self, rows=list(self.rows))

    @cached_property
    def filled(self) -> list[list[str]]:
        """What each row holds, blank cells left out."""
        return [[text for cell in cells if (text := cell.strip())] for cells in self.rows]

    @property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)


class UnreadableError(Exception):
    """
    A file or sheet that cannot become a grid; caught by the reader of folders, which reports it and goes on.

    Parameters
    ----------
    code
        The stable code of the fault.
    **values
        What fills the blanks of its sentence.
    """

    def __init__(self, code: str, **values: Any) -> None:  # noqa: ANN401 (a blank takes any plain value)
        self.code = code
        self.values = values
        super().__init__(code)
