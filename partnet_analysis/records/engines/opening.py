"""A folder of canonical tables → an engine that holds their rows, and which line each stands on."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.engines.cells import LINE
from partnet_analysis.records.engines.engine import Engine, EngineName, Lazy, Pandas, ReadingEngine, chosen
from partnet_analysis.records.files.delimited import DELIMITERS, PlainRows, delimited_grid
from partnet_analysis.records.files.parquet import ColumnRows, parquet_grid

_BYTES_PER_ROW: Final = {".csv": 32, ".parquet": 4}
"""About what a row of attendance takes: enough to tell thousands from millions without reading."""


def opened(
    folder: Path, engine: EngineName = "auto", *, cluster: Callable[[], Any] | None = None
) -> tuple[Engine, Mapping[str, Lazy]]:
    """
    Open the canonical tables of a folder.

    Parameters
    ----------
    folder
        The folder, with `attendance.csv` or `attendance.parquet` and their like, one file for each table.
    engine
        What holds the rows: `pandas`, `duckdb` or `spark`; `auto` chooses by how many there are.
    cluster
        Opens a Spark session where the engine is Spark; two workers on this machine by default.

    Returns
    -------
    engine
        Who holds the rows.
    tables
        The tables as text, each with the `line` of its rows, for `rules.validated`.

    Raises
    ------
    InputError
        If the engine that is asked for by name is not installed (PN120).
    """
    files = {
        path.stem: path for path in sorted(folder.iterdir()) if path.stem in names.TABLES and path.suffix in _BYTES_PER_ROW
    }
    n_rows = sum(path.stat().st_size // _BYTES_PER_ROW[path.suffix] for path in files.values())
    holder = _engine(chosen(engine, n_rows), cluster)
    return holder, {table: _rows(holder, path) for table, path in files.items()}


def _rows(engine: Pandas | ReadingEngine, path: Path) -> Lazy:
    """Let the engine read a file by itself, or, where its lines are not the table's rows, hand the rows over."""
    if not isinstance(engine, Pandas):
        rows = engine.parquet(path) if path.suffix == ".parquet" else engine.csv(path, _delimiter(path))
        if rows is not None:
            return rows
    return engine.frame(_text(path))


def _delimiter(path: Path) -> str:
    with path.open(encoding="utf-8-sig") as file:
        header = file.readline()
    return max(DELIMITERS, key=header.count)


def _text(path: Path) -> pd.DataFrame:
    grid = parquet_grid(path.name, path) if path.suffix == ".parquet" else delimited_grid(path.name, path.read_bytes())
    rows = grid.rows
    if isinstance(rows, (PlainRows, ColumnRows)) and (columns := rows.columns()) is not None:
        table = columns.iloc[1:].set_axis(columns.iloc[0].tolist(), axis="columns")
    else:
        table = pd.DataFrame(rows[1:], columns=rows[0])
    lines = np.arange(2, len(table) + 2)
    filled = (table.astype(object) != "").any(axis="columns").to_numpy()
    return table.astype("str").assign(**{LINE: lines})[filled].reset_index(drop=True)


def _engine(name: str, cluster: Callable[[], Any] | None) -> Pandas | ReadingEngine:
    if name == "duckdb":
        from partnet_analysis.records.engines.duck import Duck  # noqa: PLC0415 (an extra)

        return Duck()
    if name == "spark":
        from partnet_analysis.records.engines.cluster import Spark, two_workers  # noqa: PLC0415 (an extra)

        return Spark((cluster or two_workers)())
    return Pandas()
