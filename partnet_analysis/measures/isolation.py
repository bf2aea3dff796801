"""Who is left out, in which way, and since when."""

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from partnet_analysis import names
from partnet_analysis.graph.incidence import Incidence
from partnet_analysis.graph.network import Network, shared_network
from partnet_analysis.measures._evidence import isolation_evidence
from partnet_analysis.measures._judgement import DORMANT_DAYS, LARGE_MEETING
from partnet_analysis.periods import Period
from partnet_analysis.records.codes import with_codes
from partnet_analysis.records.exposure import has_invitation_lists, standing
from partnet_analysis.records.presence import invitations, large_meetings, presences
from partnet_analysis.records.tables import Records

NEWCOMER_MONTHS: Final = 6

NO_ISOLATION: Final = ("newcomer", "connected")
"""The types that are no isolation."""


def isolation(records: Records, period: Period) -> pd.DataFrame:
    """
    Tell who is left out, and how.

    Parameters
    ----------
    records
        The records over their whole span: what came before the period tells since when.
    period
        The period.

    Returns
    -------
    isolation
        One row for each actor of the roster, indexed by `actor_id`, in roster order. An actor can be several things:

        - `never_invited` (bool): neither invited to any meeting of the period nor present at one. False for everybody where
          no invitation list exists; the evidence says so.
        - `invited_never_came` (bool): invited in the period, and present at none of its meetings.
        - `plenary_only` (bool): tied with other partners, but with none once meetings of more than 12 present are set aside.
        - `coordinator_only` (bool): tied, and only with coordinators.
        - `outside_main_component` (bool): not in the network's largest component; actors without any tie are in none.
        - `dormant` (bool): seen before, and neither present nor in contact for the last 180 days of the period; who left
          during the period is not dormant but gone. Where nothing at all was recorded in these days the silence is the
          records', and the 180 days are counted back from the last recorded day instead.
        - `newcomer` (bool): joined within the 6 months before the period's end; no fault.
        - `connected` (bool): none of these, newcomer apart.
        - `last_seen_on` (day): last presence or contact up to the period's end, of all the records; missing where never.
        - `since_on` (day): since when the actor has been left out: the day after it was last in touch with another partner
          of the main component outside large meetings, or the day it joined where it never was (the first day of the records
          where that is unknown); missing for the connected.
        - `evidence`: the plain words, a tuple of `Phrase`.

        Coordinators are never isolated; actors who left before the period or joined after it are nothing, and say so.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Notes
    -----
    `docs/decisions/isolated.md` has the reasoning behind each type.
    """
    network = shared_network(records, period)
    coded = with_codes(records)
    history = _up_to(coded, period)
    role = standing(records.actors, period)
    frame = pd.DataFrame(index=role.index).join([_by_record(coded.within(period)), _by_tie(network, role)])
    seen = _last_seen(history, role.index)
    frame["dormant"] = (seen <= _silent_since(history, period)) & ~_has_left(records, period)
    frame["newcomer"] = _joined(records) > pd.Timestamp(period.end) - pd.DateOffset(months=NEWCOMER_MONTHS)
    frame[role != "partner"] = False
    left_out = frame.drop(columns="newcomer").any(axis=1)
    frame["connected"] = ~left_out & role.isin(("partner", "coordinator", "residents"))
    frame = frame[list(names.ISOLATION_TYPES)].astype(bool)
    frame["last_seen_on"] = seen
    frame["since_on"] = _since(records, history, _main_component(network)).where(left_out)
    frame["evidence"] = isolation_evidence(frame, records, history, network, role)
    return frame


def is_isolated(isolation: pd.DataFrame) -> pd.Series:
    """
    Tell who is isolated in any way.

    Parameters
    ----------
    isolation
        As `isolation` gives it.

    Returns
    -------
    isolated
        True where any type but `newcomer` and `connected` holds; newcomers are welcomed, not counted as isolated.
    """
    types = [kind for kind in names.ISOLATION_TYPES if kind not in NO_ISOLATION]
    return isolation[types].any(axis=1) & ~isolation["newcomer"]


def _up_to(records: Records, period: Period) -> Records:
    span = records.span
    return records.within(Period(min(span.start, period.start) if span else period.start, period.end))


def _by_record(cut: Records) -> pd.DataFrame:
    """Compare invitations with presences; nobody can be said never invited where no list exists."""
    ids = pd.Index(cut.actors["actor_id"], name="actor_id")
    invited, came = ids.isin(invitations(cut)["actor_id"]), ids.isin(presences(cut)["actor_id"])
    listed = has_invitation_lists(cut)
    return pd.DataFrame({"never_invited": ~invited & ~came & listed, "invited_never_came": invited & ~came}, index=ids)


def _by_tie(network: Network, role: pd.Series) -> pd.DataFrame:
    """Look at whom each is tied with, at large and outside large meetings."""
    coordinators = network.records.coordinators
    tied = _tied(network)
    tied_with_partners = _tied(network.without_coordinators)
    closely_tied = _tied(outside_large_meetings(network).without_coordinators)
    ids = role.index
    return pd.DataFrame(
        {
            "plenary_only": ids.isin(tied_with_partners) & ~ids.isin(closely_tied),
            "coordinator_only": ids.isin(tied) & ~ids.isin(tied_with_partners) & bool(coordinators),
            "outside_main_component": ~ids.isin(_main_component(network)),
        },
        index=ids,
    )


def outside_large_meetings(network: Network) -> Network:
    """
    Set large meetings aside.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    network
        The network of the contacts and of the meetings of at most 12 present.
    """
    large = large_meetings(network.records, LARGE_MEETING)
    return Network(network.records.without_meetings(large), network.period, network.half_life_days)


def _tied(network: Network) -> pd.Index:
    incidence = network.incidence
    return incidence.ids[incidence.strength > 0]


def _main_component(network: Network) -> pd.Index:
    """Find the largest component, the first in roster order among equals; a lone actor is no component."""
    ids, ends = network.incidence.ids, network.incidence.sparse_certificate
    graph = sparse.coo_array((np.ones(len(ends[0])), ends), shape=(len(ids), len(ids)))
    _, label = sparse.csgraph.connected_components(graph, directed=False)
    size = np.bincount(label, minlength=1)
    first = int(np.argmax(size[label] == size.max())) if len(label) else 0
    return ids[label == label[first]] if size.max() > 1 else ids[:0]


def _last_seen(history: Records, ids: pd.Index) -> pd.Series:
    met = presences(history)[["meeting_id", "actor_id"]].merge(history.meetings[["meeting_id", "day"]], on="meeting_id")
    spoke = [history.contacts.rename(columns={side: "actor_id"}) for side in ("source_id", "target_id")]
    seen = pd.concat([rows[["actor_id", "day"]] for rows in (met, *spoke)])
    return seen.groupby("actor_id")["day"].max().reindex(ids).rename("last_seen_on")


def _silent_since(history: Records, period: Period) -> pd.Timestamp:
    span, silence = history.span, pd.Timedelta(days=DORMANT_DAYS)
    since = pd.Timestamp(period.end) - silence
    return since if span is None or pd.Timestamp(span.end) > since else pd.Timestamp(span.end) - silence


def _joined(records: Records) -> pd.Series:
    return pd.Series(records.actors.set_index("actor_id")["joined_on"])


def _has_left(records: Records, period: Period) -> pd.Series:
    return pd.Series(records.actors.set_index("actor_id")["left_on"] <= pd.Timestamp(period.end))


def _since(records: Records, history: Records, main: pd.Index) -> pd.Series:
    """Find the last day each was in touch with a partner of the main component, outside large meetings."""
    span = history.span
    assert span is not None  # noqa: S101 (an empty period was refused before)
    last = _last_met(outside_large_meetings(Network(history, span)).without_coordinators.incidence, main)
    joined = _joined(records)
    day_after = last.reindex(joined.index) + pd.Timedelta(days=1)
    since = day_after.fillna(joined.fillna(pd.Timestamp(span.start)))
    return pd.Series(since.astype("datetime64[us]"), name="since_on")


def _last_met(close: Incidence, main: pd.Index) -> pd.Series:
    """Find the last day on which each met or contacted another actor of the main component."""
    is_main = close.ids.isin(main)
    n_main = np.bincount(close.meeting, weights=is_main[close.actor], minlength=len(close.day))
    with_main = n_main[close.meeting] - is_main[close.actor] > 0
    ends = [(close.contact_source, close.contact_target), (close.contact_target, close.contact_source)]
    actor = [close.actor[with_main], *(one[is_main[other]] for one, other in ends)]
    day = [close.day[close.meeting[with_main]], *(close.contact_day[is_main[other]] for _, other in ends)]
    met = pd.Series(np.concatenate(day), index=close.ids[np.concatenate(actor)])
    return met.groupby(level=0).max()
