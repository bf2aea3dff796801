"""Tables of text → typed tables: each cell read once for each distinct spelling, each fault told where it stands."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.readers.days import parse_day
from partnet_analysis.records.readers.entries import ENTRY, PLACES, SOURCE, Batch, Findings, Mask, Objects
from partnet_analysis.records.readers.values import ERROR_CELLS, BadValueError, known_words, number, text, truth, word

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
        self.written = _together(name, batches)
        self.source = self.written[SOURCE].to_numpy(dtype=np.int64)
        self.entry = self.written[ENTRY].to_numpy(dtype=np.int64)
        self.rejected: Mask = np.zeros(len(self.written), dtype=bool)
        self.ignored: Mask = np.zeros(len(self.written), dtype=bool)
        self.absorbed: Mask = np.zeros(len(self.written), dtype=bool)
        self.cells = pd.DataFrame({column: self._typed(column) for column in (*names.COLUMNS[name], *EXTRA.get(name, ()))})

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
        parse, code_of_empty = self._parser(column)
        codes, spellings = pd.factorize(self.written[column].to_numpy(dtype=object))
        values: Objects = np.empty(len(spellings), dtype=object)
        faults: dict[str, list[int]] = {}
        for place, spelling in enumerate(spellings):
            try:
                values[place] = _value(spelling, parse, code_of_empty)
            except BadValueError as fault:
                faults.setdefault(fault.code, []).append(place)
        for code, places in faults.items():
            self._report(np.isin(codes, places), code, column)
        return _as_dtype(column, values[codes])

    def _parser(self, column: str) -> tuple[Parser, str | None]:
        code_of_empty = "PN010" if column in names.REQUIRED[self.name] else None
        vocabulary = _VOCABULARIES.get((self.name, column))
        if vocabulary:
            return partial(word, vocabulary, code=_UNKNOWN_WORD.get(vocabulary, OPTIONAL)), code_of_empty
        for columns, parse in ((_DAYS, parse_day), (_NUMBERS, number), (_TRUTHS, truth)):
            if column in columns:
                return parse, code_of_empty
        return str, code_of_empty

    def _report(self, faulty: Mask, code: str, column: str) -> None:
        vocabulary = _VOCABULARIES.get((self.name, column))
        known = known_words(vocabulary) if vocabulary else ("true", "false")
        report = self.remark if code == OPTIONAL else self.reject
        report(faulty, code, column, lambda _: {"known": known})


def _value(spelling: str, parse: Parser, code_of_empty: str | None) -> Any:  # noqa: ANN401 (whatever the column holds)
    cleaned = text(spelling)
    if cleaned in ERROR_CELLS:
        raise BadValueError("PN023")
    if cleaned is not None:
        return parse(cleaned)
    if code_of_empty:
        raise BadValueError(code_of_empty)
    return None


def _together(name: str, batches: Sequence[Batch]) -> pd.DataFrame:
    columns = [*names.COLUMNS[name], *EXTRA.get(name, ()), SOURCE, ENTRY, PLACES]
    parts = [
        batch.tables[name].assign(**{SOURCE: place}).reindex(columns=columns, fill_value="")
        for place, batch in enumerate(batches)
        if name in batch.tables
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns, dtype=object)


def _as_dtype(column: str, values: Objects) -> pd.Series:
    if column in _DAYS:
        return pd.Series(pd.to_datetime(pd.Series(values, dtype=object))).astype("datetime64[us]")
    if column in _NUMBERS:
        return pd.Series(values, dtype=object).astype(float)
    if column in _TRUTHS:
        return pd.Series(values, dtype=object).astype("boolean")
    return pd.Series(values, dtype="str")
