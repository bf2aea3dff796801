"""Calendars (.ics): who was invited to what; an acceptance is a reply to an invitation, never a presence."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Final, NamedTuple

from dateutil.rrule import rrulestr
from icalendar import Event

from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch, Source
from partnet_analysis.records.files.delimited import decoded
from partnet_analysis.records.grids import UnreadableError

MOST_OCCURRENCES: Final = 366
LONGEST_RECURRENCE: Final = timedelta(days=3 * 366)
"""Recurrences without an end are followed so far from their start."""

_FAULTS: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What the parsing library raises where a property is not what its name promises, some of it only when it is looked at."""

_DAYS_OR_LONGER: Final = re.compile(r"(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)", re.IGNORECASE)
_USELESS_STEP: Final = re.compile(r"(?:^|;)INTERVAL=0+(?:;|$)", re.IGNORECASE)
_COUNT: Final = re.compile(r"(?:^|;)COUNT=(\d{1,9})(?=;|$)", re.IGNORECASE)

_PEOPLE: Final = ("INDIVIDUAL", "GROUP", "UNKNOWN", "")
_REPLIES: Final = {"DECLINED": "excused"}


class _Meeting(NamedTuple):
    """What an event says, once it has been read whole."""

    title: str
    guests: list[tuple[Mention, str]]
    details: dict[str, Any]
    start: str
    days: list[date]
    remarks: list[tuple[str, dict[str, Any]]]


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
    moved = {replaced for _, event in events for replaced in _replaced(event)}
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
                list(_replaced(event))
            except _FAULTS:
                draft.reject("PN025", (start, 0))
            else:
                yield start, event
            start = None
    if start is not None:
        draft.reject("PN025", (start, 0))


def _read_event(row: int, event: Any, draft: Draft, moved: set[tuple[str, date]]) -> None:  # noqa: ANN401 (untyped library)
    try:
        meeting = _meeting(event, moved)
    except _FAULTS:
        draft.reject("PN025", (row, 0))
        return
    if str(event.get("STATUS", "")).upper() == "CANCELLED" or not meeting.guests or not meeting.days:
        draft.ignore(row, "PN061", title=meeting.title)
        return
    for code, values in meeting.remarks:
        draft.remark(code, (row, 0), **values)
    entry = draft.entry(row)
    for day in meeting.days:
        occasion = draft.occasion(day.isoformat(), meeting.title, meeting.details, cell=(row, 0), mark=meeting.start)
        for mention, reply in meeting.guests:
            status = _REPLIES.get(reply, "unknown")
            values = {"meeting_id": occasion, "actor_id": mention, "status": status, "invited": "true"}
            draft.add("attendance", entry, values, {"": (row, 0)})


def _meeting(event: Any, moved: set[tuple[str, date]]) -> _Meeting:  # noqa: ANN401 (untyped library)
    title = str(event.get("SUMMARY", "")).strip()
    days, remarks = _days(event)
    if "RECURRENCE-ID" not in event:
        uid = str(event.get("UID", ""))
        days = [day for day in days if (uid, day) not in moved]
    details = {"series": title, "convener_id": _organiser(event) or "", "duration_hours": _hours(event)}
    return _Meeting(title, list(_guests(event)), details, _start(event), days, remarks)


def _replaced(event: Any) -> Iterator[tuple[str, date]]:  # noqa: ANN401 (untyped library)
    """Tell which occurrence of a series an event stands in for."""
    if "RECURRENCE-ID" in event:
        yield str(event.get("UID", "")), _as_day(event["RECURRENCE-ID"].dt)


def _days(event: Any) -> tuple[list[date], list[tuple[str, dict[str, Any]]]]:  # noqa: ANN401 (untyped library)
    """Tell the days of an event, and what there is to remark about them."""
    first = _day(event)
    if "RRULE" not in event:
        return [first], []
    rules = event["RRULE"]
    rule = rules[0] if isinstance(rules, list) else rules
    words = re.sub(r"UNTIL=(\d{8})[^;]*", r"UNTIL=\1", rule.to_ical().decode())
    try:
        found = _occurrences(words, first)
    except (ValueError, TypeError, OverflowError):
        return [first], [("PN049", {})]
    excluded = {_as_day(day.dt) for dates in _listed(event.get("EXDATE")) for day in dates.dts}
    days = [day for day in found if day not in excluded]
    is_endless = "COUNT" not in words and "UNTIL" not in words
    return days, [("PN062", {"n": len(days)})] if is_endless else []


def _occurrences(words: str, first: date) -> list[date]:
    """
    Follow a recurrence for three years.

    A rule that never comes true would be followed to the year 9999, one that comes true each second fills the memory, a step
    of nothing never ends: so each rule gets an end of our own, and those finer than a day are none that a meeting has.
    """
    if not _DAYS_OR_LONGER.search(words) or _USELESS_STEP.search(words):
        raise ValueError(words)
    count = _COUNT.search(words)
    start = datetime(first.year, first.month, first.day)  # noqa: DTZ001 (days alone count here)
    latest = start + min(LONGEST_RECURRENCE, datetime.max - start)  # noqa: DTZ901 (as above)
    # The library refuses a rule with both an end and a count, and counts before it looks at the end.
    rule = rrulestr(_COUNT.sub("", words).strip(";"), dtstart=start)
    until = min(rule._until or latest, latest)  # noqa: SLF001 (the library tells it nowhere else)
    most = min(int(count[1]), MOST_OCCURRENCES) if count else MOST_OCCURRENCES
    return [day.date() for day in islice(rule.replace(until=until), most)]


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


def _as_day(moment: Any) -> date:  # noqa: ANN401 (whatever the property holds)
    if not isinstance(moment, date):
        raise TypeError(moment)
    return moment.date() if isinstance(moment, datetime) else moment


def _start(event: Any) -> str:  # noqa: ANN401 (untyped library)
    moment = event["DTSTART"].dt
    return f"{moment:%Hh%M}" if isinstance(moment, datetime) else ""


def _hours(event: Any) -> str:  # noqa: ANN401 (untyped library)
    start = event["DTSTART"].dt
    if not isinstance(start, datetime):
        return ""
    length = event["DURATION"].dt if "DURATION" in event else None
    end = event["DTEND"].dt if length is None and "DTEND" in event else None
    # Between an hour of the place and an hour of the world lies no length that anybody knows.
    if isinstance(end, datetime) and (end.tzinfo is None) == (start.tzinfo is None):
        length = end - start
    seconds = length.total_seconds() if isinstance(length, timedelta) else -1
    return f"{seconds / 3600:.6f}".rstrip("0").rstrip(".") if seconds > 0 else ""
