"""A hundred partners who are all asked alike, but for one: what an alarm must be silent about, and what it must not."""

from math import exp
from typing import Any, Final

import pandas as pd

from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic.chance import Chance

YEAR: Final = 2025
ODD_ONE: Final = "partner-001"
"""The partner who may be asked more often than the others."""

_MONTHS: Final = 12
_N_MEETINGS: Final = 120
_COMES: Final = 0.7


def alike_partners(seed: int, *, n_partners: int = 100, per_month: float = 2.0, times: float = 1.0) -> Records:
    """
    Make up partners of one sector whose solicitations are Poisson counts of one rate, but for one partner.

    Parameters
    ----------
    seed
        The seed.
    n_partners
        How many partners, beside the coordinator.
    per_month
        The rate of each, in solicitations a month; half of them are invitations, half contacts received.
    times
        How many times the rate the first partner, `ODD_ONE`, is asked.

    Returns
    -------
    records
        One year of records.

    Examples
    --------
    >>> alike_partners(1, n_partners=3).actors["actor_id"].tolist()
    ['coordinator', 'partner-001', 'partner-002', 'partner-003']
    """
    chance = Chance(f"alike/{seed}")
    ids = [f"partner-{place + 1:03}" for place in range(n_partners)]
    meetings = [f"meeting-{place + 1:03}" for place in range(_N_MEETINGS)]
    invitations: list[tuple[str, str]] = []
    calls: list[str] = []
    for actor_id in ids:
        draws = chance.of(actor_id)
        mean = per_month * _MONTHS / 2 * (times if actor_id == ODD_ONE else 1.0)
        invitations.extend((meeting, actor_id) for meeting in draws.sample(meetings, _poisson(draws, mean)))
        calls.extend([actor_id] * _poisson(draws, mean))
    return Records.from_tables(
        _actors(ids), _meetings(chance.of("days"), meetings), _attendance(chance, invitations), _contacts(chance, calls)
    )


def _poisson(chance: Chance, mean: float) -> int:
    """Count how many uniform draws can be multiplied before the product falls under exp(−mean) (Knuth)."""
    limit, product, count = exp(-mean), chance.number(), 0
    while product > limit:
        product *= chance.number()
        count += 1
    return count


def _day(chance: Chance) -> str:
    return f"{YEAR}-{chance.between(1, 12):02}-{chance.between(1, 28):02}"


def _actors(ids: list[str]) -> pd.DataFrame:
    everybody = ["coordinator", *ids]
    actors = pd.DataFrame({"actor_id": everybody, "name": everybody, "kind": "organisation", "sector": "One sector"})
    return actors.assign(is_coordinator=actors["actor_id"] == "coordinator")


def _meetings(chance: Chance, meetings: list[str]) -> pd.DataFrame:
    days = [_day(chance) for _ in meetings]
    return pd.DataFrame(
        {"meeting_id": meetings, "day": days, "convener_id": "coordinator", "kind": "working_group", "duration_hours": 2.0}
    )


def _attendance(chance: Chance, invitations: list[tuple[str, str]]) -> pd.DataFrame:
    draws = chance.of("presence")
    rows: list[dict[str, Any]] = [
        {
            "meeting_id": meeting,
            "actor_id": actor_id,
            "invited": True,
            "status": "present" if draws.coin(_COMES) else "excused",
        }
        for meeting, actor_id in invitations
    ]
    return pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])


def _contacts(chance: Chance, calls: list[str]) -> pd.DataFrame:
    draws = chance.of("calls")
    return pd.DataFrame(
        {
            "contact_id": [f"c{place:05}" for place in range(len(calls))],
            "day": [_day(draws) for _ in calls],
            "source_id": "coordinator",
            "target_id": calls,
        }
    )
