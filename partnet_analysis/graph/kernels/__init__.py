"""
The fast engines behind the measures; the only place that knows them.

Paths, cores, cuts and communities come from igraph, everything spectral from SciPy. Each function takes `EdgeArrays`, which
hold both strength and distance, and uses the one it needs: sums and shares take strength, paths take distance.
"""

from partnet_analysis.graph.incidence import Floats, Integers
from partnet_analysis.graph.kernels.clusters import best_of, leiden, modularity
from partnet_analysis.graph.kernels.connectivity import (
    bridges,
    components,
    cut_points,
    n_cut_off_without_actor,
    n_cut_off_without_tie,
    n_disjoint_paths,
)
from partnet_analysis.graph.kernels.edges import EdgeArrays, edge_parts, edges_of, sparse_certificate, strength
from partnet_analysis.graph.kernels.paths import betweenness, efficiency_of, harmonic_closeness, n_paths_through
from partnet_analysis.graph.kernels.sampling import margin, path_sources, standard_error, ties_are_listed
from partnet_analysis.graph.kernels.spectral import (
    DAMPING,
    eigenvector,
    eigenvector_without_ties,
    pagerank,
    pagerank_of,
    pagerank_without_ties,
)
from partnet_analysis.graph.kernels.streaming_pass import Between, StreamingPass, streamed
from partnet_analysis.graph.kernels.ties import (
    clustering,
    constraint,
    coreness,
    degree,
    effective_size,
    transitivity,
)

__all__ = [
    "DAMPING",
    "Between",
    "EdgeArrays",
    "Floats",
    "Integers",
    "StreamingPass",
    "best_of",
    "betweenness",
    "bridges",
    "clustering",
    "components",
    "constraint",
    "coreness",
    "cut_points",
    "degree",
    "edge_parts",
    "edges_of",
    "effective_size",
    "efficiency_of",
    "eigenvector",
    "eigenvector_without_ties",
    "harmonic_closeness",
    "leiden",
    "margin",
    "modularity",
    "n_cut_off_without_actor",
    "n_cut_off_without_tie",
    "n_disjoint_paths",
    "n_paths_through",
    "pagerank",
    "pagerank_of",
    "pagerank_without_ties",
    "path_sources",
    "sparse_certificate",
    "standard_error",
    "streamed",
    "strength",
    "ties_are_listed",
    "transitivity",
]
