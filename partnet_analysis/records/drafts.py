"""`Draft`: where a shape writes down what it finds, entry by entry, each value with the cell it stands in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.days import parse_day
from partnet_analysis.records.cells.mentions import Occasion
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.entries import ENTRY, PLACES, Batch, Findings, Source, spreadsheet_letters
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid

Cell = tuple[int, int]
"""Row and column, from 0."""


class Draft:
    """
    What a shape finds in a file or sheet.

    Parameters
    ----------
    source
        The file or sheet.
    """

    def __init__(self, source: Source) -> None:
        """Start with nothing found."""
        self.source = source
        self.findings: Findings = Findings()
        self._lines: list[int] = []
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._rejected: list[int] = []
        self._ignored: list[int] = []
        self._absorbed: list[int] = []
        self._header_lines: list[int] = []
        self._occasions: dict[Occasion, dict[str, Any]] = {}
        self._days: dict[str, str] = {}
        self.held: dict[object, Occasion] = {}
        """The meetings of rows by what their cells say: a long list has few for its length."""

    @classmethod
    def of_grid(cls, grid: Grid, shape: str) -> "Draft":
        """
        Start a draft of a grid, and report what its reader noticed.

        Parameters
        ----------
        grid
            The cells.
        shape
            The shape it is read as.

        Returns
        -------
        draft
            Nothing found yet.
        """
        return cls(Source(grid.file, grid.sheet, shape))

    @staticmethod
    def letters(column: int) -> str:
        """
        Name a column as spreadsheets do.

        Parameters
        ----------
        column
            The column, from 0.

        Returns
        -------
        letters
            `A` and so on.
        """
        return spreadsheet_letters(column)

    def header(self, *rows: int) -> None:
        """
        Note the rows that name columns.

        Parameters
        ----------
        *rows
            The rows, from 0.
        """
        self._header_lines += [row + 1 for row in rows]

    def entry(self, row: int) -> int:
        """
        Open an entry.

        Parameters
        ----------
        row
            The row it stands in, from 0.

        Returns
        -------
        entry
            Its number, for the rows it gives.
        """
        self._lines.append(row + 1)
        return len(self._lines) - 1

    def add(self, table: str, entry: int, values: Mapping[str, Any], cells: Mapping[str, Cell] | None = None) -> None:
        """
        Write down a row of a canonical table.

        Parameters
        ----------
        table
            The table.
        entry
            The entry that gives it; −1 for none.
        values
            Text by column; mentions and occasions where the table has ids.
        cells
            The cell of each column; that of `""` for the others.
        """
        places = {column: address(*cell) for column, cell in (cells or {}).items()}
        self._rows.setdefault(table, []).append({**values, ENTRY: entry, PLACES: places})

    def occasion(  # noqa: PLR0913 (a meeting has that many sides)
        self,
        day: str,
        title: str,
        details: Mapping[str, Any],
        *,
        cell: Cell | None = None,
        number: int = 0,
        mark: str = "",
    ) -> Occasion:
        """
        Write down a meeting, once.

        Parameters
        ----------
        day
            Its day, as written.
        title
            Its title.
        details
            What else is known, by column of `meetings`.
        cell
            The cell of its day.
        number
            Tells apart meetings of one day and title in one file.
        mark
            What else tells the meeting from others, such as its hour.

        Returns
        -------
        occasion
            What stands for it in attendance.
        """
        found = Occasion(self._iso(day), folded(title), folded(mark), number)
        known = self._occasions.get(found)
        if known is None:
            row = {"meeting_id": found, "day": day, "title": details.get("title") or title}
            self.add("meetings", -1, row, {"": cell} if cell else None)
            known = self._occasions[found] = self._rows["meetings"][-1]
        known.update({column: value for column, value in details.items() if value and not known.get(column)})
        return found

    def _iso(self, day: str) -> str:
        if day not in self._days:
            try:
                self._days[day] = parse_day(day).isoformat()
            except BadValueError:
                self._days[day] = day.strip()
        return self._days[day]

    def absorb(self, entry: int) -> None:
        """
        Note an entry that went into another entry's row.

        Parameters
        ----------
        entry
            The entry; it counts as kept.
        """
        self._absorbed.append(entry)

    def own(self, entry: int, occasion: Occasion) -> None:
        """
        Let an entry stand for a meeting that nobody is named in.

        Parameters
        ----------
        entry
            The entry.
        occasion
            The meeting.
        """
        self._occasions[occasion][ENTRY] = entry

    def ignore(self, row: int, code: str, **values: Any) -> None:  # noqa: ANN401 (a blank takes any plain value)
        """
        Leave a line aside.

        Parameters
        ----------
        row
            The row, from 0.
        code
            The reason's code.
        **values
            What fills its blanks.
        """
        self._leave_aside(self.entry(row), code, **values)

    def reject(self, code: str, cell: Cell, *, column: str = "", **values: Any) -> None:  # noqa: ANN401 (as above)
        """
        Reject an entry.

        Parameters
        ----------
        code
            The fault's code.
        cell
            Where it stands.
        column
            What the column is called.
        **values
            What fills the blanks.
        """
        self._rejected.append(self.entry(cell[0]))
        self.findings.reject(self.source, code, line=cell[0] + 1, cell=address(*cell), column=column, **values)

    def remark(self, code: str, cell: Cell | None = None, **values: Any) -> None:  # noqa: ANN401 (as above)
        """
        Note what deserves a look.

        Parameters
        ----------
        code
            The remark's code.
        cell
            Where; None for the whole sheet.
        **values
            What fills the blanks.
        """
        line = cell[0] + 1 if cell else None
        self.findings.remark(self.source, code, line=line, cell=address(*cell) if cell else "", **values)

    @property
    def n_entries(self) -> int:
        """How many entries there are so far."""
        return len(self._lines)

    def _leave_aside_what_was_called_off(self) -> None:
        """Take away the meetings whose titles say that they did not take place, and what was written down of them."""
        off = {row["meeting_id"]: row for row in self._rows.get("meetings", []) if is_called_off(str(row["title"]))}
        if not off:
            return
        written = [*self._rows["meetings"], *self._rows.get("attendance", [])]
        about = {row[ENTRY]: row["meeting_id"] for row in written if row["meeting_id"] in off}
        for table in ("meetings", "attendance"):
            self._rows[table] = [row for row in self._rows.get(table, []) if row["meeting_id"] not in off]
        self._rows = {table: rows for table, rows in self._rows.items() if rows}
        for entry in self._of_no_row():
            if entry in about:
                self._leave_aside(entry, "PN124", title=off[about[entry]]["title"], day=off[about[entry]]["day"])

    def _of_no_row(self) -> list[int]:
        """List the entries that gave no row and are told of nowhere."""
        told = {
            *self._rejected,
            *self._ignored,
            *self._absorbed,
            *(row[ENTRY] for rows in self._rows.values() for row in rows),
        }
        return sorted(set(range(len(self._lines))) - told)

    def _leave_aside(self, entry: int, code: str, **values: Any) -> None:  # noqa: ANN401 (a blank takes any plain value)
        self._ignored.append(entry)
        self.findings.ignore(self.source, code, line=self._lines[entry], **values)

    def batch(self, headers: Mapping[str, str] | None = None, letters: Mapping[str, str] | None = None) -> Batch:
        """
        Finish.

        Parameters
        ----------
        headers
            The name in the file of each canonical column, where rows have one.
        letters
            The letter of each canonical column, where rows have one.

        Returns
        -------
        batch
            What was found.
        """
        self._leave_aside_what_was_called_off()
        for entry in self._of_no_row():
            self._leave_aside(entry, "PN053")
        tables = {}
        for table, rows in self._rows.items():
            frame = pd.DataFrame(rows, dtype=object)
            tables[table] = frame.where(frame.notna(), "")
        source = replace(self.source, headers=headers or {}, letters=letters or {})
        lines = np.array(self._lines, dtype=np.int64)
        return Batch(source, lines, tables, self.findings, self._rejected, self._ignored, self._absorbed, self._header_lines)


def address(row: int, column: int) -> str:
    """
    Name a cell as spreadsheets do.

    Parameters
    ----------
    row
        Its row, from 0.
    column
        Its column, from 0.

    Returns
    -------
    address
        `A1` and so on.

    Examples
    --------
    >>> address(8, 1)
    'B9'
    """
    return f"{spreadsheet_letters(column)}{row + 1}"


def numbered(days_and_titles: Sequence[tuple[str, str]]) -> list[int]:
    """
    Give numbers to what repeats.

    Parameters
    ----------
    days_and_titles
        Days and titles in order.

    Returns
    -------
    numbers
        0 for the first of its kind, 1 for the second, ….
    """
    seen: Counter[tuple[str, str]] = Counter()
    numbers = []
    for pair in days_and_titles:
        numbers.append(seen[pair])
        seen[pair] += 1
    return numbers
