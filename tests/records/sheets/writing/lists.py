"""Layouts with a row for each presence, person or contact."""

from collections.abc import Mapping, Sequence

from tests.records.judging.truths import Truth
from tests.records.sheets.writing.hand import ABOVE, Cell, Hand
from tests.records.sheets.writing.known import Known, Meeting, Member, Status, partnership
from tests.records.sheets.writing.tables import PLACES, Column, above, below, decoys, people, rows_of
from tests.records.sheets.writing.truth import NOT_THERE, OPEN, Carried, Draft, Page, actors, attendance
from tests.records.sheets.writing.vocabulary import CHANNELS, DIRECTIONS, SUBJECTS, TICKS

Pair = tuple[Meeting, Member]


def level(hand: Hand) -> str:
    """Choose who is written about."""
    return hand.draws.pick(("person", "person", "organisation"))


def long_list(hand: Hand) -> Draft:
    """Write a row for each presence: day, meeting, who, status."""
    ticked = hand.draws.sometimes(0.3)
    marks = hand.draws.pick((("present", "excused"), ("present",), ("present", "excused", "absent"))) if ticked else ()
    scheme = {} if ticked else hand.scheme()
    says = tuple(marks or scheme)
    mixed = hand.draws.sometimes(0.2)
    known = partnership(hand.draws.random, hand.language, level=level(hand), mixed=mixed, statuses=_carried(says))
    pairs = [(meeting, member) for meeting in known.meetings for member in known.listed(meeting)]
    who = people(hand, [member for _, member in pairs], places=("column",) if mixed else PLACES)
    invited = hand.draws.sometimes(0.25)
    if ticked:
        columns = ticks(hand, [known.statuses[pair] for pair in pairs], marks)
    else:
        role = "status" if "absent" in scheme or hand.draws.sometimes() else "present"
        columns = [Column(hand.header(role), [hand.mark(scheme, known.statuses[pair]) for pair in pairs])]
    if invited:
        columns.insert(0, invitations(hand, known, pairs))
    titled = not hand.draws.sometimes(0.15)
    head = [Column(hand.header("day"), [hand.day(meeting.day) for meeting, _ in pairs])]
    if titled:
        head.append(Column(hand.header("meeting"), [meeting.series for meeting, _ in pairs]))
    table = [*head, *who.columns, *columns, *decoys(hand, [member for _, member in pairs])]
    rows = rows_of(hand.draws.shuffled(table) if hand.draws.sometimes(0.5) else table)
    if any(ABOVE in row for row in rows):
        pass
    elif hand.draws.sometimes(0.2):
        rows[1:] = hand.draws.shuffled(rows[1:])
    elif hand.draws.sometimes(0.15):
        rows = _in_groups(hand, rows, [meeting for meeting, _ in pairs])
    legend = [hand.legend(scheme)] if scheme and hand.draws.sometimes(0.2) else []
    bare = bool(scheme) and not legend
    carried = Carried(
        says,
        blank_of(says),
        who.organisations,
        invited=invited,
        titled=titled,
        bare=bare,
        letter=bare and initial(hand, scheme),
    )
    foot = below(hand, legend)
    titles = ("Liste des présences",) if hand.language == "fr" else ("Attendance list",)
    pages = [Page(sheet(hand), [*above(hand, titles), *rows, *total(hand, rows), *foot])]
    return Draft(pages, attendance(known, known.meetings, carried), stem(hand, "Présences", "Attendance"))


def _in_groups(hand: Hand, rows: list[list[Cell]], meetings: Sequence[Meeting]) -> list[list[Cell]]:
    """Part the meetings by a blank row, or by the header again."""
    between = hand.draws.pick(([], rows[0]))
    grouped = [rows[0]]
    for number, row in enumerate(rows[1:]):
        if number and meetings[number] != meetings[number - 1]:
            grouped.append(list(between))
        grouped.append(row)
    return grouped


def _carried(says: Sequence[str]) -> tuple[Status, ...]:
    """Where absences are marked, blanks are not known; else they are absences."""
    statuses: tuple[Status, ...] = ("present", "excused", "absent", "unknown")
    return tuple(s for s in statuses if s in says or s == ("unknown" if "absent" in says else "absent"))


def blank_of(says: Sequence[str]) -> frozenset[str]:
    """Tell what a blank means where those statuses have marks."""
    return OPEN if "absent" in says else NOT_THERE


def initial(hand: Hand, scheme: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether an English A marks absences, which might be apologies."""
    return hand.language == "en" and "A" in scheme.get("absent", ())


def ticks(hand: Hand, statuses: Sequence[str], marks: Sequence[str]) -> list[Column]:
    """Write a column for each status, ticked where it is so."""
    tick = hand.once("tick", TICKS)
    return [Column(hand.header(mark), [tick if status == mark else None for status in statuses]) for mark in marks]


def invitations(hand: Hand, known: Known, pairs: Sequence[Pair]) -> Column:
    """Write who was invited."""
    yes, no = hand.draws.pick((("x", None), ("Oui", "Non") if hand.language == "fr" else ("Yes", "No"), ("X", None)))
    return Column(hand.header("invited"), [yes if known.invited[pair] else no for pair in pairs])


def total(hand: Hand, rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Write a row of totals."""
    if not hand.draws.sometimes(0.15):
        return []
    return [["Total", *[None] * (len(rows[0]) - 2), len(rows) - 1]]


def sheet(hand: Hand) -> str:
    """Name a sheet that says nothing."""
    return (
        hand.draws.pick(("Feuil1", "Présences", "Feuille 1"))
        if hand.language == "fr"
        else hand.draws.pick(("Sheet1", "Data"))
    )


def stem(hand: Hand, french: str, english: str) -> str:
    """Name a file."""
    word = french if hand.language == "fr" else english
    return hand.draws.pick((word, word.lower(), f"{word} partenariat", f"{word.replace(' ', '_')}_v2"))


def directory(hand: Hand) -> Draft:
    """Write who there is, which is no meeting."""
    mixed = hand.draws.sometimes(0.3)
    known = partnership(hand.draws.random, hand.language, level=level(hand), mixed=mixed)
    who = people(hand, known.members, places=("column",) if mixed else ("column", "parentheses"))
    extra = decoys(hand, known.members, ("phone", "role", "remark", "town", "sector"))
    mail = decoys(hand, known.members, ("mail", "mail", "mail"))[:1] or [
        Column(hand.header("phone"), [f"02 00 00 01 {n:02d}" for n, _ in enumerate(known.members)])
    ]
    table = [*who.columns, *mail, *[column for column in extra if column.header != mail[0].header]]
    rows = rows_of(hand.draws.shuffled(table) if hand.draws.sometimes(0.4) else table)
    titles = ("Annuaire des partenaires",) if hand.language == "fr" else ("Directory of partners",)
    name = stem(hand, "Annuaire partenaires", "Directory")
    if hand.draws.sometimes(0.4):
        name += f" MAJ {known.meetings[0].day}"
    found = actors(known.members)
    employers = {member.name: member.organisation for member in known.members if member.organisation}
    truth = Truth(actors=found, must=frozenset(found), employers=employers)
    return Draft([Page(sheet(hand), [*above(hand, titles), *rows, *below(hand)])], truth, name)


def invitation_list(hand: Hand) -> Draft:
    """Write who was invited to a meeting that is to come, perhaps with their replies."""
    replied = hand.draws.sometimes(0.4)
    statuses: tuple[Status, ...] = ("excused", "unknown") if replied else ("unknown",)
    known = partnership(hand.draws.random, hand.language, level="person", statuses=statuses, n_meetings=(1, 1))
    (meeting,) = known.meetings
    members = known.listed(meeting)
    who = people(hand, members)
    columns = [*who.columns, *decoys(hand, members, ("mail", "phone", "role"))]
    if replied:
        yes, no = ("Acceptée", "Refusée") if hand.language == "fr" else ("Accepted", "Declined")
        replies = [
            no if known.statuses[meeting, member] == "excused" else hand.draws.pick((yes, None)) for member in members
        ]
        columns.append(Column(hand.header("reply"), replies))
    title = "Liste des invités" if hand.language == "fr" else "List of invitees"
    head: list[list[Cell]] = [[f"{title} – {meeting.series} {_of(hand)}{hand.day_in_text(meeting.day)}"], []]
    truth = attendance(known, [meeting], Carried(("excused",), frozenset({"unknown"}), who.organisations, invited=True))
    excused = frozenset({"excused", "absent"})
    rows = tuple(
        type(row)(row.day, row.who, row.organisation, excused if "excused" in row.statuses else frozenset({"unknown"}),
                  frozenset({"true", ""}))
        for row in truth.rows
    )  # fmt: skip
    return Draft(
        [Page(hand.draws.pick((title, sheet(hand))), [*head, *rows_of(columns)])],
        Truth(rows=rows, meetings=truth.meetings, actors=truth.actors),
        f"{stem(hand, 'Invités', 'Invitees')} {meeting.day if hand.draws.sometimes(0.5) else ''}".strip(),
    )


def _of(hand: Hand) -> str:
    return "du " if hand.language == "fr" else "of "


def contact_log(hand: Hand, *, source: str = "column") -> Draft:
    """Write who reached out to whom; `source` stands in a column, in `partnet.toml`, or nowhere; in `toml` either way."""
    chance = hand.draws.random
    ways = hand.draws.pick(DIRECTIONS[hand.language]) if source == "direction" else ()
    by_name = source in {"toml", "nowhere"} and hand.draws.sometimes(0.4)
    who = "person" if by_name else "organisation"
    known = partnership(chance, hand.language, level=who, n_meetings=(2, 6))
    days = [meeting.day for meeting in known.meetings]
    office = "Coordination CTG" if hand.language == "fr" else "Partnership office"
    drawn = [chance.sample(known.members, 2) for _ in days]
    pairs = [[member.name for member in pair] for pair in drawn]
    several = source == "column" and hand.draws.sometimes(0.2) and len(known.members) > 2
    targets = [[pair[1]] for pair in pairs]
    if several:
        targets[0] = [member.name for member in known.members if member.name != pairs[0][0]][:2]
    columns = [Column(hand.header("day"), [hand.day(day) for day in days])]
    if source == "column":
        columns.append(Column(hand.header("source"), [pair[0] for pair in pairs]))
    if by_name:
        columns.append(Column(hand.header("contact"), [hand.name(pair[1]) for pair in drawn]))
        columns.append(Column(hand.header("organisation"), [pair[1].organisation for pair in drawn]))
        targets = [[f"{pair[1].name}|{pair[1].organisation}"] for pair in drawn]
    else:
        role = "target" if source == "column" else "organisation"
        columns.append(Column(hand.header(role), [" ; ".join(names) for names in targets]))
    columns.append(Column(hand.header("channel"), [hand.draws.pick(CHANNELS[hand.language]) for _ in days]))
    if source != "column" or hand.draws.sometimes(0.5):
        columns.append(Column(hand.header("subject"), [hand.draws.pick(SUBJECTS[hand.language]) for _ in days]))
    received = [bool(ways) and chance.random() < 0.5 for _ in days]
    if ways:
        columns.insert(
            1 + hand.draws.below(len(columns)), Column(hand.header("direction"), [ways[came] for came in received])
        )
    name = stem(hand, "Suivi contacts", "Contact log")
    contacts = tuple(
        (day, target, office) if came else (day, pair[0] if source == "column" else office, target)
        for day, pair, names, came in zip(days, pairs, targets, received, strict=True)
        for target in names
    )
    found = dict.fromkeys([name for contact in contacts for part in contact[1:] for name in part.split("|") if name], "")
    truth = Truth(contacts=contacts, actors=found) if source != "nowhere" else Truth(actors=found, ask=True)
    rule = f'[[sources]]\nfile = "{name}*"\nshape = "contact_log"\nconstants = {{ source_id = "{office}" }}\n'
    return Draft([Page(sheet(hand), rows_of(columns))], truth, name,
                 {"partnet.toml": rule} if source in {"toml", "direction"} else {})  # fmt: skip


def contact_log_of_the_office(hand: Hand) -> Draft:
    """Write whom an office called, which `partnet.toml` names."""
    return contact_log(hand, source="toml")


def contact_log_both_ways(hand: Hand) -> Draft:
    """Write whom an office called and who called it, which a column tells."""
    return contact_log(hand, source="direction")


def contact_log_of_nobody(hand: Hand) -> Draft:
    """Write who was called, and not by whom."""
    return contact_log(hand, source="nowhere")
