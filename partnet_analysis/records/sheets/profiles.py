"""What the cells of a column are, and how well they fit each role that a header may give it."""

import contextlib
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from typing import Final

from partnet_analysis.records.cells.days import day_in, short_day_in
from partnet_analysis.records.cells.looks import (
    NOBODY_KNOWN,
    KnownNames,
    looks_like_a_person,
    looks_like_an_organisation,
    names_a_function,
)
from partnet_analysis.records.cells.mentions import named_in
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.times import hours, span
from partnet_analysis.records.cells.values import ERROR_CELLS, BadValueError
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.dates import serial_day
from partnet_analysis.records.sheets.tables import Table

_SAMPLE: Final = 200
"""Cells of a column that are looked at."""

_EMAIL: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_PHONE: Final = re.compile(r"\+?[\d\s().-]{8,20}")
_LONG: Final = 60
_PHRASE: Final = 5
_MEETING_ROLE_WORDS: Final = re.compile(
    r"(?:organisateur|organizer|participant|attendee|obligatoire|facultati|required|optional|presenter|presentateur)"
)
_MOVE: Final = re.compile(
    r"(?:(?:user|l'utilisateur|utilisateur|participante?|has|was|a|est|s'est) )*(?:join\w*|left|leav\w*|rejoin\w*|quitte\w*"
    r"|enter\w*|exit\w*|(?:re|de|dis)?connect\w*|entree?|sortie?|arrivee?|parti|depart|log(?:in|out)"
    r"|logged (?:in|out))\b[^,]{0,30}"
)
"""What a log of a call says of somebody: `User joined the meeting.`, `A quitté`."""

_PATTERNS: Final[tuple[tuple[str, Callable[[str, str], object]], ...]] = (
    ("email", lambda text, _: _EMAIL.search(text)),
    ("part", lambda _, plain: len(plain.split()) <= _PHRASE and _MEETING_ROLE_WORDS.search(plain)),
    ("move", lambda _, plain: _MOVE.fullmatch(plain)),
    ("function", lambda text, _: names_a_function(text)),
)
_OF_SEVERAL_PARTS: Final = (",", ";", "\n", "(", "[", " et ", " and ", " & ", " - ", " – ", " / ", ":")
_NO_STATUS: Final = {"day", "number", "email", "phone", "organisation", "several", "long"}
TICKS: Final = ("present", "excused", "absent", "represented", "invited")


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
        meeting), `move` (into a call or out of it), `function`, `person`, `organisation`, `several`, `long`, `error`,
        `text`.
    """
    found: set[str] = set()
    if text in ERROR_CELLS:
        return frozenset({"error"})
    plain = folded(text)
    if any(map(str.isdigit, plain)):
        found |= _kinds_with_digits(text, plain)
    found |= {kind for kind, pattern in _PATTERNS if pattern(text, plain)}
    if answer_of(text):
        found.add("answer")
    said = meaning_of(text)
    if said is not None:
        found.add("reply" if said.is_reply else "status")
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


def fit(role: str, profile: Profile) -> float:
    """
    Tell how well cells fit a role.

    Parameters
    ----------
    role
        The role.
    profile
        What the cells are.

    Returns
    -------
    fit
        1 where all do, −1 where none does, 0 where nothing can be said.
    """
    if not profile.n_filled:
        return 0.0
    measure = _FITS.get(role)
    return measure(profile) if measure is not None else _fit_of_text(profile)


def _fit_of_text(profile: Profile) -> float:
    return 0.1 - 0.5 * profile.share("day", "email") - 0.3 * profile.share("person")


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
    if not says + replies:
        return -1.0
    # A word that is not known contradicts nothing; what is a day, a number or an organisation does.
    others = sum(count for kinds, count in profile.kinds.items() if kinds & _NO_STATUS and not kinds & {"status", "answer"})
    return says - others / profile.n_filled if says >= replies else 0.2 - profile.share("part") - 0.4 * replies


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
    "action": lambda profile: 2 * profile.share("move") - 1,
    "title": lambda profile: (
        0.1 - 0.5 * profile.share("day", "email") - 0.3 * profile.share("person") - profile.share("move", "function")
    ),
    "reply": _fit_of_reply,
    "attendee_type": lambda profile: 2 * profile.share("part") - 1,
    "status": _fit_of_status,
    "signature": _fit_of_signature,
    **dict.fromkeys(TICKS, _fit_of_tick),
    **dict.fromkeys((f"{status}_names" for status in TICKS), _fit_of_packed),
    **{role: partial(_fit_of_name, role) for role in ("person", "last_name", "first_name", "organisation")},
    "waiting": lambda profile: 0.9 * _fit_of_tick(profile),
    **dict.fromkeys(("source", "target"), _fit_of_end),
    "guest": lambda profile: 0.9 * _fit_of_tick(profile),
    "channel": _fit_of_channel,
    "proxy_holder": lambda profile: 0.5 - profile.share("answer", "number"),
}
"""How well cells fit each role; those not named here take any text."""


def profile_of(table: Table, place: int, known: KnownNames) -> Profile:
    """
    Look at the cells of a column.

    Parameters
    ----------
    table
        The table.
    place
        The column's place in the sheet, from 0.
    known
        Names known from elsewhere.

    Returns
    -------
    profile
        What its first cells are that hold anything.
    """
    cells = list(islice((table.grid.cell(row, place) for row in table.body), _SAMPLE * 5))
    # A formula that failed says nothing of what its column holds.
    filled = [cell for cell in cells if cell and cell not in ERROR_CELLS][:_SAMPLE] or [cell for cell in cells if cell][
        :_SAMPLE
    ]
    counts = Counter(cell_kinds(cell, known) for cell in filled)
    return Profile(len(filled), counts, len({folded(cell) for cell in filled}))
