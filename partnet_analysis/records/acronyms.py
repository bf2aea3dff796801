"""Acronyms and what they stand for: CAF, Caisse d'allocations familiales."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from partnet_analysis.records.folding import folded

SMALL_WORDS: Final = frozenset(
    [
        *("de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux", "en", "un", "une", "y"),
        *("pour", "sur", "sous", "par", "dans", "avec", "sans", "of", "the", "and", "for", "in", "on", "to"),
    ]
)
"""Words that an acronym may skip."""

SHORTEST: Final = 3
"""Letters from which an acronym is taken for one without anybody saying so."""

_SHORTEST_SAID: Final = 2
LONGEST: Final = 8
"""Letters beyond which a word is no acronym."""

_LONGEST_NAME: Final = 300
_TAIL: Final = frozenset(("de", "du", "des", "d", "of"))
_DOTS: Final = re.compile(r"(?<=\b\w)\.(?=\w\b|\s|$)")
_WORD: Final = re.compile(r"[^\W_]+")
_BRACKETS: Final = re.compile(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\s*([^()\[\]]*)")
_DASH: Final = re.compile(r"(.+?)(?:\s+[-–—:/=]\s+|\s?:\s+)(.+)")


def plain_words(name: str) -> list[str]:
    """
    Cut an organisation's name into words.

    Parameters
    ----------
    name
        The name as written.

    Returns
    -------
    words
        Without accents, capitals and punctuation; `M.J.C.` is `mjc`, `&` is `et`.
    """
    return _WORD.findall(_DOTS.sub("", folded(name)).replace("&", " et "))


def is_acronym(short: str, words: Sequence[str]) -> bool:
    """
    Tell whether a word is made of the initials of others.

    Parameters
    ----------
    short
        The word, in small letters.
    words
        The others; small words among them may be skipped or kept.

    Returns
    -------
    acronym
        Whether it is.

    Examples
    --------
    >>> is_acronym("mjc", plain_words("Maison des jeunes et de la culture")), is_acronym("mj", ["maison"])
    (True, False)
    """
    if not _SHORTEST_SAID <= len(short) <= LONGEST or not short.isalpha() or len(words) <= 1:
        return False
    reached = {0}
    for word in words:
        further = {place + 1 for place in reached if place < len(short) and short[place] == word[0]}
        reached = further | reached if word in SMALL_WORDS else further
    return len(short) in reached


def stands_for(short: str, long: str) -> bool:
    """
    Tell whether one name is the other with words made into an acronym.

    Parameters
    ----------
    short
        The key of the shorter name.
    long
        The key of the longer one.

    Returns
    -------
    acronym
        Whether it is: `caf` of `caisse d allocations familiales`, `mjc jean mace` of `maison des jeunes et de la culture
        jean mace`, `caf` of `caisse d allocations familiales du rhone`.
    """
    head, *rest = short.split() or [""]
    words = long.split()
    if not rest:
        cuts = [place for place, word in enumerate(words) if word in _TAIL and place > 1 and len(head) >= SHORTEST]
        return any(is_acronym(head, words[:cut]) for cut in [len(words), *cuts])
    return len(words) > len(rest) + 1 and words[-len(rest) :] == rest and is_acronym(head, words[: -len(rest)])


@lru_cache(maxsize=1 << 14)
def declared(name: str) -> tuple[str, str] | None:
    """
    Read what a name says of its own acronym.

    Parameters
    ----------
    name
        The name as written.

    Returns
    -------
    declared
        The acronym and the name without it, both as words in small letters; None where the name says nothing of the kind.

    Examples
    --------
    >>> declared("CAF (Caisse d'allocations familiales)")
    ('caf', 'caisse d allocations familiales')
    >>> declared("Caisse d'allocations familiales (CAF) du Rhône")
    ('caf', 'caisse d allocations familiales du rhone')
    >>> declared("École Pasteur (Ville)")
    """
    bare = " ".join(name.split())
    match = (_BRACKETS.fullmatch(bare) or _DASH.fullmatch(bare)) if len(bare) <= _LONGEST_NAME else None
    if match is None:
        return None
    one, other, *rest = (plain_words(part) for part in match.groups())
    tail = rest[0] if rest else []
    for short, long in ((one, other), (other, one)):
        if len(short) == 1 and is_acronym(short[0], long):
            return short[0], " ".join([*long, *tail])
    return None
