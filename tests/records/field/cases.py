"""
Cases from the field: folders of files with the truth that `README.md` explains.

    python -m tests.records.field.cases [TEXT]    each case (whose name has the text) that is not right, and why
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from partnet_analysis.config import Config
from partnet_analysis.errors import PartnetError
from partnet_analysis.records.assembly import Reading, read_folder
from tests.records.judging.faults import Found, Missing
from tests.records.judging.truths import ANY, Expected, Held, Never, Truth
from tests.records.judging.verdicts import Entry, Verdict, entries, judge, kept_sheets
from tests.records.judging.words import keys, within, words

FOLDER: Final = Path(__file__).parent


@dataclass(frozen=True)
class Asked:
    """What must be told where the rows of `who` are missing; `always`, even where nothing is; `printed`, not as a remark."""

    file: str
    who: str | None = None
    cell: str = ""
    word: str = ""
    always: bool = False
    printed: bool = False


@dataclass(frozen=True)
class Case:
    """A folder of the field; `must_be_right` where telling does not do."""

    name: str
    folder: Path
    truth: Truth
    asked: tuple[Asked, ...]
    must_be_right: bool

    @property
    def files(self) -> list[str]:
        """Every file that is handed over."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)


def cases(kind: str) -> list[Case]:
    """Load the cases that were `handed`, or those of the `harvest`."""
    return [_loaded(path) for path in sorted((FOLDER / kind).glob("*/truth.json"))]


@cache
def read(folder: Path) -> Reading | PartnetError:
    """Read a case's folder, once."""
    try:
        return read_folder(folder, Config.load(folder))
    except PartnetError as refusal:
        return refusal


def judged(case: Case) -> Verdict:
    """Read a case and judge it."""
    reading = read(case.folder)
    found = Found(reading.records if isinstance(reading, Reading) else None)
    return judge(found, case.truth, _Telling(reading, case))


def _loaded(path: Path) -> Case:
    told: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    asked = tuple(Asked(**tell) for tell in told.get("tell", ()))
    return Case(path.parent.name, path.parent / "input", _truth(told), asked, told["must"] == "right")


def _truth(told: Mapping[str, Any]) -> Truth:
    rows = told["attendance"]
    named = [*(name for row in rows for name in row[1:3]), *(name for contact in told["contacts"] for name in contact[1:])]
    exact = "actors" in told
    actors = dict(_with_kind(actor) for actor in (told["actors"] if exact else filter(None, named)))
    return Truth(
        rows=tuple(map(_row, rows)),
        meetings=tuple(_meeting(meeting) for meeting in told["meetings"]),
        actors=actors,
        must=frozenset(actors if exact else ()),
        contacts=tuple((date.fromisoformat(day), source, target) for day, source, target in told["contacts"]),
        free=frozenset(told.get("may_actors", ())),
        free_days=None if "*" in (days := told.get("may_meetings", ())) else frozenset(map(date.fromisoformat, days)),
        never=tuple(_never(*row) for row in told.get("never", ())),
    )


def _with_kind(actor: str | Sequence[str]) -> tuple[str, str]:
    return (actor, "") if isinstance(actor, str) else (actor[0], actor[1])


def _row(row: Sequence[Any]) -> Expected:
    days, who, organisation, statuses, invited = row
    day, others = _days(days)
    asked = ANY if invited is None else frozenset(invited.split("|"))
    return Expected(day, who, organisation, frozenset(statuses.split("|")), asked, others)


def _meeting(meeting: Mapping[str, str]) -> Held:
    day, others = _days(meeting["day"])
    return Held(day, meeting.get("title_contains"), others)


def _never(day: str, who: str, status: str) -> Never:
    return Never(None if day == "*" else date.fromisoformat(day), *(None if part == "*" else part for part in (who, status)))


def _days(text: str) -> tuple[date, frozenset[date]]:
    first, *others = map(date.fromisoformat, text.split("|"))
    return first, frozenset(others)


class _Telling:
    """What is said of a case, and what its truth asks to be said."""

    def __init__(self, reading: Reading | PartnetError, case: Case) -> None:
        self._case = case
        if isinstance(reading, Reading):
            self._entries = entries(reading.ledger)
            self._kept = {file for file, _ in kept_sheets(reading.ledger)}
        else:
            self._entries = list(_refused(reading, case.files))
            self._kept = set()

    def speaks_of(self, missing: Missing) -> bool:
        """Whether all is told that the truth asks; where it asks nothing, a file of which nothing is kept, or the name."""
        who = keys(missing.who) if missing.who else frozenset()
        asked = [tell for tell in self._case.asked if tell.who is None or keys(tell.who) & who]
        if asked:
            return all(map(self._is_told, asked))
        refused = any(self._is_told(Asked(file)) for file in self._case.files if file not in self._kept)
        names = (missing.who or "").split("|")
        return refused or any(within(words(name), entry.text) for name in names for entry in self._entries)

    def unsaid(self) -> Iterator[str]:
        """What is asked to be told in any case, and is not."""
        return (f"not told: {tell.file}" for tell in self._case.asked if tell.always and not self._is_told(tell))

    def _is_told(self, tell: Asked) -> bool:
        here = (entry for entry in self._entries if entry.file == tell.file)
        return any(_says(entry, tell) for entry in here if not tell.printed or _is_printed(entry))


def _says(entry: Entry, tell: Asked) -> bool:
    if not (tell.cell or tell.word):
        return True
    cells = [cell for cell in tell.cell.split("|") if cell]
    lines = {int(re.sub(r"\D", "", cell)) for cell in cells} if entry.fate != "remarked" else set()
    return (
        entry.cell in cells
        or entry.line in lines
        or any(within(words(cell), entry.text) for cell in cells)
        or within(words(tell.word), entry.text)
    )


def _is_printed(entry: Entry) -> bool:
    """Whether the command says so by itself: faults, and files and sheets left aside as a whole."""
    return entry.fate == "rejected" or (entry.fate == "ignored" and entry.line is None)


def _refused(refusal: PartnetError, files: Sequence[str]) -> Iterator[Entry]:
    for line in str(refusal).splitlines():
        yield from (Entry(file, "", None, "", [], words(line), "rejected") for file in files if file in line)


def main() -> int:
    sought = sys.argv[1] if len(sys.argv) > 1 else ""
    counts: Counter[str] = Counter()
    for case in (case for kind in ("handed", "harvest") for case in cases(kind) if sought in case.name):
        verdict = judged(case)
        counts[verdict.word] += 1
        if verdict.word != "right":
            must = " [must be right]" if case.must_be_right else ""
            print(f"{verdict.word:7}{case.name}{must}", " · ".join((verdict.wrong or verdict.told)[:4]), flush=True)  # noqa: T201
    print(dict(counts))  # noqa: T201
    return int(counts["wrong"] > 0)


if __name__ == "__main__":
    sys.exit(main())
