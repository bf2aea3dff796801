"""Layouts that name people in running text: minutes, and a row for each meeting."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from tests.records.sheets.writing.hand import WITH_DATES, Cell, Hand
from tests.records.sheets.writing.known import Known, Language, Meeting, Member, Status, partnership
from tests.records.sheets.writing.lists import sheet, stem
from tests.records.sheets.writing.tables import Column, above, below, name_with, rows_of
from tests.records.sheets.writing.truth import Carried, Draft, Page, actors, attendance

HEADINGS: Final[Mapping[Language, Mapping[str, tuple[str, ...]]]] = {
    "fr": {
        "present": (
            "Présents",
            "Étaient présents",
            "Présent.e.s",
            "Présent·es",
            "Personnes présentes",
            "Participants présents",
            "Ont participé",
            "Membres présents",
            "Sont présents",
        ),
        "excused": (
            "Excusés",
            "Étaient excusés",
            "Excusé.e.s",
            "Excusé·es",
            "Personnes excusées",
            "Absents excusés",
            "Se sont excusés",
        ),
        "absent": ("Absents", "Étaient absents", "Absent.e.s", "Absent·es", "Personnes absentes", "Absents non excusés"),
    },
    "en": {
        "present": ("Present", "In attendance", "Attendees", "Those present", "Members present", "People present"),
        "excused": ("Apologies", "Apologies received", "Excused", "Apologies for absence", "Apologies from"),
        "absent": ("Absent", "Absentees", "Not present", "Did not attend"),
    },
}
AGENDA: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": (
        "Ordre du jour",
        "Bilan, perspectives, budget",
        "Le point est reporté.",
        "Prochaine réunion : 12 juin 2026 à 14h",
    ),
    "en": ("Agenda", "Review, outlook, budget", "The item is adjourned.", "Next meeting: 12 June 2026 at 2pm"),
}
CAN_SAY: Final[tuple[tuple[Status, ...], ...]] = (
    ("present", "excused"), ("present", "excused", "absent"), ("present",), ("present", "absent"),
)  # fmt: skip


def _place(hand: Hand) -> str:
    return hand.once("place", ("parentheses", "parentheses", "none", "dash"))


def _drawn(hand: Hand, n_meetings: tuple[int, int]) -> tuple[Known, tuple[Status, ...]]:
    says = hand.draws.pick(CAN_SAY)
    return partnership(hand.draws.random, hand.language, statuses=says, n_meetings=n_meetings), says


def _joined(hand: Hand, members: Sequence[Member], places: str) -> str:
    """Several people in one cell or line."""
    names = [name_with(hand, member, places) or "" for member in members]
    # A comma would not tell names from organisations behind a dash.
    return hand.once("between names", (", ", ", ", " ; ", "; ") if places != "dash" else (" ; ",)).join(names)


def minutes(hand: Hand) -> Draft:
    """Write the minutes of a meeting as text."""
    known, says = _drawn(hand, (1, 1))
    (meeting,) = known.meetings
    lines = [_heading(hand, meeting), ""]
    one_line = hand.draws.sometimes(0.4)
    bullet = hand.draws.pick(("", "", "- ", "• ", "* ") if hand.suffix != "md" else ("- ", "* "))
    place = _place(hand)
    for status in says:
        members = known.with_status(meeting, status)
        if members:
            lines += _section(hand, status, members, bullet=None if one_line else bullet, place=place)
    if hand.draws.sometimes(0.6):
        lines += AGENDA[hand.language][: 2 + hand.draws.below(3)]
    name = stem(hand, "CR", "Minutes")
    if hand.draws.sometimes(0.4):
        name += f" {meeting.series} {meeting.day}"
    truth = attendance(known, [meeting], Carried(says, organisations=place != "none"))
    return Draft([Page("", [[line] for line in lines])], truth, name)


def _heading(hand: Hand, meeting: Meeting) -> str:
    day = hand.day_in_text(meeting.day)
    if hand.language == "fr":
        title = hand.draws.pick(("{} du {}", "Compte rendu – {} du {}", "Compte-rendu de réunion : {} – {}"))
    else:
        title = hand.draws.pick(("{}, {}", "Minutes: {}, {}", "Minutes of the {} of {}"))
    return ("# " if hand.suffix == "md" else "") + title.format(meeting.series, day)


def _section(hand: Hand, status: Status, members: Sequence[Member], *, bullet: str | None, place: str) -> list[str]:
    heading = hand.draws.pick(HEADINGS[hand.language][status])
    if hand.once("counted", (False, False, False, True)):
        heading += f" ({len(members)})"
    colon = " :" if hand.language == "fr" else ":"
    if bullet is None:
        return [f"{heading}{colon} {_joined(hand, members, place)}", *([""] if hand.once("spaced", (True, False)) else [])]
    marked = f"## {heading}" if hand.suffix == "md" else heading + hand.once("colon", (colon, ""))
    return [marked, *(f"{bullet}{name_with(hand, member, place)}" for member in members), ""]


def minutes_in_a_sheet(hand: Hand) -> Draft:
    """Write minutes in the cells of a sheet, with people under or beside the headings."""
    known, says = _drawn(hand, (1, 1))
    (meeting,) = known.meetings
    beside = hand.draws.sometimes(0.4)
    place = hand.draws.pick(("column", "parentheses", "none")) if not beside else hand.draws.pick(("parentheses", "none"))
    rows: list[list[Cell]] = [[_heading(hand, meeting)], []]
    for status in says:
        members = known.with_status(meeting, status)
        if not members:
            continue
        heading = hand.draws.pick(HEADINGS[hand.language][status])
        if beside:
            rows.append([heading, _joined(hand, members, place)])
            continue
        rows.append([heading])
        behind = [[member.organisation] if place == "column" else [] for member in members]
        rows += [[name_with(hand, member, place), *more] for member, more in zip(members, behind, strict=True)]
        rows += [[]]
    truth = attendance(known, [meeting], Carried(says, organisations=place != "none"))
    return Draft([Page(sheet(hand), rows)], truth, stem(hand, "CR", "Minutes"))


def row_per_meeting(hand: Hand) -> Draft:
    """Write a row for each meeting, with all names of one status in a cell."""
    known, says = _drawn(hand, (1, 5))
    place = hand.draws.pick(("parentheses", "parentheses", "none"))
    if hand.suffix in WITH_DATES and hand.draws.sometimes(0.3):
        hand.once("between names", ("\n",))
    columns = [
        Column(hand.header("day"), [hand.day(meeting.day) for meeting in known.meetings]),
        Column(hand.header("meeting"), [meeting.series for meeting in known.meetings]),
    ]
    if hand.draws.sometimes(0.2):
        columns.append(Column(hand.header("place"), [None for _ in known.meetings]))
    columns += [
        Column(hand.word(hand.draws.pick(HEADINGS[hand.language][status])),
               [_joined(hand, known.with_status(meeting, status), place) or None for meeting in known.meetings])
        for status in says
    ]  # fmt: skip
    if hand.draws.sometimes(0.15):
        columns.append(Column(hand.header("remark"), [None for _ in known.meetings]))
    truth = attendance(known, known.meetings, Carried(says, organisations=place != "none"))
    rows = [*above(hand, ()), *rows_of(columns), *below(hand)]
    return Draft([Page(sheet(hand), rows)], truth, stem(hand, "Suivi instances", "Meetings"))


def minutes_with_tables(hand: Hand) -> Draft:
    """Write minutes with people in a table, and a table of what is to be done."""
    known, says = _drawn(hand, (1, 1))
    (meeting,) = known.meetings
    place = hand.draws.pick(("parentheses", "dash", "none"))
    statuses = [status for status in says if known.with_status(meeting, status)]
    heads = [hand.word(hand.draws.pick(HEADINGS[hand.language][status])) for status in statuses]
    listed = [[name_with(hand, member, place) or "" for member in known.with_status(meeting, status)] for status in statuses]
    packed = ["\n".join(names) for names in listed]
    how = "beside" if len(heads) == 1 else hand.draws.pick(("beside", "a cell each", "a row each"))
    tables: dict[str, list[list[Cell]]] = {
        "beside": [[head, names] for head, names in zip(heads, packed, strict=True)],
        "a cell each": [[*heads], [*packed]],
        "a row each": [[*heads], *map(list, zip_longest(*listed))],
    }
    agenda: list[list[Cell]] = [[line] for line in AGENDA[hand.language][:2]]
    rows: list[list[Cell]] = [[_heading(hand, meeting)], [], *tables[how], [], *agenda]
    if hand.draws.sometimes(0.4):
        heads = ["Action", "Qui", "Échéance"] if hand.language == "fr" else ["Action", "Who", "Due"]
        what = "Relancer la mairie" if hand.language == "fr" else "Chase the council"
        rows += [[], [*heads], [what, known.members[0].name, "30/06/2026"]]
    truth = attendance(known, [meeting], Carried(says, organisations=place != "none"))
    found = {**truth.actors, **actors(known.members, organisations=place != "none")}
    return Draft([Page("", rows)], replace(truth, actors=found), stem(hand, "CR", "Minutes"))
