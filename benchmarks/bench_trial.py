"""Run work in a process of its own, told stage by stage: its seconds and its memory are nobody else's."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeVar

ROOT: Final = Path(__file__).parents[1]
_GIB: Final = 2**30
_SHORT: Final = 0.3
_AGAIN: Final = 3
_PRINTED: Final = "stage "

Made = TypeVar("Made")


@dataclass(frozen=True)
class Stage:
    """
    One stage of a trial.

    Parameters
    ----------
    seconds
        How long it took.
    cpu
        The processor seconds it took, which other work on the machine hardly changes.
    peak_mib
        The most memory that the process held while it ran, what was there before included.
    facts
        What else the stage tells, such as how many ties there are.
    """

    seconds: float
    cpu: float
    peak_mib: float
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Trial:
    """
    What a process told before it ended.

    Parameters
    ----------
    stages
        The stages that it finished, by name.
    unfinished
        The stage at which it was stopped or failed; empty where it did all.
    reason
        Why: `time`, `memory` or what it said last.
    limit
        The seconds that it was given.
    """

    stages: Mapping[str, Stage]
    unfinished: str = ""
    reason: str = ""
    limit: float = 0.0


def timed(
    name: str, work: Callable[[Any], Made], prepare: Callable[[], Any] = lambda: None, **facts: Callable[[Made], Any]
) -> Made:
    """
    Do a stage and tell what it took; in the child process.

    Parameters
    ----------
    name
        The stage's name.
    work
        What to time, given what `prepare` made. What takes less than a third of a second is done three times more, and the
        median told.
    prepare
        What must be there before, each time anew, and is not timed.
    **facts
        What else to tell about the result.

    Returns
    -------
    made
        What the work gave.
    """
    say(name)
    _forget_peak()
    made, seconds, cpu = _once(work, prepare())
    peak = peak_mib()
    if cpu < _SHORT:
        again = [_once(work, prepare())[1:] for _ in range(_AGAIN)]
        seconds, cpu = (median(spent) for spent in zip(*again, strict=True))
    told = {
        "name": name,
        "seconds": seconds,
        "cpu": cpu,
        "peak_mib": peak,
        "facts": {key: fact(made) for key, fact in facts.items()},
    }
    sys.stdout.write(_PRINTED + json.dumps(told) + "\n")
    sys.stdout.flush()
    return made


def say(name: str) -> None:
    """
    Tell which stage begins, so that whoever stops the process knows where it was.

    Parameters
    ----------
    name
        The stage's name.
    """
    sys.stdout.write(f"begin {name}\n")
    sys.stdout.flush()


def _once(work: Callable[[Any], Made], given: Any) -> tuple[Made, float, float]:  # noqa: ANN401 (whatever was prepared)
    start, spent = time.perf_counter(), time.process_time()
    made = work(given)
    return made, time.perf_counter() - start, time.process_time() - spent


def _forget_peak() -> None:
    """Let the system count this process's peak from now on; where it cannot, peaks are those since the start."""
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return


def peak_mib() -> float:
    """
    Tell the most memory that this process has held.

    Returns
    -------
    peak
        In MiB.
    """
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def trial(
    module: str,
    arguments: Sequence[object],
    *,
    limit: float = 120.0,
    gib: float = 12.0,
    python: str = sys.executable,
) -> Trial:
    """
    Run a module in a process of its own and gather what it tells.

    Parameters
    ----------
    module
        The module, run with `-m`.
    arguments
        Its arguments.
    limit
        The seconds after which it is stopped.
    gib
        The memory that it may ask for.
    python
        The interpreter.

    Returns
    -------
    trial
        Every stage that was done.
    """
    command = [python, "-m", module, *map(str, arguments)]
    space = int(gib * _GIB)
    with subprocess.Popen(  # noqa: S603 (our own modules)
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (space, space)),  # noqa: PLW1509 (one thread starts it)
    ) as process:
        try:
            out, err = process.communicate(timeout=limit)
            late = False
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            late = True
    return _told(out, err, late=late, failed=process.returncode != 0, limit=limit)


def _told(out: str, err: str, *, late: bool, failed: bool, limit: float) -> Trial:
    stages, begun = {}, ""
    for line in out.splitlines():
        if line.startswith(_PRINTED):
            told = json.loads(line.removeprefix(_PRINTED))
            name = told.pop("name")
            stages[name] = Stage(**told)
        elif line.startswith("begin "):
            begun = line.removeprefix("begin ")
    if not (late or failed):
        return Trial(stages, limit=limit)
    last = err.strip().splitlines()[-1] if err.strip() else "killed"
    reason = "time" if late else "memory" if "MemoryError" in err or "memory" in last or last == "killed" else last
    return Trial(stages, unfinished=begun if begun not in stages else "", reason=reason, limit=limit)


def typical(trials: Sequence[Trial]) -> dict[str, Stage]:
    """
    Take the median of each stage over repeated trials.

    Parameters
    ----------
    trials
        The trials.

    Returns
    -------
    stages
        For each stage the median seconds and memory; the facts of the first trial that finished it.
    """
    found: dict[str, list[Stage]] = {}
    for one in trials:
        for name, stage in one.stages.items():
            found.setdefault(name, []).append(stage)
    return {
        name: Stage(
            median(stage.seconds for stage in done),
            median(stage.cpu for stage in done),
            median(stage.peak_mib for stage in done),
            done[0].facts,
        )
        for name, done in found.items()
    }
