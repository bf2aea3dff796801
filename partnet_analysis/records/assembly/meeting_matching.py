"""Occasions → meetings: what several files say of one afternoon becomes one meeting with one id."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from partnet_analysis.records.cells.days import parse_day
from partnet_analysis.records.cells.mentions import Occasion
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.entries import ENTRY, PLACES, Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import slug


def with_meeting_ids(batches: Sequence[Batch]) -> list[Batch]:
    """
    Give each occasion its id.

    Parameters
    ----------
    batches
        What the files gave.

    Returns
    -------
    batches
        The same with ids of meetings; an occasion that several files mention keeps one row, completed by the others.
    """
    ids = _meeting_ids(batches)
    details = _meeting_details(batches, ids)
    given: set[str] = set()
    return [
        replace(batch, tables={table: _with_ids(table, frame, ids, details, given) for table, frame in batch.tables.items()})
        for batch in batches
    ]


def _with_ids(
    table: str,
    frame: pd.DataFrame,
    ids: Mapping[Occasion, str],
    details: Mapping[str, Mapping[str, Any]],
    given: set[str],
) -> pd.DataFrame:
    if "meeting_id" not in frame:
        return frame
    if table == "meetings":
        rows = []
        for row in frame.to_dict("records"):
            occasion = row["meeting_id"]
            if not isinstance(occasion, Occasion):
                rows.append(row)
            elif ids[occasion] in details and (ids[occasion] not in given or row[ENTRY] >= 0):
                given.add(ids[occasion])
                known = details[ids[occasion]]
                rows.append({**row, **{key: value for key, value in known.items() if not row.get(key)}})
        frame = pd.DataFrame(rows, columns=list(dict.fromkeys([*frame.columns, *(rows[0] if rows else [])])), dtype=object)
        frame = frame.where(frame.notna(), "")
    return frame.assign(meeting_id=[ids.get(value, value) for value in frame["meeting_id"]])


def _meeting_ids(batches: Sequence[Batch]) -> dict[Occasion, str]:
    """Name each occasion: by the canonical meeting of its day and title, else by day and title themselves."""
    canonical: dict[tuple[str, str], str] = {}
    occasions: dict[Occasion, None] = {}
    for row in table_rows(batches, "meetings"):
        if isinstance(row["meeting_id"], Occasion):
            occasions[row["meeting_id"]] = None
            continue
        for name in ("title", "series"):
            if row.get(name):
                canonical.setdefault((iso_day(row["day"]), folded(row[name])), row["meeting_id"])
    taken = Counter(canonical.values())
    marks = Counter((occasion.day, occasion.title) for occasion in occasions if occasion.mark)
    ids: dict[Occasion, str] = {}
    for occasion in sorted(occasions, key=lambda occasion: bool(occasion.mark)):
        about = (occasion.day, occasion.title)
        known = canonical.get(about) if occasion.number == 0 else None
        if known is None and occasion.mark and marks[about] == 1:
            known = ids.get(Occasion(*about))
        ids[occasion] = known or free_id(slug(f"{occasion.day} {occasion.title} {occasion.mark}"), taken)
    return ids


def _meeting_details(batches: Sequence[Batch], ids: Mapping[Occasion, str]) -> dict[str, dict[str, Any]]:
    """Gather what all files say of each occasion; those that are canonical meetings need no row of their own."""
    canonical = {row["meeting_id"] for row in table_rows(batches, "meetings") if not isinstance(row["meeting_id"], Occasion)}
    details: dict[str, dict[str, Any]] = {}
    for row in table_rows(batches, "meetings"):
        occasion = row["meeting_id"]
        if isinstance(occasion, Occasion) and ids[occasion] not in canonical:
            known = details.setdefault(ids[occasion], {})
            for column, value in row.items():
                if column not in (ENTRY, PLACES, "meeting_id") and value:
                    known.setdefault(column, value)
    return details


def table_rows(batches: Sequence[Batch], table: str) -> Iterator[dict[str, Any]]:
    """
    Go through the rows of one table in all batches.

    Parameters
    ----------
    batches
        What the files gave.
    table
        The table.

    Yields
    ------
    row
        The row, by column.
    """
    for batch in batches:
        if table in batch.tables:
            yield from batch.tables[table].to_dict("records")  # type: ignore[misc]  # columns are text


def iso_day(day: str) -> str:
    """
    Write a day as ISO where it can be read.

    Parameters
    ----------
    day
        The day as written.

    Returns
    -------
    day
        As ISO, else as written.
    """
    try:
        return parse_day(day).isoformat()
    except BadValueError:
        return day


def free_id(wanted: str, taken: Counter[str]) -> str:
    """
    Find an id that nobody has yet.

    Parameters
    ----------
    wanted
        The id one would like.
    taken
        The ids that are taken; the one found is added.

    Returns
    -------
    free
        The id, with a number where it was taken.
    """
    taken[wanted] += 1
    return wanted if taken[wanted] == 1 else free_id(f"{wanted}-{taken[wanted]}", taken)
