"""Minutes: names below or beside headings such as `Présents` and `Excusés`, in lines of text or in columns of a sheet."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from partnet_analysis.records.cells.behind import without_proxy
from partnet_analysis.records.cells.headings import heading_status, is_category, lists_in_a_line
from partnet_analysis.records.cells.looks import (
    CIVILITY,
    is_function,
    looks_like_a_person,
    looks_like_an_organisation,
    names_a_function,
)
from partnet_analysis.records.cells.mentions import Named, named_in
from partnet_analysis.records.cells.statuses import answer_of, meaning_of
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.tables import with_merged_cells_carried

_LONGEST_GROUP: Final = 4
"""Words of the name of a group: `Services de la Ville`."""

_LONGEST_NAME: Final = 120
_OTHERS: Final = re.compile(r"(?:others?|autres?) [a-z]+s")
BOXES: Final = "☒☑☐"
_FEWEST_CALLED: Final = 3
_PAIR: Final = 2
_CALLED: Final = re.compile(
    r"(?P<who>(?P<name>[A-ZÀ-Ý][^:,;()]{1,40}?)\s*(?:\([^()]*\))?)\s*[:,–-]\s*(?P<status>[^\W\d_][^:;,()]{2,30}?)\s*[!.]?"
)
_CLASS: Final = re.compile(
    r"(?:(?:toute )?petite|moyenne|grande) section\b|(?:tps|ps|ms|gs|cp|ce[12]|cm[12]|ulis|segpa)\b|[1-6]e(?:me)?\b"
)
"""Classes of a school, which head the names of their delegates."""

_MOST_WORDS: Final = 9
_BULLET: Final = re.compile(r"^\s*[-–—*•▪►·]\s*")
_HALF: Final = re.compile(r"[^\W\d_][\w'’-]+\s*(?:[,;(]|(?:et|and|&)\s|$)")
_ITEM: Final = re.compile(r"\s*(?:\d+(?:\.\d+)*[.):]?\s|[ivx]+[.)]\s|\d|[a-z]\)\s)", re.IGNORECASE)
_SENTENCE: Final = re.compile(
    r"\s*(?:\d+[.)]\s*)?(?:there were )?apologies(?: for absence)?(?: (?:were|was|had been|have been))?"
    r"(?: (?:received|sent|given|noted|accepted))?,? from:?\s+(?P<names>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_VERBS: Final = re.compile(
    r"\b(?:est|sont|a|ont|was|were|has|have|is|are|sera|rappelle|presente|propose|remercie|ouvre|welcomed|opened|thanked)\b"
)
_NO_LIST: Final = re.compile(r"\b(?:a|ont) (?:le |recu )?(?:pouvoir|procuration) d|\bhas not\b|\bwelcomed\b")


class Listed(NamedTuple):
    """
    A line of a list of people.

    Parameters
    ----------
    row
        Its row, from 0.
    column
        Its column, from 0.
    status
        What its heading says.
    text
        The names.
    """

    row: int
    column: int
    status: str
    text: str


def sections_in(grid: Grid) -> list[Listed]:
    """
    Find the lists of people below headings.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    listed
        Their lines, from top to bottom, column by column.
    """
    grid = with_merged_cells_carried(grid)
    columns = sorted(
        {
            column
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if cell.strip() and (heading_of(cell) or lists_in_a_line(cell))
        }
        | {column for column in range(grid.width) if _is_roll_call(grid, column)}
    )
    return [line for column in columns for line in _rewrapped(list(_walk(grid, column)))]


def _is_roll_call(grid: Grid, column: int) -> bool:
    """Tell a column of `Siméo, présent !` and the like, which needs no heading."""
    called = sum(_says_status(grid.cell(row, column), is_roll_call=True) for row in range(len(grid.rows)))
    return called >= _FEWEST_CALLED


def _rewrapped(lines: list[Listed]) -> list[Listed]:
    """Move a name that the end of a line cuts, `Sabine` or `Sabine Colliod (pouvoir de`, to the line on which it ends."""
    for place, (line, after) in enumerate(pairwise(lines)):
        text = lines[place].text
        is_next = after.row == line.row + 1 and after.status == line.status
        start = _cut_name(text, after.text) if is_next else len(text)
        if start < len(text):
            lines[place] = line._replace(text=text[:start].rstrip(" ,"))
            lines[place + 1] = after._replace(text=f"{text[start:].strip()} {after.text}")
    return [line for line in lines if line.text]


def _cut_name(text: str, below: str) -> int:
    """Find where the name begins that goes on below the end of a line; the end where none does."""
    is_open = text.count("(") > text.count(")")
    end = text.rindex("(") if is_open else len(text)
    start = max(text.rfind(mark, 0, end) for mark in ",;") + 1
    tail = text[start:].strip().replace("-", "")
    names = named_in(text[:start])
    # A given name alone behind whole names, and a family name alone below.
    is_half = tail.isalpha() and tail[:1].isupper() and tail[1:].islower() and _HALF.match(below) is not None
    is_cut = is_open or (is_half and bool(names) and looks_like_a_person(names[-1].mention.person))
    # A line of its own: `Mme Sabine`, and below it `COLLIOD, M. Paul Riou`.
    is_given = CIVILITY.match(tail) is not None and len(tail.split()) == _PAIR
    is_lone = not start and is_given and below.split(",", maxsplit=1)[0].isupper()
    return start if (start and is_cut) or is_lone else len(text)


@lru_cache(maxsize=1 << 14)
def heading_of(cell: str) -> tuple[str, str] | None:
    """
    Part a heading from the names that follow it on its line.

    Parameters
    ----------
    cell
        A cell.

    Returns
    -------
    parts
        The status that the heading says, and the names; None where the cell is no heading.
    """
    text = cell.strip()
    first, *others = text.splitlines() or [""]
    whole = heading_status(text if not all(map(_is_group, others)) else first)
    if whole is not None:
        return whole, ""
    head, colon, rest = text.partition(":")
    if not colon and heading_status(text.partition(";")[0]) is not None:
        head, colon, rest = text.partition(";")
    sentence = _SENTENCE.match(text)
    if sentence is not None:
        return "excused", sentence.group("names")
    if not colon:
        found = re.match(r"(.{4,40}?)\s+[–-]\s+(.+)$", text)
        names = found is not None and any(looks_like_a_person(each.mention.person) for each in named_in(found.group(2)))
        head, rest = (found.group(1), found.group(2)) if found and names else ("", "")
    status = heading_status(head) if head else None
    return (status, rest.strip()) if status is not None else None


def _walk(grid: Grid, column: int) -> Iterator[Listed]:
    """Walk down a column: each name with its section's status, until something that is no name ends the section."""
    status, is_bare, is_open, place = "", False, False, None
    for row in range(len(grid.rows)):
        cell = grid.cell(row, column)
        if not cell:
            continue
        table = grid.table_of(row)
        if table != place and not is_bare:
            # A list may stand in a table below its heading, and ends with the table.
            status = ""
        place = table
        found = heading_of(cell)
        several = lists_in_a_line(cell)
        if several:
            status, is_open, is_bare = several[-1][0], False, False
            lines = [Listed(row, column, *each) for each in several if each[1]]
        elif found is not None:
            is_list = found[1] != "" and not found[1].isdigit()
            is_group = is_category(cell.partition(":")[0])
            if not status or not is_group:
                status, is_open = found[0], is_group or not is_list
            elif not is_open:
                # Whether `Élus : …` goes on with `Excusés : …` above it, nobody knows.
                status = "unclear"
            lines = [Listed(row, column, status, found[1])] if is_list else list(_beside(grid, row, column, status))
            is_bare = not lines
        else:
            lines, status = _below(grid, row, column, status)
            is_bare = is_bare and not lines
        yield from lines


def _below(grid: Grid, row: int, column: int, status: str) -> tuple[list[Listed], str]:
    """Read a line below a heading; tell what holds for the lines below it, nothing where the list ends."""
    whole = grid.cell(row, column)
    cell = whole.lstrip(f"{BOXES} ")
    called = _CALLED.fullmatch(_BULLET.sub("", cell))
    if called is not None and _says_status(cell, is_roll_call=not status):
        return [Listed(row, column, status or "unclear", f"{called.group('who')} – {called.group('status')}")], status
    if status and _is_group(cell):
        return list(_beside(grid, row, column, status)), status
    if status and _is_labelled(cell):
        label, _, names = cell.partition(":")
        is_class = _CLASS.match(ungendered(label)) is not None
        return [Listed(row, column, status if is_class else "unclear", names.strip() if is_class else cell)], status
    if not status or not cell or answer_of(cell) or (status == "unclear" and not _is_somebody(cell)):
        return [], ""
    if _ends(cell, after_blank=not grid.cell(row - 1, column), below=_line_below(grid, row, column)):
        # Below a heading that nobody knows stand people of whom nothing is known.
        return [], "unclear" if _may_be_a_heading(cell) else ""
    return [Listed(row, column, status, whole.removesuffix(cell) + _with_what_is_beside(grid, row, column, cell))], status


def _beside(grid: Grid, row: int, column: int, status: str) -> Iterator[Listed]:
    """Read the cells right of a heading or of a group, up to the next heading; a bare function is nobody."""
    person = ""
    for place in range(column + 1, grid.width):
        cell = grid.cell(row, place)
        if any(heading_of(grid.cell(above, place) or "-") for above in range(row + 1)):
            return
        if not any(map(str.isalpha, cell)) or _is_label(cell) or (person and not _is_among_people(grid, row, place)):
            continue
        if place == column + 1 or _is_somebody(cell):
            person = cell if looks_like_a_person(cell) else person
            yield Listed(row, place, status, _with_what_is_beside(grid, row, place, cell))


def _with_what_is_beside(grid: Grid, row: int, column: int, cell: str) -> str:
    """Add the organisation that stands in the next cell of the line: `Lise Morvan | CAF`."""
    beside = grid.cell(row, column + 1)
    if not beside or "(" in cell or not looks_like_a_person(cell) or _is_among_people(grid, row, column + 1):
        return cell
    if is_function(beside) or any(heading_of(grid.cell(above, column + 1) or "-") for above in range(row + 1)):
        return cell
    return f"{cell} ({beside})"


def _is_among_people(grid: Grid, row: int, column: int) -> bool:
    """Tell a person from an organisation that looks like one by what else stands in the column of a document's table."""
    first, last = grid.table_of(row) or (row, row)
    cells = [cell for place in range(first, last + 1) if (cell := grid.cell(place, column))]
    people = sum(looks_like_a_person(cell) and not is_function(cell) for cell in cells)
    return looks_like_a_person(grid.cell(row, column)) and 2 * people > len(cells)


def _is_group(cell: str) -> bool:
    """Tell `Institutions :` between two names from a name."""
    plain = ungendered(cell).strip(" :")
    if plain in words_of("notes", "groups") or _OTHERS.fullmatch(plain) or (_is_label(cell) and plain.endswith("s")):
        return True
    words = {re.sub(r"(?:s|x)$", "", word) for word in re.findall(r"[^\W\d_]+", plain)}
    named = words & (words_of("organisations", "functions") | words_of("organisations", "words"))
    return cell.rstrip().endswith(":") and len(plain.split()) <= _LONGEST_GROUP and bool(named) and not _is_end(plain)


def _is_label(cell: str) -> bool:
    """Tell `Chairman` and `Non-Parish Councillors` from somebody with a function."""
    is_bare = not re.search(r"[:,;()\n]|\s[–—-]\s", cell)
    return is_bare and is_function(cell) and (ungendered(cell).endswith("s") or not looks_like_a_person(cell))


def _is_end(plain: str) -> bool:
    return any(plain == word or plain.startswith(f"{word} ") for word in words_of("notes", "ends"))


def _says_status(cell: str, *, is_roll_call: bool = False) -> bool:
    """Tell `Orla Abbott: Present`, and in a roll call `Orla (treasurer), present!`."""
    found = _CALLED.fullmatch(_BULLET.sub("", cell))
    is_name = found is not None and (is_roll_call or looks_like_a_person(found.group("name").strip()))
    return found is not None and is_name and meaning_of(found.group("status")) is not None


def _is_labelled(cell: str) -> bool:
    """Tell `CP (Mr Imprat) : FAYRAL Camille`: somebody is named behind a colon whose label is not understood."""
    head, colon, rest = cell.partition(":")
    label = head.strip()
    if not colon or not rest.strip() or _is_end(ungendered(label).strip(" .*#-•")) or looks_like_a_person(label):
        return False
    outside = re.sub(r"\([^()]*\)", "", label).strip()
    plain = looks_like_an_organisation(outside) and outside == label
    return (
        len(label) <= _LONGEST_NAME
        and not plain
        and any(looks_like_a_person(each.mention.person) for each in named_in(rest))
    )


def _ends(cell: str, *, after_blank: bool, below: str) -> bool:
    """Tell what ends a list of people: an item, a sentence, `Ordre du jour`, `Secrétaire de séance : …`."""
    line = cell.splitlines()[0]
    outside = without_proxy(re.sub(r"\([^()]*\)", "", line))
    if _ITEM.match(line) and not looks_like_a_person(re.sub(r"^\s*\d+[.)]\s*", "", outside).strip()):
        return True
    head, colon, _ = outside.partition(":")
    plain = ungendered(head if colon else line).strip(" .*#-•")
    is_name = _is_somebody(line) and not (_is_end(plain) and not names_a_function(plain))
    if (_is_end(plain) and (colon or not is_name)) or _NO_LIST.search(ungendered(outside)):
        return True
    if colon and not looks_like_an_organisation(head.strip()) and not looks_like_a_person(head.strip()):
        return True
    if _is_list(line):
        return False
    is_title = (after_blank or not is_name) and below != "" and is_sentence(below) and not _is_list(below)
    return is_sentence(line) or is_title or (after_blank and not is_name)


def _line_below(grid: Grid, row: int, column: int) -> str:
    """Fetch the line that follows; nothing where a blank does, or where each line stands between blanks."""
    return grid.cell(row + 1, column) if grid.cell(row - 1, column) or grid.cell(row - 2, column) else ""


def _may_be_a_heading(cell: str) -> bool:
    """Tell `Partis avant la fin :`, which may say something of those below it, from what ends a list for good."""
    plain = ungendered(cell).strip(" .:*#-•")
    return not _ITEM.match(cell) and not _is_end(plain) and not is_sentence(cell) and cell.rstrip().endswith(":")


def _is_list(line: str) -> bool:
    """Tell several people, half of them at least clearly so."""
    people = named_in(line)
    clear = sum(looks_like_a_person(each.mention.person) or bool(each.mention.organisation) for each in people)
    return len(people) > 1 and 2 * clear >= len(people)


def is_sentence(line: str) -> bool:
    """
    Tell a sentence from somebody with what stands behind them, however long that is.

    Parameters
    ----------
    line
        The line.

    Returns
    -------
    sentence
        Whether it has a verb or too many words, and does not begin with somebody's name.
    """
    outside = without_proxy(re.sub(r"\([^()]*\)", "", line))
    if _VERBS.search(ungendered(re.sub(r"[àÀ]|\bA\b", "", outside))):
        return True
    # The name of an organisation behind a dash may have as many words as a sentence.
    named = re.split(r"\s[–—-]\s", outside, maxsplit=1)[0]
    is_long = len(line) > _LONGEST_NAME or len(named.split()) > _MOST_WORDS
    return is_long and not looks_like_a_person(_BULLET.sub("", re.split(r"[,(:–]", named, maxsplit=1)[0]).strip())


def _is_somebody(line: str) -> bool:
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", line).strip()
    first: Named | None = next(iter(named_in(line)), None)
    return first is not None and (
        looks_like_a_person(first.mention.person)
        or CIVILITY.match(bare) is not None
        or bool(first.mention.person and first.mention.organisation)
        or looks_like_an_organisation(bare)
    )
