"""Which partners form groups, how sure that is, and whether sectors or working groups explain it."""

from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.graph import kernels
from partnet_analysis.graph.agreement import adjusted_rand, mutual_information
from partnet_analysis.graph.kernels import Floats, Integers
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.with_and_without import Figures, figures_with_and_without, reasons_where, rows_with_and_without
from partnet_analysis.messages import Phrase

SEEDS: Final = range(50)
"""The seeds from which communities are looked for."""


def communities(network: Network) -> pd.DataFrame:
    """
    Find groups whose members are tied more strongly to one another than their strengths alone would make them.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    communities
        One row for each actor of the roster, indexed by `actor_id`, in roster order; each column with and without
        coordinators:

        - `community` (Int64): 1 for the largest community, those of one size in the order of their first actors; found by
          the Leiden method for modularity on strength, iterated until nothing changes (Traag, Waltman & van Eck 2019,
          Scientific Reports 9, 5233), from 50 fixed seeds; the best of these by modularity, the first where several are.
          Missing for who has no tie.
        - `certainty` (float, 0 to 1): mean over the seeds of |C ∩ D| / |C ∪ D|, C being the actor's community here and D its
          community from the seed: 1 where every run agrees.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing.
    """
    return rows_with_and_without(network, _memberships)


def community_figures(network: Network) -> pd.DataFrame:
    """
    Measure how clear the communities are and what they follow.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    figures
        One row for each figure, indexed by `figure`; `value`, `value_without_coordinators` and `reason`, why one is missing:

        - `n_communities`: communities of actors with a tie.
        - `modularity` (−1/2 to 1): Newman 2004, Physical Review E 70, 056131. High values arise by chance too in sparse
          networks: read it beside `stability`.
        - `stability` (up to 1): mean adjusted Rand index (Hubert & Arabie 1985) over all pairs of the 50 runs.
        - `nmi_sector` (0 to 1): mutual information of communities and sectors over the mean of their entropies (Danon et al.
          2005), among actors with a tie and a known sector.
        - `nmi_group` (0 to 1): the same with the working group that an actor attended most often, the alphabetically first
          where several are; with the series of all meetings where none is a working group.
    """
    return figures_with_and_without(network, _figures)


def _memberships(network: Network) -> pd.DataFrame:
    edges = network.edges
    tied = kernels.degree(edges) > 0
    runs = kernels.leiden(edges, SEEDS)
    best = kernels.best_of(edges, runs)
    frame = pd.DataFrame(
        {
            "community": pd.Series(_by_size(best, tied), index=edges.ids, dtype="Int64").where(
                pd.Series(tied, index=edges.ids)
            ),
            "certainty": np.where(tied, _certainty(best, runs), np.nan),
        },
        index=edges.ids,
    )
    return frame.assign(reasons=reasons_where(edges.ids, {"no_tie": ~tied}))


def _figures(network: Network) -> Figures:
    edges = network.edges
    tied = kernels.degree(edges) > 0
    if not tied.any():
        no_tie = Phrase("measures.no_tie_at_all")
        return dict.fromkeys(("n_communities", "modularity", "stability", "nmi_sector", "nmi_group"), no_tie)
    runs = kernels.leiden(edges, SEEDS)
    best = kernels.best_of(edges, runs)
    pairs = combinations(runs[:, tied], 2)
    return {
        "n_communities": float(len(np.unique(best[tied]))),
        "modularity": kernels.modularity(edges, best),
        "stability": float(np.mean([adjusted_rand(one, other) for one, other in pairs])),
        "nmi_sector": _told_by(network.actors.set_index("actor_id")["sector"], best, tied, "no_sector"),
        "nmi_group": _told_by(_main_group(network), best, tied, "no_group"),
    }


def _by_size(membership: Integers, tied: npt.NDArray[np.bool_]) -> Integers:
    """Label communities by size, those of one size in the order of their first actors, those without a tie last."""
    _, first, inverse, size = np.unique(membership, return_index=True, return_inverse=True, return_counts=True)
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.lexsort((first, -size, ~tied[first]))] = np.arange(1, len(size) + 1)
    return rank[inverse]


def _certainty(best: Integers, runs: Integers) -> Floats:
    """Average |C ∩ D| / |C ∪ D| over the runs, from the sizes of communities alone."""
    certainty = np.zeros(len(best))
    n_here = np.bincount(best)[best]
    for run in runs:
        both = best * (int(run.max(initial=0)) + 1) + run
        n_shared, n_there = np.bincount(both)[both], np.bincount(run)[run]
        certainty += n_shared / (n_here + n_there - n_shared)
    return certainty / len(runs)


def _told_by(group: pd.Series, best: Integers, tied: npt.NDArray[np.bool_], missing: str) -> float | Phrase:
    known = tied & group.notna().to_numpy()
    if not known.any():
        return Phrase(f"measures.{missing}")
    numbers, _ = pd.factorize(group[known])
    return mutual_information(best[known], numbers.astype(np.int64))


def _main_group(network: Network) -> pd.Series:
    """Name the group that each actor attended most often."""
    meetings = network.records.meetings
    if (meetings["kind"] == "working_group").any():
        meetings = meetings[meetings["kind"] == "working_group"]
    attendance = network.records.attendance
    seen = attendance[attendance["status"] == "present"].merge(meetings[["meeting_id", "series"]], on="meeting_id")
    times = seen.dropna(subset="series").groupby(["actor_id", "series"], as_index=False).size()
    most = times.sort_values(["size", "series"], ascending=[False, True], kind="stable").drop_duplicates("actor_id")
    return most.set_index("actor_id")["series"].reindex(network.actors["actor_id"])
