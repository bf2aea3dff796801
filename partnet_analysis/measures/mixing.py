"""Which sectors meet which: ties and acquaintances for every pair of sectors."""

from itertools import combinations_with_replacement

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.network import kernels
from partnet_analysis.network.acquaintance import acquainted_pairs
from partnet_analysis.network.incidence import Integers
from partnet_analysis.network.network import Network

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
    sectors = sorted(network.actors["sector"].dropna().unique())
    whole, partners = (_mixed(part, sectors) for part in (network, network.without_coordinators))
    suffixed = partners.drop(columns=_SECTORS).add_suffix(names.WITHOUT_COORDINATORS)
    return whole.join(suffixed)


def _mixed(network: Network, sectors: list[str]) -> pd.DataFrame:
    # Numbered from 1, so that 0 stands for a sector unknown.
    sector = pd.Index(sectors).get_indexer(pd.Index(network.actors["sector"])).astype(np.int64) + 1
    rows, columns = np.array(list(combinations_with_replacement(range(len(sectors)), 2)), dtype=int).reshape(-1, 2).T
    cells = (len(sectors) + 1) ** 2

    def of_sectors(first: Integers, second: Integers) -> Integers:
        """Give each pair of actors the number of its two sectors."""
        one, other = sector[first], sector[second]
        return np.minimum(one, other) * (len(sectors) + 1) + np.maximum(one, other)

    n_ties, strength = np.zeros(cells), np.zeros(cells)
    for part in kernels.layout_parts(network.incidence):
        cell = of_sectors(part.source, part.target)
        n_ties += np.bincount(cell, minlength=cells)
        strength += np.bincount(cell, weights=part.strength, minlength=cells)
    acquainted = acquainted_pairs(network)
    n_acquainted = np.bincount(of_sectors(*acquainted.T), minlength=cells)
    n_ties, strength, n_acquainted = (
        of_all.reshape(len(sectors) + 1, -1)[rows + 1, columns + 1] for of_all in (n_ties, strength, n_acquainted)
    )
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
