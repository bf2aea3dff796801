"""
How near the floor: what a piece of work cannot do without, against what this machine can do.

Bytes that must move and operations that must be done, over the speeds measured here and now; what an engine adds is the
distance to the floor.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Any, Final

import numpy as np

Told = dict[str, Any]

_MIB: Final = 2**20
_BLOCK: Final = 128 * _MIB
_TIMES: Final = 5


def speeds() -> dict[str, float]:
    """
    Measure the machine.

    Returns
    -------
    speeds
        In GB/s: `copy` (read and write of warm memory), `first_touch` (writing new memory), `gather` (eight bytes at random
        places of an array of a million), `sort` (sorting whole numbers of eight bytes).
    """
    block = np.ones(_BLOCK // 8)
    other = np.empty_like(block)
    np.copyto(other, block)
    chance = np.random.default_rng(1)
    values, places = np.ones(1_000_000), chance.integers(0, 1_000_000, 8_000_000)
    numbers = chance.integers(0, 2**40, 4_000_000)
    return {
        "copy": _speed(lambda: np.copyto(other, block), 2 * _BLOCK),
        "first_touch": _speed(lambda: np.ones(_BLOCK // 8), _BLOCK),
        "gather": _speed(lambda: values.take(places), 8 * len(places)),
        "sort": _speed(lambda: np.sort(numbers), 8 * len(numbers)),
    }


def _speed(work: Callable[[], object], moved: int) -> float:
    spent = []
    for _ in range(_TIMES):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return moved / median(spent) / 1e9


def lines_read(folder: Path) -> Told:
    """
    Read files and count their lines: less cannot be done by who wants to know what is in them.

    Parameters
    ----------
    folder
        The folder.

    Returns
    -------
    told
        `bytes` and `seconds` of processor time.
    """
    start, moved = time.process_time(), 0
    for path in folder.glob("*.csv"):
        with path.open("rb") as file:
            while block := file.read(_MIB):
                moved += len(block)
                block.count(b"\n")
    return {"bytes": moved, "seconds": time.process_time() - start}


def floors(speed: Mapping[str, float], stages: Mapping[str, Any]) -> dict[str, float]:
    """
    Work out the seconds below which no program gets on this machine, for a trial's stages.

    Parameters
    ----------
    speed
        As `speeds` gives it.
    stages
        The stages of a trial of `bench_ours measures`.

    Returns
    -------
    floors
        Seconds for each stage whose floor is known:

        - `operator`: each presence twice, once on the way to its meeting and once back: eight bytes of index and
          eight of value, as if all were read in order.
        - `ties streamed`: each pair made once (eight bytes written and read again) and sorted once.
        - `betweenness`: from each source each road looked along from both ends, out and back: sixteen bytes of it and eight
          of who is at its other end, as if all were read in order.
    """
    found = {}
    if "operator" in stages:
        entries = stages["operator"]["facts"]["entries"]
        found["operator"] = 2 * 16 * entries / speed["copy"] / 1e9
    if "network" in stages and "ties streamed" in stages:
        pairs = stages["network"]["facts"]["pairs"]
        found["ties streamed"] = (16 * pairs / speed["copy"] + 8 * pairs / speed["sort"]) / 1e9
    if "betweenness" in stages:
        facts = stages["betweenness"]["facts"]
        looks = 2 * 2 * facts["sources"] * facts["roads"]
        found["betweenness"] = looks * 24 / speed["copy"] / 1e9
    return found
