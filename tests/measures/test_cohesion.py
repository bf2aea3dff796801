"""Cohesion: worked by hand, and against networkx."""

from itertools import permutations

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network, contact_graph
from partnet_analysis.measures.cohesion import cohesion
from partnet_analysis.messages import Phrase, has
from partnet_analysis.records.tables import Records
from tests.partnerships import REAL_PERIODS, YEAR, cell, network_of, partnerships, real_network


def both(figures: pd.DataFrame, figure: str) -> list[float]:
    return [cell(figures, figure, column) for column in ("value", "value_without_coordinators")]


def assert_agrees(network: Network) -> None:
    value = cohesion(network)["value"]
    graph, arcs = network.to_networkx(), contact_graph(network)
    assert value["n_components"] == nx.number_connected_components(graph)
    assert value["share_in_main_component"] == max(map(len, nx.connected_components(graph))) / len(graph)
    assert value["n_bridges"] == len(list(nx.bridges(graph)))
    assert value["n_cut_points"] == len(list(nx.articulation_points(graph)))
    if len(graph) > 1:
        assert value["density"] == pytest.approx(nx.density(graph), abs=1e-12)
    if arcs.number_of_edges():
        assert value["reciprocity"] == pytest.approx(nx.overall_reciprocity(arcs), abs=1e-12)
    if max(dict(graph.degree()).values()) > 1:
        assert value["transitivity"] == pytest.approx(nx.transitivity(graph), abs=1e-12)


@pytest.mark.parametrize(("name", "period"), REAL_PERIODS)
def test_real_partnerships_agree_with_networkx(name: str, period: str | None) -> None:
    assert_agrees(real_network(name, period))


@given(partnerships())
@settings(max_examples=12)
def test_any_partnership_agrees_with_networkx(records: Records) -> None:
    assert_agrees(Network(records, YEAR))


@given(partnerships())
@settings(max_examples=12)
def test_what_is_missing_has_a_reason(records: Records) -> None:
    figures = cohesion(Network(records, YEAR))

    missing = figures[["value", "value_without_coordinators"]].isna().any(axis=1)
    assert [isinstance(reason, Phrase) for reason in figures["reason"]] == missing.to_list()
    assert all(has(language, reason.key) for reason in figures["reason"][missing] for language in ("fr", "en"))


def test_ties_between_sectors_weigh_against_ties_within() -> None:
    sectors = ["Culture", "Culture", "Sport", None]
    figures = cohesion(network_of(4, contacts=[(0, 1), (0, 2), (1, 2), (1, 2), (2, 3)], sectors=sectors))["value"]

    # Known sectors: one tie within (strength 1), two between (strengths 1 and 2).
    assert figures["e_i_index"] == pytest.approx((2 - 1) / 3)
    assert figures["e_i_index_by_strength"] == pytest.approx((3 - 1) / 4)


def test_a_partnership_that_hangs_on_its_coordinator_falls_apart_without_it() -> None:
    figures = cohesion(network_of(4, contacts=[(0, 1), (0, 2), (3, 0)], coordinators=[0]))

    assert both(figures, "n_components") == [1, 3]
    assert both(figures, "share_in_main_component") == [1, pytest.approx(1 / 3)]
    assert cell(figures, "n_cut_points", "value") == 1
    assert cell(figures, "reciprocity", "value") == 0
    assert pd.isna(cell(figures, "reciprocity", "value_without_coordinators"))
    assert cell(figures, "reciprocity", "reason") == Phrase(
        "measures.without_coordinators", {"reason": Phrase("measures.partner_contacts_unobserved")}
    )


def test_everybody_a_coordinator_leaves_nobody() -> None:
    figures = cohesion(network_of(2, [[0, 1]], coordinators=[0, 1]))

    assert both(figures, "n_actors") == [2, 0]
    assert cell(figures, "share_in_main_component", "reason") == Phrase(
        "measures.without_coordinators", {"reason": Phrase("measures.no_actor")}
    )
    assert both(figures, "density") == [1, pytest.approx(float("nan"), nan_ok=True)]


def test_unknown_sectors_leave_the_index_missing() -> None:
    nothing = cohesion(network_of(2, [[0, 1]], sectors=[None, None]))
    half = cohesion(network_of(2, [[0, 1]], sectors=["Sport", None]))

    assert cell(nothing, "e_i_index", "reason") == Phrase("measures.no_sector")
    assert cell(half, "e_i_index", "reason") == Phrase("measures.no_tie_between_known_sectors")


def test_homophily_is_told_from_chance() -> None:
    sectors = ["Culture"] * 5 + ["Sport"] * 5
    within = [(one, other) for block in (range(5), range(5, 10)) for one in block for other in block if one < other]
    planted = cohesion(network_of(10, contacts=[*within, (0, 5)], sectors=sectors))["value"]
    crossed = [(one, other) for one in range(10) for other in range(10) if (other - one) % 10 in {1, 2, 5}]
    mixed = cohesion(network_of(10, contacts=crossed, sectors=["Culture", "Sport"] * 5))["value"]

    # Two sectors of five: a pair is of one sector with chance 4/9.
    assert planted["e_i_expected"] == mixed["e_i_expected"] == pytest.approx(1 - 2 * 4 / 9)
    assert planted["e_i_p_value"] < 0.02
    assert mixed["e_i_p_value"] > 0.05


def test_the_p_value_is_that_of_all_labellings() -> None:
    sectors = ["Culture", "Culture", "Sport", "Sport", "Health", "Health"]
    contacts = [(0, 1), (2, 3), (0, 2), (4, 5), (3, 4)]
    value = cohesion(network_of(6, contacts=contacts, sectors=sectors))["value"]

    def index(labels: tuple[str, ...]) -> float:
        return sum(1 if labels[one] != labels[other] else -1 for one, other in contacts) / len(contacts)

    every = [index(labels) for labels in permutations(sectors)]
    assert value["e_i_expected"] == pytest.approx(sum(every) / len(every))
    far = abs(value["e_i_index"] - value["e_i_expected"])
    exact = sum(abs(one - value["e_i_expected"]) >= far - 1e-12 for one in every) / len(every)
    assert value["e_i_p_value"] == pytest.approx(exact, abs=0.03)


def test_acquaintance_takes_a_small_meeting_or_a_contact() -> None:
    # A hall of thirteen makes nobody acquainted; a group of three does, and a contact.
    figures = cohesion(network_of(14, [list(range(13)), [0, 1, 2]], [(3, 13)]))["value"]

    assert figures["acquaintance_coverage"] == pytest.approx(4 / (14 * 13 / 2))
