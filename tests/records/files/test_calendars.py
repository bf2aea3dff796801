"""Calendars as their programs write them: zones, cancellations, recurrences, guests."""

import pytest

from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.files.calendars import MOST_ROWS, calendar_batch
from partnet_analysis.records.files.recurrences import MOST_OCCURRENCES
from tests.records.conftest import Read

LISE = "ATTENDEE;CN=Lise Morvan:mailto:lise@caf.example"


def event(*lines: str, guests: str = LISE) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, guests, "END:VEVENT", ""])


def calendar(*events: str, said: str = "") -> bytes:
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x\r\n{said}{''.join(events)}END:VCALENDAR\r\n".encode()


def days(reading: Reading) -> list[str]:
    return sorted(reading.records.meetings["day"].dt.strftime("%Y-%m-%d"))


def hours(content: bytes) -> set[tuple[str, str]]:
    rows = calendar_batch("a.ics", content).tables["meetings"]
    return {(occasion.day, occasion.mark) for occasion in rows["meeting_id"]}


def told(reading: Reading) -> list[str]:
    return sorted([*reading.ledger.remarks["code"], *reading.ledger.ignored["code"], *reading.ledger.rejects["code"]])


# Zones -----------------------------------------------------------------------------------------------------------------

PARIS = "X-WR-TIMEZONE:Europe/Paris\r\n"
MONTREAL = "X-WR-TIMEZONE:America/Montreal\r\n"
OWN_ZONE = (
    "BEGIN:VTIMEZONE\r\nTZID:Customized Time Zone\r\nBEGIN:STANDARD\r\nDTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\n"
    "TZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n"
    "DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\r\n"
    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)
RUNAWAY_ZONE = OWN_ZONE.replace("FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "FREQ=SECONDLY")


@pytest.mark.parametrize(
    ("start", "said", "when"),
    [
        ("DTSTART:20240306T003000Z", MONTREAL, ("2024-03-05", "19h30")),
        ("DTSTART:20240305T080000Z", PARIS, ("2024-03-05", "09h00")),
        ("DTSTART:20240705T080000Z", PARIS, ("2024-07-05", "10h00")),
        ("DTSTART:20240305T233000Z", "", ("2024-03-06", "00h30")),
        ("DTSTART:20240305T080000Z", "X-WR-TIMEZONE:Nowhere/Land\r\n", ("2024-03-05", "09h00")),
        ("DTSTART;TZID=America/New_York:20240305T193000", PARIS, ("2024-03-06", "01h30")),
        ('DTSTART;TZID="Romance Standard Time":20240305T093000', "", ("2024-03-05", "09h30")),
        ("DTSTART;TZID=/freeassociation.sourceforge.net/Europe/Paris:20240305T093000", "", ("2024-03-05", "09h30")),
        ('DTSTART;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20240305T093000', PARIS, ("2024-03-05", "09h30")),
        ("DTSTART;TZID=GMT Standard Time:20240305T093000", PARIS, ("2024-03-05", "10h30")),
        ("DTSTART;TZID=Customized Time Zone:20240705T093000", PARIS + OWN_ZONE, ("2024-07-05", "09h30")),
        ("DTSTART;TZID=Customized Time Zone:20240705T093000", MONTREAL + OWN_ZONE, ("2024-07-05", "03h30")),
        ("DTSTART;TZID=Customized Time Zone:20240705T093000", MONTREAL + RUNAWAY_ZONE, ("2024-07-05", "09h30")),
        ("DTSTART;TZID=Foo:20240305T093000", MONTREAL, ("2024-03-05", "09h30")),
        ("DTSTART:20240305T093000", MONTREAL, ("2024-03-05", "09h30")),
        ("DTSTART;VALUE=DATE:20240305", MONTREAL, ("2024-03-05", "")),
        ("DTSTART;TZID=America/Martinique:20240305T190000", "", ("2024-03-05", "19h00")),
    ],
)
def test_a_moment_is_told_by_the_clock_of_its_calendar(start: str, said: str, when: tuple[str, str]) -> None:
    assert hours(calendar(event("UID:1", start, "SUMMARY:GT"), said=said)) == {when}


def test_the_clock_is_that_of_the_partnership_where_the_calendar_has_none(read: Read) -> None:
    ics = calendar(event("UID:1", "DTSTART:20240306T003000Z", "SUMMARY:GT"))

    reading = read({"a.ics": ics}, partnership={"time_zone": "America/Montreal"})

    assert days(reading) == ["2024-03-05"]


def test_a_converted_calendar_says_so_once_and_an_unknown_zone_too(read: Read) -> None:
    several = [event(f"UID:{day}", f"DTSTART:2024030{day}T080000Z", "SUMMARY:GT") for day in (4, 5)]
    odd = event("UID:9", "DTSTART;TZID=Foo:20240306T080000", "SUMMARY:GT")
    plain = calendar(event("UID:1", "DTSTART;TZID=Europe/Paris:20240307T080000", "SUMMARY:GT"))

    reading = read({"a.ics": calendar(*several, odd, said=PARIS), "b.ics": plain})

    assert told(reading) == ["PN122", "PN123"]
    assert set(reading.ledger.remarks["file"]) == {"a.ics"}


# Cancellations ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["SUMMARY:GT", "STATUS:CANCELLED"], ""),
        (["SUMMARY:GT"], "METHOD:CANCEL\r\n"),
        (["SUMMARY:Annulé : GT"], ""),
        (["SUMMARY:GT - reporté au 12 avril"], ""),
    ],
)
def test_a_cancelled_event_is_no_meeting(read: Read, lines: list[str], said: str) -> None:
    other = calendar(event("UID:2", "DTSTART:20240412T080000", "SUMMARY:COPIL"))

    reading = read({"a.ics": calendar(event("UID:1", "DTSTART:20240305T080000", *lines), said=said), "b.ics": other})

    assert days(reading) == ["2024-04-12"]
    assert reading.ledger.ignored["code"].to_list() == ["PN124"]


def test_a_cancelled_day_of_a_series_costs_that_day_alone(read: Read) -> None:
    series = event("UID:1", "DTSTART;TZID=Europe/Paris:20240305T090000", "SUMMARY:GT", "RRULE:FREQ=WEEKLY;COUNT=3")
    day = event("UID:1", "RECURRENCE-ID:20240312T080000Z", "DTSTART:20240312T080000Z", "STATUS:CANCELLED", "SUMMARY:GT")

    assert days(read({"a.ics": calendar(series, day)})) == ["2024-03-05", "2024-03-19"]


def test_a_message_that_cancels_cancels_the_invitation_beside_it(read: Read) -> None:
    asked = calendar(event("UID:1", "SEQUENCE:0", "DTSTART:20240305T080000", "SUMMARY:GT"), said="METHOD:REQUEST\r\n")
    off = calendar(event("UID:1", "SEQUENCE:1", "DTSTART:20240305T080000", "SUMMARY:GT"), said="METHOD:CANCEL\r\n")
    other = calendar(event("UID:2", "DTSTART:20240412T080000", "SUMMARY:COPIL"))

    assert days(read({"a.ics": asked + off + other})) == ["2024-04-12"]


def test_of_two_versions_the_newer_counts(read: Read) -> None:
    old = event("UID:1", "SEQUENCE:0", "DTSTART:20240305T080000", "SUMMARY:GT")
    new = event("UID:1", "SEQUENCE:2", "DTSTART:20240307T080000", "SUMMARY:GT")

    reading = read({"a.ics": calendar(new, old)})

    assert days(reading) == ["2024-03-07"]
    assert told(reading) == ["PN128"]


# Recurrences -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RRULE:FREQ=WEEKLY;UNTIL=20250107T235959Z"], (367, "2025-01-07")),
        (["RRULE:FREQ=DAILY;COUNT=600"], (600, "2019-08-24")),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=Europe/Paris:20180120T090000,20180121T090000"], (4, "2018-01-21")),
        (["RDATE;VALUE=PERIOD:20180120T080000Z/PT1H"], (2, "2018-01-20")),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=YEARLY;COUNT=2"], (3, "2019-01-02")),
        (["RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2"], (2, "2018-01-23")),
        (["RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20180109T080000Z", "EXDATE;VALUE=DATE:20180116"], (2, "2018-01-23")),
        (["RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20180430"], (4, "2018-04-03")),
        (["RRULE:FREQ=WEEKLY;BYDAY=TU;WKST=SU;COUNT=3"], (3, "2018-01-16")),
    ],
)
def test_a_recurrence_goes_to_its_stated_end(lines: list[str], expected: tuple[int, str]) -> None:
    found = hours(calendar(event("UID:1", "DTSTART;TZID=Europe/Paris:20180102T090000", "SUMMARY:GT", *lines)))

    assert (len(found), max(day for day, _ in found)) == expected
    assert {mark for _, mark in found} == {"09h00"}


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYHOUR=8,9,10,11,12;BYMINUTE=0,10,20,30,40,50;BYSETPOS=366",
        "FREQ=NEVER",
        "FREQ=MONTHLY;BYDAY=9XX",
    ],
)
def test_an_absurd_recurrence_leaves_the_first_day_and_is_told(read: Read, rule: str) -> None:
    reading = read({"a.ics": calendar(event("UID:1", "DTSTART:20240305T090000", "SUMMARY:GT", f"RRULE:{rule}"))})

    assert days(reading) == ["2024-03-05"]
    assert told(reading) == ["PN049"]


def test_a_recurrence_that_goes_too_far_is_cut_and_told(read: Read) -> None:
    ics = calendar(event("UID:1", "DTSTART:20240305T090000", "SUMMARY:GT", "RRULE:FREQ=DAILY;COUNT=9000"))

    reading = read({"a.ics": ics})

    assert len(reading.records.meetings) == MOST_OCCURRENCES
    assert told(reading) == ["PN125"]


def test_a_calendar_gives_no_more_invitations_than_memory_holds() -> None:
    guests = "\r\n".join(f"ATTENDEE:mailto:g{number}@x.fr" for number in range(50))
    daily = "RRULE:FREQ=DAILY;COUNT=3000"
    events = [event(f"UID:{n}", "DTSTART:20240305T090000", f"SUMMARY:GT {n}", daily, guests=guests) for n in range(2)]

    batch = calendar_batch("a.ics", calendar(*events))

    assert len(batch.tables["attendance"]) == MOST_ROWS
    assert batch.findings.frames()[2]["code"].to_list() == ["PN125"]


def test_an_endless_series_is_followed_to_the_day_the_calendar_was_written(read: Read) -> None:
    endless = event("UID:1", "DTSTAMP:20240201T000000Z", "DTSTART;VALUE=DATE:20180115", "SUMMARY:GT", "RRULE:FREQ=YEARLY")

    reading = read({"a.ics": calendar(endless)})

    assert days(reading) == [f"{year}-01-15" for year in range(2018, 2025)]
    assert told(reading) == ["PN062"]


def test_a_series_recurs_by_the_clock_of_its_place(read: Read) -> None:
    weekly = event("UID:1", "DTSTART:20240306T003000Z", "SUMMARY:GT", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2")
    universal = event("UID:2", "DTSTART:20240305T233000Z", "SUMMARY:COPIL", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2")

    assert days(read({"a.ics": calendar(weekly, said=MONTREAL)})) == ["2024-03-05", "2024-03-12"]
    assert {day for day, _ in hours(calendar(universal, said=PARIS))} == {"2024-03-06", "2024-03-13"}


def test_all_following_days_of_a_series_move_together(read: Read) -> None:
    series = event("UID:1", "DTSTART;TZID=Europe/Paris:20240305T090000", "SUMMARY:GT", "RRULE:FREQ=WEEKLY;COUNT=4")
    moved = event(
        "UID:1",
        "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20240319T090000",
        "DTSTART;TZID=Europe/Paris:20240320T140000",
        "SUMMARY:GT",
    )

    assert days(read({"a.ics": calendar(series, moved)})) == ["2024-03-05", "2024-03-12", "2024-03-20", "2024-03-27"]


# Guests ----------------------------------------------------------------------------------------------------------------


def test_guests_are_people_with_their_organisations_and_rooms_are_none(read: Read) -> None:
    guests = "\r\n".join(  # noqa: FLY002 (a calendar is lines)
        (
            'ATTENDEE;CN="MORVAN Lise (CAF)":mailto:lise@caf.example',
            'ATTENDEE;CN="TANGUY, Marc (Externe)";PARTSTAT=DECLINED:mailto:marc@ml.example',
            'ATTENDEE;CN="paul.riou@x.example":mailto:paul.riou@x.example',
            "ATTENDEE;CN=Zoe Le Gall;EMAIL=zoe@x.example:/o=Exchange/cn=zoe",
            "ATTENDEE;CUTYPE=ROOM;CN=Salle 1:mailto:salle@x.example",
            "ATTENDEE;CUTYPE=INDIVIDUAL;CN=Salle 2:mailto:c_1@resource.calendar.google.com",
        )
    )
    reading = read({"a.ics": calendar(event("UID:1", "DTSTART:20240305T090000", "SUMMARY:GT", guests=guests))})

    names = set(zip(reading.records.actors["name"], reading.records.actors["kind"], strict=True))
    assert names == {
        ("Lise Morvan", "person"),
        ("CAF", "organisation"),
        ("Marc Tanguy", "person"),
        ("paul.riou@x.example", "person"),
        ("Zoe Le Gall", "person"),
    }


def test_tasks_are_no_meetings_and_counted(read: Read) -> None:
    task = "BEGIN:VTODO\r\nUID:7\r\nSUMMARY:Relancer\r\nEND:VTODO\r\n"

    reading = read({"a.ics": calendar(task, event("UID:1", "DTSTART:20240305T090000", "SUMMARY:GT"))})

    assert told(reading) == ["PN061"]


def test_a_letter_cut_by_folding_is_made_whole(read: Read) -> None:
    ics = calendar(event("UID:1", "DTSTART:20240305T090000", "SUMMARY:Réseau santé"))
    place = ics.index("é".encode()) + 1

    reading = read({"a.ics": ics[:place] + b"\r\n " + ics[place:]})

    assert reading.records.meetings["title"].to_list() == ["Réseau santé"]
