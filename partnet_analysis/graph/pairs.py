"""The pairs that meetings and contacts bring together, listed a chunk of memory at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from partnet_analysis.graph.incidence import Floats, Incidence, Integers, distinct

CHUNK: Final = 2_000_000
"""How many pairs are held at a time, each told once for every meeting that it shares."""

_LARGEST: Final = 2**62

_BANDS: Final = 8
"""The rows of a large matrix are made in so many bands, each without the columns before it."""

_NEVER: Final = np.datetime64("9999-01-01", "us")
_LONG_AGO: Final = np.datetime64("0001-01-01", "us")


@dataclass(frozen=True, eq=False)
class Chunk:
    """
    The pairs whose lower actors lie in one stretch of the roster, sorted; the arrays are of equal length.

    Parameters
    ----------
    i, j
        The pair's two numbers, i < j.
    co_presence, contacts_out, contacts_in
        The parts of its strength; contacts go out from i.
    n_meetings
        How many meetings it shares.
    first_day, last_day
        The days of its first and last meeting or contact.
    """

    i: Integers
    j: Integers
    co_presence: Floats
    contacts_out: Floats
    contacts_in: Floats
    n_meetings: Integers
    first_day: npt.NDArray[np.datetime64]
    last_day: npt.NDArray[np.datetime64]

    @property
    def strength(self) -> Floats:
        """Co-presence and contacts together."""
        return self.co_presence + self.contacts_out + self.contacts_in

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """
        Put parts together.

        Parameters
        ----------
        parts
            The parts, one at least.

        Returns
        -------
        chunk
            All their pairs, in the order of the parts.
        """
        return cls(**{field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)})

    def where(self, kept: npt.NDArray[np.bool_]) -> "Chunk":
        """
        Keep some pairs.

        Parameters
        ----------
        kept
            True for those to keep.

        Returns
        -------
        chunk
            Theirs.
        """
        return Chunk(
            self.i[kept],
            self.j[kept],
            self.co_presence[kept],
            self.contacts_out[kept],
            self.contacts_in[kept],
            self.n_meetings[kept],
            self.first_day[kept],
            self.last_day[kept],
        )


def meeting_pairs(incidence: Incidence) -> Iterator[tuple[Integers, Integers]]:
    """
    List the pairs of each meeting, a chunk of memory at a time.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.

    Yields
    ------
    pairs
        For all pairs whose lower actor lies in one stretch of the roster, sorted: i · n + j, n being the number of
        actors; once for each meeting that it shares, the earliest first.
    meetings
        The number of the meeting.
    """
    n_meetings = max(len(incidence.day), 1)
    # Members of a meeting stand side by side, sorted: each entry makes a pair with all that follow it.
    ends = np.cumsum(incidence.n_present)
    n_following = ends[incidence.meeting] - np.arange(1, len(incidence.actor) + 1)
    by_actor = np.argsort(incidence.actor, kind="stable")
    n_attended = np.bincount(incidence.actor, minlength=incidence.n_actors)
    starts = np.concatenate([[0], np.cumsum(n_attended)])
    n_made = np.bincount(incidence.actor, weights=n_following, minlength=incidence.n_actors)
    most_actors = max(_LARGEST // (max(incidence.n_actors, 1) * n_meetings), 1)
    for actors in _stretches(n_made, CHUNK, most_actors):
        entry = by_actor[starts[actors.start] : starts[actors.stop]]
        times = n_following[entry]
        first = np.repeat(np.cumsum(times) - times, times)
        other = np.repeat(entry + 1, times) + (np.arange(int(times.sum())) - first)
        base = actors.start
        # One number says all, so that sorting numbers is enough.
        pair = (np.repeat(incidence.actor[entry], times) - base) * incidence.n_actors + incidence.actor[other]
        packed = np.sort(pair * n_meetings + np.repeat(incidence.meeting[entry], times))
        yield packed // n_meetings + base * incidence.n_actors, packed % n_meetings


def tied_pairs(incidence: Incidence) -> Iterator[Chunk]:
    """
    List the ties, a chunk of memory at a time.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.

    Yields
    ------
    chunk
        Ties in order; what has faded below the smallest number is gone, as its distance would be infinite.
    """
    contacts = _contact_pairs(incidence)
    done = 0
    for pairs, meetings in meeting_pairs(incidence):
        upto = int(pairs[-1] // incidence.n_actors + 1) * incidence.n_actors if len(pairs) else 0
        until = max(int(np.searchsorted(contacts.pair, upto)), done)
        yield _tied(incidence, pairs, meetings, contacts.part(slice(done, until)))
        done = until
    yield _tied(incidence, np.empty(0, np.int64), np.empty(0, np.int64), contacts.part(slice(done, None)))


@dataclass(frozen=True, eq=False)
class TieBlock:
    """
    Some of the ties, in order of i, as no more than strengths; the arrays are of equal length.

    Parameters
    ----------
    i, j
        The numbers of the two, i < j.
    strength
        How strong the tie is.
    """

    i: Integers
    j: Integers
    strength: Floats


def tie_blocks(incidence: Incidence) -> Iterator[TieBlock]:
    """
    List the ties without their days and counts, a chunk of memory at a time: a quarter of the work of `tied_pairs`.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.

    Yields
    ------
    block
        Rows of the matrix of strengths, made as a product of presences by presences (Gustavson 1978), the lower half left
        out: most of it is not even made.
    """
    augmented_incidence, weight = incidence.augmented_incidence
    weighted = sparse.csr_array(augmented_incidence @ sparse.diags_array(weight))
    n_bands = 1 if incidence.n_pairs <= CHUNK else _BANDS
    for band in _stretches(np.ones(incidence.n_actors), -(-incidence.n_actors // n_bands)):
        ahead = sparse.csr_array(augmented_incidence[band.start :].T)
        for within in _stretches(augmented_incidence[band] @ np.diff(ahead.indptr), 2 * CHUNK):
            rows = slice(band.start + within.start, band.start + within.stop)
            block = sparse.csr_array(weighted[rows] @ ahead)
            i = np.repeat(np.arange(rows.start, rows.stop), np.diff(block.indptr))
            j = block.indices.astype(np.int64) + band.start
            kept = (j > i) & (block.data >= np.finfo(float).tiny)
            yield TieBlock(i[kept], j[kept], block.data[kept])


def ties_of(incidence: Incidence, i: Integers, j: Integers) -> Chunk:
    """
    Tell everything of some ties.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.
    i, j
        The ends of the ties, i < j, in order.

    Returns
    -------
    chunk
        The ties, as `tied_pairs` gives them.
    """
    contacts, key = _contact_pairs(incidence), i * incidence.n_actors + j
    n_attended = np.bincount(incidence.actor, minlength=incidence.n_actors)
    told = []
    for rows in _stretches(np.minimum(n_attended[i], n_attended[j]), CHUNK):
        number, meetings = incidence.shared_meetings(i[rows], j[rows])
        spoken = np.isin(contacts.pair, key[rows])
        told.append(_tied(incidence, key[rows][number], meetings, contacts.part(spoken)))
    return Chunk.joined(told)


def tie_keys(incidence: Incidence) -> Iterator[Integers]:
    """
    Give each tie a number, a chunk of memory at a time.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.

    Yields
    ------
    keys
        Some of the ties, in order: i · n + j, n being the number of actors.
    """
    return (np.sort(block.i * incidence.n_actors + block.j) for block in tie_blocks(incidence))


def _tied(incidence: Incidence, pairs: Integers, meetings: Integers, contacts: "_ContactPairs") -> Chunk:
    first = np.flatnonzero(np.diff(pairs, prepend=-1)) if len(pairs) else np.empty(0, np.int64)
    last = np.append(first[1:], len(pairs))[: len(first)] - 1
    met = pairs[first]
    pair = distinct(np.concatenate([met, contacts.pair])) if len(contacts.pair) else met
    place, contacted = np.searchsorted(pair, met), np.searchsorted(pair, contacts.pair)
    co_presence, out, back = (np.zeros(len(pair)) for _ in range(3))
    n_meetings = np.zeros(len(pair), dtype=np.int64)
    first_day, last_day = np.full(len(pair), _NEVER), np.full(len(pair), _LONG_AGO)
    if len(first):
        co_presence[place] = np.add.reduceat(incidence.weight[meetings], first)
    n_meetings[place] = last - first + 1
    first_day[place], last_day[place] = incidence.day[meetings[first]], incidence.day[meetings[last]]
    out[contacted], back[contacted] = contacts.out, contacts.back
    first_day[contacted] = np.minimum(first_day[contacted], contacts.first_day)
    last_day[contacted] = np.maximum(last_day[contacted], contacts.last_day)
    n = max(incidence.n_actors, 1)
    chunk = Chunk(pair // n, pair % n, co_presence, out, back, n_meetings, first_day, last_day)
    kept = chunk.strength >= np.finfo(float).tiny
    return chunk if kept.all() else chunk.where(kept)


def _contact_pairs(incidence: Incidence) -> "_ContactPairs":
    forth = incidence.contact_source < incidence.contact_target
    low = np.where(forth, incidence.contact_source, incidence.contact_target)
    high = np.where(forth, incidence.contact_target, incidence.contact_source)
    pair, place = np.unique(low * incidence.n_actors + high, return_inverse=True)
    first_day, last_day = np.full(len(pair), _NEVER), np.full(len(pair), _LONG_AGO)
    np.minimum.at(first_day, place, incidence.contact_day)
    np.maximum.at(last_day, place, incidence.contact_day)
    out, back = np.zeros(len(pair)), np.zeros(len(pair))
    np.add.at(out, place[forth], incidence.contact_weight[forth])
    np.add.at(back, place[~forth], incidence.contact_weight[~forth])
    return _ContactPairs(pair, out, back, first_day, last_day)


@dataclass(frozen=True, eq=False)
class _ContactPairs:
    pair: Integers
    out: Floats
    back: Floats
    first_day: npt.NDArray[np.datetime64]
    last_day: npt.NDArray[np.datetime64]

    def part(self, rows: slice | npt.NDArray[np.bool_]) -> "_ContactPairs":
        return _ContactPairs(self.pair[rows], self.out[rows], self.back[rows], self.first_day[rows], self.last_day[rows])


def _stretches(work: Floats | Integers, most: int, most_rows: int | None = None) -> Iterator[slice]:
    """Cut rows into stretches of about so much work each, one stretch at least; a single row may be more."""
    done = np.concatenate([[0], np.cumsum(work)])
    bounds = [0]
    while bounds[-1] < len(work):
        stop = max(int(np.searchsorted(done, done[bounds[-1]] + most, side="right")) - 1, bounds[-1] + 1)
        bounds.append(min(stop, bounds[-1] + (most_rows or len(work))))
    return (slice(start, stop) for start, stop in pairwise(bounds if len(work) else [0, 0]))
