"""Grids of attendance: what their marks mean, the halves of a day, meetings down and people across."""

from collections.abc import Callable

import pytest

from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.sheets.dates import day_order

Read = Callable[..., Reading]
Attended = Callable[[Reading], set[tuple[str, str, str, str, str]]]

ANNE, JEAN, LEA = "Anne Bruneteau", "Jean Martin", "Léa Dupont"


def _marks(reading: Reading, attended: Attended) -> dict[tuple[str, str], str]:
    return {(day, name): status for day, _, name, _, status in attended(reading)}


def _grid(marks: list[str], *below: str) -> str:
    lines = ["Nom;14/03/2025;21/03/2025", *(f"{name};{cells}" for name, cells in zip((ANNE, JEAN, LEA), marks, strict=True))]
    return "\n".join([*lines, "", *below]) + "\n"


def test_a_mark_with_a_meaning_of_its_own_is_not_read_as_usual(read: Read, attended: Attended) -> None:
    below = ("✓ = attended", "X = no prior notice", "Z = to be confirmed by the clerk", "- = not yet a member at the time")

    reading = read({"grid.csv": _grid(["✓;✓", "X;✓", "-;Z"], *below)})

    found = _marks(reading, attended)
    assert found["2025-03-14", JEAN] == "absent"
    assert found["2025-03-14", LEA] == "unknown"
    assert ("2025-03-21", LEA) not in found
    assert list(reading.ledger.rejects["cell"]) == ["C4"]
    assert set(reading.records.actors["name"]) == {ANNE, JEAN, LEA}


def test_a_legend_in_words_says_what_blank_means(read: Read, attended: Attended) -> None:
    reading = read({"grid.csv": _grid(["Y;Y", "N;", ";Y"], "Y if the person attended, N if not present, blank if unknown")})

    found = _marks(reading, attended)
    assert (found["2025-03-14", JEAN], found["2025-03-21", JEAN], found["2025-03-14", LEA]) == (
        "absent",
        "unknown",
        "unknown",
    )


def test_strokes_are_presences_in_a_register_and_o_is_an_absence(read: Read, attended: Attended) -> None:
    found = _marks(read({"register.csv": _grid(["/;\\", "O;/", "L;N"])}), attended)

    assert [found["2025-03-14", name] for name in (ANNE, JEAN, LEA)] == ["present", "absent", "present"]
    assert found["2025-03-21", LEA] == "absent"


def test_a_cross_beside_other_ticks_is_asked_for(read: Read) -> None:
    reading = read({"grid.csv": _grid(["✓;✓", "x;✓", "✓;x"])})

    assert list(reading.ledger.rejects["code"]) == ["PN166", "PN166"]


def test_a_meeting_called_off_in_its_head_or_by_all_its_marks_is_none(read: Read, attended: Attended) -> None:
    head = "Nom;14/03/2025 ANNULÉE;21/03/2025;28/03/2025\n"
    text = head + f"{ANNE};P;P;C\n{JEAN};;A;C\n\nC = réunion annulée ; P = présent\n"

    reading = read({"grid.csv": text})

    assert {day for day, *_ in attended(reading)} == {"2025-03-21"}
    assert set(reading.records.meetings["day"].astype(str)) == {"2025-03-21"}
    told = {*reading.ledger.ignored["code"], *reading.ledger.remarks["code"]}
    assert "PN124" in told


def test_a_list_whose_title_calls_the_meeting_off_is_no_presence(read: Read) -> None:
    text = "COPIL Habitat du 14/03/2025 - ANNULÉ;;\n\nNom;Structure;Présent\nAnne Bruneteau;MJC;x\nJean Martin;CCAS;\n"
    other = "Nom;Structure;Date;Présent\nAnne Bruneteau;MJC;21/03/2025;x\n"

    reading = read({"copil.csv": text, "gt.csv": other})

    assert set(reading.records.meetings["day"].astype(str)) == {"2025-03-21"}
    assert set(reading.ledger.ignored["code"]) >= {"PN124"}


def test_who_signed_one_half_of_a_day_was_there_that_day(read: Read, attended: Attended) -> None:
    text = (
        "Participant;lundi 3 mars 2025;;mardi 4 mars 2025;\n;Matin;Après-midi;Matin;Après-midi\n"
        "Anne Bruneteau;AB;AB;;AB\nJean Martin;JM;;;\n\nSignature du formateur;ZR;ZR;ZR;ZR\n"
    )

    reading = read({"émargement formation.csv": text})

    found = _marks(reading, attended)
    assert found == {("2025-03-03", ANNE): "present", ("2025-03-04", ANNE): "present", ("2025-03-03", JEAN): "present"}
    assert set(reading.records.actors["name"]) == {ANNE, JEAN}


def test_counts_below_a_grid_are_no_partner(read: Read) -> None:
    text = "Agency;14/03/2025;21/03/2025\nYouth Service;P;P\nFood Bank;A;E\nApologies received;0;1\n"

    assert set(read({"grid.csv": text}).records.actors["name"]) == {"Youth Service", "Food Bank"}


def test_meetings_may_stand_down_under_any_header(read: Read, attended: Attended) -> None:
    text = (
        "The members met twice.;;\nMembers;Anne Bruneteau;Jean Martin\nAGM 14/03/2025;Y;A\n21/03/2025;Y;Y\n\n"
        "The board met as follows.;;\nBoard;Léa Dupont;Zoé Durand\n28/03/2025;Y;Y\n04/04/2025;HOLIDAY;\n11/04/2025;;Y\n"
    )

    reading = read({"attendance.csv": text})

    found = _marks(reading, attended)
    assert found["2025-03-14", JEAN] == "absent"
    assert found["2025-03-28", LEA] == "present"
    assert {day for day, _ in found} == {"2025-03-14", "2025-03-21", "2025-03-28", "2025-04-11"}
    assert "AGM" in set(reading.records.meetings["title"])


def test_an_organisation_may_stand_above_the_person_across(read: Read, attended: Attended) -> None:
    text = ";MJC;CCAS\nDate;Anne Bruneteau;Jean Martin\n14/03/2025;P;P\n21/03/2025;P;A\n"

    found = {(name, organisation) for _, _, name, organisation, _ in attended(read({"grille.csv": text}))}

    assert found == {(ANNE, "MJC"), (JEAN, "CCAS")}


def test_a_list_without_any_mark_is_told(read: Read) -> None:
    reading = read({"Présents 14 mars 2025.csv": "Nom;Structure;Présence\nAnne Bruneteau;MJC;\nJean Martin;CCAS;\n"})

    assert set(reading.records.attendance["status"]) <= {"unknown"}
    assert "PN154" in set(reading.ledger.remarks["code"])


def test_a_group_is_where_people_are_from_where_no_line_has_a_day(read: Read, attended: Attended) -> None:
    head = "Residents' meeting 14 March 2025;;;;;\nName;Group;Signature;Name;Group;Signature\n"

    found = attended(read({"sign-in.csv": head + "Ann Lee;Block A;AL;Bo Roe;Block C;BR\nAl Doe;Block B;AD;;;\n"}))

    assert {(name, group) for _, _, name, group, _ in found} == {
        ("Ann Lee", "Block A"),
        ("Bo Roe", "Block C"),
        ("Al Doe", "Block B"),
    }


@pytest.mark.parametrize(
    ("texts", "years", "order"),
    [
        (["Tue 03/04/2025", "Tue 06/03/2025"], (), "mdy"),
        (["Date (MM/DD/YYYY)", "03/04/2025"], (), "mdy"),
        (["Header Date in format: year.month.day (e.g. 20.08.30)", "24.01.15", "24.03.11"], (2024,), "ymd"),
        (["jeudi 03/04/2025", "mardi 06/05/2025"], (), "dmy"),
    ],
)
def test_weekdays_formats_and_years_settle_the_order_of_days(texts: list[str], years: tuple[int, ...], order: str) -> None:
    assert day_order(texts, years).order == order


def test_an_english_day_that_nothing_settles_is_read_day_first_and_told(read: Read, attended: Attended) -> None:
    english = "Name,Agency,Meeting date,Attended\nAnn Lee,Library,03/04/2025,Yes\nBo Roe,School,05/04/2025,Yes\n"
    french = "Nom;Structure;Date;Présent\nAnne Bruneteau;MJC;03/04/2025;oui\n"

    reading = read({"attendance.csv": english, "présences.csv": french})

    assert {day for day, *_ in attended(reading)} == {"2025-04-03", "2025-04-05"}
    told = reading.ledger.remarks[reading.ledger.remarks["code"] == "PN167"]
    assert list(told["file"]) == ["attendance.csv"]
