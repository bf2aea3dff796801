"""Which sectors meet which: ties and acquaintances for every pair of sectors."""

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.acquaintance import acquainted_pairs
from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.network import Network

_SECTORS = ["first", "second"]
_COUNTS = ("n_pairs", "n_ties", "n_acquainted")


def sector_mixing(network: Network) -> pd.DataFrame:
    """
    Count, for every two sectors, how many of their pairs are tied and how many are acquainted.

    Parameters
    ----------
    network
        The network; actors of unknown sector do not count.

    Returns
    -------
    mixing
        One row for each pair of sectors, a sector with itself included, `first` and `second` in alphabetical order; each
        column with and without coordinators:

        - `n_pairs` (Int64): pairs of actors with one in either sector.
        - `n_ties` (Int64): how many of them are tied; `strength` (float): the sum of their strengths.
        - `n_ties_expected` (float): how many would be on average, were sectors handed out at random: all ties between
          actors of known sector times the share of all their pairs that are of these two sectors.
        - `density` (float, 0 to 1): `n_ties` over `n_pairs`; missing where there is no pair.
        - `n_acquainted` (Int64): how many shared a meeting of at most 12 present, or a contact.
        - `acquaintance_coverage` (float, 0 to 1): `n_acquainted` over `n_pairs`; missing where there is no pair.
    """
    sectors = network.sectors
    whole, partners = (_mixed(part, sectors) for part in (network, network.without_coordinators))
    suffixed = partners.drop(columns=_SECTORS).add_suffix(names.WITHOUT_COORDINATORS)
    return whole.join(suffixed)


def _mixed(network: Network, sectors: list[str]) -> pd.DataFrame:
    # Numbered from 1, so that 0 stands for a sector unknown.
    sector = pd.Index(sectors).get_indexer(pd.Index(network.actors["sector"])).astype(np.int64) + 1
    rows, columns = np.array(list(combinations_with_replacement(range(len(sectors)), 2)), dtype=int).reshape(-1, 2).T
    # This network may have fewer sectors than the whole, each at its own place among its own.
    place = pd.Index(network.sectors).get_indexer(pd.Index(sectors)) + 1
    low, high = np.sort(np.column_stack([place[rows], place[columns]]), axis=1).T
    here = (low > 0) & (high > 0)
    between = network.between_sectors
    n_ties, strength = (np.where(here, of_all[low, high], 0.0) for of_all in (between.n_ties, between.strength))
    n_acquainted = _by_pair_of(sector[acquainted_pairs(network)], len(sectors))[rows + 1, columns + 1]
    size = np.bincount(sector, minlength=len(sectors) + 1)[1:]
    n_pairs = np.where(rows == columns, size[rows] * (size[rows] - 1) / 2, size[rows] * size[columns])
    some = np.where(n_pairs > 0, n_pairs, np.nan)
    frame = pd.DataFrame(
        {
            "first": [sectors[row] for row in rows],
            "second": [sectors[column] for column in columns],
            "n_pairs": n_pairs,
            "n_ties": n_ties,
            "strength": strength,
            "n_ties_expected": n_ties.sum() * n_pairs / max(n_pairs.sum(), 1),
            "density": n_ties / some,
            "n_acquainted": n_acquainted,
            "acquaintance_coverage": n_acquainted / some,
        }
    )
    return frame.astype(dict.fromkeys(_COUNTS, "Int64"))


def _by_pair_of(sectors: Integers, n_sectors: int) -> Integers:
    """Count pairs of actors by the pair of their sectors, the lower first."""
    low, high = np.sort(sectors, axis=1).T
    n = n_sectors + 1
    return np.bincount(low * n + high, minlength=n * n).reshape(n, n).astype(np.int64)
