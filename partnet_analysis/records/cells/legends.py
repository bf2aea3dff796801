"""Legends: what a sheet says that its own marks mean (`P = présent`, `NA = apologies not accepted`, `blank if unknown`)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.folding import folded

BLANK: Final = ""
"""The mark of an empty cell."""

NOT_UNDERSTOOD: Final = ""
CALLED_OFF: Final = "called_off"
"""What stands beside statuses: the legend gives the mark a meaning that is not known; the meeting did not take place."""

_BLANKS: Final = frozenset({"vide", "blanc", "blank", "empty"})
_IF: Final = re.compile(
    r"\s(?:if|when|si|quand)\s+(?:(?:the|a|la|le|you|person|member|they|personne|are|is|vous|etes|est)\s+)*"
)
_MARK: Final = r"vide|blanc|blank|empty|case vide|[^\s=:;,()|]{1,3}|[^\W\d_][\w·()]{3,}"
_ENTRY: Final = re.compile(rf"(?:(?<=^)|(?<=[\s,;/|(–-]))({_MARK})\s*[=:]\s*(?=[^\W\d_])")
_TURNED: Final = re.compile(r"([^\W\d_][\w' .-]{2,30}?)\s*[=:]\s*([^\s=:;,()|]{1,3})(?=\s*(?:[;,|)]|$))")
_KEY: Final = re.compile(r"(?:key|legende?|legend|codes?|cle)\b\s*:?\s*")
_UNSIGNED: Final = re.compile(r"(?:^|[,;|/]\s*)([^\s=:;,()|]{1,3})(?:\s*[–-]\s*|\s+)(?=[^\W\d_]{4})")
"""In a line that calls itself a key, entries may do without a sign: `Key: P present, A apologies`."""

_NO_MEMBER: Final = re.compile(
    r"(?:not|no longer|not yet|pas encore|plus|n'est plus|n'etait pas(?: encore)?)\s+(?:yet\s+)?(?:an?|in|on the|on|en)?\s*"
    r"(?:councillor|governor|member|trustee|director|post|office|board|council|appointed|elected|required|membre|elu|administrat"
    r"|conseiller|nomme|poste)"
)
_KEYS: Final = ("key", "legend", "légende", "legende", "code", "clé")
_TICKS: Final = frozenset({"y", "yes", "✓", "✔", "☑", "✅"})
_MOST_WORDS: Final = 6
_SHORTEST: Final = 3
_LONGEST_MARK: Final = 3
_SIDES: Final = 2


_REGISTER: Final = {
    **dict.fromkeys("/\\l", "present"),
    **dict.fromkeys("ognu", "absent"),
    **dict.fromkeys("chim", "excused"),
    **dict.fromkeys("bdejprstvwxyz#", NOT_UNDERSTOOD),
}
"""The codes of British registers, which mean other things elsewhere: strokes are presences, O is no excuse, L late."""


class Legend(NamedTuple):
    """
    What the marks of a table mean beside what they usually do.

    Parameters
    ----------
    marks
        What each mark means, folded: a status, `CALLED_OFF`, or `NOT_UNDERSTOOD`.
    blank
        What an empty cell means; empty where nothing says so.
    """

    marks: dict[str, str]
    blank: str = ""


def legend_of(lines: Iterable[str]) -> Legend:
    """
    Gather what the lines of a sheet say of its marks.

    Parameters
    ----------
    lines
        Of each line what may explain something.

    Returns
    -------
    legend
        Nothing where no entry at all is understood; else those that are not as well: a mark that a legend gives another
        meaning must not be read as it usually is.
    """
    found = dict(entry for line in lines if line for entry in legend_entries(line))
    blank = found.pop(BLANK, "")
    return Legend(found if any(found.values()) else {}, blank)


def may_explain(cell: str) -> bool:
    """
    Tell the few cells that may hold an entry of a legend, so that the others need not be read.

    Parameters
    ----------
    cell
        The cell.

    Returns
    -------
    entry
        True where something stands between two sides.
    """
    return "=" in cell or ":" in cell or " if " in cell or " si " in cell or cell.casefold().startswith(_KEYS)


def usual_marks(marks: frozenset[str]) -> dict[str, str]:
    r"""
    Tell which marks mean something else than usual beside the others of their table.

    Parameters
    ----------
    marks
        The marks of a table, folded.

    Returns
    -------
    meanings
        Those of British registers where both strokes stand, or one and L; a cross beside other ticks is not understood.

    Examples
    --------
    >>> usual_marks(frozenset({"/", "\\", "o"}))["o"], usual_marks(frozenset({"y", "a", "x"}))
    ('absent', {'x': ''})
    """
    if "\\" in marks or {"/", "l"} <= marks:
        return _REGISTER
    return {"x": NOT_UNDERSTOOD} if marks & _TICKS else {}


@lru_cache(maxsize=1 << 12)
def legend_entries(text: str) -> tuple[tuple[str, str], ...]:
    """
    Read the entries of a legend.

    Parameters
    ----------
    text
        A cell, or the cells of a line.

    Returns
    -------
    entries
        Each mark, folded (`BLANK` for an empty cell), with what it is said to mean: a status, `CALLED_OFF`, or
        `NOT_UNDERSTOOD`; none where the text may well be no legend.

    Examples
    --------
    >>> legend_entries("P = présent, A = absent (sans excuse)")
    (('p', 'present'), ('a', 'absent'))
    >>> legend_entries("CA : réunion"), legend_entries("C = meeting cancelled"), legend_entries("blank if unknown")
    ((), (('c', 'called_off'),), (('', 'unknown'),))
    """
    plain = _IF.sub(" = ", " " + folded(text.replace("’", "'"))).strip()
    key = _KEY.match(plain)
    unsigned = _entries(plain[key.end() :], _UNSIGNED) if key else []
    found = next(
        (each for each in (_entries(plain, _ENTRY), unsigned, _turned(plain)) if any(map(_is_understood, each))), []
    )
    if not found and "=" in plain:
        found = _entries(plain, _ENTRY)
    return tuple(dict(found).items())


@lru_cache(maxsize=1 << 14)
def is_legend(text: str) -> bool:
    """
    Tell a line of a legend from a name.

    Parameters
    ----------
    text
        The cell.

    Returns
    -------
    legend
        True for `X = no notice`, `Absent = absent`, `excusé : E`.

    Examples
    --------
    >>> is_legend("X = no notice"), is_legend("excusé : E"), is_legend("Lise Morvan")
    (True, True, False)
    """
    marks = [match[1] for match in _ENTRY.finditer(folded(text))]
    return any(len(mark) <= _LONGEST_MARK or _is_blank(mark) for mark in marks) or all(
        map(_is_pair, re.split(r"\s*[,;|]\s*", text.strip(" ,;|")))
    )


def _is_pair(text: str) -> bool:
    """Tell a word of a status and a mark, or two words, with a sign between them."""
    parts = re.split(r"\s*[=:]\s*", text, maxsplit=1)
    if len(parts) != _SIDES:
        return False
    says = [bool(meaning_of(part) or answer_of(part)) for part in parts]
    return any(says) and all(said or len(part) <= _LONGEST_MARK for said, part in zip(says, parts, strict=True))


def _is_understood(entry: tuple[str, str]) -> bool:
    return entry[1] != NOT_UNDERSTOOD


def _entries(plain: str, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    found = list(pattern.finditer(plain))
    starts = [*(match.start() for match in found), len(plain)]
    said = [(match[1], _says(plain[match.end() : end])) for match, end in zip(found, starts[1:], strict=True)]
    return [
        (BLANK if _is_blank(mark) else mark, says)
        for mark, says in said
        if (says != NOT_UNDERSTOOD if _is_blank(mark) else len(mark) <= _LONGEST_MARK or meaning_of(mark) or answer_of(mark))
    ]


def _is_blank(mark: str) -> bool:
    return mark.rsplit(maxsplit=1)[-1] in _BLANKS


def _turned(plain: str) -> list[tuple[str, str]]:
    """Read entries that begin with the word, `présent : P ; excusé : E`; one alone may be a list of one name."""
    found = [(match[2], _says(match[1])) for match in _TURNED.finditer(plain) if not match[2].isdigit()]
    return found if len(found) > 1 else []


def _says(text: str) -> str:
    """Tell what the words of an entry mean: by the most of their first words that say anything."""
    words = text.strip(" .;,()|/–-").split()
    if is_called_off(" ".join(words)):
        return CALLED_OFF
    if _NO_MEMBER.match(" ".join(words)):
        return "unknown"
    starts = (" ".join(words[:n]).strip(" ,;/|–-") for n in range(min(len(words), _MOST_WORDS), 0, -1))
    meaning = next((found for start in starts if len(start) >= _SHORTEST and (found := meaning_of(start))), None)
    answer = answer_of(words[0]) if words else None
    if meaning is None:
        return {"yes": "present", "no": "absent"}[answer] if answer and _is_alone(words) else NOT_UNDERSTOOD
    # Who leaves a cell blank because he cannot come has not excused himself.
    return "absent" if meaning.is_reply and meaning.status == "excused" else meaning.status


def _is_alone(words: Sequence[str]) -> bool:
    """Tell `yes (in attendance)` from `no reason given`."""
    return len(words) == 1 or words[1].startswith("(")
