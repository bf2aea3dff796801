"""
The process that opens workbooks and PDFs, so that a file which kills or freezes a reader costs nobody else anything.

It runs by its path, alone: it imports the standard library, python-calamine and pypdf, nothing of this package, so that it
starts in a moment. It reads requests on standard input and answers on standard output, each a length in four bytes and then
the bytes.
"""

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

MEMORY_LIMIT = 4 << 30
"""Bytes of address space, on systems that can limit it; beyond, the process fails instead of the machine."""

PDF_MARK = b"%PDF-"
"""What a PDF begins with, and no workbook does."""

MOST_PAGES = 500


def main() -> None:
    """Answer requests until standard input closes."""
    _limit_memory()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (content := receive(source)) is not None:
        try:
            answer: dict[str, Any] = pages(content) if content.startswith(PDF_MARK) else {"sheets": sheets(content)}
        except BaseException as fault:  # noqa: BLE001 (a native panic is no Exception; every failure becomes an answer)
            answer = {"failure": type(fault).__name__, "detail": str(fault)[:500]}
        send(sink, json.dumps(answer).encode())


def sheets(content: bytes) -> list[dict[str, Any]]:
    """
    Read every sheet of a workbook as text.

    Parameters
    ----------
    content
        The workbook's bytes.

    Returns
    -------
    sheets
        `name`, `hidden`, `rows` (for each row that holds anything: its place from 0, its cells as text from column A on
        without the empty ones at its end), `merged` (ranges as [[row, column], [row, column]]).
    """
    from python_calamine import (  # noqa: PLC0415 (its failure to load is an answer too)
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    found = []
    for place, sheet in enumerate(workbook.sheets_metadata):
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        cells = workbook.get_sheet_by_index(place)
        rows = [
            (number, trimmed([text(cell) for cell in row]))
            for number, row in enumerate(cells.to_python(skip_empty_area=False))
            if row.count("") < len(row)
        ]
        hidden = sheet.visible is not SheetVisibleEnum.Visible
        found.append({"name": sheet.name, "hidden": hidden, "rows": rows, "merged": cells.merged_cell_ranges or []})
    return found


def pages(content: bytes) -> dict[str, Any]:
    """
    Read the text of a PDF.

    Parameters
    ----------
    content
        The PDF's bytes.

    Returns
    -------
    answer
        `n_pages`, and `pages`: the text of each, none at all where there are more than `MOST_PAGES`.
    """
    from pypdf import PdfReader  # noqa: PLC0415 (its failure to load is an answer too)

    reader = PdfReader(io.BytesIO(content))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PermissionError("password")
    n_pages = len(reader.pages)
    return {"n_pages": n_pages, "pages": [page.extract_text() for page in reader.pages] if n_pages <= MOST_PAGES else []}


def text(cell: Any) -> str:  # noqa: ANN401, PLR0911 (any type of cell; one answer for each)
    """
    Write a cell as text.

    Parameters
    ----------
    cell
        Text, a number, a truth, a day, a time or a duration.

    Returns
    -------
    text
        Text untouched; whole numbers without a point; days and times as ISO; durations as `H:MM:SS`.

    Examples
    --------
    >>> text(3.0), text(datetime(2025, 3, 14)), text(True)
    ('3', '2025-03-14', 'true')
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004 (exact integers)
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        hours, rest = divmod(int(cell.total_seconds()), 3600)
        return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
    return str(cell)


def trimmed(row: list[str]) -> list[str]:
    """
    Take away the empty cells at the end of a row.

    Parameters
    ----------
    row
        The row.

    Returns
    -------
    row
        The row, shorter where its end was empty.

    Examples
    --------
    >>> trimmed(["", "a", ""])
    ['', 'a']
    """
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return row[:width]


def receive(source: BinaryIO) -> bytes | None:
    """
    Read one message.

    Parameters
    ----------
    source
        The pipe.

    Returns
    -------
    content
        The message; None where the pipe has closed.
    """
    length = source.read(4)
    if len(length) < 4:  # noqa: PLR2004 (four bytes of length)
        return None
    return source.read(int.from_bytes(length, "big"))


def send(sink: BinaryIO, content: bytes) -> None:
    """
    Write one message.

    Parameters
    ----------
    sink
        The pipe.
    content
        The message.
    """
    sink.write(len(content).to_bytes(4, "big") + content)
    sink.flush()


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    try:
        import resource  # noqa: PLC0415 (Unix alone has it)
    except ImportError:
        return
    try:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ValueError, OSError):  # macOS refuses this limit, and the time limit still holds
        return


if __name__ == "__main__":
    main()
