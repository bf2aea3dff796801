"""Each shape that records come in: a file like the real thing, and the truth that must be read of it."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder

_DATA = Path(__file__).parents[3].parent / "shared/data"
needs_data = pytest.mark.skipif(not _DATA.is_dir(), reason="the real data sets are not beside the project")

Read = Callable[..., Reading]
Attended = Callable[[Reading], set[tuple[str, str, str, str, str]]]
Account = Callable[[Reading], dict[str, tuple[str, int, int, int, int]]]
Write = Callable[..., bytes]

ANNE, JEAN, LEA, ZOE = "Anne Bruneteau", "Jean Martin", "Léa Dupont", "Zoé Durand"

LIST: list[list[Any]] = [
    ["Liste des présences 2025"],
    [],
    ["NOM", "Prénom", "Structure", "Date", "Réunion", "Présence"],
    ["BRUNETEAU", "Anne", "MJC", date(2025, 3, 14), "GT Santé", "Présente"],
    ["Martin", "Jean", "Mission locale", date(2025, 3, 14), "GT Santé", "Exc."],
    ["MARTIN", "Jean", "MISSION LOCALE", date(2025, 3, 21), "GT Santé", "P"],
    ["Dupont", "Léa", "CCAS", date(2025, 3, 21), "GT Santé", "absent(e)"],
    ["Durand", "Zoé", None, date(2025, 3, 21), "GT Santé", "oui"],
    ["Total", None, None, None, None, None],
]
LIST_TRUTH = {
    ("2025-03-14", "GT Santé", ANNE, "MJC", "present"),
    ("2025-03-14", "GT Santé", JEAN, "Mission locale", "excused"),
    ("2025-03-21", "GT Santé", JEAN, "Mission locale", "present"),
    ("2025-03-21", "GT Santé", LEA, "CCAS", "absent"),
    ("2025-03-21", "GT Santé", ZOE, "", "present"),
}


def _as_text(rows: list[list[Any]], delimiter: str) -> str:
    def cell(value: Any) -> str:  # noqa: ANN401 (any plain value)
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")

    return "".join(delimiter.join(map(cell, row)) + "\r\n" for row in rows)


def _as_cells(rows: list[list[Any]]) -> list[list[Any]]:
    return [[cell if cell is not None else "" for cell in row] for row in rows]


# 1. Long tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_reads_the_same_in_every_encoding(read: Read, attended: Attended, encoding: str, delimiter: str) -> None:
    reading = read({"présences.csv": _as_text(LIST, delimiter).encode(encoding)})

    assert attended(reading) == LIST_TRUTH


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_list_reads_the_same_in_every_workbook(  # noqa: PLR0913, PLR0917 (fixtures)
    read: Read, attended: Attended, account: Account, xlsx: Write, xls: Write, ods: Write, suffix: str
) -> None:
    write = {"xlsx": xlsx, "xls": xls, "ods": ods}[suffix]

    reading = read({f"présences.{suffix}": write({"Feuil1": _as_cells(LIST)})})

    assert attended(reading) == LIST_TRUTH
    assert account(reading) == {f"présences.{suffix} › Feuil1": ("attendance_list", 7, 5, 0, 2)}


def test_an_english_list_has_names_in_one_column_and_ticks(read: Read, attended: Attended) -> None:
    text = (
        "Attendee,Organization,Meeting date,Meeting,Attended\n"
        "Ms Ann Lee,Library,14 March 2025,Board,X\nLEE Ann,LIBRARY,2 May 2025,Board,x\nBob Roe,School,14 March 2025,Board,\n"
    )

    assert attended(read({"list.csv": text})) == {
        ("2025-03-14", "Board", "Ann Lee", "Library", "present"),
        ("2025-05-02", "Board", "Ann Lee", "Library", "present"),
        ("2025-03-14", "Board", "Bob Roe", "School", "absent"),
    }


def test_a_column_of_its_own_may_say_excused(read: Read, attended: Attended) -> None:
    text = (
        "Nom;Structure;Date;Présent;Excusé\nAnne B;MJC;14/03/2025;x;\nJean M;CCAS;14/03/2025;;x\nLéa D;CPAM;14/03/2025;;\n"
    )

    assert {(row[2], row[4]) for row in attended(read({"gt.csv": text}))} == {
        ("Anne B", "present"),
        ("Jean M", "excused"),
        ("Léa D", "absent"),
    }


def test_a_list_without_statuses_lists_those_present_and_says_so(read: Read) -> None:
    reading = read({"gt.csv": "Nom;Structure;Date;Réunion\nAnne B;MJC;14/03/2025;GT\n"})

    assert reading.records.attendance["status"].to_list() == ["present"]
    assert reading.ledger.remarks["code"].to_list() == ["PN048"]


def test_faults_of_a_list_are_told_at_their_cells(read: Read, account: Account) -> None:
    text = (
        "Nom;Structure;Date;Réunion;Statut\n"
        "Anne B;MJC;31/02/2025;GT;P\nJean M;CCAS;14/03/2025;GT;peut-être\n;;14/03/2025;GT;P\nLéa D;MJC;31/02/2025;GT;P\n"
        "#N/A;#N/A;14/03/2025;GT;P\n"
    )

    reading = read({"gt.csv": text})

    rejects = reading.ledger.rejects
    assert list(zip(rejects["cell"], rejects["code"], strict=True)) == [
        ("C2", "PN011"),
        ("E3", "PN012"),
        ("A4", "PN010"),
        ("A5", "PN027"),
        ("A6", "PN023"),
    ]
    assert account(reading)["gt.csv"] == ("attendance_list", 5, 0, 5, 0)


@needs_data
def test_toronto_reads_straight_from_its_csv(tmp_path: Path) -> None:
    (tmp_path / "attendance.csv").write_bytes((_DATA / "toronto/attendance.csv").read_bytes())

    reading = read_folder(tmp_path, Config())

    records, ledger = reading.records, reading.ledger
    assert (len(records.actors), len(records.meetings), len(records.attendance)) == (28, 808, 6105)
    assert records.meetings["series"].nunique() == 46
    assert ledger.ignored["code"].value_counts().to_dict() == {"PN050": 5, "PN051": 1}
    assert set(ledger.remarks["code"]) == {"PN043", "PN054", "PN055"}
    assert any("Metrolinx’s" in title for title in records.meetings["title"])
    counts = ledger.accounting[["rows", "kept", "rejected", "ignored"]]
    assert counts.to_numpy().tolist() == [[6111, 6105, 0, 6]]


# 2. Wide grids -------------------------------------------------------------------------------------------------------


def test_a_grid_under_merged_months_reads_marks_and_legend(
    read: Read, attended: Attended, account: Account, xlsx: Write
) -> None:
    rows = [
        ["Présences GT Emploi 2025"],
        ["P = présent, E = excusé, A = absent"],
        ["Nom", "Structure", "Janvier", None, "Février", "Total"],
        [None, None, 14, 28, 11, None],
        ["Anne Bruneteau", "M.J.C.", "P", "E", "P", 2],
        ["Collège associations"],
        ["DUPONT Léa", "CCAS", "A", None, "P", 1],
        ["Zoé Durand", "CPAM", "??", "P", None, 1],
        ["Total présents", None, 1, 1, 2, None],
    ]

    reading = read({"grille.xlsx": xlsx({"Feuil1": rows}, {"Feuil1": ["C3:D3"]})})

    title = "GT Emploi"
    assert attended(reading) == {
        ("2025-01-14", title, ANNE, "M.J.C.", "present"),
        ("2025-01-28", title, ANNE, "M.J.C.", "excused"),
        ("2025-02-11", title, ANNE, "M.J.C.", "present"),
        ("2025-01-14", title, LEA, "CCAS", "absent"),
        ("2025-02-11", title, LEA, "CCAS", "present"),
        ("2025-01-28", title, ZOE, "CPAM", "present"),
    }
    assert reading.ledger.rejects[["cell", "value", "code"]].to_numpy().tolist() == [["C8", "??", "PN166"]]
    assert account(reading)["grille.xlsx › Feuil1"] == ("attendance_grid", 11, 6, 1, 4)


def test_a_grid_has_days_inside_texts_and_twice_the_same_day(read: Read, attended: Attended) -> None:
    text = (
        "Comité;;;\nParticipant;2014-01-20 (Mairie) – Taluyers;2014-02-03;2014-02-03\n"
        "Anne Bruneteau;X;;1\nJean Martin;0;X;\nRemarques : vide = absent;;;\n"
    )

    reading = read({"suivi.csv": text})

    assert {(row[0], row[2], row[4]) for row in attended(reading)} == {
        ("2014-01-20", ANNE, "present"),
        ("2014-02-03", ANNE, "absent"),
        ("2014-02-03", ANNE, "present"),
        ("2014-01-20", JEAN, "absent"),
        ("2014-02-03", JEAN, "present"),
        ("2014-02-03", JEAN, "absent"),
    }
    assert reading.records.meetings["day"].dt.strftime("%d/%m").to_list() == ["20/01", "03/02", "03/02"]
    assert "Comité Mairie) – Taluyers" in set(reading.records.meetings["title"])


def test_an_empty_cell_of_a_grid_is_no_member_unless_the_configuration_says_otherwise(read: Read) -> None:
    text = "Nom;14/03/2025;21/03/2025\nAnne B;X;\nJean M;;X\n"

    assert len(read({"g.csv": text}).records.attendance) == 2
    reading = read({"g.csv": text}, sources=[{"file": "g.csv", "blank": "absent", "statuses": {"X": "excused"}}])
    assert sorted(reading.records.attendance["status"]) == ["absent", "absent", "excused", "excused"]


def test_a_grid_of_a_school_year_turns_the_year_over(read: Read) -> None:
    text = "Réunions 2024-2025;;;\nNom;12/09;14/11;16/01\nAnne B;X;X;X\n"

    days = read({"g.csv": text}).records.meetings["day"]

    assert days.dt.strftime("%Y-%m-%d").to_list() == ["2024-09-12", "2024-11-14", "2025-01-16"]


def test_a_member_without_any_mark_is_on_the_roster(read: Read, account: Account) -> None:
    reading = read({"g.csv": "Nom;14/03/2025;21/03/2025\nAnne Bruneteau;X;\nJean Martin;;\n"})

    assert reading.records.actors["name"].to_list() == [ANNE, JEAN]
    assert account(reading)["g.csv"] == ("attendance_grid", 2, 2, 0, 0)


# 3. Sign-in sheets ---------------------------------------------------------------------------------------------------

SIGN_IN = [
    ["Feuille d'émargement"],
    ["Date : 14 mars 2025", None, "Horaire : 14h-16h30"],
    ["Objet : Atelier parentalité"],
    ["Lieu :", "Mairie", None],
    ["Animateur :", "Zoé Durand (Ville)"],
    ["Nom et prénom", "Structure", "Signature"],
    ["Anne Bruneteau", "MJC", "x"],
    ["MARTIN Jean", "Mission Locale", "signé"],
    ["Marie Curie", "CPAM", None],
    ["Excusés :"],
    ["Léa Dupont", "CCAS"],
    ["Absents : Al Doe (Régie), Bo Roe"],
]


def test_a_sheet_for_each_meeting_reads_title_block_signatures_and_excused(
    read: Read, attended: Attended, account: Account, xlsx: Write
) -> None:
    second = [["Atelier parentalité"], ["Nom", "Prénom", "Organisme", "Émargement"], ["Bruneteau", "Anne", "M.J.C.", "X"]]

    reading = read({"Émargements 2025.xlsx": xlsx({"14 mars": SIGN_IN, "4 avril": second})})

    title = "Atelier parentalité"
    assert attended(reading) == {
        ("2025-03-14", title, ANNE, "MJC", "present"),
        ("2025-03-14", title, JEAN, "Mission Locale", "present"),
        ("2025-03-14", title, "Marie Curie", "CPAM", "absent"),
        ("2025-03-14", title, LEA, "CCAS", "excused"),
        ("2025-03-14", title, "Al Doe", "Régie", "absent"),
        ("2025-03-14", title, "Bo Roe", "", "absent"),
        ("2025-04-04", title, ANNE, "MJC", "present"),
    }
    meeting = reading.records.meetings.iloc[0]
    assert (meeting["duration_hours"], meeting["convener_id"]) == (2.5, "zoe-durand")
    assert account(reading)["Émargements 2025.xlsx › 14 mars"] == ("sign_in_sheet", 11, 5, 0, 6)


def test_a_sheet_that_nobody_signed_says_nothing_of_presence(read: Read) -> None:
    reading = read({"Réunion 14-03-2025.csv": "Name;Organisation;Signature\nAnn Lee;Library;\nBob Roe;School;\n"})

    assert reading.records.attendance["status"].to_list() == ["unknown", "unknown"]
    assert "PN058" in set(reading.ledger.remarks["code"])


# 4. Minutes ----------------------------------------------------------------------------------------------------------


def test_minutes_read_two_columns_with_their_apologies(read: Read, attended: Attended, xlsx: Write) -> None:
    rows = [
        ["Health Board – 6 May 2025"],
        ["Members", "Officials"],
        ["Ann Lee\nLibrary", "Dr Sam Roe (part)"],
        ["Cllr John Poe", "Kim Day (joining at 2:30)"],
        [None, None],
        ["Apologies", "Apologies"],
        ["Eve Moe (School)", "Al Doe"],
        ["1. Minutes of the last meeting were agreed"],
    ]

    reading = read({"minutes.xlsx": xlsx({"Sheet1": rows})})

    assert attended(reading) == {
        ("2025-05-06", "Health Board", "Ann Lee", "Library", "present"),
        ("2025-05-06", "Health Board", "John Poe", "", "present"),
        ("2025-05-06", "Health Board", "Sam Roe", "", "present"),
        ("2025-05-06", "Health Board", "Kim Day", "", "present"),
        ("2025-05-06", "Health Board", "Eve Moe", "School", "excused"),
        ("2025-05-06", "Health Board", "Al Doe", "", "excused"),
    }


def test_french_minutes_have_sections_in_one_cell_or_below(read: Read, attended: Attended) -> None:
    text = (
        "Compte rendu du comité de pilotage\nRéunion du 6 mai 2025\n"
        "Étaient présents :\nAnne Bruneteau (MJC)\nMme Léa Dupont – CCAS\n\n"
        '"Étaient excusés : Jean Martin (Mission locale), Zoé Durand"\nOrdre du jour : budget\n'
    )

    assert {(row[2], row[3], row[4]) for row in attended(read({"CR.txt": text}))} == {
        (ANNE, "MJC", "present"),
        (LEA, "CCAS", "present"),
        (JEAN, "Mission locale", "excused"),
        (ZOE, "", "excused"),
    }


def test_names_may_stand_beside_their_heading(read: Read, attended: Attended) -> None:
    text = "COPIL du 6 mai 2025;\nPrésents :;Anne Bruneteau (MJC), Léa Dupont (CCAS)\nExcusés :;Jean Martin\n"

    assert {(row[2], row[3], row[4]) for row in attended(read({"CR.csv": text}))} == {
        (ANNE, "MJC", "present"),
        (LEA, "CCAS", "present"),
        (JEAN, "", "excused"),
    }


# 5. Packed names -----------------------------------------------------------------------------------------------------


def test_names_packed_in_a_cell_keep_commas_deputies_and_pairs(read: Read, attended: Attended, account: Account) -> None:
    text = (
        "Date,Meeting,Attendees,Apologies\n"
        '12/06/2025,Digital forum,"Jos Creese (Hampshire County Council), '
        'Conn Crawford (for Dave Smith, Sunderland City Council)",A. Lee and B. Roe (DCLG)\n'
        "13/06/2025,Digital forum,,\n"
    )

    reading = read({"meetings held.csv": text})

    title = "Digital forum"
    assert attended(reading) == {
        ("2025-06-12", title, "Jos Creese", "Hampshire County Council", "present"),
        ("2025-06-12", title, "Conn Crawford", "Sunderland City Council", "present"),
        ("2025-06-12", title, "A. Lee", "DCLG", "excused"),
        ("2025-06-12", title, "B. Roe", "DCLG", "excused"),
    }
    assert len(reading.records.meetings) == 2
    assert account(reading)["meetings held.csv"] == ("packed_names", 2, 2, 0, 0)


def test_french_rows_pack_names_between_semicolons(read: Read, attended: Attended, xlsx: Write) -> None:
    rows = [
        ["Date", "Instance", "Présents", "Excusés"],
        [date(2025, 6, 12), "COPIL", "Anne Bruneteau (MJC) ; M. Jean MARTIN (Mission locale)", "Léa Dupont"],
    ]

    assert attended(read({"instances.xlsx": xlsx({"2025": rows})})) == {
        ("2025-06-12", "COPIL", ANNE, "MJC", "present"),
        ("2025-06-12", "COPIL", JEAN, "Mission locale", "present"),
        ("2025-06-12", "COPIL", LEA, "", "excused"),
    }


# 6. Calendars --------------------------------------------------------------------------------------------------------


def _event(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT", ""])


def _calendar(*events: str) -> bytes:
    return ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode()


def test_a_calendar_gives_invitations_and_never_presence(read: Read, attended: Attended, account: Account) -> None:
    series = _event(
        "UID:1",
        "DTSTART;TZID=Europe/Paris:20250314T140000",
        "DTEND;TZID=Europe/Paris:20250314T160000",
        "SUMMARY:GT Santé",
        "RRULE:FREQ=MONTHLY;COUNT=3",
        "EXDATE;TZID=Europe/Paris:20250414T140000",
        "ORGANIZER;CN=Ville:mailto:v@x.fr",
        "ATTENDEE;CN=Anne Bruneteau;PARTSTAT=ACCEPTED:mailto:a@x.fr",
        "ATTENDEE;CN=Jean Martin;PARTSTAT=DECLINED:mailto:j@x.fr",
        "ATTENDEE;CUTYPE=ROOM;CN=Salle 1:mailto:s@x.fr",
    )
    moved = _event(
        "UID:1",
        "RECURRENCE-ID;TZID=Europe/Paris:20250514T140000",
        "DTSTART;TZID=Europe/Paris:20250516T140000",
        "SUMMARY:GT Santé",
        "ATTENDEE;CN=Anne Bruneteau:mailto:a@x.fr",
    )
    dentist = _event("UID:2", "DTSTART;VALUE=DATE:20250315", "SUMMARY:Dentiste")
    broken = _event("UID:3", "DTSTART:soon", "SUMMARY:?", "ATTENDEE;CN=Anne Bruneteau:mailto:a@x.fr")
    called_off = _event("UID:4", "DTSTART:20250601T100000Z", "STATUS:CANCELLED", "ATTENDEE;CN=Anne Bruneteau:mailto:a@x.fr")

    reading = read({"agenda.ics": _calendar(series, moved, dentist, broken, called_off)})

    assert attended(reading) == {
        ("2025-03-14", "GT Santé", ANNE, "", "unknown"),
        ("2025-03-14", "GT Santé", JEAN, "", "excused"),
        ("2025-05-16", "GT Santé", ANNE, "", "unknown"),
    }
    assert reading.records.attendance["invited"].all()
    assert reading.records.meetings["duration_hours"].fillna(0).to_list() == [2.0, 0.0]
    assert account(reading)["agenda.ics"] == ("calendar", 5, 2, 1, 2)


def test_an_endless_recurrence_is_bounded_and_said(read: Read) -> None:
    event = _event("UID:1", "DTSTART:20250106T090000", "SUMMARY:Point", "RRULE:FREQ=DAILY", "ATTENDEE;CN=A B:mailto:a@x.fr")
    odd = _event(
        "UID:2", "DTSTART:20250106T090000", "SUMMARY:Odd", "RRULE:FREQ=MONTHLY;BYDAY=9XX", "ATTENDEE;CN=A B:mailto:a@x.fr"
    )

    reading = read({"a.ics": _calendar(event, odd)})

    assert len(reading.records.meetings) == 3 * 366 + 1 + 1
    assert "PN062" in set(reading.ledger.remarks["code"])


def test_an_outlook_export_gives_invitations(read: Read, attended: Attended, account: Account) -> None:
    text = (
        '"Objet","Date de début","Heure de début","Date de fin","Heure de fin","Organisateur de la réunion",'
        '"Participants obligatoires","Participants facultatifs","Ressources de la réunion"\n'
        '"COPIL","02/07/2025","14:00:00","02/07/2025","15:30:00","Ville","Bruneteau, Anne;jm@x.fr","Jean Martin","Salle 1"\n'
        '"Dentiste","03/07/2025","09:00:00","03/07/2025","10:00:00","","","",""\n'
    )

    reading = read({"outlook.csv": text.encode("cp1252")})

    assert attended(reading) == {
        ("2025-07-02", "COPIL", ANNE, "", "unknown"),
        ("2025-07-02", "COPIL", "jm@x.fr", "", "unknown"),
        ("2025-07-02", "COPIL", JEAN, "", "unknown"),
    }
    assert reading.records.meetings["duration_hours"].to_list() == [1.5]
    assert account(reading)["outlook.csv"] == ("calendar", 2, 1, 0, 1)


def test_american_exports_say_so_in_the_configuration(read: Read) -> None:
    text = "Subject,Start Date,Required Attendees\nBoard,3/4/2025,Ann Lee\n"

    day = read({"o.csv": text}).records.meetings["day"]
    assert day.dt.strftime("%Y-%m-%d").to_list() == ["2025-04-03"]
    day = read({"o.csv": text}, sources=[{"file": "*.csv", "month_first": True}]).records.meetings["day"]
    assert day.dt.strftime("%Y-%m-%d").to_list() == ["2025-03-04"]


def test_an_invitation_and_a_sign_in_sheet_make_one_meeting(read: Read, account: Account, xlsx: Write) -> None:
    event = _event(
        "UID:1",
        "DTSTART;TZID=Europe/Paris:20250314T140000",
        "SUMMARY:Atelier Parentalité",
        "ATTENDEE;CN=Anne Bruneteau:mailto:a@x.fr",
    )

    reading = read({"a.ics": _calendar(event), "e.xlsx": xlsx({"14 mars": SIGN_IN})})

    attendance = reading.records.attendance.set_index("actor_id")
    assert len(reading.records.meetings) == 1
    assert attendance.loc["anne-bruneteau", "status"] == "present"
    assert bool(attendance.loc["anne-bruneteau", "invited"])
    assert account(reading)["a.ics"] == ("calendar", 1, 1, 0, 0)
    assert "PN043" not in set(reading.ledger.remarks["code"])


# 7. Platforms --------------------------------------------------------------------------------------------------------


def test_a_teams_report_counts_everybody_once(read: Read, attended: Attended, account: Account) -> None:
    text = (
        "1. Résumé\nTitre de la réunion\tGT Numérique\nHeure de début\t05/09/2025, 14:00:00\nDurée de la réunion\t1h 30m\n\n"
        "2. Participants\nNom\tPremière connexion\tDernière déconnexion\tDurée\tE-mail\tRôle\n"
        "Anne Bruneteau\t05/09/2025, 14:00:10\t…\t1h 2m\ta@x.fr\tOrganisateur\n"
        "Jean Martin (Mission locale)\t05/09/2025, 14:01:00\t…\t5m\tj@x.fr\tParticipant\n"
        "Jean Martin (Mission locale)\t05/09/2025, 14:11:00\t…\t50m\tj@x.fr\tParticipant\n\n"
        "3. Activités au cours de la réunion\nNom\tHeure\nAnne Bruneteau\t14:00\n"
    )

    reading = read({"teams.csv": text.encode("utf-16")})

    assert attended(reading) == {
        ("2025-09-05", "GT Numérique", ANNE, "", "present"),
        ("2025-09-05", "GT Numérique", JEAN, "Mission locale", "present"),
    }
    meeting = reading.records.meetings.iloc[0]
    assert (meeting["duration_hours"], meeting["convener_id"]) == (1.5, "anne-bruneteau")
    assert account(reading)["teams.csv"] == ("video_report", 10, 2, 0, 8)


def test_an_english_teams_report_has_its_months_first_as_its_hours_prove(read: Read) -> None:
    text = (
        "1. Summary\nMeeting title\tBoard\nStart time\t3/4/25, 2:00:00 PM\nMeeting duration\t1h\n\n2. Participants\n"
        "Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tRole\n"
        "Ann Lee\t3/4/25, 2:00:01 PM\t…\t59m\ta@x\tPresenter\n"
    )

    reading = read({"t.csv": text})

    assert reading.records.meetings["day"].dt.strftime("%Y-%m-%d").to_list() == ["2025-03-04"]
    assert "PN157" in set(reading.ledger.remarks["code"])
    assert read({"t.csv": text}, sources=[{"file": "t.csv", "shape": "teams"}]).ledger.rejects.empty


def test_a_poll_is_an_invitation_with_unknown_outcome_and_says_so(read: Read, attended: Attended) -> None:
    text = ',"2025-10-02","2025-10-03"\n,"10h","14h"\n"Anne Bruneteau","Non","Oui"\n"Jean Martin","Si nécessaire","Oui"\n'

    reading = read({"framadate atelier jeunesse.csv": text})

    assert attended(reading) == {
        ("2025-10-03", "atelier jeunesse", ANNE, "", "unknown"),
        ("2025-10-03", "atelier jeunesse", JEAN, "", "unknown"),
    }
    assert reading.records.attendance["invited"].all()
    assert "PN057" in set(reading.ledger.remarks["code"])


# 8. Contacts ---------------------------------------------------------------------------------------------------------


def test_a_contact_log_shares_a_message_among_its_receivers(read: Read, account: Account) -> None:
    text = (
        "Date;De;À;Canal;Thème;Durée (min)\n02/02/2025;Ville;MJC;Téléphone;Santé;15\n"
        '03/02/2025;Ville;"Mission locale ; CCAS";Courriel;;\n04/02/2025;Ville;Anne B (MJC);Visite;;1h30\n'
        "05/02/2025;Ville;;Visite;;\n04/02/2025;Ville;Anne B (MJC);Visite;;1h30\n06/02/2025;MJC;mjc;Visite;;\n"
    )

    reading = read({"contacts 2025.csv": text})

    contacts = reading.records.contacts
    assert contacts[["source_id", "target_id", "share", "duration_hours"]].fillna(0).to_numpy().tolist() == [
        ["ville", "mjc", 1.0, 0.25],
        ["ville", "mission-locale", 0.5, 0.0],
        ["ville", "ccas", 0.5, 0.0],
        ["ville", "anne-b", 1.0, 1.5],
    ]
    rejects = reading.ledger.rejects
    assert list(zip(rejects["cell"], rejects["code"], strict=True)) == [("C5", "PN010"), ("C7", "PN017")]
    assert account(reading)["contacts 2025.csv"] == ("contact_log", 6, 3, 2, 1)


def test_an_english_log_without_a_source_takes_it_from_the_configuration(read: Read) -> None:
    rule = {"file": "calls.csv", "constants": {"source_id": "Town"}}

    reading = read({"calls.csv": "Day,Recipient,Channel\n3 February 2025,Library,phone\n"}, sources=[rule])

    assert reading.records.contacts[["source_id", "target_id"]].to_numpy().tolist() == [["town", "library"]]


def test_a_mailbox_gives_contacts_from_headers_alone(read: Read, account: Account) -> None:
    box = (
        b"From x Mon\nReceived: by y\nFrom: Ville <v@x.fr>\nTo: =?utf-8?q?L=C3=A9a_Dupont?= <ld@x.fr>,\n jm@x.fr\n"
        b"Cc: a@x.fr, v@x.fr\nDate: Tue, 04 Mar 2025 10:00:00 +0100\nSubject: secret\n\nFrom: body@x.fr\nhello secret\n\n"
        b"From y Mon\nFrom: a@x.fr\nTo: a@x.fr\nDate: Tue, 04 Mar 2025 10:00:00 +0100\n\nhi\n\n"
        b"From z Mon\nFrom: a@x.fr\nTo: v@x.fr\nDate: someday\n\nhi\n"
    )

    reading = read({"m.mbox": box})

    contacts = reading.records.contacts
    names = dict(zip(reading.records.actors["actor_id"], reading.records.actors["name"], strict=True))
    assert [names[target] for target in contacts["target_id"]] == [LEA, "jm@x.fr", "a@x.fr"]
    assert contacts["share"].to_list() == pytest.approx([1 / 3] * 3)
    assert set(contacts["channel"]) == {"email"}
    assert account(reading)["m.mbox"] == ("mail", 3, 1, 1, 1)
    told = " ".join(str(cell) for frame in (contacts, reading.ledger.rejects) for cell in frame.to_numpy().ravel())
    assert "secret" not in told


def test_one_message_is_read_and_a_bare_address_is_the_person_it_was_seen_with(read: Read) -> None:
    reading = read(
        {
            "1.eml": b"From: Ann Lee <ann@x.org>\nTo: bob@x.org\nDate: Tue, 04 Mar 2025 10:00:00 +0000\n\nhi",
            "2.eml": b"From: bob@x.org\nTo: ann@x.org\nDate: Wed, 05 Mar 2025 10:00:00 +0000\n\nhi",
        }
    )

    assert reading.records.contacts[["source_id", "target_id"]].to_numpy().tolist() == [
        ["ann-lee", "bob-x-org"],
        ["bob-x-org", "ann-lee"],
    ]


@needs_data
def test_the_health_office_reads_from_its_ticks(tmp_path: Path) -> None:
    for name in ("contacts.dat", "departments.tsv"):
        (tmp_path / name).write_bytes((_DATA / "invs13" / name).read_bytes())
    ticks = {"file": "contacts.dat", "shape": "ticks", "delimiter": " ", "tick_seconds": 20, "first_day": "2013-06-24"}
    roster = {
        "file": "departments.tsv",
        "table": "actors",
        "header": ["actor_id", "sector"],
        "columns": {"name": "actor_id"},
        "constants": {"kind": "person"},
    }

    reading = read_folder(tmp_path, Config.model_validate({"sources": [ticks, roster]}))

    contacts = reading.records.contacts
    assert len(contacts) == 4592
    assert len(set(zip(contacts["source_id"], contacts["target_id"], strict=True))) == 755
    assert len(reading.records.actors) == 92
    assert str(reading.records.span) == "2013-06-24..2013-07-05"
    assert reading.ledger.accounting[["rows", "kept"]].to_numpy().tolist() == [[9827, 9827], [92, 92]]
    assert reading.ledger.ignored.empty
    canonical = read_folder(_DATA / "invs13/canonical", Config()).records.contacts
    assert contacts["duration_hours"].sum() == pytest.approx(canonical["duration_hours"].sum(), rel=1e-4)


@needs_data
def test_the_research_consortia_read_from_their_lists(tmp_path: Path) -> None:
    years = (2019, 2020, 2021)
    rules: list[dict[str, Any]] = [
        {
            "file": f"NFDI_Netzwerk_{year}.csv",
            "table": "contacts",
            "columns": {"source_id": "from", "target_id": "to"},
            "constants": {"day": f"{year}-07-01", "channel": "letter_of_intent"},
        }
        for year in years
    ]
    rules.append(
        {
            "file": "Konsortien_*.csv",
            "table": "actors",
            "columns": {"actor_id": "name"},
            "constants": {"kind": "organisation"},
        }
    )
    for path in (_DATA / "nfdi").glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    reading = read_folder(tmp_path, Config.model_validate({"sources": rules}))

    assert reading.records.contacts["day"].dt.year.value_counts().sort_index().to_list() == [111, 125, 113]
    counts = reading.ledger.accounting.set_index("file").loc[[f"NFDI_Netzwerk_{year}.csv" for year in years], "rows"]
    assert counts.to_list() == [111, 126, 113]
    keys = reading.records.actors["name"].str.casefold()
    assert keys.is_unique


# 9. Directories ------------------------------------------------------------------------------------------------------


def test_a_directory_gives_the_roster_and_checks_its_numbers(read: Read, account: Account, xlsx: Write) -> None:
    rows = [
        ["Annuaire des partenaires"],
        ["Structure", "SIRET", "RNA", "Secteur", "Date d'entrée", "Date de sortie", "Capacité (h/mois)", "Téléphone"],
        ["MJC", "732 829 320 00074", "W123456789", "Culture", date(2020, 1, 1), None, "10", "04"],
        ["Mission Locale", "12345678901234", "123", "Emploi", "31/02/2024", None, None, None],
        ["Club d'échecs", None, None, "Sport", date(2024, 5, 1), date(2024, 4, 1), None, None],
        ["La Poste", "35600000049837", None, "Services", None, None, "beaucoup", None],
    ]

    reading = read({"annuaire.xlsx": xlsx({"Annuaire": rows})})

    actor = reading.records.actors.iloc[0]
    assert (actor["name"], actor["sector"], actor["capacity_hours_per_month"]) == ("MJC", "Culture", 10.0)
    remarks = reading.ledger.remarks
    assert list(zip(remarks["cell"], remarks["code"], strict=True)) == [("B4", "PN056"), ("C4", "PN056")]
    rejects = reading.ledger.rejects
    assert list(zip(rejects["cell"], rejects["code"], strict=True)) == [("E4", "PN011"), ("F5", "PN018"), ("G6", "PN013")]
    assert account(reading)["annuaire.xlsx › Annuaire"] == ("directory", 5, 1, 3, 1)


def test_a_directory_of_persons_names_their_organisations(read: Read) -> None:
    reading = read({"people.csv": "Last name,First name,Organisation,Level\nLee,Ann,Library,manager\nRoe,Bob,Library,élu\n"})

    actors = reading.records.actors.set_index("actor_id")
    assert actors["kind"].to_dict() == {"ann-lee": "person", "bob-roe": "person", "library": "organisation"}
    assert actors["organisation_id"]["bob-roe"] == "library"
    assert actors["level"]["bob-roe"] == "elected"
    assert reading.ledger.rejects.empty


def test_the_sector_is_the_organisations_whoever_the_row_names(read: Read) -> None:
    reading = read(
        {
            "a.csv": "Structure;Contact;Secteur;Date d'entrée\nMJC;Anne Bruneteau;Culture;01/01/2020\nCCAS;;Social;\n",
            "b.csv": "Nom;Prénom;Structure / Organisme;Secteur\nMartin;Jean;Régie;Habitat\nDupont;Léa;Régie;Habitat\n",
            "c.csv": "Nom;Structure;Secteur;Date;Statut\nZoé Durand;CPAM;Santé;14/03/2025;P (visio)\n",
        }
    )

    actors = reading.records.actors.set_index("actor_id")
    assert actors.loc[["mjc", "ccas", "regie", "cpam"], "sector"].to_list() == ["Culture", "Social", "Habitat", "Santé"]
    assert str(actors["joined_on"]["mjc"])[:10] == "2020-01-01"
    assert actors["organisation_id"]["anne-bruneteau"] == "mjc"
    assert reading.ledger.rejects.empty
    assert reading.records.attendance["status"].to_list() == ["present"]


def test_a_directory_completes_the_canonical_roster(read: Read, account: Account) -> None:
    reading = read(
        {
            "actors.csv": "actor_id,name,kind,sector\na1,M.J.C.,organisation,\na2,CCAS,organisation,Social\n",
            "annuaire.csv": "Structure;Secteur\nMJC;Culture\nCCAS;Santé\n",
        }
    )

    assert reading.records.actors["sector"].to_list() == ["Culture", "Social"]
    assert account(reading)["annuaire.csv"] == ("directory", 2, 1, 1, 0)


# All together --------------------------------------------------------------------------------------------------------


def test_a_folder_with_a_file_of_each_shape_needs_no_configuration(read: Read, xlsx: Write, account: Account) -> None:
    event = _event("UID:1", "DTSTART:20250314T140000", "SUMMARY:GT", "ATTENDEE;CN=Anne Bruneteau:mailto:a@x.fr")
    grid = [["Nom", "Structure", date(2025, 1, 14), date(2025, 2, 11)], ["Anne Bruneteau", "MJC", "P", "E"]]
    minutes = [["Bureau du 6 mai 2025"], ["Membres"], ["Léa Dupont (CCAS)"], ["Excusés"], ["Jean Martin"]]
    teams = (
        "1. Summary\nMeeting title\tBoard\nStart time\t05/09/2025, 14:00:00\n\n2. Participants\n"
        "Name\tFirst Join\tEmail\nAnne Bruneteau\t05/09/2025, 14:00:10\ta@x.fr\n"
    )
    message = "From: Ville <v@x.fr>\nTo: a@x.fr\nDate: Tue, 04 Mar 2025 10:00:00 +0100\n\nhi"
    files = {
        "1 liste.csv": _as_text(LIST, ";"),
        "2 grille.xlsx": xlsx({"Feuil1": grid}),
        "3 émargements 2025.xlsx": xlsx({"14 mars": SIGN_IN}),
        "4 compte rendu.xlsx": xlsx({"CR": minutes}),
        "5 instances.csv": 'Date;Instance;Présents\n12/06/2025;COPIL;"Anne Bruneteau, Jean Martin"\n',
        "6 agenda.ics": _calendar(event),
        "7 teams.csv": teams.encode("utf-16"),
        "7 framadate.csv": ',"2025-10-02","2025-10-03"\n"Anne Bruneteau","Non","Oui"\n',
        "8 appels.csv": "Date;De;À;Canal\n02/02/2025;Ville;MJC;Téléphone\n",
        "8 message.eml": message,
        "9 annuaire.csv": "Structure;Secteur\nMJC;Culture\nVille;Ville\n",
    }

    reading = read(files)

    assert [shape for shape, *_ in account(reading).values()] == [
        "attendance_list",
        "attendance_grid",
        "sign_in_sheet",
        "minutes",
        "packed_names",
        "calendar",
        "poll",
        "video_report",
        "contact_log",
        "mail",
        "directory",
    ]
    assert reading.ledger.rejects.empty
    anne = reading.records.actors[reading.records.actors["name"] == ANNE]
    assert anne["organisation_id"].to_list() == ["mjc"]
    contacts = reading.records.contacts
    assert contacts[["source_id", "target_id"]].to_numpy().tolist() == [["ville", "mjc"], ["ville", "anne-bruneteau"]]


def test_a_rule_may_name_or_skip_and_a_wrong_one_is_told(read: Read) -> None:
    files = {"a.csv": "Nom;Structure;Date;Statut\nAnne B;MJC;14/03/2025;P\n", "b.csv": "x;y\n1;2\n", "~$c.xlsx": b"lock"}
    rules = [{"file": "a.csv", "shape": "directory"}, {"file": "b.csv", "skip": True}]

    reading = read({**files, "d.csv": "Structure;Secteur\nMJC;Culture\n"}, sources=rules)

    assert reading.ledger.rejects["code"].to_list() == ["PN088"]
    assert set(reading.ledger.ignored["code"]) == {"PN064", "PN065"}


def test_hidden_sheets_and_empty_ones_are_told(read: Read, xlsx: Write) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"Liste": LIST, "Vide": [], "Notes": [["rien"], ["à voir"]]})))
    book["Liste"].sheet_state = "hidden"
    book["Liste"].row_dimensions[5].hidden = True
    book["Liste"]["A6"] = "#N/A"
    book["Liste"]["A6"].data_type = "e"
    stream = io.BytesIO()
    book.active = 1
    book.save(stream)

    ledger = read({"l.xlsx": stream.getvalue()}).ledger

    remarks = list(zip(ledger.remarks["line"].fillna(0), ledger.remarks["code"], strict=True))
    assert remarks == [(0, "PN067"), (5, "PN068")]
    assert ("Vide", "PN066") in set(zip(ledger.ignored["sheet"], ledger.ignored["code"], strict=True))
    assert ("Notes", "PN077") in set(zip(ledger.rejects["sheet"], ledger.rejects["code"], strict=True))
