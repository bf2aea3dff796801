"""
The process that opens workbooks, PDFs and messages: a file which kills or freezes a reader costs nobody else anything.

It runs by its path, alone: it imports the standard library, python-calamine, pypdf and olefile, nothing of this package, so
that it starts in a moment. It reads requests on standard input and answers on standard output, each a length in four bytes
and then the bytes.
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

MESSAGE_MARK = b"message of Outlook\0"
"""What the bytes of such a message are sent with: they begin like those of an old workbook."""

_LONGEST_PROPERTY = 1 << 20
_UNICODE, _ANSI, _TIME = 0x1F, 0x1E, 0x40
_NAME, _ADDRESS = {"sender": 0x0C1A, "recipient": 0x3001}, {"sender": (0x5D01, 0x0C1F), "recipient": (0x39FE, 0x3003)}
_SECONDS_TO_1970 = 11_644_473_600
"""From the first of January 1601, which Windows counts from."""


def main() -> None:
    """Answer requests until standard input closes."""
    _limit_memory()
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (content := receive(source)) is not None:
        try:
            answer = answered(content)
        except BaseException as fault:  # noqa: BLE001 (a native panic is no Exception; every failure becomes an answer)
            answer = {"failure": type(fault).__name__, "detail": str(fault)[:500]}
        send(sink, json.dumps(answer).encode())


def answered(content: bytes) -> dict[str, Any]:
    """
    Read what a file holds.

    Parameters
    ----------
    content
        Its bytes, those of a message behind `MESSAGE_MARK`.

    Returns
    -------
    answer
        The text of its pages, its sheets, or who wrote to whom.
    """
    if content.startswith(MESSAGE_MARK):
        return envelope(content[len(MESSAGE_MARK) :])
    return pages(content) if content.startswith(PDF_MARK) else {"sheets": sheets(content)}


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


def envelope(content: bytes) -> dict[str, Any]:
    """
    Read who wrote to whom and when, and nothing else: the body and what is attached stay unread.

    Parameters
    ----------
    content
        A message of Outlook (MS-OXMSG).

    Returns
    -------
    answer
        `kind` (the message's class), `headers` and `subject` as text, `sent` (seconds since 1970 in universal time; None
        where it was never sent), `sender` (name and address) and `recipients` (kind 1 for To, 2 for Cc, with name and
        address). An address is empty where only the firm's own directory knows it.
    """
    from olefile import OleFileIO  # noqa: PLC0415 (its failure to load is an answer too)

    with OleFileIO(io.BytesIO(content)) as ole:
        message = _Properties(ole, "", 32)
        places = sorted({path[0] for path in ole.listdir() if path[0].startswith("__recip_version1.0_#")})
        found = [_Properties(ole, f"{place}/", 8) for place in places]
        recipients = [(one.number(0x0C15) & 0xF, *one.somebody("recipient")) for one in found]
        sent = message.number(0x0039) or message.number(0x0E06)
        return {
            "kind": message.text(0x001A),
            "headers": message.text(0x007D),
            "subject": message.text(0x0037),
            "sent": sent / 10_000_000 - _SECONDS_TO_1970 if sent else None,
            "sender": message.somebody("sender"),
            "recipients": recipients,
        }


class _Properties:
    """The properties of a message or a recipient, looked up one by one."""

    def __init__(self, ole: Any, folder: str, n_before: int) -> None:  # noqa: ANN401 (loaded where it is used)
        self._ole, self._folder = ole, folder
        listed = self._stream("__properties_version1.0")[n_before:]
        entries = (listed[start : start + 16] for start in range(0, len(listed) - 15, 16))
        # Of eight bytes that may hold a value, those behind a short one hold anything.
        self._numbers = {
            int.from_bytes(entry[2:4], "little"): int.from_bytes(entry[8 : 16 if entry[0] == _TIME else 12], "little")
            for entry in entries
        }

    def number(self, tag: int) -> int:
        return self._numbers.get(tag, 0)

    def text(self, tag: int) -> str:
        found = self._stream(f"__substg1.0_{tag:04X}{_UNICODE:04X}")
        if found:
            return found.decode("utf-16-le", errors="replace").rstrip("\0")
        return self._stream(f"__substg1.0_{tag:04X}{_ANSI:04X}").decode("cp1252", errors="replace").rstrip("\0")

    def somebody(self, role: str) -> tuple[str, str]:
        addresses = [self.text(tag) for tag in _ADDRESS[role]]
        return self.text(_NAME[role]), next((address for address in addresses if "@" in address), "")

    def _stream(self, name: str) -> bytes:
        path = self._folder + name
        if not self._ole.exists(path):
            return b""
        if self._ole.get_size(path) > _LONGEST_PROPERTY:
            raise ValueError(f"{name} is too long")
        content: bytes = self._ole.openstream(path).read()
        return content


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
