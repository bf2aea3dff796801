"""Minutes: whom the lists below their headings name, and the meetings that they are about."""

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.days import day_in
from partnet_analysis.records.cells.doubt import is_doubtful
from partnet_analysis.records.cells.headings import lists_in_a_line
from partnet_analysis.records.cells.looks import KnownNames, is_function, looks_like_a_person
from partnet_analysis.records.cells.mentions import Named, named_in
from partnet_analysis.records.cells.statuses import meaning_of
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.context import OF_ANOTHER_DAY
from partnet_analysis.records.sheets.dates import several_days
from partnet_analysis.records.sheets.layouts.common import meeting_of_title
from partnet_analysis.records.sheets.layouts.sections import BOXES, Listed, heading_of, is_sentence
from partnet_analysis.records.sheets.situation import Situation
from partnet_analysis.records.sheets.tables import Table

_LONGEST_TITLE: Final = 120
_FEWEST_LINES: Final = 3
_PAIR: Final = 2
_SUBSTITUTE: Final = re.compile(
    r"\(([^()]*\b(?:attended|substitut\w*|deputis\w*|in (?:his|her|their) (?:place|absence))\b[^()]*)\)", re.IGNORECASE
)
_BRACES: Final = re.compile(r"\{([^{}]*)\}")
_STATUS: Final = {
    "present": "present",
    "excused": "excused",
    "absent": "absent",
    "represented": "excused",
    "invited": "unknown",
}
_INSIDE: Final = re.compile(
    r"\b(?:apologies|apology|absences?|absente?s?|excuse[de]?e?s?|(?:in|was|were|also) (?:in )?attendance)\b"
    r"\s*(?:for absence\s*)?(?:[:;–-]|from\b|were\b|with\b|for\b)"
)
_FOR_WHOM: Final = re.compile(
    r"^(?:pour|for)\s+(?:la\s+|le\s+|les\s+|l['’]\s*|the\s+)?(?P<who>[^,:]+?)\s*[,:]\s*(?P<names>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_GIVEN_TO: Final = re.compile(
    r"\s*(?:\b(?:représentée?|suppléée?|remplacée?|represented|replaced|donne (?:pouvoir|procuration))\s+)?"
    r"(?:→|->|=>|\b(?:à|a|au|to|par|by)\b)\s+[A-ZÀ-Ý][^,;\n()]*"
)
"""To whom those below `Pouvoirs` gave their vote."""
_HOLDER_FIRST: Final = re.compile(
    r"\w\W+(?:(?:pouvoir|procuration|mandat|proxy)s?\s+(?:de|d|from|of|for)|pour|for)\b", re.IGNORECASE
)


def meetings_in(
    grid: Grid, listed: list[Listed], rule: SourceRule, known: KnownNames
) -> list[tuple[Situation, list[Listed]]]:
    """
    Part minutes of several meetings: each begins with a title that names its day.

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
    meetings
        Each meeting as a table without header, below what stands above its first heading; and its lines.
    """
    lines = sorted(listed, key=lambda line: line.row)
    starts = [0]
    day = next(iter(_days_above(grid, range(lines[0].row + 1))), "")
    for before, after in pairwise(lines):
        title = _next_title(grid, range(before.row + 1, after.row), day)
        if title is not None and after.status == "present":
            starts.append(title)
            day = next(_days_above(grid, range(title, after.row)))
    ends = [*starts[1:], len(grid.rows)]
    return [
        (_situation(grid, range(start, end), rule, known), [line for line in listed if start <= line.row < end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _next_title(grid: Grid, rows: range, day: str) -> int | None:
    """Find the line between two lists that names another day than that of the meeting before."""
    dated = [row for row in rows if any(found != day for found in _days_above(grid, range(row, row + 1)))]
    if not dated:
        return None
    row = dated[-1]
    # The lines of a title stand together.
    while row - 1 in rows and any(grid.rows[row - 1]) and not is_sentence(" ".join(grid.rows[row - 1])):
        row -= 1
    return row


def _days_above(grid: Grid, rows: range) -> Iterator[str]:
    """Name the days that lines of a title name, and no sentence and no announcement."""
    for row in rows:
        text = " ".join(filter(None, grid.rows[row]))
        if len(text) <= _LONGEST_TITLE and not is_sentence(text) and not OF_ANOTHER_DAY.search(folded(text)):
            yield from several_days(text)


def _situation(grid: Grid, rows: range, rule: SourceRule, known: KnownNames) -> Situation:
    first = next((row for row in rows if any(map(_is_heading, grid.rows[row]))), rows.start)
    return Situation(
        Table(grid, range(rows.start, first), (), range(first, rows.stop), range(max(grid.width, 1))), rule, known
    )


def _days_of_entries(table: Table) -> Iterator[str]:
    """Name the days of other entries in the text, `2024-02-06 - Joel Doane (e-mail)`, of which nobody is read."""
    for row in table.body:
        found = day_in(table.grid.cell(row, 0)[:_LONGEST_TITLE])
        if found is not None and re.match(re.escape(found[0]) + r"\s+[–—-]\s", table.grid.cell(row, 0)):
            yield from several_days(found[0])


def _is_heading(cell: str) -> bool:
    return cell.strip() != "" and (heading_of(cell) is not None or bool(lists_in_a_line(cell)))


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
    days = list(dict.fromkeys([*situation.days_in_title, *_days_of_entries(situation.table)]))
    if len(days) > 1:
        draft.remark("PN155", situation.day[1], value=days[0], days=days)
    occasion = meeting_of_title(situation, draft)
    entries: dict[int, int] = {}
    # A list of those invited stays one, whatever its column is called.
    asked = "invitation" in situation.kinds and not {line.status for line in listed} - {"present", "invited"}
    for line in _one_each(_ticked(listed)):
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


def _ticked(lines: list[Listed]) -> list[Listed]:
    """Read the boxes of a list: who has an empty one beside others that are ticked was not there."""
    is_ticked = any(line.text.startswith(tuple(BOXES[:-1])) for line in lines)
    of_empty = "absent" if is_ticked else "unclear"
    return [
        line._replace(
            status=of_empty if line.text.startswith(BOXES[-1]) else line.status,
            text=_with_organisation_behind(line.text.lstrip(f"{BOXES} ")),
        )
        if line.text.startswith(tuple(BOXES))
        else line
        for line in lines
    ]


def _one_each(lines: list[Listed]) -> list[Listed]:
    """Read `Jane Roe, Norvidia` as one person where all the lines of a list are a name and one thing behind a comma."""
    found: list[Listed] = []
    for _, group in groupby(lines, lambda line: line.status):
        block = list(group)
        halves = [re.sub(r"\([^()]*\)", "", line.text).split(",") for line in block]
        are_pairs = len(block) >= _FEWEST_LINES and all(
            len(half) == _PAIR and looks_like_a_person(half[0].strip()) for half in halves
        )
        if are_pairs and not all(looks_like_a_person(half[1].strip()) for half in halves):
            block = [line._replace(text=_with_organisation_behind(line.text)) for line in block]
        found += block
    return found


def _with_organisation_behind(text: str) -> str:
    """Put what stands behind the only comma of a line in brackets, unless it says a status or what somebody does."""
    name, _, behind = re.sub(r"\s*\([^()]*\)", "", text).partition(",")
    is_more = not behind.strip() or "," in behind or meaning_of(behind) is not None or is_function(behind)
    return text if is_more else f"{name.strip()} ({behind.strip()})"


def _people_in(line: Listed, known: KnownNames) -> tuple[list[Named], list[str]]:
    """Read those of a line who are clearly somebody, and the passages of which nobody is certain."""
    if ungendered(line.text).strip(" .") in words_of("notes", "nobody"):
        return [], []
    text = _BRACES.sub(lambda found: f"({found.group(1)})", line.text)
    outside = re.sub(r"\([^()]*\)", "", text)
    if line.status == "represented":
        if _HOLDER_FIRST.search(text):
            return [], [text]
        text = _GIVEN_TO.sub("", text)
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
