"""What an engine must be able to do, which there are, and which one suits how many rows."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Literal, Protocol

import narwhals as nw
import pandas as pd

from partnet_analysis.errors import InputError

Lazy = nw.LazyFrame[Any]
EngineName = Literal["auto", "pandas", "duckdb", "spark"]

MOST_ROWS_IN_PANDAS: Final = 2_000_000
"""Rows of text above which `auto` takes DuckDB: from here on pandas' own copies would cost more than a gigabyte."""

_NEEDS: Final = {"pandas": (), "duckdb": ("duckdb", "narwhals"), "spark": ("pyspark", "narwhals")}
_EXTRA: Final = {"duckdb": "fast", "spark": "spark"}


class Engine(Protocol):
    """Whatever holds rows and runs expressions over them."""

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
            The same rows, held by the engine.
        """

    def settled(self, frame: Lazy) -> Lazy:
        """
        Work a frame out once, as several others follow from it.

        Parameters
        ----------
        frame
            The frame.

        Returns
        -------
        settled
            The same rows, worked out.
        """

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


class ReadingEngine(Engine, Protocol):
    """An engine that reads files by itself, row by row as it needs them."""

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

    def csv(self, path: Path, delimiter: str) -> Lazy | None:
        """
        Open a delimited file without reading it whole.

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


def n_lines(path: Path) -> int:
    """
    Count the lines of a file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    n_lines
        How many there are, whether or not the last one is ended.
    """
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while block := file.read(1 << 24):
            count += block.count(b"\n")
            last = block[-1:]
    return count + (last != b"\n")


class Pandas:
    """The rows in memory, held by pandas: everything is worked out at once."""

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
            The same table.
        """
        return nw.from_native(table).lazy()

    def settled(self, frame: Lazy) -> Lazy:
        """
        Do nothing: pandas has worked it out already.

        Parameters
        ----------
        frame
            The frame.

        Returns
        -------
        settled
            The same.
        """
        return frame

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
            Its rows.
        """
        return frame.collect(backend="pandas").to_pandas().reset_index(drop=True)


def chosen(name: EngineName, n_rows: int) -> str:
    """
    Choose the engine for so many rows.

    Parameters
    ----------
    name
        An engine's name, or `auto`.
    n_rows
        How many rows there are, about.

    Returns
    -------
    engine
        `pandas`, `duckdb` or `spark`; `auto` means DuckDB above `MOST_ROWS_IN_PANDAS` rows where it is installed.

    Raises
    ------
    InputError
        If the engine that is asked for by name is not installed (PN120).
    """
    if name == "auto":
        return "duckdb" if n_rows > MOST_ROWS_IN_PANDAS and not _lacking("duckdb") else "pandas"
    if lacking := _lacking(name):
        raise InputError("PN120", engine=name, packages=lacking, extra=_EXTRA[name])
    return name


def _lacking(name: str) -> list[str]:
    return [package for package in _NEEDS[name] if find_spec(package) is None]
