"""What the engines must not let show: which way they took."""

from collections.abc import Callable
from typing import NoReturn

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from scipy import sparse

from partnet_analysis.network import kernels
from partnet_analysis.network.kernels import Layout, layouts, spectral, ties


def ring(n: int, seed: int = 0) -> Layout:
    """Lay out a ring with chords of random strength."""
    rng = np.random.default_rng(seed)
    pairs = {(number, (number + 1) % n) for number in range(n)} | {tuple(rng.integers(0, n, 2)) for _ in range(10 * n)}
    ends = np.array(sorted({(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}), dtype=np.int64)
    strength = rng.integers(1, 5, len(ends)).astype(float)
    return Layout(pd.RangeIndex(n), ends[:, 0], ends[:, 1], strength, 1 / strength)


def test_leaving_detours_out_changes_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = ring(40)
    assert len(quick.shortest.source) < len(quick.source)

    found = kernels.betweenness(quick), kernels.harmonic_closeness(quick), quick.lengths
    monkeypatch.setattr(layouts, "_MANY_TIES", 10_000)
    slow = ring(40)
    assert slow.shortest is slow

    np.testing.assert_allclose(found[0], kernels.betweenness(slow), atol=1e-12)
    np.testing.assert_allclose(found[1], kernels.harmonic_closeness(slow), rtol=1e-12)
    np.testing.assert_allclose(found[2], slow.lengths, rtol=1e-12)


@pytest.mark.parametrize("measure", [kernels.constraint, kernels.effective_size, kernels.clustering])
def test_a_matrix_spelt_out_says_the_same(
    measure: Callable[[Layout], npt.NDArray[np.float64]], monkeypatch: pytest.MonkeyPatch
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
