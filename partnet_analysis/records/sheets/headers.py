"""Header rows: which row names the columns, and what each column means."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Final

from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid

_SYNONYMS: Final[Mapping[str, Sequence[str]]] = tomllib.loads(
    resources.files("partnet_analysis.records.cells").joinpath("headers.toml").read_text(encoding="utf-8")
)
"""For each role, the headers that name it."""

_PACKED_ROLES: Final = ("present_names", "excused_names", "absent_names", "invited_names")
_SEARCHED_ROWS: Final = 60
_PUNCTUATION: Final = re.compile(r"[\s:*.]+$|\s*\((?:s|e|es|e s)\)|\s*\(obligatoire\)")


def _joined(words: str) -> str:
    """Take the spaces around a stroke or a hyphen away: `structure / organisme`."""
    return re.sub(r"\s*([/-])\s*", r"\1", words)


def _by_header(roles: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for role in roles:
        for header in _SYNONYMS[role]:
            found.setdefault(_joined(header), role)
    return found


_ROLES: Final = _by_header([role for role in _SYNONYMS if role not in _PACKED_ROLES])
_PACKED: Final = _by_header(_PACKED_ROLES)


@dataclass(frozen=True)
class Header:
    """
    A header row.

    Parameters
    ----------
    row
        Its row in the grid, from 0.
    roles
        The column, from 0, of each role found.
    packed
        The columns whose header speaks of many people at once (`Présents`, `Excusés`), by role.
    unknown
        The columns whose header is not known, with their names.
    """

    row: int
    roles: Mapping[str, int]
    packed: Mapping[str, int]
    unknown: Mapping[int, str]

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
        return any(role in self.roles for role in roles)


def role_of(header: str) -> str | None:
    """
    Tell what a column means.

    Parameters
    ----------
    header
        Its header.

    Returns
    -------
    role
        The role; None where the header is not known.

    Examples
    --------
    >>> role_of("Prénom :"), role_of("ORGANISME"), role_of("Colour")
    ('first_name', 'organisation', None)
    """
    return _ROLES.get(plain_header(header))


def plain_header(header: str) -> str:
    """
    Take from a header what does not change its meaning.

    Parameters
    ----------
    header
        The header.

    Returns
    -------
    plain
        Without accents, capitals, closing punctuation and markers of plural or gender.
    """
    plain = folded(header.replace("·", " ").replace("_", " "))
    return _joined(_PUNCTUATION.sub("", plain).strip())


def header_row(grid: Grid) -> Header | None:
    """
    Find the row that names the columns.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    header
        The first of the upper rows with the most known headers, at least two; None where there is none.
    """
    best: Header | None = None
    for row in range(min(len(grid.rows), _SEARCHED_ROWS)):
        found = _read_header(grid, row)
        if len(found.roles) >= 2 and (best is None or len(found.roles) > len(best.roles)):  # noqa: PLR2004 (one word may be chance)
            best = found
    return best


def _read_header(grid: Grid, row: int) -> Header:
    roles: dict[str, int] = {}
    packed: dict[str, int] = {}
    unknown: dict[int, str] = {}
    for column in range(len(grid.rows[row])):
        name = grid.cell(row, column)
        plain = plain_header(name)
        role = _ROLES.get(plain)
        if plain in _PACKED:
            packed.setdefault(_PACKED[plain], column)
        if role and role != "unused":
            roles.setdefault(role, column)
        elif name and not role:
            unknown[column] = name
    return Header(row, roles, packed, unknown)
