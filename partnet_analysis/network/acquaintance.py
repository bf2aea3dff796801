"""Who can be said to know whom: a small meeting or a contact, not the same full hall."""

from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.network.kernels import Integers
from partnet_analysis.network.network import Network

SMALL_MEETING: Final = 12
"""Up to so many present, everybody can be said to have met everybody."""


def acquainted_pairs(network: Network) -> Integers:
    """
    Find the pairs who shared a meeting of at most 12 present, or a contact.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    pairs
        The two numbers of each pair in roster order, the lower first, one row for each pair.
    """
    records = network.records
    ids = pd.Index(records.actors["actor_id"])
    present = records.attendance[records.attendance["status"] == "present"]
    small = present[present.groupby("meeting_id")["actor_id"].transform("size") <= SMALL_MEETING]
    acquainted = np.zeros((len(ids), len(ids)), dtype=bool)
    for members in small.groupby("meeting_id")["actor_id"]:
        numbers = ids.get_indexer(pd.Index(members[1]))
        acquainted[np.ix_(numbers, numbers)] = True
    contacts = records.contacts
    acquainted[ids.get_indexer(pd.Index(contacts["source_id"])), ids.get_indexer(pd.Index(contacts["target_id"]))] = True
    return np.argwhere(np.triu(acquainted | acquainted.T, k=1)).astype(np.int64)
