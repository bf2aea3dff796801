"""Which names may be one actor, with what speaks for it and against it: for a person to decide."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from partnet_analysis.messages import Phrase
from partnet_analysis.records.acronyms import LONGEST, SHORTEST, SMALL_WORDS, declared, stands_for
from partnet_analysis.records.identity import Aliases, Kind, key_of, pair_of
from partnet_analysis.records.tables import Records

SUGGESTION_COLUMNS: Final = ("name", "same_as", "decision", "kind", "score", "evidence")
LOWEST_SCORE: Final = 80.0
"""Similarity, from 0 to 100, below which two names are not even suggested."""

_SLIP_SCORE: Final = 99.0
_DECLARED_SCORE: Final = 97.0
_ACRONYM_SCORE: Final = 90.0
_INITIALS_SCORE: Final = 88.0
_CONTAINED_SCORE: Final = 85.0
_AT_ONCE: Final = 512


class Slip(NamedTuple):
    """
    A name that was taken for a directory's, from which it differs by a slip of the pen alone.

    Parameters
    ----------
    name
        The name as written.
    same_as
        The directory's.
    kind
        Whether they name persons or organisations.
    """

    name: str
    same_as: str
    kind: Kind


@dataclass(frozen=True)
class FoundNames:
    """
    The names of a folder of records, as written.

    Parameters
    ----------
    files
        The files that each name stands in.
    slips
        The names taken for a directory's.
    """

    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()


NOTHING_FOUND: Final = FoundNames()


def name_suggestions(records: Records, aliases: Aliases | None = None, *, found: FoundNames = NOTHING_FOUND) -> pd.DataFrame:
    """
    Suggest which actors may be one, for a person to decide.

    Parameters
    ----------
    records
        The records, at the level of persons.
    aliases
        What is already decided, and so not asked again.
    found
        The names as written: acronyms that some file writes out, and slips taken for a directory's name.

    Returns
    -------
    suggestions
        One row for each pair that looks alike: `name`, `same_as`, `decision` (yours to fill with `same` or `different`;
        empty, or `later` where that was decided), `kind`, `score` (0 to 100) and `evidence` (phrases); the most alike
        first. Nothing is ever merged on a score. Saved beside the records and filled in, it is the table of names.

    Notes
    -----
    The score is RapidFuzz's ratio of the sorted words; at least 85 where one organisation's words are all in the other's, 88
    where a person's initials agree, 90 where one name is made of the initials of the other, 97 where some file writes both
    together, 99 for a slip of the pen in a directory's name, which holds until somebody decides `different`.
    """
    decided = aliases or Aliases()
    circumstances = _Circumstances(records)
    rows: list[tuple[str, str, str, Kind, float, tuple[Phrase, ...]]] = [
        (slip.name, slip.same_as, "", slip.kind, _SLIP_SCORE, (Phrase("readers.evidence.slip"),))
        for slip in found.slips
        if not decided.is_decided(slip.name, slip.same_as, slip.kind)
    ]
    for kind in _KINDS:
        names = records.actors.loc[records.actors["kind"] == kind, "name"].drop_duplicates().to_list()
        rows += [
            (short, long, "", kind, score, (*evidence, *circumstances.of(short, long)))
            for short, long, score, evidence in _pairs(names, kind, _declared(found.files))
            if not decided.is_decided(short, long, kind)
        ]
    waiting = {pair_of(name, same_as) for name, same_as, decision in decided.rows if decision == "later"}
    told = [(*row[:2], "later" if pair_of(*row[:2]) in waiting else "", *row[3:]) for row in rows]
    frame = pd.DataFrame(told, columns=list(SUGGESTION_COLUMNS))
    return frame.sort_values(["score", "name", "same_as"], ascending=[False, True, True], ignore_index=True)


_KINDS: Final[tuple[Kind, ...]] = ("organisation", "person")


class _Circumstances:
    """What the records hold for or against two names being one: a shared organisation, meetings where both were present."""

    def __init__(self, records: Records) -> None:
        actors = records.actors
        present = records.attendance[records.attendance["status"] == "present"]
        name_of = dict(zip(actors["actor_id"], actors["name"], strict=True))
        self._employers: dict[str, set[str]] = defaultdict(set)
        self._meetings: dict[str, set[str]] = defaultdict(set)
        employed = actors.dropna(subset="organisation_id")
        for name, employer in zip(employed["name"], employed["organisation_id"], strict=True):
            self._employers[name].add(employer)
        for actor, meeting in zip(present["actor_id"], present["meeting_id"], strict=True):
            self._meetings[name_of.get(actor, "")].add(meeting)

    def of(self, one: str, other: str) -> Iterator[Phrase]:
        """List them."""
        nothing: set[str] = set()
        if self._employers.get(one, nothing) & self._employers.get(other, nothing):
            yield Phrase("readers.evidence.organisation")
        if n := len(self._meetings.get(one, nothing) & self._meetings.get(other, nothing)):
            yield Phrase("readers.evidence.together", {"n": n})


def _declared(names: Iterable[str]) -> frozenset[tuple[str, str]]:
    return frozenset(pair for name in names if (pair := declared(name)))


def _pairs(
    written: Sequence[str], kind: Kind, said: frozenset[tuple[str, str]]
) -> Iterator[tuple[str, str, float, tuple[Phrase, ...]]]:
    """List the pairs that are alike; only those that share letters, a rare word or initials are looked at."""
    keys = [key_of(name, kind) for name in written]
    ordered = [" ".join(sorted(key.split())) for key in keys]
    scores = dict(_alike(ordered))
    candidates = {*scores, *_sharing_words(keys)}
    acronyms = _acronyms(keys, said) if kind == "organisation" else {}
    for one, other in sorted({*candidates, *acronyms}):
        by_acronym = acronyms.get((one, other))
        score, evidence = _likeness(keys[one], keys[other], scores.get((one, other), 0.0), kind, by_acronym)
        if score >= LOWEST_SCORE:
            short, long = sorted((written[one], written[other]), key=lambda name: (len(name), name))
            yield short, long, round(score, 1), evidence


def _alike(ordered: Sequence[str]) -> Iterator[tuple[tuple[int, int], float]]:
    """Compare everything with everything, a block of names at a time."""
    for start in range(0, len(ordered), _AT_ONCE):
        block = process.cdist(ordered[start : start + _AT_ONCE], ordered, scorer=fuzz.ratio, score_cutoff=LOWEST_SCORE)
        for row, column in zip(*np.nonzero(block), strict=True):
            one, other = start + int(row), int(column)
            if one < other:
                yield (one, other), float(block[row, column])


def _sharing_words(keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """List the pairs where one name has the rarest word of the other, initials and small words apart."""
    words = [{word for word in key.split() if len(word) > 1 and word not in SMALL_WORDS} for key in keys]
    holders: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(words):
        for word in own:
            holders[word].append(place)
    for place, own in enumerate(words):
        rarest = min(sorted(own), key=lambda word: len(holders[word]), default="")
        yield from ((min(place, other), max(place, other)) for other in holders.get(rarest, ()) if other != place)


def _acronyms(keys: Sequence[str], said: frozenset[tuple[str, str]]) -> dict[tuple[int, int], float]:
    """Score the pairs where one name is the other's acronym; of two letters, only where it can be no other's."""
    by_initial: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        by_initial[key[:1]].append(place)
    scored = {}
    for short, key in enumerate(keys):
        head = key.split(" ", 1)[0]
        if not head.isalpha() or len(head) > LONGEST:
            continue
        longs = [place for place in by_initial[key[:1]] if len(keys[place].split()) > 1 and stands_for(key, keys[place])]
        if len(head) < SHORTEST:
            longs = longs if len(longs) == 1 else []
        longs += [place for place in by_initial[key[:1]] if (key, keys[place]) in said]
        for long in longs:
            is_said = (key, keys[long]) in said
            scored[min(short, long), max(short, long)] = _DECLARED_SCORE if is_said else _ACRONYM_SCORE
    return scored


def _likeness(one: str, other: str, score: float, kind: Kind, by_acronym: float | None) -> tuple[float, tuple[Phrase, ...]]:
    evidence = []
    words, others = set(one.split()), set(other.split())
    shared = sorted((words & others) - SMALL_WORDS)
    if kind == "person" and shared and _initials_agree(words, others):
        score = max(score, _INITIALS_SCORE)
        evidence.append(Phrase("readers.evidence.initials"))
    if kind == "organisation" and (words < others or others < words) and shared:
        score = max(score, _CONTAINED_SCORE)
        evidence.append(Phrase("readers.evidence.contained"))
    if by_acronym:
        score = max(score, by_acronym)
        name = "declared" if by_acronym == _DECLARED_SCORE else "acronym"
        evidence.append(Phrase(f"readers.evidence.{name}"))
    if shared:
        evidence.append(Phrase("readers.evidence.shared", {"words": shared}))
    return score, tuple(evidence) or (Phrase("readers.evidence.letters"),)


def _initials_agree(words: set[str], others: set[str]) -> bool:
    """Tell whether one name has initials where the other has given names: `a bruneteau`, `anne bruneteau`."""
    initials, full = sorted((words - others, others - words), key=lambda group: sum(map(len, group)))
    return (
        bool(initials)
        and all(len(word) == 1 for word in initials)
        and Counter(word[0] for word in full) >= Counter(initials)
        and len(initials) == len(full)
    )
