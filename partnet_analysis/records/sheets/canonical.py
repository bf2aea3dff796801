"""Canonical tables: one header row, columns known by name, one record to a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.config import Config, SourceRule
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.entries import ENTRY, Batch, Findings, Integers, Source, spreadsheet_letters
from partnet_analysis.records.files.coding import codes_and_spellings
from partnet_analysis.records.files.delimited import PlainRows
from partnet_analysis.records.files.parquet import ColumnRows
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid, Rows, UnreadableError

_MOST_TELLING_FIRST: Final = ("attendance", "contacts", "meetings", "actors")
_GENERATED: Final = {"contacts": "contact_id"}
"""Required columns that are made up from file and line where a file lacks them."""

_NAMED_BY_RULE: Final = {
    "actors": ("actor_id", "organisation_id"),
    "meetings": ("convener_id",),
    "attendance": ("actor_id",),
    "contacts": ("source_id", "target_id"),
}


@dataclass(frozen=True, eq=False)
class _Table:
    """A header and what stands below it, column by column; rows wider than the header are kept apart."""

    header: list[str]
    lines: Integers
    columns: list[Sequence[str]]
    too_wide: Integers
    header_line: int


def canonical_batch(grid: Grid, rule: SourceRule, config: Config) -> Batch:
    """
    Read a canonical table.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file: which table, what header, which constants.
    config
        Gives the names that columns bear in all files.

    Returns
    -------
    batch
        The rows below the header.

    Raises
    ------
    UnreadableError
        If there is no header (PN072), required columns are missing (PN073) or one is there twice (PN076).
    """
    sheet = _sheet(grid.rows, rule.header)
    table = rule.table or _table_name(grid.file, sheet.header, config)
    renamed = {**config.columns.get(table, {}), **rule.columns}
    places = _places(table, sheet.header, renamed)
    if not places:
        raise UnreadableError("PN072", expected=names.REQUIRED[table])
    if missing := [column for column in _missing(table, places) if column not in rule.constants]:
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
    frame = pd.DataFrame({column: _column(sheet.columns[place]) for column, place in places.items()})
    frame = frame.assign(**rule.constants)
    repeated = np.array([], dtype=np.int64)
    if table in _GENERATED and _GENERATED[table] not in places:
        repeated = _repeated_rows(sheet)
        for line in sheet.lines[repeated].tolist():
            findings.ignore(source, "PN050", line=line)
        frame = _with_generated_ids(frame, table, source, sheet, findings)
    frame = _with_names_as_mentions(frame, table, {column: sheet.header[place] for column, place in places.items()})
    rows = np.setdiff1d(np.arange(len(sheet.lines)), np.concatenate([sheet.too_wide, repeated]))
    tables = {table: frame.assign(**{ENTRY: np.arange(len(frame))}).iloc[rows]}
    return Batch(
        source,
        sheet.lines,
        tables,
        findings,
        rejected=sheet.too_wide.tolist(),
        ignored=np.setdiff1d(repeated, sheet.too_wide).tolist(),
        header_lines=[sheet.header_line] if sheet.header_line else [],
    )


def is_canonical(grid: Grid, rule: SourceRule, config: Config) -> bool:
    """
    Tell whether a grid is a canonical table.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.
    config
        Gives the names that columns bear in all files.

    Returns
    -------
    canonical
        True if a rule says so, the file is named like a table of which it has mostly columns, a required one among them, or
        its first filled row holds all those of a table.
    """
    if rule.table is not None:
        return True
    if rule.shape is not None or rule.header:
        return rule.shape == "canonical"
    header = next((row for row in grid.rows if any(map(str.strip, row))), [])
    places = {table: _places(table, header, config.columns.get(table, {}), strict=False) for table in _MOST_TELLING_FIRST}
    stem = folded(PurePosixPath(grid.file).stem)
    named = set(places.get(stem, ()))
    # A file called `meetings` may be somebody's own list of meetings: `Day`, `Meeting`, `Attendees`.
    is_mostly = 2 * len(named) >= sum(map(bool, map(str.strip, header)))
    is_named = is_mostly and bool(set(names.REQUIRED.get(stem, ())) & named)
    return is_named or any(not _missing(table, found) for table, found in places.items())


def is_named_like_a_table(grid: Grid) -> bool:
    """
    Tell whether a file is named like a canonical table.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    named
        True for `contacts.csv` and its like.
    """
    return grid.sheet is None and folded(PurePosixPath(grid.file).stem) in names.TABLES


def _column(cells: Any) -> Any:  # noqa: ANN401 (whatever pandas makes a column of)
    return cells if isinstance(cells, pd.Categorical) else np.array(cells, dtype=object)


def _repeated_rows(sheet: _Table) -> Integers:
    """Where rows have no id of their own, one that repeats another in every cell is the same row written twice."""
    whole = pd.DataFrame({place: _column(column) for place, column in enumerate(sheet.columns)})
    return np.flatnonzero(whole.duplicated().to_numpy())


def _with_generated_ids(frame: pd.DataFrame, table: str, source: Source, sheet: _Table, findings: Findings) -> pd.DataFrame:
    column = _GENERATED[table]
    findings.remark(source, "PN045", column=column)
    return frame.assign(**{column: [f"{PurePosixPath(source.file).name}:{line}" for line in sheet.lines]})


def _with_names_as_mentions(frame: pd.DataFrame, table: str, headers: Mapping[str, str]) -> pd.DataFrame:
    """Where a rule gives a column of names for a column of ids, the names are matched as names are."""
    renamed = [
        column for column in _NAMED_BY_RULE[table] if column in headers and folded(headers[column]) not in (column, "id")
    ]
    mentions = {column: [Mention("", name.strip()) if name.strip() else "" for name in frame[column]] for column in renamed}
    return frame.assign(**{column: np.array([*values, None], dtype=object)[:-1] for column, values in mentions.items()})


def _sheet(rows: Rows, given_header: Sequence[str] = ()) -> _Table:
    """Part header and body; where the header is given from outside, every filled row is body."""
    if isinstance(rows, (PlainRows, ColumnRows)) and not given_header:
        whole = _plain_sheet(rows)
        if whole is not None:
            return whole
    filled = [place for place, row in enumerate(rows) if any(row) and any(map(str.strip, row))]
    if not filled:
        raise UnreadableError("PN071")
    if given_header:
        rows = [list(given_header), *rows]
        filled = [0, *(place + 1 for place in filled)]
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
    lines = np.array(filled[1:], dtype=np.int64) + (0 if given_header else 1)
    return _Table(header, lines, columns, np.array(too_wide, dtype=np.int64), 0 if given_header else filled[0] + 1)


def _plain_sheet(rows: PlainRows | ColumnRows) -> _Table | None:
    """Part header and body by whole columns, the fast way for large files; None where rows are wider than the first."""
    frame = rows.columns()
    if frame is None:
        return None
    filled = np.zeros(len(frame), dtype=bool)
    for column in frame:
        if filled.all():
            break
        codes, spellings = codes_and_spellings(frame[column])
        filled |= np.array([bool(spelling.strip()) for spelling in spellings], dtype=bool)[codes]
    places = np.flatnonzero(filled)
    if not len(places):
        return None
    header = [str(cell).strip() for cell in frame.iloc[places[0]]]
    columns: list[Any] = [frame[column].iloc[places[1:]].array for column in frame]
    while header and not header[-1] and not any(columns[-1]):
        header.pop()
        columns.pop()
    return _Table(header, places[1:].astype(np.int64) + 1, columns, np.array([], dtype=np.int64), int(places[0]) + 1)


def _table_name(file: str, header: Sequence[str], config: Config) -> str:
    """Tell which table this is: by the file's name, else by the columns it has."""
    stem = folded(PurePosixPath(file).stem)
    if stem in names.TABLES:
        return stem
    found = {table: _places(table, header, config.columns.get(table, {})) for table in _MOST_TELLING_FIRST}
    complete = [table for table, places in found.items() if not _missing(table, places)]
    if not complete:
        raise UnreadableError("PN077", columns=[name for name in header if name])
    return max(complete, key=lambda table: len(found[table]))


def _places(table: str, header: Sequence[str], renamed: Mapping[str, str], *, strict: bool = True) -> dict[str, int]:
    """Find the place of each canonical column in the header."""
    columns_of: dict[str, list[str]] = {}
    for column in names.COLUMNS[table]:
        columns_of.setdefault(folded(renamed.get(column, column)), []).append(column)
    places: dict[str, int] = {}
    for place, name in enumerate(header):
        for column in columns_of.get(folded(name), ()):
            if places.setdefault(column, place) != place and strict:
                raise UnreadableError("PN076", column=name)
    return places


def _missing(table: str, places: Mapping[str, int]) -> list[str]:
    return [column for column in names.REQUIRED[table] if column not in places and column != _GENERATED.get(table)]


def _remark_unknown_columns(source: Source, sheet: _Table, places: Mapping[str, int], findings: Findings) -> None:
    known = set(places.values())
    for place, name in enumerate(sheet.header):
        if place not in known and (name or any(sheet.columns[place])):
            findings.remark(source, "PN042", name=name or spreadsheet_letters(place))
