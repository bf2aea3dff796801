"""Sheets that those who came have signed: one meeting a block, alone, stacked, side by side, or a sheet each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import zip_longest
from operator import or_

from tests.records.judging.truths import Expected, Truth
from tests.records.sheets.writing.hand import Cell, Hand
from tests.records.sheets.writing.known import Known, Meeting, Member, Status, partnership
from tests.records.sheets.writing.lists import blank_of, initial, sheet, stem, ticks
from tests.records.sheets.writing.tables import Column, address, below, decoys, people, rows_of
from tests.records.sheets.writing.truth import NOT_THERE, Carried, Draft, Page, actors, attendance
from tests.records.sheets.writing.vocabulary import PARTNERSHIP, SIGNED

TITLES = ("sentence", "bare", "labels", "cells")


@dataclass(frozen=True)
class Manner:
    """What the blocks of one file have in common."""

    how: str
    says: tuple[Status, ...]
    scheme: Mapping[str, tuple[str, ...]]
    places: tuple[str, ...]
    mixed: bool
    title: str


def _manner(hand: Hand, *, title: str | None = None) -> Manner:
    how = hand.draws.pick(("signature", "signature", "status", "ticks"))
    ticked: tuple[Status, ...] = hand.draws.pick(
        (("present", "excused", "absent"), ("present", "excused"), ("present", "absent"))
    )
    scheme = hand.scheme() if how == "status" else {}
    says: tuple[Status, ...] = ("present",)
    if how == "ticks":
        says = ticked
    elif how == "status":
        order: tuple[Status, ...] = ("present", "excused", "absent")
        says = tuple(status for status in order if status in scheme)
    places = (hand.draws.pick(("column", "column", "parentheses", "dash", "none")),)
    mixed = places == ("column",) and hand.draws.sometimes(0.2)
    return Manner(how, says, scheme, places, mixed, title or hand.draws.pick(TITLES))


def _carried(says: Sequence[Status]) -> tuple[Status, ...]:
    statuses: tuple[Status, ...] = ("present", "excused", "absent", "unknown")
    return tuple(s for s in statuses if s in says or s == ("unknown" if "absent" in says else "absent"))


def _known(hand: Hand, manner: Manner, n_meetings: tuple[int, int]) -> Known:
    return partnership(
        hand.draws.random, hand.language, mixed=manner.mixed, statuses=_carried(manner.says), n_meetings=n_meetings
    )


def _table(
    hand: Hand, known: Known, meeting: Meeting, members: Sequence[Member], manner: Manner
) -> tuple[list[list[Cell]], Truth]:
    who = people(hand, members, places=manner.places)
    statuses = [known.statuses[meeting, member] for member in members]
    if manner.how == "signature":
        signed = hand.once("signed", SIGNED[hand.language])
        columns = [Column(hand.header("signature"), [
            (_initials(member) if signed == "INITIALS" else signed) if status == "present" else None
            for member, status in zip(members, statuses, strict=True)
        ])]  # fmt: skip
    elif manner.how == "status":
        columns = [Column(hand.header("status"), [hand.mark(manner.scheme, status) for status in statuses])]
    else:
        columns = ticks(hand, statuses, manner.says)
    table = [
        *decoys(hand, members, ("number",)), *who.columns, *decoys(hand, members, ("role", "phone", "mail")), *columns,
    ]  # fmt: skip
    bare = manner.how == "status"
    letter = bare and initial(hand, manner.scheme)
    titled = manner.title != "none"
    carried = Carried(manner.says, blank_of(manner.says), who.organisations, titled=titled, bare=bare, letter=letter)
    return rows_of(table), attendance(known, [meeting], carried)


def _initials(member: Member) -> str:
    return "".join(word[0] for word in member.name.replace("-", " ").split()).upper()


def _title(hand: Hand, meeting: Meeting, form: str) -> list[list[Cell]]:
    french = hand.language == "fr"
    day = hand.day_in_text(meeting.day)
    of = "du" if french else "of"
    if form == "sentence":
        word = (
            hand.draws.pick(("Feuille d'émargement", "Liste d'émargement", "Feuille de présence"))
            if french
            else "Sign-in sheet"
        )
        return [[f"{word} – {meeting.series} {of} {day}"]]
    if form == "bare":
        return [[f"{meeting.series} {of} {day}" if french else f"{meeting.series}, {day}"]]
    labels = (("Réunion", "Objet", "Intitulé"), ("Date",), ("Lieu",)) if french else (("Meeting",), ("Date",), ("Venue",))
    what, when, where = (hand.word(hand.once(words[0], words)) for words in labels)
    if form == "labels":
        rows: list[list[Cell]] = [[f"{what} : {meeting.series}"], [f"{when} : {day}"]]
        return (
            [*rows, [f"{where} : {'Mairie, salle 2' if french else 'Town hall'}"]]
            if hand.once("place told", (False, True))
            else rows
        )
    if form == "cells":
        rows = [[what, meeting.series], [when, hand.day(meeting.day)]]
        return (
            [*rows, ["Horaire" if french else "Time", "14h - 16h" if french else "2pm - 4pm"]]
            if hand.once("time told", (False, True))
            else rows
        )
    return []


def sign_in_sheet(hand: Hand) -> Draft:
    """Write the sheet of one meeting, whose day stands above the list, or in the name of the file or sheet."""
    manner = _manner(hand, title=hand.draws.pick((*TITLES, *TITLES, "none")))
    known = _known(hand, manner, (1, 1))
    (meeting,) = known.meetings
    rows, truth = _table(hand, known, meeting, known.listed(meeting), manner)
    head = _title(hand, meeting, manner.title)
    if hand.draws.sometimes(0.15):
        head.insert(0, [PARTNERSHIP[hand.language]])
    if head and hand.draws.sometimes(0.5):
        head.append([])
    name, page = stem(hand, "Émargement", "Sign-in"), sheet(hand)
    if manner.title == "none" or hand.draws.sometimes(0.3):
        name = (
            f"{meeting.series} {meeting.day}" if hand.draws.sometimes(0.5) else f"{name} {hand.day_in('words', meeting.day)}"
        )
    return Draft([Page(page, [*head, *rows, *below(hand)])], truth, name)


def stacked(hand: Hand) -> Draft:
    """Write the sheets of several meetings one under the other."""
    manner = _manner(hand)
    known = _known(hand, manner, (2, 3))
    rows: list[list[Cell]] = []
    truths = []
    for meeting in known.meetings:
        block, truth = _table(hand, known, meeting, known.listed(meeting), manner)
        rows += [*([[]] if rows else []), *_title(hand, meeting, manner.title), *block]
        truths.append(truth)
    return Draft([Page(sheet(hand), rows)], reduce(or_, truths), stem(hand, "Émargements", "Sign-in sheets"))


def side_by_side(hand: Hand) -> Draft:
    """Write the list of one meeting in two blocks, or two meetings in a block each, side by side."""
    manner = _manner(hand)
    one = not hand.draws.sometimes(0.4)
    known = _known(hand, manner, (1, 1) if one else (2, 2))
    blocks = []
    for number in range(2):
        meeting = known.meetings[0 if one else number]
        members = known.listed(meeting)
        half = (len(members) + 1) // 2
        part = (members[half:] if number else members[:half]) if one else members
        if part:
            rows, truth = _table(hand, known, meeting, part, manner)
            blocks.append(([*([] if one else _title(hand, meeting, manner.title)), *rows], truth))
    truth = blocks[0][1] if one else reduce(or_, (truth for _, truth in blocks))
    first = known.meetings[0]
    head = _title(hand, first, manner.title) if one else []
    page = Page(sheet(hand), [*head, *_beside([rows for rows, _ in blocks])])
    return Draft([page], truth, stem(hand, "Émargement", "Sign-in"))


def _beside(blocks: Sequence[list[list[Cell]]]) -> list[list[Cell]]:
    if len(blocks) == 1:
        return blocks[0]
    widths = [max(map(len, block)) for block in blocks]
    rows = []
    for parts in zip_longest(*blocks, fillvalue=[]):
        cells: list[Cell] = []
        for part, width in zip(parts, widths, strict=True):
            cells += [*part, *[None] * (width - len(part) + 1)]
        rows.append(cells[:-1])
    return rows


def _summary(hand: Hand, known: Known, days: list[str]) -> Page:
    """Count again who came from where, which is no meeting more."""
    name = "Bilan" if hand.language == "fr" else "Summary"
    rows: list[list[Cell]] = [[hand.header("organisation"), *days, "Total"]]
    for organisation in dict.fromkeys(member.organisation or member.name for member in known.members):
        came = [
            sum(organisation in {member.organisation, member.name} for member in known.with_status(meeting, "present"))
            for meeting in known.meetings
        ]
        rows.append([organisation, *came, sum(came)])
    return Page(name, rows, name)


def invited_and_signed(hand: Hand) -> Draft:
    """Write who was invited on one sheet and who signed on another, of one meeting that the name of the file tells."""
    signed: tuple[Status, ...] = ("present",)
    manner = replace(_manner(hand, title="none"), how="signature", says=signed, places=("column",), mixed=False)
    known = _known(hand, manner, (1, 1))
    (meeting,) = known.meetings
    listed = known.listed(meeting)
    invited = listed if hand.draws.sometimes(0.3) else list(known.members)
    rows, truth = _table(hand, known, meeting, listed, manner)
    who = people(hand, invited, places=manner.places)
    mails = Column(hand.header("mail"), [address(member) for member in invited])
    names = ("Invités", "Émargement") if hand.language == "fr" else ("Invited", "Signed")
    day = hand.day_in(hand.draws.pick(("iso", "words")), meeting.day)
    pages = [
        Page(title, page, f"{title} {meeting.series} {day}")
        for title, page in zip(names, (rows_of([*who.columns, mails]), rows), strict=True)
    ]
    asked = frozenset({"true", ""})
    unsigned = tuple(
        Expected(meeting.day, member.name, member.organisation, NOT_THERE | {"none"}, asked)
        for member in invited
        if member not in listed
    )
    both = tuple(replace(row, invited=asked) for row in truth.rows) + unsigned
    found = actors(invited)
    return Draft(pages, replace(truth, rows=both, actors=found, must=frozenset(found)), f"{meeting.series} {day}")


def sheet_per_meeting(hand: Hand) -> Draft:
    """Write a sheet for each meeting, named by its day."""
    manner = _manner(hand, title=hand.draws.pick(("none", *TITLES)))
    known = _known(hand, manner, (2, 4))
    pages, truths = [], []
    form = hand.draws.pick(("iso", "words", "dashes"))
    for meeting in known.meetings:
        rows, truth = _table(hand, known, meeting, known.listed(meeting), manner)
        page = hand.day_in(form, meeting.day)
        pages.append(Page(page, [*_title(hand, meeting, manner.title), *rows], f"{meeting.series} {page}"))
        truths.append(truth)
    if manner.places == ("column",) and hand.draws.sometimes(0.2):
        pages.append(_summary(hand, known, [page.name for page in pages]))
    return Draft(pages, reduce(or_, truths), stem(hand, "Émargements", "Sign-in sheets"))
