"""Agreement with R's sna and igraph on published networks; skipped where R or one of them is not installed."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.brokerage import contact_brokerage_roles
from partnet_analysis.measures.centrality import centrality, unweighted_centrality
from partnet_analysis.measures.cohesion import cohesion
from partnet_analysis.measures.two_mode import two_mode_actors
from partnet_analysis.measures.weak_points import weak_points
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, real_network

SCRIPT = Path(__file__).with_name("oracle.R")


def florentine() -> Network:
    graph: Any = nx.florentine_families_graph()
    families = [*graph, "Pucci"]
    contacts = [(f"c{number:02}", "2024-01-01", *sorted(tie)) for number, tie in enumerate(graph.edges)]
    return Network(
        Records.from_tables(
            pd.DataFrame({"actor_id": families, "name": families, "kind": "organisation"}),
            contacts=pd.DataFrame(contacts, columns=["contact_id", "day", "source_id", "target_id"]),
        ),
        YEAR,
    )


def davis() -> Network:
    graph: Any = nx.davis_southern_women_graph()
    women = [node for node, mode in graph.nodes(data="bipartite") if mode == 0]
    events = [node for node, mode in graph.nodes(data="bipartite") if mode == 1]
    return Network(
        Records.from_tables(
            pd.DataFrame({"actor_id": women, "name": women, "kind": "person"}),
            pd.DataFrame({"meeting_id": events, "day": "2024-01-01"}),
            pd.DataFrame(
                [(event, woman, "present") for event in events for woman in graph[event]],
                columns=["meeting_id", "actor_id", "status"],
            ),
        ),
        YEAR,
    )


NETWORKS: dict[str, Callable[[], Network]] = {
    "Florentine families": florentine,
    "Davis women": davis,
    "nfdi 2019": lambda: real_network("nfdi", "2019"),
    "nfdi 2020": lambda: real_network("nfdi", "2020"),
    "nfdi 2021": lambda: real_network("nfdi", "2021"),
    "invs13": lambda: real_network("invs13", None),
    "toronto 2023": lambda: real_network("toronto", "2023"),
}


@pytest.fixture(scope="session")
def rscript() -> str:
    found = shutil.which("Rscript")
    if found is None:
        pytest.skip("R is not installed")
    packages = "q(status = !all(c('sna', 'igraph') %in% rownames(installed.packages())))"
    if subprocess.run([found, "-e", packages], check=False, capture_output=True).returncode:
        pytest.skip("R's sna and igraph are not installed")
    return found


@pytest.mark.parametrize("name", NETWORKS)
def test_values_are_those_of_r(name: str, rscript: str, tmp_path: Path) -> None:
    network = _in_groups(NETWORKS[name]())
    _write(network, tmp_path)

    subprocess.run([rscript, str(SCRIPT), str(tmp_path)], check=True, capture_output=True)

    values = pd.read_csv(tmp_path / "values.csv", dtype={"node": str})
    ours = _ours(network)
    for measure, said in values.groupby("measure"):
        expected = said.set_index("node")["value"]
        found = ours[str(measure)].reindex(expected.index).astype(float)
        difference = (found - expected).abs().max()
        print(f"{name}\t{measure}\t{len(expected)}\t{difference:.1e}")  # noqa: T201 (figures for whoever asks with -s)
        pd.testing.assert_series_equal(found, expected, rtol=1e-9, atol=1e-9, check_names=False)


def _in_groups(network: Network) -> Network:
    """Give actors whose publishers name no sector one of three, by their place in the roster: roles need groups."""
    sector = network.actors["sector"]
    given = pd.Series([f"group {place % 3}" for place in range(len(sector))], index=sector.index, dtype="str")
    return replace(network, records=replace(network.records, actors=network.actors.assign(sector=sector.fillna(given))))


def _write(network: Network, folder: Path) -> None:
    network.actors[["actor_id", "sector"]].set_axis(["node", "group"], axis="columns").fillna("").to_csv(
        folder / "nodes.csv", index=False
    )
    network.ties.rename(columns={"source_id": "source", "target_id": "target"}).to_csv(
        folder / "ties.csv", index=False, float_format="%.17g"
    )
    contacts = network.records.contacts[["source_id", "target_id"]].drop_duplicates()
    contacts.set_axis(["source", "target"], axis="columns").to_csv(folder / "arcs.csv", index=False)
    network.records.meetings[["meeting_id"]].set_axis(["meeting"], axis="columns").to_csv(
        folder / "meetings.csv", index=False
    )
    present = network.records.attendance.query("status == 'present'")[["meeting_id", "actor_id"]]
    held = present.set_axis(["meeting", "actor"], axis="columns")
    held.to_csv(folder / "present.csv", index=False)


def _ours(network: Network) -> dict[str, pd.Series]:
    weighed, counted, roles = centrality(network), unweighted_centrality(network), contact_brokerage_roles(network)
    modes = two_mode_actors(network)
    return {
        **{f"igraph {column}": weighed[column] for column in weighed},
        **{f"sna {column}": counted[column] for column in counted},
        **{f"sna {column}": roles[column] for column in roles},
        **{f"igraph two_mode_{column}": modes[column] for column in modes},
        "sna coreness": weighed["coreness"],
        "sna cut_points": weak_points(network)["is_cut_point"],
        "sna reciprocity": cohesion(network)["value"].rename({"reciprocity": "whole"}),
        "definition effective_size": weighed["effective_size"],
    }
