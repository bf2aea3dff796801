"""The network in its two modes: actors on one side, the meetings they sat in on the other."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy import sparse

from partnet_analysis.graph import kernels
from partnet_analysis.graph.kernels import EdgeArrays, Floats, Integers
from partnet_analysis.graph.network import Network


@dataclass(frozen=True, eq=False)
class TwoMode:
    """
    Who was present where, and what follows for those on the rows.

    Parameters
    ----------
    presence
        Those on the rows × those on the columns, 1 where they come together.
    """

    presence: sparse.csr_array

    @property
    def flipped(self) -> "TwoMode":
        """The same with rows and columns exchanged."""
        return TwoMode(sparse.csr_array(self.presence.T))

    @cached_property
    def both(self) -> EdgeArrays:
        """One network of rows and then columns, all ties of distance 1."""
        n_rows, n_columns = self.presence.shape
        row, column = self.presence.tocoo().coords
        ones = np.ones(self.presence.nnz)
        return EdgeArrays(
            pd.RangeIndex(n_rows + n_columns), row.astype(np.int64), column.astype(np.int64) + n_rows, ones, ones
        )

    @property
    def n_columns_of_row(self) -> Integers:
        """How many columns each row comes together with."""
        return np.asarray(self.presence.sum(axis=1), dtype=np.int64)

    def degree(self) -> Floats:
        """
        Measure the share of the columns that each row comes together with (Borgatti & Everett 1997).

        Returns
        -------
        degree
            Between 0 and 1; 0 where there is no column.
        """
        return np.asarray(self.n_columns_of_row / max(self.presence.shape[1], 1), dtype=float)

    def closeness(self) -> Floats:
        """
        Measure how near each row is to everybody else (Borgatti & Everett 1997).

        Returns
        -------
        closeness
            (m + 2(n − 1)) over the sum of path lengths, n rows and m columns: 1 for who comes together with every column.
            Times the share of all others within reach where the network is in pieces.
        """
        n_rows, n_columns = self.presence.shape
        n_others = n_rows + n_columns - 1
        lengths = self.both.lengths[:n_rows]
        reached = np.isfinite(lengths)
        far = np.where(reached, lengths, 0).sum(axis=1)
        near = (n_columns + 2 * (n_rows - 1)) / np.where(far > 0, far, np.inf)
        return np.asarray(near * (reached.sum(axis=1) - 1) / max(n_others, 1), dtype=float)

    def betweenness(self) -> Floats:
        """
        Measure the share of shortest paths through each row, out of the most that its mode allows (Borgatti & Everett 1997).

        Returns
        -------
        betweenness
            Between 0 and 1; 0 where the mode allows none.
        """
        n_rows, n_columns = self.presence.shape
        if not n_rows or not n_columns:
            return np.zeros(n_rows)
        s, t = divmod(n_rows - 1, n_columns)
        most = ((n_columns * (s + 1)) ** 2 + n_columns * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)) / 2
        return np.asarray(kernels.n_paths_through(self.both)[:n_rows] / most if most > 0 else np.zeros(n_rows), dtype=float)

    def redundancy(self) -> Floats:
        """
        Measure how many pairs of a row's columns would still share a row without it (Latapy, Magnien & Del Vecchio 2008).

        Returns
        -------
        redundancy
            Share of the pairs, between 0 and 1; NaN for rows with fewer than two columns.
        """
        shared = sparse.csr_array(self.presence.T @ self.presence)
        elsewhere = sparse.triu(shared >= 2, k=1, format="csr").astype(float)  # noqa: PLR2004 (this row and another)
        kept = np.asarray(((self.presence @ elsewhere) * self.presence).sum(axis=1), dtype=float)
        k = self.n_columns_of_row
        n_pairs = k * (k - 1) / 2
        return np.where(n_pairs > 0, kept / np.maximum(n_pairs, 1), np.nan)


def two_mode(network: Network) -> TwoMode:
    """
    Lay out who was present in which meeting.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    two_mode
        Actors of the roster on the rows, all meetings of the period, in their order, on the columns.
    """
    records = network.records
    present = records.attendance[records.attendance["status"] == "present"]
    rows = pd.Index(records.actors["actor_id"]).get_indexer(pd.Index(present["actor_id"]))
    columns = pd.Index(records.meetings["meeting_id"]).get_indexer(pd.Index(present["meeting_id"]))
    shape = (len(records.actors), len(records.meetings))
    return TwoMode(sparse.csr_array((np.ones(len(present)), (rows, columns)), shape=shape))
