"""What a careful reader would get out of files, whoever wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

ANY: Final[frozenset[str]] = frozenset({"", "true", "false"})
"""Whatever the invitation."""


@dataclass(frozen=True)
class Expected:
    """
    A row of attendance.

    Parameters
    ----------
    day
        Its day.
    who
        Whose it is; of several names with bars between them, one will do.
    organisation
        Of whom, in the same way: empty where of nobody, None where it is not asked.
    statuses
        What is right; `none` allows the row to be left out.
    invited
        What is right, as text.
    also_on
        Other days that will do as well.
    """

    day: date
    who: str
    organisation: str | None
    statuses: frozenset[str]
    invited: frozenset[str] = ANY
    also_on: frozenset[date] = frozenset()

    @property
    def days(self) -> frozenset[date]:
        return self.also_on | {self.day}


@dataclass(frozen=True)
class Held:
    """A meeting on a day, or on one of others that will do as well, and words of its title where it is known."""

    day: date
    title: str | None = None
    also_on: frozenset[date] = frozenset()

    @property
    def days(self) -> frozenset[date]:
        return self.also_on | {self.day}


@dataclass(frozen=True)
class Never:
    """Rows that must not be kept; None is any."""

    day: date | None = None
    who: str | None = None
    status: str | None = None


@dataclass(frozen=True)
class Truth:
    """
    What is to be read.

    Parameters
    ----------
    rows
        Who was where.
    meetings
        The meetings.
    actors
        All who may be actors, with their kind where it is plain to see, else an empty text; bars as in `Expected`.
    must
        Those of them who are listed: they are actors, or told.
    employers
        The organisation of each of a directory.
    contacts
        Who reached out to whom; bars as in `Expected`.
    free
        Who else may be kept, with rows or without.
    free_days
        Days of which meetings may be kept, though nobody is known to have come; None is any day.
    never
        Rows that must not be kept of anybody.
    ask
        Whether something must be told in any case.
    """

    rows: tuple[Expected, ...] = ()
    meetings: tuple[Held, ...] = ()
    actors: Mapping[str, str] = field(default_factory=dict)
    must: frozenset[str] = frozenset()
    employers: Mapping[str, str] = field(default_factory=dict)
    contacts: tuple[tuple[date, str, str], ...] = ()
    free: frozenset[str] = frozenset()
    free_days: frozenset[date] | None = frozenset()
    never: tuple[Never, ...] = ()
    ask: bool = False

    def __or__(self, other: "Truth") -> "Truth":
        """Of several meetings, each with a truth of its own."""
        return replace(
            self,
            rows=self.rows + other.rows,
            meetings=self.meetings + other.meetings,
            actors={**self.actors, **other.actors},
            must=self.must | other.must,
        )
