"""The pages of a written file, and what a careful reader would get out of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from tests.records.judging.truths import Expected, Held, Truth
from tests.records.sheets.writing.hand import Cell
from tests.records.sheets.writing.known import Known, Meeting, Member

NOT_SAID: Final[frozenset[str]] = frozenset({""})
OPEN: Final[frozenset[str]] = frozenset({"unknown", "none"})
"""What a blank cell means of which nobody knows more: nothing, or that it is not known."""
NOT_THERE: Final[frozenset[str]] = frozenset({"absent", "unknown"})
"""What a blank cell means beside those who signed."""


@dataclass(frozen=True)
class Page:
    """A sheet, or a text of one cell a line; `stem` names its file where each page has one of its own."""

    name: str
    rows: list[list[Cell]]
    stem: str = ""


@dataclass(frozen=True)
class Draft:
    """Pages, their truth, the name of the file, other files beside it, and what a program separates and encodes with."""

    pages: list[Page]
    truth: Truth
    stem: str
    beside: Mapping[str, str] = field(default_factory=dict)
    delimiter: str = ""
    coding: str = ""


@dataclass(frozen=True)
class Written:
    """Files by name, the pages that stand in each, and the truth."""

    files: Mapping[str, bytes]
    pages: Mapping[str, list[Page]]
    truth: Truth


@dataclass(frozen=True)
class Carried:
    """
    What a file can say: the statuses that it marks, what a blank means, organisations, invitations, titles.

    Where marks are `bare`, without legend or header of their own, blanks may be absences if nobody is marked absent. Where
    one is a `letter` that stands for absent or for apologies, it may be either if nobody is marked excused.
    """

    marks: Collection[str]
    blank: frozenset[str] = OPEN
    organisations: bool = True
    invited: bool = False
    titled: bool = True
    bare: bool = False
    letter: bool = False


def attendance(known: Known, meetings: Iterable[Meeting], carried: Carried) -> Truth:
    """Tell what is right where every listed member has a row."""
    meetings = list(meetings)
    listed = [(meeting, member) for meeting in meetings for member in known.listed(meeting)]
    return Truth(
        rows=tuple(_expected(known, meeting, member, carried) for meeting, member in listed),
        meetings=tuple(Held(meeting.day, meeting.series if carried.titled else None) for meeting in meetings),
        actors=actors((member for _, member in listed), organisations=carried.organisations),
    )


def _expected(known: Known, meeting: Meeting, member: Member, carried: Carried) -> Expected:
    status = known.statuses[meeting, member]
    invited = known.invited[meeting, member]
    # Nobody excuses himself, or is missed, who was not asked.
    unasked = NOT_SAID if status == "present" else frozenset({"", "true"})
    blank = carried.blank if invited or not carried.invited else OPEN
    if carried.bare and "absent" not in known.statuses.values():
        blank |= NOT_THERE
    statuses = frozenset({status}) if status in carried.marks else blank
    if carried.letter and status == "absent" and "excused" not in known.statuses.values():
        statuses |= {"excused"}
    return Expected(
        meeting.day,
        member.name,
        member.organisation if carried.organisations else "",
        statuses,
        (frozenset({"true"}) if invited else frozenset({"false", ""})) if carried.invited else unasked,
    )


def actors(members: Iterable[Member], *, organisations: bool = True) -> dict[str, str]:
    """Name those members and their organisations, with their kinds."""
    found: dict[str, str] = {}
    for member in members:
        found[member.name] = member.kind
        if member.organisation and organisations:
            found[member.organisation] = "organisation"
    return found
