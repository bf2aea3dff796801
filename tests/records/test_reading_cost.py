"""What a row more costs: counted in calls of functions, which no busy machine changes."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import read_folder

MOST_CALLS = 110
"""For each row of a list or mark of a grid; what rows say again and again is remembered, not read anew."""

NAMES = ("Morvan", "Tanguy", "Riou", "Prat", "Bihan", "Cadic", "Hamon", "Quéré")


def attendance_list(rows: int) -> str:
    lines = [
        f"{1 + place // 8 % 28:02}/{1 + place // 224 % 12:02}/2024;COPIL;{NAMES[place % 8].upper()};Anne;"
        f"Association {NAMES[place % 3]};{'Présent' if place % 3 else 'Excusé'}"
        for place in range(rows)
    ]
    return "\n".join(["Date;Réunion;Nom;Prénom;Structure;Présence", *lines])


def grid(marks: int) -> str:
    days = ";".join(f"{day:02}/03/2024" for day in range(1, 11))
    rows = [f"Anne {NAMES[place % 8]}{place // 8 * 'a'};CAF;{';'.join('PPEAPPPPEA')}" for place in range(marks // 10)]
    return "\n".join([f"Nom;Structure;{days}", *rows])


def n_calls(folder: Path, text: str) -> int:
    """How many functions of Python are called while a file is read."""
    folder.mkdir()
    (folder / "présences.csv").write_text(text, encoding="utf-8")
    called = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal called
        called += event == "call"

    sys.setprofile(count)
    try:
        read_folder(folder, Config())
    finally:
        sys.setprofile(None)
    return called


@pytest.mark.parametrize("written", [attendance_list, grid])
def test_a_row_more_costs_few_calls(tmp_path: Path, written: Callable[[int], str]) -> None:
    few, many = (n_calls(tmp_path / str(rows), written(rows)) for rows in (2_000, 4_000))

    assert (many - few) / 2_000 <= MOST_CALLS
