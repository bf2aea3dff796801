"""
How long it takes to understand a file as people keep it, beside pandas, which opens it and understands nothing.

`python -m benchmarks.bench_reading toolkit|pandas FOLDER` tells what each file of the folder took; `reading` runs both in
turn. Names and marks are drawn by chance, always alike.
"""

import csv
import random
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from benchmarks.bench_sections import Plan, in_turn
from benchmarks.bench_trial import timed, trial
from partnet_analysis.config import Config
from partnet_analysis.records.assembly import read_folder

Rows = list[list[str]]

LISTS: Final = (200, 6_000, 60_000)
"""Rows of the lists: a year of a small service, its ten years, those of a large town."""

GRID: Final = (150, 60)
"""Partners and meetings of the grid."""

_NAMES: Final = (*(f"list of {rows:,} rows" for rows in LISTS), "grid, CSV", "grid, workbook")
_FIRST: Final = ("Anne", "Lise", "Marc", "Zoé", "Loïc", "Jean-Pierre", "Eva", "Paul", "Nathalie", "Yann", "Fatima", "Hugo")
_SYLLABLES: Final = ("mor", "tan", "gui", "le", "ba", "ker", "ri", "dou", "van", "lan", "pe", "sou", "fel", "cha")
_SERIES: Final = ("COPIL", "GT Parentalité", "Atelier santé")
_START: Final = date(2015, 1, 8)


def files(home: Path) -> Path:
    """
    Write the lists and the grid, each in a folder of its own, where they are not there yet.

    Parameters
    ----------
    home
        Where generated records are kept.

    Returns
    -------
    folder
        The folder of all of them.
    """
    folder = home / "kept"
    grid = _grid(*GRID)
    for name, rows in zip(_NAMES, (*map(_list, LISTS), grid), strict=False):
        _write_csv(folder / name, rows)
    workbook = folder / _NAMES[-1] / "présences.xlsx"
    if not workbook.exists():
        workbook.parent.mkdir(parents=True)
        pd.DataFrame(grid[1:], columns=grid[0]).to_excel(workbook, index=False, engine="xlsxwriter")
    return folder


def _write_csv(folder: Path, rows: Rows) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "présences.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def _people(number: int, chance: random.Random) -> list[tuple[str, str, str]]:
    """Draw given names, family names and organisations, of five persons each."""
    lasts = dict[str, None]()
    while len(lasts) < number:
        lasts["".join(chance.choices(_SYLLABLES, k=3)).title()] = None
    return [(chance.choice(_FIRST), last, f"Association {list(lasts)[place // 5]}") for place, last in enumerate(lasts)]


def _list(n_rows: int) -> Rows:
    chance = random.Random(n_rows)  # noqa: S311 (no secret)
    people = _people(min(60 + n_rows // 30, 2_000), chance)
    rows: Rows = []
    for number, _ in enumerate(range(0, n_rows, 20)):
        day = f"{_START + timedelta(days=number):%d/%m/%Y}"
        for first, last, organisation in chance.sample(people, 20):
            status = chance.choice(("Présent", "Présent", "Excusé", "Absent"))
            rows.append([day, _SERIES[number % 3], last.upper(), first, organisation, status])
    return [["Date", "Réunion", "Nom", "Prénom", "Structure", "Présence"], *rows[:n_rows]]


def _grid(n_people: int, n_meetings: int) -> Rows:
    chance = random.Random(n_people)  # noqa: S311 (no secret)
    head = ["Nom", "Structure", *(f"{_START + timedelta(days=6 * place):%d/%m/%Y}" for place in range(n_meetings))]
    rows = [
        [f"{first} {last}", organisation, *chance.choices(("P", "P", "E", "A"), k=n_meetings)]
        for first, last, organisation in _people(n_people, chance)
    ]
    return [head, *rows]


def reading(plan: Plan) -> dict[str, Any]:
    """
    Read the files by this toolkit and by pandas in turn.

    Parameters
    ----------
    plan
        What to run.

    Returns
    -------
    told
        By who read them.
    """
    folder = files(plan.home)
    runs: Mapping[str, Callable[[], Any]] = {
        who: partial(trial, "benchmarks.bench_reading", [who, folder], limit=plan.limit) for who in _READERS
    }
    return in_turn(runs, plan.repeats)


def lines(found: Mapping[str, Any]) -> Iterator[str]:
    """
    Write the page's section on reading.

    Parameters
    ----------
    found
        What `docs/benchmarks.json` holds.

    Yields
    ------
    line
        Markdown.
    """
    from benchmarks.bench_page import seconds, table  # noqa: PLC0415 (which asks for these lines)

    ours, theirs = (found.get("reading", {}).get(who, {}).get("stages", {}) for who in _READERS)
    if not ours:
        return
    yield "## Reading what people keep\n"
    yield (
        "Each file understood, checked and accounted for to the row, beside pandas, which opens the same file and"
        " understands nothing of it; one after the other, medians of processor seconds.\n"
    )
    rows = [
        [name, seconds(ours[name]["cpu"]), seconds(theirs[name]["cpu"]), f"{ours[name]['cpu'] / theirs[name]['cpu']:,.0f}"]
        for name in _NAMES
        if name in ours and name in theirs
    ]
    yield from table(("file", "this toolkit", "pandas", "times"), rows)
    yield f"From 6,000 rows to ten times as many the cost grows with rows to the power {growth(ours):.2f}.\n"


def growth(stages: Mapping[str, Any]) -> float:
    """
    Tell how the cost of a list grows with its rows.

    Parameters
    ----------
    stages
        What reading each file took.

    Returns
    -------
    exponent
        1 where twice as many rows take twice as long.
    """
    few, many = (stages[name]["cpu"] for name in _NAMES[1:3])
    return float(np.log(many / few) / np.log(LISTS[2] / LISTS[1]))


def _by_toolkit(folder: Path) -> int:
    return int(read_folder(folder, Config.load(folder)).ledger.accounting["kept"].sum())


def _by_pandas(folder: Path) -> int:
    (path,) = folder.iterdir()
    if path.suffix == ".csv":
        return len(pd.read_csv(path, sep=";", dtype=str))
    return len(pd.read_excel(path, engine="calamine"))


_READERS: Final[Mapping[str, Callable[[Path], int]]] = {"toolkit": _by_toolkit, "pandas": _by_pandas}


def main() -> None:
    """Read every file once to load what is needed, then tell what each takes."""
    read, home = _READERS[sys.argv[1]], Path(sys.argv[2])
    folders = [home / name for name in _NAMES]
    for folder in (folders[0], folders[-1]):
        read(folder)
    for folder in folders:
        timed(folder.name, read, partial(Path, folder), rows=int)


if __name__ == "__main__":
    main()
