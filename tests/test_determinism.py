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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from partnet_analysis import names
from partnet_analysis.synthetic import files, partnership

CIRCUMSTANCES: Final[Mapping[str, Mapping[str, str]]] = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a third hash seed": {"PYTHONHASHSEED": "4294967295"},
    "Auckland's time": {"TZ": "Pacific/Auckland"},
    "Honolulu's time": {"TZ": "Pacific/Honolulu"},
    "no locale": {"LC_ALL": "C", "LANG": "C"},
    "another locale": {"LC_ALL": "C.UTF-8", "LANG": "C.UTF-8"},
    "one thread": {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    "four threads": {"OMP_NUM_THREADS": "4", "OPENBLAS_NUM_THREADS": "4"},
    "no colour, no width": {"NO_COLOR": "1", "COLUMNS": "20"},
}
"""What may differ around a run and must not differ in its results."""

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
    for name, content in files(partnership()).items():
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


def comparisons(home: Path, pythons: Iterable[str]) -> list[Comparison]:
    """Review the same records under each circumstance, from another folder, and with their rows in another order."""
    raw = write_records(home / "raw")
    first = results(raw, home / "first", {})
    elsewhere = write_records(home / "another place" / "relevés")
    shuffled = write_records(home / "shuffled", shuffled=True)
    found = [compared("the same again", first, results(raw, home / "again", {}))]
    found += [
        compared(name, first, results(raw, home / name.replace(" ", "-"), environment))
        for name, environment in CIRCUMSTANCES.items()
    ]
    found += [
        compared(version(python), first, results(raw, home / f"python-{place}", {}, python), NAMES_LINES)
        for place, python in enumerate(pythons)
    ]
    found.append(compared("another folder", first, results(elsewhere, home / "elsewhere", {})))
    others = results(shuffled, home / "other-order", {})
    found.append(compared("rows in another order", first, others, NAMES_LINES))
    return found


def test_the_same_records_give_the_same_bytes_whatever_the_circumstances(tmp_path: Path) -> None:
    everything = {key: value for setting in CIRCUMSTANCES.values() for key, value in setting.items()}
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
        found = comparisons(Path(folder), pythons)
    return "\n".join(
        ["| circumstance | files compared | differing | which |", "|---|---|---|---|", *(it.line for it in found)]
    )


if __name__ == "__main__":
    sys.stdout.write(report(sys.argv[1:]) + "\n")
