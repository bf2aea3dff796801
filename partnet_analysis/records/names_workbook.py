"""`aliases.xlsx`: the names that may be one, with a list to choose from, and what was decided before."""

import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import pandas as pd
import xlsxwriter

from partnet_analysis.messages import say
from partnet_analysis.records.identity import DECISIONS, Aliases, Kind, key_of, pair_of
from partnet_analysis.records.likeness import FoundNames

_WRITTEN_ON: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed day makes the same bytes every time)
_COLUMNS: Final = {
    "name": 34,
    "same_as": 34,
    "decision": 14,
    "kind": 14,
    "evidence": 46,
    "score": 9,
    "name_in": 34,
    "same_as_in": 34,
}
_DECISION: Final = list(_COLUMNS).index("decision")
_N_LINES: Final = 3
_MOST_ROWS: Final = 100_000
_MOST_FILES: Final = 6
_LONGEST: Final = 32_000
_SPARE_ROWS: Final = 200
"""Rows below the last that have the list too, for pairs that somebody adds."""

_KINDS: Final[tuple[Kind, ...]] = ("organisation", "person")

_Row = dict[str, Any]


def names_xlsx(suggestions: pd.DataFrame, aliases: Aliases, found: FoundNames, language: str) -> bytes:
    """
    Write the table of names as a workbook.

    Parameters
    ----------
    suggestions
        What `name_suggestions` gives.
    aliases
        What is decided already.
    found
        The names as written, with their files.
    language
        `fr` or `en`.

    Returns
    -------
    content
        A workbook of two sheets, each with lines of explanation above its header: the pairs to decide about, the most
        alike first, and the decisions so far. The decision is chosen from a list (same, different, later). Text stays text:
        nothing in it is ever a formula. Filled in and saved beside the records as `aliases.xlsx`, it is read.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    files = _files_by_key(found)
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _WRITTEN_ON})
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#E8E8E8", "text_wrap": True, "valign": "top", "border": 1}),
            "choice": book.add_format({"bg_color": "#FFF7D6", "text_wrap": True, "valign": "top", "border": 1}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
            "note": book.add_format({"italic": True}),
        }
        for sheet, rows in (("open", _open(suggestions, files)), ("decided", _decided(suggestions, aliases, files))):
            _write(book.add_worksheet(say(language, f"readers.names.{sheet}")), sheet, rows, styles, language)
    return stream.getvalue()


def _open(suggestions: pd.DataFrame, files: Mapping[tuple[Kind, str], Sequence[str]]) -> list[_Row]:
    rows = []
    for row in suggestions.to_dict("records"):
        places = [files.get((row["kind"], key_of(row[column], row["kind"])), ()) for column in ("name", "same_as")]
        rows.append({str(column): value for column, value in row.items()} | {"name_in": places[0], "same_as_in": places[1]})
    return rows


def _decided(suggestions: pd.DataFrame, aliases: Aliases, files: Mapping[tuple[Kind, str], Sequence[str]]) -> list[_Row]:
    """List the decisions; a pair left for later that nothing suggests any more stays here."""
    suggested = {pair_of(*pair) for pair in zip(suggestions["name"], suggestions["same_as"], strict=True)}
    rows: list[_Row] = []
    for name, same_as, decision in aliases.rows:
        if decision != "later" or pair_of(name, same_as) not in suggested:
            kinds = [kind for kind in _KINDS if any((kind, key_of(each, kind)) in files for each in (name, same_as))]
            kind = kinds[0] if kinds else "organisation"
            places = [files.get((kind, key_of(each, kind)), ()) for each in (name, same_as)]
            row = {"name": name, "same_as": same_as, "decision": decision, "kind": kind if kinds else "", "evidence": ()}
            rows.append({**row, "name_in": places[0], "same_as_in": places[1]})
    return rows


def _files_by_key(found: FoundNames) -> dict[tuple[Kind, str], list[str]]:
    files: dict[tuple[Kind, str], dict[str, None]] = defaultdict(dict)
    for name, own in found.files.items():
        for kind in _KINDS:
            files[kind, key_of(name, kind)] |= dict.fromkeys(own)
    return {key: sorted(names) for key, names in files.items()}


def _write(page: Any, sheet: str, rows: Sequence[_Row], styles: Mapping[str, Any], language: str) -> None:  # noqa: ANN401 (untyped library)
    for number in range(_N_LINES):
        page.write_string(number, 0, say(language, f"readers.names.{sheet}_{number + 1}"), styles["note"])
    for column, (name, width) in enumerate(_COLUMNS.items()):
        page.set_column(column, column, width)
        page.write_string(_N_LINES, column, say(language, f"readers.names.{name}"), styles["head"])
    page.freeze_panes(_N_LINES + 1, 0)
    for number, row in enumerate(rows[:_MOST_ROWS], start=_N_LINES + 1):
        for column, name in enumerate(_COLUMNS):
            style = styles["choice" if column == _DECISION else "plain"]
            if name == "score" and name in row:
                page.write_number(number, column, row[name], style)
            else:
                page.write_string(number, column, _text(name, row.get(name, ""), language), style)
    last = _N_LINES + len(rows[:_MOST_ROWS])
    page.autofilter(_N_LINES, 0, max(last, _N_LINES + 1), len(_COLUMNS) - 1)
    page.data_validation(_N_LINES + 1, _DECISION, last + _SPARE_ROWS, _DECISION, _choices(language))
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(_N_LINES)


def _choices(language: str) -> dict[str, Any]:
    return {
        "validate": "list",
        "source": [say(language, f"readers.names.{decision}") for decision in DECISIONS],
        "error_title": say(language, "readers.names.decision"),
        "error_message": say(language, "readers.names.choose"),
    }


def _text(column: str, value: Any, language: str) -> str:  # noqa: ANN401 (a cell of the table)
    if column in ("decision", "kind"):
        return say(language, f"readers.names.{value}") if value else ""
    if column == "evidence":
        return " ; ".join(phrase.in_language(language) for phrase in value)
    if column in ("name_in", "same_as_in"):
        more = [f"… (+{len(value) - _MOST_FILES})"] if len(value) > _MOST_FILES else []
        return _safe(", ".join([*value[:_MOST_FILES], *more]))
    return _safe(str(value))


def _safe(text: str) -> str:
    """Write what is no Unicode, such as half a pair of surrogates, as its escape."""
    return text.encode(errors="backslashreplace").decode()[:_LONGEST]
