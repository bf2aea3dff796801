"""Who makes up the partnership: its sectors, and who entered and left it year by year."""

from typing import Final

import pandas as pd

from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import standing
from partnet_analysis.records.presence import seen
from partnet_analysis.records.tables import Records

YEARS: Final = 10
"""How many calendar years of entries and exits are told at most."""


def sectors(records: Records, period: Period, flag: pd.Series, isolated: pd.Series) -> pd.DataFrame:
    """
    Count the partners of each sector.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period.
    flag
        The column of `solicitation_load`.
    isolated
        As `is_isolated` gives it.

    Returns
    -------
    sectors
        One row for each sector with a partner of the period (residents included, coordinators not), the largest first;
        indexed by `sector`, missing for partners of unknown sector:

        - `n_partners`: partners of the period.
        - `n_active`: those of them who were present at a meeting or took part in a contact.
        - `n_over_solicited` (Int64): those flagged as over-solicited; NA where the records let nobody be flagged.
        - `n_isolated`: those isolated in any way.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    actors = records.actors.set_index("actor_id")
    partners = actors[standing(records.actors, period).reindex(actors.index).isin(("partner", "residents"))]
    told = pd.DataFrame(
        {
            "n_partners": True,
            "n_active": partners.index.isin(seen(cut)),
            "n_over_solicited": flag.eq("over_solicited").reindex(partners.index, fill_value=False),
            "n_isolated": isolated.reindex(partners.index, fill_value=False),
        },
        index=partners.index,
    )
    counts = told.astype("int64").groupby(partners["sector"], dropna=False).sum().astype("Int64")
    if flag.isna().all():
        counts["n_over_solicited"] = pd.NA
    return counts.sort_values("n_partners", ascending=False, kind="stable").rename_axis("sector")


def moves(records: Records, period: Period) -> pd.DataFrame:
    """
    Count who entered and who left, year by year.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period under review.

    Returns
    -------
    moves
        Indexed by `year`, the last ten calendar years with a meeting or a contact up to the period's end; coordinators left
        out. `entries`: who joined after the first day on record, since who was there when the records began did not enter;
        `exits`: who left.
    """
    partners = records.actors[~records.actors["is_coordinator"]]
    span = records.span
    start = pd.Timestamp(span.start if span else period.start)
    days = pd.concat([records.meetings["day"], records.contacts["day"]])
    years = pd.Index(sorted(days.dt.year[days <= pd.Timestamp(period.end)].unique())[-YEARS:], name="year", dtype="int64")
    joined = partners.loc[partners["joined_on"] > start, "joined_on"].dt.year.value_counts()
    left = partners["left_on"].dt.year.value_counts()
    return pd.DataFrame({"entries": joined.reindex(years, fill_value=0), "exits": left.reindex(years, fill_value=0)}).astype(
        "int64"
    )
