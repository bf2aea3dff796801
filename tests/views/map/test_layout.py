"""Where actors stand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis.views.map.layout import ASPECT, positions
from partnet_analysis.views.map.separation import apart, label_width, labels_apart


def ring(n: int) -> pd.DataFrame:
    """Tie each of n actors to the next."""
    pairs = [sorted((f"a{i}", f"a{(i + 1) % n}")) for i in range(n)]
    return pd.DataFrame(pairs, columns=["source_id", "target_id"]).assign(strength=1.0)


def placed(n: int, *, sectors: int = 3, hubs: tuple[str, ...] = ()) -> pd.DataFrame:
    ids = [f"a{i}" for i in range(n)]
    groups = pd.Series([f"s{i % sectors}" for i in range(n)], index=ids)
    return positions(ids, ring(n), groups=groups, hubs=hubs, names=["Maison du Port"] * n)


def test_everybody_has_a_place_and_no_two_share_one() -> None:
    at = placed(40, hubs=("a0",))

    assert at.index.tolist() == [f"a{i}" for i in range(40)]
    assert not at.isna().to_numpy().any()
    assert len(at.drop_duplicates()) == 40


def test_a_lone_coordinator_stands_at_the_centre() -> None:
    assert placed(20, hubs=("a0",)).to_numpy()[0].tolist() == [0.0, 0.0]


def test_several_coordinators_stand_side_by_side() -> None:
    at = placed(20, hubs=("a0", "a1"))

    assert at.loc[["a0", "a1"], "x"].sum() == 0
    assert at.loc[["a0", "a1"], "x"].nunique() == 2
    assert at.loc[["a0", "a1"], "y"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("n", [73, 300, 600])
def test_the_picture_has_the_proportions_of_a_screen(n: int) -> None:
    width, height = np.ptp(placed(n, sectors=8, hubs=("a0",)).to_numpy(), axis=0)

    assert width / height == pytest.approx(ASPECT, rel=0.05)


def test_sectors_stand_together() -> None:
    ids, sector = [f"a{i}" for i in range(60)], np.arange(60) // 20
    groups = pd.Series(sector.astype(str), index=ids)
    at = positions(ids, ring(60), groups=groups, hubs=(), names=["Maison du Port"] * 60)
    homes = at.groupby(sector).transform("mean")

    to_own = np.hypot(*(at - homes).to_numpy().T).mean()
    to_all = np.hypot(*(at - at.mean()).to_numpy().T).mean()
    assert to_own < 0.7 * to_all


def test_partners_stand_nearer_than_strangers() -> None:
    halves = pd.DataFrame(
        [(f"a{i}", f"a{j}") for i in range(20) for j in range(i + 1, 20) if (i < 10) == (j < 10)],
        columns=["source_id", "target_id"],
    ).assign(strength=1.0)
    ids = [f"a{i}" for i in range(20)]
    at = positions(ids, halves, groups=pd.Series(None, index=ids, dtype="str"), hubs=(), names=ids).to_numpy()

    distance = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    same = np.equal.outer(np.arange(20) < 10, np.arange(20) < 10)
    assert distance[same].mean() < 0.7 * distance[~same].mean()


def test_the_same_ties_give_the_same_places() -> None:
    assert placed(80).equals(placed(80))


def test_nothing_given_is_changed() -> None:
    ties = ring(12)
    before = ties.copy()
    positions([f"a{i}" for i in range(12)], ties, groups=pd.Series(dtype="str"), hubs=(), names=["x"] * 12)

    assert ties.equals(before)


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anybody_is_no_fault(n: int) -> None:
    ids = [f"a{i}" for i in range(n)]
    none = pd.DataFrame({"source_id": [], "target_id": [], "strength": []}).astype({"source_id": "str", "target_id": "str"})

    assert len(positions(ids, none, groups=pd.Series(dtype="str"), hubs=(), names=ids)) == n


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=25, unique=True))
def test_circles_end_apart(points: list[tuple[float, float]]) -> None:
    radii = np.full(len(points), 5.0)
    xy = np.array(points) + 1e-3 * np.arange(len(points))[:, None]
    moved = apart(xy, radii)
    gaps = np.hypot(*(moved[:, None] - moved[None]).transpose(2, 0, 1)) + 1e9 * np.eye(len(points))

    assert gaps.min() >= 10


def test_what_is_fixed_stays() -> None:
    moved = apart(np.array([[0.0, 0.0], [1.0, 0.0]]), np.full(2, 5.0), fixed=np.array([0]))

    assert moved[0].tolist() == [0.0, 0.0]
    assert moved[1, 0] >= 10


def test_names_are_given_room() -> None:
    xy = np.array([[0.0, 0.0], [30.0, 2.0]])
    moved = labels_apart(xy, np.full(2, 10.0), ["Centre social", "Médiathèque"])
    half = (label_width("Centre social") + label_width("Médiathèque")) / 2

    assert abs(moved[0, 0] - moved[1, 0]) > half or abs(moved[0, 1] - moved[1, 1]) > 30
