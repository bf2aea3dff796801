"""What Spark takes for the same measures: `python -m benchmarks.bench_spark ROWS`, with the Python of `make test-spark`."""

import sys
import tempfile
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from benchmarks.bench_data import n_actors
from benchmarks.bench_trial import timed
from benchmarks.generated import Presences, presences
from partnet_analysis.records.engines.cluster import Spark, two_workers
from partnet_analysis.records.engines.measured import last_seen, load_by_month, strength
from partnet_analysis.records.engines.operator import pagerank

_FIRST_DAY: Final = np.datetime64("2023-01-01", "us")
_STEPS: Final = 5
_WORKER_MB: Final = 3072


def write_tables(drawn: Presences, folder: Path) -> None:
    """
    Write the canonical tables as Parquet, ids as numbers, a contact for every ten presences.

    Parameters
    ----------
    drawn
        Who sat in which meeting.
    folder
        The folder.
    """
    chance = np.random.default_rng(2)
    n_contacts = len(drawn.actor) // 10
    source, target = (drawn.actor[chance.integers(0, len(drawn.actor), n_contacts)] for _ in range(2))
    two = source != target
    tables = {
        "actors": pd.DataFrame({"actor_id": np.arange(drawn.n_actors)}),
        "meetings": pd.DataFrame(
            {"meeting_id": np.arange(len(drawn.day)), "day": _FIRST_DAY + drawn.day.astype("timedelta64[D]")}
        ),
        "attendance": pd.DataFrame(
            {"meeting_id": drawn.meeting, "actor_id": drawn.actor, "invited": 1.0, "status": "present"}
        ),
        "contacts": pd.DataFrame({"source_id": source[two], "target_id": target[two], "day": _FIRST_DAY}),
    }
    for name, table in tables.items():
        parquet.write_table(pa.Table.from_pandas(table, preserve_index=False), folder / f"{name}.parquet")


def expected_strength(drawn: Presences, contacts: pd.DataFrame) -> "pd.Series[float]":
    """
    Count, for each actor, meetings in company and contacts.

    Parameters
    ----------
    drawn
        Who sat in which meeting.
    contacts
        The contacts.

    Returns
    -------
    strength
        One number for each actor.
    """
    in_company = np.bincount(drawn.meeting)[drawn.meeting] > 1
    ends = np.concatenate([drawn.actor[in_company], contacts["source_id"], contacts["target_id"]])
    return pd.Series(np.bincount(ends, minlength=drawn.n_actors).astype(float))


def main(rows: int) -> None:
    """
    Time each measure on a cluster of two worker processes; rows come from Parquet each time.

    Parameters
    ----------
    rows
        About how many rows of attendance.
    """
    drawn = presences(rows, n_actors(rows))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_tables(drawn, folder)
        engine = Spark(two_workers(memory_mb=_WORKER_MB))
        tables = {path.stem: engine.parquet(path) for path in sorted(folder.glob("*.parquet"))}
        told = timed("strength", lambda _: engine.collected(strength(tables)), java_mib=lambda _: java_mib())
        found = told.set_index("actor_id")["strength"].sort_index()
        expected = expected_strength(drawn, pd.read_parquet(folder / "contacts.parquet"))
        pd.testing.assert_series_equal(found, expected, check_names=False, check_index_type=False)
        timed(
            "last seen, never invited, never came",
            lambda _: engine.collected(last_seen(tables)),
            java_mib=lambda _: java_mib(),
        )
        timed("load by month", lambda _: engine.collected(load_by_month(tables)), java_mib=lambda _: java_mib())
        timed(
            f"PageRank, {_STEPS} steps",
            lambda _: engine.collected(pagerank(engine, tables, n_steps=_STEPS)),
            java_mib=lambda _: java_mib(),
        )
        engine.session.stop()


def java_mib() -> float:
    """
    Tell the most memory that the Java processes of this machine have held: the driver's and the workers'.

    Returns
    -------
    java_mib
        In MiB, their peaks added up.
    """
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "comm").read_text(encoding="ascii").strip() != "java":
                continue
            lines = (process / "status").read_text(encoding="ascii").splitlines()
        except OSError:  # it ended meanwhile
            continue
        held += next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
    return held / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]))
