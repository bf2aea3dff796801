"""The service's own texts for the review."""

from pathlib import Path

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


def _read(folder: Path, file: str) -> str:
    path = (folder / file).resolve()
    try:
        path.relative_to(folder.resolve())
        return path.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError):
        raise InputError("PN009", file=file) from None
