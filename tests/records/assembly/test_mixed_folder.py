"""A folder as a service keeps it, nine files of seven kinds, is one partnership: each meeting once, each person once."""

import io
from collections.abc import Callable

import docx
import pytest

from partnet_analysis.records.assembly import Reading
from tests.records.conftest import Read

LISE, MARC, ZOE, PAUL = "Lise Morvan", "Marc Tanguy", "Zoé Riou", "Paul Prat"
EMPLOYERS = {LISE: "CAF", MARC: "Mission locale du Trieux", ZOE: "MJC", PAUL: "Secours populaire"}
ADDRESSES = {
    LISE: "lise.morvan@caf.example",
    MARC: "marc.tanguy@ml.example",
    ZOE: "zoe.riou@mjc.example",
    PAUL: "paul.prat@sp.example",
}
OFFICE = "Service partenariats"
Row = tuple[str, str, str, str]
CAME: set[Row] = {
    ("2024-03-05", LISE, "present", "True"),
    ("2024-03-05", MARC, "present", "True"),
    ("2024-03-05", ZOE, "absent", "True"),
    ("2024-04-18", LISE, "present", ""),
    ("2024-04-18", ZOE, "present", ""),
    ("2024-04-18", PAUL, "excused", ""),
    ("2024-05-16", MARC, "present", "True"),
    ("2024-05-16", ZOE, "present", ""),
    ("2024-05-16", PAUL, "unknown", "True"),
    ("2024-09-24", LISE, "present", ""),
    ("2024-09-24", PAUL, "present", ""),
    ("2024-09-24", MARC, "excused", ""),
}


def calendar(title: str, start: str, end: str, *invited: str) -> str:
    """Write a calendar of one meeting."""
    guests = "".join(f"ATTENDEE;CN={name};PARTSTAT=NEEDS-ACTION:mailto:{ADDRESSES[name]}\r\n" for name in invited)
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Agenda//FR\r\nBEGIN:VEVENT\r\n"
        f"UID:{start}@ville.example\r\nDTSTART;TZID=Europe/Paris:{start}\r\nDTEND;TZID=Europe/Paris:{end}\r\n"
        f"SUMMARY:{title}\r\n{guests}END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


def minutes() -> bytes:
    document = docx.Document()
    for line in (
        "Compte rendu du GT Parentalité",
        "18 avril 2024",
        "Présents : Lise Morvan (CAF), Zoé Riou (MJC)",
        "Excusé : Paul Prat (Secours populaire)",
        "Ordre du jour",
        "La CAF présente le bilan de l’année.",
    ):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


TEXT = """Compte rendu du forum des partenaires
Mardi 24 septembre 2024

Présents :
- Mme Lise MORVAN, CAF
- M. Paul PRAT, Secours populaire

Excusés :
- M. Marc TANGUY, Mission locale du Trieux

Relevé de décisions
Le prochain forum aura lieu au printemps.
"""
TEAMS = """1. Résumé
Titre de la réunion\tGT numérique
Participants présents\t2
Heure de début\t16/05/2024 10:00:11
Heure de fin\t16/05/2024 11:30:40

2. Participants
Nom\tPremière connexion\tDernière déconnexion\tDurée de la réunion\tE-mail\tRôle
Marc Tanguy\t16/05/2024 10:00:11\t16/05/2024 11:30:40\t1 h 30 min\tmarc.tanguy@ml.example\tPrésentateur
RIOU Zoé (MJC)\t16/05/2024 10:02:00\t16/05/2024 11:30:02\t1 h 28 min\tzoe.riou@mjc.example\tParticipant
"""
CONTACTS = f"""Date;De;À;Canal;Objet
06/03/2024;{OFFICE};CAF;téléphone;Bilan du COPIL
20/05/2024;{OFFICE};Secours populaire;courriel;Relance
21/05/2024;MJC;{OFFICE};téléphone;Salle
"""
POLL = """Sondage « COPIL d'automne »
;mardi 8 octobre 2024;jeudi 10 octobre 2024
Lise Morvan;Oui;Non
Marc Tanguy;Oui;Si besoin
"""


@pytest.fixture
def reading(read: Read, xlsx: Callable[..., bytes]) -> Reading:
    """The folder, read."""
    signed = [
        ["Feuille d'émargement"],
        ["COPIL CTG"],
        ["Mardi 5 mars 2024, 14h00 - 16h00"],
        [],
        ["Nom", "Prénom", "Structure", "Signature"],
        ["MORVAN", "Lise", "CAF", "LM"],
        ["TANGUY", "Marc", "Mission locale du Trieux", "MT"],
        ["RIOU", "Zoé", "M.J.C.", None],
    ]
    directory = [["Structure", "Nom", "Prénom", "Courriel"]]
    directory += [[EMPLOYERS[name], *reversed(name.split()), ADDRESSES[name]] for name in EMPLOYERS]
    directory += [["Amicale laïque", "", "", "contact@amicale.example"]]
    return read(
        {
            "Agenda COPIL.ics": calendar("COPIL CTG", "20240305T140000", "20240305T160000", LISE, MARC, ZOE),
            "Agenda numérique.ics": calendar("GT numérique", "20240516T100000", "20240516T113000", MARC, PAUL),
            "COPIL/COPIL CTG - émargement.xlsx": xlsx({"Émargement": signed}),
            "CR GT Parentalité.docx": minutes(),
            "CR forum.txt": TEXT,
            "Suivi contacts 2024.csv": CONTACTS,
            "Annuaire.xlsx": xlsx({"Annuaire": directory}),
            "GT numérique - Rapport de présence.csv": TEAMS.encode("utf-16"),
            "Dates COPIL automne.csv": POLL,
        }
    )


def test_each_meeting_is_held_once(reading: Reading) -> None:
    meetings = reading.records.meetings
    held = sorted((str(day.date()), title) for day, title in zip(meetings["day"], meetings["title"], strict=True))

    assert [day for day, _ in held if day != "2024-10-08"] == ["2024-03-05", "2024-04-18", "2024-05-16", "2024-09-24"]
    assert [title for _, title in held][:4] == ["COPIL CTG", "GT Parentalité", "GT numérique", "forum des partenaires"]


def test_everybody_was_where_they_were(reading: Reading) -> None:
    records = reading.records
    names = dict(zip(records.actors["actor_id"], records.actors["name"], strict=True))
    days = dict(zip(records.meetings["meeting_id"], records.meetings["day"].dt.date.astype(str), strict=True))
    rows = records.attendance.assign(invited=records.attendance["invited"].astype("object").fillna("").astype(str))

    came = {
        (days[row["meeting_id"]], names[row["actor_id"]], row["status"], row["invited"])
        for row in rows.to_dict("records")
        if days[row["meeting_id"]] != "2024-10-08"
    }

    assert came == CAME


def test_nobody_comes_of_a_poll(reading: Reading) -> None:
    records = reading.records
    slots = records.meetings[records.meetings["day"].dt.year.eq(2024) & records.meetings["day"].dt.month.eq(10)]
    rows = records.attendance[records.attendance["meeting_id"].isin(slots["meeting_id"])]

    assert set(rows["status"]) <= {"unknown"}


def test_everybody_is_there_once_with_their_organisation(reading: Reading) -> None:
    actors = reading.records.actors
    names = dict(zip(actors["actor_id"], actors["name"], strict=True))
    persons = actors[actors["kind"] == "person"]

    assert dict(zip(persons["name"], persons["organisation_id"].map(names), strict=True)) == EMPLOYERS
    assert set(actors["name"]) - set(persons["name"]) == {*EMPLOYERS.values(), OFFICE, "Amicale laïque"}


def test_who_reached_out_is_known(reading: Reading) -> None:
    records = reading.records
    names = dict(zip(records.actors["actor_id"], records.actors["name"], strict=True))
    contacts = zip(records.contacts["source_id"].map(names), records.contacts["target_id"].map(names), strict=True)

    assert sorted(contacts) == [("MJC", OFFICE), (OFFICE, "CAF"), (OFFICE, "Secours populaire")]


def test_all_nine_files_are_accounted_for_to_the_row(reading: Reading) -> None:
    counts = reading.ledger.accounting

    assert counts["file"].nunique() == 9
    assert (counts["rows"] == counts[["kept", "rejected", "ignored"]].sum(axis="columns")).all()
    assert counts["rejected"].sum() == 0
