"""What changed from the period before: who came and went, which ties were born and died, how the load moved."""

from collections.abc import Hashable, Mapping
from datetime import timedelta
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.network import Network, shared_network
from partnet_analysis.graph.pairs import tie_keys
from partnet_analysis.measures._judgement import DORMANT_DAYS
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import has_invitation_lists, months_at_risk, standing
from partnet_analysis.records.presence import invitations, person_hours, presences
from partnet_analysis.records.tables import Records

Flags = npt.NDArray[np.bool_]

MOVEMENTS: Final = ("entry", "return", "stayed", "exit", "silent", "absent", "seen")

SHORTEST_DAYS: Final = 30
"""A quarter of which the records cover fewer days has no rate."""


def movements(records: Records, period: Period) -> pd.DataFrame:
    """
    Tell who came, who went, who came back.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period; it is compared with the one before and with all that came earlier.

    Returns
    -------
    movements
        One row for each actor of the roster, indexed by `actor_id`, in roster order. To be active is to be present at a
        meeting or to be part of a contact.

        - `movement`: `entry` (active, and never before), `return` (active, not in the period before, but earlier), `stayed`
          (active in both), `exit` (active in the period before, since left), `silent` (active in the period before, not now,
          and not known to have left), `absent` (active in neither), `seen` (active, in records that do not cover the period
          before, so that nobody knows for how long; who joined within the period is an entry all the same).
        - `first_seen_on`, `last_seen_on` (days): first and last presence or contact up to the period's end.
        - `joined_on`, `left_on` (days): as the roster has them.
        - `sentence`: a `Phrase`.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    now = _seen(records.require_activity(period))
    before = _seen(records.within(period.previous()))
    earlier = _seen(_earlier(records, period))
    roster = records.actors.set_index("actor_id")
    frame = pd.DataFrame(index=pd.Index(roster.index, name="actor_id"))
    is_now, was, ever = (frame.index.isin(seen.index) for seen in (now, before, earlier))
    left = (roster["left_on"] <= pd.Timestamp(period.end)).to_numpy()
    is_new = (roster["joined_on"] >= pd.Timestamp(period.start)).to_numpy() | records.covers(period.previous())
    conditions = [is_now & was, is_now & ever, is_now & is_new, is_now, was & left, was]
    choices = np.select(conditions, ["stayed", "return", "entry", "seen", "exit", "silent"], "absent")
    frame["movement"] = pd.Series(choices, index=frame.index, dtype="str")
    frame["first_seen_on"] = earlier["first"].reindex(frame.index).fillna(now["first"].reindex(frame.index))
    frame["last_seen_on"] = now["last"].reindex(frame.index).fillna(earlier["last"].reindex(frame.index))
    frame = frame.join(roster[["joined_on", "left_on"]])
    told = frame.assign(last_before=earlier["last"].reindex(frame.index))
    said = [_moved(row) for row in told.to_dict("records")]
    return frame.assign(sentence=pd.Series(said, index=frame.index, dtype=object))


def tie_changes(records: Records, period: Period) -> pd.DataFrame:
    """
    Tell which ties were born, which died, which fell asleep.

    Parameters
    ----------
    records
        The records.
    period
        The period; it is compared with the one before.

    Returns
    -------
    ties
        One row for each pair tied in one of both, among the actors at risk in both, sorted: `source_id` < `target_id`;
        `change`: `born` (tied now, not before), `died` (before, not now), `dormant` (tied in both, and nothing in the last
        180 days of the period), `kept`; `strength_before`, `strength` (0 where not tied), `last_day` (of the pair's last
        meeting or contact), `with_coordinator` (bool).

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    now = shared_network(records, period).ties
    before = Network(records.within(period.previous()), period.previous()).ties
    there = _at_risk_in_both(records, period)
    pair, kept = ["source_id", "target_id"], ["strength", "last_day"]
    both = now[[*pair, *kept]].merge(before[[*pair, *kept]], on=pair, how="outer", suffixes=("", "_before"))
    both = both[both["source_id"].isin(there) & both["target_id"].isin(there)].sort_values(pair, ignore_index=True)
    born, died = both["strength_before"].isna(), both["strength"].isna()
    asleep = both["last_day"] <= pd.Timestamp(period.end) - pd.Timedelta(days=DORMANT_DAYS)
    coordinators = list(records.coordinators)
    return pd.DataFrame(
        {
            "source_id": both["source_id"],
            "target_id": both["target_id"],
            "change": pd.Series(np.select([born, died, asleep], ["born", "died", "dormant"], "kept"), dtype="str"),
            "strength_before": both["strength_before"].fillna(0.0),
            "strength": both["strength"].fillna(0.0),
            "last_day": both["last_day"].fillna(both["last_day_before"]),
            "with_coordinator": both["source_id"].isin(coordinators) | both["target_id"].isin(coordinators),
        }
    )


def change(records: Records, period: Period) -> pd.DataFrame:
    """
    Sum up what changed from the period before.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period; it is compared with the one before.

    Returns
    -------
    change
        One row for each figure, indexed by `figure`; `value` (float), `value_without_coordinators` (float; the same where a
        figure is about partners only) and `reason` (`Phrase`, or None where nothing is missing): why a value is missing.

        - `n_at_risk_in_both`: actors at risk in both periods; ties are compared among them.
        - `n_entries`, `n_returns`, `n_exits`, `n_silent`: as `movements` tells them.
        - `n_ties_before`, `n_ties`: ties among those at risk in both.
        - `n_born`, `n_died`, `n_dormant`, `n_kept`: as `tie_changes` tells them (`n_kept` counts the dormant too).
        - `jaccard` (0 to 1): ties of both periods / ties of either (Snijders et al. 2010, Social Networks 32, 44: below 0.3
          a network turns over rather than evolves).

        Everything is missing where the records do not cover the period before.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    moved = movements(records, period)["movement"]
    there = moved.index.isin(_at_risk_in_both(records, period))
    is_partner = ~moved.index.isin(records.coordinators)
    ties = _tie_keys(records, period, there)
    parts = {
        "value": _figures(ties, moved, int(there.sum())),
        f"value{names.WITHOUT_COORDINATORS}": _figures(
            [_among(keys, is_partner) for keys in ties], moved[is_partner], int((there & is_partner).sum())
        ),
    }
    frame = pd.DataFrame(parts, dtype=float).rename_axis("figure")
    if not records.covers(period.previous()):
        frame[:] = np.nan
        reasons: list[Phrase | None] = [Phrase("change.not_covered", {"period": str(period.previous())})] * len(frame)
    else:
        reasons = [Phrase("change.no_tie") if np.isnan(value) else None for value in frame.min(axis=1, skipna=False)]
    return frame.assign(reason=pd.Series(reasons, index=frame.index, dtype=object))


def trend(records: Records) -> pd.DataFrame:
    """
    Follow the partnership quarter by quarter.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    trend
        One row for each quarter from the first to the last day of the records, indexed by `quarter` (its first day):

        - `n_meetings`, `n_invitations`, `n_presences`, `n_contacts` (int): of partners, coordinators aside (contacts: those
          by which a partner was reached); `n_invitations` is NA where no invitation list exists.
        - `partner_months` (months): months at risk of all partners in the part of the quarter that the records cover.
        - `load_per_partner_month` (per month): invitations (presences, without lists) and contacts received, over
          `partner_months`; NA where the records cover fewer than 30 days of the quarter.
        - `response_rate` (share): presences among the invitations whose outcome is known.
        - `person_hours` (hours): of all present; NA where unknown.
    """
    span = records.span
    starts = list[pd.Timestamp]()
    if span is not None:
        first = pd.Timestamp(span.start).to_period("Q").start_time
        starts = list(pd.date_range(first, pd.Timestamp(span.end), freq="QS"))
    rows = [_quarter_of(records, _covered(start, span)) for start in starts if span]
    columns = [
        *("n_meetings", "n_invitations", "n_presences", "n_contacts"),
        *("partner_months", "load_per_partner_month", "response_rate", "person_hours"),
    ]
    frame = pd.DataFrame(rows, columns=columns, index=pd.DatetimeIndex(starts, name="quarter"), dtype=float)
    return frame.astype(dict.fromkeys(columns[:4], "Int64"))


def _tie_keys(records: Records, period: Period, there: Flags) -> list[Integers]:
    """Give the numbers of the ties among some actors: in the period, in the one before, and in the last 180 days."""
    lately = Period(period.end - timedelta(days=DORMANT_DAYS - 1), period.end)
    before, recent = (Network(records.within(span), span) for span in (period.previous(), lately))
    networks = (shared_network(records, period), before, recent)
    return [np.concatenate(list(tie_keys(network.incidence.only(there)))) for network in networks]


def _in_both(one: Integers, other: Integers) -> Integers:
    """Find what two rows of distinct numbers in order share; a stable sort sees that they are in order and merges them."""
    merged: Integers = np.sort(np.concatenate([one, other]), kind="stable")
    both: Integers = merged[:-1][np.diff(merged) == 0]
    return both


def _among(keys: Integers, chosen: Flags) -> Integers:
    n = max(len(chosen), 1)
    return keys[chosen[keys // n] & chosen[keys % n]]


def _figures(ties: list[Integers], moved: pd.Series, n_there: int) -> dict[str, float]:
    n_moved = moved.value_counts()
    now, before, recent = ties
    both = _in_both(now, before)
    kept, born, died = len(both), len(now) - len(both), len(before) - len(both)
    n_dormant = kept - len(_in_both(both, recent))
    return {
        "n_at_risk_in_both": n_there,
        "n_entries": int(n_moved.get("entry", 0)),
        "n_returns": int(n_moved.get("return", 0)),
        "n_exits": int(n_moved.get("exit", 0)),
        "n_silent": int(n_moved.get("silent", 0)),
        "n_ties_before": kept + died,
        "n_ties": kept + born,
        "n_born": born,
        "n_died": died,
        "n_dormant": n_dormant,
        "n_kept": kept,
        "jaccard": kept / (kept + born + died) if kept + born + died else np.nan,
    }


def _at_risk_in_both(records: Records, period: Period) -> list[str]:
    roles = [standing(records.actors, span) for span in (period, period.previous())]
    there = ~(roles[0].isin(("left", "not_yet")) | roles[1].isin(("left", "not_yet")))
    return list(there.index[there])


def _seen(cut: Records) -> pd.DataFrame:
    """Find the first and the last day on which each was present or in contact."""
    met = presences(cut).merge(cut.meetings[["meeting_id", "day"]], on="meeting_id")
    spoke = [cut.contacts.rename(columns={side: "actor_id"}) for side in ("source_id", "target_id")]
    days = pd.concat([part[["actor_id", "day"]] for part in (met, *spoke)]).groupby("actor_id")["day"]
    return pd.DataFrame({"first": days.min(), "last": days.max()})


def _earlier(records: Records, period: Period) -> Records:
    """Keep all that came before a period."""
    span, eve = records.span, period.start - timedelta(days=1)
    return records.within(Period(min(span.start, eve) if span else eve, eve))


def _moved(row: Mapping[Hashable, Any]) -> Phrase:
    movement = str(row["movement"])
    day = {"entry": "first_seen_on", "exit": "left_on", "silent": "last_seen_on", "return": "last_before"}.get(movement)
    return Phrase(f"change.{movement}", {"day": row[day].date()} if day else {})


def _covered(start: pd.Timestamp, span: Period) -> Period:
    """Cut a quarter to what the records cover."""
    last = (start + pd.DateOffset(months=3) - pd.Timedelta(days=1)).date()
    return Period(max(start.date(), span.start), min(last, span.end))


def _quarter_of(records: Records, quarter: Period) -> tuple[float, ...]:
    cut = records.within(quarter)
    role = standing(records.actors, quarter)
    partners = role.index[role == "partner"]
    invited = invitations(cut)
    invited = invited[invited["actor_id"].isin(partners)]
    n_present = int(presences(cut)["actor_id"].isin(partners).sum())
    n_reached = int(cut.contacts["target_id"].isin(partners).sum())
    months = float(months_at_risk(records.actors, quarter)[partners].sum())
    n_invited = len(invited) if has_invitation_lists(records) else np.nan
    answered = invited[invited["status"] != "unknown"]
    load = (n_present if np.isnan(n_invited) else n_invited) + n_reached
    return (
        len(cut.meetings),
        n_invited,
        n_present,
        n_reached,
        months,
        load / months if months > 0 and quarter.days >= SHORTEST_DAYS else np.nan,
        float((answered["status"] == "present").mean()) if len(answered) else np.nan,
        float(person_hours(cut).sum(min_count=1)),
    )
