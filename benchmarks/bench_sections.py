"""Each section of the benchmarks: what is run, and what it told, as plain data."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.bench_data import n_actors, raw_folder
from benchmarks.bench_trial import ROOT, Trial, trial, typical

Told = dict[str, Any]

_OURS: Final = "benchmarks.bench_ours"
_BY_HAND: Final = "benchmarks.bench_by_hand"
MILLION: Final = 1_000_000
_OFTEN_UP_TO: Final = 2_000
_GROWTH_FROM: Final = 100_000
_PATIENCE: Final = 4
"""How many times longer this toolkit may take at sizes that no rival is tried at."""

_NATION_SECONDS: Final = 1_800.0
_PARQUET_SECONDS: Final = 900.0
_SPARK_SECONDS: Final = 1_200.0
_ROOM: Final = 200.0
"""GiB of addresses that Java reserves and does not use."""

_VIVAINSIGHTS_UP_TO: Final = 10_000
HEAVY: Final = (
    "numpy",
    "pandas",
    "pandera",
    "pydantic",
    "scipy",
    "igraph",
    "networkx",
    "matplotlib",
    "pyvis",
    "docx",
    "typst",
)
"""The libraries whose loading a person notices."""


@dataclass(frozen=True)
class Plan:
    """
    What to run.

    Parameters
    ----------
    home
        Where generated records are kept.
    sizes
        The numbers of rows.
    repeats
        How often each trial of less than a minute is done.
    limit
        The seconds after which a trial is stopped.
    vivainsights
        The interpreter of an environment with vivainsights; empty where there is none.
    """

    home: Path
    sizes: tuple[int, ...]
    repeats: int = 3
    limit: float = 120.0
    vivainsights: str = ""

    def runs(self, rows: int) -> int:
        """
        Tell how often a trial of a size is done.

        Parameters
        ----------
        rows
            The size.

        Returns
        -------
        runs
            Once where it takes minutes.
        """
        return self.repeats if rows <= _OFTEN_UP_TO else 1

    def up_to(self, rows: int) -> list[int]:
        """
        List the sizes asked for up to one.

        Parameters
        ----------
        rows
            The largest.

        Returns
        -------
        sizes
            In order.
        """
        return [size for size in sorted(self.sizes) if size <= rows]


def in_turn(trials: Mapping[str, Callable[[], Trial]], repeats: int) -> dict[str, Told]:
    """
    Run rivals one after the other, again and again, so that a busy minute of the machine strikes all alike.

    Parameters
    ----------
    trials
        What to run, by name.
    repeats
        How often; who was stopped once is not run again.

    Returns
    -------
    told
        For each the median stages, and where it was stopped.
    """
    done: dict[str, list[Trial]] = {name: [] for name in trials}
    for _ in range(repeats):
        for name, run in trials.items():
            if not any(one.unfinished or one.reason for one in done[name]):
                done[name].append(run())
    return {name: plain(ran) for name, ran in done.items()}


def plain(ran: Sequence[Trial]) -> Told:
    """
    Put trials into plain data.

    Parameters
    ----------
    ran
        Trials of the same work.

    Returns
    -------
    told
        Its `stages`, each with `seconds`, `peak_mib` and `facts`; `unfinished`, `reason` and `limit` of the last; `runs`.
    """
    last = ran[-1]
    return {
        "stages": {name: vars(stage) for name, stage in typical(ran).items()},
        "unfinished": last.unfinished,
        "reason": last.reason,
        "limit": last.limit,
        "runs": len(ran),
    }


def rivals(plan: Plan) -> Told:
    """
    Run this toolkit, networkx and pandas by hand, igraph used directly and vivainsights in turn.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        By size, then by rival.
    """
    return {str(rows): in_turn(_rivals(plan, rows), plan.runs(rows)) for rows in plan.up_to(MILLION)}


def _rivals(plan: Plan, rows: int) -> dict[str, Callable[[], Trial]]:
    folder = raw_folder(plan.home, rows)

    # By hand the largest takes minutes and most of a machine's memory before the first measure.
    limit, gib = (_PATIENCE * plan.limit, 20.0) if rows >= MILLION else (plan.limit, 12.0)

    def runs(module: str, *arguments: object) -> Callable[[], Trial]:
        return lambda: trial(module, arguments, limit=limit, gib=gib)

    found = {
        "toolkit": runs(_OURS, "measures", rows),
        "toolkit read": runs(_OURS, "read", folder),
        "networkx": runs(_BY_HAND, "networkx", folder),
        "igraph": runs(_BY_HAND, "igraph", folder),
        "loop": runs(_BY_HAND, "loop", folder),
    }
    if plan.vivainsights and rows <= _VIVAINSIGHTS_UP_TO:
        found["vivainsights"] = lambda: _vivainsights(plan, rows)
    return found


def _vivainsights(plan: Plan, rows: int) -> Trial:
    from benchmarks.bench_by_hand import merged_ties, tables  # noqa: PLC0415 (loads networkx and igraph)

    table = plan.home / f"ties-{rows}.csv"
    if not table.exists():
        merged_ties(tables(raw_folder(plan.home, rows))).to_csv(table, index=False)
    return trial("benchmarks.bench_vivainsights", [table], limit=plan.limit, python=plan.vivainsights)


def growth(plan: Plan) -> Told:
    """
    Run every measure at the larger sizes, with more time than rivals get.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        By size.
    """
    return {str(rows): _grown(plan, rows) for rows in sorted(plan.sizes) if rows >= _GROWTH_FROM}


def _grown(plan: Plan, rows: int) -> Told:
    told = plain([trial(_OURS, ["measures", rows], limit=_PATIENCE * plan.limit, gib=16)])
    written = plain([trial(_OURS, ["parquet", rows], limit=_PARQUET_SECONDS, gib=16)])
    return told | {"stages": told["stages"] | written["stages"]}


def nation(plan: Plan) -> Told:
    """
    Run what needs no pairs on presences that are numbers already, at ten times the largest size.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        The stages, and the `rows` asked for.
    """
    rows = 10 * max(plan.sizes)
    actors = 10 * n_actors(max(plan.sizes))
    return {
        "rows": rows,
        "actors": actors,
        **plain([trial(_OURS, ["arrays", rows, actors], limit=_NATION_SECONDS, gib=20)]),
    }


SPARK_PYTHON: Final = ROOT / ".venv" / "spark" / "bin" / "python"
"""What `make test-spark` installs."""


def spark(plan: Plan) -> Told:
    """
    Run on a cluster of two worker processes what needs no pairs.

    Parameters
    ----------
    plan
        What to run; the sizes from a million rows.

    Returns
    -------
    told
        By size; nothing where Spark is not installed.
    """
    if not SPARK_PYTHON.exists():
        return {}
    return {
        str(rows): plain(
            [trial("benchmarks.bench_spark", [rows], limit=_SPARK_SECONDS, gib=_ROOM, python=str(SPARK_PYTHON))]
        )
        for rows in sorted(plan.sizes)
        if rows >= MILLION
    }


def town(plan: Plan) -> Told:
    """
    Review a town of a hundred partners, and the example, whole, stage by stage.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        By town.
    """
    folders = {"100 partners, 2,000 rows": raw_folder(plan.home, 2_000), "the example": ROOT / "data" / "raw"}
    runs: dict[str, Callable[[], Trial]] = {
        name: partial(trial, _OURS, ["review", folder], limit=plan.limit) for name, folder in folders.items()
    }
    return in_turn(runs, plan.repeats)


def region(plan: Plan) -> Told:
    """
    Review a region from CSV to the map.

    Parameters
    ----------
    plan
        What to run; the largest size up to a million rows.

    Returns
    -------
    told
        The stages.
    """
    rows = plan.up_to(MILLION)[-1]
    folder = raw_folder(plan.home, rows)
    return {"rows": rows, **plain([trial(_OURS, ["map", folder], limit=_PATIENCE * plan.limit, gib=16)])}


PLENARIES: Final[Mapping[str, tuple[int, int, int]]] = {
    "known": (20_000, 2_000, 2_000),
    "newcomers": (10_000, 500, 2_000),
}
"""Rows, actors, present: a plenary of two thousand whom the town knows, and one to which three in four come from outside."""


def plenary(plan: Plan) -> Told:
    """
    Add a plenary of two thousand to a town's records.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        For each of `PLENARIES` the stages `town` and `town with plenary`.
    """
    limit = max(plan.limit, 240.0)
    return {name: plain([trial(_OURS, ["plenary", *numbers], limit=limit)]) for name, numbers in PLENARIES.items()}


SAMPLED: Final[Mapping[str, tuple[int, int, int]]] = {
    "20 networks of 2,000 actors": (20_000, 2_000, 20),
    "one of 20,000 actors": (MILLION, 20_000, 1),
}
"""Rows, actors, networks: where betweenness is compared with its estimate from 256 actors."""


def sampled(plan: Plan) -> Told:
    """
    Compare betweenness from a sample with the exact one.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        For each of `SAMPLED` the facts of its networks.
    """
    limit = max(plan.limit, 900.0)
    return {name: plain([trial(_OURS, ["sampled", *numbers], limit=limit)]) for name, numbers in SAMPLED.items()}


def start_up(plan: Plan) -> Told:
    """
    Measure what each command loads before it does anything.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        For each command, which of `HEAVY` it loads and how many seconds go into loading.
    """
    raw, out = ROOT / "data" / "raw", plan.home / "start-up"
    commands: dict[str, list[str]] = {
        "--version": ["--version"],
        "--help": ["--help"],
        "explain PN011": ["explain", "PN011"],
        "init": ["init", str(plan.home / "start-up-init")],
        "check": ["check", str(raw)],
        "names": ["names", str(raw)],
        "build": ["build", str(raw), "-o", str(out / "build")],
        "verify": ["verify", str(out / "build")],
        "watch": ["watch", str(raw)],
        "export": ["export", str(raw), "-o", str(out / "export"), "--format", "graphml"],
        "map": ["map", str(raw), "-o", str(out / "map")],
        "report": ["report", str(raw), "-o", str(out / "report")],
        "review": ["review", str(raw), "-o", str(out / "review")],
    }
    found: Told = {"import partnet_analysis": loaded(["-c", "import partnet_analysis"])}
    for name, arguments in commands.items():
        found[f"partnet {name}"] = loaded(["-m", "partnet_analysis", *arguments])
    found["partnet --version"]["wall"] = _wall(["-m", "partnet_analysis", "--version"])
    found["partnet --help"]["wall"] = _wall(["-m", "partnet_analysis", "--help"])
    found["import partnet_analysis"]["wall"] = _wall(["-c", "import partnet_analysis"])
    return found


_IMPORT: Final = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| ( *)([\w.]+)")


def loaded(arguments: Sequence[str]) -> Told:
    """
    Find what a Python program loads, and how long that takes.

    Parameters
    ----------
    arguments
        What follows `python`.

    Returns
    -------
    told
        `heavy`: library → seconds, its own loading of others included where they were not there yet; `seconds` in all.
    """
    done = subprocess.run(  # noqa: S603 (our own words)
        [sys.executable, "-X", "importtime", *arguments],
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    own: dict[str, int] = {}
    for line in done.stderr.splitlines():
        match = _IMPORT.match(line)
        if match:
            top = match[4].split(".")[0]
            own[top] = own.get(top, 0) + int(match[1])
    heavy = {name: own[name] / 1e6 for name in HEAVY if name in own}
    return {"heavy": heavy, "seconds": sum(own.values()) / 1e6}


def _wall(arguments: Sequence[str]) -> float:
    spent = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False)  # noqa: S603 (our own words)
        spent.append(time.perf_counter() - start)
    return median(spent)
