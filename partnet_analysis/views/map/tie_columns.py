"""The ties of a period as the page reads them: columns of whole numbers, as short as they can be."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.isolation import outside_large_meetings

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
        `starts`: for each actor in roster order, how many rows it is the source of. Then, row by row, numbers that stay
        small: `steps`, by how many rows of the roster the target lies after the target before (after the source, in the
        source's first row); `co_presence` in hundredths; `without_extra`, how much more it is with the coordinators taken
        out; `large_part`, how much of it is from large meetings. Contacts are few, so `contacts_out` and `contacts_in` are
        pairs: the rows that have any, and how many. `dropped` counts the ties left out.
    """
    ties = network.main_ties
    kept = ties[_worth_drawing(ties)] if len(ties) > MOST_TIES else ties
    roster = pd.Index(network.actors["actor_id"])
    source, target = (roster.get_indexer(pd.Index(kept[end])) for end in ("source_id", "target_id"))
    first = np.diff(source, prepend=-1) != 0
    co_presence = _whole(kept["co_presence"] * _UNIT)
    return {
        "starts": np.bincount(source, minlength=len(roster)).tolist(),
        "steps": (target - np.where(first, source, np.roll(target, 1))).tolist(),
        "co_presence": co_presence.tolist(),
        "without_extra": (_whole(_co_presence_in(network.without_coordinators, kept) * _UNIT) - co_presence).tolist(),
        "large_part": (co_presence - _whole(_co_presence_in(outside_large_meetings(network), kept) * _UNIT)).tolist(),
        **{name: _sparse(_whole(kept[name])) for name in ("contacts_out", "contacts_in")},
        "dropped": network.n_ties - len(kept),
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
    together = pd.concat([network.main_ties[[*pairs, "strength"]] for network in networks], ignore_index=True)
    return together.groupby(pairs, as_index=False).sum()


def _co_presence_in(network: Network, ties: pd.DataFrame) -> pd.Series:
    """Look the pairs up in another network; who is not in it met nobody there."""
    incidence = network.incidence
    first, second = (incidence.ids.get_indexer(pd.Index(ties[end])).astype(np.int64) for end in ("source_id", "target_id"))
    there = (first >= 0) & (second >= 0)
    found = np.zeros(len(ties))
    found[there] = incidence.co_presence_of(first[there], second[there])
    return pd.Series(found, index=ties.index)


def _whole(values: pd.Series) -> npt.NDArray[np.int64]:
    return np.where(values > 0, np.maximum(np.round(values), 1), 0).astype(np.int64)


def _sparse(values: npt.NDArray[np.int64]) -> list[list[int]]:
    rows = np.flatnonzero(values)
    return [rows.tolist(), values[rows].tolist()]


def _worth_drawing(ties: pd.DataFrame) -> npt.NDArray[np.bool_]:
    ends = pd.concat([ties["source_id"], ties["target_id"]])
    rank = pd.concat([ties["strength"], ties["strength"]]).groupby(ends).rank(ascending=False, method="first")
    return np.asarray(rank.to_numpy().reshape(2, -1).min(axis=0) <= STRONGEST)
