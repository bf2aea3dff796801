"""A person's erasure: from the results, their manifest and the alias table; and where the records still name the person."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from partnet_analysis.errors import PrivacyError
from partnet_analysis.privacy.removal import Line, Removal, other_files, own_files, plan_table, state_of
from partnet_analysis.privacy.searching import Subject, mentions
from partnet_analysis.privacy.tables import json_without, read_rows, table_without
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.identity import ALIAS_FILE, person_key

_REWRITTEN: Final = (".csv", ".json")
"""What can be searched cell by cell; any other result may show a person in drawn letters, and is made again instead."""


def erasure_plan(person: str, *, records: Path, outputs: Path) -> Removal:
    """
    Plan a person's erasure; nothing is changed.

    Parameters
    ----------
    person
        The person's identifier or name.
    records
        The folder of records, and of the alias table.
    outputs
        The folder of results.

    Returns
    -------
    removal
        What `carry_out` will do. Tables lose the person: attendance and contacts in the name of an organisation become the
        organisation's own, others go. Results that cannot be searched, such as documents and pictures, are removed, to be
        made again. Records are never written; the plan counts where they name the person, file names included.

    Raises
    ------
    PrivacyError
        If nothing names the person (PN104), or the name is that of several actors (PN105).
    """
    own = own_files(outputs)
    state = state_of(records, outputs)
    roster = _roster(own)
    subject, home = _subject(person, roster, list(decided_aliases(records).same.items()))
    left = {name: _without(name, content, subject, home) for name, content in own.items()}
    changed = {name: content for name, content in left.items() if content != own[name]}
    raw = {name: n for name, n in _mentioned(other_files(records), subject).items() if name != ALIAS_FILE}
    strangers = _mentioned(other_files(outputs, own), subject)
    aliases = _aliases_without(records / ALIAS_FILE, subject)
    if not (changed or raw or strangers or aliases):
        raise PrivacyError("PN104", person=person)
    documents = [name for name in own if not name.endswith(_REWRITTEN)] if changed or raw else []
    lines: list[Line] = [(outputs, name, "rewrite", mentions(own[name], subject)) for name in changed]
    lines += [(outputs, name, "remove", None) for name in documents]
    lines += [(outputs, name, "by_hand", n) for name, n in strangers.items()]
    lines += [(records, name, "by_hand", n) for name, n in raw.items()]
    if aliases is not None:
        lines.append((records, ALIAS_FILE, "rewrite", mentions((records / ALIAS_FILE).read_bytes(), subject)))
    return Removal(
        records=records,
        outputs=outputs,
        plan=plan_table(lines),
        left={name: content for name, content in left.items() if name not in documents} if own and lines else None,
        without_inputs=[name for name in raw if subject.is_in(name)],
        aliases=aliases,
        state=state,
    )


def _roster(own: Mapping[str, bytes]) -> list[dict[str, str]]:
    return read_rows(own["actors.csv"])[1] if "actors.csv" in own else []


def _subject(person: str, roster: list[dict[str, str]], spellings: list[tuple[str, str]]) -> tuple[Subject, str]:
    """Find who is meant, all names and the organisation; who is on no roster is searched by the name given."""
    keys = {person_key(name) for name in (person, *(same_as for written, same_as in spellings if written == person))}
    meant = [row for row in roster if row["actor_id"] == person]
    meant = meant or [row for row in roster if person_key(row["name"]) in keys]
    if len(meant) > 1:
        raise PrivacyError("PN105", person=person, actors=[row["actor_id"] for row in meant])
    if not meant:
        return Subject("", (person, *_also_written(person, spellings))), ""
    row = meant[0]
    namesakes = [other for other in roster if other is not row and person_key(other["name"]) == person_key(row["name"])]
    called = () if namesakes else (row["name"], *_also_written(row["name"], spellings))
    return Subject(row["actor_id"], called), row.get("organisation_id", "")


def _also_written(name: str, spellings: list[tuple[str, str]]) -> Iterator[str]:
    for written, same_as in spellings:
        if person_key(same_as) == person_key(name):
            yield written


def _without(name: str, content: bytes, subject: Subject, home: str) -> bytes:
    if name.endswith(_REWRITTEN) and mentions(content, subject):
        return json_without(content, subject) if name.endswith(".json") else table_without(name, content, subject, home)
    return content


def _mentioned(files: Mapping[str, bytes], subject: Subject) -> dict[str, int]:
    counted = {name: mentions(content, subject) + subject.count_in(name) for name, content in files.items()}
    return {name: n for name, n in counted.items() if n}


def _aliases_without(path: Path, subject: Subject) -> bytes | None:
    if not path.is_file():
        return None
    content = path.read_bytes()
    header, *lines = content.splitlines(keepends=True) or [b""]
    left = header + b"".join(line for line in lines if not mentions(line, subject))
    return left if left != content else None
