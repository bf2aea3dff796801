"""Directories of partners: who there is, and nothing of meetings."""

import re
from typing import Final

from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.cells.times import hours
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.exports import is_about_memberships, is_about_tasks
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import header_letters, tell_columns, used_columns
from partnet_analysis.records.sheets.layouts.sign_in import directory_weight
from partnet_analysis.records.sheets.rows import named_in_row, naming_place, records
from partnet_analysis.records.sheets.situation import Situation

_COLUMN_ROLES: Final = {"sector": "sector", "level": "level", "joined_on": "joined", "left_on": "left"}
_OTHERS: Final = (
    "day",
    "source",
    "target",
    "status",
    "signature",
    "present",
    "excused",
    "absent",
    "reply",
    "arrival",
    "invited",
)
_CONTACT_HEADERS: Final = (
    "contact",
    "referent",
    "referente",
    "represente par",
    "representant",
    "interlocuteur",
    "contact name",
    "nom du contact",
)
_SIRET_LENGTH: Final = 14
_SIREN_LENGTH: Final = 9


def directory(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table is a directory.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where it names nobody, or says who came, called or when.
    """
    columns = situation.columns
    present = [role for role in _OTHERS if columns.has(role) and columns.of(role).profile.n_filled]  # type: ignore[union-attr]
    members = is_about_memberships(situation)
    is_told = present and "directory" not in situation.kinds and not members
    signs = any(columns.has(role) and columns.of(role).profile.n_filled for role in ("status", "signature"))  # type: ignore[union-attr]
    if not situation.is_named or situation.marks or is_told or (signs and not members):
        return None
    by_header = any(column.by_header > 0 for column in columns.every if column.place in situation.naming)
    if "poll" in situation.kinds or is_about_tasks(situation):
        return None
    if not by_header and "directory" not in situation.kinds:
        return None
    evidence = directory_weight(situation) | {"about_memberships": 0.3 if members else 0.0}
    return Hypothesis("directory", used_columns(situation, *NAMING_ROLES), evidence, _read)


def _read(situation: Situation, draft: Draft) -> None:
    used = used_columns(situation, *NAMING_ROLES)
    tell_columns(situation, draft, used)
    header = folded(situation.table.name(naming_place(situation))).strip(" :")
    is_contact = any(header.startswith(word) for word in _CONTACT_HEADERS)
    described: set[str] = set()
    for row, _ in records(situation, draft):
        entry = draft.entry(row)
        values = {column: _value(situation, row, column, role) for column, role in _COLUMN_ROLES.items()} | {
            "capacity_hours_per_month": hours(situation.cell(row, "capacity")),
            "is_coordinator": situation.cell(row, "coordinator"),
        }
        named = named_in_row(situation, row)
        mentions = [each.mention for each in named] or [Mention("")]
        for place, mention in enumerate(mentions):
            _describe_actor(draft, entry if place == 0 else -1, mention, values, described, is_contact=is_contact)
        _check_numbers(situation, row, draft)
    for row in situation.table.header[-1:]:
        if not situation.naming:
            draft.remark("PN046", (row, 0))


def _value(situation: Situation, row: int, column: str, role: str) -> str:
    text = situation.cell(row, role)
    return situation.reader.day(text) if text and column.endswith("_on") else text


def _describe_actor(  # noqa: PLR0913 (an actor has that many sides)
    draft: Draft, entry: int, mention: Mention, values: dict[str, str], described: set[str], *, is_contact: bool
) -> None:
    whole = {"actor_id": mention if any(mention) else "", **values}
    key = folded(mention.organisation)
    if mention.person and key and is_contact:
        # The row is about the organisation; the person is only whom to call there.
        draft.add("actors", entry, {**whole, "actor_id": Mention("", mention.organisation), "level": ""})
        draft.add("actors", -1, {"actor_id": mention, "level": values["level"]})
    else:
        draft.add("actors", entry, whole)
        if mention.person and values["sector"] and key and key not in described:
            draft.add("actors", -1, {"actor_id": Mention("", mention.organisation), "sector": values["sector"]})
    described.add(key)


def letters_of_directory(situation: Situation) -> tuple[dict[str, str], dict[str, str]]:
    """
    Name the columns that the roster's columns are read from.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    headers
        The header of each canonical column.
    letters
        The spreadsheet letter of each.
    """
    columns = {**_COLUMN_ROLES, "capacity_hours_per_month": "capacity", "is_coordinator": "coordinator"}
    naming = next((role for role in (*NAMING_ROLES, "email") if situation.columns.has(role)), "")
    return header_letters(situation, columns | {"actor_id": naming})


def _check_numbers(situation: Situation, row: int, draft: Draft) -> None:
    """Check the numbers that the State gives to organisations; a wrong one is remarked on, the row stays."""
    for role, is_right in (("siret", _is_siret), ("rna", _is_rna)):
        number = re.sub(r"[\s.]", "", situation.cell(row, role))
        if number and not is_right(number):
            draft.remark("PN056", (row, situation.columns.places[role]), value=number, number=role.upper())


def _is_siret(number: str) -> bool:
    """Luhn's sum over a SIRET's 14 digits or a SIREN's 9; La Poste's own add up to a multiple of five instead."""
    if not number.isdigit() or len(number) not in (_SIRET_LENGTH, _SIREN_LENGTH):
        return False
    digits = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    is_post_office = number.startswith("356000000") and sum(map(int, number)) % 5 == 0
    return sum(digit - 9 * (digit > 9) for digit in digits) % 10 == 0 or is_post_office  # noqa: PLR2004 (Luhn)


def _is_rna(number: str) -> bool:
    return bool(re.fullmatch(r"W\d{9}", number.upper()))
