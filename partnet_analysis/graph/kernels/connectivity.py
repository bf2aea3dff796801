"""Components, and what would split them."""

import igraph
import numpy as np

from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.kernels.edges import EdgeArrays


def components(edges: EdgeArrays) -> Integers:
    """
    Label the components.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    component
        For each actor, 1 for the largest component and so on; components of one size in the order of their first actors.
    """
    return edges.component


def bridges(edges: EdgeArrays) -> Integers:
    """
    Find the ties whose loss would split a component.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    bridges
        Places in the table of ties, in its order.
    """
    return np.sort(np.asarray(edges.graph.bridges(), dtype=np.int64))


def cut_points(edges: EdgeArrays) -> Integers:
    """
    Find the actors whose loss would split a component.

    Parameters
    ----------
    edges
        The network.

    Returns
    -------
    cut_points
        Numbers of actors, in roster order.
    """
    return np.sort(np.asarray(edges.graph.articulation_points(), dtype=np.int64))


def n_cut_off_without_actor(edges: EdgeArrays, actor: int) -> int:
    """
    Count who would be cut off if an actor left.

    Parameters
    ----------
    edges
        The network.
    actor
        The actor's number.

    Returns
    -------
    n_cut_off
        How many others of its component would be outside the largest piece left of it.
    """
    graph = edges.graph
    part = graph.induced_subgraph([member for member in graph.subcomponent(actor) if member != actor])
    sizes = part.connected_components().sizes()
    return int(sum(sizes) - max(sizes, default=0))


def n_cut_off_without_tie(edges: EdgeArrays, tie: int) -> int:
    """
    Count who lies on the smaller side of a bridge.

    Parameters
    ----------
    edges
        The network.
    tie
        The tie's place.

    Returns
    -------
    n_cut_off
        The actors on its smaller side.
    """
    whole = len(edges.graph.subcomponent(int(edges.source[tie])))
    one_side = len((edges.graph - edges.graph.es[int(tie)]).subcomponent(int(edges.source[tie])))
    return min(one_side, whole - one_side)


def n_disjoint_paths(edges: EdgeArrays, starts: Integers, ends: Integers) -> int:
    """
    Count the paths between two groups that share no actor.

    Parameters
    ----------
    edges
        The network.
    starts
        The numbers of one group's actors.
    ends
        The numbers of the other's.

    Returns
    -------
    n_paths
        The most such paths, by Menger's theorem the fewest actors whose loss separates the groups.
    """
    n = edges.n_actors
    # Each actor is an entrance and an exit, joined by the one path that may pass: the largest flow counts the paths.
    actors, source, sink = np.arange(n), 2 * n, 2 * n + 1
    arcs = np.concatenate(
        [
            np.column_stack([actors, actors + n]),
            np.column_stack([edges.source + n, edges.target]),
            np.column_stack([edges.target + n, edges.source]),
            np.column_stack([np.full(len(starts), source), starts]),
            np.column_stack([ends + n, np.full(len(ends), sink)]),
        ]
    )
    flow = igraph.Graph(n=2 * n + 2, edges=arcs, directed=True)
    largest: float = flow.maxflow_value(source, sink, capacity=[1] * len(arcs))
    return round(largest)
