"""`manifest.json`: what a folder of results holds, and what it was made from."""

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Final

from partnet_analysis import __version__
from partnet_analysis.errors import OutputError
from partnet_analysis.messages import Phrase

MANIFEST: Final = "manifest.json"

PUBLIC: Final = "public"
"""The edition that anybody may see; its manifest names its outputs alone."""

NEW: Final = ".partnet-new"
READY: Final = ".partnet-ready"
OLD: Final = ".partnet-old"
WORKPLACES: Final = (NEW, READY, OLD)
"""The folders, inside the folder of results, where a set is written, waits to be put in place, and is kept until it is."""

LOCK: Final = ".partnet-lock"
"""The file that a run holds where the system cannot hold the folder itself (`turns`)."""

_PASSING: Final = (".", "~$")
"""How the names begin of files that come and go by themselves: hidden ones, and what Excel lays beside an open workbook."""

JOURNAL: Final = "journal.json"
"""In a ready set, what to write and what to remove; as long as it is there, the set has not taken its place."""


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


def manifest_of(outputs: Mapping[str, bytes], *, inputs: Path, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """
    Draw up the manifest of a set of results.

    Parameters
    ----------
    outputs
        File name, relative to the folder of results → content.
    inputs
        The folder of records.
    parameters
        What else the results depend on.

    Returns
    -------
    manifest
        `version`, `dependencies` (package → version), `parameters`, and the SHA-256 of each file of `outputs` and `inputs`;
        null for an input that cannot be read. No inputs where the parameter `edition` is `public`.

    Raises
    ------
    OutputError
        If a name leads out of the folder.
    """
    return {
        "version": __version__,
        "dependencies": dict(_dependencies()),
        "parameters": dict(parameters),
        # Whoever sees a public edition must learn no name from that of a file, nor whether a guessed file is the right one.
        "inputs": {} if parameters.get("edition") == PUBLIC else fingerprint(inputs),
        "outputs": {name: _hash(outputs[name]) for name in sorted(map(checked_name, outputs))},
    }


def amended_manifest(folder: Path, outputs: Mapping[str, bytes], *, without_inputs: Collection[str]) -> dict[str, Any]:
    """
    Draw up the manifest of a set of results from which something was taken away.

    Parameters
    ----------
    folder
        The folder of results, whose manifest is amended.
    outputs
        What is left: file name → content.
    without_inputs
        The inputs that the manifest must no longer name.

    Returns
    -------
    manifest
        The old one with the new hashes of what is left.

    Raises
    ------
    OutputError
        If there is no manifest, or a name leads out of the folder.
    """
    manifest = read_manifest(folder)
    return {
        **manifest,
        "inputs": {name: digest for name, digest in manifest["inputs"].items() if name not in without_inputs},
        "outputs": {name: _hash(outputs[name]) for name in sorted(map(checked_name, outputs))},
    }


def manifest_bytes(manifest: Mapping[str, Any]) -> bytes:
    """
    Write a manifest.

    Parameters
    ----------
    manifest
        The manifest.

    Returns
    -------
    content
        JSON, keys in order, one to a line.
    """
    text = json.dumps(manifest, ensure_ascii=False, indent=2, sort_keys=True)
    # A file name that is no Unicode comes from the system as lone surrogates; escaped, they are what JSON reads back.
    return text.encode(errors="backslashreplace") + b"\n"


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
    manifest = read_manifest(folder)
    found = [Difference(READY, "unfinished")] if (folder / READY / JOURNAL).is_file() else []
    found += [Difference(name, state) for name, state in _compared(folder, manifest["outputs"])]
    if inputs is not None:
        found += [Difference(name, f"input_{state}") for name, state in _compared(inputs, manifest["inputs"])]
    return tuple(found)


def _compared(folder: Path, expected: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    for name, digest in sorted(expected.items()):
        path = folder / checked_name(name)
        if not os.path.lexists(path):
            yield name, "missing"
        elif _hash_of_file(path) != digest:
            yield name, "changed"


def read_manifest(folder: Path) -> dict[str, Any]:
    """
    Read the manifest of a folder of results.

    Parameters
    ----------
    folder
        The folder.

    Returns
    -------
    manifest
        What it says.

    Raises
    ------
    OutputError
        If there is none, or none of ours.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
        tables = {key: dict(manifest[key]) for key in ("inputs", "outputs")}
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputError("PN097", folder=str(folder)) from None
    return {**manifest, **tables}


def checked_name(name: str) -> str:
    """
    Refuse a name that could lead out of the folder or into our own workplace, or that no file can bear.

    Parameters
    ----------
    name
        A file's name, relative to the folder, with `/` between its parts.

    Returns
    -------
    name
        The same name.

    Raises
    ------
    OutputError
        If it leads elsewhere.
    """
    parts = PurePosixPath(name).parts
    leads_away = PurePosixPath(name).is_absolute() or PureWindowsPath(name).drive or "\\" in name or "\0" in name
    if (
        not parts
        or leads_away
        or not _is_bearable(name)
        or ".." in parts
        or parts[0] in (*WORKPLACES, LOCK)
        or PurePosixPath(name).as_posix() != name
    ):
        raise OutputError("PN094", name=name)
    return name


def _is_bearable(name: str) -> bool:
    try:
        os.fsencode(name)
    except UnicodeEncodeError:
        return False
    return True


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def fingerprint(folder: Path) -> dict[str, str | None]:
    """
    Hash what a folder of records holds.

    Parameters
    ----------
    folder
        The folder of records.

    Returns
    -------
    fingerprint
        File name, relative to the folder → SHA-256, None where the file cannot be read, in an order that no file system
        decides. Hidden files are left aside, and those that Excel lays beside a workbook while it is open: to open one
        meanwhile changes no record.
    """
    found: dict[str, str | None] = {}
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for path in (Path(here, name) for name in sorted(files) if not name.startswith(_PASSING)):
            found[path.relative_to(folder).as_posix()] = _hash_of_file(path)
    return found


def _hash_of_file(path: Path) -> str | None:
    try:
        return _hash(path.read_bytes())
    except OSError:
        return None


@cache
def _dependencies() -> Mapping[str, str]:
    """Name the packages that the results depend on, each with its version; none where we run without being installed."""
    try:
        required = metadata.requires("partnet_analysis") or []
    except metadata.PackageNotFoundError:
        return {}
    names = (re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0] for line in required if "extra ==" not in line)
    return {name: metadata.version(name) for name in sorted(names)}
