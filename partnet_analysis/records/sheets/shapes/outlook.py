"""Calendars exported from Outlook as CSV."""

from collections.abc import Mapping
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.cells.times import span
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.context import is_blank

_COLUMNS: Final = {
    "title": "subject|objet",
    "day": "start date|date de debut|debut",
    "start": "start time|heure de debut",
    "end": "end time|heure de fin",
    "convener": "meeting organizer|organisateur de la reunion|organisateur",
    "required": "required attendees|participants obligatoires",
    "optional": "optional attendees|participants facultatifs",
    "categories": "categories",
}


def outlook(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read an Outlook calendar.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        The meetings and who was invited, their presence unknown; None where the grid is no such export. Rooms and resources
        stand in a column of their own, which is not read; appointments without guests are left aside.
    """
    places = _places(grid)
    if not {"title", "day"} <= set(places) or not {"required", "optional"} & set(places):
        return None
    draft = Draft.of_grid(grid, "calendar")
    draft.header(0)
    for row in range(1, len(grid.rows)):
        if is_blank(grid, row):
            continue
        invited = [mention for role in ("required", "optional") for mention in _mentions(_cell(grid, row, places, role))]
        if not invited:
            draft.ignore(row, "PN061", title=_cell(grid, row, places, "title"))
            continue
        _read_row(grid, row, places, invited, draft, rule)
    return draft.batch()


def _read_row(  # noqa: PLR0913, PLR0917 (the row, its columns and what is made of it)
    grid: Grid, row: int, places: Mapping[str, int], invited: list[Mention], draft: Draft, rule: SourceRule
) -> None:
    title = _cell(grid, row, places, "title")
    day = _cell(grid, row, places, "day")
    if rule.month_first and day.count("/") == 2:  # noqa: PLR2004 (month/day/year)
        month, number, year = day.split("/")
        day = f"{number}/{month}/{year}"
    try:
        start, length, _ = span(f"{_cell(grid, row, places, 'start')[:5]} - {_cell(grid, row, places, 'end')[:5]}")
    except BadValueError:
        start, length = "", ""
    conveners = _mentions(_cell(grid, row, places, "convener"))
    details = {"series": title, "duration_hours": length, "convener_id": conveners[0] if conveners else ""}
    occasion = draft.occasion(day, title, details, cell=(row, places["day"]), mark=start)
    entry = draft.entry(row)
    for mention in dict.fromkeys(invited):
        values = {"meeting_id": occasion, "actor_id": mention, "status": "unknown", "invited": "true"}
        draft.add("attendance", entry, values, {"": (row, places.get("required", 0))})


def _places(grid: Grid) -> dict[str, int]:
    header = [folded(cell) for cell in grid.rows[0]] if grid.rows else []
    return {
        role: next(place for place, name in enumerate(header) if name in names.split("|"))
        for role, names in _COLUMNS.items()
        if any(name in names.split("|") for name in header)
    }


def _mentions(cell: str) -> list[Mention]:
    """Outlook separates people by semicolons and writes families' names before a comma."""
    found = []
    for piece in filter(None, map(str.strip, cell.split(";"))):
        name = piece.strip("'\" ")
        if "@" in name:
            found.append(Mention("", "", name.lower()))
        else:
            family, comma, given = name.partition(",")
            found.append(Mention(f"{given.strip()} {family.strip()}" if comma else name))
    return found


def _cell(grid: Grid, row: int, places: Mapping[str, int], role: str) -> str:
    return grid.cell(row, places[role]) if role in places else ""
