"""E-mail addresses → people: one address is one person, however the name is written, unless several share the mailbox."""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final

from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import Aliases

_SHARED: Final = re.compile(
    r"(?:contact|accueil|info|infos|information|secretariat|mairie|ville|direction|admin|administration|coordination|coord"
    r"|bonjour|hello|office|reception|enquiries|service|services|association|asso|ecole|college|lycee|creche|bureau"
    r"|communication|com|support|team|equipe|partenariat|ccas|caf|mjc|standard|postmaster|webmaster)"
    r"(?:[._+-].*|\d*)?"
)
"""The part before the @ of a mailbox that a house reads, not a person."""

_SHORTEST_WORD: Final = 2


def owners_of(
    written: Mapping[str, Collection[str]],
    aliases: Aliases,
    key: Callable[[str], str],
    *,
    is_listed: Callable[[str], bool],
) -> dict[str, str]:
    """
    Tell whose each e-mail address is.

    Parameters
    ----------
    written
        For each address, the names of persons that it is written with.
    aliases
        What somebody decided about names; two that were decided to be different stay two.
    key
        Gives the key of a person's name.
    is_listed
        Tells whether the roster lists a person of that key.

    Returns
    -------
    owners
        For each address that is one person's, the name to file all its names under: one that the roster lists, else the
        fullest. An address whose names share no word, and a shared mailbox (`contact@`) that goes by several names, are
        nobody's.

    Examples
    --------
    >>> written = {"l@x.fr": ["L. Morvan", "MORVAN Lise"], "contact@x.fr": ["Lise Morvan", "Lise Riou"]}
    >>> owners_of(written, Aliases(), folded, is_listed=lambda key: False)
    {'l@x.fr': 'MORVAN Lise'}
    """
    owners = {}
    for email, names in written.items():
        fullest = max(sorted(names), key=lambda name: (is_listed(key(name)), *_fullness(name)))
        is_same = {key(name) for name in names} == {key(fullest)}
        is_shared = bool(_SHARED.fullmatch(folded(email.partition("@")[0])))
        if is_same or (not is_shared and all(_may_be_one(name, fullest, aliases, key) for name in names)):
            owners[email] = fullest
    return owners


def _fullness(name: str) -> tuple[int, int]:
    words = [word for word in _words(name) if len(word) >= _SHORTEST_WORD]
    return len(words), len(name)


def _may_be_one(name: str, fullest: str, aliases: Aliases, key: Callable[[str], str]) -> bool:
    """Tell whether two names may be one person's: they share a word, and nobody decided that they are two."""
    if key(name) == key(fullest):
        return True
    is_decided = aliases.is_decided(name, fullest, "person")
    shared = {word for word in _words(name) if len(word) >= _SHORTEST_WORD} & set(_words(fullest))
    return bool(shared) and not is_decided


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(name))
