"""Grids the other way round: meetings down and people across."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.days import day_in, short_day_in
from partnet_analysis.records.cells.legends import CALLED_OFF
from partnet_analysis.records.cells.looks import looks_like_a_person
from partnet_analysis.records.cells.mentions import Mention, Named, named_in
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.drafts import Draft, numbered
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.dates import names_a_day
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    add_presence,
    known_words,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.presence import PresenceColumns, Said, said_in
from partnet_analysis.records.sheets.profiles import cell_kinds
from partnet_analysis.records.sheets.rows import records
from partnet_analysis.records.sheets.situation import Situation

_FEWEST: Final = 2
_MOSTLY: Final = 0.7
"""The share of a column's cells that must be marks, or days."""

_BESIDE: Final = ("title", "series", "theme")


class _Meeting(NamedTuple):
    """A line of a grid: its row, its day as written, what it is called, its marks by column."""

    row: int
    day: str
    title: str
    marks: Mapping[int, str]


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
    shape = _shape(situation)
    if shape is None:
        return None
    day, people = shape
    used = used_columns(situation, *_BESIDE) | {day, *people}
    if sum(column.profile.n_filled > 0 and column.place not in used for column in situation.columns.every) > len(people):
        # Most of what stands there is about something else.
        return None
    return Hypothesis("attendance_grid", used, {"days_down": 0.3, "marks_under_names": 0.5}, _read)


def _shape(situation: Situation) -> tuple[int, list[int]] | None:
    """Find the column of days and those of people; a table with the headers of the one above it has its columns."""
    day = _column_of_days(situation)
    people = _columns_of_people(situation, day) if day is not None and not situation.marks else []
    if day is not None and people:
        return day, people
    above = situation.inherited
    same = above is not None and all(above.table.name(place) == situation.table.name(place) for place in above.table.columns)
    return _shape(above) if above is not None and same else None


def _column_of_days(situation: Situation) -> int | None:
    """Find the column of days: by its header, else the first of all where its cells are days, whatever its header says."""
    day = situation.columns.of("day")
    if day is not None:
        return day.place if day.by_content > 0 else None
    first = next((column for column in situation.columns.every if column.profile.n_filled), None)
    return first.place if first is not None and first.profile.share("day", "short_day") >= _MOSTLY else None


def _columns_of_people(situation: Situation, day: int) -> list[int]:
    """List the columns of marks whose headers name somebody and nothing else, and those without a mark among them."""
    grid = situation.table.grid
    given = situation.legend.marks
    columns = [
        column
        for column in situation.columns.every
        if column.name and column.place != day and max(header_roles(column.name).values(), default=0.0) < 1.0
    ]
    if len(columns) < _FEWEST:
        return []
    rows = [row for row in situation.table.body if len(_texts(situation, row, day)) > 1]
    marked: list[int] = []
    bare: list[int] = []
    for column in columns:
        cells = [text for row in rows if (text := grid.cell(row, column.place))]
        if not cells and cell_kinds(column.name, situation.known) & {"person", "organisation"}:
            bare.append(column.place)
        elif cells and sum(_is_mark(text, given) for text in cells) >= _MOSTLY * len(cells):
            marked.append(column.place)
    return sorted(marked + bare) if len(marked) >= _FEWEST else []


def _is_mark(text: str, given: Mapping[str, str]) -> bool:
    return bool(meaning_of(text) or answer_of(text) or folded(text) in given)


def _texts(situation: Situation, row: int, day: int) -> list[str]:
    """List what stands in a line beside its day; a note over the whole line is one text."""
    cells = (situation.table.grid.cell(row, place) for place in situation.table.columns if place != day)
    filled = [text for text in cells if text]
    return filled if len(set(filled)) > 1 or all(meaning_of(text) or answer_of(text) for text in filled) else filled[:1]


def _read(situation: Situation, draft: Draft) -> None:
    table = situation.table
    shape = _shape(situation)
    assert shape is not None  # noqa: S101 (the layout was weighed)
    day, people = shape
    tell_columns(situation, draft, used_columns(situation, *_BESIDE) | {day, *people})
    tell_of_days(situation, draft)
    given, blank = situation.legend
    named = _named_across(situation, people)
    meetings = list(_meetings(situation, draft, (day, people), given))
    cells = tuple(mark for meeting in meetings for mark in meeting.marks.values())
    columns = PresenceColumns({"status": day}, {"status": cells}, given, blank)
    numbers = numbered([(meeting.day, meeting.title) for meeting in meetings])
    for meeting, number in zip(meetings, numbers, strict=True):
        row = meeting.row
        details = {"series": situation.cell(row, "series") or meeting.title, "theme": situation.cell(row, "theme")}
        occasion = draft.occasion(meeting.day, meeting.title, details, cell=(row, day), number=number)
        for place, mark in meeting.marks.items():
            if mark or (blank and any(meeting.marks.values())):
                said = said_in(columns, {"status": mark}) if mark else Said(blank)
                add_presence(situation, draft, row, occasion, named[place], [said._replace(place=place)], place)
    for place in people:
        if not any(meeting.marks[place] for meeting in meetings):
            draft.add("actors", -1, {"actor_id": named[place][0].mention}, {"": (table.header[-1], place)})


def _meetings(
    situation: Situation, draft: Draft, columns: tuple[int, Sequence[int]], given: Mapping[str, str]
) -> Iterator[_Meeting]:
    """Go through the lines that are meetings; holidays, notes and what was called off are none."""
    day, people = columns
    for row, _ in records(situation, draft):
        text = situation.table.grid.cell(row, day)
        marks = {place: situation.table.grid.cell(row, place) for place in people}
        filled = [mark for mark in marks.values() if mark]
        title = situation.cell(row, "title") or situation.cell(row, "series") or _beside_the_day(text) or situation.title
        note = _texts(situation, row, day)
        if filled and all(given.get(folded(mark)) == CALLED_OFF or is_called_off(mark) for mark in filled):
            draft.ignore(row, "PN124", title=title, day=situation.reader.day(text))
        elif not filled and not names_a_day(text):
            draft.ignore(row, "PN053")
        elif len(note) == 1 and note[0] in filled and not _is_mark(note[0], given):
            place = next(place for place, mark in marks.items() if mark)
            draft.reject("PN012", (row, place), column=situation.table.name(place), value=note[0], **known_words("PN012"))
        else:
            yield _Meeting(row, situation.reader.day(text), title, marks)


def _beside_the_day(text: str) -> str:
    """Read what a meeting is called before or behind its day: `AGM 11/12/23`."""
    whole = day_in(text)
    short = short_day_in(text) if whole is None else None
    rest = whole[1] if whole is not None else short.note if short is not None else ""
    return rest if any(map(str.isalpha, rest)) else ""


def _named_across(situation: Situation, people: Sequence[int]) -> dict[int, list[Named]]:
    """Read whom the headers name: among organisations and nobody who looks like a person, every one is an organisation."""
    texts = {place: situation.table.name(place) for place in people}
    named = {place: _named_above(situation, place) for place in people}
    n_persons = sum(looks_like_a_person(each.mention.person, situation.known) for found in named.values() for each in found)
    n_organisations = sum(not each.mention.person for found in named.values() for each in found)
    if n_persons or 2 * n_organisations < len(people):
        return named
    return {
        place: [Named(Mention("", texts[place]))] if found[0].mention.person else found for place, found in named.items()
    }


def _named_above(situation: Situation, place: int) -> list[Named]:
    """Read who stands above a column: a person, below the organisation where two rows of headers name them."""
    *above, text = [text for text in situation.table.headers(place) if text]
    found = named_in(text, situation.known) or [Named(Mention("", text))]
    organisation = above[-1] if above else ""
    return [
        each._replace(mention=each.mention._replace(organisation=each.mention.organisation or organisation))
        if each.mention.person
        else each
        for each in found
    ]
