"""Tables of text → typed tables: each cell read once for each distinct spelling, each fault told where it stands."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.types import union_categoricals

from partnet_analysis import names
from partnet_analysis.records.cells.days import parse_day
from partnet_analysis.records.cells.values import ERROR_CELLS, BadValueError, known_words, number, text, truth, word
from partnet_analysis.records.entries import ENTRY, PLACES, SOURCE, Batch, Findings, Mask, Objects
from partnet_analysis.records.files.coding import codes_and_spellings
from partnet_analysis.records.grids import UNCOMPUTED

OPTIONAL: Final = "PN041"
"""An unknown word where none is needed: the cell is blanked, the row stays."""

Parser = Callable[[str], Any]

_VOCABULARIES: Final = {
    ("actors", "kind"): "actor_kind",
    ("actors", "level"): "level",
    ("meetings", "kind"): "meeting_kind",
    ("attendance", "status"): "status",
}
_UNKNOWN_WORD: Final = {"status": "PN012", "actor_kind": "PN022"}
EXTRA: Final = {"contacts": ("share",)}
"""Columns beyond the canonical ones that readers may give."""

_DAYS: Final = ("day", "joined_on", "left_on")
_NUMBERS: Final = ("capacity_hours_per_month", "duration_hours", "share")
_TRUTHS: Final = ("invited", "is_coordinator")
_PARSERS: Final[Mapping[str, Parser]] = {"day": parse_day, "number": number, "truth": truth, "text": str}


class Checked:
    """
    One canonical table of all batches together: typed cells, and what became of each row.

    Parameters
    ----------
    name
        The table's name.
    batches
        What the files gave; only what they hold of this table counts.
    findings
        Where faults are noted.
    """

    def __init__(self, name: str, batches: Sequence[Batch], findings: Findings) -> None:
        """Put the batches together, read every cell, and reject the rows whose cells cannot be read."""
        self.name = name
        self.batches = batches
        self.findings = findings
        self.written: pd.DataFrame = _together(name, batches)
        self.source: npt.NDArray[np.int64] = self.written[SOURCE].to_numpy(dtype=np.int64)
        self.entry: npt.NDArray[np.int64] = self.written[ENTRY].to_numpy(dtype=np.int64)
        self.rejected: Mask = np.zeros(len(self.written), dtype=bool)
        self.ignored: Mask = np.zeros(len(self.written), dtype=bool)
        self.absorbed: Mask = np.zeros(len(self.written), dtype=bool)
        columns = (*names.COLUMNS[name], *EXTRA.get(name, ()))
        self.cells: pd.DataFrame = pd.DataFrame({column: self._typed(column) for column in columns})

    @property
    def kept(self) -> Mask:
        """The rows neither rejected nor ignored so far."""
        return ~(self.rejected | self.ignored)

    @property
    def frame(self) -> pd.DataFrame:
        """The rows that are records so far, under their first index: kept, and not absorbed by another row."""
        return self.cells[self.kept & ~self.absorbed]

    def line(self, row: int) -> int | None:
        """
        Find the line of a row.

        Parameters
        ----------
        row
            The row's place in `cells`.

        Returns
        -------
        line
            Its line in its file; None where no single line made it.
        """
        entry = self.entry[row]
        return int(self.batches[self.source[row]].lines[entry]) if entry >= 0 else None

    def reject(
        self, faulty: Mask, code: str, column: str, details: Callable[[int], Mapping[str, Any]] = lambda _: {}
    ) -> None:
        """
        Reject rows.

        Parameters
        ----------
        faulty
            Which rows.
        code
            The fault's code.
        column
            The column at fault.
        details
            Gives what fills the blanks of a row's sentence.
        """
        self._note(self.findings.reject, faulty, code, column, details)
        self.rejected |= faulty

    def remark(self, odd: Mask, code: str, column: str, details: Callable[[int], Mapping[str, Any]] = lambda _: {}) -> None:
        """
        Remark on rows that stay.

        Parameters
        ----------
        odd
            Which rows.
        code
            The remark's code.
        column
            The column concerned.
        details
            Gives what fills the blanks of a row's sentence.
        """
        self._note(self.findings.remark, odd, code, column, details)

    def ignore(self, needless: Mask, code: str, details: Callable[[int], Mapping[str, Any]] = lambda _: {}) -> None:
        """
        Leave rows aside.

        Parameters
        ----------
        needless
            Which rows.
        code
            The reason's code.
        details
            Gives what fills the blanks of a row's sentence.
        """
        for row in np.flatnonzero(needless).tolist():
            source = self.batches[self.source[row]].source
            self.findings.ignore(source, code, line=self.line(row), **details(row))
        self.ignored |= needless

    def _note(
        self,
        note: Callable[..., None],
        rows: Mask,
        code: str,
        column: str,
        details: Callable[[int], Mapping[str, Any]],
    ) -> None:
        for row in np.flatnonzero(rows).tolist():
            source = self.batches[self.source[row]].source
            line, cell = self.line(row), self._cell(row, column)
            if line is None and cell:
                line = int("".join(filter(str.isdigit, cell)))
            values = {"value": self.written[column].iloc[row].strip() if column else "", **details(row)}
            note(source, code, line=line, column=column, cell=cell, **values)

    def address(self, row: int, column: str) -> str:
        """
        Name a cell as spreadsheets do.

        Parameters
        ----------
        row
            The row's place in `cells`.
        column
            The column.

        Returns
        -------
        address
            `B9`, or nothing where no single cell holds the value.
        """
        letter = self.batches[self.source[row]].source.letters.get(column, "")
        line = self.line(row)
        return f"{letter}{line}" if letter and line else self._cell(row, column)

    def _cell(self, row: int, column: str) -> str:
        """Find the address of a cell that its source's letters do not give."""
        places = self.written[PLACES].iloc[row]
        source = self.batches[self.source[row]].source
        if not places or column in source.letters:
            return ""
        return str(places.get(column) or places.get("", ""))

    def _typed(self, column: str) -> pd.Series:
        """Read a column; the faults of required columns, days and numbers cost the row, those of optional words the cell."""
        codes, spellings = codes_and_spellings(self.written[column])
        used = np.bincount(codes, minlength=len(spellings)) > 0
        values: Objects = np.empty(len(spellings), dtype=object)
        faults: dict[str, list[int]] = {}
        for place in np.flatnonzero(used).tolist():
            try:
                values[place] = read_cell(self.name, column, spellings[place])
            except BadValueError as fault:
                faults.setdefault(fault.code, []).append(place)
        for code, places in faults.items():
            self._report(np.isin(codes, places), code, column)
        return _as_dtype(column, values).take(codes).reset_index(drop=True)

    def _report(self, faulty: Mask, code: str, column: str) -> None:
        vocabulary = _VOCABULARIES.get((self.name, column))
        known = known_words(vocabulary) if vocabulary else ("true", "false")
        report = self.remark if code == OPTIONAL else self.reject
        report(faulty, code, column, lambda _: {"known": known})


def read_cell(table: str, column: str, spelling: str) -> Any:  # noqa: ANN401 (whatever the column holds)
    """
    Read a cell.

    Parameters
    ----------
    table
        The canonical table.
    column
        The canonical column.
    spelling
        What the cell holds.

    Returns
    -------
    value
        A day, a number, a truth, a word or a text; None where the cell is empty and may be.

    Raises
    ------
    BadValueError
        If the cell holds what its column does not take, an error of a formula (PN023), a formula without its result
        (PN038), or nothing where it must not be empty (PN010).

    Examples
    --------
    >>> read_cell("meetings", "day", " 14/03/2025"), read_cell("attendance", "status", "Excusé(e)")
    (datetime.date(2025, 3, 14), 'excused')
    """
    cleaned = text(spelling)
    if cleaned in ERROR_CELLS:
        raise BadValueError("PN038" if cleaned == UNCOMPUTED else "PN023")
    if cleaned is not None:
        return _parser(table, column)(cleaned)
    if column in names.REQUIRED[table]:
        raise BadValueError("PN010")
    return None


@cache
def _parser(table: str, column: str) -> Parser:
    vocabulary = _VOCABULARIES.get((table, column))
    if vocabulary:
        return partial(word, vocabulary, code=_UNKNOWN_WORD.get(vocabulary, OPTIONAL))
    return _PARSERS[kind_of(column)]


def kind_of(column: str) -> Literal["day", "number", "truth", "text"]:
    """
    Tell what a canonical column holds.

    Parameters
    ----------
    column
        The column.

    Returns
    -------
    kind
        Days, numbers, truths or text; the words of the closed vocabularies are text.
    """
    if column in _DAYS:
        return "day"
    if column in _NUMBERS:
        return "number"
    return "truth" if column in _TRUTHS else "text"


def is_free_text(table: str, column: str) -> bool:
    """
    Tell whether a column takes any text.

    Parameters
    ----------
    table
        The canonical table.
    column
        The canonical column.

    Returns
    -------
    free
        True for ids, names and titles.
    """
    return kind_of(column) == "text" and (table, column) not in _VOCABULARIES


def _together(name: str, batches: Sequence[Batch]) -> pd.DataFrame:
    columns = [*names.COLUMNS[name], *EXTRA.get(name, ()), SOURCE, ENTRY, PLACES]
    parts = [
        batch.tables[name].assign(**{SOURCE: place}).reindex(columns=columns, fill_value="")
        for place, batch in enumerate(batches)
        if name in batch.tables
    ]
    if not parts:
        return pd.DataFrame(columns=columns, dtype=object)
    return pd.DataFrame({column: _stacked([part[column] for part in parts]) for column in columns})


def _stacked(parts: Sequence[pd.Series]) -> pd.Series:
    """Put columns below one another; spellings that have codes keep them."""
    if all(isinstance(part.dtype, pd.CategoricalDtype) for part in parts):
        return pd.Series(union_categoricals(list(parts)))
    return pd.concat(parts, ignore_index=True)


def _as_dtype(column: str, values: Objects) -> pd.Series:
    if column in _DAYS:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object))).astype("datetime64[us]")
    if column in _NUMBERS:
        return pd.Series(values, dtype=object).astype(float)
    if column in _TRUTHS:
        return pd.Series(values, dtype=object).astype("boolean")
    return pd.Series(values, dtype="str")
