"""One run at a time in a folder of results: the system lets go of it when a run is killed."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import Final

from partnet_analysis.errors import OutputError
from partnet_analysis.store.inside import Home, patiently
from partnet_analysis.store.manifest import LOCK

_TAKEN: Final = frozenset({errno.EACCES, errno.EDEADLK})


@contextmanager
def held(home: Home) -> Iterator[None]:
    """
    Hold a folder of results against other runs.

    Parameters
    ----------
    home
        The folder. Where it is held open, it is locked itself; else a file in it, which goes when the run ends.

    Yields
    ------
    nothing
        While it is held. On a network drive without locks the run goes on without.

    Raises
    ------
    OutputError
        If another run holds it (PN096).
    """
    if home.descriptor is not None:
        _lock_folder(home.descriptor, home.path)
        yield
        return
    descriptor = _locked(home.path / LOCK, home.path)
    try:
        yield
    finally:
        _let_go(descriptor)
        with suppress(OSError):  # the next run has opened it already
            patiently((home.path / LOCK).unlink)


def _lock_folder(descriptor: int, folder: Path) -> None:
    fcntl = import_module("fcntl")  # Windows has none
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError("PN096", folder=str(folder)) from None
    except OSError:  # a network drive without locks
        pass


def _locked(path: Path, folder: Path) -> int:
    msvcrt = import_module("msvcrt")  # Windows alone has it
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError as error:
        if error.errno in _TAKEN:
            os.close(descriptor)
            raise OutputError("PN096", folder=str(folder)) from None
    return descriptor


def _let_go(descriptor: int) -> None:
    msvcrt = import_module("msvcrt")
    with suppress(OSError):  # it could not be locked
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    os.close(descriptor)
