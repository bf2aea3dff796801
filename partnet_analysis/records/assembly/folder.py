"""A folder of files → `Reading`: the records, and what became of every row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from partnet_analysis.config import FILE_NAME, Config
from partnet_analysis.display import path_in_words
from partnet_analysis.errors import InputError
from partnet_analysis.messages import Phrase
from partnet_analysis.records.assembly.checking import Checked
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.assembly.entity_resolution import resolved
from partnet_analysis.records.assembly.merging import merged_records
from partnet_analysis.records.assembly.summaries import without_summaries
from partnet_analysis.records.assembly.territories import refuse_territories
from partnet_analysis.records.cells.looks import KnownNames
from partnet_analysis.records.drafts import address
from partnet_analysis.records.entries import Batch, Findings, Source
from partnet_analysis.records.files.calendars import calendar_batch
from partnet_analysis.records.files.cards import SUFFIXES as CARDS
from partnet_analysis.records.files.cards import card_batch
from partnet_analysis.records.files.delimited import delimited_grid
from partnet_analysis.records.files.documents import OLD_SUFFIX, document_grid
from partnet_analysis.records.files.documents import SUFFIXES as DOCUMENTS
from partnet_analysis.records.files.mails import mail_batch, outlook_batch
from partnet_analysis.records.files.parquet import parquet_grid
from partnet_analysis.records.files.texts import MARKDOWN, text_grid
from partnet_analysis.records.files.workbooks import PDF, WorkbookReader
from partnet_analysis.records.files.workbooks import SUFFIXES as WORKBOOKS
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid, UnreadableError
from partnet_analysis.records.identity import ALIAS_FILES
from partnet_analysis.records.ledger import ACCOUNTING_COLUMNS, FAULTY_ROW_COLUMNS, Ledger
from partnet_analysis.records.likeness import NOTHING_FOUND, FoundNames
from partnet_analysis.records.sheets.known import known_names
from partnet_analysis.records.sheets.understanding import recognised
from partnet_analysis.records.tables import Records

_DELIMITED: Final = (".csv", ".tsv", ".dat")
_TEXTS: Final = (".txt", *MARKDOWN)
_DOCUMENTS: Final = (*DOCUMENTS, OLD_SUFFIX)
_OUTLOOK_MESSAGE: Final = ".msg"
_WITHOUT_GRID: Final[Mapping[str, Callable[[str, bytes], Batch]]] = {
    **dict.fromkeys((".eml", ".mbox"), mail_batch),
    **dict.fromkeys(CARDS, card_batch),
}
_CALENDARS: Final = (".ics", ".ical")
_PARQUET: Final = ".parquet"
_NOTICES: Final = ("readme", "lisezmoi", "lisez moi", "lisez-moi", "read me")
_LOCK_MARK: Final = "~$"


@dataclass(frozen=True, eq=False)
class Reading:
    """
    What a folder holds.

    Parameters
    ----------
    records
        The records, at the level they were written at.
    ledger
        What became of every row.
    names
        The names as written.
    """

    records: Records
    ledger: Ledger
    names: FoundNames = NOTHING_FOUND


def read_folder(folder: Path, config: Config, *, on_file: Callable[[str], None] | None = None) -> Reading:
    """
    Read a folder of records.

    Parameters
    ----------
    folder
        The folder; its files, those of its folders too, are read in alphabetical order and never written.
    config
        What `partnet.toml` says.
    on_file
        Called with each file's name before it is read, for whoever shows progress.

    Returns
    -------
    reading
        The records and the ledger. A file that cannot be read is refused, reported, and costs the others nothing.

    Raises
    ------
    InputError
        If there is no such folder (PN001), it is a file (PN007), nothing in it can be read (PN070), or it holds several
        partnerships (PN110).
    """
    findings = Findings()
    found = opened_folder(folder, config, findings, on_file=on_file)
    # Every sheet is opened before the first is understood: each may say who the others speak of.
    known = known_names([each for each in found if isinstance(each, Grid)], config)
    batches = without_summaries([batch for each in found for batch in _understood(each, config, findings, known)])
    findings.extend([batch.findings for batch in batches])
    if not any(len(batch.lines) for batch in batches):
        raise InputError("PN070", path=str(folder), refused=_unread(batches, findings))
    batches, found_names = resolved(batches, decided_aliases(folder, findings, config.limits), findings)
    return _reading(batches, found_names, findings, config)


def opened_folder(
    folder: Path, config: Config, findings: Findings, *, on_file: Callable[[str], None] | None = None
) -> list[Batch | Grid]:
    """
    Open every file of a folder, and understand none.

    Parameters
    ----------
    folder
        The folder.
    config
        What `partnet.toml` says.
    findings
        Where files that cannot be opened, or are left aside, are noted.
    on_file
        Called with each file's name before it is read.

    Returns
    -------
    found
        The sheets, and what the files without rows and columns gave, in the order of files.

    Raises
    ------
    InputError
        If there is no such folder (PN001), it is a file (PN007), or it holds several partnerships (PN110).
    """
    if not folder.exists():
        raise InputError("PN001", path=str(folder))
    if not folder.is_dir():
        raise InputError("PN007", path=str(folder))
    refuse_territories(folder, config)
    found: list[Batch | Grid] = []
    with WorkbookReader(config.limits) as workbooks:
        for path in _files(folder, config):
            source = Source(path_in_words(path.relative_to(folder).as_posix()))
            if on_file is not None:
                on_file(source.file)
            try:
                found += _opened(source, path, config, findings, workbooks)
            except UnreadableError as fault:
                findings.reject(source, fault.code, **fault.values)
    return found


def _unread(batches: Sequence[Batch], findings: Findings) -> list[Phrase]:
    """Name every file of a folder in which nothing could be read, with the reason."""
    blanks = {"fault": Phrase("errors.no_rows"), "way_out": Phrase("errors.no_rows_way_out")}
    without_rows = [Phrase("errors.refused", {"file": batch.source.file, **blanks}) for batch in batches]
    return [*findings.refused, *without_rows] or [Phrase("errors.no_files")]


def _reading(batches: Sequence[Batch], found_names: FoundNames, findings: Findings, config: Config) -> Reading:
    records, checked = merged_records(batches, findings, config.partnership.strangers)
    rejects, ignored, remarks = findings.frames()
    faulty = _faulty_rows(batches, rejects)
    return Reading(records, Ledger(_accounting(batches, checked), rejects, ignored, remarks, faulty), found_names)


def _files(folder: Path, config: Config) -> Iterator[Path]:
    """List the files of records: none that is hidden or in a hidden folder, none that serves something else."""
    others = {FILE_NAME, *ALIAS_FILES, *config.texts.model_dump().values(), *config.geography.model_dump().values()}
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.relative_to(folder).as_posix() not in others:
            yield path


def _opened(
    source: Source, path: Path, config: Config, findings: Findings, workbooks: WorkbookReader
) -> Iterator[Batch | Grid]:
    """Read a file: into a batch where it has no rows and columns, else into the grids of its sheets."""
    suffix = path.suffix.lower()
    if reason := _reason_to_leave(source, path, config):
        findings.ignore(source, reason)
    elif suffix in _CALENDARS:
        yield calendar_batch(source.file, _bytes(path), config.partnership)
    elif suffix in _WITHOUT_GRID:
        yield _WITHOUT_GRID[suffix](source.file, _bytes(path))
    elif suffix == _OUTLOOK_MESSAGE:
        zone = ZoneInfo(config.partnership.time_zone)
        yield outlook_batch(source.file, workbooks.envelope(_bytes(path)), zone)
    else:
        grids = _grids(source, path, config, workbooks)
        if grids is None:
            findings.ignore(source, "PN060")
        yield from grids or []


def _reason_to_leave(source: Source, path: Path, config: Config) -> str | None:
    """Tell why a file is left aside before it is opened, by code; None where it is not."""
    if path.name.startswith(_LOCK_MARK):
        return "PN064"
    if config.rule(source.file).skip:
        return "PN065"
    return "PN052" if path.suffix.lower() in _TEXTS and folded(path.stem) in _NOTICES else None


def _grids(source: Source, path: Path, config: Config, workbooks: WorkbookReader) -> list[Grid] | None:
    """Make the grids of a file; None where its kind is not read."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        return workbooks.grids(source.file, _bytes(path))
    if suffix in _DELIMITED:
        return [delimited_grid(source.file, _bytes(path), config.rule(source.file).delimiter)]
    if suffix in _TEXTS:
        return [text_grid(source.file, _bytes(path), config.rule(source.file).delimiter)]
    if suffix in _DOCUMENTS:
        return [document_grid(source.file, _bytes(path), config.limits)]
    if suffix == PDF:
        return [workbooks.pdf_grid(source.file, _bytes(path))]
    return [parquet_grid(source.file, path)] if suffix == _PARQUET else None


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise UnreadableError("PN089", detail=fault.strerror or "") from None


def _understood(found: Batch | Grid, config: Config, findings: Findings, known: KnownNames) -> Iterator[Batch]:
    """Understand a sheet; one that cannot be read costs the others nothing, an empty one is left aside."""
    if isinstance(found, Batch):
        yield found
        return
    source = Source(found.file, found.sheet)
    if config.rule(found.file, found.sheet).skip:
        findings.ignore(source, "PN065")
        return
    if found.sheet is not None and not any(map(any, found.rows)):
        findings.ignore(source, "PN066")
        return
    _remark_what_is_hidden(found, source, findings)
    try:
        yield recognised(found, config, known)
    except UnreadableError as fault:
        findings.reject(source, fault.code, **fault.values)


def _remark_what_is_hidden(grid: Grid, source: Source, findings: Findings) -> None:
    if grid.is_hidden:
        findings.remark(source, "PN067")
    if grid.hidden_rows:
        findings.remark(source, "PN068", line=grid.hidden_rows[0], n=len(grid.hidden_rows))
    for row, column, original in grid.mended[:1]:
        values: dict[str, Any] = {"value": original, "mended": grid.cell(row, column), "n": len(grid.mended)}
        findings.remark(source, "PN054", line=row + 1, cell=address(row, column), **values)


def _faulty_rows(batches: Sequence[Batch], rejects: pd.DataFrame) -> pd.DataFrame:
    """Copy the rejected rows as they stand in their files, each sheet's header first."""
    faulty = rejects.dropna(subset="line")
    lines: dict[tuple[str, str | None], list[int]] = {}
    for file, sheet, line in zip(faulty["file"], faulty["sheet"], faulty["line"], strict=True):
        lines.setdefault((file, sheet if isinstance(sheet, str) else None), []).append(int(line))
    rows = []
    for batch in batches:
        wanted = lines.get((batch.source.file, batch.source.sheet))
        if batch.grid is None or not wanted:
            continue
        headers = set(batch.header_lines) - {0}
        for line in [*sorted(headers), *sorted(set(wanted) - headers)]:
            cells = tuple(batch.grid.rows[line - 1]) if line <= len(batch.grid.rows) else ()
            rows.append((batch.source.file, batch.source.sheet, line, line in headers, cells))
    return pd.DataFrame(rows, columns=list(FAULTY_ROW_COLUMNS))


def _accounting(batches: Sequence[Batch], checked: Mapping[str, Checked]) -> pd.DataFrame:
    rows = []
    for place, batch in enumerate(batches):
        kept, rejected, ignored = _fates(place, batch, checked)
        source = batch.source
        n_actors = _n_actors(place, checked)
        rows.append((source.file, source.sheet, source.shape, len(batch.lines), kept, rejected, ignored, n_actors))
    accounting = pd.DataFrame(rows, columns=[*ACCOUNTING_COLUMNS, "n_actors"])
    return accounting.astype({"file": "str", "sheet": "str", "shape": "str"})


def _n_actors(place: int, checked: Mapping[str, Checked]) -> int:
    """Count the actors that a batch's kept rows speak of; those a row adds by itself are named there too."""
    named: set[str] = set()
    for table, column in (
        ("actors", "actor_id"),
        ("attendance", "actor_id"),
        ("contacts", "source_id"),
        ("contacts", "target_id"),
    ):
        rows = checked[table]
        here = (rows.source == place) & rows.kept & ((rows.entry >= 0) | (table != "actors"))
        named |= set(rows.cells.loc[here, column].dropna().drop_duplicates().to_numpy(dtype=object))
    return len(named)


def _fates(place: int, batch: Batch, checked: Mapping[str, Checked]) -> tuple[int, int, int]:
    """Count the entries kept, rejected, ignored: an entry is kept if any of its rows is, else rejected if any is."""
    kept, rejected, ignored = (np.zeros(len(batch.lines), dtype=bool) for _ in range(3))
    kept[list(batch.absorbed)] = True
    rejected[list(batch.rejected)] = True
    ignored[list(batch.ignored)] = True
    for table in checked.values():
        here = (table.source == place) & (table.entry >= 0)
        kept[table.entry[here & table.kept]] = True
        rejected[table.entry[here & table.rejected]] = True
        ignored[table.entry[here & table.ignored]] = True
    return int(kept.sum()), int((rejected & ~kept).sum()), int((ignored & ~kept & ~rejected).sum())
