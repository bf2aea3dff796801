"""Agreement of groupings, against igraph."""

from typing import Any

import igraph
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.graph.agreement import adjusted_rand, mutual_information

groupings = st.integers(1, 12).flatmap(
    lambda n: st.tuples(*(st.lists(st.integers(0, 3), min_size=n, max_size=n).map(np.array) for _ in range(2)))
)


@given(groupings)
def test_comparisons_agree_with_igraph(pair: tuple[Any, Any]) -> None:
    one, other = pair

    if len(one) > 1:
        expected = igraph.compare_communities(one.tolist(), other.tolist(), method="adjusted_rand")
        assert adjusted_rand(one, other) == pytest.approx(1 if np.isnan(expected) else expected, abs=1e-9)
    expected = igraph.compare_communities(one.tolist(), other.tolist(), method="nmi")
    assert mutual_information(one, other) == pytest.approx(expected, abs=1e-9)
