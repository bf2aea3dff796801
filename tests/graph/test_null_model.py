"""The model of chance: margins kept, closed forms, every outcome counted, and swaps that keep margins exactly."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from partnet_analysis.graph.null_model import Flags, Floats, chance_of_meeting_so_often, presence_chances

ALL = np.ones((8, 8), dtype=bool)


@given(arrays(bool, (6, 5)), arrays(bool, (6, 5)))
@settings(max_examples=12)
def test_chances_keep_every_margin_on_average(presence: Flags, possible: Flags) -> None:
    possible = possible | presence
    chances = presence_chances(presence, possible)

    np.testing.assert_allclose(chances.sum(axis=1), presence.sum(axis=1), atol=1e-6)
    np.testing.assert_allclose(chances.sum(axis=0), presence.sum(axis=0), atol=1e-6)
    assert (chances[~possible] == 0).all()
    assert ((chances >= 0) & (chances <= 1)).all()


def test_equal_margins_give_equal_chances() -> None:
    presence = np.eye(5, dtype=bool)

    np.testing.assert_allclose(presence_chances(presence, np.ones((5, 5), dtype=bool)), 1 / 5, atol=1e-9)


def test_who_came_to_everything_or_nothing_leaves_nothing_to_chance() -> None:
    presence = np.array([[1, 1, 1], [0, 0, 0], [1, 0, 0], [0, 1, 0]], dtype=bool)
    chances = presence_chances(presence, np.ones((4, 3), dtype=bool))

    # The third meeting holds the first actor alone and so nobody else; the others share two seats evenly.
    assert chances.round(9).tolist() == [[1, 1, 1], [0, 0, 0], [0.5, 0.5, 0], [0.5, 0.5, 0]]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.integers(0, 6))
def test_the_tail_counts_every_outcome(chances: list[float], n: int) -> None:
    def likelihood(outcome: tuple[int, ...]) -> float:
        return float(np.prod([p if won else 1 - p for p, won in zip(chances, outcome, strict=True)]))

    expected = sum(likelihood(outcome) for outcome in product((0, 1), repeat=len(chances)) if sum(outcome) >= n)
    found = chance_of_meeting_so_often(np.array([n]), np.array([chances]))

    assert found[0] == pytest.approx(expected, abs=1e-12)


def test_tiny_tails_keep_their_precision() -> None:
    found = chance_of_meeting_so_often(np.array([20]), np.full((1, 20), 1e-5))

    assert found[0] == pytest.approx(1e-100, rel=1e-9, abs=0)


def swapped(presence: Flags, rng: np.random.Generator, n_trades: int) -> Flags:
    """Trade meetings between two actors at a time: every actor and every meeting keeps its number (Strona et al. 2014)."""
    traded = presence.copy()
    for _ in range(n_trades):
        one, other = rng.choice(len(traded), size=2, replace=False)
        free = np.flatnonzero(traded[one] != traded[other])
        given = rng.permutation(free)[: traded[one, free].sum()]
        traded[one, free], traded[other, free] = False, True
        traded[one, given], traded[other, given] = True, False
    return traded


def test_swaps_that_keep_margins_exactly_say_much_the_same() -> None:
    rng = np.random.default_rng(5)
    presence = rng.random((14, 24)) < rng.uniform(0.1, 0.6, (14, 1))
    first, second = np.triu_indices(14, k=1)

    def shared(cells: Flags) -> Floats:
        return np.asarray((cells[first] & cells[second]).sum(axis=1), dtype=float)

    chances = presence_chances(presence, np.ones_like(presence))
    analytic = chance_of_meeting_so_often(shared(presence).astype(np.int64), chances[first] * chances[second])
    at_least = np.zeros(len(first))
    current = swapped(presence, rng, 200)
    for _ in range(600):
        current = swapped(current, rng, 20)
        at_least += shared(current) >= shared(presence)

    by_swaps = at_least / 600
    assert np.corrcoef(analytic, by_swaps)[0, 1] > 0.98
    # Margins kept only on average leave chance more room: the analytic model is the more careful of the two.
    assert np.abs(analytic - by_swaps).mean() < 0.1
    assert (analytic - by_swaps)[by_swaps < 0.3].mean() > 0
