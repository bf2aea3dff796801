"""Meetings and contacts as arrays: what ties are made of, and what can be told without making them."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis.records.tables import Records

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_MANY_PAIRS: Final = 8
"""From so many pairs for each actor on, those that hold nothing together are left out."""


@dataclass(frozen=True, eq=False)
class Incidence:
    """
    Who was present where, and who contacted whom, as numbers.

    Parameters
    ----------
    ids
        The actors' ids, in roster order; an actor's number is its place here.
    actor, meeting
        The numbers of each presence, sorted by meeting and actor; only meetings with at least two present.
    meeting_ids
        The meetings' ids, in order of day; a meeting's number is its place here.
    day
        The day of each meeting.
    weight
        What each meeting adds to the co-presence of each of its pairs: 1/(n − 1), or less where it has faded.
    contact_source, contact_target, contact_day, contact_weight
        The same of each contact.
    """

    ids: pd.Index
    actor: Integers
    meeting: Integers
    meeting_ids: pd.Index
    day: npt.NDArray[np.datetime64]
    weight: Floats
    contact_source: Integers
    contact_target: Integers
    contact_day: npt.NDArray[np.datetime64]
    contact_weight: Floats

    @property
    def n_actors(self) -> int:
        """The number of actors, tied or not."""
        return len(self.ids)

    @cached_property
    def n_present(self) -> Integers:
        """How many were present at each meeting."""
        return np.bincount(self.meeting, minlength=len(self.day)).astype(np.int64)

    @cached_property
    def n_pairs(self) -> int:
        """How many pairs meetings and contacts bring together, each counted once for every one of these."""
        return int((self.n_present * (self.n_present - 1) // 2).sum()) + len(self.contact_day)

    @cached_property
    def presence(self) -> sparse.csr_array:
        """The matrix of actors × meetings, 1 where present."""
        shape = (self.n_actors, len(self.day))
        return sparse.csr_array((np.ones(len(self.actor)), (self.actor, self.meeting)), shape=shape)

    @cached_property
    def contacts(self) -> sparse.csr_array:
        """The matrix of actors × actors: the weight of the contacts between them in either direction."""
        ends = (
            np.concatenate([self.contact_source, self.contact_target]),
            np.concatenate([self.contact_target, self.contact_source]),
        )
        weight = np.concatenate([self.contact_weight, self.contact_weight])
        return sparse.csr_array((weight, ends), shape=(self.n_actors, self.n_actors))

    @property
    def augmented_incidence(self) -> tuple[sparse.csr_array, Floats]:
        """The matrix of actors × meetings and contacts, a contact being a meeting of two, and the weights of its columns."""
        spoke, n = np.arange(len(self.contact_day)) + len(self.day), len(self.day) + len(self.contact_day)
        ends = (
            np.concatenate([self.actor, self.contact_source, self.contact_target]),
            np.concatenate([self.meeting, spoke, spoke]),
        )
        there = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(self.n_actors, n))
        return there, np.concatenate([self.weight, self.contact_weight])

    @cached_property
    def sparse_certificate(self) -> tuple[Integers, Integers]:
        """
        The ends of the few pairs that hold together what the ties hold together.

        Those present at a meeting are tied one with the next and the last with the first: whoever leaves, the others of the
        ring stay connected, as they would if all were tied with all. Components, bridges and cut points are the same. Where
        these pairs are many, two forests of them are enough.
        """
        last = np.cumsum(self.n_present)[self.n_present > 0] - 1
        following = np.arange(1, len(self.actor) + 1)
        following[last] = np.concatenate([[0], last + 1])[:-1]
        one = np.concatenate([self.actor, self.contact_source])
        other = np.concatenate([self.actor[following], self.contact_target])
        low, high = np.minimum(one, other), np.maximum(one, other)
        key = distinct((low * self.n_actors + high)[low < high])
        source, target = key // max(self.n_actors, 1), key % max(self.n_actors, 1)
        return (source, target) if len(key) < _MANY_PAIRS * self.n_actors else _two_forests(source, target, self.n_actors)

    def product(self, values: Floats) -> Floats:
        """
        Multiply the matrix of strengths by a vector without making it: B(w∘(Bᵀx)) − diag∘x, and the contacts.

        Parameters
        ----------
        values
            One number for each actor.

        Returns
        -------
        sums
            For each actor the sum of the others' numbers, each times the strength of their tie.
        """
        met = self.presence @ (self.weight * (self.presence.T @ values)) - self._own * values
        return np.asarray(met + self.contacts @ values, dtype=float)

    def co_presence_of(self, first: Integers, second: Integers) -> Floats:
        """
        Measure the co-presence of some pairs.

        Parameters
        ----------
        first, second
            The numbers of each pair's actors.

        Returns
        -------
        co_presence
            One number for each pair, 0 where they never met.
        """
        number, meetings = self.shared_meetings(first, second)
        return np.bincount(number, weights=self.weight[meetings], minlength=len(first)).astype(float)

    def shared_meetings(self, first: Integers, second: Integers) -> tuple[Integers, Integers]:
        """
        Find the meetings that some pairs share.

        Parameters
        ----------
        first, second
            The numbers of each pair's actors.

        Returns
        -------
        number
            The place of the pair, in order, once for each meeting that it shares.
        meeting
            The number of the meeting, in order for each pair.
        """
        n, n_attended = max(self.n_actors, 1), np.bincount(self.actor, minlength=self.n_actors)
        by_actor = np.argsort(self.actor, kind="stable")
        starts = np.cumsum(n_attended) - n_attended
        # Who attended less is followed, so that one who comes to everything costs nothing.
        seldom, often = np.where(n_attended[first] <= n_attended[second], [first, second], [second, first])
        times = n_attended[seldom]
        number = np.repeat(np.arange(len(first)), times)
        nth = np.arange(len(number)) - np.repeat(np.cumsum(times) - times, times)
        meeting = self.meeting[by_actor[starts[seldom][number] + nth]]
        there, wanted = self.meeting * n + self.actor, meeting * n + often[number]
        shared = there[np.minimum(np.searchsorted(there, wanted), len(there) - 1)] == wanted
        return number[shared], meeting[shared]

    @cached_property
    def _own(self) -> Floats:
        return np.bincount(self.actor, weights=self.weight[self.meeting], minlength=self.n_actors).astype(float)

    @cached_property
    def strength(self) -> Floats:
        """For each actor, the sum of the strengths of its ties."""
        in_company = self.weight * (self.n_present - 1)
        met = np.bincount(self.actor, weights=in_company[self.meeting], minlength=self.n_actors)
        return np.asarray(met + self.contacts.sum(axis=1), dtype=float)

    def without_large_meetings(self, limit: int) -> "Incidence":
        """
        Set large meetings aside.

        Parameters
        ----------
        limit
            The most present that a small meeting has.

        Returns
        -------
        incidence
            The same without the presences at meetings with more.
        """
        return self._where((self.n_present <= limit)[self.meeting], np.ones(len(self.contact_day), dtype=bool))

    def only(self, chosen: npt.NDArray[np.bool_]) -> "Incidence":
        """
        Keep the presences and contacts of some actors among themselves; each keeps its weight.

        Parameters
        ----------
        chosen
            For each actor whether it is one of them.

        Returns
        -------
        incidence
            The ties of the chosen with one another, as strong as they are among all.
        """
        return self._where(chosen[self.actor], chosen[self.contact_source] & chosen[self.contact_target])

    def _where(self, present: npt.NDArray[np.bool_], contact: npt.NDArray[np.bool_]) -> "Incidence":
        return replace(
            self,
            actor=self.actor[present],
            meeting=self.meeting[present],
            contact_source=self.contact_source[contact],
            contact_target=self.contact_target[contact],
            contact_day=self.contact_day[contact],
            contact_weight=self.contact_weight[contact],
        )


def incidence(records: Records, *, as_of: date, half_life_days: float | None = None) -> Incidence:
    """
    Lay meetings and contacts out as arrays.

    Parameters
    ----------
    records
        The records; all of them count.
    as_of
        The day on which ages are taken.
    half_life_days
        After how many days meetings and contacts count half; None: they do not fade.

    Returns
    -------
    incidence
        The arrays.
    """
    ids = pd.Index(records.actors["actor_id"], name="actor_id")
    met, meetings = _presences(records, ids)
    n_present = np.bincount(met[0], minlength=len(meetings))
    days = meetings["day"]
    contacts = records.contacts
    return Incidence(
        ids=ids,
        actor=met[1],
        meeting=met[0],
        meeting_ids=pd.Index(meetings["meeting_id"]),
        day=days.to_numpy(dtype="datetime64[us]"),
        weight=decay(days, as_of, half_life_days) / (n_present - 1),
        contact_source=ids.get_indexer(pd.Index(contacts["source_id"])).astype(np.int64),
        contact_target=ids.get_indexer(pd.Index(contacts["target_id"])).astype(np.int64),
        contact_day=contacts["day"].to_numpy(dtype="datetime64[us]"),
        contact_weight=decay(contacts["day"], as_of, half_life_days),
    )


def decay(days: pd.Series, as_of: date, half_life_days: float | None) -> Floats:
    """
    Let what is long ago count less.

    Parameters
    ----------
    days
        When it happened.
    as_of
        The day on which ages are taken.
    half_life_days
        After how many days it counts half; None: it does not fade.

    Returns
    -------
    weight
        2^(−age / half-life), or 1.
    """
    if half_life_days is None:
        return np.ones(len(days))
    age: Floats = (pd.Timestamp(as_of) - days).dt.days.to_numpy(dtype=float)
    return np.asarray(np.exp2(-age / half_life_days), dtype=float)


def distinct(numbers: Integers) -> Integers:
    """
    Sort numbers and keep each once, by sorting: for millions NumPy's own way, which hashes them, takes forty times as long.

    Parameters
    ----------
    numbers
        The numbers, at least 0.

    Returns
    -------
    distinct
        Each once, in order.
    """
    ordered = np.sort(numbers)
    return ordered[np.flatnonzero(np.diff(ordered, prepend=-1))]


def _two_forests(source: Integers, target: Integers, n_actors: int) -> tuple[Integers, Integers]:
    """
    Keep of some pairs those of a forest searched breadth first, and those of a second one searched in what is left.

    Components, bridges and cut points are those of all pairs (Cheriyan, Kao & Thurimella 1993, SIAM Journal on Computing 22,
    157: scan-first forests).
    """
    first = _in_forest(source, target, n_actors)
    second = np.flatnonzero(~first)
    kept = first.copy()
    kept[second] = _in_forest(source[second], target[second], n_actors)
    return source[kept], target[kept]


def _in_forest(source: Integers, target: Integers, n_actors: int) -> npt.NDArray[np.bool_]:
    """Tell which pairs a search finds its actors by, which starts in each component from its first actor."""
    pairs = sparse.csr_array((np.ones(len(source)), (source, target)), shape=(n_actors, n_actors))
    starts = np.unique(sparse.csgraph.connected_components(pairs, directed=False)[1], return_index=True)[1]
    # From one place before all, tied to where each search starts, they are all one search.
    ends = np.concatenate([source, np.full(len(starts), n_actors)]), np.concatenate([target, starts])
    whole = sparse.csr_array((np.ones(len(ends[0])), ends), shape=(n_actors + 1, n_actors + 1))
    found_by = sparse.csgraph.breadth_first_order(whole, n_actors, directed=False)[1]
    return np.asarray((found_by[source] == target) | (found_by[target] == source))


def _presences(records: Records, ids: pd.Index) -> tuple[tuple[Integers, Integers], pd.DataFrame]:
    """Find the meeting and actor of each presence in the augmented incidence, sorted; and these meetings, in order."""
    present = records.attendance[records.attendance["status"] == "present"]
    meetings = records.meetings.sort_values(["day", "meeting_id"], ignore_index=True)
    place = pd.Index(meetings["meeting_id"]).get_indexer(pd.Index(present["meeting_id"]))
    actor = ids.get_indexer(pd.Index(present["actor_id"])).astype(np.int64)
    in_company = np.bincount(place, minlength=len(meetings)) > 1
    kept = in_company[place]
    number = np.cumsum(in_company) - 1
    meeting = number[place[kept]].astype(np.int64)
    packed = np.sort(meeting * max(len(ids), 1) + actor[kept])
    return (packed // max(len(ids), 1), packed % max(len(ids), 1)), meetings[in_company]
