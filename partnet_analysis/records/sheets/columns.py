"""What the columns of a table mean: each header and the cells below it together, all columns at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.looks import NOBODY_KNOWN, KnownNames
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.profiles import TICKS, Profile, fit, profile_of
from partnet_analysis.records.sheets.tables import Table

_HEADER_WEIGHT, _CONTENT_WEIGHT, _AS_HEADING = 1.0, 0.6, 0.9
_CONTRADICTED: Final = -0.6
"""Below this, the cells of a column say that it is not what its header seems to say."""

_MOSTLY: Final = 0.8
_GROUPS: Final = ("group", "groupe")
_MOST: Final = 0.6
"""The share of names of people from which a column under an unknown header is taken for people."""

_LEAST_BY_CONTENT: Final = 0.75
_BY_CONTENT_ALONE: Final = ("day", "email", "status", "person", "organisation")
_Exchange = tuple[float, tuple[tuple[int, str], ...]]
"""What is gained, and who takes which role."""

_DIGITS: Final = 9
"""What differs by less is as good: of two such, the column to the left has the role that it wants most."""

_REPEATED: Final = ("unused", "remark", "place", "total", "index", "phone", "function")


@dataclass(frozen=True)
class Column:
    """
    A column and the role it was given.

    Parameters
    ----------
    place
        Its place in the sheet, from 0.
    name
        What its header says.
    role
        Its role; empty where none was found.
    by_header
        How surely the header names the role, from 0 to 1.
    by_content
        How well the cells fit it, from −1 to 1.
    profile
        What its cells are.
    """

    place: int
    name: str
    role: str
    by_header: float
    by_content: float
    profile: Profile


@dataclass(frozen=True)
class Columns:
    """
    The columns of a table.

    Parameters
    ----------
    every
        All of them that hold anything, from left to right.
    """

    every: tuple[Column, ...]
    places: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        """Index the columns by role."""
        object.__setattr__(self, "places", {column.role: column.place for column in self.every if column.role})

    def has(self, *roles: str) -> bool:
        """
        Tell whether any of some roles is there.

        Parameters
        ----------
        *roles
            The roles.

        Returns
        -------
        found
            True if one is.
        """
        return not self.places.keys().isdisjoint(roles)

    def of(self, role: str) -> Column | None:
        """
        Fetch the column of a role.

        Parameters
        ----------
        role
            The role.

        Returns
        -------
        column
            The column; None where no column has the role.
        """
        return next((column for column in self.every if column.role == role), None)


def understood_columns(
    table: Table, skipped: Sequence[int] = (), known: KnownNames = NOBODY_KNOWN, told: Mapping[str, str] | None = None
) -> Columns:
    """
    Give each column of a table its role.

    Parameters
    ----------
    table
        The table.
    skipped
        Columns that have their meaning already, such as those of the days of a grid.
    known
        Names known from elsewhere.
    told
        The roles that `partnet.toml` gives to headers, which nothing contradicts.

    Returns
    -------
    columns
        The columns that hold anything: their roles make the largest total of what headers and cells say together, each role
        given once.
    """
    places = [place for place in table.columns if place not in set(skipped)]
    profiles = {place: profile_of(table, place, known) for place in places}
    places = [place for place in places if profiles[place].n_filled or table.name(place)]
    names = {place: table.name(place) for place in places}
    roles = sorted({role for place in places for role in _candidates(table, place)} | set(_BY_CONTENT_ALONE))
    given = _told(names, told or {})
    free, roles = [place for place in places if place not in given], [role for role in roles if role not in given.values()]
    chosen = assigned(free, roles, {place: _scores(table, place, profiles[place], roles) for place in free}) | given
    chosen = _row_by_row(table, profiles, _with_those_present(table, profiles, chosen))
    chosen = _beside_the_person(names, _with_somebody(table, profiles, chosen))
    for place in places:
        if place not in chosen:
            # What is not read may stand in several columns.
            chosen.update((place, role) for role in _candidates(table, place) if role in _REPEATED)
    columns = []
    for place in places:
        role = chosen.get(place, "")
        by_header = 1.0 if place in given else _candidates(table, place).get(role, 0.0)
        by_content = fit(role, profiles[place]) if role else 0.0
        columns.append(Column(place, names[place], role, by_header, by_content, profiles[place]))
    return Columns(tuple(columns))


def _told(names: Mapping[int, str], told: Mapping[str, str]) -> dict[int, str]:
    """Find the columns whose roles `partnet.toml` gives by their headers."""
    roles = {folded(header): role for header, role in told.items()}
    return {place: roles[folded(name)] for place, name in names.items() if folded(name) in roles}


def assigned(places: Sequence[int], roles: Sequence[str], scores: Mapping[int, Sequence[float]]) -> dict[int, str]:
    """
    Give each role to one column, so that the total of the scores is the largest there is.

    Parameters
    ----------
    places
        The columns, from left to right.
    roles
        The roles.
    scores
        How well each column fits each role; a column whose best is not above nothing has none.

    Returns
    -------
    chosen
        The role of each column that has one. Of equal totals, the column to the left has the role that it fits best.
    """
    wants = {
        place: {role: round(score, _DIGITS) for role, score in zip(roles, scores[place], strict=True) if score > 0}
        for place in places
    }
    held: dict[str, int] = {}
    for place in places:
        held |= {role: taker for taker, role in _best_exchange(place, wants, held)}
    return {place: role for role, place in held.items()}


def _best_exchange(
    place: int, wants: Mapping[int, Mapping[str, float]], held: Mapping[str, int]
) -> Sequence[tuple[int, str]]:
    """
    Find who takes which role so that the total grows most when one more column asks for one.

    Whoever loses a role asks for another in turn: successive augmenting paths, as a solver of assignments would follow them,
    but for the quarter of a second that loading one takes.
    """
    best: _Exchange = (0.0, ())
    reached: dict[int, _Exchange] = {place: best}
    asking = [place]
    while asking:
        loser = asking.pop(0)
        gain, steps = reached[loser]
        # The loser may go without, or take a role that is free or another's.
        exchanges: list[_Exchange] = [(gain, steps)]
        for role, score in wants[loser].items():
            total, holder = round(gain + score, _DIGITS), held.get(role)
            if holder is None:
                exchanges.append((total, (*steps, (loser, role))))
                continue
            left = round(total - wants[holder][role], _DIGITS)
            if holder not in reached or left > reached[holder][0]:
                reached[holder] = (left, (*steps, (loser, role)))
                asking.append(holder)
        best = max(best, *exchanges, key=lambda exchange: exchange[0])
    return best[1]


def _with_those_present(table: Table, profiles: Mapping[int, Profile], chosen: dict[int, str]) -> dict[int, str]:
    """Let `Participants` be names of those present where a row is a meeting: it packs names, or has those of who was not."""
    packed = {role for role in chosen.values() if role.endswith("_names")}
    if "present_names" in packed or "day" not in chosen.values():
        return chosen
    return {
        place: "present_names"
        if role == "person"
        and "present_names" in _candidates(table, place)
        and (packed or 2 * profiles[place].share("several") > 1)
        else role
        for place, role in chosen.items()
    }


def _with_somebody(table: Table, profiles: Mapping[int, Profile], chosen: dict[int, str]) -> dict[int, str]:
    """Let names beside given names be family names; where no header names anybody, let the cells say who does."""
    roles = dict(chosen)
    given = "first_name" in roles.values()
    for place, role in chosen.items():
        if (
            given
            and role in ("person", "organisation")
            and "last_name" in _candidates(table, place)
            and "last_name" not in roles.values()
        ):
            roles[place] = "last_name"
    if not set(roles.values()) & {"day", "organisation"}:
        # Where no line has a day, a group is not what meets but where people are from.
        roles.update((place, "organisation") for place in roles if roles[place] == "series" and _holds_groups(table, place))
    if "organisation" in roles.values() and not set(roles.values()) & {
        "person",
        "last_name",
        "first_name",
        "target",
        "present_names",
    }:
        # `Licencié`, `Usager`: a word that nobody foresaw, over names of people.
        unread = [place for place, profile in profiles.items() if place not in roles and profile.share("person") >= _MOST]
        roles |= dict.fromkeys(unread[:1], "person")
    if not set(roles.values()) & {"person", "last_name", "first_name", "organisation", "email", "target"}:
        for role in ("person", "organisation"):
            fits = {
                place: fit(role, profile)
                for place, profile in profiles.items()
                if profile.n_filled and not roles.get(place) and profile.n_different >= 0.8 * profile.n_filled
            }
            best = max(fits, key=lambda place: (fits[place], -place), default=None)
            if best is not None and fits[best] >= _LEAST_BY_CONTENT:
                roles[best] = role
    return roles


def _row_by_row(table: Table, profiles: Mapping[int, Profile], chosen: Mapping[int, str]) -> dict[int, str]:
    """Where each row has a status or a signature, it is about somebody: who, and of what, is not of the meeting."""
    roles = dict(chosen)
    held = set(chosen.values())
    if not {"status", "signature"} & held:
        return roles
    for place, role in chosen.items():
        others = _candidates(table, place)
        if role == "present_names" and "person" in others and "person" not in held:
            roles[place] = "person"  # be they two in a cell
        elif role in ("series", "place") and "organisation" in others and not {"day", "organisation"} & held:
            roles[place] = "organisation"
        elif role == "person" and "last_name" in held and not profiles[place].share("person"):
            roles[place] = "first_name"  # `Name` beside `Surname`
    return roles


def _beside_the_person(names: Mapping[int, str], chosen: Mapping[int, str]) -> dict[int, str]:
    """Of columns that bear one header, take the one behind the person's: reports repeat before it what is the host's."""
    person = next((place for place, role in chosen.items() if role in ("person", "last_name")), -1)
    behind = {
        names[place]: place for place in reversed(list(names)) if place > person and place not in chosen and names[place]
    }
    return {behind.get(names[place], place) if place < person else place: role for place, role in chosen.items()}


def _holds_groups(table: Table, place: int) -> bool:
    """Tell whether a column, with its like in blocks side by side, names several groups."""
    name, grid = folded(table.name(place)), table.grid
    if name not in _GROUPS:
        return False
    like = [column for column in range(grid.width) if folded(grid.cell(table.header[-1], column)) == name]
    return len({text for row in table.body for column in like if (text := grid.cell(row, column))}) > 1


def _candidates(table: Table, place: int) -> dict[str, float]:
    """Gather what the header rows of a column may mean; the lowest that says anything names it most."""
    found: dict[str, float] = {}
    texts = [text for text in table.headers(place) if text]
    for depth, text in enumerate(reversed(texts)):
        for role, weight in header_roles(text).items():
            # A letter alone is a status only below a header that says so.
            if len(text) > 1 or len(texts) > 1 or role in ("index", "target"):
                found.setdefault(role, weight - 0.2 * depth)
        if len(text) > 1 and (said := heading_status(text)) is not None:
            # `Absent excusé` says excused, whatever its first word says.
            found = {role: weight for role, weight in found.items() if role not in TICKS or weight >= 1 or role == said}
            if "status" not in found:
                found.setdefault(said, _AS_HEADING)
            found.setdefault(f"{said}_names", _AS_HEADING)
    for tick in ("present", "excused", "absent", "invited"):
        # Under a status may stand a tick, or the names of those whom it is said of.
        if tick in found:
            found.setdefault(f"{tick}_names", found[tick])
    return found


def _scores(table: Table, place: int, profile: Profile, roles: Sequence[str]) -> list[float]:
    headers = _candidates(table, place)
    is_named = bool(table.header) and bool(table.name(place))
    return [_score(headers, role, profile, place - table.columns.start, named=is_named) for role in roles]


def _score(headers: Mapping[str, float], role: str, profile: Profile, place: int, *, named: bool) -> float:
    suits = fit(role, profile)
    if role in headers:
        # Of equals, the header that was looked up first in its section, then the column to the left.
        order = list(headers).index(role)
        if suits < _CONTRADICTED and role in (*TICKS, "status", "reply", "signature", "attendee_type", "action"):
            return 0.0
        if role in NAMING_ROLES and profile.share("day", "time", "number", "phone") > _MOSTLY:
            return 0.0
        if not profile.n_filled and role in ("reply", "attendee_type"):
            # An empty column of presences says nothing yet; it is one all the same.
            return 0.0
        weight = _HEADER_WEIGHT if profile.n_filled else 0.5 * _HEADER_WEIGHT
        return max(weight * headers[role] + _CONTENT_WEIGHT * suits - 0.02 * order - 0.002 * place, 0.0)
    if named or headers or role not in _BY_CONTENT_ALONE or suits < _LEAST_BY_CONTENT or not profile.n_filled:
        return 0.0
    return 0.4 * suits - 0.002 * place
