"""Whatever a folder holds that is not used is named on standard error, with its reason."""

import io
import subprocess
import sys
from pathlib import Path

import openpyxl

ATTENDANCE = "Date;Structure;Statut\n14/03/2025;MJC;P\n14/03/2025;CCAS;P\n"


def _build(folder: Path, out: Path, command: str = "build") -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "partnet_analysis", command, str(folder), "--lang", "fr"]
    if command != "check":
        words += ["-o", str(out)]
    return subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)


def test_files_left_aside_are_named_once_for_each_reason(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "presences.csv").write_text(ATTENDANCE, encoding="utf-8")
    (raw / "Photo.jpg").write_bytes(b"\xff\xd8")
    (raw / "plan.dwg").write_bytes(b"AC10")
    (raw / "~$presences.xlsx").write_bytes(b"x")

    for command in ("build", "check"):
        done = _build(raw, tmp_path / "out", command)

        lines = [line for line in done.stderr.splitlines() if line.startswith("Non lus")]
        assert done.returncode == 0, done.stderr
        assert len(lines) == 2
        assert "Photo.jpg, plan.dwg — Ce fichier n’est pas d’un genre qui se lit" in lines[0]
        assert "~$presences.xlsx" in lines[1]


def test_a_folder_where_nothing_can_be_read_names_every_file(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "Photo.jpg").write_bytes(b"\xff\xd8")
    (raw / "vide.csv").write_bytes(b"")
    (raw / "actors.csv").write_text("actor_id,name,kind\n", encoding="utf-8")
    book = openpyxl.Workbook()
    stream = io.BytesIO()
    book.save(stream)
    (raw / "blanc.xlsx").write_bytes(stream.getvalue())

    done = _build(raw, tmp_path / "out")

    assert done.returncode == 2
    assert "PN070" in done.stderr
    for name in ("Photo.jpg : ", "vide.csv : ", "actors.csv : ", "blanc.xlsx › Sheet : "):
        assert f"- {name}" in done.stderr
    assert not (tmp_path / "out").exists()


def test_one_file_refused_among_others_needs_attention(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "presences.csv").write_text(ATTENDANCE, encoding="utf-8")
    (raw / "vide.csv").write_bytes(b"")

    done = _build(raw, tmp_path / "out")

    assert done.returncode == 1
    assert "vide.csv — PN071" in done.stderr


def test_each_kind_of_remark_is_told_once_where_the_tables_are_written(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    rows = "Date;Structure;Statut;Couleur;Fruit\n14/03/2025;MJC;P;bleu;figue\n14/03/2025;CCAS;P;vert;poire\n"
    (raw / "presences.csv").write_text(rows, encoding="utf-8")

    done = _build(raw, tmp_path / "out")

    told = [line for line in done.stderr.splitlines() if "PN042" in line]
    assert len(told) == 1
    assert "presences.csv › D1 — PN042 La colonne « Couleur » n’est pas connue" in told[0]
    assert told[0].endswith("… et 1 autre.")
