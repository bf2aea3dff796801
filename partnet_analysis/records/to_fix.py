"""`to_fix.xlsx`: the rejected rows, the fault beside the cell, for a colleague who knows no Python."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

import pandas as pd
import xlsxwriter

from partnet_analysis.messages import say
from partnet_analysis.records.ledger import Ledger

_LONGEST_SHEET_NAME: Final = 31
_MOST_ROWS: Final = 100_000
_WRITTEN_ON: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed day makes the same bytes every time)
_COLUMNS: Final = ("file", "sheet", "line", "cell", "value", "code", "fault", "way_out")
_WIDTHS: Final = (28, 18, 8, 8, 24, 8, 60, 60)


def to_fix_xlsx(ledger: Ledger, language: str) -> bytes:
    """
    Write the rejected rows as a workbook.

    Parameters
    ----------
    ledger
        What became of every row.
    language
        `fr` or `en`.

    Returns
    -------
    content
        A workbook: a first sheet with every fault on a line, then one sheet for each faulty file or sheet with its header
        and its faulty rows as they stand there, the wrong cells marked, and what is wrong with each row beside it. Text
        stays text: nothing in it is ever a formula.
    """
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _WRITTEN_ON})
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#E8E8E8", "text_wrap": True, "valign": "top"}),
            "wrong": book.add_format({"bg_color": "#FFD9D0", "border": 1, "text_wrap": True, "valign": "top"}),
            "plain": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _write_summary(book, styles, ledger.rejects, language)
        taken = {say(language, "readers.to_fix.summary").casefold()}
        for (file, sheet), rows in _by_source(ledger.faulty_rows):
            page = book.add_worksheet(_sheet_name(file, sheet, taken))
            faults = ledger.rejects[(ledger.rejects["file"] == file) & _is_sheet(ledger.rejects["sheet"], sheet)]
            _write_source(page, styles, rows, faults, language)
    return stream.getvalue()


def _write_summary(book: Any, styles: dict[str, Any], rejects: pd.DataFrame, language: str) -> None:  # noqa: ANN401 (untyped library)
    page = book.add_worksheet(say(language, "readers.to_fix.summary"))
    page.freeze_panes(1, 0)
    for column, (name, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, say(language, f"readers.to_fix.{name}"), styles["head"])
    for number, row in enumerate(rejects.head(_MOST_ROWS).to_dict("records"), start=1):
        for column, name in enumerate(_COLUMNS):
            page.write_string(number, column, _text(row[name], language), styles["plain"])


def _write_source(page: Any, styles: dict[str, Any], rows: pd.DataFrame, faults: pd.DataFrame, language: str) -> None:  # noqa: ANN401 (untyped library)
    """Write the rows with their own line numbers at the left, and what is wrong at the right."""
    last = max((len(cells) for cells in rows["cells"]), default=0) + 1
    page.set_column(0, 0, 8)
    page.set_column(1, max(1, last - 1), 18)
    page.set_column(last, last, 80)
    for number, row in enumerate(rows.head(_MOST_ROWS).to_dict("records")):
        style = styles["head"] if row["is_header"] else styles["plain"]
        own = faults[(faults["line"] == row["line"]).fillna(value=False)]
        wrong = {place for place in map(_column, own["cell"]) if place is not None}
        page.write_string(number, 0, str(row["line"]), styles["head"])
        for column, cell in enumerate(row["cells"]):
            page.write_string(number, column + 1, cell[:32_000], styles["wrong"] if column in wrong else style)
        for column in wrong - set(range(len(row["cells"]))):
            page.write_string(number, column + 1, "", styles["wrong"])
        told = "\n".join(
            f"{_text(fault['cell'], language)} {fault['code']} {_text(fault['fault'], language)} "
            f"→ {_text(fault['way_out'], language)}".strip()
            for fault in own.to_dict("records")
        )
        page.write_string(number, max(last, *(place + 2 for place in wrong)) if wrong else last, told, styles["plain"])


def _by_source(rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str | None], pd.DataFrame]]:
    for (file, sheet), group in rows.groupby(["file", "sheet"], dropna=False, sort=True):
        yield (str(file), sheet if isinstance(sheet, str) else None), group


def _is_sheet(sheets: pd.Series, sheet: str | None) -> pd.Series:
    return sheets.isna() if sheet is None else sheets == sheet


def _sheet_name(file: str, sheet: str | None, taken: set[str]) -> str:
    """Make a name that Excel takes: short, without its forbidden signs, not there yet."""
    wanted = re.sub(r"[\[\]:*?/\\']", " ", f"{file} {sheet}" if sheet else file).strip() or "-"
    name, number = wanted[:_LONGEST_SHEET_NAME].strip(), 2
    while name.casefold() in taken:
        suffix = f" {number}"
        name, number = wanted[: _LONGEST_SHEET_NAME - len(suffix)].strip() + suffix, number + 1
    taken.add(name.casefold())
    return name


def _column(address: Any) -> int | None:  # noqa: ANN401 (a cell of a frame)
    letters = re.match(r"[A-Z]+", address) if isinstance(address, str) else None
    if letters is None:
        return None
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _text(value: Any, language: str) -> str:  # noqa: ANN401 (a cell of a frame)
    if hasattr(value, "in_language"):
        return str(value.in_language(language))
    return "" if value is None or pd.isna(value) else str(value)
