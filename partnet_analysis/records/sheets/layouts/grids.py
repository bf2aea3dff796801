"""Grids of attendance: people down and meetings across."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.legends import CALLED_OFF
from partnet_analysis.records.cells.mentions import Named, Occasion
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.drafts import Draft, numbered
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    add_presence,
    describe,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.layouts.polls import is_poll
from partnet_analysis.records.sheets.layouts.sign_in import has_marks_not_understood
from partnet_analysis.records.sheets.presence import PresenceColumns, Said, cells_of, said_in, signs
from partnet_analysis.records.sheets.rows import named_in_row, naming_place, records
from partnet_analysis.records.sheets.situation import MarkColumn, Situation

_FEWEST: Final = 2
_MOSTLY: Final = 0.7
"""The share of a column's cells that must be marks."""

_STRENGTH: Final = ("fault", "present", "excused", "absent", "unknown", "")
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


def _share_of_marks(situation: Situation, marks: Sequence[MarkColumn]) -> float:
    """Tell how many of the filled cells under days say a status; 1 where none is filled."""
    given = situation.legend.marks
    grid = situation.table.grid
    good = [
        _is_mark(text, given) or _NUMBER.fullmatch(text) is not None or _is_signature(text, named_in_row(situation, row))
        for row in situation.table.body
        for mark in marks
        if (text := grid.cell(row, mark.place))
    ]
    return sum(good) / len(good) if good else 1.0


def _is_mark(text: str, given: Mapping[str, str]) -> bool:
    return bool(meaning_of(text) or answer_of(text) or folded(text) in given)


def _is_signature(text: str, named: Sequence[Named]) -> bool:
    return len(named) == 1 and signs(text, named[0].mention.person)


def _meetings(situation: Situation) -> dict[tuple[str, str, int], list[MarkColumn]]:
    """
    Gather the columns of each meeting by its day, its note and its number.

    A second mark of the same kind under one day and note begins another meeting, but for the halves of one day.
    """
    found: dict[tuple[str, str, int], list[MarkColumn]] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for mark in situation.marks:
        if mark.day and mark.role != "remark":
            note = mark.title or mark.note
            key = (mark.day, note, mark.role)
            found.setdefault((mark.day, note, seen[key]), []).append(mark)
            seen[key] += not mark.is_half
    return found


def _read_grid(situation: Situation, draft: Draft) -> None:
    tell_columns(situation, draft, used_columns(situation, *NAMING_ROLES) | {mark.place for mark in situation.marks})
    tell_of_days(situation, draft)
    _tell_undated(situation, draft)
    lines = [(line.row, named_in_row(situation, line.row)) for line in records(situation, draft)]
    meetings = _held(situation, draft, [row for row, _ in lines])
    occasions = _occasions(situation, draft, meetings)
    unmarked: list[int] = []
    described: set[str] = set()
    for row, named in lines:
        for each in named:
            describe(situation, draft, row, each.mention, described)
        said = [_said_of(situation, row, named, parts) for parts in meetings.values()]
        for occasion, found in zip(occasions, said, strict=True):
            if found is not None:
                add_presence(situation, draft, row, occasion, named, [found] * max(len(named), 1))
        if not any(said):
            unmarked.append(row)
            entry = draft.entry(row)
            for each in named:
                draft.add("actors", entry, {"actor_id": each.mention}, {"": (row, naming_place(situation))})
    _tell_unmarked(situation, draft, unmarked, n=len(lines))


def _tell_unmarked(situation: Situation, draft: Draft, unmarked: Sequence[int], *, n: int) -> None:
    if unmarked and len(unmarked) == n:
        draft.remark("PN154", (situation.table.header[-1], situation.table.columns.start), n=n)
    elif unmarked:
        place = (unmarked[0], naming_place(situation))
        draft.remark("PN162", place, n=len(unmarked), rows=[row + 1 for row in unmarked[:20]])


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


def _held(situation: Situation, draft: Draft, rows: Sequence[int]) -> dict[tuple[str, str, int], list[PresenceColumns]]:
    """Gather the columns of each meeting that took place, those of each half of a day apart."""
    given, blank = situation.legend
    found: dict[tuple[str, str, int], list[PresenceColumns]] = {}
    for key, marks in _meetings(situation).items():
        parts = [[mark] for mark in marks] if all(mark.is_half for mark in marks) else [marks]
        columns = [_presence(situation, part, rows, given, blank) for part in parts]
        filled = [cell for part in columns for cells in part.cells.values() for cell in cells if cell]
        if filled and all(given.get(folded(cell)) == CALLED_OFF or is_called_off(cell) for cell in filled):
            draft.remark("PN124", marks[0].cell, title=situation.title, day=key[0])
        else:
            found[key] = columns
    return found


def _presence(
    situation: Situation, marks: Sequence[MarkColumn], rows: Sequence[int], given: Mapping[str, str], blank: str
) -> PresenceColumns:
    places = {mark.role or "status": mark.place for mark in marks}
    cells = cells_of(({role: situation.table.grid.cell(row, at) for role, at in places.items()} for row in rows), places)
    is_marked = any(cell for column in cells.values() for cell in column)
    if not blank and set(places) != {"status"} and has_marks_not_understood(situation):
        # Beside columns for the invited and the excused, one whose word is not known may say who came.
        blank = "unknown"
    # Where nobody has a mark, the meeting is not filled in yet, and an empty cell says nothing.
    return PresenceColumns(places, cells, given, blank if is_marked else "")


def _occasions(
    situation: Situation, draft: Draft, meetings: Mapping[tuple[str, str, int], Sequence[PresenceColumns]]
) -> list[Occasion]:
    series = situation.title
    first = {key: marks[0] for key, marks in _meetings(situation).items() if key in meetings}
    titles = [mark.title or series for mark in first.values()]
    numbers = numbered([(key[0], title) for key, title in zip(first, titles, strict=True)])
    return [
        draft.occasion(
            key[0],
            title,
            {"series": series, "title": title if mark.title else f"{series} {key[1]}".strip()},
            cell=mark.cell,
            number=number,
        )
        for (key, mark), title, number in zip(first.items(), titles, numbers, strict=True)
    ]


def _said_of(situation: Situation, row: int, named: Sequence[Named], parts: Sequence[PresenceColumns]) -> Said | None:
    """Read a line's marks of one meeting, the strongest of those of its halves; an empty cell says nothing by itself."""
    said: list[Said] = []
    for columns in parts:
        marks = {role: situation.table.grid.cell(row, place) for role, place in columns.places.items()}
        if not named and all(_NUMBER.fullmatch(mark) for mark in marks.values() if mark):
            continue
        if any(marks.values()):
            said.append(said_in(columns, {role: _mark(text, columns, named) for role, text in marks.items()}))
        elif columns.blank:
            said.append(Said(columns.blank, None, next(iter(columns.places.values()))))
    return min(said, key=lambda each: _STRENGTH.index((each.fault and "fault") or each.status), default=None)


def _mark(text: str, columns: PresenceColumns, named: Sequence[Named]) -> str:
    """Take somebody's own signature or initials for a tick, where they are no known mark."""
    return "x" if text and not _is_mark(text, columns.given) and _is_signature(text, named) else text
