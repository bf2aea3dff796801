"""Layouts that programs write: reports of video meetings, polls, and the canonical tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.records.judging.truths import ANY, Expected, Held, Truth
from tests.records.sheets.writing.hand import Cell, Hand
from tests.records.sheets.writing.known import Known, Member, Status, partnership
from tests.records.sheets.writing.tables import Column, address, name_with, rows_of
from tests.records.sheets.writing.truth import (
    NOT_SAID,
    OPEN,
    Carried,
    Draft,
    Page,
    actors,
    attendance,
)  # fmt: skip


def _who_came(hand: Hand) -> tuple[Known, list[Member], str, Truth]:
    came: tuple[Status, ...] = ("present",)
    known = partnership(hand.draws.random, hand.language, statuses=came, n_meetings=(1, 1))
    (meeting,) = known.meetings
    place = hand.draws.pick(("none", "parentheses"))
    truth = attendance(known, [meeting], Carried(("present",), organisations=place != "none"))
    # A report shows who joined, which says nothing of invitations.
    return known, known.listed(meeting), place, truth


def teams(hand: Hand) -> Draft:
    """Write the report of a Teams meeting: sections, tabs, and the month first in English."""
    known, members, place, truth = _who_came(hand)
    (meeting,) = known.meetings
    french = hand.language == "fr"

    def time(clock: str) -> str:
        if french:
            return f"{meeting.day:%d/%m/%Y}, {clock}"
        return f"{meeting.day.month}/{meeting.day.day}/{meeting.day:%y}, {clock} AM"

    words = (
        ("1. Résumé", "Titre de la réunion", "Participants présents", "Heure de début", "Heure de fin",
         "Durée de la réunion", "2. Participants", "Nom", "Première participation", "Dernier départ", "Durée de la réunion",
         "E-mail", "ID du participant (UPN)", "Rôle")
        if french else
        ("1. Summary", "Meeting title", "Attended participants", "Start time", "End time", "Meeting duration",
         "2. Participants", "Name", "First Join", "Last Leave", "In-Meeting Duration", "Email",
         "Participant ID (UPN)", "Role")
    )  # fmt: skip
    rows: list[list[Cell]] = [
        [words[0]], [words[1], meeting.series], [words[2], len(members)], [words[3], time("9:58:11")],
        [words[4], time("11:31:02")], [words[5], "1h 32m"], [], [words[6]], list(words[7:]),
    ]  # fmt: skip
    outside = hand.draws.pick(("", " (Externe)" if french else " (External)"))
    for number, member in enumerate(members):
        role = (("Organisateur", "Présentateur") if french else ("Organizer", "Presenter"))[number > 0]
        name = (name_with(hand, member, place) or "") + (outside if number else "")
        mail = address(member) if number % 3 else ""
        rows.append([name, time("9:58:11"), time("11:31:02"), "1h 30m", mail, mail, role])
    name = f"{meeting.series} - {'Rapport de présence' if french else 'Attendance report'} {meeting.day:%d-%m-%y}"
    if not french:
        name = f"{meeting.series} - Attendance report {meeting.day.month}-{meeting.day.day}-{meeting.day:%y}"
    return Draft([Page("", rows)], truth, name, delimiter="\t", coding="utf-16")


def zoom(hand: Hand) -> Draft:
    """Write the list of participants of a Zoom meeting; who reconnects is there twice."""
    known, members, place, truth = _who_came(hand)
    (meeting,) = known.meetings
    french = hand.language == "fr"
    day = f"{meeting.day:%d/%m/%Y}" if french else f"{meeting.day:%m/%d/%Y}"
    half = "" if french else " AM"
    head: tuple[str, ...] = (
        ("Nom (nom original)", "Adresse e-mail", "Heure d’arrivée", "Heure de départ", "Durée (minutes)", "Invité")
        if french else ("Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest")
    )  # fmt: skip
    no, yes = ("Non", "Oui") if french else ("No", "Yes")
    waited: list[Member] = []
    visits = [(member, no) for member in [*members, *(members[:1] if hand.draws.sometimes(0.4) else [])]]
    if waits := hand.draws.sometimes(0.3):
        head = (*head, "Dans la salle d’attente" if french else "In Waiting Room")
        waited = [member for member in known.members if member not in members][:2]
        visits = [(member, yes) for member in [*members[-2:], *waited]] + visits
    rows: list[list[Cell]] = [list(head)]
    for member, is_waiting in visits:
        mail = hand.draws.pick((address(member), ""))
        left, length = ("09:59:00", 1) if is_waiting == yes else ("11:31:00", 93)
        row: list[Cell] = [
            name_with(hand, member, place),
            mail,
            f"{day} 09:58:11{half}",
            f"{day} {left}{half}",
            length,
            hand.draws.pick((no, yes)),
        ]
        rows.append([*row, is_waiting] if waits else row)
    name = hand.draws.pick((f"participants_{meeting.series}_{meeting.day}", f"participants_{meeting.day}"))
    # Who only waited was never let in.
    outside = tuple(
        Expected(meeting.day, member.name, member.organisation if place != "none" else "", OPEN, ANY) for member in waited
    )
    found = {**truth.actors, **actors(waited, organisations=place != "none")}
    untitled = Truth(truth.rows + outside, tuple(Held(held.day) for held in truth.meetings), found)
    return Draft([Page("", rows)], untitled, name, delimiter=",", coding="utf-8-sig")


def meet(hand: Hand) -> Draft:
    """Write the report of a Meet meeting, whose day is in the name of the file alone."""
    known, members, _, truth = _who_came(hand)
    (meeting,) = known.meetings
    french = hand.language == "fr"
    head = (
        ("Prénom", "Nom", "Adresse e-mail", "Durée", "Heure d'arrivée", "Heure de départ")
        if french else ("First name", "Last name", "Email", "Duration", "Time joined", "Time exited")
    )  # fmt: skip
    rows: list[list[Cell]] = [list(head)]
    rows += [[m.first, m.last, hand.draws.pick((address(m), "")), "1 h 20 min", "09:59", "11:30"] for m in members]
    report = "Rapport de présence" if french else "Attendance Report"
    plain = tuple(Expected(row.day, row.who, "", row.statuses, row.invited) for row in truth.rows)
    return Draft(
        [Page("", rows)], Truth(plain, truth.meetings, actors(members, organisations=False)),
        f"{meeting.series} - {meeting.day:%Y_%m_%d} 09_58 CET - {report}", delimiter=",", coding="utf-8",
    )  # fmt: skip


def poll(hand: Hand) -> Draft:
    """Write who could come on which of the days proposed: nobody came, on any."""
    known = partnership(hand.draws.random, hand.language, n_meetings=(1, 1))
    first = known.meetings[0].day
    days = [first + timedelta(days=step) for step in range(2 + hand.draws.below(3))]
    french = hand.language == "fr"
    yes, maybe, no = hand.draws.pick((("OK", "(OK)", None), ("✔", "❔", "❌"), ("Oui", "Si besoin", "Non") if french else
                                      ("Yes", "If need be", "No")))  # fmt: skip
    weekday = hand.draws.pick((False, True))
    head = [hand.day_in("weekday" if weekday else "words", day) for day in days]
    times: list[Cell] = ["9:00 – 11:00" for _ in days]
    title = f"{'Sondage' if french else 'Poll'} « {known.meetings[0].series} »"
    rows: list[list[Cell]] = [[title], ["https://doodle.example/poll/abc"], [], [None, *head], [None, *times]]
    answers = [[hand.draws.random.choice((yes, yes, maybe, no)) for _ in days] for _ in known.members]
    rows += [[member.name, *cells] for member, cells in zip(known.members, answers, strict=True)]
    rows.append(["Nombre" if french else "Count", *[sum(cells[n] == yes for cells in answers) for n in range(len(days))]])
    expected = tuple(Expected(day, member.name, "", OPEN, ANY - {"false"}) for day in days for member in known.members)
    slots = frozenset(days)
    held = (Held(first, also_on=slots),)
    truth = Truth(expected, held, actors(known.members, organisations=False), free_days=slots)
    return Draft([Page("Sondage" if french else "Poll", rows)], truth, "Dates COPIL" if french else "Dates of board")


def canonical(hand: Hand) -> Draft:
    """Write the canonical tables."""
    known = partnership(hand.draws.random, hand.language)
    members = [*known.members, *(Member(name) for name in dict.fromkeys(m.organisation for m in known.members) if name)]
    ids = {member.name: f"{'p' if member.last else 'o'}{number}" for number, member in enumerate(members)}
    meetings = {meeting: f"m{number}" for number, meeting in enumerate(known.meetings)}
    listed = [(meeting, member) for meeting in known.meetings for member in known.listed(meeting)]
    contact = (known.meetings[0].day, members[0].name, members[-1].name)
    invited = hand.draws.pick((True, False))
    tables: list[tuple[str, list[Column]]] = [
        ("actors", [
            Column("actor_id", [ids[member.name] for member in members]),
            Column("name", [member.name for member in members]),
            Column("kind", [member.kind for member in members]),
            Column("organisation_id", [ids.get(member.organisation) for member in members]),
        ]),
        ("meetings", [
            Column("meeting_id", list(meetings.values())),
            Column("day", [_day(hand, meeting.day) for meeting in meetings]),
            Column("title", [meeting.series for meeting in meetings]),
        ]),
        ("attendance", [
            Column("meeting_id", [meetings[meeting] for meeting, _ in listed]),
            Column("actor_id", [ids[member.name] for _, member in listed]),
            Column("status", [known.statuses[pair] for pair in listed]),
            *([Column("invited", ["true" if known.invited[pair] else "false" for pair in listed])] if invited else []),
        ]),
        ("contacts", [
            Column("contact_id", ["c1"]),
            Column("day", [_day(hand, contact[0])]),
            Column("source_id", [ids[contact[1]]]),
            Column("target_id", [ids[contact[2]]]),
        ]),
    ]  # fmt: skip
    pages = [Page(name, rows_of(_with_more(hand, columns)), name) for name, columns in tables]
    truth = attendance(known, known.meetings, Carried(("present", "excused", "absent", "unknown"), invited=invited))
    exact = tuple(
        replace(row, invited=(row.invited & {"true"} or frozenset({"false"})) if invited else NOT_SAID) for row in truth.rows
    )  # fmt: skip
    found = actors(members)
    whole = Truth(exact, truth.meetings, found, frozenset(found), contacts=(contact,))
    return Draft(pages, whole, "tables")


def _day(hand: Hand, day: date) -> Cell:
    return hand.day_in(hand.once("canonical day", ("iso", "slashes")), day)


def _with_more(hand: Hand, columns: list[Column]) -> Sequence[Column]:
    if hand.draws.sometimes(0.2):
        columns = [*columns, Column("zone", ["nord" for _ in columns[0].values])]
    return hand.draws.shuffled(columns) if hand.draws.sometimes(0.5) else columns
