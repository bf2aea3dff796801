"""Decisions written into the text of `partnet.toml`: what stands there stays, comments too."""

import glob
from collections.abc import Mapping, MutableMapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

import tomlkit
from tomlkit.items import AoT, Array

_Rule = MutableMapping[str, Any]
_Rules = Any


def with_rule(text: str, file: str, sheets: Sequence[str | None], changes: Mapping[str, Any], *, whole: bool) -> str:
    """
    Write what was decided of some sheets.

    Parameters
    ----------
    text
        The text of `partnet.toml`; empty where there is none yet.
    file
        The file's path inside the folder of records.
    sheets
        The sheets concerned; None stands for a file without sheets.
    changes
        Keys of `[[sources]]` with their values; tables go into those that are there.
    whole
        Whether the decision holds for all sheets of the file.

    Returns
    -------
    text
        The text with the decision: in the rule that is for these sheets alone, else in a new one. As the first rule that
        fits a sheet holds, a new one stands before a broader one, and says again what that one says.

    Examples
    --------
    >>> print(with_rule("", "gt.csv", [None], {"shape": "directory"}, whole=False).strip())
    [[sources]]
    file = "gt.csv"
    shape = "directory"
    """
    document = tomlkit.parse(_ended(text, "sources"))
    if "sources" not in document:
        document.add("sources", tomlkit.aot())
    rules: _Rules = document["sources"]
    for sheet in sheets:
        rule = _rule_for(rules, file, sheet, whole=whole)
        for key, value in changes.items():
            _put(rule, key, value)
    return tomlkit.dumps(document)


def with_time_zone(text: str, zone: str) -> str:
    """
    Write the partnership's time zone.

    Parameters
    ----------
    text
        The text of `partnet.toml`.
    zone
        The zone.

    Returns
    -------
    text
        The text with it.
    """
    document = tomlkit.parse(_ended(text, "partnership"))
    if "partnership" not in document:
        document.add("partnership", tomlkit.table())
    section: Any = document["partnership"]
    _put(section, "time_zone", zone)
    return tomlkit.dumps(document)


def _ended(text: str, section: str) -> str:
    """End a text with a blank line where a section is to come below it."""
    if not text or section in tomlkit.parse(text):
        return text
    return text.rstrip("\n") + "\n\n"


def _rule_for(rules: _Rules, file: str, sheet: str | None, *, whole: bool) -> _Rule:
    """Find the rule that is for a sheet alone, or make it before the broader one that holds so far."""
    own_file, own_sheet = glob.escape(file), None if whole or sheet is None else glob.escape(sheet)
    place = next((place for place, rule in enumerate(rules) if _fits(rule, file, sheet)), None)
    if place is None:
        return _inserted(rules, len(rules), _named(own_file, own_sheet, {}))
    rule: _Rule = rules[place]
    is_own = rule["file"] in (own_file, file) and (whole or sheet is None or rule.get("sheet") == own_sheet)
    if is_own:
        return rule
    said = tomlkit.item(rule).unwrap()
    return _inserted(rules, place, _named(own_file, own_sheet or said.get("sheet"), said))


def _fits(rule: Mapping[str, Any], file: str, sheet: str | None) -> bool:
    return fnmatchcase(file, rule["file"]) and fnmatchcase(sheet or "", rule.get("sheet", "*"))


def _named(file: str, sheet: str | None, said: Mapping[str, Any]) -> dict[str, Any]:
    """Give a rule its file and sheet, then what it says."""
    where = {"file": file} if sheet in (None, "*") else {"file": file, "sheet": sheet}
    return where | {key: value for key, value in said.items() if key not in ("file", "sheet")}


def _inserted(rules: _Rules, place: int, content: Mapping[str, Any]) -> _Rule:
    made: Any = tomlkit.inline_table() if isinstance(rules, Array) else tomlkit.table()
    for key, value in content.items():
        made[key] = _inline(value) if isinstance(value, Mapping) else value
    if isinstance(rules, AoT):
        made.add(tomlkit.nl())
        stands_close = place > 0 and not rules[place - 1].as_string().endswith("\n\n")
        made.trivia.indent = "\n" if stands_close else ""
    rules.insert(place, made)
    rule: _Rule = rules[place]
    return rule


def _put(rule: _Rule, key: str, value: Any) -> None:  # noqa: ANN401 (whatever a key of the rule takes)
    """Write a value; a new key stands below the last one, before the blank lines and comments that lead to what follows."""
    if isinstance(value, Mapping) and key in rule:
        rule[key].update(value)
        return
    body: list[Any] = getattr(getattr(rule, "value", None), "body", [])
    tail: list[Any] = []
    while body and body[-1][0] is None and key not in rule:
        tail.insert(0, body.pop())
    rule[key] = _inline(value) if isinstance(value, Mapping) else value
    body.extend(tail)


def _inline(value: Mapping[str, Any]) -> Any:  # noqa: ANN401 (tomlkit's own kind)
    table = tomlkit.inline_table()
    table.update(value)
    return table
