"""The words of records, from `vocabulary.toml`: what headers, statuses, headings and names of files mean."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

from rapidfuzz import fuzz, process

from partnet_analysis.records.folding import folded

_LEAST_LIKE: Final = 86.0
"""RapidFuzz's ratio from which a header is taken for a known one with a typing slip."""

_SHORTEST_SLIP: Final = 6
"""Shorter headers are taken as they stand: `date` and `data`, `nom` and `non` are a letter apart."""

_GENDER: Final = re.compile(r"(?<=\w)(?:[·.•(/-](?:e|es|s|trice|rice|ne|ve)(?:[·.-]?s)?\)?|\((?:e?s?)\))(?!\w)")
"""Endings that write both genders at once: `présent·e·s`, `excusé(e)`, `invité/e`."""

_CLOSING: Final = re.compile(r"[\s:*.?!]+$|\s*\((?:obligatoire|required|facultatif|optional|s)\)|(?:\s*\([^()]+\)){2}$")
_HUMP: Final = re.compile(r"(?<=[a-zà-ÿ]{2})(?=[A-Z][a-z])")
"""Where programs run words together: `joinedTime`."""

_OTHER_DAYS: Final = re.compile(
    r"\b(?:dates?|days?|times?|jours?|heures?|debut|fin)\b.*\b(?:naissance|birth|creation|created|commande|order|echeance|inscription|registration"
    r"|registered|rsvp|paiement|payment|envoi|maj|mise a jour|remplacement|generated|export|demande|validation|modification)"
    r"|\b(?:birth|creation|order|registration|rsvp|payment|booking|expiry|submission|approval)\b.*\b(?:date|day|time)\b"
)
"""Days in a row that are no meeting's: of a birth, an order, a registration."""

_OF_PAYMENT: Final = re.compile(
    r"\b(?:commande|order|paiement|payment|payeur|payer|buyer|acheteur|facturation|billing|invoice|facture)s?\b"
)
"""Of an order and of who paid it, which says nothing of who takes part."""

_NAME_OF: Final = re.compile(
    r"(?P<before>.+?)(?: \d+ -)? (?:names?|value|valeur)|noms? (?:de la |de l'|du |des |de )?(?P<behind>.+)"
)

_WHOSE_NAME: Final = re.compile(
    r"(nom|prenom|name|last name|first name|given name|surname)s?(?: (?:du|de la|de l'|of))? ?"
    r"(?:participant|membre|personne|inscrit|agent|adherent|benevole|surveillant|elu|representant|stagiaire|attendee|member|delegate|person)e?s?"
)
_STEMS: Final = (
    (re.compile(r"\b(?:signature|emarge|sign\b|signe)"), "signature"),
    (re.compile(r"\b(?:serez|viendrez|participerez|will you|reponse|rsvp|answer|confirm)"), "reply"),
    (re.compile(r"\b(?:presen[ct]|attend(?:ed|ance))"), "status"),
    (re.compile(r"\b(?:excus|apolog)"), "excused"),
    (re.compile(r"\b(?:invit|convoc|convoq)"), "invited"),
    (re.compile(r"\b(?:e-?mail|courriel|mel)\b"), "email"),
    (re.compile(r"\b(?:tel|phone|telephone|portable)\b"), "phone"),
    (re.compile(r"\b(?:prenom|first name|given name)"), "first_name"),
    (re.compile(r"\b(?:structures?\b|organis|association|partenaires?\b|partners?\b|company|institution)"), "organisation"),
    (re.compile(r"\b(?:commentaire|observation|remarque|comment|note|precision)"), "remark"),
    (re.compile(r"\b(?:adresse|address|lieu|salle|venue)"), "place"),
    (re.compile(r"\b(?:total|nombre|nb|taux|%)"), "total"),
    (re.compile(r"\b(?:date|jour)\b"), "day"),
    (re.compile(r"\b(?:montant|tarif|prix|price|amount|ticket|billet|code)\b"), "unused"),
)
_PARTS: Final = re.compile(r"\s*(?:/|\(|\)|,| - | – |\bet\b|\bou\b|\band\b|\bor\b|\n|&)\s*")
_WORD: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NAMED: Final = ("organisation", "title", "series", "email", "phone")
_FIRST_MATCH, _COMPOUND, _SLIP, _STEM, _FAINT = 1.0, 0.85, 0.8, 0.6, 0.4


@cache
def _vocabulary() -> Mapping[str, Mapping[str, list[str]]]:
    source = resources.files("partnet_analysis.records.cells").joinpath("vocabulary.toml")
    loaded: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    return loaded


@cache
def meanings(section: str) -> Mapping[str, tuple[str, ...]]:
    """
    Index a section of the vocabulary by its words.

    Parameters
    ----------
    section
        `roles`, `statuses`, `headings`, `documents` and so on.

    Returns
    -------
    meanings
        For each word, folded, what it may mean, in the section's order.

    Examples
    --------
    >>> meanings("statuses")["excusee"]
    ('excused',)
    """
    found: dict[str, tuple[str, ...]] = {}
    for meaning, words in _vocabulary()[section].items():
        for word in dict.fromkeys(map(folded, words)):
            found[word] = (*found.get(word, ()), meaning)
    return found


def words_of(section: str, meaning: str) -> frozenset[str]:
    """
    Fetch the words of one meaning.

    Parameters
    ----------
    section
        The section of the vocabulary.
    meaning
        The meaning.

    Returns
    -------
    words
        Its words, folded.
    """
    return _words_of(section, meaning)


@cache
def _words_of(section: str, meaning: str) -> frozenset[str]:
    return frozenset(map(folded, _vocabulary()[section][meaning]))


@lru_cache(maxsize=1 << 14)
def ungendered(text: str) -> str:
    """
    Fold a text and leave out what writes both genders at once.

    Parameters
    ----------
    text
        A word or some.

    Returns
    -------
    plain
        The text without accents, capitals and doubled endings.

    Examples
    --------
    >>> ungendered("Présent·e·s"), ungendered("Excusé(e)"), ungendered("Absent-es")
    ('present', 'excuse', 'absent')
    """
    return " ".join(_GENDER.sub("", folded(text)).split())


@lru_cache(maxsize=1 << 14)
def header_roles(header: str) -> Mapping[str, float]:
    """
    Tell what the header of a column may mean.

    Parameters
    ----------
    header
        The header.

    Returns
    -------
    roles
        For each possible role how surely the header names it, from 0 to 1: as known, as the first part of a compound
        (`Organisme / fonction`), with a typing slip. Nothing where it is not known.

    Examples
    --------
    >>> header_roles("Prénom :")
    {'first_name': 1.0}
    >>> max(header_roles("Organisme / fonction").items(), key=lambda item: item[1])
    ('organisation', 0.85)
    """
    text = _HUMP.sub(" ", header.replace("_", " ").replace("’", "'"))
    plain = _CLOSING.sub("", ungendered(text)).strip()
    spelled = _CLOSING.sub("", folded(text.replace("·", " "))).strip()
    if not plain or len(plain) > 60:  # noqa: PLR2004 (a sentence is no header)
        return {}
    forms = dict.fromkeys((spelled, plain, re.sub(r"\s*/\s*", "/", plain)))
    known = next((form for form in forms if form in meanings("roles")), None)
    if known is not None:
        faint = meanings("faint").get(known, ())
        return {role: _FAINT if role in faint else _FIRST_MATCH for role in meanings("roles")[known]}
    return _of_form(plain, spelled) or _of_parts(spelled) or _of_slip(plain) or _of_stem(plain)


def _of_form(plain: str, spelled: str) -> dict[str, float]:
    """Read a header by how it is made: `member_name_eng`, `meet_id`, `Date de naissance`, `Nom du participant`."""
    shorter = re.sub(r"\s+(?:eng|en|fr|english|francais)$", "", plain)
    whose = _WHOSE_NAME.fullmatch(plain)
    if shorter in meanings("roles"):
        return dict.fromkeys(meanings("roles")[shorter], _COMPOUND)
    if whose is not None:
        is_given = whose.group(1).startswith(("pre", "first", "given"))
        return dict.fromkeys(("first_name",) if is_given else ("last_name", "person"), _COMPOUND)
    if re.search(r"(?:\b(?:id|uuid|code|ref)|[#°])$", plain):
        return {"index": _COMPOUND}
    if _OTHER_DAYS.search(spelled) or _OF_PAYMENT.search(spelled):
        return {"unused": _COMPOUND}
    return _of_named(plain)


def _of_named(plain: str) -> dict[str, float]:
    """Read `Employer name`, `Nom de l'organisme`, `Organization 1 - Name` by what is named there."""
    named = _NAME_OF.fullmatch(plain)
    roles = meanings("roles").get(named["before"] or named["behind"], ()) if named else ()
    return dict.fromkeys((role for role in roles if role in _NAMED), _COMPOUND)


def _of_parts(plain: str) -> dict[str, float]:
    """Read a compound by its parts: each known part counts, the first most."""
    if {"nom", "prenom"} <= set(_WORD.findall(plain)):
        return {"person": _COMPOUND}
    parts = [_CLOSING.sub("", ungendered(part)).strip() for part in _PARTS.split(plain)]
    found: dict[str, float] = {}
    weight = _COMPOUND
    for part in filter(None, parts):
        for role in meanings("roles").get(part, ()):
            found.setdefault(role, weight)
        if not found and part == parts[0]:
            # Where the first part is unknown, what follows it only explains it.
            weight -= 0.25
        weight -= 0.1
    return {role: value for role, value in found.items() if value > 0}


@cache
def _long_headers() -> list[str]:
    return [word for word in meanings("roles") if len(word) >= _SHORTEST_SLIP]


def _of_slip(plain: str) -> dict[str, float]:
    if len(plain) < _SHORTEST_SLIP:
        return {}
    best = process.extractOne(plain, _long_headers(), scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
    return dict.fromkeys(meanings("roles")[best[0]], _SLIP) if best else {}


def _of_stem(plain: str) -> dict[str, float]:
    """Read a header that nothing else explains by a word in it, with little weight."""
    found = next((role for stem, role in _STEMS if stem.search(plain)), None)
    return {found: _STEM} if found else {}


def document_kinds(names: Iterable[str]) -> frozenset[str]:
    """
    Tell what the names of a file and a sheet, or a title, say of a document.

    Parameters
    ----------
    names
        The names and titles.

    Returns
    -------
    kinds
        Any of `directory`, `invitation`, `attendance`, `poll`, `summary`, `contacts`, `minutes`.

    Examples
    --------
    >>> sorted(document_kinds(["Annuaire partenaires MAJ 2024"]))
    ['directory']
    """
    plain = [ungendered(name.replace("_", " ")) for name in names]
    bare = {kind for name in plain for kind in meanings("bare_documents").get(re.sub(r"\s*\d{4}$", "", name), ())}
    # A hyphen is part of a word (`sign-in`) or stands between two, as in names of files.
    said = " ".join(f" {' '.join(_WORD.findall(form))} " for name in plain for form in {name, name.replace("-", " ")})
    return frozenset(bare) | frozenset(
        kind for kind in _vocabulary()["documents"] for word in words_of("documents", kind) if f" {word} " in said
    )
