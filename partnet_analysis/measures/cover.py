"""The fewest meetings that would keep partners acquainted."""

from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import optimize, sparse

from partnet_analysis.measures._judgement import LARGE_MEETING
from partnet_analysis.measures._pairs import pair_table
from partnet_analysis.periods import Period
from partnet_analysis.records.presence import large_meetings
from partnet_analysis.records.tables import Records

Floats = npt.NDArray[np.float64]

EXACT_UP_TO: Final = 60
"""With at most so many meetings the smallest set is found exactly; beyond, greedily, with a bound."""


@dataclass(frozen=True, eq=False)
class Cover:
    """
    A set of meetings that keeps partners acquainted.

    Parameters
    ----------
    meetings
        One row for each small meeting, indexed by `meeting_id`, those kept first, in the order in which they add most:
        `is_kept` (bool), `n_pairs_added` (int): pairs that none before it keeps, `share_kept` (0 to 1): share of all pairs
        that it and those before it keep.
    n_at_least
        No set of fewer meetings keeps as many pairs.
    is_exact
        Whether the set is proven to be the smallest.
    """

    meetings: pd.DataFrame
    n_at_least: int
    is_exact: bool

    @property
    def n_kept(self) -> int:
        """The number of meetings kept."""
        return int(self.meetings["is_kept"].sum())


def meeting_cover(records: Records, period: Period, *, share: float = 0.95) -> Cover:
    """
    Find the fewest meetings that keep pairs of partners acquainted.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    share
        The share of the pairs to keep.

    Returns
    -------
    cover
        The meetings kept. Pairs are those of partners (coordinators aside) who sat together in a meeting of at most 12
        present: two plenaries would otherwise keep nearly all pairs, and acquaint nobody.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Notes
    -----
    Partial set cover. The greedy choice, always the meeting that adds the most pairs (Chvátal 1979), comes with the bound of
    the linear relaxation; with at most 60 meetings the integer program is solved to the end (HiGHS through
    `scipy.optimize.milp`). It informs a conversation: a meeting is worth more than the pairs it ties.
    """
    cut = records.require_activity(period)
    small = cut.without_meetings(large_meetings(cut, LARGE_MEETING))
    tied = pair_table(records, small).by_meeting
    meeting_ids = pd.Index(tied["meeting_id"].unique(), name="meeting_id")
    ties, weights = _patterns(tied, meeting_ids)
    needed = float(np.ceil(share * weights.sum() - 1e-9))
    kept = _greedy(ties, weights, needed)
    bound, exact = len(kept), True
    if len(kept) > 1:
        smallest, bound, exact = _smallest(ties, weights, needed)
        kept = _in_order(ties, weights, smallest) if exact else kept
    meetings = _told(small, meeting_ids[kept], ties[kept], weights)
    return Cover(meetings, n_at_least=bound, is_exact=exact or bound == len(kept))


def _patterns(tied: pd.DataFrame, meeting_ids: pd.Index) -> tuple[sparse.csr_array, Floats]:
    """Lay out meetings × sets of meetings that tie pairs; pairs tied by the very same meetings are one column, weighed."""
    places: dict[int, list[int]] = {}
    for pair, place in zip(tied["pair"], meeting_ids.get_indexer(pd.Index(tied["meeting_id"])), strict=True):
        places.setdefault(int(pair), []).append(int(place))
    patterns = Counter(tuple(sorted(found)) for found in places.values())
    rows = [row for pattern in patterns for row in pattern]
    columns = [column for column, pattern in enumerate(patterns) for _ in pattern]
    shape = (len(meeting_ids), len(patterns))
    return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=shape), np.array([*patterns.values()], dtype=float)


def _greedy(ties: sparse.csr_array, weights: Floats, needed: float) -> list[int]:
    """Take the meeting that adds the most, the first in order of day among equals, until enough is kept."""
    left, kept = weights.copy(), list[int]()
    while weights.sum() - left.sum() < needed:
        best = int(np.argmax(ties @ left))
        kept.append(best)
        left = left * (1 - ties[[best]].toarray().ravel())
    return kept


def _in_order(ties: sparse.csr_array, weights: Floats, chosen: list[int]) -> list[int]:
    own = _greedy(ties[chosen], weights, float((ties[chosen].sum(axis=0) > 0) @ weights))
    return [chosen[place] for place in own]


def _smallest(ties: sparse.csr_array, weights: Floats, needed: float) -> tuple[list[int], int, bool]:
    """Solve for the meetings x and the pairs y they keep: min Σx, y ≤ Σx over the pair's meetings, Σwy ≥ needed."""
    n_meetings, n_patterns = ties.shape
    cost = np.concatenate([np.ones(n_meetings), np.zeros(n_patterns)])
    covers = sparse.hstack([-ties.T, sparse.eye_array(n_patterns)], format="csr")
    enough = sparse.csr_array(np.concatenate([np.zeros(n_meetings), weights])[None, :])
    exact = n_meetings <= EXACT_UP_TO
    solved = optimize.milp(
        cost,
        constraints=[
            optimize.LinearConstraint(covers, ub=np.zeros(n_patterns)),
            optimize.LinearConstraint(enough, lb=np.array([needed])),
        ],
        integrality=np.concatenate([np.full(n_meetings, int(exact)), np.zeros(n_patterns)]),
        bounds=optimize.Bounds(0, 1),
    )
    chosen, least = np.asarray(solved.x)[:n_meetings], float(np.asarray(solved.fun))
    return [int(place) for place in np.flatnonzero(chosen > 1 / 2)], int(np.ceil(least - 1e-6)), exact


def _told(small: Records, kept_ids: pd.Index, ties: sparse.csr_array, weights: Floats) -> pd.DataFrame:
    """List the meetings kept, with what each adds, and then the others."""
    held = small.meetings.set_index("meeting_id")
    order = [*kept_ids, *held.index[~held.index.isin(kept_ids)]]
    frame = held.loc[order, ["day", "title", "series"]].assign(is_kept=[name in kept_ids for name in order])
    covered = np.maximum.accumulate(ties.toarray(), axis=0) @ weights if len(kept_ids) else np.empty(0)
    added = np.diff(covered, prepend=0)
    frame["n_pairs_added"] = np.concatenate([added, np.zeros(len(order) - len(added))]).astype(int)
    frame["share_kept"] = frame["n_pairs_added"].cumsum() / max(float(weights.sum()), 1)
    return frame
