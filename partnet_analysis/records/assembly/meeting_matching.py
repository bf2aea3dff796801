"""Occasions → meetings: what several files say of one afternoon becomes one meeting with one id."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from partnet_analysis.records.assembly.meeting_likeness import INVITATIONS, Told, pairs
from partnet_analysis.records.cells.days import parse_day
from partnet_analysis.records.cells.mentions import Occasion
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.entries import ENTRY, PLACES, Batch, Findings
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import slug

_NAMES: Final = ("title", "series")
"""What a meeting is called, which one of its files decides."""


def with_meeting_ids(batches: Sequence[Batch], findings: Findings | None = None) -> list[Batch]:
    """
    Give each occasion its id.

    Parameters
    ----------
    batches
        What the files gave.
    findings
        Where it is remarked on which invitation is taken for which attendance list.

    Returns
    -------
    batches
        The same with ids of meetings; an occasion that several files mention keeps one row, completed by the others. An
        attendance list names the meeting, an invitation only what nobody else names.
    """
    ids = _matched(batches, _meeting_ids(batches), findings or Findings())
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
                rows.append({**row, **{key: value for key, value in known.items() if key in _NAMES or not row.get(key)}})
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
    for occasion in sorted(occasions, key=lambda occasion: (bool(occasion.mark), *occasion)):
        about = (occasion.day, occasion.title)
        known = canonical.get(about) if occasion.number == 0 else None
        if known is None and occasion.mark and marks[about] == 1:
            known = ids.get(Occasion(*about))
        ids[occasion] = known or free_id(slug(f"{occasion.day} {occasion.title} {occasion.mark}"), taken)
    return ids


def _matched(batches: Sequence[Batch], ids: Mapping[Occasion, str], findings: Findings) -> dict[Occasion, str]:
    """Give an invitation the id of the attendance list that tells the same meeting, and say so."""
    told, place = _told(batches, ids)
    taken: dict[str, str] = {}
    for invitation, attendance in pairs(told):
        taken[invitation.id] = attendance.id
        batch, row = place[invitation.id]
        other_batch, other = place[attendance.id]
        cell = str(row.get(PLACES, {}).get("", ""))
        line = int("".join(filter(str.isdigit, cell)) or 0) or None
        findings.remark(
            batch.source,
            "PN127",
            line=line,
            cell=cell,
            value=row["title"],
            title=row["title"],
            day=parse_day(invitation.day),
            other=other.get("title") or other.get("series") or attendance.id,
            file=other_batch.source.file,
        )
    return {occasion: taken.get(meeting, meeting) for occasion, meeting in ids.items()}


def _told(
    batches: Sequence[Batch], ids: Mapping[Occasion, str]
) -> tuple[list[Told], dict[str, tuple[Batch, dict[str, Any]]]]:
    """Gather which files tell each meeting, how it is called there, and where it is told first."""
    rows: dict[str, list[tuple[Batch, dict[str, Any]]]] = {}
    for batch in batches:
        for row in table_rows([batch], "meetings"):
            rows.setdefault(ids.get(row["meeting_id"], row["meeting_id"]), []).append((batch, row))
    told = [
        Told(
            meeting,
            iso_day(str(here[0][1]["day"])),
            frozenset(title for _, row in here for title in _titles(row)),
            frozenset(row["meeting_id"].mark for _, row in here if isinstance(row["meeting_id"], Occasion)) - {""},
            frozenset(batch.source.file for batch, _ in here),
            all(_is_invitation(batch) for batch, _ in here),
        )
        for meeting, here in rows.items()
        if not any(_is_invitation(batch) for batch, _ in here) or all(_is_invitation(batch) for batch, _ in here)
    ]
    readable = [meeting for meeting in told if _is_day(meeting.day)]
    first = {meeting: min(here, key=lambda told: told[0].source.file) for meeting, here in rows.items()}
    return readable, first


def _titles(row: Mapping[str, Any]) -> Iterator[str]:
    if isinstance(row["meeting_id"], Occasion):
        yield row["meeting_id"].title
    else:
        yield from (folded(str(row[name])) for name in _NAMES if row.get(name))


def _is_invitation(batch: Batch) -> bool:
    return batch.source.shape in INVITATIONS


def _is_day(day: str) -> bool:
    try:
        parse_day(day)
    except BadValueError:
        return False
    return True


def _meeting_details(batches: Sequence[Batch], ids: Mapping[Occasion, str]) -> dict[str, dict[str, Any]]:
    """Gather what all files say of each occasion; those that are canonical meetings need no row of their own."""
    canonical = {row["meeting_id"] for row in table_rows(batches, "meetings") if not isinstance(row["meeting_id"], Occasion)}
    details: dict[str, dict[str, Any]] = {}
    for row in table_rows(sorted(batches, key=_is_invitation), "meetings"):
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
