"""
Work inside one folder, and never through a link that leads out of it.

Whoever may write into a shared folder can put a link in the place of any folder in it, at any moment. So a folder is held
open, each folder below is opened from the one above with links refused, and a file is named relative to the open folder that
it lies in: what is swapped afterwards leads nowhere. Windows has no such names, and making a link takes a right of its own
there: links are looked for just before.
"""

import errno
import os
import shutil
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import Final

HOLDS_FOLDERS: Final = os.open in os.supports_dir_fd
"""Whether the system names files relative to an open folder; Windows does not, and refuses to open a folder at all."""

_INTO: Final = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_NEW_FILE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_READ: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Without waiting for anybody to write, as a pipe that somebody put in a file's place would have it."""

PATIENCE: Final = 0.0 if HOLDS_FOLDERS else 1.0
_PAUSE: Final = 0.05
"""
How long to ask again, and how often, where a file is refused. Windows moves and removes nothing that any program holds open,
and virus scanners and indexers open what was just written, for an instant; a spreadsheet keeps it longer than anybody waits.
"""


@dataclass(frozen=True)
class Home:
    """
    A folder to work in.

    Parameters
    ----------
    path
        Where it was when it was opened; for messages.
    descriptor
        The open folder; None where the system names files by their whole path alone.
    """

    path: Path
    descriptor: int | None


@contextmanager
def home_at(folder: Path) -> Iterator[Home]:
    """
    Hold a folder open.

    Parameters
    ----------
    folder
        The folder, made where it does not exist; itself it may be a link, as whoever names it may mean that.

    Yields
    ------
    home
        The folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not HOLDS_FOLDERS:
        yield Home(folder, None)
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        yield Home(folder, descriptor)
    finally:
        os.close(descriptor)


def require_in_place(home: Home) -> None:
    """
    Refuse to go on where the path no longer leads to the folder held open: results that land elsewhere would be missed.

    Parameters
    ----------
    home
        The folder.

    Raises
    ------
    OSError
        If the folder was moved away, or something else was put in its place.
    """
    if home.descriptor is not None and not os.path.samestat(os.fstat(home.descriptor), home.path.stat()):
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE))


def require_folder(home: Home, name: str) -> None:
    """
    Refuse to go on where something else than a folder, such as a link to one, bears a name.

    Parameters
    ----------
    home
        The folder in which it lies.
    name
        The name, relative to it.

    Raises
    ------
    OSError
        If no folder of that name is there, or a link is.
    """
    if not is_folder(home, name):
        raise _link_at(PurePosixPath(name))


def is_there(home: Home, name: str) -> bool:
    """
    Tell whether something bears a name, be it a link that leads nowhere.

    Parameters
    ----------
    home
        The folder.
    name
        The name, relative to it, with `/` between its parts.

    Returns
    -------
    there
        True if so.
    """
    return _kind(home, name) is not None


def is_folder(home: Home, name: str) -> bool:
    """
    Tell whether a folder bears a name; a link to one does not count.

    Parameters
    ----------
    home
        The folder.
    name
        The name, relative to it.

    Returns
    -------
    folder
        True if so.
    """
    mode = _kind(home, name)
    return mode is not None and stat.S_ISDIR(mode)


def make_folder(home: Home, name: str) -> None:
    """
    Make a folder that must not be there yet.

    Parameters
    ----------
    home
        The folder to make it in.
    name
        Its name, relative to it.
    """
    with _at(home, name) as (last, above):
        os.mkdir(last, dir_fd=above)


def read(home: Home, name: str) -> bytes:
    """
    Read a file.

    Parameters
    ----------
    home
        The folder.
    name
        The file's name, relative to it.

    Returns
    -------
    content
        What is in it.
    """
    with _at(home, name) as (last, above), os.fdopen(os.open(last, _READ, dir_fd=above), "rb") as file:
        return file.read()


def write(home: Home, name: str, content: bytes) -> None:
    """
    Write a file that must not be there yet, and push it to the disk.

    Parameters
    ----------
    home
        The folder.
    name
        The file's name, relative to it; the folders on the way are made.
    content
        What goes into it.
    """
    with _at(home, name, make=True) as (last, above), os.fdopen(os.open(last, _NEW_FILE, 0o666, dir_fd=above), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def move(home: Home, source: str, target: str) -> None:
    """
    Move a file, over another one if there is one.

    Parameters
    ----------
    home
        The folder in which both lie.
    source
        The name that it has.
    target
        The name that it gets; the folders on the way are made.
    """
    with _at(home, target, make=True) as (new, new_above), _at(home, source) as (old, old_above):
        patiently(partial(os.replace, old, new, src_dir_fd=old_above, dst_dir_fd=new_above))


def remove_file(home: Home, name: str) -> None:
    """
    Remove a file.

    Parameters
    ----------
    home
        The folder.
    name
        The file's name, relative to it.
    """
    with _at(home, name) as (last, above):
        patiently(partial(os.unlink, last, dir_fd=above))


def remove_empty_folder(home: Home, name: str) -> None:
    """
    Remove a folder in which nothing is left.

    Parameters
    ----------
    home
        The folder in which it lies.
    name
        Its name, relative to it.
    """
    with _at(home, name) as (last, above):
        os.rmdir(last, dir_fd=above)


def clear(home: Home, name: str) -> None:
    """
    Remove whatever bears a name: a folder with all that is in it, of a link the link alone; nothing where there is nothing.

    Parameters
    ----------
    home
        The folder.
    name
        The name, relative to it.
    """
    if is_folder(home, name):
        with _at(home, name) as (last, above):
            patiently(partial(shutil.rmtree, last, dir_fd=above))
    elif is_there(home, name):
        remove_file(home, name)


def push(home: Home, name: str = "") -> None:
    """
    Push a folder's entries to the disk; Windows has no such thing.

    Parameters
    ----------
    home
        The folder, or that in which it lies.
    name
        Its name, relative to it; empty for the folder itself.
    """
    if home.descriptor is not None:
        with ExitStack() as opened, suppress(PermissionError):
            os.fsync(_descended(home.descriptor, PurePosixPath(name).parts, opened))


def patiently(action: Callable[[], object]) -> None:
    """
    Do what Windows may refuse because another program looks at the file at this very moment; elsewhere, do it once.

    Parameters
    ----------
    action
        What to do; it can be done again after it was refused.

    Raises
    ------
    PermissionError
        If it is refused for longer than `PATIENCE`.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            action()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def is_same_folder(one: Path, other: Path) -> bool:
    """
    Tell whether two paths lead to one folder, however each is spelled.

    Parameters
    ----------
    one
        A path without links in it.
    other
        Another one.

    Returns
    -------
    same
        True if so. Where capitals do not count, as on most disks of macOS, the spelling does not tell: the system is asked.
    """
    if one == other:
        return True
    with suppress(OSError):
        here, there = one.stat(), other.stat()
        # Some network drives number no file: nothing is then known but the spelling.
        return here.st_ino != 0 and os.path.samestat(here, there)
    return False


def _kind(home: Home, name: str) -> int | None:
    try:
        with _at(home, name) as (last, above):
            return os.stat(last, dir_fd=above, follow_symlinks=False).st_mode
    except FileNotFoundError:
        return None


@contextmanager
def _at(home: Home, name: str, *, make: bool = False) -> Iterator[tuple[str, int | None]]:
    """Give what to call a file, and the open folder in which it is called so."""
    *folders, last = PurePosixPath(name).parts
    if home.descriptor is None:
        yield str(_past_links(home.path, folders, make=make) / last), None
        return
    with ExitStack() as opened:
        yield last, _descended(home.descriptor, folders, opened, make=make)


def _descended(here: int, folders: Iterable[str], opened: ExitStack, *, make: bool = False) -> int:
    way = PurePosixPath()
    for folder in folders:
        way /= folder
        try:
            here = _opened(folder, here, make=make)
        except OSError:
            # Systems differ in what they call a link that they were told not to follow.
            if _is_link(folder, here):
                raise _link_at(way) from None
            raise
        opened.callback(os.close, here)
    return here


def _opened(folder: str, above: int, *, make: bool) -> int:
    try:
        return os.open(folder, _INTO, dir_fd=above)
    except FileNotFoundError:
        if not make:
            raise
        os.mkdir(folder, dir_fd=above)
        return os.open(folder, _INTO, dir_fd=above)


def _is_link(name: str, above: int) -> bool:
    with suppress(OSError):
        return stat.S_ISLNK(os.stat(name, dir_fd=above, follow_symlinks=False).st_mode)
    return False


def _past_links(home: Path, folders: Iterable[str], *, make: bool) -> Path:
    here = home
    for folder in folders:
        here /= folder
        if here.is_symlink():
            raise _link_at(here.relative_to(home))
        if make:
            here.mkdir(exist_ok=True)
    return here


def _link_at(path: PurePath) -> OSError:
    return OSError(errno.ELOOP, os.strerror(errno.ELOOP), path.as_posix())
