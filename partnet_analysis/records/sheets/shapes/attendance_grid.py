"""Wide attendance grids: people down, meetings across, a mark where they cross."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.days import day_in, month_number, parse_day, with_year
from partnet_analysis.records.cells.mentions import Mention, Occasion, is_section_word
from partnet_analysis.records.cells.values import BadValueError, word
from partnet_analysis.records.drafts import Cell, Draft, numbered
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.headers import Header, header_row, role_of
from partnet_analysis.records.sheets.shapes.pages import (
    heading,
    is_blank,
    is_total,
    title_block,
    without_fillers,
    years_around,
)
from partnet_analysis.records.sheets.shapes.people import NAMING_ROLES, mention_of_row

_SEARCHED_ROWS: Final = 40
_FEWEST_DAYS: Final = 2
_LEGEND: Final = re.compile(
    r"(?:^|[\s,;/|–-])(vide|blanc|blank|empty|[^\s\w]|\w{1,3})\s*[=:]\s*([^\W\d_]+(?:[-\s][^\W\d_]+)?)"
)
_BLANK_WORDS: Final = ("vide", "blanc", "blank", "empty")
_POSSIBLE: Final = ("si necessaire", "if need be", "ifneedbe", "(oui)", "(yes)", "under reserve", "peut-etre")


@dataclass(frozen=True)
class MeetingColumn:
    """
    A column of marks.

    Parameters
    ----------
    column
        Its place, from 0.
    day
        Its day, as written.
    note
        What else its header says.
    cell
        The header's cell.
    """

    column: int
    day: str
    note: str
    cell: Cell


@dataclass(frozen=True)
class Layout:
    """
    Where a grid's parts are.

    Parameters
    ----------
    first_row
        The first row below the days, from 0.
    meetings
        The columns of marks.
    header
        The columns that name people.
    """

    first_row: int
    meetings: tuple[MeetingColumn, ...]
    header: Header


def attendance_grid(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a wide grid.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file: what marks and blanks mean, where the grid's own legend does not.

    Returns
    -------
    batch
        The meetings of the columns and a row of attendance for each mark; None where the grid is no such table. An empty
        cell means that the person is no member, unless legend or rule say otherwise.
    """
    layout = grid_layout(grid)
    if layout is None or is_poll(grid, layout.first_row):
        return None
    draft = Draft.of_grid(grid, "attendance_grid")
    marks, blank = _legend(grid, layout)
    marks |= {folded(mark): status for mark, status in rule.statuses.items()}
    occasions = _occasions(grid, layout, draft)
    draft.header(*range(layout.header.row, layout.first_row))
    for row in range(layout.header.row):
        if not is_blank(grid, row):
            draft.ignore(row, "PN053")
    for row in range(layout.first_row, len(grid.rows)):
        if not is_blank(grid, row):
            _read_row(grid, row, layout, (occasions, marks, rule.blank or blank), draft)
    return draft.batch()


def is_poll(grid: Grid, first_row: int) -> bool:
    """
    Tell a poll of availability from a grid of attendance.

    Parameters
    ----------
    grid
        The cells.
    first_row
        The first row below the days.

    Returns
    -------
    poll
        True if somebody answers `si nécessaire`, or the file's name says so.
    """
    said = {folded(cell) for row in grid.rows[first_row:] for cell in row}
    return bool(said & set(_POSSIBLE)) or bool(re.search(r"framadate|sondage|doodle|poll|evento", folded(grid.file)))


def _read_row(
    grid: Grid, row: int, layout: Layout, meaning: tuple[Sequence[Occasion], dict[str, str], str], draft: Draft
) -> None:
    occasions, marks, blank = meaning
    cells = [grid.cell(row, meeting.column) for meeting in layout.meetings]
    mention = mention_of_row(grid, row, layout.header)
    if _is_no_person(grid, row, layout, mention, cells):
        draft.ignore(row, "PN053")
        return
    if not any(cells) and not blank:
        draft.add("actors", draft.entry(row), {"actor_id": mention}, {"": (row, min(layout.header.roles.values()))})
        return
    for meeting, occasion, cell in zip(layout.meetings, occasions, cells, strict=True):
        mark = marks.get(folded(cell), cell) if cell else blank
        if mark:
            values = {"meeting_id": occasion, "actor_id": mention, "status": mark}
            places: dict[str, Cell] = {"": (row, min(layout.header.roles.values())), "status": (row, meeting.column)}
            draft.add("attendance", draft.entry(row), values, places)


def _is_no_person(grid: Grid, row: int, layout: Layout, mention: Mention, cells: Sequence[str]) -> bool:
    """Totals, legends, headings of sections and lines without a name are about nobody."""
    first = next((grid.cell(row, column) for column in range(len(grid.rows[row])) if grid.cell(row, column)), "")
    if not any(mention) or is_total(first) or is_section_word(first):
        return True
    if any(cells):
        return False
    named = sum(bool(grid.cell(row, column)) for column in layout.header.roles.values())
    is_lone = named == 1 and (len(layout.header.roles) > 1 or len(first.split()) == 1 or first.isupper())
    return is_lone or bool(_LEGEND.search(folded(first))) or folded(first).startswith(("legende", "legend", "nb ", "note"))


def _legend(grid: Grid, layout: Layout) -> tuple[dict[str, str], str]:
    """Read what marks mean: `P = présent`, `vide = absent`."""
    marks: dict[str, str] = {}
    blank = ""
    for row in range(len(grid.rows)):
        if layout.first_row <= row and any(grid.cell(row, meeting.column) for meeting in layout.meetings[1:]):
            continue
        for mark, meaning in _LEGEND.findall(folded(" ; ".join(cell for cell in grid.rows[row] if cell.strip()))):
            try:
                status = word("status", meaning.split()[0])
            except BadValueError:
                continue
            if mark in _BLANK_WORDS:
                blank = status
            else:
                marks[mark] = status
    return marks, blank


def _occasions(grid: Grid, layout: Layout, draft: Draft) -> list[Occasion]:
    series = title_block(grid, range(min(meeting.cell[0] for meeting in layout.meetings))).said.get("title", "")
    series = without_fillers(series) or heading(grid)
    numbers = numbered([(meeting.day, series) for meeting in layout.meetings])
    return [
        draft.occasion(
            meeting.day,
            series,
            {"series": series, "title": f"{series} {meeting.note}".strip() if meeting.note else series},
            cell=meeting.cell,
            number=number,
        )
        for meeting, number in zip(layout.meetings, numbers, strict=True)
    ]


def grid_layout(grid: Grid) -> Layout | None:
    """
    Find the parts of a grid.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    layout
        Its parts; None where no row names at least two days.
    """
    named = header_row(grid)
    last = named.row + 1 if named is not None else _SEARCHED_ROWS
    for row in range(min(len(grid.rows), last)):
        for find in (_days_in_one_row, _days_under_months):
            meetings = find(grid, row)
            if len(meetings) >= _FEWEST_DAYS:
                first_row = row + (2 if find is _days_under_months else 1)
                header = _naming_columns(grid, row, first_row, meetings[0].column)
                return Layout(first_row, tuple(meetings), header) if header else None
    return None


def _days_in_one_row(grid: Grid, row: int) -> list[MeetingColumn]:
    years = years_around(grid, range(row))
    year, last_month = (years[0] if years else None), 0
    meetings = []
    for column in range(1, len(grid.rows[row])):
        text = grid.cell(row, column)
        found = day_in(text)
        if found is None and year is not None:
            complete = with_year(text, year)
            if complete != text:
                month = _month_of(complete)
                year += month < last_month and len(years) > 1
                last_month = max(month, last_month) if month >= last_month else month
                found = (with_year(text, year), "")
        if found:
            meetings.append(MeetingColumn(column, found[0], found[1].strip("()"), (row, column)))
    return meetings


def _days_under_months(grid: Grid, row: int) -> list[MeetingColumn]:
    """Read two header rows: months, merged over their days, and the days' numbers below."""
    years = years_around(grid, range(row + 1))
    if not years or row + 1 >= len(grid.rows):
        return []
    meetings: list[MeetingColumn] = []
    month, year, last_month = None, years[0], 0
    for column in range(1, max(len(grid.rows[row]), len(grid.rows[row + 1]))):
        text = grid.cell(row, column)
        if text:
            month = month_number(text)
            own_year = re.search(r"\d{4}", text)
            year = int(own_year.group()) if own_year else year + bool(month and month < last_month and len(years) > 1)
            last_month = month or last_month
        number = re.search(r"\d{1,2}$", grid.cell(row + 1, column))
        if month and number:
            meetings.append(MeetingColumn(column, f"{number.group()}/{month}/{year}", "", (row + 1, column)))
    return meetings


def _month_of(day: str) -> int:
    try:
        return parse_day(day).month
    except BadValueError:
        return 0


def _naming_columns(grid: Grid, row: int, first_row: int, first_meeting: int) -> Header | None:
    """Find the columns that name people, left of the marks: by their headers, else the first that holds text."""
    roles: dict[str, int] = {}
    for header in range(row, first_row):
        for column in range(first_meeting):
            role = role_of(grid.cell(header, column))
            if role in NAMING_ROLES:
                roles.setdefault(role, column)
    if not roles:
        filled = [
            column
            for column in range(first_meeting)
            if sum(bool(grid.cell(below, column)) for below in range(first_row, len(grid.rows))) > 0
            and not all(
                grid.cell(below, column).isdigit() for below in range(first_row, len(grid.rows)) if grid.cell(below, column)
            )
        ]
        roles = dict(zip(("person", "organisation"), filled[:2], strict=False))
    return Header(row, roles, {}, {}) if roles else None
