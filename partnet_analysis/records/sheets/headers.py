"""Which rows of a sheet name the columns of a table, alone or several together."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from partnet_analysis.records.cells.days import day_in, month_number
from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.looks import looks_like_a_person
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.context import is_blank, is_title_key
from partnet_analysis.records.sheets.dates import names_a_day

NAMING_ROLES: Final = ("person", "last_name", "first_name", "organisation")
UNDER_A_DAY: Final = frozenset(
    {"present", "excused", "absent", "represented", "invited", "status", "reply", "signature", "remark"}
)
HALF_OF_DAY: Final = re.compile(r"\d{1,2}\s*[:h]\s*\d{0,2}\b.*|matin|apres-midi|morning|afternoon|am|pm")
LONGEST_HEADER: Final = 70
TITLE_ROWS: Final = 14
_LONGEST_TITLE: Final = 120
_SURELY: Final = 0.8
"""A header known by one word in it alone weighs less."""

_LEADING_ROLES: Final = frozenset(
    {*NAMING_ROLES, "day", "title", "series", "target", "source", "email", "arrival", "present_names", "action"}
)
_SEARCHED_ROWS: Final = 80
_LOOKED_AT: Final = 5
_FEWEST: Final = 2
_MANY: Final = 4
_NEAR_BEST: Final = 0.5
_LAST_DAY: Final = 31
_NO_HEADER: Final = re.compile(r"@|https?:|^#(?:N/A|REF|DIV|VALUE|NAME|NUM)")
_VALUE: Final = re.compile(r"[\d\s.,:%€/h-]+(?:am|pm)?", re.IGNORECASE)


def header_rows(grid: Grid) -> list[tuple[int, ...]]:
    """
    Find the rows that name columns.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    headers
        From top to bottom, each with the rows above and below that name the same columns with it.
    """
    scores = {row: score for row in range(min(len(grid.rows), _SEARCHED_ROWS)) if (score := _header_score(grid, row)) > 0}
    if not scores:
        return []
    best = max(scores.values())
    first = next(row for row, score in scores.items() if score >= _NEAR_BEST * best)
    while scores.get(first + 1, 0.0) > scores[first] and not any(is_day(cell.strip()) for cell in grid.rows[first]):
        # Of two rows that might name the columns, the one that names more of them does.
        first += 1
    while first - 1 in scores and any(is_day(cell.strip()) for cell in grid.rows[first - 1]):
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
    if folded(first_text(grid, row)) == texts[0] and _texts(grid, row) == texts:
        return True
    if row - 1 == first:
        return _header_score(grid, row) > 0 and all(
            max(header_roles(cell).values(), default=0.0) >= _SURELY or is_day(cell) for cell in grid.filled[row]
        )
    if len(grid.filled[row - 1]) > 1 and not is_title(grid, row - 1):
        return False
    return (_header_score(grid, row) >= _FEWEST and _is_pure(grid, row)) or corner_score(grid, row) > 0


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(map(folded, grid.filled[row]))


def _is_pure(grid: Grid, row: int) -> bool:
    cells = grid.filled[row]
    return sum(bool(header_roles(cell)) or is_day(cell) for cell in cells) >= 0.75 * len(cells)


def _header_score(grid: Grid, row: int) -> float:
    """Tell how much a row looks like one that names columns: known headers and days, less what names nothing."""
    cells = grid.filled[row]
    if len(cells) < _FEWEST or any(len(cell) > LONGEST_HEADER or _NO_HEADER.search(cell) for cell in cells):
        return 0.0
    if corner_score(grid, row):
        return 1.0
    if _says_what_stands_beside(cells) or _heads_lists(grid, row) or _heads_blocks(grid, row) or _is_of_a_day(cells):
        return 0.0
    roles = [header_roles(cell) for cell in cells]
    days = sum(is_day(cell) for cell in cells)
    days = days if days >= _FEWEST else 0
    values = sum(bool(_VALUE.fullmatch(cell)) or is_day(cell) for cell in cells) - days
    hits = sum(max(found.values()) for found in roles if found)
    n_hits = sum(bool(found) for found in roles)
    leads = any(set(found) & _LEADING_ROLES for cell, found in zip(cells, roles, strict=True) if len(cell) > 1)
    if days >= _FEWEST and n_hits + days >= 0.5 * len(cells):
        return hits + days
    if (n_hits >= _FEWEST and leads and not values and n_hits >= 0.5 * len(cells)) or (
        n_hits >= _MANY and leads and values <= 1
    ):
        return hits * n_hits / len(cells)
    return 0.0


def _heads_lists(grid: Grid, row: int) -> bool:
    """Tell headings with lists of people below each, side by side, from the headers of people and of their marks."""
    columns = [column for column, cell in enumerate(grid.rows[row]) if cell.strip()]
    said = [heading_status(grid.cell(row, column)) for column in columns]
    if not all(said):
        return False
    below = range(row + 1, min(row + 1 + TITLE_ROWS, len(grid.rows)))
    marked = [column for column in columns[1:] if not set(header_roles(grid.cell(row, column))) & set(NAMING_ROLES)]
    cells = [cell for place in below for column in marked if (cell := grid.cell(place, column))]
    # Without a cell to tell by: two lists of those present stand nowhere side by side.
    return 2 * sum(map(_is_mark, cells)) < len(cells) if cells else said.count("present") < _FEWEST


def _heads_blocks(grid: Grid, row: int) -> bool:
    """Tell the titles of blocks side by side, each over the first header of its own, from days over columns of marks."""
    blocks = side_by_side(grid, (row + 1,)) if row + 1 < len(grid.rows) else []
    titled = [column for column in range(len(grid.rows[row])) if grid.cell(row, column)]
    return len(blocks) > 1 and titled == [block.start for block in blocks]


def _is_of_a_day(cells: Sequence[str]) -> bool:
    """Tell the row of a day with the marks of its meeting, `14/03/2025 | Présent | Excusé`, from one that names columns."""
    names = any(set(header_roles(cell)) & set(NAMING_ROLES) for cell in cells)
    return not names and sum(map(is_day, cells)) == 1 and sum(map(_is_mark, cells)) >= _FEWEST


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


def corner_score(grid: Grid, row: int) -> float:
    """
    Tell how much a row looks like names over marks, beside a column of days: the head of a grid with its meetings down.

    Parameters
    ----------
    grid
        The cells.
    row
        The row, from 0.

    Returns
    -------
    score
        1 or 0.
    """
    cells = grid.filled[row]
    if len(cells) <= _FEWEST or any(map(is_day, cells)) or any(_VALUE.fullmatch(cell) for cell in cells):
        return 0.0
    start = row + 2 if row + 1 < len(grid.rows) and is_blank(grid, row + 1) else row + 1
    rows = range(start, min(start + _LOOKED_AT, len(grid.rows)))
    below = list(takewhile(lambda place: len(_texts(grid, place)) > 1, rows))
    for column in (0, 1, 2):
        name = grid.cell(row, column)
        days = [grid.cell(place, column) for place in below]
        if not days or not all(map(is_day, days)) or (name and column > 0 and "day" not in header_roles(name)):
            continue
        marks = [cell for place in below for cell in grid.rows[place][column + 1 :] if cell.strip()]
        if marks and sum(map(_is_mark, marks)) >= 0.5 * len(marks):
            return 1.0
    return 0.0


def is_day(text: str) -> bool:
    """
    Tell whether a cell, short enough for a header, names a day.

    Parameters
    ----------
    text
        The cell.

    Returns
    -------
    day
        True for a day with a year or without, and for the number that a spreadsheet keeps a day as.
    """
    return len(text) <= LONGEST_HEADER and names_a_day(text)


def _rows_above(grid: Grid, row: int) -> tuple[int, ...]:
    """Find the rows of days, months or organisations above the row that names what stands under each of them."""
    found: list[int] = []
    for place in range(row - 1, max(row - 1 - _FEWEST, -1), -1):
        cells = [(column, text) for column in range(len(grid.rows[place])) if (text := grid.cell(place, column))]
        if not cells or cells[0][0] == 0 or not (_spans(cells) or (place == row - 1 and _entitles(grid, row, cells))):
            break
        found.insert(0, place)
    return tuple(found)


def _spans(cells: Sequence[tuple[int, str]]) -> bool:
    """Tell a row of days, months or hours, which stand above several columns each."""
    return all(is_day(cell) or month_number(cell) or HALF_OF_DAY.fullmatch(folded(cell)) for _, cell in cells)


def _entitles(grid: Grid, row: int, cells: Sequence[tuple[int, str]]) -> bool:
    """Tell a row of meetings above their days, or of organisations above the people across."""
    if len(cells) < _FEWEST or any(_VALUE.fullmatch(cell) for _, cell in cells):
        return False
    return all(is_day(grid.cell(row, column)) for column, _ in cells) or corner_score(grid, row) > 0


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
        further = sum(_names_further(grid, row, c, cell) for c, cell in own)
        if further < len(own) and not (2 * further >= len(own) and _repeats_words([cell for _, cell in own])):
            break
        found.append(place)
    return tuple(found)


def _repeats_words(cells: Sequence[str]) -> bool:
    """Tell `Invité | Là | Excusé | Invité | Là | Excusé`, which names columns though one word is not known, from marks."""
    return 1 < len(set(cells)) <= len(cells) // 2 and not any(answer_of(cell) for cell in cells)


def _names_columns_of_days(grid: Grid, row: int) -> bool:
    """Tell whether the row below a row of days names who stands on the left, and perhaps the meetings under the days."""
    days = [column for column in range(len(grid.rows[row])) if is_day(grid.cell(row, column))]
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
    if set(header_roles(cell)) & UNDER_A_DAY:
        return _has_upper(grid, row, column)
    if cell.isdigit() and int(cell) <= _LAST_DAY:
        return _upper(grid, row, column) != "" and month_number(_upper(grid, row, column)) is not None
    return is_day(cell) or bool(HALF_OF_DAY.fullmatch(folded(cell))) or _is_word_of_header(cell)


def _upper(grid: Grid, row: int, column: int) -> str:
    return next((grid.cell(row, place) for place in range(column, -1, -1) if grid.cell(row, place)), "")


def _has_upper(grid: Grid, row: int, column: int) -> bool:
    """Tell whether a status stands under a day, or under a header that says what the columns below it are."""
    upper = _upper(grid, row, column)
    roles = set(header_roles(upper))
    return (
        is_day(upper)
        or bool(roles & {"status", "signature", "reply", "attendee_type", "present_names"})
        or not roles & set(NAMING_ROLES)
    )


def is_title(grid: Grid, row: int) -> bool:
    """
    Tell a line of a title block from one of a table.

    Parameters
    ----------
    grid
        The cells.
    row
        The row, from 0.

    Returns
    -------
    title
        True for a day, a heading, `Date : …`.
    """
    cells = grid.filled[row]
    if not cells or len(cells) > 4:  # noqa: PLR2004 (a table's row)
        return False
    first = cells[0]
    if len(cells) == _FEWEST and is_title_key(first):
        return True
    if heading_status(first) is not None or re.match(r"[^:]{2,40}:(?:\s|$)", first):
        return True
    is_dated = any(is_day(cell) or (len(cell) <= _LONGEST_TITLE and day_in(cell) is not None) for cell in cells)
    return is_dated and len(cells) <= _FEWEST


def first_text(grid: Grid, row: int) -> str:
    """
    Look at the first cell of a row that holds anything.

    Parameters
    ----------
    grid
        The cells.
    row
        The row, from 0.

    Returns
    -------
    text
        What it holds; nothing where the row is empty.
    """
    return next(iter(grid.filled[row]), "")


def side_by_side(grid: Grid, header: tuple[int, ...]) -> list[range]:
    """
    Part the columns where the whole row of headers begins again.

    Parameters
    ----------
    grid
        The cells.
    header
        The rows that name the columns.

    Returns
    -------
    columns
        Those of each table side by side; all of them where there is one.
    """
    row = header[-1]
    width = max(len(grid.rows[place]) for place in header)
    names = [folded(grid.cell(row, column)) for column in range(width)]
    filled = [column for column, name in enumerate(names) if name]
    if not filled or any(is_day(grid.cell(row, column)) for column in filled):
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
