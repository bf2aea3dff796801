"""Pajek and UCINET: actors by number, one value for each pair."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.formats.cleaning import no_formula, one_line, unique
from partnet_analysis.formats.drawing import Drawing

LONGEST_LABEL: Final = 18
"""UCINET cuts labels after so many characters, and takes small letters for capitals."""

_NO_LABEL: Final = re.compile(r"[\s,;:=\"'|!]+")
_BYTE_ORDER_MARK: Final = "\ufeff"

Values = Iterable[tuple[int, int, float]]


def pajek_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write Pajek networks.

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `network.net`: edges with their strength; `contacts.net`: arcs with the number of contacts. Vertices are labelled
        with the actors' ids and stand where the map has them. UTF-8; where an id is not plain ASCII, with the byte-order
        mark by which Pajek knows it (and which igraph refuses).
    """
    labels = unique(list(drawn.ids), lambda text: one_line(text.replace('"', "'").replace("\\", "/")))
    x, y = (_in_unit(drawn.look[axis]) for axis in ("x", "y"))
    shapes = ["box" if leads else "ellipse" for leads in drawn.actors["is_coordinator"]]
    mark = "" if all(map(str.isascii, labels)) else _BYTE_ORDER_MARK
    vertices = [f"*Vertices {len(labels)}"] + [
        f'{number} "{label}" {across:.4f} {1 - up:.4f} {shape}'
        for number, (label, across, up, shape) in enumerate(zip(labels, x, y, shapes, strict=True), start=1)
    ]
    return {
        name: (mark + "\n".join([*vertices, kind, *_lines(values)]) + "\n").encode()
        for name, kind, values in (
            ("network.net", "*Edges", _strengths(drawn)),
            ("contacts.net", "*Arcs", _contacts(drawn)),
        )
    }


def ucinet_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write UCINET's DL language.

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `network.dl`: the strengths, in both directions; `contacts.dl`: the number of contacts from row to column;
        `ucinet-labels.csv`: `label` and `actor_id`, since UCINET keeps 18 characters of a label and no capitals.
    """
    labels = unique(list(drawn.ids), lambda text: _NO_LABEL.sub("_", one_line(text)), longest=LONGEST_LABEL)
    head = [f"dl n={len(labels)}", "format = edgelist1", "labels:", *labels, "data:"]
    both_ways = [pair for i, j, value in _strengths(drawn) for pair in ((i, j, value), (j, i, value))]
    key = pd.DataFrame({"label": labels, "actor_id": drawn.ids.to_numpy()})
    return {
        "network.dl": ("\n".join([*head, *_lines(both_ways)]) + "\n").encode(),
        "contacts.dl": ("\n".join([*head, *_lines(_contacts(drawn))]) + "\n").encode(),
        "ucinet-labels.csv": key.map(no_formula).to_csv(index=False, lineterminator="\n").encode(),
    }


def _strengths(drawn: Drawing) -> Iterator[tuple[int, int, float]]:
    return _numbered(drawn, drawn.ties, "strength")


def _contacts(drawn: Drawing) -> Iterator[tuple[int, int, float]]:
    return _numbered(drawn, drawn.contacts, "n_contacts")


def _numbered(drawn: Drawing, pairs: pd.DataFrame, column: str) -> Iterator[tuple[int, int, float]]:
    number = pd.Series(np.arange(1, len(drawn.ids) + 1), index=drawn.ids.index)
    source, target = (pairs[side].map(number) for side in ("source_id", "target_id"))
    return zip(source.tolist(), target.tolist(), pairs[column].tolist(), strict=True)


def _lines(values: Values) -> list[str]:
    return [f"{i} {j} {value!r}" for i, j, value in values]


def _in_unit(values: pd.Series) -> pd.Series:
    """Pajek's picture reaches from 0 to 1."""
    extent = float(values.max() - values.min())
    return (values - values.min()) / extent if extent else values * 0 + 0.5
