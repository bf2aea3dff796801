"""Calendars (.ics): who was invited to what; an acceptance is a reply to an invitation, never a presence."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from typing import Any, Final, NamedTuple

from partnet_analysis.config import Partnership
from partnet_analysis.records.cells.guests import guest
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch, Source
from partnet_analysis.records.files.events import Entry, as_day, events_in
from partnet_analysis.records.files.recurrences import LONGEST_ENDLESS, Followed, begins_as_told, followed, listed
from partnet_analysis.records.files.time_zones import FAULTS, Clock

MOST_ROWS: Final = 200_000
"""How many invitations one calendar may hold: days times guests."""

_PEOPLE: Final = ("INDIVIDUAL", "GROUP", "UNKNOWN", "")
_REPLIES: Final = {"DECLINED": "excused"}
_RESOURCES: Final = "@resource.calendar.google.com"


class _Meeting(NamedTuple):
    """What an event says, once it has been read whole."""

    guests: list[tuple[Mention, str]]
    details: dict[str, Any]
    moments: list[datetime]
    is_day: bool
    remarks: list[tuple[str, dict[str, Any]]]


@dataclass
class _Series:
    """What the events of one calendar say about one another."""

    stamp: date | None = None
    moved: dict[str, set[date]] = field(default_factory=dict)
    cut: dict[str, date] = field(default_factory=dict)
    following: dict[str, list[datetime]] = field(default_factory=dict)
    latest: Counter[tuple[str, date | None]] = field(default_factory=Counter)
    cancelled: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def note(self, entry: Entry) -> None:
        for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
            value = getattr(listed(entry.event.get(name))[:1] and listed(entry.event.get(name))[0], "dt", None)
            if isinstance(value, date):
                self.stamp = max(self.stamp or date.min, as_day(value))
        if not entry.uid:
            return
        replaced = entry.replaced()
        key = entry.uid, replaced
        self.latest[key] = max(self.latest[key], entry.sequence)
        if replaced is not None:
            self.moved.setdefault(entry.uid, set()).add(replaced)
            if _is_of_all_following(entry.event):
                self.cut[entry.uid] = min(replaced, self.cut.get(entry.uid, replaced))
        elif entry.is_cancel or str(entry.event.get("STATUS", "")).strip().upper() == "CANCELLED":
            self.cancelled[entry.uid] = max(entry.sequence, self.cancelled.get(entry.uid, 0))

    def is_cancelled(self, entry: Entry) -> bool:
        return bool(entry.uid) and entry.sequence <= self.cancelled.get(entry.uid, -1)

    def is_old(self, entry: Entry) -> bool:
        return bool(entry.uid) and entry.sequence < self.latest[entry.uid, entry.replaced()]

    def own(self, entry: Entry, moments: list[datetime]) -> list[datetime]:
        """Leave the days of a series that other events of the calendar stand in for to those."""
        cut = self.cut.get(entry.uid)
        if "RECURRENCE-ID" in entry.event or not entry.uid:
            return moments
        if cut is not None:
            self.following[entry.uid] = [moment for moment in moments if moment.date() >= cut]
            moments = [moment for moment in moments if moment.date() < cut]
        return [moment for moment in moments if moment.date() not in self.moved.get(entry.uid, ())]


def calendar_batch(file: str, content: bytes, partnership: Partnership | None = None) -> Batch:
    """
    Read a calendar.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    content
        Its bytes.
    partnership
        Whose records these are: moments of other zones are told by its clock, unless the calendar has one of its own.

    Returns
    -------
    batch
        A meeting for each occurrence of each event with guests, everybody invited; who declined is excused, everybody else's
        presence is unknown. What is cancelled, or replaced by a later version of itself, is left aside. An event is one
        entry, on the line where it begins.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no text (PN074) or no calendar (PN086).
    """
    draft = Draft(Source(file, None, "calendar"))
    entries = events_in(content, partnership or Partnership(), draft)
    series = _Series()
    for entry in entries:
        series.note(entry)
    for entry in sorted(entries, key=lambda entry: "RECURRENCE-ID" in entry.event):
        _read_event(entry, draft, series)
    _remark_zones(entries, draft)
    return draft.batch()


def _read_event(entry: Entry, draft: Draft, series: _Series) -> None:
    try:
        if series.is_old(entry):
            draft.ignore(entry.row, "PN128", title=entry.title)
            return
        called_off = entry.is_called_off() or series.is_cancelled(entry)
        meeting = None if called_off else _meeting(entry, series)
        first = as_day(entry.moment("DTSTART"))
    except FAULTS:
        draft.reject("PN025", (entry.row, 0))
        return
    if meeting is None:
        draft.ignore(entry.row, "PN124", title=entry.title, day=first)
    elif not meeting.guests or not meeting.moments:
        draft.ignore(entry.row, "PN061", title=entry.title)
    else:
        _write(entry, meeting, draft, series)


def _write(entry: Entry, meeting: _Meeting, draft: Draft, series: _Series) -> None:
    most = max((MOST_ROWS - series.rows) // len(meeting.guests), 1)
    moments = meeting.moments[:most]
    series.rows += len(moments) * len(meeting.guests)
    remarks = list(meeting.remarks)
    if len(moments) < len(meeting.moments):
        remarks = [remark for remark in remarks if remark[0] != "PN125"]
        remarks.append(("PN125", {"n": len(moments), "day": moments[-1].date()}))
    for code, values in remarks:
        draft.remark(code, (entry.row, 0), **values)
    number = draft.entry(entry.row)
    for moment in moments:
        mark = "" if meeting.is_day else f"{moment:%Hh%M}"
        occasion = draft.occasion(moment.date().isoformat(), entry.title, meeting.details, cell=(entry.row, 0), mark=mark)
        for mention, reply in meeting.guests:
            status = _REPLIES.get(reply, "unknown")
            values = {"meeting_id": occasion, "actor_id": mention, "status": status, "invited": "true"}
            draft.add("attendance", number, values, {"": (entry.row, 0)})


def _meeting(entry: Entry, series: _Series) -> _Meeting:
    moments, remarks = _moments(entry, series)
    details = {"series": entry.title, "convener_id": _organiser(entry.event) or "", "duration_hours": entry.hours}
    is_day = not isinstance(entry.moment("DTSTART"), datetime)
    return _Meeting(list(_guests(entry.event)), details, series.own(entry, moments), is_day, remarks)


def _moments(entry: Entry, series: _Series) -> tuple[list[datetime], list[tuple[str, dict[str, Any]]]]:
    """Tell when an event takes place, and what there is to remark about that."""
    first = _as_moment(entry.moment("DTSTART"))
    if not {"RRULE", "RDATE"} & set(entry.event):
        return _with_following(entry, series, first), []
    try:
        found, zone = _followed(entry, series)
    except (*FAULTS, OverflowError):
        return [first], [("PN049", {})]
    moments = [_as_moment(entry.clock.told(moment, zone)) for moment in found.moments]
    last = moments[-1].date() if moments else first.date()
    if found.is_cut:
        return moments, [("PN125", {"n": len(moments), "day": last})]
    return moments, [("PN062", {"n": len(moments), "day": last})] if found.is_endless else []


def _followed(entry: Entry, series: _Series) -> tuple[Followed, tzinfo | None]:
    """
    Follow a recurrence by the clock of the event's own zone.

    A series written in UTC recurs by the calendar's clock, as whoever wrote it saw it, unless only UTC has its weekdays.
    """
    value = entry.event["DTSTART"]
    zone = entry.clock.zone_of(value.dt, value.params)
    if zone is UTC and begins_as_told(entry.event, _as_moment(entry.moment("DTSTART"))):
        zone = entry.clock.zone
    start = _by(zone, value.dt, entry.clock.zone_of(value.dt, value.params))
    first = _as_moment(start)
    horizon = first + min(LONGEST_ENDLESS, datetime.max - first)  # noqa: DTZ901 (by the event's own clock)
    if series.stamp is not None:
        horizon = max(horizon, datetime.combine(series.stamp, time.max))

    def told(moment: Any, params: Any) -> date | datetime:  # noqa: ANN401 (untyped library)
        return _by(zone, moment, entry.clock.zone_of(moment, params))

    return followed(entry.event, first, told, horizon), zone


def _by(zone: tzinfo | None, moment: Any, written: tzinfo | None) -> date | datetime:  # noqa: ANN401 (untyped library)
    """Tell a moment by the clock of a zone; where either is unknown it stays as written."""
    if not isinstance(moment, datetime):
        return as_day(moment)
    bare = moment.replace(tzinfo=None)
    if zone is None or written is None:
        return bare
    return bare.replace(tzinfo=written).astimezone(zone).replace(tzinfo=None)


def _with_following(entry: Entry, series: _Series, first: datetime) -> list[datetime]:
    """Let an event that moves all following days of its series take place on all of these."""
    if not _is_of_all_following(entry.event) or entry.uid not in series.following:
        return [first]
    shift = first - _as_moment(entry.moment("RECURRENCE-ID"))
    days = series.moved.get(entry.uid, set()) - {entry.replaced()}
    moved = [moment + shift for moment in series.following[entry.uid] if moment.date() not in days]
    return sorted({first, *moved})


def _is_of_all_following(event: Any) -> bool:  # noqa: ANN401 (untyped library)
    value = event.get("RECURRENCE-ID")
    return value is not None and str(value.params.get("RANGE", "")).upper() == "THISANDFUTURE"


def _remark_zones(entries: Sequence[Entry], draft: Draft) -> None:
    """Say once for each calendar by which clock it is told, and which zones nobody knows."""
    clocks: Mapping[int, Clock] = {id(entry.clock): entry.clock for entry in entries}
    for zone in dict.fromkeys(clock.name for clock in clocks.values() if clock.is_converted):
        draft.remark("PN122", zone=zone)
    for zone in dict.fromkeys(zone for clock in clocks.values() for zone in clock.unknown):
        draft.remark("PN123", zone=zone, value=zone)


def _guests(event: Any) -> Iterator[tuple[Mention, str]]:  # noqa: ANN401 (untyped library)
    for address in listed(event.get("ATTENDEE")):
        is_resource = str(address).strip().lower().endswith(_RESOURCES)
        if str(address.params.get("CUTYPE", "")).upper() in _PEOPLE and not is_resource:
            yield _mention(address), str(address.params.get("PARTSTAT", "")).upper()


def _organiser(event: Any) -> Mention | None:  # noqa: ANN401 (untyped library)
    found = listed(event.get("ORGANIZER"))
    return _mention(found[0]) if found else None


def _mention(address: Any) -> Mention:  # noqa: ANN401 (untyped library)
    email = re.sub(r"^mailto:", "", str(address).strip(), flags=re.IGNORECASE)
    said = address.params.get("EMAIL", "")
    return guest(str(address.params.get("CN", "")), email if "@" in email else str(said))


def _as_moment(moment: Any) -> datetime:  # noqa: ANN401 (whatever the property holds)
    return moment if isinstance(moment, datetime) else datetime.combine(as_day(moment), time())
