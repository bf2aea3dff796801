"""Sign-in sheets: one meeting to a sheet, a title block, a list with signatures, perhaps the excused below."""

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import Occasion, is_section_word, mentions_in
from partnet_analysis.records.cells.times import hours, span
from partnet_analysis.records.cells.values import BadValueError, word
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.headers import Header, header_row
from partnet_analysis.records.sheets.shapes.pages import (
    Block,
    day_around,
    heading,
    is_blank,
    is_total,
    title_block,
    without_fillers,
)
from partnet_analysis.records.sheets.shapes.people import NAMING_ROLES, mention_of_row, naming_cell

_SECTIONS = (("excus", "excused"), ("apolog", "excused"), ("absent", "absent"), ("present", "present"))


def sign_in_sheet(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a sign-in sheet.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        One meeting and who signed; None where the grid is no such sheet. Who is listed without signing is absent where
        others signed; where nobody signed, everybody's presence is unknown, and that is remarked on.
    """
    header = header_row(grid)
    if header is None or not header.has(*NAMING_ROLES) or header.has("day", "source", "target"):
        return None
    block = title_block(grid, range(header.row))
    day, day_cell = day_around(grid, block)
    draft = Draft.of_grid(grid, "sign_in_sheet")
    if not day and all(is_blank(grid, row) for row in range(header.row + 1, len(grid.rows))):
        draft.remark("PN046")
        draft.header(header.row)
        return draft.batch()
    if not day:
        return None
    occasion = meeting_of_block(grid, block, draft, (day, day_cell))
    rows = _listed(grid, header, draft)
    unsigned = _meaning_of_no_signature(grid, header, rows, draft)
    for row, section in rows:
        _read_row(grid, row, header, (occasion, section, unsigned, rule), draft)
    return draft.batch()


def meeting_of_block(grid: Grid, block: Block, draft: Draft, day: tuple[str, tuple[int, int] | None]) -> Occasion:
    """
    Make the meeting that a title block is about.

    Parameters
    ----------
    grid
        The cells.
    block
        The title block.
    draft
        Where it is written down.
    day
        Its day as written, and the cell.

    Returns
    -------
    occasion
        The meeting.
    """
    start, length = "", ""
    try:
        start, length, _ = span(block.said.get("time", ""))
    except BadValueError:
        draft.remark("PN055", block.cells["time"], value=block.said["time"], n=1)
    title = without_fillers(block.said.get("title", "")) or heading(grid)
    convener = next(mentions_in(block.said.get("convener", "")), None)
    details = {
        "series": title,
        "duration_hours": hours(block.said["duration"]) if "duration" in block.said else length,
        "convener_id": convener or "",
    }
    return draft.occasion(day[0], title, details, cell=day[1], mark=start)


def section_status(text: str) -> str:
    """
    Tell what a section's heading says of those below it.

    Parameters
    ----------
    text
        `Excusés :`, `Apologies`, `Membres`, ….

    Returns
    -------
    status
        The status; `present` where the heading names nothing else.
    """
    plain = folded(text)
    return next((status for stem, status in _SECTIONS if stem in plain), "present")


def _listed(grid: Grid, header: Header, draft: Draft) -> list[tuple[int, str]]:
    """List the rows below the header with the status of their section, `""` before any."""
    for row in range(header.row):
        if not is_blank(grid, row):
            draft.ignore(row, "PN053")
    draft.header(header.row)
    for column, name in header.unknown.items():
        draft.remark("PN042", (header.row, column), name=name)
    listed = []
    section = ""
    for row in (row for row in range(header.row + 1, len(grid.rows)) if not is_blank(grid, row)):
        first = next(cell.strip() for cell in grid.rows[row] if cell.strip())
        head, _, names = first.partition(":")
        if is_section_word(head):
            section = section_status(head)
            if names.strip():
                listed.append((row, f"{section}:"))
            else:
                draft.ignore(row, "PN053")
        elif is_total(first):
            draft.ignore(row, "PN053")
        else:
            listed.append((row, section))
    return listed


def _read_row(grid: Grid, row: int, header: Header, meaning: tuple[Occasion, str, str, SourceRule], draft: Draft) -> None:
    occasion, section, unsigned, rule = meaning
    if section.endswith(":"):
        packed = next(cell for cell in grid.rows[row] if cell.strip()).partition(":")[2]
        entry = draft.entry(row)
        for mention in mentions_in(packed):
            draft.add(
                "attendance", entry, {"meeting_id": occasion, "actor_id": mention, "status": section[:-1]}, {"": (row, 0)}
            )
        return
    mention = mention_of_row(grid, row, header)
    column = header.roles.get("status", naming_cell(header))
    status = section
    if section in ("", "present") and "status" in header.roles:
        mark = grid.cell(row, column)
        status = _signed(mark, rule) if mark else unsigned
    cells = {"": (row, naming_cell(header)), "status": (row, column)}
    values = {"meeting_id": occasion, "actor_id": mention if any(mention) else "", "status": status or "present"}
    if not any(mention) and status == unsigned:
        draft.ignore(row, "PN053")
        return
    draft.add("attendance", draft.entry(row), values, cells)


def _signed(mark: str, rule: SourceRule) -> str:
    """Read a signature: a known word means itself, anything else is a signature."""
    if mark in rule.statuses:
        return rule.statuses[mark]
    try:
        return word("status", mark)
    except BadValueError:
        return "present"


def _meaning_of_no_signature(grid: Grid, header: Header, rows: list[tuple[int, str]], draft: Draft) -> str:
    if "status" not in header.roles:
        return "present"
    place = header.roles["status"]
    if any(grid.cell(row, place) for row, section in rows if section in ("", "present")):
        return "absent"
    draft.remark("PN058", (header.row, place))
    return "unknown"
