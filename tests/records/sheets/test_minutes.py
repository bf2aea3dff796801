"""Lists of people in minutes, line by line."""

import pytest

from partnet_analysis.config import Config
from partnet_analysis.records.files.texts import text_grid
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.layouts.sections import sections_in
from partnet_analysis.records.sheets.understanding import recognised


def listed(*lines: str) -> list[tuple[int, str, str]]:
    grid = Grid(file="minutes.txt", sheet="", rows=[[line] for line in lines])
    return [(line.row, line.status, line.text) for line in sections_in(grid)]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("APOLOGIES; Jane Roe, Tom Poe", "excused"),
        ("Apologies were received from Jane Roe, Tom Poe", "excused"),
        ("1. There were apologies from Jane Roe, Tom Poe", "excused"),
        ("In attendance – Jane Roe, Tom Poe", "present"),
        ("Not attending: Jane Roe, Tom Poe", "absent"),
    ],
)
def test_a_heading_may_have_its_names_behind_it(line: str, status: str) -> None:
    assert listed(line) == [(0, status, "Jane Roe, Tom Poe")]


def test_a_name_cut_by_the_end_of_a_line_stands_where_it_ends() -> None:
    lines = listed(
        "Présents : Lise Morvan, Paul Riou, Sabine", "COLLIOD (CAF), Anne Roux (pouvoir de Marc", "Tanguy), Eva Petit"
    )

    assert [text for _, _, text in lines] == [
        "Lise Morvan, Paul Riou",
        "Sabine COLLIOD (CAF)",
        "Anne Roux (pouvoir de Marc Tanguy), Eva Petit",
    ]


def test_a_class_behind_a_comma_is_no_cut_name() -> None:
    lines = listed("Présents :", "Lise Morvan, enseignante, PS", "Paul Riou, enseignant, MS")

    assert [text for _, _, text in lines] == ["Lise Morvan, enseignante, PS", "Paul Riou, enseignant, MS"]


def test_groups_between_names_do_not_end_a_list() -> None:
    assert [row for row, _, _ in listed("Présents :", "Enseignant(e)s :", "Mme Riou", "Parents d’élèves :", "M. Prat")] == [
        2,
        4,
    ]


def test_a_label_that_is_not_understood_is_not_read() -> None:
    assert listed("Présents :", "Relecture (M. Prat) : Lise Morvan")[-1][1] == "unclear"


def test_a_class_heads_its_delegates() -> None:
    assert listed("Présents :", "CP (M. Prat) : Lise Morvan") == [(1, "present", "Lise Morvan")]


def test_a_status_behind_a_colon_needs_no_heading() -> None:
    lines = listed("Participants and absentees", "* Jane Roe: Present", "Guests: Tom Poe")

    assert lines == [(1, "unclear", "Jane Roe – Present"), (2, "present", "Tom Poe")]


@pytest.mark.parametrize(
    "end", ["Secrétaire de séance : Anne Roux", "Ordre du jour", "The chair welcomed everyone.", "Quorum : 5"]
)
def test_what_ends_a_list_names_nobody(end: str) -> None:
    assert [row for row, _, _ in listed("Présents : Lise Morvan", end)] == [0]


@pytest.mark.parametrize(
    ("caption", "status"),
    [
        ("N'ont pas pu venir :", "excused"),
        ("Could not attend", "excused"),
        ("Absent non représenté :", "absent"),
        ("Membres absents sans excuse (2) :", "absent"),
        ("Absents ayant donné pouvoir :", "represented"),
        ("Did not attend", "absent"),
    ],
)
def test_a_heading_is_understood_by_its_words(caption: str, status: str) -> None:
    assert listed("Présents :", "Paul Riou", caption, "Lise Morvan") == [
        (1, "present", "Paul Riou"),
        (3, status, "Lise Morvan"),
    ]


@pytest.mark.parametrize("caption", ["Partis avant le vote :", "Présents et excusés :", "Présents ou représentés :"])
def test_below_a_heading_that_is_not_understood_nobody_is_present(caption: str) -> None:
    assert listed("Présents :", "Paul Riou", caption, "Lise Morvan", "Le budget est voté.") == [
        (1, "present", "Paul Riou"),
        (3, "unclear", "Lise Morvan"),
    ]


def test_categories_go_on_with_the_heading_above_them() -> None:
    lines = listed("Excusés :", "Élus : Lise Morvan", "Partenaires :", "Paul Riou")

    assert [status for _, status, _ in lines] == ["excused", "excused"]
    assert listed("Excusés : Lise Morvan", "Élus : Paul Riou")[-1][1] == "unclear"


def test_a_title_above_a_sentence_ends_a_list() -> None:
    assert listed("Absents :", "Lise Morvan", "", "POINTS DIVERS", "Le loto est confirmé.") == [(1, "absent", "Lise Morvan")]
    assert listed("Présents :", "Lise Morvan", "Actualités", "Le forum est reporté.") == [(1, "present", "Lise Morvan")]


def test_what_somebody_does_may_be_long() -> None:
    line = "Monsieur Paul Riou, 7e adjoint, délégué à la culture et aux relations avec les associations du quartier"

    assert listed("Présents :", line, "Mme Lise Morvan") == [(1, "present", line), (2, "present", "Mme Lise Morvan")]


def test_a_roll_call_needs_no_heading() -> None:
    lines = listed("On procède à l’appel :", "Siméo, Présent !", "Lise (trésorière), Présente !", "Paul, Excusé")

    assert [text for _, _, text in lines] == ["Siméo – Présent", "Lise (trésorière) – Présente", "Paul – Excusé"]


def test_several_headings_on_a_line_part_it() -> None:
    lines = listed("FCPE : Présents (2) : Lise Morvan, Paul Riou ; Excusée : Anne Roux ; PEEP : Présent : Marc Tanguy.")

    assert [(status, text) for _, status, text in lines] == [
        ("present", "Lise Morvan, Paul Riou"),
        ("excused", "Anne Roux"),
        ("present", "Marc Tanguy"),
    ]


def read(name: str, text: str) -> list[tuple[str, str, str, str]]:
    batch = recognised(text_grid(name, text.encode()), Config())
    return [
        (row["meeting_id"].day, *row["actor_id"][:2], row["status"]) for row in batch.tables["attendance"].to_dict("records")
    ]


def test_an_empty_box_beside_ticked_ones_is_an_absence() -> None:
    text = "# Board 7 March 2024\n\n### Attendees:\n\n* [x] Jane Roe, Norvidia\n* [ ] Tom Poe (_Chair_), Animate Logic\n"

    assert read("board.md", text) == [
        ("2024-03-07", "Jane Roe", "Norvidia", "present"),
        ("2024-03-07", "Tom Poe", "Animate Logic", "absent"),
    ]


def test_two_meetings_in_one_text_are_two() -> None:
    text = (
        "Réunion du 5 mars 2024\nPrésents : Lise Morvan\nProchaine réunion : 2 avril 2024\n\n"
        "Réunion du 2 avril 2024\nPrésents : Paul Riou\nExcusée : Lise Morvan\n"
    )

    assert [(day, person, status) for day, person, _, status in read("CR.txt", text)] == [
        ("2024-03-05", "Lise Morvan", "present"),
        ("2024-04-02", "Paul Riou", "present"),
        ("2024-04-02", "Lise Morvan", "excused"),
    ]


@pytest.mark.parametrize(
    "head", ["Minutes 24.06.2024\nBoard held on 20 June 2024", "Board 20 June 2024\nNext meeting: 1 July 2024"]
)
def test_the_day_that_a_meeting_was_held_on_is_its_day(head: str) -> None:
    assert {day for day, *_ in read("minutes.txt", f"{head}\nPresent: Jane Roe, Tom Poe\n")} == {"2024-06-20"}


def test_paragraphs_below_a_table_are_no_rows_of_it_and_tasks_no_people() -> None:
    table = "| Nom | Structure |\n|---|---|\n| Lise Morvan | CAF |\n| Paul Riou | MJC |\n"
    tasks = "Ordre du Jour\n\n| # | Action | Qui |\n|---|---|---|\n| A1 | Relire | Marc Petit |\n"
    text = f"Réunion du 5 mars 2024\n\nPrésents :\n\n{table}\nExcusée : Anne Roux (Ville)\n\n{tasks}"

    assert read("CR.md", text) == [
        ("2024-03-05", "Lise Morvan", "CAF", "present"),
        ("2024-03-05", "Paul Riou", "MJC", "present"),
        ("2024-03-05", "Anne Roux", "Ville", "excused"),
    ]


def test_a_table_that_is_not_read_is_told_beside_one_that_is() -> None:
    header = "| Date | Ann | Tom | Eva |\n|---|---|---|---|\n"
    read_table = f"{header}| 2024-11-19 | X | X | X |\n| 2024-11-21 | X |  | X |\n"
    unread = "| Name | Phone |\n|---|---|\n| Ann Lee | 01 02 03 04 05 |\n| Tom Poe | 01 02 03 04 06 |\n"
    batch = recognised(text_grid("register.md", f"{read_table}\nDecember\n\n{unread}".encode()), Config())

    assert "PN077" in batch.findings.frames()[2]["code"].tolist()


def test_who_is_below_powers_gave_theirs() -> None:
    text = "Conseil du 5 mars 2024\nPrésents : Anne Roux\nPouvoirs :\nMme Lise Morvan à M. Paul Riou\n"

    assert read("PV.txt", text)[1:] == [("2024-03-05", "Lise Morvan", "", "excused")]


def test_a_list_ends_with_the_table_it_stands_in() -> None:
    rows = [
        ["PRESENT", "Jane Roe", "Pitsham CVS", "JR"],
        ["", "Tom Poe", "ECC Youth Service", "TP"],
        [],
        ["ITEM", "", "ACTION"],
    ]
    grid = Grid("minutes.docx", None, rows, ((0, 0, 1, 0),), tables=((0, 1), (3, 3)))

    assert [line.text for line in sections_in(grid)] == ["Jane Roe (Pitsham CVS)", "Tom Poe (ECC Youth Service)"]


def test_cells_beside_a_group_are_of_its_list() -> None:
    grid = Grid(
        file="minutes.docx",
        sheet="",
        rows=[["PRESENT:", "Councillor C Low", "Chairman"], ["Parish Councillors", "Councillor A Fen", "Councillor C Nix"]],
    )

    assert [line.text for line in sections_in(grid)] == ["Councillor C Low", "Councillor A Fen", "Councillor C Nix"]
