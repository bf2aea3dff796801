"""What the engines must not let show: which way they took."""

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import NoReturn

import networkx as nx
import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import sparse
from threadpoolctl import threadpool_info

from partnet_analysis.graph import kernels
from partnet_analysis.graph.kernels import EdgeArrays, sampling, spectral, ties
from partnet_analysis.graph.kernels import edges as edge_arrays
from partnet_analysis.graph.kernels.threads import threads_for
from partnet_analysis.graph.network import Network
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records


def ring(n: int, seed: int = 0) -> EdgeArrays:
    """Lay out a ring with chords of random strength."""
    rng = np.random.default_rng(seed)
    pairs = {(number, (number + 1) % n) for number in range(n)} | {tuple(rng.integers(0, n, 2)) for _ in range(10 * n)}
    ends = np.array(sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}), dtype=np.int64)
    strength = rng.integers(1, 5, len(ends)).astype(float)
    return EdgeArrays(pd.RangeIndex(n), ends[:, 0], ends[:, 1], strength, 1 / strength)


def test_leaving_detours_out_changes_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = ring(40)
    assert len(quick.shortest.source) < len(quick.source)

    found = kernels.betweenness(quick), kernels.harmonic_closeness(quick), quick.lengths
    monkeypatch.setattr(edge_arrays, "_MANY_TIES", 10_000)
    slow = ring(40)
    assert slow.shortest is slow

    np.testing.assert_allclose(found[0], kernels.betweenness(slow), atol=1e-12)
    np.testing.assert_allclose(found[1], kernels.harmonic_closeness(slow), rtol=1e-12)
    np.testing.assert_allclose(found[2], slow.lengths, rtol=1e-12)


def plenaries(seed: int) -> Records:
    """Twenty actors: two plenaries, and small meetings and contacts of half of the actors."""
    rng = np.random.default_rng(seed)
    ids = [f"a{number:02d}" for number in range(20)]
    sizes = [16, 12, *rng.integers(2, 4, 8)]
    came = [
        (f"m{number}", ids[actor])
        for number, size in enumerate(sizes)
        for actor in rng.choice(20 if size > 3 else 10, size, replace=False)
    ]
    two = [sorted(rng.choice(10, 2, replace=False)) for _ in range(4)]
    return Records.from_tables(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "organisation"}),
        meetings=pd.DataFrame({"meeting_id": [f"m{number}" for number in range(len(sizes))], "day": "2024-03-01"}),
        attendance=pd.DataFrame(came, columns=["meeting_id", "actor_id"]).assign(status="present"),
        contacts=pd.DataFrame(
            {
                "contact_id": [f"c{number}" for number in range(4)],
                "day": "2024-04-01",
                "source_id": [ids[one] for one, _ in two],
                "target_id": [ids[other] for _, other in two],
            }
        ),
    )


def graph_of_fractions(records: Records) -> "nx.Graph[str]":
    """Strengths as the definition has them, as exact fractions; distances their inverses."""
    strength: defaultdict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for _, present in records.attendance.groupby("meeting_id")["actor_id"]:
        for pair in combinations(sorted(present), 2):
            strength[pair] += Fraction(1, len(present) - 1)
    for one, other in zip(records.contacts["source_id"], records.contacts["target_id"], strict=True):
        strength[min(one, other), max(one, other)] += 1
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(records.actors["actor_id"])
    graph.add_edges_from((*pair, {"weight": 1 / value}) for pair, value in strength.items())
    return graph


def test_a_meeting_in_place_of_the_ties_that_it_alone_makes_changes_no_path(
    monkeypatch: pytest.MonkeyPatch, year: Period
) -> None:
    for name, value in (("_MANY_TIES", 0), ("_TOO_MANY_ACTORS", 0), ("_LARGE", 5)):
        monkeypatch.setattr(edge_arrays, name, value)
    n_in_place = 0
    for seed in range(40):
        records = plenaries(seed)
        edges, graph = Network(records, year).edges, graph_of_fractions(records)
        n_in_place += edges.roads.n_actors - edges.n_actors
        lengths = dict(nx.all_pairs_dijkstra_path_length(graph))
        near = [sum(1 / d for other, d in lengths[actor].items() if other != actor) / 19 for actor in graph]

        assert len(edges.roads.source) < len(edges.source)
        np.testing.assert_allclose(
            kernels.betweenness(edges), list(nx.betweenness_centrality(graph, weight="weight").values()), atol=1e-12
        )
        np.testing.assert_allclose(kernels.harmonic_closeness(edges), np.array(near, dtype=float), rtol=1e-12)
        np.testing.assert_allclose(kernels.efficiency_of(edges, np.arange(20)), np.array(near, dtype=float), rtol=1e-12)
    assert n_in_place > 40


def test_from_a_sample_meetings_in_place_of_ties_change_nothing_either(
    monkeypatch: pytest.MonkeyPatch, year: Period
) -> None:
    monkeypatch.setattr(edge_arrays, "_MANY_TIES", 0)
    monkeypatch.setattr(edge_arrays, "_TOO_MANY_ACTORS", 0)
    monkeypatch.setattr(sampling, "MOST_PATHS", -1)
    monkeypatch.setattr(sampling, "N_SOURCES", 7)
    ties = Network(plenaries(1), year).edges
    with monkeypatch.context() as patch:
        patch.setattr(edge_arrays, "_LARGE", 5)
        by_meetings = Network(plenaries(1), year).edges
        assert by_meetings.roads.n_actors > by_meetings.n_actors

    assert ties.roads.n_actors == ties.n_actors
    np.testing.assert_allclose(kernels.betweenness(by_meetings), kernels.betweenness(ties), atol=1e-12)
    np.testing.assert_allclose(kernels.harmonic_closeness(by_meetings), kernels.harmonic_closeness(ties), rtol=1e-12)


def test_pagerank_is_the_same_from_ties_and_from_presences(monkeypatch: pytest.MonkeyPatch, year: Period) -> None:
    from_ties = kernels.pagerank_of(Network(plenaries(2), year).edges)
    monkeypatch.setattr(spectral, "_MANY_TIES", 0)

    np.testing.assert_allclose(kernels.pagerank_of(Network(plenaries(2), year).edges), from_ties, rtol=1e-12)


def test_pagerank_is_the_same_where_conjugate_gradients_give_up(monkeypatch: pytest.MonkeyPatch, year: Period) -> None:
    solved = kernels.pagerank_without_ties(Network(plenaries(3), year).incidence)
    monkeypatch.setattr(sparse.linalg, "cg", lambda _, right, **__: (np.zeros_like(right), 1))

    np.testing.assert_allclose(kernels.pagerank_without_ties(Network(plenaries(3), year).incidence), solved, rtol=1e-12)


@pytest.mark.parametrize(
    "measure",
    [kernels.constraint, kernels.effective_size, kernels.clustering, kernels.coreness, kernels.transitivity],
)
def test_a_matrix_spelt_out_says_the_same(
    measure: Callable[[EdgeArrays], npt.NDArray[np.float64]], monkeypatch: pytest.MonkeyPatch
) -> None:
    spelt_out = measure(ring(40))
    monkeypatch.setattr(ties, "_SPELT_OUT_UP_TO", 0)

    np.testing.assert_allclose(measure(ring(40)), spelt_out, rtol=1e-12)


def test_pagerank_is_the_same_on_small_and_large_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    arcs = ring(40).strengths
    small = kernels.pagerank(arcs)
    monkeypatch.setattr(spectral, "_SMALL", 0)

    np.testing.assert_allclose(kernels.pagerank(arcs), small, rtol=1e-12)


def test_the_eigenvector_is_found_where_the_quick_method_does_not_converge(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = kernels.eigenvector(ring(40))

    def give_up(*_: object, **__: object) -> NoReturn:
        raise sparse.linalg.ArpackNoConvergence("too close", np.empty(0), np.empty((0, 0)))

    monkeypatch.setattr(sparse.linalg, "eigsh", give_up)

    np.testing.assert_allclose(kernels.eigenvector(ring(40)), quick, atol=1e-10)


def test_a_small_matrix_takes_one_thread_and_gives_the_others_back() -> None:
    blas = [library for library in threadpool_info() if library["user_api"] == "blas"]
    with threads_for(100):
        within = [library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"]
    after = [library for library in threadpool_info() if library["user_api"] == "blas"]

    assert within
    assert set(within) == {1}
    assert after == blas
    with threads_for(5000):
        assert [library for library in threadpool_info() if library["user_api"] == "blas"] == blas
