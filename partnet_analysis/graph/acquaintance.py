"""Who can be said to know whom: a small meeting or a contact, not the same full hall."""

from typing import Final

import numpy as np

from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.pairs import tie_keys

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
    incidence = network.incidence.without_large_meetings(SMALL_MEETING)
    keys = np.concatenate(list(tie_keys(incidence)))
    n = max(incidence.n_actors, 1)
    return np.column_stack([keys // n, keys % n])
