"""Review → what may be told of partners: how many, never which."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.errors import PrivacyError
from partnet_analysis.measures.isolation import NO_ISOLATION, is_isolated
from partnet_analysis.messages import say
from partnet_analysis.privacy.counts import FEW, public_column, public_count
from partnet_analysis.privacy.structure import public_essentials, public_figures, sector_groups
from partnet_analysis.records.exposure import standing

LOAD_EDGES: Final = (0.0, 1.0, 2.0, 4.0, 8.0)
"""Where the bands of monthly load begin, after those who carry none; the last is open."""


@dataclass(frozen=True, eq=False)
class PublicSummary:
    """
    The partnership in numbers that may be published.

    Parameters
    ----------
    essentials
        The five figures of the first page, indexed by `figure`: `value`.
    sectors
        Indexed by `sector`, in alphabetical order, the merged one last: `n_partners`, `n_over_solicited`, `n_isolated`.
    load
        Indexed by `band`, the first without any load: `n_partners`. The bands begin at `LOAD_EDGES`, per month.
    flags
        Indexed by `flag`, in the order of `names.FLAGS`: `n_partners`; all unknown where nobody can be judged.
    isolation
        Indexed by `type`, in the order of `names.ISOLATION_TYPES`: `n_partners`; a partner can be of several types.
    cohesion
        As `Review.cohesion`, rounded.
    """

    essentials: pd.DataFrame
    sectors: pd.DataFrame
    load: pd.DataFrame
    flags: pd.DataFrame
    isolation: pd.DataFrame
    cohesion: pd.DataFrame


def public_summary(review: Review, language: str) -> PublicSummary:
    """
    Count what may be told.

    Parameters
    ----------
    review
        The review.
    language
        The language of the name of the merged sectors.

    Returns
    -------
    summary
        Counts rounded to multiples of five, or unknown where they speak of fewer than five partners, or of nearly all.

    Raises
    ------
    PrivacyError
        If there are fewer than five partners (PN107).
    """
    actors = review.records.actors
    partners = actors[(standing(actors, review.period) == "partner").to_numpy()]
    if len(partners) < FEW:
        raise PrivacyError("PN107", n=FEW)
    ids = pd.Index(partners["actor_id"], name="actor_id")
    load, isolation = review.solicitation.reindex(ids), review.isolation.reindex(ids)
    types = isolation[list(names.ISOLATION_TYPES)].astype(bool)
    return PublicSummary(
        essentials=public_essentials(review)[["value"]],
        sectors=_by_sector(
            sector_groups(partners, language), load["flag"], is_isolated(isolation.assign(**types)), language
        ),
        load=_bands(load["per_month"]),
        flags=_flags(load["flag"].dropna()),
        isolation=_frame({kind: _count(types[kind], benign=kind in NO_ISOLATION) for kind in names.ISOLATION_TYPES}, "type"),
        cohesion=public_figures(review.cohesion),
    )


def _by_sector(sector: pd.Series, flag: pd.Series, isolated: pd.Series, language: str) -> pd.DataFrame:
    counts = pd.DataFrame(
        {
            "n_partners": sector.groupby(sector).size(),
            "n_over_solicited": (flag == "over_solicited").groupby(sector).sum(),
            "n_isolated": isolated.groupby(sector).sum(),
        }
    ).rename_axis("sector")
    of = counts["n_partners"]
    others = say(language, "privacy.other_sectors")
    told = counts.assign(
        n_partners=pd.Series({name: public_count(n) for name, n in of.items()}, dtype="Int64"),
        n_over_solicited=public_column(counts["n_over_solicited"], of) if flag.notna().any() else None,
        n_isolated=public_column(counts["n_isolated"], of),
    ).astype("Int64")
    order = sorted(told.index, key=lambda name: (name == others, str(name).casefold()))
    return told.loc[order]


def _count(holds: pd.Series, *, benign: bool) -> int | None:
    """Count those of whom something holds; that it holds of nearly all may be told where it is to nobody's disadvantage."""
    return public_count(int(holds.sum()), of=None if benign else len(holds))


def _flags(flag: pd.Series) -> pd.DataFrame:
    """Count who is flagged how; the flags add up to the partners that were judged, and nearly all may be as usual."""
    if flag.empty:
        return _frame(dict.fromkeys(names.FLAGS), "flag")
    counts = pd.Series({name: int((flag == name).sum()) for name in names.FLAGS})
    of = pd.Series(len(flag), index=counts.index).where(counts.index != "usual", len(flag) + FEW)
    return pd.DataFrame({"n_partners": public_column(counts, of).rename_axis("flag")})


def _bands(per_month: pd.Series) -> pd.DataFrame:
    """Count who is in each band of load: 0 for none, then one for each of `LOAD_EDGES`."""
    known = per_month.dropna().astype(float)
    band = np.where(known > 0, np.searchsorted(LOAD_EDGES, known.to_numpy(), side="right"), 0)
    bands = range(len(LOAD_EDGES) + 1)
    if known.empty:
        return _frame(dict.fromkeys(bands), "band")
    counts = pd.Series(np.bincount(band, minlength=len(bands)), index=bands)
    told = public_column(counts, pd.Series(len(known), index=counts.index))
    return pd.DataFrame({"n_partners": told.rename_axis("band")})


def _frame(counts: Mapping[Any, int | None], name: str) -> pd.DataFrame:
    return pd.DataFrame({"n_partners": pd.Series(counts, dtype="Int64").rename_axis(name)})
