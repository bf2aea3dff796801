"""A whole made-up partnership: its tables, and what was planted in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic.attendance import Attendance, attendance
from partnet_analysis.synthetic.calendar import Meeting, meetings
from partnet_analysis.synthetic.chance import Chance
from partnet_analysis.synthetic.contacts import Contact, contacts
from partnet_analysis.synthetic.planted import Partner
from partnet_analysis.synthetic.roster import SMALLEST, Person, partners, people
from partnet_analysis.synthetic.truths import COORDINATOR, TRUTHS, YEARS, Truths

SEED: Final = 2025
"""The seed of the example in `data/raw`."""

LARGEST: Final = 200


@dataclass(frozen=True, eq=False)
class SyntheticPartnership:
    """
    A made-up partnership and the answers an analysis of it must find.

    Parameters
    ----------
    tables
        The canonical tables by name, at person level, as text and plain values.
    truths
        What was planted.
    """

    tables: Mapping[str, pd.DataFrame]
    truths: Truths

    @property
    def records(self) -> Records:
        """The tables, checked, at person level."""
        return Records.from_tables(**self.tables)


def partnership(seed: int = SEED, n_organisations: int = 60, *, coordination: float = 0.6) -> SyntheticPartnership:
    """
    Make up a partnership of a French town over three years.

    Parameters
    ----------
    seed
        The seed; the same seed gives the same partnership, on any machine.
    n_organisations
        How many organisations, from 40 to 200, the coordinator included.
    coordination
        How much runs through the coordinator, from 0 to 1: the share of the working groups that it convenes and of the
        contacts in which it takes part. The planted truths hold from 0.4.

    Returns
    -------
    partnership
        Its tables and what was planted in them.

    Raises
    ------
    ValueError
        If it would be too small or too large for the planted truths to hold.

    Examples
    --------
    >>> town = partnership()
    >>> town.truths.bridge
    'passerelle'
    """
    if not SMALLEST <= n_organisations <= LARGEST:
        message = f"n_organisations must be from {SMALLEST} to {LARGEST}"
        raise ValueError(message)
    chance = Chance(seed)
    everybody = partners(chance.of("partners"), n_organisations)
    persons = people(chance.of("people"), everybody)
    met = [meeting for year in YEARS for meeting in meetings(chance.of(f"meetings {year}"), everybody, year, coordination)]
    came = attendance(chance.of("attendance"), met, persons)
    talked = [
        contact for year in YEARS for contact in contacts(chance.of(f"contacts {year}"), everybody, year, coordination)
    ]
    tables = {
        "actors": _frame("actors", [*map(_partner_row, everybody), *map(_person_row, persons)]),
        "meetings": _frame("meetings", [_meeting_row(meeting) for meeting in met]),
        "attendance": _frame("attendance", [_attendance_row(row) for row in came]),
        "contacts": _frame("contacts", _contact_rows(chance.of("callers"), talked, persons)),
    }
    return SyntheticPartnership(tables, TRUTHS)


def _frame(table: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(names.COLUMNS[table]), dtype=object)


def _partner_row(partner: Partner) -> dict[str, Any]:
    return {
        "actor_id": partner.actor_id,
        "name": partner.name,
        "kind": partner.kind,
        "organisation_id": None,
        "sector": partner.sector,
        "level": "field_worker" if partner.kind == "person" else None,
        "is_coordinator": partner.actor_id == COORDINATOR,
        "capacity_hours_per_month": partner.capacity,
        "joined_on": _iso(partner.joined_on),
        "left_on": _iso(partner.left_on),
    }


def _person_row(person: Person) -> dict[str, Any]:
    return {
        "actor_id": person.actor_id,
        "name": person.name,
        "kind": "person",
        "organisation_id": person.partner_id,
        "sector": None,
        "level": person.level,
        "is_coordinator": person.partner_id == COORDINATOR,
        "capacity_hours_per_month": None,
        "joined_on": _iso(person.joined_on),
        "left_on": _iso(person.left_on),
    }


def _meeting_row(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting_id": meeting.meeting_id,
        "day": meeting.day.isoformat(),
        "title": meeting.title,
        "series": meeting.series,
        "kind": meeting.kind,
        "theme": meeting.theme,
        "convener_id": meeting.convener_id,
        "duration_hours": meeting.hours,
    }


def _attendance_row(row: Attendance) -> dict[str, Any]:
    return {"meeting_id": row.meeting_id, "actor_id": row.actor_id, "invited": row.invited, "status": row.status}


def _contact_rows(chance: Chance, talked: Sequence[Contact], persons: Sequence[Person]) -> list[dict[str, Any]]:
    """Say who spoke with whom; what would be the same line twice is written once, as whoever keeps the log would."""
    lines: dict[tuple[Any, ...], dict[str, Any]] = {}
    for contact in talked:
        line = {
            "day": contact.day.isoformat(),
            "source_id": _speaker(chance, contact.source, contact.day, persons),
            "target_id": _speaker(chance, contact.target, contact.day, persons),
            "channel": contact.channel,
            "theme": contact.theme,
            "duration_hours": contact.hours,
        }
        lines.setdefault(tuple(line.values()), line)
    return [{"contact_id": f"c{place + 1:05}", **line} for place, line in enumerate(lines.values())]


def _speaker(chance: Chance, partner: Partner, day: date, persons: Sequence[Person]) -> str:
    """Choose who holds the receiver: mostly the first person of the organisation."""
    there = [person.actor_id for person in persons if person.partner_id == partner.actor_id and person.is_there(day)]
    if not there:
        return partner.actor_id
    return there[0] if chance.coin(0.5) else chance.pick(there)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
