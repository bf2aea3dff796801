"""Which meetings of two files are one: an invitation and an attendance list of one day, where no other could be meant."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from partnet_analysis.records.cells.days import day_in
from partnet_analysis.records.folding import folded

INVITATIONS: Final = ("calendar", "poll", "invitation")
"""The shapes that say who was asked, not who came."""

_FURTHEST_MINUTES: Final = 45
_ALIKE: Final = 90.0
_ALIKE_WORDS: Final = 80.0
_HOUR: Final = re.compile(r"(\d{1,2})h(\d{2})?")
_CLOCKS: Final = re.compile(r"\b\d{1,2}\s*[h:]\s*(?:\d{2})?\b")
_YEARS: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FILLERS: Final = re.compile(
    r"\b(?:reunion|reunions|seance|meeting|rencontre|rdv|emargement|emargements|feuille|feuilles|fiche|liste|listes"
    r"|tableau|releve|cr|compte|rendu|comptes|rendus|pv|presence|presences|presents|signature|signatures|participants"
    r"|participant|attendance|sign|in|signin|sheet|sheets|register|list|minutes|invitation|invitations|convocation"
    r"|convocations|invites|agenda|de|du|des|d|la|le|les|l|au|aux|a|et|of|the|on|for|to|un|une|n|no|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday|matin|apres"
    r"|midi|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|ics|csv|xlsx"
    r")\b"
)
"""Words that say what a file is, or when; never what a meeting is about."""

_LONG_FORMS: Final = (
    ("comite pilotage", "copil"),
    ("comite technique", "cotech"),
    ("groupe travail", "gt"),
    ("working group", "gt"),
    ("assemblee generale", "ag"),
    ("conseil administration", "ca"),
)


@dataclass(frozen=True)
class Told:
    """
    One meeting as some files tell it.

    Parameters
    ----------
    id
        Its id so far.
    day
        Its day, as ISO.
    titles
        Its titles, without accents and capitals.
    marks
        What else is said of it, its hour above all.
    files
        The files that tell it.
    is_invitation
        Whether they only say who was asked.
    """

    id: str
    day: str
    titles: frozenset[str]
    marks: frozenset[str]
    files: frozenset[str]
    is_invitation: bool


def pairs(told: Sequence[Told]) -> list[tuple[Told, Told]]:
    """
    Find the meetings that two files tell, each in its way.

    Parameters
    ----------
    told
        The meetings, each with the files that tell it.

    Returns
    -------
    pairs
        An invitation and the attendance list it is taken for, in the order of their ids: of one day, from different files,
        with titles alike and hours that do not contradict each other, each the only one that the other could be.
    """
    by_day: dict[str, tuple[list[Told], list[Told]]] = {}
    for meeting in sorted(told, key=lambda meeting: meeting.id):
        by_day.setdefault(meeting.day, ([], []))[0 if meeting.is_invitation else 1].append(meeting)
    found = []
    for invitations, lists in by_day.values():
        fits = {one.id: [other for other in lists if _may_be_one(one, other)] for one in invitations}
        wanted = [other.id for others in fits.values() for other in others]
        found += [
            (one, fits[one.id][0]) for one in invitations if len(fits[one.id]) == 1 and wanted.count(fits[one.id][0].id) == 1
        ]
    return found


def _may_be_one(one: Told, other: Told) -> bool:
    hours = _hours(one.marks), _hours(other.marks)
    is_near = all(abs(first - second) <= _FURTHEST_MINUTES for first in hours[0] for second in hours[1])
    if one.files & other.files or not is_near:
        return False
    return any(are_alike(title, name, same_hour=all(hours)) for title in one.titles for name in other.titles)


def are_alike(title: str, other: str, *, same_hour: bool = False) -> bool:
    """
    Tell whether two titles may be of one meeting.

    Parameters
    ----------
    title
        A title.
    other
        Another.
    same_hour
        Whether both meetings are known to begin at about the same hour, which is needed where a title says nothing.

    Returns
    -------
    alike
        True where what they are about is equal, one is contained in the other, or they differ by misspellings.

    Examples
    --------
    >>> are_alike("Réunion COPIL CTG", "Feuille d'émargement – COPIL CTG 05/03/2024")
    True
    >>> are_alike("COPIL Habitat", "COPIL Santé")
    False
    """
    words, others = _subject(title), _subject(other)
    if not words or not others:
        return same_hour
    numbers = [{word for word in subject if _is_number(word)} for subject in (words, others)]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    left, right = sorted((words - others, others - words), key=len)
    if not left:
        return bool(words & others)
    is_close = fuzz.token_set_ratio(" ".join(sorted(words)), " ".join(sorted(others))) >= _ALIKE
    return is_close and all(max(fuzz.ratio(word, far) for far in right) >= _ALIKE_WORDS for word in left)


@lru_cache(maxsize=1 << 14)
def _subject(title: str) -> frozenset[str]:
    """Take from a title the day, the hour and the words that say what a file is."""
    found = day_in(title)
    plain = folded((found[1] if found else title).replace("_", " "))
    bare = " ".join(re.findall(r"[^\W_]+", _YEARS.sub(" ", _CLOCKS.sub(" ", plain))))
    kept = " ".join(_FILLERS.sub(" ", bare).split())
    for long, short in _LONG_FORMS:
        kept = re.sub(rf"\b{long}\b", short, kept)
    return frozenset(kept.split())


def _is_number(word: str) -> bool:
    return any(map(str.isdigit, word)) or len(word) == 1 or bool(re.fullmatch(r"[ivx]+", word))


def _hours(marks: Iterable[str]) -> list[int]:
    """Read hours as minutes since midnight; other marks, such as a number, tell none."""
    return [int(found[1]) * 60 + int(found[2] or 0) for mark in marks if (found := _HOUR.fullmatch(mark))]
