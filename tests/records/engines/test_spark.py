"""Spark on two worker processes: the tables that pandas gives, GraphX's components and PageRank."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

import networkx as nx
import pandas as pd
import pytest

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.engines.engine import Pandas
from tests.records.engines.comparing import as_text, assert_equal, results, spoiled
from tests.skips import data_set

if TYPE_CHECKING:
    from partnet_analysis.records.engines.cluster import Spark

pytestmark = [
    pytest.mark.spark,
    pytest.mark.skipif(find_spec("pyspark") is None, reason="pyspark is not installed: make test-spark"),
    pytest.mark.filterwarnings("ignore::FutureWarning", "ignore::ResourceWarning"),
]

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def spark() -> Iterator["Spark"]:
    from partnet_analysis.records.engines.cluster import Spark, two_workers  # noqa: PLC0415 (not installed everywhere)

    session = two_workers()
    yield Spark(session)
    session.stop()


def test_two_workers_are_there(spark: "Spark") -> None:
    context = spark.session.sparkContext._jsc.sc()  # noqa: SLF001 (only the JVM knows)
    for _ in range(120):  # workers start by themselves, after the session is there
        if context.getExecutorMemoryStatus().size() >= 3:
            break
        sleep(0.5)

    assert context.getExecutorMemoryStatus().size() == 3, "two workers and the driver"


@pytest.mark.parametrize("name", ["example", "nfdi", "invs13", "toronto"])
def test_real_records_give_equal_tables(spark: "Spark", name: str) -> None:
    folder = ROOT / "data/raw" if name == "example" else data_set(name)
    tables = as_text(read_folder(folder, Config.load(folder)).records)

    assert_equal(results(Pandas(), tables), results(spark, tables))


def test_a_hundred_thousand_spoiled_rows_give_equal_tables(spark: "Spark") -> None:
    tables = spoiled(100_000, 300, 7)

    assert_equal(results(Pandas(), tables), results(spark, tables))


def test_lines_are_those_of_the_file(spark: "Spark", tmp_path: Path) -> None:
    pd.DataFrame({"meeting_id": [f"m{line}" for line in range(2, 5002)]}).to_csv(tmp_path / "a.csv", index=False)

    frame = spark.csv(tmp_path / "a.csv", ",")

    assert frame is not None
    rows = spark.collected(frame)
    assert (rows["meeting_id"] == [f"m{line}" for line in rows["line"]]).all()


def test_graphx_finds_the_components_and_ranks_that_networkx_finds(spark: "Spark", tmp_path: Path) -> None:
    from partnet_analysis.records.engines.cluster import GraphX  # noqa: PLC0415 (not installed everywhere)

    graph = nx.gnm_random_graph(200, 180, seed=3)
    graph.remove_nodes_from(list(nx.isolates(graph)))
    edges = spark.session.createDataFrame(list(graph.edges), "source bigint, target bigint")

    found = GraphX(spark.session, edges, tmp_path)

    components = {row["id"]: row["value"] for row in found.components().collect()}
    assert components == {node: min(part) for part in nx.connected_components(graph) for node in part}
    ranks = {row["id"]: row["value"] for row in found.pagerank(60).collect()}
    expected = nx.pagerank(graph, tol=1e-12, max_iter=1000)
    assert {node: rank / len(graph) for node, rank in ranks.items()} == pytest.approx(expected, abs=1e-4)
