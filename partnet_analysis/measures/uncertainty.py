"""How far ranks can be trusted: resampled meetings and contacts, lost marks, tiers."""

from collections.abc import Callable, Iterator
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.graph import kernels
from partnet_analysis.graph.evidence import Evidence
from partnet_analysis.graph.kernels import EdgeArrays, Floats, Integers
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.with_and_without import reasons_where, rows_with_and_without
from partnet_analysis.messages import Phrase

MEASURES: Final[dict[str, Callable[[EdgeArrays], Integers | Floats]]] = {
    "degree": kernels.degree,
    "strength": kernels.strength,
    "betweenness": kernels.betweenness,
    "harmonic_closeness": kernels.harmonic_closeness,
    "eigenvector": kernels.eigenvector,
    "pagerank": lambda edges: kernels.pagerank(edges.strengths),
}
"""The measures that rank actors, the highest value first."""

N_DRAWS: Final = 200
COVERAGE: Final = 0.9
LOST_SHARES: Final = (0.05, 0.1, 0.2)
TOP: Final = 10

_SAME_VALUE: Final = 1e-9

Unit = Literal["meeting", "series"]
Progress = Callable[[int, int], None]


def rank_intervals(
    network: Network, *, unit: Unit = "meeting", n_draws: int = N_DRAWS, seed: int = 0, progress: Progress | None = None
) -> pd.DataFrame:
    """
    Say between which places each actor's rank lies, had other meetings and contacts been recorded.

    Parameters
    ----------
    network
        The network.
    unit
        What is drawn as a whole: meetings, or series with all their meetings (whose attendance is much alike, so that
        intervals come out wider).
    n_draws
        How many times meetings and contacts are drawn.
    seed
        Where the draws start; the same seed gives the same intervals.
    progress
        Called after each draw with the number done and the number to do.

    Returns
    -------
    ranks
        One row for each actor of the roster, indexed by `actor_id`, in roster order. For each of `MEASURES`, with and
        without coordinators (missing for the coordinators themselves):

        - `…_rank` (Int64): 1 for the highest value; equal values share the better rank.
        - `…_rank_low`, `…_rank_high` (Int64): the best and the worst rank of the central 90 % of draws, each of as many
          meetings (or series) and as many contacts as there are, drawn with replacement (Efron 1979, Annals of Statistics
          7, 1; Snijders & Borgatti 1999, Connections 22, 161); widened to hold `…_rank`.
        - `…_tier` (Int64): 1 for the first. Two actors are in different tiers only where no chain of overlapping intervals
          joins them: actors whose intervals overlap are not said to differ.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing.
    """
    n_networks = 1 if network.without_coordinators is network else 2
    ticks = _ticks(progress, n_draws * n_networks)
    return rows_with_and_without(network, lambda part: _intervals(part, unit, n_draws, seed, ticks))


def missing_marks(
    network: Network, *, n_draws: int = N_DRAWS // 2, seed: int = 0, progress: Progress | None = None
) -> pd.DataFrame:
    """
    Say how much of the top ten would remain had marks of presence been lost.

    Parameters
    ----------
    network
        The network.
    n_draws
        How many times marks are lost.
    seed
        Where the draws start.
    progress
        Called after each draw with the number done and the number to do.

    Returns
    -------
    kept
        One row for each of `MEASURES` and each share of marks of presence and contacts lost at random (5, 10, 20 %), indexed
        by `measure` and `share_lost`: `top_kept` (float, 0 to 1): the mean share of the actors ranked tenth or better that
        still are (Borgatti, Carley & Krackhardt 2006, Social Networks 28, 124); `top_kept_low`, `top_kept_high`: the 5 % and
        95 % quantiles over the draws. `reason` (`Phrase` or None) says why they are missing: where nobody is tied.
    """
    evidence, whole = Evidence.of(network), network.edges
    tops = {name: _ranks(measure(whole)) <= TOP for name, measure in MEASURES.items()}
    rng, ticks = np.random.default_rng(seed), _ticks(progress, n_draws * len(LOST_SHARES))
    rows: list[tuple[str, float, float, float, float]] = []
    for share in LOST_SHARES:
        kept = np.full((n_draws, len(MEASURES)), np.nan)
        for draw in range(n_draws if len(whole.source) else 0):
            edges = _with_lost_marks(evidence, share, rng)
            kept[draw] = [_share_kept(tops[name], measure(edges)) for name, measure in MEASURES.items()]
            next(ticks)
        low, high = _central(kept)
        rows += zip(MEASURES, [share] * len(MEASURES), kept.mean(axis=0), low, high, strict=True)
    columns = ["measure", "share_lost", "top_kept", "top_kept_low", "top_kept_high"]
    table = pd.DataFrame(rows, columns=columns).set_index(["measure", "share_lost"])
    reason = None if len(whole.source) else Phrase("measures.no_tie_at_all")
    return table.assign(reason=pd.Series([reason] * len(table), index=table.index, dtype=object))


def _intervals(network: Network, unit: Unit, n_draws: int, seed: int, ticks: Iterator[None]) -> pd.DataFrame:
    evidence, whole = Evidence.of(network), network.edges
    rng = np.random.default_rng(seed)
    drawn = {name: np.empty((n_draws, whole.n_actors), dtype=np.int64) for name in MEASURES}
    for draw in range(n_draws):
        edges = _resampled(evidence, unit, rng)
        for name, measure in MEASURES.items():
            drawn[name][draw] = _ranks(measure(edges))
        next(ticks)
    columns: dict[str, Integers] = {}
    for name, measure in MEASURES.items():
        rank = _ranks(measure(whole))
        low, high = _central(drawn[name])
        best: Integers = np.minimum(low, rank).astype(np.int64)
        worst: Integers = np.maximum(high, rank).astype(np.int64)
        columns |= {f"{name}_rank": rank, f"{name}_rank_low": best, f"{name}_rank_high": worst}
        columns[f"{name}_tier"] = _tiers(best, worst)
    return pd.DataFrame(columns, index=whole.ids, dtype="Int64").assign(reasons=reasons_where(whole.ids, {}))


def _resampled(evidence: Evidence, unit: Unit, rng: np.random.Generator) -> EdgeArrays:
    """Draw as many meetings (or series) and as many contacts as there are, with replacement."""
    group = evidence.series if unit == "series" else np.arange(len(evidence.series))
    n_times_contacted = _n_times_drawn(len(evidence.contact_weight), rng)
    return evidence.edges(
        n_times_met=_n_times_drawn(group.max(initial=-1) + 1, rng)[group], n_times_contacted=n_times_contacted
    )


def _n_times_drawn(n: int, rng: np.random.Generator) -> Integers:
    return np.bincount(rng.integers(0, max(n, 1), size=n), minlength=n).astype(np.int64)


def _with_lost_marks(evidence: Evidence, share: float, rng: np.random.Generator) -> EdgeArrays:
    presence = evidence.presence.copy()
    presence.data = presence.data * (rng.random(len(presence.data)) >= share)
    return evidence.edges(
        n_times_met=np.ones(len(evidence.series), dtype=np.int64),
        n_times_contacted=(rng.random(len(evidence.contact_weight)) >= share).astype(np.int64),
        presence=presence,
    )


def _share_kept(top: npt.NDArray[np.bool_], values: Integers | Floats) -> float:
    return float((top & (_ranks(values) <= TOP)).sum() / top.sum())


def _ranks(values: Integers | Floats) -> Integers:
    """Rank from the highest; values that rounding alone tells apart share the better rank."""
    order = np.argsort(-values, kind="stable")
    falling = values[order].astype(float)
    starts = np.diff(falling, prepend=np.inf) < -_SAME_VALUE * np.abs(falling).max(initial=0)
    ranks = np.empty(len(values), dtype=np.int64)
    ranks[order] = np.maximum.accumulate(np.where(starts, np.arange(1, len(values) + 1), 1))
    return ranks


def _central(draws: Integers | Floats) -> tuple[Floats, Floats]:
    """Cut the same share off either end of the draws; what is left begins and ends with values that were drawn."""
    tail = (1 - COVERAGE) / 2
    low, high = np.quantile(draws, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return np.asarray(low, dtype=float), np.asarray(high, dtype=float)


def _tiers(low: Integers, high: Integers) -> Integers:
    """Start a new tier where the next interval, by its better end, lies beyond all before it."""
    order = np.lexsort((high, low))
    reach = np.maximum.accumulate(high[order])
    starts = np.concatenate([[False], low[order][1:] > reach[:-1]])[: len(low)]
    tiers = np.empty(len(low), dtype=np.int64)
    tiers[order] = 1 + np.cumsum(starts)
    return tiers


def _ticks(progress: Progress | None, n_all: int) -> Iterator[None]:
    for done in range(1, n_all + 1):
        if progress:
            progress(done, n_all)
        yield
