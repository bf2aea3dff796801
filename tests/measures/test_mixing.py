"""Mixing of sectors: by hand, and adding up to the whole."""

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.mixing import sector_mixing
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, network_of, partnerships, real_network


def by_pair(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.set_index(["first", "second"])


def assert_agrees(network: Network) -> None:
    graph = network.to_networkx()
    sector = dict(network.actors.set_index("actor_id")["sector"].dropna())
    known = graph.subgraph(sector)
    nx.set_node_attributes(known, sector, "sector")
    matrix = nx.attribute_mixing_dict(known, "sector")
    for row in sector_mixing(network).to_dict("records"):
        expected = matrix.get(row["first"], {}).get(row["second"], 0)
        assert row["n_ties"] == (expected / 2 if row["first"] == row["second"] else expected)


@given(partnerships())
@settings(max_examples=15)
def test_ties_between_sectors_agree_with_networkx(records: Records) -> None:
    assert_agrees(Network(records, YEAR))


def test_real_ties_between_departments_agree_with_networkx() -> None:
    assert_agrees(real_network("invs13", None))


@given(partnerships())
@settings(max_examples=12)
def test_pairs_add_up(records: Records) -> None:
    frame = sector_mixing(Network(records, YEAR))

    n = records.actors["sector"].notna().sum()
    assert frame["n_pairs"].sum() == n * (n - 1) / 2
    assert frame["n_ties_expected"].sum() == pytest.approx(frame["n_ties"].sum())
    assert (frame["n_acquainted"] <= frame["n_pairs"]).all()
    assert frame["density"].isna().to_list() == (frame["n_pairs"] == 0).to_list()


def test_sectors_by_hand() -> None:
    sectors = ["Culture", "Culture", "Sport", None]
    network = network_of(4, [[0, 2], list(range(4))], [(0, 1)], sectors=sectors, coordinators=[1])
    frame = by_pair(sector_mixing(network))

    assert list(frame.index) == [("Culture", "Culture"), ("Culture", "Sport"), ("Sport", "Sport")]
    assert frame["n_pairs"].to_list() == [1, 2, 0]
    assert frame["n_ties"].to_list() == [1, 2, 0]
    # The meeting of four gives 1/3, that of two and the contact 1 each.
    assert frame["strength"].to_list() == pytest.approx([1 / 3 + 1, 2 / 3 + 1, 0])
    assert frame["n_ties_expected"].to_list() == pytest.approx([1, 2, 0])
    assert frame["n_pairs_without_coordinators"].to_list() == [0, 1, 0]
    assert frame["acquaintance_coverage"].to_list() == pytest.approx([1, 1, float("nan")], nan_ok=True)


def test_no_sector_and_nobody_leave_no_row() -> None:
    assert sector_mixing(network_of(2, [[0, 1]], sectors=[None, None])).empty
    assert len(sector_mixing(network_of(2, [[0, 1]], coordinators=[0, 1], sectors=["Sport", "Sport"]))) == 1
