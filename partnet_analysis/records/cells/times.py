"""Hours and durations as people write them."""

import re
from typing import Final

from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.folding import folded

_MINUTES_PER_DAY: Final = 24 * 60
_CLOCK: Final = re.compile(r"(\d{1,2})\s*(?:[:h]\s*(\d{2})?|(?=\s*[ap]m))(?::\d{2})?\s*(am|pm)?")
_SPAN: Final = re.compile(rf"{_CLOCK.pattern}\s*(?:-|–|a|to|/|until|jusqu'a)\s*{_CLOCK.pattern}")
_PARTS: Final = re.compile(
    r"(?:(?P<hours>\d+)\s*(?:h|hr|hrs|heures?|hours?)\s*)?"
    r"(?:(?P<minutes>\d+)\s*(?:m|mn|min|mins|minutes?)?\s*)?(?:(?P<seconds>\d+)\s*(?:s|sec|secondes?|seconds?)\s*)?"
)
_COLONS: Final = re.compile(r"(\d+):(\d{2})(?::(\d{2}))?")
_DECIMAL: Final = re.compile(r"\d+(?:[.,]\d+)?")


def hours(cell: str, header: str = "") -> str:
    """
    Read a duration.

    Parameters
    ----------
    cell
        `1,5`, `1h30`, `90 min`, `1:30`, `1h 29m 5s`.
    header
        The column's header; a bare number counts minutes where it says so.

    Returns
    -------
    hours
        Hours as a decimal number, or the cell untouched where it is none: the checking of cells then says so.

    Examples
    --------
    >>> hours("1h30"), hours("90 min"), hours("45", "Durée (min)"), hours("soon")
    ('1.5', '1.5', '0.75', 'soon')
    """
    plain = folded(cell)
    if _DECIMAL.fullmatch(plain):
        value = float(plain.replace(",", "."))
        return _written(value / 60 if re.search(r"\bmin", folded(header)) else value)
    colons = _COLONS.fullmatch(plain)
    parts = colons.groups() if colons else _duration_parts(plain)
    if not any(parts):
        return cell
    hour, minute, second = (float(part or 0) for part in parts)
    return _written(hour + minute / 60 + second / 3600)


def _duration_parts(plain: str) -> tuple[str | None, ...]:
    found = _PARTS.fullmatch(plain)
    return found.group("hours", "minutes", "seconds") if found else (None, None, None)


def span(cell: str) -> tuple[str, str, bool]:
    """
    Read an hour or a span of hours.

    Parameters
    ----------
    cell
        `09:31AM - 09:50AM`, `14h-16h30`, `18:00`.

    Returns
    -------
    start
        `09h31`; empty where there is no hour.
    hours
        The duration in hours; empty where there is no end.
    odd
        Whether it is written as no clock shows it, such as `14:03PM`.

    Raises
    ------
    BadValueError
        If it is neither (PN024).

    Examples
    --------
    >>> span("14:03PM - 15:25PM")
    ('14h03', '1.366667', True)
    """
    plain = folded(re.sub(r"\([^()]*\)", "", cell))
    if not plain:
        return "", "", False
    both = _SPAN.fullmatch(plain)
    if both:
        start, odd_start = _minutes(both.group(1, 2, 3))
        end, odd_end = _minutes(both.group(4, 5, 6))
        return _clock(start), _written((end - start) % _MINUTES_PER_DAY / 60), odd_start or odd_end
    one = _CLOCK.fullmatch(plain)
    if one is None:
        raise BadValueError("PN024")
    start, odd = _minutes(one.group(1, 2, 3))
    return _clock(start), "", odd


def _minutes(parts: tuple[str | None, ...]) -> tuple[int, bool]:
    """Turn an hour into minutes since midnight; an hour above twelve with AM or PM keeps its own sense and is odd."""
    hour, minute, half = int(parts[0] or 0), int(parts[1] or 0), parts[2]
    if hour > 23 or minute > 59:  # noqa: PLR2004 (the clock's own limits)
        raise BadValueError("PN024")
    odd = half is not None and not 1 <= hour <= 12  # noqa: PLR2004 (a clock of twelve hours)
    if half == "pm" and hour < 12:  # noqa: PLR2004 (as above)
        hour += 12
    if half == "am" and hour == 12:  # noqa: PLR2004 (as above)
        hour = 0
    return hour * 60 + minute, odd


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}h{minutes % 60:02d}"


def _written(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
