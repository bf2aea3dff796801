"""Who belongs to which series of meetings."""

import pandas as pd

from partnet_analysis.records.presence import presences
from partnet_analysis.records.tables import Records


def members_by_series(cut: Records) -> pd.Series:
    """
    Gather who was present once or more in each series, coordinators aside.

    Parameters
    ----------
    cut
        The records of the period.

    Returns
    -------
    members
        A frozen set of ids, indexed by `series`, sorted by name.
    """
    present = presences(cut).merge(cut.meetings[["meeting_id", "series"]].dropna(), on="meeting_id")
    partners = present[~present["actor_id"].isin(cut.coordinators)]
    return partners.groupby("series")["actor_id"].agg(frozenset)


def overlap_of(members: pd.Series) -> pd.DataFrame:
    """
    Compare every two series.

    Parameters
    ----------
    members
        As `members_by_series` gives them.

    Returns
    -------
    overlap
        One row for each pair of series, the greatest overlap first: `series_a` < `series_b`, `n_shared`, `n_either`,
        `jaccard`.
    """
    rows = [
        (one, other, len(members[one] & members[other]), len(members[one] | members[other]))
        for place, one in enumerate(members.index)
        for other in members.index[place + 1 :]
    ]
    frame = pd.DataFrame(rows, columns=["series_a", "series_b", "n_shared", "n_either"])
    frame = frame.astype({"series_a": "str", "series_b": "str", "n_shared": "int64", "n_either": "int64"})
    frame["jaccard"] = frame["n_shared"] / frame["n_either"].clip(lower=1)
    return frame.sort_values(["jaccard", "series_a", "series_b"], ascending=[False, True, True], ignore_index=True)
