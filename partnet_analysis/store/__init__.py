"""
The results, written so that a folder always holds one whole set of them.

A set is first written beside the old one, inside the folder (`.partnet-new`), and pushed to the disk. One rename to
`.partnet-ready` decides: a run killed before it leaves the old set, a run killed after it leaves the new one, which the next
run puts in place before anything else. Files are moved one by one, the old ones aside (`.partnet-old`); where one cannot be
moved, because a spreadsheet program holds it open, all go back and the old set is intact. All of it happens inside the
folder: no link that stands in it, or is put there meanwhile, is followed.

Only files that the last manifest names are replaced or removed. Anything else in the folder stays.
"""

import errno
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from partnet_analysis.errors import InputError, OutputError
from partnet_analysis.store.inside import Home, home_at, is_same_folder
from partnet_analysis.store.manifest import (
    MANIFEST,
    WORKPLACES,
    Difference,
    amended_manifest,
    checked_name,
    fingerprint,
    manifest_bytes,
    manifest_of,
    read_manifest,
    verify,
)
from partnet_analysis.store.turns import held
from partnet_analysis.store.workplace import decide, finish_interrupted, folders_of, stage

__all__ = [
    "Difference",
    "amend_outputs",
    "fingerprint",
    "kindred_outputs",
    "own_outputs",
    "recover",
    "refuse_folder_of_records",
    "verify",
    "write_outputs",
]

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


def write_outputs(
    folder: Path,
    outputs: Mapping[str, bytes],
    *,
    inputs: Path,
    parameters: Mapping[str, Any],
    read_as: Mapping[str, str | None] | None = None,
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
        What else the results depend on, such as the period and the language; plain values, no clock, no path. Where
        `edition` is `public`, the manifest names no input.
    read_as
        The `fingerprint` of the records before they were read: results of records that changed meanwhile are not written.

    Returns
    -------
    manifest
        What `manifest.json` says: version, dependencies, parameters, and the SHA-256 of each input and output.

    Raises
    ------
    OutputError
        If the set cannot be written; the old one is then intact. Codes PN090 to PN099.
    InputError
        If the records changed since `read_as` was taken (PN008).
    """
    refuse_folder_of_records(folder, inputs)
    manifest = manifest_of(outputs, inputs=inputs, parameters=parameters)
    if read_as is not None:
        _refuse_changed_records(read_as, fingerprint(inputs))
    _write_set(folder, outputs, manifest)
    return manifest


def kindred_outputs(folder: Path, *, inputs: Path, parameters: Mapping[str, Any]) -> dict[str, bytes]:
    """
    Read the results that may stand beside new ones of the same making.

    Parameters
    ----------
    folder
        The folder of results.
    inputs
        The folder of records.
    parameters
        What else the new results depend on.

    Returns
    -------
    outputs
        File name → content of a set that is intact and that the same records, parameters and version made; else empty. A map
        drawn alone need not cost the report that was there.
    """
    if not (folder / MANIFEST).is_file():
        return {}
    recover(folder)
    try:
        old = read_manifest(folder)
        kin = manifest_of({}, inputs=inputs, parameters=parameters)
        if not old["inputs"] or verify(folder) or any(old.get(key) != kin[key] for key in kin if key != "outputs"):
            return {}
    except OutputError:
        return {}
    return {name: (folder / name).read_bytes() for name in old["outputs"]}


def amend_outputs(folder: Path, outputs: Mapping[str, bytes], *, without_inputs: Collection[str] = ()) -> dict[str, Any]:
    """
    Put what is left of a set of results in its place, whole or not at all.

    Parameters
    ----------
    folder
        The folder of results.
    outputs
        What is left: file name → content; the other files that the manifest names are removed.
    without_inputs
        The inputs that the manifest must no longer name.

    Returns
    -------
    manifest
        What `manifest.json` says now; version and parameters are those of the set that was amended.

    Raises
    ------
    OutputError
        As `write_outputs` raises it, and if there is no manifest (PN097).
    """
    manifest = amended_manifest(folder, outputs, without_inputs=without_inputs)
    _write_set(folder, outputs, manifest)
    return manifest


def _write_set(folder: Path, outputs: Mapping[str, bytes], manifest: Mapping[str, Any]) -> None:
    contents = {**outputs, MANIFEST: manifest_bytes(manifest)}
    with _refusals(folder), _alone_in(folder) as home:
        finish_interrupted(home)
        ours = own_outputs(folder)
        _refuse_strangers(folder, contents, ours)
        stage(home, contents, sorted(ours - set(contents)))
        decide(home)


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
    if any(os.path.lexists(folder / name) for name in WORKPLACES):
        with _refusals(folder), _alone_in(folder) as home:
            finish_interrupted(home)


def refuse_folder_of_records(folder: Path, inputs: Path) -> None:
    """
    Refuse to write results among the records.

    Parameters
    ----------
    folder
        The folder of results.
    inputs
        The folder of records.

    Raises
    ------
    OutputError
        If one lies in the other's place, or inside it (PN098).
    """
    home, target = inputs.resolve(), folder.resolve()
    if any(is_same_folder(place, home) for place in (target, *target.parents)):
        raise OutputError("PN098", folder=str(folder), inputs=str(inputs))


def _refuse_changed_records(before: Mapping[str, str | None], now: Mapping[str, str | None]) -> None:
    changed = sorted(name for name in {*before, *now} if name not in before or name not in now or before[name] != now[name])
    if changed:
        raise InputError("PN008", files=changed)


def own_outputs(folder: Path) -> set[str]:
    """
    Tell which files in a folder of results are ours.

    Parameters
    ----------
    folder
        The folder of results.

    Returns
    -------
    names
        Those that its manifest names and that lie in it, and the manifest; none where there is no manifest of ours, as
        whatever is there is then somebody else's.
    """
    try:
        named = [*read_manifest(folder)["outputs"], MANIFEST]
        return {name for name in map(checked_name, named) if not _crosses_link(folder, name) and _is_file(folder / name)}
    except OutputError:
        return set()


def _is_file(path: Path) -> bool:
    with suppress(OSError):
        return not stat.S_ISDIR(path.lstat().st_mode)
    return False


def _crosses_link(folder: Path, name: str) -> bool:
    """Tell whether a folder on the way to the file is a link to elsewhere."""
    return any((folder / parent).is_symlink() for parent in folders_of(name))


def _refuse_strangers(folder: Path, names: Collection[str], ours: Collection[str]) -> None:
    for name in names:
        if _crosses_link(folder, name):
            raise OutputError("PN094", name=name)
        if name not in ours and os.path.lexists(folder / name):
            raise OutputError("PN095", path=str(folder / name))


@contextmanager
def _alone_in(folder: Path) -> Iterator[Home]:
    """Hold the folder, so that two runs at once cannot mix."""
    with home_at(folder) as home, held(home):
        yield home


@contextmanager
def _refusals(folder: Path) -> Iterator[None]:
    """Turn what the system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise OutputError("PN094", name=str(error.filename)) from None
        if error.errno in _FULL:
            raise OutputError("PN093", folder=str(folder)) from None
        if error.errno in _CLOSED:
            raise OutputError("PN090", folder=str(folder)) from None
        if isinstance(error, (FileExistsError, NotADirectoryError)):
            raise OutputError("PN091", folder=str(folder)) from None
        raise OutputError("PN099", path=str(folder), detail=error.strerror or type(error).__name__) from None
