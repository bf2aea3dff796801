"""Files that would kill, freeze or mislead a reader: one clear sentence each, and nothing else lost."""

import io
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from partnet_analysis.config import Config, Limits
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.files.preflight import inspected
from partnet_analysis.records.files.workbooks import WorkbookReader
from partnet_analysis.records.grids import UnreadableError

Read = Callable[..., Reading]
Write = Callable[..., bytes]

SOUND = "Nom;Structure;Date;Statut\nAnne B;MJC;14/03/2025;P\n"
ROWS = [["Nom", "Structure", "Date", "Statut"], ["Anne B", "MJC", "14/03/2025", "P"]]


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _sheet(cells: str) -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{namespace}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def _cell(address: str) -> str:
    row = "".join(filter(str.isdigit, address))
    return f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t>x</t></is></c></row>'


def _with_sheet(content: bytes, sheet: bytes) -> bytes:
    return _zipped(_parts(content) | {"xl/worksheets/sheet1.xml": sheet})


def _lying(content: bytes) -> bytes:
    """Announce one byte for every part, in the local headers and in the directory."""
    damaged = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = damaged.find(mark)
        while start >= 0:
            damaged[start + place : start + place + 4] = struct.pack("<I", 1)
            start = damaged.find(mark, start + 4)
    return bytes(damaged)


def _bomb(content: bytes) -> bytes:
    return _zipped(_parts(content) | {"xl/media/zeros.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})


def _entities(content: bytes) -> bytes:
    doctype = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;">]>'
    return _zipped(_parts(content) | {"xl/sharedStrings.xml": b'<?xml version="1.0"?>' + doctype + b"<sst>&d;</sst>"})


def _many_sheets(_: bytes) -> bytes:
    book = openpyxl.Workbook()
    for number in range(299):
        book.create_sheet(f"S{number}")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _encrypted(_: bytes) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1000)


HOSTILE: dict[str, tuple[str, str, Callable[[bytes], bytes]]] = {
    "zip bomb": ("a.xlsx", "PN079", _bomb),
    "entity bomb": ("a.xlsx", "PN080", _entities),
    "two cells as far as XFD1048576": (
        "a.xlsx",
        "PN081",
        lambda book: _with_sheet(book, _sheet(_cell("A1") + _cell("XFD1048576"))),
    ),
    "a row beyond the last": ("a.xlsx", "PN081", lambda book: _with_sheet(book, _sheet('<row r="4294967296"></row>'))),
    "lying sizes": ("a.xlsx", "PN083", _lying),
    "a web page named .xls": ("a.xls", "PN084", lambda _: b"<html><table><tr><td>Nom</td></tr></table></html>"),
    "a password": ("a.xlsx", "PN078", _encrypted),
    "nothing": ("a.xlsx", "PN071", lambda _: b""),
    "a quote never closed": ("a.csv", "PN075", lambda _: b'Nom;Date\n"Anne;14/03/2025\nJean;14/03/2025\n'),
    "three hundred sheets": ("a.xlsx", "PN085", _many_sheets),
    "a truncated workbook": ("a.xlsx", "PN083", lambda book: book[: len(book) // 2]),
    "an old workbook of noise": ("a.xls", "PN083", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 8),
    "a zip of something else": ("a.xlsx", "PN084", lambda _: _zipped({"readme.txt": b"hello"})),
    "a calendar that is none": ("a.ics", "PN086", lambda _: b"hello"),
    "a mailbox that is none": ("a.mbox", "PN087", lambda _: b"hello\n"),
    "a calendar of nothing": ("a.ics", "PN071", lambda _: b" \n"),
    "a message of nothing": ("a.eml", "PN071", lambda _: b"\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence_and_costs_nothing_else(read: Read, xlsx: Write, name: str) -> None:
    file, code, make = HOSTILE[name]
    content = make(xlsx({"Feuil1": ROWS}))

    reading = read({file: content, "sound.csv": SOUND}, limits={"megabytes_unpacked": 20})

    assert reading.ledger.rejects[["file", "code"]].to_numpy().tolist() == [[file, code]]
    assert len(reading.records.attendance) == 1


def test_a_truncated_opendocument_does_not_loop(read: Read, ods: Write) -> None:
    whole = ods({"Feuil1": ROWS})
    parts = _parts(whole)
    cut = _zipped(parts | {"content.xml": parts["content.xml"][: len(parts["content.xml"]) // 2]})

    reading = read({"a.ods": cut, "b.ods": whole[: len(whole) - 30], "c.ods": whole})

    assert reading.ledger.rejects[["file", "code"]].to_numpy().tolist() == [["a.ods", "PN083"], ["b.ods", "PN083"]]
    assert len(reading.records.attendance) == 1


def test_a_stray_cell_on_row_one_million_still_reads(read: Read, xlsx: Write) -> None:
    rows = [["Nom", "Structure", "Signature"], ["Anne B", "MJC", "x"]]
    book = openpyxl.load_workbook(io.BytesIO(xlsx({"14 mars 2025": rows})))
    book.worksheets[0]["C1000000"] = "x"
    stream = io.BytesIO()
    book.save(stream)

    reading = read({"a.xlsx": stream.getvalue()})

    assert reading.records.attendance["status"].to_list() == ["present"]
    assert reading.ledger.rejects["cell"].to_list() == ["A1000000"]


def test_an_encrypted_opendocument_and_an_encrypted_zip_are_told(xlsx: Write) -> None:
    manifest = _zipped({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<m><encryption-data/></m>"})
    flagged = bytearray(xlsx({"A": ROWS}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = flagged.find(mark)
        flagged[start + place] |= 1

    for content in (manifest, bytes(flagged)):
        with pytest.raises(UnreadableError, match="PN078"):
            inspected(content, Limits())


def test_a_reader_that_hangs_is_stopped_and_the_next_file_still_reads(monkeypatch: pytest.MonkeyPatch, xlsx: Write) -> None:
    content = xlsx({"A": ROWS})
    with WorkbookReader(Limits(seconds_per_file=0.2)) as reader:
        monkeypatch.setattr("partnet_analysis.records.files.worker.send", lambda *_: time.sleep(0))
        with pytest.raises(UnreadableError, match="PN082"):
            reader.grids("a.xlsx", content)
        monkeypatch.undo()
    with WorkbookReader(Limits()) as reader:
        assert reader.grids("a.xlsx", content)[0].rows == ROWS


def test_a_reader_that_dies_is_replaced(xlsx: Write) -> None:
    content = xlsx({"A": ROWS})
    with WorkbookReader(Limits()) as reader:
        reader.grids("a.xlsx", content)
        process = reader._process  # noqa: SLF001 (the test plays the file that kills it)
        assert process is not None
        process.kill()
        process.wait()
        with pytest.raises(UnreadableError, match="PN083"):
            reader.grids("a.xlsx", content)
        assert reader.grids("a.xlsx", content)[0].rows == ROWS


def test_text_named_like_a_workbook_is_told(tmp_path: Path) -> None:
    (tmp_path / "export.xls").write_bytes(b"Nom\tStructure\nAnne\tMJC\n")
    (tmp_path / "sound.csv").write_text(SOUND, encoding="utf-8")

    rejects = read_folder(tmp_path, Config()).ledger.rejects

    assert rejects["code"].to_list() == ["PN084"]
    assert "nom d’un classeur" in rejects["fault"][0].in_language("fr")
