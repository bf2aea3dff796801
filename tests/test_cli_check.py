"""`partnet check`: causes before what follows from them, and how a file was understood."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from partnet_analysis import names
from partnet_analysis.cli import command_line

GRID = "Structure;05/03/2024;02/04/2024;Fonction bizarre\nMJC;P;E;a\nCCAS;P;zz;b\nTotal;2;;\n"


def _check(language: str, *words: object) -> Result:
    return CliRunner().invoke(command_line(language), ["check", *map(str, words)], standalone_mode=False)


def test_rows_of_a_rejected_meeting_are_counted_and_not_listed(tmp_path: Path) -> None:
    rows = "".join(f"Anne {letter};MJC;31/02/2025;GT;P\n" for letter in ("Bo", "Co", "Do"))
    (tmp_path / "gt.csv").write_text(
        f"Nom;Structure;Date;Réunion;Statut\n{rows}Jo Po;CCAS;14/03/2025;GT;P\n", encoding="utf-8"
    )

    said = _check("fr", tmp_path).stderr

    assert "1 réunion rejetée, et par suite 2 présences" in said
    assert "PN027" not in said
    assert said.count("31/02/2025") == 1


def test_equal_faults_are_said_once_with_their_cells(tmp_path: Path) -> None:
    rows = "".join(f"Anne {letter}o;14/03/2025;GT;zz?\n" for letter in "BCDFGHL")
    (tmp_path / "gt.csv").write_text(f"Nom;Date;Réunion;Statut\n{rows}Jo Po;14/03/2025;GT;P\n", encoding="utf-8")

    said = _check("en", tmp_path).stderr

    assert said.count("PN012") == 1
    assert "7 rows: D2, D3, D4, D5, D6, …" in said


@pytest.mark.parametrize(
    ("language", "words"), [("fr", ("grille de présences", "inconnu")), ("en", ("attendance grid", "not known"))]
)
def test_a_file_is_explained_in_words(tmp_path: Path, language: str, words: tuple[str, str]) -> None:
    (tmp_path / "gt.csv").write_text(GRID, encoding="utf-8")

    done = _check(language, tmp_path, "--explain", "gt.csv")

    for word in (*words, "A1:D4", "05/03/2024", "Fonction bizarre", "zz = "):
        assert word in done.stdout
    assert done.return_value == 0


def test_the_same_is_said_as_data(tmp_path: Path) -> None:
    (tmp_path / "gt.csv").write_text(GRID, encoding="utf-8")

    (sheet,) = json.loads(_check("en", tmp_path, "--explain", "gt.csv", "--json").stdout)

    assert (sheet["file"], sheet["shape"], sheet["fault"]) == ("gt.csv", "attendance_grid", None)
    assert [column["role"] for column in sheet["tables"][0]["columns"]] == ["organisation", "mark", "mark", ""]


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_every_file_of_the_example_can_be_explained(language: str) -> None:
    raw = Path(__file__).parents[1] / "data" / "raw"

    for name in ("actors.csv", "meetings.csv", "README.md"):
        assert name in _check(language, raw, "--explain", name).stdout


def test_a_file_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    (tmp_path / "gt.csv").write_text(GRID, encoding="utf-8")

    done = _check("en", tmp_path, "--explain", "nowhere.csv")

    assert "gt.csv" in str(done.exception)
    assert "PN170" in repr(done.exception)
