"""The ties of a period as the page reads them: columns of whole numbers, as short as they can be."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.measures.isolation import outside_large_meetings
from partnet_analysis.network.network import Network

MOST_TIES: Final = 40_000
"""Above so many ties in a period, the page gets each actor's strongest only, and says how many it leaves out."""
STRONGEST: Final = 10
_UNIT: Final = 100
"""Co-presence is written in hundredths, a tie never as nothing."""


def tie_columns(network: Network) -> dict[str, Any]:
    """
    Write a period's ties as columns.

    Parameters
    ----------
    network
        The graph of the period.

    Returns
    -------
    columns
        `starts`: for each actor in roster order, how many rows it is the source of; then, row by row, `target` (the row of
        the roster), `co_presence`, `without_coordinators` and `small_meetings` (co-presence in hundredths: in all, with the
        coordinators taken out, in small meetings alone). Contacts are few, so `contacts_out` and `contacts_in` are pairs:
        the rows that have any, and how many. `dropped` counts the ties left out.
    """
    ties = network.ties
    kept = ties[_worth_drawing(ties)] if len(ties) > MOST_TIES else ties
    roster = pd.Index(network.actors["actor_id"])
    columns = {
        "co_presence": kept["co_presence"],
        "without_coordinators": _co_presence_in(network.without_coordinators, kept),
        "small_meetings": _co_presence_in(outside_large_meetings(network), kept),
    }
    return {
        "starts": np.bincount(roster.get_indexer(pd.Index(kept["source_id"])), minlength=len(roster)).tolist(),
        "target": roster.get_indexer(pd.Index(kept["target_id"])).tolist(),
        **{name: _whole(values * _UNIT) for name, values in columns.items()},
        **{name: _sparse(_whole(kept[name])) for name in ("contacts_out", "contacts_in")},
        "dropped": len(ties) - len(kept),
    }


def total_ties(networks: list[Network]) -> pd.DataFrame:
    """
    Add up the ties of several periods.

    Parameters
    ----------
    networks
        The graphs.

    Returns
    -------
    ties
        `source_id`, `target_id` and `strength`, one row for each pair tied in any period.
    """
    pairs = ["source_id", "target_id"]
    together = pd.concat([network.ties[[*pairs, "strength"]] for network in networks], ignore_index=True)
    return together.groupby(pairs, as_index=False).sum()


def _co_presence_in(network: Network, ties: pd.DataFrame) -> pd.Series:
    pairs = ["source_id", "target_id"]
    merged = ties[pairs].merge(network.ties[[*pairs, "co_presence"]], on=pairs, how="left", validate="one_to_one")
    return merged["co_presence"].fillna(0.0)


def _whole(values: pd.Series) -> list[int]:
    return [int(value) for value in np.where(values > 0, np.maximum(np.round(values), 1), 0)]


def _sparse(values: list[int]) -> list[list[int]]:
    rows = [row for row, value in enumerate(values) if value]
    return [rows, [values[row] for row in rows]]


def _worth_drawing(ties: pd.DataFrame) -> npt.NDArray[np.bool_]:
    ends = pd.concat([ties["source_id"], ties["target_id"]])
    rank = pd.concat([ties["strength"], ties["strength"]]).groupby(ends).rank(ascending=False, method="first")
    return np.asarray(rank.to_numpy().reshape(2, -1).min(axis=0) <= STRONGEST)
