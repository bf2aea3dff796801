"""What a program exported a table for: memberships, bookings, tasks; its days and statuses are then those of these."""

import re
from typing import Final

from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.situation import Situation

_MEMBERSHIP: Final = re.compile(
    r"adhes|adherent|cotisation|montant|tarif|formule|paiement|payment|\border\b|commande|echeance|price|amount"
    r"|subscription|code promo"
)
_BOOKING: Final = re.compile(r"\bbillets?\b|\btickets?\b|\bevent\b|\bevenement\b")
_TASK: Final = re.compile(
    r"priorit|demandeur|requester|requested by|attribue|assigned|assignee|affecte a|technicien|technician|incident"
    r"|resolution|date d'ouverture|opening date|opened|derniere modification|last (?:update|modified)"
)
_FEWEST: Final = 2
"""A single word may be chance."""

_MOSTLY: Final = 0.8
_OUTCOMES: Final = frozenset({"status", "present", "signature"})


def is_about_memberships(situation: Situation) -> bool:
    """
    Tell an export of memberships or orders, whose days and statuses are those of payments.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    memberships
        True if two headers speak of them, and no column says who came in words of its own, such as `Checked in`.
    """
    return _speaks_of(situation, _MEMBERSHIP) and not is_about_bookings(situation) and not _says_who_came(situation)


def is_about_bookings(situation: Situation) -> bool:
    """
    Tell an export of places booked at a meeting, which says who means to come.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    bookings
        True if headers speak of orders and of tickets, and no column says who came in words of its own.
    """
    names = [folded(column.name) for column in situation.columns.every]
    return _speaks_of(situation, _MEMBERSHIP) and any(map(_BOOKING.search, names)) and not _says_who_came(situation)


def is_about_tasks(situation: Situation) -> bool:
    """
    Tell an export of tasks, whose days and statuses are those of work.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    tasks
        True if two headers speak of them.
    """
    return _speaks_of(situation, _TASK)


def _speaks_of(situation: Situation, words: re.Pattern[str]) -> bool:
    return sum(bool(words.search(folded(column.name))) for column in situation.columns.every) >= _FEWEST


def _says_who_came(situation: Situation) -> bool:
    """Tell whether a header that names nothing but an outcome stands above outcomes: `Checked In`, not `Statut`."""
    return any(
        column.role in _OUTCOMES
        and set(header_roles(column.name)) <= _OUTCOMES
        and column.profile.share("answer", "status") >= _MOSTLY
        for column in situation.columns.every
    )
