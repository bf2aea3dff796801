"""What the layouts share: the meeting of a row or of a sheet, a row of attendance, what is told of columns."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from partnet_analysis.records.cells.mentions import Mention, Named, Occasion, mentions_in
from partnet_analysis.records.cells.times import hours, span
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.drafts import Cell, Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.columns import Column
from partnet_analysis.records.sheets.presence import PresenceColumns, Said, cells_of, signs
from partnet_analysis.records.sheets.rows import named_in_row, naming_place
from partnet_analysis.records.sheets.situation import Situation

PRESENCE_ROLES: Final = (
    "status",
    "signature",
    "reply",
    "present",
    "excused",
    "absent",
    "represented",
    "invited",
    "proxy_holder",
)
ATTACHED: Final = frozenset({
    "email", "phone", "function", "civility", "index", "place", "remark", "unused", "sector", "level", "total", "siret",
    "rna", "attendee_type", "guest", "number", "coordinator", "time", "theme", "kind", "duration", "capacity", "joined",
    "left",
})  # fmt: skip
"""Roles that may stand beside any table without telling what it is."""

_MOSTLY: Final = 0.8
_OF_A_MEETING: Final = ("title", "series", "kind", "theme", "duration", "number")


_SIGNED: Final = "✓"


def used_columns(situation: Situation, *roles: str) -> frozenset[int]:
    """
    List the columns that a layout gives a meaning to.

    Parameters
    ----------
    situation
        The table.
    *roles
        The roles that the layout reads.

    Returns
    -------
    places
        Their columns, and those of what may stand beside any table.
    """
    wanted = ATTACHED | set(roles)
    return frozenset(column.place for column in situation.columns.every if column.role in wanted)


def presence_columns(situation: Situation) -> PresenceColumns:
    """
    Gather the columns that say who was there.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    columns
        The columns, with their cells and what their marks mean.
    """
    places = {role: situation.columns.places[role] for role in PRESENCE_ROLES if role in situation.columns.places}
    marks, blank = situation.legend
    if not blank and "status" in places and situation.is_denied_elsewhere:
        blank = "unknown"
    rows = ({role: situation.table.grid.cell(row, place) for role, place in places.items()} for row in situation.table.body)
    return PresenceColumns(places, cells_of(rows, places), marks, blank)


def presence_cells(situation: Situation, row: int) -> dict[str, str]:
    """
    Fetch a row's cells that say who was there.

    Parameters
    ----------
    situation
        The table.
    row
        The row, from 0.

    Returns
    -------
    cells
        By role.
    """
    places, grid = situation.columns.places, situation.table.grid
    cells = {role: grid.cell(row, places[role]) for role in PRESENCE_ROLES if role in places}
    mark = cells.get("signature", "")
    if mark.isupper() and any(signs(mark, each.mention.person) for each in named_in_row(situation, row)):
        # The initials of Nathalie Caëric, `NC`, are no mark of who did not sign.
        cells["signature"] = _SIGNED
    return cells


def add_presence(  # noqa: PLR0913, PLR0917 (a line of attendance has that many sides)
    situation: Situation,
    draft: Draft,
    row: int,
    occasion: Occasion,
    named: Sequence[Named],
    said: Sequence[Said],
    naming: int | None = None,
) -> None:
    """
    Write a row of attendance for each person that a line names.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is written down.
    row
        The row, from 0.
    occasion
        The meeting.
    named
        Whom the line names; nobody where the name is missing.
    said
        What the line says of each.
    naming
        The column to name as theirs; None for the one that names whom lines are about.
    """
    is_across = naming is not None
    naming = naming if naming is not None else naming_place(situation)
    fault = next((each for each in said if each.fault), None)
    if fault is not None:
        value = situation.table.grid.cell(row, fault.place)
        of_whom = [each.mention.person or each.mention.organisation for each in named]
        # In a grid the name stands far from its mark.
        code = "PN166" if fault.fault == "PN012" and any(of_whom) and (is_across or situation.marks) else fault.fault
        cell, column = (row, fault.place), situation.table.name(fault.place)
        draft.reject(code, cell, column=column, value=value, name=", ".join(of_whom), **known_words(fault.fault))
        for each in named:
            draft.add("actors", -1, {"actor_id": each.mention}, {"": (row, naming)})
        return
    entry = draft.entry(row)
    nobody = Named(Mention(""))
    for each, what in zip(named or [nobody], said or [Said()], strict=False):
        cells: dict[str, Cell] = {"": (row, naming), "status": (row, max(what.place, 0))}
        if each is nobody:
            draft.add(
                "attendance", entry, {"meeting_id": occasion, "actor_id": "", "status": what.status or "unknown"}, cells
            )
        elif not what.status:
            draft.add("actors", entry, {"actor_id": each.mention}, {"": (row, naming)})
        else:
            values: dict[str, Any] = {"meeting_id": occasion, "actor_id": each.mention, "status": what.status}
            if what.invited is not None:
                values["invited"] = "true" if what.invited else "false"
            draft.add("attendance", entry, values, cells)


def known_words(code: str) -> dict[str, Any]:
    """
    List the statuses for the sentence that asks for one.

    Parameters
    ----------
    code
        The fault's code.

    Returns
    -------
    values
        What fills the sentence's blank.
    """
    return {"known": ["present", "excused", "absent", "unknown"]} if code == "PN012" else {}


def meeting_of_title(situation: Situation, draft: Draft, *, mark: str = "", number: int = 0, **details: Any) -> Occasion:  # noqa: ANN401 (text or a mention)
    """
    Make the one meeting that a sheet is about.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is written down.
    mark
        Its hour where the title block does not say it.
    number
        Tells it from others of its day and title.
    **details
        What else is known.

    Returns
    -------
    occasion
        The meeting.
    """
    block = situation.block
    start, length = "", ""
    try:
        start, length, _ = span(block.said.get("time", ""))
    except BadValueError:
        draft.remark("PN055", block.cells["time"], value=block.said["time"], n=1)
    if "duration" in block.said:
        length = hours(block.said["duration"])
    convener = next(mentions_in(block.said.get("convener", "")), None)
    known = {"series": situation.title, "duration_hours": length, "convener_id": convener or ""}
    known |= {column: value for column, value in details.items() if value}
    day, cell = situation.day
    return draft.occasion(day, situation.title, known, cell=cell, mark=start or mark, number=number)


def meeting_of_row(situation: Situation, draft: Draft, row: int, odd_times: list[Cell], day: str | None = None) -> Occasion:
    """
    Make the meeting that a row names.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is written down.
    row
        The row, from 0.
    odd_times
        Where hours that no clock shows are gathered.
    day
        The day, where the row's own cell does not hold it.

    Returns
    -------
    occasion
        The meeting.
    """
    start, length = _hours_of_row(situation, row, odd_times)
    day = situation.reader.day(situation.cell(row, "day")) if day is None else day
    said = (day, start, length, *situation.cells(row, _OF_A_MEETING))
    if (situation, said) not in draft.held:
        draft.held[situation, said] = _meeting(situation, draft, row, *said)
    return draft.held[situation, said]


def _meeting(  # noqa: PLR0913, PLR0917 (a meeting has that many sides)
    situation: Situation,
    draft: Draft,
    row: int,
    day: str,
    start: str,
    length: str,
    title: str,
    series: str,
    kind: str,
    theme: str,
    duration: str,
    number: str,
) -> Occasion:
    header = situation.table.name(situation.columns.places["duration"]) if duration else ""
    details = {
        "series": series or title,
        "kind": kind,
        "theme": theme,
        "duration_hours": hours(duration, header) if duration else length,
    }
    name = title or series or theme or situation.title
    mark = f"{number} {start}".strip()
    place = situation.columns.places["day"]
    return draft.occasion(day, name, details, cell=(row, place), mark=f"{series if title else ''} {mark}".strip())


def _hours_of_row(situation: Situation, row: int, odd_times: list[Cell]) -> tuple[str, str]:
    if not situation.columns.has("time"):
        return "", ""
    place = (row, situation.columns.places["time"])
    text = situation.table.grid.cell(*place)
    note = " ".join(re.findall(r"\(([^()]*)\)", text))
    try:
        start, length, odd = span(text)
    except BadValueError:
        start, length, odd = text, "", True
    if odd:
        odd_times.append(place)
    return f"{start} {note}".strip(), length


def tell_columns(situation: Situation, draft: Draft, used: frozenset[int]) -> None:
    """
    Name the columns that are not read.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is noted.
    used
        The columns that the layout gives a meaning to.
    """
    row = situation.table.header[-1] if situation.table.header else situation.table.body.start
    for column in situation.columns.every:
        if column.place not in used and (column.name or column.profile.n_filled):
            holds_marks = column.profile.n_filled and column.profile.share("answer", "status", "reply") >= _MOSTLY
            code = "PN193" if holds_marks else "PN042"
            draft.remark(code, (row, column.place), name=column.name or draft.letters(column.place))


def tell_of_days(situation: Situation, draft: Draft) -> None:
    """
    Say in which order days were read where it is not the usual one, and which cannot be read in it.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is noted.
    """
    order = situation.order
    if order.order != "dmy" and situation.rule.month_first is None:
        draft.remark("PN157", None, value=order.proof, order=order.order)
    if order.contrary:
        draft.remark("PN158", None, value=order.contrary)
    if order.doubtful and situation.is_in_english and situation.rule.month_first is None:
        # American and British sheets look alike; French ones write the day first.
        draft.remark("PN167", None, value=order.doubtful)


def describe(situation: Situation, draft: Draft, row: int, mention: Mention, described: set[str]) -> None:
    """
    Keep the sector that a list says of an organisation, once.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is written down.
    row
        The row, from 0.
    mention
        Whom the row is about.
    described
        The organisations described so far; this one is added.
    """
    sector = situation.cell(row, "sector")
    name = mention.organisation or mention.person
    if sector and name and folded(name) not in described:
        described.add(folded(name))
        about = Mention("", mention.organisation) if mention.organisation else mention
        draft.add("actors", -1, {"actor_id": about, "sector": sector})


def header_letters(situation: Situation, columns: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """
    Name the columns that canonical columns are read from.

    Parameters
    ----------
    situation
        The table.
    columns
        The role that each canonical column is read from.

    Returns
    -------
    headers
        The header of each.
    letters
        The spreadsheet letter of each.
    """
    found: dict[str, Column] = {
        name: column for name, role in columns.items() if (column := situation.columns.of(role)) is not None
    }
    headers = {name: column.name for name, column in found.items()}
    return headers, {name: Draft.letters(column.place) for name, column in found.items()}
