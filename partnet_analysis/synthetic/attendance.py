"""Who was invited to the made-up partnership's meetings and who came, person by person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from partnet_analysis.synthetic.calendar import Meeting
from partnet_analysis.synthetic.chance import Chance
from partnet_analysis.synthetic.planted import Partner
from partnet_analysis.synthetic.roster import Person
from partnet_analysis.synthetic.truths import TRUTHS

_EXCUSED: Final = 0.6
"""Of those who stay away, so many excuse themselves."""

_FAITHFUL: Final = 0.75
"""How often the usual delegate is the one invited."""

_SENDS_A_SUBSTITUTE: Final = 0.12
_COMES_ALONG: Final = 0.15
_RESIDENT_COMES: Final = 0.4
_SMALL: Final = 2

_LOST_SHEET: Final = "2023-gt08-2"
"""The meeting whose sign-in sheet was lost: nobody knows who came."""


@dataclass(frozen=True)
class Attendance:
    """
    One person at one meeting.

    Parameters
    ----------
    meeting_id
        The meeting.
    actor_id
        The person.
    invited
        Whether the person was invited; None where no invitation list exists.
    status
        `present`, `excused`, `absent` or `unknown`.
    """

    meeting_id: str
    actor_id: str
    invited: bool | None
    status: str


def attendance(chance: Chance, meetings: Sequence[Meeting], people: Sequence[Person]) -> list[Attendance]:
    """
    Draw who came.

    Parameters
    ----------
    chance
        The draws.
    meetings
        The meetings.
    people
        The persons.

    Returns
    -------
    attendance
        One row for each person and meeting.
    """
    staff: dict[str, list[Person]] = {}
    for person in people:
        staff.setdefault(person.partner_id or "", []).append(person)
    return [row for meeting in meetings for row in _sheet(chance.of(meeting.meeting_id), meeting, staff)]


def delegate(chance: Chance, partner: Partner, meeting: Meeting, staff: Sequence[Person]) -> Person:
    """
    Choose whom a partner sends.

    Parameters
    ----------
    chance
        The draws.
    partner
        The partner.
    meeting
        The meeting.
    staff
        Its persons in post, at least one.

    Returns
    -------
    delegate
        The usual person for this series, most of the time; always the first where the partner sends nobody else.
    """
    if partner.one_delegate:
        return staff[0]
    # The usual delegate depends on partner and series alone, not on the year.
    usual = Chance(f"{partner.actor_id}/{meeting.series}").pick(staff)
    return usual if chance.coin(_FAITHFUL) else chance.pick(staff)


def _sheet(chance: Chance, meeting: Meeting, staff: Mapping[str, Sequence[Person]]) -> Iterator[Attendance]:
    for partner in meeting.invited:
        draws = chance.of(partner.actor_id)
        for actor_id, invited, status in _delegation(draws, partner, meeting, staff.get(partner.actor_id, ())):
            known = "unknown" if meeting.meeting_id == _LOST_SHEET else status
            yield Attendance(meeting.meeting_id, actor_id, invited if meeting.has_list else None, known)
    for resident in staff[""]:
        if chance.coin(meeting.residents):
            status = "present" if chance.coin(_RESIDENT_COMES) else "absent"
            yield Attendance(meeting.meeting_id, resident.actor_id, invited=True, status=status)


def _delegation(
    chance: Chance, partner: Partner, meeting: Meeting, staff: Sequence[Person]
) -> Iterator[tuple[str, bool, str]]:
    there = [person for person in staff if person.is_there(meeting.day)]
    if not there:  # a person who belongs to no organisation stands for itself
        yield partner.actor_id, True, _status(chance, partner, meeting)
        return
    sent = delegate(chance, partner, meeting, there)
    others = [person for person in there if person is not sent]
    status = _status(chance, partner, meeting)
    may_vary = bool(others) and not partner.one_delegate and len(meeting.invited) > _SMALL
    if status == "present" and may_vary and chance.coin(_SENDS_A_SUBSTITUTE):
        yield sent.actor_id, True, "excused"
        yield chance.pick(others).actor_id, False, "present"
        return
    yield sent.actor_id, True, status
    if may_vary and chance.coin(_COMES_ALONG):
        yield chance.pick(others).actor_id, True, status


def _status(chance: Chance, partner: Partner, meeting: Meeting) -> str:
    """Draw whether a partner comes; the convener does, and two who meet do."""
    comes = partner.actor_id == meeting.convener_id or meeting.kind == "bilateral"
    stays_away = partner.actor_id in TRUTHS.isolated["invited_never_came"] and meeting.day.year == TRUTHS.period.end.year
    if comes or (not stays_away and chance.coin(partner.habits[meeting.day.year].turns_up)):
        return "present"
    return "excused" if chance.coin(_EXCUSED) else "absent"
