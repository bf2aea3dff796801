"""
Compare what was read with what was written: right, told or wrong.

Wrong: a meeting, a row, an actor or a contact that is false; a status, an invitation, an organisation or a kind that is not
the one written; anything that is missing without a word. Told: something is missing, and the ledger names the thing, its
cell or row, or says of a file or sheet that nothing of it was kept.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from partnet_analysis.config import Config
from partnet_analysis.errors import PartnetError
from partnet_analysis.records.assembly import Reading, read_folder
from tests.records.sheets.writing.hand import Cell
from tests.records.sheets.writing.known import words
from tests.records.sheets.writing.truth import Expected, Truth, Written

_HEADING: Final = "PN053"
_CIVILITIES: Final = frozenset({"m", "mr", "mme", "mlle", "mrs", "ms", "dr"})


def key(name: str) -> str:
    """A name's words in any order, without civility."""
    found = words(name)
    while len(found) > 1 and found[0] in _CIVILITIES:
        found = found[1:]
    return " ".join(sorted(found))


@dataclass(frozen=True)
class Verdict:
    """`wrong` says what is wrong or lost in silence, `told` what is missing and said to be; `refused`: nothing was read."""

    wrong: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    refused: bool = False

    @property
    def word(self) -> str:
        return "wrong" if self.wrong else "told" if self.told else "right"


@dataclass(frozen=True)
class Row:
    day: date
    title: str
    who: str
    organisation: str
    status: str
    invited: str


@dataclass(frozen=True)
class Missing:
    """What was written and not read: `what` in words, and the texts that would speak of it."""

    what: str
    names: tuple[str, ...]


def read_and_judge(written: Written) -> Verdict:
    """Read what was written in a folder of its own, and judge."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name, content in written.files.items():
            (folder / name).write_bytes(content)
        try:
            reading = read_folder(folder, Config.load(folder))
        except PartnetError as refusal:
            return Verdict(told=(str(refusal),), refused=True)
    return judge(reading, written)


def judge(reading: Reading, written: Written) -> Verdict:
    """Judge what was read of what was written."""
    truth = written.truth
    wrong: list[str] = []
    missing: list[Missing] = []
    for fault in _faults(_Found(reading), truth):
        if isinstance(fault, Missing):
            missing.append(fault)
        else:
            wrong.append(fault)
    telling = _Telling(reading, written)
    told = [fault.what for fault in missing if telling.speaks_of(fault)]
    silent = [f"lost in silence: {fault.what}" for fault in missing if fault.what not in told]
    if truth.ask:
        (told if telling.entries else silent).append("what the file does not say is to be asked")
    return Verdict((*wrong, *silent), tuple(told))


class _Found:
    """The records as plain values."""

    def __init__(self, reading: Reading) -> None:
        records = reading.records
        actors = records.actors
        self.names = dict(zip(actors["actor_id"], actors["name"], strict=True))
        self.kinds = [(str(name), str(kind)) for name, kind in zip(actors["name"], actors["kind"], strict=True)]
        employers = zip(actors["actor_id"], actors["organisation_id"], strict=True)
        self.employers = {actor: self.names[of] if isinstance(of, str) else "" for actor, of in employers}
        meetings = records.meetings
        days = dict(zip(meetings["meeting_id"], (day.date() for day in meetings["day"]), strict=True))
        titles = {m: "" if pd.isna(t) else str(t) for m, t in zip(meetings["meeting_id"], meetings["title"], strict=True)}
        self.meetings = [(days[meeting], titles[meeting]) for meeting in days]
        columns = (records.attendance[name] for name in ("meeting_id", "actor_id", "status", "invited"))
        self.rows = [
            Row(
                days[m],
                titles[m],
                self.names[a],
                self.employers[a],
                status,
                "" if pd.isna(invited) else str(bool(invited)).lower(),
            )
            for m, a, status, invited in zip(*columns, strict=True)
        ]
        contacts = records.contacts
        self.contacts = [
            (day.date(), self.names[source], self.names[target])
            for day, source, target in zip(contacts["day"], contacts["source_id"], contacts["target_id"], strict=True)
        ]


def _faults(found: _Found, truth: Truth) -> Iterator[str | Missing]:
    yield from _faults_of_rows(found, truth)
    yield from _faults_of_meetings(found, truth)
    yield from _faults_of_contacts(found, truth)
    yield from _faults_of_actors(found, truth)


def _faults_of_rows(found: _Found, truth: Truth) -> Iterator[str | Missing]:
    left = list(found.rows)
    for expected in truth.rows:
        fits = [row for row in left if row.day == expected.day and key(row.who) == key(expected.who)]
        if fits:
            left.remove(fits[0])
            yield from _faults_of_row(fits[0], expected)
        elif "none" not in expected.statuses:
            statuses = "|".join(sorted(expected.statuses))
            yield Missing(f"{expected.day} {expected.who} {statuses}", (expected.who, expected.day.isoformat()))
    yield from (f"false row {row.day} {row.who} {row.status}" for row in left)


def _faults_of_row(row: Row, expected: Expected) -> Iterator[str | Missing]:
    where = f"{row.day} {expected.who}"
    if row.status not in expected.statuses:
        yield f"{where}: {row.status}, not {'|'.join(sorted(expected.statuses))}"
    if row.invited not in expected.invited:
        yield f"{where}: invited {row.invited or '(empty)'}, not {'|'.join(sorted(expected.invited)) or '(empty)'}"
    if words(row.organisation) == words(expected.organisation):
        return
    if row.organisation:
        yield f"{expected.who}: of {row.organisation}, not {expected.organisation or '(none)'}"
    else:
        yield Missing(f"{expected.who} is not of {expected.organisation}", (expected.who, expected.organisation))


def _faults_of_meetings(found: _Found, truth: Truth) -> Iterator[str | Missing]:
    left = list(found.meetings)
    for day, title in truth.meetings.items():
        fits = [meeting for meeting in left if meeting[0] == day]
        if not fits:
            yield Missing(f"no meeting {day}", (day.isoformat(),))
            continue
        left.remove(fits[0])
        if title and " ".join(words(title)) not in " ".join(words(fits[0][1])):
            yield _other_title(fits[0][1], title, day, truth)
    if truth.slots and not found.meetings:
        yield Missing("no slot of the poll", tuple(day.isoformat() for day in truth.slots))
    yield from (f"false meeting {day} {title!r}" for day, title in left if day not in truth.slots)


def _other_title(found: str, title: str, day: date, truth: Truth) -> str | Missing:
    """Find another meeting's title or people in it false; any other title, such as the file's name, leaves ours out."""
    taken = [*(other for other in truth.meetings.values() if other and other != title), *truth.actors]
    if any(f" {' '.join(words(name))} " in f" {' '.join(words(found))} " for name in taken):
        return f"meeting {day} is called {found!r}, not {title!r}"
    return Missing(f"meeting {day} is not called {title!r}", (title, day.isoformat()))


def _faults_of_contacts(found: _Found, truth: Truth) -> Iterator[str | Missing]:
    left = [(day, key(source), key(target)) for day, source, target in found.contacts]
    for day, source, target in truth.contacts:
        fits = [(day, key(source), key(name)) for name in target.split("|")]
        kept = next((contact for contact in left if contact in fits), None)
        if kept:
            left.remove(kept)
        else:
            yield Missing(f"no contact {day} {source} > {target}", (*target.split("|"), day.isoformat()))
    yield from (f"false contact {day} {source} > {target}" for day, source, target in left)


def _faults_of_actors(found: _Found, truth: Truth) -> Iterator[str | Missing]:
    may = {key(name): kind for name, kind in truth.actors.items()}
    seen: set[str] = set()
    for name, kind in found.kinds:
        who = key(name)
        if who in seen:
            yield f"twice {name}"
        elif who not in may:
            yield f"false actor {name}"
        elif may[who] and kind != may[who]:
            yield f"{name} is a {kind}, not a {may[who]}"
        seen.add(who)
    yield from (Missing(f"no actor {name}", (name,)) for name in truth.must if key(name) not in seen)
    employers = {key(found.names[actor]): of for actor, of in found.employers.items()}
    for name, organisation in truth.employers.items():
        of = employers.get(key(name), "")
        if of and words(of) != words(organisation):
            yield f"{name}: of {of}, not {organisation}"
        elif not of and key(name) in seen:
            yield Missing(f"{name} is not of {organisation}", (name, organisation))


@dataclass(frozen=True)
class _Entry:
    """A line of the ledger, with its words."""

    file: str
    sheet: str
    line: int | None
    cell: str
    value: tuple[str, ...]
    text: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """A row that holds what is missing, with the columns that it stands in and the cells above it."""

    file: str
    sheet: str
    line: int
    columns: frozenset[str]
    heads: frozenset[tuple[str, ...]]


class _Telling:
    """What the ledger says of that which is missing."""

    def __init__(self, reading: Reading, written: Written) -> None:
        ledger = reading.ledger
        ignored = ledger.ignored[ledger.ignored["code"] != _HEADING]
        self.entries = [*_entries(ledger.rejects), *_entries(ledger.remarks), *_entries(ignored)]
        kept = ledger.accounting[ledger.accounting["kept"] > 0]
        self._kept = {(file, _text(sheet)) for file, sheet in zip(kept["file"], kept["sheet"], strict=True)}
        self._written = written

    def speaks_of(self, missing: Missing) -> bool:
        """Whether an entry names the thing, its row or its column, or says that nothing is kept of all that names it."""
        sought = [tuple(words(name)) for name in missing.names]
        rows = list(self._places(missing.names[0]))
        columns = [place for name in missing.names for place in self._places(name)]
        return any(
            any(_within(name, entry.text) for name in sought)
            or self._is_of_row(entry, rows)
            or self._is_of_column(entry, columns)
            for entry in self.entries
        )

    def _is_of_row(self, entry: _Entry, places: Iterable[_Place]) -> bool:
        here = [place for place in places if place.file == entry.file and entry.sheet in {"", place.sheet}]
        if entry.line is None:
            return bool(here) and not any(self._is_kept(place) for place in here)
        return any(entry.line == place.line for place in here)

    @staticmethod
    def _is_of_column(entry: _Entry, places: Iterable[_Place]) -> bool:
        letters = entry.cell.rstrip("0123456789")
        return any(
            place.file == entry.file
            and (
                (letters in place.columns and (entry.line or 0) < place.line)
                or (bool(entry.value) and entry.value in place.heads)
            )
            for place in places
        )

    def _is_kept(self, place: _Place) -> bool:
        return (place.file, place.sheet) in self._kept or (place.file, "") in self._kept

    def _places(self, name: str) -> Iterator[_Place]:
        """Where a name, or a day in any form, is written."""
        day = date.fromisoformat(name) if name[:4].isdigit() and name[4:5] == "-" else None
        sought = set(words(name))
        for file, page in ((file, page) for file, pages in self._written.pages.items() for page in pages):
            everywhere = _holds(file, sought, day) or _holds(page.name, sought, day)
            for line, row in enumerate(page.rows, 1):
                columns = [n for n, cell in enumerate(row) if _holds(cell, sought, day)]
                if columns or everywhere or sought <= set(words(" ".join(str(cell or "") for cell in row))):
                    above = (
                        tuple(words(str(row[n]))) for row in page.rows[: line - 1][:12] for n in columns if n < len(row)
                    )
                    yield _Place(file, page.name, line, frozenset(map(_letters, columns)), frozenset(above))


def _within(name: tuple[str, ...], text: tuple[str, ...]) -> bool:
    return bool(name) and f" {' '.join(name)} " in f" {' '.join(text)} "


def _holds(cell: Cell, sought: set[str], day: date | None) -> bool:
    if day is None:
        return isinstance(cell, str) and sought <= set(words(cell))
    if isinstance(cell, date):
        return cell == day
    found = words(str(cell or ""))
    return (
        str(day.year) in found and (str(day.day) in found or f"{day.day:02d}" in found)
    ) or f"{day:%d %m %y}" in " ".join(found)


def _letters(column: int) -> str:
    """Name a column as a spreadsheet does."""
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)


def _entries(table: pd.DataFrame) -> Iterator[_Entry]:
    for row in table.to_dict("records"):
        value, *others = (words(_text(row.get(column))) for column in ("value", "column", "fault", "reason"))
        number = None if pd.isna(row["line"]) else int(row["line"])
        text = (*value, *(word for other in others for word in other))
        yield _Entry(_text(row["file"]), _text(row["sheet"]), number, _text(row.get("cell")), tuple(value), text)


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 (NaN)
