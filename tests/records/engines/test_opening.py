"""Which engine opens a folder, and that lines are those of the files."""

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from partnet_analysis.config import Config
from partnet_analysis.errors import InputError
from partnet_analysis.names import TABLES
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.engines import engine as engines
from partnet_analysis.records.engines.duck import Duck
from partnet_analysis.records.engines.engine import EngineName, Pandas, chosen
from partnet_analysis.records.engines.opening import opened
from partnet_analysis.records.engines.rules import as_records, validated

EXAMPLE = Path(__file__).parents[3] / "data/raw"


def test_few_rows_stay_in_pandas_and_many_go_to_duckdb() -> None:
    assert chosen("auto", 4_000) == "pandas"
    assert chosen("auto", engines.MOST_ROWS_IN_PANDAS + 1) == "duckdb"


def test_without_duckdb_auto_is_pandas_and_duckdb_by_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)

    assert chosen("auto", 10**9) == "pandas"
    with pytest.raises(InputError) as refused:
        chosen("duckdb", 1)
    assert refused.value.code == "PN120"
    assert "partnet_analysis[fast]" in refused.value.way_out.in_language("fr")


@pytest.mark.parametrize(("name", "kind"), [("pandas", Pandas), ("duckdb", Duck), ("auto", Pandas)])
def test_the_example_opens_as_it_is_read(name: EngineName, kind: type) -> None:
    engine, tables = opened(EXAMPLE, name)

    records = as_records(engine, validated(engine, tables))

    assert isinstance(engine, kind)
    read = read_folder(EXAMPLE, Config.load(EXAMPLE)).records
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(records, table), getattr(read, table), obj=table)


def test_blank_lines_count_as_lines(tmp_path: Path) -> None:
    (tmp_path / "meetings.csv").write_text("meeting_id;day\nm1;14/03/2024\n\nm2;15/03/2024\n", encoding="utf-8")

    names: tuple[EngineName, ...] = ("pandas", "duckdb")
    for name in names:
        engine, tables = opened(tmp_path, name)
        rows = engine.collected(tables["meetings"]).sort_values("line")
        assert rows[["meeting_id", "line"]].to_numpy().tolist() == [["m1", 2], ["m2", 4]]


def test_parquet_gives_what_csv_gives(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        for table in TABLES:
            source = connection.read_csv(str(EXAMPLE / f"{table}.csv"))
            source.write_parquet(str(tmp_path / f"{table}.parquet"))

    read = read_folder(EXAMPLE, Config()).records
    for table in TABLES:
        pd.testing.assert_frame_equal(
            getattr(read_folder(tmp_path, Config()).records, table), getattr(read, table), obj=table
        )
    names: tuple[EngineName, ...] = ("pandas", "duckdb")
    for name in names:
        engine, tables = opened(tmp_path, name)
        records = as_records(engine, validated(engine, tables))
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(records, table), getattr(read, table), obj=table)


def test_a_damaged_parquet_file_costs_the_others_nothing(tmp_path: Path) -> None:
    (tmp_path / "contacts.parquet").write_bytes(b"PAR1 and nothing else")
    (tmp_path / "actors.csv").write_text("actor_id,name,kind\na,A,organisation\n", encoding="utf-8")

    reading = read_folder(tmp_path, Config())

    assert reading.records.actors["actor_id"].tolist() == ["a"]
    assert reading.ledger.rejects[["file", "code"]].to_numpy().tolist() == [["contacts.parquet", "PN121"]]
