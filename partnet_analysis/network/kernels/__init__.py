"""
The fast engines behind the measures; the only place that knows them.

Paths, cores, cuts and communities come from igraph, everything spectral from SciPy. Each function takes a `Layout`, which
holds strengths and distances both, and takes the one it needs: sums and shares take strength, paths take distance.
"""

from partnet_analysis.network.incidence import Floats, Integers
from partnet_analysis.network.kernels.clusters import best_of, leiden, modularity
from partnet_analysis.network.kernels.layouts import Layout, layout, layout_parts, skeleton, strength
from partnet_analysis.network.kernels.paths import betweenness, efficiency_of, harmonic_closeness, n_paths_through
from partnet_analysis.network.kernels.pieces import (
    bridges,
    components,
    cut_points,
    n_cut_off_without_actor,
    n_cut_off_without_tie,
    n_disjoint_paths,
)
from partnet_analysis.network.kernels.sampling import margin, path_sources, standard_error, ties_are_listed
from partnet_analysis.network.kernels.spectral import (
    DAMPING,
    eigenvector,
    eigenvector_without_ties,
    pagerank,
    pagerank_of,
    pagerank_without_ties,
)
from partnet_analysis.network.kernels.survey import Between, Survey, survey
from partnet_analysis.network.kernels.ties import (
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
    "Floats",
    "Integers",
    "Layout",
    "Survey",
    "best_of",
    "betweenness",
    "bridges",
    "clustering",
    "components",
    "constraint",
    "coreness",
    "cut_points",
    "degree",
    "effective_size",
    "efficiency_of",
    "eigenvector",
    "eigenvector_without_ties",
    "harmonic_closeness",
    "layout",
    "layout_parts",
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
    "skeleton",
    "standard_error",
    "strength",
    "survey",
    "ties_are_listed",
    "transitivity",
]
