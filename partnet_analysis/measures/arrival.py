"""How long it takes to arrive: from joining to a first presence, and to three partners met."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from partnet_analysis.measures._judgement import INTERVAL, LARGE_MEETING
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import standing
from partnet_analysis.records.presence import large_meetings, presences
from partnet_analysis.records.tables import Records

Floats = npt.NDArray[np.float64]

EVENTS: Final = ("first_presence", "three_partners")
N_PARTNERS: Final = 3
QUARTER_DAYS: Final = 90


def survival(days: Floats, happened: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """
    Estimate how long it takes, counting those for whom it has not happened yet (Kaplan & Meier 1958).

    Parameters
    ----------
    days
        For each, the days until it happened or until nobody looked any more.
    happened
        Whether it happened.

    Returns
    -------
    survival
        One row for each distinct number of days, indexed by `days`: `n_at_risk`, `n_events` (int), `share_waiting` (0 to 1):
        the estimate of those still waiting, `low`, `high`: its 90 % interval on the log(−log) scale with Greenwood's
        variance (Kalbfleisch & Prentice 2002, §1.4); NA where it is 0 or 1.
    """
    times = np.unique(days)
    at_risk = (days[None, :] >= times[:, None]).sum(axis=1)
    events = ((days[None, :] == times[:, None]) & happened[None, :]).sum(axis=1)
    waiting = np.cumprod(1 - events / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events).astype(float)))
        logarithm = np.log(waiting)
        spread = stats.norm.ppf(INTERVAL[1]) * np.sqrt(variance) / np.abs(logarithm)
        inside = (waiting > 0) & (waiting < 1)
        low = np.where(inside, np.exp(logarithm * np.exp(spread)), np.nan)
        high = np.where(inside, np.exp(logarithm * np.exp(-spread)), np.nan)
    frame = pd.DataFrame({"n_at_risk": at_risk, "n_events": events, "share_waiting": waiting, "low": low, "high": high})
    return frame.set_index(pd.Index(times, name="days"))


def arrival_times(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure how long newcomers waited.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period; what came after its end is unknown.

    Returns
    -------
    times
        One row for each partner who joined between the first day of the records and the period's end, indexed by `actor_id`,
        in roster order; who joined earlier may have come before anybody wrote it down. For both events, `first_presence`
        and `three_partners` (three other partners met in meetings of at most 12 present, or by contact; coordinators aside):
        `days_to_…` (days from joining, 0 where it came earlier) and `…_happened` (bool); where it did not happen the days
        count to leaving, or to the period's end.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    records.require_activity(period)
    span = records.span
    start = span.start if span else period.start
    history = records.within(Period(min(start, period.start), period.end))
    role = standing(records.actors, Period(min(start, period.start), period.end))
    roster = records.actors.set_index("actor_id")
    joined = roster["joined_on"]
    cohort = roster.index[(role == "partner") & (joined >= pd.Timestamp(start)) & (joined <= pd.Timestamp(period.end))]
    until = roster["left_on"].where(roster["left_on"] < pd.Timestamp(period.end), pd.Timestamp(period.end))
    frame = pd.DataFrame(index=pd.Index(cohort, name="actor_id"))
    for event, days in (("first_presence", _first_presence(history)), ("three_partners", _partners_met(history))):
        day = days.reindex(cohort)
        happened = day.notna()
        waited = (day.fillna(until[cohort]) - joined[cohort]).dt.days.clip(lower=0)
        frame[f"days_to_{event}"] = waited.astype(float)
        frame[f"{event}_happened"] = happened
    return frame


def arrival_curves(times: pd.DataFrame) -> pd.DataFrame:
    """
    Draw the waiting curves of both events.

    Parameters
    ----------
    times
        As `arrival_times` gives them.

    Returns
    -------
    curves
        The rows of `survival` for each event: `event`, `days`, `n_at_risk`, `n_events`, `share_waiting`, `low`, `high`.
    """
    parts = [
        survival(times[f"days_to_{event}"].to_numpy(dtype=float), times[f"{event}_happened"].to_numpy(dtype=bool))
        .reset_index()
        .assign(event=event)
        for event in EVENTS
    ]
    columns = ["event", "days", "n_at_risk", "n_events", "share_waiting", "low", "high"]
    return pd.concat(parts, ignore_index=True)[columns]


def arrival(times: pd.DataFrame) -> pd.DataFrame:
    """
    Sum up how long newcomers waited.

    Parameters
    ----------
    times
        As `arrival_times` gives them.

    Returns
    -------
    arrival
        One row for each figure, indexed by `figure`; `value` (float) and `reason` (`Phrase`, or None where nothing is
        missing): `n_newcomers`; for each event `median_days_to_…` (days by which half had arrived), its 90 % interval
        `…_low`, `…_high` (Brookmeyer & Crowley 1982), and `share_waiting_after_90_days_…` (0 to 1).
    """
    figures: dict[str, float] = {"n_newcomers": float(len(times))}
    curves = arrival_curves(times)
    for event in EVENTS:
        curve = curves[curves["event"] == event]
        figures[f"median_days_to_{event}"] = _first_below(curve, "share_waiting")
        figures[f"median_days_to_{event}_low"] = _first_below(curve, "low")
        figures[f"median_days_to_{event}_high"] = _first_below(curve, "high")
        early = curve.loc[curve["days"] <= QUARTER_DAYS, "share_waiting"]
        waiting = float(early.iloc[-1]) if len(early) else 1.0
        figures[f"share_waiting_after_90_days_{event}"] = waiting if len(times) else np.nan
    frame = pd.DataFrame({"value": figures}, dtype=float).rename_axis("figure")
    why = Phrase("change.less_than_half_arrived" if len(times) else "change.nobody_joined")
    reasons = [why if np.isnan(value) else None for value in frame["value"]]
    return frame.assign(reason=pd.Series(reasons, index=frame.index, dtype=object))


def _first_presence(history: Records) -> pd.Series:
    met = presences(history).merge(history.meetings[["meeting_id", "day"]], on="meeting_id")
    return met.groupby("actor_id")["day"].min()


def _partners_met(history: Records) -> pd.Series:
    """Find the day on which each had met three other partners."""
    small = history.without_meetings(large_meetings(history, LARGE_MEETING)).without(history.coordinators)
    present = presences(small)[["meeting_id", "actor_id"]].merge(small.meetings[["meeting_id", "day"]], on="meeting_id")
    together = present.merge(present[["meeting_id", "actor_id"]], on="meeting_id", suffixes=("", "_met"))
    sides = [("source_id", "target_id"), ("target_id", "source_id")]
    spoke = [small.contacts.rename(columns={own: "actor_id", other: "actor_id_met"}) for own, other in sides]
    met = pd.concat([part[["actor_id", "actor_id_met", "day"]] for part in (together, *spoke)])
    met = met[met["actor_id"] != met["actor_id_met"]]
    first = met.groupby(["actor_id", "actor_id_met"])["day"].min().sort_values(kind="stable")
    nth = first.groupby(level="actor_id").cumcount() + 1
    return first[nth == N_PARTNERS].droplevel("actor_id_met")


def _first_below(curve: pd.DataFrame, column: str) -> float:
    """Find when a curve first falls to a half; an interval's bound that is unknown follows the estimate."""
    values = curve[column].fillna(curve["share_waiting"])
    reached = curve["days"][values <= 1 / 2]
    return float(reached.iloc[0]) if len(reached) else float("nan")
