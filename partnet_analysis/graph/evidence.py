"""What a network rests on, meeting by meeting and contact by contact, so that it can be rebuilt from other weights."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from scipy import sparse

from partnet_analysis.graph.incidence import decay
from partnet_analysis.graph.kernels import EdgeArrays, Floats, Integers
from partnet_analysis.graph.network import Network


@dataclass(frozen=True, eq=False)
class Evidence:
    """
    Meetings and contacts as arrays.

    Parameters
    ----------
    ids
        The actors' ids, in roster order.
    presence
        Actors × meetings of the period, 1 where present.
    series
        For each meeting the number of its series; a meeting without a series is one of its own.
    meeting_weight
        What each meeting counts before its size does: 1, or less where it has faded.
    contact_ends
        The numbers of the two actors of each contact, one row each.
    contact_weight
        What each contact counts.
    """

    ids: pd.Index
    presence: sparse.csr_array
    series: Integers
    meeting_weight: Floats
    contact_ends: Integers
    contact_weight: Floats

    @classmethod
    def of(cls, network: Network) -> Self:
        """
        Lay a network's records out.

        Parameters
        ----------
        network
            The network.

        Returns
        -------
        evidence
            All of its meetings and contacts.
        """
        records, as_of = network.records, network.period.end
        ids = pd.Index(network.actors["actor_id"], name="actor_id")
        meetings, contacts = records.meetings, records.contacts
        present = records.attendance[records.attendance["status"] == "present"]
        cells = (
            ids.get_indexer(pd.Index(present["actor_id"])),
            pd.Index(meetings["meeting_id"]).get_indexer(pd.Index(present["meeting_id"])),
        )
        series, _ = pd.factorize(meetings["series"].fillna("\0" + meetings["meeting_id"]))
        ends = [ids.get_indexer(pd.Index(contacts[end])) for end in ("source_id", "target_id")]
        return cls(
            ids=ids,
            presence=sparse.csr_array((np.ones(len(present)), cells), shape=(len(ids), len(meetings))),
            series=series.astype(np.int64),
            meeting_weight=decay(meetings["day"], as_of, network.half_life_days),
            contact_ends=np.column_stack(ends).astype(np.int64),
            contact_weight=decay(contacts["day"], as_of, network.half_life_days),
        )

    def edges(
        self, *, n_times_met: Integers, n_times_contacted: Integers, presence: sparse.csr_array | None = None
    ) -> EdgeArrays:
        """
        Rebuild the network with some meetings and contacts counted several times or not at all.

        Parameters
        ----------
        n_times_met
            How often each meeting counts.
        n_times_contacted
            How often each contact counts.
        presence
            Who was present, where that is not as recorded.

        Returns
        -------
        edges
            The network of these meetings and contacts.
        """
        present = self.presence if presence is None else presence
        n_present = np.asarray(present.sum(axis=0), dtype=float)
        weight = np.where(n_present > 1, self.meeting_weight * n_times_met / np.maximum(n_present - 1, 1), 0)
        met = sparse.csr_array(present @ sparse.diags_array(weight)) @ present.T
        strengths = np.asarray(met.toarray(), dtype=float)
        contacted = sparse.coo_array(
            (self.contact_weight * n_times_contacted, tuple(self.contact_ends.T)), shape=strengths.shape
        ).toarray()
        strengths = strengths + contacted + contacted.T
        source, target = np.nonzero(np.triu(strengths >= np.finfo(float).tiny, k=1))
        strength = strengths[source, target]
        return EdgeArrays(self.ids, source.astype(np.int64), target.astype(np.int64), strength, 1 / strength)
