"""Who is central: with the coordinators and without them."""

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.messages import Phrase
from partnet_analysis.network import kernels
from partnet_analysis.network.kernels import Layout
from partnet_analysis.network.network import Network

_MEASURES: Final[dict[str, Callable[[Layout], kernels.Integers | kernels.Floats]]] = {
    "degree": kernels.degree,
    "strength": kernels.strength,
    "betweenness": kernels.betweenness,
    "harmonic_closeness": kernels.harmonic_closeness,
    "eigenvector": kernels.eigenvector,
    "pagerank": lambda layout: kernels.pagerank(layout.strengths),
    "constraint": kernels.constraint,
    "coreness": kernels.coreness,
    "component": kernels.components,
}


def centrality(network: Network) -> pd.DataFrame:
    """
    Measure how central each actor is.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    centrality
        One row for each actor of the roster, indexed by `actor_id`, in roster order. Each measure stands twice: in the
        whole network, and, with the suffix `names.WITHOUT_COORDINATORS`, in the network without its coordinators (missing
        for the coordinators themselves):

        - `degree` (Int64): number of actors tied to.
        - `strength` (float): sum of the strengths of the ties, in meetings of two.
        - `betweenness` (float, 0 to 1): share of the shortest paths between two others that run through the actor, summed
          over pairs, over (n − 1)(n − 2)/2 (Freeman 1977, Sociometry 40, 35). A path is as long as the distances of its ties
          add up to (Brandes 2001); paths whose lengths differ by rounding only count as equally long.
        - `harmonic_closeness` (float): Σ 1/d over the others, over n − 1, d being the length of the shortest path; who is
          out of reach adds 0 (Marchiori & Latora 2000, Physica A 285, 539).
        - `eigenvector` (float, 0 to 1): the leading eigenvector of the matrix of strengths, of Euclidean length 1 (Bonacich
          1972, Journal of Mathematical Sociology 2, 113). In a network of several components it is the leading eigenvector
          of the whole: 0 outside the component with the largest eigenvalue; among components that share it, the one that
          `component` numbers first has the values.
        - `pagerank` (float, 0 to 1): PageRank with damping 0.85 on strength (Brin & Page 1998). Adds up to 1 over all
          actors; who has no tie keeps the share of the random jump.
        - `constraint` (float): Burt's constraint on strength, Σ_j (p_ij + Σ_q p_iq p_qj)² over the actors j tied to i,
          p being shares of strength (Burt 1992, Structural Holes). Low for those who bridge; missing for who has no tie.
        - `coreness` (Int64): the largest k such that the actor belongs to a group in which everybody has at least k ties
          (Seidman 1983, Social Networks 5, 269).
        - `component` (Int64): 1 for the largest component; components of one size in the order of their first actors.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing. An actor without a tie has 0 in every measure
        but `pagerank`, `constraint` and `component`.
    """
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    whole = _measured(network)
    partners = whole if network.without_coordinators is network else _measured(network.without_coordinators)
    frame = whole.join(partners.reindex(ids).add_suffix(names.WITHOUT_COORDINATORS))
    reasons = _reasons(frame, network.actors["is_coordinator"].to_numpy(dtype=bool))
    return frame.assign(reasons=pd.Series(reasons, index=ids, dtype=object))


def _measured(network: Network) -> pd.DataFrame:
    layout = kernels.layout(network)
    columns = {name: measure(layout) for name, measure in _MEASURES.items()}
    frame = pd.DataFrame(columns, index=layout.ids)
    return frame.astype({name: "Int64" for name, values in columns.items() if values.dtype.kind == "i"})


def _reasons(frame: pd.DataFrame, is_coordinator: npt.NDArray[np.bool_]) -> list[tuple[Phrase, ...]]:
    untied = frame["degree"].to_numpy(dtype=int) == 0
    untied_without = frame["degree" + names.WITHOUT_COORDINATORS].fillna(0).to_numpy(dtype=int) == 0
    causes = {
        "measures.no_tie": untied,
        "measures.is_coordinator": is_coordinator,
        "measures.no_tie_without_coordinators": untied_without & ~untied & ~is_coordinator,
    }
    return [tuple(Phrase(key) for key, holds in causes.items() if holds[row]) for row in range(len(frame))]
