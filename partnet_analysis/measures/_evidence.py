"""The words that go with isolation: for each type, what the records show."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from partnet_analysis.graph.network import Network
from partnet_analysis.messages import Phrase
from partnet_analysis.records.exposure import has_invitation_lists
from partnet_analysis.records.presence import invitations, presences
from partnet_analysis.records.tables import Records

Row = Mapping[Hashable, Any]

_SAID_ONCE = ("coordinator", "residents")


def isolation_evidence(
    frame: pd.DataFrame, records: Records, history: Records, network: Network, role: pd.Series
) -> pd.Series:
    """
    Say what shows that each actor is left out.

    Parameters
    ----------
    frame
        The types, `last_seen_on` and `since_on`.
    records
        The records over their whole span.
    history
        The records up to the period's end.
    network
        The period's network.
    role
        What each actor is to the partnership, as `records.exposure.standing` tells.

    Returns
    -------
    evidence
        For each actor a tuple of `Phrase`.
    """
    days = records.actors.set_index("actor_id")[["joined_on", "left_on"]]
    rows = frame.assign(role=role).join([days, _facts(history, network)])
    listed = has_invitation_lists(network.records)
    said = [tuple(_phrases(row, listed=listed)) for row in rows.to_dict("records")]
    return pd.Series(said, index=frame.index, dtype=object)


def _facts(history: Records, network: Network) -> pd.DataFrame:
    """Count what the sentences quote."""
    ids = pd.Index(history.actors["actor_id"], name="actor_id")
    dated = invitations(history).merge(history.meetings[["meeting_id", "day"]], on="meeting_id")
    coordinators = set(history.coordinators)
    with_coordinator = network.records.contacts
    calls = pd.concat(
        [
            with_coordinator.loc[with_coordinator["source_id"].isin(coordinators), "target_id"],
            with_coordinator.loc[with_coordinator["target_id"].isin(coordinators), "source_id"],
        ]
    )
    counted = {
        "n_invited": invitations(network.records)["actor_id"],
        "n_present": presences(network.records)["actor_id"],
        "n_calls": calls,
    }
    facts = {name: rows.value_counts().reindex(ids, fill_value=0) for name, rows in counted.items()}
    last_invited_on = dated.groupby("actor_id")["day"].max().reindex(ids)
    return pd.DataFrame(facts).assign(n_ties=network.degree, last_invited_on=last_invited_on)


def _phrases(row: Row, *, listed: bool) -> Iterator[Phrase]:
    if row["role"] in ("left", "not_yet"):
        yield Phrase(f"isolation.{row['role']}", {"day": row["left_on" if row["role"] == "left" else "joined_on"].date()})
        return
    if row["role"] in _SAID_ONCE:
        yield Phrase(f"isolation.{row['role']}")
        return
    if row["newcomer"]:
        yield Phrase("isolation.newcomer", {"day": row["joined_on"].date()})
    yield from _meetings(row, listed=listed)
    yield from _ties(row)
    if row["connected"]:
        yield Phrase("isolation.connected", {"n": int(row["n_ties"])})
    else:
        yield from _days(row)


def _meetings(row: Row, *, listed: bool) -> Iterator[Phrase]:
    if row["never_invited"] and pd.isna(row["last_invited_on"]):
        yield Phrase("isolation.never_invited")
    elif row["never_invited"]:
        yield Phrase("isolation.no_longer_invited", {"day": row["last_invited_on"].date()})
    elif not listed and not row["n_present"] and not row["connected"]:
        yield Phrase("isolation.no_list")
    if row["invited_never_came"]:
        yield Phrase("isolation.invited_never_came", {"n": int(row["n_invited"])})


def _ties(row: Row) -> Iterator[Phrase]:
    if row["plenary_only"]:
        yield Phrase("isolation.plenary_only", {"n": int(row["n_present"])})
    if row["coordinator_only"]:
        yield Phrase("isolation.coordinator_only", {"n": int(row["n_calls"] + row["n_present"])})
    if row["outside_main_component"]:
        apart = "apart" if row["n_ties"] else "alone"
        yield Phrase(f"isolation.{apart}", {"n": int(row["n_ties"])})


def _days(row: Row) -> Iterator[Phrase]:
    if row["dormant"]:
        yield Phrase("isolation.dormant", {"day": row["last_seen_on"].date()})
    elif pd.notna(row["last_seen_on"]):
        yield Phrase("isolation.last_seen", {"day": row["last_seen_on"].date()})
    else:
        yield Phrase("isolation.never_seen")
