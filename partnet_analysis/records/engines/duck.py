"""DuckDB: rows in columns on disk where memory ends."""

from pathlib import Path
from typing import Final

import duckdb
import narwhals as nw
import pandas as pd

from partnet_analysis.records.engines.cells import LINE
from partnet_analysis.records.engines.engine import Lazy, n_lines

_MEMORY: Final = "4GB"


class Duck:
    """
    A database of its own, gone with this object.

    Parameters
    ----------
    memory
        How much memory it may take before it writes to disk.
    spill
        The folder it then writes to; the working folder's `.tmp` by default.
    """

    def __init__(self, *, memory: str = _MEMORY, spill: Path | None = None) -> None:
        """Open an empty database."""
        self.connection: duckdb.DuckDBPyConnection = duckdb.connect()
        self.connection.execute(f"SET memory_limit = '{memory}'")
        # Sorted where it matters, at the end; keeping the order of rows in between costs memory.
        self.connection.execute("SET preserve_insertion_order = false")
        if spill is not None:
            self.connection.execute("SET temp_directory = $1", [str(spill)])
        self._n_tables = 0

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
            The same rows, in the database.
        """
        return self._kept(self.connection.from_df(table))

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
        rows = self.connection.read_parquet(str(path), file_row_number=True)
        return nw.from_native(rows.project(f"* EXCLUDE file_row_number, file_row_number + 2 AS {LINE}"))

    def csv(self, path: Path, delimiter: str) -> Lazy | None:
        """
        Read a delimited file into the database.

        Parameters
        ----------
        path
            The file, in UTF-8, with a header.
        delimiter
            What separates the cells.

        Returns
        -------
        frame
            Its rows as text with their `line`; None where a row is not a line, or DuckDB cannot read it.
        """
        try:
            self.connection.execute("SET preserve_insertion_order = true")
            rows = self.connection.read_csv(str(path), sep=delimiter, header=True, all_varchar=True)
            frame = self._kept(rows.project(f"*, row_number() OVER () + 1 AS {LINE}"))
        except duckdb.Error:
            return None
        finally:
            self.connection.execute("SET preserve_insertion_order = false")
        n_rows = len(nw.to_native(frame))
        return frame if n_rows + 1 == n_lines(path) else None

    def settled(self, frame: Lazy) -> Lazy:
        """
        Work a frame out once.

        Parameters
        ----------
        frame
            The frame.

        Returns
        -------
        settled
            The same rows, as a table of the database.
        """
        return self._kept(nw.to_native(frame))

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
        table: pd.DataFrame = nw.to_native(frame).df()
        return table

    def _kept(self, relation: duckdb.DuckDBPyRelation) -> Lazy:
        self._n_tables += 1
        name = f"settled_{self._n_tables}"
        relation.create(name)
        return nw.from_native(self.connection.table(name))
