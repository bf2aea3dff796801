"""The questions that a frame answers."""

from numbers import Real
from typing import TYPE_CHECKING

import pandas as pd

from partnet_analysis.graph import network as networks
from partnet_analysis.graph.network import Network
from partnet_analysis.interface.arguments import AnyPeriod, period_of, require
from partnet_analysis.interface.docstrings import answers_as
from partnet_analysis.measures import centrality as centrality_measures
from partnet_analysis.measures import change as change_measures
from partnet_analysis.measures import cohesion as cohesion_measures
from partnet_analysis.measures import coordination as coordination_measures
from partnet_analysis.measures import isolation as isolation_measures
from partnet_analysis.measures import meetings as meeting_measures
from partnet_analysis.measures import solicitation as solicitation_measures
from partnet_analysis.records.tables import Records

if TYPE_CHECKING:
    import networkx as nx

    DiGraph = nx.DiGraph[str]


def network(records: Records, period: AnyPeriod = None, *, half_life_days: float | None = None) -> Network:
    """
    Build the partnership's graph over a period.

    Parameters
    ----------
    records
        The records, from `read`; their level (organisations or persons) is the graph's.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.
    half_life_days
        Let meetings and contacts fade by half in so many days, counted back from the period's end; by default they do not.

    Returns
    -------
    network
        Two tidy tables, `network.actors` and `network.ties`; `network.to_networkx()` gives the graph, every actor in it.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> network = pn.network(pn.read("data/raw"), period=2025)
    >>> network.ties.columns[:6].tolist()
    ['source_id', 'target_id', 'co_presence', 'contacts_out', 'contacts_in', 'strength']
    >>> graph = network.to_networkx()
    >>> len(graph) == len(network.actors)
    True
    """
    require(records, Records, "network")
    if not (half_life_days is None or isinstance(half_life_days, Real)):
        message = f"half_life_days is a number of days, not {half_life_days!r}; call pn.network(records, half_life_days=90)"
        raise TypeError(message)
    return networks.partnership_network(records, period_of(records, period, "network"), half_life_days=half_life_days)


@answers_as(networks.contact_graph)
def contact_graph(network: Network) -> "DiGraph":
    """
    Make the directed graph of contacts: who reached out to whom.

    Parameters
    ----------
    network
        The network, from `network`.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> graph = pn.contact_graph(pn.network(pn.read("data/raw"), period=2025))
    >>> graph.is_directed()
    True
    """
    require(network, Network, "contact_graph")
    return networks.contact_graph(network)


@answers_as(centrality_measures.centrality)
def centrality(network: Network) -> pd.DataFrame:
    """
    Tell who is central and who bridges, with and without the coordinators.

    Parameters
    ----------
    network
        The network, from `network`.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> centrality = pn.centrality(pn.network(pn.read("data/raw"), period=2025))
    >>> centrality["betweenness"].idxmax()
    'service-partenariats'
    """
    require(network, Network, "centrality")
    return centrality_measures.centrality(network)


@answers_as(cohesion_measures.cohesion)
def cohesion(network: Network) -> pd.DataFrame:
    """
    Tell how the partnership holds together, with and without the coordinators.

    Parameters
    ----------
    network
        The network, from `network`.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> cohesion = pn.cohesion(pn.network(pn.read("data/raw"), period=2025))
    >>> bool(cohesion.loc["density", "value"] > cohesion.loc["density", "value_without_coordinators"])
    True
    """
    require(network, Network, "cohesion")
    return cohesion_measures.cohesion(network)


@answers_as(solicitation_measures.solicitation_load)
def solicitation_load(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell how much each actor is asked for, and who should be spared.

    Parameters
    ----------
    records
        The records, from `read`.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> load = pn.solicitation_load(pn.read("data/raw"), period=2025)
    >>> to_spare = load[load["flag"] == "over_solicited"]
    >>> bool((to_spare["p_over"] >= 0.9).all())
    True
    """
    require(records, Records, "solicitation_load")
    return solicitation_measures.solicitation_load(records, period_of(records, period, "solicitation_load"))


@answers_as(isolation_measures.isolation)
def isolation(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell who is left out, in which way, and since when.

    Parameters
    ----------
    records
        The records, from `read`.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> isolation = pn.isolation(pn.read("data/raw"), period=2025)
    >>> bool(isolation["never_invited"].any())
    True
    """
    require(records, Records, "isolation")
    return isolation_measures.isolation(records, period_of(records, period, "isolation"))


@answers_as(coordination_measures.coordination)
def coordination(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell how far the partners act without the coordinators.

    Parameters
    ----------
    records
        The records, from `read`.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> coordination = pn.coordination(pn.read("data/raw"), period=2025)
    >>> bool(0 < coordination.loc["dependence_without_their_meetings", "value"] < 1)
    True
    """
    require(records, Records, "coordination")
    return coordination_measures.coordination(records, period_of(records, period, "coordination"))


@answers_as(coordination_measures.dependence)
def dependence(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell what would be left without the coordinators, and who would then stand alone.

    Parameters
    ----------
    records
        The records, from `read`.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> pn.dependence(pn.read("data/raw"), period=2025).index.tolist()
    ['whole', 'without_coordinators', 'without_their_meetings', 'contacts_only']
    """
    require(records, Records, "dependence")
    return coordination_measures.dependence(records, period_of(records, period, "dependence"))


@answers_as(meeting_measures.meeting_value)
def meetings(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell which meetings earn their cost.

    Parameters
    ----------
    records
        The records, from `read`, over their whole span: what came before tells which pairs are new.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> meetings = pn.meetings(pn.read("data/raw"), period=2025)
    >>> bool(meetings["redundancy"].dropna().between(0, 1).all())
    True
    """
    require(records, Records, "meetings")
    return meeting_measures.meeting_value(records, period_of(records, period, "meetings"))


@answers_as(meeting_measures.series_value)
def series(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell which working groups and cycles earn their cost.

    Parameters
    ----------
    records
        The records, from `read`, over their whole span: what came before tells which pairs are new.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> series = pn.series(pn.read("data/raw"), period=2025)
    >>> bool((series["n_meetings"] >= 1).all())
    True
    """
    require(records, Records, "series")
    return meeting_measures.series_value(records, period_of(records, period, "series"))


@answers_as(change_measures.change)
def change(records: Records, period: AnyPeriod = None) -> pd.DataFrame:
    """
    Tell what changed from the period before.

    Parameters
    ----------
    records
        The records, from `read`, over their whole span.
    period
        The period: a year, text, or a `Period`. The last calendar year that the records cover by default.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> change = pn.change(pn.read("data/raw"), period=2025)
    >>> bool(change.loc["n_ties", "value"] == change.loc["n_kept", "value"] + change.loc["n_born", "value"])
    True
    """
    require(records, Records, "change")
    return change_measures.change(records, period_of(records, period, "change"))
