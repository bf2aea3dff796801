"""Minutes: whom the lists below their headings name, and the meetings that they are about."""

import re
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.doubt import is_doubtful
from partnet_analysis.records.cells.looks import KnownNames
from partnet_analysis.records.cells.mentions import Named, named_in
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.layouts.common import meeting_of_title
from partnet_analysis.records.sheets.layouts.sections import Listed, heading_of
from partnet_analysis.records.sheets.situation import Situation
from partnet_analysis.records.sheets.tables import Table

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
        (row for row, cells in enumerate(grid.rows) if any(cell.strip() and heading_of(cell) for cell in cells)),
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
