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
from partnet_analysis.records.cells.mentions import Named, is_run_together
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.identity import organisation_key

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
    if is_run_together(person or organisation) or is_bare_function or _is_doubtful_organisation(organisation, known):
        return True
    if not person:
        return not email and not looks_like_an_organisation(organisation, known)
    if looks_like_a_person(person, known):
        return any(map(_is_functions_word, person.split()))
    return not _is_plain_name(person.split()) or (organisation != "" and any(map(is_organisations_word, person.split())))


def _is_plain_name(words: list[str]) -> bool:
    """Tell `Morvan` and `Josie V.`, which only their place in a list makes a name, from remarks and functions."""
    plain = all(re.fullmatch(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?", word) for word in words)
    own = [word for word in words if not is_particle(word)]
    is_name = words[0][:1].isupper() and not any(map(str.islower, own)) and not all(map(_is_functions_word, words))
    return plain and len(words) <= MOST_WORDS and is_name


def _is_doubtful_organisation(name: str, known: KnownNames) -> bool:
    is_lower = name[:1].islower() and organisation_key(name) not in known.organisations
    return len(name) > _LONGEST or is_lower


def _is_functions_word(word: str) -> bool:
    plain = ungendered(word).strip(".,'")
    forms = {plain, re.sub(r"(?:s|x)$", "", plain)}
    return bool(forms & (words_of("organisations", "functions") | words_of("notes", "nobody_alone"))) or plain in words_of(
        "notes", "groups"
    )
