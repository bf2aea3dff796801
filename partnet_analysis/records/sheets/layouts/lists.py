"""A row for each person and meeting: the day stands in the row."""

import itertools
from collections.abc import Iterator

from partnet_analysis.records.cells.mentions import Mention, Named
from partnet_analysis.records.drafts import Cell, Draft
from partnet_analysis.records.sheets.exports import is_about_memberships, is_about_tasks
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    PRESENCE_ROLES,
    add_presence,
    describe,
    meeting_of_row,
    presence_cells,
    presence_columns,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.layouts.sign_in import has_marks_not_understood
from partnet_analysis.records.sheets.presence import Said, said_in
from partnet_analysis.records.sheets.rows import is_of_a_cancelled_meeting, named_in_row, records
from partnet_analysis.records.sheets.situation import Situation

_READ = (*NAMING_ROLES, *PRESENCE_ROLES, "day", "title", "series", "theme", "arrival", "departure")
_OUTCOMES = ("status", "signature", "present", "excused", "absent", "represented")
_SAYS_WHO_CAME = (*_OUTCOMES, "reply", "invited")


def attendance_list(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table has one row for each person and meeting.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where no row can name both.
    """
    columns = situation.columns
    day = columns.of("day")
    says_who_came = columns.has(*_SAYS_WHO_CAME)
    is_named = situation.is_named or (says_who_came and situation.about)
    if day is None or not is_named or day.by_content < 0 or situation.marks or is_about_tasks(situation):
        return None
    if not says_who_came and not columns.has("title", "series", "theme") and "attendance" not in situation.kinds:
        return None
    evidence = {
        "day_in_each_row": 0.2,
        "says_who_came": 0.3 if says_who_came else -0.1,
        "about_memberships": -0.6 if is_about_memberships(situation) else 0.0,
        "names_the_meeting": 0.15 if columns.has("title", "series") else 0.0,
    }
    used = used_columns(situation, *_READ)
    unknown = any(column.name and column.profile.n_filled and column.place not in used for column in columns.every)
    # Who could come on each of several days came on none of them yet.
    is_polled = "poll" in situation.kinds and not columns.has(*_OUTCOMES)
    is_unclear = (unknown and not says_who_came) or is_polled or has_marks_not_understood(situation)
    fault = "PN151" if is_unclear and situation.rule.shape is None else ""
    return Hypothesis("attendance_list", used, evidence, _read, fault)


def _read(situation: Situation, draft: Draft) -> None:
    tell_columns(situation, draft, used_columns(situation, *_READ))
    tell_of_days(situation, draft)
    presence = presence_columns(situation)
    says_who_came = situation.columns.has(*_SAYS_WHO_CAME)
    if not says_who_came:
        draft.remark("PN048")
    odd_times: list[Cell] = []
    described: set[str] = set()
    carried = 0
    first_carried: Cell | None = None
    for row, section, day, where in _with_days(situation, draft):
        if where != row:
            carried += 1
            first_carried = first_carried or (row, situation.columns.places["day"])
        occasion = meeting_of_row(situation, draft, where, odd_times, day)
        named = named_in_row(situation, row)
        cells = presence_cells(situation, row)
        if says_who_came:
            said = [said_in(presence, cells, section, each.meaning) for each in named or [Named(Mention(""))]]
        else:
            said = [_present(each, section) for each in named or [Named(Mention(""))]]
        add_presence(situation, draft, row, occasion, named, said)
        for each in named:
            describe(situation, draft, row, each.mention, described)
    if odd_times:
        draft.remark("PN055", odd_times[0], value=situation.table.grid.cell(*odd_times[0]), n=len(odd_times))
    if first_carried:
        draft.remark("PN159", first_carried, n=carried)


def _present(named: Named, section: str) -> Said:
    """Take those whom a list names without saying more for present, but for what stands behind a name."""
    if named.meaning is not None:
        return Said(named.meaning.status, named.meaning.invited)
    return Said(
        {"excused": "excused", "absent": "absent", "represented": "excused", "invited": "unknown"}.get(section, "present")
    )


def _with_days(situation: Situation, draft: Draft) -> Iterator[tuple[int, str, str, int]]:
    """Give each record its day: that of its row or, where the file writes a day once, of the row that begins the meeting."""
    carries = _writes_a_day_once(situation)
    latest: tuple[str, int] | None = None
    for row, section in records(situation, draft):
        text = situation.cell(row, "day")
        if text:
            latest = (situation.reader.day(text), row)
        is_own = text or latest is None or not carries or _names_a_meeting(situation, row)
        day, where = ((latest[0] if text and latest else ""), row) if is_own or latest is None else latest
        if not is_of_a_cancelled_meeting(situation, draft, row, day):
            yield row, section, day, where


def _names_a_meeting(situation: Situation, row: int) -> bool:
    return any(situation.cell(row, role) for role in ("title", "series"))


def _writes_a_day_once(situation: Situation) -> bool:
    """Tell whether days stand on the first line of each meeting alone: never twice in a row, and somewhere missing."""
    days = [situation.cell(row, "day") for row in situation.table.body if _is_filled(situation, row)]
    repeats = any(one and one == other for one, other in itertools.pairwise(days))
    return bool(days) and bool(days[0]) and "" in days and not repeats


def _is_filled(situation: Situation, row: int) -> bool:
    return any(situation.table.grid.cell(row, place) for place in situation.naming)
