"""
Who is who: many spellings, one actor.

Forms that differ by case, accents, punctuation or the order of a person's names match on their own. Anything less certain is
only suggested, with its score and the evidence, and a person decides in the alias table (`aliases.csv` beside the records):
École Pasteur and École Pauline Kergomard score 85 and are two schools.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import pandas as pd
from rapidfuzz import fuzz, process

from partnet_analysis.messages import Phrase
from partnet_analysis.records.folding import folded
from partnet_analysis.records.tables import Records

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
        The name that each merged name stands for.
    apart
        Names, exactly as written, that must not match others by their key.
    decided
        The pairs that somebody has decided about, one way or the other.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    decided: frozenset[frozenset[str]] = frozenset()

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
            The decisions; the last one about a name holds. Names decided different are kept apart even where they would
            match on their own.
        """
        same: dict[str, str] = {}
        apart: set[str] = set()
        decided: set[frozenset[str]] = set()
        for name, same_as, decision in ((name.strip(), same_as.strip(), folded(word)) for name, same_as, word in rows):
            if not name or not same_as or decision not in (*_SAME, *_DIFFERENT):
                continue
            decided.add(frozenset((name, same_as)))
            same.pop(name, None)
            apart.discard(name)
            if decision in _SAME:
                same[name] = same_as
            elif person_key(name) == person_key(same_as) or organisation_key(name) == organisation_key(same_as):
                apart.add(name)
        return cls(same, frozenset(apart), frozenset(decided))

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
        meant = self.meant(name, kind)
        return f"={meant}" if meant in self.apart else make(meant) or f"={meant}"

    def meant(self, name: str, kind: Kind) -> str:
        """
        Follow decisions from a name to the one it stands for.

        Parameters
        ----------
        name
            The name as written.
        kind
            Whether it names a person or an organisation.

        Returns
        -------
        meant
            The name decided for it, else the name itself.
        """
        current = name.strip()
        if not self.same:
            return current
        make = person_key if kind == "person" else organisation_key
        by_key = {make(written): target for written, target in self.same.items()}
        seen: set[str] = set()
        while make(current) in by_key and make(current) not in seen:
            seen.add(make(current))
            current = by_key[make(current)]
        return current


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
    best = max(sorted(set(forms)), key=lambda form: (_case_rank(form), forms.count(form), len(form)))
    return _given_name_first(best) if kind == "person" else best


def _case_rank(form: str) -> int:
    """Rank by case: mixed case tells most, capitals more than small letters."""
    return 1 if form.isupper() else 0 if form.islower() else 2


def _given_name_first(name: str) -> str:
    words = name.split()
    family = [word for word in words if word.isupper() and len(word) > 1 and not word.endswith(".")]
    given = [word for word in words if word not in family]
    if not family:
        return name
    return " ".join([*given, *("-".join(part.capitalize() for part in word.split("-")) for word in family)])


def name_suggestions(records: Records, aliases: Aliases | None = None) -> pd.DataFrame:
    """
    Suggest which actors may be one, for a person to decide.

    Parameters
    ----------
    records
        The records, at the level of persons.
    aliases
        What is already decided, and so not asked again.

    Returns
    -------
    suggestions
        One row for each pair that looks alike: `name`, `same_as`, `decision` (empty: yours to fill with `same` or
        `different`), `kind`, `score` (0 to 100) and `evidence` (phrases); the most alike first. Nothing is ever merged on a
        score. Saved as `aliases.csv` beside the records and filled in, it is the alias table.

    Notes
    -----
    The score is RapidFuzz's ratio of the sorted words; at least 85 where one organisation's words are all in the other's, 88
    where a person's initials agree, 90 where one name is made of the initials of the other.
    """
    actors = records.actors
    decided = aliases.decided if aliases is not None else frozenset()
    rows = []
    for kind in ("organisation", "person"):
        alike = actors[actors["kind"] == kind].drop_duplicates("name")
        rows += [
            (*pair[:5], (*pair[5], *_circumstances(records, pair[0], pair[1])))
            for pair in _pairs(alike["name"].to_list(), "person" if kind == "person" else "organisation")
            if frozenset(pair[:2]) not in decided
        ]
    frame = pd.DataFrame(rows, columns=list(SUGGESTION_COLUMNS))
    return frame.sort_values(["score", "name", "same_as"], ascending=[False, True, True], ignore_index=True)


def _circumstances(records: Records, one: str, other: str) -> Iterator[Phrase]:
    """Say what the records hold for or against: a shared organisation, meetings where both were present."""
    actors = records.actors
    of_name = [actors[actors["name"] == name] for name in (one, other)]
    employers = [set(rows["organisation_id"].dropna()) for rows in of_name]
    if employers[0] & employers[1]:
        yield Phrase("readers.evidence.organisation")
    present = records.attendance[records.attendance["status"] == "present"]
    met = [set(present.loc[present["actor_id"].isin(rows["actor_id"]), "meeting_id"]) for rows in of_name]
    if met[0] & met[1]:
        yield Phrase("readers.evidence.together", {"n": len(met[0] & met[1])})


def _pairs(written: list[str], kind: Kind) -> list[tuple[str, str, str, Kind, float, tuple[Phrase, ...]]]:
    make = person_key if kind == "person" else organisation_key
    keys = [make(name) for name in written]
    scores = process.cdist(keys, keys, scorer=fuzz.token_sort_ratio)
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
