"""How the load is shared: concentration, who causes it, and how far rates may differ by chance."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from partnet_analysis.measures._events import load_events
from partnet_analysis.measures._judgement import TIMES_MEDIAN
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

Floats = npt.NDArray[np.float64]

TOP_SHARE: Final = 0.05
"""The share of the most loaded partners whose part of the load is told."""

LIMITS: Final = {"low_99": 0.005, "low_90": 0.05, "high_90": 0.95, "high_99": 0.995}
"""The quantiles of the funnel's limits."""

FUNNEL_MONTHS: Final = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0)


def gini(values: Floats) -> float:
    """
    Measure how unequally a quantity is shared (Gini 1912).

    Parameters
    ----------
    values
        What each has, none below 0.

    Returns
    -------
    gini
        Σ_i Σ_j |x_i − x_j| / (2 n Σ x): 0 where all have the same, at most 1 − 1/n; NaN where there is nothing to share.

    Examples
    --------
    >>> gini(np.array([0.0, 0.0, 0.0, 8.0]))
    0.75
    """
    total = float(values.sum())
    if not total > 0:
        return float("nan")
    rank = np.arange(1, len(values) + 1)
    return float(((2 * rank - len(values) - 1) * np.sort(values)).sum() / (len(values) * total))


def load_sharing(load: pd.DataFrame) -> pd.DataFrame:
    """
    Sum up how the load is shared among partners.

    Parameters
    ----------
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    sharing
        One row for each figure, indexed by `figure`; `value` (float) and `reason` (`Phrase`, or None where nothing is
        missing). Partners at risk only; coordinators and residents are left out.

        - `gini` (0 to 1): of the monthly load, so that who joined in October is not taken for spared.
        - `share_of_top_5_percent` (0 to 1): part of the load carried by the most loaded twentieth (at least one partner).
        - `n_loaded`: partners with any load.
        - `load_per_partner_month` (per month): load of all / months at risk of all.
        - `hours_asked`, `hours_given` (hours): sums over partners.
        - `n_over_solicited`, `n_to_watch`: flags.
    """
    partners = load[load["stratum"].notna()]
    counts = partners["n_load"].to_numpy(dtype=float)
    months = partners["months_at_risk"].to_numpy(dtype=float)
    top = max(1, round(TOP_SHARE * len(counts)))
    flags = partners["flag"].dropna()
    total = counts.sum()
    figures = {
        "gini": gini(partners["per_month"].to_numpy(dtype=float)),
        "share_of_top_5_percent": np.sort(counts)[-top:].sum() / total if total > 0 else np.nan,
        "n_loaded": float((counts > 0).sum()),
        "load_per_partner_month": total / months.sum() if months.sum() > 0 else np.nan,
        "hours_asked": float(partners["hours_asked"].sum(min_count=1)),
        "hours_given": float(partners["hours_given"].sum(min_count=1)),
        "n_over_solicited": float((flags == "over_solicited").sum()) if len(flags) else np.nan,
        "n_to_watch": float((flags == "watch").sum()) if len(flags) else np.nan,
    }
    why = {
        "gini": "sharing.nothing_to_share",
        "share_of_top_5_percent": "sharing.nothing_to_share",
        "load_per_partner_month": "sharing.nothing_to_share",
        "hours_asked": "sharing.no_hours",
        "hours_given": "sharing.no_hours",
    }
    frame = pd.DataFrame({"value": figures}, dtype=float).rename_axis("figure")
    reasons = [
        Phrase(why.get(str(figure), "sharing.no_list")) if np.isnan(value) else None
        for figure, value in frame["value"].items()
    ]
    return frame.assign(reason=pd.Series(reasons, index=frame.index, dtype=object))


def lorenz_curve(load: pd.DataFrame) -> pd.DataFrame:
    """
    Draw up how the load accumulates from the least to the most loaded partner (Lorenz 1905).

    Parameters
    ----------
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    curve
        From (0, 0) to (1, 1), one row more than there are partners at risk: `actor_id` (missing in the first row),
        `share_of_partners`, `share_of_load` (0 to 1), by monthly load; NA where there is no load.
    """
    monthly = load.loc[load["stratum"].notna(), "per_month"].astype(float).sort_values(kind="stable")
    total = monthly.sum()
    reached = np.concatenate([[0.0], monthly.cumsum().to_numpy()]) / (total if total > 0 else np.nan)
    return pd.DataFrame(
        {
            "actor_id": pd.Series([None, *monthly.index], dtype="str"),
            "share_of_partners": np.linspace(0, 1, len(monthly) + 1) if len(monthly) else [0.0],
            "share_of_load": reached,
        }
    )


def load_by_month(records: Records, period: Period) -> pd.DataFrame:
    """
    Tell in which months the load falls on each actor.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    months
        One row for each actor with any load, indexed by `actor_id`, in order of id; one column (int) for each month of the
        period, named as in `2025-03`. A row adds up to the actor's `n_load` of `solicitation_load`.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    events = load_events(records.require_activity(period))
    months = pd.period_range(period.start, period.end, freq="M").astype(str)
    counts = pd.crosstab(events["actor_id"], events["day"].dt.strftime("%Y-%m"))
    return counts.reindex(columns=months, fill_value=0).rename_axis(columns=None)


def load_by_solicitor(records: Records, period: Period, load: pd.DataFrame) -> pd.DataFrame:
    """
    Tell how much of the load each solicitor causes.

    Parameters
    ----------
    records
        The records.
    period
        The period.
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    caused
        One row for each actor who convened a meeting or reached out, indexed by `actor_id`, the greatest part first:
        `n_invitations`, `n_contacts` (int): solicitations of partners at risk that it is the author of; `hours` (hours),
        NA where unknown; `share` (0 to 1): of all such solicitations with a known author; `n_reached` (int): distinct
        partners; `n_to_over_solicited` (int): solicitations of partners flagged as over-solicited.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    events = load_events(records.require_activity(period))
    partners = load.index[load["stratum"].notna()]
    known = events[events["actor_id"].isin(partners) & events["solicitor_id"].notna()]
    known = known[known["solicitor_id"] != known["actor_id"]]
    over = load.index[(load["flag"] == "over_solicited").fillna(value=False)]
    told = known.assign(
        invitation=known["nature"] != "contact", contact=known["nature"] == "contact", to_over=known["actor_id"].isin(over)
    )
    groups = told.groupby("solicitor_id")
    caused = groups.agg(
        n_invitations=("invitation", "sum"),
        n_contacts=("contact", "sum"),
        n_reached=("actor_id", "nunique"),
        n_to_over_solicited=("to_over", "sum"),
    )
    caused["hours"] = groups["hours"].sum(min_count=1)
    caused["share"] = groups.size() / max(len(told), 1)
    caused = caused.rename_axis("actor_id").reset_index().sort_values(["share", "actor_id"], ascending=[False, True])
    columns = ["n_invitations", "n_contacts", "hours", "share", "n_reached", "n_to_over_solicited"]
    return caused.set_index("actor_id")[columns]


def funnel(load: pd.DataFrame) -> pd.DataFrame:
    """
    Set each partner's rate against what chance alone could make of it (funnel plot, Spiegelhalter 2005).

    Parameters
    ----------
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    funnel
        One row for each partner at risk, indexed by `actor_id`: `stratum`, `months_at_risk`, `per_month`, `stratum_median`,
        `threshold` (1.5 times the median), and limits of the monthly rate for a partner asked as often as the stratum's
        median over as many months, if counts are Poisson: `low_99`, `low_90`, `high_90`, `high_99`.
    """
    partners = load[load["stratum"].notna()]
    columns = ["stratum", "months_at_risk", "per_month", "stratum_median"]
    median, months = (partners[name].to_numpy(dtype=float) for name in ("stratum_median", "months_at_risk"))
    return partners[columns].assign(threshold=TIMES_MEDIAN * median, **_limits(median, months))


def funnel_limits(load: pd.DataFrame) -> pd.DataFrame:
    """
    Draw up the funnel's limits over months at risk.

    Parameters
    ----------
    load
        The load, as `solicitation_load` gives it.

    Returns
    -------
    limits
        One row for each stratum and number of months from 0.5 to 12 (or to the longest time at risk): `stratum`,
        `months_at_risk`, `stratum_median`, `threshold`, `low_99`, `low_90`, `high_90`, `high_99` (per month).
    """
    partners = load[load["stratum"].notna()]
    longest = float(partners["months_at_risk"].max()) if len(partners) else 0.0
    months = np.array([month for month in (*FUNNEL_MONTHS, longest) if 0 < month <= longest])
    medians = partners.groupby("stratum")["stratum_median"].first()
    parts = [
        pd.DataFrame({"stratum": stratum, "months_at_risk": months, "stratum_median": median}).assign(
            threshold=TIMES_MEDIAN * median, **_limits(np.full(len(months), median), months)
        )
        for stratum, median in medians.items()
    ]
    columns = ["stratum", "months_at_risk", "stratum_median", "threshold", *LIMITS]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _limits(median: Floats, months: Floats) -> dict[str, Floats]:
    return {name: np.asarray(stats.poisson.ppf(chance, median * months)) / months for name, chance in LIMITS.items()}
