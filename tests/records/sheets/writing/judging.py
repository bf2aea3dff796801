"""
Judge what was read of files that we wrote: what is missing is told where the ledger names the thing, its cell or its row.

It is told, too, where the ledger says of its file or sheet that nothing of it was kept.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from partnet_analysis.config import Config
from partnet_analysis.errors import PartnetError
from partnet_analysis.records.assembly import Reading, read_folder
from tests.records.judging.faults import Found, Missing
from tests.records.judging.verdicts import Entry, Verdict, entries, judge, kept_sheets
from tests.records.judging.words import within, words
from tests.records.sheets.writing.hand import Cell
from tests.records.sheets.writing.truth import Written


def read_and_judge(written: Written) -> Verdict:
    """Read what was written in a folder of its own, and judge."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in written.files.items():
            (folder / name).write_bytes(content)
        try:
            reading = read_folder(folder, Config.load(folder))
        except PartnetError as refusal:
            return Verdict(told=(str(refusal),), refused=True)
    return judge(Found(reading.records), written.truth, _Telling(reading, written))


@dataclass(frozen=True)
class _Place:
    """A row that holds what is missing, with the columns that it stands in and the cells above it."""

    file: str
    sheet: str
    line: int
    columns: frozenset[str]
    heads: frozenset[tuple[str, ...]]


class _Telling:
    """What the ledger says of that which is missing."""

    def __init__(self, reading: Reading, written: Written) -> None:
        self._entries = entries(reading.ledger)
        self._kept = kept_sheets(reading.ledger)
        self._written = written

    def speaks_of(self, missing: Missing) -> bool:
        """Whether an entry names the thing, its row or its column, or says that nothing is kept of all that names it."""
        if not missing.names:
            return bool(self._entries)
        sought = [words(name) for name in missing.names]
        rows = list(self._places(missing.names[0]))
        columns = [place for name in missing.names for place in self._places(name)]
        return any(
            any(within(name, entry.text) for name in sought)
            or self._is_of_row(entry, rows)
            or self._is_of_column(entry, columns)
            for entry in self._entries
        )

    def unsaid(self) -> Iterable[str]:
        """Nothing: what the truth asks for in any case is missing where it is not told."""
        return ()

    def _is_of_row(self, entry: Entry, places: Iterable[_Place]) -> bool:
        here = [place for place in places if place.file == entry.file and entry.sheet in {"", place.sheet}]
        if entry.line is None:
            return bool(here) and not any(self._is_kept(place) for place in here)
        return any(entry.line == place.line for place in here)

    @staticmethod
    def _is_of_column(entry: Entry, places: Iterable[_Place]) -> bool:
        letters = entry.cell.rstrip("0123456789")
        return any(
            place.file == entry.file
            and (
                (letters in place.columns and (entry.line or 0) < place.line)
                or (bool(entry.value) and tuple(entry.value) in place.heads)
            )
            for place in places
        )

    def _is_kept(self, place: _Place) -> bool:
        return (place.file, place.sheet) in self._kept or (place.file, "") in self._kept

    def _places(self, name: str) -> Iterator[_Place]:
        """Where a name, or a day in any form, is written."""
        day = date.fromisoformat(name) if name[:4].isdigit() and name[4:5] == "-" else None
        sought = set(words(name))
        for file, page in ((file, page) for file, pages in self._written.pages.items() for page in pages):
            everywhere = _holds(file, sought, day) or _holds(page.name, sought, day)
            for line, row in enumerate(page.rows, 1):
                columns = [n for n, cell in enumerate(row) if _holds(cell, sought, day)]
                if columns or everywhere or sought <= set(words(" ".join(str(cell or "") for cell in row))):
                    above = (
                        tuple(words(str(row[n]))) for row in page.rows[: line - 1][:12] for n in columns if n < len(row)
                    )
                    yield _Place(file, page.name, line, frozenset(map(_letters, columns)), frozenset(above))


def _holds(cell: Cell, sought: set[str], day: date | None) -> bool:
    if day is None:
        return isinstance(cell, str) and sought <= set(words(cell))
    if isinstance(cell, date):
        return cell == day
    found = words(str(cell or ""))
    return (
        str(day.year) in found and (str(day.day) in found or f"{day.day:02d}" in found)
    ) or f"{day:%d %m %y}" in " ".join(found)


def _letters(column: int) -> str:
    """Name a column as a spreadsheet does."""
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)
