"""Text that any program can read back: one line, no control characters, unique where it identifies."""

import re
from collections.abc import Callable, Sequence
from typing import Final

_UNREADABLE: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
"""Control characters, line separators, halves of characters and non-characters: XML refuses them or reads others back."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "'")


def one_line(text: str) -> str:
    r"""
    Clean a text.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    clean
        The text on one line, without what XML cannot hold.

    Examples
    --------
    >>> one_line("Maison\x00 des\nassociations ")
    'Maison  des associations'
    """
    return _UNREADABLE.sub(" ", text).strip()


def unique(texts: Sequence[str], clean: Callable[[str], str], *, longest: int | None = None) -> list[str]:
    r"""
    Clean texts that identify something, and keep them apart.

    Parameters
    ----------
    texts
        Texts, no two the same.
    clean
        What cleans one.
    longest
        How many characters the reading program keeps; it then takes capitals and small letters for the same.

    Returns
    -------
    identifiers
        The cleaned texts, in order; one that cleaning emptied or made the same as another ends in a number.

    Examples
    --------
    >>> unique(["a\x00", "a", ""], one_line)
    ['a_2', 'a', 'actor']
    """

    def seen(text: str) -> str:
        return text if longest is None else text.casefold()

    cleaned = [(clean(text) or "actor")[:longest] for text in texts]
    as_they_were = {seen(now) for text, now in zip(texts, cleaned, strict=True) if text == now}
    taken: set[str] = set()
    identifiers = []
    for text, now in zip(texts, cleaned, strict=True):
        free, number = now, 1
        while seen(free) in taken or (text != now and seen(free) in as_they_were):
            number += 1
            ending = f"_{number}"
            free = now[: None if longest is None else longest - len(ending)] + ending
        taken.add(seen(free))
        identifiers.append(free)
    return identifiers


def no_formula(text: str) -> str:
    """
    Keep a spreadsheet from running a text.

    Parameters
    ----------
    text
        A cleaned text.

    Returns
    -------
    inert
        The text; an apostrophe before one that would begin a formula, or that begins with an apostrophe itself, so that
        taking the first apostrophe away gives every text back.

    Examples
    --------
    >>> no_formula("=1+1"), no_formula("Centre")
    ("'=1+1", 'Centre')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
