"""Tables: Gephi's CSV, Kumu's JSON, Parquet."""

import io
import json
from importlib.util import find_spec
from typing import Any

import pandas as pd

from partnet_analysis.formats.cleaning import no_formula
from partnet_analysis.formats.drawing import Drawing
from partnet_analysis.messages import Phrase


def gephi_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write the two tables that Gephi imports as spreadsheets.

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `gephi-nodes.csv` (`Id`, `Label`, …) and `gephi-edges.csv` (`Source`, `Target`, `Type`, `Weight`, …): UTF-8, comma,
        empty where unknown; text that a spreadsheet would run begins with an apostrophe.
    """
    nodes = pd.DataFrame(list(drawn.nodes), columns=list(drawn.node_columns), dtype=object).rename(
        columns={"label": "Label"}
    )
    nodes.insert(0, "Id", list(drawn.ids))
    edges = pd.DataFrame([known for _, _, known in drawn.tied], columns=list(drawn.ties.columns[2:]), dtype=object)
    for place, (name, values) in enumerate(_ends(drawn).items()):
        edges.insert(place, name, values)
    return {"gephi-nodes.csv": _csv(nodes), "gephi-edges.csv": _csv(edges)}


def kumu_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write a blueprint for kumu.io.

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `network-kumu.json`: `elements` with `id`, `label`, `type` (organisation or person) and the roster's columns;
        `connections` from id to id, undirected, with the ties' columns.
    """
    elements = [
        {"id": node, "label": known.get("label", node), "type": known["kind"], **_others(known)}
        for node, known in zip(drawn.ids, drawn.nodes, strict=True)
    ]
    connections = [
        {"from": source, "to": target, "direction": "undirected", **known} for source, target, known in drawn.tied
    ]
    blueprint = {"elements": elements, "connections": connections}
    return {"network-kumu.json": (json.dumps(blueprint, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()}


def parquet_files(drawn: Drawing) -> dict[str, bytes]:
    """
    Write Parquet, for tools that read columns (Arrow, DuckDB, Polars, R).

    Parameters
    ----------
    drawn
        The network.

    Returns
    -------
    files
        `network-actors.parquet` and `network-ties.parquet`: the tables as they are, types and all; reasons as text.

    Raises
    ------
    ImportError
        If pyarrow is not installed.
    """
    if find_spec("pyarrow") is None:
        message = "parquet needs pyarrow, which is not installed: pip install 'partnet_analysis[parquet]'"
        raise ImportError(message)
    mixed = [str(name) for name, dtype in drawn.actors.dtypes.items() if pd.api.types.is_object_dtype(dtype)]
    actors = drawn.actors.assign(**{name: drawn.actors[name].map(_as_text) for name in mixed})
    return {"network-actors.parquet": _parquet(actors), "network-ties.parquet": _parquet(drawn.ties)}


def _ends(drawn: Drawing) -> dict[str, Any]:
    return {
        "Source": list(drawn.ties["source_id"].map(drawn.ids)),
        "Target": list(drawn.ties["target_id"].map(drawn.ids)),
        "Type": "Undirected",
        "Weight": list(drawn.ties["strength"]),
    }


def _others(known: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if name not in ("label", "kind")}


def _csv(table: pd.DataFrame) -> bytes:
    columns = {name: [_cell(value) for value in table[name]] for name in table.columns}
    written = pd.DataFrame(columns, columns=[no_formula(str(name)) for name in table.columns], dtype=object)
    return written.to_csv(index=False, lineterminator="\n").encode()


def _cell(value: Any) -> str:  # noqa: ANN401 (a frame's cell)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return no_formula(value)
    return "" if pd.isna(value) else repr(value)


def _as_text(value: Any) -> Any:  # noqa: ANN401 (as above)
    return " · ".join(map(str, value)) if isinstance(value, tuple) else str(value) if isinstance(value, Phrase) else value


def _parquet(table: pd.DataFrame) -> bytes:
    written = io.BytesIO()
    table.to_parquet(written, engine="pyarrow", index=False)
    return written.getvalue()
