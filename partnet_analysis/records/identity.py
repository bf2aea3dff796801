"""
Who is who: many spellings, one actor.

Forms that differ by case, accents, punctuation or the order of a person's names match on their own. Anything less certain is
only suggested, with its score and the evidence, and a person decides in the alias table (`aliases.csv` beside the records):
École Pasteur and École Pauline Kergomard score 85 and are two schools.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd
from rapidfuzz import fuzz, process

from partnet_analysis.messages import Phrase
from partnet_analysis.records.folding import folded

ALIAS_FILE: Final = "aliases.csv"
ALIAS_COLUMNS: Final = ("name", "same_as", "decision")
SUGGESTION_COLUMNS: Final = ("name", "same_as", "decision", "kind", "score", "evidence")
LOWEST_SCORE: Final = 80.0
"""Similarity, from 0 to 100, below which two names are not even suggested."""

_SAME: Final = ("same", "meme", "oui", "yes", "x", "1", "identique", "fusionner", "merge")
_DIFFERENT: Final = ("different", "differents", "non", "no", "0", "separer", "separate", "unmerge", "distinct")
_SHORTEST_ACRONYM: Final = 3
_SMALL_WORDS: Final = (
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "l",
    "d",
    "et",
    "of",
    "the",
    "and",
    "pour",
    "for",
    "en",
    "a",
    "au",
    "aux",
)

_CIVILITY: Final = re.compile(
    r"^(?:m\.|mr\.?|mm\.|mme\.?|mmes\.?|mlle\.?|madame|monsieur|mrs\.?|ms\.?|miss|dr\.?|pr\.?|prof\.?|cllr\.?|councillor|sir|me)\s+",
    re.IGNORECASE,
)
Kind = Literal["organisation", "person"]


@dataclass(frozen=True)
class Aliases:
    """
    What a person decided about names.

    Parameters
    ----------
    same
        The name that each merged name stands for, by key.
    apart
        Names, exactly as written, that must not match others by their key.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()

    @classmethod
    def of_rows(cls, rows: Iterable[tuple[str, str, str]]) -> "Aliases":
        """
        Read decisions.

        Parameters
        ----------
        rows
            Name, the name it may be the same as, and the decision: `same`, `different`, or nothing yet.

        Returns
        -------
        aliases
            The decisions; the last one about a pair holds.
        """
        same: dict[str, str] = {}
        apart: set[str] = set()
        for name, same_as, decision in rows:
            word = folded(decision)
            if word in _SAME and name.strip() and same_as.strip():
                same[name.strip()] = same_as.strip()
                apart.discard(name.strip())
            elif word in _DIFFERENT and name.strip():
                same.pop(name.strip(), None)
                apart.add(name.strip())
        return cls(same, frozenset(apart))

    def key(self, name: str, kind: Kind) -> str:
        """
        Give the key under which a name is filed.

        Parameters
        ----------
        name
            The name as written.
        kind
            Whether it names a person or an organisation.

        Returns
        -------
        key
            Equal for names that mean one actor.
        """
        make = person_key if kind == "person" else organisation_key
        by_key = {make(written): target for written, target in self.same.items()}
        seen: set[str] = set()
        current = name.strip()
        while make(current) in by_key and make(current) not in seen:
            seen.add(make(current))
            current = by_key[make(current)]
        return f"={current}" if current in self.apart else make(current) or f"={current}"


def without_civility(name: str) -> str:
    """
    Take `Mme`, `Dr` and their like away.

    Parameters
    ----------
    name
        A name.

    Returns
    -------
    bare
        The name alone.
    """
    return _CIVILITY.sub("", name.strip()).strip()


def person_key(name: str) -> str:
    """
    Reduce a person's name to what people do not vary.

    Parameters
    ----------
    name
        The name as written.

    Returns
    -------
    key
        Its words without civility, accents, capitals and hyphens, in alphabetical order.

    Examples
    --------
    >>> person_key("Mme BRUNETEAU Anne-Lise") == person_key("Anne Lise Bruneteau")
    True
    """
    return " ".join(sorted(re.findall(r"[^\W_]+", folded(without_civility(name)))))


def organisation_key(name: str) -> str:
    """
    Reduce an organisation's name to what people do not vary.

    Parameters
    ----------
    name
        The name as written.

    Returns
    -------
    key
        Its words without accents, capitals and punctuation; `M.J.C.` is `MJC`, `&` is `et`.

    Examples
    --------
    >>> organisation_key("M.J.C. « Les Amis »") == organisation_key("MJC Les amis")
    True
    """
    plain = re.sub(r"(?<=\b\w)\.(?=\w\b|\s|$)", "", folded(name)).replace("&", " et ")
    return " ".join(re.findall(r"[^\W_]+", plain))


def slug(name: str) -> str:
    """
    Make an identifier of a name.

    Parameters
    ----------
    name
        The name.

    Returns
    -------
    slug
        Lower-case letters and digits joined by hyphens.

    Examples
    --------
    >>> slug("Mission locale du Forez")
    'mission-locale-du-forez'
    """
    plain = folded(name).replace("œ", "oe").replace("æ", "ae")
    return "-".join(re.findall(r"[a-z0-9]+", plain)) or "x" + "-".join(f"{ord(letter):x}" for letter in plain[:12])


def shown_name(written: Sequence[str], kind: Kind) -> str:
    """
    Choose how to show a name that is written in several ways.

    Parameters
    ----------
    written
        Its forms, one for each time it is written.
    kind
        Whether it names a person or an organisation.

    Returns
    -------
    name
        The form most often written, mixed case before capitals; a person's given name first where capitals tell it.
    """
    forms = [without_civility(form) if kind == "person" else form.strip() for form in written]
    best = max(sorted(set(forms)), key=lambda form: (not form.isupper(), not form.islower(), forms.count(form), len(form)))
    return _given_name_first(best) if kind == "person" else best


def _given_name_first(name: str) -> str:
    words = name.split()
    family = [word for word in words if word.isupper() and len(word) > 1 and not word.endswith(".")]
    given = [word for word in words if word not in family]
    if not family:
        return name
    return " ".join([*given, *("-".join(part.capitalize() for part in word.split("-")) for word in family)])


def name_suggestions(actors: pd.DataFrame) -> pd.DataFrame:
    """
    Suggest which actors may be one, for a person to decide.

    Parameters
    ----------
    actors
        The roster.

    Returns
    -------
    suggestions
        One row for each pair that looks alike: `name`, `same_as`, `decision` (empty: yours to fill with `same` or
        `different`), `kind`, `score` (0 to 100) and `evidence` (phrases); the most alike first. Nothing is ever merged on a
        score. Saved as `aliases.csv` beside the records and filled in, it is the alias table.

    Notes
    -----
    The score is RapidFuzz's ratio of the sorted words; at least 85 where one organisation's words are all in the
    other's, 88 where a person's initials agree, 90 where one name is made of the initials of the other.
    """
    rows = []
    for kind in ("organisation", "person"):
        alike = actors[actors["kind"] == kind].drop_duplicates("name")
        rows += _pairs(alike["name"].to_list(), "person" if kind == "person" else "organisation")
    frame = pd.DataFrame(rows, columns=list(SUGGESTION_COLUMNS))
    return frame.sort_values(["score", "name", "same_as"], ascending=[False, True, True], ignore_index=True)


def _pairs(written: list[str], kind: Kind) -> list[tuple[str, str, str, Kind, float, tuple[Phrase, ...]]]:
    make = person_key if kind == "person" else organisation_key
    keys = [make(name) for name in written]
    scores = process.cdist(keys, keys, scorer=fuzz.token_sort_ratio, score_cutoff=LOWEST_SCORE)
    pairs = []
    for one in range(len(keys)):
        for other in range(one + 1, len(keys)):
            score, evidence = _likeness(keys[one], keys[other], float(scores[one, other]), kind)
            if score >= LOWEST_SCORE:
                short, long = sorted((written[one], written[other]), key=lambda name: (len(name), name))
                pairs.append((short, long, "", kind, round(score, 1), evidence))
    return pairs


def _likeness(one: str, other: str, score: float, kind: Kind) -> tuple[float, tuple[Phrase, ...]]:
    evidence = []
    words, others = set(one.split()), set(other.split())
    shared = sorted((words & others) - set(_SMALL_WORDS))
    if kind == "person" and shared and _initials_agree(one, other):
        score = max(score, 88.0)
        evidence.append(Phrase("readers.evidence.initials"))
    if kind == "organisation" and (words < others or others < words) and shared:
        score = max(score, 85.0)
        evidence.append(Phrase("readers.evidence.contained"))
    if kind == "organisation" and (_is_acronym(one, other) or _is_acronym(other, one)):
        score = max(score, 90.0)
        evidence.append(Phrase("readers.evidence.acronym"))
    if shared:
        evidence.append(Phrase("readers.evidence.shared", {"words": shared}))
    if not evidence:
        evidence.append(Phrase("readers.evidence.letters"))
    return score, tuple(evidence)


def _initials_agree(one: str, other: str) -> bool:
    """Tell whether one name has initials where the other has given names: `a bruneteau`, `anne bruneteau`."""
    words, others = set(one.split()) - set(other.split()), set(other.split()) - set(one.split())
    initials, full = sorted((words, others), key=lambda group: sum(map(len, group)))
    return (
        bool(initials)
        and all(len(word) == 1 for word in initials)
        and {word[0] for word in full} >= initials
        and len(initials) == len(full)
    )


def _is_acronym(short: str, long: str) -> bool:
    letters = "".join(word[0] for word in long.split() if word not in _SMALL_WORDS)
    return len(short) >= _SHORTEST_ACRONYM and " " not in short and short == letters
