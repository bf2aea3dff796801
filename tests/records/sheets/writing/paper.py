"""Pages as files of each kind."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from xml.sax.saxutils import escape

import docx
import openpyxl
import xlwt

from tests.records.sheets.writing.draws import Draws
from tests.records.sheets.writing.hand import ABOVE, LEFT, Cell
from tests.records.sheets.writing.truth import Draft, Page

Rows = Sequence[Sequence[Cell]]
SHEETS: Final = ("csv", "xlsx", "xls", "ods")
TEXTS: Final = ("txt", "md", "docx")


def files(draft: Draft, suffix: str, draws: Draws) -> tuple[dict[str, bytes], dict[str, list[Page]]]:
    """Write pages, in one file where it can hold several, and tell which stand in which."""
    if suffix in _BOOKS:
        name = f"{draft.stem}.{suffix}"
        merged = suffix == "xlsx"
        sheets = {page.name: page.rows if merged else _unmerged(page.rows) for page in draft.pages}
        return {name: _BOOKS[suffix](sheets)}, {name: draft.pages}
    pages = {f"{page.stem or draft.stem}.{suffix}": page for page in draft.pages}
    delimiter = draft.delimiter or draws.pick((";", ";", ",", "\t", "|"))
    coding = draft.coding or draws.pick(("utf-8", "utf-8-sig", "cp1252"))
    end = draws.pick(("\r\n", "\n"))
    contents = {}
    for name, page in pages.items():
        if suffix == "docx":
            contents[name] = _as_document(_unmerged(page.rows))
            continue
        padded = draws.sometimes(0.6)
        text = _delimited(_unmerged(page.rows), delimiter, end, padded=padded) if suffix == "csv" else _text(page.rows, end)
        contents[name] = _encoded(text, coding)
    return contents, {name: [page] for name, page in pages.items()}


def _unmerged(rows: Rows) -> list[list[Cell]]:
    return [[None if cell in {LEFT, ABOVE} else cell for cell in row] for row in rows]


def _delimited(rows: Rows, delimiter: str, end: str, *, padded: bool) -> str:
    stream = io.StringIO()
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if padded:
        width = max(map(len, cells), default=0)
        cells = [row + [""] * (width - len(row)) for row in cells]
    csv.writer(stream, delimiter=delimiter, lineterminator=end).writerows(cells)
    return stream.getvalue()


def _text(rows: Rows, end: str) -> str:
    return "".join(str(row[0] or "") + end if row else end for row in rows)


def _encoded(text: str, coding: str) -> bytes:
    try:
        return text.encode(coding)
    except UnicodeEncodeError:
        return text.encode()


def _as_document(rows: Rows) -> bytes:
    """A row of several cells is one of a table, any other a paragraph."""
    document = docx.Document()
    table: list[Sequence[Cell]] = []
    for row in [*rows, []]:
        if len(row) > 1:
            table.append(row)
            continue
        if table:
            _add_table(document, table)
            table = []
        document.add_paragraph(str(row[0] or "") if row else "")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_table(document: "docx.document.Document", rows: Rows) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for cells, row in zip(table.rows, rows, strict=True):
        for cell, content in zip(cells.cells, row, strict=False):
            cell.text = "" if content is None else str(content)


def _as_xlsx(sheets: Mapping[str, Rows]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in _unmerged(rows):
            sheet.append(row)
        for first, last in _merged(rows):
            sheet.merge_cells(None, *first, *last)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _merged(rows: Rows) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Find what is merged: the first and last row and column, from 1."""
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row, 1):
            wide, high = column, line
            while cell != LEFT and wide < len(row) and row[wide] == LEFT:
                wide += 1
            while cell != ABOVE and high < len(rows) and len(rows[high]) >= column and rows[high][column - 1] == ABOVE:
                high += 1
            if (wide, high) != (column, line):
                yield (line, column), (high, wide)


def _as_xls(sheets: Mapping[str, Rows]) -> bytes:
    book = xlwt.Workbook()
    style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None:
                    sheet.write(number, column, cell, *([style] if isinstance(cell, date) else []))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _as_ods(sheets: Mapping[str, Rows]) -> bytes:
    namespaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
    )
    tables = "".join(
        f'<table:table table:name="{escape(name, {chr(34): "&quot;"})}">{"".join(map(_ods_row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", _ODS)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}>'
            f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
        )
    return stream.getvalue()


def _ods_row(cells: Sequence[Cell]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells)) or '<table:table-cell/>'}</table:table-row>"


def _ods_cell(cell: Cell) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell.isoformat()}"'
    elif isinstance(cell, (int, float)):
        kind = f'office:value-type="float" office:value="{cell}"'
    else:
        kind = 'office:value-type="string"'
    text = "</text:p><text:p>".join(escape(str(cell)).split("\n"))
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"
_BOOKS: Final[Mapping[str, Callable[[Mapping[str, Rows]], bytes]]] = {"xlsx": _as_xlsx, "xls": _as_xls, "ods": _as_ods}
