"""Status words and marks: what somebody wrote about a presence, an excuse, an invitation; never more than was written."""

import re
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from partnet_analysis.records.cells.vocabulary import meanings, ungendered, words_of
from partnet_analysis.records.folding import folded

Answer = Literal["yes", "no"]


class Meaning(NamedTuple):
    """
    What a status says.

    Parameters
    ----------
    status
        `present`, `excused`, `absent` or `unknown`.
    invited
        Whether it says that the actor was invited; None where it says nothing of it.
    is_reply
        Whether it answers an invitation, so that the outcome is unknown.
    """

    status: str
    invited: bool | None = None
    is_reply: bool = False


_OF_WORD: Final = {
    "present": Meaning("present"),
    "excused": Meaning("excused"),
    "absent": Meaning("absent"),
    "represented": Meaning("excused"),
    "unknown": Meaning("unknown"),
    "accepted": Meaning("unknown", invited=True, is_reply=True),
    "tentative": Meaning("unknown", invited=True, is_reply=True),
    "declined": Meaning("excused", invited=True, is_reply=True),
    "invited": Meaning("unknown", invited=True, is_reply=True),
    "not_invited": Meaning("unknown", invited=False),
}
_NOTE: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_FOLLOWED: Final = re.compile(
    r"(?:present|excuse|absent|represente|pouvoir|procuration|apologies|proxy|excused|represented)e?s?"
    r"(?=\s*(?:[,:;–-]|\b(?:par|a|au|via|by|to|from|en|pour|for|avec|depuis|until|jusqu|donne|de)\b))"
)
_NEGATION: Final = re.compile(r"^(?:non|pas|not|n'est pas|n'etait pas|ne sera pas|was not|sans|no|ni)\b")
_SIGN: Final = re.compile(r"([^\w\s(\[-])\ufe0f?\s*(?=\w)")
"""A sign before a word: `✅ présent`."""
_REFUSAL: Final = re.compile(
    r"(?:(?:non|no|desolee?|sorry|helas),? )?(?:"
    r"(?:je|nous|on) ne (?:pourr(?:ai|ons|a)|peu[xt]|pouvons|sera(?:i|s)|serons) pas"
    r"|(?:i|we) (?:cannot|can't|can not|won't|will not|am not able to|are not able to))"
    r"(?: (?:venir|participer|assister|(?:etre )?(?:presente?s?|la|des votres)|me liberer|y assister|y etre|attend|come"
    r"|make it|join|be (?:there|able to (?:attend|come|join))))?"
)
"""Who answers in a sentence of their own that they will not come."""

_POINTS: Final = re.compile(r"[plea]\s*\(\d+(?:[.,]\d+)?\s*/\s*\d+\)")
"""A mark of Moodle: present, late, excused or absent, and the points that it earns."""

_SHORTEST: Final = 3


@lru_cache(maxsize=1 << 14)
def meaning_of(text: str) -> Meaning | None:
    """
    Read a status word.

    Parameters
    ----------
    text
        `Excusé(e)`, `P`, `pouvoir à Mme Morvan`, `ne viendra pas`.

    Returns
    -------
    meaning
        What it says; None where it is no known status, or says two things.

    Examples
    --------
    >>> meaning_of("Absence non excusée").status, meaning_of("Confirmée").status, meaning_of("en congé")
    ('absent', 'unknown', None)
    """
    plain = folded(text.replace("_", " ").replace("’", "'")).strip(" .!:;,")
    sign = _SIGN.match(plain)
    if sign is not None:
        said = meaning_of(plain[sign.end() :])
        return None if answer_of(sign.group(1)) == "no" and said == _OF_WORD["present"] else said
    if _POINTS.fullmatch(plain):
        plain = "late" if plain.startswith("l") else plain[0]
    for form in (plain, ungendered(plain), _NOTE.sub("", plain), ungendered(_NOTE.sub("", plain))):
        found = _known(form)
        if found is not None:
            return found
    return _composed(ungendered(plain))


def answer_of(text: str) -> Answer | None:
    """
    Read a mark that says yes or no.

    Parameters
    ----------
    text
        `x`, `✓`, `oui`, `1`, … or `non`, `0`, `–`, ….

    Returns
    -------
    answer
        Which of the two; None where it is neither.
    """
    plain = folded(text).strip(" .")
    if plain in words_of("marks", "yes"):
        return "yes"
    return "no" if plain in words_of("marks", "no") else None


def _known(plain: str) -> Meaning | None:
    found = meanings("statuses").get(plain) or meanings("statuses").get(re.sub(r"(?<=\w\w)(?:es|e|s)$", "", plain))
    return _OF_WORD[found[0]] if found else None


def _composed(plain: str) -> Meaning | None:
    """Read a status with something behind it (`excusé par mail`), unless the words say two things."""
    if _REFUSAL.fullmatch(plain):
        return _OF_WORD["declined"]
    if len(plain) < _SHORTEST or _NEGATION.match(plain):
        return None
    first = _FOLLOWED.match(plain)
    if first is None:
        return None
    rest = plain[first.end() :]
    if re.search(r"\b(?:non|pas|not|present|absent|excuse)", rest):
        return None
    return _known(first.group())
