"""One file written by itself, outside any set of results: whole or not at all."""

import os
from contextlib import suppress
from pathlib import Path

from partnet_analysis.errors import OutputError


def write_file(path: Path, content: bytes) -> None:
    """
    Write a file, over an older one if there is one.

    Parameters
    ----------
    path
        Where; its folder is made where it does not exist.
    content
        What.

    Raises
    ------
    OutputError
        If the system refuses (PN099); an older file is then as it was.
    """
    beside = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        # Never a file that is there: it could be a link, and what it leads to is not ours.
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise OutputError("PN099", path=str(path), detail=error.strerror or type(error).__name__) from None


def write_new(path: Path, content: bytes) -> None:
    """
    Write a file that must not exist yet.

    Parameters
    ----------
    path
        Where; its folder is made where it does not exist.
    content
        What.

    Raises
    ------
    OutputError
        If something bears that name already (PN095), or the system refuses (PN099).
    """
    if os.path.lexists(path):
        raise OutputError("PN095", path=str(path))
    write_file(path, content)
