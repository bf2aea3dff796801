"""Minutes-like sheets: names down a column under `Members` or `Présents`, others under `Apologies` further down."""

import re
from collections.abc import Iterator
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import is_section_word, mention_in, mentions_in
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.shapes.pages import day_around, is_blank, title_block
from partnet_analysis.records.sheets.shapes.sign_in import meeting_of_block, section_status

_LONGEST_NAME: Final = 120
_MOST_WORDS: Final = 7
_ITEM: Final = re.compile(r"\d+[.):]?\s|\d|[-•]?\s*(?:agenda|ordre du jour|decisions?|actions?|item|point)\b", re.IGNORECASE)


def minutes(grid: Grid, rule: SourceRule) -> Batch | None:  # noqa: ARG001 (every shape is called alike)
    """
    Read a minutes-like sheet.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        One meeting and who is listed under which heading; None where no cell is such a heading, or no day can be found.
    """
    headings = [
        (row, column)
        for row, cells in enumerate(grid.rows)
        for column, cell in enumerate(cells)
        if cell.strip() and is_section_word(cell.partition(":")[0] if ":" in cell else cell)
    ]
    if not headings:
        return None
    first = min(row for row, _ in headings)
    block = title_block(grid, range(first))
    day = day_around(grid, block)
    if not day[0]:
        return None
    draft = Draft.of_grid(grid, "minutes")
    occasion = meeting_of_block(grid, block, draft, day)
    used = set()
    for column in sorted({column for _, column in headings}):
        for row, status, cell in _listed(grid, column):
            used.add(row)
            packed = cell.partition(":")[2] if is_section_word(cell.partition(":")[0]) else ""
            entry = draft.entry(row)
            for mention in mentions_in(packed) if packed else [mention_in(cell)]:
                values = {"meeting_id": occasion, "actor_id": mention if any(mention) else "", "status": status}
                draft.add("attendance", entry, values, {"": (row, column)})
    for row in range(len(grid.rows)):
        if row not in used and not is_blank(grid, row):
            draft.ignore(row, "PN053")
    return draft.batch()


def _listed(grid: Grid, column: int) -> Iterator[tuple[int, str, str]]:
    """Walk down a column: each name with its section's status, until something that is no name ends the section."""
    status = ""
    for row in range(len(grid.rows)):
        cell = grid.cell(row, column)
        head, colon, rest = cell.partition(":")
        if cell and is_section_word(head if colon else cell):
            status = section_status(head)
            beside = grid.cell(row, column + 1)
            if rest.strip():
                yield row, status, cell
            elif beside and not is_section_word(beside.partition(":")[0]):
                yield row, status, f"{head}: {beside}"
        elif cell and status and _is_no_name(cell):
            status = ""
        elif cell and status:
            yield row, status, cell


def _is_no_name(cell: str) -> bool:
    line = cell.splitlines()[0]
    outside = re.sub(r"\([^()]*\)", "", line)
    return len(line) > _LONGEST_NAME or bool(_ITEM.match(cell)) or len(outside.split()) > _MOST_WORDS
