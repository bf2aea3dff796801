"""
Each result once: its name, what gives it, its file, the page that explains it.

The files that commands write, the sheets of the workbook, the source beneath a table and the list in the documentation
are all made from `RESULTS`. A further result is one entry here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, Literal

import pandas as pd

from partnet_analysis.annual import Review, essentials
from partnet_analysis.graph.ties import tie_table
from partnet_analysis.measures.absence import expected_absent
from partnet_analysis.measures.arrival import arrival
from partnet_analysis.measures.brokerage import brokerage_roles
from partnet_analysis.measures.calendar import proposed_calendar
from partnet_analysis.measures.centrality import centrality, contact_centrality, unweighted_centrality
from partnet_analysis.measures.change import change
from partnet_analysis.measures.cohesion import cohesion
from partnet_analysis.measures.communities import communities, community_figures
from partnet_analysis.measures.composition import moves, sectors
from partnet_analysis.measures.coordination import attrition, coordination, dependence
from partnet_analysis.measures.introductions import introductions
from partnet_analysis.measures.isolation import isolation
from partnet_analysis.measures.meetings import meeting_value, series_value
from partnet_analysis.measures.mixing import sector_mixing
from partnet_analysis.measures.precision import precision
from partnet_analysis.measures.relief import load_sources, remedies, stand_ins
from partnet_analysis.measures.sensitivity import sensitivity
from partnet_analysis.measures.sharing import load_by_month, load_sharing, lorenz_curve
from partnet_analysis.measures.significance import pair_significance
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.measures.two_mode import group_overlap, two_mode_actors, two_mode_meetings
from partnet_analysis.measures.uncertainty import missing_marks, rank_intervals
from partnet_analysis.measures.weak_points import bridges, disjoint_paths, weak_points

Progress = Callable[[int, int], None]
Measure = Callable[..., pd.DataFrame]
Ending = Literal["csv", "json"]


@dataclass(frozen=True)
class Result:
    """
    A table of the study.

    Parameters
    ----------
    name
        What it is called in Python, and its file without the ending.
    measure
        The measure that makes it; its docstring says what the columns are, in which unit.
    page
        The page of the documentation that explains it.
    of
        What gives it, from a review.
    ending
        `csv`: a row each; `json`: an object for each figure.
    written_by
        The first command that writes it: `review` and all that do more, or `measure` alone.
    """

    name: str
    measure: Measure
    page: str
    of: Callable[[Review], pd.DataFrame]
    ending: Ending = "csv"
    written_by: Literal["review", "measure"] = "review"

    @property
    def file(self) -> str:
        """The file that holds it."""
        return f"{self.name}.{self.ending}"


def _held(name: str, measure: Measure, page: str, *, at: str = "", ending: Ending = "csv") -> Result:
    """Declare what the review holds, under the same name or at a place of its own."""
    return Result(name, measure, page, attrgetter(at or name), ending)


def _beyond(name: str, measure: Measure, page: str) -> Result:
    """Declare what analysts ask of the network beyond the review."""
    return Result(name, measure, page, lambda review: measure(review.network), written_by="measure")


RESULTS: Final[tuple[Result, ...]] = (
    _held("essentials", essentials, "method", ending="json"),
    _held("ties", tie_table, "measures/network", at="network.main_ties"),
    _held("centrality", centrality, "measures/centrality"),
    _held("solicitation", solicitation_load, "measures/solicitation"),
    _held("load_sharing", load_sharing, "measures/solicitation", ending="json"),
    _held("load_by_month", load_by_month, "measures/solicitation"),
    _held("lorenz_curve", lorenz_curve, "measures/solicitation"),
    _held("load_sources", load_sources, "measures/solicitation"),
    _held("stand_ins", stand_ins, "measures/solicitation"),
    _held("remedies", remedies, "measures/solicitation"),
    _held("isolation", isolation, "measures/isolation"),
    _held("expected_absent", expected_absent, "measures/isolation"),
    _held("introductions", introductions, "measures/isolation"),
    _held("sectors", sectors, "measures/composition"),
    _held("moves", moves, "measures/composition"),
    _held("sector_mixing", sector_mixing, "measures/cohesion"),
    _held("cohesion", cohesion, "measures/cohesion", ending="json"),
    _held("yearly_cohesion", cohesion, "measures/cohesion"),
    _held("meeting_value", meeting_value, "measures/meetings"),
    _held("series_value", series_value, "measures/meetings"),
    _held("calendar", proposed_calendar, "measures/meetings", at="proposed_calendar"),
    _held("dependence", dependence, "measures/coordination"),
    _held("coordination", coordination, "measures/coordination", ending="json"),
    _held("attrition", attrition, "measures/coordination"),
    _held("change", change, "measures/change", ending="json"),
    _held("arrival", arrival, "measures/change", ending="json"),
    _held("precision", precision, "decisions/exact-or-sampled"),
    _beyond("unweighted_centrality", unweighted_centrality, "measures/centrality"),
    _beyond("contact_centrality", contact_centrality, "measures/centrality"),
    _beyond("two_mode_actors", two_mode_actors, "measures/network"),
    _beyond("two_mode_meetings", two_mode_meetings, "measures/network"),
    _beyond("group_overlap", group_overlap, "measures/network"),
    _beyond("brokerage", brokerage_roles, "measures/centrality"),
    _beyond("weak_points", weak_points, "measures/cohesion"),
    _beyond("bridges", bridges, "measures/cohesion"),
    _beyond("disjoint_paths", disjoint_paths, "measures/cohesion"),
    _beyond("communities", communities, "measures/cohesion"),
    _beyond("community_figures", community_figures, "measures/cohesion"),
    _beyond("pair_significance", pair_significance, "measures/uncertainty"),
    Result(
        "sensitivity",
        sensitivity,
        "measures/uncertainty",
        lambda review: sensitivity(review.records, review.period),
        written_by="measure",
    ),
)
"""Every result but those that are resampled, in the order in which they are listed."""

RESAMPLED: Final[Mapping[str, Measure]] = {"rank_intervals": rank_intervals, "missing_marks": missing_marks}
"""How far the results can be trusted: the slow part, some hundreds of networks drawn again."""

BY_NAME: Final[Mapping[str, Result]] = {result.name: result for result in RESULTS}
"""The results by name."""


def resampled(review: Review, progress: Progress | None = None) -> dict[str, pd.DataFrame]:
    """
    Ask how far the results can be trusted.

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
    return {name: measure(review.network, progress=progress) for name, measure in RESAMPLED.items()}
