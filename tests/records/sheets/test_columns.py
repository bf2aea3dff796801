"""Roles are given to columns so that all of them together fit best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from partnet_analysis.records.sheets.columns import assigned

_SCORES = st.integers(1, 5).flatmap(
    lambda n_roles: st.lists(
        st.lists(st.sampled_from([0.0, 0.0, 0.1, 0.25, 1 / 3, 0.7, 1.06]), min_size=n_roles, max_size=n_roles),
        min_size=1,
        max_size=6,
    )
)


@given(scores=_SCORES)
def test_the_total_is_that_of_a_solver(scores: list[list[float]]) -> None:
    roles = [f"role {number}" for number in range(len(scores[0]))]

    chosen = assigned(range(len(scores)), roles, dict(enumerate(scores)))

    rows, columns = linear_sum_assignment(np.array(scores), maximize=True)
    assert len(set(chosen.values())) == len(chosen)
    total = sum(scores[place][roles.index(role)] for place, role in chosen.items())
    assert total == pytest.approx(np.array(scores)[rows, columns].sum(), abs=1e-6)


def test_of_equal_totals_the_column_to_the_left_has_what_it_fits_best() -> None:
    scores = {1: [1.598, 1.218], 3: [1.094, 0.714]}

    assert assigned([1, 3], ["person", "target"], scores) == {1: "person", 3: "target"}
