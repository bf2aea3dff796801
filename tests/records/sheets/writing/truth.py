"""What a careful reader would get out of a written file, and the file's pages."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from tests.records.sheets.writing.hand import Cell
from tests.records.sheets.writing.known import Known, Meeting, Member

ANY: Final[frozenset[str]] = frozenset({"", "true", "false"})
NOT_SAID: Final[frozenset[str]] = frozenset({""})
OPEN: Final[frozenset[str]] = frozenset({"unknown", "none"})
"""What a blank cell means of which nobody knows more: nothing, or that it is not known."""
NOT_THERE: Final[frozenset[str]] = frozenset({"absent", "unknown"})
"""What a blank cell means beside those who signed."""


@dataclass(frozen=True)
class Expected:
    """A row of attendance: `statuses` and `invited` hold what is right; the status `none` allows the row to be left out."""

    day: date
    who: str
    organisation: str
    statuses: frozenset[str]
    invited: frozenset[str] = ANY


@dataclass(frozen=True)
class Page:
    """A sheet, or a text of one cell a line; `stem` names its file where each page has one of its own."""

    name: str
    rows: list[list[Cell]]
    stem: str = ""


@dataclass(frozen=True)
class Truth:
    """
    What is to be read.

    Parameters
    ----------
    rows
        Who was where.
    meetings
        The title of each day's meeting; None where the file has no place for it.
    actors
        All who may be actors, with their kind where it is plain to see, else an empty text.
    must
        Those of them who are listed: they are actors, or told.
    employers
        The organisation of each of a directory.
    contacts
        Who reached out to whom; of several names with bars between them, one will do.
    slots
        Days of which meetings may be kept, though nobody is known to have come.
    ask
        Whether something must be told in any case.
    """

    rows: tuple[Expected, ...] = ()
    meetings: Mapping[date, str | None] = field(default_factory=dict)
    actors: Mapping[str, str] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    employers: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[tuple[date, str, str], ...] = ()
    slots: frozenset[date] = frozenset()
    ask: bool = False

    def __or__(self, other: "Truth") -> "Truth":
        """Of several meetings, each with a truth of its own."""
        return replace(
            self,
            rows=self.rows + other.rows,
            meetings={**self.meetings, **other.meetings},
            actors={**self.actors, **other.actors},
            must=self.must | other.must,
        )


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
        meetings={meeting.day: meeting.series if carried.titled else None for meeting in meetings},
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
