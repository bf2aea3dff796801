"""Ties as Parquet, part by part: the table that memory would hold, or nothing."""

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import duckdb
import pandas as pd
import pytest

from benchmarks.generated import generated_records
from partnet_analysis.errors import OutputError
from partnet_analysis.formats import streaming
from partnet_analysis.formats.streaming import write_ties
from partnet_analysis.graph import pairs
from partnet_analysis.graph.incidence import Incidence
from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.periods import Period


@pytest.fixture(scope="module")
def network() -> Network:
    return partnership_network(generated_records(2_000, 100), Period.of_year(2024))


def test_the_parts_are_the_table(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "CHUNK", 500)
    n_ties = write_ties(network, tmp_path / "ties")

    parts = sorted((tmp_path / "ties").iterdir())
    read: pd.DataFrame = pd.concat([duckdb.read_parquet(str(part)).df() for part in parts], ignore_index=True)
    assert len(parts) > 2
    assert n_ties == len(network.ties)
    pd.testing.assert_frame_equal(read.astype(network.ties.dtypes.to_dict()), network.ties, check_exact=True)
    assert [path.name for path in tmp_path.iterdir()] == ["ties"]


def test_what_is_there_already_is_left_alone(network: Network, tmp_path: Path) -> None:
    (tmp_path / "ties").mkdir()
    (tmp_path / "ties" / "mine").write_text("mine")

    with pytest.raises(OutputError) as refused:
        write_ties(network, tmp_path / "ties")
    assert refused.value.code == "PN095"
    assert (tmp_path / "ties" / "mine").read_text() == "mine"


def test_a_disk_that_refuses_halfway_leaves_nothing(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Incidence) -> Iterator[pd.DataFrame]:
        yield network.ties
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(streaming, "tie_tables", full)

    with pytest.raises(OutputError, match="No space left on device"):
        write_ties(network, tmp_path / "ties")
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_duckdb_may_not_write_to_is_refused_with_a_sentence(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> NoReturn:
        raise duckdb.IOException("cannot open file")

    monkeypatch.setattr(duckdb.DuckDBPyRelation, "write_parquet", refused)

    with pytest.raises(OutputError, match="cannot open file"):
        write_ties(network, tmp_path / "ties")
    assert list(tmp_path.iterdir()) == []


def test_without_duckdb_the_way_to_it_is_told(network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "find_spec", lambda _: None)

    with pytest.raises(ImportError, match=r"partnet_analysis\[fast\]"):
        write_ties(network, tmp_path / "ties")
