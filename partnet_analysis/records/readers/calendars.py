"""Calendars (.ics): who was invited to what; an acceptance is a reply to an invitation, never a presence."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final

from dateutil.rrule import rrulestr
from icalendar import Event

from partnet_analysis.records.readers.delimited import decoded
from partnet_analysis.records.readers.drafts import Draft
from partnet_analysis.records.readers.entries import Batch, Source
from partnet_analysis.records.readers.grids import UnreadableError
from partnet_analysis.records.readers.mentions import Mention

MOST_OCCURRENCES: Final = 366
LONGEST_RECURRENCE: Final = timedelta(days=3 * 366)
"""Recurrences without an end are followed so far from their start."""

_PEOPLE: Final = ("INDIVIDUAL", "GROUP", "UNKNOWN", "")
_REPLIES: Final = {"DECLINED": "excused"}


def calendar_batch(file: str, content: bytes) -> Batch:
    """
    Read a calendar.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    content
        Its bytes.

    Returns
    -------
    batch
        A meeting for each occurrence of each event with guests, everybody invited; who declined is excused, everybody else's
        presence is unknown. An event is one entry, on the line where it begins.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no text (PN074) or no calendar (PN086).
    """
    text = decoded(content)
    if not text.strip():
        raise UnreadableError("PN071")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise UnreadableError("PN086")
    draft = Draft(Source(file, None, "calendar"))
    events = list(_events(text, draft))
    moved = {(uid, start) for _, event in events for uid, start in _replaced(event)}
    for line, event in events:
        _read_event(line, event, draft, moved)
    return draft.batch()


def _events(text: str, draft: Draft) -> Iterator[tuple[int, Any]]:
    """Cut the events out and parse each alone, so that one that is broken costs the others nothing."""
    lines = re.split(r"\r\n|\n|\r", text)
    start = None
    for number, line in enumerate(lines):
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            if start is not None:
                draft.reject("PN025", (start, 0))
            start = number
        elif mark == "END:VEVENT" and start is not None:
            try:
                event: Any = Event.from_ical("\r\n".join(lines[start : number + 1]) + "\r\n")
                _day(event)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError):
                draft.reject("PN025", (start, 0))
            else:
                yield start, event
            start = None
    if start is not None:
        draft.reject("PN025", (start, 0))


def _read_event(row: int, event: Any, draft: Draft, moved: set[tuple[str, date]]) -> None:  # noqa: ANN401 (untyped library)
    title = str(event.get("SUMMARY", "")).strip()
    guests = list(_guests(event))
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or not guests:
        draft.ignore(row, "PN061", title=title)
        return
    organiser = _organiser(event)
    details = {"series": title, "convener_id": organiser or "", "duration_hours": _hours(event)}
    entry = draft.entry(row)
    uid = str(event.get("UID", ""))
    for day in _days(event, draft, row):
        if "RECURRENCE-ID" not in event and (uid, day) in moved:
            continue
        occasion = draft.occasion(day.isoformat(), title, details, cell=(row, 0), mark=_start(event))
        for mention, reply in guests:
            status = _REPLIES.get(reply, "unknown")
            values = {"meeting_id": occasion, "actor_id": mention, "status": status, "invited": "true"}
            draft.add("attendance", entry, values, {"": (row, 0)})


def _replaced(event: Any) -> Iterator[tuple[str, date]]:  # noqa: ANN401 (untyped library)
    """Tell which occurrence of a series an event stands in for."""
    if "RECURRENCE-ID" in event:
        yield str(event.get("UID", "")), _as_day(event["RECURRENCE-ID"].dt)


def _days(event: Any, draft: Draft, row: int) -> list[date]:  # noqa: ANN401 (untyped library)
    first = _day(event)
    if "RRULE" not in event:
        return [first]
    rules = event["RRULE"]
    rule = rules[0] if isinstance(rules, list) else rules
    words = re.sub(r"UNTIL=(\d{8})[^;]*", r"UNTIL=\1", rule.to_ical().decode())
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001 (days alone count here)
    try:
        found = rrulestr(words, dtstart=start).between(start, start + LONGEST_RECURRENCE, inc=True)
    except (ValueError, TypeError):
        draft.remark("PN049", (row, 0))
        return [first]
    excluded = {_as_day(day.dt) for dates in _listed(event.get("EXDATE")) for day in dates.dts}
    days = [day.date() for day in islice(found, MOST_OCCURRENCES) if day.date() not in excluded]
    if "COUNT" not in words and "UNTIL" not in words:
        draft.remark("PN062", (row, 0), n=len(days))
    return days


def _guests(event: Any) -> Iterator[tuple[Mention, str]]:  # noqa: ANN401 (untyped library)
    for guest in _listed(event.get("ATTENDEE")):
        if str(guest.params.get("CUTYPE", "")).upper() in _PEOPLE:
            yield _mention(guest), str(guest.params.get("PARTSTAT", "")).upper()


def _organiser(event: Any) -> Mention | None:  # noqa: ANN401 (untyped library)
    found = _listed(event.get("ORGANIZER"))
    return _mention(found[0]) if found else None


def _mention(address: Any) -> Mention:  # noqa: ANN401 (untyped library)
    email = re.sub(r"^mailto:", "", str(address).strip(), flags=re.IGNORECASE).lower()
    name = str(address.params.get("CN", "")).strip("'\" ")
    return Mention("" if "@" in name else name, "", email if "@" in email else "")


def _listed(value: Any) -> list[Any]:  # noqa: ANN401 (untyped library)
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _day(event: Any) -> date:  # noqa: ANN401 (untyped library)
    return _as_day(event["DTSTART"].dt)


def _as_day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _start(event: Any) -> str:  # noqa: ANN401 (untyped library)
    moment = event["DTSTART"].dt
    return f"{moment:%Hh%M}" if isinstance(moment, datetime) else ""


def _hours(event: Any) -> str:  # noqa: ANN401 (untyped library)
    start = event["DTSTART"].dt
    if not isinstance(start, datetime):
        return ""
    length = event["DURATION"].dt if "DURATION" in event else None
    if length is None and "DTEND" in event and isinstance(event["DTEND"].dt, datetime):
        length = event["DTEND"].dt - start
    seconds = length.total_seconds() if isinstance(length, timedelta) else -1
    return f"{seconds / 3600:.6f}".rstrip("0").rstrip(".") if seconds > 0 else ""
