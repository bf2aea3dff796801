"""Where the lines are drawn, in one place: what counts as too much, as large, as sure."""

from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.measures import _gamma_poisson
from partnet_analysis.measures._gamma_poisson import Prior

TIMES_MEDIAN: Final = 1.5
"""A rate above so many times the stratum's median counts as too much."""

SURE: Final = 0.9
LIKELY: Final = 0.5
"""`p_over` from which an actor is over-solicited, and from which it is to be watched."""

PARTNERSHIP: Final = "*"
"""The stratum of actors whose sector is too small: the whole partnership."""

INTERVAL: Final = (0.05, 0.95)
"""The quantiles between which intervals lie: 90 %."""

LARGE_MEETING: Final = 12
"""A meeting of more than so many present says little about any pair."""

DORMANT_DAYS: Final = 180


def most_helped(n_actors: int) -> int:
    """
    Tell for how many actors it is worked out, one by one, who could help them.

    Parameters
    ----------
    n_actors
        The size of the roster, each of whom is looked at.

    Returns
    -------
    most
        A million looks, and a hundred actors at least: more than a town of 1,000 partners has.
    """
    return max(100, 1_000_000 // max(n_actors, 1))


def peers(load: pd.DataFrame, stratum: str) -> pd.DataFrame:
    """
    Find with whom a stratum's actors are compared.

    Parameters
    ----------
    load
        The load, with `stratum`.
    stratum
        The stratum; `*` is every partner, whatever its sector.

    Returns
    -------
    peers
        Their rows.
    """
    return load[load["stratum"].notna()] if stratum == PARTNERSHIP else load[load["stratum"] == stratum]


def prior_of(load: pd.DataFrame, stratum: str) -> Prior:
    """
    Fit a stratum's prior.

    Parameters
    ----------
    load
        The load, with `n_load` and `months_at_risk`.
    stratum
        The stratum.

    Returns
    -------
    prior
        The prior of its rates.
    """
    rows = peers(load, stratum)
    return _gamma_poisson.fit(rows["n_load"].to_numpy(dtype=float), rows["months_at_risk"].to_numpy(dtype=float))


def chance_of_too_much(prior: Prior, count: float, months: float, median: float) -> float:
    """
    Tell how likely a count is to mean too much.

    Parameters
    ----------
    prior
        The stratum's prior.
    count
        The actor's load.
    months
        Its months at risk.
    median
        The stratum's median rate.

    Returns
    -------
    p_over
        The probability that the rate exceeds 1.5 times the median.
    """
    known = _gamma_poisson.posterior(prior, np.array([count], dtype=float), np.array([months], dtype=float))
    return float(known.exceedance(TIMES_MEDIAN * median)[0])


def flag_of(p_over: float, capacity_use: float) -> str:
    """
    Draw the line.

    Parameters
    ----------
    p_over
        The probability that the rate is too high.
    capacity_use
        The share of the declared capacity that is asked for; NaN where none is declared.

    Returns
    -------
    flag
        One of `names.FLAGS`.
    """
    over, watch, usual = names.FLAGS
    if p_over >= SURE or capacity_use > 1:
        return over
    return watch if p_over >= LIKELY else usual
