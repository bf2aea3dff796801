"""
The same records give the same bytes, whatever the machine, the day or the order of the rows.

Run as a script, this file tries everything and prints the table of docs/reliability.md: `python tests/test_determinism.py`,
followed, where others are at hand, by the interpreters of other versions of Python.
"""

import csv
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from random import Random
from typing import Final

from partnet_analysis import names
from partnet_analysis.synthetic import files_of, partnership

_THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "RAYON_NUM_THREADS")

SEEDS: Final = ("0", "1", "4294967295")
ZONES: Final = ("Europe/Paris", "Pacific/Auckland")
LOCALES: Final = ("C", "fr_FR.UTF-8")
"""Where a system lacks this locale, Python falls back on C: the run is one more like the others."""

CIRCUMSTANCES: Final[Mapping[str, Mapping[str, str]]] = {
    "one thread": dict.fromkeys(_THREADS, "1"),
    "four threads": dict.fromkeys(_THREADS, "4"),
    "Honolulu's time, UTF-8 and English": {"TZ": "Pacific/Honolulu", "LC_ALL": "C.UTF-8", "LANG": "en_GB.UTF-8"},
    "no colour, no width": {"NO_COLOR": "1", "COLUMNS": "20"},
}
"""What else may differ around a run and must not differ in its results."""

NAMES_LINES: Final = frozenset({"manifest.json", "accounting.json", "rejects.csv"})
"""Files that name the very bytes or lines of the input, and so depend on the order of its rows."""


@dataclass(frozen=True)
class Comparison:
    """How one run's results compare with the first run's."""

    circumstance: str
    n_files: int
    differing: tuple[str, ...] = field(default=())

    @property
    def line(self) -> str:
        """The row of the table."""
        return f"| {self.circumstance} | {self.n_files} | {len(self.differing)} | {', '.join(self.differing) or '–'} |"


def results(raw: Path, out: Path, environment: Mapping[str, str], python: str = sys.executable) -> dict[str, bytes]:
    """Review a folder of records in a process of its own."""
    command = [python, "-m", "partnet_analysis", "review", str(raw), "-o", str(out)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": "0", **environment})
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def write_records(folder: Path, *, shuffled: bool = False) -> Path:
    """Write the example partnership, its rows in another order where asked."""
    folder.mkdir(parents=True)
    for name, content in files_of(partnership()).items():
        text = content.decode()
        if shuffled and name.removesuffix(".csv") in names.TABLES:
            header, *rows = text.splitlines(keepends=True)
            Random(3).shuffle(rows)  # noqa: S311 (no secret)
            text = header + "".join(rows)
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def version(python: str) -> str:
    """Tell which Python an interpreter is."""
    return subprocess.run([python, "--version"], check=True, capture_output=True, text=True).stdout.strip()


def compared(
    circumstance: str, first: Mapping[str, bytes], other: Mapping[str, bytes], aside: frozenset[str] = frozenset()
) -> Comparison:
    everything = sorted({*first, *other} - aside)
    return Comparison(circumstance, len(everything), tuple(n for n in everything if first.get(n) != other.get(n)))


def crossed() -> Iterator[tuple[str, dict[str, str]]]:
    """Combine every hash seed with every zone and every locale."""
    for seed, zone, locale in product(SEEDS, ZONES, LOCALES):
        yield f"{seed}, {zone}, {locale}", {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}


def comparisons(home: Path, pythons: Iterable[str]) -> Iterator[Comparison]:
    """
    Review the same records under every combination, their rows as they are and in another order, and otherwise.

    Runs on the same files are compared byte by byte; between the two orders, the files that name lines are left aside.
    """
    raw = write_records(home / "raw")
    shuffled = write_records(home / "shuffled", shuffled=True)
    others = {version(python): python for python in pythons}
    firsts = []
    for folder in (raw, shuffled):
        first = results(folder, home / "out" / "first", {})
        firsts.append(first)
        runs = [(name, environment, sys.executable) for name, environment in [*crossed(), *CIRCUMSTANCES.items()]]
        runs += [(name, {}, python) for name, python in others.items()]
        for name, environment, python in runs:
            yield compared(f"{folder.name}, {name}", first, results(folder, home / "out" / "next", environment, python))
    elsewhere = write_records(home / "another place" / "relevés")
    yield compared("another folder", firsts[0], results(elsewhere, home / "out" / "elsewhere", {}))
    yield compared("rows in another order", firsts[0], firsts[1], NAMES_LINES)


def test_the_same_records_give_the_same_bytes_whatever_the_circumstances(tmp_path: Path) -> None:
    combination = dict(crossed())[f"{SEEDS[-1]}, {ZONES[-1]}, {LOCALES[-1]}"]
    everything = {**combination, **CIRCUMSTANCES["four threads"], **CIRCUMSTANCES["no colour, no width"]}
    first = results(write_records(tmp_path / "raw"), tmp_path / "first", {})
    elsewhere = write_records(tmp_path / "another place" / "relevés", shuffled=True)
    found = compared("everything at once", first, results(elsewhere, tmp_path / "other", everything), NAMES_LINES)

    assert found.n_files > 10
    assert found.differing == ()


def test_shuffled_records_hold_the_same_rows(tmp_path: Path) -> None:
    one, other = write_records(tmp_path / "one"), write_records(tmp_path / "other", shuffled=True)

    for table in names.TABLES:
        rows, shuffled = (
            list(csv.reader((folder / f"{table}.csv").read_text(encoding="utf-8").splitlines())) for folder in (one, other)
        )
        assert rows != shuffled
        assert sorted(rows) == sorted(shuffled)


def report(pythons: Iterable[str]) -> str:
    """Try every circumstance and lay out the table."""
    with tempfile.TemporaryDirectory() as folder:
        lines = [it.line for it in comparisons(Path(folder), pythons)]
    return "\n".join(["| circumstance | files compared | differing | which |", "|---|---|---|---|", *lines])


if __name__ == "__main__":
    sys.stdout.write(report(sys.argv[1:]) + "\n")
