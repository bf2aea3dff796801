"""One row for each meeting, the names packed in a cell."""

from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import mentions_in
from partnet_analysis.records.cells.times import hours
from partnet_analysis.records.drafts import Cell, Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.headers import Header, header_row
from partnet_analysis.records.sheets.shapes.pages import heading, is_blank, is_total

_STATUS: Final = {
    "present_names": "present",
    "excused_names": "excused",
    "absent_names": "absent",
    "invited_names": "unknown",
}
_SEARCHED_ROWS: Final = 200


def packed_names(grid: Grid, rule: SourceRule) -> Batch | None:  # noqa: ARG001 (every shape is called alike)
    """
    Read a table with one row for each meeting and the names in a cell.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        The meetings and everybody named; None where the grid is no such table. A row is one entry, whatever it packs.
    """
    header = header_row(grid)
    if header is None or not header.packed or "day" not in header.roles or header.has("last_name", "first_name"):
        return None
    if not _packs_several(grid, header):
        return None
    draft = Draft.of_grid(grid, "packed_names")
    draft.header(header.row)
    for row in range(len(grid.rows)):
        if row == header.row or is_blank(grid, row):
            continue
        if row < header.row or is_total(grid.cell(row, min(header.roles.values()))):
            draft.ignore(row, "PN053")
        else:
            _read_row(grid, row, header, draft)
    for column, name in header.unknown.items():
        draft.remark("PN042", (header.row, column), name=name)
    return draft.batch()


def _packs_several(grid: Grid, header: Header) -> bool:
    rows = range(header.row + 1, min(len(grid.rows), _SEARCHED_ROWS))
    return any(sum(1 for _ in mentions_in(grid.cell(row, column))) > 1 for column in header.packed.values() for row in rows)


def _read_row(grid: Grid, row: int, header: Header, draft: Draft) -> None:
    def cell(role: str) -> str:
        return grid.cell(row, header.roles[role]) if role in header.roles else ""

    title = cell("title") or cell("series") or heading(grid)
    details = {
        "series": cell("series") or title,
        "kind": cell("kind"),
        "theme": cell("theme"),
        "duration_hours": hours(cell("duration"), grid.cell(header.row, header.roles["duration"]))
        if cell("duration")
        else "",
    }
    occasion = draft.occasion(
        cell("day"), title, details, cell=(row, header.roles["day"]), mark=cell("number") or cell("time")
    )
    entry = draft.entry(row)
    named = False
    for role, column in header.packed.items():
        for mention in mentions_in(grid.cell(row, column)):
            place: dict[str, Cell] = {"": (row, column)}
            values = {"meeting_id": occasion, "actor_id": mention, "status": _STATUS[role]}
            if role == "invited_names":
                values["invited"] = "true"
            draft.add("attendance", entry, values, place)
            named = True
    if not named:
        # A meeting whose names are not said is still a meeting: the row itself gives it.
        draft.own(entry, occasion)
