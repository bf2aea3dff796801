"""Review → the map as plain data: what the page is filled with, and nothing more."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from weakref import WeakKeyDictionary

import pandas as pd

from partnet_analysis import names
from partnet_analysis.annual import Review, Snapshot
from partnet_analysis.messages import Phrase, catalogue, say, written
from partnet_analysis.periods import Period
from partnet_analysis.views import palette
from partnet_analysis.views.map.geography import Geography, located
from partnet_analysis.views.map.layout import positions
from partnet_analysis.views.map.schemes import Scheme, schemes
from partnet_analysis.views.map.series import series_of, series_places, series_rows
from partnet_analysis.views.map.territories import territories
from partnet_analysis.views.map.tie_columns import tie_columns, total_ties

METRICS: Final = {
    "strength": "centrality",
    "degree": "centrality",
    "per_month": "solicitation",
    "n_solicitations": "solicitation",
    "hours_asked": "solicitation",
    "hours_given": "solicitation",
    "capacity_use": "solicitation",
    "response_rate": "solicitation",
    "betweenness": "centrality",
    "harmonic_closeness": "centrality",
    "eigenvector": "centrality",
    "pagerank": "centrality",
    "constraint": "centrality",
    "effective_size": "centrality",
    "coreness": "centrality",
    "clustering": "centrality",
}
"""What sizes can be set by and cards show, and the frame that each comes from; those that a review lacks are left out."""

INTERVALS: Final = {"per_month": ("rate_low", "rate_high"), "response_rate": ("response_low", "response_high")}

STOPS: Final = (0, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 40)
"""Where the slider of minimum strength can stand."""

TIES_FOR_EACH: Final = 2.4
"""So many ties for each actor let structure be seen; the map opens with a threshold that leaves no more."""

OVERVIEW_ABOVE: Final = 1500
"""Above so many actors the map opens on its groups, folded."""

DIGITS: Final = 3

ISOLATED: Final = tuple(kind for kind in names.ISOLATION_TYPES if kind != "connected")

_PLACED: Final[WeakKeyDictionary[Review, pd.DataFrame]] = WeakKeyDictionary()
"""Where everybody stands in the reviews already drawn: a review is drawn as a page, inside the report and on paper."""


@dataclass(frozen=True, eq=False)
class Scene:
    """
    The map as data, in Python's terms.

    Parameters
    ----------
    review
        The review that is drawn.
    language
        `fr` or `en`.
    periods
        The partnership over each period of the slider.
    positions
        Where each actor stands, indexed by `actor_id`; missing for actors without any tie in any period.
    schemes
        The ways to colour, the one to open with first.
    territories
        The sectors' areas.
    """

    review: Review
    language: str
    periods: tuple[Snapshot, ...]
    positions: pd.DataFrame
    schemes: tuple[Scheme, ...]
    territories: tuple[dict[str, Any], ...]

    @property
    def current(self) -> int:
        """The place of the period under review on the slider."""
        return next(at for at, period in enumerate(self.periods) if period.period == self.review.period)

    @property
    def title(self) -> str:
        """What the map is called."""
        generic = say(self.language, "map.title")
        return f"{generic} – {self.review.name}" if self.review.name else generic

    @property
    def in_short(self) -> str:
        """The period and the number of actors."""
        counted = say(self.language, "map.n_actors", n=len(self.review.records.actors))
        return f"{period_name(self.review.period, self.language)} · {counted}"

    @property
    def subtitle(self) -> str:
        """The same, and what the page is for."""
        return say(self.language, "map.subtitle", in_short=self.in_short)


def scene(review: Review, language: str) -> Scene:
    """
    Lay the map out.

    Parameters
    ----------
    review
        The partnership's year, measured.
    language
        `fr` or `en`.

    Returns
    -------
    scene
        The map as data.
    """
    periods = _periods(review)
    actors = review.records.actors
    found = tuple(schemes(actors, periods, review.current, language))
    if review not in _PLACED:
        _PLACED[review] = _positions(review, periods)
    at = _PLACED[review]
    first = found[0]
    areas: list[dict[str, Any]] = []
    if first.key == "sector":
        groups = pd.Series(first.at(0), index=actors["actor_id"])
        groups = groups.mask(groups.index.isin(review.records.coordinators), -1)
        # "Others" and "unknown", the last two, are no community of place.
        areas = territories(at, groups, len(first.labels) - 2)
    return Scene(review, language, periods, at, found, tuple(areas))


def scene_data(drawn: Scene, geography: Geography | None = None) -> dict[str, Any]:
    """
    Write a scene as the page reads it.

    Parameters
    ----------
    drawn
        The scene.
    geography
        Where the actors are on the ground, for the geographic view; none by default.

    Returns
    -------
    data
        Plain values only: text, numbers, lists, mappings, None.
    """
    review, language = drawn.review, drawn.language
    roster = review.records.actors
    series = series_of([period.network.records for period in drawn.periods], language)
    # Whom to meet is said of the period under review alone.
    told = {review.current.period: review.introductions} if len(roster) <= OVERVIEW_ABOVE else {}
    whole = [_period_data(period, roster, list(series), told.get(period.period), language) for period in drawn.periods]
    metrics = [key for key in METRICS if any(key in period["values"] for period in whole)]
    places = series_places(list(series), drawn.positions, whole, roster)
    groups = _groups(drawn)
    return {
        "language": language,
        "title": drawn.title,
        "note": review.note,
        "texts": dict(catalogue(language, "map")["page"]),
        "palette": {"coordinator": palette.COORDINATOR.colour, "alert": palette.ALERT},
        "actors": _actors(roster, drawn.positions, review.records.coordinators),
        "schemes": [scheme.as_data(language) for scheme in drawn.schemes],
        "groups": groups,
        "folded": groups is not None and len(roster) > OVERVIEW_ABOVE,
        "metrics": [{"key": key, **_metric_words(key, review.current, language)} for key in metrics],
        "has": {
            "meetings": bool(review.records.attendance["status"].eq("present").any()),
            "contacts": len(review.records.contacts) > 0,
            "judgement": any(period["judged"] for period in whole),
            "coordinators": len(review.records.coordinators) > 0,
            "levels": any(scheme.key == "level" for scheme in drawn.schemes),
        },
        "series": [{"label": label, "x": x, "y": y} for label, (x, y) in zip(series, places, strict=True)],
        "periods": whole,
        "current": drawn.current,
        "stops": list(STOPS),
        "threshold": opening_threshold(review.current),
        "territories": list(drawn.territories),
        "geography": None if geography is None else located(geography, roster["actor_id"]),
    }


def period_name(period: Period, language: str) -> str:
    """
    Name a period for readers.

    Parameters
    ----------
    period
        The period.
    language
        `fr` or `en`.

    Returns
    -------
    name
        The year, or both days.
    """
    if period.year is not None:
        return str(period.year)
    return f"{written(language, period.start)} – {written(language, period.end)}"


def _periods(review: Review) -> tuple[Snapshot, ...]:
    """Take the calendar years, and the period under review where it is none of them."""
    if any(year.period == review.period for year in review.years):
        return tuple(review.current if year.period == review.period else year for year in review.years)
    return (*(review.years if len(review.years) > 1 else ()), review.current)


def _positions(review: Review, periods: Sequence[Snapshot]) -> pd.DataFrame:
    """Place everybody with a tie in any period; the others stand in the tray."""
    networks = [period.network for period in periods]
    everywhere = total_ties(networks)
    tied = {*everywhere["source_id"], *everywhere["target_id"]}
    actors = review.records.actors
    placed = actors[actors["actor_id"].isin(tied) | actors["is_coordinator"]]
    there = set(placed["actor_id"])
    at = positions(
        placed["actor_id"].tolist(),
        total_ties([network.without_coordinators for network in networks]),
        groups=placed.set_index("actor_id")["sector"],
        hubs=[hub for hub in review.records.coordinators if hub in there],
        names=placed["name"].tolist(),
    )
    return at.reindex(pd.Index(actors["actor_id"]))


def _actors(roster: pd.DataFrame, at: pd.DataFrame, coordinators: Sequence[str]) -> dict[str, Any]:
    index = pd.Index(roster["actor_id"])
    return {
        "id": index.tolist(),
        "label": roster["name"].tolist(),
        "sector": plain(roster["sector"]),
        "level": plain(roster["level"]),
        "kind": roster["kind"].tolist(),
        "x": plain(at["x"]),
        "y": plain(at["y"]),
        "coordinators": index.get_indexer(pd.Index(list(coordinators))).tolist() if coordinators else [],
    }


def _groups(drawn: Scene) -> dict[str, Any] | None:
    """Say how actors fold: by sector, else by the period's communities; None where neither is known."""
    first = drawn.schemes[0]
    if first.key not in ("sector", "community"):
        return None
    return {"categories": first.as_data(drawn.language)["categories"], "values": first.at(drawn.current)}


def _period_data(
    period: Snapshot, roster: pd.DataFrame, series: Sequence[str], introductions: pd.DataFrame | None, language: str
) -> dict[str, Any]:
    ids = pd.Index(roster["actor_id"])
    load, isolation = period.solicitation.reindex(ids), period.isolation.reindex(ids)
    ties = tie_columns(period.network)
    return {
        "label": period_name(period.period, language),
        "judged": bool(load["flag"].notna().any()),
        "values": _values(period, ids),
        "flag": plain(load["flag"]),
        "isolation": [
            [kind for kind, holds in zip(ISOLATED, row, strict=True) if holds]
            for row in isolation[list(ISOLATED)].to_numpy(dtype=bool)
        ],
        "reasons": _sentences(load, "reasons", language),
        "evidence": _sentences(isolation, "evidence", language),
        "seen": ["" if pd.isna(day) else written(language, _day(day)) for day in isolation["last_seen_on"]],
        "introductions": _introductions(introductions, ids, language),
        "series": series_rows(period.network.records, series, ids, language),
        "dropped": ties.pop("dropped"),
        "ties": ties,
    }


def _values(period: Snapshot, ids: pd.Index) -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {}
    for key, source in METRICS.items():
        frame: pd.DataFrame = getattr(period, source)
        wanted = {key: key, key + names.WITHOUT_COORDINATORS: key + names.WITHOUT_COORDINATORS}
        if key in INTERVALS:
            wanted |= dict(zip((f"{key}_low", f"{key}_high"), INTERVALS[key], strict=True))
        for written_as, column in wanted.items():
            if column in frame and frame[column].notna().any() and key in frame:
                columns[written_as] = plain(frame[column].reindex(ids))
    return columns


def _metric_words(key: str, current: Snapshot, language: str) -> dict[str, str]:
    words = f"{key}_{current.load_basis}" if key == "per_month" and current.load_basis != "solicitation" else key
    return {part: say(language, f"map.measures.{words}.{part}") for part in ("label", "hint")}


def _sentences(frame: pd.DataFrame, column: str, language: str) -> list[list[str]]:
    if column not in frame:
        return [[] for _ in range(len(frame))]
    return [[_said(phrase, language) for phrase in row] if isinstance(row, tuple) else [] for row in frame[column]]


def _said(phrase: object, language: str) -> str:
    text = phrase.in_language(language) if isinstance(phrase, Phrase) else str(phrase)
    return text[:1].upper() + text[1:]


def _introductions(told: pd.DataFrame | None, ids: pd.Index, language: str) -> list[list[list[Any]]]:
    """Write for each actor whom it should meet, as the host's row and the reasons."""
    lines: list[list[list[Any]]] = [[] for _ in ids]
    if told is not None:
        guests, hosts = ids.get_indexer(pd.Index(told["actor_id"])), ids.get_indexer(pd.Index(told["host_id"]))
        for guest, host, reasons in zip(guests, hosts, told["reasons"], strict=True):
            lines[guest].append([int(host), written(language, reasons)])
    return lines


def opening_threshold(current: Snapshot) -> float:
    """
    Choose the lowest stop that leaves few enough ties to see structure.

    Parameters
    ----------
    current
        The partnership over the period that the map opens with.

    Returns
    -------
    threshold
        One of `STOPS`: weaker ties are hidden at first.
    """
    strength = current.network.without_coordinators.main_ties["strength"]
    room = TIES_FOR_EACH * max(len(current.network.actors), 1)
    return next((stop for stop in STOPS if (strength >= stop).sum() <= room), STOPS[-1])


def plain(values: Iterable[Any]) -> list[Any]:
    """
    Make values plain: what JSON knows and no more.

    Parameters
    ----------
    values
        Values of any type that pandas or NumPy may hold.

    Returns
    -------
    plain
        Text, whole numbers, numbers of three significant digits, booleans, days as ISO text; None where missing or infinite.

    Examples
    --------
    >>> plain(pd.Series([1.23456, float("nan")]))
    [1.23, None]
    """
    return [_plain(value) for value in values]


def _plain(value: Any) -> Any:  # noqa: ANN401 (any cell of a frame)
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        return _short(value) if math.isfinite(value) else None
    return value if isinstance(value, str | int) else value.isoformat() if isinstance(value, date) else str(value)


def _short(value: float) -> float | int:
    short = float(f"{value:.{DIGITS}g}")
    return int(short) if short.is_integer() else short


def _day(day: pd.Timestamp) -> date:
    return day.date()
