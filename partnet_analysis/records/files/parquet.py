"""Parquet: columns as they are stored, turned into text so that one place types all cells."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import overload

import numpy as np
import pandas as pd

from partnet_analysis.records.grids import Grid, UnreadableError


class ColumnRows(Sequence[list[str]]):
    """
    The rows of a table that comes in columns, its header above them.

    Parameters
    ----------
    table
        Its columns, as categoricals of text.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        """Put the header above the rows."""
        header = [str(name) for name in table.columns]
        self._columns = pd.DataFrame({place: _below(name, table.iloc[:, place].array) for place, name in enumerate(header)})

    def columns(self) -> pd.DataFrame:
        """
        Give the columns, header and all.

        Returns
        -------
        columns
            A row for each row of the table, and one more.
        """
        return self._columns

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._columns)

    @overload
    def __getitem__(self, place: int) -> list[str]: ...
    @overload
    def __getitem__(self, place: slice) -> list[list[str]]: ...
    def __getitem__(self, place: int | slice) -> list[str] | list[list[str]]:
        """Fetch a row, or some."""
        if isinstance(place, slice):
            return [self[row] for row in range(*place.indices(len(self)))]
        if place >= len(self):
            raise IndexError(place)
        row: list[str] = self._columns.iloc[place].tolist()
        return row


def _below(header: str, cells: pd.Categorical) -> pd.Categorical:
    categories = (
        cells.categories.append(pd.Index([header], dtype=object)) if header not in cells.categories else cells.categories
    )
    codes = np.concatenate([[categories.get_loc(header)], cells.codes])
    return pd.Categorical.from_codes(codes, categories=categories)


def parquet_grid(file: str, path: Path) -> Grid:
    """
    Read a Parquet file.

    Parameters
    ----------
    file
        The file's name, for the ledger.
    path
        Where it is.

    Returns
    -------
    grid
        Its cells as text under its column names: row 2 is the first of the table.

    Raises
    ------
    UnreadableError
        If it is damaged, or nothing that reads Parquet is installed (PN121).
    """
    readers = {"duckdb": _by_duckdb, "pyarrow": _by_pyarrow}
    read = next((reader for package, reader in readers.items() if find_spec(package) is not None), None)
    if read is None:
        raise UnreadableError("PN121", detail=" / ".join(readers))
    try:
        table = read(path)
    except Exception as fault:  # noqa: BLE001 (whatever a damaged file makes of its reader)
        raise UnreadableError("PN121", detail=str(fault).splitlines()[0] if str(fault) else "") from None
    return Grid(file, None, ColumnRows(table))


def _by_duckdb(path: Path) -> pd.DataFrame:
    import duckdb  # noqa: PLC0415 (an extra)

    with duckdb.connect() as connection:
        text = "SELECT COALESCE(CAST(COLUMNS(*) AS VARCHAR), '') FROM read_parquet($1)"
        table = connection.execute(text, [str(path)]).df()
    return table.astype(dict.fromkeys(table, "category"))


def _by_pyarrow(path: Path) -> pd.DataFrame:
    from pyarrow import compute, parquet, string  # noqa: PLC0415 (an extra)

    table = parquet.read_table(path)
    columns = [compute.fill_null(compute.cast(column, string()), "") for column in table.columns]
    return pd.DataFrame(
        {name: pd.Categorical(column.to_pandas()) for name, column in zip(table.column_names, columns, strict=True)}
    )
