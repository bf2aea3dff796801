"""The network rebuilt from its evidence."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from scipy import sparse

from partnet_analysis.graph import kernels
from partnet_analysis.graph.evidence import Evidence
from partnet_analysis.graph.network import Network
from partnet_analysis.records.tables import Records
from tests.partnerships import REAL_PERIODS, YEAR, network_of, partnerships, real_network


def counted_once(evidence: Evidence, presence: sparse.csr_array | None = None) -> kernels.EdgeArrays:
    met, contacted = (np.ones(len(weight), dtype=np.int64) for weight in (evidence.meeting_weight, evidence.contact_weight))
    return evidence.edges(n_times_met=met, n_times_contacted=contacted, presence=presence)


def assert_rebuilt(network: Network) -> None:
    evidence, whole = Evidence.of(network), network.edges
    rebuilt = counted_once(evidence)
    np.testing.assert_array_equal(rebuilt.source, whole.source)
    np.testing.assert_array_equal(rebuilt.target, whole.target)
    np.testing.assert_allclose(rebuilt.strength, whole.strength, rtol=1e-12)
    np.testing.assert_allclose(rebuilt.distance, whole.distance, rtol=1e-12)


@given(partnerships())
@settings(max_examples=12)
def test_counting_everything_once_gives_the_network_itself(records: Records) -> None:
    assert_rebuilt(Network(records, YEAR))
    assert_rebuilt(Network(records, YEAR, half_life_days=60))


@pytest.mark.parametrize(("name", "period"), REAL_PERIODS)
def test_real_networks_are_rebuilt(name: str, period: str | None) -> None:
    assert_rebuilt(real_network(name, period))


def test_a_meeting_counted_twice_weighs_twice_and_one_not_counted_not_at_all() -> None:
    evidence = Evidence.of(network_of(3, [[0, 1], [1, 2]], [(0, 2)]))

    edges = evidence.edges(n_times_met=np.array([2, 0]), n_times_contacted=np.array([3]))

    assert list(zip(edges.source, edges.target, edges.strength, strict=True)) == [(0, 1, 2), (0, 2, 3)]


def test_a_lost_mark_makes_the_meeting_smaller() -> None:
    evidence = Evidence.of(network_of(3, [[0, 1, 2]]))
    presence = sparse.csr_array(np.array([[1.0], [1.0], [0.0]]))

    edges = counted_once(evidence, presence)

    assert edges.strength.tolist() == [1]


def test_meetings_of_a_series_go_together_and_others_stand_alone() -> None:
    network = network_of(2, [[0, 1]] * 4, series=["Health", None, "Health", None])

    assert pd.Series(Evidence.of(network).series).to_list() == [0, 1, 0, 2]
