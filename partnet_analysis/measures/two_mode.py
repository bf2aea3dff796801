"""Actors and meetings as two modes of one network: who sits where, which groups share their people."""

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from partnet_analysis.graph.network import Network
from partnet_analysis.graph.two_mode import TwoMode, two_mode
from partnet_analysis.graph.with_and_without import reasons_where, rows_with_and_without

_ACTOR_CAUSES: Final = ("no_meeting_attended", "single_meeting_attended")
_MEETING_CAUSES: Final = ("nobody_present", "single_actor_present")


def two_mode_actors(network: Network) -> pd.DataFrame:
    """
    Measure how central each actor is in the network of actors and meetings.

    Parameters
    ----------
    network
        The network; only who was present in which meeting counts.

    Returns
    -------
    actors
        One row for each actor of the roster, indexed by `actor_id`, in roster order; each measure with and without
        coordinators. Normalised as Borgatti & Everett 1997 (Social Networks 19, 243) do, each mode by what it allows, n
        actors and m meetings counting all of the roster and all of the period:

        - `n_meetings` (Int64): meetings attended.
        - `degree` (float, 0 to 1): `n_meetings` over m.
        - `closeness` (float, 0 to 1): (m + 2(n − 1)) over the sum of the lengths of the shortest paths to all actors and
          meetings; times the share of them within reach where the network is in pieces; 0 for who attended nothing.
        - `betweenness` (float, 0 to 1): shares of shortest paths through the actor, summed over all pairs of actors and
          meetings, over the most that an actor can have.
        - `redundancy` (float, 0 to 1): share of the pairs of meetings attended that also share somebody else (Latapy,
          Magnien & Del Vecchio 2008, Social Networks 30, 31): 0 for who alone joins its meetings. Missing for who attended
          fewer than two.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing.
    """
    return rows_with_and_without(network, _actors_measured)


def two_mode_meetings(network: Network) -> pd.DataFrame:
    """
    Measure how central each meeting is in the network of actors and meetings.

    Parameters
    ----------
    network
        The network; only who was present in which meeting counts.

    Returns
    -------
    meetings
        One row for each meeting of the period, indexed by `meeting_id`, in order of day: `n_present` and, as
        `two_mode_actors` defines them with actors and meetings exchanged, `degree`, `closeness`, `betweenness` and
        `redundancy`; each with and without coordinators, and `reasons`.
    """
    return rows_with_and_without(network, _meetings_measured)


def group_overlap(network: Network) -> pd.DataFrame:
    """
    Count, for every two groups, the actors they share (Breiger 1974, Social Forces 53, 181).

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    overlap
        The square matrix of integers, its rows and columns the series of meetings in alphabetical order: how many actors
        were present at least once in both; on the diagonal, how many were in the series at all.
    """
    meetings = network.records.meetings
    series = pd.Index(sorted(meetings["series"].dropna().unique()), name="series")
    known = meetings["series"].notna().to_numpy()
    of_series = (np.flatnonzero(known), series.get_indexer(pd.Index(meetings["series"][known])))
    belongs = sparse.csr_array((np.ones(known.sum()), of_series), shape=(len(meetings), len(series)))
    took_part = sparse.csr_array(two_mode(network).presence @ belongs > 0, dtype=np.int64)
    return pd.DataFrame((took_part.T @ took_part).toarray(), index=series, columns=series)


def _actors_measured(network: Network) -> pd.DataFrame:
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    return _measured(two_mode(network), ids, "n_meetings", _ACTOR_CAUSES)


def _meetings_measured(network: Network) -> pd.DataFrame:
    ids = pd.Index(network.records.meetings["meeting_id"], name="meeting_id")
    return _measured(two_mode(network).flipped, ids, "n_present", _MEETING_CAUSES)


def _measured(modes: TwoMode, ids: pd.Index, count: str, causes: tuple[str, str]) -> pd.DataFrame:
    n = modes.n_columns_of_row
    columns = {
        "degree": modes.degree(),
        "closeness": modes.closeness(),
        "betweenness": modes.betweenness(),
        "redundancy": modes.redundancy(),
    }
    frame = pd.DataFrame({count: pd.array(n, dtype="Int64"), **columns}, index=ids)
    return frame.assign(reasons=reasons_where(ids, {causes[0]: n == 0, causes[1]: n == 1}))
