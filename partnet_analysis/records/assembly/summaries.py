"""Summaries: a grid that repeats the meetings of other sheets, which must not count twice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from partnet_analysis.records.cells.mentions import Mention, Occasion
from partnet_analysis.records.cells.vocabulary import document_kinds
from partnet_analysis.records.entries import Batch, Findings
from partnet_analysis.records.identity import organisation_key, person_key
from partnet_analysis.records.sheets.context import spoken_name

LEAST_AGREEMENT: Final = 0.9
"""The share of a grid's marks that other sheets must repeat before it is taken for a summary without being called one."""

Marks = Mapping[tuple[str, str], str]


def without_summaries(batches: Sequence[Batch]) -> list[Batch]:
    """
    Leave aside the sheets that only repeat others of their workbook, and the files called summaries that only repeat others.

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
    if len(batches) < 2 or not any(batch.source.shape == "attendance_grid" for batch in batches):  # noqa: PLR2004 (one repeats none)
        return list(batches)
    marks = [_marks(batch) for batch in batches]
    return [_left_aside(batch) if _is_summary(place, batches, marks) else batch for place, batch in enumerate(batches)]


def _is_summary(place: int, batches: Sequence[Batch], marks: Sequence[Marks]) -> bool:
    batch = batches[place]
    if batch.source.shape != "attendance_grid" or not marks[place]:
        return False
    is_called = "summary" in document_kinds([batch.source.sheet or spoken_name(batch.source.file)])
    others = [
        (other, marks[at])
        for at, other in enumerate(batches)
        if at != place and not _is_wider(other, batch, marks[at], marks[place])
    ]
    in_file = [said for other, said in others if other.source.file == batch.source.file]
    if in_file and is_called and _days(in_file) & _days(marks[place : place + 1]):
        return True
    elsewhere = in_file or ([said for _, said in others] if is_called else [])
    return _days(marks[place : place + 1]) <= _days(elsewhere) and _agrees(marks[place], elsewhere)


def _days(several: Sequence[Marks]) -> set[str]:
    return {day for marks in several for day, _ in marks}


def _agrees(marks: Marks, others: Sequence[Marks]) -> bool:
    """Tell whether others say of nearly all marks whether somebody was present as those do; who is not listed was not."""
    present = {key for said in others for key, status in said.items() if status == "present"}
    told = [(key in present) == (status == "present") for key, status in marks.items()]
    return "present" in marks.values() and sum(told) >= LEAST_AGREEMENT * len(told)


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
    if attendance is None:
        return
    columns = (attendance[name] for name in ("meeting_id", "actor_id", "status"))
    for meeting, who, status in zip(*columns, strict=True):
        if not isinstance(meeting, Occasion) or not isinstance(who, Mention):
            continue
        if who.person:
            yield meeting.day, person_key(who.person), status
        if who.organisation:
            yield meeting.day, organisation_key(who.organisation), status


def _left_aside(batch: Batch) -> Batch:
    findings = Findings()
    findings.ignore(batch.source, "PN164", sheet=batch.source.sheet or batch.source.file)
    return replace(batch, tables={}, findings=findings, rejected=(), absorbed=(), ignored=range(len(batch.lines)))
