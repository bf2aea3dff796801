"""Layouts with people one way and meetings the other."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from tests.records.judging.truths import ANY, Expected, Truth
from tests.records.sheets.writing.hand import LEFT, WITH_DATES, Cell, Hand
from tests.records.sheets.writing.known import Known, Meeting, Member, Status, partnership
from tests.records.sheets.writing.lists import initial, level, sheet, stem
from tests.records.sheets.writing.tables import Column, above, below, decoys, name_with, people, rows_of
from tests.records.sheets.writing.truth import NOT_THERE, OPEN, Carried, Draft, Page, actors, attendance
from tests.records.sheets.writing.vocabulary import CODES, MONTHS, TICKS

LONGEST_SHEET: Final = 31
OUTCOMES: Final[tuple[Status, ...]] = ("present", "excused", "absent")


def _known(hand: Hand, statuses: Sequence[Status]) -> Known:
    return partnership(hand.draws.random, hand.language, level=level(hand), statuses=statuses, n_meetings=(2, 5))


def _scheme(hand: Hand) -> tuple[Mapping[str, tuple[str, ...]], tuple[Status, ...]]:
    scheme = hand.scheme()
    return scheme, tuple(status for status in OUTCOMES if status in scheme)


def _truth(known: Known, carried: Carried) -> Truth:
    """Everybody stands in a grid; whose cell is blank has no row, or an unknown one."""
    organisations = carried.organisations
    truth = attendance(known, known.meetings, carried)
    unlisted = tuple(
        Expected(meeting.day, member.name, member.organisation if organisations else "", OPEN, frozenset({"", "false"}))
        for meeting in known.meetings
        for member in known.members
        if (meeting, member) not in known.statuses
    )
    found = actors(known.members, organisations=organisations)
    return replace(truth, rows=truth.rows + unlisted, actors=found, must=frozenset(found))


def _heads(hand: Hand, known: Known) -> tuple[list[list[Cell]], bool]:
    """Write the heads of the days' columns in one row or two, and tell whether they name the meetings."""
    titles: list[Cell] = [meeting.series for meeting in known.meetings]
    days = [hand.day(meeting.day) for meeting in known.meetings]
    how = hand.draws.pick(("days", "days", "joined", "titles above", "titles below", "months"))
    if how == "joined":
        link = hand.draws.pick((" ", "\n", " - ")) if hand.suffix in WITH_DATES else " "
        return [[f"{meeting.series}{link}{hand.day_in_text(meeting.day)}" for meeting in known.meetings]], True
    if how == "months":
        return _months(hand, known), False
    both = {"titles above": [titles, days], "titles below": [days, titles]}
    return both.get(how, [days]), how != "days"


def _months(hand: Hand, known: Known) -> list[list[Cell]]:
    """Write months above and the days' numbers below them."""
    months: list[Cell] = []
    shown = [f"{MONTHS[hand.language][meeting.day.month - 1]} {meeting.day.year}" for meeting in known.meetings]
    merged = hand.draws.pick((LEFT, None))
    for place, month in enumerate(shown):
        months.append(merged if place and month == shown[place - 1] else hand.word(month))
    return [months, [meeting.day.day for meeting in known.meetings]]


def grid(hand: Hand) -> Draft:
    """Write people down and days across."""
    coded = hand.draws.sometimes(0.15)
    scheme, says = (hand.draws.pick(CODES), OUTCOMES) if coded else _scheme(hand)
    known = _known(hand, says)
    who = people(hand, known.members)
    heads, titled = _heads(hand, known)
    before = [*who.columns, *decoys(hand, known.members, ("number", "phone", "role", "mail"))]
    marks = [[hand.mark(scheme, known.statuses.get((meeting, member), "")) for meeting in known.meetings]
             for member in known.members]  # fmt: skip
    after = decoys(hand, known.members, ("remark", "town"))
    if hand.draws.sometimes(0.25):
        counts = [sum(known.statuses.get((m, member)) == "present" for m in known.meetings) for member in known.members]
        after.append(Column(hand.header("total"), counts))
    left, right = rows_of(before), rows_of(after) if after else [[] for _ in range(len(known.members) + 1)]
    rows = [[None] * len(before) + head + [None] * len(after) for head in heads[:-1]]
    rows.append(left[0] + heads[-1] + right[0])
    rows += [a + b + c for a, b, c in zip(left[1:], marks, right[1:], strict=True)]
    if hand.draws.sometimes(0.25):
        counts = [len(known.with_status(meeting, "present")) for meeting in known.meetings]
        labels = ("Total", "Total présents", "Nombre de présents") if hand.language == "fr" else ("Total", "Number present")
        rows.append([hand.draws.pick(labels), *[None] * (len(before) - 1), *counts])
    legend = [hand.legend(scheme)] if coded or hand.draws.sometimes(0.2) else []
    head, foot = below(hand, legend if coded else ()), below(hand, () if coded else legend)
    if hand.draws.sometimes(0.5):
        head, foot = foot, head
    titles = ("Suivi des présences",) if hand.language == "fr" else ("Attendance record",)
    pages = [Page(sheet(hand), [*above(hand, titles), *head, *rows, *foot])]
    truth = _truth(known, Carried(says, OPEN, who.organisations, titled=titled, letter=not legend and initial(hand, scheme)))
    return Draft(pages, truth, stem(hand, "Présences", "Attendance"))


def transposed_grid(hand: Hand) -> Draft:
    """Write days down and people across."""
    scheme, says = _scheme(hand)
    known = _known(hand, says)
    place = hand.draws.pick(("parentheses", "none"))
    titled = hand.draws.sometimes(0.5)
    columns = [Column(hand.header("day"), [hand.day(meeting.day) for meeting in known.meetings])]
    if titled:
        columns.append(Column(hand.header("meeting"), [meeting.series for meeting in known.meetings]))
    columns = hand.draws.shuffled(columns)
    columns += [
        Column(name_with(hand, member, place),
               [hand.mark(scheme, known.statuses.get((meeting, member), "")) for meeting in known.meetings])
        for member in known.members
    ]  # fmt: skip
    if hand.draws.sometimes(0.2):
        columns.append(Column(hand.header("total"), [len(known.with_status(m, "present")) for m in known.meetings]))
    titles = ("Suivi des présences",) if hand.language == "fr" else ("Attendance record",)
    truth = _truth(known, Carried(says, OPEN, place == "parentheses", titled=titled, letter=initial(hand, scheme)))
    return Draft([Page(sheet(hand), [*above(hand, titles), *rows_of(columns), *below(hand)])], truth,
                 stem(hand, "Présences", "Attendance"))  # fmt: skip


def grid_of_several_columns(hand: Hand) -> Draft:
    """Write people down and two or three columns for each day: invited, present, perhaps excused."""
    roles = hand.draws.pick((("invited", "present"), ("invited", "present", "excused"), ("present", "excused")))
    statuses: tuple[Status, ...] = ("present", "excused", "absent") if "excused" in roles else ("present", "absent")
    known = _known(hand, statuses)
    who = people(hand, known.members)
    heads = [hand.header(role) for role in roles]
    tick = hand.draws.pick(TICKS)
    gap = [LEFT if hand.draws.sometimes(0.6) else None] * (len(roles) - 1)
    days: list[Cell] = [cell for meeting in known.meetings for cell in (hand.day(meeting.day), *gap)]
    left = rows_of(who.columns)
    width = len(who.columns)
    if hand.draws.sometimes(0.5):
        rows = [[*[None] * width, *days], [*left[0], *heads * len(known.meetings)]]
    else:
        rows = [[*left[0], *days], [*[None] * width, *heads * len(known.meetings)]]
    for cells, member in zip(left[1:], known.members, strict=True):
        ticked = (_is(known, (meeting, member), role) for meeting in known.meetings for role in roles)
        rows.append([*cells, *(tick if yes else None for yes in ticked)])
    invited = "invited" in roles
    blank = frozenset({"absent"}) if invited else OPEN
    truth = _truth(known, Carried(statuses, OPEN, who.organisations, titled=False))
    expected = tuple(_of_columns(row, known, blank, invited=invited) for row in truth.rows)
    titles = ("Suivi des présences",) if hand.language == "fr" else ("Attendance record",)
    pages = [Page(sheet(hand), [*above(hand, titles), *rows, *below(hand)])]
    return Draft(pages, replace(truth, rows=expected), stem(hand, "Suivi", "Record"))


def _is(known: Known, pair: tuple[Meeting, Member], role: str) -> bool:
    return known.invited.get(pair, False) if role == "invited" else known.statuses.get(pair) == role


def _of_columns(row: Expected, known: Known, blank: frozenset[str], *, invited: bool) -> Expected:
    pair = next((p for p in known.statuses if p[0].day == row.day and p[1].name == row.who), None)
    if pair is None:
        return row
    statuses = row.statuses if known.statuses[pair] != "absent" else blank
    if not invited:
        return replace(row, statuses=statuses, invited=ANY - {"false"} if row.statuses != {"present"} else row.invited)
    return replace(row, statuses=statuses, invited=frozenset({"true"} if known.invited[pair] else {"false", ""}))


def sheet_per_partner(hand: Hand) -> Draft:
    """Write a sheet for each partner, named after them, with a row for each meeting."""
    scheme, says = _scheme(hand)
    known = _known(hand, says)
    members = [member for member in known.members if any((meeting, member) in known.statuses for meeting in known.meetings)]
    labels = ("Partenaire : " if hand.language == "fr" else "Partner: ", "")
    # A longer name is cut in the name of a sheet.
    label = hand.draws.pick(labels[:1] if any(len(member.name) > LONGEST_SHEET for member in members) else labels)
    legend = hand.legend(scheme) if hand.draws.sometimes(0.2) else ""
    titled = not hand.draws.sometimes(0.3)
    pages = [_of_partner(hand, known, member, scheme, titled=titled) for member in members]
    for page in pages:
        page.rows[:0] = [[label + page.stem], []] if label else []
        page.rows.extend([[], [legend]] if legend else [])
    letter = not legend and initial(hand, scheme)
    carried = Carried(says, NOT_THERE | {"none"}, organisations=False, titled=titled, letter=letter)
    found = actors(members, organisations=False)
    truth = replace(attendance(known, known.meetings, carried), actors=found, must=frozenset(found))
    return Draft(pages, truth, stem(hand, "Suivi par partenaire", "Record by partner"))


def _of_partner(hand: Hand, known: Known, member: Member, scheme: Mapping[str, tuple[str, ...]], *, titled: bool) -> Page:
    meetings = [meeting for meeting in known.meetings if (meeting, member) in known.statuses]
    marks = [hand.mark(scheme, known.statuses[meeting, member]) for meeting in meetings]
    columns = [
        Column(hand.header("day"), [hand.day(meeting.day) for meeting in meetings]),
        *([Column(hand.header("meeting"), [meeting.series for meeting in meetings])] if titled else []),
        Column(hand.header("status"), marks),
    ]
    return Page(member.name[:LONGEST_SHEET], rows_of(columns), member.name)
