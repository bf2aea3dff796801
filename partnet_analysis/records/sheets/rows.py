"""Which lines below a header are about somebody, and about whom; totals, headings and notes are about nobody."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.legends import is_legend
from partnet_analysis.records.cells.looks import ACRONYM, looks_like_a_person, looks_like_an_organisation
from partnet_analysis.records.cells.mentions import Mention, Named, named_in, person_name
from partnet_analysis.records.cells.statuses import Meaning, answer_of, meaning_of
from partnet_analysis.records.cells.values import ERROR_CELLS
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import without_civility
from partnet_analysis.records.sheets.context import is_total
from partnet_analysis.records.sheets.situation import UNDER_A_DAY, Situation

_NOTE: Final = re.compile(
    r"(?:\*|\d+\.\s|(?:document |fichier |liste |tableau )?(?:mis a jour|maj\b|edite|imprime|genere|arrete)"
    r"|(?:last |document )?(?:updated|printed|generated|exported)|version\b|page \d|nb\b|n\.b\.|notes?\b|legende\b"
    r"|legend\b|key\b|source\b|remarques?\b|observations?\b|\(|fait a\b|prochaine?s? |next meeting|rappel\b"
    r"|le president|signature)"
)
_NAMING: Final = ("person", "last_name", "first_name", "organisation", "email")
_ATTESTS: Final = re.compile(r"(?:signature|visa|cachet|emargement)s? (?:du|de|des|of|et)\b")
"""Who answers for a sheet signs below the list, and is not of it."""

_LONGEST_NAME: Final = 90
_LOOKED_AT: Final = 100
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)?\s*%?(?:\s*/\s*\d+)?")
_BRACKETED: Final = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*$")


class Record(NamedTuple):
    """
    A line that is about somebody.

    Parameters
    ----------
    row
        The row, from 0.
    section
        The status that the last heading above it gives; empty before any.
    """

    row: int
    section: str


def records(situation: Situation, draft: Draft) -> Iterator[Record]:
    """
    Go through the lines of a table that are about somebody; the others are left aside and counted.

    Parameters
    ----------
    situation
        The table.
    draft
        Where the others are noted.

    Yields
    ------
    record
        The line.
    """
    table = situation.table
    section = situation.section or ""
    for row in table.body:
        texts = table.texts(row)
        if not texts:
            continue
        status = _section(situation, texts)
        if status is not None:
            section = status
            draft.ignore(row, "PN053")
        elif is_about_nobody(situation, row, texts):
            draft.ignore(row, "PN053")
        else:
            yield Record(row, section)


def is_of_a_cancelled_meeting(situation: Situation, draft: Draft, row: int, day: str) -> bool:
    """
    Leave a line aside whose meeting's title says that it did not take place.

    Parameters
    ----------
    situation
        The table.
    draft
        Where it is noted.
    row
        The row, from 0.
    day
        The day of the meeting.

    Returns
    -------
    cancelled
        True if it is left aside.
    """
    title = next((text for role in ("title", "series") if is_called_off(text := situation.cell(row, role))), "")
    if title:
        draft.ignore(row, "PN124", title=title, day=day)
    return bool(title)


def packed_heading(text: str) -> tuple[str, str] | None:
    """
    Part a line such as `Absents : Al Doe (Régie), Bo Roe`.

    Parameters
    ----------
    text
        The line.

    Returns
    -------
    parts
        The status of its heading, and the names; None where it is no such line.
    """
    head, colon, names = text.partition(":")
    status = heading_status(head) if colon else None
    return (status, names.strip()) if status is not None and re.search(r"[^\W\d_]{2}", names) else None


def _section(situation: Situation, texts: Sequence[str]) -> str | None:
    """Tell what the heading of a section inside a table says; None where the line is none."""
    if len(set(texts)) > 1 or packed_heading(texts[0]) is not None:
        return None
    status = heading_status(texts[0])
    if status is None or (
        len(situation.marks) and folded(texts[0]).strip(" :") not in words_of("notes", "groups") and status != "present"
    ):
        return status
    # Under a grid, `Associations` parts the partners and says nothing of presences.
    return "" if situation.marks or folded(texts[0]).strip(" :") in words_of("notes", "groups") else status


def is_about_nobody(situation: Situation, row: int, texts: Sequence[str]) -> bool:
    """
    Tell a total, a heading, a legend, a note or a repeated header from a line about somebody.

    Parameters
    ----------
    situation
        The table.
    row
        The row, from 0.
    texts
        Its cells that hold anything.

    Returns
    -------
    nobody
        True if it is about nobody.
    """
    table = situation.table
    first = texts[0]
    if _is_total_row(situation, row, first) or _ATTESTS.match(ungendered(first)):
        return True
    if (
        table.header
        and texts == table.texts(table.header[-1])
        and all(table.grid.cell(row, column) == table.grid.cell(table.header[-1], column) for column in table.columns)
    ):
        return True
    if all(map(is_legend, texts)):
        return True
    if len(set(texts)) > 1:
        return False
    plain = ungendered(first)
    if len(first) > _LONGEST_NAME or _NOTE.match(plain):
        return True
    is_heading = first.endswith(":") or plain.strip(" :") in words_of("notes", "groups")
    spans = any(place == row and last > left for place, left, _, last in table.grid.merged)
    several = len(situation.naming) > 1
    named = [place for place in situation.naming if table.grid.cell(row, place)]
    organisation = situation.columns.places.get("organisation")
    # Of several columns that name, a lone cell outside the organisation's is a heading rather than a member.
    is_stray = several and (not named or named[0] != organisation) and situation.marks != ()
    return is_heading or spans or is_stray or not _is_in_place(situation, row)


def _is_in_place(situation: Situation, row: int) -> bool:
    """Tell whether a lone cell stands in a column that names somebody, says who came, or names days."""
    table = situation.table
    column = next(column for column in table.columns if table.grid.cell(row, column))
    asked = {*situation.naming, *(mark.place for mark in situation.marks)}
    asked |= {each.place for each in situation.columns.every if each.role in UNDER_A_DAY}
    return not situation.naming or column in asked or situation.columns.has("day")


def _is_total_row(situation: Situation, row: int, first: str) -> bool:
    table = situation.table
    if row in situation.tallies or any(map(is_total, (first, *situation.naming_texts(row)))):
        return True
    says_total = ungendered(first).strip(" :") in words_of("notes", "totals")
    if not says_total and heading_status(first) is None:
        return False
    others = [text for text in table.texts(row) if text != first]
    if says_total:
        return bool(others) and all(_NUMBER.fullmatch(text) or answer_of(text) for text in others)
    return bool(others) and all(map(_NUMBER.fullmatch, others)) and not _marks_are_numbers(situation)


def _marks_are_numbers(situation: Situation) -> bool:
    """Tell a grid of 1 and 0, where `Habitants | 1 | 0` may be a partner, from one where such a line is a count."""
    grid = situation.table.grid
    cells = [
        text for row in situation.table.body[:_LOOKED_AT] for mark in situation.marks if (text := grid.cell(row, mark.place))
    ]
    return not cells or sum(bool(_NUMBER.fullmatch(text)) for text in cells) > 0.5 * len(cells)


def naming_place(situation: Situation) -> int:
    """
    Find the column that names whom a row is about.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    place
        The person's column, else the organisation's, else the first.
    """
    return situation.naming[0] if situation.naming else situation.table.columns.start


def named_in_row(situation: Situation, row: int) -> list[Named]:
    """
    Read whom a row is about.

    Parameters
    ----------
    situation
        The table.
    row
        The row, from 0.

    Returns
    -------
    named
        The person and their organisation, or several where a cell names several; an organisation alone where no person is
        named; nobody where nobody is.
    """
    cells = situation.cells(row, _NAMING)
    if cells not in situation.named:
        situation.named[cells] = _named_in_cells(situation, *cells)
    return situation.named[cells]


def _named_in_cells(  # noqa: PLR0913, PLR0917 (a name may stand in that many cells)
    situation: Situation, person: str, last_name: str, first_name: str, organisation: str, email: str
) -> list[Named]:
    columns = situation.columns
    if not situation.naming:
        return situation.about
    organisation, behind = _without_status(organisation)
    email = _email(email)
    if columns.has("first_name") and (columns.has("last_name") or not columns.has("person")):
        last, meaning = _without_status(last_name or person)
        first, other = _without_status(first_name)
        name = without_civility(person_name(last, first))
        return _one(Mention(_named(name), _named(organisation), email), meaning or other or behind)
    text = _as_shown(situation, person or last_name)
    if text and folded(text) == folded(organisation):
        # Who stands for nobody else is written in both columns.
        return [Named(Mention(_named(text), "", email), behind)]
    found = named_in(text, situation.known) if _named(text) else []
    if text in ERROR_CELLS:
        return [Named(Mention(text, _named(organisation), email), behind)]
    if not found:
        organisations = [part.strip() for part in organisation.split(";") if part.strip()] or [""]
        return [each for part in organisations for each in _one(Mention("", _named(part), email), behind)]
    return [
        Named(_completed(each.mention, _named(organisation), email if len(found) == 1 else ""), each.meaning or behind)
        for each in found
    ]


def _as_shown(situation: Situation, text: str) -> str:
    """Under `Name (Original Name)`, where `iPhone (Lise Morvan)` is one person, take the name that names somebody."""
    column = situation.columns.of("person")
    found = _BRACKETED.search(text)
    if found is None or column is None or "original" not in folded(column.name):
        return text
    shown, original = text[: found.start()].strip(), found.group(1)
    known = situation.known
    if folded(shown) in words_of("name_notes", "reports"):
        return original
    if any(map(ACRONYM.fullmatch, original.split())) or looks_like_an_organisation(shown, known):
        return text
    named = (name for name in (shown, original) if looks_like_a_person(name, known))
    return next(named) if looks_like_a_person(original, known) else text


def _one(mention: Mention, meaning: Meaning | None) -> list[Named]:
    return [Named(mention, meaning)] if any(mention) else []


def _completed(mention: Mention, organisation: str, email: str) -> Mention:
    """Add what the columns say to what the cell says of somebody; the column of organisations knows better."""
    person = mention.person or (
        mention.organisation if organisation and folded(mention.organisation) != folded(organisation) else ""
    )
    return Mention(person, organisation or mention.organisation, mention.email or email)


@lru_cache(maxsize=1 << 14)
def _without_status(text: str) -> tuple[str, Meaning | None]:
    """Take a status in parentheses or behind a dash away from a name: `CCAS (excusé)`."""
    found = _BRACKETED.search(text)
    meaning = meaning_of(found.group(1)) if found and len(found.group(1)) > 1 else None
    if found and meaning is not None:
        return text[: found.start()].strip(), meaning
    before, dash, after = text.rpartition(" - ") if " - " in text else text.rpartition(" – ")
    meaning = meaning_of(after) if dash and len(after.strip()) > 1 else None
    return (before.strip(), meaning) if meaning is not None else (text, None)


def _email(text: str) -> str:
    found = re.search(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|^[\w.+-]+@\w+$", text)
    return found.group().lower() if found else ""


def _named(text: str) -> str:
    """Take a dash or a question mark in the place of a name for no name, but leave a failed formula to be told."""
    return text if any(map(str.isalnum, text)) else ""
