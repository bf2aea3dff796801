"""Brokerage roles: by hand, against a walk over all triples, and against every way to hand out the labels."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network, contact_graph
from partnet_analysis.measures.brokerage import ROLES, brokerage_roles, contact_brokerage_roles
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, cell, keys, network_of, partnerships, real_network

Arcs = set[tuple[str, str]]


def role_of(first: str, broker: str, last: str) -> str:
    if first == broker == last:
        return "coordinator"
    if first == last:
        return "itinerant"
    if broker == last:
        return "gatekeeper"
    return "representative" if first == broker else "liaison"


def counted(arcs: Arcs, group: dict[str, str]) -> dict[str, dict[str, int]]:
    """Walk over all triples of actors with a group."""
    roles = {actor: dict.fromkeys(ROLES, 0) for actor in group}
    for first, broker, last in permutations(group, 3):
        if (first, broker) in arcs and (broker, last) in arcs and (first, last) not in arcs:
            roles[broker][role_of(group[first], group[broker], group[last])] += 1
    return roles


def arcs_of(network: Network) -> Arcs:
    ties = network.ties
    there = set(zip(ties["source_id"], ties["target_id"], strict=True))
    return there | {(target, source) for source, target in there}


def groups_of(network: Network) -> dict[str, str]:
    return dict(network.actors.dropna(subset=["sector"]).set_index("actor_id")["sector"])


def assert_counts_agree(found: pd.DataFrame, arcs: Arcs, group: dict[str, str]) -> None:
    expected = pd.DataFrame.from_dict(counted(arcs, group), orient="index", columns=list(ROLES)).reindex(found.index)
    counts = found[[f"n_{role}" for role in ROLES]].set_axis(list(ROLES), axis="columns")
    pd.testing.assert_frame_equal(counts.astype(float), expected.astype(float), check_names=False)
    assert (found["n_brokered"].dropna() == counts.dropna().sum(axis=1)).all()


@given(partnerships())
@settings(max_examples=12)
def test_roles_are_those_of_all_triples(records: Records) -> None:
    network = Network(records, YEAR)
    group = groups_of(network)

    assert_counts_agree(brokerage_roles(network), arcs_of(network), group)
    assert_counts_agree(contact_brokerage_roles(network), set(contact_graph(network).edges), group)


def test_real_roles_are_those_of_all_triples() -> None:
    network = real_network("invs13", None)

    assert_counts_agree(brokerage_roles(network), arcs_of(network), groups_of(network))


@given(partnerships(max_actors=6, with_coordinators=False))
@settings(max_examples=15)
def test_expectation_and_deviation_are_those_of_all_labellings(records: Records) -> None:
    network = Network(records, YEAR)
    group = groups_of(network)
    arcs = set(contact_graph(network).edges)
    found = contact_brokerage_roles(network)

    ways = [counted(arcs, dict(zip(group, labels, strict=True))) for labels in permutations(group.values())]
    for actor in group:
        for role in ROLES:
            n = np.array([way[actor][role] for way in ways])
            assert cell(found, actor, f"n_{role}_expected") == pytest.approx(n.mean(), abs=1e-12)
            z = (cell(found, actor, f"n_{role}") - n.mean()) / n.std() if n.std() > 1e-12 else np.nan
            assert cell(found, actor, f"n_{role}_z") == pytest.approx(z, abs=1e-9, nan_ok=True)


def test_the_middle_of_a_star_brokers_every_pair_both_ways() -> None:
    roles = brokerage_roles(
        network_of(
            5, contacts=[(0, 1), (0, 2), (0, 3), (0, 4)], sectors=["Culture", "Culture", "Culture", "Sport", "Health"]
        )
    )

    # Pairs of others: one within culture, four of culture and another, one of sport and health; each twice.
    assert [cell(roles, "a000", f"n_{role}") for role in ROLES] == [2, 0, 4, 4, 2]
    # Labels: P(all culture) = 3·2·1/(5·4·3) of 12 triples.
    assert cell(roles, "a000", "n_coordinator_expected") == pytest.approx(12 / 10)
    assert keys(roles, "a001") == ["measures.brokers_nothing"]


def test_the_planted_broker_stands_out() -> None:
    # Two groups of four, tied within; one actor of the first joins the second group's members.
    within = [(one, other) for block in (range(4), range(4, 8)) for one in block for other in block if one < other]
    roles = brokerage_roles(network_of(8, contacts=[*within, (0, 4), (0, 5)], sectors=["Culture"] * 4 + ["Sport"] * 4))

    z = roles["n_gatekeeper_z"].astype(float)
    assert z["a000"] > 1
    assert z.idxmax() in {"a000", "a004", "a005"}


def test_who_has_no_group_is_left_aside_and_said_to_be() -> None:
    roles = brokerage_roles(network_of(3, contacts=[(0, 1), (1, 2)], sectors=["Sport", "Sport", None]))

    assert pd.isna(cell(roles, "a002", "n_brokered"))
    assert keys(roles, "a002") == ["measures.unknown_sector"]
    assert keys(brokerage_roles(network_of(2, contacts=[(0, 1)]), by="level"), "a000") == ["measures.unknown_level"]


def test_one_group_alone_has_no_deviation() -> None:
    roles = brokerage_roles(network_of(3, contacts=[(0, 1), (1, 2)], sectors=["Sport"] * 3))

    assert cell(roles, "a001", "n_coordinator") == cell(roles, "a001", "n_coordinator_expected") == 2
    assert keys(roles, "a001") == ["measures.no_other_way_to_label"]
