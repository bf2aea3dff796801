"""Workbooks, the text of PDFs and the envelopes of Outlook's messages, read through the worker and its time limit."""

import json
import queue
import subprocess
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from partnet_analysis.config import Limits
from partnet_analysis.records.files import flat, worker
from partnet_analysis.records.files.preflight import SheetNotes, inspected
from partnet_analysis.records.grids import Grid, UnreadableError

SUFFIXES: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", flat.SUFFIX)
PDF: Final = ".pdf"
_PASSWORD: Final = ("PasswordError", "password", "cryptography")
_FARTHEST_MARK: Final = 1024
"""Some programs write a few bytes before a PDF begins."""


class WorkbookReader:
    """
    Opens workbooks and PDFs in a process of its own, which is started when first needed and replaced when it hangs or dies.

    Parameters
    ----------
    limits
        How much one file may ask of the machine.
    """

    def __init__(self, limits: Limits) -> None:
        """Remember the limits; nothing starts yet."""
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()

    def __enter__(self) -> Self:
        """Hand over the reader."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop the process."""
        self._stop()

    def grids(self, file: str, content: bytes) -> list[Grid]:
        """
        Read the sheets of a workbook.

        Parameters
        ----------
        file
            The file's path inside the folder of records.
        content
            Its bytes.

        Returns
        -------
        grids
            One for each worksheet, in the workbook's order; error cells hold their error (`#N/A`) as text.

        Raises
        ------
        UnreadableError
            If the preflight refuses it, or the native reader cannot read it (PN083), not within the time allowed (PN082), or
            not without a password (PN078).
        """
        if file.lower().endswith(flat.SUFFIX):
            content = flat.as_ods(content, self._limits)
        notes = inspected(content, self._limits)
        sheets = self._answer(content)["sheets"]
        if not sheets:
            raise UnreadableError("PN071")
        if len(sheets) > self._limits.sheets_per_file:
            raise UnreadableError("PN085", n=len(sheets), most=self._limits.sheets_per_file)
        return [_grid(file, sheet, notes.get(sheet["name"], SheetNotes())) for sheet in sheets]

    def pdf_grid(self, file: str, content: bytes) -> Grid:
        """
        Read the text of a PDF.

        Parameters
        ----------
        file
            The file's path inside the folder of records.
        content
            Its bytes.

        Returns
        -------
        grid
            A row of one cell for each line; a blank row between pages.

        Raises
        ------
        UnreadableError
            If it is empty (PN071), no PDF (PN132), locked by a password (PN078), damaged (PN083), not read within the time
            allowed (PN082), of too many pages (PN135), or a scan, which holds no text (PN130).
        """
        if not content.strip(b"\0 \r\n\t"):
            raise UnreadableError("PN071")
        start = content.find(worker.PDF_MARK, 0, _FARTHEST_MARK)
        if start < 0:
            raise UnreadableError("PN132")
        answer = self._answer(content[start:])
        if answer["n_pages"] > worker.MOST_PAGES:
            raise UnreadableError("PN135", n=answer["n_pages"], most=worker.MOST_PAGES)
        rows = [[line] if line else [] for page in answer["pages"] for line in [*map(str.strip, page.splitlines()), ""]]
        if not any(rows):
            raise UnreadableError("PN130")
        return Grid(file, None, rows)

    def envelope(self, content: bytes) -> dict[str, Any]:
        """
        Read who wrote a message of Outlook to whom.

        Parameters
        ----------
        content
            The message's bytes.

        Returns
        -------
        envelope
            As the worker's `envelope` says.

        Raises
        ------
        UnreadableError
            If it is empty (PN071), no such message or damaged (PN083), larger than a file may be (PN079) or not read within
            the time allowed (PN082).
        """
        if not content.strip(b"\0 \r\n\t"):
            raise UnreadableError("PN071")
        if len(content) > self._limits.megabytes_unpacked * 1_000_000:
            raise UnreadableError("PN079", megabytes=self._limits.megabytes_unpacked)
        return self._answer(worker.MESSAGE_MARK + content)

    def _answer(self, content: bytes) -> dict[str, Any]:
        answer = self._ask(content)
        if "failure" in answer:
            failure = f"{answer['failure']} {answer['detail']}"
            raise UnreadableError(
                "PN078" if any(word in failure for word in _PASSWORD) else "PN083", detail=answer["detail"]
            )
        return answer

    def _ask(self, content: bytes) -> dict[str, Any]:
        process = self._process or self._start()
        assert process.stdin is not None  # noqa: S101 (it was started with a pipe)
        try:
            worker.send(process.stdin, content)  # type: ignore[arg-type]  # a raw pipe is binary too
            answer = self._answers.get(timeout=self._limits.seconds_per_file)
        except queue.Empty:
            self._stop()
            raise UnreadableError("PN082", seconds=self._limits.seconds_per_file) from None
        except OSError:
            answer = None
        if answer is None:
            self._stop()
            raise UnreadableError("PN083", detail="")
        return json.loads(answer)  # type: ignore[no-any-return]  # the worker's own answer

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", str(Path(worker.__file__))]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603 (our own worker)
        self._answers = queue.Queue()
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()
        return self._process

    def _stop(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None


def _listen(process: "subprocess.Popen[bytes]", answers: "queue.Queue[bytes | None]") -> None:
    """Pass on what the worker says; None once it is silent for good."""
    assert process.stdout is not None  # noqa: S101 (it was started with a pipe)
    try:
        while (answer := worker.receive(process.stdout)) is not None:  # type: ignore[arg-type]  # a raw pipe is binary too
            answers.put(answer)
    except (OSError, ValueError):
        pass
    answers.put(None)


def _grid(file: str, sheet: dict[str, Any], notes: SheetNotes) -> Grid:
    rows: list[list[str]] = [[] for _ in range(sheet["rows"][-1][0] + 1 if sheet["rows"] else 0)]
    for row, cells in sheet["rows"]:
        rows[row] = cells
    for (row, column), error in notes.errors.items():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
        rows[row][column] = error
    # The native reader knows the merged cells of some kinds of workbooks only.
    merged = tuple((start[0], start[1], end[0], end[1]) for start, end in sheet["merged"]) or notes.merged
    return Grid(file, sheet["name"], rows, merged, notes.hidden_rows, is_hidden=sheet["hidden"])
