"""
A look at a workbook before anything native opens it.

Native readers abort on a two-cell sheet that reaches XFD1048576, loop on some truncated files, and unpack whatever a zip
holds. So the bytes are first streamed through the standard library: what the file really is, how large it becomes, whether
its XML is whole and free of document types, and how far its cells reach.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from partnet_analysis.config import Limits
from partnet_analysis.records.grids import UNCOMPUTED, UnreadableError

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
MOST_CELLS: Final = 20_000_000
"""How large the rectangle from A1 to a sheet's last cell may be."""
MOST_PARTS: Final = 10_000

_DAMAGES: Final = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the standard library raises on damaged zips and XML."""

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_MOST_TEXT: Final = 100_000_000
"""Bytes of XML that a text document may hold: a thousand times a long report."""
_CHUNK: Final = 1 << 20
_ODS_CELLS: Final = ("table:table-cell", "table:covered-table-cell")
_ODS_RESULTS: Final = tuple(f"office:{kind}value" for kind in ("", "date-", "time-", "boolean-", "string-"))
_CARRIED: Final = 1 << 14
_CELL: Final = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"']")
_ROW: Final = re.compile(rb"<(?:\w+:)?row\s(?:[^<>]*?\s)?r=[\"'](\d+)[\"']")
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\s(?=[^<>]*?\shidden=[\"'](?:1|true)[\"'])(?:[^<>]*?\s)?r=[\"'](\d+)[\"']")
_ERROR: Final = re.compile(
    rb"<(?:\w+:)?c\s(?=[^<>]*?\st=[\"']e[\"'])(?:[^<>]*?\s)?r=[\"']([A-Za-z]+)(\d+)[\"'][^<>]*>(?:<f[^>]*>[^<]*</f>)?<v>([^<]*)</v>"
)
_FORMULA: Final = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*"
    rb"(<(?:\w+:)?v\s*/>\s*|<(?:\w+:)?v>\s*</(?:\w+:)?v>\s*)?</(?:\w+:)?c>"
)
_ADDRESS: Final = re.compile(rb"(?:^|\s)r=[\"']([A-Za-z]+)(\d+)[\"']")
_TEXT_RESULT: Final = re.compile(rb"(?:^|\s)t=[\"']str[\"']")


@dataclass(frozen=True)
class SheetNotes:
    """
    What the native reader does not tell of a sheet.

    Parameters
    ----------
    hidden_rows
        The lines of hidden rows.
    errors
        The error that a cell holds, or `UNCOMPUTED` where its formula has no stored result, by line and column (from 0).
    merged
        Merged ranges: first row, first column, last row, last column, from 0.
    """

    hidden_rows: tuple[int, ...] = ()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()


def inspected(content: bytes, limits: Limits) -> Mapping[str, SheetNotes]:
    """
    Look at a workbook without opening it.

    Parameters
    ----------
    content
        The file's bytes.
    limits
        How much one file may ask of the machine.

    Returns
    -------
    notes
        For each sheet by name, what the native reader does not tell; nothing for old .xls workbooks nor for .xlsb.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no workbook (PN084), locked by a password (PN078), too large once unpacked (PN079), declares
        a document type (PN080), reaches too far (PN081), or is damaged (PN083).
    """
    if not content.strip(b"\0 \r\n\t"):
        raise UnreadableError("PN071")
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise UnreadableError("PN078")
        return {}
    if not content.startswith(ZIP):
        raise UnreadableError("PN084")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _inspected_archive(archive, limits)
    except _DAMAGES as fault:
        raise UnreadableError("PN083", detail=str(fault)) from None


def unpacked(
    content: bytes, limits: Limits, is_read: Callable[[str], bool], is_body: Callable[[str], bool]
) -> dict[str, bytes]:
    """
    Unpack the parts of a document that are read, after the same look.

    Parameters
    ----------
    content
        The file's bytes.
    limits
        How much one file may ask of the machine.
    is_read
        Tells by its name whether a part is read.
    is_body
        Tells by its name the part that makes the file a document.

    Returns
    -------
    parts
        The parts by name, each whole and free of document types.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no document (PN132), locked by a password (PN078), too large once unpacked (PN079), declares
        a document type (PN080), or is damaged (PN083).
    """
    if not content.strip(b"\0 \r\n\t"):
        raise UnreadableError("PN071")
    if content.startswith(OLE) and _ENCRYPTED in content:
        raise UnreadableError("PN078")
    if not content.startswith(ZIP):
        raise UnreadableError("PN132")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = _allowed_parts(archive, limits)
            if not any(is_body(part.filename) for part in parts):
                raise UnreadableError("PN132")
            wanted = [part for part in parts if is_read(part.filename)]
            if sum(part.file_size for part in wanted) > _MOST_TEXT:
                raise UnreadableError("PN079", megabytes=_MOST_TEXT / 1_000_000)
            for part in wanted:
                _inspected_part(archive, part)
            return {part.filename: archive.read(part) for part in wanted}
    except _DAMAGES as fault:
        raise UnreadableError("PN083", detail=str(fault)) from None


def _allowed_parts(archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """List the parts of a zip that is neither locked nor too large."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableError("PN078")
    allowed = int(limits.megabytes_unpacked * 1_000_000)
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > allowed:
        raise UnreadableError("PN079", megabytes=limits.megabytes_unpacked)
    known = {part.filename for part in parts}
    if "META-INF/manifest.xml" in known and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise UnreadableError("PN078")
    return parts


def _inspected_archive(archive: zipfile.ZipFile, limits: Limits) -> Mapping[str, SheetNotes]:
    parts = _allowed_parts(archive, limits)
    known = {part.filename for part in parts}
    if not known & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise UnreadableError("PN084")
    if "content.xml" in known:
        return _inspected_ods(archive, parts)
    notes = {}
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            notes[part.filename] = _inspected_part(archive, part)
    sheets = _sheet_parts(archive) if "xl/workbook.xml" in known else {}
    return {name: notes.get(path, SheetNotes()) for name, path in sheets.items()}


def _inspected_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, follower: "_OdsReach | None" = None) -> SheetNotes:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_document_type
    if follower is not None:
        parser.StartElementHandler, parser.EndElementHandler = follower.begins, follower.ends
    is_sheet = part.filename.startswith("xl/worksheets/")
    reach = _Reach()
    try:
        for chunk, window in _windows(archive, part):
            parser.Parse(chunk, False)  # noqa: FBT003 (expat's signature)
            if is_sheet:
                reach.see(window)
        parser.Parse(b"", True)  # noqa: FBT003 (as above)
    except expat.ExpatError as fault:
        raise UnreadableError("PN083", detail=f"{part.filename}: {fault}") from None
    return SheetNotes(tuple(sorted(reach.hidden_rows)), reach.errors)


def _windows(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Stream a part: each chunk, and the chunk with the end of the one before, so that no tag is cut in two."""
    carried = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = carried + chunk
            yield chunk, window
            carried = window[-_CARRIED:]


def _refuse_document_type(*_: object) -> None:
    raise UnreadableError("PN080")


def _inspected_ods(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Mapping[str, SheetNotes]:
    reach = _OdsReach()
    for part in parts:
        if part.filename == "content.xml":
            _inspected_part(archive, part, reach)
        elif part.filename.endswith((".xml", ".rdf")):
            _inspected_part(archive, part)
    return reach.notes


class _OdsReach:
    """
    How far the cells of an OpenDocument workbook reach, and what is special among them.

    Cells bear no address there, only how often they and their rows repeat: the places are counted.
    """

    def __init__(self) -> None:
        self.notes: dict[str, SheetNotes] = {}
        self._depth = 0
        self._name = ""
        self._row, self._column, self._n_rows, self._n_columns = 0, 0, 1, 1
        self._errors: dict[tuple[int, int], str] = {}
        self._hidden: list[int] = []
        self._merged: list[tuple[int, int, int, int]] = []
        self._n_noted, self._spans = 0, (1, 1)
        self._is_hidden_row, self._is_filled_row = False, False
        self._is_open, self._is_filled = False, False

    def begins(self, tag: str, attributes: dict[str, str]) -> None:
        """Enter an element."""
        if tag == "table:table":
            self._begin_table(attributes)
        elif self._depth == 1 and tag == "table:table-row":
            self._begin_row(attributes)
        elif self._depth == 1 and tag in _ODS_CELLS:
            self._n_columns = _times(attributes, "table:number-columns-repeated")
            self._spans = _times(attributes, "table:number-rows-spanned"), _times(attributes, "table:number-columns-spanned")
            self._is_filled = "office:value-type" in attributes
            self._is_open = "table:formula" in attributes and not _holds_result(attributes)
        elif tag == "text:p":
            self._is_open, self._is_filled = False, self._depth > 0

    def ends(self, tag: str) -> None:
        """Leave an element."""
        if tag == "table:table":
            if self._depth == 1:
                self.notes[self._name] = SheetNotes(tuple(self._hidden), self._errors, tuple(self._merged))
            self._depth -= 1
        elif self._depth == 1 and tag == "table:table-row":
            self._end_row()
        elif self._depth == 1 and tag in _ODS_CELLS:
            self._end_cell()

    def _begin_table(self, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
            self._row, self._name = 0, attributes.get("table:name", "")
            self._errors, self._hidden, self._merged = {}, [], []

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._column, self._n_rows = 0, _times(attributes, "table:number-rows-repeated")
        self._is_hidden_row = attributes.get("table:visibility") in ("collapse", "filter")
        self._is_filled_row = False

    def _end_row(self) -> None:
        if self._is_hidden_row and self._is_filled_row:
            self._note(self._n_rows)
            self._hidden += range(self._row + 1, self._row + self._n_rows + 1)
        self._row += self._n_rows

    def _end_cell(self) -> None:
        if self._is_filled or self._is_open:
            last_row, last_column = self._row + self._n_rows, self._column + self._n_columns
            if last_row > LAST_ROW or last_column > LAST_COLUMN or last_row * last_column > MOST_CELLS:
                raise UnreadableError("PN081")
            self._is_filled_row = True
            if self._spans != (1, 1):
                down, across = self._spans
                self._merged.append((self._row, self._column, self._row + down - 1, self._column + across - 1))
        if self._is_open:
            self._note(self._n_rows * self._n_columns)
            rows = range(self._row, self._row + self._n_rows)
            columns = range(self._column, self._column + self._n_columns)
            self._errors |= {(row, column): UNCOMPUTED for row in rows for column in columns}
        self._column += self._n_columns
        self._is_open, self._is_filled = False, False

    def _note(self, n: int) -> None:
        """Count what is noted, so that a few bytes that repeat for ever fill no memory."""
        self._n_noted += n
        if self._n_noted > LAST_ROW:
            raise UnreadableError("PN081")


def _holds_result(attributes: Mapping[str, str]) -> bool:
    return attributes.get("office:value-type") == "string" or any(name in attributes for name in _ODS_RESULTS)


def _times(attributes: Mapping[str, str], name: str) -> int:
    """Read how often something repeats; what is no number counts as once."""
    text = attributes.get(name, "1")
    if not text.isdecimal():
        return 1
    return max(1, int(text)) if len(text) <= len(str(LAST_ROW)) else LAST_ROW + 1


class _Reach:
    """How far the cells of a sheet reach, and what is special among them."""

    def __init__(self) -> None:
        self.rows, self.columns = 0, 0
        self.hidden_rows: set[int] = set()
        self.errors: dict[tuple[int, int], str] = {}

    def see(self, window: bytes) -> None:
        """Take in one piece of a sheet's XML."""
        cells = _CELL.findall(window)
        self.columns = max((_column(letters) for letters in {letters for letters, _ in cells}), default=self.columns)
        farthest = max((int(number) for number in {number for _, number in cells}), default=0)
        self.rows = max(self.rows, farthest)
        announced = max((int(number) for number in _ROW.findall(window)), default=0)
        if self.rows > LAST_ROW or announced > LAST_ROW or self.columns > LAST_COLUMN:
            raise UnreadableError("PN081")
        if self.rows * self.columns > MOST_CELLS:
            raise UnreadableError("PN081")
        # Looking for what both patterns must hold spares most sheets a search of every cell.
        if b"hidden=" in window:
            self.hidden_rows |= {int(number) for number in _HIDDEN_ROW.findall(window)}
        if b't="e"' in window or b"t='e'" in window:
            for letters, number, error in _ERROR.findall(window):
                self.errors[int(number) - 1, _column(letters) - 1] = error.decode(errors="replace")
        if b"<f" in window or b":f" in window:
            self._see_formulas(window)

    def _see_formulas(self, window: bytes) -> None:
        """Note the formulas without a result; an empty text is one."""
        for attributes, result in _FORMULA.findall(window):
            place = _ADDRESS.search(attributes)
            if place is not None and not (result and _TEXT_RESULT.search(attributes)):
                self.errors[int(place[2]) - 1, _column(place[1]) - 1] = UNCOMPUTED


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map the names of sheets to the parts that hold them."""
    targets = {
        attributes.get("Id", ""): attributes.get("Target", "")
        for tag, attributes in _elements(archive.read("xl/_rels/workbook.xml.rels"))
        if tag == "Relationship"
    }
    sheets = {}
    for tag, attributes in _elements(archive.read("xl/workbook.xml")):
        if tag == "sheet":
            relation = next((value for name, value in attributes.items() if name.split(":")[-1] == "id"), "")
            target = targets.get(relation, "")
            sheets[attributes.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return sheets


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, attributes: found.append((tag.split(":")[-1], attributes))
    parser.Parse(xml, True)  # noqa: FBT003 (expat's signature)
    return found
