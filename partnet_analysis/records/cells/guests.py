"""People as address books write them: behind a quoted name, before an address, the family's name first or last."""

import re
from typing import Final

from partnet_analysis.records.cells.mentions import Mention, mention_in, person_name
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import without_civility

_ADDRESS: Final = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")
_NOTE: Final = re.compile(
    r"\s*[(\[]\s*(?:externe?s?|externals?|externo|ext\.?|non verifiee?s?|unverified|guests?|invitee?s?|optional"
    r"|facultati(?:f|ve)|optionnel(?:le)?|required|obligatoire|organi[sz]er|organisat(?:eur|rice)|via [^()\[\]]*"
    r"|e-?mail|courriel|presta(?:taire)?)\s*[)\]]"
)
_PARENTHESES: Final = re.compile(r"\s*\(([^()]*)\)\s*")
_AND: Final = re.compile(r"\s(?:et|and|&)\s", re.IGNORECASE)
_MOST_FAMILY_WORDS: Final = 4
_MOST_GIVEN_WORDS: Final = 3
_LONGEST_ACRONYM: Final = 6


def guest(name: str, email: str = "") -> Mention:
    """
    Read a name as a calendar or a message writes it.

    Parameters
    ----------
    name
        `MORVAN Lise (CAF)`, `Morvan, Lise`, `Lise Morvan (Externe)`, `lise.morvan@caf.example`, or both of them.
    email
        The address that stands beside it; that in the name where there is none.

    Returns
    -------
    mention
        The person, their organisation where it is said, their address in small letters.

    Examples
    --------
    >>> guest("MORVAN, Lise (CAF)"), guest("Tanguy, Marc (Externe)")
    (Mention(person='Lise MORVAN', organisation='CAF', email=''), Mention(person='Marc Tanguy', organisation='', email=''))
    >>> guest("'lise@caf.example'", "Lise@caf.example")
    Mention(person='', organisation='', email='lise@caf.example')
    """
    inside = _ADDRESS.search(name)
    address = (email if "@" in email else inside[0] if inside else "").strip().lower()
    bare = _without_notes(_ADDRESS.sub(" ", name)).replace("<>", " ").replace("()", " ")
    bare = " ".join(bare.split()).strip("'\"<> ,;")
    if not any(map(str.isalnum, bare)):
        return Mention("", "", address)
    return _named(bare)._replace(email=address)


def _without_notes(name: str) -> str:
    """Take away what programs put behind a name: `(Externe)` is no organisation."""
    plain = "".join(folded(letter)[:1] or " " for letter in name)
    kept = list(name)
    for found in _NOTE.finditer(plain):
        kept[found.start() : found.end()] = [" "] * (found.end() - found.start())
    return "".join(kept)


def _named(name: str) -> Mention:
    name = name.replace("[", "(").replace("]", ")")
    outside = without_civility(" ".join(_PARENTHESES.sub(" ", name).split()))
    inside = " ".join(f"({said})" for said in _PARENTHESES.findall(name))
    parts = [part.strip() for part in outside.split(",") if part.strip()]
    organisation = ""
    if len(parts) > 1 and _is_family_and_given(parts[0], parts[1]):
        given, dash, after = parts[1].partition(" - ")
        outside = person_name(parts[0], given)
        organisation = ", ".join(filter(None, [after if dash else "", *parts[2:]]))
    elif len(parts) > 1 and " " in parts[0]:
        outside, organisation = parts[0], ", ".join(parts[1:])
    if _AND.search(f" {outside} "):
        # A department or a couple with one address: who else is meant cannot be told, so the name stays whole.
        found = mention_in(f"X {inside}")._replace(person=outside)
    else:
        found = mention_in(f"{outside} {inside}".strip())
        found = found if found.person or found.organisation else Mention(outside)
    return found._replace(organisation=found.organisation or organisation)


def _is_family_and_given(family: str, given: str) -> bool:
    """Tell `Morvan, Lise` from `Lise Morvan, CAF`."""
    given_words = given.partition(" - ")[0].split()
    words = family.split()
    if any(letter.isdigit() for letter in family + given) or (given[:1].islower() and not family.islower()):
        return False
    is_acronym = len(given_words) == 1 and given.isupper() and 1 < len(given) <= _LONGEST_ACRONYM
    if is_acronym and len(words) > 1 and not family.isupper():
        return False
    return len(words) <= _MOST_FAMILY_WORDS and len(given_words) <= _MOST_GIVEN_WORDS
