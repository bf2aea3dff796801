"""Polls of availability (Framadate and its like): invitations whose outcome is unknown, never attendance."""

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import is_section_word
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.shapes.attendance_grid import Layout, grid_layout, is_poll
from partnet_analysis.records.sheets.shapes.pages import heading, is_blank, is_total
from partnet_analysis.records.sheets.shapes.people import mention_of_row

_YES = {"oui", "yes", "ok", "1", "x", "✓", "✔"}


def poll(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a poll.

    Parameters
    ----------
    grid
        The cells: slots across, people down.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        One meeting, on the day that most could make (the first of them), to which everybody who answered was invited with
        unknown outcome; None where the grid is no poll.
    """
    layout = grid_layout(grid)
    if layout is None or not (is_poll(grid, layout.first_row) or rule.shape == "poll"):
        return None
    draft = Draft.of_grid(grid, "poll")
    draft.header(layout.meetings[0].cell[0])
    people = []
    for row in range(len(grid.rows)):
        if row == layout.meetings[0].cell[0] or is_blank(grid, row):
            continue
        mention = mention_of_row(grid, row, layout.header)
        answers = [grid.cell(row, slot.column) for slot in layout.meetings]
        name = mention.person or mention.organisation
        if row < layout.first_row or not name or is_total(name) or is_section_word(name) or not any(answers):
            draft.ignore(row, "PN053")
        else:
            people.append((row, mention))
    slot = _favourite(grid, layout, [row for row, _ in people])
    title = heading(grid)
    occasion = draft.occasion(layout.meetings[slot].day, title, {}, cell=layout.meetings[slot].cell)
    draft.remark("PN057", layout.meetings[slot].cell, value=layout.meetings[slot].day)
    for row, mention in people:
        values = {"meeting_id": occasion, "actor_id": mention, "status": "unknown", "invited": "true"}
        draft.add("attendance", draft.entry(row), values, {"": (row, min(layout.header.roles.values()))})
    return draft.batch()


def _favourite(grid: Grid, layout: Layout, rows: list[int]) -> int:
    """Find the slot with the most yes; the first where several have as many."""
    votes = [sum(folded(grid.cell(row, slot.column)) in _YES for row in rows) for slot in layout.meetings]
    return votes.index(max(votes))
