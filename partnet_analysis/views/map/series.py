"""The meetings view: series of meetings and who comes to them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from partnet_analysis.messages import say
from partnet_analysis.records.tables import Records
from partnet_analysis.views.map.separation import apart

_ROOM = 40.0
_ACTOR_ROOM = 4.0
"""The room that series and actors take on the map, as radii in pixels at scale 1."""
_OUTWARDS = 1.9
"""How far series are pulled out of the middle, where the mean of their members would put them all."""


def series_of(records: Sequence[Records], language: str) -> tuple[str, ...]:
    """
    List the series of meetings.

    Parameters
    ----------
    records
        The records of each period.
    language
        `fr` or `en`, for meetings without a series: these go by their kind.

    Returns
    -------
    series
        The names, sorted.
    """
    return tuple(sorted({name for cut in records for name in _named(cut, language).unique()}))


def series_rows(records: Records, series: Sequence[str], ids: pd.Index, language: str) -> list[list[int]]:
    """
    Count who came how often to which series.

    Parameters
    ----------
    records
        The records of the period.
    series
        The names, as `series_of` lists them.
    ids
        The roster.
    language
        `fr` or `en`.

    Returns
    -------
    rows
        One for each series and actor that came: numbers of the series, of the actor in the roster, of presences.
    """
    present = records.attendance[records.attendance["status"] == "present"]
    name = _named(records, language).set_axis(records.meetings["meeting_id"])
    rows = pd.DataFrame(
        {
            "series": pd.Index(series).get_indexer(pd.Index(present["meeting_id"].map(name))),
            "actor": ids.get_indexer(pd.Index(present["actor_id"])),
        }
    )
    counted = rows.groupby(["series", "actor"]).size().reset_index(name="n")
    return counted.to_numpy(dtype=int).tolist()


def series_places(
    series: Sequence[str], positions: pd.DataFrame, periods: Sequence[Mapping[str, Any]], roster: pd.DataFrame
) -> list[tuple[float, float]]:
    """
    Place the series among those who come.

    Parameters
    ----------
    series
        The names.
    positions
        Where the actors stand, in roster order.
    periods
        The periods' data, of which `series` is read.
    roster
        The roster: coordinators, who come to everything, do not count.

    Returns
    -------
    places
        For each series the mean of its members' places, pulled outwards and apart.
    """
    rows = np.array([row for period in periods for row in period["series"]], dtype=int).reshape(-1, 3)
    at = positions.to_numpy(dtype=float)
    counts = ~np.isnan(at[rows[:, 1], 0]) & ~roster["is_coordinator"].to_numpy()[rows[:, 1]]
    rows = rows[counts]
    weight = np.bincount(rows[:, 0], rows[:, 2], len(series))
    sums = [np.bincount(rows[:, 0], rows[:, 2] * at[rows[:, 1], axis], len(series)) for axis in (0, 1)]
    places = np.column_stack(sums) / np.maximum(weight, 1)[:, None] * _OUTWARDS
    # Series with the same members would stand on one point; a small fan tells them apart before they are pushed.
    turn = np.arange(len(series)) * 2.4
    places += np.column_stack([np.cos(turn), np.sin(turn)])
    # Actors stay where they are; series make room for one another and for them.
    standing = at[~np.isnan(at[:, 0])]
    radii = np.concatenate([np.full(len(standing), _ACTOR_ROOM), np.full(len(series), _ROOM)])
    moved = apart(np.vstack([standing, places]), radii, fixed=np.arange(len(standing)))[len(standing) :]
    return [(round(x, 1), round(y, 1)) for x, y in moved.tolist()]


def _named(records: Records, language: str) -> pd.Series:
    """Name each meeting's series; meetings outside any series go by their kind."""
    kinds = {kind: say(language, f"map.meeting_kinds.{kind}") for kind in records.meetings["kind"].dropna().unique()}
    fallback = records.meetings["kind"].map(kinds).astype("str").fillna(say(language, "map.no_series"))
    return records.meetings["series"].fillna(fallback)
