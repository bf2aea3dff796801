"""Parts of tables: columns of people, columns that say nothing of attendance, lines above and below."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tests.records.judging.words import words
from tests.records.sheets.writing.hand import ABOVE, Cell, Hand, without_accents
from tests.records.sheets.writing.known import Language, Member
from tests.records.sheets.writing.vocabulary import PARTNERSHIP, REMARKS, ROLES, SECTORS, TOWNS, UPDATED

PLACES: Final = ("column", "parentheses", "dash", "none")
"""Where an organisation may stand beside its person."""
DECOYS: Final = ("number", "phone", "role", "remark", "mail", "town")


@dataclass(frozen=True)
class Column:
    header: Cell
    values: Sequence[Cell]


@dataclass(frozen=True)
class People:
    """The columns that name people, and whether they say who is of which organisation."""

    columns: list[Column]
    organisations: bool


def people(hand: Hand, members: Sequence[Member], *, places: Sequence[str] = PLACES) -> People:
    """Write the columns that name those members, one row each."""
    if all(member.kind == "organisation" for member in members):
        return People([Column(hand.header("organisation"), [member.name for member in members])], organisations=True)
    place = hand.draws.pick(places)
    if hand.once("separate names", (False, False, True)) and place in {"column", "none"}:
        names = [
            Column(hand.header("last"), [hand.last(member) or None for member in members]),
            Column(hand.header("first"), [member.first or None for member in members]),
        ]
        names = names[:: hand.once("order of names", (1, 1, -1))]
    else:
        names = [Column(hand.header("name"), [name_with(hand, member, place) for member in members])]
    if place != "column":
        return People(names, organisations=place != "none")
    named = [member.organisation or member.name for member in members]
    if hand.suffix == "xlsx" and hand.once("merged", (False,) * 5 + (True,)):
        named = [ABOVE if n and name == named[n - 1] else name for n, name in enumerate(named)]
    column = Column(hand.header("organisation"), named)
    return People([*names, column] if hand.once("name first", (True, False)) else [column, *names], organisations=True)


def name_with(hand: Hand, member: Member, place: str) -> str | None:
    """Write a name with its organisation behind it, or alone; blank where an organisation has a column of its own."""
    if member.kind == "organisation":
        return None if place == "column" else member.name
    behind = {"parentheses": f" ({member.organisation})", "dash": f" - {member.organisation}"} if member.organisation else {}
    return hand.name(member) + behind.get(place, "")


def decoys(hand: Hand, members: Sequence[Member], roles: Sequence[str] = DECOYS) -> list[Column]:
    """Write a few columns that say nothing about who was where."""
    written = [role for role in roles if hand.once(f"decoy {role}", (False,) * 6 + (True,))]
    return [Column(hand.header(role), [_decoy(hand, role, member, number) for number, member in enumerate(members, 1)])
            for role in written]  # fmt: skip


def _decoy(hand: Hand, role: str, member: Member, number: int) -> Cell:
    if role in _WORDS:
        return hand.draws.pick(_WORDS[role][hand.language]) or None
    if role == "phone":
        return f"02 00 00 00 {number:02d}"
    return number if role == "number" else address(member)


_WORDS: Final[Mapping[str, Mapping[Language, Sequence[str]]]] = {
    "role": ROLES,
    "remark": REMARKS,
    "town": TOWNS,
    "sector": SECTORS,
}


def address(member: Member) -> str:
    """Write an address of electronic mail."""
    place = "".join(words(without_accents(member.organisation or member.name)))[:12]
    who = ".".join("".join(words(part)) for part in (member.first, member.last) if part) or "contact"
    return f"{who}@{place}.example"


def rows_of(columns: Sequence[Column]) -> list[list[Cell]]:
    """Put columns side by side under their headers."""
    return [[column.header for column in columns], *map(list, zip(*(column.values for column in columns), strict=True))]


def above(hand: Hand, titles: Iterable[str]) -> list[list[Cell]]:
    """Write lines above a table."""
    rows: list[list[Cell]] = []
    if hand.draws.sometimes(0.2):
        rows.append([PARTNERSHIP[hand.language]])
    if hand.draws.sometimes(0.4):
        rows += [[title] for title in titles]
    if rows and hand.draws.sometimes(0.6):
        rows.append([])
    return rows


def below(hand: Hand, lines: Iterable[str] = ()) -> list[list[Cell]]:
    """Write lines below a table."""
    rows: list[list[Cell]] = [[line] for line in lines]
    if hand.draws.sometimes(0.1):
        rows.append([UPDATED[hand.language]])
    return [[], *rows] if rows and hand.draws.sometimes(0.7) else rows
