"""Whether a text looks like a person's name, an organisation's, or a function."""

import re
from dataclasses import dataclass
from typing import Final

from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import organisation_key, person_key

CIVILITY: Final = re.compile(
    r"^(?:m\.|mr\.?|mm\.?|mme\.?|mmes\.?|mlle\.?|madame|monsieur|mrs\.?|ms\.?|miss|dr\.?|pr\.?|prof\.?|cllrs?\.?|councillors?|sir"
    r"|messieurs|mesdames|m)\s+(?=\S)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W\d_][^\W\d_'’.-]*(?:['’.-][^\W\d_'’.-]+)*\.?")
_FEWEST_WORDS: Final = 2
MOST_WORDS: Final = 5
ACRONYM: Final = re.compile(r"(?:[A-ZÀ-Ý]\.?){2,6}(?:\s?\d{1,3})?")


@dataclass(frozen=True)
class KnownNames:
    """
    Names that a column of some file says to be persons' or organisations', by key: evidence for every other file.

    Parameters
    ----------
    persons
        Keys of persons.
    organisations
        Keys of organisations.
    denied
        Headers of statuses, each with a mark below it beside which absences are marked.
    """

    persons: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    denied: frozenset[tuple[str, str]] = frozenset()


NOBODY_KNOWN: Final = KnownNames()


def looks_like_a_person(text: str, known: KnownNames = NOBODY_KNOWN) -> bool:
    """
    Tell whether a text looks like a person's name.

    Parameters
    ----------
    text
        The text.
    known
        Names known from elsewhere.

    Returns
    -------
    person
        True for a title of courtesy and a name, two to five capitalised words none of which only organisations have, or a
        person known from elsewhere.

    Examples
    --------
    >>> looks_like_a_person("LE DU Anne"), looks_like_a_person("Mission locale"), looks_like_a_person("Mme Riou")
    (True, False, True)
    """
    name = text.strip()
    if not name or organisation_key(name) in known.organisations:
        return False
    if CIVILITY.match(name) or person_key(name) in known.persons:
        return True
    words = name.replace("’", "'").split()
    if not _FEWEST_WORDS <= len(words) <= MOST_WORDS or not all(
        _WORD.fullmatch(word) or is_particle(word) for word in words
    ):
        return False
    if any(is_organisations_word(word) for word in words):
        return False
    return _reads_like_a_name(words)


def _reads_like_a_name(words: list[str]) -> bool:
    own = [word for word in words if not is_particle(word)]
    return len(own) >= 1 and (all(word[:1].isupper() for word in own) or all(word.islower() for word in words))


def is_particle(word: str) -> bool:
    """
    Tell a small word inside names, such as `de`.

    Parameters
    ----------
    word
        The word.

    Returns
    -------
    particle
        True if names hold it without its being one.
    """
    return folded(word) in words_of("name_notes", "particles")


def is_organisations_word(word: str) -> bool:
    """
    Tell a word that only organisations have in their names.

    Parameters
    ----------
    word
        The word.

    Returns
    -------
    organisations
        True for `association`, `mairie`, `council`, and the like.
    """
    return folded(word).strip(".'") in words_of("organisations", "words")


def looks_like_an_organisation(text: str, known: KnownNames = NOBODY_KNOWN) -> bool:
    """
    Tell whether a text looks like an organisation's name.

    Parameters
    ----------
    text
        The text.
    known
        Names known from elsewhere.

    Returns
    -------
    organisation
        True for an acronym, for words that only organisations have, or one known from elsewhere; a text may look like
        neither.

    Examples
    --------
    >>> looks_like_an_organisation("Secours populaire"), looks_like_an_organisation("Lise Morvan")
    (True, False)
    """
    name = text.strip()
    if organisation_key(name) in known.organisations:
        return True
    if person_key(name) in known.persons or CIVILITY.match(name):
        return False
    return bool(ACRONYM.fullmatch(name)) or any(map(is_organisations_word, re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", name)))


def is_function(text: str) -> bool:
    """
    Tell a bare function, such as `Chairman` or `Parish Councillors`, from somebody.

    Parameters
    ----------
    text
        A cell.

    Returns
    -------
    function
        Whether it says a function and nobody's name.

    Examples
    --------
    >>> is_function("Parish Councillors"), is_function("Councillor R Keyes")
    (True, False)
    """
    return names_a_function(text) and not CIVILITY.match(text.strip())


def names_a_function(text: str) -> bool:
    """
    Tell whether a text begins or ends with a function: `directrice de la MJC`, `Parish Councillors`.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    function
        True if it says what somebody does; somebody's name may stand beside it.
    """
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", ungendered(text.split("+", maxsplit=1)[0]))
    return bool(words) and (_is_bare_function(words[0]) or (len(words) <= MOST_WORDS and _is_bare_function(words[-1])))


def _is_bare_function(word: str) -> bool:
    return bool({word, re.sub(r"(?:s|x)$", "", word)} & words_of("organisations", "functions"))
