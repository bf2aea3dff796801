"""People and organisations as files mention them, before anybody decides who is who."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from partnet_analysis.records.cells.behind import (
    BRACKETS,
    DASH,
    are_initials,
    bare_name,
    cut_behind,
    employer_in,
    is_note,
    organisation_in,
    parted_from_brackets,
    statuses_in,
)
from partnet_analysis.records.cells.headings import is_section_word
from partnet_analysis.records.cells.looks import (
    ACRONYM,
    CIVILITY,
    NOBODY_KNOWN,
    KnownNames,
    is_organisations_word,
    looks_like_a_person,
    looks_like_an_organisation,
    names_a_function,
)
from partnet_analysis.records.cells.statuses import Meaning, meaning_of
from partnet_analysis.records.cells.vocabulary import words_of
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import organisation_key, person_key, without_civility


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


class Named(NamedTuple):
    """
    Somebody, and what the cell says of their presence.

    Parameters
    ----------
    mention
        Who.
    meaning
        The status written behind the name; None where there is none.
    """

    mention: Mention
    meaning: Meaning | None = None


_BREAKS: Final = re.compile(r"\s*(?:;|•|·(?=\s)|\s\|\s)\s*")
_SIGNS: Final = re.compile(r"\s+[/+]\s+")
"""Signs that part people where people stand on either side: `Nadia Cherif / Yann Le Goff`."""
_AND: Final = re.compile(r"\s+(?:and|et|&)\s+", re.IGNORECASE)
_AND_ANOTHER: Final = re.compile(r"(?<=[)\]])\s+(?:et|and|&)\s+", re.IGNORECASE)
_AFTER_BRACKET: Final = re.compile(r"(?<=[)\]])\s+(?=[^\W\d_])")
_JOINED: Final = re.compile(r"^(?:and|et|&)\s+(?=[A-ZÀ-Ý])|\s+(?:and|et|&)$")
_EMAIL: Final = re.compile(r"<?\b([\w.+-]+@[\w-]+(?:\.[\w-]+)+)\b>?")
_SEVERAL: Final = re.compile(r"^(?:mm\.?|mmes\.?|messieurs|mesdames|cllrs\.?|councillors|mrs? and mrs?)\s+", re.IGNORECASE)
_STUCK: Final = re.compile(r"\b((?:M|MM|Mr|Mme|Mmes|Dr)\.)(?=[A-ZÀ-Ý]{2})")
"""A title of courtesy without a space behind it: `M.MORVAN`."""

_BULLET: Final = re.compile(r"^\s*(?:[-–—*•▪►·]|\d{1,2}[.)])\s+")
_HEAD: Final = re.compile(r"^(?:pour\s+(?:la\s+|le\s+|l['’]\s*|les\s+)?|for\s+(?:the\s+)?)?", re.IGNORECASE)


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
    for named in named_in(cell):
        yield named.mention


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
    return next(mentions_in(cell), Mention(""))


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


def named_in(cell: str, known: KnownNames = NOBODY_KNOWN) -> list[Named]:
    """
    Read everybody whom a cell names.

    Parameters
    ----------
    cell
        Names between semicolons, commas, line breaks or `et`; behind a name its organisation and its status.
    known
        Names known from elsewhere, which are never split and tell persons from organisations.

    Returns
    -------
    named
        One for each, in order; in `person` where nothing says that it is an organisation.

    Examples
    --------
    >>> [tuple(named.mention[:2]) for named in named_in("Mmes Riou et Prat (CCAS)")]
    [('Riou', 'CCAS'), ('Prat', 'CCAS')]
    >>> tuple(named_in("DURAND Paul, Mission locale")[0].mention[:2])
    ('DURAND Paul', 'Mission locale')
    >>> named_in("Marc Tanguy (Mission locale, excusé)")[0].meaning.status
    'excused'
    """
    text = _STUCK.sub(r"\1 ", cell.strip())
    if text and organisation_key(text) in known.organisations:
        return [Named(Mention(text))]
    lines = [line for line in (_BULLET.sub("", line).strip() for line in text.splitlines()) if line]
    lines = lines[:1] + [line for line in lines[1:] if not is_note(line.strip("()"))]
    pieces: list[str] = []
    for line in lines:
        if (
            pieces
            and len(lines) == 2  # noqa: PLR2004 (a name and what stands below it)
            and not looks_like_a_person(bare_name(line), known)
            and looks_like_a_person(bare_name(pieces[-1]), known)
        ):
            pieces[-1] = f"{pieces[-1]} ({line})" if not is_note(line) else pieces[-1]
        else:
            pieces += filter(None, map(str.strip, _cut(_BREAKS.sub(";", line), ";")))
    found: list[Named] = []
    for piece in pieces:
        found += _of_piece(piece, known, is_listed=len(pieces) > 1)
    return found


def _of_piece(piece: str, known: KnownNames, *, is_listed: bool) -> list[Named]:
    signed = _SIGNS.split(piece)
    if len(signed) > 1 and all(looks_like_a_person(bare_name(part), known) for part in signed):
        return [named for part in signed for named in _of_piece(part, known, is_listed=True)]
    # Behind somebody's parentheses, `et` begins the next name.
    piece = _AND_ANOTHER.sub(", ", piece)
    head, colon, rest = piece.partition(":")
    if colon and rest.strip() and names_a_function(head):
        return _of_piece(rest.strip(), known, is_listed=False)
    if colon and rest.strip() and looks_like_an_organisation(_HEAD.sub("", head), known):
        return [
            _with_organisation(named, _HEAD.sub("", head).strip())
            for named in _of_piece(rest.strip(), known, is_listed=False)
        ]
    tokens = [_JOINED.sub("", token.strip()) for token in _cut(piece, ",") if token.strip(" .")]
    if len(tokens) == 2 and _are_surname_and_given(tokens, known, is_listed=is_listed):  # noqa: PLR2004 (a pair)
        tokens = [f"{tokens[1]} {tokens[0]}" if not tokens[1].endswith(")") else _turned(tokens)]
    found: list[Named] = []
    for token in (part for whole in _rejoined(tokens, known) for part in _run_together(whole, known)):
        before = found[-1] if found else None
        said = next(iter(statuses_in(token)), None) if not BRACKETS.search(token) else None
        if before is not None and said is not None and before.meaning is None:
            found[-1] = before._replace(meaning=said)
        elif before is not None and _belongs_to(token, before, known):
            found[-1] = _with_what_follows(before, token)
        else:
            found += _of_token(token, known)
    return found


def _with_what_follows(before: Named, token: str) -> Named:
    """Add to a person the organisation and the status in what follows: `directrice de la MJC`, `Maire (excusé)`."""
    inside = [(found.group(1) or found.group(2) or "").strip() for found in BRACKETS.finditer(token)]
    meaning = before.meaning or next((said for note in inside for said in statuses_in(note)), None)
    bare = token if not any(is_note(note) or meaning_of(note) for note in inside) else bare_name(token)
    organisation = "" if _AND.search(bare) and not names_a_function(bare) else employer_in(bare)
    named = before._replace(meaning=meaning)
    return _with_organisation(named, organisation) if organisation else named


def _run_together(token: str, known: KnownNames) -> list[str]:
    """Part `James Payne (PPG) Pamela Payne (PPG)`: where a person stands on either side, the bracket ends a name."""
    if DASH.search(token):
        return [token]
    parts = _AFTER_BRACKET.split(token)
    are_persons = len(parts) > 1 and all(
        all(looks_like_a_person(each, known) for each in _AND.split(bare_name(part)))
        and not names_a_function(bare_name(part))
        for part in parts
    )
    return parts if are_persons else [token]


def _rejoined(tokens: list[str], known: KnownNames) -> list[str]:
    """Put together again what one name holds a comma in: `Habitat, logement et cadre de vie`, `Sports, Arts and Leisure`."""
    whole: list[str] = []
    for token in tokens:
        goes_on = token[:1].islower() and meaning_of(token) is None and not names_a_function(token) and not is_note(token)
        behind = whole and (DASH.search(whole[-1]) or not looks_like_a_person(bare_name(whole[-1]), known))
        if behind and (goes_on or (DASH.search(whole[-1]) and _ends_a_name(token, known))):
            whole[-1] = f"{whole[-1]}, {token}"
        else:
            whole.append(token)
    last_joins = (
        len(whole) > 1 and _AND.search(whole[-1]) and not any(looks_like_a_person(bare_name(each), known) for each in whole)
    )
    if last_joins and not any(ACRONYM.fullmatch(bare_name(each)) for each in (*whole[:-1], *_AND.split(whole[-1]))):
        return [", ".join(whole)]
    return whole


def _ends_a_name(token: str, known: KnownNames) -> bool:
    return (
        not looks_like_a_person(bare_name(token.split(" - ", maxsplit=1)[0].split(" – ", maxsplit=1)[0]), known)
        and not ACRONYM.fullmatch(token)
        and meaning_of(token) is None
    )


def _turned(tokens: list[str]) -> str:
    """Put the given name before the family name where a note follows it: `Morvan, Lise (CAF)`."""
    given, _, note = tokens[1].partition("(")
    return f"{given.strip()} {tokens[0]} ({note}"


def _are_surname_and_given(tokens: list[str], known: KnownNames, *, is_listed: bool) -> bool:
    """Tell `MORVAN, Lise` from two names: both are single, and nothing says that they are organisations."""
    last, given = tokens[0], bare_name(tokens[1])
    if any(looks_like_an_organisation(name, known) and not name.isalpha() for name in (last, given)) or not given:
        return False
    if organisation_key(given) in known.organisations or organisation_key(last) in known.organisations:
        return False
    if person_key(f"{last} {given}") in known.persons:
        return True
    single = len(given.split()) == 1 and given[:1].isupper() and not given.isupper() and not is_organisations_word(given)
    if not single or is_organisations_word(last.split()[-1]) or len(last.split()) > 3:  # noqa: PLR2004 (`de La Tour`)
        return False
    return last.isupper() or len(last.split()) == 1 or (is_listed and all(map(str.isalpha, last.split())))


def _belongs_to(token: str, before: Named, known: KnownNames) -> bool:
    """Tell whether what follows a person behind a comma says what they are: an organisation or a function."""
    if not before.mention.person:
        return False
    if before.mention.organisation:
        return token[:1].islower() and names_a_function(token)
    name = token.partition("(")[0].strip()
    if not looks_like_a_person(before.mention.person, known):
        return names_a_function(name) and not looks_like_a_person(token, known) and len(before.mention.person.split()) == 1
    if looks_like_a_person(name, known) and not (names_a_function(name) and (token[:1].islower() or name != token)):
        return False
    is_several = all(ACRONYM.fullmatch(part.strip()) for part in _AND.split(token))
    return is_several or names_a_function(name) or looks_like_an_organisation(bare_name(token), known) or is_note(token)


def _with_organisation(named: Named, organisation: str) -> Named:
    mention = named.mention
    return (
        named
        if mention.organisation or not mention.person
        else named._replace(mention=mention._replace(organisation=organisation))
    )


def _of_token(token: str, known: KnownNames) -> Iterator[Named]:
    """Read one name, or two joined by `et`, with what stands behind in parentheses, brackets or after a dash."""
    outside, email = _without_email(token)
    outside, inside = parted_from_brackets(outside, known)
    name, after = cut_behind(outside, known)
    inside = [note for note in inside if not are_initials(note, name)]
    meaning = next((said for note in [*inside, after] for said in statuses_in(note)), None)
    named = [said for said in map(organisation_in, [*inside, after]) if said]
    organisation = next((said for said in named if not said[:1].islower()), next(iter(named), ""))
    pair = _pair(name, known)
    # Beside `M. MORVAN`, `PRAT` is no acronym.
    are_persons = any(CIVILITY.match(each.strip()) for each in pair)
    for each in pair:
        bare = _without_party(without_civility(_SEVERAL.sub("", each.strip(" .,;:-–*"))).strip(" ,;:-–*"))
        if (any(map(str.isalnum, bare)) or (email and not bare)) and not is_section_word(bare):
            looks = looks_like_an_organisation(bare, known) and not looks_like_a_person(bare, known)
            is_organisation = looks and not organisation and not are_persons
            yield Named(Mention("", bare, email) if is_organisation else Mention(bare, organisation, email), meaning)


def _without_party(name: str) -> str:
    """Take the party from behind `TERRIER Pierre Verts`: the family name in capitals says where the name stands."""
    words = name.split()
    is_party = len(words) > 2 and words[0].isupper() and folded(words[-1]) in words_of("organisations", "parties")  # noqa: PLR2004 (two make a name)
    return " ".join(words[:-1]) if is_party else name


def _without_email(token: str) -> tuple[str, str]:
    found = _EMAIL.search(token)
    if found is None:
        return token, ""
    return f"{token[: found.start()]} {token[found.end() :]}".replace("()", " ").replace("<>", " ").strip(), found.group(
        1
    ).lower()


def _begins_with_a_capital(text: str) -> bool:
    return text[:1].isupper()


def _pair(name: str, known: KnownNames) -> list[str]:
    """Part `A. Lee and B. Roe`, never `Habitat et Humanisme`."""
    parts = _AND.split(name)
    if len(parts) == 1 or organisation_key(name) in known.organisations:
        return [name]
    several = bool(_SEVERAL.match(name))
    is_pair = (
        several
        or any(CIVILITY.match(part) and all(map(_begins_with_a_capital, parts)) for part in parts[1:])
        or all(looks_like_a_person(part, known) for part in parts)
        or all(organisation_key(part) in known.organisations or ACRONYM.fullmatch(part.strip()) for part in parts)
    )
    return parts if is_pair else [name]


def _cut(text: str, mark: str) -> Iterator[str]:
    """Cut at a mark outside parentheses and brackets."""
    depth, start = 0, 0
    for place, letter in enumerate(text):
        depth = max(0, depth + (letter in "([") - (letter in ")]"))
        if letter == mark and depth == 0:
            yield text[start:place]
            start = place + 1
    yield text[start:]
