"""The words that go with a load: facts first, then what makes them unusual."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from partnet_analysis.messages import Phrase

Row = Mapping[Hashable, Any]

FELL_SURELY: Final = 0.95
FELL_MUCH: Final = 0.1
"""A response rate is said to fall where the probability and the size of the fall both reach this much."""

OFTEN: Final = 5
"""So many solicitations in thirty days are worth a word."""


def load_reasons(load: pd.DataFrame, actors: pd.DataFrame, role: pd.Series, basis: str) -> pd.Series:
    """
    Say why each actor's load is what it is.

    Parameters
    ----------
    load
        The load, every column but `reasons`.
    actors
        The roster.
    role
        What each actor is to the partnership, as `records.exposure.standing` tells.
    basis
        What the load counts.

    Returns
    -------
    reasons
        For each actor a tuple of `Phrase`.
    """
    rows = load.assign(role=role).join(actors.set_index("actor_id")[["joined_on", "left_on", "capacity_hours_per_month"]])
    said = [tuple(_phrases(row, basis)) for row in rows.to_dict("records")]
    return pd.Series(said, index=load.index, dtype=object)


def _phrases(row: Row, basis: str) -> Iterator[Phrase]:
    if row["role"] == "left":
        yield Phrase("reasons.left", {"day": row["left_on"].date()})
        return
    if row["role"] == "not_yet":
        yield Phrase("reasons.not_yet", {"day": row["joined_on"].date()})
        return
    yield from _facts(row, basis)
    if row["role"] in ("coordinator", "residents"):
        yield Phrase(f"reasons.{row['role']}")
    elif basis != "solicitation":
        yield Phrase(f"reasons.no_list_{basis}")
    else:
        yield from _unusual(row)


def _facts(row: Row, basis: str) -> Iterator[Phrase]:
    """Count what was asked."""
    if not row["n_load"]:
        yield Phrase(f"reasons.nothing_{basis}")
    if basis == "contact":
        if row["n_load"]:
            yield Phrase("reasons.contacts", {"n": int(row["n_load"])})
        return
    meetings = row["n_invitations"] if basis == "solicitation" else row["n_presences"]
    if meetings:
        verb = "invited" if basis == "solicitation" else "present"
        yield _with_series(f"reasons.{verb}", int(meetings), int(row["n_series"]))
    if _is_above(row["n_contacts_received"], 0):
        yield Phrase("reasons.reached", {"n": int(row["n_contacts_received"])})


def _with_series(key: str, meetings: int, series: int) -> Phrase:
    if not series:
        return Phrase(f"{key}_to", {"n": meetings})
    return Phrase(key, {"n": meetings, "groups": Phrase("reasons.groups", {"n": series})})


def _unusual(row: Row) -> Iterator[Phrase]:
    """Say what sets a flagged actor apart."""
    if row["flag"] != "usual" and row["p_over"] >= 1 / 2:
        yield _pace(row)
    if _is_above(row["capacity_use"], 1):
        asked = row["capacity_use"] * row["capacity_hours_per_month"]
        yield Phrase(
            "reasons.over_capacity",
            {"hours": round(float(asked), 1), "capacity": round(float(row["capacity_hours_per_month"]), 1)},
        )
    if row["flag"] != "usual" and row["busiest_30_days"] >= OFTEN:
        yield Phrase("reasons.busiest", {"n": int(row["busiest_30_days"]), "day": row["busiest_from"].date()})
    if row["p_response_fell"] >= FELL_SURELY and row["response_change"] <= -FELL_MUCH:
        now = row["response_rate"]
        yield Phrase(
            "reasons.response_fell",
            {"now": round(100 * float(now)), "before": round(100 * float(now - row["response_change"]))},
        )


def _is_above(value: Any, limit: float) -> bool:  # noqa: ANN401 (a cell, which may be NA)
    return bool(pd.notna(value)) and value > limit


def _pace(row: Row) -> Phrase:
    values = {
        "pace": round(float(row["per_month"]), 1),
        "times": round(float(row["per_month"] / row["stratum_median"]), 1),
        "chance": round(100 * min(float(row["p_over"]), 0.99)),
    }
    if row["stratum"] == "*":
        return Phrase("reasons.pace_in_partnership", values)
    return Phrase("reasons.pace_in_sector", values | {"sector": row["stratum"]})
