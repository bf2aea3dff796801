"""A hand: the manner in which one file is written, the same throughout the file."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, TypeVar, cast

from tests.records.sheets.writing.draws import Draws
from tests.records.sheets.writing.known import Language, Member
from tests.records.sheets.writing.vocabulary import CIVILITIES, HEADERS, LETTERS, MONTHS, MONTHS_CUT, SCHEMES, WEEKDAYS

T = TypeVar("T")
Cell = str | int | float | date | None
WITH_DATES: Final = ("xlsx", "xls", "ods")
_SLIP_FROM: Final = 8
LEFT: Final = "\ue000"
"""A cell merged with the one on its left; blank where a file knows no merged cells."""
ABOVE: Final = "\ue001"
"""A cell merged with the one above."""
DAYS: Final = ("slashes", "iso", "words", "weekday", "dots", "dashes", "two digits", "month's first letters", "ordinal")
NAMES: Final = ("first last", "first LAST", "LAST first", "last first", "FIRST LAST")


class Hand:
    """
    How somebody writes names, days, headers and marks.

    Parameters
    ----------
    draws
        What chooses.
    language
        The language written in.
    suffix
        The kind of file, which says whether a day can be a date.
    """

    def __init__(self, draws: Draws, language: Language, suffix: str) -> None:
        self.draws, self.language, self.suffix = draws, language, suffix
        self.names = draws.pick(NAMES)
        self.days = draws.pick((*(["date"] * 3 if suffix in WITH_DATES else []), *DAYS))
        self._case = draws.pick(("as is", "as is", "as is", "upper", "lower", "bare"))
        self._slips = draws.sometimes(0.1)
        self._civil = draws.sometimes(0.12)
        self._headers: dict[str, str] = {}
        self._habits: dict[str, object] = {}

    def once(self, what: str, options: Sequence[T]) -> T:
        """Choose once for the whole file."""
        if what not in self._habits:
            self._habits[what] = self.draws.pick(options)
        return cast("T", self._habits[what])

    def day(self, day: date) -> Cell:
        """Write a day in a cell."""
        return day if self.days == "date" else self.day_in(self.days, day)

    def day_in_text(self, day: date) -> str:
        """Write a day within a sentence."""
        return self.day_in("words" if self.days == "date" else self.days, day)

    def day_in(self, form: str, day: date) -> str:
        month = MONTHS[self.language][day.month - 1]
        cut = MONTHS_CUT[self.language][day.month - 1]
        return {
            "iso": day.isoformat(),
            "slashes": f"{day:%d/%m/%Y}",
            "dots": f"{day:%d.%m.%y}",
            "dashes": f"{day:%d-%m-%Y}",
            "two digits": f"{day:%d/%m/%y}",
            "month's first letters": f"{day.day} {cut} {day.year}",
            "ordinal": f"{self._ordinal(day)} {month} {day.year}",
            "words": f"{self._first(day)} {month} {day.year}",
            "weekday": f"{WEEKDAYS[self.language][day.weekday()]} {self._first(day)} {month} {day.year}",
        }[form]

    def _first(self, day: date) -> str:
        return "1er" if self.language == "fr" and day.day == 1 else str(day.day)

    def _ordinal(self, day: date) -> str:
        if self.language == "fr":
            return self._first(day)
        ending = "th" if day.day in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return f"{day.day}{ending}"

    def name(self, member: Member) -> str:
        """Write a name in one cell."""
        if member.kind == "organisation":
            return member.name
        first, last = member.first, member.last
        civility = f"{CIVILITIES[self.language][len(first) % 2]} " if self._civil else ""
        return (
            civility
            + {
                "first last": f"{first} {last}",
                "first LAST": f"{first} {last.upper()}",
                "LAST first": f"{last.upper()} {first}",
                "last first": f"{last} {first}",
                "FIRST LAST": f"{first} {last}".upper(),
            }[self.names]
        )

    def last(self, member: Member) -> str:
        """Write a family name in a cell of its own."""
        return member.last.upper() if self.names in {"first LAST", "LAST first", "FIRST LAST"} else member.last

    def header(self, role: str) -> str:
        """Write the header of a column, always the same."""
        if role not in self._headers:
            self._headers[role] = self.word(self.draws.pick(HEADERS[self.language][role]))
        return self._headers[role]

    def word(self, text: str) -> str:
        """Write a header or label in this hand's case, perhaps with a slip of one letter where it is long."""
        if self._slips and len(text) >= _SLIP_FROM and text.isalpha() and self.draws.sometimes(0.5):
            place = 2 + self.draws.below(len(text) - 4)
            text = self.draws.pick(
                (
                    text[:place] + text[place + 1 :],
                    text[:place] + text[place + 1] + text[place] + text[place + 2 :],
                    text[:place] + text[place] + text[place:],
                )
            )
        return {"as is": text, "upper": text.upper(), "lower": text.lower(), "bare": without_accents(text)}[self._case]

    def scheme(self, *, needs: Sequence[str] = ()) -> Mapping[str, tuple[str, ...]]:
        """Choose a way to mark, one that knows certain statuses."""
        return self.draws.pick([scheme for scheme in SCHEMES[self.language] if all(need in scheme for need in needs)])

    def mark(self, scheme: Mapping[str, tuple[str, ...]], status: str) -> Cell:
        """Write a status; blank where the scheme has no mark for it."""
        if status not in scheme:
            return None
        mark = self.draws.pick(scheme[status])
        return int(mark) if mark.isdigit() and self.suffix in WITH_DATES and not self.draws.sometimes(0.2) else mark

    def legend(self, scheme: Mapping[str, tuple[str, ...]]) -> str:
        """Explain the marks of a scheme."""
        link = self.draws.pick((" = ", " : "))
        told = (f"{marks[0]}{link}{LETTERS[self.language][status]}" for status, marks in scheme.items())
        return self.draws.pick(("Légende : ", "") if self.language == "fr" else ("Key: ", "")) + ", ".join(told)


def without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
