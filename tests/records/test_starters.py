"""What a service starts with: settings that load, forms that read back to the letter."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from partnet_analysis import names
from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.starters import starter_files


def _fill(content: bytes, values: dict[str, Any]) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for cell, value in values.items():
        book.worksheets[0][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _read(folder: Path, files: dict[str, bytes]) -> Reading:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return read_folder(folder, Config.load(folder))


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_blank_forms_add_nothing_and_accuse_nobody(tmp_path: Path, language: str) -> None:
    reading = _read(tmp_path, {**starter_files(language), "contacts.csv": b"day,source_id,target_id\n2025-01-01,a,b\n"})

    assert len(reading.records.actors) == 2
    assert reading.records.meetings.empty
    assert reading.ledger.rejects.empty


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_the_settings_load_as_they_are_and_with_every_comment_taken_off(tmp_path: Path, language: str) -> None:
    text = starter_files(language)["partnet.toml"].decode()
    (tmp_path / "partnet.toml").write_text(text, encoding="utf-8")
    assert Config.load(tmp_path) == Config()

    lines = [line.removeprefix("# ") for line in text.splitlines()]
    settings = [line for line in lines if line.startswith("[") or (" = " in line and not line.startswith("["))]
    (tmp_path / "partnet.toml").write_text("\n".join(settings), encoding="utf-8")
    config = Config.load(tmp_path)
    assert len(config.sources) == 4
    assert config.limits.sheets_per_file == 250


@pytest.mark.parametrize(
    ("language", "name", "present", "hour"),
    [("fr", "modele-emargement.xlsx", "x", "14h-16h"), ("en", "form-sign-in.xlsx", "yes", "2pm - 4pm")],
)
def test_a_sign_in_form_reads_back(tmp_path: Path, language: str, name: str, present: str, hour: str) -> None:
    values = {
        "B1": "GT Santé",
        "B2": date(2025, 3, 14),
        "B3": hour,
        "B4": "Mairie",
        "B5": "Zoé Durand",
        "A8": "Bruneteau",
        "B8": "Anne",
        "C8": "MJC",
        "D8": present,
        "A9": "Martin",
        "B9": "Jean",
        "C9": "CCAS",
    }

    records = _read(tmp_path, {name: _fill(starter_files(language)[name], values)}).records

    meeting = records.meetings.iloc[0]
    assert (f"{meeting['day']:%Y-%m-%d}", meeting["title"], meeting["duration_hours"]) == ("2025-03-14", "GT Santé", 2.0)
    assert meeting["convener_id"] == "zoe-durand"
    assert records.attendance.set_index("actor_id")["status"].to_dict() == {
        "anne-bruneteau": "present",
        "jean-martin": "absent",
    }


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_every_other_form_reads_back(tmp_path: Path, language: str) -> None:
    files = starter_files(language)
    name = {Path(file).stem.split("-", 1)[1]: file for file in files if file.endswith(".xlsx")}
    attendance, grid, contacts, directory = (
        name[word]
        for word in {
            "fr": ("presences", "grille", "contacts", "annuaire"),
            "en": ("attendance", "grid", "contacts", "directory"),
        }[language]
    )
    person = {"A2": "Bruneteau", "B2": "Anne", "C2": "MJC"}
    filled = {
        attendance: {**person, "D2": date(2025, 3, 14), "E2": "GT", "F2": "oui", "G2": "P"},
        grid: {**person, "D1": date(2025, 4, 1), "E1": date(2025, 5, 1), "D2": "P", "E2": "E"},
        contacts: {"A2": date(2025, 3, 1), "B2": "Ville", "C2": "MJC", "D2": "tel", "F2": "0,5"},
        directory: {"A2": "MJC", "B2": "Culture", "C2": date(2020, 1, 1), "E2": "12", "F2": "non"},
    }

    reading = _read(tmp_path, {file: _fill(files[file], cells) for file, cells in filled.items()})

    records = reading.records
    assert reading.ledger.rejects.empty
    assert records.attendance["status"].to_list() == ["present", "present", "excused"]
    assert records.attendance["invited"].fillna(value=False).to_list() == [True, False, False]
    assert records.contacts["duration_hours"].to_list() == [0.5]
    club = records.actors.set_index("actor_id").loc["mjc"]
    assert (club["sector"], club["capacity_hours_per_month"]) == ("Culture", 12.0)
