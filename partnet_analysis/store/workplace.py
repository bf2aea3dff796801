"""Inside a folder of results, the place where a new set is made before it takes the old one's."""

import errno
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Final

from partnet_analysis.errors import OutputError
from partnet_analysis.store import inside
from partnet_analysis.store.inside import Home
from partnet_analysis.store.manifest import JOURNAL, NEW, OLD, READY, WORKPLACES, checked_name
from partnet_analysis.store.single import HELD

_FILES: Final = "files"

_Moves = list[tuple[str, bool]]
"""Names, each with whether the file is written or only removed."""


def stage(home: Home, contents: Mapping[str, bytes], stale: list[str]) -> None:
    """
    Write a whole set beside the old one, and what to do with it.

    Parameters
    ----------
    home
        The folder of results.
    contents
        File name → content.
    stale
        The files of the old set that the new one does not have.

    Raises
    ------
    OSError
        If the system refuses, or something else was put in the folder's place; nothing of the new set is then left.
    """
    journal = {"write": sorted(contents), "remove": stale}
    try:
        inside.make_folder(home, NEW)
        for name, content in sorted(contents.items()):
            inside.write(home, f"{NEW}/{_FILES}/{name}", content)
        inside.write(home, f"{NEW}/{JOURNAL}", json.dumps(journal).encode())
        for folder in sorted({folder for name in contents for folder in folders_of(f"{NEW}/{_FILES}/{name}")}):
            inside.push(home, str(folder))
        inside.require_in_place(home)
    except OSError:
        inside.clear(home, NEW)
        raise


def decide(home: Home) -> None:
    """
    Decide for the staged set, and put it in place.

    Parameters
    ----------
    home
        The folder of results.

    Raises
    ------
    OutputError
        If a file is held by another program, or the set can be put neither in place nor back.
    OSError
        If the system refuses otherwise; the old set is then in place.
    """
    inside.move(home, NEW, READY)
    try:
        inside.require_folder(home, READY)
        inside.require_folder(home, f"{READY}/{_FILES}")
    except OSError:  # something was put in its place at the last moment
        inside.clear(home, READY)
        raise
    inside.push(home)
    _swap(home)


def finish_interrupted(home: Home) -> None:
    """
    Finish what an interrupted run decided, and clear away what it did not.

    Parameters
    ----------
    home
        The folder of results.

    Raises
    ------
    OutputError
        As `decide` raises it, and if the decision is not one of ours (PN094, PN095): nothing is then touched.
    OSError
        As `decide` raises it.
    """
    if inside.is_there(home, READY) and _is_decided(home):
        _swap(home)
    for name in WORKPLACES:
        inside.clear(home, name)


def _is_decided(home: Home) -> bool:
    if not inside.is_folder(home, READY):
        # No run of ours makes this; to follow it, or to clear away what was kept for it, could lose somebody's files.
        raise OutputError("PN095", path=str(home.path / READY))
    if not inside.is_there(home, f"{READY}/{JOURNAL}"):
        return False
    is_whole = inside.is_folder(home, f"{READY}/{_FILES}")
    if not is_whole and inside.is_there(home, OLD):
        raise OutputError("PN095", path=str(home.path / READY / _FILES))
    return is_whole


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


def _journal(home: Home) -> _Moves:
    """Read what was decided; whoever may write into the folder could have written it, so no name in it is trusted."""
    try:
        journal = json.loads(inside.read(home, f"{READY}/{JOURNAL}"))
        removed, written = ([str(name) for name in list(journal[key])] for key in ("remove", "write"))
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputError("PN095", path=str(home.path / READY / JOURNAL)) from None
    return [*((checked_name(name), False) for name in removed), *((checked_name(name), True) for name in written)]


def _swap(home: Home) -> None:
    """Put the ready set in place; where one file cannot be moved, put the old set back."""
    moves = _journal(home)
    for name, is_written in moves:
        try:
            _put_in_place(home, name, is_written=is_written)
        except OSError as error:
            _put_all_back(home, moves)
            if error.errno in HELD:
                raise OutputError("PN092", path=str(home.path / name)) from None
            raise
    _finish(home, [name for name, is_written in moves if not is_written])


def _put_all_back(home: Home, moves: _Moves) -> None:
    try:
        for name, is_written in moves:
            _put_back(home, name, is_written=is_written)
        _finish(home, ())
    except OSError as error:
        # Neither forward nor back: the journal stays, and the next run finishes.
        if error.errno == errno.ELOOP:
            raise
        raise OutputError("PN099", path=str(home.path), detail=error.strerror) from None


def _put_in_place(home: Home, name: str, *, is_written: bool) -> None:
    """Move the old file aside, then the new one in; doing it again after a kill does only what is left."""
    staged, aside = _places(name)
    if is_written and not inside.is_there(home, staged):
        return
    if inside.is_there(home, name) and not inside.is_there(home, aside):
        inside.move(home, name, aside)
    if is_written:
        inside.move(home, staged, name)


def _put_back(home: Home, name: str, *, is_written: bool) -> None:
    staged, aside = _places(name)
    if is_written and not inside.is_there(home, staged):
        inside.move(home, name, staged)
    if inside.is_there(home, aside):
        inside.move(home, aside, name)


def _places(name: str) -> tuple[str, str]:
    """Give where a file's new self waits, and where its old self is kept."""
    return f"{READY}/{_FILES}/{name}", f"{OLD}/{name}"


def _finish(home: Home, removed: Collection[str]) -> None:
    """Take down the journal first: from then on there is nothing left to recover, only to clean up."""
    for folder in sorted({str(folder) for name in removed for folder in folders_of(name)}, reverse=True):
        with suppress(OSError):  # not empty: somebody else's files are in it
            inside.remove_empty_folder(home, folder)
    inside.push(home)
    inside.remove_file(home, f"{READY}/{JOURNAL}")
    with suppress(OSError):  # the set is in place; the next run cleans up what could not be removed
        inside.clear(home, OLD)
        inside.clear(home, READY)
