"""
What `docs/reliability.md` claims, measured again.

`python -m benchmarks.reliability` tries everything and rewrites the page's table; with names of experiments after it, only
those. The tests of the same things are their short form.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

from benchmarks.chromium import ARGUMENTS, CHROMIUM
from benchmarks.hostile import NAMES, hostile_review
from partnet_analysis.annual import annual_review
from partnet_analysis.config import Config
from partnet_analysis.periods import Period
from partnet_analysis.privacy.document import public_files
from partnet_analysis.privacy.erasure import erasure_plan
from partnet_analysis.privacy.removal import carry_out
from partnet_analysis.privacy.searching import Subject, mentions
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.identity import ALIAS_COLUMNS, ALIAS_FILE
from partnet_analysis.store import verify, write_outputs
from partnet_analysis.views.outputs import canonical_files, map_files, measure_files
from partnet_analysis.views.report import report_forms
from tests import test_determinism, test_failures, test_links
from tests.privacy.planted import KEY, PDFTOTEXT, PLANTED, found, planted_review
from tests.test_injection import SOFFICE, acted, every_output, formulas_in_libreoffice

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = ROOT / "docs" / "reliability.md"
EXAMPLE: Final = ROOT / "data" / "raw"
PUBLISHED: Final = ROOT.parent / "shared" / "data"
"""Real data sets, where they are at hand beside the project."""

N_FUZZED: Final = 10_000
_TEXTS: Final = "test_fuzz_texts.py::test_damaged_texts_are_read_or_refused_and_accounted_for"
FUZZED: Final[Mapping[str, str]] = {
    "workbooks (xlsx, xls, ods)": "test_fuzz.py",
    "calendars (ics)": f"{_TEXTS}[ics]",
    "mailboxes (mbox)": f"{_TEXTS}[mbox]",
    "delimited tables (csv)": f"{_TEXTS}[csv]",
    "configurations (toml)": "test_fuzz_texts.py::test_a_damaged_configuration_is_used_or_refused_with_a_sentence",
    "tables of aliases (csv)": "test_fuzz_texts.py::test_a_damaged_table_of_aliases_costs_the_records_nothing",
}
"""What is damaged, and the test that reads it."""

N_KILLS: Final = 200
N_FORGOTTEN: Final = 20

_BEGIN, _END = "<!-- figures: begin -->", "<!-- figures: end -->"
_ROW: Final = re.compile(r"^\| ([^|]+) \|")


@dataclass(frozen=True)
class Figure:
    """
    One line of the page.

    Parameters
    ----------
    subject
        What was tried.
    tried
        How many times.
    wrong
        How many times it went wrong.
    how
        What counts as wrong, and how it was measured.
    """

    subject: str
    tried: int
    wrong: int
    how: str

    @property
    def line(self) -> str:
        """The row of the table."""
        return f"| {self.subject} | {self.tried:,} | {self.wrong:,} | {self.how} |"


def fuzzing() -> Iterator[Figure]:
    """
    Damage files at random and read them.

    Yields
    ------
    figure
        For each kind of file, those tried, and whether any crashed or hung the reading, took too much memory, or had rows
        that were not accounted for.
    """
    environment = {**os.environ, "PARTNET_MUTATIONS": str(N_FUZZED)}
    for subject, test in FUZZED.items():
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/records/files/{test}"]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True)  # noqa: S603 (our own tests)
        how = "crashed, hung, more than 1 GiB, or rows unaccounted for; bytes and structure damaged at random"
        yield Figure(f"damaged {subject} read", N_FUZZED, int(done.returncode != 0), how)


def accounting() -> Iterator[Figure]:
    """
    Read records and add the rows up.

    Yields
    ------
    figure
        Rows read, and those neither kept nor rejected nor ignored.
    """
    rows = lost = 0
    for folder in [EXAMPLE, *sorted(PUBLISHED.glob("*/canonical"))]:
        account = read_folder(folder, Config.load(folder)).ledger.accounting
        rows += int(account["rows"].sum())
        lost += int((account["rows"] - account["kept"] - account["rejected"] - account["ignored"]).abs().sum())
    how = "rows neither kept, rejected nor ignored; the example and the three published data sets"
    yield Figure("rows accounted for", rows, lost, how)


def killing() -> Iterator[Figure]:
    """
    Kill runs while they write.

    Yields
    ------
    figure
        Kills, and those after which a folder held a mixture or had lost somebody's file.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        trials = {
            "runs killed before each operation on the disk": test_failures.kills(home),
            "the same, and the recovery killed too": test_failures.kills_of_the_recovery(home),
            "runs killed from outside at any moment": test_failures.real_kills(home, N_KILLS),
        }
    how = "mixture of old and new results after the next start, or somebody else's file lost"
    for subject, outcome in trials.items():
        yield Figure(subject, outcome.tried, outcome.mixed + outcome.strangers_lost, how)


def refusing() -> Iterator[Figure]:
    """
    Refuse operations on the disk.

    Yields
    ------
    figure
        Refusals, and those after which data was lost or mixed, or no sentence said so.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        trials = {
            "operations refused once": test_failures.refusals(home, once=True),
            "operations refused from then on": test_failures.refusals(home, once=False),
        }
    how = "data lost or mixed, or no sentence; disk full, read-only, no right, busy, broken, at each operation"
    for subject, outcome in trials.items():
        wrong = outcome.mixed + outcome.strangers_lost + outcome.without_sentence
        yield Figure(subject, outcome.tried, wrong, how)


def linking() -> Iterator[Figure]:
    """
    Swap folders and files for links while a run writes.

    Yields
    ------
    figure
        Swaps, and those after which something outside was touched, a result was lost or mixed, or no sentence said so.
    """
    with tempfile.TemporaryDirectory() as folder:
        outcome = test_links.swaps(Path(folder) / "home")
    wrong = outcome.outside_touched + outcome.lost_or_mixed + outcome.without_sentence
    how = (
        "something outside the folder touched, data lost or mixed, or no sentence; "
        f"{len(test_links.SWAPPED)} places, the folder itself included, swapped before each operation"
    )
    yield Figure("places swapped for links while a run writes", outcome.tried, wrong, how)


def hostility() -> Iterator[Figure]:
    """
    Give partners hostile names and open everything.

    Yields
    ------
    figure
        Names tried in each page or table, and those that acted.
    """
    files = every_output(hostile_review())
    pages = [name for name in files if name.endswith(".html")]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        wrong = 0
        for name in pages:
            path = Path(folder) / name
            path.write_bytes(files[name])
            wrong += len(acted(browser, path))
        browser.close()
    how = f"script run, request made, dialog or refusal by the policy, in Chromium, {len(pages)} pages each"
    yield Figure("hostile names in a browser", len(NAMES), wrong, how)
    if SOFFICE:
        with tempfile.TemporaryDirectory() as folder:
            formulas = formulas_in_libreoffice(files, Path(folder))
        how = f"cells that became formulas in LibreOffice, {sum(name.endswith('.csv') for name in files)} CSV files each"
        yield Figure("hostile names in a spreadsheet", len(NAMES), len(formulas), how)


def publishing() -> Iterator[Figure]:
    """
    Plant names and search the public edition for them.

    Yields
    ------
    figure
        Texts planted, and those found in any public file.
    """
    files: dict[str, bytes] = {}
    for language in ("fr", "en"):
        made = public_files(planted_review(), KEY, language)
        files |= {f"{language}-{name}": content for name, content in made.items()}
    leaked = {text for texts in found(files, PLANTED).values() for text in texts}
    pages = "the pages of the PDF included" if PDFTOTEXT else "the pages of the PDF aside"
    how = f"found in any of {len(files)} public files, packed parts, metadata and alternative texts included, {pages}"
    yield Figure("planted texts in the public edition", len(PLANTED), len(leaked), how)


def forgetting() -> Iterator[Figure]:
    """
    Erase persons of the example and search for them.

    Yields
    ------
    figure
        Persons erased one after the other, and those still found in any file but the records.
    """
    with tempfile.TemporaryDirectory() as folder:
        records, outputs = Path(folder) / "raw", Path(folder) / "out"
        shutil.copytree(EXAMPLE, records)
        reading = read_folder(records, Config.load(records))
        review = annual_review(reading.records, Period.of_year(2025), ledger=reading.ledger)
        forms = {f"review.{form}": content for form, content in report_forms(review, "fr").items()}
        files = canonical_files(reading.records, reading.ledger, "fr") | measure_files(review, "fr")
        files |= map_files(review, "fr") | forms
        persons = reading.records.actors[reading.records.actors["kind"] == "person"].head(N_FORGOTTEN)
        spellings = "".join(f"M. {name.upper()};{name};same\n" for name in persons["name"])
        (records / ALIAS_FILE).write_text(f"{';'.join(ALIAS_COLUMNS)}\n{spellings}", encoding="utf-8")
        still = 0
        for person in persons.itertuples():
            write_outputs(outputs, files, inputs=records, parameters={})
            carry_out(erasure_plan(str(person.actor_id), records=records, outputs=outputs))
            subject = Subject(str(person.actor_id), (str(person.name),))
            # Everything but the records, which are not ours to change: caches, too, if there were any.
            everything = (path for path in Path(folder).rglob("*") if path.is_file())
            left = [path for path in everything if path.parent != records or path.name == ALIAS_FILE]
            still += any(mentions(path.read_bytes(), subject) for path in left) or verify(outputs) != ()
    how = (
        "still found in any file but the records (results, manifest, alias table, leftovers), "
        "or the folder not as its manifest says"
    )
    yield Figure("persons forgotten", len(persons), still, how)


def repeating() -> Iterator[Figure]:
    """
    Review the same records under other circumstances.

    Yields
    ------
    figure
        Runs, and files that differed in any of them.
    """
    pythons = [path for path in os.environ.get("PARTNET_PYTHONS", "python3.13").split(os.pathsep) if _has_package(path)]
    with tempfile.TemporaryDirectory() as folder:
        compared = list(test_determinism.comparisons(Path(folder), pythons))
    for run in compared:
        sys.stderr.write(f"{run.line}\n" if run.differing else "")
    versions = " and ".join(map(test_determinism.version, [sys.executable, *pythons]))
    n_files = max(run.n_files for run in compared)
    how = (
        f"a byte that differs in any of {n_files} files; 3 hash seeds × 2 time zones × 2 locales × 2 orders of the rows, "
        f"one thread and four, another folder, {versions}"
    )
    yield Figure("whole reviews repeated", len(compared), sum(len(run.differing) for run in compared), how)


EXPERIMENTS: Final[Mapping[str, Callable[[], Iterator[Figure]]]] = {
    "fuzzing": fuzzing,
    "accounting": accounting,
    "killing": killing,
    "refusing": refusing,
    "linking": linking,
    "hostility": hostility,
    "publishing": publishing,
    "forgetting": forgetting,
    "repeating": repeating,
}
"""Everything that is tried, in the page's order."""


def with_figures(page: str, figures: list[Figure]) -> str:
    """
    Put figures into the page's table; rows of other subjects stay as they are.

    Parameters
    ----------
    page
        The page.
    figures
        The figures.

    Returns
    -------
    page
        The page with each figure in the row of its subject, new subjects at the end.
    """
    before, rest = page.split(_BEGIN)
    table, after = rest.split(_END)
    head, rule, *rows = table.strip().splitlines()
    by_subject = {_subject(row): row for row in rows} | {figure.subject: figure.line for figure in figures}
    return f"{before}{_BEGIN}\n" + "\n".join([head, rule, *by_subject.values()]) + f"\n{_END}{after}"


def _subject(row: str) -> str:
    match = _ROW.match(row)
    return match[1] if match else row


def _has_package(python: str) -> bool:
    if shutil.which(python) is None:
        return False
    command = [python, "-c", "import partnet_analysis, pandas, igraph"]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True).returncode == 0  # noqa: S603 (our own words)


def main() -> None:
    """Run the experiments named on the command line, all by default, and rewrite the page; exit 1 if anything went wrong."""
    figures = []
    for name in sys.argv[1:] or EXPERIMENTS:
        for figure in EXPERIMENTS[name]():
            sys.stdout.write(figure.line + "\n")
            sys.stdout.flush()
            figures.append(figure)
    PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")
    sys.exit(any(figure.wrong for figure in figures))


if __name__ == "__main__":
    main()
