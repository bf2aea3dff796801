"""Everything that is known of a table before a layout is chosen: its title, its days, its columns, the names around it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.days import day_in, month_number, years_in
from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.legends import Legend, legend_of, may_explain, usual_marks
from partnet_analysis.records.cells.looks import KnownNames, looks_like_a_person
from partnet_analysis.records.cells.mentions import Mention, Named, named_in
from partnet_analysis.records.cells.vocabulary import document_kinds, header_roles
from partnet_analysis.records.drafts import Cell
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import organisation_key, person_key
from partnet_analysis.records.sheets.columns import Columns, understood_columns
from partnet_analysis.records.sheets.context import (
    Block,
    day_around,
    heading,
    is_total,
    spoken_name,
    title_block,
    without_fillers,
    years_around,
)
from partnet_analysis.records.sheets.dates import (
    DayOrder,
    DayReader,
    HeaderDay,
    day_order,
    header_days,
    iso_day,
    names_a_day,
)
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.tables import Table

UNDER_A_DAY: Final = ("present", "excused", "absent", "represented", "invited", "signature", "reply", "status")
_DASH: Final = re.compile(r"\s+[–—-]\s+")
_SAMPLE: Final = 2000
_LEGEND_ROWS: Final = 300
_LONGEST_MARK: Final = 3
_ENGLISH: Final = re.compile(
    r"\b(?:name|attend\w*|meeting|apologies|register|agency|council|board|first|last|signed|sign-in|of|the|and|organi[sz]ation"
    r"|status|member)\b"
)
_FRENCH: Final = re.compile(
    r"\b(?:le|la|les|de|du|des|et|nom|prenom|presents?|reunion|structure|organisme|liste|feuille|statut)\b"
)
_ACCENTS: Final = re.compile("[éèêàùçôîœ]", re.IGNORECASE)
_HALF: Final = re.compile(r"(?:le )?matin(?:ee)?|apres[- ]midi|soir(?:ee)?|(?:in the )?(?:morning|afternoon|evening)|am|pm")
_FEWEST_IN_WORDS: Final = 2
_NUMBER: Final = re.compile(r"-?\d+(?:[.,]\d+)?\s*%?(?:\s*/\s*\d+)?")


@dataclass(frozen=True)
class MarkColumn:
    """
    A column of marks under a day.

    Parameters
    ----------
    place
        Its place in the sheet, from 0.
    day
        The day as ISO; empty where its header names none whole.
    note
        What else the header says.
    role
        What a mark there means: a status, an invitation; empty where the mark says it itself.
    cell
        The cell that names the day.
    title
        What the meeting is called, where a header row of its own says so.
    is_half
        Whether it is of a half of the day alone.
    """

    place: int
    day: str
    note: str
    role: str
    cell: Cell
    title: str = ""
    is_half: bool = False


@dataclass(frozen=True, eq=False)
class Situation:
    """
    A table and what is known of it.

    Parameters
    ----------
    table
        The table.
    rule
        What `partnet.toml` says of the sheet.
    known
        Names known from other files.
    inherited
        The situation of the table above it in the sheet, whose meeting it goes on with where it names none; None for the
        first.
    """

    table: Table
    rule: SourceRule
    known: KnownNames
    inherited: "Situation | None" = None
    named: dict[tuple[str, ...], list[Named]] = field(default_factory=dict, init=False, repr=False)
    """Whom cells name, as far as they were read: in a long table the same people stand again and again."""

    @cached_property
    def order(self) -> DayOrder:
        """In which order the table writes days."""
        grid = self.table.grid
        rows = [*self.table.above, *self.table.header, *list(self.table.body)[:_SAMPLE]]
        texts = [grid.cell(row, column) for row in rows for column in self.table.columns]
        return day_order(filter(None, texts), self.years, month_first=self.rule.month_first)

    @cached_property
    def is_in_english(self) -> bool:
        """Whether titles, headers and names are in English, and nothing there is in French."""
        grid = self.table.grid
        rows = [*self.table.above, *self.table.header]
        said = " ".join([grid.sheet or "", spoken_name(grid.file), *(cell for row in rows for cell in grid.rows[row])])
        return bool(_ENGLISH.search(folded(said))) and not _FRENCH.search(folded(said)) and not _ACCENTS.search(said)

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that the sheet is about, as far as it or `partnet.toml` says."""
        if self.rule.year is not None:
            return (self.rule.year,)
        return tuple(years_around(self.table.grid, self.table.above))

    @cached_property
    def reader(self) -> DayReader:
        """What reads the table's days."""
        return DayReader(self.order.order, self.years)

    @cached_property
    def block(self) -> Block:
        """The title block."""
        return title_block(self.table.grid, self.table.above, self._columns_of_title, self.reader)

    @property
    def _columns_of_title(self) -> range | None:
        """Of blocks side by side, each has the titles above its own columns, where there are any beside the first's."""
        columns, grid = self.table.columns, self.table.grid
        if columns.start == 0:
            beyond = any(grid.cell(row, place) for row in self.table.above for place in range(columns.stop, grid.width))
            return columns if beyond else None
        own = any(grid.cell(row, place) for row in self.table.above for place in columns)
        return columns if own else None

    @cached_property
    def section(self) -> str | None:
        """What a heading of a list of people above the table says of it."""
        said = (heading_status(text) for text in reversed(self.block.free))
        return next((status for status in said if status), None)

    @cached_property
    def titles(self) -> list[str]:
        """What the lines call their meetings, each once."""
        texts = [self.cell(row, "title") for row in self.table.body] if self.columns.has("title") else []
        return list(dict.fromkeys(filter(None, texts)))

    @cached_property
    def _days_of_titles(self) -> set[str]:
        """The days inside the titles of meetings, which say better than a file's name when these are."""
        found = (day_in(self.reader.plain(title)) for title in self.titles)
        return {day for each in found if each is not None and (day := iso_day(each[0]))}

    @cached_property
    def day(self) -> tuple[str, Cell | None]:
        """The day of the one meeting that the table is about; empty where nothing names it."""
        if "day" in self.rule.constants:
            return iso_day(self.rule.constants["day"]), None
        if self.inherited is not None and not self.block.days and "day" not in self.block.said:
            return self.inherited.own_day or self.inherited.day
        if self._days_of_titles and not self.block.days:
            return (min(self._days_of_titles) if len(self.titles) == 1 else ""), None
        return day_around(self.table.grid, self.block, self.reader)

    @cached_property
    def is_about_what_follows(self) -> bool:
        """Whether the table has one line alone and names nobody, so that it only says what the next table is about."""
        lines = [row for row in self.table.body if any(self.table.grid.cell(row, place) for place in self.table.columns)]
        return (
            len(lines) == 1
            and self.columns.has("title", "time", "day")
            and not self.columns.has("last_name", "first_name", *UNDER_A_DAY)
        )

    @property
    def own_day(self) -> tuple[str, Cell | None] | None:
        """The day that a table about what follows says in its line; None where it says none."""
        if not self.is_about_what_follows:
            return None
        for role in ("day", "time", "arrival"):
            for row in self.table.body:
                day = iso_day(self.reader.day(self.cell(row, role))) if self.cell(row, role) else ""
                if day:
                    return day, (row, self.columns.places[role])
        return None

    @property
    def days_in_title(self) -> list[str]:
        """Every day that the title block, or else the names of sheet and file, name."""
        return self.block.days

    @cached_property
    def title(self) -> str:
        """What the one meeting, or the series, is called."""
        parts = _DASH.split(self.block.said.get("title", ""))
        own = without_fillers(" – ".join(part for part in parts if heading_status(part) is None))
        if not own and len(self.titles) == 1 and len(self.table.body) > 1:
            own = without_fillers(self.titles[0])
        if self.inherited is not None and self.inherited.is_about_what_follows:
            said = next((text for row in self.inherited.table.body if (text := self.inherited.cell(row, "title"))), "")
            own = said or own
        if self.about:
            return heading(replace(self.table.grid, sheet=None)) if self.table.grid.sheet else ""
        if not own and self.inherited is not None:
            return self.inherited.title
        return own or heading(self.table.grid)

    @cached_property
    def kinds(self) -> frozenset[str]:
        """What the names of sheet and file, and the titles, say of the document."""
        said = document_kinds([*self.block.free, self.block.said.get("title", "")])
        return said or document_kinds([self.table.grid.sheet or "", spoken_name(self.table.grid.file)])

    @cached_property
    def legend(self) -> Legend:
        """What marks mean: as `partnet.toml` says, or else the sheet's own legend, or else the other marks of the table."""
        grid, rule = self.table.grid, self.rule
        cells = {grid.cell(row, place) for row in self.table.body[:_SAMPLE] for place in self.table.columns}
        short = (text for text in cells if len(text) <= _LONGEST_MARK)
        found = legend_of(" ; ".join(filter(may_explain, row)) for row in grid.rows[:_LEGEND_ROWS])
        given = {folded(mark): status for mark, status in rule.statuses.items()}
        marks = usual_marks(frozenset(map(folded, short))) | found.marks | given
        return Legend(marks, rule.blank or found.blank)

    @cached_property
    def marks(self) -> tuple[MarkColumn, ...]:
        """The columns whose headers name days, or should."""
        places = [place for place in self.table.columns if not self._names_people(place)]
        texts = [self._day_text(place) for place in places]
        days = header_days([text for text, _ in texts], self.reader)
        dated = [place for place, day in zip(places, days, strict=True) if day is not None and day.day]
        return tuple(
            self._mark(place, day, row)
            for place, day, (_, row) in zip(places, days, texts, strict=True)
            if day is not None and (day.day or (dated and place > dated[0] - 2))
        )

    def _names_people(self, place: int) -> bool:
        name = self.table.name(place)
        return bool(set(header_roles(name)) & set(NAMING_ROLES)) and not names_a_day(name)

    def _mark(self, place: int, day: HeaderDay, row: int) -> MarkColumn:
        texts = self.table.headers(place)
        last = texts[-1] if texts else ""
        under = header_roles(last) if len(texts) > 1 else {}
        role = next((role for role in (*UNDER_A_DAY, "remark") if role in under), "")
        others = [text for text in texts if not under or text != last]
        halves = [text for text in texts if _HALF.fullmatch(folded(text))]
        names = [text for text in others if not (names_a_day(text) or month_number(text) or text in halves)]
        title = next((text for text in names if re.search(r"[^\W\d_]{3}", text)), "")
        return MarkColumn(place, day.day, day.note, role, (row, place), title, bool(halves))

    def _day_text(self, place: int) -> tuple[str, int]:
        """Put together what the header rows of a column say of its day: a month above, the day's number below."""
        texts = self.table.headers(place)
        rows = self.table.header
        month = next((text for text in texts[:-1] if month_number(text)), "")
        if month:
            number = next((found for text in texts[1:] if (found := re.search(r"(?<!\d)\d{1,2}(?![\d:h])", text))), None)
            if number:
                years = years_in(month) or list(self.years[:1])
                return (
                    f"{number.group()} {re.sub(r'[^a-zA-Zéûôùèà]+', '', month)} {years[0] if years else ''}".strip(),
                    rows[1],
                )
        whole = next((place_ for place_, text in enumerate(texts) if names_a_day(text)), None)
        if whole is not None:
            return texts[whole], rows[whole]
        first = next((place_ for place_, text in enumerate(texts) if text), 0)
        return (texts[first], rows[first]) if texts else ("", 0)

    @cached_property
    def columns(self) -> Columns:
        """The columns beside those of the days, with their roles."""
        return understood_columns(self.table, [mark.place for mark in self.marks], self.known, self.rule.roles)

    def cell(self, row: int, role: str) -> str:
        """
        Look at the cell of a role.

        Parameters
        ----------
        row
            The row, from 0.
        role
            The role.

        Returns
        -------
        text
            What it holds; nothing where no column has the role.
        """
        place = self.columns.places.get(role)
        return self.table.grid.cell(row, place) if place is not None else ""

    def cells(self, row: int, roles: Iterable[str]) -> tuple[str, ...]:
        """
        Look at the cells of several roles.

        Parameters
        ----------
        row
            The row, from 0.
        roles
            The roles.

        Returns
        -------
        texts
            What each holds; nothing where no column has the role.
        """
        places, grid = self.columns.places, self.table.grid
        return tuple([grid.cell(row, places[role]) if role in places else "" for role in roles])

    @cached_property
    def naming(self) -> list[int]:
        """The columns that name people and organisations, the person's first."""
        whole = self.columns.has("person", "last_name")
        found = [
            self.columns.places[role]
            for role in NAMING_ROLES
            # A given name alone names nobody.
            if role in self.columns.places and (role != "first_name" or whole)
        ]
        return found or [self.columns.places[role] for role in ("email",) if role in self.columns.places]

    def naming_texts(self, row: int) -> list[str]:
        """
        Read the cells that name whom a row is about.

        Parameters
        ----------
        row
            The row, from 0.

        Returns
        -------
        texts
            Those that hold anything.
        """
        return [text for place in self.naming if (text := self.table.grid.cell(row, place))]

    @cached_property
    def tallies(self) -> frozenset[int]:
        """The rows at the foot of a grid of words that hold numbers alone: they count those above, whatever their label."""
        marks = {
            row: [text for mark in self.marks if (text := self.table.grid.cell(row, mark.place))] for row in self.table.body
        }
        labelled = {row for row in marks if any(map(is_total, self.naming_texts(row)))}
        in_words = [row for row, texts in marks.items() if row not in labelled and not all(map(_NUMBER.fullmatch, texts))]
        if len(in_words) < _FEWEST_IN_WORDS:
            return frozenset()
        foot = [row for row, texts in marks.items() if texts and row > in_words[-1]]
        return frozenset(row for row in foot if not any(map(looks_like_a_person, self.naming_texts(row))))

    @cached_property
    def about(self) -> list[Named]:
        """Whom every row of a sheet without names is about: as its title says, or its own name where others know it."""
        if self.naming or not self.columns.has("day"):
            return []
        name = self.table.grid.sheet or spoken_name(self.table.grid.file)
        is_known = organisation_key(name) in self.known.organisations or person_key(name) in self.known.persons
        found = named_in(self.block.said.get("who", name if is_known else ""), self.known)
        if len(found) != 1:
            return []
        person, organisation, _ = found[0].mention
        return found if looks_like_a_person(person, self.known) else [Named(Mention("", person or organisation))]

    @property
    def is_denied_elsewhere(self) -> bool:
        """Whether another table with the same marks below the same header marks absences, so that a blank is none."""
        place = self.columns.places["status"]
        header = folded(self.table.name(place))
        return any((header, folded(self.table.grid.cell(row, place))) in self.known.denied for row in self.table.body)

    @property
    def is_named(self) -> bool:
        """Whether any column names somebody."""
        return bool(self.naming)
