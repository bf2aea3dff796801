"""Where the tables of a sheet are: their header rows, what stands above them, their columns and their rows."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from partnet_analysis.records.cells.days import day_in, month_number, short_day_in
from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.looks import looks_like_a_person
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.context import is_title_key
from partnet_analysis.records.sheets.dates import serial_day

NAMING_ROLES: Final = ("person", "last_name", "first_name", "organisation")
_LEADING_ROLES: Final = frozenset(
    {*NAMING_ROLES, "day", "title", "series", "target", "source", "email", "arrival", "present_names", "action"}
)
_UNDER_A_DAY: Final = frozenset(
    {"present", "excused", "absent", "represented", "invited", "status", "reply", "signature", "remark"}
)
_LONGEST_HEADER: Final = 70
_LONGEST_TITLE: Final = 120
_SEARCHED_ROWS: Final = 80
_TITLE_ROWS: Final = 14
_FEWEST: Final = 2
_MANY: Final = 4
_NEAR_BEST: Final = 0.5
_SURELY: Final = 0.8
"""A header known by one word in it alone weighs less."""
_LAST_DAY: Final = 31
_NO_HEADER: Final = re.compile(r"@|https?:|^#(?:N/A|REF|DIV|VALUE|NAME|NUM)")
_VALUE: Final = re.compile(r"[\d\s.,:%€/h-]+(?:am|pm)?", re.IGNORECASE)
_ABOUT_THE_FILE: Final = re.compile(
    r"mis a jour|\bmaj\b|updated|imprime|printed|version|edite|genere|generated|export|as of|arrete au|etat au"
)
_HOURS: Final = re.compile(r"\d{1,2}\s*[:h]\s*\d{0,2}\b.*|matin|apres-midi|morning|afternoon|am|pm")


@dataclass(frozen=True, eq=False)
class Table:
    """
    A table in a sheet.

    Parameters
    ----------
    grid
        The cells, merged ones carried to each of their rows.
    above
        The rows of the title block above it.
    header
        The rows that name the columns; none where nothing does.
    body
        The rows below the header, as far as the next table.
    columns
        The columns.
    """

    grid: Grid
    above: range
    header: tuple[int, ...]
    body: range
    columns: range

    def headers(self, column: int) -> tuple[str, ...]:
        """
        Fetch what names a column.

        Parameters
        ----------
        column
            The column.

        Returns
        -------
        headers
            A text for each header row, from top to bottom; one that is merged over several columns stands for each.
        """
        return tuple(self._carried(row, column) for row in self.header)

    def name(self, column: int) -> str:
        """
        Fetch the name of a column.

        Parameters
        ----------
        column
            The column.

        Returns
        -------
        name
            The lowest text of its header that says anything.
        """
        return next((text for text in reversed(self.headers(column)) if text), "")

    def texts(self, row: int) -> list[str]:
        """
        Fetch what a row holds.

        Parameters
        ----------
        row
            The row, from 0.

        Returns
        -------
        texts
            Its cells that hold anything, from left to right.
        """
        if self.columns.start == 0 and self.columns.stop >= len(self.grid.rows[row]):
            return self.grid.filled[row]
        return [text for column in self.columns if (text := self.grid.cell(row, column))]

    def _carried(self, row: int, column: int) -> str:
        text = self.grid.cell(row, column)
        if text or row == self.header[-1] or not self.grid.cell(self.header[-1], column):
            return text
        left = next((place for place in range(column, self.columns.start - 1, -1) if self.grid.cell(row, place)), None)
        carried = self.grid.cell(row, left) if left is not None else ""
        under = self.grid.cell(self.header[-1], column)
        divides = set(header_roles(under)) & _UNDER_A_DAY or under.isdigit() or _is_day(under) or _HOURS.match(folded(under))
        if (_is_day(carried) or month_number(carried)) and not divides:
            return ""
        # What names people holds for its own column alone; a day or a status holds for the columns to its right.
        return "" if set(header_roles(carried)) & {*NAMING_ROLES, "email", "phone", "function"} else carried


def tables_in(grid: Grid) -> list[Table]:
    """
    Find the tables of a sheet.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    tables
        From top to bottom, then from left to right; none where no row names columns.
    """
    grid = with_merged_cells_carried(grid)
    headers = _header_rows(grid)
    tables: list[Table] = []
    floor = 0
    for place, header in enumerate(headers):
        end = headers[place + 1][0] if place + 1 < len(headers) else len(grid.rows)
        above = range(_first_title_row(grid, header[0], floor), header[0])
        if tables:
            tables = [
                replace(table, body=range(table.body.start, min(table.body.stop, above.start)))
                if table.header == headers[place - 1]
                else table
                for table in tables
            ]
        floor = header[-1] + 1
        body = range(floor, min(end, _end_in_document(grid, header)))
        tables += [Table(grid, above, header, body, columns) for columns in _side_by_side(grid, header)]
    return [part for table in tables for part in _at_titles_inside(table)]


def _end_in_document(grid: Grid, header: tuple[int, ...]) -> int:
    """Find where the paragraphs begin again behind a table of a document; tables as wide with nothing between are one."""
    own = grid.table_of(header[-1])
    if own is None:
        return len(grid.rows)
    last, width = own[1], len(grid.rows[own[0]])
    for first, end in grid.tables:
        if first > last and all(map(partial(_is_blank, grid), range(last + 1, first))) and len(grid.rows[first]) == width:
            last = end
    return last + 1


def with_merged_cells_carried(grid: Grid) -> Grid:
    """
    Let a merged cell hold for each of its rows.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    grid
        The same with what stands in the upper left of a merged range in each row of its first column.
    """
    if not any(last > first for first, _, last, _ in grid.merged):
        return grid
    rows = [list(row) for row in grid.rows]
    for first, column, last, _ in grid.merged:
        text = grid.cell(first, column)
        for row in range(first + 1, min(last + 1, len(rows))):
            if text and row < len(rows):
                rows[row] += [""] * (column + 1 - len(rows[row]))
                rows[row][column] = rows[row][column] or text
    return replace(grid, rows=rows)


def _header_rows(grid: Grid) -> list[tuple[int, ...]]:
    """Find the rows that name columns, each with the rows above and below that name them with it."""
    scores = {row: score for row in range(min(len(grid.rows), _SEARCHED_ROWS)) if (score := _header_score(grid, row)) > 0}
    if not scores:
        return []
    best = max(scores.values())
    first = next(row for row, score in scores.items() if score >= _NEAR_BEST * best)
    while scores.get(first + 1, 0.0) > scores[first] and not any(_is_day(cell.strip()) for cell in grid.rows[first]):
        # Of two rows that might name the columns, the one that names more of them does.
        first += 1
    while first - 1 in scores and any(_is_day(cell.strip()) for cell in grid.rows[first - 1]):
        first -= 1
    texts = _texts(grid, first)
    found: list[tuple[int, ...]] = []
    for row in range(first, len(grid.rows)):
        if found and row <= found[-1][-1]:
            continue
        if not _starts_a_table(grid, row, first, texts):
            continue
        whole = (*_rows_above(grid, row), row, *_rows_below(grid, row))
        if found and whole[0] <= found[-1][-1] + 1:
            found[-1] = tuple(range(found[-1][0], whole[-1] + 1))
        else:
            found.append(whole)
    return found


def _starts_a_table(grid: Grid, row: int, first: int, texts: tuple[str, ...]) -> bool:
    """Below the first header, a row starts a table where it repeats a header, or stands apart and is nothing but one."""
    if row == first:
        return True
    if folded(_first_text(grid, row)) == texts[0] and _texts(grid, row) == texts:
        return True
    if row - 1 == first:
        return _header_score(grid, row) > 0 and all(
            max(header_roles(cell).values(), default=0.0) >= _SURELY or _is_day(cell) for cell in grid.filled[row]
        )
    is_apart = row > 0 and (len(grid.filled[row - 1]) <= 1 or _is_title(grid, row - 1))
    return is_apart and row < len(grid.rows) and _header_score(grid, row) >= _FEWEST and _is_pure(grid, row)


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(map(folded, grid.filled[row]))


def _is_pure(grid: Grid, row: int) -> bool:
    cells = grid.filled[row]
    return sum(bool(header_roles(cell)) or _is_day(cell) for cell in cells) >= 0.75 * len(cells)


def _header_score(grid: Grid, row: int) -> float:
    """Tell how much a row looks like one that names columns: known headers and days, less what names nothing."""
    cells = grid.filled[row]
    if len(cells) < _FEWEST or any(len(cell) > _LONGEST_HEADER or _NO_HEADER.search(cell) for cell in cells):
        return 0.0
    if _says_what_stands_beside(cells) or _heads_lists(grid, row) or _heads_blocks(grid, row) or _is_of_a_day(cells):
        return 0.0
    roles = [header_roles(cell) for cell in cells]
    days = sum(_is_day(cell) for cell in cells)
    days = days if days >= _FEWEST else 0
    values = sum(bool(_VALUE.fullmatch(cell)) or _is_day(cell) for cell in cells) - days
    hits = sum(max(found.values()) for found in roles if found)
    n_hits = sum(bool(found) for found in roles)
    leads = any(set(found) & _LEADING_ROLES for cell, found in zip(cells, roles, strict=True) if len(cell) > 1)
    if days >= _FEWEST and n_hits + days >= 0.5 * len(cells):
        return hits + days
    if (n_hits >= _FEWEST and leads and not values and n_hits >= 0.5 * len(cells)) or (
        n_hits >= _MANY and leads and values <= 1
    ):
        return hits * n_hits / len(cells)
    return _corner_score(grid, row, cells)


def _heads_lists(grid: Grid, row: int) -> bool:
    """Tell headings with lists of people below each, side by side, from the headers of people and of their marks."""
    columns = [column for column, cell in enumerate(grid.rows[row]) if cell.strip()]
    said = [heading_status(grid.cell(row, column)) for column in columns]
    if not all(said):
        return False
    below = range(row + 1, min(row + 1 + _TITLE_ROWS, len(grid.rows)))
    cells = [cell for place in below for column in columns[1:] if (cell := grid.cell(place, column))]
    # Without a cell to tell by: two lists of those present stand nowhere side by side.
    return 2 * sum(map(_is_mark, cells)) < len(cells) if cells else said.count("present") < _FEWEST


def _heads_blocks(grid: Grid, row: int) -> bool:
    """Tell the titles of blocks side by side, each over the first header of its own, from days over columns of marks."""
    blocks = _side_by_side(grid, (row + 1,)) if row + 1 < len(grid.rows) else []
    titled = [column for column in range(len(grid.rows[row])) if grid.cell(row, column)]
    return len(blocks) > 1 and titled == [block.start for block in blocks]


def _is_of_a_day(cells: Sequence[str]) -> bool:
    """Tell the row of a day with the marks of its meeting, `14/03/2025 | Présent | Excusé`, from one that names columns."""
    names = any(set(header_roles(cell)) & set(NAMING_ROLES) for cell in cells)
    return not names and sum(map(_is_day, cells)) == 1 and sum(map(_is_mark, cells)) >= _FEWEST


def _is_mark(text: str) -> bool:
    return bool(meaning_of(text) or answer_of(text))


def _says_what_stands_beside(cells: Sequence[str]) -> bool:
    """Tell `Date | 28.04.24`, `Date : 28.04.24` and `Excusés | Lise Morvan` from headers."""
    unknown = [cell for cell in cells[1:] if not header_roles(cell)]
    if heading_status(cells[0]) and 2 * len(unknown) >= len(cells[1:]) and any(map(looks_like_a_person, unknown)):
        return True
    if any(":" in cell and is_title_key(cell.partition(":")[0]) and cell.partition(":")[2].strip() for cell in cells):
        return True
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    return len(cells) % 2 == 0 and all(is_title_key(key) and not header_roles(value) for key, value in pairs)


def _corner_score(grid: Grid, row: int, cells: Sequence[str]) -> float:
    """Score a row of names over marks beside a column of days: a grid with its meetings down."""
    if len(cells) <= _FEWEST or any(map(_is_day, cells)) or any(_VALUE.fullmatch(cell) for cell in cells):
        return 0.0
    for column in (0, 1, 2):
        name = grid.cell(row, column)
        below = [
            grid.cell(place, column)
            for place in range(row + 1, min(row + 6, len(grid.rows)))
            if len(_texts(grid, place)) > 1
        ]
        marks = [
            cell
            for place in range(row + 1, min(row + 6, len(grid.rows)))
            for cell in grid.rows[place][column + 1 :]
            if cell.strip()
        ]
        are_marks = marks and sum(map(_is_mark, marks)) >= 0.5 * len(marks)
        if below and all(map(_is_day, below)) and are_marks and (not name or "day" in header_roles(name) or column == 0):
            return 1.0
    return 0.0


def _is_day(text: str) -> bool:
    if len(text) > _LONGEST_HEADER:
        return False
    return day_in(text) is not None or short_day_in(text) is not None or bool(serial_day(text))


def _rows_above(grid: Grid, row: int) -> tuple[int, ...]:
    """Find the rows of days or months above the row that names what stands under each of them."""
    found: list[int] = []
    place = row - 1
    while place >= 0 and len(found) < _FEWEST:
        cells = [(column, grid.cell(place, column)) for column in range(len(grid.rows[place])) if grid.cell(place, column)]
        first = min((column for column, _ in cells), default=0)
        titles = len(cells) >= _FEWEST and place == row - 1 and all(_is_day(grid.cell(row, column)) for column, _ in cells)
        spans = (cells and first > 0 and titles and not any(_VALUE.fullmatch(cell) for _, cell in cells)) or (
            cells
            and first > 0
            and all(_is_day(cell) or month_number(cell) or _HOURS.fullmatch(folded(cell)) for _, cell in cells)
        )
        if not spans:
            break
        found.insert(0, place)
        place -= 1
    return tuple(found)


def _rows_below(grid: Grid, row: int) -> tuple[int, ...]:
    """Find the rows under a header row that name its columns further: statuses, days of a month, hours."""
    found: list[int] = []
    naming = [c for c in range(len(grid.rows[row])) if set(header_roles(grid.cell(row, c))) & set(NAMING_ROLES)]
    if not naming and _names_columns_of_days(grid, row):
        found.append(row + 1)
        return (*found, *_rows_below(grid, row + 1))
    for place in range(row + 1, min(row + 3, len(grid.rows))):
        cells = [(c, grid.cell(place, c)) for c in range(len(grid.rows[place])) if grid.cell(place, c)]
        own = [(c, cell) for c, cell in cells if cell != grid.cell(row, c)]
        if (
            not own
            or any(c in naming for c, _ in own)
            or (not naming and own[0][0] == 0 and not _is_word_of_header(own[0][1]))
        ):
            break
        if not all(_names_further(grid, row, c, cell) for c, cell in own):
            break
        found.append(place)
    return tuple(found)


def _names_columns_of_days(grid: Grid, row: int) -> bool:
    """Tell whether the row below a row of days names who stands on the left, and perhaps the meetings under the days."""
    days = [column for column in range(len(grid.rows[row])) if _is_day(grid.cell(row, column))]
    if not days or row + 1 >= len(grid.rows):
        return False
    left = [grid.cell(row + 1, column) for column in range(days[0])]
    under = [cell for column in days if (cell := grid.cell(row + 1, column))]
    names = any(set(header_roles(cell)) & {*NAMING_ROLES, "email"} for cell in left if cell)
    marks = sum(bool(answer_of(cell) or (meaning_of(cell) and not header_roles(cell))) for cell in under)
    return names and not any(grid.cell(row, column) for column in range(days[0])) and marks <= 0.3 * len(under)


def _is_word_of_header(text: str) -> bool:
    return folded(text) in ("to", "a", "de", "from", "jusqu'a", "fin", "end")


def _names_further(grid: Grid, row: int, column: int, cell: str) -> bool:
    if set(header_roles(cell)) & _UNDER_A_DAY:
        return _has_upper(grid, row, column)
    if cell.isdigit() and int(cell) <= _LAST_DAY:
        return _upper(grid, row, column) != "" and month_number(_upper(grid, row, column)) is not None
    return _is_day(cell) or bool(_HOURS.fullmatch(folded(cell))) or _is_word_of_header(cell)


def _upper(grid: Grid, row: int, column: int) -> str:
    return next((grid.cell(row, place) for place in range(column, -1, -1) if grid.cell(row, place)), "")


def _has_upper(grid: Grid, row: int, column: int) -> bool:
    """Tell whether a status stands under a day, or under a header that says what the columns below it are."""
    upper = _upper(grid, row, column)
    roles = set(header_roles(upper))
    return (
        _is_day(upper)
        or bool(roles & {"status", "signature", "reply", "attendee_type", "present_names"})
        or not roles & set(NAMING_ROLES)
    )


def _first_title_row(grid: Grid, header: int, floor: int) -> int:
    """Go up from a header row through the lines that may be its title block."""
    row = header
    blanks = 0
    while row > floor and header - row < _TITLE_ROWS:
        above = row - 1
        if _is_blank(grid, above):
            blanks += 1
            if floor and (row != header or blanks > 1):
                break
        elif floor and not _is_title(grid, above):
            break
        row = above
    return row if floor else max(0, min(row, header))


def _is_title(grid: Grid, row: int) -> bool:
    """Tell a line of a title block from one of a table: a day, a heading, `Date : …`, or one cell that is not in a list."""
    cells = grid.filled[row]
    if not cells or len(cells) > 4:  # noqa: PLR2004 (a table's row)
        return False
    first = cells[0]
    if len(cells) == _FEWEST and is_title_key(first):
        return True
    if heading_status(first) is not None or re.match(r"[^:]{2,40}:(?:\s|$)", first):
        return True
    is_dated = any(_is_day(cell) or (len(cell) <= _LONGEST_TITLE and day_in(cell) is not None) for cell in cells)
    return is_dated and len(cells) <= _FEWEST


def _side_by_side(grid: Grid, header: tuple[int, ...]) -> list[range]:
    """Part the columns where the whole row of headers begins again."""
    row = header[-1]
    width = max(len(grid.rows[place]) for place in header)
    names = [folded(grid.cell(row, column)) for column in range(width)]
    filled = [column for column, name in enumerate(names) if name]
    if not filled or any(_is_day(grid.cell(row, column)) for column in filled):
        return [range(width)]
    first = filled[0]
    starts = [column for column in filled if names[column] == names[first]]
    if len(starts) < _FEWEST:
        return [range(width)]
    ends = [*starts[1:], width]
    blocks = [[name for name in names[start:end] if name] for start, end in zip(starts, ends, strict=True)]
    named = {role for name in blocks[0] for role in header_roles(name)} & set(NAMING_ROLES)
    if len(blocks[0]) < _FEWEST or not named or any(block != blocks[0][: len(block)] for block in blocks[1:]):
        return [range(width)]
    return [range(start, end) for start, end in zip([0, *starts[1:]], ends, strict=True)]


def _at_titles_inside(table: Table) -> Iterator[Table]:
    """Part a table at the lines inside it that name another meeting by its day."""
    grid = table.grid
    cuts = [
        row
        for row in table.body
        if _is_lone(grid, row) and _names_a_meeting(_first_text(grid, row)) and row + 1 in table.body
    ]
    if not cuts or any(_is_day(grid.cell(table.header[-1], column)) for column in table.columns):
        yield table
        return
    starts = [table.body.start, *cuts]
    for start, end in zip(starts, [*cuts, table.body.stop], strict=True):
        if start in cuts:
            yield replace(table, above=range(start, start + 1), body=range(start + 1, end))
        elif end > start:
            yield replace(table, body=range(start, end))


def _names_a_meeting(text: str) -> bool:
    found = day_in(text)
    return found is not None and len(text) <= _LONGEST_HEADER and not _ABOUT_THE_FILE.search(folded(text))


def _is_lone(grid: Grid, row: int) -> bool:
    return len(set(grid.filled[row])) == 1


def _first_text(grid: Grid, row: int) -> str:
    return next(iter(grid.filled[row]), "")


def _is_blank(grid: Grid, row: int) -> bool:
    return not grid.filled[row]
