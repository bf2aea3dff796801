"""Which pairs meet more often than their activity alone would make them: an annotation, never the network itself."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.null_model import Flags, Floats, chance_of_meeting_so_often, presence_chances

FALSE_DISCOVERIES: Final = 0.05
"""The share of false discoveries accepted among the pairs called significant."""

_PAIR: Final = ["source_id", "target_id"]


def pair_significance(network: Network) -> pd.DataFrame:
    """
    Test for every pair of partners whether they share more groups than chance would have them share.

    Chance keeps, on average, how many groups each actor attended and how many actors each group had, kind of meeting by
    kind of meeting (the stochastic degree sequence model, Neal 2014; see `network.null_model`). A series of meetings is one
    group, attended by who came at least once: its meetings bring the same people together and are no independent evidence.
    Who was not invited to a group that kept invitation lists could not have been there.

    On data of a partnership's size the test has little power: among a hundred partners and forty groups, two who go to the
    same ten groups and to no other are no discovery. Read it as a mark beside a tie, never as a reason to drop the others.

    Parameters
    ----------
    network
        The network; only who was present in which meeting counts.

    Returns
    -------
    pairs
        One row for each pair tested, that is each pair of actors who both attended something, sorted; the number of rows is
        the number of tests:

        - `source_id`, `target_id`: the pair, `source_id` < `target_id`.
        - `n_shared` (int), `n_expected` (float): groups they share, and would on average by chance.
        - `p_value` (float): chance of sharing at least so many.
        - `q_value` (float): the smallest share of false discoveries at which the pair is called significant (Benjamini &
          Hochberg 1995, Journal of the Royal Statistical Society B 57, 289).
        - `is_significant` (bool): `q_value` at most 0.05.

        `n_shared` to `is_significant` stand twice, with the suffix `names.WITHOUT_COORDINATORS` for the network without them
        (missing for pairs with a coordinator).
    """
    suffix = names.WITHOUT_COORDINATORS
    whole = _tested(network)
    partners = whole if network.without_coordinators is network else _tested(network.without_coordinators)
    renamed = {column: f"{column}{suffix}" for column in partners if column not in _PAIR}
    pairs = whole.merge(partners.rename(columns=renamed), on=_PAIR, how="left")
    return pairs.astype({"n_shared" + suffix: "Int64", "is_significant" + suffix: "boolean"})


def false_discovery_rates(p_values: Floats) -> Floats:
    """
    Adjust p-values for their number (Benjamini & Hochberg 1995).

    Parameters
    ----------
    p_values
        The p-values.

    Returns
    -------
    q_values
        For each the smallest share of false discoveries at which it is one.

    Examples
    --------
    >>> false_discovery_rates(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    n = len(p_values)
    order = np.argsort(p_values, kind="stable")[::-1]
    falling = np.minimum.accumulate(p_values[order] * n / np.arange(n, 0, -1))
    q_values = np.empty(n)
    q_values[order] = falling
    return q_values


@dataclass(frozen=True)
class _Groups:
    """Who attended which group, who could have, and of which kind each group is."""

    presence: Flags
    possible: Flags
    kind: npt.NDArray[np.intp]


def _tested(network: Network) -> pd.DataFrame:
    groups = _groups(network)
    chances = np.zeros(groups.presence.shape)
    for kind in np.unique(groups.kind):
        of_kind = groups.kind == kind
        chances[:, of_kind] = presence_chances(groups.presence[:, of_kind], groups.possible[:, of_kind])
    active = np.flatnonzero(groups.presence.any(axis=1))
    first, second = (active[side] for side in np.triu_indices(len(active), k=1))
    together = chances[first] * chances[second]
    n_shared = (groups.presence[first] & groups.presence[second]).sum(axis=1)
    p_value = chance_of_meeting_so_often(n_shared, together)
    q_value = false_discovery_rates(p_value)
    ids = network.actors["actor_id"]
    return pd.DataFrame(
        {
            "source_id": ids.iloc[first].reset_index(drop=True),
            "target_id": ids.iloc[second].reset_index(drop=True),
            "n_shared": n_shared,
            "n_expected": together.sum(axis=1),
            "p_value": p_value,
            "q_value": q_value,
            "is_significant": q_value <= FALSE_DISCOVERIES,
        }
    )


def _groups(network: Network) -> _Groups:
    meetings = network.records.meetings
    ids = pd.Index(network.actors["actor_id"])
    # A series whose meetings are of several kinds is one group of each.
    series = meetings["series"].fillna("\0" + meetings["meeting_id"])
    number, labels = pd.factorize(meetings["kind"].fillna("") + "\0" + series)
    kind, _ = pd.factorize(meetings["kind"].fillna(""))
    kind_of = np.zeros(len(labels), dtype=np.intp)
    kind_of[number] = kind
    group_of = pd.Series(number, index=meetings["meeting_id"])
    marks = network.records.attendance
    row, column = ids.get_indexer(pd.Index(marks["actor_id"])), marks["meeting_id"].map(group_of).to_numpy(dtype=np.intp)

    def cells(which: pd.Series) -> Flags:
        flags = np.zeros((len(ids), len(labels)), dtype=bool)
        chosen = which.to_numpy(dtype=bool)
        flags[row[chosen], column[chosen]] = True
        return flags

    presence = cells(marks["status"] == "present")
    keeps_lists = cells(marks["invited"].notna()).any(axis=0)
    possible = presence | cells(marks["invited"].fillna(value=False)) | ~keeps_lists
    held = presence.any(axis=0)
    return _Groups(presence[:, held], possible[:, held], kind_of[held])
