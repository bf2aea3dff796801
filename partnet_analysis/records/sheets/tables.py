"""Where the tables of a sheet are: their header rows, what stands above them, their columns and their rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from partnet_analysis.records.cells.days import day_in, month_number
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.context import is_blank
from partnet_analysis.records.sheets.headers import (
    HALF_OF_DAY,
    LONGEST_HEADER,
    NAMING_ROLES,
    TITLE_ROWS,
    UNDER_A_DAY,
    corner_score,
    first_text,
    header_rows,
    is_day,
    is_title,
    side_by_side,
)

_FEWEST: Final = 2
_ABOUT_THE_FILE: Final = re.compile(
    r"mis a jour|\bmaj\b|updated|imprime|printed|version|edite|genere|generated|export|as of|arrete au|etat au"
)


@dataclass(frozen=True, eq=False)
class Table:
    """
    A table in a sheet.

    Parameters
    ----------
    grid
        The cells, merged ones carried to each of their rows.
    above
        The rows of the title block above it.
    header
        The rows that name the columns; none where nothing does.
    body
        The rows below the header, as far as the next table.
    columns
        The columns.
    """

    grid: Grid
    above: range
    header: tuple[int, ...]
    body: range
    columns: range

    def headers(self, column: int) -> tuple[str, ...]:
        """
        Fetch what names a column.

        Parameters
        ----------
        column
            The column.

        Returns
        -------
        headers
            A text for each header row, from top to bottom; one that is merged over several columns stands for each.
        """
        return tuple(self._carried(row, column) for row in self.header)

    def name(self, column: int) -> str:
        """
        Fetch the name of a column.

        Parameters
        ----------
        column
            The column.

        Returns
        -------
        name
            The lowest text of its header that says anything.
        """
        return next((text for text in reversed(self.headers(column)) if text), "")

    def texts(self, row: int) -> list[str]:
        """
        Fetch what a row holds.

        Parameters
        ----------
        row
            The row, from 0.

        Returns
        -------
        texts
            Its cells that hold anything, from left to right.
        """
        if self.columns.start == 0 and self.columns.stop >= len(self.grid.rows[row]):
            return self.grid.filled[row]
        return [text for column in self.columns if (text := self.grid.cell(row, column))]

    def _carried(self, row: int, column: int) -> str:
        text = self.grid.cell(row, column)
        if text or row == self.header[-1] or not self.grid.cell(self.header[-1], column):
            return text
        left = next((place for place in range(column, self.columns.start - 1, -1) if self.grid.cell(row, place)), None)
        carried = self.grid.cell(row, left) if left is not None else ""
        under = self.grid.cell(self.header[-1], column)
        divides = (
            set(header_roles(under)) & UNDER_A_DAY or under.isdigit() or is_day(under) or HALF_OF_DAY.match(folded(under))
        )
        if (is_day(carried) or month_number(carried)) and not divides:
            return ""
        # What names people holds for its own column alone; a day or a status holds for the columns to its right.
        return "" if set(header_roles(carried)) & {*NAMING_ROLES, "email", "phone", "function"} else carried


def tables_in(grid: Grid) -> list[Table]:
    """
    Find the tables of a sheet.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    tables
        From top to bottom, then from left to right; none where no row names columns.
    """
    grid = with_merged_cells_carried(grid)
    headers = header_rows(grid)
    tables: list[Table] = []
    floor = 0
    for place, header in enumerate(headers):
        end = headers[place + 1][0] if place + 1 < len(headers) else len(grid.rows)
        above = range(_first_title_row(grid, header[0], floor), header[0])
        if tables:
            tables = [
                replace(table, body=range(table.body.start, min(table.body.stop, above.start)))
                if table.header == headers[place - 1]
                else table
                for table in tables
            ]
        floor = header[-1] + 1
        body = range(floor, min(end, _end_in_document(grid, header)))
        tables += [Table(grid, above, header, body, columns) for columns in side_by_side(grid, header)]
    return [part for table in tables for part in _at_titles_inside(table)]


def _end_in_document(grid: Grid, header: tuple[int, ...]) -> int:
    """Find where the paragraphs begin again behind a table of a document; tables as wide with nothing between are one."""
    own = grid.table_of(header[-1])
    if own is None:
        return len(grid.rows)
    last, width = own[1], len(grid.rows[own[0]])
    for first, end in grid.tables:
        if first > last and all(map(partial(is_blank, grid), range(last + 1, first))) and len(grid.rows[first]) == width:
            last = end
    return last + 1


def with_merged_cells_carried(grid: Grid) -> Grid:
    """
    Let a merged cell hold for each of its rows.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    grid
        The same with what stands in the upper left of a merged range in each row of its first column.
    """
    if not any(last > first for first, _, last, _ in grid.merged):
        return grid
    rows = [list(row) for row in grid.rows]
    for first, column, last, _ in grid.merged:
        text = grid.cell(first, column)
        for row in range(first + 1, min(last + 1, len(rows))):
            if text and row < len(rows):
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = rows[row][column] or text
    return replace(grid, rows=rows)


def _first_title_row(grid: Grid, header: int, floor: int) -> int:
    """Go up from a header row through the lines that may be its title block."""
    row = header
    blanks = 0
    while row > floor and header - row < TITLE_ROWS:
        above = row - 1
        if is_blank(grid, above):
            blanks += 1
            if floor and (row != header or blanks > 1):
                break
        elif floor and not is_title(grid, above) and not (corner_score(grid, header) and _stands_alone(grid, above)):
            break
        row = above
    return row if floor else max(0, min(row, header))


def _stands_alone(grid: Grid, row: int) -> bool:
    """Tell a title between two grids from the last line of the first: one cell below a blank line."""
    return row > 0 and is_blank(grid, row - 1) and len(grid.filled[row]) == 1


def _at_titles_inside(table: Table) -> Iterator[Table]:
    """Part a table at the lines inside it that name another meeting by its day."""
    grid = table.grid
    cuts = [
        row
        for row in table.body
        if _is_lone(grid, row) and _names_a_meeting(first_text(grid, row)) and row + 1 in table.body
    ]
    if not cuts or any(is_day(grid.cell(table.header[-1], column)) for column in table.columns):
        yield table
        return
    starts = [table.body.start, *cuts]
    for start, end in zip(starts, [*cuts, table.body.stop], strict=True):
        if start in cuts:
            yield replace(table, above=range(start, start + 1), body=range(start + 1, end))
        elif end > start:
            yield replace(table, body=range(start, end))


def _names_a_meeting(text: str) -> bool:
    found = day_in(text)
    return found is not None and len(text) <= LONGEST_HEADER and not _ABOUT_THE_FILE.search(folded(text))


def _is_lone(grid: Grid, row: int) -> bool:
    return len(set(grid.filled[row])) == 1
