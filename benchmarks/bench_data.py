"""What the benchmarks work on: generated records as canonical CSV, made once for each size."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.generated import generated_records
from partnet_analysis import names
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

ACTORS: Final[Mapping[int, int]] = {
    1_000: 60,
    2_000: 100,
    10_000: 500,
    100_000: 5_000,
    1_000_000: 20_000,
    10_000_000: 100_000,
}
"""How many actors the records of each size have."""

PERIOD: Final = Period.parse("2023-01-01..2024-12-31")
"""Both years that the generated records cover."""


def n_actors(rows: int) -> int:
    """
    Tell how many actors records of a size have.

    Parameters
    ----------
    rows
        The rows of attendance.

    Returns
    -------
    n_actors
        That of the nearest known size below, in proportion.
    """
    return ACTORS.get(rows, max(20, int(rows**0.72)))


def raw_folder(home: Path, rows: int) -> Path:
    """
    Write generated records as canonical CSV, where they are not there yet.

    Parameters
    ----------
    home
        The folder of all sizes.
    rows
        About how many rows of attendance.

    Returns
    -------
    folder
        The folder of records.
    """
    folder = home / f"raw-{rows}"
    if not (folder / "contacts.csv").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_tables(generated_records(rows, n_actors(rows)), folder)
    return folder


def write_tables(records: Records, folder: Path) -> None:
    """
    Write records as canonical CSV, as a program that knows nothing of this package would.

    Parameters
    ----------
    records
        The records.
    folder
        The folder.
    """
    for table in names.TABLES:
        frame: pd.DataFrame = getattr(records, table)
        columns = [column for column in names.COLUMNS[table] if column in frame and not frame[column].isna().all()]
        frame[columns].to_csv(folder / f"{table}.csv", index=False, date_format="%Y-%m-%d")


def with_plenary(records: Records, n_present: int) -> Records:
    """
    Add one large meeting, to which newcomers come who are seen nowhere else.

    Parameters
    ----------
    records
        The records.
    n_present
        How many are present: everybody known, and newcomers.

    Returns
    -------
    records
        The records with one more meeting.
    """
    known = list(records.actors["actor_id"])
    newcomers = [f"P{number:06d}" for number in range(max(n_present - len(known), 0))]
    added = pd.DataFrame({"actor_id": newcomers, "name": newcomers, "kind": "organisation"})
    present = [*known, *newcomers][:n_present]
    day = records.meetings["day"].iloc[len(records.meetings) // 2]
    return Records.from_tables(
        actors=pd.concat([records.actors, added], ignore_index=True),
        meetings=pd.concat(
            [records.meetings, pd.DataFrame({"meeting_id": ["PLENARY"], "day": [day], "duration_hours": [2.0]})],
            ignore_index=True,
        ),
        attendance=pd.concat(
            [
                records.attendance,
                pd.DataFrame({"meeting_id": "PLENARY", "actor_id": present, "invited": True, "status": "present"}),
            ],
            ignore_index=True,
        ),
        contacts=records.contacts,
    )


def expected_ties(records: Records) -> pd.DataFrame:
    """
    Work out ties from the definition, pair by pair, for checks at small sizes.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    ties
        `source_id`, `target_id`, `strength`.
    """
    present = records.attendance[records.attendance["status"] == "present"]
    found: dict[tuple[str, str], float] = {}
    for _, members in present.groupby("meeting_id")["actor_id"]:
        there = sorted(members)
        for place, one in enumerate(there):
            for other in there[place + 1 :]:
                found[one, other] = found.get((one, other), 0.0) + 1 / (len(there) - 1)
    for one, other in zip(records.contacts["source_id"], records.contacts["target_id"], strict=True):
        pair = (min(one, other), max(one, other))
        found[pair] = found.get(pair, 0.0) + 1.0
    rows = sorted((one, other, strength) for (one, other), strength in found.items())
    return pd.DataFrame(rows, columns=["source_id", "target_id", "strength"])


def spread(values: "pd.Series[float]") -> float:
    """
    Tell how large a difference in these values may be before it counts.

    Parameters
    ----------
    values
        The values.

    Returns
    -------
    tolerance
        A billionth of the largest.
    """
    return 1e-9 * float(np.nanmax(np.abs(values.to_numpy(dtype=float)), initial=1.0))


if __name__ == "__main__":
    raw_folder(Path(sys.argv[1]), int(sys.argv[2]))
