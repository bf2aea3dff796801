"""Attendance reports of Microsoft Teams: numbered sections in a tab-separated file."""

import re
from collections.abc import Mapping
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.days import day_in
from partnet_analysis.records.cells.mentions import Mention, mention_in
from partnet_analysis.records.cells.times import hours
from partnet_analysis.records.drafts import Cell, Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.shapes.pages import heading, is_blank

_SUMMARY: Final = {
    "title": "meeting title|titre de la reunion|intitule de la reunion",
    "start": "start time|heure de debut|meeting start time|heure de debut de la reunion",
    "duration": "meeting duration|duree de la reunion",
}
_COLUMNS: Final = {
    "name": "name|nom|full name|nom complet",
    "email": "email|e-mail|adresse e-mail|courrier electronique",
    "role": "role",
    "duration": "in-meeting duration|duree en reunion|duration|duree|duree de la reunion|duree dans la reunion",
    "join": "first join|first join time|join time|premiere connexion|premiere participation|heure d'arrivee",
}
_ORGANISERS: Final = ("organizer", "organiser", "organisateur", "organisatrice")
_SECTION: Final = re.compile(r"(\d)\.\s+\S.*")
_PARTICIPANTS: Final = "2"
_MEETING_SUMMARY: Final = ("meeting summary", "resume de la reunion", "1. summary", "1. resume")


def teams(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a Teams attendance report.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file, such as whether months come first.

    Returns
    -------
    batch
        One meeting and who was there, everybody once however often they reconnected; None where the grid is no such report.
    """
    top = next((folded(grid.cell(row, 0)) for row in range(len(grid.rows)) if grid.cell(row, 0)), "")
    columns = _columns(grid) if top.startswith(_MEETING_SUMMARY) else None
    if columns is None:
        return None
    header, places = columns
    draft = Draft.of_grid(grid, "teams")
    draft.header(header)
    said, cells = _summary(grid, header)
    start = said.get("start") or (grid.cell(header + 1, places["join"]) if "join" in places else "")
    day = _day(start, month_first=rule.month_first)
    title = said.get("title") or heading(grid)
    end = _end_of_section(grid, header)
    rows = [row for row in range(header + 1, end) if grid.cell(row, places["name"])]
    convener = next((_mention(grid, row, places) for row in rows if _is_organiser(grid, row, places)), None)
    details = {"series": title, "duration_hours": hours(said.get("duration", "")), "convener_id": convener or ""}
    occasion = draft.occasion(day, title, details, cell=cells.get("start"))
    for row in range(len(grid.rows)):
        if row not in rows and row != header and not is_blank(grid, row):
            draft.ignore(row, "PN053")
    seen: set[Mention] = set()
    for row in rows:
        mention = _mention(grid, row, places)
        if mention in seen:
            draft.ignore(row, "PN059", name=mention.person)
            continue
        seen.add(mention)
        values = {"meeting_id": occasion, "actor_id": mention, "status": "present"}
        draft.add("attendance", draft.entry(row), values, {"": (row, places["name"])})
    return draft.batch()


def _columns(grid: Grid) -> tuple[int, Mapping[str, int]] | None:
    """Find the header of the participants: a row that names people and when they joined, or how long they stayed."""
    for row in range(len(grid.rows)):
        plain = [folded(cell) for cell in grid.rows[row]]
        places = {
            role: next(place for place, name in enumerate(plain) if name in names.split("|"))
            for role, names in _COLUMNS.items()
            if any(name in names.split("|") for name in plain)
        }
        if "name" in places and ("join" in places or "duration" in places):
            return row, places
    return None


def _summary(grid: Grid, header: int) -> tuple[dict[str, str], dict[str, Cell]]:
    said: dict[str, str] = {}
    cells: dict[str, Cell] = {}
    for row in range(header):
        for role, names in _SUMMARY.items():
            if folded(grid.cell(row, 0)) in names.split("|") and grid.cell(row, 1):
                said.setdefault(role, grid.cell(row, 1))
                cells.setdefault(role, (row, 1))
    return said, cells


def _end_of_section(grid: Grid, header: int) -> int:
    for row in range(header + 1, len(grid.rows)):
        if _SECTION.fullmatch(grid.cell(row, 0)) and not grid.cell(row, 1):
            return row
    return len(grid.rows)


def _day(start: str, *, month_first: bool) -> str:
    text = re.split(r"[,\s]+(?=\d{1,2}:)", start)[0]
    if month_first:
        text = re.sub(r"^(\d{1,2})/(\d{1,2})/", r"\2/\1/", text)
    found = day_in(text)
    return found[0] if found else text


def _mention(grid: Grid, row: int, places: Mapping[str, int]) -> Mention:
    found = mention_in(grid.cell(row, places["name"]))
    return found._replace(email=grid.cell(row, places["email"]) if "email" in places else "")


def _is_organiser(grid: Grid, row: int, places: Mapping[str, int]) -> bool:
    return "role" in places and folded(grid.cell(row, places["role"])) in _ORGANISERS
