"""Recurring events: each day that a rule names, to the end that it states."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from math import prod
from typing import Any, Final, NamedTuple

from dateutil.rrule import rrulestr

MOST_OCCURRENCES: Final = 5000
"""How many times one event is followed, whatever it states."""

LONGEST_ENDLESS: Final = timedelta(days=3 * 366)
"""How far from its start an event without end is followed at least."""

_LONGEST: Final = timedelta(days=100 * 366)
_MOST_RULES: Final = 12
_MOST_TIMES_A_DAY: Final = 24
_DAYS_OR_LONGER: Final = re.compile(r"(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)")
_USELESS_STEP: Final = re.compile(r"(?:^|;)INTERVAL=0+(?:;|$)")
_ENDS: Final = re.compile(r"(?:^|(?<=;))(?:COUNT|UNTIL)=[^;]*(?:;|$)")
_TIMES: Final = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=([^;]*)")

Told = Callable[[Any, Any], "datetime | date"]
"""Tells a day or a moment, with what is said beside it, by the event's own clock."""


class Followed(NamedTuple):
    """
    What an event's recurrence gives.

    Parameters
    ----------
    moments
        When it takes place, in order.
    is_endless
        Whether a rule states no end.
    is_cut
        Whether there is more than is given here, although an end is stated.
    """

    moments: list[datetime]
    is_endless: bool = False
    is_cut: bool = False


class _Rule(NamedTuple):
    words: str
    most: int | None
    until: datetime | None


def followed(event: Any, start: datetime, told: Told, horizon: datetime) -> Followed:  # noqa: ANN401 (untyped library)
    """
    Follow an event's recurrence.

    Parameters
    ----------
    event
        The event.
    start
        When it takes place first, by its own clock.
    told
        Tells its other moments by that clock.
    horizon
        How far a rule without end is followed.

    Returns
    -------
    followed
        Its moments. The first is always among them, unless excluded; days excluded are not. A rule that never comes true
        would be followed to the year 9999, one that comes true each second fills the memory, a step of nothing never ends:
        so each rule gets an end of our own, and those finer than a day are none that a meeting has.

    Raises
    ------
    ValueError
        If a rule is not written as the standard says, or comes true more often than meetings do.
    """
    rules = [_rule(rule, told) for rule in listed(event.get("RRULE"))]
    without = [_rule(rule, told) for rule in listed(event.get("EXRULE"))]
    if len(rules) + len(without) > _MOST_RULES:
        raise ValueError(len(rules))
    is_endless = any(rule.most is None and rule.until is None for rule in rules)
    moments, is_cut = {start, *_added(event, told, start)}, False
    for rule in rules:
        found, more = _moments(rule, start, horizon)
        moments |= set(found)
        is_cut |= more
    ordered = sorted(moments)
    excluded = {_as_day(told(*dated)) for dated in _dates(event.get("EXDATE"))}
    for rule in without:
        excluded |= {moment.date() for moment in _moments(rule._replace(most=None), start, ordered[-1])[0]}
    kept = [moment for moment in ordered if moment.date() not in excluded]
    return Followed(kept[:MOST_OCCURRENCES], is_endless, is_cut or len(kept) > MOST_OCCURRENCES)


def begins_as_told(event: Any, start: datetime) -> bool:  # noqa: ANN401 (untyped library)
    """
    Tell whether an event's rules name the day on which it begins.

    Parameters
    ----------
    event
        The event.
    start
        When it begins, by the clock to try.

    Returns
    -------
    named
        False where a rule names weekdays or days of the month, and the first of them is another.
    """
    for rule in listed(event.get("RRULE")):
        words = _ENDS.sub("", rule.to_ical().decode().upper()).strip(";")
        bounded = rrulestr(_checked(words), dtstart=start).replace(until=_plus(start, timedelta(days=366)))
        if next(iter(bounded), start) != start:
            return False
    return True


def _rule(rule: Any, told: Told) -> _Rule:  # noqa: ANN401 (untyped library)
    ends = listed(rule.get("UNTIL"))
    counts = listed(rule.get("COUNT"))
    until = told(ends[0], {}) if ends else None
    if until is not None and not isinstance(until, datetime):
        until = datetime.combine(until, time.max)
    words = _checked(_ENDS.sub("", rule.to_ical().decode().upper()).strip(";"))
    return _Rule(words, max(int(counts[0]), 1) if counts else None, until)


def _checked(words: str) -> str:
    """Refuse a rule that no meeting has: finer than a day, without a step, or more often a day than there are hours."""
    times = prod(len(found.split(",")) for found in _TIMES.findall(words))
    if not _DAYS_OR_LONGER.search(words) or _USELESS_STEP.search(words) or times > _MOST_TIMES_A_DAY:
        raise ValueError(words)
    return words


def _moments(rule: _Rule, start: datetime, horizon: datetime) -> tuple[list[datetime], bool]:
    """List the moments of a rule, and tell whether it names more before its stated end."""
    is_endless = rule.most is None and rule.until is None
    latest = _plus(start, _LONGEST)
    end = min(horizon if is_endless else rule.until or latest, latest)
    # The library refuses a rule with both an end and a count, and counts before it looks at the end.
    named = iter(rrulestr(rule.words, dtstart=start).replace(until=end))
    wanted = min(rule.most or MOST_OCCURRENCES, MOST_OCCURRENCES)
    found = list(islice(_from(start, named), wanted))
    if rule.most is not None and rule.most > wanted:
        return found, len(found) == wanted
    too_far = rule.until is not None and rule.until > latest
    return found, not is_endless and (too_far or (rule.most is None and next(named, None) is not None))


def _from(start: datetime, named: Iterator[datetime]) -> Iterator[datetime]:
    """Count the start as the first, whether the rule names it or not: the standard says so."""
    yield start
    yield from (moment for moment in named if moment != start)


def _added(event: Any, told: Told, start: datetime) -> Iterable[datetime]:  # noqa: ANN401 (untyped library)
    for value, params in _dates(event.get("RDATE")):
        moment = told(value, params)
        yield moment if isinstance(moment, datetime) else datetime.combine(moment, start.time())


def _dates(properties: Any) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401 (untyped library)
    for dates in listed(properties):
        for dated in dates.dts:
            yield (dated.dt[0] if isinstance(dated.dt, tuple) else dated.dt), dates.params


def _as_day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _plus(start: datetime, length: timedelta) -> datetime:
    return start + min(length, datetime.max - start)  # noqa: DTZ901 (by the event's own clock)


def listed(value: Any) -> Sequence[Any]:  # noqa: ANN401 (untyped library)
    """
    Put what a calendar says once or several times into a list.

    Parameters
    ----------
    value
        Nothing, one value, or several.

    Returns
    -------
    values
        The values.
    """
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
