"""`Network`: the partnership's graph, two tidy tables and the records they come from."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

import networkx as nx
import numpy as np
import pandas as pd

from partnet_analysis.display import summary_html
from partnet_analysis.graph.incidence import Incidence, Integers, incidence
from partnet_analysis.graph.ties import labelled, tie_table
from partnet_analysis.periods import Period
from partnet_analysis.records.remembered import remembered
from partnet_analysis.records.tables import Records

if TYPE_CHECKING:
    from partnet_analysis.graph.kernels import Between, EdgeArrays, StreamingPass

    Graph = nx.Graph[str]
    DiGraph = nx.DiGraph[str]


@dataclass(frozen=True, eq=False)
class Network:
    """
    The partnership's graph over a period.

    Make one with `partnership_network`.

    Parameters
    ----------
    records
        The records of the period, already cut to it.
    period
        The period.
    half_life_days
        The half-life of meetings and contacts; None where all count alike.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> network = pn.network(pn.read("data/raw"), period=2025)
    >>> len(network.without_coordinators.actors) == len(network.actors) - 1
    True
    """

    records: Records
    period: Period
    half_life_days: float | None = None

    @property
    def actors(self) -> pd.DataFrame:
        """The roster, one row for each actor, tied or not, in roster order."""
        return self.records.actors

    @cached_property
    def ties(self) -> pd.DataFrame:
        """The ties, one row for each tied pair; columns `names.TIE_COLUMNS`, as `ties.tie_table` defines them."""
        return tie_table(self.incidence)

    @cached_property
    def main_ties(self) -> pd.DataFrame:
        """All ties where they are few enough to list; else those that a shortest path may take, the strongest."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (the engines take a moment)

        return (
            self.ties if kernels.ties_are_listed(self.incidence) else labelled(self.incidence, self.streaming_pass.main_ties)
        )

    @property
    def n_ties(self) -> int:
        """How many ties there are, listed or not."""
        return int(self.degree.sum()) // 2

    @cached_property
    def incidence(self) -> Incidence:
        """The meetings and contacts as arrays, of which the ties are made."""
        return incidence(self.records, as_of=self.period.end, half_life_days=self.half_life_days)

    @cached_property
    def edges(self) -> "EdgeArrays":
        """The ties as arrays, which is how the engines take them."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (the engines take a moment)

        return kernels.edges_of(self.incidence)

    @cached_property
    def path_edges(self) -> "EdgeArrays":
        """The ties by which paths are measured: all, or those that a shortest path may take."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (as above)

        return self.edges if kernels.ties_are_listed(self.incidence) else self.streaming_pass.shortest

    @cached_property
    def sparse_certificate(self) -> "EdgeArrays":
        """A few ties that hold the network together as all its ties do; what strength they have is not theirs."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (as above)

        return kernels.sparse_certificate(self.incidence)

    @cached_property
    def streaming_pass(self) -> "StreamingPass":
        """What every tie passing by once tells, where they are too many to list."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (as above)

        return kernels.streamed(self.incidence, self._sector)

    @cached_property
    def between_sectors(self) -> "Between":
        """The ties between sectors, the first being that of actors of unknown sector, the others in alphabetical order."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (as above)

        listed = kernels.ties_are_listed(self.incidence)
        return kernels.Between.of(self.edges, self._sector) if listed else self.streaming_pass.between

    @property
    def sectors(self) -> list[str]:
        """The sectors of the roster, in alphabetical order."""
        return sorted(self.actors["sector"].dropna().unique())

    @property
    def _sector(self) -> Integers:
        return pd.Index(self.sectors).get_indexer(pd.Index(self.actors["sector"])).astype(np.int64) + 1

    @cached_property
    def degree(self) -> pd.Series:
        """The number of ties of each actor, indexed by `actor_id`, in roster order."""
        from partnet_analysis.graph import kernels  # noqa: PLC0415 (as above)

        listed = kernels.ties_are_listed(self.incidence)
        degree = kernels.degree(self.edges) if listed else self.streaming_pass.degree
        return pd.Series(degree, index=self.incidence.ids, name="degree")

    def without(self, actor_ids: Collection[str]) -> Self:
        """
        Take actors out, of the meetings too.

        Parameters
        ----------
        actor_ids
            Who leaves.

        Returns
        -------
        network
            The network as if they had never been there: meetings they attended count fewer present.
        """
        return type(self)(self.records.without(actor_ids), self.period, self.half_life_days)

    @cached_property
    def without_coordinators(self) -> Self:
        """The network without its coordinators; the network itself where it has none."""
        return self.without(self.records.coordinators) if self.records.coordinators else self

    def to_networkx(self) -> "Graph":
        """
        Make the graph on which any networkx function works.

        Returns
        -------
        graph
            Undirected, a node for every actor of the roster in roster order with the roster's columns as attributes, an
            edge for every tie with the ties' columns; weights are `strength` for sums and `distance` for paths.
        """
        graph: Graph = nx.Graph(period=str(self.period))
        graph.add_nodes_from(_nodes(self))
        graph.add_edges_from((row["source_id"], row["target_id"], row) for row in _rows(self.ties))
        return graph

    def __repr__(self) -> str:
        """Say how large it is."""
        return f"<Network of {len(self.actors)} actors and {len(self.ties)} ties, {self.period}>"

    def _repr_html_(self) -> str:
        """Say the same in a notebook."""
        tied = {*self.ties["source_id"], *self.ties["target_id"]}
        rows = {"actors": len(self.actors), "of them without a tie": len(self.actors) - len(tied), "ties": len(self.ties)}
        coordinators = ", ".join(self.actors.loc[self.actors["is_coordinator"], "name"])
        return summary_html("Network", {"period": self.period, **rows, "coordinators": coordinators or "none"})


def partnership_network(records: Records, period: Period, *, half_life_days: float | None = None) -> Network:
    """
    Build the partnership's graph over a period.

    Parameters
    ----------
    records
        The records, at the level (organisations or persons) that the graph shall have.
    period
        The period; only what happened in it counts, but the whole roster stays.
    half_life_days
        Let meetings and contacts fade by half in so many days, counted back from the period's end; None: they do not.

    Returns
    -------
    network
        The network.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    ValueError
        If the half-life is not positive.
    """
    if half_life_days is not None and half_life_days <= 0:
        message = f"a half-life must be positive, not {half_life_days} days"
        raise ValueError(message)
    return Network(records.require_activity(period), period, half_life_days)


@remembered
def shared_network(records: Records, period: Period) -> Network:
    """
    Give the network that all measures of the same records and period share, so that its ties are made once.

    Parameters
    ----------
    records
        The records.
    period
        The period.

    Returns
    -------
    network
        As `partnership_network` gives it; the same one for as long as the records live. Nobody may change its tables.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    return partnership_network(records, period)


def contact_graph(network: Network) -> "DiGraph":
    """
    Make the directed graph of contacts.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    graph
        A node for every actor in roster order, an edge from each actor to each it reached out to, `n_contacts` counting
        how often.
    """
    graph: DiGraph = nx.DiGraph(period=str(network.period))
    graph.add_nodes_from(_nodes(network))
    counts = network.records.contacts.groupby(["source_id", "target_id"], as_index=False).agg(
        n_contacts=("contact_id", "size")
    )
    graph.add_edges_from((row["source_id"], row["target_id"], {"n_contacts": row["n_contacts"]}) for row in _rows(counts))
    return graph


def _nodes(network: Network) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((row["actor_id"], row) for row in _rows(network.actors))


def _rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(column): value for column, value in row.items()} for row in table.to_dict("records")]
