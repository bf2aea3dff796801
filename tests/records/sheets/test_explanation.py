"""How a sheet was understood is told as facts: tables, layouts, columns, day, marks, and what was left."""

import re
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from partnet_analysis import names
from partnet_analysis.config import Config
from partnet_analysis.errors import InputError
from partnet_analysis.messages import has
from partnet_analysis.records.assembly.explaining import explained_file
from partnet_analysis.records.cells.vocabulary import meanings
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.explanation import explained_sheet

LAYOUTS = Path(__file__).parents[3] / "partnet_analysis" / "records" / "sheets"
GRID = [
    ["GT Santé 2024", "", "", ""],
    ["", "", "", ""],
    ["Structure", "Nom", "05/03/2024", "02/04/2024"],
    ["MJC", "Anne Bruneteau", "P", "E"],
    ["CCAS", "Jean Morvan", "zz", "P"],
    ["Total", "", "1", "1"],
    ["P = présent, E = excusé", "", "", ""],
]


def test_a_grid_is_told_with_its_days_marks_and_what_was_left_aside() -> None:
    sheet = explained_sheet(Grid("gt.xlsx", "2024", GRID), Config())

    (table,) = sheet.tables
    assert (sheet.shape, table.cells) == ("attendance_grid", "A3:D7")
    assert [(column.letter, column.role, column.day) for column in table.columns] == [
        ("A", "organisation", ""),
        ("B", "person", ""),
        ("C", "mark", "2024-03-05"),
        ("D", "mark", "2024-04-02"),
    ]
    assert table.columns[0].header_is == "known"
    assert {mark: table.marks[mark] for mark in ("P", "E", "zz")} == {"P": "present", "E": "excused", "zz": ""}
    assert table.layouts[0].speaks_for[0] == "days_across"
    assert 6 in {line for _, lines in sheet.aside for line in lines}


def test_a_sheet_that_is_not_read_shows_what_is_missing() -> None:
    rows = [["Nom", "Structure", "Signature"], ["Anne Bruneteau", "MJC", "x"], ["Jean Morvan", "CCAS", ""]]

    sheet = explained_sheet(Grid("emargement.csv", None, rows), Config())

    assert sheet.shape == ""
    assert sheet.fault is not None
    assert sheet.fault.key == "errors.PN156.text"
    assert sheet.tables[0].layouts[0].asks == "PN156"


def test_the_day_of_a_list_is_told_with_its_cell() -> None:
    rows = [["Réunion du 5 mars 2024", ""], ["Nom", "Présent"], ["Anne Bruneteau", "x"], ["Jean Morvan", ""]]

    (table,) = explained_sheet(Grid("liste.csv", None, rows), Config()).tables

    assert (table.day, table.day_cell) == ("2024-03-05", "A1")


def test_explaining_changes_nothing() -> None:
    rows = [list(row) for row in GRID]
    sheet = explained_sheet(Grid("gt.xlsx", "2024", rows), Config())

    assert rows == GRID
    with pytest.raises(FrozenInstanceError):
        setattr(sheet, fields(sheet)[0].name, "x")


def test_a_file_is_found_by_its_name_alone(tmp_path: Path, xlsx: Callable[..., bytes]) -> None:
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "gt.xlsx").write_bytes(xlsx({"a": GRID, "b": GRID}))
    (tmp_path / "lu.ics").write_text("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nEND:VCALENDAR\n")

    assert [each.sheet for each in explained_file(tmp_path, Config(), "gt.xlsx")] == ["a", "b"]
    assert [each.sheet for each in explained_file(tmp_path, Config(), "gt.xlsx", "b")] == ["b"]
    assert explained_file(tmp_path, Config(), "lu.ics")[0].shape == "calendar"
    with pytest.raises(InputError, match=r"gt\.xlsx › a"):
        explained_file(tmp_path, Config(), "gt.xlsx", "c")


def test_files_left_aside_say_why(tmp_path: Path) -> None:
    (tmp_path / "gt.csv").write_text("\n".join(";".join(row) for row in GRID), encoding="utf-8")
    (tmp_path / "Photo.jpg").write_bytes(b"\xff\xd8")
    config = Config.model_validate({"sources": [{"file": "gt.csv", "skip": True}]})

    assert explained_file(tmp_path, config, "Photo.jpg")[0].fault is not None
    skipped = explained_file(tmp_path, config, "gt.csv")[0].fault
    assert skipped is not None
    assert skipped.key == "errors.PN065.text"


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_every_reason_role_and_shape_has_its_words(language: str) -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (LAYOUTS / "layouts").glob("*.py"))
    evidence = set(re.findall(r'"([a-z_]+)": -?(?:\d|_weight)', sources))
    roles = {role for found in meanings("roles").values() for role in found} | {"mark"}
    kinds = re.search(r"Any of (.*?)\.\n", (LAYOUTS / "profiles.py").read_text(encoding="utf-8"), re.DOTALL)

    assert evidence > {"days_across", "says_who_came"}
    assert {key for key in evidence if not has(language, f"understanding.for.{key}")} == set()
    assert {role for role in roles if not has(language, f"understanding.role.{role}")} == set()
    assert {shape for shape in names.SHAPES if not has(language, f"readers.shape.{shape}")} == set()
    assert kinds is not None
    assert {
        kind for kind in re.findall(r"`(\w+)`", kinds.group(1)) if not has(language, f"understanding.kind.{kind}")
    } == set()
