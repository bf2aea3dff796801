"""Which meetings earn their cost: what each brings together that nothing else does."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.graph.incidence import Integers
from partnet_analysis.measures._pairs import PairChunk, pair_chunks
from partnet_analysis.measures._series import members_by_series, overlap_of
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import has_invitation_lists
from partnet_analysis.records.presence import invitations, person_hours, presences
from partnet_analysis.records.remembered import remembered
from partnet_analysis.records.tables import Records

VALUE_COLUMNS: Final = (
    "n_invited",
    "n_present",
    "attendance_rate",
    "person_hours",
    "n_pairs",
    "n_new_pairs",
    "new_pairs_per_person_hour",
    "n_pairs_only_here",
    "redundancy",
    "sector_mix",
)


def meeting_value(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure what each meeting brought together, and what it cost.

    Parameters
    ----------
    records
        The records over their whole span: what came before the period tells which pairs are new.
    period
        The period.

    Returns
    -------
    value
        One row for each meeting of the period, indexed by `meeting_id`, in order of day. NA where it cannot be known:

        - `day`, `title`, `series`, `kind`, `theme`, `convener_id`: as recorded.
        - `n_invited` (int): actors invited; NA where the meeting has no invitation list.
        - `n_present` (int): actors present, coordinators included.
        - `attendance_rate` (share): present among the invited whose outcome is known.
        - `person_hours` (hours): the duration times the persons present.
        - `n_pairs` (int): pairs of those present, coordinators aside, as in all that follows.
        - `n_new_pairs` (int): pairs that had neither met nor been in contact on any earlier day of the records, nor at an
          earlier meeting of the day.
        - `new_pairs_per_person_hour` (per hour): `n_new_pairs` / `person_hours`.
        - `n_pairs_only_here` (int): pairs tied by nothing else in the period.
        - `redundancy` (share): pairs also tied elsewhere in the period, by another meeting or a contact.
        - `sector_mix` (0 to 1): (1 − Σ p²) / (1 − 1/K), p being the shares of the sectors among those present (coordinators
          aside) and K the number of sectors of the roster (Blau 1977; normalised); 1: all sectors alike.
        - `mixes_levels` (true, false): whether a decision-maker and a field worker were both there; NA where no level
          is known.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    held = cut.meetings.set_index("meeting_id")
    frame = held[["day", "title", "series", "kind", "theme", "convener_id"]].join(_attendance(cut, held.index))
    frame = frame.join(_pair_counts(records, period).of_meetings)
    return _completed(frame, _mix(cut, _by_meeting(cut)), _levels(cut))


def series_value(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure what each series of meetings brought together, and what it cost.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period.

    Returns
    -------
    value
        One row for each series, indexed by `series`, sorted by name; the columns are those of `meeting_value` from
        `n_invited` on, over all meetings of the series (`n_invited` and `n_present` count invitations and presences, pairs
        count once each; `mixes_levels` is the share of its meetings), and:

        - `n_meetings` (int): meetings held.
        - `n_members` (int): distinct actors present, coordinators aside.
        - `kind`: the most frequent kind.

        `redundancy` and `n_pairs_only_here` compare with everything outside the series.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    series = cut.meetings.set_index("meeting_id")["series"].dropna()
    by_meeting = _attendance(cut, series.index)
    groups = by_meeting.groupby(series)
    frame = groups[["n_invited", "n_present", "n_answered", "n_came", "person_hours"]].sum(min_count=1)
    members = members_by_series(cut)
    frame["n_meetings"] = series.value_counts().reindex(frame.index).astype("Int64")
    frame["n_members"] = members.map(len).astype("Int64").reindex(frame.index, fill_value=0)
    frame["kind"] = cut.meetings.dropna(subset="series").groupby("series")["kind"].agg(_most_frequent).reindex(frame.index)
    frame = frame.join(_pair_counts(records, period).of_series.reindex(frame.index))
    levels = _levels(cut).reindex(series.index).astype(float).groupby(series).mean()
    return _completed(frame, _mix(cut, _by_meeting(cut).map(series)), levels)


def series_overlap(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure how far series have the same members.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    overlap
        One row for each pair of series, the greatest overlap first: `series_a` < `series_b`; `n_shared`, `n_either` (int):
        members of both, of either, coordinators aside, a member being an actor present once or more; `jaccard` (0 to 1):
        the one over the other.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    return overlap_of(members_by_series(records.require_activity(period)))


def _attendance(cut: Records, meeting_ids: pd.Index) -> pd.DataFrame:
    """Count the invited and the present of each meeting."""
    invited = invitations(cut)
    answered = invited[invited["status"] != "unknown"]
    counted = {
        "n_invited": invited["meeting_id"],
        "n_present": presences(cut)["meeting_id"],
        "n_answered": answered["meeting_id"],
        "n_came": answered.loc[answered["status"] == "present", "meeting_id"],
    }
    counts = pd.DataFrame(
        {name: rows.value_counts().reindex(meeting_ids, fill_value=0) for name, rows in counted.items()}, index=meeting_ids
    ).astype("Int64")
    if not has_invitation_lists(cut):
        counts["n_invited"] = pd.NA
    listed = cut.attendance.groupby("meeting_id")["invited"].count().reindex(meeting_ids, fill_value=0) > 0
    counts["n_invited"] = counts["n_invited"].where(listed)
    return counts.join(person_hours(cut))


def _completed(frame: pd.DataFrame, mix: pd.Series, levels: pd.Series) -> pd.DataFrame:
    """Work out the rates, and put the columns in order."""
    frame = frame.assign(
        attendance_rate=_ratio(frame["n_came"], frame["n_answered"]),
        new_pairs_per_person_hour=_ratio(frame["n_new_pairs"], frame["person_hours"]),
        redundancy=_ratio(frame["n_pairs"] - frame["n_pairs_only_here"], frame["n_pairs"]),
        sector_mix=mix.reindex(frame.index),
        mixes_levels=levels.reindex(frame.index),
    ).drop(columns=["n_came", "n_answered"])
    first = [column for column in frame.columns if column not in (*VALUE_COLUMNS, "mixes_levels")]
    return frame[[*first, *VALUE_COLUMNS, "mixes_levels"]]


def _ratio(above: pd.Series, below: pd.Series) -> pd.Series:
    below = below.astype(float)
    return above.astype(float) / below.where(below > 0)


@dataclass(frozen=True, eq=False)
class _PairCounts:
    """`n_pairs`, `n_new_pairs`, `n_pairs_only_here` of the meetings of a period, and of its series, indexed by name."""

    of_meetings: pd.DataFrame
    of_series: pd.DataFrame


@remembered
def _pair_counts(records: Records, period: Period) -> _PairCounts:
    """Count the pairs of meetings and of series in one go, as listing the pairs is most of the work."""
    cut = records.require_activity(period)
    series, names = pd.factorize(cut.meetings["series"], sort=True)
    groups = ((np.arange(len(cut.meetings)), len(cut.meetings)), (series.astype(np.int64), len(names)))
    counts = [np.zeros((3, n_groups), dtype=np.int64) for _, n_groups in groups]
    for chunk in pair_chunks(records, cut):
        counts = [
            total + _counted(chunk, group[chunk.meeting], n_groups)
            for total, (group, n_groups) in zip(counts, groups, strict=True)
        ]
    columns = ("n_pairs", "n_new_pairs", "n_pairs_only_here")
    frames = [pd.DataFrame(dict(zip(columns, total, strict=True)), dtype="Int64") for total in counts]
    return _PairCounts(frames[0].set_axis(cut.meetings["meeting_id"]), frames[1].set_axis(names))


def _counted(chunk: PairChunk, of_meeting: Integers, n_groups: int) -> Integers:
    """
    Count, for groups of meetings, the pairs each tied, those it tied first, and those that nothing else tied.

    Each pair counts once in each group; it is tied elsewhere if it has more ties in the period than in the group. A meeting
    whose group is −1 is in none.
    """
    inside = of_meeting >= 0
    key = chunk.pair[inside] * max(n_groups, 1) + of_meeting[inside]
    in_order = np.argsort(key, kind="stable")
    key, first = key[in_order], np.flatnonzero(np.diff(key[in_order], prepend=-1))
    if not len(first):
        return np.zeros((3, n_groups), dtype=np.int64)
    n_here = np.diff(np.append(first, len(key)))
    is_new = np.logical_or.reduceat(chunk.is_new[inside][in_order], first)
    only_here = chunk.n_ties[inside][in_order][first] == n_here
    of_pair = key[first] % n_groups
    kinds = (slice(None), is_new, only_here)
    return np.stack([np.bincount(of_pair[kind], minlength=n_groups) for kind in kinds]).astype(np.int64)


def _by_meeting(cut: Records) -> pd.Series:
    """Name the meeting of every presence but the coordinators', by the place of its row."""
    present = presences(cut)
    return present.loc[~present["actor_id"].isin(cut.coordinators), "meeting_id"]


def _mix(cut: Records, group: pd.Series) -> pd.Series:
    """Measure how mixed the sectors of each group of presences are."""
    sector = cut.actors.set_index("actor_id")["sector"]
    n_sectors = sector[~sector.index.isin(cut.coordinators)].nunique()
    if n_sectors < 2:  # noqa: PLR2004 (one sector cannot be mixed)
        return pd.Series(dtype=float)
    there = cut.attendance.loc[group.index, "actor_id"].map(sector)
    counts = there.groupby([group, there]).size()
    share = counts / counts.groupby(level=0).transform("sum")
    return pd.Series((1 - (share**2).groupby(level=0).sum()) / (1 - 1 / n_sectors))


def _levels(cut: Records) -> pd.Series:
    """Tell, by meeting, whether a decision-maker and a field worker were both there."""
    own = presences(cut).merge(cut.actors[["actor_id", "level"]], on="actor_id")[["meeting_id", "level"]]
    known = pd.concat([own, cut.delegates[["meeting_id", "level"]]]).dropna()
    levels = known.groupby("meeting_id")["level"].agg(set)
    return levels.map(lambda there: {"decision_maker", "field_worker"} <= there).astype("boolean")


def _most_frequent(values: pd.Series) -> object:
    counts = values.dropna().value_counts()
    return counts.sort_index().idxmax() if len(counts) else pd.NA
