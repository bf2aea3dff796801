"""What is measured without a list of ties, or from a sample, against what is measured whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from benchmarks.generated import generated_records
from partnet_analysis.graph import kernels
from partnet_analysis.graph.kernels import edges as edge_arrays
from partnet_analysis.graph.kernels import sampling
from partnet_analysis.graph.kernels.edges import EdgeArrays
from partnet_analysis.graph.network import Network
from partnet_analysis.measures.centrality import centrality
from partnet_analysis.measures.precision import precision
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from tests.partnerships import REAL_PERIODS, YEAR, keys, partnerships, real_network

MEASURED = ["degree", "strength", "betweenness", "harmonic_closeness", "pagerank", "component"]
NOT_MEASURED = ["constraint", "effective_size", "clustering", "coreness"]


@contextmanager
def taken_as_large() -> Iterator[None]:
    """Let no network be small enough to list its ties."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "MOST_PAIRS", -1)
        yield


def again(network: Network) -> Network:
    """Forget what was worked out about a network."""
    return Network(network.records, network.period, network.half_life_days)


@given(partnerships())
@settings(max_examples=20)
def test_without_a_list_of_ties_the_values_are_the_same(records: Records) -> None:
    network = Network(records, YEAR)
    listed = centrality(network)
    with taken_as_large():
        streamed = centrality(again(network))

    both = [f"{measure}{suffix}" for measure in MEASURED for suffix in ("", "_without_coordinators")]
    pd.testing.assert_frame_equal(streamed[both], listed[both], rtol=1e-9, atol=1e-12, check_dtype=False)


@pytest.mark.parametrize(("name", "period"), REAL_PERIODS)
def test_so_they_are_on_real_networks(name: str, period: str | None) -> None:
    network = real_network(name, period)
    listed = centrality(network)
    with taken_as_large():
        streamed = centrality(again(network))

    columns = [*MEASURED, "eigenvector"]
    pd.testing.assert_frame_equal(streamed[columns], listed[columns], rtol=1e-8, atol=1e-9, check_dtype=False)
    assert streamed[NOT_MEASURED].isna().all(axis=None)
    assert "measures.too_many_ties" in keys(streamed, streamed.index[0])


def test_ties_left_out_as_detours_change_no_betweenness() -> None:
    """Two hundred random networks; the reference adds fractions, and looks at every tie."""
    rng = np.random.default_rng(5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edge_arrays, "_MANY_TIES", 0)
        patch.setattr(edge_arrays, "_TOO_MANY_ACTORS", 0)
        n_left_out = 0
        for _ in range(200):
            n = int(rng.integers(4, 13))
            strength = {
                pair: Fraction(int(rng.integers(1, 40)), int(rng.integers(1, 9)))
                for pair in combinations(range(n), 2)
                if rng.random() < 0.7
            }
            edges = laid_out(n, strength)
            n_left_out += len(edges.source) - len(edges.shortest.source)
            graph: Any = nx.Graph()
            graph.add_nodes_from(range(n))
            graph.add_weighted_edges_from((i, j, 1 / value) for (i, j), value in strength.items())
            exact = nx.betweenness_centrality(graph, weight="weight")

            np.testing.assert_allclose(kernels.betweenness(edges), list(exact.values()), atol=1e-12)
    assert n_left_out > 1000


def test_the_stated_margin_holds_on_twenty_networks() -> None:
    rng = np.random.default_rng(6)
    with pytest.MonkeyPatch.context() as patch:
        for seed in range(20):
            n = int(rng.integers(150, 400))
            network = Network(generated_records(6 * n, n, seed), Period.of_year(2024))
            edges = network.edges
            patch.setattr(sampling, "MOST_PATHS", 10**12)
            exact, near = kernels.betweenness(edges), kernels.harmonic_closeness(edges)
            strongest = edges.strengths.max(axis=1).toarray().ravel()
            patch.setattr(sampling, "MOST_PATHS", -1)
            patch.setattr(sampling, "N_SOURCES", 64)
            margin = kernels.margin(64, n)
            off = np.abs(kernels.betweenness(edges) - exact)

            assert 0 < off.max() <= margin
            assert (np.abs(kernels.harmonic_closeness(edges) - near) <= margin * strongest + 1e-12).all()


def test_a_sample_of_all_is_no_estimate() -> None:
    assert kernels.margin(40, 40) == 0
    assert kernels.standard_error(np.array([1.0, 2.0]), 2) == 0


def test_the_margin_by_hand() -> None:
    # n = 1000, k = 100: ρ = 0.9 · 1.01; √(0.909 · ln(2000/0.05) / 200).
    assert kernels.margin(100, 1000) == pytest.approx(np.sqrt(0.909 * np.log(40_000) / 200))


def test_a_town_is_measured_exactly_and_a_nation_is_told_not_to_be() -> None:
    network = real_network("nfdi", None)
    assert precision(network).empty

    with taken_as_large(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "MOST_PATHS", -1)
        patch.setattr(sampling, "N_SOURCES", 10)
        told = precision(again(network))

    assert told["way"].value_counts().to_dict() == {"not_measured": 7, "sampled": 3}
    assert (told.loc[told["way"] == "sampled", "margin"] > 0).all()
    assert told.loc["betweenness", "n_sources"] == 10


def laid_out(n: int, strength: dict[tuple[int, int], Fraction]) -> EdgeArrays:
    ends = np.array(list(strength), dtype=np.int64).reshape(-1, 2)
    values = np.array([float(value) for value in strength.values()])
    return EdgeArrays(pd.RangeIndex(n), ends[:, 0], ends[:, 1], values, 1 / values)
