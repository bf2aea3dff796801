"""How a name that is written in several ways is shown."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from partnet_analysis.records.identity import Kind, without_civility

_LONGEST_ACRONYM: Final = 4
"""Up to here a single word in capitals is an acronym, whatever else is written; a longer one may be a name shouted."""

_LOWER_PARTICLES: Final = frozenset(
    ["de", "da", "do", "di", "dos", "das", "del", "della", "der", "den", "van", "von", "y", "e"]
)
_INITIALS: Final = re.compile(r"[^aeiouyà-ÿ]{2}", re.IGNORECASE)


def shown_name(written: Sequence[str], kind: Kind, listed: Sequence[str] = ()) -> str:
    """
    Choose how to show a name that is written in several ways.

    Parameters
    ----------
    written
        Its forms, one for each time it is written.
    kind
        Whether it names a person or an organisation.
    listed
        The forms, among those, that a directory gives.

    Returns
    -------
    name
        A form that a directory gives, unless that is all in capitals and says less than another; else the form most often
        written, mixed case before capitals. An organisation's acronym keeps its capitals. A person's given name comes first
        where capitals tell it, and the family name loses them.

    Examples
    --------
    >>> shown_name(["Caf", "Caf", "CAF"], "organisation"), shown_name(["DE LA TOUR Anne"], "person")
    ('CAF', 'Anne de La Tour')
    """
    forms = [without_civility(form) if kind == "person" else form.strip() for form in written]
    told = [without_civility(form) if kind == "person" else form.strip() for form in listed]
    choice = told if any(_tells_case(form) or (kind == "person" and form.isupper()) for form in told) else [*told, *forms]
    best = _most_telling(choice, kind)
    return _given_name_first(best) if kind == "person" else best


def _tells_case(form: str) -> bool:
    """Tell whether the capitals of an organisation's name say something: those of a single word do."""
    return not (form.isupper() or form.islower()) or (form.isupper() and not re.search(r"\s", form))


def _most_telling(forms: Sequence[str], kind: Kind) -> str:
    is_organisation = kind == "organisation"
    return max(
        sorted(set(forms)),
        key=lambda form: (
            is_organisation and _is_acronym(form),
            2 if is_organisation and _tells_case(form) and not _shouts(form) else _case_rank(form),
            forms.count(form),
            len(form),
            sum(letter.isupper() for letter in form),
        ),
    )


def _shouts(form: str) -> bool:
    """Tell a word that is merely in capitals (LIBRARY) from what is too short to be anything but an acronym."""
    return form.isupper() and len(form) > _LONGEST_ACRONYM + 2


def _is_acronym(form: str) -> bool:
    return form.isupper() and form.isalpha() and len(form) <= _LONGEST_ACRONYM


def _case_rank(form: str) -> int:
    """Rank by case: mixed case tells most, capitals more than small letters."""
    return 1 if form.isupper() else 0 if form.islower() else 2


def _given_name_first(name: str) -> str:
    words = name.split()
    family = [word for word in words if _is_family_name(word)]
    given = [word for word in words if word not in family]
    return " ".join([*given, *_without_capitals(family)]) if family else name


def _is_family_name(word: str) -> bool:
    """Tell a family name by its capitals; `JP` is two initials."""
    return word.isupper() and len(word) > 1 and not word.endswith(".") and not _INITIALS.fullmatch(word)


def _without_capitals(family: Sequence[str]) -> list[str]:
    """
    Write a family name as a name.

    French keeps the article's capital and not that of `de` (de La Tour, Le Du, Du Bellay); an elided particle is as good as
    part of the name and keeps it (D'Hervé, O'Brien).
    """
    n_particles = len(list(takewhile(lambda word: word.lower() in _LOWER_PARTICLES, family[:-1])))
    return [word.lower() if place < n_particles else _capitalised(word) for place, word in enumerate(family)]


def _capitalised(word: str) -> str:
    parts = re.split(r"([-'’])", word)
    return "".join(
        f"Mc{part[2:].capitalize()}" if re.fullmatch(r"MC[^\W\d_]{2,}", part) else part.capitalize() for part in parts
    )
