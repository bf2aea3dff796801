"""A folder of files → `Reading`: the records, and what became of every row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.config import FILE_NAME, Config
from partnet_analysis.errors import InputError
from partnet_analysis.records.ledger import ACCOUNTING_COLUMNS, Ledger
from partnet_analysis.records.readers.canonical import canonical_batch
from partnet_analysis.records.readers.checking import Checked
from partnet_analysis.records.readers.delimited import delimited_grid
from partnet_analysis.records.readers.entries import Batch, Findings, Source
from partnet_analysis.records.readers.grids import UnreadableError
from partnet_analysis.records.readers.merging import merged_records
from partnet_analysis.records.tables import Records

_DELIMITED: Final = (".csv", ".tsv", ".txt")


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
    """

    records: Records
    ledger: Ledger


def read_folder(folder: str | Path, config: Config | None = None) -> Reading:
    """
    Read a folder of records.

    Parameters
    ----------
    folder
        The folder; its files, those of its folders too, are read in alphabetical order and never written.
    config
        How to read it; what `partnet.toml` in the folder says by default.

    Returns
    -------
    reading
        The records and the ledger. A file that cannot be read is refused, reported, and costs the others nothing.

    Raises
    ------
    InputError
        If there is no such folder (PN001), it is a file (PN007), or nothing in it can be read (PN070).
    """
    folder = Path(folder)
    if not folder.exists():
        raise InputError("PN001", path=str(folder))
    if not folder.is_dir():
        raise InputError("PN007", path=str(folder))
    config = Config.load(folder) if config is None else config
    findings = Findings()
    batches = [batch for path in _files(folder) for batch in _batches(folder, path, config, findings)]
    findings.extend([batch.findings for batch in batches])
    if not batches:
        raise InputError("PN070", path=str(folder), refused=findings.refused or "–")
    records, checked = merged_records(batches, findings, config.partnership.strangers)
    rejects, ignored, remarks = findings.frames()
    return Reading(records, Ledger(_accounting(batches, checked), rejects, ignored, remarks))


def _files(folder: Path) -> Iterator[Path]:
    """List the files, hidden ones and those of hidden folders left out."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path != folder / FILE_NAME:
            yield path


def _batches(folder: Path, path: Path, config: Config, findings: Findings) -> Iterator[Batch]:
    source = Source(path.relative_to(folder).as_posix())
    if path.suffix.lower() not in _DELIMITED:
        findings.ignore(source, "PN060")
        return
    try:
        yield canonical_batch(delimited_grid(source.file, path.read_bytes()), config)
    except UnreadableError as fault:
        findings.reject(source, fault.code, **fault.values)


def _accounting(batches: Sequence[Batch], checked: Mapping[str, Checked]) -> pd.DataFrame:
    rows = []
    for place, batch in enumerate(batches):
        kept, rejected, ignored = _fates(place, batch, checked)
        source = batch.source
        rows.append((source.file, source.sheet, source.shape, len(batch.lines), kept, rejected, ignored))
    accounting = pd.DataFrame(rows, columns=list(ACCOUNTING_COLUMNS))
    return accounting.astype({"file": "str", "sheet": "str", "shape": "str"})


def _fates(place: int, batch: Batch, checked: Mapping[str, Checked]) -> tuple[int, int, int]:
    """Count the entries kept, rejected, ignored: an entry is kept if any of its rows is, else rejected if any is."""
    kept, rejected, ignored = (np.zeros(len(batch.lines), dtype=bool) for _ in range(3))
    rejected[list(batch.rejected)] = True
    ignored[list(batch.ignored)] = True
    for table in checked.values():
        here = (table.source == place) & (table.entry >= 0)
        kept[table.entry[here & table.kept]] = True
        rejected[table.entry[here & table.rejected]] = True
        ignored[table.entry[here & table.ignored]] = True
    return int(kept.sum()), int((rejected & ~kept).sum()), int((ignored & ~kept & ~rejected).sum())
