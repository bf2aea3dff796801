"""Canonical tables: one header row, columns known by name, one record to a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.config import Config
from partnet_analysis.records.readers.entries import ENTRY, Batch, Findings, Integers, Source, spreadsheet_letters
from partnet_analysis.records.readers.folding import folded
from partnet_analysis.records.readers.grids import Grid, Rows, UnreadableError

_MOST_TELLING_FIRST: Final = ("attendance", "contacts", "meetings", "actors")
_GENERATED: Final = {"contacts": "contact_id"}
"""Required columns that are made up from file and line where a file lacks them."""


@dataclass(frozen=True, eq=False)
class _Table:
    """A header and what stands below it, column by column; rows wider than the header are kept apart."""

    header: list[str]
    lines: Integers
    columns: list[Sequence[str]]
    too_wide: Integers


def canonical_batch(grid: Grid, config: Config) -> Batch:
    """
    Read a canonical table.

    Parameters
    ----------
    grid
        The cells.
    config
        Gives the names that columns bear in these files.

    Returns
    -------
    batch
        The rows below the header.

    Raises
    ------
    UnreadableError
        If there is no header (PN072), required columns are missing (PN073) or one is there twice (PN076).
    """
    sheet = _sheet(grid.rows)
    table = _table_name(grid.file, sheet.header, config)
    places = _places(table, sheet.header, config)
    if not places:
        raise UnreadableError("PN072", expected=names.REQUIRED[table])
    if missing := _missing(table, places):
        raise UnreadableError("PN073", columns=missing)
    source = Source(
        grid.file,
        grid.sheet,
        headers={column: sheet.header[place] for column, place in places.items()},
        letters={column: spreadsheet_letters(place) for column, place in places.items()},
    )
    findings = Findings()
    _remark_unknown_columns(source, sheet, places, findings)
    beyond = spreadsheet_letters(len(sheet.header))
    for line in sheet.lines[sheet.too_wide].tolist():
        findings.reject(source, "PN021", line=line, cell=f"{beyond}{line}", n=len(sheet.header))
    rows = np.delete(np.arange(len(sheet.lines)), sheet.too_wide)
    frame = pd.DataFrame({column: np.array(sheet.columns[place], dtype=object) for column, place in places.items()})
    generated = _GENERATED.get(table)
    if generated and generated not in places:
        findings.remark(source, "PN045", column=generated)
        frame[generated] = [f"{PurePosixPath(grid.file).name}:{line}" for line in sheet.lines]
    tables = {table: frame.assign(**{ENTRY: np.arange(len(frame))}).iloc[rows]}
    return Batch(source, sheet.lines, tables, findings, rejected=sheet.too_wide.tolist())


def _sheet(rows: Rows) -> _Table:
    filled = [place for place, row in enumerate(rows) if any(row) and any(map(str.strip, row))]
    if not filled:
        raise UnreadableError("PN071")
    header = [cell.strip() for cell in rows[filled[0]]]
    while header and not header[-1] and all(not any(rows[place][len(header) - 1 :]) for place in filled[1:]):
        header.pop()
    body = [rows[place] for place in filled[1:]]
    width = len(header)
    uneven = [place for place, row in enumerate(body) if len(row) != width]
    too_wide = [place for place in uneven if any(map(str.strip, body[place][width:]))]
    for place in uneven:
        body[place] = (body[place] + [""] * width)[:width]
    columns: list[Sequence[str]] = list(zip(*body, strict=True)) if body else [()] * width
    return _Table(header, np.array(filled[1:], dtype=np.int64) + 1, columns, np.array(too_wide, dtype=np.int64))


def _table_name(file: str, header: Sequence[str], config: Config) -> str:
    """Tell which table this is: by the file's name, else by the columns it has."""
    stem = folded(PurePosixPath(file).stem)
    if stem in names.TABLES:
        return stem
    found = {table: _places(table, header, config) for table in _MOST_TELLING_FIRST}
    complete = [table for table, places in found.items() if not _missing(table, places)]
    if not complete:
        raise UnreadableError("PN077", columns=[name for name in header if name])
    return max(complete, key=lambda table: len(found[table]))


def _places(table: str, header: Sequence[str], config: Config) -> dict[str, int]:
    """Find the place of each canonical column in the header."""
    renamed = config.columns.get(table, {})
    wanted = {folded(renamed.get(column, column)): column for column in names.COLUMNS[table]}
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        column = wanted.get(folded(name))
        if column and places.setdefault(column, place) != place:
            raise UnreadableError("PN076", column=name)
    return places


def _missing(table: str, places: Mapping[str, int]) -> list[str]:
    return [column for column in names.REQUIRED[table] if column not in places and column != _GENERATED.get(table)]


def _remark_unknown_columns(source: Source, sheet: _Table, places: Mapping[str, int], findings: Findings) -> None:
    known = set(places.values())
    for place, name in enumerate(sheet.header):
        if place not in known and (name or any(sheet.columns[place])):
            findings.remark(source, "PN042", name=name or spreadsheet_letters(place))
