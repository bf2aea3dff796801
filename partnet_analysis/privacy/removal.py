"""
What an erasure or the end of a retention period takes away: first told, then done, and exactly what was told.

Under our control are the folder of results, with its manifest, and the alias table beside the records. The records are the
service's own and never written: where they still hold what goes, the plan says so, for a hand to take out.
"""

import hashlib
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from partnet_analysis.display import path_in_words
from partnet_analysis.errors import PrivacyError
from partnet_analysis.records.identity import ALIAS_FILE
from partnet_analysis.store import amend_outputs, own_outputs, recover
from partnet_analysis.store.manifest import LOCK, MANIFEST, WORKPLACES
from partnet_analysis.store.single import write_file

PLAN_COLUMNS: Final = ("folder", "file", "action", "n")
Action = Literal["rewrite", "remove", "by_hand"]
Line = tuple[Path, str, Action, int | None]


@dataclass(frozen=True, eq=False)
class Removal:
    """
    A removal that was planned and not yet done.

    Parameters
    ----------
    records
        The folder of records.
    outputs
        The folder of results.
    plan
        One row for each file concerned, sorted: `folder`, `file`, `action` (`rewrite`, `remove`, or `by_hand` where the file
        is not ours to change) and `n`, the mentions or rows that go; NA where they cannot be counted.
    left
        What the folder of results holds afterwards: file name → content; None where nothing of it changes.
    without_inputs
        The inputs that the manifest must no longer name.
    aliases
        What the alias table holds afterwards; None where it does not change.
    state
        A digest of everything that the plan rests on.
    """

    records: Path
    outputs: Path
    plan: pd.DataFrame
    left: Mapping[str, bytes] | None = field(repr=False)
    without_inputs: Collection[str] = field(repr=False)
    aliases: bytes | None = field(repr=False)
    state: str

    @property
    def needs_hands(self) -> bool:
        """Whether something remains that only the service itself can take out."""
        return bool((self.plan["action"] == "by_hand").any())


def carry_out(removal: Removal) -> None:
    """
    Do what was planned: the folder of results as one, then the alias table.

    Parameters
    ----------
    removal
        The plan.

    Raises
    ------
    PrivacyError
        If a file has changed since the plan was made (PN108); nothing is then done.
    OutputError
        If the system refuses; the folder of results is then as it was.
    """
    if state_of(removal.records, removal.outputs) != removal.state:
        raise PrivacyError("PN108", path=str(removal.outputs))
    if removal.left is not None:
        amend_outputs(removal.outputs, removal.left, without_inputs=removal.without_inputs)
    if removal.aliases is not None:
        write_file(removal.records / ALIAS_FILE, removal.aliases)


def own_files(outputs: Path) -> dict[str, bytes]:
    """
    Read the results that are ours to change.

    Parameters
    ----------
    outputs
        The folder of results; what an interrupted run decided is put in place first.

    Returns
    -------
    files
        File name → content of what the manifest names and the folder holds, the manifest apart; empty where there is none.
    """
    if not outputs.is_dir():
        return {}
    recover(outputs)
    paths = {name: outputs / name for name in sorted(own_outputs(outputs)) if name != MANIFEST}
    # What a link leads to is somebody else's, though the link stands in the place of a file of ours.
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file() and not path.is_symlink()}


def other_files(folder: Path, own: Collection[str] = ()) -> dict[str, bytes]:
    """
    Read the files of a folder that are not ours to change, hidden ones included.

    Parameters
    ----------
    folder
        The folder.
    own
        The files that are.

    Returns
    -------
    files
        File name, relative to the folder → content.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {
        name: path.read_bytes()
        for name, path in names.items()
        if name not in own and name != MANIFEST and name.split("/")[0] not in (*WORKPLACES, LOCK)
    }


def state_of(records: Path, outputs: Path) -> str:
    """
    Sum up what a plan rests on.

    Parameters
    ----------
    records
        The folder of records.
    outputs
        The folder of results.

    Returns
    -------
    digest
        SHA-256 of every file name and content of both folders.
    """
    digest = hashlib.sha256()
    for folder in (records, outputs):
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            for part in (os.fsencode(path.relative_to(folder).as_posix()), path.read_bytes()):
                digest.update(f"{len(part)}:".encode() + part)
    return digest.hexdigest()


def plan_table(lines: Collection[Line]) -> pd.DataFrame:
    """
    Lay a plan out.

    Parameters
    ----------
    lines
        Folder, file, action and count of each file concerned.

    Returns
    -------
    plan
        The columns `PLAN_COLUMNS`, sorted.
    """
    told = ((path_in_words(folder), path_in_words(file), *rest) for folder, file, *rest in lines)
    rows = sorted(told, key=lambda row: (row[0], row[1]))
    plan = pd.DataFrame(rows, columns=list(PLAN_COLUMNS))
    return plan.astype({"n": "Int64", "folder": "str", "file": "str", "action": "str"})
