"""What a reader hands over: rows of text that know where they stand, and a notebook of what was found about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.messages import Phrase
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.ledger import FAULT_COLUMNS, IGNORED_COLUMNS

Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]

ENTRY: Final = "_entry"
"""Column of a table of text: which entry of its batch a row comes from; −1 for a row that no single entry makes."""

PLACES: Final = "_places"
"""Column of a table of text: the cell of each value, by column; that of `""` for the others."""

SOURCE: Final = "_source"
"""Column of the tables of all batches together: which batch a row comes from."""


@dataclass(frozen=True)
class Source:
    """
    A file, or one sheet of it, as far as the ledger needs to know it.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    sheet
        The sheet's name; None where the file has no sheets.
    shape
        The shape it was read as.
    headers
        The name in the file of each canonical column.
    letters
        The spreadsheet letter of each canonical column.
    """

    file: str
    sheet: str | None = None
    shape: str = "canonical"
    headers: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Batch:
    """
    What one file or sheet gave.

    Parameters
    ----------
    source
        Where from.
    lines
        The line of each entry, as a spreadsheet numbers them.
    tables
        For each canonical table, its rows as text, `""` where there is nothing, with the column `ENTRY`.
    findings
        What the reader noticed by itself.
    rejected
        The entries that the reader rejected by itself; they have no row in any table.
    ignored
        The entries that the reader left aside by itself; they have no row in any table.
    absorbed
        The entries that went into another entry's row, such as the ticks that prolong a contact: they count as kept.
    header_lines
        The lines that name columns: neither entries nor left aside.
    grid
        The cells themselves, to show faulty rows as they stand; None where the file has no rows.
    """

    source: Source
    lines: Integers
    tables: Mapping[str, pd.DataFrame]
    findings: "Findings"
    rejected: Sequence[int] = ()
    ignored: Sequence[int] = ()
    absorbed: Sequence[int] = ()
    header_lines: Sequence[int] = ()
    grid: Grid | None = None


class Findings:
    """A notebook of faults, remarks and rows left aside, which becomes the ledger's frames."""

    def __init__(self) -> None:
        """Open an empty notebook."""
        self._rejects: list[dict[str, Any]] = []
        self._remarks: list[dict[str, Any]] = []
        self._ignored: list[dict[str, Any]] = []

    def reject(
        self,
        source: Source,
        code: str,
        *,
        line: int | None = None,
        column: str = "",
        cell: str = "",
        **values: Any,  # noqa: ANN401 (a blank takes any plain value)
    ) -> None:
        """
        Note a fault that costs a row or a file its place.

        Parameters
        ----------
        source
            The file or sheet.
        code
            The fault's stable code.
        line
            The row's line; None where the whole file is at fault.
        column
            The canonical column at fault.
        cell
            The cell's address, where line and column do not give it.
        **values
            What fills the sentence's blanks; `value` is what the cell holds.
        """
        self._rejects.append(_fault(source, code, (line, column, cell), values))

    def remark(
        self,
        source: Source,
        code: str,
        *,
        line: int | None = None,
        column: str = "",
        cell: str = "",
        **values: Any,  # noqa: ANN401 (as above)
    ) -> None:
        """
        Note what was kept but deserves a look.

        Parameters
        ----------
        source
            The file or sheet.
        code
            The remark's stable code.
        line
            The row's line; None where it is about the whole file.
        column
            The canonical column concerned.
        cell
            The cell's address, where line and column do not give it.
        **values
            What fills the sentence's blanks; `value` is what the cell holds.
        """
        self._remarks.append(_fault(source, code, (line, column, cell), values))

    def ignore(self, source: Source, code: str, *, line: int | None = None, **values: Any) -> None:  # noqa: ANN401 (as above)
        """
        Note a row or file left aside on purpose.

        Parameters
        ----------
        source
            The file or sheet.
        code
            The reason's stable code.
        line
            The row's line; None where the whole file is left aside.
        **values
            What fills the reason's blanks.
        """
        reason = Phrase(f"errors.{code}.text", values)
        row = (source.file, source.sheet, line, code, reason)
        self._ignored.append(dict(zip(IGNORED_COLUMNS, row, strict=True)))

    def extend(self, others: Sequence["Findings"]) -> None:
        """
        Take over what other notebooks hold.

        Parameters
        ----------
        others
            The other notebooks.
        """
        for other in others:
            self._rejects += other._rejects  # noqa: SLF001 (another of the same class)
            self._remarks += other._remarks  # noqa: SLF001 (as above)
            self._ignored += other._ignored  # noqa: SLF001 (as above)

    @property
    def refused(self) -> list[Phrase]:
        """Why whole files and sheets were refused or left aside, and the way out, one line each."""
        aside = [
            {**row, "fault": row["reason"], "way_out": Phrase(f"errors.{row['code']}.way_out", row["reason"].values)}
            for row in self._ignored
        ]
        return [
            Phrase("errors.refused", {"file": _whole_name(row), "fault": row["fault"], "way_out": row["way_out"]})
            for row in [*self._rejects, *aside]
            if row["line"] is None
        ]

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """
        Make the ledger's frames.

        Returns
        -------
        frames
            The rejects, the ignored and the remarks, each in the order of files and lines.
        """
        return (
            _frame(self._rejects, FAULT_COLUMNS),
            _frame(self._ignored, IGNORED_COLUMNS),
            _frame(self._remarks, FAULT_COLUMNS),
        )


@cache
def spreadsheet_letters(position: int) -> str:
    """
    Name a column as spreadsheets do.

    Parameters
    ----------
    position
        The column's position, from 0.

    Returns
    -------
    letters
        `A` to `XFD`.

    Examples
    --------
    >>> [spreadsheet_letters(position) for position in (0, 25, 26, 16383)]
    ['A', 'Z', 'AA', 'XFD']
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _whole_name(row: Mapping[str, Any]) -> str:
    return " › ".join(part for part in (row["file"], row["sheet"]) if part)


def _fault(source: Source, code: str, place: tuple[int | None, str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    line, column, cell = place
    letter = source.letters.get(column, "")
    header = source.headers.get(column, column)
    blanks = {"column": header, **values}
    row = (
        source.file,
        source.sheet,
        line,
        cell or (f"{letter}{line}" if letter and line is not None else None),
        header or None,
        values.get("value"),
        code,
        Phrase(f"errors.{code}.text", blanks),
        Phrase(f"errors.{code}.way_out", blanks),
    )
    return dict(zip(FAULT_COLUMNS, row, strict=True))


def _frame(rows: list[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns))
    types = {column: "str" for column in columns if column not in ("line", "fault", "way_out", "reason")}
    frame = frame.astype({**types, "line": "Int64"})
    return frame.sort_values(
        [column for column in ("file", "sheet", "line", "cell") if column in columns],
        kind="stable",
        na_position="first",
        ignore_index=True,
    )
