"""Who is central: with the coordinators and without them."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from partnet_analysis.graph import kernels
from partnet_analysis.graph.kernels import EdgeArrays
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.with_and_without import reasons_where, rows_with_and_without

Measures = dict[str, Callable[[EdgeArrays], kernels.Integers | kernels.Floats]]

_WEIGHED: Final[Measures] = {
    "betweenness": kernels.betweenness,
    "harmonic_closeness": kernels.harmonic_closeness,
    "eigenvector": kernels.eigenvector,
    "pagerank": kernels.pagerank_of,
    "constraint": kernels.constraint,
    "effective_size": kernels.effective_size,
    "clustering": kernels.clustering,
}
_ALL: Final[Measures] = {
    "degree": kernels.degree,
    "strength": kernels.strength,
    **_WEIGHED,
    "coreness": kernels.coreness,
    "component": kernels.components,
}
_NEED_A_LIST: Final = ("constraint", "effective_size", "clustering", "coreness")
"""Measured only where ties are few enough to list."""


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
        - `effective_size` (float): Burt's effective size on strength, Σ_j (1 − Σ_q p_iq m_jq) over the actors j tied to i,
          m_jq being the strength of j and q over that of j's strongest tie: how many ties lead to different people.
        - `clustering` (float, 0 to 1): share of the strength that lies in triangles, Σ_jq w_ij a_iq a_jq / (s_i (k_i − 1))
          (Barrat et al. 2004, PNAS 101, 3747); missing for who has fewer than two ties.
        - `coreness` (Int64): the largest k such that the actor belongs to a group in which everybody has at least k ties
          (Seidman 1983, Social Networks 5, 269).
        - `component` (Int64): 1 for the largest component; components of one size in the order of their first actors.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing. An actor without a tie has 0 in every measure
        but `pagerank`, `constraint`, `clustering` and `component`.

    Notes
    -----
    In very large networks `betweenness` and `harmonic_closeness` are estimated from a sample of actors, and `constraint`,
    `effective_size`, `clustering` and `coreness` are missing: `measures.precision` tells which, and how sure the others are,
    by the rule of `docs/decisions/exact-or-sampled.md`.
    """
    return rows_with_and_without(network, _all_measured)


def unweighted_centrality(network: Network) -> pd.DataFrame:
    """
    Measure how central each actor is where a tie is a tie, however strong.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    centrality
        As `centrality`, every tie having strength and distance 1: `betweenness`, `harmonic_closeness`, `eigenvector`,
        `pagerank`, `constraint`, `effective_size` and `clustering` (which is then Watts & Strogatz 1998: the share of pairs
        of partners that are tied), their values without coordinators, and `reasons`.
    """
    return rows_with_and_without(network, lambda part: _measured(part.edges.unweighted, _WEIGHED))


def contact_centrality(network: Network) -> pd.DataFrame:
    """
    Measure who reaches out to whom.

    Parameters
    ----------
    network
        The network; only its contacts count.

    Returns
    -------
    centrality
        One row for each actor of the roster, indexed by `actor_id`, in roster order, each measure with and without
        coordinators; all missing where no contact is on record:

        - `n_contacts_out`, `n_contacts_in` (Int64): contacts made and received.
        - `n_contacted`, `n_contacted_by` (Int64): different actors reached out to, and reached by.
        - `reciprocity` (float, 0 to 1): 2 × the actors with contacts in both directions over `n_contacted` +
          `n_contacted_by` (Wasserman & Faust 1994, chapter 13); missing for who has no contact.
        - `pagerank` (float, 0 to 1): PageRank with damping 0.85 along the direction of contacts, weighed by their number:
          who is sought by those who are sought. Adds up to 1.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing.
    """
    return rows_with_and_without(network, _contacts_measured)


def _all_measured(network: Network) -> pd.DataFrame:
    if kernels.ties_are_listed(network.incidence):
        return _measured(network.edges, _ALL)
    return _streamed(network.streaming_pass, kernels.components(network.sparse_certificate))


def _streamed(streaming_pass: kernels.StreamingPass, component: kernels.Integers) -> pd.DataFrame:
    """Measure what can be measured without a list of ties."""
    incidence = streaming_pass.incidence
    frame = pd.DataFrame(
        {
            "degree": pd.array(streaming_pass.degree, dtype="Int64"),
            "strength": incidence.strength,
            "betweenness": kernels.betweenness(streaming_pass.shortest),
            "harmonic_closeness": kernels.harmonic_closeness(streaming_pass.shortest),
            "eigenvector": kernels.eigenvector_without_ties(incidence, component),
            "pagerank": kernels.pagerank_without_ties(incidence),
            **dict.fromkeys(_NEED_A_LIST, np.nan),
            "component": pd.array(component, dtype="Int64"),
        },
        index=incidence.ids,
    ).astype({"coreness": "Int64"})
    all_of_them = np.ones(incidence.n_actors, dtype=bool)
    return frame.assign(
        reasons=reasons_where(incidence.ids, {"no_tie": streaming_pass.degree == 0, "too_many_ties": all_of_them})
    )


def _measured(edges: EdgeArrays, measures: Measures) -> pd.DataFrame:
    found = {name: measure(edges) for name, measure in measures.items()}
    columns = {name: _column(values) for name, values in found.items()}
    degree = kernels.degree(edges)
    reasons = reasons_where(edges.ids, {"no_tie": degree == 0, "single_tie": degree == 1})
    return pd.DataFrame(columns | {"reasons": reasons}, index=edges.ids)


def _column(values: kernels.Integers | kernels.Floats) -> "pd.api.extensions.ExtensionArray | kernels.Floats":
    """Let whole numbers be such as may be missing."""
    whole = values.dtype.kind == "i"
    return pd.array(values.astype(np.int64), dtype="Int64") if whole else values.astype(float, copy=False)


def _contacts_measured(network: Network) -> pd.DataFrame:
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    arcs = _arcs(network, ids)
    tied = sparse.csr_array((np.ones(arcs.nnz), arcs.indices, arcs.indptr), shape=arcs.shape)
    out = np.asarray(tied.sum(axis=1), dtype=float)
    back = np.asarray(tied.sum(axis=0), dtype=float)
    mutual = np.asarray((tied * tied.T).sum(axis=1), dtype=float)
    n_arcs = out + back
    frame = pd.DataFrame(
        {
            "n_contacts_out": arcs.sum(axis=1).astype(int),
            "n_contacts_in": arcs.sum(axis=0).astype(int),
            "n_contacted": out.astype(int),
            "n_contacted_by": back.astype(int),
            "reciprocity": np.divide(2 * mutual, n_arcs, out=np.full(len(ids), np.nan), where=n_arcs > 0),
            "pagerank": kernels.pagerank(arcs),
        },
        index=ids,
    ).astype(dict.fromkeys(("n_contacts_out", "n_contacts_in", "n_contacted", "n_contacted_by"), "Int64"))
    if arcs.nnz:
        return frame.assign(reasons=reasons_where(ids, {"no_contact_of_actor": n_arcs == 0}))
    missing = frame.mask(np.ones(frame.shape, dtype=bool))
    return missing.assign(reasons=reasons_where(ids, {"no_contact": np.ones(len(ids), dtype=bool)}))


def _arcs(network: Network, ids: pd.Index) -> sparse.csr_array:
    contacts = network.records.contacts
    ends = (ids.get_indexer(pd.Index(contacts["source_id"])), ids.get_indexer(pd.Index(contacts["target_id"])))
    arcs = sparse.csr_array((np.ones(len(contacts)), ends), shape=(len(ids), len(ids)))
    arcs.sum_duplicates()
    return arcs
