"""Frames → the bytes of CSV and JSON files, the same on every run."""

import json
import re
from datetime import date
from typing import Any, Final

import pandas as pd

from partnet_analysis.messages import Phrase

DECIMALS: Final = 6
"""Numbers are rounded once, when written."""

_FORMULA_STARTS: Final = ("=", "+", "-", "@")
_BREAKS: Final = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
"""What some program or other takes for the end of a cell or of a line, quotes or no quotes."""


def csv_bytes(frame: pd.DataFrame, language: str) -> bytes:
    """
    Write a frame as CSV.

    Parameters
    ----------
    frame
        The frame; its index becomes the first column, or columns, where it has a name.
    language
        The language of phrases.

    Returns
    -------
    content
        UTF-8, comma, one line each; numbers with at most six decimals, days as ISO, true/false, empty where unknown;
        line breaks inside a text become a space, and text that a spreadsheet would take for a formula begins with an
        apostrophe.
    """
    table = frame.reset_index() if frame.index.names != [None] else frame
    columns = {column: _cells(table[column], language) for column in table.columns}
    written = pd.DataFrame(columns, columns=table.columns, dtype=object)
    return written.to_csv(index=False, lineterminator="\n").encode(errors="backslashreplace")


def json_bytes(content: Any, language: str) -> bytes:  # noqa: ANN401 (any plain data)
    """
    Write plain data as JSON.

    Parameters
    ----------
    content
        Mappings, sequences, text, numbers, days, phrases.
    language
        The language of phrases.

    Returns
    -------
    content
        UTF-8, indented; numbers with at most six decimals; null where unknown.
    """
    text = json.dumps(_plain(content, language), ensure_ascii=False, indent=2, allow_nan=False)
    # Half a pair of surrogates is no Unicode; escaped, it is what JSON reads back.
    return text.encode(errors="backslashreplace") + b"\n"


def figures_as_json(figures: pd.DataFrame, language: str) -> bytes:
    """
    Write a frame of whole-partnership figures as JSON.

    Parameters
    ----------
    figures
        Indexed by `figure`.
    language
        The language of phrases.

    Returns
    -------
    content
        One object for each figure, named by it.
    """
    return json_bytes({str(row.pop("figure")): row for row in figures.reset_index().to_dict("records")}, language)


def _cells(column: pd.Series, language: str) -> list[str]:
    """Write a column; where its values are plain, each distinct one once, as long tables repeat themselves."""
    if column.dtype == object:
        return [_cell(value, language) for value in column]
    codes, values = pd.factorize(column)
    written = [*(_cell(value, language) for value in values), ""]
    return [written[code] for code in codes]


def _cell(value: Any, language: str) -> str:  # noqa: ANN401 (a frame's cell)
    plain = _plain(value, language)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, list):
        return " · ".join(str(item) for item in plain)
    if isinstance(plain, str):
        line = _BREAKS.sub(" ", plain)
        return f"'{line}" if line.lstrip().startswith(_FORMULA_STARTS) else line
    return str(plain)


def _plain(value: Any, language: str) -> Any:  # noqa: ANN401 (any plain data)
    if isinstance(value, dict):
        return {str(key): _plain(item, language) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, language) for item in value]
    return _scalar(value, language)


def _scalar(value: Any, language: str) -> Any:  # noqa: ANN401 (any plain value)
    if isinstance(value, Phrase):
        return value.in_language(language)
    if value is None or pd.isna(value):
        return None
    if isinstance(value, date):
        return value.isoformat()[:10]
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, float):
        rounded = round(value, DECIMALS)
        return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded
    return value
