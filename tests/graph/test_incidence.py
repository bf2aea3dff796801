"""What is told without making the ties agrees with what the ties say."""

from dataclasses import fields

import igraph
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis.graph import incidence, kernels, pairs
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.ties import tie_table, tie_tables
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, partnerships


@given(partnerships())
@settings(max_examples=15)
def test_ties_are_the_same_however_little_memory_is_taken_at_a_time(records: Records) -> None:
    network = Network(records, YEAR)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "CHUNK", 1)
        little = tie_table(network.incidence)
        pieces = list(tie_tables(network.incidence))

    pd.testing.assert_frame_equal(little, network.ties)
    pd.testing.assert_frame_equal(pd.concat(pieces, ignore_index=True), network.ties)


@given(partnerships())
@settings(max_examples=15)
def test_ties_made_as_a_product_are_those_listed_one_by_one(records: Records) -> None:
    incidence = Network(records, YEAR, half_life_days=90).incidence
    listed = pairs.Chunk.joined(list(pairs.tied_pairs(incidence)))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "CHUNK", 1)
        made = {
            (int(i), int(j)): strength
            for block in pairs.tie_blocks(incidence)
            for i, j, strength in zip(block.i, block.j, block.strength, strict=True)
        }
        every_other = pairs.ties_of(incidence, listed.i[::2], listed.j[::2])

    assert list(made) == sorted(made, key=lambda ends: ends[0])
    assert made.keys() == set(zip(listed.i.tolist(), listed.j.tolist(), strict=True))
    np.testing.assert_allclose([made[ends] for ends in sorted(made)], listed.strength, rtol=1e-12)
    for field in fields(listed):
        np.testing.assert_array_equal(getattr(every_other, field.name), getattr(listed, field.name)[::2])


@given(partnerships())
@settings(max_examples=15)
def test_the_product_without_ties_is_that_of_the_matrix(records: Records) -> None:
    network = Network(records, YEAR, half_life_days=90)
    edges = network.edges
    values = np.random.default_rng(1).random(edges.n_actors)

    np.testing.assert_allclose(network.incidence.product(values), edges.strengths @ values, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(network.incidence.strength, kernels.strength(edges), rtol=1e-12, atol=1e-12)


@given(partnerships(), st.sampled_from([0, 8]))
@settings(max_examples=40)
def test_the_skeleton_holds_together_what_the_ties_hold_together(records: Records, many_pairs: int) -> None:
    network = Network(records, YEAR)
    edges = network.edges
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(incidence, "_MANY_PAIRS", many_pairs)
        source, target = network.incidence.sparse_certificate
    sparse_certificate = igraph.Graph(n=edges.n_actors, edges=np.column_stack([source, target]))

    assert many_pairs or len(source) <= 2 * (edges.n_actors - 1)
    assert sparse_certificate.connected_components().membership == edges.graph.connected_components().membership
    assert sorted(sparse_certificate.articulation_points()) == sorted(edges.graph.articulation_points())
    assert _ends(sparse_certificate, sparse_certificate.bridges()) == _ends(edges.graph, edges.graph.bridges())


def test_a_plenary_of_two_thousand_needs_no_two_million_pairs_to_be_held_together() -> None:
    ids = [f"a{number:04}" for number in range(2000)]
    plenary = Records.from_tables(
        actors=pd.DataFrame({"actor_id": ids, "name": ids, "kind": "organisation"}),
        meetings=pd.DataFrame({"meeting_id": ["plenary"], "day": [pd.Timestamp("2024-05-01")]}),
        attendance=pd.DataFrame({"meeting_id": "plenary", "actor_id": ids, "status": "present"}),
    )
    made = Network(plenary, YEAR).incidence

    assert made.n_pairs == 2000 * 1999 // 2
    assert len(made.sparse_certificate[0]) == 2000
    assert made.strength.tolist() == pytest.approx([1.0] * 2000)


def _ends(graph: igraph.Graph, edges: list[int]) -> set[tuple[int, int]]:
    return {tuple(sorted(graph.es[edge].tuple)) for edge in edges}
