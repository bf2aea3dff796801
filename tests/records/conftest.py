"""Folders of files as people keep them, and what was read of them as plain sets."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
import pytest
import xlwt

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder

Rows = Sequence[Sequence[Any]]
Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write files into a folder and read it; keywords are sections of `partnet.toml`."""

    def read_files(files: Mapping[str, str | bytes], **config: Any) -> Reading:  # noqa: ANN401 (any section)
        for name, content in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_folder(tmp_path, Config.model_validate(config))

    return read_files


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Write sheets of rows as a workbook; `merged` ranges by sheet."""

    def write(sheets: Mapping[str, Rows], merged: Mapping[str, Sequence[str]] | None = None) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            for cells in (merged or {}).get(name, ()):
                sheet.merge_cells(cells)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return write


@pytest.fixture
def xls() -> Callable[[Mapping[str, Rows]], bytes]:
    """Write sheets of rows as an old workbook."""

    def write(sheets: Mapping[str, Rows]) -> bytes:
        book = xlwt.Workbook()
        day_style = xlwt.easyxf(num_format_str="DD/MM/YYYY")
        for name, rows in sheets.items():
            sheet = book.add_sheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    style = [day_style] if isinstance(cell, (date, datetime)) else []
                    sheet.write(row, column, cell, *style)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return write


@pytest.fixture
def ods() -> Callable[[Mapping[str, Rows]], bytes]:
    """Write sheets of rows as an OpenDocument workbook."""

    def write(sheets: Mapping[str, Rows]) -> bytes:
        tables = "".join(
            f'<table:table table:name="{escape(name)}">{"".join(map(_ods_row, rows))}</table:table>'
            for name, rows in sheets.items()
        )
        namespaces = " ".join(
            f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text")
        )
        body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {namespaces}>{body}</office:document-content>'
        )
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
            archive.writestr("META-INF/manifest.xml", _ODS_MANIFEST)
            archive.writestr("content.xml", content)
        return stream.getvalue()

    return write


_ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def _ods_row(cells: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: Any) -> str:  # noqa: ANN401 (any plain value)
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        return (
            f'<table:table-cell office:value-type="date" office:date-value="{cell.isoformat()}">'
            f"<text:p>{cell}</text:p></table:table-cell>"
        )
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'


@pytest.fixture
def attended() -> Callable[[Reading], set[tuple[str, str, str, str, str]]]:
    """Tell who was where, as plain words: day, meeting, person or organisation, organisation, status."""

    def tell(reading: Reading) -> set[tuple[str, str, str, str, str]]:
        records = reading.records
        names = dict(zip(records.actors["actor_id"], records.actors["name"], strict=True))
        employers = dict(zip(records.actors["actor_id"], records.actors["organisation_id"], strict=True))
        meetings = records.meetings
        days = dict(zip(meetings["meeting_id"], meetings["day"].dt.strftime("%Y-%m-%d"), strict=True))
        titles = dict(zip(meetings["meeting_id"], meetings["title"], strict=True))
        attendance = records.attendance
        return {
            (days[meeting], titles[meeting], names[actor], str(names.get(employers[actor], "")), status)
            for meeting, actor, status in zip(
                attendance["meeting_id"], attendance["actor_id"], attendance["status"], strict=True
            )
        }

    return tell


@pytest.fixture
def account() -> Callable[[Reading], dict[str, tuple[str, int, int, int, int]]]:
    """Tell what became of the rows: shape, rows, kept, rejected, ignored by file and sheet."""

    def tell(reading: Reading) -> dict[str, tuple[str, int, int, int, int]]:
        return {
            row["file"] + (f" › {row['sheet']}" if isinstance(row["sheet"], str) else ""): (
                row["shape"],
                row["rows"],
                row["kept"],
                row["rejected"],
                row["ignored"],
            )
            for row in reading.ledger.accounting.to_dict("records")
        }

    return tell
