"""What programs export: bookings, calls, tasks and polls look like lists of who came, and seldom are."""

from collections.abc import Callable

import pytest

from partnet_analysis.errors import InputError
from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.cells.statuses import meaning_of
from partnet_analysis.records.cells.vocabulary import header_roles

Read = Callable[..., Reading]
Attended = Callable[[Reading], set[tuple[str, str, str, str, str]]]


@pytest.fixture
def seen(attended: Attended) -> Callable[[Reading], set[tuple[str, str, str]]]:
    """Tell the day, the person and the status of each line of attendance."""
    return lambda reading: {(day, who, status) for day, _, who, _, status in attended(reading)}


Seen = Callable[[Reading], set[tuple[str, str, str]]]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("joinedTime", "arrival"),
        ("FullName", "person"),
        ("LinkedIn", "unused"),
        ("Employer Name", "organisation"),
        ("Organization 1 - Name", "organisation"),
        ("Nom payeur", "unused"),
        ("Order Status", "unused"),
        ("Adresse email (Contact) (Relation)", "email"),
        ("Sens", "direction"),
    ],
)
def test_headers_of_programs_are_known_by_how_they_are_made(header: str, role: str) -> None:
    assert max(header_roles(header).items(), key=lambda item: item[1])[0] == role


def test_a_moodle_mark_keeps_its_meaning_with_points_behind() -> None:
    assert [meaning.status for text in ("P (2/2)", "L (1/2)", "E (1/2)", "A (0/2)") if (meaning := meaning_of(text))] == [
        "present",
        "present",
        "excused",
        "absent",
    ]


@pytest.mark.parametrize(
    "text", ["Je ne pourrai pas", "Non, je ne serai pas présente", "Sorry, I can't make it", "I won't be there"]
)
def test_a_refusal_in_a_sentence_is_a_refusal(text: str) -> None:
    assert meaning_of(text) == meaning_of("declined")


@pytest.mark.parametrize("text", ["Je ne pourrai pas rester jusqu'à la fin", "I can't wait"])
def test_a_sentence_that_says_something_else_is_none(text: str) -> None:
    assert meaning_of(text) is None


def test_a_contact_is_turned_round_where_the_partner_called(read: Read) -> None:
    text = (
        "Date;Sens;Agent;Partenaire;Moyen\n02/02/2025;Sortant;Ville;MJC;Téléphone\n03/02/2025;Entrant;Ville;CCAS;Téléphone\n"
        "04/02/2025;de biais;Ville;CCAS;Téléphone\n"
    )

    reading = read({"journal des contacts.csv": text})

    assert reading.records.contacts[["source_id", "target_id"]].to_numpy().tolist() == [["ville", "mjc"], ["ccas", "ville"]]
    assert reading.ledger.rejects[["cell", "code"]].to_numpy().tolist() == [["B4", "PN191"]]


def test_a_contact_that_is_planned_or_cancelled_is_left_aside_and_told(read: Read) -> None:
    text = (
        "Activity Type,Subject,Added by,With Contact,Activity Date,Activity Status\n"
        "Phone Call,Grant,Town,Harbour Trust,2024-03-05,Completed\n"
        "Phone Call,Chase,Town,Moorside School,2024-04-02,Scheduled\n"
        "Phone Call,Forum,Town,Kestrel College,2024-03-20,Cancelled\n"
    )

    reading = read({"Activities.csv": text})

    assert reading.records.contacts[["source_id", "target_id"]].to_numpy().tolist() == [["town", "harbour-trust"]]
    assert reading.ledger.ignored["code"].to_list() == ["PN190", "PN190"]


def test_a_log_of_events_gives_those_who_joined_once_on_each_day(read: Read, seen: Seen) -> None:
    text = (
        "Date,Time,Room,User,Event\n2024-03-05,11:25,Youth,,Meeting has started.\n"
        "2024-03-05,11:27,Youth,Laura Biancone,User joined the meeting.\n"
        "2024-03-05,11:40,Youth,Laura Biancone,User left the meeting.\n"
        "2024-03-12,09:03,Youth,Marta Verdone,User joined the meeting.\n"
    )

    assert seen(read({"room.csv": text})) == {
        ("2024-03-05", "Laura Biancone", "present"),
        ("2024-03-12", "Marta Verdone", "present"),
    }


def test_who_stays_in_the_waiting_room_is_not_there_and_a_device_bears_its_owners_name(read: Read, seen: Seen) -> None:
    text = (
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room\n"
        "iPhone (Rosa Whitcombe),,2024-10-15 18:20,2024-10-15 18:59,39,Yes,No\n"
        "Annie (Anna Lee),,2024-10-15 18:21,2024-10-15 18:59,38,Yes,No\n"
        "Tom Park,,2024-10-15 18:22,2024-10-15 18:59,37,Yes,Yes\n"
    )

    reading = read({"participants.csv": text})

    assert seen(reading) == {("2024-10-15", "Rosa Whitcombe", "present"), ("2024-10-15", "Anna Lee", "present")}
    assert "PN192" in reading.ledger.ignored["code"].to_list()


def test_of_two_columns_of_addresses_the_one_behind_the_name_is_the_persons(read: Read, seen: Seen) -> None:
    text = (
        "Topic,User Name,User Email,Name,User Email,Join Time,Leave Time\n"
        "Board,Office,o@x.example,Rosa Whitcombe,r@x.example,2024-10-15 18:20,2024-10-15 18:59\n"
        "Board,Office,o@x.example,Anna Lee,a@x.example,2024-10-15 18:21,2024-10-15 18:59\n"
    )

    assert seen(read({"report.csv": text})) == {
        ("2024-10-15", "Rosa Whitcombe", "present"),
        ("2024-10-15", "Anna Lee", "present"),
    }


def test_a_booking_is_an_invitation_and_what_was_checked_in_a_presence(read: Read, seen: Seen) -> None:
    booked = (
        "Commande;Date de la commande;Nom participant;Prénom participant;Nom payeur;Billet;Tarif\n"
        "1;01/08/2024;Riou;Lise;Riou;x;0\n"
    )
    checked = (
        "Order #,Order Date,First Name,Last Name,Quantity,Ticket Type,Event Name,Event Date,Checked In\n"
        "1001,2024-09-26,Ana,Figueira,1,Free,Jobs Breakfast,2024-10-03,No\n"
        "1002,2024-09-26,Bo,Lindqvist,1,Free,Jobs Breakfast,2024-10-03,Yes\n"
    )

    assert seen(read({"export-forum-14-septembre-2024.csv": booked, "report.csv": checked})) == {
        ("2024-09-14", "Lise Riou", "unknown"),
        ("2024-10-03", "Ana Figueira", "absent"),
        ("2024-10-03", "Bo Lindqvist", "present"),
    }


def test_the_day_in_the_title_of_an_event_goes_before_that_of_the_export(read: Read, seen: Seen) -> None:
    event = "Petit déjeuner du 3 octobre 2024"
    text = f"Contact,Événement,Email\nLise Riou,{event},l@x.example\nMarc Tanguy,{event},m@x.example\n"

    assert {day for day, _, _ in seen(read({"Inscriptions confirmées 24-09-2024.csv": text}))} == {"2024-10-03"}


@pytest.mark.parametrize(
    "rows",
    [
        ["ID;Titre;Statut;Date d'ouverture;Priorité;Demandeur", "4;Écran noir;Clos;2024-11-05;Haute;Jade Le Roux"],
        ["label,nb_visits,nb_actions", "2024-11-04,61,130", "2024-11-05,44,98"],
        ["Nom,Date,Disponibilité", "Lise Riou,2024-11-20,Disponible", "Lise Riou,2024-11-27,Indisponible"],
        ["Où tenir le forum ?,", "Merci de répondre avant le 15 octobre 2024,", "Participants,MJC", "Lise Riou,✔"],
    ],
    ids=["tasks", "statistics", "poll of days", "poll of places"],
)
def test_what_is_no_meeting_is_told_and_not_read(read: Read, rows: list[str]) -> None:
    with pytest.raises(InputError, match="sondage"):
        read({"sondage.csv": "\n".join(rows)})


def test_a_no_to_a_question_of_one_day_is_a_refusal(read: Read, seen: Seen) -> None:
    text = (
        "Horodateur,Nom et prénom,Serez-vous présent(e) le 12 juin 2024 ?\n13/05/2024,Lise Riou,Oui\n"
        "13/05/2024,Marc Tanguy,Non\n"
    )

    assert seen(read({"réponses.csv": text})) == {
        ("2024-06-12", "Lise Riou", "unknown"),
        ("2024-06-12", "Marc Tanguy", "excused"),
    }


def test_a_cancelled_meeting_of_a_list_is_left_aside(read: Read, seen: Seen) -> None:
    text = "Date;Réunion;Nom;Présence\n18/01/2024;Comité;Lise Riou;P\n07/03/2024;ANNULÉ – Comité;Lise Riou;\n"

    reading = read({"suivi.csv": text})

    assert seen(reading) == {("2024-01-18", "Lise Riou", "present")}
    assert reading.ledger.ignored["code"].to_list() == ["PN124"]


def test_a_bare_address_is_the_organisation_it_was_written_with(read: Read) -> None:
    one = b"From: Service insertion <i@x.example>\nTo: Lise Riou <l@x.example>\nDate: Tue, 04 Mar 2025 10:00:00 +0100\n\n"
    two = b"From: Lise Riou <l@x.example>\nTo: i@x.example\nDate: Wed, 05 Mar 2025 10:00:00 +0100\n\n"

    reading = read({"1.eml": one, "2.eml": two})

    assert set(reading.records.actors["name"]) == {"Service insertion", "Lise Riou"}


def test_a_column_of_marks_under_an_unknown_header_is_told_as_such(read: Read) -> None:
    text = "Nom;Structure;Courriel;Zozo;Marotte\nLise Riou;CAF;l@x.example;x;lecture\nMarc Tanguy;MJC;m@x.example;x;vélo\n"

    remarks = read({"annuaire.csv": text}).ledger.remarks

    assert remarks[["cell", "code"]].to_numpy().tolist() == [["D1", "PN193"], ["E1", "PN042"]]
