"""Calendars exported as CSV, as the programs of several countries write them."""

import pytest

from tests.records.conftest import Read

INVITED = '"Morvan, Lise (CAF); Tanguy, Marc (Externe)",Riou Paul'
FRENCH = (
    "Objet,Début,Début,Fin,Fin,Journée entière,Organisateur d'une réunion,Participants obligatoires,"
    "Participants facultatifs\n"
)
ENGLISH = (
    "Subject,Start Date,Start Time,End Date,End Time,All day event,Meeting Organizer,Required Attendees,Optional Attendees\n"
)


@pytest.mark.parametrize(
    ("text", "day", "length"),
    [
        (f"{FRENCH}COPIL,05/03/2024,09:00:00,05/03/2024,11:30:00,Faux,Coord,{INVITED}\n", "2024-03-05", 2.5),
        (f"{FRENCH}COPIL,05/03/2024,00:00:00,06/03/2024,00:00:00,Vrai,Coord,{INVITED}\n", "2024-03-05", 0),
        (f"{ENGLISH}COPIL,3/5/2024,9:00:00 AM,3/5/2024,1:30:00 PM,False,Coord,{INVITED}\n", "2024-03-05", 4.5),
        (f"{ENGLISH}COPIL,3/25/2024,9:00,3/25/2024,10:00,False,Coord,{INVITED}\n", "2024-03-25", 1),
        (f"{ENGLISH}COPIL,25/3/2024,9:00 AM,25/3/2024,10:00 AM,False,Coord,{INVITED}\n", "2024-03-25", 1),
        (f"{ENGLISH}COPIL,05/03/2024,09:00,05/03/2024,10:00,False,Coord,{INVITED}\n", "2024-03-05", 1),
        (f"{ENGLISH}COPIL,2024-03-05,09:00:00,2024-03-07,17:00:00,False,Coord,{INVITED}\n", "2024-03-05", 0),
        (
            (
                "Objet;Date de début;Heure de début;Date de fin;Heure de fin;Participants obligatoires;"
                f"Participants facultatifs\nCOPIL;05/03/2024;9 h 00;05/03/2024;10 h 30;{INVITED.replace(',Riou', ';Riou')}\n"
            ),
            "2024-03-05",
            1.5,
        ),
        (
            (
                "Title,Start,End,Organizer,Guests\nCOPIL,2024-03-05 09:00,2024-03-05 10:00,,"
                '"Morvan, Lise (CAF); Tanguy, Marc (Externe); Riou Paul"\n'
            ),
            "2024-03-05",
            1,
        ),
    ],
)
def test_an_export_gives_invitations(read: Read, text: str, day: str, length: float) -> None:
    records = read({"a.csv": text.encode("cp1252")}).records

    assert records.meetings["day"].dt.strftime("%Y-%m-%d").to_list() == [day]
    assert records.meetings["duration_hours"].fillna(0).to_list() == [length]
    names = dict(zip(records.actors["actor_id"], records.actors["name"], strict=True))
    employers = dict(zip(records.actors["actor_id"], records.actors["organisation_id"], strict=True))
    assert {(names[actor], str(names.get(employers[actor], ""))) for actor in records.attendance["actor_id"]} == {
        ("Lise Morvan", "CAF"),
        ("Marc Tanguy", ""),
        ("Riou Paul", ""),
    }
    assert set(records.attendance["status"]) == {"unknown"}


def test_cancelled_meetings_and_appointments_without_guests_are_left_aside_for_a_reason(read: Read) -> None:
    text = (
        f"{FRENCH}COPIL,05/03/2024,09:00:00,05/03/2024,11:30:00,Faux,Coord,{INVITED}\n"
        f"Annulé: COPIL,12/04/2024,09:00:00,12/04/2024,11:30:00,Faux,Coord,{INVITED}\n"
        "Dentiste,13/04/2024,09:00:00,13/04/2024,11:30:00,Faux,,,\n"
    )

    reading = read({"a.csv": text})

    assert reading.records.meetings["day"].dt.strftime("%Y-%m-%d").to_list() == ["2024-03-05"]
    assert reading.ledger.ignored["code"].to_list() == ["PN124", "PN061"]


def test_addresses_between_commas_are_people(read: Read) -> None:
    text = 'Title,Start,End,Attendees\nCOPIL,2024-03-05T09:00:00,2024-03-05T10:00:00,"a@x.fr, b@y.fr"\n'

    assert len(read({"a.csv": text}).records.attendance) == 2


def test_an_export_without_guests_is_a_calendar_left_aside_line_by_line(read: Read) -> None:
    text = "Subject,Start Date,Start Time,End Date,End Time,All Day Event,Description\nGT,03/05/2024,9:00 AM,,,False,x\n"
    other = "Date;Heure;Réunion;Nom;Structure;Présence\n05/03/2024;9h00;COPIL CTG;Lise Morvan;CAF;P\n"

    reading = read({"google.csv": text, "z.csv": other})

    assert reading.ledger.ignored["code"].to_list() == ["PN061"]
