"""Time zones: under which name files know them, and at which hour of one place a moment of another falls."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from partnet_analysis.config import Partnership

FAULTS: Final = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError)
"""What the parsing library raises where a property is not what its name promises, some of it only when it is looked at."""

_WINDOWS: Final = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_PLAIN_RULE: Final = re.compile(
    r"RRULE:FREQ=YEARLY(?:;(?:BYDAY|BYMONTH|BYMONTHDAY|UNTIL|WKST|BYSETPOS)=[^;]*)*", re.IGNORECASE
)
"""The yearly changes of the clock; a rule that comes true each second would be followed from the year 1601."""

_UTC_NAMES: Final = ("utc", "z", "gmt", "etc/utc", "etc/gmt", "universal", "zulu")


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo | None:
    """
    Find a zone by its name.

    Parameters
    ----------
    name
        An IANA name, a path that ends in one (`/freeassociation.sourceforge.net/Europe/Paris`), a name of Windows
        (`Romance Standard Time`), or the cities that Windows shows (`(UTC+01:00) Brussels, Paris`).

    Returns
    -------
    zone
        The zone; None where nobody knows it.

    Examples
    --------
    >>> zone_named("Romance Standard Time"), zone_named("(UTC+01:00) Brussels, Paris"), zone_named("Here")
    (zoneinfo.ZoneInfo(key='Europe/Paris'), zoneinfo.ZoneInfo(key='Europe/Brussels'), None)
    """
    bare = name.strip().strip('"').strip()
    if bare.casefold() in _UTC_NAMES:
        return UTC
    steps = [step for step in bare.split("/") if step]
    paths = ["/".join(steps[-length:]) for length in range(min(3, len(steps)), 0, -1) if len(steps) == length or "/" in bare]
    for known in (*paths, _WINDOWS.get(bare.casefold(), "")):
        zone = _iana(known)
        if zone is not None:
            return zone
    return _zone_of_cities(bare.partition(")")[2]) if bare.startswith("(") else None


def _iana(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _zone_of_cities(cities: str) -> tzinfo | None:
    for city in filter(None, (city.strip().replace(" ", "_") for city in cities.split(","))):
        found = min((name for name in available_timezones() if name.endswith(f"/{city}")), default=None)
        if found is not None:
            return ZoneInfo(found)
    return None


class Clock:
    """
    The clock by which the moments of one calendar are told.

    Parameters
    ----------
    lines
        The calendar's lines.
    own
        The zone that the calendar says is its own (`X-WR-TIMEZONE`); empty where it says none.
    partnership
        Whose records these are, and in which zone they live.
    """

    def __init__(self, lines: Sequence[str], own: str, partnership: Partnership) -> None:
        """Read the zones that the calendar describes, and choose the one whose hours are told."""
        self._described: dict[str, tzinfo] = dict(_described(lines))
        self.unknown: dict[str, None] = {}
        self.is_converted: bool = False
        zone = zone_named(own) if own else None
        if zone is None and "time_zone" not in partnership.model_fields_set:
            zone = self._only_zone(lines)
        self.zone: tzinfo = zone or ZoneInfo(partnership.time_zone)

    @property
    def name(self) -> str:
        """What the zone is called."""
        return getattr(self.zone, "key", None) or str(self.zone)

    def zone_of(self, value: object, params: Any) -> tzinfo | None:  # noqa: ANN401 (untyped library)
        """
        Tell in which zone a moment is written.

        Parameters
        ----------
        value
            The day or the moment.
        params
            What is said beside it.

        Returns
        -------
        zone
            The zone; None where its hour is that of whoever reads it, or of a zone that nobody knows.
        """
        if not isinstance(value, datetime):
            return None
        if value.tzinfo is not None:
            return UTC
        said = str(params.get("X-TZID", ""))
        zone = self._zone(said) if said else None
        if said and zone is None:
            self.unknown[said] = None
        return zone

    def told(self, value: Any, zone: tzinfo | None) -> Any:  # noqa: ANN401 (a day or a moment)
        """
        Tell a moment by this clock.

        Parameters
        ----------
        value
            The day or the moment; its own zone is not looked at.
        zone
            The zone it is written in; None where it stays as written.

        Returns
        -------
        told
            The moment without a zone; a day stays a day.
        """
        if not isinstance(value, datetime):
            return _day(value)
        bare = value.replace(tzinfo=None)
        if zone is None or getattr(zone, "key", zone) == getattr(self.zone, "key", self.zone):
            return bare
        self.is_converted = True
        return bare.replace(tzinfo=zone).astimezone(self.zone).replace(tzinfo=None)

    def _zone(self, name: str) -> tzinfo | None:
        return zone_named(name) or self._described.get(name.strip('"'))

    def _only_zone(self, lines: Sequence[str]) -> tzinfo | None:
        """Find the one zone that a calendar names; where it names several, none of them is its own."""
        said = {found[1].strip('"') for line in lines if (found := re.match(r"TZID:(.*)", line.strip(), re.IGNORECASE))}
        used = {
            found[1].strip('"')
            for line in lines
            if (found := re.match(r'[A-Z-]+[^:"]*;TZID=("[^"]*"|[^:;]*)', line.strip(), re.IGNORECASE))
        }
        zones = {getattr(zone, "key", str(zone)): zone for name in said | used if (zone := self._zone(name)) is not None}
        zones.pop(str(UTC), None)
        return next(iter(zones.values())) if len(zones) == 1 else None


def _described(lines: Sequence[str]) -> Iterable[tuple[str, tzinfo]]:
    """Read the zones that a calendar describes itself: by the name of a place, else by their own changes of the clock."""
    block: list[str] | None = None
    for line in lines:
        mark = line.strip().upper()
        if mark == "BEGIN:VTIMEZONE":
            block = []
        elif mark == "END:VTIMEZONE" and block is not None:
            yield from _described_by(block)
            block = None
        elif block is not None:
            block.append(line)


def _described_by(block: Sequence[str]) -> Iterable[tuple[str, tzinfo]]:
    said = {key.strip().upper(): value.strip() for key, _, value in (line.partition(":") for line in block)}
    zone = zone_named(said.get("X-LIC-LOCATION", "")) if "X-LIC-LOCATION" in said else None
    rules = [line.strip() for line in block if line.strip().upper().startswith("RRULE")]
    if zone is None and all(_PLAIN_RULE.fullmatch(rule) for rule in rules):
        try:
            whole = "\r\n".join(["BEGIN:VTIMEZONE", *block, "END:VTIMEZONE", ""])
            described: Any = Timezone.from_ical(whole)
            zone = described.to_tz(lookup_tzid=False)
            datetime(2024, 7, 1, tzinfo=zone).utcoffset()
        except FAULTS:
            return
    if zone is not None and said.get("TZID"):
        yield said["TZID"].strip('"'), zone


def _day(value: Any) -> date:  # noqa: ANN401 (whatever the property holds)
    if not isinstance(value, date):
        raise TypeError(value)
    return value
