"""Which pairs each meeting tied: the common ground of every measure of a meeting's worth."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.records.presence import presences
from partnet_analysis.records.tables import Records

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class PairTable:
    """
    The pairs of a period, coordinators aside; a pair is a number, i · n + j, i < j being places in the roster.

    Parameters
    ----------
    by_meeting
        One row for each meeting and pair present, in order of day: `meeting_id`, `pair`, `is_new` (neither met nor in
        contact on an earlier day, nor at an earlier meeting of the day), `is_only_here` (tied by nothing else in the
        period).
    n_ties
        By pair: meetings shared plus contacts in the period.
    ids
        The roster.
    """

    by_meeting: pd.DataFrame
    n_ties: pd.Series
    ids: pd.Index

    def lost_without(self, meeting_ids: pd.Index) -> int:
        """
        Count the pairs that nothing would tie any more.

        Parameters
        ----------
        meeting_ids
            The meetings that would not take place.

        Returns
        -------
        n_pairs
            Pairs all of whose ties in the period are these meetings.
        """
        return len(self._lost(meeting_ids))

    def n_pairs_in(self, meeting_ids: pd.Index) -> int:
        """
        Count the pairs that meetings tie.

        Parameters
        ----------
        meeting_ids
            The meetings.

        Returns
        -------
        n_pairs
            Pairs, each counted once.
        """
        return int(self.by_meeting.loc[self.by_meeting["meeting_id"].isin(meeting_ids), "pair"].nunique())

    def isolated_without(self, meeting_ids: pd.Index) -> list[str]:
        """
        Find who would have no tie left.

        Parameters
        ----------
        meeting_ids
            The meetings that would not take place.

        Returns
        -------
        actor_ids
            Those with a tie now and none then, in roster order.
        """
        left = self.n_ties.index.difference(self._lost(meeting_ids))
        return sorted(self._ends(self.n_ties.index) - self._ends(left))

    def _lost(self, meeting_ids: pd.Index) -> pd.Index:
        gone = self.by_meeting.loc[self.by_meeting["meeting_id"].isin(meeting_ids), "pair"].value_counts()
        return gone.index[self.n_ties.reindex(gone.index) == gone]

    def _ends(self, pairs: pd.Index) -> set[str]:
        places = np.divmod(pairs.to_numpy(dtype=np.int64), max(len(self.ids), 1))
        return {*self.ids[places[0]], *self.ids[places[1]]}


def pair_table(records: Records, cut: Records) -> PairTable:
    """
    List the pairs that each meeting of a period tied.

    Parameters
    ----------
    records
        The records over their whole span, which tell which pairs are new.
    cut
        The records of the period.

    Returns
    -------
    pairs
        The pairs.
    """
    ids = pd.Index(records.actors["actor_id"])
    end = cut.meetings["day"].max()
    met = _met(records.meetings[records.meetings["day"] <= end], records, ids)
    spoke = _spoke(records, ids)
    first_contact = spoke.groupby("pair")["day"].min()
    earlier = met.duplicated("pair") | (first_contact.reindex(met["pair"]).to_numpy() < met["day"].to_numpy())
    by_meeting = met.assign(is_new=~earlier)
    by_meeting = by_meeting[by_meeting["meeting_id"].isin(cut.meetings["meeting_id"])].reset_index(drop=True)
    n_ties = pd.concat([by_meeting["pair"], _spoke(cut, ids)["pair"]]).value_counts()
    by_meeting["is_only_here"] = by_meeting["pair"].map(n_ties) == 1
    return PairTable(by_meeting[["meeting_id", "pair", "is_new", "is_only_here"]], n_ties, ids)


def _met(meetings: pd.DataFrame, records: Records, ids: pd.Index) -> pd.DataFrame:
    """List pairs meeting by meeting, in the order of the table of meetings, which is that of days."""
    present = presences(records)
    present = present[~present["actor_id"].isin(records.coordinators)]
    members = present.groupby("meeting_id")["actor_id"].agg(list)
    parts = list(_of_each(meetings, members, ids))
    empty = pd.DataFrame({"meeting_id": pd.Series(dtype="str"), "day": meetings["day"][:0], "pair": np.empty(0, np.int64)})
    return pd.concat([empty, *parts], ignore_index=True)


def _of_each(meetings: pd.DataFrame, members: pd.Series, ids: pd.Index) -> Iterator[pd.DataFrame]:
    for meeting_id, day in meetings[["meeting_id", "day"]].itertuples(index=False):
        if meeting_id in members.index:
            places = np.sort(ids.get_indexer(pd.Index(members[meeting_id]))).astype(np.int64)
            above, below = np.triu_indices(len(places), k=1)
            pairs = places[above] * len(ids) + places[below]
            if len(pairs):
                yield pd.DataFrame({"meeting_id": meeting_id, "day": day, "pair": pairs})


def _spoke(records: Records, ids: pd.Index) -> pd.DataFrame:
    contacts, coordinators = records.contacts, records.coordinators
    among = contacts[~(contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators))]
    source, target = (ids.get_indexer(pd.Index(among[side])).astype(np.int64) for side in ("source_id", "target_id"))
    pair = np.minimum(source, target) * len(ids) + np.maximum(source, target)
    return pd.DataFrame({"pair": pair, "day": among["day"].to_numpy()})
