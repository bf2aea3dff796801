"""
`make bench`: measure this toolkit and its rivals in turn, and rewrite `docs/benchmarks.md`.

`python -m benchmarks.bench [--sizes 1000,10000] [--sections town,rivals] [--limit 60]`; figures are kept in
`docs/benchmarks.json`, so that sections can be measured one by one. `--check` (`make bench-quick`) measures nothing: it does
the same work in every way at small sizes and compares the results.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from benchmarks.bench_floor import lines_read, speeds
from benchmarks.bench_reading import reading
from benchmarks.bench_sections import Plan, growth, nation, plenary, region, rivals, sampled, spark, start_up, town
from benchmarks.bench_trial import ROOT

FIGURES: Final = ROOT / "docs" / "benchmarks.json"
PAGE: Final = ROOT / "docs" / "benchmarks.md"
SIZES: Final = (1_000, 2_000, 10_000, 100_000, 1_000_000, 10_000_000)
CHECKED: Final = (500, 2_000)
_LIBRARIES: Final = ("numpy", "pandas", "scipy", "igraph", "networkx", "matplotlib")

_BY_SIZE: Final = frozenset({"rivals", "growth", "spark"})

SECTIONS: Final[Mapping[str, Callable[[Plan], dict[str, Any]]]] = {
    "start_up": start_up,
    "town": town,
    "reading": reading,
    "plenary": plenary,
    "sampled": sampled,
    "rivals": rivals,
    "region": region,
    "growth": growth,
    "nation": nation,
    "spark": spark,
    "floor": lambda plan: {"speeds": speeds(), "lines": _lines(plan)},
}
"""Everything that is measured, in order."""


def _lines(plan: Plan) -> dict[str, Any]:
    folders = sorted(plan.home.glob("raw-*"))
    return {folder.name.removeprefix("raw-"): lines_read(folder) for folder in folders}


def machine() -> dict[str, Any]:
    """
    Tell what was measured on.

    Returns
    -------
    machine
        Processor, cores, memory, system, versions, and how busy it was.
    """
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 (wherever git is)
        cwd=ROOT,
        capture_output=True,
        check=False,
        text=True,
    ).stdout.strip()
    return {
        "processor": model,
        "cores": os.cpu_count(),
        "memory_gib": memory,
        "system": platform.system(),
        "python": platform.python_version(),
        "commit": commit,
        "load": os.getloadavg()[0],
        "versions": {name: metadata.version(name) for name in _LIBRARIES},
    }


def measure(plan: Plan, names: list[str]) -> None:
    """
    Measure sections, one after the other, and rewrite the page after each.

    Parameters
    ----------
    plan
        What to run.
    names
        The sections.
    """
    from benchmarks.bench_page import rewrite  # noqa: PLC0415 (loads matplotlib, which the trials need not wait for)

    for name in names:
        for part in _parts(plan, name):
            start = time.perf_counter()
            told = SECTIONS[name](part)
            found = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
            # Sizes measured at another time stay.
            found[name] = found.get(name, {}) | told if name in _BY_SIZE else told
            found.setdefault("measured", {})[name] = machine() | {"seconds": time.perf_counter() - start}
            FIGURES.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            rewrite(found, PAGE)
            sys.stdout.write(f"{name}: {time.perf_counter() - start:.0f} s\n")
            sys.stdout.flush()


def _parts(plan: Plan, name: str) -> list[Plan]:
    """Take size by size what is kept by size, so that nothing is lost where a run is stopped."""
    return [replace(plan, sizes=(size,)) for size in sorted(plan.sizes)] if name in _BY_SIZE else [plan]


def check() -> int:
    """
    Do the same work in every way at small sizes and compare.

    Returns
    -------
    code
        1 where anything differs.
    """
    from benchmarks.bench_checks import disagreements  # noqa: PLC0415 (loads every rival)

    found = [f"{rows} rows: {told}" for rows in CHECKED for told in disagreements(rows)]
    sys.stdout.write("\n".join(found) + "\n" if found else "All agree.\n")
    return int(bool(found))


def main(arguments: list[str]) -> int:
    """
    Do what the command line asks.

    Parameters
    ----------
    arguments
        The words after `python -m benchmarks.bench`.

    Returns
    -------
    code
        The exit code.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of rows, with commas")
    parser.add_argument("--sections", default=",".join(SECTIONS), help="what to measure, with commas")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=50.0, help="seconds after which a trial is stopped")
    parser.add_argument("--data", type=Path, help="where to keep generated records")
    parser.add_argument("--vivainsights", default=os.environ.get("VIVAINSIGHTS_PYTHON", ""), help="a Python that has it")
    parser.add_argument("--check", action="store_true", help="compare results, measure nothing")
    given = parser.parse_args(arguments)
    if given.check:
        return check()
    with tempfile.TemporaryDirectory() as scratch:
        home = given.data or Path(scratch)
        sizes = tuple(int(size) for size in given.sizes.split(","))
        measure(Plan(home, sizes, given.repeats, given.limit, given.vivainsights), given.sections.split(","))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
