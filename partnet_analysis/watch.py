"""What deserves a phone call now: the last ninety days against the ninety before."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.network import Network
from partnet_analysis.measures.isolation import isolation, outside_large_meetings
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import standing
from partnet_analysis.records.presence import presences
from partnet_analysis.records.tables import Records

WINDOW_DAYS: Final = 90

UNTIED: Final = ["plenary_only", "coordinator_only", "outside_main_component", "dormant"]
"""The types of isolation that are about ties, not about invitations."""

ALERTS: Final = ("over_the_line", "newly_isolated", "response_fell", "newcomer_unseen", "tie_gone_quiet")
"""What is told, the most urgent first."""

FELL_SURELY: Final = 0.95
FELL_MUCH: Final = 0.15
"""A response rate is told to fall where the probability and the size of the fall both reach this much."""

REGULAR: Final = 3
"""A tie is missed if it had so many occasions in the ninety days before."""

WELCOME_DAYS: Final = 60
"""A newcomer unseen for so many days after joining deserves a call."""

Alert = tuple[str, str, str | None, pd.Timestamp | None, Phrase]


def watch(records: Records, as_of: date) -> pd.DataFrame:
    """
    List what deserves a phone call now.

    Parameters
    ----------
    records
        The records over their whole span, at organisation level.
    as_of
        The day; the ninety days up to it are compared with the ninety before.

    Returns
    -------
    alerts
        One row for each thing worth a call, the most urgent kind first, then in roster order: `alert`, `actor_id`,
        `other_id` (the other end of a tie, else missing), `since_on` (day, missing where none applies), `sentence` (a
        `Phrase`).

        - `over_the_line`: flagged as over-solicited now and not before.
        - `newly_isolated`: no tie with the others outside large meetings now, in the sense of `plenary_only`,
          `coordinator_only`, `outside_main_component` or `dormant`, and none of these before. A missed invitation or two in
          ninety days isolates nobody.
        - `response_fell`: comes less often when invited, by 15 points or more, with a probability of 0.95 or more.
        - `newcomer_unseen`: joined 60 to 180 days ago and never present.
        - `tie_gone_quiet`: two partners with three occasions or more (small meetings, contacts) before, and none now.

        Nothing is compared where the ninety days before hold neither a meeting nor a contact.

    Raises
    ------
    EmptyPeriodError
        If the ninety days hold neither a meeting nor a contact.
    """
    now = Period(as_of - timedelta(days=WINDOW_DAYS - 1), as_of)
    records.require_activity(now)
    found = list(_unseen(records, as_of))
    if records.within(now.previous()).span is not None:
        found += [*_overloaded(records, now), *_left_out(records, now), *_quiet(records, now)]
    columns = ["alert", "actor_id", "other_id", "since_on", "sentence"]
    frame = pd.DataFrame(found, columns=columns)
    frame = frame.astype(dict.fromkeys(columns[:3], "str") | {"since_on": "datetime64[us]", "sentence": object})
    order = frame["alert"].map({alert: place for place, alert in enumerate(ALERTS)}).astype(float)
    ordered = frame.assign(order=order).sort_values(["order", "actor_id", "other_id"], kind="stable", ignore_index=True)
    return ordered[columns]


def _overloaded(records: Records, now: Period) -> Iterator[Alert]:
    load, before = (solicitation_load(records, period) for period in (now, now.previous()))
    name = _names(records)
    crossed = (load["flag"] == names.FLAGS[0]) & ~(before["flag"] == names.FLAGS[0])
    fell = (load["p_response_fell"] >= FELL_SURELY) & (load["response_change"] <= -FELL_MUCH)
    partner = standing(records.actors, now) == "partner"
    for actor in load.index[crossed.fillna(value=False).astype(bool)]:
        reasons = load["reasons"][actor]
        yield (
            "over_the_line",
            actor,
            None,
            None,
            Phrase("watch.over_the_line", {"name": name[actor], "reasons": reasons[:3]}),
        )
    for actor in load.index[fell.fillna(value=False).astype(bool) & partner]:
        rate, drop = float(load["response_rate"][actor]), float(load["response_change"][actor])
        values = {"name": name[actor], "now": round(100 * rate), "before": round(100 * (rate - drop))}
        yield "response_fell", actor, None, None, Phrase("watch.response_fell", values)


def _left_out(records: Records, now: Period) -> Iterator[Alert]:
    """Find who is untied now and was not."""
    found, before = (isolation(records, period) for period in (now, now.previous()))
    was_there = ~standing(records.actors, now.previous()).isin(("left", "not_yet"))
    gone = records.actors.set_index("actor_id")["left_on"] <= pd.Timestamp(now.end)
    fresh = found[UNTIED].any(axis=1) & ~before[UNTIED].any(axis=1) & ~found["newcomer"] & was_there & ~gone
    for actor in found.index[fresh]:
        values = {"name": _names(records)[actor], "evidence": found["evidence"][actor]}
        yield "newly_isolated", actor, None, found["since_on"][actor], Phrase("watch.newly_isolated", values)


def _quiet(records: Records, now: Period) -> Iterator[Alert]:
    """Find the pairs that met or spoke often in the ninety days before, and not since."""
    before = outside_large_meetings(Network(records.within(now.previous()), now.previous())).without_coordinators.ties
    current = Network(records.within(now), now).ties
    occasions = before["n_meetings"] + before["contacts_out"] + before["contacts_in"]
    gone = set(records.actors.loc[records.actors["left_on"] <= pd.Timestamp(now.end), "actor_id"])
    met = set(zip(current["source_id"], current["target_id"], strict=True))
    name = _names(records)
    for row in before[occasions >= REGULAR].to_dict("records"):
        pair = (row["source_id"], row["target_id"])
        if pair not in met and gone.isdisjoint(pair):
            values = {"name": name[pair[0]], "other": name[pair[1]], "day": row["last_day"].date()}
            yield "tie_gone_quiet", pair[0], pair[1], row["last_day"], Phrase("watch.tie_gone_quiet", values)


def _unseen(records: Records, as_of: date) -> Iterator[Alert]:
    """Find who joined a while ago and has not been seen at a meeting."""
    roster = records.actors.set_index("actor_id")
    waited = (pd.Timestamp(as_of) - roster["joined_on"]).dt.days
    still_there = ~(roster["left_on"] <= pd.Timestamp(as_of)) & ~roster["is_coordinator"]
    until = pd.Timestamp(as_of)
    seen = presences(records).merge(records.meetings.loc[records.meetings["day"] <= until, ["meeting_id"]], on="meeting_id")
    waiting = waited.between(WELCOME_DAYS, 2 * WINDOW_DAYS) & still_there & ~roster.index.isin(seen["actor_id"])
    for actor in roster.index[waiting]:
        joined = roster["joined_on"][actor]
        values = {"name": str(roster["name"][actor]), "day": joined.date()}
        yield "newcomer_unseen", actor, None, joined, Phrase("watch.newcomer_unseen", values)


def _names(records: Records) -> dict[str, str]:
    return dict(zip(records.actors["actor_id"], records.actors["name"], strict=True))
