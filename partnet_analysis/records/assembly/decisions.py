"""The tables of names beside the records → `Aliases`: what somebody decided, in a workbook or a CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from partnet_analysis.config import Limits
from partnet_analysis.records.drafts import address
from partnet_analysis.records.entries import Findings, Source
from partnet_analysis.records.files.delimited import decoded
from partnet_analysis.records.files.workbooks import WorkbookReader
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import UnreadableError
from partnet_analysis.records.identity import ALIAS_COLUMNS, ALIAS_FILE, ALIAS_WORKBOOK, Aliases, decision_of, pair_of

_HEADERS: Final = {
    "name": ("name", "nom"),
    "same_as": ("same_as", "same as", "meme_que", "meme que"),
    "decision": ("decision",),
}
"""How the columns may be called, without accents and capitals."""

_LINES_ABOVE: Final = 20
"""Lines that may stand above the header, such as those that say what to do."""

_Rows = Sequence[Sequence[str]]


class _Line(NamedTuple):
    """A decision and where it stands."""

    name: str
    same_as: str
    word: str
    source: Source
    line: int
    cell: str


def decided_aliases(folder: Path, findings: Findings | None = None, limits: Limits | None = None) -> Aliases:
    """
    Read the tables of names beside the records.

    Parameters
    ----------
    folder
        The folder of records.
    findings
        Where faults and what was decided are noted.
    limits
        How much a workbook may ask of the machine.

    Returns
    -------
    aliases
        The decisions of `aliases.csv` and `aliases.xlsx`; none where there is no such file, or it cannot be read. Of two
        decisions about one pair the last holds, the workbook's after the other's.
    """
    findings = findings if findings is not None else Findings()
    lines = [
        line for source, rows in _tables(folder, findings, limits or Limits()) for line in _lines(source, rows, findings)
    ]
    _remark_what_is_odd(lines, findings)
    aliases = Aliases.of_rows((line.name, line.same_as, line.word) for line in lines)
    if aliases.same or aliases.apart:
        file = Source(lines[-1].source.file)
        findings.remark(file, "PN069", n=len(aliases.same), apart=len(aliases.apart), file=file.file)
    return aliases


def _tables(folder: Path, findings: Findings, limits: Limits) -> Iterator[tuple[Source, _Rows]]:
    """Open what there is: the CSV first."""
    for file, opened in ((ALIAS_FILE, _csv_table), (ALIAS_WORKBOOK, _sheets)):
        if (folder / file).is_file():
            try:
                yield from list(opened(file, (folder / file).read_bytes(), limits))
            except UnreadableError as fault:
                findings.reject(Source(file), fault.code, **fault.values)
            except OSError as fault:
                findings.reject(Source(file), "PN089", detail=fault.strerror or "")


def _csv_table(file: str, content: bytes, limits: Limits) -> Iterator[tuple[Source, _Rows]]:  # noqa: ARG001 (as for workbooks)
    text = decoded(content)
    header = text.split("\n", 1)[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    yield Source(file), list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _sheets(file: str, content: bytes, limits: Limits) -> Iterator[tuple[Source, _Rows]]:
    """List the sheets that are tables of names; where none is, the first, which will be at fault."""
    with WorkbookReader(limits) as workbooks:
        grids = workbooks.grids(file, content)
    tables = [grid for grid in grids if _header_line(grid.rows) is not None] or grids[:1]
    yield from ((Source(file, grid.sheet), grid.rows) for grid in tables)


def _header_line(rows: _Rows) -> int | None:
    return next((number for number, row in enumerate(rows[:_LINES_ABOVE]) if not _missing(row)), None)


def _missing(row: Sequence[str]) -> list[str]:
    names = {folded(cell) for cell in row}
    return [column for column in ALIAS_COLUMNS if names.isdisjoint(_HEADERS[column])]


def _lines(source: Source, rows: _Rows, findings: Findings) -> Iterator[_Line]:
    head = _header_line(rows)
    if head is None:
        findings.reject(source, "PN073", columns=_missing(rows[0] if rows else []))
        return
    header = [folded(cell) for cell in rows[head]]
    places = [next(header.index(name) for name in _HEADERS[column] if name in header) for column in ALIAS_COLUMNS]
    for number, row in enumerate(rows[head + 1 :], start=head + 1):
        name, same_as, word = (row[place].strip() if place < len(row) else "" for place in places)
        yield _Line(name, same_as, word, source, number + 1, address(number, places[2]))


def _remark_what_is_odd(lines: Iterable[_Line], findings: Findings) -> None:
    """Tell decisions that are not understood, that lack a name, or that a later one contradicts."""
    held: dict[frozenset[str], _Line] = {}
    for line in lines:
        place: dict[str, Any] = {"line": line.line, "cell": line.cell, "value": line.word}
        decision = decision_of(line.word)
        if not line.word:
            continue
        if not decision:
            findings.remark(line.source, "PN181", **place)
        elif not (line.name and line.same_as):
            findings.remark(line.source, "PN182", **place)
        else:
            earlier = held.get(pair_of(line.name, line.same_as))
            if earlier is not None and decision_of(earlier.word) != decision:
                place |= {"name": line.name, "other": line.same_as}
                place |= {"earlier": earlier.word, "file": earlier.source.file, "at": earlier.cell}
                findings.remark(line.source, "PN183", **place)
            held[pair_of(line.name, line.same_as)] = line
