"""Minutes: names below or beside headings such as `Présents` and `Excusés`, in lines of text or in columns of a sheet."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import (
    KnownNames,
    Named,
    heading_status,
    is_doubtful,
    looks_like_a_person,
    looks_like_an_organisation,
    named_in,
)
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.layouts.common import meeting_of_title
from partnet_analysis.records.sheets.situation import Situation
from partnet_analysis.records.sheets.tables import Table

_LONGEST_NAME: Final = 120
_MOST_WORDS: Final = 9
_ITEM: Final = re.compile(r"\s*(?:\d+(?:\.\d+)*[.):]?\s|[ivx]+[.)]\s|\d|[a-z]\)\s)", re.IGNORECASE)
_STATUS: Final = {
    "present": "present",
    "excused": "excused",
    "absent": "absent",
    "represented": "excused",
    "invited": "unknown",
}
_VERBS: Final = re.compile(
    r"\b(?:est|sont|a|ont|was|were|has|have|is|are|sera|rappelle|presente|propose|remercie|ouvre|welcomed|opened|thanked)\b"
)


class Listed(NamedTuple):
    """
    A line of a list of people.

    Parameters
    ----------
    row
        Its row, from 0.
    column
        Its column, from 0.
    status
        What its heading says.
    text
        The names.
    """

    row: int
    column: int
    status: str
    text: str


def sections_in(grid: Grid) -> list[Listed]:
    """
    Find the lists of people below headings.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    listed
        Their lines, from top to bottom, column by column.
    """
    columns = sorted(
        {
            column
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if cell.strip() and _heading(cell)
        }
    )
    return [line for column in columns for line in _walk(grid, column)]


def minutes_situation(grid: Grid, listed: list[Listed], rule: SourceRule, known: KnownNames) -> Situation:
    """
    Take what stands above the first heading for the title block of minutes.

    Parameters
    ----------
    grid
        The cells.
    listed
        The lines found.
    rule
        What `partnet.toml` says of the file.
    known
        Names known from elsewhere.

    Returns
    -------
    situation
        The minutes as a table without header.
    """
    first = min(
        (row for row, cells in enumerate(grid.rows) if any(cell.strip() and _heading(cell) for cell in cells)), default=0
    )
    table = Table(grid, range(first), (), range(first, len(grid.rows)), range(max(grid.width, 1)))
    return Situation(table, rule, known)


def read_minutes(situation: Situation, listed: list[Listed], draft: Draft) -> None:
    """
    Write down one meeting and who is listed under which heading.

    Parameters
    ----------
    situation
        The minutes.
    listed
        The lines found.
    draft
        Where they are written down.
    """
    days = list(dict.fromkeys(situation.days_in_title))
    if len(days) > 1:
        draft.remark("PN155", situation.day[1], value=days[0], days=days)
    occasion = meeting_of_title(situation, draft)
    entries: dict[int, int] = {}
    # A list of those invited stays one, whatever its column is called.
    asked = "invitation" in situation.kinds and not {line.status for line in listed} - {"present", "invited"}
    for line in listed:
        entry = entries.setdefault(line.row, -2)
        if entry == -2:  # noqa: PLR2004 (none opened yet)
            entry = entries[line.row] = draft.entry(line.row)
        people = named_in(line.text, situation.known)
        clear = [named for named in people if not is_doubtful(named, situation.known)]
        if len(clear) < len(people) or not people:
            doubtful = (
                ", ".join(" ".join(filter(None, named.mention[:2])) for named in people if named not in clear) or line.text
            )
            draft.remark("PN165", (line.row, line.column), value=doubtful[:200])
        for named in clear:
            status = named.meaning.status if named.meaning is not None else _STATUS[line.status]
            values = {"meeting_id": occasion, "actor_id": named.mention, "status": status}
            if (asked and status == "present" and named.meaning is None) or line.status == "invited":
                values["status"] = "unknown"
                values["invited"] = "true"
            elif named.meaning is not None and named.meaning.invited:
                values["invited"] = "true"
            draft.add("attendance", entry, values, {"": (line.row, line.column)})


def _heading(cell: str) -> tuple[str, str] | None:
    """Part a heading from the names that follow it on its line; None where the cell is no heading."""
    text = cell.strip()
    whole = heading_status(text)
    if whole is not None:
        return whole, ""
    head, colon, rest = text.partition(":")
    if not colon:
        found = re.match(r"(.{4,40}?)\s+[–-]\s+(.+)$", text)
        names = found is not None and any(looks_like_a_person(each.mention.person) for each in named_in(found.group(2)))
        head, rest = (found.group(1), found.group(2)) if found and names else ("", "")
    status = heading_status(head) if head else None
    return (status, rest.strip()) if status is not None else None


def _walk(grid: Grid, column: int) -> Iterator[Listed]:
    """Walk down a column: each name with its section's status, until something that is no name ends the section."""
    status = ""
    blanks = 0
    for row in range(len(grid.rows)):
        cell = grid.cell(row, column)
        if not cell:
            blanks += 1
            continue
        found = _heading(cell)
        if found is not None:
            status, rest = found
            beside = _beside(grid, row, column)
            if rest and not rest.isdigit():
                yield Listed(row, column, status, rest)
            elif beside:
                yield Listed(row, column + 1, status, beside)
        elif status and _ends(cell, after_blank=blanks > 0):
            status = ""
        elif status and not _is_group(cell):
            yield Listed(row, column, status, _with_what_is_beside(grid, row, column, cell))
        blanks = 0


def _beside(grid: Grid, row: int, column: int) -> str:
    beside = grid.cell(row, column + 1)
    return beside if beside and _heading(beside) is None and any(map(str.isalpha, beside)) else ""


def _with_what_is_beside(grid: Grid, row: int, column: int, cell: str) -> str:
    """Add the organisation that stands in the next cell of the line: `Lise Morvan | CAF`."""
    beside = grid.cell(row, column + 1)
    if not beside or "(" in cell or not looks_like_a_person(cell) or looks_like_a_person(beside) or _heading(beside):
        return cell
    headings = any(_heading(grid.cell(above, column + 1) or "-") for above in range(row))
    return cell if headings else f"{cell} ({beside})"


def _is_group(cell: str) -> bool:
    """Tell `Institutions :` between two names from a name."""
    plain = ungendered(cell).strip(" :")
    return plain in words_of("notes", "groups") or (cell.rstrip().endswith(":") and len(plain.split()) <= 4)  # noqa: PLR2004


def _ends(cell: str, *, after_blank: bool) -> bool:
    """Tell what ends a list of people: an item, a sentence, `Ordre du jour`, `Secrétaire de séance : …`."""
    line = cell.splitlines()[0]
    outside = re.sub(r"\([^()]*\)", "", line)
    if _ITEM.match(line) and not looks_like_a_person(re.sub(r"^\s*\d+[.)]\s*", "", outside).strip()):
        return True
    head, colon, rest = line.partition(":")
    plain = ungendered(head if colon else line).strip(" .*#-•")
    if any(plain == word or plain.startswith(f"{word} ") for word in words_of("notes", "ends")) and not _is_somebody(line):
        return True
    if colon and not looks_like_an_organisation(head.strip()) and not looks_like_a_person(head.strip()):
        return True
    people = list(named_in(line))
    is_list = len(people) > 1 and sum(
        looks_like_a_person(each.mention.person) or bool(each.mention.organisation) for each in people
    ) >= 0.5 * len(people)
    if is_list:
        return False
    words = outside.split()
    if len(line) > _LONGEST_NAME or len(words) > _MOST_WORDS or _VERBS.search(ungendered(outside)):
        return True
    return after_blank and not _is_somebody(line)


def _is_somebody(line: str) -> bool:
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", line).strip()
    first: Named | None = next(iter(named_in(line)), None)
    return first is not None and (
        looks_like_a_person(first.mention.person)
        or bool(first.mention.person and first.mention.organisation)
        or looks_like_an_organisation(bare)
    )
