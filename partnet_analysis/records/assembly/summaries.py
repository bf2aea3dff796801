"""Summary sheets: a grid that repeats the meetings of the other sheets of its workbook, which must not count twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from partnet_analysis.records.cells.mentions import Mention, Occasion
from partnet_analysis.records.cells.vocabulary import document_kinds
from partnet_analysis.records.entries import Batch, Findings
from partnet_analysis.records.identity import organisation_key, person_key

LEAST_AGREEMENT: Final = 0.9
"""The share of a grid's marks that other sheets must repeat before it is taken for a summary without being called one."""

Marks = Mapping[tuple[str, str], str]


def without_summaries(batches: Sequence[Batch]) -> list[Batch]:
    """
    Leave aside the sheets that only repeat what other sheets of the same workbook say.

    Parameters
    ----------
    batches
        What the sheets gave.

    Returns
    -------
    batches
        The same; a grid whose meetings are all on days of other sheets, and which is called a summary or says the same, has
        no rows left, and says why.
    """
    marks = [_marks(batch) for batch in batches]
    return [_left_aside(batch) if _is_summary(place, batches, marks) else batch for place, batch in enumerate(batches)]


def _is_summary(place: int, batches: Sequence[Batch], marks: Sequence[Marks]) -> bool:
    batch = batches[place]
    if batch.source.sheet is None or batch.source.shape != "attendance_grid" or not marks[place]:
        return False
    others = [
        (other, marks[at])
        for at, other in enumerate(batches)
        if at != place and other.source.file == batch.source.file and not _is_wider(other, batch, marks[at], marks[place])
    ]
    days = {day for _, said in others for day, _ in said}
    if not {day for day, _ in marks[place]} <= days:
        return False
    known: dict[tuple[str, str], str] = {}
    for _, said in others:
        known |= said
    told = [known[key] == status for key, status in marks[place].items() if key in known]
    agrees = len(told) >= LEAST_AGREEMENT * len(marks[place]) and sum(told) >= LEAST_AGREEMENT * len(told)
    return agrees or "summary" in document_kinds([batch.source.sheet])


def _is_wider(other: Batch, batch: Batch, of_other: Marks, own: Marks) -> bool:
    """Tell whether another grid holds more than this one, so that of two grids alike only the smaller is a summary."""
    return (
        other.source.shape == "attendance_grid"
        and len(of_other) <= len(own)
        and (len(of_other), other.source.sheet) != (len(own), batch.source.sheet)
    )


def _marks(batch: Batch) -> dict[tuple[str, str], str]:
    """Gather who is said to have been where: for each day and key the status, an organisation's the best of its persons'."""
    found: dict[tuple[str, str], str] = {}
    for day, key, status in _rows(batch):
        if status == "present" or (day, key) not in found:
            found[day, key] = status
    return found


def _rows(batch: Batch) -> Iterator[tuple[str, str, str]]:
    attendance = batch.tables.get("attendance")
    rows: list[dict[Any, Any]] = attendance.to_dict("records") if attendance is not None else []
    for row in rows:
        meeting, who = row["meeting_id"], row["actor_id"]
        if not isinstance(meeting, Occasion) or not isinstance(who, Mention):
            continue
        if who.person:
            yield meeting.day, person_key(who.person), row["status"]
        if who.organisation:
            yield meeting.day, organisation_key(who.organisation), row["status"]


def _left_aside(batch: Batch) -> Batch:
    findings = Findings()
    findings.ignore(batch.source, "PN164", sheet=batch.source.sheet or "")
    return replace(batch, tables={}, findings=findings, rejected=(), absorbed=(), ignored=range(len(batch.lines)))
