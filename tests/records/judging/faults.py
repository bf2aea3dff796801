"""What differs between records and what should have been read: false, or missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partnet_analysis.records.tables import Records
from tests.records.judging.truths import Expected, Never, Truth
from tests.records.judging.words import key, keys, plain, words


@dataclass(frozen=True)
class Row:
    day: date
    who: str
    organisation: str
    status: str
    invited: str


@dataclass(frozen=True)
class Missing:
    """What was not read: `what` in words, the texts that would speak of it, and whom it is about, if anybody."""

    what: str
    names: tuple[str, ...] = ()
    who: str | None = None


class Found:
    """The records as plain values; of None, nothing at all."""

    def __init__(self, records: Records | None) -> None:
        self.kinds: list[tuple[str, str]] = []
        self.employers: dict[str, str] = {}
        self.meetings: list[tuple[date, str]] = []
        self.rows: list[Row] = []
        self.contacts: list[tuple[date, str, str]] = []
        if records is not None:
            self._fill(records)

    def _fill(self, records: Records) -> None:
        actors, meetings, contacts = records.actors, records.meetings, records.contacts
        names = dict(zip(actors["actor_id"], map(str, actors["name"]), strict=True))
        self.kinds = list(zip(names.values(), map(str, actors["kind"]), strict=True))
        employers = zip(actors["actor_id"], actors["organisation_id"], strict=True)
        of = {actor: names[employer] if isinstance(employer, str) else "" for actor, employer in employers}
        self.employers = {key(names[actor]): employer for actor, employer in of.items()}
        days = dict(zip(meetings["meeting_id"], (day.date() for day in meetings["day"]), strict=True))
        self.meetings = list(zip(days.values(), map(plain, meetings["title"]), strict=True))
        columns = (records.attendance[name] for name in ("meeting_id", "actor_id", "status", "invited"))
        self.rows = [
            Row(days[meeting], names[actor], of[actor], status, plain(invited).lower())
            for meeting, actor, status, invited in zip(*columns, strict=True)
        ]
        self.contacts = [
            (day.date(), names[source], names[target])
            for day, source, target in zip(contacts["day"], contacts["source_id"], contacts["target_id"], strict=True)
        ]


def faults(found: Found, truth: Truth) -> Iterator[str | Missing]:
    """Compare: what is wrong in words, what is missing with its names."""
    yield from _of_rows(found, truth)
    yield from _of_meetings(found, truth)
    yield from _of_contacts(found, truth)
    yield from _of_actors(found, truth)
    yield from _of_employers(found, truth)
    if truth.ask:
        yield Missing("what the file does not say is to be asked")


def _of_rows(found: Found, truth: Truth) -> Iterator[str | Missing]:
    left = list(found.rows)
    yield from (f"kept {row.day} {row.who} {row.status}" for row in left for never in truth.never if _is_of(row, never))
    for expected in truth.rows:
        fits = [row for row in left if row.day in expected.days and key(row.who) in keys(expected.who)]
        if fits:
            # Of two meetings of one day, the row that fits best answers.
            best = min(fits, key=lambda row: (row.status not in expected.statuses, row.invited not in expected.invited))
            left.remove(best)
            yield from _of_row(best, expected)
        elif "none" not in expected.statuses:
            what = f"{expected.day} {expected.who} {'|'.join(sorted(expected.statuses))}"
            yield Missing(what, (expected.who, expected.day.isoformat()), expected.who)
    yield from (f"false row {row.day} {row.who} {row.status}" for row in left if not _is_free(row.who, truth))


def _is_of(row: Row, never: Never) -> bool:
    return (
        never.day in {None, row.day}
        and (never.who is None or key(row.who) in keys(never.who))
        and never.status in {None, row.status}
    )


def _is_free(name: str, truth: Truth) -> bool:
    return any(key(name) in keys(names) for names in truth.free)


def _of_row(row: Row, expected: Expected) -> Iterator[str | Missing]:
    where, of = f"{row.day} {expected.who}", expected.organisation
    if row.status not in expected.statuses:
        yield f"{where}: {row.status}, not {'|'.join(sorted(expected.statuses))}"
    if row.invited not in expected.invited:
        yield f"{where}: invited {row.invited or '(empty)'}, not {'|'.join(sorted(expected.invited)) or '(empty)'}"
    if of is None or any(words(row.organisation) == words(name) for name in of.split("|")):
        return
    yield from _other_employer(expected.who, row.organisation, of)


def _other_employer(who: str, found: str, expected: str) -> Iterator[str | Missing]:
    if found:
        yield f"{who}: of {found}, not {expected or '(none)'}"
    else:
        yield Missing(f"{who} is not of {expected}", (who, expected), who)


def _of_meetings(found: Found, truth: Truth) -> Iterator[str | Missing]:
    left = list(found.meetings)
    for held in truth.meetings:
        fits = [meeting for meeting in left if meeting[0] in held.days]
        if not fits:
            yield Missing(f"no meeting {held.day}", tuple(sorted(day.isoformat() for day in held.days)))
            continue
        best = next((meeting for meeting in fits if _is_called(meeting[1], held.title)), fits[0])
        left.remove(best)
        if not _is_called(best[1], held.title):
            yield f"meeting {held.day} is called {best[1]!r}, not {held.title!r}"
    if truth.free_days is not None:
        yield from (f"false meeting {day} {title!r}" for day, title in left if day not in truth.free_days)


def _is_called(found: str, title: str | None) -> bool:
    return not title or " ".join(words(title)) in " ".join(words(found))


def _of_contacts(found: Found, truth: Truth) -> Iterator[str | Missing]:
    left = [(day, key(source), key(target)) for day, source, target in found.contacts]
    for day, source, target in truth.contacts:
        fits = [
            contact for contact in left if contact[0] == day and contact[1] in keys(source) and contact[2] in keys(target)
        ]
        if fits:
            left.remove(fits[0])
        else:
            yield Missing(f"no contact {day} {source} > {target}", (*target.split("|"), day.isoformat()), target)
    yield from (f"false contact {day} {source} > {target}" for day, source, target in left)


def _of_actors(found: Found, truth: Truth) -> Iterator[str | Missing]:
    left = list(found.kinds)
    for names, kind in truth.actors.items():
        actor = next((actor for actor in left if key(actor[0]) in keys(names)), None)
        if actor is not None:
            left.remove(actor)
            if kind not in {"", actor[1]}:
                yield f"{actor[0]} is a {actor[1]}, not a {kind}"
        elif names in truth.must:
            yield Missing(f"no actor {names}", tuple(names.split("|")), names)
    ours = {who for names in truth.actors for who in keys(names)}
    yield from (f"{'twice' if key(name) in ours else 'false actor'} {name}" for name, _ in left if not _is_free(name, truth))


def _of_employers(found: Found, truth: Truth) -> Iterator[str | Missing]:
    for name, organisation in truth.employers.items():
        of = found.employers.get(key(name))
        if of is not None and words(of) != words(organisation):
            yield from _other_employer(name, of, organisation)
