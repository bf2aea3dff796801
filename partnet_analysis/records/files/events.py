"""The events of a calendar file: each is parsed alone, so that one that is broken costs the others nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from icalendar import Event

from partnet_analysis.config import Partnership
from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.files.delimited import decoded
from partnet_analysis.records.files.time_zones import FAULTS, Clock
from partnet_analysis.records.grids import UnreadableError

_OTHERS: Final = ("VTODO", "VJOURNAL", "VFREEBUSY")
_ZONED: Final = re.compile(r"^((?:DTSTART|DTEND|RECURRENCE-ID|RDATE|EXDATE)\b[^:]*;)TZID=", re.IGNORECASE)
"""Where an event names its zone: the library would look it up by itself, and lose the name of one it does not know."""


@dataclass(frozen=True, eq=False)
class Entry:
    """
    An event as it stands in its file.

    Parameters
    ----------
    row
        The line where it begins, from 0.
    event
        What it says.
    clock
        The clock of its calendar.
    is_cancel
        Whether its calendar is a message that cancels.
    """

    row: int
    event: Any
    clock: Clock
    is_cancel: bool

    @property
    def uid(self) -> str:
        """What every version of the event bears; empty where it has none."""
        return str(self.event.get("UID", "")).strip()

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.event.get("SUMMARY", "")).strip()

    @property
    def sequence(self) -> int:
        """Which of its versions it is."""
        found = re.match(r"\d{1,9}", str(self.event.get("SEQUENCE", "0")))
        return int(found[0]) if found else 0

    def moment(self, name: str) -> date | datetime:
        """
        Tell a day or a moment of the event by the calendar's clock.

        Parameters
        ----------
        name
            The property: `DTSTART`, `DTEND`, `RECURRENCE-ID`.

        Returns
        -------
        moment
            The day or the moment.
        """
        value = self.event[name]
        told: date | datetime = self.clock.told(value.dt, self.clock.zone_of(value.dt, value.params))
        return told

    def replaced(self) -> date | None:
        """
        Tell which day of its series an event stands in for.

        Returns
        -------
        day
            The day; None where it stands in for none.
        """
        return as_day(self.moment("RECURRENCE-ID")) if "RECURRENCE-ID" in self.event else None

    def is_called_off(self) -> bool:
        """
        Tell whether it, or its message, says that it does not take place.

        Returns
        -------
        called_off
            True if it does not.
        """
        return (
            self.is_cancel or str(self.event.get("STATUS", "")).strip().upper() == "CANCELLED" or is_called_off(self.title)
        )

    @property
    def hours(self) -> str:
        """How long it lasts, in hours; empty where nothing says so."""
        start = self.moment("DTSTART")
        if not isinstance(start, datetime):
            return ""
        length = self.event["DURATION"].dt if "DURATION" in self.event else None
        if length is None and "DTEND" in self.event:
            length = self._length()
        seconds = length.total_seconds() if isinstance(length, timedelta) else -1
        return f"{seconds / 3600:.6f}".rstrip("0").rstrip(".") if seconds > 0 else ""

    def _length(self) -> timedelta | None:
        """Measure from start to end; between an hour here and one of the world lies no known length."""
        ends = [self.event[name] for name in ("DTSTART", "DTEND")]
        zones = [self.clock.zone_of(value.dt, value.params) for value in ends]
        start, end = self.moment("DTSTART"), self.moment("DTEND")
        if not isinstance(start, datetime) or not isinstance(end, datetime) or (zones[0] is None) != (zones[1] is None):
            return None
        return end - start


def events_in(content: bytes, partnership: Partnership, draft: Draft) -> list[Entry]:
    """
    Read the events of a file; those that are broken, and what is no event, are noted.

    Parameters
    ----------
    content
        The file's bytes.
    partnership
        Whose records these are.
    draft
        Where the others are noted.

    Returns
    -------
    entries
        The events, in order.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no text (PN074) or no calendar (PN086).
    """
    text = decoded(_whole_letters(content))
    if not text.strip():
        raise UnreadableError("PN071")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise UnreadableError("PN086")
    calendars = _calendars(re.split(r"\r\n|\n|\r", text))
    return [entry for first, lines in calendars for entry in _entries(first, lines, partnership, draft)]


def _whole_letters(content: bytes) -> bytes:
    """Join lines that were folded in the middle of a letter, as some programs do."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        joined = re.sub(rb"(?<=[\x80-\xff])\r?\n[ \t](?=[\x80-\xbf])", b"", content)
        try:
            joined.decode("utf-8-sig")
        except UnicodeDecodeError:
            return content
        return joined
    return content


def _calendars(lines: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Cut a file into its calendars; some hold several, one for each message."""
    starts = [number for number, line in enumerate(lines) if line.strip().upper() == "BEGIN:VCALENDAR"]
    starts[:1] = [0]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, lines[start:end]


def _entries(first: int, lines: Sequence[str], partnership: Partnership, draft: Draft) -> Iterator[Entry]:
    """Cut the events out and parse each alone, so that one that is broken costs the others nothing."""
    said = _properties(lines)
    clock = Clock(lines, said.get("X-WR-TIMEZONE", ""), partnership)
    is_cancel = said.get("METHOD", "").upper() == "CANCEL"
    start = None
    for number, line in enumerate(lines):
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            if start is not None:
                draft.reject("PN025", (first + start, 0))
            start = number
        elif mark == "END:VEVENT" and start is not None:
            entry = _entry(first + start, lines[start : number + 1], clock, is_cancel=is_cancel)
            if entry is None:
                draft.reject("PN025", (first + start, 0))
            else:
                yield entry
            start = None
        elif mark.startswith("BEGIN:") and mark[6:] in _OTHERS and start is None:
            draft.ignore(first + number, "PN061", title=mark[6:])
    if start is not None:
        draft.reject("PN025", (first + start, 0))


def _entry(row: int, lines: Sequence[str], clock: Clock, *, is_cancel: bool) -> Entry | None:
    whole = re.sub(r"\r\n[ \t]", "", "\r\n".join(lines) + "\r\n")
    kept = "\r\n".join(_ZONED.sub(r"\1X-TZID=", line) for line in whole.split("\r\n"))
    try:
        entry = Entry(row, Event.from_ical(kept), clock, is_cancel)
        entry.moment("DTSTART")
        entry.replaced()
    except FAULTS:
        return None
    return entry


def _properties(lines: Sequence[str]) -> dict[str, str]:
    """Read what a calendar says of itself, outside of what it holds."""
    said: dict[str, str] = {}
    depth = 0
    for line in lines:
        key, colon, value = line.partition(":")
        name = key.partition(";")[0].strip().upper()
        depth += (name == "BEGIN") - (name == "END")
        if depth <= 1 and colon and name in ("METHOD", "X-WR-TIMEZONE"):
            said.setdefault(name, value.strip())
    return said


def as_day(moment: Any) -> date:  # noqa: ANN401 (whatever the property holds)
    """
    Take the day of a moment.

    Parameters
    ----------
    moment
        A day or a moment.

    Returns
    -------
    day
        Its day.

    Raises
    ------
    TypeError
        If it is neither.
    """
    if not isinstance(moment, date):
        raise TypeError(moment)
    return moment.date() if isinstance(moment, datetime) else moment
