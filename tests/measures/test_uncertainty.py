"""Rank intervals, tiers and lost marks: by hand, on noise and on planted structure."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis import names
from partnet_analysis.graph import kernels
from partnet_analysis.graph.network import Network
from partnet_analysis.measures.uncertainty import LOST_SHARES, MEASURES, missing_marks, rank_intervals
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, network_of, partnerships


def alike(seed: int = 3, n: int = 16) -> Network:
    """Lay out partners who all draw their meetings and contacts from one urn."""
    rng = np.random.default_rng(seed)
    meetings = [rng.choice(n, size=4, replace=False).tolist() for _ in range(30)]
    contacts = [tuple(rng.choice(n, size=2, replace=False).tolist()) for _ in range(30)]
    return network_of(n, meetings, contacts)


def planted() -> Network:
    """Lay out three partners who are in every meeting, and twelve who take turns."""
    rng = np.random.default_rng(1)
    return network_of(15, [[0, 1, 2, *rng.choice(np.arange(3, 15), size=2, replace=False).tolist()] for _ in range(60)])


@given(partnerships())
@settings(max_examples=10)
def test_ranks_agree_with_pandas_and_lie_in_their_intervals(records: Records) -> None:
    network = Network(records, YEAR)
    frame = rank_intervals(network, n_draws=5)

    degree = pd.Series(kernels.degree(network.edges), index=frame.index)
    assert frame["degree_rank"].to_list() == degree.rank(method="min", ascending=False).astype(int).to_list()
    for name in MEASURES:
        assert (frame[f"{name}_rank_low"] <= frame[f"{name}_rank"]).all()
        assert (frame[f"{name}_rank"] <= frame[f"{name}_rank_high"]).all()
    partners = frame.filter(like=names.WITHOUT_COORDINATORS)
    assert set(partners.index[partners.isna().any(axis=1)]) == set(records.coordinators)


@given(st.integers(0, 5))
@settings(max_examples=3)
def test_different_tiers_never_overlap(seed: int) -> None:
    frame = rank_intervals(alike(seed), n_draws=20)

    for _, one in frame.iterrows():
        for _, other in frame.iterrows():
            if one["strength_tier"] < other["strength_tier"]:
                assert one["strength_rank_high"] < other["strength_rank_low"]


def test_partners_who_are_alike_are_not_told_apart() -> None:
    frame = rank_intervals(alike(), n_draws=100)

    for name in MEASURES:
        assert frame[f"{name}_tier"].max() == 1
    width = frame["strength_rank_high"] - frame["strength_rank_low"]
    assert width.mean() > 6


def test_planted_centres_are_told_from_the_rest() -> None:
    frame = rank_intervals(planted(), n_draws=100)

    for name in ("strength", "eigenvector", "pagerank", "harmonic_closeness"):
        assert (frame[f"{name}_tier"] == 1).to_list() == [True] * 3 + [False] * 12
        assert frame[f"{name}_rank_high"].iloc[:3].max() <= 3


def test_the_same_seed_gives_the_same_intervals_and_another_others() -> None:
    once, again, other = (rank_intervals(alike(), n_draws=15, seed=seed) for seed in (1, 1, 2))

    pd.testing.assert_frame_equal(once, again)
    assert not once.equals(other)


def test_drawing_whole_series_widens_intervals() -> None:
    # Five series of six meetings each, always the same people: which series are drawn is what matters.
    rng = np.random.default_rng(0)
    groups = [rng.choice(12, size=4, replace=False).tolist() for _ in range(5)]
    network = network_of(
        12, [group for group in groups for _ in range(6)], series=[f"s{i}" for i in range(5) for _ in range(6)]
    )

    def width(frame: pd.DataFrame) -> float:
        return float((frame["strength_rank_high"] - frame["strength_rank_low"]).mean())

    assert width(rank_intervals(network, unit="series", n_draws=60)) > width(rank_intervals(network, n_draws=60))


def test_progress_counts_every_draw_once() -> None:
    seen: list[tuple[int, int]] = []
    rank_intervals(
        network_of(4, [[0, 1, 2, 3]], coordinators=[0]), n_draws=3, progress=lambda done, n: seen.append((done, n))
    )
    assert seen == [(number, 6) for number in range(1, 7)]

    seen.clear()
    missing_marks(network_of(4, [[0, 1, 2, 3]]), n_draws=2, progress=lambda done, n: seen.append((done, n)))
    assert seen == [(number, 6) for number in range(1, 7)]


def test_more_lost_marks_leave_less_of_the_top() -> None:
    kept = missing_marks(alike(n=30), n_draws=40)

    assert list(kept.index) == [(name, share) for share in LOST_SHARES for name in MEASURES]
    assert kept["top_kept"].between(kept["top_kept_low"], kept["top_kept_high"]).all()
    assert (kept["top_kept"].xs(0.05, level="share_lost") >= kept["top_kept"].xs(0.2, level="share_lost")).all()


def test_a_top_that_towers_survives() -> None:
    # Ten partners sit in all of forty meetings, twenty others in one each.
    network = network_of(30, [[*range(10), 10 + number % 20] for number in range(40)])

    assert missing_marks(network, n_draws=20)["top_kept"].xs(0.2, level="share_lost")["strength"] == 1


@pytest.mark.parametrize(
    "network",
    [
        network_of(1),
        network_of(3),
        network_of(3, [[0, 1, 2]], coordinators=[0, 1, 2]),
        network_of(3, contacts=[(0, 1), (0, 2)]),
    ],
    ids=["single actor", "nothing", "everybody coordinates", "contacts only"],
)
def test_degenerate_partnerships_have_a_row_for_everybody(network: Network) -> None:
    assert list(rank_intervals(network, n_draws=3).index) == list(network.actors["actor_id"])
    kept = missing_marks(network, n_draws=3)
    assert kept["top_kept"].isna().all() == kept["reason"].notna().all() == network.ties.empty
