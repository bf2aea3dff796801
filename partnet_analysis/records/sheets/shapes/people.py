"""Who a row is about, from the columns that name people and organisations."""

from typing import Final

from partnet_analysis.records.cells.mentions import Mention, mention_in, person_name
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.identity import without_civility
from partnet_analysis.records.sheets.headers import Header

PERSON_ROLES: Final = ("person", "last_name", "first_name")
NAMING_ROLES: Final = (*PERSON_ROLES, "organisation")


def mention_of_row(grid: Grid, row: int, header: Header) -> Mention:
    """
    Read who a row is about.

    Parameters
    ----------
    grid
        The cells.
    row
        The row, from 0.
    header
        The columns.

    Returns
    -------
    mention
        The person and their organisation; an organisation alone where no person is named; empty where nobody is.
    """

    def cell(role: str) -> str:
        return grid.cell(row, header.roles[role]) if role in header.roles else ""

    organisation, email = cell("organisation"), cell("email")
    if header.has("first_name") and (header.has("last_name") or not header.has("person")):
        person = person_name(cell("last_name"), cell("first_name"))
    elif header.has("person"):
        found = mention_in(cell("person"))
        person, organisation = person_name(cell("last_name"), found.person), organisation or found.organisation
    else:
        found = mention_in(cell("last_name"))
        person, organisation = found.person, organisation or found.organisation
    return Mention(_named(without_civility(person)), _named(organisation), email)


def naming_cell(header: Header) -> int:
    """
    Find the column that names whom a row is about.

    Parameters
    ----------
    header
        The columns.

    Returns
    -------
    column
        The person's, else the organisation's.
    """
    return next(header.roles[role] for role in (*NAMING_ROLES, "email") if role in header.roles)


def _named(text: str) -> str:
    """Take a dash or a question mark in the place of a name for no name, but leave a failed formula to be told."""
    return text if any(map(str.isalnum, text)) else ""
