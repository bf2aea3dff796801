"""Minutes: names below or beside headings such as `Présents` and `Excusés`, in lines of text or in columns of a sheet."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.doubt import is_doubtful
from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.looks import KnownNames, is_function, looks_like_a_person, looks_like_an_organisation
from partnet_analysis.records.cells.mentions import Named, named_in, without_proxy
from partnet_analysis.records.cells.statuses import meaning_of
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.layouts.common import meeting_of_title
from partnet_analysis.records.sheets.situation import Situation
from partnet_analysis.records.sheets.tables import Table

_LONGEST_GROUP: Final = 4
"""Words of the name of a group: `Services de la Ville`."""

_LONGEST_NAME: Final = 120
_MOST_WORDS: Final = 9
_BULLET: Final = re.compile(r"^\s*[-–—*•▪►·]\s*")
_SUBSTITUTE: Final = re.compile(
    r"\(([^()]*\b(?:attended|substitut\w*|deputis\w*|in (?:his|her|their) (?:place|absence))\b[^()]*)\)", re.IGNORECASE
)
_HALF: Final = re.compile(r"[^\W\d_][\w'’-]+\s*(?:[,;(]|(?:et|and|&)\s|$)")
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_ITEM: Final = re.compile(r"\s*(?:\d+(?:\.\d+)*[.):]?\s|[ivx]+[.)]\s|\d|[a-z]\)\s)", re.IGNORECASE)
_STATUS: Final = {
    "present": "present",
    "excused": "excused",
    "absent": "absent",
    "represented": "excused",
    "invited": "unknown",
}
_SENTENCE: Final = re.compile(
    r"\s*(?:\d+[.)]\s*)?(?:there were )?apologies(?: for absence)?(?: (?:were|was|had been|have been))?"
    r"(?: (?:received|sent|given|noted|accepted))?,? from:?\s+(?P<names>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_INSIDE: Final = re.compile(
    r"\b(?:apologies|apology|absences?|absente?s?|excuse[de]?e?s?|(?:in|was|were|also) (?:in )?attendance)\b"
    r"\s*(?:for absence\s*)?(?:[:;–-]|from\b|were\b|with\b|for\b)"
)
_FOR_WHOM: Final = re.compile(
    r"^(?:pour|for)\s+(?:la\s+|le\s+|les\s+|l['’]\s*|the\s+)?(?P<who>[^,:]+?)\s*[,:]\s*(?P<names>.+)$",
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
    columns = sorted(
        {
            column
            for row, cells in enumerate(grid.rows)
            for column, cell in enumerate(cells)
            if cell.strip() and _heading(cell)
        }
    )
    return [line for column in columns for line in _rewrapped(list(_walk(grid, column)))]


def _rewrapped(lines: list[Listed]) -> list[Listed]:
    """Move a name that the end of a line cuts, `Sabine` or `Sabine Colliod (pouvoir de`, to the line on which it ends."""
    for place, (line, after) in enumerate(pairwise(lines)):
        text = lines[place].text
        is_next = after.row == line.row + 1 and after.status == line.status
        start = _cut_name(text, after.text) if is_next else len(text)
        if start < len(text):
            lines[place] = line._replace(text=text[:start].rstrip(" ,"))
            lines[place + 1] = after._replace(text=f"{text[start:].strip()} {after.text}")
    return lines


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
    return start if start and is_cut else len(text)


def minutes_situation(grid: Grid, listed: list[Listed], rule: SourceRule, known: KnownNames) -> Situation:
    """
    Take what stands above the first heading for the title block of minutes.

    Parameters
    ----------
    grid
        The cells.
    listed
        The lines found.
    rule
        What `partnet.toml` says of the file.
    known
        Names known from elsewhere.

    Returns
    -------
    situation
        The minutes as a table without header.
    """
    first = min(
        (row for row, cells in enumerate(grid.rows) if any(cell.strip() and _heading(cell) for cell in cells)),
        default=min((line.row for line in listed), default=0),
    )
    table = Table(grid, range(first), (), range(first, len(grid.rows)), range(max(grid.width, 1)))
    return Situation(table, rule, known)


def read_minutes(situation: Situation, listed: list[Listed], draft: Draft) -> None:
    """
    Write down one meeting and who is listed under which heading.

    Parameters
    ----------
    situation
        The minutes.
    listed
        The lines found.
    draft
        Where they are written down.
    """
    days = list(dict.fromkeys(situation.days_in_title))
    if len(days) > 1:
        draft.remark("PN155", situation.day[1], value=days[0], days=days)
    occasion = meeting_of_title(situation, draft)
    entries: dict[int, int] = {}
    # A list of those invited stays one, whatever its column is called.
    asked = "invitation" in situation.kinds and not {line.status for line in listed} - {"present", "invited"}
    for line in listed:
        entry = entries.setdefault(line.row, -2)
        if entry == -2:  # noqa: PLR2004 (none opened yet)
            entry = entries[line.row] = draft.entry(line.row)
        clear, doubtful = _people_in(line, situation.known)
        for passage in doubtful:
            draft.remark("PN165", (line.row, line.column), value=passage[:200])
        for named in clear:
            status = named.meaning.status if named.meaning is not None else _STATUS[line.status]
            values = {"meeting_id": occasion, "actor_id": named.mention, "status": status}
            if (asked and status == "present" and named.meaning is None) or line.status == "invited":
                values["status"] = "unknown"
                values["invited"] = "true"
            elif named.meaning is not None and named.meaning.invited:
                values["invited"] = "true"
            draft.add("attendance", entry, values, {"": (line.row, line.column)})


def _people_in(line: Listed, known: KnownNames) -> tuple[list[Named], list[str]]:
    """Read those of a line who are clearly somebody, and the passages of which nobody is certain."""
    if ungendered(line.text).strip(" .") in words_of("notes", "nobody"):
        return [], []
    text = _BRACES.sub(lambda found: f"({found.group(1)})", line.text)
    outside = re.sub(r"\([^()]*\)", "", text)
    people = named_in(text, known)
    if line.status == "unclear" and len(people) == 1 and people[0].meaning is not None:
        return people, []
    if line.status == "unclear" or _INSIDE.search(ungendered(outside)):
        return [], [text[start : start + 200] for start in range(0, len(text), 200)]
    whose = _FOR_WHOM.match(text)
    people = named_in(whose.group("names").strip(" ,") if whose else text, known)
    if whose is not None:
        people = [
            each._replace(mention=each.mention._replace(organisation=each.mention.organisation or whose.group("who")))
            for each in people
            if each.mention.person
        ]
    clear = [named for named in people if not is_doubtful(named, known)]
    doubtful = [" ".join(filter(None, named.mention[:2])) for named in people if named not in clear]
    doubtful += [
        found.group(1) for found in _SUBSTITUTE.finditer(text) if not re.match("(?:as )?substitute for", found.group(1))
    ]
    return clear, doubtful or ([] if people else [text])


@lru_cache(maxsize=1 << 14)
def _heading(cell: str) -> tuple[str, str] | None:
    """Part a heading from the names that follow it on its line; None where the cell is no heading."""
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
    status = ""
    after_blank = False
    for row in range(len(grid.rows)):
        cell = grid.cell(row, column)
        found = _heading(cell) if cell else None
        if found is not None:
            status, rest = found
            is_list = rest and not rest.isdigit()
            yield from [Listed(row, column, status, rest)] if is_list else _beside(grid, row, column, status)
        elif cell:
            lines = _below(grid, row, column, status, after_blank=after_blank)
            yield from lines or ()
            status = "" if lines is None else status
        after_blank = not cell


def _below(grid: Grid, row: int, column: int, status: str, *, after_blank: bool) -> list[Listed] | None:
    """Read a line below a heading; None where the list ends with it."""
    cell = grid.cell(row, column)
    if _says_status(cell):
        return [Listed(row, column, status or "unclear", _BULLET.sub("", cell).replace(":", " –", 1))]
    if not status:
        return None
    if _is_group(cell):
        return list(_beside(grid, row, column, status))
    if _is_labelled(cell):
        return [Listed(row, column, "unclear", cell)]
    if _ends(cell, after_blank=after_blank):
        return None
    return [Listed(row, column, status, _with_what_is_beside(grid, row, column, cell))]


def _beside(grid: Grid, row: int, column: int, status: str) -> Iterator[Listed]:
    """Read the cells right of a heading or of a group, up to the next heading; a bare function is nobody."""
    for place in range(column + 1, grid.width):
        cell = grid.cell(row, place)
        if any(_heading(grid.cell(above, place) or "-") for above in range(row + 1)):
            return
        if any(map(str.isalpha, cell)) and (place == column + 1 or _is_somebody(cell)) and not _is_label(cell):
            yield Listed(row, place, status, cell)


def _with_what_is_beside(grid: Grid, row: int, column: int, cell: str) -> str:
    """Add the organisation that stands in the next cell of the line: `Lise Morvan | CAF`."""
    beside = grid.cell(row, column + 1)
    if not beside or "(" in cell or not looks_like_a_person(cell) or looks_like_a_person(beside) or _heading(beside):
        return cell
    headings = any(_heading(grid.cell(above, column + 1) or "-") for above in range(row))
    return cell if headings else f"{cell} ({beside})"


def _is_group(cell: str) -> bool:
    """Tell `Institutions :` between two names from a name."""
    plain = ungendered(cell).strip(" :")
    if plain in words_of("notes", "groups") or (_is_label(cell) and plain.endswith("s")):
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


def _says_status(cell: str) -> bool:
    """Tell `Orla Abbott: Present`."""
    head, colon, rest = _BULLET.sub("", cell).partition(":")
    return bool(colon) and looks_like_a_person(head.strip()) and meaning_of(rest) is not None


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


def _ends(cell: str, *, after_blank: bool) -> bool:
    """Tell what ends a list of people: an item, a sentence, `Ordre du jour`, `Secrétaire de séance : …`."""
    line = cell.splitlines()[0]
    outside = without_proxy(re.sub(r"\([^()]*\)", "", line))
    if _ITEM.match(line) and not looks_like_a_person(re.sub(r"^\s*\d+[.)]\s*", "", outside).strip()):
        return True
    head, colon, _ = outside.partition(":")
    plain = ungendered(head if colon else line).strip(" .*#-•")
    if (_is_end(plain) and (colon or not _is_somebody(line))) or _NO_LIST.search(ungendered(outside)):
        return True
    if colon and not looks_like_an_organisation(head.strip()) and not looks_like_a_person(head.strip()):
        return True
    return not _is_list(line) and (_is_sentence(line, outside) or (after_blank and not _is_somebody(line)))


def _is_list(line: str) -> bool:
    """Tell several people, half of them at least clearly so."""
    people = named_in(line)
    clear = sum(looks_like_a_person(each.mention.person) or bool(each.mention.organisation) for each in people)
    return len(people) > 1 and 2 * clear >= len(people)


def _is_sentence(line: str, outside: str) -> bool:
    # The name of an organisation behind a dash may have as many words as a sentence.
    name = re.split(r"\s[–—-]\s", outside, maxsplit=1)[0]
    return len(line) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS or bool(_VERBS.search(ungendered(outside)))


def _is_somebody(line: str) -> bool:
    bare = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", line).strip()
    first: Named | None = next(iter(named_in(line)), None)
    return first is not None and (
        looks_like_a_person(first.mention.person)
        or bool(first.mention.person and first.mention.organisation)
        or looks_like_an_organisation(bare)
    )
