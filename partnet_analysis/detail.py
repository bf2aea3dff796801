"""What analysts ask beyond the review: every further measure of a review's network, by the name of its file."""

from collections.abc import Callable

import pandas as pd

from partnet_analysis.annual import Review
from partnet_analysis.measures.brokerage import brokerage_roles
from partnet_analysis.measures.centrality import contact_centrality, unweighted_centrality
from partnet_analysis.measures.communities import communities, community_figures
from partnet_analysis.measures.relief import load_sources, remedies
from partnet_analysis.measures.sensitivity import sensitivity
from partnet_analysis.measures.sharing import load_sharing
from partnet_analysis.measures.significance import pair_significance
from partnet_analysis.measures.two_mode import group_overlap, two_mode_actors, two_mode_meetings
from partnet_analysis.measures.uncertainty import missing_marks, rank_intervals
from partnet_analysis.measures.weak_points import bridges, disjoint_paths, weak_points

Progress = Callable[[int, int], None]


def detailed_frames(review: Review) -> dict[str, pd.DataFrame]:
    """
    Measure what the review does not tell.

    Parameters
    ----------
    review
        The review.

    Returns
    -------
    frames
        Each as the measure of the same name gives it.
    """
    network, records, period, load = review.network, review.records, review.period, review.solicitation
    return {
        "unweighted_centrality": unweighted_centrality(network),
        "contact_centrality": contact_centrality(network),
        "two_mode_actors": two_mode_actors(network),
        "two_mode_meetings": two_mode_meetings(network),
        "group_overlap": group_overlap(network),
        "brokerage": brokerage_roles(network),
        "weak_points": weak_points(network),
        "bridges": bridges(network),
        "disjoint_paths": disjoint_paths(network),
        "communities": communities(network),
        "community_figures": community_figures(network),
        "pair_significance": pair_significance(network),
        "load_sharing": load_sharing(load),
        "load_sources": load_sources(records, period, load),
        "remedies": remedies(records, period, load, review.stand_ins),
    }


def robustness_frames(review: Review, progress: Progress | None = None) -> dict[str, pd.DataFrame]:
    """
    Ask how far the results can be trusted; the slow part, some hundreds of networks resampled.

    Parameters
    ----------
    review
        The review.
    progress
        What to call with the number of draws done and to do.

    Returns
    -------
    frames
        Each as the measure of the same name gives it.
    """
    return {
        "rank_intervals": rank_intervals(review.network, progress=progress),
        "missing_marks": missing_marks(review.network, progress=progress),
        "sensitivity": sensitivity(review.records, review.period),
    }
