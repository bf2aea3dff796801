"""`Drawing`: a network cleaned, with where each actor stands on a picture and how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.formats.cleaning import one_line, unique
from partnet_analysis.graph.network import Network
from partnet_analysis.views.map.layout import positions
from partnet_analysis.views.palette import COORDINATOR, OTHERS, category_marks

Attributes = dict[str, Any]

SMALLEST: Final = 8.0
LARGEST: Final = 36.0
"""Diameters of the least and the most tied actor; the area between grows with strength."""

_RESERVED: Final = frozenset(
    {*names.ACTOR_COLUMNS, "id", "label", "pid", "start", "end", "viz", "parents", "slices", "spells", "x", "y", "size"}
)


@dataclass(frozen=True, eq=False)
class Drawing:
    """
    What the formats write down.

    Parameters
    ----------
    period
        The network's period.
    actors
        The network's own roster, with the attributes joined.
    ties
        The network's own ties.
    contacts
        `source_id`, `target_id` and `n_contacts`: how often the one reached out to the other.
    ids
        The identifier of each actor in the files, by `actor_id`.
    nodes
        For each actor, in roster order, what is known of it: text, numbers, true or false, days as ISO text.
    node_columns
        What may be known of an actor, in order.
    edges
        For each tie, the same.
    look
        `x`, `y` (upwards), `size` and `colour` (`#rrggbb`) of each actor, indexed by `actor_id`.
    """

    period: str
    actors: pd.DataFrame
    ties: pd.DataFrame
    contacts: pd.DataFrame
    ids: pd.Series
    nodes: Sequence[Attributes]
    node_columns: Sequence[str]
    edges: Sequence[Attributes]
    look: pd.DataFrame

    @property
    def tied(self) -> list[tuple[str, str, Attributes]]:
        """Both ends of each tie, as the files name them, and what is known of it."""
        ends = (self.ties[side].map(self.ids) for side in ("source_id", "target_id"))
        return list(zip(*ends, self.edges, strict=True))


def drawing_of(network: Network, attributes: pd.DataFrame | None = None) -> Drawing:
    """
    Clean a network and draw it.

    Parameters
    ----------
    network
        The network.
    attributes
        More about the actors, indexed by `actor_id`.

    Returns
    -------
    drawn
        The network, ready to be written down.

    Raises
    ------
    ValueError
        If `attributes` is not indexed by this network's actors or bears a name already taken.
    """
    actors = network.actors if attributes is None else _joined(network.actors, attributes)
    ids = pd.Series(unique(list(actors["actor_id"]), one_line), index=list(actors["actor_id"]), dtype="str")
    known = actors.drop(columns="actor_id").rename(columns={"name": "label"})
    ties = network.ties
    return Drawing(
        period=str(network.period),
        actors=actors,
        ties=ties,
        contacts=_contacts(network),
        ids=ids,
        nodes=_plain_rows(known),
        node_columns=tuple(map(str, known.columns)),
        edges=_plain_rows(ties.drop(columns=["source_id", "target_id"])),
        look=_look(network),
    )


def _joined(actors: pd.DataFrame, attributes: pd.DataFrame) -> pd.DataFrame:
    named = attributes.rename(columns=lambda name: one_line(str(name)))
    taken = sorted(_RESERVED.intersection(named.columns))
    if taken:
        message = f"attributes: rename {', '.join(taken)}, which the roster or the file formats already use"
        raise ValueError(message)
    if not named.index.isin(actors["actor_id"]).any():
        message = "attributes: index the frame by actor_id, as every measure is"
        raise ValueError(message)
    return actors.join(named, on="actor_id")


def _contacts(network: Network) -> pd.DataFrame:
    by_pair = network.records.contacts.groupby(["source_id", "target_id"], as_index=False)
    return by_pair.agg(n_contacts=("contact_id", "size"))


def _plain_rows(table: pd.DataFrame) -> list[Attributes]:
    """Give each row as plain values, what is missing left out."""
    columns = {str(name): [_plain(value) for value in _of_one_type(table[name])] for name in table.columns}
    rows = zip(*columns.values(), strict=True) if columns else ([] for _ in range(len(table)))
    return [{name: value for name, value in zip(columns, row, strict=True) if value is not None} for row in rows]


def _of_one_type(values: pd.Series) -> list[Any]:
    """Programs give a column one type: numbers, days and true or false keep theirs, the rest becomes text."""
    kind = values.dtype.kind
    if kind == "M":
        return [None if pd.isna(day) else day.date().isoformat() for day in values]
    if kind in "biuf":
        return [None if pd.isna(value) else value for value in values.astype(object)]
    return [_said(value) for value in values]


def _said(value: Any) -> str | None:  # noqa: ANN401 (a frame's cell)
    if isinstance(value, (list, tuple)):
        return " · ".join(str(item) for item in value) or None
    return None if pd.isna(value) else str(value)


def _plain(value: Any) -> str | float | bool | None:  # noqa: ANN401 (as above)
    if isinstance(value, str):
        return one_line(value) or None
    plain: float | bool | None = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and not np.isfinite(plain) else plain


def _look(network: Network) -> pd.DataFrame:
    actors, ties = network.actors.set_index("actor_id"), network.ties
    strength = pd.concat([ties.set_index(side)["strength"] for side in ("source_id", "target_id")])
    total = strength.groupby(level=0).sum().reindex(actors.index, fill_value=0.0)
    share = np.sqrt(total / max(float(total.max()), np.finfo(float).tiny))
    partners = network.without_coordinators.ties
    xy = positions(
        list(actors.index),
        partners,
        groups=actors["sector"],
        hubs=network.records.coordinators,
        names=list(actors["name"]),
    )
    return pd.DataFrame(
        {
            "x": xy["x"],
            "y": 0.0 - xy["y"],
            "size": np.round(SMALLEST + (LARGEST - SMALLEST) * share, 2),
            "colour": _colours(actors),
        },
        index=actors.index,
    )


def _colours(actors: pd.DataFrame) -> list[str]:
    marks = category_marks(actors["sector"])
    by_sector = [marks.get(str(sector), OTHERS).colour for sector in actors["sector"]]
    coordinates = actors["is_coordinator"]
    return [COORDINATOR.colour if leads else colour for leads, colour in zip(coordinates, by_sector, strict=True)]
