"""Ties worked out by hand on the smallest partnership."""

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.graph.network import contact_graph, partnership_network
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records


def tie(ties: pd.DataFrame, source: str, target: str) -> pd.Series:
    found = ties[(ties["source_id"] == source) & (ties["target_id"] == target)]
    assert len(found) == 1
    return found.iloc[0]


def test_co_presence_counts_each_meeting_by_its_size(records: Records, year: Period) -> None:
    ties = partnership_network(records, year).ties

    # Plenary of 5: 1/4; group-1 and group-3 of 3: 1/2 each; group-2 of 2: 1.
    assert tie(ties, "clinic", "school")["co_presence"] == pytest.approx(1 / 4 + 1 / 2 + 1 + 1 / 2)
    assert tie(ties, "library", "sports")["co_presence"] == pytest.approx(1 / 4)


def test_contacts_keep_their_direction(records: Records, year: Period) -> None:
    town = tie(partnership_network(records, year).ties, "clinic", "town")

    assert (town["contacts_out"], town["contacts_in"]) == (0, 2)
    assert town["strength"] == pytest.approx(town["co_presence"] + 2)
    assert town["distance"] == pytest.approx(1 / town["strength"])


def test_days_and_meetings_of_a_pair(records: Records, year: Period) -> None:
    pair = tie(partnership_network(records, year).ties, "clinic", "school")

    assert pair["n_meetings"] == 4
    assert (pair["first_day"], pair["last_day"]) == (pd.Timestamp("2024-01-10"), pd.Timestamp("2024-09-01"))


def test_strength_of_presence_is_the_number_of_meetings_in_company(records: Records, year: Period) -> None:
    graph = partnership_network(records, year).to_networkx()

    assert graph.degree("school", weight="co_presence") == pytest.approx(4)
    assert graph.degree("chess") == 0


def test_without_an_actor_meetings_shrink(records: Records, year: Period) -> None:
    ties = partnership_network(records, year).without_coordinators.ties

    assert tie(ties, "clinic", "school")["co_presence"] == pytest.approx(1 / 3 + 1 + 1 + 1)
    assert "town" not in set(ties["source_id"]) | set(ties["target_id"])


def test_half_life_halves_what_is_that_old(records: Records) -> None:
    period = Period.parse("2024-01-01..2024-07-01")
    faded = partnership_network(records, period, half_life_days=30).ties

    assert tie(faded, "clinic", "library")["contacts_out"] == pytest.approx(2 ** (-30 / 30))


def test_the_table_is_sorted_and_complete(records: Records, year: Period) -> None:
    ties = partnership_network(records, year).ties

    assert tuple(ties.columns) == names.TIE_COLUMNS
    assert (ties["source_id"] < ties["target_id"]).all()
    assert ties[["source_id", "target_id"]].apply(tuple, axis=1).is_monotonic_increasing


def test_contact_graph_counts_each_direction(records: Records, year: Period) -> None:
    graph = contact_graph(partnership_network(records, year))

    assert graph.edges["town", "clinic"]["n_contacts"] == 2
    assert not graph.has_edge("library", "clinic")
    assert set(graph) == set(records.actors["actor_id"])
