"""What stands behind a name: an organisation, a function, a status, a note, to whom somebody gave their vote."""

import re
from collections.abc import Iterable
from typing import Final

from partnet_analysis.records.cells.looks import (
    ACRONYM,
    CIVILITY,
    KnownNames,
    is_organisations_word,
    looks_like_a_person,
    looks_like_an_organisation,
    names_a_function,
)
from partnet_analysis.records.cells.statuses import Meaning, meaning_of
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import organisation_key

_OF_A_DEVICE: Final = re.compile(r"(\w+)(?:\s+(?:de|d'|of)\b.*)?$")
"""What a video report writes behind a name where a device took part: `iPad de Sophie`."""

_NOTE: Final = re.compile(
    r"(?:part|partie|en partie|visio|en visio|remote|online|a distance|by phone|par telephone|chair|president|presidente"
    r"|minutes|secretary|secretaire|joining at .*|left at .*|arrive a .*|until .*|from \d.*|jusqu.*|a partir de .*"
    r"|items? .*|animateur|animatrice|suppleant|suppleante|titulaire|observer|observateur|vice-chair|via teams|teams|tbc"
    r"|supplee? par .*|remplacee? par .*|remplac.*|en remplacement .*|a partir .*|joined .*|left .*|arriving .*"
    r"|pouvoirs? d.*|procurations? d.*|proxy for .*|substitut.* (?:for|of) .*|.* attended .*"
    r"|\d+(?:st|nd|rd|th|er|e)? (?:hour|heure|part).*"
    r"|\d+|m|mme|[a-z]\)?|depart .*|arrivee .*|depuis .*|par .*|by .*)"
)
_FOR: Final = re.compile(
    r"^(?:for|pour|representing|represente|on behalf of|en remplacement de|remplace|deputising for)\s+", re.IGNORECASE
)
_HOLDS: Final = re.compile(r"(?:pouvoir|procuration|mandat)s?\s+d")
_OF_WHOM: Final = re.compile(
    r"\b(?:(?P<article>de\s+la|du|de\s+l['’]|des|à\s+la|au|à\s+l['’]|of\s+the|at\s+the)|de|d['’]|of|at|chez)\s*(?P<who>[^\W\d_].*)$"
)
_STANDS_FOR: Final = re.compile(r"(?:elu|parent|habitant|delegue|membre|conseill|resident|councillor)")
_SLASH: Final = re.compile(r"\s+/\s+")
_LOOSE_DASH: Final = re.compile(r"(?<=\w)-\s+|(?<=[a-z])-(?=[A-Z]{3,}\b)")
_AND: Final = re.compile(r"\s+(?:and|et|&)\s+", re.IGNORECASE)
DASH: Final = re.compile(r"\s+[–—-]\s+|\s+[–—](?=\w)|(?<=\w)[–—]\s+")
BRACKETS: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_NOTE_PARTS: Final = re.compile(r"\s*[,;]\s*|\s+[–-]\s+")
_PROXY: Final = re.compile(
    r"\s*[,:–-]?\s+(?:(?:ayant|a)\s+)?(?:donn[ée]e?\s+)?(?:(?:pouvoir|procuration|mandat)s?\s+(?:est\s+)?(?:donn[ée]e?\s+)?(?:à|a|au)\b"
    r"|(?:représentée?|suppléée?)\s+par\b|represented by\b|proxy to\b).*$",
    re.IGNORECASE,
)


def without_proxy(text: str) -> str:
    """
    Leave out to whom somebody gave their vote.

    Parameters
    ----------
    text
        A line.

    Returns
    -------
    bare
        The line without it.

    Examples
    --------
    >>> without_proxy("Mme Morvan a donné pouvoir à M. Tanguy")
    'Mme Morvan'
    """
    return _PROXY.sub("", text)


def employer_in(text: str) -> str:
    """
    Read the organisation in what follows a name.

    Parameters
    ----------
    text
        What follows it.

    Returns
    -------
    organisation
        That of `directrice de la MJC` is MJC; a bare function has none.
    """
    if is_note(text):
        return ""
    if not names_a_function(text):
        return _bare(text)
    found = _OF_WHOM.search(text)
    who = _bare(found.group("who")) if found else ""
    function = next((place for place, word in enumerate(who.split()) if word[0].islower() and names_a_function(word)), 0)
    if function:
        return employer_in(" ".join(who.split()[function:]))
    if found is None or who[:1].isupper():
        return who
    if not found.group("article"):
        # What `agent de développement local CAF` is charged with is no organisation.
        return who.split()[-1] if ACRONYM.fullmatch(who.split()[-1]) else ""
    # Those of `représentante des parents d'élèves` are a group of people, and nobody works for what they stand for.
    is_group = found.group().startswith("des") or _STANDS_FOR.match(folded(text)) is not None
    return who if is_organisations_word(who.split()[0]) and not is_group else ""


def are_initials(note: str, name: str) -> bool:
    """
    Tell `(JA)` behind Joanie Andrus, which says how the minutes call her, from an organisation.

    Parameters
    ----------
    note
        What stands behind the name.
    name
        The name.

    Returns
    -------
    initials
        Whether they are the name's.
    """
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", folded(name)))
    plain = folded(note).replace(".", "").replace(" ", "")
    return 1 < len(plain) <= 4 and plain in (initials[: len(plain)], initials[::-1])  # noqa: PLR2004 (initials are short)


def statuses_in(note: str) -> Iterable[Meaning]:
    """
    Read the statuses that a note says.

    Parameters
    ----------
    note
        The note.

    Yields
    ------
    meaning
        Of the whole, then of its parts.
    """
    for part in (note, *_NOTE_PARTS.split(note)):
        if _HOLDS.match(folded(part)):
            continue
        said = meaning_of(part) if len(part.strip()) > 1 else None
        if said is not None and not _is_report_mark(part):
            yield said


def organisation_in(note: str) -> str:
    """
    Read an organisation in parentheses.

    Parameters
    ----------
    note
        What stands between them.

    Returns
    -------
    organisation
        None in a note or status, the last part of `for Dave Smith, Sunderland`.
    """
    if is_note(note) or meaning_of(note) is not None:
        return ""
    if _FOR.match(note):
        _, comma, after = note.partition(",")
        return _bare(after) if comma else ""
    parts = _NOTE_PARTS.split(note)
    said = [part for part in parts if meaning_of(part) is None and not is_note(part)]
    if len(said) < len(parts) and said:
        return employer_in(", ".join(said))
    return employer_in(note) if not (len(parts) > 1 and names_a_function(parts[0])) else _bare(", ".join(parts[1:]))


def _is_report_mark(text: str) -> bool:
    plain, device = folded(text).strip("() ."), _OF_A_DEVICE.match(folded(text).strip("() ."))
    if device and device.group(1) in words_of("name_notes", "devices"):
        return True
    return not words_of("name_notes", "reports").isdisjoint({plain, ungendered(text).strip("() .")})


def is_note(text: str) -> bool:
    """
    Tell a note from an organisation.

    Parameters
    ----------
    text
        What stands behind a name.

    Returns
    -------
    note
        True for `part`, `en visio`, `arrived at 10`, and the like.
    """
    return not text.strip() or _is_report_mark(text) or bool(_NOTE.fullmatch(folded(text).strip("() .")))


def _bare(text: str) -> str:
    return text.strip().strip("().,;:–- ").strip()


def bare_name(piece: str) -> str:
    """
    Leave out what stands in brackets.

    Parameters
    ----------
    piece
        A name and what stands behind it.

    Returns
    -------
    name
        The name.
    """
    return BRACKETS.sub("", piece).strip()


def parted_from_brackets(text: str, known: KnownNames) -> tuple[str, list[str]]:
    """
    Part `Jane Roe (JR) Practice Manager` into the name and what stands in brackets and behind them.

    Parameters
    ----------
    text
        A name and what stands behind it.
    known
        Names known from elsewhere.

    Returns
    -------
    name
        What stands before the brackets; all that stands outside where that alone is no person's name.
    notes
        What stands in brackets, and behind them.
    """
    inside: list[str] = []
    while match := BRACKETS.search(text):
        inside.append((match.group(1) or match.group(2) or "").replace("\0", " ").strip())
        text = f"{text[: match.start()]} \0 {text[match.end() :]}"
    before, _, behind = text.replace("(", " ").replace(")", " ").partition("\0")
    behind = " ".join(behind.replace("\0", " ").split())
    if behind and looks_like_a_person(before, known) and not _AND.match(f" {behind} "):
        return before.strip(), [*inside, behind.strip(" –—-")]
    return " ".join(f"{before} {behind}".split()), inside


def cut_behind(text: str, known: KnownNames) -> tuple[str, str]:
    """
    Part a name from what follows a dash or a stroke, or says what somebody does.

    Parameters
    ----------
    text
        The name and what follows.
    known
        Names known from elsewhere.

    Returns
    -------
    name
        The name; the whole where it is one known organisation.
    after
        What follows.
    """
    if organisation_key(text) in known.organisations:
        return text, ""
    bare = without_proxy(text).strip()
    if bare and bare != text:
        return bare, "pouvoir"
    function = _function_behind(text, known)
    if function:
        return text.removesuffix(function).strip(), function
    for mark in (DASH, _SLASH, _LOOSE_DASH):
        found = mark.search(text)
        if found and not (mark is _LOOSE_DASH and looks_like_a_person(text[found.end() :], known)):
            before, after = text[: found.start()].strip(), text[found.end() :].strip()
            is_label = names_a_function(before) and not CIVILITY.match(before)
            if (looks_like_an_organisation(before, known) or is_label) and looks_like_a_person(after, known):
                return after, before
            is_whole = looks_like_an_organisation(before, known) and not meaning_of(after)
            if after and before and not is_whole and (meaning_of(after) or looks_like_a_person(before, known)):
                return before, after
    return text, ""


def _function_behind(text: str, known: KnownNames) -> str:
    """Find what somebody does where nothing parts it from the name: `Lise MORVAN présidente de la MJC`."""
    words = text.split()
    for place in range(2, len(words)):
        is_function = words[place][:1].islower() and names_a_function(words[place])
        if is_function and looks_like_a_person(" ".join(words[:place]), known):
            return " ".join(words[place:])
    return ""
