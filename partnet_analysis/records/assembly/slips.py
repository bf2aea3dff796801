"""
Slips of the pen in the names of a directory: `Mision locale` where the directory has `Mission locale`.

Only where nothing else is likely: one name of the directory is a letter or two away, no other is, both were never present
at one meeting, nobody decided about them, and what differs is inside a long word that no other name has. Two persons must
also come for one organisation. Whatever is less certain is only suggested.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import process
from rapidfuzz.distance import OSA

from partnet_analysis.records.assembly.meeting_matching import table_rows
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.cells.values import ERROR_CELLS
from partnet_analysis.records.entries import PLACES, Batch, Findings, Source
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import Aliases, Kind
from partnet_analysis.records.likeness import Slip

DIRECTORY: Final = "directory"
_COLUMNS: Final = {
    "actors": ("actor_id",),
    "meetings": ("convener_id",),
    "attendance": ("actor_id",),
    "contacts": ("source_id", "target_id"),
}
_FEWEST_LETTERS: Final = {1: 8, 2: 14}
"""Letters of the whole name from which that many slips may be only slips."""

_FEWEST_OF_A_WORD: Final[Mapping[tuple[Kind, int], int]] = {
    ("organisation", 1): 5,
    ("organisation", 2): 8,
    ("person", 1): 6,
    ("person", 2): 8,
}
"""Letters of each word that differs, by kind and slips in it: est and ouest, nord and sud, Anne and Anna are no slips."""

_AT_ONCE: Final = 512

_Key = tuple[Kind, str]


class FoundSlip(NamedTuple):
    """
    A slip, and where it stands first.

    Parameters
    ----------
    slip
        The name and the directory's.
    key
        The kind and the key of the name.
    source
        The file or sheet.
    cell
        The cell.
    """

    slip: Slip
    key: _Key
    source: Source
    cell: str


def without_slips(batches: Sequence[Batch], aliases: Aliases, findings: Findings) -> tuple[Aliases, tuple[Slip, ...]]:
    """
    Take slips of the pen for the names of a directory, and remark on each.

    Parameters
    ----------
    batches
        What the files gave, with the ids of meetings.
    aliases
        What a person decided about names.
    findings
        Where each is remarked on.

    Returns
    -------
    aliases
        The same with the slips.
    slips
        What they are.
    """
    found = _Names(batches, aliases).slips()
    for slip, _, source, cell in found:
        line = int("".join(filter(str.isdigit, cell)) or 0) or None
        findings.remark(source, "PN180", line=line, cell=cell, value=slip.name, name=slip.name, meant=slip.same_as)
    return aliases.with_slips({each.key: each.slip.same_as for each in found}), tuple(each.slip for each in found)


def names_of_directories(batches: Sequence[Batch]) -> Iterator[tuple[Kind, str]]:
    """
    List the names that directories and the roster give.

    Parameters
    ----------
    batches
        What the files gave.

    Yields
    ------
    name
        The kind and the name as written.
    """
    for row in table_rows(batches, "actors"):
        if isinstance(row["actor_id"], str) and row["actor_id"]:
            is_person = folded(str(row.get("kind", ""))) in ("person", "personne")
            yield ("person" if is_person else "organisation"), str(row.get("name") or row["actor_id"])
    for batch in batches:
        if batch.source.shape == DIRECTORY and "actors" in batch.tables:
            for mention in batch.tables["actors"]["actor_id"]:
                yield from _names_of(mention)


def files_of_names(batches: Sequence[Batch]) -> dict[str, tuple[str, ...]]:
    """
    Note which files each name stands in.

    Parameters
    ----------
    batches
        What the files gave.

    Returns
    -------
    files
        For each name as written, the files, in their order; an identifier counts as the roster's name.
    """
    roster = (row for row in table_rows(batches, "actors") if isinstance(row["actor_id"], str))
    names = {row["actor_id"]: str(row.get("name") or row["actor_id"]) for row in roster}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for batch, frame, column in _mentioning(batches):
        for value in frame[column].drop_duplicates():
            written = [name for _, name in _names_of(value)] if isinstance(value, Mention) else [names.get(value, "")]
            for name in filter(None, written):
                found[name][batch.source.file] = None
    return {name: tuple(files) for name, files in found.items()}


def _mentioning(batches: Sequence[Batch]) -> Iterator[tuple[Batch, pd.DataFrame, str]]:
    """List the columns that mention somebody."""
    for batch in batches:
        for table, frame in batch.tables.items():
            yield from ((batch, frame, column) for column in _COLUMNS[table] if column in frame)


def _values(batches: Sequence[Batch]) -> Iterator[tuple[Batch, Any, str]]:
    """List who is mentioned and in which cell first, each once for a column."""
    for batch, frame, column in _mentioning(batches):
        first = frame[~frame[column].duplicated()]
        places = first[PLACES].to_list() if PLACES in first else [None] * len(first)
        for value, cells in zip(first[column], places, strict=True):
            yield batch, value, (cells.get(column) or cells.get("", "")) if isinstance(cells, dict) else ""


def _names_of(value: Any) -> Iterator[tuple[Kind, str]]:  # noqa: ANN401 (a cell: text or a mention)
    if isinstance(value, Mention) and not any(part in ERROR_CELLS for part in value):
        if value.person:
            yield "person", value.person
        if value.organisation:
            yield "organisation", value.organisation


class _Names:
    """Every name under its key: the directory's, the others, where they stand, and for whom persons come."""

    def __init__(self, batches: Sequence[Batch], aliases: Aliases) -> None:
        self._batches, self._aliases = batches, aliases
        self._keys: dict[tuple[Kind, str], str] = {}
        self._listed: dict[_Key, str] = {}
        for kind, name in names_of_directories(batches):
            self._listed.setdefault((kind, self._key(kind, name)), name)
        self._others: dict[_Key, tuple[str, Source, str]] = {}
        self._employers: dict[_Key, set[str]] = defaultdict(set)
        for batch, value, cell in _values(batches) if self._listed else ():
            for kind, name in _names_of(value):
                self._note(kind, name, batch.source, cell)
            if isinstance(value, Mention) and value.person and value.organisation:
                person = self._key("person", value.person)
                self._employers["person", person].add(self._key("organisation", value.organisation))
        self._roster = {row["actor_id"]: row for row in table_rows(batches, "actors") if isinstance(row["actor_id"], str)}
        self._note_employers_of_roster()

    def slips(self) -> list[FoundSlip]:
        """List the slips that can be nothing else."""
        pairs = [pair for kind in _KINDS for pair in self._near(kind)]
        pairs = [pair for pair in pairs if self._is_safe(*pair)]
        met = self._meetings({key for pair in pairs for key in pair}) if pairs else {}
        meant: dict[_Key, list[_Key]] = defaultdict(list)
        for other, listed in pairs:
            meant[listed].append(other)
        found = []
        for listed, others in meant.items():
            if not any(met[one] & met[two] for one, two in combinations([listed, *others], 2)):
                for other in others:
                    name, source, cell = self._others[other]
                    found.append(FoundSlip(Slip(name, self._listed[listed], listed[0]), other, source, cell))
        return found

    def _key(self, kind: Kind, name: str) -> str:
        if (kind, name) not in self._keys:
            self._keys[kind, name] = self._aliases.key(name, kind)
        return self._keys[kind, name]

    def _note(self, kind: Kind, name: str, source: Source, cell: str) -> None:
        key = (kind, self._key(kind, name))
        if key not in self._listed and self._aliases.meant(name, kind) == name.strip() and not key[1].startswith("="):
            self._others.setdefault(key, (name, source, cell))

    def _note_employers_of_roster(self) -> None:
        for row in self._roster.values():
            employer = self._roster.get(row.get("organisation_id", ""))
            if employer is not None:
                key = self._key_of_row(employer)[1]
                self._employers[self._key_of_row(row)].add(key)

    def _key_of_row(self, row: Mapping[str, Any]) -> _Key:
        is_person = folded(str(row.get("kind", ""))) in ("person", "personne")
        kind: Kind = "person" if is_person else "organisation"
        return kind, self._key(kind, str(row.get("name") or row["actor_id"]))

    def _near(self, kind: Kind) -> Iterator[tuple[_Key, _Key]]:
        """Pair each name with the one of the directory that is a letter or two away, where there is one alone."""
        others = [key for of_kind, key in self._others if of_kind == kind]
        listed = [key for of_kind, key in self._listed if of_kind == kind]
        for start in range(0, len(others) if listed else 0, _AT_ONCE):
            block = others[start : start + _AT_ONCE]
            distances = process.cdist(block, listed, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
            for key, row in zip(block, distances, strict=True):
                near = np.flatnonzero(row <= max(_FEWEST_LETTERS))
                if len(near) == 1:
                    yield (kind, key), (kind, listed[int(near[0])])

    def _is_safe(self, other: _Key, listed: _Key) -> bool:
        kind, key = other
        is_shared = kind == "organisation" or bool(self._employers[other] & self._employers[listed])
        return (
            is_shared
            and not self._aliases.is_decided(self._others[other][0], self._listed[listed], kind)
            and is_slip(key, listed[1], kind)
            and all(self._n_holders[word] == 1 for word, _ in _differing(key, listed[1]))
        )

    @property
    def _n_holders(self) -> Counter[str]:
        """Count the names that have each word."""
        if not hasattr(self, "_holders"):
            keys = {*self._listed, *self._others}
            self._holders = Counter(word for _, key in keys for word in set(key.split()))
        return self._holders

    def _meetings(self, wanted: set[_Key]) -> dict[_Key, set[str]]:
        """Find at which meetings some names were present."""
        met: dict[_Key, set[str]] = {key: set() for key in wanted}
        for row in table_rows(self._batches, "attendance"):
            if folded(str(row.get("status", ""))).startswith("p"):
                for key in self._keys_of(row["actor_id"]):
                    if key in met:
                        met[key].add(row["meeting_id"])
        return met

    def _keys_of(self, value: Any) -> Iterable[_Key]:  # noqa: ANN401 (a cell: text or a mention)
        if isinstance(value, Mention):
            return [(kind, self._key(kind, name)) for kind, name in _names_of(value)]
        return [self._key_of_row(self._roster[value])] if value in self._roster else []


_KINDS: Final[tuple[Kind, ...]] = ("organisation", "person")


def is_slip(key: str, listed: str, kind: Kind) -> bool:
    """
    Tell whether a key can only be a slip for another, as far as their letters tell.

    Parameters
    ----------
    key
        The key of a name.
    listed
        The key of a name of the directory.
    kind
        Whether they name persons or organisations.

    Returns
    -------
    slip
        Whether as many words stand in both, no digit differs, and few letters do, in long words. Of persons the end of a
        word must be the same too: Louis and Louise, Durand and Durant are two.

    Examples
    --------
    >>> is_slip("mision locale", "mission locale", "organisation"), is_slip("centre 1", "centre 2", "organisation")
    (True, False)
    """
    if len(key.split()) != len(listed.split()):
        return False
    differing = _differing(key, listed)
    distance = sum(OSA.distance(*pair) for pair in differing)
    n_letters = min(len(key.replace(" ", "")), len(listed.replace(" ", "")))
    return (
        distance in _FEWEST_LETTERS
        and n_letters >= _FEWEST_LETTERS[distance]
        and all(_is_slip_of_a_word(one, other, kind) for one, other in differing)
    )


def _differing(key: str, listed: str) -> list[tuple[str, str]]:
    return [(one, other) for one, other in zip(key.split(), listed.split(), strict=False) if one != other]


def _is_slip_of_a_word(one: str, other: str, kind: Kind) -> bool:
    fewest = _FEWEST_OF_A_WORD.get((kind, OSA.distance(one, other)), len(one) + 1)
    return (
        one.isalpha()
        and other.isalpha()
        and min(len(one), len(other)) >= fewest
        and (kind != "person" or one[-1] == other[-1])
    )
