"""What the columns of a table mean: each header and the cells below it together, all columns at once."""

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import islice
from typing import Final

import numpy as np

from partnet_analysis.records.cells.days import day_in, short_day_in
from partnet_analysis.records.cells.looks import NOBODY_KNOWN, KnownNames, looks_like_a_person, looks_like_an_organisation
from partnet_analysis.records.cells.mentions import named_in
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.times import hours, span
from partnet_analysis.records.cells.values import ERROR_CELLS, BadValueError
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.dates import serial_day
from partnet_analysis.records.sheets.tables import Table

SAMPLE: Final = 200
"""Cells of a column that are looked at."""

_EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PHONE: Final = re.compile(r"\+?[\d\s().-]{8,20}")
_LONG: Final = 60
_MEETING_ROLE_WORDS: Final = re.compile(
    r"(?:organisateur|organizer|participant|attendee|obligatoire|facultati|required|optional|presenter|presentateur)"
)
_OF_SEVERAL_PARTS: Final = (",", ";", "\n", "(", "[", " et ", " and ", " & ", " - ", " – ", " / ", ":")
_HEADER_WEIGHT, _CONTENT_WEIGHT = 1.0, 0.6
_CONTRADICTED: Final = -0.6
"""Below this, the cells of a column say that it is not what its header seems to say."""

_LEAST_BY_CONTENT: Final = 0.75
_BY_CONTENT_ALONE: Final = ("day", "email", "status", "person", "organisation")
_REPEATED: Final = ("unused", "remark", "place", "total", "index", "phone", "function")
_TICKS: Final = ("present", "excused", "absent", "represented", "invited")


@dataclass(frozen=True)
class Profile:
    """
    What the cells of a column are.

    Parameters
    ----------
    n_filled
        How many cells hold something, of those looked at.
    kinds
        How many of the filled cells may be of each set of kinds.
    n_different
        How many different texts there are.
    """

    n_filled: int
    kinds: Mapping[frozenset[str], int]
    n_different: int

    def share(self, *kinds: str) -> float:
        """
        Tell how much of a column may be of some kinds.

        Parameters
        ----------
        *kinds
            The kinds.

        Returns
        -------
        share
            The share of the filled cells that may be of any of them.
        """
        wanted = set(kinds)
        return sum(count for found, count in self.kinds.items() if found & wanted) / max(self.n_filled, 1)


@dataclass(frozen=True)
class Column:
    """
    A column and the role it was given.

    Parameters
    ----------
    place
        Its place in the sheet, from 0.
    name
        What its header says.
    role
        Its role; empty where none was found.
    by_header
        How surely the header names the role, from 0 to 1.
    by_content
        How well the cells fit it, from −1 to 1.
    profile
        What its cells are.
    """

    place: int
    name: str
    role: str
    by_header: float
    by_content: float
    profile: Profile


@dataclass(frozen=True)
class Columns:
    """
    The columns of a table.

    Parameters
    ----------
    every
        All of them that hold anything, from left to right.
    """

    every: tuple[Column, ...]
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the columns by role."""
        object.__setattr__(self, "places", {column.role: column.place for column in self.every if column.role})

    def has(self, *roles: str) -> bool:
        """
        Tell whether any of some roles is there.

        Parameters
        ----------
        *roles
            The roles.

        Returns
        -------
        found
            True if one is.
        """
        return any(role in self.places for role in roles)

    def of(self, role: str) -> Column | None:
        """
        Fetch the column of a role.

        Parameters
        ----------
        role
            The role.

        Returns
        -------
        column
            The column; None where no column has the role.
        """
        return next((column for column in self.every if column.role == role), None)


@lru_cache(maxsize=1 << 15)
def cell_kinds(text: str, known: KnownNames = NOBODY_KNOWN) -> frozenset[str]:
    """
    Tell what a cell can be.

    Parameters
    ----------
    text
        The cell, not empty.
    known
        Names known from elsewhere.

    Returns
    -------
    kinds
        Any of `day`, `short_day`, `time`, `duration`, `number`, `email`, `phone`, `answer`, `status`, `reply`, `part` (in a
        meeting), `person`, `organisation`, `several`, `long`, `error`, `text`.
    """
    found: set[str] = set()
    if text in ERROR_CELLS:
        return frozenset({"error"})
    plain = folded(text)
    if any(map(str.isdigit, plain)):
        found |= _kinds_with_digits(text, plain)
    if _EMAIL.search(text):
        found.add("email")
    if answer_of(text):
        found.add("answer")
    said = meaning_of(text)
    if said is not None:
        found.add("reply" if said.is_reply else "status")
    if _MEETING_ROLE_WORDS.search(plain) and len(plain.split()) <= 5:  # noqa: PLR2004 (a phrase)
        found.add("part")
    if not found & {"number", "day", "email", "phone", "time"}:
        found |= _kinds_of_names(text, known)
    return frozenset(found | ({"long"} if len(text) > _LONG else set()) or {"text"})


def _kinds_with_digits(text: str, plain: str) -> set[str]:
    found: set[str] = set()
    if day_in(text) is not None or serial_day(text):
        found.add("day")
    elif short_day_in(text) is not None:
        found.add("short_day")
    if re.fullmatch(r"-?\d+(?:[.,]\d+)?\s*%?", plain):
        found.add("number")
    elif _PHONE.fullmatch(plain) and "day" not in found:
        found.add("phone")
    if hours(text) != text and "number" not in found:
        found.add("duration")
    with contextlib.suppress(BadValueError):
        found |= {"time"} if span(text)[0] else set()
    if re.search(r"\d{1,2}[:h]\d{2}", plain):
        found.add("time")
    return found


def _kinds_of_names(text: str, known: KnownNames) -> set[str]:
    found: set[str] = set()
    named = named_in(text, known) if any(mark in text for mark in _OF_SEVERAL_PARTS) else []
    if len(named) > 1:
        found.add("several")
    first = named[0].mention if named else None
    person = first.person if first is not None else text
    if person and looks_like_a_person(person, known):
        found.add("person")
    if "person" not in found and looks_like_an_organisation(text, known):
        found.add("organisation")
    return found


def understood_columns(
    table: Table, skipped: Sequence[int] = (), known: KnownNames = NOBODY_KNOWN, told: Mapping[str, str] | None = None
) -> Columns:
    """
    Give each column of a table its role.

    Parameters
    ----------
    table
        The table.
    skipped
        Columns that have their meaning already, such as those of the days of a grid.
    known
        Names known from elsewhere.
    told
        The roles that `partnet.toml` gives to headers, which nothing contradicts.

    Returns
    -------
    columns
        The columns that hold anything: their roles make the largest total of what headers and cells say together, each role
        given once.
    """
    places = [place for place in table.columns if place not in set(skipped)]
    profiles = {place: _profile(table, place, known) for place in places}
    places = [place for place in places if profiles[place].n_filled or table.name(place)]
    names = {place: table.name(place) for place in places}
    roles = sorted({role for place in places for role in _candidates(table, place)} | set(_BY_CONTENT_ALONE))
    given = _told(names, told or {})
    free, roles = [place for place in places if place not in given], [role for role in roles if role not in given.values()]
    chosen = _assigned(free, roles, {place: _scores(table, place, profiles[place], roles) for place in free}) | given
    chosen = _with_somebody(table, profiles, chosen)
    for place in places:
        if place not in chosen:
            # What is not read may stand in several columns.
            chosen.update((place, role) for role in _candidates(table, place) if role in _REPEATED)
    columns = []
    for place in places:
        role = chosen.get(place, "")
        by_header = 1.0 if place in given else _candidates(table, place).get(role, 0.0)
        fit = _fit(role, profiles[place]) if role else 0.0
        columns.append(Column(place, names[place], role, by_header, fit, profiles[place]))
    return Columns(tuple(columns))


def _told(names: Mapping[int, str], told: Mapping[str, str]) -> dict[int, str]:
    """Find the columns whose roles `partnet.toml` gives by their headers."""
    roles = {folded(header): role for header, role in told.items()}
    return {place: roles[folded(name)] for place, name in names.items() if folded(name) in roles}


def _assigned(places: Sequence[int], roles: Sequence[str], scores: Mapping[int, Sequence[float]]) -> dict[int, str]:
    """Find the roles with the largest total; a column whose best is not above nothing has none."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 (a moment to load, and only here)

    if not places:
        return {}
    # As many columns again of nothing: no column must take a role.
    matrix = np.hstack([np.array([scores[place] for place in places]), np.zeros((len(places), len(places)))])
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return {
        places[row]: roles[column]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        if column < len(roles) and matrix[row, column] > 0
    }


def _with_somebody(table: Table, profiles: Mapping[int, Profile], chosen: dict[int, str]) -> dict[int, str]:
    """Let names beside given names be family names; where no header names anybody, let the cells say who does."""
    roles = dict(chosen)
    given = "first_name" in roles.values()
    for place, role in chosen.items():
        if (
            given
            and role in ("person", "organisation")
            and "last_name" in _candidates(table, place)
            and "last_name" not in roles.values()
        ):
            roles[place] = "last_name"
    if not set(roles.values()) & {"person", "last_name", "first_name", "organisation", "email", "target"}:
        for role in ("person", "organisation"):
            fits = {
                place: _fit(role, profile)
                for place, profile in profiles.items()
                if profile.n_filled and not roles.get(place) and profile.n_different >= 0.8 * profile.n_filled
            }
            best = max(fits, key=lambda place: (fits[place], -place), default=None)
            if best is not None and fits[best] >= _LEAST_BY_CONTENT:
                roles[best] = role
    return roles


def _candidates(table: Table, place: int) -> dict[str, float]:
    """Gather what the header rows of a column may mean; the lowest that says anything names it most."""
    found: dict[str, float] = {}
    texts = [text for text in table.headers(place) if text]
    for depth, text in enumerate(reversed(texts)):
        for role, weight in header_roles(text).items():
            # A letter alone is a status only below a header that says so.
            if len(text) > 1 or len(texts) > 1 or role in ("index", "target"):
                found.setdefault(role, weight - 0.2 * depth)
    for tick in ("present", "excused", "absent", "invited"):
        # Under a status may stand a tick, or the names of those whom it is said of.
        if tick in found:
            found.setdefault(f"{tick}_names", found[tick])
    return found


def _scores(table: Table, place: int, profile: Profile, roles: Sequence[str]) -> list[float]:
    headers = _candidates(table, place)
    is_named = bool(table.header) and bool(table.name(place))
    return [_score(headers, role, profile, place - table.columns.start, named=is_named) for role in roles]


def _score(headers: Mapping[str, float], role: str, profile: Profile, place: int, *, named: bool) -> float:
    fit = _fit(role, profile)
    if role in headers:
        # Of equals, the header that was looked up first in its section, then the column to the left.
        order = list(headers).index(role)
        if fit < _CONTRADICTED and role in (*_TICKS, "status", "reply", "signature", "attendee_type"):
            return 0.0
        if not profile.n_filled and role in ("reply", "attendee_type"):
            # An empty column of presences says nothing yet; it is one all the same.
            return 0.0
        weight = _HEADER_WEIGHT if profile.n_filled else 0.5 * _HEADER_WEIGHT
        return max(weight * headers[role] + _CONTENT_WEIGHT * fit - 0.02 * order - 0.002 * place, 0.0)
    if named or headers or role not in _BY_CONTENT_ALONE or fit < _LEAST_BY_CONTENT or not profile.n_filled:
        return 0.0
    return 0.4 * fit - 0.002 * place


def _fit(role: str, profile: Profile) -> float:
    """Tell how well cells fit a role: 1 where all do, −1 where none does, 0 where nothing can be said."""
    if not profile.n_filled:
        return 0.0
    measure = _FITS.get(role)
    return (
        measure(profile)
        if measure is not None
        else 0.1 - 0.5 * profile.share("day", "email") - 0.3 * profile.share("person")
    )


def _fit_of_day(profile: Profile) -> float:
    return 2 * profile.share("day", "short_day") - 1


def _fit_of_joining(profile: Profile) -> float:
    return 2 * profile.share("day") - 1 - profile.share("time")


def _fit_of_time(profile: Profile) -> float:
    return 2 * profile.share("time") - 1


def _fit_of_duration(profile: Profile) -> float:
    return 2 * profile.share("duration", "number", "time") - 1


def _fit_of_number(profile: Profile) -> float:
    return profile.share("number", "phone") - 0.5


def _fit_of_reply(profile: Profile) -> float:
    replies, statuses = profile.share("reply"), profile.share("status")
    return 2 * replies - 1 - statuses if replies else -0.3 * statuses


def _fit_of_status(profile: Profile) -> float:
    says, replies = profile.share("status", "answer"), profile.share("reply")
    return 2 * says - 1 if says >= replies else 0.2 - profile.share("part") - 0.4 * replies


def _fit_of_signature(profile: Profile) -> float:
    return 0.3 - profile.share("day") - profile.share("email") - profile.share("several")


def _fit_of_tick(profile: Profile) -> float:
    return 2 * profile.share("answer", "status") - 1


def _fit_of_end(profile: Profile) -> float:
    """Fit who called or was called."""
    return 0.4 - profile.share("day", "number", "email", "answer")


def _fit_of_channel(profile: Profile) -> float:
    return 0.3 - profile.share("day", "number", "email", "person")


def _fit_of_packed(profile: Profile) -> float:
    share = profile.share
    if share("several") == 0:
        return -0.5 if share("person", "organisation") == 0 else -0.05
    return 0.5 + 0.5 * share("several") - share("number", "answer")


def _fit_of_name(role: str, profile: Profile) -> float:
    share = profile.share
    wrong = share("day", "number", "email", "answer", "phone", "time", "long") + share("part") * 0.5
    if role == "organisation":
        return 0.35 + 0.65 * share("organisation") - 0.8 * share("person") - wrong
    if role == "person":
        return 0.3 + 0.7 * share("person") - 0.6 * share("organisation") - wrong
    # A family name or a given name alone looks like neither.
    return 0.45 - 0.5 * share("person") - 0.5 * share("organisation") - wrong - (0.6 * share("several"))


_FITS: Final[Mapping[str, Callable[[Profile], float]]] = {
    "day": _fit_of_day,
    **dict.fromkeys(("joined", "left"), _fit_of_joining),
    **dict.fromkeys(("arrival", "departure", "time"), _fit_of_time),
    "duration": _fit_of_duration,
    "email": lambda profile: 2 * profile.share("email") - 1,
    "phone": lambda profile: 0.5 * profile.share("phone", "number"),
    **dict.fromkeys(("total", "number", "index", "capacity", "siret"), _fit_of_number),
    "reply": _fit_of_reply,
    "attendee_type": lambda profile: 2 * profile.share("part") - 1,
    "status": _fit_of_status,
    "signature": _fit_of_signature,
    **dict.fromkeys(_TICKS, _fit_of_tick),
    **dict.fromkeys(("present_names", "excused_names", "absent_names", "invited_names"), _fit_of_packed),
    **{role: partial(_fit_of_name, role) for role in ("person", "last_name", "first_name", "organisation")},
    **dict.fromkeys(("source", "target"), _fit_of_end),
    "guest": lambda profile: 0.9 * _fit_of_tick(profile),
    "channel": _fit_of_channel,
    "proxy_holder": lambda profile: 0.5 - profile.share("answer", "number"),
}
"""How well cells fit each role; those not named here take any text."""


def _profile(table: Table, place: int, known: KnownNames) -> Profile:
    cells = list(islice((table.grid.cell(row, place) for row in table.body), SAMPLE * 5))
    # A formula that failed says nothing of what its column holds.
    filled = [cell for cell in cells if cell and cell not in ERROR_CELLS][:SAMPLE] or [cell for cell in cells if cell][
        :SAMPLE
    ]
    counts = Counter(cell_kinds(cell, known) for cell in filled)
    return Profile(len(filled), counts, len({folded(cell) for cell in filled}))
