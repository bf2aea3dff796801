"""
Several partnerships side by side, each measured by the same definitions; never ranked.

A figure is comparable where it means the same everywhere: `cautions` says where it does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from scipy import stats

from partnet_analysis.annual import Review
from partnet_analysis.measures.isolation import is_isolated
from partnet_analysis.measures.sharing import load_sharing
from partnet_analysis.messages import Phrase
from partnet_analysis.records.exposure import has_invitation_lists
from partnet_analysis.records.folding import folded
from partnet_analysis.records.presence import invitations

FIGURES: Final = {
    "n_partners": "count",
    "n_active": "count",
    "n_meetings": "count",
    "n_pairs": "count",
    "density": "share",
    "median_per_month": "decimal",
    "gini": "decimal",
    "share_over_solicited": "share",
    "response_rate": "share",
    "share_isolated": "share",
    "dependence": "share",
    "direct_ratio": "share",
    "new_pairs_per_person_hour": "decimal",
}
"""The figures compared, and what each is: a count, a share (0 to 1) or another number."""

INTERVALS: Final = ("share_over_solicited", "response_rate", "share_isolated")
"""Figures that stand on so many partners that an interval must go with them."""

CONFIDENCE: Final = 0.9
SMALL: Final = 10
"""Below so many partners, one more or less changes a share by more than a tenth."""

_COLUMNS: Final = ("value", "low", "high", "n", "reason")
_Row = tuple[float, float, float, float, Phrase | None]


@dataclass(frozen=True, eq=False)
class Territory:
    """
    One partnership among several.

    Parameters
    ----------
    key
        The territory's name as its folder bears it.
    name
        The partnership's name; the folder's where it has none.
    note
        What must be said wherever the partnership is named.
    period
        The period under review, as written.
    load_basis
        What the load counts: `solicitation`, `presence` or `contact`.
    has_invitation_lists
        Whether the records say who was invited.
    n_rejected
        How many rows of the input were rejected.
    figures
        As `territory_figures` gives it.
    """

    key: str
    name: str
    note: str
    period: str
    load_basis: str
    has_invitation_lists: bool
    n_rejected: int
    figures: pd.DataFrame


def territory(key: str, review: Review) -> Territory:
    """
    Sum up a partnership's year for the comparison with others.

    Parameters
    ----------
    key
        The territory's name as its folder bears it.
    review
        Its review.

    Returns
    -------
    territory
        What is compared; no partner's name is in it.
    """
    return Territory(
        key=key,
        name=review.name or key,
        note=review.note,
        period=str(review.period),
        load_basis=review.current.load_basis,
        has_invitation_lists=has_invitation_lists(review.network.records),
        n_rejected=len(review.ledger.rejects) if review.ledger is not None else 0,
        figures=territory_figures(review),
    )


def territory_figures(review: Review) -> pd.DataFrame:
    """
    Work out the figures that are compared.

    Parameters
    ----------
    review
        The review.

    Returns
    -------
    figures
        One row for each of `FIGURES`, indexed by `figure`; `value`, and for `INTERVALS` `low` and `high` (90 %), all float;
        `n` (float): how many the value is taken over, missing for counts; `reason` (`Phrase`, or None): why it is missing.

        - `n_partners`: actors of the roster, coordinators aside; `n_active`, `n_meetings`, `n_pairs`: as on the first page
          of the review.
        - `density` (0 to 1): share of all pairs of partners that are tied, coordinators aside.
        - `median_per_month` (per month): the load of the partner in the middle.
        - `gini` (0 to 1): how unequally the monthly load is shared (`measures.sharing`).
        - `share_over_solicited` (0 to 1): partners flagged over those whose load is known; interval of Wilson (1927).
        - `response_rate` (0 to 1): invitations answered by coming over all invitations whose outcome is known; interval by
          the spread between partners (ratio estimator, Cochran 1977), as one partner's answers go together.
        - `share_isolated` (0 to 1): isolated partners over all; interval of Wilson.
        - `dependence` (0 to 1): what would be lost of the partners' mean closeness without the coordinators.
        - `direct_ratio` (0 to 1): of the pairs that meet, those also in direct contact.
        - `new_pairs_per_person_hour`: pairs that first met, over the hours that meetings took from those present.
    """
    rows = {**_sizes(review), **_loads(review), **_links(review)}
    frame = pd.DataFrame.from_dict({name: rows[name] for name in FIGURES}, orient="index", columns=list(_COLUMNS))
    return frame.astype(dict.fromkeys(_COLUMNS[:-1], float) | {"reason": object}).rename_axis("figure")


def _sizes(review: Review) -> dict[str, _Row]:
    counts = review.essentials["value"]
    n_partners = int((~review.records.actors["is_coordinator"]).sum())
    return {"n_partners": _known(n_partners)} | {
        name: _known(float(counts[name])) for name in ("n_active", "n_meetings", "n_pairs")
    }


def _loads(review: Review) -> dict[str, _Row]:
    load = review.solicitation
    partners = load[load["stratum"].notna()]
    flags = partners["flag"].dropna()
    sharing = load_sharing(load)
    per_month = partners["per_month"].dropna()
    nothing = Phrase("territories.reason.no_load")
    flagged = (
        _share(int((flags == "over_solicited").sum()), len(flags)) if len(flags) else _unknown(Phrase("sharing.no_list"))
    )
    return {
        "median_per_month": _known(float(per_month.median()), len(per_month)) if len(per_month) else _unknown(nothing),
        "gini": _of(sharing, "gini", "value"),
        "share_over_solicited": flagged,
        "response_rate": _response(review, partners.index),
    }


def _links(review: Review) -> dict[str, _Row]:
    partners = review.records.actors.loc[~review.records.actors["is_coordinator"], "actor_id"]
    isolated = is_isolated(review.isolation)
    n_isolated = int(isolated[isolated.index.isin(partners)].sum())
    cohesion = review.cohesion
    column = "value_without_coordinators" if review.records.coordinators else "value"
    return {
        "density": _of(cohesion, "density", column),
        "share_isolated": _share(n_isolated, len(partners)),
        "dependence": _of(review.dependence, "without_coordinators", "dependence"),
        "direct_ratio": _of(review.coordination, "direct_ratio", "value"),
        "new_pairs_per_person_hour": _new_pairs(review.meeting_value),
    }


def _new_pairs(meetings: pd.DataFrame) -> _Row:
    known = meetings.dropna(subset=["person_hours", "n_new_pairs"])
    hours = float(known["person_hours"].sum())
    if not hours > 0:
        return _unknown(Phrase("territories.reason.no_hours"))
    return _known(float(known["n_new_pairs"].sum()) / hours, len(known))


def _response(review: Review, partners: pd.Index) -> _Row:
    """Estimate the ratio of presences to invitations, partners being the sample."""
    asked = invitations(review.network.records)
    asked = asked[(asked["status"] != "unknown") & asked["actor_id"].isin(partners)]
    if asked.empty:
        return _unknown(Phrase("territories.reason.no_invitation"))
    by_partner = (asked["status"] == "present").groupby(asked["actor_id"]).agg(["sum", "size"])
    n_came, n_asked = by_partner["sum"].to_numpy(dtype=float), by_partner["size"].to_numpy(dtype=float)
    rate, n = float(n_came.sum() / n_asked.sum()), len(by_partner)
    if n < 2:  # noqa: PLR2004 (one partner shows no spread)
        return (rate, np.nan, np.nan, float(n), None)
    spread = float(np.sqrt(n / (n - 1) * ((n_came - rate * n_asked) ** 2).sum())) / float(n_asked.sum())
    reach = float(stats.t.ppf((1 + CONFIDENCE) / 2, n - 1)) * spread
    return (rate, max(rate - reach, 0.0), min(rate + reach, 1.0), float(n), None)


def wilson_interval(k: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """
    Bound a share (Wilson 1927, Journal of the American Statistical Association 22, 209).

    Parameters
    ----------
    k
        How many have the property.
    n
        Of how many; at least 1.
    confidence
        How often such intervals hold the true share.

    Returns
    -------
    low, high
        The bounds.

    Examples
    --------
    >>> low, high = wilson_interval(0, 10)
    >>> round(low, 3), round(high, 3)
    (0.0, 0.213)
    """
    z = float(stats.norm.ppf((1 + confidence) / 2))
    centre = (k + z**2 / 2) / (n + z**2)
    reach = z / (n + z**2) * float(np.sqrt(k * (n - k) / n + z**2 / 4))
    return max(centre - reach, 0.0), min(centre + reach, 1.0)


def _share(k: int, n: int) -> _Row:
    if n == 0:
        return _unknown(Phrase("territories.reason.nobody"))
    low, high = wilson_interval(k, n)
    return (k / n, low, high, float(n), None)


def _known(value: float, n: float = np.nan) -> _Row:
    return (float(value), np.nan, np.nan, float(n), None)


def _unknown(reason: Phrase) -> _Row:
    return (np.nan, np.nan, np.nan, np.nan, reason)


def _of(frame: pd.DataFrame, figure: str, column: str) -> _Row:
    value, reason = float(frame[column][figure]), frame["reason"][figure]
    return (value, np.nan, np.nan, np.nan, reason if np.isnan(value) else None)


def in_order(territories: Sequence[Territory]) -> tuple[Territory, ...]:
    """
    Order territories by the alphabet, accents and capitals aside: no other order is offered.

    Parameters
    ----------
    territories
        The territories.

    Returns
    -------
    ordered
        The same, by name and then by folder.
    """
    return tuple(sorted(territories, key=lambda one: (folded(one.name), one.name, one.key)))


def comparison(territories: Sequence[Territory]) -> pd.DataFrame:
    """
    Put territories side by side.

    Parameters
    ----------
    territories
        The territories.

    Returns
    -------
    comparison
        One row for each, indexed by `territory` (the folder's name), in alphabetical order of their names; `name`,
        `period`, `load_basis`, `has_invitation_lists`, `n_rejected`, each of `FIGURES`, for `INTERVALS` also with the
        suffixes `_low` and `_high`; and `reasons`: why values are missing.
    """
    ordered = in_order(territories)
    rows = [_row(one) for one in ordered]
    columns = ["name", "period", "load_basis", "has_invitation_lists", "n_rejected", *_figure_columns(), "reasons"]
    return pd.DataFrame(rows, columns=columns, index=pd.Index([one.key for one in ordered], name="territory", dtype="str"))


def _figure_columns() -> list[str]:
    return [
        column
        for figure in FIGURES
        for column in ([figure, f"{figure}_low", f"{figure}_high"] if figure in INTERVALS else [figure])
    ]


def _row(one: Territory) -> dict[str, object]:
    figures = one.figures
    row: dict[str, object] = {
        "name": one.name,
        "period": one.period,
        "load_basis": one.load_basis,
        "has_invitation_lists": one.has_invitation_lists,
        "n_rejected": one.n_rejected,
    }
    for figure in FIGURES:
        row[figure] = figures["value"][figure]
        if figure in INTERVALS:
            row |= {f"{figure}_low": figures["low"][figure], f"{figure}_high": figures["high"][figure]}
    reasons = {str(reason): reason for reason in figures["reason"].dropna()}
    return row | {"reasons": tuple(reasons.values())}


def cautions(territories: Sequence[Territory]) -> tuple[Phrase, ...]:
    """
    Say what is not comparable, and for whom.

    Parameters
    ----------
    territories
        The territories.

    Returns
    -------
    cautions
        Sentences; the ones that hold for every comparison first.
    """
    ordered = in_order(territories)
    found = [Phrase("territories.caution.own_median"), Phrase("territories.caution.density")]
    periods = sorted({one.period for one in ordered})
    if len(periods) > 1:
        found.append(Phrase("territories.caution.periods", {"periods": periods}))
    for key, concerned in {
        "no_lists": [one.name for one in ordered if not one.has_invitation_lists],
        "small": [one.name for one in ordered if one.figures["value"]["n_partners"] < SMALL],
        "unobserved": [one.name for one in ordered if one.figures["reason"]["direct_ratio"] is not None],
        "rejected": [one.name for one in ordered if one.n_rejected],
    }.items():
        if concerned:
            found.append(Phrase(f"territories.caution.{key}", {"n": len(concerned), "names": concerned}))
    return tuple(found)
