"""Partnerships for the tests of networks and measures: made up by Hypothesis, real, or spelled out; and exact references."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any

import networkx as nx
import pandas as pd
from hypothesis import strategies as st

from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from tests.skips import data_set

YEAR = Period.of_year(2024)
REAL_PERIODS = (
    ("nfdi", "2019"),
    ("nfdi", "2020"),
    ("nfdi", "2021"),
    ("invs13", None),
    ("toronto", "2023"),
    ("toronto", None),
)
SECTORS = ("Culture", "Health", "Sport")


def made_up(
    n_actors: int,
    meetings: Sequence[Sequence[int]] = (),
    contacts: Sequence[tuple[int, int]] = (),
    *,
    coordinators: Sequence[int] = (),
    sectors: Sequence[str | None] | None = None,
    **meeting_columns: Sequence[Any],
) -> Records:
    """Spell a partnership out in numbers: who sat in which meeting (ten days apart), who contacted whom (a day apart)."""
    ids = [f"a{number:03}" for number in range(n_actors)]
    actors = pd.DataFrame({"actor_id": ids, "name": ids, "kind": "organisation"})
    actors["is_coordinator"] = [number in coordinators for number in range(n_actors)]
    actors["sector"] = list(sectors) if sectors is not None else [SECTORS[number % 3] for number in range(n_actors)]
    start = date(2024, 1, 1)
    held = pd.DataFrame(
        {
            "meeting_id": [f"m{number:03}" for number in range(len(meetings))],
            "day": [str(start + timedelta(days=10 * number % 360)) for number in range(len(meetings))],
            **{column: list(values) for column, values in meeting_columns.items()},
        }
    )
    present = [
        (f"m{number:03}", ids[member], "present")
        for number, members in enumerate(meetings)
        for member in sorted(set(members))
    ]
    made = pd.DataFrame(
        [
            (f"c{number:03}", str(start + timedelta(days=number % 360)), ids[source], ids[target])
            for number, (source, target) in enumerate(contacts)
        ],
        columns=["contact_id", "day", "source_id", "target_id"],
    )
    return Records.from_tables(actors, held, pd.DataFrame(present, columns=["meeting_id", "actor_id", "status"]), made)


def network_of(
    n_actors: int,
    meetings: Sequence[Sequence[int]] = (),
    contacts: Sequence[tuple[int, int]] = (),
    **columns: Any,  # noqa: ANN401 (handed on to `made_up`)
) -> Network:
    """Build the network of a partnership spelled out in numbers, which may have no activity at all."""
    return Network(made_up(n_actors, meetings, contacts, **columns), YEAR)


@st.composite
def partnerships(draw: st.DrawFn, *, max_actors: int = 9, with_coordinators: bool = True) -> Records:
    """Draw partnerships with isolates, several components, and many paths of equal length."""
    n_actors = draw(st.integers(1, max_actors))
    numbers = st.integers(0, n_actors - 1)
    meetings = draw(st.lists(st.sets(numbers, max_size=5), max_size=6))
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1])
    contacts = draw(st.lists(pairs, max_size=14)) if n_actors > 1 else []
    coordinators = draw(st.sets(numbers, max_size=2)) if with_coordinators else set[int]()
    sectors = draw(st.lists(st.sampled_from([*SECTORS, None]), min_size=n_actors, max_size=n_actors))
    held = [sorted(members) for members in meetings]
    return made_up(n_actors, held, contacts, coordinators=sorted(coordinators), sectors=sectors)


def real_network(name: str, period: str | None) -> Network:
    """Read a published data set and build its network, or skip where it is not at hand."""
    records = real_records(name)
    span = records.span
    assert span is not None
    return partnership_network(records, Period.parse(period) if period else span)


def real_records(name: str) -> Records:
    tables = {path.stem: pd.read_csv(path, dtype=str) for path in sorted(data_set(name).glob("*.csv"))}
    if "attendance" in tables:
        present_first = tables["attendance"].sort_values("status", key=lambda status: status != "present", kind="stable")
        once = present_first.drop_duplicates(["meeting_id", "actor_id"])
        tables["attendance"] = once.assign(invited=once["invited"] == "true")
    return Records.from_tables(**tables)


def exact_strengths(records: Records) -> dict[tuple[str, str], Fraction]:
    """Add up every pair's strength exactly, pair by pair, straight from the definition."""
    present = records.attendance[records.attendance["status"] == "present"]
    strengths: dict[tuple[str, str], Fraction] = {}
    for _, group in present.groupby("meeting_id"):
        for pair in combinations(sorted(group["actor_id"]), 2):
            strengths[pair] = strengths.get(pair, Fraction(0)) + Fraction(1, len(group) - 1)
    for source, target in zip(records.contacts["source_id"], records.contacts["target_id"], strict=True):
        pair = (min(source, target), max(source, target))
        strengths[pair] = strengths.get(pair, Fraction(0)) + 1
    return strengths


def exact_graph(records: Records) -> "nx.Graph[str]":
    """Build the networkx graph whose distances are fractions, so that path lengths compare exactly."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(records.actors["actor_id"])
    for (source, target), strength in exact_strengths(records).items():
        graph.add_edge(source, target, strength=float(strength), exact=strength, distance=1 / strength)
    return graph


def cell(frame: pd.DataFrame, row: str, column: str) -> Any:  # noqa: ANN401 (a frame's cell may hold anything)
    """Look one value up."""
    return frame[column][row]


def keys(frame: pd.DataFrame, row: str, column: str = "reasons") -> list[str]:
    """Name the phrases that a row gives as reasons."""
    return [phrase.key for phrase in cell(frame, row, column)]
