"""GraphML and GEXF, which networkx, igraph, Gephi, yEd, Cytoscape and R read back."""

import re
from typing import TYPE_CHECKING, Any, Final

import networkx as nx

from partnet_analysis.formats.drawing import Drawing
from partnet_analysis.views.palette import rgb

if TYPE_CHECKING:
    Graph = nx.Graph[str]

_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_UNWANTED: Final = re.compile(
    r' lastmodifieddate="[^"]*"|(?<=<graph defaultedgetype="undirected" mode="dynamic") name="[^"]*"'
)


def graphml_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write GraphML.

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `network.graphml`: every actor and tie with what is known of it; `x`, `y`, `size`, `r`, `g`, `b` as Gephi and
        Cytoscape read them; `weight` is the strength.
    """
    graph = _graph(drawn)
    for row, node in zip(drawn.look.itertuples(), graph, strict=True):
        red, green, blue = rgb(str(row.colour))
        graph.nodes[node].update(x=row.x, y=row.y, size=row.size, r=red, g=green, b=blue)
    lines = nx.generate_graphml(graph, named_key_ids=True)
    return {"network.graphml": (_DECLARATION + "\n".join(lines) + "\n").encode()}


def gexf_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write GEXF 1.3.

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `network.gexf`: a dynamic graph; an actor exists from the day it joined to the day it left, a tie from the pair's
        first meeting or contact in the period to the last.
    """
    graph = _graph(drawn)
    graph.graph["mode"] = "dynamic"
    for row, node in zip(drawn.look.itertuples(), graph, strict=True):
        red, green, blue = rgb(str(row.colour))
        graph.nodes[node].update(
            viz={
                "color": {"r": red, "g": green, "b": blue, "a": 1.0},
                "size": row.size,
                "position": {"x": row.x, "y": row.y, "z": 0.0},
            }
        )
        graph.nodes[node].update(_lifetime(graph.nodes[node], "joined_on", "left_on"))
    for _, _, known in graph.edges(data=True):
        known.update(_lifetime(known, "first_day", "last_day"))
    text = "\n".join(nx.generate_gexf(graph, version="1.3"))
    # The writer stamps the day it ran, yet the same network must give the same file; it names the graph, which GEXF cannot.
    return {"network.gexf": (_DECLARATION + _UNWANTED.sub("", text, count=2) + "\n").encode()}


def _graph(drawn: Drawing) -> "Graph":
    graph: Graph = nx.Graph(name=drawn.period)
    graph.add_nodes_from((node, dict(known)) for node, known in zip(drawn.ids, drawn.nodes, strict=True))
    graph.add_edges_from((source, target, {"weight": known["strength"], **known}) for source, target, known in drawn.tied)
    return graph


def _lifetime(known: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    return {word: known[column] for word, column in (("start", first), ("end", last)) if column in known}
