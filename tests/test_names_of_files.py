"""A file whose name is no Unicode is read like any other, and named with its odd bytes escaped wherever it is named."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest

from partnet_analysis.display import path_in_words
from partnet_analysis.store import verify
from partnet_analysis.store.manifest import MANIFEST
from partnet_analysis.views.tables import csv_bytes, json_bytes
from tests.test_store import held

ODD = b"R\xe9union\xff.csv"
SHOWN = r"R\xe9union\xff.csv"
ROWS = "Nom;Structure;Date;Statut\nAnne B;MJC;14/03/2025;P\nJean;CCAS;31/02/2025;P\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Records in a folder whose own name is no Unicode either."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/raw\xfe"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes Unicode alone")
    for name in (ODD, b"vide\xfd.xlsx", b"autre\xfc.zzz"):
        (folder / os.fsdecode(name)).write_bytes(ROWS.encode() if name == ODD else b"")
    return folder


def said(*words: str | Path, code: int = 1) -> str:
    command = [sys.executable, "-m", "partnet_analysis", *map(str, words), "--lang", "en"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == code, done.stderr
    return done.stdout.decode() + done.stderr.decode()


def test_the_terminal_and_json_name_it_escaped(folder: Path) -> None:
    assert SHOWN in said("check", folder)
    told = said("check", folder, "--json")

    assert SHOWN.replace("\\", "\\\\") in told
    assert r"autre\\xfc.zzz" in told


def test_every_table_names_it_escaped_and_the_results_are_as_the_manifest_says(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said("build", folder, "-o", out)
    files = held(out)

    assert SHOWN in files["rejects.csv"].decode()
    assert {source["file"] for source in json.loads(files["accounting.json"])["sources"]} >= {SHOWN}
    assert os.fsdecode(ODD) in json.loads((out / MANIFEST).read_bytes())["inputs"]
    assert verify(out, folder) == ()


def test_the_workbook_of_faults_names_it_escaped(folder: Path, tmp_path: Path) -> None:
    said("check", folder, "--to-fix", tmp_path / "to_fix.xlsx")
    with zipfile.ZipFile(tmp_path / "to_fix.xlsx") as book:
        assert SHOWN in book.read("xl/sharedStrings.xml").decode()


def test_erasure_and_the_end_of_retention_name_it_escaped_and_find_it(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    said("build", folder, "-o", out)

    for words in (("forget", "Anne B", "--raw", folder), ("purge", folder, "--on", "2032-01-01")):
        assert SHOWN in said(*words, "-o", out)
    said("forget", "Anne B", "--raw", folder, "-o", out, "--yes")
    assert "Anne B" not in (out / "actors.csv").read_text()


def test_half_a_surrogate_pair_in_a_text_does_not_stop_the_writing() -> None:
    assert csv_bytes(pd.DataFrame({"name": ["a\udce9"]}), "en") == b"name\na\\udce9\n"
    assert json.loads(json_bytes({"name": "a\udce9"}, "en")) == {"name": "a\udce9"}


def test_names_in_unicode_stay_as_they_are() -> None:
    assert path_in_words(Path("Réunion – été.csv")) == "Réunion – été.csv"
