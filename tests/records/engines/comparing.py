"""The same tables on several engines: what they are made of, and how they are compared."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.generated import generated_records
from partnet_analysis.config import Config
from partnet_analysis.names import TABLES
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.engines import measured
from partnet_analysis.records.engines.cells import canonical_text
from partnet_analysis.records.engines.engine import Engine
from partnet_analysis.records.engines.operator import pagerank
from partnet_analysis.records.engines.rollup import rolled_up
from partnet_analysis.records.engines.rules import as_records, faults_told, validated
from partnet_analysis.records.tables import Records

Tables = Mapping[str, pd.DataFrame]

ODD: Final = {
    "day": [
        "14 mars 2024",
        "31/02/2024",
        "2024-13-01",
        "soon",
        "1er août 2024",
        "03/04/24",
        " 20240105 ",
        "2024-01-05T09:30",
        "",
    ],
    "status": ["Présent·e", "excusé(e)", "P (visio)", "?", "maybe", "", "#N/A", "ABSENT"],
    "invited": ["oui", "non", "", "perhaps", "x"],
    "duration_hours": ["1,5", "-2", "two", "", "1e400"],
    "actor_id": ["", " A0000003 ", "#REF!", "École", "E\u0301cole", "a stranger", "A0000001"],
    "source_id": ["A0000002", "nobody", ""],
    "target_id": ["A0000002", "\u00a0A0000004\u00a0", ""],
    "meeting_id": ["", "M00000001", "M99999999", "M00000000"],
    "contact_id": ["C00000000", "", "#VALUE!"],
    "kind": ["personne", "robot", "Structure", ""],
    "level": ["élu(e)", "king", ""],
    "organisation_id": ["A0000000", "new employer", "A0000005"],
    "is_coordinator": ["vrai", "maybe", ""],
    "joined_on": ["2024-05-01", "never"],
    "left_on": ["2023-05-01", "2025-01-01"],
    "name": ["", "#NAME?"],
}
"""What people write, by column: some of it right, some wrong."""


def as_text(records: Records) -> dict[str, pd.DataFrame]:
    """Write records down as canonical tables of text."""
    return {
        table: pd.DataFrame(
            {
                column: [
                    "" if pd.isna(value) else canonical_text(value.date() if isinstance(value, pd.Timestamp) else value)
                    for value in getattr(records, table)[column]
                ]
                for column in getattr(records, table)
                if column not in ("persons_invited", "persons_present", "share")
            },
            dtype="str",
        )
        for table in TABLES
    }


def spoiled(n_rows: int, n_faults: int, seed: int) -> dict[str, pd.DataFrame]:
    """Make records with faults of all sorts: odd cells, rows twice, rows that contradict each other."""
    chance = random.Random(seed)  # noqa: S311 (made-up faults, no secrets)
    tables = as_text(generated_records(n_rows, max(n_rows // 20, 8), seed))
    for _ in range(n_faults):
        name = chance.choice(TABLES)
        table = tables[name]
        row = chance.randrange(len(table))
        column = chance.choice(list(table.columns))
        if chance.random() < 0.3:
            again = table.iloc[[row]].copy()
            if column in ODD and chance.random() < 0.5:
                again[column] = chance.choice(ODD[column])
            place = chance.randrange(len(table) + 1)
            tables[name] = pd.concat([table.iloc[:place], again, table.iloc[place:]], ignore_index=True)
        elif column in ODD:
            table.loc[row, column] = chance.choice(ODD[column])
    return tables


def with_lines(tables: Tables) -> dict[str, pd.DataFrame]:
    """Say on which line of its file each row stands."""
    return {name: table.assign(line=range(2, len(table) + 2)) for name, table in tables.items()}


def results(engine: Engine, tables: Tables) -> dict[str, pd.DataFrame]:
    """Work everything out on an engine, and bring it into one form."""
    found = validated(engine, {name: engine.frame(table) for name, table in with_lines(tables).items()})
    whole = rolled_up(engine, found.tables)
    frames = {
        **{f"kept {name}": frame for name, frame in found.tables.items()},
        **{f"fates {name}": frame for name, frame in found.fates.items()},
        **{f"rolled up {name}": frame for name, frame in whole.items()},
        "load": measured.load_by_month(whole),
        "seen": measured.last_seen(whole),
        "strength": measured.strength(whole),
        "ties": measured.ties(engine, whole),
        "pagerank": pagerank(engine, whole, n_steps=3),
    }
    return {"faults": faults_told(engine, found)} | {
        name: in_one_form(engine.collected(frame)) for name, frame in frames.items()
    }


def in_one_form(table: pd.DataFrame) -> pd.DataFrame:
    """Give days, numbers and texts one type each, whatever an engine makes of them, and rows one order."""
    columns: dict[str, pd.Series] = {}
    for column in map(str, table.columns):
        values = table[column]
        if column in ("day", "month", "first_day", "last_day", "joined_on", "left_on"):
            columns[column] = pd.to_datetime(values).astype("datetime64[us]")
        else:
            columns[column] = values.astype(float if values.dtype.kind in "iufb" else "str")
    made = pd.DataFrame(columns)
    # Numbers last: sums may differ in their last digit, and what stands before them tells rows apart already.
    return made.sort_values(sorted(columns, key=lambda column: made[column].dtype == float), ignore_index=True)


def assert_equal(one: Tables, other: Tables) -> None:
    """Compare what two engines found: every table, every row; sums of floats to twelve digits."""
    assert set(one) == set(other)
    for name in one:
        pd.testing.assert_frame_equal(one[name], other[name], check_dtype=False, rtol=1e-12, obj=name)


def read_back(folder: Path, tables: Tables, delimiter: str = ",") -> Reading:
    """Write tables as CSV, and read them as anybody's files are read."""
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, sep=delimiter)
    return read_folder(folder, Config())


def assert_as_read(engine: Engine, tables: Tables, folder: Path) -> None:
    """Compare an engine with the readers: the same records, the same rows rejected, ignored, remarked on."""
    reading = read_back(folder, tables)
    found = validated(engine, {name: engine.frame(table) for name, table in with_lines(tables).items()})
    records = as_records(engine, found)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(records, name), getattr(reading.records, name), obj=name)
    faults = faults_told(engine, found)
    ledger = reading.ledger
    assert _told(faults[faults["fate"] == "rejected"], "table") == _told(ledger.rejects, "file")
    assert _told(faults[faults["code"] == "PN041"], "table") == _told(
        ledger.remarks[ledger.remarks["code"] == "PN041"], "file"
    )
    ignored = faults[faults["fate"] == "ignored"]
    assert _lines(ignored, "table") == _lines(ledger.ignored, "file")


def _told(faults: pd.DataFrame, where: str) -> list[tuple[str, int, str, str, str]]:
    return sorted(
        (row[where].removesuffix(".csv"), int(row["line"]), row["column"], row["value"], row["code"])
        for _, row in faults.iterrows()
    )


def _lines(ignored: pd.DataFrame, where: str) -> list[tuple[str, int, str]]:
    return sorted((row[where].removesuffix(".csv"), int(row["line"]), row["code"]) for _, row in ignored.iterrows())
