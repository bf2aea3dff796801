"""
The results, written so that a folder always holds one whole set of them.

A set is first written beside the old one, inside the folder (`.partnet-new`), and pushed to the disk. One rename to
`.partnet-ready` decides: a run killed before it leaves the old set, a run killed after it leaves the new one, which the next
run puts in place before anything else. Files are moved one by one, the old ones aside (`.partnet-old`); where one cannot be
moved, because a spreadsheet program holds it open, all go back and the old set is intact.

Only files that the last manifest names are replaced or removed. Anything else in the folder stays.
"""

import errno
import hashlib
import json
import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from partnet_analysis import __version__
from partnet_analysis.errors import OutputError
from partnet_analysis.messages import Phrase

if sys.platform != "win32":
    import fcntl

MANIFEST: Final = "manifest.json"

_NEW: Final = ".partnet-new"
_READY: Final = ".partnet-ready"
_OLD: Final = ".partnet-old"
_WORKPLACES: Final = (_NEW, _READY, _OLD)
_JOURNAL: Final = "journal.json"
_FILES: Final = "files"
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_HELD: Final = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})


@dataclass(frozen=True)
class Difference:
    """
    Something in a folder of results that is not as its manifest says.

    Parameters
    ----------
    name
        The file's name in the folder, or in the folder of records.
    state
        `missing`, `changed`, `input_missing`, `input_changed` or `unfinished`.
    """

    name: str
    state: str

    @property
    def phrase(self) -> Phrase:
        """The sentence that says so."""
        return Phrase(f"store.{self.state}", {"name": self.name})


def write_outputs(
    folder: Path, outputs: Mapping[str, bytes], *, inputs: Path, parameters: Mapping[str, Any]
) -> dict[str, Any]:
    """
    Write a set of results into a folder, whole or not at all.

    Parameters
    ----------
    folder
        The folder of results, made where it does not exist.
    outputs
        File name, relative to the folder with `/` between its parts → content.
    inputs
        The folder of records from which the results come; its files are named in the manifest by their hash.
    parameters
        What else the results depend on, such as the period and the language; plain values, no clock, no path.

    Returns
    -------
    manifest
        What `manifest.json` says: version, parameters, and the SHA-256 of each input and output.

    Raises
    ------
    OutputError
        If the set cannot be written; the old one is then intact. Codes PN090 to PN099.
    """
    names = sorted(_checked(name) for name in outputs)
    _refuse_folder_of_records(folder, inputs)
    manifest = {
        "version": __version__,
        "parameters": dict(parameters),
        "inputs": _hashes(inputs),
        "outputs": {name: _hash(outputs[name]) for name in names},
    }
    contents = {**outputs, MANIFEST: json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"}
    with _refusals(folder), _alone_in(folder):
        _recover(folder)
        ours = _ours(folder)
        _refuse_strangers(folder, contents, ours)
        try:
            _stage(folder, contents, sorted(ours - set(contents)))
        except OSError:
            _remove(folder / _NEW)
            raise
        (folder / _NEW).replace(folder / _READY)
        _push(folder)
        _swap(folder)
    return manifest


def recover(folder: Path) -> None:
    """
    Finish what an interrupted run began; nothing where none was interrupted.

    Parameters
    ----------
    folder
        The folder of results.

    Raises
    ------
    OutputError
        If a file cannot be moved; the old set is then in place again.
    """
    if any((folder / name).exists() for name in _WORKPLACES):
        with _refusals(folder), _alone_in(folder):
            _recover(folder)


def verify(folder: Path, inputs: Path | None = None) -> tuple[Difference, ...]:
    """
    Compare a folder of results with its manifest, file by file; nothing is written.

    Parameters
    ----------
    folder
        The folder of results.
    inputs
        The folder of records, to compare it too; None to leave it aside.

    Returns
    -------
    differences
        What is not as the manifest says; empty where all is.

    Raises
    ------
    OutputError
        If there is no manifest, or none that can be read.
    """
    manifest = _read_manifest(folder)
    found = [Difference(_READY, "unfinished")] if (folder / _READY / _JOURNAL).is_file() else []
    found += [Difference(name, state) for name, state in _compared(folder, manifest["outputs"])]
    if inputs is not None:
        found += [Difference(name, f"input_{state}") for name, state in _compared(inputs, manifest["inputs"])]
    return tuple(found)


def _compared(folder: Path, expected: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name, digest in sorted(expected.items()):
        path = folder / _checked(name)
        if not path.is_file():
            yield name, "missing"
        elif _hash(path.read_bytes()) != digest:
            yield name, "changed"


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        tables = {key: dict(manifest[key]) for key in ("inputs", "outputs")}
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputError("PN097", folder=str(folder)) from None
    return {**manifest, **tables}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _hashes(folder: Path) -> dict[str, str]:
    """Hash what a folder of records holds, hidden files and folders aside, in an order that no file system decides."""
    found = {}
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here, name)
            if not name.startswith("."):
                try:
                    found[path.relative_to(folder).as_posix()] = _hash(path.read_bytes())
                except OSError as error:
                    raise OutputError("PN099", path=str(path), detail=error.strerror) from None
    return found


def _checked(name: str) -> str:
    """Refuse a name that could lead out of the folder, or into our own workplace."""
    parts = PurePosixPath(name).parts
    leads_away = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\\" in name or "\0" in name
    if not parts or leads_away or ".." in parts or parts[0] in _WORKPLACES or PurePosixPath(name).as_posix() != name:
        raise OutputError("PN094", name=name)
    return name


def _refuse_folder_of_records(folder: Path, inputs: Path) -> None:
    home, target = inputs.resolve(), folder.resolve()
    if home == target or home in target.parents:
        raise OutputError("PN098", folder=str(folder), inputs=str(inputs))


def _ours(folder: Path) -> set[str]:
    """Tell which files in the folder are ours: those that its manifest names, and the manifest."""
    try:
        named = [*_read_manifest(folder)["outputs"], MANIFEST]
        return {name for name in map(_checked, named) if not _crosses_link(folder, name) and _is_file(folder / name)}
    except OutputError:
        # No manifest, or none of ours: whatever is there is somebody else's.
        return set()


def _is_file(path: Path) -> bool:
    with suppress(OSError):
        return not stat.S_ISDIR(path.lstat().st_mode)
    return False


def _crosses_link(folder: Path, name: str) -> bool:
    """Tell whether a folder on the way to the file is a link to elsewhere."""
    return any((folder / parent).is_symlink() for parent in _folders_of(name))


def _folders_of(name: str) -> list[PurePosixPath]:
    """List the folders between the folder of results and the file, the innermost first."""
    return list(PurePosixPath(name).parents)[:-1]


def _refuse_strangers(folder: Path, names: Collection[str], ours: Collection[str]) -> None:
    for name in names:
        if _crosses_link(folder, name):
            raise OutputError("PN094", name=name)
        if name not in ours and os.path.lexists(folder / name):
            raise OutputError("PN095", path=str(folder / name))


def _stage(folder: Path, contents: Mapping[str, bytes], stale: list[str]) -> None:
    """Write the whole set beside the old one, and what to do with it."""
    new = folder / _NEW
    new.mkdir()
    journal = {"write": sorted(contents), "remove": stale}
    for name, content in sorted(contents.items()):
        _write(new / _FILES / name, content)
    _write(new / _JOURNAL, json.dumps(journal).encode())
    for here, _, _ in os.walk(new):
        _push(Path(here))


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


def _recover(folder: Path) -> None:
    if (folder / _READY / _JOURNAL).is_file():
        _swap(folder)
    for name in _WORKPLACES:
        _remove(folder / name)


def _swap(folder: Path) -> None:
    """Put the ready set in place; where one file cannot be moved, put the old set back."""
    journal = json.loads((folder / _READY / _JOURNAL).read_bytes())
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
    return folder / name, folder / _READY / _FILES / name, folder / _OLD / name


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _finish(folder: Path, removed: Collection[str]) -> None:
    """Take down the journal first: from then on there is nothing left to recover, only to clean up."""
    for parent in {folder / parent for name in removed for parent in _folders_of(name)}:
        with suppress(OSError):  # not empty: somebody else's files are in it
            parent.rmdir()
    _push(folder)
    (folder / _READY / _JOURNAL).unlink()
    with suppress(OSError):  # the set is in place; the next run cleans up what could not be removed
        _remove(folder / _OLD)
        _remove(folder / _READY)


def _remove(workplace: Path) -> None:
    if workplace.is_symlink():
        workplace.unlink()
    elif workplace.exists():
        shutil.rmtree(workplace)


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder, so that two runs at once cannot mix; the system lets go of it when a run is killed."""
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "win32":  # pragma: no cover (Windows refuses to open a folder)
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError("PN096", folder=str(folder)) from None
        except OSError:  # a network drive without locks: go on without
            pass
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise OutputError("PN093", folder=str(folder)) from None
        if error.errno in _CLOSED:
            raise OutputError("PN090", folder=str(folder)) from None
        if isinstance(error, (FileExistsError, NotADirectoryError)):
            raise OutputError("PN091", folder=str(folder)) from None
        raise OutputError("PN099", path=str(folder), detail=error.strerror or type(error).__name__) from None
