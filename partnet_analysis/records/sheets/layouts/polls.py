"""Polls of availability: they look like grids and tell who was asked, never who came."""

import re
from typing import Final

from partnet_analysis.records.cells.mentions import Named, named_in
from partnet_analysis.records.cells.vocabulary import document_kinds
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.presence import PresenceColumns, read_status
from partnet_analysis.records.sheets.rows import named_in_row, naming_place, records
from partnet_analysis.records.sheets.situation import Situation

_POSSIBLE: Final = (
    "si necessaire",
    "if need be",
    "ifneedbe",
    "(oui)",
    "(yes)",
    "(ok)",
    "under reserve",
    "peut-etre",
    "❔",
    "?",
)
_YES: Final = ("oui", "yes", "ok", "1", "x", "✓", "✔")
_FEWEST: Final = 2
_HOURS: Final = re.compile(r"\d{1,2}\s*[:h]\s*\d{0,2}")
_ASKS: Final = re.compile(r"\b(?:serez|viendrez|participerez|pourrez|will you|can you|would you|disponible|available)\b")


def poll(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table is a poll of availability.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where nothing says that days were proposed.
    """
    if not [mark for mark in situation.marks if mark.day] or not (is_poll(situation) or situation.rule.shape == "poll"):
        return None
    used = frozenset(situation.table.columns)
    return Hypothesis("poll", used, {"days_across": 0.3, "days_were_proposed": 0.5}, _read_poll)


def is_poll(situation: Situation) -> bool:
    """
    Tell a poll of availability from a grid of attendance.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    poll
        True if somebody answers `si nécessaire`, hours stand under the days, or a name says so.
    """
    table = situation.table
    if "poll" in situation.kinds or "poll" in document_kinds([table.grid.file]):
        return True
    said = {folded(table.grid.cell(row, mark.place)) for row in table.body for mark in situation.marks}
    if said & (set(_POSSIBLE) - {"?", "peut-etre"}):
        return True
    if any(_ASKS.search(folded(text)) for mark in situation.marks for text in table.headers(mark.place)):
        return True
    hours = sum(any(_HOURS.search(text) for text in table.headers(mark.place)) for mark in situation.marks)
    return hours >= _FEWEST and hours == len(situation.marks) and bool(said & {*_POSSIBLE, "✔", "✓", "❌", "ok"})


def _read_poll(situation: Situation, draft: Draft) -> None:
    table = situation.table
    slots = [mark for mark in situation.marks if mark.day]
    people: list[tuple[int, list[Named]]] = []
    for row, _ in records(situation, draft):
        by_role = situation.columns.has("person", "last_name", "first_name", "organisation")
        named = (
            named_in_row(situation, row) if by_role else named_in(table.grid.cell(row, table.columns.start), situation.known)
        )
        if not named or not any(table.grid.cell(row, slot.place) for slot in slots):
            draft.ignore(row, "PN053")
        else:
            people.append((row, named))
    votes = [sum(folded(table.grid.cell(row, slot.place)) in _YES for row, _ in people) for slot in slots]
    slot = slots[votes.index(max(votes))]
    occasion = draft.occasion(slot.day, situation.title, {}, cell=slot.cell)
    if len(slots) > 1:
        draft.remark("PN057", slot.cell, value=slot.day)
    for row, named in people:
        entry = draft.entry(row)
        # Of several days a no is to one of them; of a single day it is a refusal.
        said = read_status(PresenceColumns({}, {}, {}), table.grid.cell(row, slot.place), is_reply=True)
        status = "excused" if len(slots) == 1 and said is not None and said.status == "excused" else "unknown"
        for each in named:
            values = {"meeting_id": occasion, "actor_id": each.mention, "status": status, "invited": "true"}
            draft.add("attendance", entry, values, {"": (row, naming_place(situation))})
