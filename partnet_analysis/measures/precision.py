"""How exact each measure is: what is counted whole, what is estimated from a sample, what is not measured at this size."""

from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.graph import kernels
from partnet_analysis.graph.network import Network
from partnet_analysis.messages import Phrase

_BY_PATHS: Final = ("betweenness", "harmonic_closeness", "efficiency")
_NEED_A_LIST: Final = (
    "constraint",
    "effective_size",
    "clustering",
    "coreness",
    "transitivity",
    "e_i_p_value",
    "communities",
)


def precision(network: Network) -> pd.DataFrame:
    """
    Tell how exact the measures of a network are.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    precision
        Empty where all is exact. Else one row for each measure that is not, indexed by `measure`: `way` (`sampled` or
        `not_measured`), `n_sources` (Int64): from how many actors paths were followed, `margin` (float): what no actor's
        value is further off by, with a probability of 95 % for all actors at once, and `sentence` (`Phrase`). The margin of
        `betweenness` is in its own unit; that of `harmonic_closeness` is a share of the actor's strongest tie; that of
        `efficiency` is twice the standard error of its mean, over the efficiency.

    Notes
    -----
    The rule is written in `network.kernels.sampling` and in `docs/decisions/exact-or-sampled.md`.
    """
    listed = kernels.ties_are_listed(network.incidence)
    sources = kernels.path_sources(network.path_edges)
    rows = [] if sources is None else [_sampled(measure, network.path_edges, len(sources)) for measure in _BY_PATHS]
    if not listed:
        rows += [(measure, "not_measured", pd.NA, np.nan, _not_measured(network)) for measure in _NEED_A_LIST]
    columns = ["measure", "way", "n_sources", "margin", "sentence"]
    return pd.DataFrame(rows, columns=columns).astype({"n_sources": "Int64", "margin": float}).set_index("measure")


def _sampled(measure: str, edges: kernels.EdgeArrays, n_sources: int) -> tuple[object, ...]:
    n = edges.n_actors
    margin = kernels.margin(n_sources, n)
    if measure == "efficiency":
        means = kernels.efficiency_of(edges, np.arange(n))
        margin = 2 * kernels.standard_error(means, n) / float(means.mean())
    said = {"n": n_sources, "n_actors": n, "margin": round(100 * margin, 1)}
    return (measure, "sampled", n_sources, margin, Phrase(f"precision.{measure}", said))


def _not_measured(network: Network) -> Phrase:
    return Phrase("precision.not_measured", {"n_pairs": network.incidence.n_pairs})
