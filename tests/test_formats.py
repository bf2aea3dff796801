"""What other programs read back from our files is what we wrote."""

import csv
import functools
import io
import json
import os
from pathlib import Path

import igraph
import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from partnet_analysis.formats import FORMATS, export_files
from partnet_analysis.formats import tables as export_tables
from partnet_analysis.formats.cleaning import no_formula, one_line, unique
from partnet_analysis.formats.drawing import Drawing, drawing_of
from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from partnet_analysis.views.palette import rgb

N_NETWORKS = int(os.environ.get("PARTNET_ROUND_TRIPS", "30"))
"""How many random networks go through every format; each takes a tenth of a second."""

HOSTILE = [
    "=1+1",
    "@x",
    "'quoted'",
    '"',
    "\\",
    "a,b",
    "a b",
    "é\u00a0ï",
    "\x00",
    "\n",
    "\u2028",
    "\ufffe",
    "<b>&amp;</b>",
    "]]>",
]
texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
numbers = st.none() | st.floats(0, 1e9, allow_nan=False)
days = st.none() | st.dates(pd.Timestamp("2020-01-01").date(), pd.Timestamp("2030-12-31").date())


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Draw a network whose names, ids and sectors may be anything that a spreadsheet cell can hold."""
    # NumPy's fixed-width text forgets a NUL at the end; readers let none through.
    ids = draw(st.lists(texts.filter(lambda text: "\0" not in text), min_size=2, max_size=7, unique=True))
    actors = pd.DataFrame({"actor_id": ids, "name": [draw(texts) for _ in ids], "kind": "organisation"})
    actors["sector"] = [draw(st.none() | texts) for _ in ids]
    actors["is_coordinator"] = [draw(st.booleans()) for _ in ids]
    actors["capacity_hours_per_month"] = [draw(numbers) for _ in ids]
    actors["joined_on"] = pd.to_datetime(pd.Series([draw(days) for _ in ids]))
    groups = draw(st.lists(st.sets(st.sampled_from(ids)), max_size=4))
    day = [f"2024-0{month + 1}-15" for month in range(len(groups))]
    meetings = pd.DataFrame({"meeting_id": [str(number) for number in range(len(groups))], "day": day})
    present = [(str(number), actor, "present") for number, group in enumerate(groups) for actor in sorted(group)]
    pairs = draw(st.lists(st.tuples(*[st.sampled_from(ids)] * 2).filter(lambda pair: pair[0] != pair[1]), min_size=1))
    contacts = pd.DataFrame(pairs, columns=["source_id", "target_id"])
    contacts = contacts.assign(contact_id=[str(number) for number in range(len(pairs))], day="2024-09-01")
    attendance = pd.DataFrame(present, columns=["meeting_id", "actor_id", "status"])
    return partnership_network(Records.from_tables(actors, meetings, attendance, contacts), Period.of_year(2024))


@functools.lru_cache(maxsize=1)
def drawn_of(network: Network) -> Drawing:
    return drawing_of(network)


@settings(max_examples=N_NETWORKS)
@given(networks())
def test_every_format_gives_back_the_network(network: Network) -> None:
    files = export_files(network)

    check_graphml(network, files)
    check_gexf(network, files)
    check_gephi(network, files)
    check_kumu(network, files)
    check_pajek(network, files)
    check_ucinet(network, files)


def check_graphml(network: Network, files: dict[str, bytes]) -> None:
    drawn, graph = drawn_of(network), nx.read_graphml(io.BytesIO(files["network.graphml"]))
    assert list(graph) == list(drawn.ids)
    for node, known, look in zip(drawn.ids, drawn.nodes, drawn.look.itertuples(), strict=True):
        red, green, blue = rgb(str(look.colour))
        picture = {"x": look.x, "y": look.y, "size": look.size, "r": red, "g": green, "b": blue}
        assert graph.nodes[node] == {**known, **picture}
    for source, target, known in drawn.tied:
        assert graph.edges[source, target] == {**known, "weight": known["strength"]}
    assert graph.number_of_edges() == len(network.ties)


def check_gexf(network: Network, files: dict[str, bytes]) -> None:
    drawn, graph = drawn_of(network), nx.read_gexf(io.BytesIO(files["network.gexf"]), version="1.3")
    assert list(graph) == list(drawn.ids)
    for node, known, look in zip(drawn.ids, drawn.nodes, drawn.look.itertuples(), strict=True):
        read = dict(graph.nodes[node])
        assert read.pop("viz") == {
            "color": dict(zip("rgba", [*rgb(str(look.colour)), 1.0], strict=True)),
            "size": look.size,
            "position": {"x": look.x, "y": look.y, "z": 0.0},
        }
        assert read.pop("start", None) == known.get("joined_on")
        assert read == {"label": node, **known}
    for source, target, known in drawn.tied:
        read = dict(graph.edges[source, target])
        read.pop("id")
        spell = {"start": known["first_day"], "end": known["last_day"]}
        assert read == {**known, "weight": known["strength"], **spell}
    assert graph.number_of_edges() == len(network.ties)


def test_gexf_keeps_to_its_schema(records: Records, year: Period) -> None:
    network = partnership_network(records, year)
    loads = pd.DataFrame({"per_month": [1.5], "flag": ["usual"], "n": [3]}, index=["town"])

    read = etree.fromstring(export_files(network, ["gexf"], attributes=loads)["network.gexf"])

    etree.RelaxNG(etree.parse(Path(__file__).with_name("gexf.rng"))).assertValid(read)


def check_gephi(network: Network, files: dict[str, bytes]) -> None:
    drawn = drawn_of(network)
    nodes, edges = (rows_of(files[name]) for name in ("gephi-nodes.csv", "gephi-edges.csv"))
    assert [row["Id"] for row in nodes] == list(drawn.ids)
    assert [row["sector"] for row in nodes] == [known.get("sector", "") for known in drawn.nodes]
    assert [row["Label"] for row in nodes] == [known.get("label", "") for known in drawn.nodes]
    assert [(row["Source"], row["Target"]) for row in edges] == [(source, target) for source, target, _ in drawn.tied]
    for column in ("strength", "contacts_out", "contacts_in", "distance"):
        assert [float(row[column]) for row in edges] == network.ties[column].tolist()


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Read a table as a spreadsheet shows it: a first apostrophe only says that text follows."""
    rows = csv.DictReader(io.StringIO(content.decode(), newline=""))
    return [{name: value.removeprefix("'") for name, value in row.items()} for row in rows]


def check_kumu(network: Network, files: dict[str, bytes]) -> None:
    drawn, read = drawn_of(network), json.loads(files["network-kumu.json"])
    assert [element["id"] for element in read["elements"]] == list(drawn.ids)
    assert [element.get("sector") for element in read["elements"]] == [known.get("sector") for known in drawn.nodes]
    connections = [(row.pop("from"), row.pop("to"), row) for row in read["connections"]]
    assert connections == [(source, target, {"direction": "undirected", **known}) for source, target, known in drawn.tied]


def check_pajek(network: Network, files: dict[str, bytes]) -> None:
    rank = {actor_id: place for place, actor_id in enumerate(network.actors["actor_id"])}
    strength = nx.parse_pajek(files["network.net"].decode("utf-8-sig").splitlines())
    contacts = nx.parse_pajek(files["contacts.net"].decode("utf-8-sig").splitlines())
    place = {label: number for number, label in enumerate(strength)}
    assert strength.number_of_nodes() == len(rank)
    assert {frozenset((place[u], place[v])): known["weight"] for u, v, known in strength.edges(data=True)} == {
        frozenset((rank[tie.source_id], rank[tie.target_id])): tie.strength for tie in network.ties.itertuples()
    }
    assert {(place[u], place[v]): known["weight"] for u, v, known in contacts.edges(data=True)} == numbered_contacts(network)


def check_ucinet(network: Network, files: dict[str, bytes]) -> None:
    rank = {actor_id: place for place, actor_id in enumerate(network.actors["actor_id"])}
    strengths, contacts = (read_dl(files[name]) for name in ("network.dl", "contacts.dl"))
    ties = {(rank[tie.source_id], rank[tie.target_id]): tie.strength for tie in network.ties.itertuples()}
    assert strengths == pytest.approx(ties | {(target, source): value for (source, target), value in ties.items()})
    assert contacts == numbered_contacts(network)
    labels = [row["label"] for row in rows_of(files["ucinet-labels.csv"])]
    assert len({label.upper()[:18] for label in labels}) == len(rank)


def read_dl(content: bytes) -> dict[tuple[int, int], float]:
    """Read the DL language by hand, as its manual describes it."""
    head, _, data = content.decode().partition("data:\n")
    n, labels = head.split()[1], head.partition("labels:\n")[2].split("\n")[:-1]
    assert n == f"n={len(labels)}"
    rows = [line.split() for line in data.splitlines()]
    return {(int(i) - 1, int(j) - 1): float(value) for i, j, value in rows}


def numbered_contacts(network: Network) -> dict[tuple[int, int], float]:
    rank = {actor_id: place for place, actor_id in enumerate(network.actors["actor_id"])}
    counts: dict[tuple[int, int], float] = {}
    for contact in network.records.contacts.itertuples():
        pair = (rank[contact.source_id], rank[contact.target_id])
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def test_igraph_reads_what_networkx_wrote(records: Records, year: Period, tmp_path: Path) -> None:
    network = partnership_network(records, year)
    for name, content in export_files(network, ["graphml", "ucinet", "pajek"]).items():
        (tmp_path / name).write_bytes(content)

    graphml = igraph.Graph.Read_GraphML(str(tmp_path / "network.graphml"))
    assert sorted(graphml.es["weight"]) == pytest.approx(sorted(network.ties["strength"]))
    dl = igraph.Graph.Read_DL(str(tmp_path / "network.dl"), directed=True)
    assert dl.vs["name"] == ["chess", "clinic", "library", "school", "sports", "town"]
    assert dl.ecount() == 2 * len(network.ties)
    pajek = igraph.Graph.Read_Pajek(str(tmp_path / "contacts.net"))
    assert pajek.is_directed()
    assert sorted(pajek.es["weight"]) == [1.0, 1.0, 1.0, 2.0]


def test_the_direction_of_contacts_is_that_of_source_and_target(records: Records, year: Period) -> None:
    edges = rows_of(export_files(partnership_network(records, year), ["gephi"])["gephi-edges.csv"])
    clinic_town = next(row for row in edges if (row["Source"], row["Target"]) == ("clinic", "town"))

    assert (float(clinic_town["contacts_out"]), float(clinic_town["contacts_in"])) == (0.0, 2.0)


def test_who_has_no_tie_is_in_every_file(records: Records, year: Period) -> None:
    for name, content in export_files(partnership_network(records, year)).items():
        assert b"chess" in content.lower() or name == "gephi-edges.csv"


def test_the_same_network_gives_the_same_files_and_is_left_as_it_was(records: Records, year: Period) -> None:
    network = partnership_network(records, year)
    actors, ties = network.actors.copy(), network.ties.copy()

    first, second = export_files(network), export_files(network)

    assert first == second
    pd.testing.assert_frame_equal(network.actors, actors)
    pd.testing.assert_frame_equal(network.ties, ties)


def test_attributes_are_joined_by_id_and_become_plain_values(records: Records, year: Period) -> None:
    more = pd.DataFrame(
        {
            "asked": pd.array([3, None], dtype="Int64"),
            "rate": [float("inf"), 0.5],
            "seen_on": [pd.Timestamp("2024-05-20"), pd.NaT],
            "reasons": [(Phrase("cli.said.more", {"n": 3}), "x"), ()],
        },
        index=pd.Index(["town", "clinic"], name="actor_id"),
    )
    network = partnership_network(records, year)

    read = nx.read_graphml(io.BytesIO(export_files(network, ["graphml"], attributes=more)["network.graphml"]))

    assert {key: read.nodes["town"].get(str(key)) for key in more} == {
        "asked": 3,
        "rate": None,
        "seen_on": "2024-05-20",
        "reasons": "… and 3 more. · x",
    }
    assert {key: read.nodes["clinic"].get(str(key)) for key in more} == {
        "asked": None,
        "rate": 0.5,
        "seen_on": None,
        "reasons": None,
    }
    assert "asked" not in read.nodes["chess"]


def test_faulty_attributes_and_unknown_formats_are_refused(records: Records, year: Period) -> None:
    network = partnership_network(records, year)

    with pytest.raises(ValueError, match=r"unknown format 'xls'; the formats are graphml"):
        export_files(network, ["xls"])
    with pytest.raises(ValueError, match="rename sector"):
        export_files(network, attributes=pd.DataFrame({"sector": ["x"]}, index=["town"]))
    with pytest.raises(ValueError, match="index the frame by actor_id"):
        export_files(network, attributes=pd.DataFrame({"rate": [1.0]}))


def test_parquet_needs_its_extra_and_keeps_types(records: Records, year: Period, monkeypatch: pytest.MonkeyPatch) -> None:
    network = partnership_network(records, year)
    with monkeypatch.context() as without:
        without.setattr(export_tables, "find_spec", lambda _: None)
        with pytest.raises(ImportError, match=r"partnet_analysis\[parquet\]"):
            export_files(network, ["parquet"])
    written: list[pd.DataFrame] = []

    def keep(frame: pd.DataFrame, target: io.BytesIO, **_: object) -> None:
        written.append(frame)
        target.write(b"PAR1")

    monkeypatch.setattr(export_tables, "find_spec", lambda _: object())
    monkeypatch.setattr(pd.DataFrame, "to_parquet", keep)
    reasons = pd.DataFrame({"reasons": [(Phrase("cli.said.more", {"n": 3}),)]}, index=["town"])

    files = export_files(network, ["parquet"], attributes=reasons)

    assert set(files) == {"network-actors.parquet", "network-ties.parquet"}
    assert written[0].loc[5, "reasons"] == "… and 3 more."
    pd.testing.assert_frame_equal(written[1], network.ties)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_has_words(name: str) -> None:
    assert f"`{name}`" in str(export_files.__doc__)


@given(st.lists(st.text(max_size=30), unique=True), st.none() | st.integers(4, 18))
def test_identifiers_stay_apart_and_untouched_ones_stay_themselves(given_ids: list[str], longest: int | None) -> None:
    identifiers = unique(given_ids, one_line, longest=longest)

    assert len({text if longest is None else text.casefold() for text in identifiers}) == len(given_ids)
    assert all(identifiers)
    if longest is None:
        assert all(now == text for text, now in zip(given_ids, identifiers, strict=True) if text and one_line(text) == text)
    else:
        assert all(len(text) <= longest for text in identifiers)


@given(st.text())
def test_no_text_begins_a_formula_and_every_text_comes_back(text: str) -> None:
    clean = one_line(text)

    assert not no_formula(clean).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert no_formula(clean).removeprefix("'" if clean[:1] in tuple("=+-@'") else "") == clean
