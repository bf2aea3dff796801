"""Ties straight to Parquet, a chunk of memory at a time: for networks whose table of ties memory does not hold."""

import errno
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from partnet_analysis.errors import OutputError
from partnet_analysis.graph.incidence import Incidence
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.ties import tie_tables


def write_ties(network: Network, folder: Path) -> int:
    """
    Write every tie of a network, however many there are.

    Parameters
    ----------
    network
        The network.
    folder
        Where; it must not exist yet.

    Returns
    -------
    n_ties
        How many ties were written: the rows of `Network.ties`, in its order, with its columns, as Parquet files
        `part-00001.parquet` and so on, which DuckDB, Spark, pandas, Polars and R's arrow read as one table. Memory holds
        one part at a time, about a gigabyte.

    Raises
    ------
    ImportError
        If DuckDB, which writes them, is not installed.
    OutputError
        If something bears the folder's name already (PN095), or the system refuses (PN099); nothing is left behind.
    """
    if find_spec("duckdb") is None:
        message = "ties as Parquet need DuckDB, which is not installed: pip install 'partnet_analysis[fast]'"
        raise ImportError(message)
    if folder.exists() or folder.is_symlink():
        raise OutputError("PN095", path=str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
            parts = Path(beside) / "parts"
            parts.mkdir()
            n_ties = _written(network.incidence, parts)
            parts.rename(folder)
    except OSError as error:
        raise OutputError("PN099", path=str(folder), detail=error.strerror or type(error).__name__) from None
    return n_ties


def _written(incidence: Incidence, folder: Path) -> int:
    import duckdb  # noqa: PLC0415 (an extra)

    n_ties = 0
    with duckdb.connect() as connection:
        for number, ties in enumerate(tie_tables(incidence), start=1):
            try:
                connection.from_df(ties).write_parquet(str(folder / f"part-{number:05}.parquet"))
            except duckdb.IOException as error:
                raise OSError(errno.EIO, str(error)) from None
            n_ties += len(ties)
    return n_ties
