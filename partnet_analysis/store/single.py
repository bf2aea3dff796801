"""One file written by itself, outside any set of results: whole or not at all."""

import errno
import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from partnet_analysis.errors import OutputError
from partnet_analysis.store.inside import patiently

HELD: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})
"""What a system answers that does not let a file be replaced because another program holds it open."""


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
        If another program holds an older file (PN092), or the system refuses otherwise (PN099); an older file is then as it
        was.
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
    except OSError as error:
        raise _given_up(beside, path, error) from None
    try:
        patiently(partial(beside.replace, path))
    except OSError as error:
        raise _given_up(beside, path, error, "PN092" if error.errno in HELD else "PN099") from None


def _given_up(beside: Path, path: Path, error: OSError, code: str = "PN099") -> OutputError:
    with suppress(OSError):
        beside.unlink(missing_ok=True)
    detail = {"detail": error.strerror or type(error).__name__} if code == "PN099" else {}
    return OutputError(code, path=str(path), **detail)


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
