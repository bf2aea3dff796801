"""What the calendar could do without: series to merge, to hold in turn, to drop. It informs a conversation, and says so."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.measures._judgement import LARGE_MEETING
from partnet_analysis.measures._pairs import PairTable, pair_table
from partnet_analysis.measures._series import members_by_series, overlap_of
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.presence import large_meetings, person_hours, presences
from partnet_analysis.records.tables import Records

PROPOSALS: Final = ("merge", "alternate", "drop", "keep")

MERGE_FROM: Final = 0.6
"""Two series with at least this share of common members may meet as one."""

ALTERNATE_FROM: Final = 0.3
"""Two series with at least this share of common members may meet in turn."""

LOST_AT_MOST: Final = 0.05
"""A series may be dropped where at most this share of its pairs is tied by nothing else."""

FEWEST_MEETINGS: Final = 2
"""A series that met less often is left alone, as are plenaries."""


@dataclass(frozen=True)
class _Proposal:
    proposal: str
    series: str
    with_series: str | None = None
    jaccard: float = np.nan
    hours_freed: float = 0.0
    n_pairs_lost: int = 0
    meeting_ids: tuple[str, ...] = ()

    @property
    def sentence(self) -> Phrase:
        share = round(100 * float(np.nan_to_num(self.jaccard)))
        values = {"series": self.series, "other": self.with_series, "share": share, "n": self.n_pairs_lost}
        if np.isnan(self.hours_freed):
            return Phrase(f"meetings.{self.proposal}_hours_unknown", values)
        return Phrase(f"meetings.{self.proposal}", {**values, "hours": round(self.hours_freed)})


def proposed_calendar(records: Records, period: Period) -> pd.DataFrame:
    """
    Propose which series to merge, to hold in turn, or to drop.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    proposed
        One row for each series, indexed by `series`, sorted by name. Each is part of one proposal at most:

        - `proposal`: `merge` (into `with_series`, with at least 0.6 of their members in common), `alternate` (with
          `with_series`, each every other time; from 0.3), `drop` (at most 0.05 of its pairs are tied by nothing else once
          what is proposed before it is done), or `keep`.
        - `with_series`: the other series; missing where there is none.
        - `jaccard` (0 to 1): members of both / members of either; NA where there is no other series.
        - `hours_freed` (hours): person-hours of the meetings that would no longer take place; when merging, only those of
          the members of both, as the others meet elsewhere for as long. NA where durations are unknown.
        - `n_pairs_lost` (int): pairs of partners that nothing would tie any more but meetings of more than 12 present.
        - `sentence`: the proposal in words, a `Phrase`.

        Alternating and merging count on both series. Plenaries and series that met once are kept.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Notes
    -----
    A series is worth more than the pairs it ties: subjects, decisions, obligations. These rows are where to begin talking.
    """
    cut = records.require_activity(period)
    members = members_by_series(cut)
    small = pair_table(records, cut.without_meetings(large_meetings(cut, LARGE_MEETING)))
    proposals = _paired(cut, members, small)
    proposals |= _dropped(cut, small, proposals)
    n_own = {series: small.lost_without(_meetings_of(cut, [series])) for series in members.index}
    rows = [proposals.get(series, _Proposal("keep", series)) for series in members.index]
    sentences = [
        row.sentence if row.series in proposals else _kept(row.series, proposals, n_own[row.series]) for row in rows
    ]
    frame = pd.DataFrame(
        {
            "proposal": pd.Series([row.proposal for row in rows], dtype="str"),
            "with_series": pd.Series([row.with_series for row in rows], dtype="str"),
            "jaccard": pd.Series([row.jaccard for row in rows], dtype=float),
            "hours_freed": pd.Series([row.hours_freed for row in rows], dtype=float),
            "n_pairs_lost": pd.Series([row.n_pairs_lost for row in rows], dtype="Int64"),
            "sentence": pd.Series(sentences, dtype=object),
        }
    )
    return frame.set_index(pd.Index(members.index, name="series"))


def without_series(records: Records, period: Period, series: str) -> pd.DataFrame:
    """
    Tell what dropping a series would free and lose.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    series
        The series.

    Returns
    -------
    effect
        Indexed by `figure`, columns `value` and `reason` (`Phrase` or None): `hours_freed` (person-hours), `n_pairs_lost`
        (pairs of partners that nothing would tie any more, as recorded), `n_pairs_lost_but_in_large_meetings` (that nothing
        would tie but meetings of more than 12 present), `n_newly_isolated` (partners left without any tie).

    Raises
    ------
    KeyError
        If the period holds no such series.
    """
    return _effect(records, records.require_activity(period), [series], None)


def merged_series(records: Records, period: Period, series_a: str, series_b: str) -> pd.DataFrame:
    """
    Tell what merging two series would free and lose.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    series_a, series_b
        The series; the one with fewer person-hours goes, its members join the other.

    Returns
    -------
    effect
        As `without_series` gives it; only hours of members of both are freed, and no pair is lost, as all come to one.

    Raises
    ------
    KeyError
        If the period holds no such series.
    """
    cut = records.require_activity(period)
    return _effect(records, cut, list(_lighter_first(_hours_of_series(cut), series_a, series_b)), members_by_series(cut))


def _effect(records: Records, cut: Records, series: list[str], members: pd.Series | None) -> pd.DataFrame:
    for name in series:
        if name not in set(cut.meetings["series"]):
            raise KeyError(name)
    dropped = _meetings_of(cut, series[:1])
    both = None if members is None else members.get(series[0], frozenset()) & members.get(series[1], frozenset())
    table = pair_table(records, cut)
    small = pair_table(records, cut.without_meetings(large_meetings(cut, LARGE_MEETING)))
    merging = members is not None
    values = {
        "hours_freed": _hours(cut, dropped, both),
        "n_pairs_lost": 0 if merging else table.lost_without(dropped),
        "n_pairs_lost_but_in_large_meetings": 0 if merging else small.lost_without(dropped),
        "n_newly_isolated": 0 if merging else len(table.isolated_without(dropped)),
    }
    frame = pd.DataFrame({"value": values}, dtype=float).rename_axis("figure")
    reason = [Phrase("meetings.no_hours") if np.isnan(value) else None for value in frame["value"]]
    return frame.assign(reason=pd.Series(reason, index=frame.index, dtype=object))


def _open_to_change(cut: Records) -> set[str]:
    meetings = cut.meetings[cut.meetings["series"].notna()]
    n_meetings = meetings["series"].value_counts()
    plenary = set(meetings.loc[meetings["kind"] == "plenary", "series"])
    return set(n_meetings.index[n_meetings >= FEWEST_MEETINGS]) - plenary


def _meetings_of(cut: Records, series: list[str]) -> pd.Index:
    found: pd.Index = pd.Index(cut.meetings.loc[cut.meetings["series"].isin(series), "meeting_id"])
    return found


def _every_other(cut: Records, series: list[str]) -> pd.Index:
    """Find the second, the fourth, … meeting of each series."""
    meetings = cut.meetings[cut.meetings["series"].isin(series)]
    found: pd.Index = pd.Index(meetings.loc[meetings.groupby("series").cumcount() % 2 == 1, "meeting_id"])
    return found


def _hours(cut: Records, meeting_ids: pd.Index, actor_ids: frozenset[str] | None) -> float:
    """Add up the person-hours of meetings, of everybody or of some; NaN where no duration is known."""
    if actor_ids is None:
        return float(person_hours(cut).reindex(meeting_ids).sum(min_count=1))
    there = presences(cut)
    there = there[there["meeting_id"].isin(meeting_ids) & there["actor_id"].isin(actor_ids)]
    hours = there["meeting_id"].map(cut.meetings.set_index("meeting_id")["duration_hours"])
    return float((hours * there["persons_present"].clip(lower=1)).sum(min_count=1))


def _hours_of_series(cut: Records) -> pd.Series:
    """Add up the person-hours of each series; NaN where no duration is known."""
    series = cut.meetings.set_index("meeting_id")["series"]
    hours: pd.Series = person_hours(cut).groupby(series).sum(min_count=1)
    return hours


def _lighter_first(hours: pd.Series, one: str, other: str) -> tuple[str, str]:
    return (other, one) if hours[other] < hours[one] else (one, other)


def _paired(cut: Records, members: pd.Series, small: PairTable) -> dict[str, _Proposal]:
    """Propose to merge or to alternate, the greatest overlap first, each series once at most."""
    proposals: dict[str, _Proposal] = {}
    open_to_change = _open_to_change(cut)
    overlap, hours = overlap_of(members), _hours_of_series(cut)
    for row in overlap[overlap["jaccard"] >= ALTERNATE_FROM].to_dict("records"):
        series, other = _lighter_first(hours, row["series_a"], row["series_b"])
        if not {series, other} <= open_to_change:
            continue
        merge = row["jaccard"] >= MERGE_FROM
        gone = _every_other(cut, [series, other]) if not merge else _meetings_of(cut, [series])
        freed = _hours(cut, gone, members[series] & members[other] if merge else None)
        lost = 0 if merge else small.lost_without(gone)
        kind = "merge" if merge else "alternate"
        proposals[series] = _Proposal(kind, series, other, float(row["jaccard"]), freed, lost, tuple(gone))
        open_to_change -= {series, other}
    return proposals


def _dropped(cut: Records, small: PairTable, earlier: dict[str, _Proposal]) -> dict[str, _Proposal]:
    """Propose to drop, the costliest first, what would be missed by few once the earlier proposals are done."""
    proposals: dict[str, _Proposal] = {}
    gone = {meeting_id for proposal in earlier.values() for meeting_id in proposal.meeting_ids}
    taken = {*earlier, *(proposal.with_series for proposal in earlier.values())}
    hours = _hours_of_series(cut)
    for series in sorted(_open_to_change(cut) - taken, key=lambda name: (-np.nan_to_num(hours[name]), name)):
        own = _meetings_of(cut, [series])
        n_pairs = small.n_pairs_in(own)
        lost = small.lost_without(pd.Index([*gone, *own])) - small.lost_without(pd.Index(list(gone)))
        if n_pairs and lost <= LOST_AT_MOST * n_pairs:
            proposals[series] = _Proposal(
                "drop", series, hours_freed=float(hours[series]), n_pairs_lost=lost, meeting_ids=tuple(own)
            )
            gone |= set(own)
    return proposals


def _kept(series: str, proposals: dict[str, _Proposal], n_own: int) -> Phrase:
    see = [name for name, proposal in proposals.items() if proposal.with_series == series]
    if see:
        return Phrase("meetings.see", {"series": series, "other": see[0]})
    return Phrase("meetings.keep" if n_own else "meetings.nothing", {"series": series, "n": n_own})
