"""What lies beside the records: the service's own texts, and where the actors are."""

import io
import json
from pathlib import Path
from typing import Any

import pandas as pd

from partnet_analysis.config import Config
from partnet_analysis.errors import InputError


def read_texts(folder: Path, config: Config) -> dict[str, str]:
    """
    Read the service's own texts.

    Parameters
    ----------
    folder
        The folder of records, in which the files lie.
    config
        What `partnet.toml` says: the section `[texts]` names the files.

    Returns
    -------
    texts
        What each file says, in Markdown, by the name it has in `[texts]`; empty where none is named.

    Raises
    ------
    InputError
        If a file is named and not there, lies outside the folder, or is no UTF-8 (PN009).
    """
    named = {name: file for name, file in config.texts.model_dump().items() if file}
    return {name: _read(folder, file) for name, file in named.items()}


def read_coordinates(folder: Path, config: Config) -> pd.DataFrame:
    """
    Read where the actors are.

    Parameters
    ----------
    folder
        The folder of records, in which the file lies.
    config
        What `partnet.toml` says: `coordinates` in the section `[geography]` names the file.

    Returns
    -------
    coordinates
        `longitude` and `latitude` in degrees, indexed by `actor_id`; empty where no file is named.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column or names an actor twice (PN009).
    """
    file = config.geography.coordinates
    if not file:
        return pd.DataFrame({"longitude": [], "latitude": []}, index=pd.Index([], name="actor_id"))
    try:
        table: pd.DataFrame = pd.read_csv(
            io.StringIO(_read(folder, file)), sep=None, engine="python", dtype={"actor_id": str}
        )
        places = table.set_index("actor_id")[["longitude", "latitude"]].astype(float)
    except (ValueError, KeyError):
        raise InputError("PN009", file=file) from None
    if not places.index.is_unique:
        raise InputError("PN009", file=file)
    return places


def read_outline(folder: Path, config: Config) -> dict[str, Any]:
    """
    Read the commune's outline.

    Parameters
    ----------
    folder
        The folder of records, in which the file lies.
    config
        What `partnet.toml` says: `outline` in the section `[geography]` names the file.

    Returns
    -------
    outline
        GeoJSON (RFC 7946); an empty collection of features where no file is named.

    Raises
    ------
    InputError
        If the file cannot be read or is no GeoJSON object (PN009).
    """
    file = config.geography.outline
    if not file:
        return {"type": "FeatureCollection", "features": []}
    try:
        outline = json.loads(_read(folder, file))
    except ValueError:
        raise InputError("PN009", file=file) from None
    if not isinstance(outline, dict) or "type" not in outline:
        raise InputError("PN009", file=file)
    return outline


def _read(folder: Path, file: str) -> str:
    path = (folder / file).resolve()
    try:
        path.relative_to(folder.resolve())
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        raise InputError("PN009", file=file) from None
