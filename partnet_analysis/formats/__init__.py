"""
Network → the files of other programs, as bytes by file name.

`cleaning` makes text inert and ids unique once; `drawing` lays down what a program can know about the network, with its
position, colour and size on the map; each format only writes that down.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import pandas as pd

from partnet_analysis.formats.drawing import Drawing, drawing_of
from partnet_analysis.formats.graph_files import gexf_files, graphml_files
from partnet_analysis.formats.matrices import pajek_files, ucinet_files
from partnet_analysis.formats.tables import gephi_files, kumu_files, parquet_files
from partnet_analysis.graph.network import Network

__all__ = ["ALL_BUT_EXTRAS", "FORMATS", "export_files"]

Files = dict[str, bytes]

FORMATS: Final[Mapping[str, Callable[[Drawing], Files]]] = {
    "graphml": graphml_files,
    "gexf": gexf_files,
    "gephi": gephi_files,
    "kumu": kumu_files,
    "pajek": pajek_files,
    "ucinet": ucinet_files,
    "parquet": parquet_files,
}
"""What writes each format."""

ALL_BUT_EXTRAS: Final = tuple(name for name in FORMATS if name != "parquet")
"""The formats that need nothing beyond what is always installed."""


def export_files(
    network: Network, formats: Sequence[str] = ALL_BUT_EXTRAS, *, attributes: pd.DataFrame | None = None
) -> Files:
    """
    Write a network for other programs.

    Parameters
    ----------
    network
        The network.
    formats
        Which formats, among `FORMATS`:

        - `graphml`: `network.graphml`, for networkx, igraph, Gephi, yEd, Cytoscape, R.
        - `gexf`: `network.gexf`, for Gephi: colours, sizes, positions, and the days from and to which actors and ties exist.
        - `gephi`: `gephi-nodes.csv` and `gephi-edges.csv`, for Gephi's import of spreadsheets.
        - `kumu`: `network-kumu.json`, a blueprint for kumu.io.
        - `pajek`: `network.net` (strength) and `contacts.net` (directed).
        - `ucinet`: `network.dl`, `contacts.dl`, and `ucinet-labels.csv` that says which short label is which actor.
        - `parquet`: `network-actors.parquet` and `network-ties.parquet`; needs pyarrow (the extra `parquet`).

        All but `parquet` by default.
    attributes
        More about the actors, such as the frame of a measure: indexed by `actor_id`, joined by it, a column each.

    Returns
    -------
    files
        The content of each file by its name, the same on every run. Text is cleaned: one line, no control characters.

    Raises
    ------
    ValueError
        If a format is unknown, or `attributes` is not indexed by this network's actors or bears a name already taken.
    ImportError
        If `parquet` is asked for and pyarrow is not installed.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        message = f"unknown format {', '.join(map(repr, unknown))}; the formats are {', '.join(FORMATS)}"
        raise ValueError(message)
    drawn = drawing_of(network, attributes)
    return {name: content for chosen in formats for name, content in FORMATS[chosen](drawn).items()}
