"""The report of a video call: who joined it and left it, each once, whatever the lines."""

from datetime import date
from typing import Final

from partnet_analysis.records.cells.mentions import Mention, Occasion
from partnet_analysis.records.cells.statuses import answer_of
from partnet_analysis.records.cells.times import hours
from partnet_analysis.records.cells.vocabulary import words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.dates import iso_day
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    PRESENCE_ROLES,
    add_presence,
    presence_cells,
    presence_columns,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.layouts.sign_in import SIGNED
from partnet_analysis.records.sheets.presence import PresenceColumns, Said, said_in
from partnet_analysis.records.sheets.rows import named_in_row, naming_place, records
from partnet_analysis.records.sheets.situation import Situation

_MOMENTS: Final = ("day", "arrival", "departure", "time")
_READ: Final = (
    *NAMING_ROLES, *PRESENCE_ROLES, "day", "title", "series", "theme", "arrival", "departure", "action", "waiting"
)  # fmt: skip


def video_report(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table is a video call's report of who took part.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where nobody's arrival or stay is told.
    """
    columns = situation.columns
    arrives = columns.has("arrival", "departure") or columns.has("action")
    if not situation.is_named or situation.marks or not (arrives or (columns.has("duration") and columns.has("email"))):
        return None
    if columns.has("sector", "joined") and not columns.has("arrival"):
        return None
    if columns.has("reply") and not columns.has("departure", "duration", "action"):
        # When an answer was sent is nobody's arrival.
        return None
    evidence = {
        "hours_of_arrival": 0.3 if columns.has("arrival") or columns.has("action") else 0.0,
        "hours_of_departure": 0.3 if columns.has("departure") else 0.0,
        "length_of_stay": (0.4 if columns.has("guest") else 0.2) if columns.has("duration") else 0.0,
        "named_as_attendance": 0.1 if "attendance" in situation.kinds else 0.0,
    }
    fault = "" if _day_of_call(situation) else "PN156"
    return Hypothesis("video_report", used_columns(situation, *_READ), evidence, _read, fault)


def _read(situation: Situation, draft: Draft) -> None:
    tell_of_days(situation, draft)
    tell_columns(situation, draft, used_columns(situation, *_READ))
    rows = [(row, named_in_row(situation, row)) for row, _ in records(situation, draft)]
    convener = next((named[0].mention for row, named in rows if named and _hosts(situation, row)), None)
    day = _day_of_call(situation)
    block = situation.block
    length = hours(block.said["duration"]) if "duration" in block.said else ""
    presence = presence_columns(situation)
    seen: set[tuple[Occasion, str]] = set()
    for row, named in rows:
        if not named or _is_a_machine(named[0].mention):
            name = named[0].mention.person if named else ""
            draft.ignore(
                row, "PN163" if name else "PN053", name=" ".join(filter(None, named[0].mention[:2])) if named else ""
            )
            continue
        if answer_of(situation.cell(row, "waiting")) == "yes":
            draft.ignore(row, "PN192", name=" ".join(filter(None, named[0].mention[:2])))
            continue
        title = situation.cell(row, "title") or situation.title
        details = {"series": title, "duration_hours": length, "convener_id": convener or ""}
        occasion = draft.occasion(_day_of_row(situation, row) or day, title, details, cell=block.cells.get("day"))
        mention = named[0].mention
        keys = {(occasion, key) for key in (mention.email, folded(mention.person or mention.organisation)) if key}
        if keys & seen:
            draft.ignore(row, "PN059", name=mention.person or mention.organisation)
            continue
        seen |= keys
        said = _joined(situation, presence, row)
        add_presence(situation, draft, row, occasion, named[:1], [said])


def _joined(situation: Situation, presence: PresenceColumns, row: int) -> Said:
    """Take whom the report says to have joined for present; without an hour of arrival nobody knows."""
    if situation.columns.has(*SIGNED):
        return said_in(presence, presence_cells(situation, row))
    hour = situation.cell(row, "arrival") or situation.cell(row, "departure") or situation.cell(row, "action")
    came = any(map(str.isdigit, hour)) or not situation.columns.has("arrival", "departure")
    return Said("present" if came or situation.columns.has("action") else "unknown", None, naming_place(situation))


def _day_of_row(situation: Situation, row: int) -> str:
    """Find the day on which somebody joined, where a report holds several meetings; after midnight a call goes on."""
    if situation.block.days or not (situation.columns.has("title") or _spans_days(situation)):
        return ""
    return next((day for role in _MOMENTS if (day := _day_in(situation, row, role))), "")


def _spans_days(situation: Situation) -> bool:
    days = {day for row in situation.table.body for role in _MOMENTS[:3] if (day := _day_in(situation, row, role))}
    return len(days) > 1 and (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days > 1


def _day_in(situation: Situation, row: int, role: str) -> str:
    text = situation.cell(row, role)
    return iso_day(situation.reader.day(text)) if text else ""


def _is_a_machine(mention: Mention) -> bool:
    return folded(mention.person) in words_of("name_notes", "reports")


def _hosts(situation: Situation, row: int) -> bool:
    said = folded(situation.cell(row, "attendee_type") or situation.cell(row, "function"))
    return said in ("organizer", "organiser", "organisateur", "organisatrice", "host", "hote")


def _day_of_call(situation: Situation) -> str:
    """Find the day of a call: as the summary says it, in the hours of arrival, in the names of sheet and file."""
    if "day" in situation.rule.constants or situation.block.days or "day" in situation.block.said:
        return situation.day[0]
    found = (day for role in _MOMENTS for row in situation.table.body if (day := _day_in(situation, row, role)))
    return next(found, situation.day[0])
