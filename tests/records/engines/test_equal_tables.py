"""pandas and DuckDB, and the readers: equal tables of the same rows, faults included."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import networkx as nx
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from benchmarks.generated import generated_records
from partnet_analysis.config import Config
from partnet_analysis.graph.network import partnership_network
from partnet_analysis.names import TABLES
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.engines import measured
from partnet_analysis.records.engines.duck import Duck
from partnet_analysis.records.engines.engine import Engine, Lazy, Pandas
from partnet_analysis.records.engines.operator import pagerank
from partnet_analysis.records.engines.rollup import rolled_up
from partnet_analysis.records.engines.rules import as_records, validated
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from tests.records.engines.comparing import as_text, assert_as_read, assert_equal, in_one_form, results, spoiled, with_lines
from tests.skips import data_set

ROOT = Path(__file__).parents[3]
QUICKLY = (Phase.explicit, Phase.generate)
"""A failing table is small as it comes; making it smaller takes minutes."""


@given(st.integers(0, 10_000), st.integers(0, 60))
@settings(max_examples=4, phases=QUICKLY)
def test_spoiled_tables_give_what_the_readers_give(seed: int, n_faults: int) -> None:
    tables = spoiled(120, n_faults, seed)

    with TemporaryDirectory() as folder:
        assert_as_read(Pandas(), tables, Path(folder))
    with TemporaryDirectory() as folder:
        assert_as_read(Duck(), tables, Path(folder))


@given(st.integers(0, 10_000))
@settings(max_examples=2, phases=QUICKLY)
def test_pandas_and_duckdb_give_equal_tables(seed: int) -> None:
    tables = spoiled(200, 40, seed)

    assert_equal(results(Pandas(), tables), results(Duck(), tables))


def test_a_hundred_thousand_rows_give_equal_tables() -> None:
    tables = spoiled(100_000, 300, 7)

    assert_equal(results(Pandas(), tables), results(Duck(), tables))


@pytest.mark.parametrize("name", ["example", "nfdi", "invs13", "toronto"])
def test_real_records_give_what_the_readers_and_the_network_give(name: str) -> None:
    folder = ROOT / "data/raw" if name == "example" else data_set(name)
    records = read_folder(folder, Config.load(folder)).records
    whole = at_organisation_level(records)

    for engine in (Pandas(), Duck()):
        found = validated(engine, {name: engine.frame(table) for name, table in with_lines(as_text(records)).items()})
        for table in TABLES:
            pd.testing.assert_frame_equal(getattr(as_records(engine, found), table), getattr(records, table))
        up = rolled_up(engine, found.tables)
        _assert_like_the_network(engine, up, whole)


def _assert_like_the_network(engine: Engine, tables: Mapping[str, Lazy], records: Records) -> None:
    span = records.span
    assert span is not None
    network = partnership_network(records, span)
    ties = in_one_form(engine.collected(measured.ties(engine, tables)))
    pd.testing.assert_frame_equal(ties, in_one_form(network.ties), check_dtype=False, rtol=1e-12)
    strength = engine.collected(measured.strength(tables)).set_index("actor_id")["strength"].sort_index()
    ends = pd.concat([network.ties.set_index(end)["strength"] for end in ("source_id", "target_id")])
    summed = ends.groupby(level=0).sum().reindex(strength.index, fill_value=0)
    pd.testing.assert_series_equal(strength, summed, check_names=False, rtol=1e-9)


def test_load_counts_by_actor_and_month() -> None:
    records = generated_records(500, 20, 3)
    engine = Duck()
    found = validated(engine, {name: engine.frame(table) for name, table in with_lines(as_text(records)).items()})

    load = in_one_form(engine.collected(measured.load_by_month(found.tables)))

    met = records.attendance.merge(records.meetings[["meeting_id", "day"]])
    month = met["day"].dt.to_period("M").dt.to_timestamp()
    present = met.assign(month=month, came=met["status"] == "present").groupby(["actor_id", "month"])
    expected = pd.DataFrame({"n_invitations": present["invited"].sum(), "n_presences": present["came"].sum()})
    reached = records.contacts.assign(month=records.contacts["day"].dt.to_period("M").dt.to_timestamp())
    received = reached.groupby(["target_id", "month"]).size().rename_axis(["actor_id", "month"])
    whole = expected.join(received.rename("n_contacts_received"), how="outer").fillna(0).reset_index()
    pd.testing.assert_frame_equal(load, in_one_form(whole), check_dtype=False)


def test_pagerank_needs_no_ties() -> None:
    records = generated_records(600, 30, 5)
    span = records.span
    assert span is not None
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(records.actors["actor_id"])
    ties = partnership_network(records, span).ties
    graph.add_weighted_edges_from(ties[["source_id", "target_id", "strength"]].itertuples(index=False, name=None))

    for engine in (Pandas(), Duck()):
        found = validated(engine, {name: engine.frame(table) for name, table in with_lines(as_text(records)).items()})
        ranks = engine.collected(pagerank(engine, found.tables, n_steps=60)).set_index("actor_id")["pagerank"]
        assert ranks.to_dict() == pytest.approx(nx.pagerank(graph, weight="weight", tol=1e-12), abs=1e-9)


def test_who_was_never_seen_is_not_left_out() -> None:
    tables = {
        "actors": pd.DataFrame({"actor_id": ["a", "b", "c"], "name": ["A", "B", "C"], "kind": "organisation"}),
        "meetings": pd.DataFrame({"meeting_id": ["m"], "day": ["14/03/2024"]}),
        "attendance": pd.DataFrame(
            {"meeting_id": ["m", "m"], "actor_id": ["a", "b"], "invited": ["oui", "oui"], "status": ["p", "absent"]}
        ),
        "contacts": pd.DataFrame({"contact_id": ["k"], "day": ["2024-05-01"], "source_id": ["a"], "target_id": ["b"]}),
    }
    for engine in (Pandas(), Duck()):
        found = validated(engine, {name: engine.frame(table) for name, table in with_lines(tables).items()})

        seen = engine.collected(measured.last_seen(found.tables)).set_index("actor_id").sort_index()

        assert seen["n_invitations"].tolist() == [1, 1, 0]
        assert seen["n_presences"].tolist() == [1, 0, 0]
        assert seen["n_contacts"].tolist() == [1, 1, 0]
        assert [None if pd.isna(day) else day.date().isoformat() for day in seen["last_day"]] == [
            "2024-05-01",
            "2024-05-01",
            None,
        ]
