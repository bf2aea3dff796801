"""Names that a list of people may well not mean as names."""

import re
from typing import Final

from partnet_analysis.records.cells.looks import (
    MOST_WORDS,
    NOBODY_KNOWN,
    KnownNames,
    is_organisations_word,
    is_particle,
    looks_like_a_person,
    looks_like_an_organisation,
    names_a_function,
)
from partnet_analysis.records.cells.mentions import Named
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import organisation_key

_JOINS: Final = re.compile(r"(?:^|\s)(?:et|and|&)(?:\s|$)", re.IGNORECASE)
_LONGEST: Final = 80


def is_doubtful(named: Named, known: KnownNames = NOBODY_KNOWN) -> bool:
    """
    Tell a name that a list of people may well not mean as one.

    Parameters
    ----------
    named
        What was read.
    known
        Names known from elsewhere.

    Returns
    -------
    doubtful
        True for sentences, functions without a name, names with figures or marks in them.

    Examples
    --------
    >>> from partnet_analysis.records.cells.mentions import Mention
    >>> is_doubtful(Named(Mention("Lise Morvan"))), is_doubtful(Named(Mention("Head Teacher")))
    (False, True)
    """
    person, organisation, email = named.mention
    ends = [word for word in organisation.split()[-1:] if not person]
    is_bare_function = any(map(_is_functions_word, ends)) or (
        not person and names_a_function(organisation.partition(" d")[0]) and " d" in organisation
    )
    if _is_run_together(person or organisation) or is_bare_function or _is_doubtful_organisation(organisation, known):
        return True
    if not person:
        return not email and not looks_like_an_organisation(organisation, known)
    if _JOINS.search(person):
        return True
    if looks_like_a_person(person, known):
        return any(map(_is_functions_word, person.split()))
    return not _is_plain_name(person.split()) or (organisation != "" and any(map(is_organisations_word, person.split())))


def _is_run_together(name: str) -> bool:
    """Tell several names without anything between them, `R Hawksford C Loyde`, `SEYDAUX Laurent PVL`, from one."""
    words = [word for word in name.split() if not is_particle(word)]
    if any(folded(word) in words_of("organisations", "parties") for word in words[2:]):
        return True
    shapes = "".join("i" if len(word.strip(".")) == 1 else "C" if word.isupper() else "w" for word in words)
    return re.fullmatch(r"C+w+C+|i+[Cw]+i+[Cw]+", shapes) is not None and len(words) > 2  # noqa: PLR2004 (two make a name)


def _is_plain_name(words: list[str]) -> bool:
    """Tell `Morvan` and `Josie V.`, which only their place in a list makes a name, from remarks and functions."""
    plain = all(re.fullmatch(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?", word) for word in words)
    own = [word for word in words if not is_particle(word)]
    is_name = words[0][:1].isupper() and not any(map(str.islower, own)) and not all(map(_is_functions_word, words))
    return plain and len(words) <= MOST_WORDS and is_name


def _is_doubtful_organisation(name: str, known: KnownNames) -> bool:
    is_lower = name[:1].islower() and not is_organisations_word(name.split(maxsplit=1)[0])
    return organisation_key(name) not in known.organisations and (len(name) > _LONGEST or is_lower)


def _is_functions_word(word: str) -> bool:
    plain = ungendered(word).strip(".,'")
    forms = {plain, re.sub(r"(?:s|x)$", "", plain)}
    return bool(forms & (words_of("organisations", "functions") | words_of("notes", "nobody_alone"))) or plain in words_of(
        "notes", "groups"
    )
