"""Every network measure on partnerships that have next to nothing: a row for everybody, what is missing with its reason."""

from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd
import pytest

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.brokerage import brokerage_roles, contact_brokerage_roles
from partnet_analysis.measures.centrality import centrality, contact_centrality, unweighted_centrality
from partnet_analysis.measures.cohesion import cohesion
from partnet_analysis.measures.communities import communities, community_figures
from partnet_analysis.measures.sensitivity import sensitivity
from partnet_analysis.measures.two_mode import two_mode_actors, two_mode_meetings
from partnet_analysis.measures.uncertainty import missing_marks, rank_intervals
from partnet_analysis.measures.weak_points import weak_points
from partnet_analysis.messages import Phrase, say
from tests.partnerships import YEAR, network_of

NETWORKS = {
    "single actor": network_of(1),
    "nobody tied": network_of(3),
    "one meeting of everybody": network_of(5, [range(5)]),
    "one meeting and isolates": network_of(4, [[0, 1]]),
    "single-actor components beside a pair": network_of(4, [[0, 1], [2], [3]]),
    "no contacts": network_of(4, [[0, 1, 2], [1, 2, 3]]),
    "all contacts through the coordinator": network_of(4, contacts=[(0, 1), (0, 2), (3, 0)], coordinators=[0]),
    "everybody coordinates": network_of(3, [[0, 1, 2]], [(0, 1)], coordinators=[0, 1, 2]),
    "no sector": network_of(3, [[0, 1, 2]], [(0, 1)], sectors=[None] * 3),
    "two actors": network_of(2, [[0, 1]], [(0, 1)]),
}

ACTOR_MEASURES: dict[str, Callable[[Network], pd.DataFrame]] = {
    "centrality": centrality,
    "unweighted centrality": unweighted_centrality,
    "contact centrality": contact_centrality,
    "two-mode": two_mode_actors,
    "brokerage": brokerage_roles,
    "brokerage by level": partial(brokerage_roles, by="level"),
    "contact brokerage": contact_brokerage_roles,
    "weak points": weak_points,
    "communities": communities,
    "rank intervals": partial(rank_intervals, n_draws=3),
}
FIGURES: dict[str, Callable[[Network], pd.DataFrame]] = {
    "cohesion": cohesion,
    "communities": community_figures,
    "missing marks": partial(missing_marks, n_draws=3),
}

networks = pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)


def assert_every_gap_is_explained(frame: pd.DataFrame) -> None:
    gaps = frame.drop(columns="reasons").isna().any(axis=1)
    assert (frame.loc[gaps, "reasons"].map(len) > 0).all()
    for reason in _reasons(frame["reasons"].explode()):
        assert say("fr", reason.key, **reason.values) != say("en", reason.key, **reason.values)


def _reasons(given: pd.Series) -> Iterator[Phrase]:
    yield from (reason for reason in given if isinstance(reason, Phrase))


@networks
@pytest.mark.parametrize("measure", ACTOR_MEASURES.values(), ids=ACTOR_MEASURES)
def test_everybody_has_a_row_and_every_gap_a_reason(measure: Callable[[Network], pd.DataFrame], network: Network) -> None:
    frame = measure(network)

    assert frame.index.name == "actor_id"
    assert list(frame.index) == list(network.actors["actor_id"])
    assert_every_gap_is_explained(frame)


@networks
def test_every_meeting_has_a_row_and_every_gap_a_reason(network: Network) -> None:
    frame = two_mode_meetings(network)

    assert list(frame.index) == list(network.records.meetings["meeting_id"])
    assert_every_gap_is_explained(frame)


@networks
@pytest.mark.parametrize("measure", FIGURES.values(), ids=FIGURES)
def test_every_missing_figure_has_a_reason(measure: Callable[[Network], pd.DataFrame], network: Network) -> None:
    frame = measure(network)

    gaps = frame.drop(columns="reason").isna().any(axis=1)
    assert [isinstance(reason, Phrase) for reason in frame["reason"]] == gaps.to_list()


@pytest.mark.parametrize("name", [name for name, network in NETWORKS.items() if network.records.span is not None])
def test_sensitivity_has_all_its_rows(name: str) -> None:
    assert len(sensitivity(NETWORKS[name].records, YEAR)) == 10
