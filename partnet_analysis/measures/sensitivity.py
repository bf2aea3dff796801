"""Which findings survive other ways to weigh the same records: fading memory, no plenaries."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph import kernels
from partnet_analysis.graph.agreement import adjusted_rand
from partnet_analysis.graph.kernels import EdgeArrays, Floats, Integers
from partnet_analysis.graph.network import Network
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

HALF_LIVES: Final = (None, 365.0, 180.0, 90.0)
"""The half-lives tried, in days; the first, none, is the way everything else is measured."""

SURVIVES_FROM: Final = 0.8
"""From this agreement in every variant on, a finding is said to survive."""

TOP: Final = 10

_SEEDS: Final = range(10)
_SAME_VALUE: Final = 1e-9


def sensitivity(records: Records, period: Period) -> pd.DataFrame:
    """
    Say which findings about a period survive other half-lives and the loss of plenaries.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    sensitivity
        One row for each finding, indexed by `finding`; one column (float, 0 to 1) for each variant: half-lives of 365, 180
        and 90 days, no plenaries, and both. A cell says how far the finding agrees with that of the network as it is
        otherwise measured (no half-life, with plenaries):

        - `top_strength`, `top_betweenness`, `top_harmonic_closeness`, `top_eigenvector`, `top_pagerank`: share of the
          actors ranked tenth or better that still are.
        - `tied`, `main_component`, `cut_points`: |A ∩ B| / |A ∪ B| of the actors with a tie, in the largest component, or
          whose loss would split one; 1 where there are none in either.
        - `communities`: adjusted Rand index of the communities, among actors tied in both.
        - `homophily`: 1 where ties within sectors are more (or fewer) than chance would have in both, else 0.

        Then `n_failed` (int): in how many variants the agreement is below 0.8; `survives` (bool): in none; all of these
        again with the suffix `names.WITHOUT_COORDINATORS`; last, `reason` (`Phrase` or None): why cells are missing.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    partners = cut.without(cut.coordinators) if cut.coordinators else cut
    whole, without = (_agreements(part, period) for part in (cut, partners))
    reason = None if (cut.meetings["kind"] == "plenary").any() else Phrase("measures.no_plenary")
    reasons = pd.Series([reason] * len(whole), index=whole.index, dtype=object)
    return whole.join(without.add_suffix(names.WITHOUT_COORDINATORS)).assign(reason=reasons)


@dataclass(frozen=True, eq=False)
class _Findings:
    """What is found in one variant."""

    tops: dict[str, frozenset[int]]
    groups: dict[str, frozenset[int]]
    community: Integers
    homophily: float


def _agreements(records: Records, period: Period) -> pd.DataFrame:
    plenaries = records.meetings.loc[records.meetings["kind"] == "plenary", "meeting_id"]
    small = records.without_meetings(plenaries)
    baseline = _findings(Network(records, period))
    variants: dict[str, dict[str, float]] = {}
    for kept, suffix in ((records, ""), (small, "_without_plenaries")):
        for half_life in HALF_LIVES:
            if half_life is None and kept is records:
                continue
            name = (f"half_life_{half_life:.0f}" if half_life else "") + suffix
            known = kept is records or len(plenaries)
            found = _findings(Network(kept, period, half_life)) if known else None
            variants[name.removeprefix("_")] = _agreement(baseline, found)
    table = pd.DataFrame(variants).rename_axis("finding")
    n_failed = (table < SURVIVES_FROM).sum(axis=1)
    return table.assign(n_failed=n_failed, survives=n_failed == 0)


_RANKED: Final[dict[str, Callable[[EdgeArrays], Floats]]] = {
    "top_strength": kernels.strength,
    "top_betweenness": kernels.betweenness,
    "top_harmonic_closeness": kernels.harmonic_closeness,
    "top_eigenvector": kernels.eigenvector,
    "top_pagerank": lambda edges: kernels.pagerank(edges.strengths),
}


def _findings(network: Network) -> _Findings:
    edges = network.edges
    return _Findings(
        tops={name: _top(measure(edges)) for name, measure in _RANKED.items()},
        groups={
            "tied": _members(kernels.degree(edges) > 0),
            "main_component": _members(kernels.components(edges) == 1),
            "cut_points": frozenset(kernels.cut_points(edges).tolist()),
        },
        community=kernels.best_of(edges, kernels.leiden(edges, _SEEDS)),
        homophily=_homophily(network, edges),
    )


def _agreement(one: _Findings, other: _Findings | None) -> dict[str, float]:
    names_of_all = (*one.tops, *one.groups, "communities", "homophily")
    if other is None:
        return dict.fromkeys(names_of_all, float("nan"))
    tied = sorted(one.groups["tied"] & other.groups["tied"])
    return {
        **{name: len(top & other.tops[name]) / max(len(top), 1) for name, top in one.tops.items()},
        **{name: _jaccard(group, other.groups[name]) for name, group in one.groups.items()},
        "communities": adjusted_rand(one.community[tied], other.community[tied]),
        "homophily": float(np.sign(one.homophily) == np.sign(other.homophily)),
    }


def _top(values: Floats) -> frozenset[int]:
    """Find who is ranked tenth or better; who differs from the tenth by rounding alone is in."""
    tenth = np.sort(values)[::-1][:TOP][-1] if len(values) else 0.0
    return _members(values >= tenth - _SAME_VALUE * np.abs(values).max(initial=0))


def _members(flags: npt.NDArray[np.bool_]) -> frozenset[int]:
    return frozenset(np.flatnonzero(flags).tolist())


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _homophily(network: Network, edges: EdgeArrays) -> float:
    """Subtract, from the share of ties within sectors, that of all pairs: above 0 where sectors keep to themselves."""
    sector, _ = pd.factorize(network.actors["sector"])
    source, target = sector[edges.source], sector[edges.target]
    known = (source >= 0) & (target >= 0)
    size = np.bincount(sector[sector >= 0])
    n = size.sum()
    if not known.any():
        return 0.0
    expected = (size * (size - 1)).sum() / (n * (n - 1))
    difference = float((source[known] == target[known]).mean() - expected)
    return difference if abs(difference) > _SAME_VALUE else 0.0
