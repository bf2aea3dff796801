"""
Reviews of any size for the map's benchmark and tests, made without measuring.

The records are made up and the graphs real; the measures' frames have the columns that the measures give, filled with plain
stand-ins, because betweenness at 20,000 actors would take longer than everything that is timed here.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.annual import ESSENTIALS, Review, Snapshot
from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

SECTORS = ("Santé", "Social", "Éducation", "Culture", "Sport", "Logement", "Emploi", "Justice et prévention")
PLACES = ("Centre social", "Maison", "Club", "Atelier", "Réseau", "Théâtre", "Régie", "Collectif", "Point accueil", "École")
QUALITIES = ("Gagarine", "des Lilas", "du Port", "municipal", "des Tilleuls", "solidaire", "Jaurès", "du Nord", "Pasteur")
HUB = "ville"
LEADING_ZERO = "075001"
VISITORS = 0.08
"""The share of actors of other sectors who may join a sector's group."""
PRESENCE = 0.8
"""The share of a group's members who come to a session."""

Integers = npt.NDArray[np.int64]


def made_review(n_actors: int, *, seed: int = 1, years: Sequence[int] = (2022, 2023, 2024), sectors: bool = True) -> Review:
    """
    Make a review.

    Parameters
    ----------
    n_actors
        How many actors, the coordinator among them.
    seed
        The seed.
    years
        The calendar years.
    sectors
        Whether actors have sectors.

    Returns
    -------
    review
        The review of the last year.
    """
    chance = np.random.default_rng(seed)
    roster = _roster(n_actors, sectors=sectors)
    tables = [_year(chance, roster, year, at) for at, year in enumerate(years)]
    parts = {name: pd.concat([table[name] for table in tables], ignore_index=True) for name in tables[0]}
    records = Records.from_tables(roster, parts["meetings"], parts["attendance"], parts["contacts"])
    return review_of(records, Period.of_year(years[-1]), name="Saint-Exemple")


def review_of(records: Records, period: Period, *, name: str = "", note: str = "") -> Review:
    """
    Make a review of records, with stand-ins for the measures.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period under review.
    name
        The partnership's name.
    note
        What must be said with it.

    Returns
    -------
    review
        The review.
    """
    span = records.span or period
    years = [Period.of_year(year) for year in range(span.start.year, span.end.year + 1)]
    snapshots = {year: _snapshot(records, year) for year in {*years, period} if records.within(year).span}
    essentials = pd.DataFrame({"value": pd.NA, "before": pd.NA}, index=pd.Index(ESSENTIALS, name="figure"))
    return Review(
        name=name,
        note=note,
        records=records,
        current=snapshots[period],
        before=None,
        years=tuple(snapshots[year] for year in years if year in snapshots),
        essentials=essentials,
    )


def _roster(n_actors: int, *, sectors: bool) -> pd.DataFrame:
    rows = np.arange(n_actors)
    ids = [HUB, LEADING_ZERO, *(f"a{row:05d}" for row in rows[2:])][:n_actors]
    place, quality = rows % len(PLACES), (rows // len(PLACES)) % len(QUALITIES)
    again = rows // (len(PLACES) * len(QUALITIES))
    words = [
        f"{PLACES[p]} {QUALITIES[q]}{f' {turn + 1}' if turn else ''}"
        for p, q, turn in zip(place, quality, again, strict=True)
    ]
    return pd.DataFrame(
        {
            "actor_id": ids,
            "name": ["Ville – Cohésion sociale", *words[1:]][:n_actors],
            "kind": "organisation",
            "sector": [SECTORS[row % len(SECTORS)] if sectors else None for row in rows],
            "is_coordinator": rows == 0,
        }
    )


def _year(chance: np.random.Generator, roster: pd.DataFrame, year: int, turn: int) -> dict[str, pd.DataFrame]:
    n = len(roster)
    ids = roster["actor_id"].to_numpy(dtype=str)
    rows = np.arange(n)
    always_away, away_this_year = rows % 14 == 5, (rows + turn) % 11 == 7  # noqa: PLR2004 (any few)
    active = np.flatnonzero((rows == 0) | ~(always_away | away_this_year))
    pull = chance.pareto(1.9, n) + 0.35
    meetings, attendance = _meetings(chance, ids, active, pull, year)
    return {"meetings": meetings, "attendance": attendance, "contacts": _contacts(chance, ids, active, pull, year)}


def _meetings(
    chance: np.random.Generator, ids: npt.NDArray[np.str_], active: Integers, pull: npt.NDArray[np.float64], year: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    n_groups = max(len(active) // 7, 1)
    partners = active[1:]
    home = partners % len(SECTORS)
    rows, meetings = [], []
    for group in range(n_groups):
        near = partners[(home == group % len(SECTORS)) | (chance.random(len(partners)) < VISITORS)]
        if len(near) < 3:  # noqa: PLR2004 (a group needs a few)
            continue
        members = chance.choice(near, size=min(9, len(near)), replace=False, p=pull[near] / pull[near].sum())
        for session in range(3):
            meeting_id = f"{year}-{group:05d}-{session}"
            meetings.append(
                (meeting_id, date(year, 1, 8) + timedelta(days=110 * session + group % 90), f"Groupe {group + 1}")
            )
            came = members[chance.random(len(members)) < PRESENCE]
            rows += [(meeting_id, ids[actor], True, "present") for actor in (0, *came)]
    plenary = f"{year}-plenary"
    meetings.append((plenary, date(year, 6, 15), "Plénière"))
    rows += [(plenary, ids[actor], True, "present") for actor in active[: min(len(active), 40)]]
    frame = pd.DataFrame(meetings, columns=["meeting_id", "day", "series"]).assign(kind="working_group", duration_hours=2.0)
    return frame, pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])


def _contacts(
    chance: np.random.Generator, ids: npt.NDArray[np.str_], active: Integers, pull: npt.NDArray[np.float64], year: int
) -> pd.DataFrame:
    share = pull[active] / pull[active].sum()
    source = chance.choice(active, size=2 * len(active), p=share)
    target = chance.choice(active, size=2 * len(active), p=share)
    kept = source != target
    source, target = (
        np.concatenate([np.zeros(len(active) - 1, int), source[kept]]),
        np.concatenate([active[1:], target[kept]]),
    )
    days = [date(year, 1, 1) + timedelta(days=int(day)) for day in chance.integers(0, 365, len(source))]
    return pd.DataFrame(
        {
            "contact_id": [f"{year}-{row:06d}" for row in range(len(source))],
            "day": days,
            "source_id": ids[source],
            "target_id": ids[target],
        }
    )


def _snapshot(records: Records, period: Period) -> Snapshot:
    network = partnership_network(records, period)
    return Snapshot(
        network=network,
        load_basis="solicitation",
        centrality=_centrality(network),
        solicitation=_solicitation(network),
        isolation=_isolation(network),
        cohesion=pd.DataFrame(),
    )


def _centrality(network: Network) -> pd.DataFrame:
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    columns: dict[str, Any] = {}
    for graph, suffix in ((network, ""), (network.without_coordinators, names.WITHOUT_COORDINATORS)):
        ends = pd.concat([graph.ties["source_id"], graph.ties["target_id"]])
        strength = pd.concat([graph.ties["strength"]] * 2).groupby(ends).sum()
        inside = pd.Index(graph.actors["actor_id"])
        columns["degree" + suffix] = ends.value_counts().reindex(inside, fill_value=0).reindex(ids).astype("Int64")
        columns["strength" + suffix] = strength.reindex(inside, fill_value=0.0).reindex(ids)
        columns["betweenness" + suffix] = columns["strength" + suffix] / (strength.sum() or 1)
    return pd.DataFrame(columns, index=ids)


def _solicitation(network: Network) -> pd.DataFrame:
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    invited = network.records.attendance.groupby("actor_id").size().reindex(ids, fill_value=0)
    received = network.records.contacts.groupby("target_id").size().reindex(ids, fill_value=0)
    asked = (invited + received).astype("Int64")
    coordinates = pd.Series(network.actors["is_coordinator"].to_numpy(), index=ids)
    flag = (
        pd.Series("usual", index=ids)
        .mask(asked > asked.quantile(0.9), "watch")
        .mask(asked > asked.quantile(0.96), "over_solicited")
    )
    reasons = [(Phrase("reasons.invited", {"n": int(n), "groups": 2}),) if n else () for n in invited]
    return pd.DataFrame(
        {
            "n_solicitations": asked,
            "per_month": asked / 12,
            "stratum": "*",
            "stratum_median": asked.median() / 12,
            "rate_low": asked / 14,
            "rate_high": asked / 10,
            "flag": flag.mask(coordinates),
            "reasons": pd.Series(reasons, index=ids, dtype=object),
        }
    )


def _isolation(network: Network) -> pd.DataFrame:
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    tied = ids.isin(pd.concat([network.ties["source_id"], network.ties["target_id"]]))
    partners = network.without_coordinators.ties
    tied_to_partners = ids.isin(pd.concat([partners["source_id"], partners["target_id"]]))
    frame = pd.DataFrame(dict.fromkeys(names.ISOLATION_TYPES, np.zeros(len(ids), dtype=bool)), index=ids)
    seen = pd.Series(pd.Timestamp(network.period.end), index=ids).where(tied)
    return frame.assign(
        never_invited=~tied,
        coordinator_only=tied & ~tied_to_partners,
        connected=tied_to_partners,
        last_seen_on=seen,
        evidence=pd.Series([()] * len(ids), index=ids, dtype=object),
    )
