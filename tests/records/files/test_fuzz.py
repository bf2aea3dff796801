"""
Workbooks damaged at random: none crashes or hangs the reading, each is read or refused, and every row is accounted for.

`PARTNET_MUTATIONS=10000 pytest tests/records/files/test_fuzz.py` asks for more than the usual 2,000.
"""

import io
import os
import random
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import read_folder
from tests.records.damage import watched, with_damaged_bytes

_N_MUTATIONS: Final = int(os.environ.get("PARTNET_MUTATIONS", "2000"))
_PER_FOLDER: Final = 200
_ODD_CELLS: Final = (
    "", "x", "P", "A", "?",  "Excusés :",
    "Total", "31/02/2025", "14/03/2025", "#N/A", "Nom", "Date", "=1+1", "0", "-1", "é" * 300,
    "Présents : A, B (C, D", "(((", "NA", "2025", "Anne Bruneteau", "\u202e", "1e999", "a\nb\nc", ";;;", "Date :", "mars",
)  # fmt: skip

Write = Callable[..., bytes]

_LIST: Final[list[list[Any]]] = [
    ["Nom", "Prénom", "Structure", "Date", "Réunion", "Présence"],
    *[[f"N{i}", "Anne", "MJC", date(2025, 3, 1 + i), "GT", "P"] for i in range(9)],
]
_GRID: Final[list[list[Any]]] = [["Grille 2025"], ["Nom", "Structure", *[date(2025, 3, 1 + i) for i in range(6)]], *[
    [f"Anne N{i}", "MJC", *"PPEAPX"] for i in range(6)
]]  # fmt: skip
_SIGN_IN: Final = [["Date : 14 mars 2025"], ["Objet : GT"], ["Nom", "Structure", "Signature"], *[
    [f"Anne N{i}", "MJC", "x"] for i in range(6)
], ["Excusés :"], ["Jean M", "CCAS"]]  # fmt: skip
_MINUTES: Final = [["Board 6 May 2025"], ["Members", "Officials"], ["Ann Lee", "Bob Roe"], ["Apologies"], ["Al Doe"]]
_DIRECTORY: Final = [["Structure", "Secteur", "SIRET"], ["MJC", "Culture", "73282932000074"], ["CCAS", "Social", ""]]
_CONTACTS: Final[list[list[Any]]] = [["Date", "De", "À", "Canal"], [date(2025, 3, 4), "Ville", "MJC ; CCAS", "Courriel"]]
_SHAPES: Final[list[list[list[Any]]]] = [_LIST, _GRID, _SIGN_IN, _MINUTES, _DIRECTORY, _CONTACTS]


@pytest.fixture
def originals(xlsx: Write, xls: Write, ods: Write) -> list[tuple[str, bytes]]:
    kinds = (("xlsx", xlsx), ("xls", xls), ("ods", ods))
    return [(suffix, write({"Feuil1": rows, "Deux": _SIGN_IN})) for suffix, write in kinds for rows in _SHAPES]


def _mutations(originals: list[tuple[str, bytes]], xlsx: Write, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    while True:
        suffix, content = chance.choice(originals)
        how = chance.randrange(4)
        if how == 0:
            yield "xlsx", xlsx({"Feuil1": _with_odd_cells(chance.choice(_SHAPES), chance)})
        elif how == 1 and suffix != "xls":
            yield suffix, _with_damaged_part(content, chance)
        elif how == 2:
            yield suffix, content[: chance.randrange(len(content))]
        else:
            yield suffix, with_damaged_bytes(content, chance)


def _with_odd_cells(rows: list[list[Any]], chance: random.Random) -> list[list[Any]]:
    copy = [list(row) for row in rows]
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(copy)
        if chance.random() < 0.15:
            copy.insert(chance.randrange(len(copy)), [chance.choice(_ODD_CELLS) for _ in range(chance.randint(0, 9))])
        elif row:
            row[chance.randrange(len(row))] = chance.choice(_ODD_CELLS)
    return [[cell if not isinstance(cell, str) else cell.replace("\0", "") for cell in row] for row in copy]


def _with_damaged_part(content: bytes, chance: random.Random) -> bytes:
    """Damage the XML inside and zip it again, so that the damage gets past the checksums."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _with_other_digits(part, chance) if name == victim and part else part)
    return stream.getvalue()


def _with_other_digits(part: bytes, chance: random.Random) -> bytes:
    """Change digits most of the time, as they steer readers and leave the XML whole; sometimes any byte."""
    digits = [place for place, byte in enumerate(part) if 48 <= byte <= 57]
    if not digits or chance.random() < 0.3:
        return with_damaged_bytes(part, chance)
    damaged = bytearray(part)
    for place in chance.choices(digits, k=chance.choice((1, 2, 8))):
        damaged[place : place + 1] = chance.choice((b"0", b"9", b"99999", b"-1", b"7"))
    return bytes(damaged)


def test_damaged_workbooks_are_read_or_refused_and_accounted_for(
    tmp_path: Path, originals: list[tuple[str, bytes]], xlsx: Write
) -> None:
    chance = random.Random(20250314)  # noqa: S311 (repeatable damage, no secret)
    mutations = _mutations(originals, xlsx, chance)
    config = Config.model_validate({"limits": {"seconds_per_file": 1.0}})
    seen = dict.fromkeys(("read", "refused"), 0)
    for start in range(0, _N_MUTATIONS, _PER_FOLDER):
        folder = tmp_path / str(start)
        folder.mkdir()
        (folder / "sound.csv").write_text("Nom;Structure;Date;Statut\nAnne B;MJC;14/03/2025;P\n", encoding="utf-8")
        for number in range(min(_PER_FOLDER, _N_MUTATIONS - start)):
            suffix, content = next(mutations)
            (folder / f"{number:03d}.{suffix}").write_bytes(content)

        with watched():
            ledger = read_folder(folder, config).ledger

        told = set(ledger.accounting["file"]) | set(ledger.rejects["file"]) | set(ledger.ignored["file"])
        assert told == {path.name for path in folder.iterdir()}
        assert ledger.accounting["ignored"].sum() <= ledger.ignored["line"].notna().sum()
        seen["read"] += ledger.accounting["file"].nunique() - 1
        seen["refused"] += ledger.rejects.loc[ledger.rejects["line"].isna(), "file"].nunique()
    assert min(seen.values()) > _N_MUTATIONS // 10
