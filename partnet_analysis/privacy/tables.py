"""CSV and JSON files → the same without a person, everything else as it was."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from partnet_analysis import names
from partnet_analysis.privacy.searching import Subject

Row = dict[str, str]

_ENDS: Final = ("source_id", "target_id")
_BESIDE: Final = ("convener_id", "organisation_id", "solicitor_id", "person_id")
"""Columns that name an actor beside the one whose row it is: the row stays."""


def read_rows(content: bytes) -> tuple[list[str], list[Row]]:
    """
    Read a CSV file of ours.

    Parameters
    ----------
    content
        The file's content.

    Returns
    -------
    header
        The names of the columns.
    rows
        Column → cell, a row each.
    """
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return list(reader.fieldnames or ()), list(reader)


def write_rows(header: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """
    Write a CSV file as ours are written.

    Parameters
    ----------
    header
        The names of the columns.
    rows
        The rows.

    Returns
    -------
    content
        The file's content.
    """
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(header), lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def table_without(name: str, content: bytes, subject: Subject, home: str) -> bytes:
    """
    Take a person out of a table.

    Parameters
    ----------
    name
        The file's name.
    content
        Its content.
    subject
        The person.
    home
        The organisation in whose name the person came, to which attendance and contacts then belong; empty where there is
        none, and they go too.

    Returns
    -------
    content
        The table without the person's rows in the roster and the measures; cells that still name the person are emptied.
    """
    header, rows = read_rows(content)
    moved = [_moved(row, subject.actor_id, home if name in ("attendance.csv", "contacts.csv") else "") for row in rows]
    kept = [row for row in moved if row is not None]
    if name == "attendance.csv" and home:
        kept = _once_each(kept)
    return write_rows(header, [_emptied(row, subject) for row in kept])


def json_without(content: bytes, subject: Subject) -> bytes:
    """
    Take a person out of a JSON file.

    Parameters
    ----------
    content
        The file's content.
    subject
        The person.

    Returns
    -------
    content
        The same, with empty text where the person was named, and without what bore the person's name.
    """
    plain = _walk(json.loads(content), subject.is_in)
    return (json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _moved(row: Row, actor_id: str, home: str) -> Row | None:
    """Give the row to the person's organisation; None where it goes."""
    if not actor_id or actor_id not in row.values():
        return row
    own = [column for column in ("actor_id", *_ENDS) if row.get(column) == actor_id]
    if own and not home:
        return None
    changed = row | dict.fromkeys(own, home)
    changed |= {column: home for column in _BESIDE if row.get(column) == actor_id}
    # What passes between a person and its own organisation is no contact between partners.
    return None if changed.get("source_id", "") == changed.get("target_id", "-") else changed


def _once_each(rows: list[Row]) -> list[Row]:
    """Keep one row for each meeting and actor: the best status, and invited where any row says so."""
    best: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row["meeting_id"], row["actor_id"])
        best[key] = _better(best[key], row) if key in best else row
    return list(best.values())


def _better(one: Row, other: Row) -> Row:
    status = min(one["status"], other["status"], key=names.STATUSES.index)
    invited = max(one["invited"], other["invited"], key=("false", "", "true").index)
    return one | {"status": status, "invited": invited}


def _emptied(row: Row, subject: Subject) -> Row:
    return {column: "" if cell and subject.is_in(cell) else cell for column, cell in row.items()}


def _walk(value: Any, is_named: Callable[[str], bool]) -> Any:  # noqa: ANN401 (JSON)
    if isinstance(value, dict):
        return {key: _walk(item, is_named) for key, item in value.items() if not is_named(key)}
    if isinstance(value, list):
        return [_walk(item, is_named) for item in value]
    return "" if isinstance(value, str) and is_named(value) else value
