"""Mentions → ids: every spelling of an actor gets its one id, whatever file it stands in."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from partnet_analysis.records.assembly.mailboxes import owners_of
from partnet_analysis.records.assembly.meeting_matching import free_id, iso_day, table_rows, with_meeting_ids
from partnet_analysis.records.assembly.slips import files_of_names, names_of_directories, without_slips
from partnet_analysis.records.cells.mentions import Mention, Occasion
from partnet_analysis.records.cells.values import ERROR_CELLS
from partnet_analysis.records.entries import ENTRY, PLACES, Batch, Findings, Source
from partnet_analysis.records.folding import folded
from partnet_analysis.records.identity import Aliases, Kind, slug
from partnet_analysis.records.likeness import FoundNames
from partnet_analysis.records.spellings import shown_name

_ACTOR_COLUMNS: Final = {
    "actors": ("actor_id",),
    "meetings": ("convener_id",),
    "attendance": ("actor_id",),
    "contacts": ("source_id", "target_id"),
}
_LATEST: Final = "9999"


def resolved(batches: Sequence[Batch], aliases: Aliases, findings: Findings) -> tuple[list[Batch], FoundNames]:
    """
    Give every mention and occasion its id.

    Parameters
    ----------
    batches
        What the files gave.
    aliases
        What a person decided about names.
    findings
        Where persons named with several organisations are remarked on.

    Returns
    -------
    batches
        The same with ids throughout, and actors that no roster holds added to the batch that mentions them first.
    found
        The names as written, with their files, and those taken for slips of the pen.
    """
    batches = [_with_contact_ids(batch) for batch in batches]
    files = files_of_names(batches)
    if not any(_has_mentions(batch) for batch in batches):
        return batches, FoundNames(files)
    meetings = with_meeting_ids(batches, findings)
    aliases, slips = without_slips(meetings, aliases, findings)
    directory = _Directory(meetings, aliases)
    directory.remark_changes(findings)
    directory.remark_shared_addresses(findings)
    directory.findings = findings
    return [directory.resolve(batch) for batch in meetings], FoundNames(files, slips)


def _with_contact_ids(batch: Batch) -> Batch:
    """Contacts without an id of their own are named after their file, their line, and their place within it."""
    contacts = batch.tables.get("contacts")
    if contacts is None or "contact_id" in contacts:
        return batch
    where = f"{batch.source.file} {batch.source.sheet}" if batch.source.sheet else batch.source.file
    lines = [int(batch.lines[entry]) for entry in contacts[ENTRY]]
    order = contacts.groupby(ENTRY).cumcount()
    ids = [f"{where}:{line}" + (f".{number + 1}" if number else "") for line, number in zip(lines, order, strict=True)]
    return replace(batch, tables={**batch.tables, "contacts": contacts.assign(contact_id=ids)})


def _has_mentions(batch: Batch) -> bool:
    """Tell by the first cell of each column that holds anything: where mentions stand, no ids do."""
    return any(
        isinstance(
            next((value for value in frame[column] if not isinstance(value, str) or value), None), (Mention, Occasion)
        )
        for table, frame in batch.tables.items()
        for column in ("meeting_id", *_ACTOR_COLUMNS[table])
        if column in frame
    )


class _Directory:
    """Everybody mentioned anywhere, filed under one key each; made once from all batches, then only looked up."""

    def __init__(self, batches: Sequence[Batch], aliases: Aliases) -> None:
        self._aliases = aliases
        self._key_cache: dict[tuple[str, Kind], str] = {}
        self._found: dict[tuple[Mention, str], str] = {}
        self._batches = batches
        self._days = {
            row["meeting_id"]: iso_day(row["day"])
            for row in table_rows(batches, "meetings")
            if isinstance(row["meeting_id"], str)
        }
        self._roster = [row for row in table_rows(batches, "actors") if isinstance(row["actor_id"], str) and row["actor_id"]]
        mentions = list(self._mentions())
        self._file_names(mentions)
        self._file_affiliations(mentions)
        self._name_actors()
        self.findings = Findings()
        self._placed: set[str] = {row["actor_id"] for row in self._roster}
        self._described = {
            self._id(row["actor_id"], "") for row in table_rows(batches, "actors") if isinstance(row["actor_id"], Mention)
        }
        self._listed_kinds = {_kind(row) for row in self._roster} | {
            self._actors[actor_id]["kind"] for actor_id in self._described if actor_id in self._actors
        }

    def resolve(self, batch: Batch) -> Batch:
        """Put ids in place of mentions, and add the actors that this batch is the first to mention."""
        tables = {}
        for table, frame in batch.tables.items():
            columns = [column for column in _ACTOR_COLUMNS[table] if column in frame]
            days = self._days_of(table, frame)
            changed = {
                column: [self._id(value, day) for value, day in zip(frame[column], days, strict=True)] for column in columns
            }
            tables[table] = frame.assign(**changed)
        if "actors" in tables:
            tables["actors"] = self._described_actors(batch.tables["actors"], tables["actors"])
        added = self._new_actors(tables)
        self._remark_strangers(batch.source, added)
        if added:
            own = [tables["actors"]] if "actors" in tables else []
            tables["actors"] = pd.concat([*own, pd.DataFrame(added, dtype=object)], ignore_index=True)
            tables["actors"] = tables["actors"].where(tables["actors"].notna(), "")
        return replace(batch, tables=tables)

    def remark_changes(self, findings: Findings) -> None:
        """Remark on every person whom files name with several organisations, where they name the second."""
        for key, since in self._seen.items():
            employers = sorted(
                (employer for employer in since if employer), key=lambda employer: (since[employer], employer)
            )
            if len(employers) > 1:
                names = [self._organisation_name(employer) for employer in employers]
                source = self._named_at.get((key, employers[1])) or self._named_at[key, employers[0]]
                name = self._actors[self._id_of["person", key, employers[0]]]["name"]
                findings.remark(source, "PN047", value=name, name=name, organisations=names)

    def remark_shared_addresses(self, findings: Findings) -> None:
        """Remark on every person whose name is written in several ways with one address, where that is not but its order."""
        for email, owner in self._owners.items():
            written = self._written_with[email]
            spellings = {self._key(name, "person"): name for name in sorted(written, reverse=True)}
            if len(spellings) > 1:
                others = sorted(spellings.values())
                findings.remark(written[min(written)], "PN129", value=owner, name=owner, names=others)

    def _organisation_name(self, key: str) -> str:
        actor_id = self._id_of.get(("organisation", key, "")) or self._ids["organisation", key]
        known = next((str(row.get("name") or actor_id) for row in self._roster if row["actor_id"] == actor_id), None)
        return known or str(self._actors[actor_id]["name"])

    def _mentions(self) -> Iterator[tuple[Mention, str, Source, int]]:
        """Find who is mentioned, on which day first, where and how often: few of a long list's rows name anybody new."""
        for batch in self._batches:
            for table, frame in batch.tables.items():
                days = self._days_of(table, frame)
                for column in (column for column in _ACTOR_COLUMNS[table] if column in frame):
                    first: dict[Any, str] = {}
                    for who, day in zip(frame[column], days, strict=True):
                        first[who] = min(first.get(who, _LATEST), day or _LATEST)
                    counts = Counter(frame[column])
                    yield from ((who, first[who], batch.source, n) for who, n in counts.items() if _is_somebody(who))

    def _days_of(self, table: str, frame: pd.DataFrame) -> list[str]:
        if table == "attendance":
            return [self._days.get(meeting, "") for meeting in frame["meeting_id"]]
        if table in ("contacts", "meetings"):
            return [iso_day(day) for day in frame["day"]]
        return [""] * len(frame)

    def _key(self, name: str, kind: Kind) -> str:
        pair = (name, kind)
        if pair not in self._key_cache:
            self._key_cache[pair] = self._aliases.key(name, kind)
        return self._key_cache[pair]

    def _file_names(self, mentions: Sequence[tuple[Mention, str, Source, int]]) -> None:
        """Find out which names are persons' and which organisations', and to whom each e-mail address belongs."""
        self._ids: dict[tuple[Kind, str], str] = {}
        for row in self._roster:
            kind = _kind(row)
            for name in (row.get("name") or row["actor_id"], row["actor_id"]):
                self._ids.setdefault((kind, self._key(str(name), kind)), row["actor_id"])
        self._organisations = {key for kind, key in self._ids if kind == "organisation"}
        self._persons = {key for kind, key in self._ids if kind == "person"}
        owners: dict[str, dict[str, Source]] = defaultdict(dict)
        houses: dict[str, set[str]] = defaultdict(set)
        for mention, _, source, _ in mentions:
            if mention.organisation and mention.person:
                self._organisations.add(self._key(mention.organisation, "organisation"))
            if mention.person:
                self._persons.add(self._key(mention.person, "person"))
            if mention.person and mention.email:
                owners[mention.email.lower()].setdefault(mention.person, source)
            elif mention.organisation and mention.email:
                houses[mention.email.lower()].add(mention.organisation)
        listed = (row["actor_id"] for row in table_rows(self._batches, "actors"))
        self._organisations |= {
            self._key(mention.organisation, "organisation")
            for mention in listed
            if isinstance(mention, Mention) and mention.organisation
        }
        self._written_with = owners
        self._houses = {
            email: min(written)
            for email, written in houses.items()
            if email not in owners and len({self._key(name, "organisation") for name in written}) == 1
        }
        in_roster = {key for kind, key in self._ids if kind == "person"}
        self._owners = owners_of(
            owners, self._aliases, lambda name: self._key(name, "person"), is_listed=lambda key: key in in_roster
        )

    def _file_affiliations(self, mentions: Sequence[tuple[Mention, str, Source, int]]) -> None:
        """Note since when each person is seen with each organisation, and how every name is written."""
        self._seen: dict[str, dict[str, str]] = defaultdict(dict)
        self._named_at: dict[tuple[str, str], Source] = {}
        self._written: dict[tuple[Kind, str], list[str]] = defaultdict(list)
        key_of = {actor_id: key for (kind, key), actor_id in reversed(self._ids.items()) if kind == "organisation"}
        for row in self._roster:
            if _kind(row) == "person":
                key = self._key(str(row.get("name") or row["actor_id"]), "person")
                self._seen[key].setdefault(key_of.get(row.get("organisation_id", ""), ""), "")
        for mention, day, source, n in mentions:
            kind, name = self._kind_and_name(mention)
            key = self._key(name, kind)
            self._written[kind, key] += [self._aliases.meant(name, kind)] * n
            if mention.organisation and kind == "person" and mention.person:
                employer = self._key(mention.organisation, "organisation")
                self._written["organisation", employer] += [self._aliases.meant(mention.organisation, "organisation")] * n
                self._named_at.setdefault((key, employer), source)
                self._seen[key][employer] = min(self._seen[key].get(employer, _LATEST), day)

    def _kind_and_name(self, mention: Mention) -> tuple[Kind, str]:
        if mention.person:
            person = self._owners.get(mention.email.lower(), mention.person)
            is_organisation = (
                not mention.organisation
                and self._key(person, "organisation") in self._organisations
                and ("person", self._key(person, "person")) not in self._ids
            )
            return ("organisation" if is_organisation else "person"), person
        if mention.organisation:
            name = mention.organisation
            is_person = (
                self._key(name, "organisation") not in self._organisations and self._key(name, "person") in self._persons
            )
            return ("person" if is_person else "organisation"), name
        email = mention.email.lower()
        house = self._houses.get(email)
        return ("organisation", house) if house else ("person", self._owners.get(email, mention.email))

    def _name_actors(self) -> None:
        """Name every actor: the id of the roster, else one made of its name; a second affiliation makes a second actor."""
        taken = Counter(self._ids.values())
        self._actors: dict[str, dict[str, Any]] = {}
        self._id_of: dict[tuple[Kind, str, str], str] = {}
        self._named: set[tuple[Kind, str]] = set()
        listed: dict[tuple[Kind, str], list[str]] = defaultdict(list)
        for kind, name in names_of_directories(self._batches):
            listed[kind, self._key(name, kind)].append(self._aliases.meant(name, kind))
        for (kind, key), written in self._written.items():
            if kind == "organisation":
                self._add(kind, key, "", shown_name(written, kind, listed[kind, key]), taken)
        for (kind, key), written in self._written.items():
            if kind == "person":
                name = shown_name(written, kind, listed[kind, key])
                known = self._seen.get(key, {})
                employers = sorted(
                    (employer for employer in known if employer), key=lambda employer: (known[employer], employer)
                )
                for employer in employers or [""]:
                    self._add(kind, key, employer, name, taken)

    def _add(self, kind: Kind, key: str, employer: str, name: str, taken: Counter[str]) -> None:
        in_roster = self._ids.get((kind, key))
        is_second = (kind, key) in self._named
        self._named.add((kind, key))
        if in_roster and not is_second:
            actor_id = in_roster
        else:
            organisation = self._id_of.get(("organisation", employer, ""), "") if is_second else ""
            actor_id = free_id(slug(f"{name} {organisation}"), taken)
        self._id_of[kind, key, employer] = actor_id
        employer_id = self._id_of.get(("organisation", employer, ""), "") if employer else ""
        self._actors[actor_id] = {"actor_id": actor_id, "name": name, "kind": kind, "organisation_id": employer_id}

    def _id(self, value: Any, day: str) -> Any:  # noqa: ANN401 (a cell: text stays, a mention becomes an id)
        if not isinstance(value, Mention):
            return value
        # Who is named with an organisation stands for it, whatever the day.
        asked = (value, "" if value.person and value.organisation else day)
        if asked not in self._found:
            self._found[asked] = self._id_of_mention(*asked)
        return self._found[asked]

    def _id_of_mention(self, value: Mention, day: str) -> str:
        if not any(value):
            return ""
        failed = next((part for part in value if part in ERROR_CELLS), None)
        if failed is not None:
            return failed
        kind, name = self._kind_and_name(value)
        key = self._key(name, kind)
        if kind == "organisation":
            return self._id_of[kind, key, ""]
        employer = self._key(value.organisation, "organisation") if value.person and value.organisation else ""
        if employer:
            return self._id_of[kind, key, employer]
        return self._id_of[kind, key, self._employer_on(key, day)]

    def _employer_on(self, key: str, day: str) -> str:
        """Find for whom a person stood on a day: the affiliation seen last until then, else the first ever seen."""
        known = {employer: since for employer, since in self._seen.get(key, {}).items() if employer}
        if not known:
            return ""
        ordered = sorted(known, key=lambda employer: (known[employer], employer))
        before = [employer for employer in ordered if day and known[employer] <= day]
        return before[-1] if before else ordered[0]

    def _described_actors(self, mentioned: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
        """Complete the rows of a directory with the names and kinds found."""
        rows = []
        for row, original in zip(frame.to_dict("records"), mentioned["actor_id"], strict=True):
            actor: dict[Any, Any] = self._actors.get(row["actor_id"], {}) if isinstance(original, Mention) else {}
            rows.append({**row, **{column: value for column, value in actor.items() if not row.get(column)}})
            if actor:
                self._placed.add(row["actor_id"])
        return pd.DataFrame(rows, dtype=object).pipe(lambda table: table.where(table.notna(), ""))

    def _new_actors(self, tables: Mapping[str, pd.DataFrame]) -> list[dict[str, Any]]:
        added = []
        for table, frame in tables.items():
            columns = (*_ACTOR_COLUMNS[table], *(("organisation_id",) if table == "actors" else ()))
            for column in (column for column in columns if column in frame):
                places: Sequence[Mapping[str, str]] = frame[PLACES].to_list() if PLACES in frame else [{}] * len(frame)
                for actor_id, cells in zip(frame[column], places, strict=True):
                    added += self._new_actor(actor_id, cells)
        return added

    def _remark_strangers(self, source: Source, added: Sequence[Mapping[str, Any]]) -> None:
        """Where a roster lists actors of a kind, one of that kind that it lacks is told."""
        for actor in added:
            cell = str(actor[PLACES].get("actor_id") or actor[PLACES].get("", ""))
            line = int("".join(filter(str.isdigit, cell)) or 0) or None
            if actor["kind"] in self._listed_kinds:
                self.findings.remark(source, "PN040", line=line, cell=cell, value=actor["name"])

    def _new_actor(self, actor_id: str, cells: Mapping[str, str]) -> list[dict[str, Any]]:
        """List the row of an actor not yet on the roster, and that of its organisation."""
        if actor_id not in self._actors or actor_id in self._placed or actor_id in self._described:
            return []
        self._placed.add(actor_id)
        actor = self._actors[actor_id]
        employer = self._new_actor(actor["organisation_id"], cells) if actor["organisation_id"] else []
        return [*employer, {**actor, ENTRY: -1, PLACES: cells}]


def _kind(row: Mapping[str, Any]) -> Kind:
    return "person" if folded(str(row.get("kind", ""))) in ("person", "personne") else "organisation"


def _is_somebody(value: object) -> bool:
    return isinstance(value, Mention) and any(value) and not any(part in ERROR_CELLS for part in value)
