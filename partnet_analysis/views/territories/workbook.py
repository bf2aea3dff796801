"""The comparison of territories as a workbook: one row each, and what every column means."""

import io
from datetime import UTC, datetime
from typing import Final

import pandas as pd
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from partnet_analysis.messages import Phrase, say
from partnet_analysis.territories import FIGURES
from partnet_analysis.views.report.wording import inert, is_unknown
from partnet_analysis.views.tables import DECIMALS

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_FORMATS: Final = {"count": "#,##0", "share": "0.0%", "decimal": "#,##0.00"}
_TEXTS: Final = {"territory": 24, "name": 34, "period": 24, "reasons": 90}


def workbook_bytes(frame: pd.DataFrame, language: str) -> bytes:
    """
    Write the comparison as a workbook.

    Parameters
    ----------
    frame
        As `territories.comparison` gives it.
    language
        `fr` or `en`.

    Returns
    -------
    content
        The workbook (xlsx), the same bytes on every run; text is text, never a formula or a link.
    """
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as book:
        book.set_properties({"created": _EPOCH.replace(tzinfo=None)})
        _write_table(book, frame.reset_index(), language)
        _write_guide(book, language)
    return written.getvalue()


def _write_table(book: Workbook, table: pd.DataFrame, language: str) -> None:
    page = book.add_worksheet(say(language, "territories.workbook.table"))
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#E9EEF4", "valign": "bottom"})
    formats = {kind: book.add_format({"num_format": pattern}) for kind, pattern in _FORMATS.items()}
    page.set_row(0, 60)
    for place, column in enumerate(table.columns):
        stem = str(column).removesuffix("_low").removesuffix("_high")
        page.write_string(0, place, _heading(str(column), stem, language), head)
        page.set_column(place, place, _TEXTS.get(str(column), 14))
        for row, value in enumerate(table[column], start=1):
            _write(page, (row, place), value, formats.get(FIGURES.get(stem, "")), language)
    page.freeze_panes(1, 2)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _heading(column: str, stem: str, language: str) -> str:
    if stem not in FIGURES:
        return say(language, f"territories.column.{column}")
    label = say(language, f"territories.figure.{stem}.label")
    bound = column.removeprefix(stem).removeprefix("_")
    return say(language, f"territories.workbook.{bound}", label=label) if bound else label


def _write(page: Worksheet, cell: tuple[int, int], value: object, look: object, language: str) -> None:
    if isinstance(value, tuple):
        sentences = " · ".join(item.in_language(language) if isinstance(item, Phrase) else str(item) for item in value)
        page.write_string(*cell, inert(sentences))
    elif isinstance(value, (str, bool)):
        page.write_string(
            *cell, inert(str(value)) if isinstance(value, str) else say(language, f"territories.truth.{value}")
        )
    elif not is_unknown(value):
        page.write_number(*cell, round(float(value), DECIMALS), look)  # type: ignore[arg-type]  # a number is left


def _write_guide(book: Workbook, language: str) -> None:
    page = book.add_worksheet(say(language, "territories.workbook.guide"))
    page.set_column(0, 0, 44)
    page.set_column(1, 1, 110)
    for row, figure in enumerate(FIGURES):
        page.write_string(row, 0, say(language, f"territories.figure.{figure}.label"))
        page.write_string(row, 1, say(language, f"territories.figure.{figure}.meaning"))
