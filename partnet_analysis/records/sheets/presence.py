"""What the columns of a row say of a presence: a word, a signature, ticks, an invitation; never more than they say."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from partnet_analysis.names import STATUSES
from partnet_analysis.records.cells.statuses import Meaning, answer_of, meaning_of
from partnet_analysis.records.cells.values import ERROR_CELLS
from partnet_analysis.records.cells.vocabulary import words_of
from partnet_analysis.records.folding import folded

TICKED: Final = ("present", "excused", "absent", "represented")
_STATUS_OF: Final = {"present": "present", "excused": "excused", "absent": "absent", "represented": "excused"}
_INITIALS: Final = 2
"""So short, a letter such as `A` or `E` is somebody's initial."""

_WORD: Final = re.compile(r"[^\W\d_]+")
_STATED: Final = re.compile(r"(?:abs|exc|non|pas|not|repr|pouvoir|procur|apolog|ne )")


class Said(NamedTuple):
    """
    What a row says of a presence.

    Parameters
    ----------
    status
        The status; empty where there is nothing to write down.
    invited
        Whether the actor was invited; None where nothing says so.
    place
        The column that said it; −1 where none did.
    fault
        The code of what is wrong with that column's cell; empty where nothing is.
    """

    status: str = ""
    invited: bool | None = None
    place: int = -1
    fault: str = ""


@dataclass(frozen=True)
class PresenceColumns:
    """
    The columns of a table, or of one day of a grid, that say who was there.

    Parameters
    ----------
    places
        The column of each role: `status`, `signature`, `reply`, `present`, `excused`, `absent`, `represented`, `invited`.
    cells
        For each role the cells below its header, blank ones too.
    given
        What marks mean, as `partnet.toml` or a legend says, folded.
    blank
        What an empty cell means, as `partnet.toml` or a legend says; empty where neither does.
    """

    places: Mapping[str, int]
    cells: Mapping[str, tuple[str, ...]]
    given: Mapping[str, str]
    blank: str = ""
    heard: dict[object, Said] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What rows were found to say: few say anything new."""

    @cached_property
    def says_by_signature(self) -> bool:
        """Whether the column of signatures holds signatures, and not statuses alone."""
        filled = [cell for cell in self.cells.get("signature", ()) if cell]
        words = {meaning.status for cell in filled if (meaning := meaning_of(cell)) is not None}
        return not (filled and all(meaning_of(cell) or answer_of(cell) for cell in filled) and len(words) > 1)

    @cached_property
    def is_ticked(self) -> bool:
        """Whether any row has a tick of presence or a signature, so that none means something."""
        return any(
            cell
            for role in ("present", "signature")
            for cell in self.cells.get(role, ())
            if folded(cell) not in words_of("marks", "unsigned")
        )

    @cached_property
    def has_ticks_of_outcome(self) -> bool:
        """Whether any row says how an invitation ended."""
        return any(cell for role in (*TICKED, "status", "signature") for cell in self.cells.get(role, ()))

    @cached_property
    def states_outcomes(self) -> bool:
        """Whether the column of statuses says who came, so that an intention among them is none."""
        said = [meaning_of(cell) for cell in self.cells.get("status", ()) if cell]
        return any(meaning is not None and not meaning.is_reply for meaning in said)

    @cached_property
    def crosses_mean_yes(self) -> bool | None:
        """Whether `✗` is a tick: not where others tick with `✓`; unknown where nothing but such crosses stands there."""
        marks = {folded(cell) for cells in self.cells.values() for cell in cells if cell}
        if not marks & _CROSSES:
            return False
        return False if marks - _CROSSES else None

    @cached_property
    def blank_status(self) -> str:
        """What an empty cell of the column of statuses says: absent among ticks alone, unknown where others say absent."""
        if self.blank:
            return self.blank
        said = {folded(cell) for cell in self.cells.get("status", ()) if cell}
        negative = any(_is_negative(mark) for mark in said) or "absent" in {*self.places, *self.given.values()}
        return "absent" if said and not negative else "unknown"


_CROSSES: Final = frozenset({"✗", "✘", "✖"})


def _is_negative(mark: str) -> bool:
    meaning = meaning_of(mark)
    return answer_of(mark) != "yes" and (meaning is None or meaning.status != "present")


def said_in(columns: PresenceColumns, row: Mapping[str, str], section: str = "", behind: Meaning | None = None) -> Said:
    """
    Read what a row says.

    Parameters
    ----------
    columns
        The columns.
    row
        The row's cells by role.
    section
        The status that a heading above the row gives.
    behind
        The status that stands behind the name.

    Returns
    -------
    said
        What the columns say; where they say nothing, what stands behind the name, else the heading, else nothing.
    """
    asked = (tuple(row.items()), section, behind)
    if asked not in columns.heard:
        columns.heard[asked] = _said_in(columns, row, section, behind)
    return columns.heard[asked]


def _said_in(columns: PresenceColumns, row: Mapping[str, str], section: str, behind: Meaning | None) -> Said:
    invited = _invited(columns, row)
    said = (
        _by_word(columns, row, "status") or _by_ticks(columns, row) or _by_signature(columns, row) or _by_reply(columns, row)
    )
    if said is None and behind is not None:
        said = Said(behind.status, behind.invited)
    if said is None and section not in ("", "present"):
        said = Said(_STATUS_OF.get(section, "unknown"), True if section == "invited" else None)
    said = said or _by_silence(columns, invited=invited)
    return said._replace(invited=said.invited if said.invited is not None else invited)


def _by_reply(columns: PresenceColumns, row: Mapping[str, str]) -> Said | None:
    """Read an answer to an invitation, where no other column says how it ended; who said yes may still not have come."""
    said = _by_word(columns, row, "reply")
    has_outcomes = bool(set(columns.places) & {"status", "signature", *TICKED}) and columns.has_ticks_of_outcome
    return None if said is not None and not said.fault and said.status == "unknown" and has_outcomes else said


def _by_word(columns: PresenceColumns, row: Mapping[str, str], *roles: str) -> Said | None:
    for role in roles:
        cell = row.get(role, "")
        if not cell:
            continue
        place = columns.places[role]
        if cell in ERROR_CELLS:
            return Said(place=place, fault="PN023")
        found = read_status(columns, cell, is_reply=role == "reply")
        if found is None or (role == "status" and found.is_reply and found.status == "unknown" and columns.states_outcomes):
            return Said(place=place, fault="PN012")
        denied = (
            found.status == "absent"
            and answer_of(cell) == "no"
            and any(row.get(other) for other in ("excused", "represented"))
        )
        return None if denied else Said(found.status, found.invited, place)
    return None


def read_status(columns: PresenceColumns, cell: str, *, is_reply: bool = False) -> Meaning | None:
    """
    Read a cell of a column of statuses.

    Parameters
    ----------
    columns
        The columns, whose legend goes first.
    cell
        The cell.
    is_reply
        Whether the column holds answers to an invitation: yes is then no presence.

    Returns
    -------
    meaning
        What the cell says; None where that is not known.
    """
    given = columns.given.get(folded(cell))
    if given is not None:
        return Meaning(given) if given in STATUSES else None
    if folded(cell) in _CROSSES and columns.crosses_mean_yes is None:
        return None
    answer = answer_of(cell)
    if is_reply:
        said = meaning_of("accepte" if answer == "yes" else "decline") if answer else meaning_of(cell)
        return said if said is None or said.is_reply or said.status == "excused" else Meaning("unknown", invited=True)
    meaning = meaning_of(cell)
    return meaning or (Meaning("present" if answer == "yes" else "absent") if answer else None)


def _by_ticks(columns: PresenceColumns, row: Mapping[str, str]) -> Said | None:
    ticked: list[tuple[str, int]] = []
    denied = False
    for role in TICKED:
        cell, place = row.get(role, ""), columns.places.get(role, -1)
        if not cell:
            continue
        if cell in ERROR_CELLS:
            return Said(place=place, fault="PN023")
        tick = _tick(columns, role, cell)
        if tick is None:
            return Said(place=place, fault="PN012")
        if tick == "no":
            denied = denied or role == "present"
        else:
            ticked.append((tick, place))
    if row.get("proxy_holder") and not any(status == "present" for status, _ in ticked):
        ticked.append(("excused", columns.places["proxy_holder"]))
    return _of_ticks(ticked, denied=denied, place=columns.places.get("present", -1))


def _of_ticks(ticked: list[tuple[str, int]], *, denied: bool, place: int) -> Said | None:
    statuses = {status for status, _ in ticked}
    if "excused" in statuses:
        statuses -= {"absent"}
    if len(statuses) > 1:
        return Said(place=ticked[-1][1], fault="PN161")
    if statuses:
        status = statuses.pop()
        return Said(status, None, next(at for said, at in ticked if said == status))
    return Said("absent", None, place) if denied else None


def _tick(columns: PresenceColumns, role: str, cell: str) -> str | None:
    """Read a tick: the status that it gives, `no`, or None where it is no tick."""
    given = columns.given.get(folded(cell))
    if given is not None:
        return given if given in STATUSES else None
    if folded(cell) in _CROSSES and columns.crosses_mean_yes is None:
        return None
    answer = answer_of(cell)
    if answer:
        return _STATUS_OF[role] if answer == "yes" else "no"
    meaning = meaning_of(cell)
    if meaning is not None and not meaning.is_reply:
        return meaning.status if role == "present" or meaning.status == _STATUS_OF[role] else None
    return None


def _by_signature(columns: PresenceColumns, row: Mapping[str, str]) -> Said | None:
    cell, place = row.get("signature", ""), columns.places.get("signature", -1)
    if not cell:
        return None
    if cell in ERROR_CELLS:
        return Said(place=place, fault="PN023")
    plain = folded(cell).strip()
    meaning = meaning_of(cell)
    given = columns.given.get(plain)
    if given is not None:
        return Said(given, None, place) if given in STATUSES else Said(place=place, fault="PN012")
    if plain in words_of("marks", "unsigned"):
        return Said("absent" if columns.is_ticked else "unknown", None, place)
    is_said = meaning is not None and (len(plain) > _INITIALS or not columns.says_by_signature)
    if meaning is not None and is_said:
        return Said(meaning.status, meaning.invited, place)
    is_unknown = meaning is None and _STATED.match(plain) and len(plain.split()) > 1
    return Said(place=place, fault="PN012") if is_unknown else Said("present", None, place)


def _invited(columns: PresenceColumns, row: Mapping[str, str]) -> bool | None:
    if "invited" not in columns.places:
        return None
    cell = row.get("invited", "")
    if not cell:
        return False if any(columns.cells.get("invited", ())) else None
    meaning = meaning_of(cell)
    if meaning is not None and meaning.invited is not None:
        return meaning.invited
    return answer_of(cell) != "no"


def _by_silence(columns: PresenceColumns, *, invited: bool | None) -> Said:
    """Read a row whose columns are empty."""
    places = columns.places
    first = next((places[role] for role in ("status", "signature", *TICKED, "reply", "invited") if role in places), -1)
    if invited is False:
        return Said("", invited, first)
    if "reply" in places and not set(places) & {"status", "signature", *TICKED}:
        return Said("unknown", invited=True, place=first)
    return Said(_status_of_silence(columns, invited=invited), None, first) if first >= 0 else Said()


def _status_of_silence(columns: PresenceColumns, *, invited: bool | None) -> str:
    places = columns.places
    if "status" in places:
        return columns.blank_status
    if columns.blank:
        return columns.blank
    if invited and columns.has_ticks_of_outcome and "absent" not in places:
        return "absent"
    # Where others are said not to have come, an empty cell is no such word.
    says_no = any(answer_of(cell) == "no" for cell in columns.cells.get("present", ()) if cell)
    may_be_absent = bool({"present", "signature"} & set(places)) and "absent" not in places and not says_no
    return "absent" if may_be_absent and columns.is_ticked else "unknown"


def signs(text: str, name: str) -> bool:
    """
    Tell whether a mark is somebody's own signature or initials.

    Parameters
    ----------
    text
        The mark.
    name
        The person's name.

    Returns
    -------
    signature
        True for `SB`, `S. Briand` and `Briand` beside `Solène Briand`.

    Examples
    --------
    >>> signs("SB", "Solène Briand"), signs("S. Briand", "BRIAND Solène"), signs("AE", "Solène Briand")
    (True, True, False)
    """
    words, own = _WORD.findall(folded(name)), _WORD.findall(folded(text))
    initials = "".join(word[0] for word in words)
    if len(words) < _INITIALS or len("".join(own)) < _INITIALS:
        return False
    return "".join(own) in (initials, initials[::-1]) or all(
        any(word == part or (len(part) == 1 and word[0] == part) for word in words) for part in own
    )


def cells_of(rows: Iterable[Mapping[str, str]], roles: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """
    Gather the cells of each role.

    Parameters
    ----------
    rows
        The cells of each row, by role.
    roles
        The roles.

    Returns
    -------
    cells
        For each role its cells, from top to bottom.
    """
    kept = list(rows)
    return {role: tuple(row.get(role, "") for row in kept) for role in roles}
