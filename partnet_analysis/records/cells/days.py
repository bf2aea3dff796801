"""
Days as people write them: an own strict list, day first.

Libraries that guess read 03/04 as 4 March on one machine and 3 April on another; here it is 3 April everywhere.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.folding import folded

_MONTHS: Final = {
    "janvier": 1, "janv": 1, "jan": 1, "january": 1,
    "fevrier": 2, "fevr": 2, "fev": 2, "february": 2, "feb": 2,
    "mars": 3, "mar": 3, "march": 3,
    "avril": 4, "avr": 4, "april": 4, "apr": 4,
    "mai": 5, "may": 5,
    "juin": 6, "june": 6, "jun": 6,
    "juillet": 7, "juil": 7, "july": 7, "jul": 7,
    "aout": 8, "aou": 8, "august": 8, "aug": 8,
    "septembre": 9, "sept": 9, "sep": 9, "september": 9,
    "octobre": 10, "oct": 10, "october": 10,
    "novembre": 11, "nov": 11, "november": 11,
    "decembre": 12, "dec": 12, "december": 12,
}  # fmt: skip
_WEEKDAY: Final = (
    r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thurs?|fri|sat|sun)\.?,?\s+)?(?:le\s+)?"
)
_TIME: Final = (
    r"(?:(?:[t\s]|,\s|\s(?:a|at)\s)\s*\d{1,2}[:h]\d{0,2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?\s*(?:z|utc|[+-]\d{2}:?\d{2})?)?"
)
_MONTH: Final = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_FORMS: Final = (
    r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})",
    r"(?P<day>\d{1,2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})",
    rf"(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?[\s-]+(?:of\s+)?{_MONTH}[\s,-]*(?P<year>\d{{4}}|\d{{2}})",
    rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
)
_SPELLINGS: Final = tuple(re.compile(_WEEKDAY + form + _TIME) for form in _FORMS)
_INSIDE: Final = tuple(re.compile(rf"(?:(?<![\w/.-])|(?<=[^\W\d]-)){_WEEKDAY}{form}(?![\d/])") for form in _FORMS)
_SHORT_FORMS: Final = (
    re.compile(rf"(?<![\w/.-]){_WEEKDAY}(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})(?![\d/]|[-.]\d)"),
    re.compile(
        rf"(?<![\w/.-]){_WEEKDAY}(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)?[\s-]*(?:of\s+)?{_MONTH}(?![^\W\d])(?!\s*,?\s*\d{{4}})"
    ),
    re.compile(rf"(?<![\w/.-]){_WEEKDAY}{_MONTH}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/:h])"),
)
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
_CENTURY_TURNS: Final = 70
"""Two-digit years from here on are of the twentieth century."""


def parse_day(text: str) -> date:
    """
    Read a day.

    Parameters
    ----------
    text
        `2025-03-14`, `14/03/2025`, `14.03.25`, `vendredi 14 mars 2025`, `March 14, 2025`; a time of day may follow.

    Returns
    -------
    day
        The day.

    Raises
    ------
    BadValueError
        If it is no day (PN020), or one that does not exist (PN011).

    Examples
    --------
    >>> parse_day("03/04/2025"), parse_day("1er août 2024")
    (datetime.date(2025, 4, 3), datetime.date(2024, 8, 1))
    """
    plain = folded(text)
    found = next((match for spelling in _SPELLINGS if (match := spelling.fullmatch(plain))), None)
    if found is None:
        raise BadValueError("PN020")
    return _existing_day(found.groupdict())


def _existing_day(parts: Mapping[str, str | None]) -> date:
    year, month, day = (str(parts[part]) for part in ("year", "month", "day"))
    number = int(year)
    if len(year) == 2:  # noqa: PLR2004 (two digits)
        number += 1900 if number >= _CENTURY_TURNS else 2000
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise BadValueError("PN011")
    try:
        return date(number, _MONTHS.get(month) or int(month), int(day))
    except ValueError:
        raise BadValueError("PN011") from None


@lru_cache(maxsize=1 << 14)
def day_in(text: str) -> tuple[str, str] | None:
    """
    Find a day inside a text.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    found
        The day as written, and the text without it; None where there is none.

    Examples
    --------
    >>> day_in("2014-01-20 (Mairie) – Taluyers")
    ('2014-01-20', '(Mairie) – Taluyers')
    >>> day_in("Réunion du 14 mars 2025")
    ('14 mars 2025', 'Réunion du')
    """
    plain = "".join((unicodedata.normalize("NFKD", letter)[0].casefold() or letter)[0] for letter in text)
    for spelling in _INSIDE:
        match = spelling.search(plain)
        if match:
            rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}"
            return text[match.start() : match.end()].strip(), rest.strip(" –-_,;:")
    return None


class ShortDay(NamedTuple):
    """
    A day without its year.

    Parameters
    ----------
    month
        1 to 12.
    day
        1 to 31.
    note
        What else the text says.
    """

    month: int
    day: int
    note: str


@lru_cache(maxsize=1 << 14)
def short_day_in(text: str) -> ShortDay | None:
    """
    Find a day that is written without its year.

    Parameters
    ----------
    text
        `14/03`, `mardi 14 mars`, `Réunion 1 (14/03)`, `04 juin (extraordinaire)`.

    Returns
    -------
    found
        Its month and day, and the text without it; None where there is none, or it has a year.

    Examples
    --------
    >>> short_day_in("Réunion 1 (16/01)"), short_day_in("juillet")
    (ShortDay(month=1, day=16, note='Réunion 1'), None)
    """
    plain = "".join((unicodedata.normalize("NFKD", letter)[0].casefold() or letter)[0] for letter in text)
    for form in _SHORT_FORMS:
        found = form.search(plain)
        if found is None:
            continue
        month = _MONTHS.get(found.group("month")) or int(found.group("month"))
        day = int(found.group("day"))
        if 1 <= month <= 12 and 1 <= day <= 31:  # noqa: PLR2004 (the calendar)
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return ShortDay(month, day, " ".join(rest.replace("()", " ").split()).strip(" –-_,;:()"))
    return None


def month_number(text: str) -> int | None:
    """
    Read the name of a month, with a year or without.

    Parameters
    ----------
    text
        `mars`, `Mars 2025`, `March`.

    Returns
    -------
    month
        1 to 12; None where it is no month.
    """
    return _MONTHS.get(re.sub(r"[\s.]*(?:\d{4})?$", "", folded(text)))


def years_in(text: str) -> list[int]:
    """
    Find the years that a text names.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    years
        The years from 1990 to 2099, in order.

    Examples
    --------
    >>> years_in("Émargements 2024-2025.xlsx")
    [2024, 2025]
    """
    return [int(year) for year in re.findall(r"(?<!\d)(?:199\d|20\d\d)(?!\d)", text)]
