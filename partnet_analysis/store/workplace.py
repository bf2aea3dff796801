"""Inside a folder of results, the place where a new set is made before it takes the old one's."""

import errno
import json
import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Final

from partnet_analysis.errors import OutputError
from partnet_analysis.store.manifest import JOURNAL, NEW, OLD, READY, WORKPLACES

_FILES: Final = "files"
_HELD: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})


def stage(folder: Path, contents: Mapping[str, bytes], stale: list[str]) -> None:
    """
    Write a whole set beside the old one, and what to do with it.

    Parameters
    ----------
    folder
        The folder of results.
    contents
        File name → content.
    stale
        The files of the old set that the new one does not have.

    Raises
    ------
    OSError
        If the system refuses; nothing of the new set is then left.
    """
    new = folder / NEW
    journal = {"write": sorted(contents), "remove": stale}
    try:
        new.mkdir()
        for name, content in sorted(contents.items()):
            _write(new / _FILES / name, content)
        _write(new / JOURNAL, json.dumps(journal).encode())
        for here, _, _ in os.walk(new):
            _push(Path(here))
    except OSError:
        _remove(new)
        raise


def decide(folder: Path) -> None:
    """
    Decide for the staged set, and put it in place.

    Parameters
    ----------
    folder
        The folder of results.

    Raises
    ------
    OutputError
        If a file is held by another program, or the set can be put neither in place nor back.
    OSError
        If the system refuses otherwise; the old set is then in place.
    """
    (folder / NEW).replace(folder / READY)
    _push(folder)
    _swap(folder)


def finish_interrupted(folder: Path) -> None:
    """
    Finish what an interrupted run decided, and clear away what it did not.

    Parameters
    ----------
    folder
        The folder of results.

    Raises
    ------
    OutputError
        As `decide` raises it.
    OSError
        As `decide` raises it.
    """
    if (folder / READY / JOURNAL).is_file():
        _swap(folder)
    for name in WORKPLACES:
        _remove(folder / name)


def folders_of(name: str) -> list[PurePosixPath]:
    """
    List the folders between the folder of results and a file.

    Parameters
    ----------
    name
        The file's name, relative to the folder of results.

    Returns
    -------
    folders
        The innermost first; none where the file lies in the folder of results itself.

    Examples
    --------
    >>> [str(folder) for folder in folders_of("figures/2025/map.svg")]
    ['figures/2025', 'figures']
    """
    return list(PurePosixPath(name).parents)[:-1]


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _push(folder: Path) -> None:
    """Push a folder's entries to the disk; Windows has no such thing and refuses to open one."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _swap(folder: Path) -> None:
    """Put the ready set in place; where one file cannot be moved, put the old set back."""
    journal = json.loads((folder / READY / JOURNAL).read_bytes())
    moves = [*((name, False) for name in journal["remove"]), *((name, True) for name in journal["write"])]
    for name, is_written in moves:
        try:
            _put_in_place(folder, name, is_written=is_written)
        except OSError as error:
            _put_all_back(folder, moves)
            if error.errno in _HELD:
                raise OutputError("PN092", path=str(folder / name)) from None
            raise
    _finish(folder, journal["remove"])


def _put_all_back(folder: Path, moves: list[tuple[str, bool]]) -> None:
    try:
        for name, is_written in moves:
            _put_back(folder, name, is_written=is_written)
        _finish(folder, ())
    except OSError as error:
        # Neither forward nor back: the journal stays, and the next run finishes.
        raise OutputError("PN099", path=str(folder), detail=error.strerror) from None


def _put_in_place(folder: Path, name: str, *, is_written: bool) -> None:
    """Move the old file aside, then the new one in; doing it again after a kill does only what is left."""
    target, staged, aside = _places(folder, name)
    if is_written and not os.path.lexists(staged):
        return
    if os.path.lexists(target) and not os.path.lexists(aside):
        _move(target, aside)
    if is_written:
        _move(staged, target)


def _put_back(folder: Path, name: str, *, is_written: bool) -> None:
    target, staged, aside = _places(folder, name)
    if is_written and not os.path.lexists(staged):
        _move(target, staged)
    if os.path.lexists(aside):
        _move(aside, target)


def _places(folder: Path, name: str) -> tuple[Path, Path, Path]:
    """Give where a file belongs, where its new self waits, and where its old self is kept."""
    return folder / name, folder / READY / _FILES / name, folder / OLD / name


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _finish(folder: Path, removed: Collection[str]) -> None:
    """Take down the journal first: from then on there is nothing left to recover, only to clean up."""
    for parent in {folder / parent for name in removed for parent in folders_of(name)}:
        with suppress(OSError):  # not empty: somebody else's files are in it
            parent.rmdir()
    _push(folder)
    (folder / READY / JOURNAL).unlink()
    with suppress(OSError):  # the set is in place; the next run cleans up what could not be removed
        _remove(folder / OLD)
        _remove(folder / READY)


def _remove(workplace: Path) -> None:
    if workplace.is_symlink():
        workplace.unlink()
    elif workplace.exists():
        shutil.rmtree(workplace)
