"""Spark: rows on the machines of a cluster; components and PageRank by GraphX, which Spark brings along."""

from pathlib import Path
from typing import Any, Final, TypeAlias

import narwhals as nw
import pandas as pd
import pyarrow as pa
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

from partnet_analysis.records.engines.cells import LINE
from partnet_analysis.records.engines.engine import Lazy, n_lines

Session: TypeAlias = Any
"""A `pyspark.sql.SparkSession`: whoever installs this package alone has no such type, and an unknown one spreads."""

Rows: TypeAlias = Any
"""A `pyspark.sql.DataFrame`, as above."""

_BITS_WITHIN_PART: Final = 33
"""Spark numbers the rows of part p from p · 2^33."""

_RESET_PROBABILITY: Final = 0.15
_AS_WRITTEN: Final = False
"""Whether GraphX should turn each edge so that its lower end comes first."""


class Spark:
    """
    A session on a cluster.

    Parameters
    ----------
    session
        The session; whoever opened it closes it.
    """

    def __init__(self, session: Session) -> None:
        """Keep the session."""
        self.session = session

    def frame(self, table: pd.DataFrame) -> Lazy:
        """
        Take a table in.

        Parameters
        ----------
        table
            The table.

        Returns
        -------
        frame
            The same rows, spread over the cluster.
        """
        rows = pa.Table.from_pandas(table, preserve_index=False)
        frame: Lazy = nw.from_native(self.session.createDataFrame(rows))
        return frame

    def parquet(self, path: Path) -> Lazy:
        """
        Open a Parquet file without reading it.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        frame
            Its rows with their `line`, the first being 2.
        """
        return _with_lines(self.session.read.parquet(str(path)))

    def csv(self, path: Path, delimiter: str) -> Lazy | None:
        """
        Open a delimited file without reading it.

        Parameters
        ----------
        path
            The file, in UTF-8, with a header.
        delimiter
            What separates the cells.

        Returns
        -------
        frame
            Its rows as text with their `line`; None where a row is not a line, as with blank lines or cells of several
            lines.
        """
        rows = self.session.read.csv(str(path), sep=delimiter, header=True, escape='"')
        return _with_lines(rows) if rows.count() + 1 == n_lines(path) else None

    def settled(self, frame: Lazy) -> Lazy:
        """
        Work a frame out once, and forget how it came about: plans that keep all their steps grow without end.

        Parameters
        ----------
        frame
            The frame.

        Returns
        -------
        settled
            The same rows, kept on the cluster.
        """
        settled: Lazy = nw.from_native(nw.to_native(frame).localCheckpoint())
        return settled

    def collected(self, frame: Lazy) -> pd.DataFrame:
        """
        Hand a frame over.

        Parameters
        ----------
        frame
            The frame.

        Returns
        -------
        table
            Its rows, in no order to rely on.
        """
        rows: pd.DataFrame = nw.to_native(frame).toArrow().to_pandas()
        return rows


def two_workers(*, memory_mb: int = 1024, cores: int = 1) -> Session:
    """
    Start a cluster of two worker processes on this machine.

    Parameters
    ----------
    memory_mb
        The memory of each worker.
    cores
        The cores of each worker.

    Returns
    -------
    session
        A session on it; `session.stop()` ends both workers.
    """
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": f"{memory_mb}m",
        # Days are days everywhere, whatever clock the machines keep.
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.timestampType": "TIMESTAMP_NTZ",
    }
    builder = SparkSession.builder.master(f"local-cluster[2,{cores},{memory_mb}]").appName("partnet")
    for key, value in settings.items():
        builder = builder.config(key, value)
    session: Session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


class GraphX:
    """
    A graph in GraphX, reached through the JVM: edges go out and values come back as files that all workers see.

    Parameters
    ----------
    session
        The session.
    edges
        Its edges, as columns `source` and `target` of numbers; each counts in both directions.
    folder
        An empty folder that all workers see.
    """

    def __init__(self, session: Session, edges: Rows, folder: Path) -> None:
        """Write the edges, and load them as a graph."""
        self._session = session
        self._folder = folder
        both = edges.select("source", "target").union(edges.select("target", "source"))
        both.selectExpr("concat(source, ' ', target)").write.text(str(folder / "edges"))
        jvm: Any = session.sparkContext._jvm  # noqa: SLF001 (PySpark's own way to what only the JVM has)
        context = session.sparkContext._jsc.sc()  # noqa: SLF001 (as above)
        level = jvm.org.apache.spark.storage.StorageLevel.MEMORY_AND_DISK()
        loaded = jvm.org.apache.spark.graphx.GraphLoader.edgeListFile(
            context, str(folder / "edges"), _AS_WRITTEN, -1, level, level
        )
        number = jvm.scala.reflect.ClassTag.Int()
        self._graph = jvm.org.apache.spark.graphx.Graph.graphToGraphOps(loaded, number, number)

    def components(self) -> Rows:
        """
        Find the connected components.

        Returns
        -------
        components
            `id` and `value`, the lowest id of its component.
        """
        return self._values(self._graph.connectedComponents(), "components", "bigint")

    def pagerank(self, n_steps: int) -> Rows:
        """
        Rank by unweighted PageRank, as GraphX knows no other.

        Parameters
        ----------
        n_steps
            How many steps to take.

        Returns
        -------
        ranks
            `id` and `value`; the values add up to the number of ids.
        """
        return self._values(self._graph.staticPageRank(n_steps, _RESET_PROBABILITY), "ranks", "double")

    def _values(self, graph: Any, name: str, kind: str) -> Rows:  # noqa: ANN401 (an object of the JVM)
        path = str(self._folder / name)
        graph.vertices().saveAsTextFile(path)
        parts = "split(trim(BOTH '()' FROM value), ',')"
        return self._session.read.text(path).selectExpr(
            f"cast({parts}[0] as bigint) as id", f"cast({parts}[1] as {kind}) as value"
        )


def _with_lines(rows: Rows) -> Lazy:
    """Give rows their line: Spark numbers those of each part, and each part begins where the one before it ends."""
    numbered = rows.withColumn("part", sql.spark_partition_id()).withColumn(LINE, sql.monotonically_increasing_id())
    counted = {row["part"]: row["count"] for row in numbered.groupBy("part").count().collect()}
    start, lines = 2, sql.lit(None)
    for part in sorted(counted):
        offset = start - (part << _BITS_WITHIN_PART)
        lines = sql.when(sql.col("part") == part, sql.col(LINE) + offset).otherwise(lines)
        start += counted[part]
    frame: Lazy = nw.from_native(numbered.withColumn(LINE, lines).drop("part"))
    return frame
