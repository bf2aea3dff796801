"""The workbook of faulty rows: the right cell marked, what is wrong beside it, nothing that could run."""

import io
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.ledger import Ledger
from partnet_analysis.records.to_fix import to_fix_xlsx

_LIST = "Liste\n\nNom;Structure;Date;Statut\n=1+1;MJC;31/02/2025;peut-être\nAnne B;MJC;14/03/2025;P\n"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    (tmp_path / "présences: GT [1].csv").write_text(_LIST, encoding="utf-8")
    (tmp_path / "contacts.csv").write_text("contact_id,day,source_id,target_id\nc1,never,a,b\nc2,2025-01-01,a,a,z\n")
    (tmp_path / "broken.csv").write_bytes(b'a;b\n"x\n')
    return read_folder(tmp_path, Config()).ledger


def test_every_fault_is_listed_and_every_faulty_row_is_copied(ledger: Ledger) -> None:
    book = openpyxl.load_workbook(io.BytesIO(to_fix_xlsx(ledger, "fr")))

    assert book.sheetnames == ["À corriger", "contacts.csv", "présences  GT  1 .csv"]
    listed = [row[:6] for row in book["À corriger"].iter_rows(min_row=2, values_only=True)]
    assert [(row[0], row[3], row[5]) for row in listed] == [
        ("broken.csv", "", "PN075"),
        ("contacts.csv", "B2", "PN020"),
        ("contacts.csv", "E3", "PN021"),
        ("présences: GT [1].csv", "C4", "PN011"),
        ("présences: GT [1].csv", "D4", "PN012"),
    ]
    copied = [[cell.value for cell in row] for row in book["présences  GT  1 .csv"].iter_rows()]
    assert copied[0][:5] == ["3", "Nom", "Structure", "Date", "Statut"]
    assert copied[1][:5] == ["4", "=1+1", "MJC", "31/02/2025", "peut-être"]
    assert "C4 PN011 Cette date n’existe pas." in str(copied[1][5])


def test_wrong_cells_are_marked_and_others_are_not(ledger: Ledger) -> None:
    page = openpyxl.load_workbook(io.BytesIO(to_fix_xlsx(ledger, "en")))["présences  GT  1 .csv"]

    colours = [cell.fill.fgColor.rgb for cell in page[2]]
    assert [colour == "FFFFD9D0" for colour in colours[:5]] == [False, False, False, True, True]


def test_text_is_never_a_formula(ledger: Ledger) -> None:
    page = openpyxl.load_workbook(io.BytesIO(to_fix_xlsx(ledger, "en")))["présences  GT  1 .csv"]

    assert page["B2"].data_type == "s"


def test_the_workbook_is_the_same_every_time(ledger: Ledger) -> None:
    assert to_fix_xlsx(ledger, "fr") == to_fix_xlsx(ledger, "fr")


def test_files_of_one_long_name_get_a_sheet_each(tmp_path: Path) -> None:
    for number in range(3):
        name = f"a very long name of a file of records, number {number}.csv"
        (tmp_path / name).write_text("contact_id,day,source_id,target_id\nc1,never,a,b\n")

    book = openpyxl.load_workbook(io.BytesIO(to_fix_xlsx(read_folder(tmp_path, Config()).ledger, "en")))

    assert len({name.casefold() for name in book.sheetnames}) == 4
    assert max(map(len, book.sheetnames)) <= 31


def test_every_named_cell_holds_the_value_told(tmp_path: Path) -> None:
    rows = [
        ["Titre"],
        [],
        ["Nom", "Structure", "Date", "Réunion", "Statut"],
        ["Anne B", "MJC", "31/02/2025", "GT", "P"],
        [],
        ["Jean M", "CCAS", "14/03/2025", "GT", "peut-être"],
        ["Zoé D", "CCAS", "#N/A", "GT", "P"],
    ]
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    grid = book.create_sheet("Grille")
    for row in [["Nom", "01/02/2025", "08/02/2025"], ["Anne B", "P", "??"], ["Jean M", "!!", "P"]]:
        grid.append(row)
    book.save(tmp_path / "a.xlsx")

    rejects = read_folder(tmp_path, Config()).ledger.rejects

    assert len(rejects) == 5
    for place in rejects.itertuples():
        cell = book[str(place.sheet)][str(place.cell)]
        assert isinstance(cell, Cell)
        assert cell.value == place.value
