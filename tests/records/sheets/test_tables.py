"""Tables that look like something else at first sight: what a careful reader takes them for."""

import pytest

from tests.records.sheets.test_shapes import Attended, Read

SHEETS = {
    "people and their marks under words that also head lists": (
        {"Émargement.csv": "COPIL CTG du 14/03/2025;;\nParticipant;Présent·e;Excusé\nLise Morvan;;x\nMarc Tanguy;x;\n"},
        {("2025-03-14", "Lise Morvan", "excused"), ("2025-03-14", "Marc Tanguy", "present")},
    ),
    "a row under the header with a word of headers in it": (
        {
            "Émargement 2025-03-14.csv": "Nom;Présence / absence\nZoé Riou - Association Émeraude;PRESENTE\n"
            "Lise Morvan - École Jean Macé;EXCUSEE\n"
        },
        {("2025-03-14", "Zoé Riou", "present"), ("2025-03-14", "Lise Morvan", "excused")},
    ),
    "titles over blocks side by side, which are no days across": (
        {
            "Émargement.csv": "GT Santé du 14/03/2025;;;GT Santé du 21/03/2025;\n"
            "Nom et prénom;Signature;;Nom et prénom;Signature\nLise Morvan;x;;Lise Morvan;\nMarc Tanguy;;;Marc Tanguy;x\n"
        },
        {
            ("2025-03-14", "Lise Morvan", "present"),
            ("2025-03-14", "Marc Tanguy", "absent"),
            ("2025-03-21", "Lise Morvan", "absent"),
            ("2025-03-21", "Marc Tanguy", "present"),
        },
    ),
    "a long title between two sheets": (
        {
            "Émargements.csv": "GT Santé du 14/03/2025;\nNom et prénom;Signature\nLise Morvan;x\n\n"
            "Feuille d'émargement du groupe de travail numérique et inclusion du 21/03/2025;\n"
            "Nom et prénom;Signature\nMarc Tanguy;x\n"
        },
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-21", "Marc Tanguy", "present")},
    ),
    "one line alone, then the header again": (
        {
            "Présences.csv": "Date;Réunion;Structure;Présent;Excusé\n14/03/2025;GT Santé;CCAS;x;\n"
            "Date;Réunion;Structure;Présent;Excusé\n21/03/2025;GT Santé;CCAS;;x\n"
        },
        {("2025-03-14", "CCAS", "present"), ("2025-03-21", "CCAS", "excused")},
    ),
    "the row of a day with words that also name columns": (
        {
            "Suivi.csv": "Jour;MORVAN Lise;TANGUY Marc;LE DU Anne;RIOU Zoé\n14/03/2025;Absente;Excusé;Présente;Présente\n"
            "21/03/2025;Présente;;Présente;Absente\n"
        },
        {
            ("2025-03-14", "Lise Morvan", "absent"),
            ("2025-03-14", "Marc Tanguy", "excused"),
            ("2025-03-14", "Anne Le Du", "present"),
            ("2025-03-14", "Zoé Riou", "present"),
            ("2025-03-21", "Lise Morvan", "present"),
            ("2025-03-21", "Anne Le Du", "present"),
            ("2025-03-21", "Zoé Riou", "absent"),
        },
    ),
    "a blank where the legend knows a mark of absence": (
        {
            "Présences.csv": "Date;Nom et prénom;Présence\n14/03/2025;Lise Morvan;oui\n14/03/2025;Marc Tanguy;\n\n"
            "Légende : oui = présent, non = absent;;\n"
        },
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "unknown")},
    ),
    "a blank where another sheet marks absences": (
        {
            "GT 2025-03-14.csv": "Nom et prénom;Présence\nLise Morvan;oui\nMarc Tanguy;\n",
            "GT 2025-03-21.csv": "Nom et prénom;Présence\nLise Morvan;oui\nMarc Tanguy;non\n",
        },
        {
            ("2025-03-14", "Lise Morvan", "present"),
            ("2025-03-14", "Marc Tanguy", "unknown"),
            ("2025-03-21", "Lise Morvan", "present"),
            ("2025-03-21", "Marc Tanguy", "absent"),
        },
    ),
    "a blank beside an invitation where absences have a column": (
        {
            "Présences.csv": "Date;Nom et prénom;Invité;Présent;Absent\n14/03/2025;Lise Morvan;x;x;\n"
            "14/03/2025;Marc Tanguy;x;;\n14/03/2025;Anne Le Du;x;;x\n"
        },
        {
            ("2025-03-14", "Lise Morvan", "present"),
            ("2025-03-14", "Marc Tanguy", "unknown"),
            ("2025-03-14", "Anne Le Du", "absent"),
        },
    ),
    "commas in a text between semicolons": (
        {
            "CR.csv": "Comité, 14 mars 2025;\n;\nPrésents;Lise Morvan, Marc Tanguy, Anne Le Du, Zoé Riou, Eva Bihan, "
            "Luc Prat, Yann Quéré\n"
        },
        {
            ("2025-03-14", name, "present")
            for name in ("Lise Morvan", "Marc Tanguy", "Anne Le Du", "Zoé Riou", "Eva Bihan", "Luc Prat", "Yann Quéré")
        },
    ),
    "one comma in a text of one column": (
        {"CR.csv": "Comité du 14 mars 2025\n\nPrésents\nLise Morvan (Sports, loisirs et culture)\nMarc Tanguy (MJC)\n"},
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "present")},
    ),
    "counts in a file called a summary": (
        {
            "GT 2025-03-14.csv": "Structure;Nom et prénom;Présence\nCCAS;Lise Morvan;présent\nMJC;Marc Tanguy;excusé\n",
            "Bilan.csv": "Structure;14/03/2025;Total\nCCAS;1;1\nMJC;0;0\nCAF;0;0\n",
        },
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "excused")},
    ),
    "a file called meetings that is somebody's own list": (
        {"meetings.csv": "Day;Meeting;Attendees;Apologies\n08/11/2024;AGM;Ann Lee;Bob Roe\n15/11/2024;AGM;Bob Roe;Ann Lee"},
        {
            ("2024-11-08", "Ann Lee", "present"),
            ("2024-11-08", "Bob Roe", "excused"),
            ("2024-11-15", "Bob Roe", "present"),
            ("2024-11-15", "Ann Lee", "excused"),
        },
    ),
    "headers that are headings of lists": (
        {"Suivi.csv": "Jour;Réunion;Sont présents;Étaient absents\n14/03/2025;GT Santé;Lise Morvan;Marc Tanguy\n"},
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "absent")},
    ),
    "bars between cells that hold semicolons": (
        {
            "Suivi.csv": "Jour|Réunion|Présents\n14/03/2025|GT Santé|Lise Morvan; Marc Tanguy; Anne Le Du; Zoé Riou\n"
            "21/03/2025|GT Santé|Lise Morvan; Marc Tanguy; Eva Bihan; Zoé Riou\n"
        },
        {("2025-03-14", name, "present") for name in ("Lise Morvan", "Marc Tanguy", "Anne Le Du", "Zoé Riou")}
        | {("2025-03-21", name, "present") for name in ("Lise Morvan", "Marc Tanguy", "Eva Bihan", "Zoé Riou")},
    ),
    "a list of one column under a title": (
        {"Invités.csv": "Liste des invités – GT Santé du 14/03/2025\n\nNom et prénom\nLise Morvan\nMarc Tanguy\n"},
        {("2025-03-14", "Lise Morvan", "unknown"), ("2025-03-14", "Marc Tanguy", "unknown")},
    ),
    "a title over headings with people beside them": (
        {"CR.csv": "Comité – 3 juillet 2024;\n;\nParticipants présents;Lise Morvan (CAF)\nExcusé.e.s;Marc Tanguy\n"},
        {("2024-07-03", "Lise Morvan", "present"), ("2024-07-03", "Marc Tanguy", "excused")},
    ),
    "a table of what is to be done below minutes": (
        {
            "CR.csv": "COPIL du 14/03/2025;;\n;;\nPrésents;Lise Morvan;\nExcusés;Marc Tanguy;\n;;\nAction;Qui;Échéance\n"
            "Relancer la mairie;Marc Tanguy;30/06/2026\n"
        },
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "excused")},
    ),
    "a word under days that is not known": (
        {
            "Suivi.csv": "Nom et prénom;14/03/2025;;;21/03/2025;;\n;Invité;Zorg;Excusé;Invité;Zorg;Excusé\n"
            "Lise Morvan;x;x;;x;;x\nMarc Tanguy;x;;;x;x;\n"
        },
        {
            ("2025-03-14", "Lise Morvan", "unknown"),
            ("2025-03-21", "Lise Morvan", "excused"),
            ("2025-03-14", "Marc Tanguy", "unknown"),
            ("2025-03-21", "Marc Tanguy", "unknown"),
        },
    ),
    "headers of organisations and of marks that also head lists": (
        {
            "Émargement.csv": "COPIL du 14/03/2025;;;\nOrganisme représenté;Participants;Présents;Absents excusés\n"
            "MJC;Lise Morvan;●;\nCAF;Marc Tanguy;;●\n"
        },
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "excused")},
    ),
    "a header of a status made of two": (
        {"Émargement 2025-03-14.csv": "Nom et prénom;Présent;Absent excusé\nLise Morvan;x;\nMarc Tanguy;;x\n"},
        {("2025-03-14", "Lise Morvan", "present"), ("2025-03-14", "Marc Tanguy", "excused")},
    ),
    "initials that look like a mark of who did not sign": (
        {"Émargement 2025-03-14.csv": "Nom et prénom;Émargement\nNathalie Caëric;NC\nLise Morvan;LM\nMarc Tanguy;\n"},
        {
            ("2025-03-14", "Nathalie Caëric", "present"),
            ("2025-03-14", "Lise Morvan", "present"),
            ("2025-03-14", "Marc Tanguy", "absent"),
        },
    ),
    "a slip of the pen in a heading of a list": (
        {"CR.csv": "COPIL du 14/03/2025;\n;\nMembers present;Abseentees\nLise Morvan;Marc Tanguy\nAnne Le Du;\n"},
        {
            ("2025-03-14", "Lise Morvan", "present"),
            ("2025-03-14", "Anne Le Du", "present"),
            ("2025-03-14", "Marc Tanguy", "absent"),
        },
    ),
    "a page of somebody whom nothing names": (
        {
            "Suivi.csv": "Date;État de présence\n14/03/2025;Présent(e)\n21/03/2025;Visio\n28/03/2025;Abs. exc.\n",
            "GT 2025-03-28.csv": "Nom et prénom;Signature\nLise Morvan;x\n",
        },
        {("2025-03-28", "Lise Morvan", "present")},
    ),
    "a blank under a header with a slip where absences are marked below": (
        {
            "Sign-in.csv": "Board of 11 July 2024;\nName;Atendance\nAnn Lee;Present\nBob Roe;\n\n"
            "Board of 24 November 2024;\nName;Atendance\nAnn Lee;Present\nBob Roe;Absent\n"
        },
        {
            ("2024-07-11", "Ann Lee", "present"),
            ("2024-07-11", "Bob Roe", "unknown"),
            ("2024-11-24", "Ann Lee", "present"),
            ("2024-11-24", "Bob Roe", "absent"),
        },
    ),
    "boxes alone in their cells": (
        {
            "Suivi CCAS.csv": "Date;Instance;Présence\n14/03/2025;COPIL;☑\n21/03/2025;COPIL;☑\n",
            "GT 2025-03-28.csv": "Nom et prénom;Signature\nLise Morvan;x\n",
        },
        {("2025-03-28", "Lise Morvan", "present")},
    ),
    "a file for each partner": (
        {
            "Lise Morvan.csv": "Date;Réunion;Présence\n14/03/2025;GT Santé;présente\n21/03/2025;GT Santé;excusée\n",
            "Annuaire.csv": "Nom et prénom;Courriel\nLise Morvan;lise@caf.example\n",
            "Comité technique.csv": "Date;Réunion;Présence\n14/03/2025;GT Santé;oui\n21/03/2025;GT Santé;oui\n",
            "Suivi.csv": "Partenaire : Trieux-Énergie;;\n;;\nDate;Réunion;Présence\n14/03/2025;GT Santé;absent\n",
        },
        {
            ("2025-03-14", "Lise Morvan", "present"),
            ("2025-03-21", "Lise Morvan", "excused"),
            ("2025-03-14", "Trieux-Énergie", "absent"),
        },
    ),
    "a waiting room beside a meeting": (
        {
            "participants_2025-03-14.csv": "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,"
            "In Waiting Room\nLise Morvan,,14/03/2025 09:58:11,14/03/2025 09:59:00,1,No,Yes\n"
            "Marc Tanguy,,14/03/2025 09:58:20,14/03/2025 11:30:00,92,No,Yes\n"
            "Marc Tanguy,,14/03/2025 09:59:20,14/03/2025 11:31:00,92,No,No\n"
        },
        {("2025-03-14", "Marc Tanguy", "present")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_what_looks_like_something_else_is_taken_for_what_it_is(read: Read, attended: Attended, name: str) -> None:
    files, truth = SHEETS[name]

    assert {(day, who, status) for day, _, who, _, status in attended(read(files))} == truth


def test_a_meeting_is_called_what_stands_beside_a_heading(read: Read) -> None:
    text = "List of invitees – Housing board of 02/01/2025;\n;\nParticipant;Response\nGrace Roe;Accepted\n"

    assert read({"Invitees_v2.csv": text}).records.meetings["title"].to_list() == ["Housing board"]


def test_a_title_that_says_what_people_do_is_no_meetings(read: Read) -> None:
    text = "Committee;When;Title;Name;Attended\nBoard;22/01/2024;Director;Ann Lee;x\nBoard;22/01/2024;Volunteer;Bob Roe;x\n"

    assert read({"Attendance.csv": text}).records.meetings["title"].to_list() == ["Board"]


def test_a_ward_is_nobody(read: Read) -> None:
    text = "Directory of partners;;\nAgency;Tel.;Ward\nJob Centre;020;St Agnes\nYouth Club;021;Redruth\n"

    assert set(read({"Directory.csv": text}).records.actors["name"]) == {"Job Centre", "Youth Club"}


def test_a_legend_of_several_words_is_nobody(read: Read) -> None:
    text = "Nom et prénom;14/03/2025\nLise Morvan;Présent\nMarc Tanguy;Absent\n\nPrésent = présent, Absent = absent;\n"

    actors = read({"Suivi.csv": text}).records.actors

    assert set(actors["name"]) == {"Lise Morvan", "Marc Tanguy"}


def test_a_name_among_organisations_across_is_one(read: Read) -> None:
    text = "Jour;Secours populaire;Trieux-Énergie;MJC\n14/03/2025;x;x;\n21/03/2025;x;;x\n"

    actors = read({"Suivi.csv": text}).records.actors

    assert dict(zip(actors["name"], actors["kind"], strict=True))["Trieux-Énergie"] == "organisation"


def test_a_cell_of_several_organisations_reaches_each(read: Read) -> None:
    text = 'Jour;De la part de;Receveur;Canal\n14/03/2025;CCAS;"CAF ; MJC";Appel\n15/03/2025;CCAS;PMI;Appel\n'

    contacts = read({"Suivi contacts.csv": text}).records.contacts

    assert sorted(contacts["target_id"]) == ["caf", "mjc", "pmi"]


def test_a_log_of_contacts_both_ways_says_who_reached_out(read: Read) -> None:
    text = (
        "Date;Structure;Sens;Canal\n14/03/2025;CAF;Entrant;Appel\n15/03/2025;MJC;Sortant;Mail\n16/03/2025;PMI;?;Appel\n"
        "17/03/2025;PMI;Entrant;Appel\n"
    )
    rule = {"file": "Suivi*", "constants": {"source_id": "CCAS"}}

    reading = read({"Suivi contacts.csv": text}, sources=[rule])

    contacts = reading.records.contacts
    assert set(zip(contacts["source_id"], contacts["target_id"], strict=True)) == {
        ("caf", "ccas"), ("ccas", "mjc"), ("pmi", "ccas"),
    }  # fmt: skip
    assert reading.ledger.rejects[["line", "code"]].to_numpy().tolist() == [[4, "PN191"]]
