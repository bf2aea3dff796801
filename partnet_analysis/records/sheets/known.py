"""Names that some column of some file says to be organisations' or persons': evidence for every other file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from partnet_analysis.config import Config
from partnet_analysis.records.cells.looks import KnownNames, looks_like_a_person
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.identity import organisation_key, person_key
from partnet_analysis.records.sheets.canonical import is_canonical
from partnet_analysis.records.sheets.context import is_total
from partnet_analysis.records.sheets.tables import Table, tables_in

_MOST_ROWS: Final = 20_000
"""Larger tables are exports with ids of their own, and no help to others."""

_LONGEST_NAME: Final = 80
_PACKS: Final = re.compile(r"[\n;()\[\]/|]|\s[–—-]\s")
"""Marks of cells that hold more than one name."""

_PERSONS: Final = frozenset({"person", "last_name", "first_name"})


def known_names(grids: Sequence[Grid], config: Config) -> KnownNames:
    """
    Gather the names that headers leave no doubt about.

    Parameters
    ----------
    grids
        Every sheet of the folder.
    config
        What `partnet.toml` says.

    Returns
    -------
    known
        The names below headers that mean organisations and nothing else, those that mean persons and look like some, and
        the marks beside which absences are marked.
    """
    organisations: set[str] = set()
    persons: set[str] = set()
    denied: set[tuple[str, str]] = set()
    for grid in grids:
        if len(grid.rows) > _MOST_ROWS or is_canonical(grid, config.rule(grid.file, grid.sheet), config):
            continue
        for table in tables_in(grid.cut):
            # A person who stands for nobody else is often written in the column of organisations too.
            named = (name for name in _names(table, frozenset({"organisation"})) if not looks_like_a_person(name))
            organisations.update(map(organisation_key, named))
            persons.update(
                person_key(name) for name in _names(table, _PERSONS) if looks_like_a_person(name) and "," not in name
            )
            denied.update(_marks_beside_absences(table))
    return KnownNames(frozenset(persons - organisations), frozenset(organisations - persons), frozenset(denied))


def _marks_beside_absences(table: Table) -> Iterator[tuple[str, str]]:
    """Go through the marks below each header of statuses where some mark says that somebody was absent."""
    for column in table.columns:
        if "status" in header_roles(table.name(column)):
            marks = {text for row in table.body if (text := table.grid.cell(row, column))}
            if any(_says_absent(mark) for mark in marks):
                yield from ((folded(table.name(column)), folded(mark)) for mark in marks)


def _says_absent(mark: str) -> bool:
    meaning = meaning_of(mark)
    return meaning.status == "absent" if meaning is not None else answer_of(mark) == "no"


def _names(table: Table, roles: frozenset[str]) -> Iterator[str]:
    """Go through the names below the headers that mean only some roles."""
    for column in _columns(table, roles):
        for text in dict.fromkeys(table.grid.cell(row, column) for row in table.body):
            if (
                text
                and len(text) <= _LONGEST_NAME
                and any(map(str.isalpha, text))
                and not is_total(text)
                and not _PACKS.search(text)
            ):
                yield text


def _columns(table: Table, roles: frozenset[str]) -> Iterable[int]:
    for column in table.columns:
        found = header_roles(table.name(column))
        if found and set(found) <= roles and max(found.values()) >= 0.85:  # noqa: PLR2004 (known, or the first part of a compound)
            yield column
