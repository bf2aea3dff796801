"""Which pairs each meeting tied: the common ground of every measure of a meeting's worth."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.graph.incidence import Incidence, incidence
from partnet_analysis.graph.pairs import meeting_pairs
from partnet_analysis.records.tables import Records

Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Value = TypeVar("Value", bound=np.generic)

_NEVER: Final = np.datetime64("9999-01-01", "us")


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


@dataclass(frozen=True, eq=False)
class PairChunk:
    """
    Some of the pairs of a period, coordinators aside, one row for each meeting that ties them, sorted by pair and day.

    Parameters
    ----------
    pair
        The pair's number.
    meeting
        The place of the meeting in the period's table of meetings.
    is_new
        Whether the pair had neither met nor been in contact before.
    n_ties
        Meetings that the pair shares plus contacts, in the period.
    """

    pair: Integers
    meeting: Integers
    is_new: Flags
    n_ties: Integers


def pair_chunks(records: Records, cut: Records) -> Iterator[PairChunk]:
    """
    List the pairs that each meeting of a period tied, a chunk of memory at a time.

    Parameters
    ----------
    records
        The records over their whole span, which tell which pairs are new.
    cut
        The records of the period.

    Yields
    ------
    chunk
        All rows of some of the pairs.
    """
    span = records.span
    if span is None or cut.meetings.empty:
        return
    everything = incidence(records, as_of=span.end)
    partners = everything.only(~everything.ids.isin(records.coordinators))
    place = pd.Index(cut.meetings["meeting_id"]).get_indexer(partners.meeting_ids).astype(np.int64)
    over = partners.day > np.datetime64(cut.meetings["day"].max())
    contacted, first_contact, _ = _contacts(partners)
    now, _, n_contacts = _contacts(incidence(cut, as_of=span.end).only(~everything.ids.isin(records.coordinators)))
    for every_pair, every_meeting in meeting_pairs(partners):
        seen = ~over[every_meeting]
        pair, meeting = every_pair[seen], every_meeting[seen]
        is_new = np.diff(pair, prepend=-1) != 0
        first = np.flatnonzero(is_new)
        is_new[first] = _looked_up(contacted, first_contact, pair[first], _NEVER) >= partners.day[meeting[first]]
        kept = place[meeting] >= 0
        pair, meeting, is_new = pair[kept], place[meeting[kept]], is_new[kept]
        first = np.flatnonzero(np.diff(pair, prepend=-1))
        times = np.diff(np.append(first, len(pair)))
        n_ties = times + _looked_up(now, n_contacts, pair[first], np.int64(0))
        yield PairChunk(pair, meeting, is_new, np.repeat(n_ties, times))


def pair_table(records: Records, cut: Records) -> PairTable:
    """
    List the pairs that each meeting of a period tied, all at once.

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
    chunks = [PairChunk(*(np.empty(0, kind) for kind in (np.int64, np.int64, bool, np.int64))), *pair_chunks(records, cut)]
    pair, meeting, is_new, n_ties = (
        np.concatenate([getattr(chunk, column) for chunk in chunks]) for column in ("pair", "meeting", "is_new", "n_ties")
    )
    in_order = np.lexsort((pair, meeting))
    by_meeting = pd.DataFrame(
        {
            "meeting_id": cut.meetings["meeting_id"].to_numpy()[meeting[in_order]],
            "pair": pair[in_order],
            "is_new": is_new[in_order],
            "is_only_here": n_ties[in_order] == 1,
        }
    ).astype({"meeting_id": "str"})
    by_contact = _contact_pairs(cut, ids).value_counts()
    by_pair = pd.Series(n_ties, index=pair).groupby(level=0).first()
    return PairTable(by_meeting, pd.concat([by_pair, by_contact[~by_contact.index.isin(by_pair.index)]]), ids)


def _contacts(partners: Incidence) -> tuple[Integers, npt.NDArray[np.datetime64], Integers]:
    """Give the pairs in contact, sorted, with the first day of each and their number."""
    low = np.minimum(partners.contact_source, partners.contact_target)
    high = np.maximum(partners.contact_source, partners.contact_target)
    pair, number, count = np.unique(low * partners.n_actors + high, return_inverse=True, return_counts=True)
    first = np.full(len(pair), _NEVER)
    np.minimum.at(first, number, partners.contact_day)
    return pair, first, count.astype(np.int64)


def _looked_up(keys: Integers, values: npt.NDArray[Value], wanted: Integers, otherwise: Value) -> npt.NDArray[Value]:
    """Look values up by sorted keys."""
    if not len(keys):
        return np.full(len(wanted), otherwise)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, values[place], otherwise)


def _contact_pairs(cut: Records, ids: pd.Index) -> pd.Series:
    contacts, coordinators = cut.contacts, cut.coordinators
    among = contacts[~(contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators))]
    source, target = (ids.get_indexer(pd.Index(among[side])).astype(np.int64) for side in ("source_id", "target_id"))
    return pd.Series(np.minimum(source, target) * len(ids) + np.maximum(source, target))
