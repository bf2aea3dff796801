"""The end of the retention period: what is older goes, and whoever was only known from it."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from partnet_analysis import names
from partnet_analysis.privacy.removal import Line, Removal, other_files, own_files, plan_table, state_of
from partnet_analysis.privacy.tables import Row, read_rows, write_rows
from partnet_analysis.records.identity import ALIAS_FILES

MONTHS: Final = 36
"""How long records are kept where nothing else is decided."""

_ISO_DAY: Final = re.compile(rb"(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")
_CANONICAL: Final = tuple(f"{table}.csv" for table in names.TABLES)


def first_day_kept(today: date, months: int = MONTHS) -> date:
    """
    Count back from today.

    Parameters
    ----------
    today
        The day on which retention is looked at.
    months
        How many months are kept.

    Returns
    -------
    day
        The same day of the month so many months earlier, or the month's last day where it has none such.

    Examples
    --------
    >>> first_day_kept(date(2025, 5, 31), 3), first_day_kept(date(2025, 1, 15), 36)
    (datetime.date(2025, 2, 28), datetime.date(2022, 1, 15))
    """
    years, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    for day in (today.day, 30, 29, 28):
        try:
            return date(years, month + 1, day)
        except ValueError:
            continue
    raise AssertionError  # pragma: no cover (every month has a 28th)


def retention_plan(*, records: Path, outputs: Path, today: date, months: int = MONTHS) -> Removal:
    """
    Plan the end of the retention period; nothing is changed.

    Parameters
    ----------
    records
        The folder of records.
    outputs
        The folder of results.
    today
        The day on which retention is looked at.
    months
        How many months are kept.

    Returns
    -------
    removal
        What `carry_out` will do. Meetings, attendance and contacts from before the first day kept go, and persons who are in
        none that stay, unless they joined since; all other results were made from them and are removed, to be made again.
        Records are never written; the plan counts the older ISO days in them, and names the files whose days it cannot read.
    """
    own = own_files(outputs)
    state = state_of(records, outputs)
    first = first_day_kept(today, months).isoformat()
    left = _tables_since(own, first)
    changed = {name for name, content in left.items() if content != own[name]}
    gone = sorted(set(own) - set(left)) if changed else []
    lines: list[Line] = [(outputs, name, "rewrite", _n_rows(own[name]) - _n_rows(left[name])) for name in changed]
    lines += [(outputs, name, "remove", None) for name in gone]
    lines += [(records, name, "by_hand", n) for name, n in _older(other_files(records), first).items()]
    return Removal(
        records=records,
        outputs=outputs,
        plan=plan_table(lines),
        left=left if changed else None,
        without_inputs=(),
        aliases=None,
        state=state,
    )


def _tables_since(own: Mapping[str, bytes], first: str) -> dict[str, bytes]:
    """Cut the canonical tables; they are ISO, so days compare as text."""
    tables = {name: read_rows(own[name]) for name in _CANONICAL if name in own}
    kept = {name: [row for row in rows if row.get("day", first) >= first] for name, (_, rows) in tables.items()}
    meetings = {row["meeting_id"] for row in kept.get("meetings.csv", ())}
    if "attendance.csv" in kept:
        kept["attendance.csv"] = [row for row in kept["attendance.csv"] if row["meeting_id"] in meetings]
    if "actors.csv" in kept:
        kept["actors.csv"] = [row for row in kept["actors.csv"] if _stays(row, _seen(kept), first)]
    return {name: write_rows(tables[name][0], rows) for name, rows in kept.items()}


def _seen(kept: Mapping[str, list[Row]]) -> set[str]:
    """Collect who is named by what stays."""
    columns = {"attendance.csv": ("actor_id",), "contacts.csv": ("source_id", "target_id"), "meetings.csv": ("convener_id",)}
    return {row.get(column, "") for name, ends in columns.items() for row in kept.get(name, ()) for column in ends}


def _stays(row: Row, seen: set[str], first: str) -> bool:
    return row["kind"] != "person" or row["actor_id"] in seen or row.get("joined_on", "") >= first


def _n_rows(content: bytes) -> int:
    return len(read_rows(content)[1])


def _older(files: Mapping[str, bytes], first: str) -> dict[str, int | None]:
    """Count older days in text; a packed or otherwise unreadable file is named without a count."""
    found: dict[str, int | None] = {}
    for name, content in files.items():
        days = _ISO_DAY.findall(content)
        if not days and name not in ALIAS_FILES and not name.endswith((".toml", ".md")):
            found[name] = None
        elif n := sum(day.decode() < first for day in days):
            found[name] = n
    return found
