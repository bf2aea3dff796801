"""One row for each meeting, the names packed in cells."""

from typing import Final

from partnet_analysis.records.cells.doubt import is_doubtful
from partnet_analysis.records.cells.mentions import named_in
from partnet_analysis.records.drafts import Cell, Draft
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    meeting_of_row,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.rows import is_of_a_cancelled_meeting, records
from partnet_analysis.records.sheets.situation import Situation

_STATUS: Final = {
    "present_names": "present",
    "excused_names": "excused",
    "absent_names": "absent",
    "represented_names": "excused",
    "invited_names": "unknown",
}
_READ: Final = ("day", "title", "series", "theme", *_STATUS)


def packed_names(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table has one row for each meeting and the names in cells.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where no column packs names beside a day.
    """
    columns = situation.columns
    packed = [column for role in _STATUS if (column := columns.of(role)) is not None and column.profile.n_filled]
    day = columns.of("day")
    if not packed or day is None or day.by_content < 0 or situation.marks or columns.has("last_name", "first_name"):
        return None
    several = max(column.profile.share("several") for column in packed)
    once = day.profile.n_different == day.profile.n_filled
    if not several and not (once and max(column.profile.share("person", "organisation") for column in packed)):
        return None
    evidence = {"several_names_in_a_cell": 0.3 + 0.3 * several if several else 0.1, "each_day_once": 0.15 if once else 0.0}
    return Hypothesis("packed_names", used_columns(situation, *_READ), evidence, _read)


def _read(situation: Situation, draft: Draft) -> None:
    tell_columns(situation, draft, used_columns(situation, *_READ))
    tell_of_days(situation, draft)
    odd_times: list[Cell] = []
    for row, _ in records(situation, draft):
        if is_of_a_cancelled_meeting(situation, draft, row, situation.reader.day(situation.cell(row, "day"))):
            continue
        _read_row(situation, draft, row, odd_times)
    if odd_times:
        draft.remark("PN055", odd_times[0], value=situation.table.grid.cell(*odd_times[0]), n=len(odd_times))


def _read_row(situation: Situation, draft: Draft, row: int, odd_times: list[Cell]) -> None:
    occasion = meeting_of_row(situation, draft, row, odd_times)
    entry = draft.entry(row)
    is_named = False
    for role, usual in _STATUS.items():
        text = situation.cell(row, role)
        for named in named_in(text, situation.known) if any(map(str.isalpha, text)) else ():
            if is_doubtful(named, situation.known):
                value = " ".join(filter(None, named.mention[:2]))
                draft.remark("PN165", (row, situation.columns.places[role]), value=value[:200])
                continue
            said = named.meaning
            values = {"meeting_id": occasion, "actor_id": named.mention, "status": said.status if said else usual}
            if role == "invited_names":
                values["invited"] = "true"
            draft.add("attendance", entry, values, {"": (row, situation.columns.places[role])})
            is_named = True
    if not is_named:
        # A meeting whose names are not said is still a meeting: the row itself gives it.
        draft.own(entry, occasion)
