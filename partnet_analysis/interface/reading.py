"""A folder → records that know where they come from."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from partnet_analysis import names
from partnet_analysis.config import Config
from partnet_analysis.display import summary_html
from partnet_analysis.interface.arguments import kind_of
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.ledger import Ledger
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records

LEVELS: Final = ("organisation", "person")


@dataclass(frozen=True, eq=False, repr=False)
class FolderRecords(Records):
    """
    Records as a folder holds them: like any `Records`, and with them the account of every row.

    Parameters
    ----------
    ledger
        What became of every row of the folder: `ledger.accounting`, `ledger.rejects`, `ledger.ignored`, `ledger.remarks`.
        It speaks of the whole folder, whatever is cut from the records afterwards.
    name
        The partnership's name, as `partnet.toml` gives it.
    note
        What must be said wherever the partnership is named, such as that it is fictional.
    """

    ledger: Ledger | None = None
    name: str = ""
    note: str = ""

    def _repr_html_(self) -> str:
        """Say whose they are, and what must be said beside it."""
        counts = {table: len(getattr(self, table)) for table in names.TABLES}
        title = f"Records of {self.name}" if self.name else "Records"
        return summary_html(title, counts | {"span": self.span or "no activity"}, self.note)


def read(folder: str | Path, *, level: str = "organisation") -> FolderRecords:
    """
    Read a folder of records.

    Parameters
    ----------
    folder
        The folder; nothing in it is ever written. What `partnet.toml` in it says is followed.
    level
        `organisation`: persons roll up to their organisation. `person`: everybody stands for themselves.

    Returns
    -------
    records
        `Records` with, beside the tables, `ledger` (what became of every row), `name` and `note`.

    Raises
    ------
    InputError
        If there is no such folder, it is a file, or nothing in it can be read.
    ConfigError
        If `partnet.toml` cannot be used.
    TypeError
        If `folder` names no folder.
    ValueError
        If the level is neither.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> records = pn.read("data/raw")
    >>> records.span.start.year, records.span.end.year
    (2023, 2025)
    >>> rows = records.ledger.accounting[["rows", "kept", "rejected", "ignored"]].sum()
    >>> bool(rows["rows"] == rows["kept"] + rows["rejected"] + rows["ignored"])
    True
    """
    if not isinstance(folder, str | Path):
        message = f'a folder is named by a text or a Path, not {kind_of(folder)}; call pn.read("data/raw")'
        raise TypeError(message)
    if level not in LEVELS:
        message = f'level is "organisation" or "person", not {level!r}; call pn.read({str(folder)!r}, level="person")'
        raise ValueError(message)
    folder = Path(folder)
    config = Config.load(folder)
    reading = read_folder(folder, config)
    records = at_organisation_level(reading.records) if level == "organisation" else reading.records
    return FolderRecords(
        records.actors,
        records.meetings,
        records.attendance,
        records.contacts,
        records.delegates,
        ledger=reading.ledger,
        name=config.partnership.name,
        note=config.partnership.note,
    )
