"""Cells of text → typed values; what cannot be read says why, by code."""

import math
import re
import unicodedata
from typing import Final

from partnet_analysis import names
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import UNCOMPUTED


class BadValueError(ValueError):
    """
    A cell that cannot be read as what its column holds.

    Parameters
    ----------
    code
        The stable code of the fault.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


ERROR_CELLS: Final = (
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#VALUE!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    UNCOMPUTED,
)
"""What a spreadsheet shows where a formula failed, and what stands where its result was never stored."""

_TRUE: Final = {"true", "vrai", "oui", "yes", "o", "y", "1", "x"}
_FALSE: Final = {"false", "faux", "non", "no", "n", "0"}

_WORDS: Final = {
    "status": {
        "present": "present", "presente": "present", "p": "present", "x": "present", "oui": "present", "yes": "present",
        "1": "present", "pres": "present", "true": "present", "vrai": "present", "y": "present", "o": "present",
        "en visio": "present", "visio": "present", "distanciel": "present", "presentiel": "present", "✓": "present",
        "✔": "present", "☑": "present", "ok": "present", "signe": "present", "signee": "present",
        "absent excuse": "excused", "absente excusee": "excused", "abs exc": "excused", "abs. exc": "excused",
        "absence excusee": "excused", "absent non excuse": "absent", "absente non excusee": "absent", "non excuse": "absent",
        "non excusee": "absent",
        "excused": "excused", "excuse": "excused", "excusee": "excused", "exc": "excused", "e": "excused",
        "apologies": "excused", "apology": "excused",
        "absent": "absent", "absente": "absent", "abs": "absent", "a": "absent", "0": "absent", "non": "absent",
        "no": "absent", "false": "absent", "faux": "absent", "n": "absent",
        "unknown": "unknown", "inconnu": "unknown", "inconnue": "unknown", "?": "unknown",
    },
    "actor_kind": {
        "organisation": "organisation", "organization": "organisation", "structure": "organisation",
        "organisme": "organisation", "association": "organisation", "institution": "organisation",
        "person": "person", "personne": "person", "individual": "person", "individu": "person",
    },
    "level": {
        "decision maker": "decision_maker", "decideur": "decision_maker", "decideuse": "decision_maker",
        "direction": "decision_maker", "directeur": "decision_maker", "directrice": "decision_maker",
        "manager": "manager", "cadre": "manager", "responsable": "manager", "encadrant": "manager", "encadrante": "manager",
        "field worker": "field_worker", "agent de terrain": "field_worker", "agente de terrain": "field_worker",
        "terrain": "field_worker", "professionnel de terrain": "field_worker", "professionnelle de terrain": "field_worker",
        "volunteer": "volunteer", "benevole": "volunteer",
        "elected": "elected", "elu": "elected", "elue": "elected",
        "resident": "resident", "habitant": "resident", "habitante": "resident",
    },
    "meeting_kind": {
        "plenary": "plenary", "pleniere": "plenary", "assemblee pleniere": "plenary",
        "workshop": "workshop", "atelier": "workshop", "atelier thematique": "workshop",
        "working group": "working_group", "groupe de travail": "working_group",
        "gt": "working_group", "groupe": "working_group",
        "committee": "committee", "comite": "committee", "commission": "committee", "copil": "committee",
        "comite de pilotage": "committee", "comite technique": "committee",
        "bilateral": "bilateral", "bilaterale": "bilateral", "entretien": "bilateral",
    },
}  # fmt: skip
"""Words of the closed vocabularies as people write them, without accents and capitals."""

_GENDER: Final = re.compile(r"(?:\(e?s?\)|[·.-]e?s?|s|\.)$")
"""Endings that write both genders at once, or an abbreviation: `excusé(e)`, `présent·e`, `Exc.`."""

_NOTE: Final = re.compile(r"\s+\([^()]*\)$")
"""A remark behind a word: `P (visio)`."""

_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")


def text(cell: str) -> str | None:
    """
    Clean a text.

    Parameters
    ----------
    cell
        The cell.

    Returns
    -------
    value
        The text in Unicode's composed form without spaces around it; None where nothing is left.
    """
    return unicodedata.normalize("NFC", cell).strip(" \t\r\n\f\v\u00a0\u202f\u200b\ufeff") or None


def number(cell: str) -> float:
    """
    Read a number.

    Parameters
    ----------
    cell
        `1.5`, `1,5` or `1 500`.

    Returns
    -------
    value
        The number.

    Raises
    ------
    BadValueError
        If it is none (PN013), or below zero (PN014).
    """
    plain = re.sub(r"\s", "", cell)
    if not _NUMBER.fullmatch(plain):
        raise BadValueError("PN013")
    value = float(plain.replace(",", "."))
    if not math.isfinite(value):
        raise BadValueError("PN013")
    if value < 0:
        raise BadValueError("PN014")
    return value


def truth(cell: str) -> bool:
    """
    Read a yes or no.

    Parameters
    ----------
    cell
        `true`, `oui`, `1`, … or `false`, `non`, `0`, ….

    Returns
    -------
    value
        Which of the two.

    Raises
    ------
    BadValueError
        If it is neither (PN041).
    """
    plain = folded(cell)
    if plain in _TRUE:
        return True
    if plain in _FALSE:
        return False
    raise BadValueError("PN041")


def word(vocabulary: str, cell: str, *, code: str = "PN041") -> str:
    """
    Read a word of a closed vocabulary.

    Parameters
    ----------
    vocabulary
        `status`, `actor_kind`, `level` or `meeting_kind`.
    cell
        The word, in French or English, in either gender, abbreviated or not.
    code
        The code of the fault where the word is unknown.

    Returns
    -------
    value
        The canonical word.

    Raises
    ------
    BadValueError
        If the vocabulary does not hold it.

    Examples
    --------
    >>> word("status", "Excusé(e)"), word("level", "field_worker")
    ('excused', 'field_worker')
    """
    plain = folded(cell).replace("_", " ")
    known = _WORDS[vocabulary]
    bare = _NOTE.sub("", plain)
    found = known.get(plain) or known.get(_GENDER.sub("", plain)) or known.get(bare) or known.get(_GENDER.sub("", bare))
    if found is None:
        raise BadValueError(code)
    return found


def known_words(vocabulary: str) -> tuple[str, ...]:
    """
    List the canonical words of a vocabulary.

    Parameters
    ----------
    vocabulary
        `status`, `actor_kind`, `level` or `meeting_kind`.

    Returns
    -------
    words
        The words.
    """
    return {
        "status": names.STATUSES,
        "actor_kind": names.ACTOR_KINDS,
        "level": names.LEVELS,
        "meeting_kind": names.MEETING_KINDS,
    }[vocabulary]
