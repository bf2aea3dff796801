"""The review's measures as an Excel workbook: every table whole, with filters, units and a reading guide."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.messages import Phrase, has, say
from partnet_analysis.results import BY_NAME
from partnet_analysis.views.report.wording import inert, is_unknown, period_in_words, sentence
from partnet_analysis.views.tables import DECIMALS

_LONGEST: Final = 32_000
"""A little under what a cell holds."""

_SHARES: Final = frozenset(
    {
        "betweenness",
        "capacity_use",
        "delegate_concentration",
        "p_over",
        "p_response_fell",
        "response_rate",
        "response_low",
        "response_high",
        "response_change",
        "attendance_rate",
        "redundancy",
        "dependence",
        "acquaintance",
    }
)
_COLOURS: Final = {"over_solicited": "#F6C9B8", "watch": "#FCE6BF"}
_CODED: Final = frozenset({"kind", "level", "how", "source_kind", "remedy", "scenario"})
"""Columns that hold words of a closed vocabulary: the CSV files keep them as they are, a reader gets them in words."""

_RESULTS: Final = {
    "centrality": ("centrality", ""),
    "solicitation": ("solicitation", ""),
    "isolation": ("isolation", ""),
    "absent": ("expected_absent", ""),
    "introductions": ("introductions", ""),
    "load_sharing": ("load_sharing", ""),
    "load_sources": ("load_sources", "flagged"),
    "stand_ins": ("stand_ins", "flagged"),
    "remedies": ("remedies", "flagged"),
    "meetings": ("meeting_value", "meetings"),
    "series": ("series_value", "meetings"),
    "cohesion": ("cohesion", ""),
    "dependence": ("dependence", ""),
    "attrition": ("attrition", "coordinators"),
    "coordination": ("coordination", ""),
    "change": ("change", "before"),
    "ties": ("ties", ""),
}
"""The sheets in order: which result each holds, and what the records must have for it."""

_IDS: Final = ("actor_id", "host_id", "stand_in_id")
"""Columns of ids that a reader gets as names."""

_SENTENCES: Final = frozenset({"reasons", "evidence", "reason", "newly_isolated", "title"})
"""Columns whose text runs on in one line, so that rows keep their height and a screen shows many."""

_ONE_PAGE_WIDE: Final = 16
"""Tables of more columns print over several pages: shrunk to the width of one they could not be read."""

_PIXELS, _PADDING, _PAGE_WIDE = 7, 5, 840
"""Pixels that a sign takes, those beside a cell's text, and those of an A4 page turned on its side, with some to spare."""

_WIDTHS: Final = {"name": 34, "reasons": 70, "evidence": 60, "fault": 50, "way_out": 50, "meaning": 70, "reading": 90}


@dataclass(frozen=True)
class _Sheet:
    """A table of the workbook, and the file that holds the same values."""

    key: str
    frame: pd.DataFrame
    source: str

    @property
    def table(self) -> pd.DataFrame:
        """The frame with its ids as first column."""
        return self.frame.reset_index() if self.frame.index.name is not None else self.frame


def workbook_bytes(review: Review, language: str) -> bytes:
    """
    Write the review's measures as an Excel workbook.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    content
        The same bytes on every run. One sheet for each table, every row of it; text is text, never a formula or a link.
    """
    written = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(written, options) as book:
        _set_properties(book, review, language)
        formats = _Formats.of(book)
        sheets = list(_sheets(review, language))
        _write_guide(book, review, sheets, language, formats)
        for sheet in sheets:
            _write_sheet(book, sheet, language, formats)
    return written.getvalue()


def _set_properties(book: Workbook, review: Review, language: str) -> None:
    book.set_size(2400, 1600)
    book.set_properties(
        {
            "title": say(language, "review.title", period=period_in_words(review.period, language)),
            "subject": inert(review.name)[:250],
            "author": "partnet_analysis",
            "comments": inert(review.note)[:250],
            "created": datetime.combine(review.period.end, time(), tzinfo=UTC).replace(tzinfo=None),
        }
    )


@dataclass(frozen=True)
class _Formats:
    """How cells look, by what they hold."""

    head: Format
    title: Format
    strong: Format
    alert: Format
    by_kind: dict[str, Format]

    @classmethod
    def of(cls, book: Workbook) -> "_Formats":
        """Make the formats of a workbook."""
        base = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        return cls(
            head=book.add_format(
                base | {"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#E9EEF4", "valign": "bottom"}
            ),
            title=book.add_format(base | {"bold": True, "font_size": 16}),
            strong=book.add_format(base | {"bold": True, "top": 1, "bg_color": "#F4F1EA"}),
            alert=book.add_format(base | {"font_color": "#B3261E", "bold": True, "text_wrap": True}),
            by_kind={
                "text": book.add_format(base | {"text_wrap": True}),
                "long": book.add_format(base),
                "count": book.add_format(base | {"num_format": "#,##0"}),
                "decimal": book.add_format(base | {"num_format": "#,##0.00"}),
                "share": book.add_format(base | {"num_format": "0.0%"}),
                "day": book.add_format(base | {"num_format": "yyyy-mm-dd", "align": "left"}),
                "truth": book.add_format(base | {"align": "center"}),
            },
        )


def _sheets(review: Review, language: str) -> Iterator[_Sheet]:
    roster = review.records.actors.set_index("actor_id")
    yield _Sheet("essentials", _essentials(review, language), BY_NAME["essentials"].file)
    yield _Sheet("actors", roster, "actors.csv")
    for key, name in _chosen(review):
        yield _Sheet(key, _readable(name, BY_NAME[name].of(review), roster), BY_NAME[name].file)
    if review.ledger is not None:
        yield _Sheet("accounting", review.ledger.accounting, "accounting.json")
        yield _Sheet("rejects", review.ledger.rejects, "rejects.csv")


def _chosen(review: Review) -> Iterator[tuple[str, str]]:
    """Name the sheets and their results, in order; those that these records cannot fill are left out."""
    has = {
        "meetings": len(review.network.records.meetings) > 0,
        "flagged": len(review.relief_needed) > 0,
        "coordinators": bool(review.records.coordinators),
        "before": review.before is not None,
    }
    for key, (name, needs) in _RESULTS.items():
        if not needs or has[needs]:
            yield key, name


def _readable(name: str, frame: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Set names and sectors beside the ids of rows, and write names for ids elsewhere; joined by id, whatever the order."""
    if name == "load_sources":
        named = frame["source"].map(roster["name"])
        frame = frame.assign(source=frame["source"].where(frame["source_kind"] != "solicitor", named))
    if frame.index.name == "actor_id":
        return roster[["name", "sector"]].join(frame, how="right")
    return frame.assign(**{column: frame[column].map(roster["name"]) for column in _IDS if column in frame})


def _essentials(review: Review, language: str) -> pd.DataFrame:
    labels = [say(language, f"review.essentials.{figure}.label", n=2) for figure in review.essentials.index]
    essentials = review.essentials.copy()
    essentials.insert(0, "meaning", labels)
    return essentials


def _write_sheet(book: Workbook, sheet: _Sheet, language: str, formats: _Formats) -> None:
    table = sheet.table
    page = book.add_worksheet(say(language, f"review.workbook.{sheet.key}.name"))
    page.set_row(0, 46)
    for place, column in enumerate(table.columns):
        kind = _kind(str(column), table[column])
        page.set_column(place, place, _width(str(column), kind))
        page.write_string(0, place, _heading(str(column), language), formats.head)
        for row, value in enumerate(table[column], start=1):
            said = _text(value, language, is_code=column in _CODED) if kind == "text" and not is_unknown(value) else value
            look = formats.by_kind["long" if str(column) in _SENTENCES else kind]
            _write_value(page, (row, place), said, kind, look)
    if len(table):
        page.autofilter(0, 0, len(table), len(table.columns) - 1)
    page.freeze_panes(1, 2 if "name" in table else 1)
    _highlight(book, page, table, language)
    page.set_landscape()
    page.set_paper(9)
    if len(table.columns) <= _ONE_PAGE_WIDE:
        page.set_print_scale(_print_scale(table))
    page.repeat_rows(0)


def _print_scale(table: pd.DataFrame) -> int:
    """
    Make a table as wide as a page.

    In a number: LibreOffice 7.4 cannot print a sheet that both has coloured rules and is told to fit the page by itself.
    """
    wide = sum(_width(str(column), _kind(str(column), table[column])) * _PIXELS + _PADDING for column in table.columns)
    return int(min(max(100 * _PAGE_WIDE / wide, 10), 100))


def _kind(column: str, values: pd.Series) -> str:
    if column.removesuffix(names.WITHOUT_COORDINATORS) in _SHARES:
        return "share"
    if pd.api.types.is_bool_dtype(values.dtype):
        return "truth"
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return "day"
    if pd.api.types.is_integer_dtype(values.dtype):
        return "count"
    return "decimal" if pd.api.types.is_float_dtype(values.dtype) else "text"


def _width(column: str, kind: str) -> float:
    return _WIDTHS.get(column, 18 if kind == "text" else 13)


def _heading(column: str, language: str) -> str:
    stem = column.removesuffix(names.WITHOUT_COORDINATORS)
    key = f"review.workbook.column.{stem}"
    heading = say(language, key) if has(language, key) else stem
    return heading if stem == column else f"{heading} ({say(language, 'review.workbook.without')})"


def _write_value(page: Worksheet, cell: tuple[int, int], value: Any, kind: str, look: Format) -> None:  # noqa: ANN401 (a cell)
    if is_unknown(value):
        page.write_blank(*cell, None, look)
    elif kind == "truth":
        page.write_boolean(*cell, bool(value), look)
    elif kind == "day":
        page.write_datetime(*cell, value.to_pydatetime(), look)
    elif kind == "text":
        page.write_string(*cell, value, look)
    else:
        page.write_number(*cell, round(float(value), DECIMALS), look)


def _text(value: Any, language: str, *, is_code: bool) -> str:  # noqa: ANN401 (a frame's cell)
    if is_code and has(language, f"review.workbook.code.{value}"):
        return say(language, f"review.workbook.code.{value}")
    if isinstance(value, (tuple, list)) and all(isinstance(item, str) for item in value):
        return inert(", ".join(value))[:_LONGEST]
    if isinstance(value, (tuple, list)):
        return inert(sentence(value, language))[:_LONGEST]
    if isinstance(value, Phrase):
        return inert(value.in_language(language))[:_LONGEST]
    if value in names.FLAGS:
        return say(language, f"review.solicitation.flag.{value}")
    return inert(str(value))[:_LONGEST]


def _highlight(book: Workbook, page: Worksheet, table: pd.DataFrame, language: str) -> None:
    """Let the eye find what matters: flags, loads, isolation."""
    last = max(len(table), 1)
    for place, column in enumerate(table.columns):
        if column == "flag":
            for flag, colour in _COLOURS.items():
                rule = {
                    "type": "cell",
                    "criteria": "==",
                    "value": f'"{say(language, f"review.solicitation.flag.{flag}")}"',
                    "format": book.add_format({"bg_color": colour}),
                }
                page.conditional_format(1, place, last, place, rule)
        elif column in ("per_month", "strength", "degree"):
            bar = {"type": "data_bar", "bar_color": "#A9CBE5"}
            page.conditional_format(1, place, last, place, bar)
        elif column in names.ISOLATION_TYPES and column != "connected":
            true = {"type": "cell", "criteria": "==", "value": "TRUE", "format": book.add_format({"bg_color": "#FCE6BF"})}
            page.conditional_format(1, place, last, place, true)


def _write_guide(book: Workbook, review: Review, sheets: list[_Sheet], language: str, formats: _Formats) -> None:
    """Explain every sheet and every column, and how the colours are to be read."""
    page = book.add_worksheet(say(language, "review.workbook.guide.name"))
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 34)
    page.set_column(2, 2, 100)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    plain = formats.by_kind["text"]
    title = say(language, "review.title", period=period_in_words(review.period, language))
    page.write_string(0, 0, inert(f"{review.name} – {title}".removeprefix(" – "))[:_LONGEST], formats.title)
    if review.note:
        page.merge_range(1, 0, 1, 2, inert(review.note)[:_LONGEST], formats.alert)
    page.merge_range(2, 0, 2, 2, say(language, "review.workbook.guide.text"), plain)
    page.set_row(2, 62)
    row = 4
    for sheet in sheets:
        page.write_string(row, 0, say(language, f"review.workbook.{sheet.key}.name"), formats.strong)
        page.write_string(row, 1, sheet.source, formats.strong)
        page.write_string(row, 2, say(language, f"review.workbook.{sheet.key}.reading"), formats.strong)
        row += 1
        for column in sheet.table.columns:
            stem = str(column).removesuffix(names.WITHOUT_COORDINATORS)
            meaning = f"review.workbook.meaning.{stem}"
            if stem != str(column) or not has(language, meaning):
                continue
            page.write_string(row, 1, _heading(str(column), language), plain)
            page.write_string(row, 2, say(language, meaning), plain)
            row += 1
