"""
The machine fails while results are written: at every operation on the disk, the run is killed or refused.

The tests ask that nothing is ever lost or mixed. Run as a script, this file prints what was tried and what came of it, as
the table of docs/reliability.md: `python tests/test_failures.py`.
"""

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest

from partnet_analysis.errors import OutputError
from partnet_analysis.store import recover, verify, write_outputs

OLD: Final = {"a.csv": b"old a", "b.csv": b"old b", "figures/one.svg": b"old one", "gone.html": b"old gone"}
NEW: Final = {"a.csv": b"new a", "b.csv": b"new b", "figures/two.svg": b"new two", "map.html": b"new map"}
STRANGERS: Final = {".gitkeep": b"", "notes.txt": b"mine", "figures/mine.svg": b"mine too"}
OPERATIONS: Final = ("replace", "rename", "mkdir", "unlink", "rmdir", "fsync", "open")
"""The functions of `os` that change the disk, or open a folder to push it."""

REFUSALS: Final = (errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EBUSY, errno.EIO)
"""Disk full; read-only; no right, or held by another program; busy; broken."""

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a child process that dies at once")


@dataclass
class Outcome:
    """What came of a series of trials."""

    tried: int = 0
    mixed_until_next_run: int = 0
    mixed: int = 0
    strangers_lost: int = 0
    without_sentence: int = 0
    ended_as: Counter[str] = field(default_factory=Counter)

    def note(self, folder: Path, *, before_recovery: Mapping[str, bytes]) -> None:
        """Look at a folder after recovery, and at what it held before."""
        self.tried += 1
        self.mixed_until_next_run += without_strangers(before_recovery) not in (OLD, NEW, {})
        held = held_in(folder)
        self.strangers_lost += any(held.get(name) != content for name, content in STRANGERS.items())
        ours = without_strangers(held)
        self.mixed += ours not in (OLD, NEW) or verify(folder) != ()
        self.ended_as["old" if ours == OLD else "new"] += 1


def held_in(folder: Path) -> dict[str, bytes]:
    """Read what a folder holds, our workplaces and the manifest aside."""
    paths = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {
        name: path.read_bytes()
        for name, path in paths.items()
        if name != "manifest.json" and not name.startswith(".partnet-")
    }


def without_strangers(held: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in held.items() if name not in STRANGERS}


def a_folder_with_old_results(home: Path) -> tuple[Path, Path]:
    """Make a folder of records, and one of results that also holds files of somebody else."""
    raw, out = home / "raw", home / "out"
    shutil.rmtree(home, ignore_errors=True)
    raw.mkdir(parents=True)
    (raw / "actors.csv").write_bytes(b"actor_id\n")
    for name, content in STRANGERS.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(content)
    write(out, OLD, raw)
    return out, raw


def write(out: Path, outputs: Mapping[str, bytes], raw: Path) -> None:
    write_outputs(out, outputs, inputs=raw, parameters={"period": "2025"})


@contextmanager
def before_each_operation(act: Callable[[int], None], *, steps: bool = False) -> Iterator[None]:
    """
    Call a function with a running number before each operation on the disk.

    Steps into a folder change nothing: to die at one is to die at what follows, so they count only where they are asked for.
    """
    number = count(1)
    opening = os.open

    def watched(operation: Callable[..., Any]) -> Callable[..., Any]:
        def perform(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 (whatever the operation takes)
            if steps or operation is not opening or not arguments[1] & os.O_DIRECTORY:
                act(next(number))
            return operation(*arguments, **options)

        return perform

    with pytest.MonkeyPatch.context() as patch:
        for name in OPERATIONS:
            patch.setattr(os, name, watched(getattr(os, name)))
        yield


def number_of_operations(action: Callable[[], object]) -> int:
    counted: list[int] = []
    with before_each_operation(counted.append, steps=True):
        action()
    return len(counted)


def killed_before(place: int, action: Callable[[], object]) -> bool:
    """Act in a child that dies, without any clean-up, before the operation of this number; tell whether it came to that."""

    def die(number: int) -> None:
        if number == place:
            os._exit(9)

    child = os.fork()
    if child == 0:
        with before_each_operation(die):
            action()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def kills(home: Path) -> Outcome:
    """Kill a run before each of its operations."""
    outcome = Outcome()
    for place in count(1):
        out, raw = a_folder_with_old_results(home)
        if not killed_before(place, lambda out=out, raw=raw: write(out, NEW, raw)):  # type: ignore[misc]  # bound at once
            return outcome
        before = held_in(out)
        recover(out)
        outcome.note(out, before_recovery=before)
    raise AssertionError


def kills_of_the_recovery(home: Path, *, every: int = 1) -> Outcome:
    """Kill a run before each of its operations, or every so many, then the recovery before each of its own."""
    outcome = Outcome()
    for first in count(every, every):
        for second in count(1):
            out, raw = a_folder_with_old_results(home)
            if not killed_before(first, lambda out=out, raw=raw: write(out, NEW, raw)):  # type: ignore[misc]  # bound at once
                return outcome
            if not killed_before(second, lambda out=out: recover(out)):  # type: ignore[misc]  # bound at once
                break
            before = held_in(out)
            recover(out)
            outcome.note(out, before_recovery=before)
    raise AssertionError


def refusals(home: Path, *, once: bool, reasons: Iterable[int] = REFUSALS) -> Outcome:
    """Refuse each operation in turn, once or from then on, for each reason that a system may have."""
    outcome = Outcome()
    out, raw = a_folder_with_old_results(home)
    n_operations = number_of_operations(lambda: write(out, NEW, raw))
    for reason in reasons:
        for place in range(1, n_operations + 1):
            out, raw = a_folder_with_old_results(home)

            def refuse(number: int, place: int = place, reason: int = reason) -> None:
                if number == place or (number > place and not once):
                    raise OSError(reason, os.strerror(reason))

            with before_each_operation(refuse, steps=True):
                try:
                    write(out, NEW, raw)
                except OutputError:
                    pass
                except OSError:
                    outcome.without_sentence += 1
            before = held_in(out)
            recover(out)
            outcome.note(out, before_recovery=before)
    return outcome


ENDLESS_WRITER: Final = """
import sys
from pathlib import Path
from partnet_analysis.store import write_outputs
out, raw = map(Path, sys.argv[1:])
old, new = {old!r}, {new!r}
print("ready", flush=True)
while True:
    for outputs in (new, old):
        write_outputs(out, outputs, inputs=raw, parameters={{"period": "2025"}})
"""


def real_kills(home: Path, times: int) -> Outcome:
    """Kill, from outside and at any moment, a process that does nothing but write results."""
    outcome = Outcome()
    moments = Random(1)  # noqa: S311 (no secret)
    program = ENDLESS_WRITER.format(old=OLD, new=NEW)
    for _ in range(times):
        out, raw = a_folder_with_old_results(home)
        command = [sys.executable, "-c", program, str(out), str(raw)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(moments.random() / 20)
            writer.send_signal(signal.SIGKILL)
        before = held_in(out)
        recover(out)
        outcome.note(out, before_recovery=before)
    return outcome


@forks
def test_a_run_killed_before_any_operation_leaves_the_old_set_or_the_new_one(tmp_path: Path) -> None:
    outcome = kills(tmp_path / "home")

    assert outcome.tried > 50
    assert (outcome.mixed, outcome.strangers_lost) == (0, 0)
    assert set(outcome.ended_as) == {"old", "new"}


@forks
def test_a_recovery_that_is_killed_too_leaves_the_old_set_or_the_new_one(tmp_path: Path) -> None:
    outcome = kills_of_the_recovery(tmp_path / "home", every=16)

    assert outcome.tried > 30
    assert (outcome.mixed, outcome.strangers_lost) == (0, 0)
    assert set(outcome.ended_as) == {"old", "new"}


@pytest.mark.parametrize("once", [True, False], ids=["refused once", "refused from then on"])
def test_a_system_that_refuses_any_operation_gets_a_sentence_and_loses_nothing(tmp_path: Path, *, once: bool) -> None:
    outcome = refusals(tmp_path / "home", once=once, reasons=[errno.ENOSPC if once else errno.EACCES])

    assert outcome.tried > 50
    assert (outcome.mixed, outcome.strangers_lost, outcome.without_sentence) == (0, 0, 0)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that nothing survives")
def test_a_process_killed_from_outside_leaves_the_old_set_or_the_new_one(tmp_path: Path) -> None:
    outcome = real_kills(tmp_path / "home", 3)

    assert (outcome.tried, outcome.mixed, outcome.strangers_lost) == (3, 0, 0)


def report() -> str:
    """Try everything and lay out the table."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        found = {
            "killed before each operation": kills(home),
            "killed, and the recovery killed too": kills_of_the_recovery(home),
            "killed from outside, any moment": real_kills(home, 200),
            "one operation refused (5 reasons)": refusals(home, once=True),
            "refused from then on (5 reasons)": refusals(home, once=False),
        }
    lines = [
        "| trial | tried | mixed | other files lost | no sentence | mixed until the next run |",
        "|---|---|---|---|---|---|",
    ]
    for name, it in found.items():
        figures = (it.tried, it.mixed, it.strangers_lost, it.without_sentence, it.mixed_until_next_run)
        lines.append(f"| {name} | {' | '.join(f'{figure:,}' for figure in figures)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(report() + "\n")
