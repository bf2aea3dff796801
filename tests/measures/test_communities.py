"""Communities: planted ones are found, noise is told from structure, comparisons agree with igraph's."""

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.communities import communities, community_figures
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, cell, keys, network_of, partnerships, real_network

Graph = Any


def two_groups(*, coordinators: tuple[int, ...] = ()) -> Network:
    """Lay out two groups of five that meet six times each, one contact across, and an actor who meets nobody."""
    meetings = [list(range(5))] * 6 + [list(range(5, 10))] * 6
    return network_of(
        11,
        meetings,
        [(0, 5)],
        coordinators=coordinators,
        sectors=["Health"] * 5 + ["Sport"] * 5 + ["Sport"],
        series=["Care"] * 6 + ["Play"] * 6,
        kind=["working_group"] * 12,
    )


def test_planted_groups_are_found_for_certain() -> None:
    frame = communities(two_groups())

    assert frame["community"].to_list() == [1] * 5 + [2] * 5 + [pd.NA]
    assert frame["certainty"].to_list()[:10] == [1] * 10
    assert keys(frame, "a010") == ["measures.no_tie"]


def test_planted_groups_are_explained_by_sectors_and_working_groups() -> None:
    figures = community_figures(two_groups())

    assert figures["value"].drop("modularity").to_list() == pytest.approx([2, 1, 1, 1])
    assert figures["reason"].isna().all()


@given(partnerships())
@settings(max_examples=12)
def test_modularity_agrees_with_networkx(records: Records) -> None:
    network = Network(records, YEAR)
    found = communities(network)["community"]
    value = cell(community_figures(network), "modularity", "value")

    if network.ties.empty:
        assert np.isnan(value)
        return
    graph: Graph = network.to_networkx()
    parts = [set(members.index) for _, members in found.groupby(found)] + [{actor} for actor in found.index[found.isna()]]
    assert value == pytest.approx(nx.community.modularity(graph, parts, weight="strength"), abs=1e-9)


def test_structure_is_stable_and_noise_is_not() -> None:
    rng = np.random.default_rng(0)
    noise = network_of(40, contacts=[(int(one), int(other)) for one, other in rng.integers(0, 40, (160, 2)) if one != other])

    assert cell(community_figures(noise), "stability", "value") < 0.8
    assert cell(community_figures(two_groups()), "stability", "value") == 1
    assert communities(noise)["certainty"].mean() < 0.9


def test_the_same_network_has_the_same_communities_whatever_was_drawn_before() -> None:
    import random  # noqa: PLC0415 (to disturb the generator that igraph falls back on)

    network = real_network("invs13", None)
    random.seed(1)
    once = communities(network)
    random.seed(2)

    pd.testing.assert_frame_equal(communities(network), once)


def test_coordinators_have_no_community_without_coordinators() -> None:
    frame = communities(two_groups(coordinators=(0,)))

    assert frame["community_without_coordinators"].to_list() == [pd.NA, *[2] * 4, *[1] * 5, pd.NA]
    assert keys(frame, "a000") == ["measures.is_coordinator"]


def test_the_group_attended_most_counts_and_all_series_where_none_is_a_working_group() -> None:
    # Everybody of the first pair goes to A twice and B once; the second pair to B only.
    network = network_of(4, [[0, 1], [0, 1], [0, 1, 2, 3], [2, 3]], series=["A", "A", "B", "B"])

    assert cell(community_figures(network), "nmi_group", "value") == pytest.approx(1)


def test_without_groups_sectors_or_ties_figures_say_why_they_are_missing() -> None:
    plain = community_figures(network_of(3, [[0, 1]], sectors=[None] * 3))
    nothing = community_figures(network_of(3))

    assert [cell(plain, figure, "reason").key for figure in ("nmi_sector", "nmi_group")] == [
        "measures.no_sector",
        "measures.no_group",
    ]
    assert nothing["value"].isna().all()
    assert communities(network_of(3))["community"].isna().all()
    assert len(communities(network_of(2, [[0, 1]], coordinators=[0, 1]))) == 2
