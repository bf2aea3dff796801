"""Where an actor's numbers come from: the meetings and contacts behind them."""

import pandas as pd

from partnet_analysis.errors import UnknownActorError
from partnet_analysis.measures._events import basis_of
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records


def explain(records: Records, period: Period, actor_id: str) -> pd.DataFrame:
    """
    List the meetings and contacts behind an actor's numbers.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    actor_id
        The actor.

    Returns
    -------
    events
        One row for each meeting at which the actor was listed or present and each contact it took part in, in order of day:
        `day`; `nature` (`meeting`, `contact_received`, `contact_made`); `item_id` (the meeting's or contact's id); `title`,
        `series`, `kind` (the channel, of a contact), `theme`; `other_id` (the convener, or the other party); `invited`
        (true, false, or missing); `status`; `duration_hours`; `persons_invited`, `persons_present` (int); `counts_as_load`
        (bool): whether `n_load` counts it. Counting rows gives back every count of `solicitation_load`.

    Raises
    ------
    UnknownActorError
        If the roster does not hold the actor.
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    if actor_id not in set(records.actors["actor_id"]):
        raise UnknownActorError([actor_id])
    cut = records.require_activity(period)
    basis = basis_of(cut)
    listed = cut.attendance[cut.attendance["actor_id"] == actor_id].merge(cut.meetings, on="meeting_id")
    counted = listed["invited"].fillna(value=False) if basis == "solicitation" else listed["status"] == "present"
    meetings = listed.rename(columns={"meeting_id": "item_id", "convener_id": "other_id"}).assign(
        nature="meeting", counts_as_load=counted.astype(bool)
    )
    parts = [meetings, _contacts(cut, actor_id, "target_id", counts=True)]
    parts.append(_contacts(cut, actor_id, "source_id", counts=basis == "contact"))
    columns = [
        *("day", "nature", "item_id", "title", "series", "kind", "theme", "other_id", "invited", "status"),
        *("duration_hours", "persons_invited", "persons_present", "counts_as_load"),
    ]
    events = pd.concat([part.reindex(columns=columns).astype(_TYPES) for part in parts])
    return events.sort_values(["day", "item_id"], kind="stable", ignore_index=True)


_TYPES = {
    "day": "datetime64[us]",
    **dict.fromkeys(("nature", "item_id", "title", "series", "kind", "theme", "other_id", "status"), "str"),
    "invited": "boolean",
    "duration_hours": "float64",
    "persons_invited": "Int64",
    "persons_present": "Int64",
    "counts_as_load": "bool",
}


def _contacts(cut: Records, actor_id: str, side: str, *, counts: bool) -> pd.DataFrame:
    own = cut.contacts[cut.contacts[side] == actor_id]
    other = "source_id" if side == "target_id" else "target_id"
    nature = "contact_received" if side == "target_id" else "contact_made"
    columns = {"contact_id": "item_id", other: "other_id", "channel": "kind"}
    return own.rename(columns=columns).assign(nature=nature, counts_as_load=counts)
