"""What stands without the coordinator."""

from collections.abc import Collection
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis.errors import UnknownActorError
from partnet_analysis.graph import kernels
from partnet_analysis.graph.network import Network, shared_network
from partnet_analysis.graph.pairs import tie_keys
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import standing
from partnet_analysis.records.presence import person_hours, presences
from partnet_analysis.records.remembered import remembered
from partnet_analysis.records.tables import Records

Floats = npt.NDArray[np.float64]
Missing = Phrase | None

UNOBSERVED_SHARE: Final = 0.95
"""From this share of contacts with a coordinator on, contacts among partners count as not recorded."""

BETWEEN_DAYS: Final = 7
"""A contact more than so many days from any joint meeting lies between meetings."""

CURVE_LENGTH: Final = 10


def partner_contacts_observed(records: Records) -> bool:
    """
    Tell whether contacts among partners were recorded.

    Parameters
    ----------
    records
        The records of the period.

    Returns
    -------
    observed
        False where there is no contact at all, or at least 95 % of them involve a coordinator: the log is then the
        coordinator's own, and says nothing about what partners do among themselves.
    """
    contacts, coordinators = records.contacts, records.coordinators
    if contacts.empty:
        return False
    involves = contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators)
    return float(involves.mean()) < UNOBSERVED_SHARE


def dependence(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure what would be left of the partnership without its coordinators.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    dependence
        One row for each scenario, indexed by `scenario`: `whole`, `without_coordinators`, `without_their_meetings` (the
        coordinators gone, and the meetings they convene), `contacts_only` (the coordinators gone, and every meeting).

        - `efficiency` (float): E, the mean of 1/d over all pairs of partners at risk, d being the length of the shortest
          path by `distance` and 1/d = 0 where there is none (Latora & Marchiori 2001, Physical Review Letters 87, 198701).
        - `dependence` (share): 1 − E / E of `whole`. Below 0 where the partners left stand closer to one another, as the
          coordinators no longer count among those present.
        - `n_ties` (int): pairs of partners tied.
        - `n_newly_isolated` (int), `newly_isolated` (tuple of ids): partners with a tie in `whole` and none here.
        - `reason`: why values are missing, a `Phrase`; None where none is. Contacts among partners that nobody recorded are
          unobserved, not absent: then `contacts_only` is missing.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    return _dependence(records, period).copy()


@remembered
def _dependence(records: Records, period: Period) -> pd.DataFrame:
    whole = shared_network(records, period)
    cut, partners_alone = whole.records, whole.without_coordinators
    leavers = cut.coordinators
    partners = _partners(cut, period, leavers)
    scenarios = {
        "whole": whole,
        "without_coordinators": partners_alone,
        "without_their_meetings": Network(_without_meetings_of(cut, leavers), period),
        "contacts_only": Network(partners_alone.records.without_meetings(cut.meetings["meeting_id"]), period),
    }
    frame = _compared(scenarios, partners)
    if not leavers:
        frame = _blanked(frame, frame.index[1:3], Phrase("coordination.no_coordinator"))
    if not partner_contacts_observed(cut):
        frame = _blanked(frame, frame.index[3:], _unobserved(cut))
    return frame


def what_if_leaves(records: Records, period: Period, actor_id: str) -> pd.DataFrame:
    """
    Measure what would be left of the partnership without one of its actors.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    actor_id
        Who leaves.

    Returns
    -------
    dependence
        As `dependence` gives it, over the pairs of the other partners, for the scenarios `whole`, `without_actor` and
        `without_its_meetings`.

    Raises
    ------
    UnknownActorError
        If the roster does not hold the actor.
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    if actor_id not in set(records.actors["actor_id"]):
        raise UnknownActorError([actor_id])
    whole = shared_network(records, period)
    cut = whole.records
    scenarios = {
        "whole": whole,
        "without_actor": whole.without([actor_id]),
        "without_its_meetings": Network(_without_meetings_of(cut, [actor_id]), period),
    }
    return _compared(scenarios, _partners(cut, period, [actor_id]))


def coordination(records: Records, period: Period) -> pd.DataFrame:
    """
    Measure how far partners act without the coordinators.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    coordination
        One row for each figure, indexed by `figure`; `value` (float) and `reason` (`Phrase`, or None where nothing is
        missing): why a value is missing.

        - `efficiency`, `dependence_without_coordinators`, `dependence_without_their_meetings`, `dependence_contacts_only`:
          as `dependence` gives them.
        - `initiative_share` (0 to 1): share of the person-hours in meetings of known convener that a partner convened.
        - `n_conveners`: distinct partners who convened a meeting.
        - `direct_ratio` (0 to 1): pairs of partners that meet and also contact one another / pairs that meet.
        - `between_meetings` (0 to 1): share of the contacts among partners that lie more than 7 days from any meeting at
          which both were present.
        - `coordinator_contact_share` (0 to 1): share of the contacts that involve a coordinator.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Notes
    -----
    Where at least 95 % of the contacts involve a coordinator, those among partners are unobserved: `direct_ratio`,
    `between_meetings` and `dependence_contacts_only` are missing then, never 0.
    """
    cut = records.require_activity(period)
    scenarios = dependence(records, period)
    found: dict[str, tuple[float, Missing]] = {"efficiency": (float(scenarios["efficiency"]["whole"]), None)}
    for name in scenarios.index[1:]:
        found[f"dependence_{name}"] = (float(scenarios["dependence"][name]), scenarios["reason"][name])
    found |= _initiative(cut) | _direct(records, cut, period)
    frame = pd.DataFrame(found.values(), index=pd.Index(found, name="figure"), columns=["value", "reason"])
    unknown = frame["value"].isna() & frame["reason"].isna()
    reason = frame["reason"].astype(object).where(~unknown, Phrase("coordination.no_pair"))
    return frame.assign(reason=reason.where(reason.notna(), None))


def attrition(network: Network) -> pd.DataFrame:
    """
    Follow the partnership as its strongest actors leave one after the other.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    attrition
        One row for each step, indexed by `n_gone`: 0, then one more actor each time, that of the greatest strength among
        those left (the first in roster order among equals), ten at most:

        - `actor_id`: who left; missing in the first row.
        - `efficiency` (float): E over the pairs of those left.
        - `share_in_main_component` (0 to 1): share of those left in the largest component.
    """
    left, gone, rows = network, "", []
    for _ in range(min(CURVE_LENGTH, max(len(network.actors) - 1, 0)) + 1):
        incidence = left.incidence
        main = float((kernels.components(left.sparse_certificate) == 1).mean()) if incidence.n_actors else float("nan")
        rows.append((gone or None, _efficiency(left, incidence.ids), main))
        if not incidence.strength.any():
            break
        gone = str(incidence.ids[int(incidence.strength.argmax())])
        left = left.without([gone])
    columns = ["actor_id", "efficiency", "share_in_main_component"]
    return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(len(rows), name="n_gone"))


def _partners(cut: Records, period: Period, leavers: Collection[str]) -> pd.Index:
    role = standing(cut.actors, period)
    return role.index[(role == "partner") & ~role.index.isin(list(leavers))]


def _without_meetings_of(cut: Records, leavers: Collection[str]) -> Records:
    theirs = cut.meetings.loc[cut.meetings["convener_id"].isin(list(leavers)), "meeting_id"]
    return cut.without_meetings(theirs).without(leavers)


def _compared(scenarios: dict[str, Network], partners: pd.Index) -> pd.DataFrame:
    efficiency = {name: _efficiency(network, partners) for name, network in scenarios.items()}
    tied = {name: _tied(network, partners) for name, network in scenarios.items()}
    whole = efficiency["whole"]
    rows = [
        (
            efficiency[name],
            1 - efficiency[name] / whole if whole > 0 else np.nan,
            _n_ties_among(network, partners),
            len(tied["whole"]) - len(tied["whole"].intersection(tied[name])),
            tuple(actor for actor in tied["whole"] if actor not in tied[name]),
            None if whole > 0 else Phrase("coordination.no_pair"),
        )
        for name, network in scenarios.items()
    ]
    columns = ["efficiency", "dependence", "n_ties", "n_newly_isolated", "newly_isolated", "reason"]
    frame = pd.DataFrame(rows, columns=columns, index=pd.Index(scenarios, name="scenario"))
    return frame.astype({"n_ties": "Int64", "n_newly_isolated": "Int64", "reason": object})


def _blanked(frame: pd.DataFrame, rows: pd.Index, reason: Phrase) -> pd.DataFrame:
    """Say that a scenario cannot be told."""
    blank = frame.index.isin(rows)
    known = frame.where(~pd.DataFrame(dict.fromkeys(frame.columns, blank), index=frame.index)).astype(frame.dtypes)
    nobody: list[tuple[str, ...]] = [
        () if gone else actors for gone, actors in zip(blank, frame["newly_isolated"], strict=True)
    ]
    said = [reason if gone else before for gone, before in zip(blank, frame["reason"], strict=True)]
    return known.assign(
        newly_isolated=pd.Series(nobody, index=frame.index, dtype=object),
        reason=pd.Series(said, index=frame.index, dtype=object),
    )


def _efficiency(network: Network, partners: pd.Index) -> float:
    """Average 1/d over the pairs of partners; paths may run through anybody."""
    places = network.incidence.ids.get_indexer(partners).astype(np.int64)
    if len(places) < 2:  # noqa: PLR2004 (a pair)
        return float("nan")
    return float(kernels.efficiency_of(network.path_edges, places).mean())


def _tied(network: Network, partners: pd.Index) -> pd.Index:
    incidence = network.incidence
    return partners[partners.isin(incidence.ids[incidence.strength > 0])]


def _n_ties_among(network: Network, partners: pd.Index) -> int:
    """Leave out of all ties those of the few others, and so count no tie among partners one by one."""
    others = ~network.incidence.ids.isin(partners)
    among_others = sum(len(keys) for keys in tie_keys(network.incidence.only(others)))
    return network.n_ties - int(network.degree[others].sum()) + among_others


def _initiative(cut: Records) -> dict[str, tuple[float, Missing]]:
    meetings = cut.meetings[cut.meetings["convener_id"].notna()].set_index("meeting_id")
    if meetings.empty:
        unknown = (np.nan, Phrase("coordination.no_convener"))
        return {"initiative_share": unknown, "n_conveners": unknown}
    own = ~meetings["convener_id"].isin(cut.coordinators)
    n_conveners = (float(meetings.loc[own, "convener_id"].nunique()), None)
    hours = person_hours(cut).reindex(meetings.index)
    total = float(hours.sum())
    if not total > 0:
        return {"initiative_share": (np.nan, Phrase("coordination.no_hours")), "n_conveners": n_conveners}
    return {"initiative_share": (float(hours[own].sum()) / total, None), "n_conveners": n_conveners}


def _direct(records: Records, cut: Records, period: Period) -> dict[str, tuple[float, Missing]]:
    contacts, coordinators = cut.contacts, cut.coordinators
    involves = contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators)
    share = (float(involves.mean()), None) if len(contacts) else (np.nan, Phrase("coordination.no_contact"))
    if not partner_contacts_observed(cut):
        blank = (np.nan, _unobserved(cut))
        return {"direct_ratio": blank, "between_meetings": blank, "coordinator_contact_share": share}
    among = contacts[~involves]
    direct = _direct_ratio(shared_network(records, period).without_coordinators)
    return {
        "direct_ratio": (direct, Phrase("coordination.nobody_meets") if np.isnan(direct) else None),
        "between_meetings": (_between(among, records), None),
        "coordinator_contact_share": share,
    }


def _direct_ratio(network: Network) -> float:
    """Of the pairs that meet, find the share that also contact one another."""
    in_contact = sparse.coo_array(network.incidence.contacts)
    first, second = (end.astype(np.int64) for end in in_contact.coords)
    once = first < second
    meet = network.incidence.co_presence_of(first[once], second[once]) > 0
    n_meet = network.n_ties - int((~meet).sum())
    return int(meet.sum()) / n_meet if n_meet else float("nan")


def _unobserved(cut: Records) -> Phrase:
    return Phrase("coordination.partner_contacts_unobserved" if len(cut.contacts) else "coordination.no_contact")


def _between(contacts: pd.DataFrame, records: Records) -> float:
    """Find the contacts for which no joint meeting lies within a week; meetings just outside the period count too."""
    present = presences(records)[["meeting_id", "actor_id"]]
    attended = present.merge(records.meetings[["meeting_id", "day"]], on="meeting_id")
    source = contacts[["contact_id", "day", "source_id", "target_id"]].merge(
        attended, left_on="source_id", right_on="actor_id", suffixes=("", "_met")
    )
    near = source[(source["day"] - source["day_met"]).abs() <= pd.Timedelta(days=BETWEEN_DAYS)]
    joint = near.merge(present, left_on=["meeting_id", "target_id"], right_on=["meeting_id", "actor_id"])
    return float(1 - contacts["contact_id"].isin(joint["contact_id"]).mean())
