"""The days of a sheet: in which order it writes them, and which year a day without one is of."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from partnet_analysis.records.cells.days import day_in, month_number, parse_day, short_day_in
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.folding import folded

Order = Literal["dmy", "mdy", "ymd"]

_NUMBERS: Final = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?![\d/]|[-.]\d)")
_EXAMPLE: Final = re.compile(r"\be\.g\.|\bex\.|\bpar ex|\bfor example\b", re.IGNORECASE)
_HALF_OF_DAY: Final = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_PLACES: Final[dict[Order, tuple[int, int, int]]] = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
"""Where year, month and day stand among the three numbers."""

_FORMS: Final[dict[Order, re.Pattern[str]]] = {
    "ymd": re.compile(r"\b(?:yyyy|yy|aaaa|aa|year|annee)[./-](?:mm|month|mois)[./-](?:dd|jj|day|jour)\b"),
    "mdy": re.compile(r"\b(?:mm|month|mois)[./-](?:dd|jj|day|jour)[./-](?:yyyy|yy|aaaa|aa|year|annee)\b"),
    "dmy": re.compile(r"\b(?:dd|jj|day|jour)[./-](?:mm|month|mois)[./-](?:yyyy|yy|aaaa|aa|year|annee)\b"),
}
"""How a sheet says itself in which order it writes days."""

_WEEKDAY: Final = re.compile(
    r"\b(lun|mar|mer|jeu|ven|sam|dim|mon|tue|wed|thu|fri|sat|sun)(?:di|credi|dredi|anche|edi|day|s|sday|nesday|rs|rsday|urday)?\.?,?"
    r"\s+(?:le\s+)?(?=\d{1,2}[-/.]\d{1,2}[-/.])"
)
_WEEKDAYS: Final = {
    "lu": 0,
    "mo": 0,
    "ma": 1,
    "tu": 1,
    "me": 2,
    "we": 2,
    "je": 3,
    "th": 3,
    "ve": 4,
    "fr": 4,
    "sa": 5,
    "di": 6,
    "su": 6,
}

_SERIAL: Final = re.compile(r"[34567]\d{4}(?:\.0+)?")
_SERIAL_START: Final = date(1899, 12, 30)
_MIDDLE_OF_CENTURY: Final = 70


class DayOrder(NamedTuple):
    """
    In which order a sheet writes days.

    Parameters
    ----------
    order
        Day, month or year first.
    proof
        A day that can be read in this order alone; empty where the order is the usual one.
    contrary
        A day that can only be read in another order; empty where there is none.
    doubtful
        A day that may be of another month, where nothing settles the order; empty where something does, or none is.
    """

    order: Order = "dmy"
    proof: str = ""
    contrary: str = ""
    doubtful: str = ""


class HeaderDay(NamedTuple):
    """
    The day in the header of a column of marks.

    Parameters
    ----------
    day
        The day as ISO; empty where the header names no whole day.
    note
        What else the header says.
    """

    day: str
    note: str = ""


def day_order(texts: Iterable[str], years: Sequence[int] = (), *, month_first: bool | None = None) -> DayOrder:
    """
    Find the order in which days are written.

    Parameters
    ----------
    texts
        Cells that hold days.
    years
        The years that the sheet is about, as far as it says.
    month_first
        What `partnet.toml` says; None where it says nothing.

    Returns
    -------
    order
        The order that the sheet says it writes (`MM/DD/YYYY`), else the one that fits most days and the weekdays beside
        them; day first where several fit as many, unless hours with AM and PM say otherwise or the years it gives are not
        the sheet's.
    """
    kept = list(texts)
    written = [(text, found) for text in kept if not _EXAMPLE.search(text) for found in _NUMBERS.findall(text)]
    if month_first is not None:
        return DayOrder("mdy" if month_first else "dmy")
    told = next(((order, text) for text in kept for order, form in _FORMS.items() if form.search(folded(text))), None)
    if told is not None and written:
        return DayOrder(told[0], told[1] if told[0] != "dmy" else "")
    misfits: dict[Order, list[str]] = {
        order: [text for text, found in written if not _fits(text, _date_of(found, order))] for order in _PLACES
    }
    if any(len(found[3]) == 4 for _, found in written):  # noqa: PLR2004 (a whole year stands last)
        misfits["ymd"] = [text for text, _ in written]
    has_halves = any(_HALF_OF_DAY.search(text) and "/" in text for text, _ in written)
    preferred: list[Order] = ["mdy", "dmy", "ymd"] if has_halves else ["dmy", "mdy", "ymd"]
    best = min(preferred, key=lambda order: len(misfits[order]))
    if best == "dmy" and not misfits["ymd"] and _n_about(written, "ymd", years) > _n_about(written, "dmy", years):
        best = "ymd"
    proof = next((text for text in misfits["dmy"] if text not in misfits[best]), "") if best != "dmy" else ""
    others = [order for order in preferred if order != best]
    contrary = next((text for text in misfits[best] if any(text not in misfits[order] for order in others[:1])), "")
    may_be_other = (text for text, found in written if _date_of(found, "mdy") not in (None, _date_of(found, "dmy")))
    doubtful = next(may_be_other, "") if best == "dmy" and not misfits["mdy"] else ""
    return DayOrder(best, proof or (written[0][0] if best != "dmy" and written else ""), contrary, doubtful)


def _fits(text: str, day: date | None) -> bool:
    """Tell whether a day exists, and is the weekday that its text names."""
    weekday = _WEEKDAY.search(folded(text))
    return day is not None and (weekday is None or day.weekday() == _WEEKDAYS[weekday[1][:2]])


def _n_about(written: Sequence[tuple[str, tuple[str, str, str, str]]], order: Order, years: Sequence[int]) -> int:
    """Count the days that, read in an order, are of the sheet's years; where it names none, all of them if of few years."""
    read = [found.year for _, numbers in written if (found := _date_of(numbers, order)) is not None]
    if years:
        return sum(min(years) - 1 <= year <= max(years) + 1 for year in read)
    return len(read) if len(set(read)) <= 2 or len(written) < 3 else 0  # noqa: PLR2004 (a few days prove nothing)


@lru_cache(maxsize=1 << 14)
def _date_of(found: tuple[str, str, str, str], order: Order) -> date | None:
    numbers = (found[0], found[2], found[3])
    year, month, day = (numbers[place] for place in _PLACES[order])
    number = int(year)
    if len(year) <= 2:  # noqa: PLR2004 (two digits)
        number += 1900 if number >= _MIDDLE_OF_CENTURY else 2000
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


@dataclass(frozen=True)
class DayReader:
    """
    Reads the days of one sheet.

    Parameters
    ----------
    order
        The order they are written in.
    years
        The years that days without one may be of.
    """

    order: Order = "dmy"
    years: tuple[int, ...] = ()

    def plain(self, text: str) -> str:
        """
        Write the days inside a text in the usual way.

        Parameters
        ----------
        text
            The text.

        Returns
        -------
        plain
            The text, with ISO days in the place of numbers that are in another order.
        """
        if self.order == "dmy":
            return text

        def iso(match: re.Match[str]) -> str:
            numbers = (match.group(1), match.group(2), match.group(3), match.group(4))
            read = _date_of(numbers, self.order)
            return read.isoformat() if read is not None else match.group()

        return _NUMBERS.sub(iso, text)

    def day(self, text: str) -> str:
        """
        Read a cell that holds a day.

        Parameters
        ----------
        text
            The cell.

        Returns
        -------
        day
            As ISO where it can be read; else the cell as it stands, for the check of cells to reject.
        """
        return _read_day(self, text)


@lru_cache(maxsize=1 << 14)
def _read_day(reader: DayReader, text: str) -> str:
    plain = reader.plain(text)
    found = iso_day(plain) or serial_day(plain)
    if found:
        return found
    short = short_day_in(plain)
    if short is not None and len(set(reader.years)) == 1:
        return _iso(reader.years[0], short.month, short.day) or text
    inside = day_in(plain)
    return (iso_day(inside[0]) if inside else "") or text


@lru_cache(maxsize=1 << 14)
def iso_day(text: str) -> str:
    """
    Read a whole day.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    day
        As ISO; empty where it is none or does not exist.
    """
    try:
        return parse_day(text).isoformat()
    except BadValueError:
        return ""


def serial_day(text: str) -> str:
    """
    Read the serial number that a spreadsheet keeps a day as.

    Parameters
    ----------
    text
        The cell.

    Returns
    -------
    day
        As ISO, from 1982 to 2119; empty where it is no such number.

    Examples
    --------
    >>> serial_day("45356"), serial_day("12")
    ('2024-03-05', '')
    """
    if not _SERIAL.fullmatch(text.strip()):
        return ""
    return (_SERIAL_START + timedelta(days=int(float(text)))).isoformat()


def names_a_day(text: str) -> bool:
    """
    Tell whether a text names a day.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    day
        True for a day with a year or without, and for a serial number.
    """
    return day_in(text) is not None or short_day_in(text) is not None or bool(serial_day(text))


def header_days(headers: Sequence[str], reader: DayReader) -> list[HeaderDay | None]:
    """
    Read the days in headers that stand side by side.

    Parameters
    ----------
    headers
        The headers, from left to right.
    reader
        How the sheet writes days.

    Returns
    -------
    days
        For each its day; one without `day` where it names a month alone or a day whose year nobody says; None where it
        names no day at all. A day without a year is of the year that keeps the order of the days around it.
    """
    texts = [reader.plain(text) for text in headers]
    whole = [_whole_day(text) for text in texts]
    has_serials = sum(bool(serial_day(text)) for text in texts) > 1
    known = [
        found.day if found else (serial_day(text) if has_serials else "") for found, text in zip(whole, texts, strict=True)
    ]
    years = sorted({*reader.years, *(int(day[:4]) for day in known if day)})
    result: list[HeaderDay | None] = []
    latest = ""
    for place, (text, found) in enumerate(zip(texts, whole, strict=True)):
        short = short_day_in(text)
        if found is not None or known[place]:
            result.append(found or HeaderDay(known[place]))
        elif short is not None:
            next_known = next((day for day in known[place + 1 :] if day), "")
            day = _in_order(short.month, short.day, years, latest, next_known)
            result.append(HeaderDay(day, short.note))
        else:
            result.append(HeaderDay("") if _is_month(text) else None)
        latest = (result[-1].day if result[-1] else "") or latest
    return result


def _whole_day(text: str) -> HeaderDay | None:
    found = day_in(text)
    if found is None:
        return None
    day = iso_day(found[0])
    return HeaderDay(day, found[1].strip("() ")) if day else HeaderDay("", text)


def _in_order(month: int, day: int, years: Sequence[int], latest: str, following: str) -> str:
    """Choose the year that puts a day behind the one before it and before the one behind it, where one does."""
    possible = [found for year in years if (found := _iso(year, month, day))]
    between = [found for found in possible if found >= latest and (not following or found <= following)]
    behind = [found for found in possible if found >= latest]
    return next(iter(between or behind[:1] or possible[-1:]), "")


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _is_month(text: str) -> bool:
    return month_number(re.sub(r"[-\s'’.]*\d{2}(?:\d{2})?$", "", text)) is not None


_SHARED_MONTH: Final = re.compile(
    r"(?<!\d)(?<!n°)(?<!n°\s)(?<!no\s)(\d{1,2})(?:er|st|nd|rd|th)?\s*(?:,|et|au|-|–|and|to|&)\s*"
    r"(?=\d{1,2}(?:er|st|nd|rd|th)?\s+([^\W\d_]{3,})\.?\s+(\d{4}))",
    re.IGNORECASE,
)
_SHARED_YEAR: Final = re.compile(
    r"(?<!\d)(\d{1,2}(?:er|st|nd|rd|th)?\s+[^\W\d_]{3,})\.?\s*(?:,|et|au|-|–|and|to|&)\s*"
    r"(?=(?:[^\W\d_]+\s+)?\d{1,2}(?:er|st|nd|rd|th)?\s+[^\W\d_]{3,}\.?\s+(\d{4}))",
    re.IGNORECASE,
)


def several_days(text: str) -> Iterator[str]:
    """
    Find the days in a text that names several: `5 et 6 mars 2024`, `du 05/03/2024 au 07/03/2024`.

    Parameters
    ----------
    text
        The text.

    Yields
    ------
    day
        Each day as ISO, in order.
    """
    shared = text
    while (spread := _SHARED_MONTH.sub(r"\1 \2 \3 ; ", shared)) != shared:
        shared = spread
    rest: str = _SHARED_YEAR.sub(r"\1 \2 ; ", shared)
    while found := day_in(rest):
        day = iso_day(found[0])
        if day:
            yield day
        rest = rest.replace(found[0], " ; ", 1)
