"""Long tables with a header row: attendance, one row for each person and meeting; contacts; directories of partners."""

import re
from collections.abc import Iterator
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.mentions import Mention, Occasion, mention_in, mentions_in
from partnet_analysis.records.cells.times import hours, span
from partnet_analysis.records.cells.values import BadValueError, truth, word
from partnet_analysis.records.drafts import Cell, Draft
from partnet_analysis.records.entries import Batch, spreadsheet_letters
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.headers import Header, header_row, plain_header
from partnet_analysis.records.sheets.shapes.pages import heading, is_blank, is_total
from partnet_analysis.records.sheets.shapes.people import NAMING_ROLES, mention_of_row, naming_cell

_DIRECTORY_ROLES: Final = ("sector", "level", "joined", "left", "capacity", "siret", "rna", "coordinator", "email")
_CONTACT_HEADERS: Final = ("contact", "referent", "represente par", "representant", "interlocuteur")
"""Headers of a column that says whom to call at the organisation of the row."""

_MARKS: Final = ("status", "excused", "absent")
_COLUMN_ROLES: Final = {"sector": "sector", "level": "level", "joined_on": "joined", "left_on": "left"}
_SIRET_LENGTH: Final = 14
_SIREN_LENGTH: Final = 9


def attendance_list(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a table with one row for each person and meeting.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        The meetings and who was there; None where the grid is no such table.
    """
    header = header_row(grid)
    if header is None or not header.has(*NAMING_ROLES) or not header.has("day") or header.has("target"):
        return None
    if not header.has(*_MARKS, "title", "series"):
        return None
    draft = Draft.of_grid(grid, "attendance_list")
    rows = list(_rows(grid, header, draft))
    blank = _meaning_of_blank(grid, header, rows, rule)
    if not header.has(*_MARKS):
        draft.remark("PN048")
    odd_times: list[Cell] = []
    described: set[str] = set()
    for row in rows:
        occasion = _occasion(grid, row, header, draft, odd_times)
        mention = mention_of_row(grid, row, header)
        status, mark = _status(grid, row, header, rule, blank)
        cells: dict[str, Cell] = {"": (row, naming_cell(header)), "status": (row, mark)}
        values = {"meeting_id": occasion, "actor_id": mention if any(mention) else "", "status": status}
        if header.has("invited"):
            values["invited"] = grid.cell(row, header.roles["invited"])
            cells["invited"] = (row, header.roles["invited"])
        draft.add("attendance", draft.entry(row), values, cells)
        _describe(_cell(grid, row, header, "sector"), mention, draft, described)
    if odd_times:
        draft.remark("PN055", odd_times[0], value=grid.cell(*odd_times[0]), n=len(odd_times))
    return draft.batch()


def contact_log(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a table with one row for each contact: calls, visits, messages.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file; its constants may name the source.

    Returns
    -------
    batch
        The contacts; None where the grid is no such table.
    """
    header = header_row(grid)
    if header is None or "day" not in header.roles or "target" not in header.roles:
        return None
    if "source" not in header.roles and "source_id" not in rule.constants:
        return None
    draft = Draft.of_grid(grid, "contact_log")
    seen: set[tuple[str, ...]] = set()
    for row in _rows(grid, header, draft):
        whole = tuple(cell.strip() for cell in grid.rows[row])
        if whole in seen:
            draft.ignore(row, "PN050")
            continue
        seen.add(whole)
        source = grid.cell(row, header.roles["source"]) if header.has("source") else rule.constants["source_id"]
        targets = list(mentions_in(grid.cell(row, header.roles["target"]))) or [Mention("")]
        entry = draft.entry(row)
        for target in targets:
            values = {
                "day": grid.cell(row, header.roles["day"]),
                "source_id": _either(mention_in(source)),
                "target_id": _either(target),
                "share": str(1 / len(targets)),
                **_extra(grid, row, header),
            }
            draft.add("contacts", entry, values)
    columns = {"day": "day", "source_id": "source", "target_id": "target", "duration_hours": "duration"}
    return draft.batch(*_letters(grid, header, columns))


def directory(grid: Grid, rule: SourceRule) -> Batch | None:  # noqa: ARG001 (every shape is called alike)
    """
    Read a directory of partners.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        The actors; None where the grid is no directory.
    """
    header = header_row(grid)
    if header is None or not header.has(*NAMING_ROLES) or header.has("day", "source", "target", *_MARKS):
        return None
    if not header.has(*_DIRECTORY_ROLES):
        return None
    draft = Draft.of_grid(grid, "directory")
    is_contact = plain_header(grid.cell(header.row, naming_cell(header))) in _CONTACT_HEADERS
    described: set[str] = set()
    for row in _rows(grid, header, draft):
        mention = mention_of_row(grid, row, header)
        values = {column: _cell(grid, row, header, role) for column, role in _COLUMN_ROLES.items()} | {
            "capacity_hours_per_month": hours(_cell(grid, row, header, "capacity")),
            "is_coordinator": _cell(grid, row, header, "coordinator"),
        }
        entry = draft.entry(row)
        whole = {"actor_id": mention if any(mention) else "", **values}
        key = folded(mention.organisation)
        if mention.person and key and is_contact:
            # The row is about the organisation; the person is only whom to call there.
            draft.add("actors", entry, {**whole, "actor_id": Mention("", mention.organisation), "level": ""})
            draft.add("actors", -1, {"actor_id": mention, "level": values["level"]})
        else:
            draft.add("actors", entry, whole)
            if mention.person and values["sector"] and key and key not in described:
                draft.add("actors", -1, {"actor_id": Mention("", mention.organisation), "sector": values["sector"]})
        described.add(key)
        _check_numbers(grid, row, header, draft)
    columns = {**_COLUMN_ROLES, "capacity_hours_per_month": "capacity", "is_coordinator": "coordinator"}
    names = {"actor_id": next(role for role in (*NAMING_ROLES, "email") if role in header.roles)}
    return draft.batch(*_letters(grid, header, columns | names))


def _rows(grid: Grid, header: Header, draft: Draft) -> Iterator[int]:
    """Go through the rows below the header; lines above it and totals are left aside."""
    for row in range(header.row):
        if not is_blank(grid, row):
            draft.ignore(row, "PN053")
    draft.header(header.row)
    for column, name in header.unknown.items():
        draft.remark("PN042", (header.row, column), name=name)
    first = min(header.roles.values())
    for row in range(header.row + 1, len(grid.rows)):
        if is_blank(grid, row):
            continue
        if is_total(grid.cell(row, first)) or _repeats_header(grid, row, header):
            draft.ignore(row, "PN053")
        else:
            yield row


def _describe(sector: str, mention: Mention, draft: Draft, described: set[str]) -> None:
    """Keep the sector that a list of attendance says of an organisation, once."""
    name = mention.organisation or mention.person
    if sector and name and folded(name) not in described:
        described.add(folded(name))
        about = Mention("", mention.organisation) if mention.organisation else mention
        draft.add("actors", -1, {"actor_id": about, "sector": sector})


def _repeats_header(grid: Grid, row: int, header: Header) -> bool:
    return all(grid.cell(row, column) == grid.cell(header.row, column) for column in header.roles.values())


def _occasion(grid: Grid, row: int, header: Header, draft: Draft, odd_times: list[Cell]) -> Occasion:
    title, series = _cell(grid, row, header, "title"), _cell(grid, row, header, "series")
    start, length = "", ""
    if header.has("time"):
        place = (row, header.roles["time"])
        note = " ".join(re.findall(r"\(([^()]*)\)", grid.cell(*place)))
        try:
            start, length, odd = span(grid.cell(*place))
        except BadValueError:
            start, odd = grid.cell(*place), True
        start = f"{start} {note}".strip()
        if odd:
            odd_times.append(place)
    duration = _cell(grid, row, header, "duration")
    details = {
        "series": series or title,
        "kind": _cell(grid, row, header, "kind"),
        "theme": _cell(grid, row, header, "theme"),
        "duration_hours": hours(duration, grid.cell(header.row, header.roles["duration"])) if duration else length,
    }
    mark = f"{_cell(grid, row, header, 'number')} {start}".strip()
    name = title or series or heading(grid)
    return draft.occasion(
        grid.cell(row, header.roles["day"]),
        name,
        details,
        cell=(row, header.roles["day"]),
        mark=f"{series if title else ''} {mark}".strip(),
    )


def _status(grid: Grid, row: int, header: Header, rule: SourceRule, blank: str) -> tuple[str, int]:
    """Read a row's status from the columns that may say it, and tell which column did."""
    if not header.has(*_MARKS):
        return "present", naming_cell(header)
    for role in _MARKS:
        cell = _cell(grid, row, header, role)
        if role != "status" and cell and _is_ticked(cell):
            return role, header.roles[role]
        if role == "status" and cell and not _is_denied(cell, header):
            return rule.statuses.get(cell, cell), header.roles[role]
    column = next(header.roles[role] for role in _MARKS if role in header.roles)
    cell = _cell(grid, row, header, "status")
    return (cell or blank), column


def _is_ticked(cell: str) -> bool:
    try:
        return truth(cell)
    except BadValueError:
        return True


def _is_denied(cell: str, header: Header) -> bool:
    """`non` in a column of presences says absent only where no other column may say excused."""
    try:
        return word("status", cell) == "absent" and header.has("excused", "absent")
    except BadValueError:
        return False


def _meaning_of_blank(grid: Grid, header: Header, rows: list[int], rule: SourceRule) -> str:
    """Read an empty cell: absent among ticks alone; unknown where others say absent themselves."""
    if rule.blank:
        return rule.blank
    if not header.has("status"):
        return "unknown"
    said = {folded(grid.cell(row, header.roles["status"])) for row in rows} - {""}
    negative = any(_is_negative(mark) for mark in said) or header.has("absent")
    return "absent" if said and not negative else "unknown"


def _is_negative(mark: str) -> bool:
    try:
        return word("status", mark) != "present"
    except BadValueError:
        return False


def _extra(grid: Grid, row: int, header: Header) -> dict[str, str]:
    duration = _cell(grid, row, header, "duration")
    return {
        "channel": _cell(grid, row, header, "channel"),
        "theme": _cell(grid, row, header, "theme") or _cell(grid, row, header, "title"),
        "duration_hours": hours(duration, grid.cell(header.row, header.roles["duration"])) if duration else "",
    }


def _either(mention: Mention) -> Mention | str:
    """Take a bare name for an organisation until somebody of that name is known; one with an organisation is a person."""
    if not mention.person:
        return ""
    return mention if mention.organisation else Mention("", mention.person)


def _cell(grid: Grid, row: int, header: Header, role: str) -> str:
    return grid.cell(row, header.roles[role]) if role in header.roles else ""


def _letters(grid: Grid, header: Header, columns: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    found = {column: header.roles[role] for column, role in columns.items() if role in header.roles}
    names = {column: grid.cell(header.row, place) for column, place in found.items()}
    return names, {column: spreadsheet_letters(place) for column, place in found.items()}


def _check_numbers(grid: Grid, row: int, header: Header, draft: Draft) -> None:
    """Check the numbers that the State gives to organisations; a wrong one is remarked on, the row stays."""
    for role, is_right in (("siret", _is_siret), ("rna", _is_rna)):
        number = re.sub(r"[\s.]", "", _cell(grid, row, header, role))
        if number and not is_right(number):
            draft.remark("PN056", (row, header.roles[role]), value=number, number=role.upper())


def _is_siret(number: str) -> bool:
    """Luhn's sum over a SIRET's 14 digits or a SIREN's 9; La Poste's own add up to a multiple of five instead."""
    if not number.isdigit() or len(number) not in (_SIRET_LENGTH, _SIREN_LENGTH):
        return False
    digits = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    is_post_office = number.startswith("356000000") and sum(map(int, number)) % 5 == 0
    return sum(digit - 9 * (digit > 9) for digit in digits) % 10 == 0 or is_post_office  # noqa: PLR2004 (Luhn)


def _is_rna(number: str) -> bool:
    return bool(re.fullmatch(r"W\d{9}", number.upper()))
