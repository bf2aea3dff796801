"""People and organisations as files mention them, before anybody decides who is who."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import without_civility


class Mention(NamedTuple):
    """
    Somebody as a file writes them.

    Parameters
    ----------
    person
        The person's name; empty where an organisation is meant.
    organisation
        The organisation's name, where it is said.
    email
        The e-mail address, where it is said.
    """

    person: str
    organisation: str = ""
    email: str = ""


class Occasion(NamedTuple):
    """
    A meeting as a file mentions it; equal occasions are one meeting, whatever file they stand in.

    Parameters
    ----------
    day
        Its day, as ISO where it can be read, else as written.
    title
        Its title without accents and capitals.
    mark
        What else tells it from others of its day and title, such as its hour.
    number
        Tells apart meetings of one day and title in one file.
    """

    day: str
    title: str
    mark: str = ""
    number: int = 0


_NOTE: Final = re.compile(
    r"(?:part|partie|en partie|visio|en visio|remote|online|a distance|by phone|par telephone|chair|president|presidente"
    r"|minutes|secretary|secretaire|excuse|excusee|joining at .*|left at .*|arrive a .*|until .*|from \d.*|jusqu.*"
    r"|a partir de .*"
    r"|items? .*|animateur|animatrice|suppleant|suppleante|titulaire|observer|observateur|vice-chair|via teams|teams|tbc)"
)
_FOR: Final = re.compile(
    r"^(?:for|pour|representing|represente|on behalf of|en remplacement de|remplace|deputising for)\s+", re.IGNORECASE
)
_SEPARATORS: Final = re.compile(r"\s*(?:;|\n|•|·(?=\s)|\s/\s)\s*")
_AND: Final = re.compile(r"\s+(?:and|et|&)\s+", re.IGNORECASE)
_SECTION: Final = re.compile(
    r"(?:(?:etaient|sont|membres|personnes|absents?)\s+)*(?:presents?|presentes?|excuses?|excusees?|absents?|absentes?"
    r"|apologies|in attendance|attendees|participants?|members?|officers?|officials?|membres|invites?|present"
    r"|apologies for absence"
    r"|etaient presents|etaient excuses|etaient absents|absents excuses|membres presents|membres excuses"
    r"|personnes presentes)"
    r"\s*(?:\(\s*\d+\s*\)|\d+)?\s*:?"
)


def is_section_word(text: str) -> bool:
    """
    Tell a section's heading from a name.

    Parameters
    ----------
    text
        A cell.

    Returns
    -------
    heading
        True for `Étaient présents :`, `Apologies`, and the like.

    Examples
    --------
    >>> is_section_word("Étaient présents :"), is_section_word("Présent Martin")
    (True, False)
    """
    return bool(_SECTION.fullmatch(folded(text)))


def mentions_in(cell: str) -> Iterator[Mention]:
    """
    Split a cell that packs several people.

    Parameters
    ----------
    cell
        `Jos Creese (Hampshire County Council), Conn Crawford (for Dave Smith, Sunderland City Council)`; commas inside
        parentheses separate nothing, deputies stand for themselves, notes such as `(part)` are no organisation.

    Yields
    ------
    mention
        One for each person.

    Examples
    --------
    >>> [mention.person for mention in mentions_in("A. Lee and B. Roe (DCLG), C. Poe (for D. Moe, Leeds)")]
    ['A. Lee', 'B. Roe', 'C. Poe']
    """
    for piece in _outside_parentheses(cell):
        yield from _people(piece)


def mention_in(cell: str) -> Mention:
    """
    Read a cell that holds one person.

    Parameters
    ----------
    cell
        `Anne Bruneteau (MJC)`, or the organisation after a line break.

    Returns
    -------
    mention
        The person, and the organisation where the cell says it.
    """
    lines = [line.strip() for line in cell.splitlines() if line.strip()]
    if len(lines) > 1:
        first = next(_people(lines[0]), Mention(lines[0]))
        rest = " ".join(line for line in lines[1:] if not _is_note(line))
        return first._replace(organisation=first.organisation or _bare(rest))
    return next(_people(cell), Mention(""))


def person_name(last: str, first: str) -> str:
    """
    Put a name together.

    Parameters
    ----------
    last
        The family name.
    first
        The given name.

    Returns
    -------
    name
        Given name, then family name.
    """
    return " ".join(part for part in (first.strip(), last.strip()) if part)


def _outside_parentheses(cell: str) -> Iterator[str]:
    """Cut at commas, semicolons and line breaks outside parentheses."""
    depth, start = 0, 0
    text = _SEPARATORS.sub(";", cell)
    for place, letter in enumerate(text):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if letter in ",;" and depth == 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _people(piece: str) -> Iterator[Mention]:
    outside, inside = piece, []
    while match := re.search(r"\(([^()]*)\)", outside):
        inside.append(match.group(1).strip())
        outside = outside[: match.start()] + " " + outside[match.end() :]
    organisation = next((said for said in map(_organisation_in, inside) if said), "")
    outside, dash, after = outside.partition(" – ") if " – " in outside else outside.partition(" - ")
    if dash and not organisation:
        organisation = after.strip()
    for name in _AND.split(outside):
        bare = without_civility(" ".join(name.replace("(", " ").replace(")", " ").split()).strip(" .,;:-–"))
        if any(map(str.isalnum, bare)) and not is_section_word(bare):
            yield Mention(bare, organisation)


def _organisation_in(note: str) -> str:
    """Read an organisation in parentheses: none in a note, the last part of `for Dave Smith, Sunderland`."""
    if _is_note(note):
        return ""
    if _FOR.match(note):
        _, comma, after = note.partition(",")
        return _bare(after) if comma else ""
    return _bare(note)


def _is_note(text: str) -> bool:
    return bool(_NOTE.fullmatch(folded(text).strip("() .")))


def _bare(text: str) -> str:
    return text.strip().strip("().,;:–- ").strip()
