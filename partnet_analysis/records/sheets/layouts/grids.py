"""Grids: partners down and meetings across, or the other way round; polls of availability look alike and are none."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from partnet_analysis.records.cells.looks import looks_like_a_person
from partnet_analysis.records.cells.mentions import Mention, Named, Occasion, named_in
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.vocabulary import document_kinds, header_roles
from partnet_analysis.records.drafts import Cell, Draft, numbered
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    describe,
    known_words,
    legend,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.presence import PresenceColumns, Said, cells_of, read_status, said_in
from partnet_analysis.records.sheets.profiles import cell_kinds
from partnet_analysis.records.sheets.rows import named_in_row, naming_place, records
from partnet_analysis.records.sheets.situation import MarkColumn, Situation
from partnet_analysis.records.sheets.tables import NAMING_ROLES

_POSSIBLE: Final = (
    "si necessaire",
    "if need be",
    "ifneedbe",
    "(oui)",
    "(yes)",
    "(ok)",
    "under reserve",
    "peut-etre",
    "❔",
    "?",
)
_YES: Final = ("oui", "yes", "ok", "1", "x", "✓", "✔")
_FEWEST: Final = 2
_MOSTLY: Final = 0.7
"""The share of a column's cells that must be marks."""

_HOURS: Final = re.compile(r"\d{1,2}\s*[:h]\s*\d{0,2}")
_ASKS: Final = re.compile(r"\b(?:serez|viendrez|participerez|pourrez|will you|can you|would you|disponible|available)\b")
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?\s*%?")


def attendance_grid(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table has people down and meetings across.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where no header names a day over a column of marks.
    """
    dated = [mark for mark in situation.marks if mark.day]
    if not dated or not situation.is_named or is_poll(situation):
        return None
    share = _share_of_marks(situation, dated)
    if len(dated) < _FEWEST and share < 0.5:  # noqa: PLR2004 (half)
        return None
    used = used_columns(situation, *NAMING_ROLES) | {mark.place for mark in situation.marks}
    evidence = {"days_across": 0.3, "marks_under_days": 0.4 * (2 * share - 1)}
    return Hypothesis("attendance_grid", used, evidence, _read_grid)


def poll(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table is a poll of availability.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where nothing says that days were proposed.
    """
    if not [mark for mark in situation.marks if mark.day] or not (is_poll(situation) or situation.rule.shape == "poll"):
        return None
    used = frozenset(situation.table.columns)
    return Hypothesis("poll", used, {"days_across": 0.3, "days_were_proposed": 0.5}, _read_poll)


def transposed_grid(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table has meetings down and people across.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where no column of days stands beside columns of marks under names.
    """
    day = situation.columns.of("day")
    if day is None or day.by_content <= 0 or situation.marks:
        return None
    people = _columns_of_people(situation)
    if not people:
        return None
    used = used_columns(situation, "day", "title", "series", "theme") | set(people)
    return Hypothesis("attendance_grid", used, {"days_down": 0.3, "marks_under_names": 0.5}, _read_transposed)


def is_poll(situation: Situation) -> bool:
    """
    Tell a poll of availability from a grid of attendance.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    poll
        True if somebody answers `si nécessaire`, hours stand under the days, or a name says so.
    """
    table = situation.table
    if "poll" in situation.kinds or "poll" in document_kinds([table.grid.file]):
        return True
    said = {folded(table.grid.cell(row, mark.place)) for row in table.body for mark in situation.marks}
    if said & (set(_POSSIBLE) - {"?", "peut-etre"}):
        return True
    if any(_ASKS.search(folded(text)) for mark in situation.marks for text in table.headers(mark.place)):
        return True
    hours = sum(any(_HOURS.search(text) for text in table.headers(mark.place)) for mark in situation.marks)
    return hours >= _FEWEST and hours == len(situation.marks) and bool(said & {*_POSSIBLE, "✔", "✓", "❌", "ok"})


def _share_of_marks(situation: Situation, marks: Sequence[MarkColumn]) -> float:
    """Tell how many of the filled cells under days say a status; 1 where none is filled."""
    given, _ = legend(situation)
    cells = [cell for row in situation.table.body for mark in marks if (cell := situation.table.grid.cell(row, mark.place))]
    good = sum(
        bool(meaning_of(cell) or answer_of(cell) or folded(cell) in given or _NUMBER.fullmatch(cell)) for cell in cells
    )
    return good / len(cells) if cells else 1.0


def _columns_of_people(situation: Situation) -> list[int]:
    """List the columns of marks whose headers name somebody and nothing else, and those of who has no mark at all."""
    named = [
        column
        for column in situation.columns.every
        if column.name and max(header_roles(column.name).values(), default=0.0) < 1.0
    ]
    marked = [column.place for column in named if column.profile.share("status", "answer") >= _MOSTLY]
    blank = [
        column.place
        for column in named
        if not column.profile.n_filled and cell_kinds(column.name, situation.known) & {"person", "organisation"}
    ]
    return sorted(marked + blank) if len(marked) >= _FEWEST else []


def _days(situation: Situation) -> dict[tuple[str, str, int], list[MarkColumn]]:
    """Gather the columns of each meeting: of one day and note, a second mark of the same kind begins another meeting."""
    found: dict[tuple[str, str, int], list[MarkColumn]] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for mark in situation.marks:
        if mark.day and mark.role != "remark":
            note = mark.title or mark.note
            key = (mark.day, note, mark.role)
            found.setdefault((mark.day, note, seen[key]), []).append(mark)
            seen[key] += 1
    return found


def _read_grid(situation: Situation, draft: Draft) -> None:
    table = situation.table
    used = used_columns(situation, *NAMING_ROLES) | {mark.place for mark in situation.marks}
    tell_columns(situation, draft, used)
    tell_of_days(situation, draft)
    _tell_undated(situation, draft)
    meetings = _days(situation)
    occasions = _occasions(situation, draft, list(meetings))
    given, blank = legend(situation)
    lines = list(records(situation, draft))
    readers = [_presence(situation, marks, [line.row for line in lines], given, blank) for marks in meetings.values()]
    held = any(cell for columns in readers for cells in columns.cells.values() for cell in cells)
    unmarked: list[int] = []
    described: set[str] = set()
    for row, _ in lines:
        named = named_in_row(situation, row)
        cells = [{role: table.grid.cell(row, place) for role, place in columns.places.items()} for columns in readers]
        for each in named:
            describe(situation, draft, row, each.mention, described)
        if not any(any(marks.values()) for marks in cells) and not blank:
            unmarked.append(row)
            entry = draft.entry(row)
            for each in named:
                draft.add("actors", entry, {"actor_id": each.mention}, {"": (row, naming_place(situation))})
            continue
        for columns, occasion, marks in zip(readers, occasions, cells, strict=True):
            _read_marks(situation, draft, row, (named, columns, occasion, marks))
    if not held and lines:
        draft.remark("PN154", (table.header[-1], table.columns.start), n=len(lines))
    elif unmarked:
        draft.remark(
            "PN162", (unmarked[0], naming_place(situation)), n=len(unmarked), rows=[row + 1 for row in unmarked[:20]]
        )


def _tell_undated(situation: Situation, draft: Draft) -> None:
    """Name each column of marks whose header names no whole day: what stands there is not read."""
    table = situation.table
    undated = [(mark.cell, mark.place) for mark in situation.marks if not mark.day]
    undated += [
        ((table.header[-1], column.place), column.place)
        for column in situation.columns.every
        if not column.role and column.name and column.profile.n_filled and column.profile.share("status") >= _MOSTLY
    ]
    for cell, place in undated:
        n_marks = sum(bool(table.grid.cell(row, place)) for row in table.body)
        draft.remark("PN153", cell, value=table.grid.cell(*cell), n=n_marks)


def _presence(
    situation: Situation, marks: Sequence[MarkColumn], rows: Sequence[int], given: dict[str, str], blank: str
) -> PresenceColumns:
    places = {mark.role or "status": mark.place for mark in marks if mark.role != "remark"}
    cells = ({role: situation.table.grid.cell(row, place) for role, place in places.items()} for row in rows)
    return PresenceColumns(places, cells_of(cells, places), given, blank)


def _occasions(situation: Situation, draft: Draft, meetings: Sequence[tuple[str, str, int]]) -> list[Occasion]:
    series = situation.title
    first = {key: marks[0] for key, marks in _days(situation).items()}
    titles = [first[key].title or series for key in meetings]
    numbers = numbered([(key[0], title) for key, title in zip(meetings, titles, strict=True)])
    return [
        draft.occasion(
            key[0],
            title,
            {"series": title, "title": title if first[key].title else f"{series} {key[1]}".strip()},
            cell=first[key].cell,
            number=number,
        )
        for key, title, number in zip(meetings, titles, numbers, strict=True)
    ]


def _read_marks(
    situation: Situation, draft: Draft, row: int, of_row: tuple[list[Named], PresenceColumns, Occasion, dict[str, str]]
) -> None:
    """Read one meeting's marks of a line: an empty cell says nothing where no legend does."""
    named, columns, occasion, marks = of_row
    if not any(marks.values()) and not columns.blank:
        return
    said = _said(columns, marks)
    if not named and all(_NUMBER.fullmatch(mark) for mark in marks.values() if mark):
        return
    if said.fault:
        place = said.place
        value = situation.table.grid.cell(row, place)
        draft.reject(said.fault, (row, place), column=situation.table.name(place), value=value, **known_words(said.fault))
        for each in named:
            draft.add("actors", -1, {"actor_id": each.mention}, {"": (row, naming_place(situation))})
        return
    entry = draft.entry(row)
    for each in named or [Named(Mention(""))]:
        values = {"meeting_id": occasion, "actor_id": each.mention if any(each.mention) else "", "status": said.status}
        if said.invited is not None:
            values["invited"] = "true" if said.invited else "false"
        cells: dict[str, Cell] = {"": (row, naming_place(situation)), "status": (row, max(said.place, 0))}
        if said.status:
            draft.add("attendance", entry, values, cells)
        else:
            draft.add("actors", entry, {"actor_id": each.mention}, cells)


def _said(columns: PresenceColumns, marks: dict[str, str]) -> Said:
    if not any(marks.values()):
        return Said(columns.blank, None, next(iter(columns.places.values())))
    return said_in(columns, marks)


def _read_transposed(situation: Situation, draft: Draft) -> None:
    table = situation.table
    people = _columns_of_people(situation)
    used = used_columns(situation, "day", "title", "series", "theme") | set(people)
    tell_columns(situation, draft, used)
    tell_of_days(situation, draft)
    given, blank = legend(situation)
    header = table.header[-1]
    named = _named_across(situation, people)
    lines = list(records(situation, draft))
    columns = {
        place: PresenceColumns(
            {"status": place}, {"status": tuple(table.grid.cell(line.row, place) for line in lines)}, given, blank
        )
        for place in people
    }
    days = [situation.reader.day(situation.cell(line.row, "day")) for line in lines]
    titles = [situation.cell(line.row, "title") or situation.cell(line.row, "series") or situation.title for line in lines]
    numbers = numbered(list(zip(days, titles, strict=True)))
    for line, day, title, number in zip(lines, days, titles, numbers, strict=True):
        details = {"series": situation.cell(line.row, "series") or title, "theme": situation.cell(line.row, "theme")}
        occasion = draft.occasion(day, title, details, cell=(line.row, situation.columns.places["day"]), number=number)
        for place in people:
            marks = {"status": table.grid.cell(line.row, place)}
            _read_marks_across(draft, (line.row, place), named[place], (columns[place], occasion, marks))
    for place in people:
        if not any(table.grid.cell(line.row, place) for line in lines):
            draft.add("actors", -1, {"actor_id": named[place][0].mention}, {"": (header, place)})


def _named_across(situation: Situation, people: Sequence[int]) -> dict[int, list[Named]]:
    """Read whom the headers name: among organisations and nobody who looks like a person, every one is an organisation."""
    texts = {place: situation.table.name(place) for place in people}
    named = {place: named_in(text, situation.known) or [Named(Mention("", text))] for place, text in texts.items()}
    n_persons = sum(looks_like_a_person(each.mention.person, situation.known) for found in named.values() for each in found)
    n_organisations = sum(not each.mention.person for found in named.values() for each in found)
    if n_persons or 2 * n_organisations < len(people):
        return named
    return {
        place: [Named(Mention("", texts[place]))] if found[0].mention.person else found for place, found in named.items()
    }


def _read_marks_across(
    draft: Draft, cell: Cell, named: list[Named], of_cell: tuple[PresenceColumns, Occasion, dict[str, str]]
) -> None:
    columns, occasion, marks = of_cell
    if not marks["status"] and not columns.blank:
        return
    said = _said(columns, marks)
    if said.fault:
        draft.reject(said.fault, cell, column="", value=marks["status"], **known_words(said.fault))
        return
    entry = draft.entry(cell[0])
    for each in named:
        values = {"meeting_id": occasion, "actor_id": each.mention, "status": said.status}
        if said.invited is not None:
            values["invited"] = "true" if said.invited else "false"
        draft.add(
            "attendance" if said.status else "actors",
            entry,
            values if said.status else {"actor_id": each.mention},
            {"": cell, "status": cell},
        )


def _read_poll(situation: Situation, draft: Draft) -> None:
    table = situation.table
    slots = [mark for mark in situation.marks if mark.day]
    people: list[tuple[int, list[Named]]] = []
    for row, _ in records(situation, draft):
        by_role = situation.columns.has("person", "last_name", "first_name", "organisation")
        named = (
            named_in_row(situation, row) if by_role else named_in(table.grid.cell(row, table.columns.start), situation.known)
        )
        if not named or not any(table.grid.cell(row, slot.place) for slot in slots):
            draft.ignore(row, "PN053")
        else:
            people.append((row, named))
    votes = [sum(folded(table.grid.cell(row, slot.place)) in _YES for row, _ in people) for slot in slots]
    slot = slots[votes.index(max(votes))]
    occasion = draft.occasion(slot.day, situation.title, {}, cell=slot.cell)
    if len(slots) > 1:
        draft.remark("PN057", slot.cell, value=slot.day)
    for row, named in people:
        entry = draft.entry(row)
        # Of several days a no is to one of them; of a single day it is a refusal.
        said = read_status(PresenceColumns({}, {}, {}), table.grid.cell(row, slot.place), is_reply=True)
        status = "excused" if len(slots) == 1 and said is not None and said.status == "excused" else "unknown"
        for each in named:
            values = {"meeting_id": occasion, "actor_id": each.mention, "status": status, "invited": "true"}
            draft.add("attendance", entry, values, {"": (row, naming_place(situation))})
