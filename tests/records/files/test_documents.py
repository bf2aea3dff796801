"""Documents, PDFs, texts, flat workbooks and contact cards: what becomes of their lines, and of hostile ones."""

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import matplotlib as mpl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

from partnet_analysis.config import Limits
from partnet_analysis.errors import InputError
from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.files.cards import card_batch
from partnet_analysis.records.files.documents import document_grid
from partnet_analysis.records.files.preflight import inspected
from partnet_analysis.records.files.texts import text_grid
from partnet_analysis.records.files.workbooks import WorkbookReader
from partnet_analysis.records.grids import UNCOMPUTED, UnreadableError

Read = Callable[..., Reading]
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"' for prefix in ("office", "table", "text", "style")
)


@pytest.fixture(scope="module")
def workbooks() -> Iterator[WorkbookReader]:
    with WorkbookReader(Limits()) as reader:
        yield reader


def _saved(document: Any) -> bytes:  # noqa: ANN401 (the library's own document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _zipped(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def _word(body: str) -> bytes:
    return _zipped(word__document=f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>')


def _odt(body: str) -> bytes:
    return _zipped(content=f"<office:document-content {_ODF}><office:text>{body}</office:text></office:document-content>")


def _rows(content: bytes, name: str = "CR.docx") -> list[list[str]]:
    return list(document_grid(name, content, Limits()).rows)


def _pdf(*pages: str) -> bytes:
    stream = io.BytesIO()
    with mpl.rc_context({"pdf.fonttype": 42}), PdfPages(stream) as book:
        for text in pages:
            figure = Figure()
            for place, line in enumerate(text.splitlines()):
                figure.text(0.1, 0.9 - 0.05 * place, line)
            book.savefig(figure)
    return stream.getvalue()


def test_paragraphs_and_tables_come_in_order_with_a_blank_row_between() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Comité du 14 mars 2025"
    document.add_paragraph("Présents :\tAnne B")
    document.add_paragraph("Paul C\nZoé D", style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    for row, cells in enumerate([["Nom", "Structure", "Signature"], ["Anne B", "MJC", "x"], ["Paul C", "", ""]]):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("Fin")

    grid = document_grid("CR.docx", _saved(document), Limits())

    assert grid.sheet is None
    assert list(grid.rows) == [
        ["Comité du 14 mars 2025"],
        ["Présents :", "Anne B"],
        ["Paul C"],
        ["Zoé D"],
        [],
        ["Nom", "Structure\nSignature", ""],
        ["Anne B", "MJC", "x"],
        ["Paul C", "", ""],
        [],
        ["Fin"],
    ]
    assert sorted(grid.merged) == [(5, 1, 5, 2), (6, 1, 7, 1)]


def test_deleted_text_is_not_read_and_boxes_are_read_once() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("gardé ")
    paragraph._p.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>ôté</w:delText></w:r></w:del>"))  # noqa: SLF001
    paragraph._p.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>ajouté</w:t></w:r></w:ins>"))  # noqa: SLF001
    box = f"<w:txbxContent {nsdecls('w')}><w:p><w:r><w:t>encadré</w:t></w:r></w:p></w:txbxContent>"
    compatibility = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    twice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    paragraph.runs[0]._r.append(parse_xml(f"<mc:AlternateContent {compatibility}>{twice}</mc:AlternateContent>"))  # noqa: SLF001

    assert _rows(_saved(document)) == [["encadré"], ["gardé ajouté"]]


def test_a_deleted_row_and_a_table_in_a_cell() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    inner = f"<w:tbl><w:tr>{cell.format('a')}{cell.format('b')}</w:tr></w:tbl>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('ôté')}</w:tr>"
    body = f"<w:tbl>{gone}<w:tr><w:tc>{inner}<w:p/></w:tc>{cell.format('c')}</w:tr></w:tbl>"

    assert _rows(_word(body)) == [["a\nb", "c"]]


def test_an_opendocument_text_reads_alike() -> None:
    spanned = '<table:table-cell table:number-rows-spanned="2"><text:p>MJC</text:p></table:table-cell>'
    name = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = [name.format("Anne B") + spanned, name.format("Paul C") + "<table:covered-table-cell/>"]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    deleted = "<text:tracked-changes><text:p>ôté</text:p></text:tracked-changes>"
    line = (
        '<text:list><text:list-item><text:p>Un<text:tab/>deux<text:s text:c="2"/>trois</text:p></text:list-item></text:list>'
    )
    content = _odt(f"{deleted}<text:h>Titre</text:h>{line}<table:table>{table}</table:table>")

    grid = document_grid("CR.odt", content, Limits())

    assert list(grid.rows) == [["Titre"], ["Un", "deux  trois"], [], ["Anne B", "MJC"], ["Paul C", ""]]
    assert grid.merged == ((3, 1, 4, 1),)


_WIDE = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
_REPEATED = '<table:table-cell table:number-columns-repeated="2000000000"><text:p>x</text:p></table:table-cell>'
_DEEP = "<w:p><w:r>" * 50_000 + "<w:t>x</w:t>" + "</w:r></w:p>" * 50_000


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.docx", b"", "PN071"),
        ("a.docx", b"bonjour", "PN132"),
        ("a.docx", _zipped(readme="<a/>"), "PN132"),
        ("a.docx", _word("<w:p/>"), "PN071"),
        ("a.docx", _word("<w:p>")[:-40], "PN083"),
        ("a.docx", _zipped(word__document="<w:document"), "PN083"),
        ("a.docx", _zipped(word__document='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "PN080"),
        ("a.docx", _word(_WIDE), "PN081"),
        ("a.docx", _zipped(word__document="<a>" + " " * 101_000_000 + "</a>"), "PN079"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "PN078"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "PN131"),
        ("a.odt", _odt(f"<table:table><table:table-row>{_REPEATED}</table:table-row></table:table>"), "PN081"),
    ],
)
def test_a_hostile_document_is_refused_by_code(name: str, content: bytes, code: str) -> None:
    with pytest.raises(UnreadableError) as refused:
        document_grid(name, content, Limits())

    assert refused.value.code == code


def test_depth_costs_nothing() -> None:
    assert _rows(_word(_DEEP))[0] == ["x"]


def test_the_lines_of_a_pdf(workbooks: WorkbookReader) -> None:
    grid = workbooks.pdf_grid("CR.pdf", b"\n" + _pdf("Présents : Anne B, Paul C\nExcusés : Zoé D", "Page deux"))

    assert [row for row in grid.rows if row] == [["Présents : Anne B, Paul C"], ["Excusés : Zoé D"], ["Page deux"]]


def _locked() -> bytes:
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 (used here alone)

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(_pdf("secret"))))
    writer.encrypt("sésame", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (lambda: b"  ", "PN071"),
        (lambda: b"bonjour", "PN132"),
        (lambda: _pdf(""), "PN130"),
        (lambda: b"%PDF-1.7\nnoise", "PN083"),
        (_locked, "PN078"),
    ],
)
def test_a_pdf_without_text_to_read_is_refused_by_code(
    content: Callable[[], bytes], code: str, workbooks: WorkbookReader
) -> None:
    with pytest.raises(UnreadableError) as refused:
        workbooks.pdf_grid("CR.pdf", content())

    assert refused.value.code == code


def test_minutes_keep_their_commas_and_tables_their_cells() -> None:
    prose = "Réunion du 14 mars 2025\n\nPrésents : Anne B (MJC), Paul C\nExcusés : Zoé D\nPoints, suites, dates : à voir\n"
    table = "Date;Nom;Statut\n14/03/2025;Anne B;P\n\n14/03/2025;Paul C;A\n"

    assert list(text_grid("CR.txt", prose.encode()).rows)[2:4] == [["Présents : Anne B (MJC), Paul C"], ["Excusés : Zoé D"]]
    assert list(text_grid("liste.txt", table.encode()).rows)[1] == ["14/03/2025", "Anne B", "P"]


def test_markdown_loses_its_marks_and_keeps_its_tables() -> None:
    text = (
        "# Comité ##\n\n- **Anne B**, MJC\n* [x] [Paul](http://x.fr)\n---\n| Nom | Statut |\n|:---|---|\n| Zoé *D* | P |\n"
    )

    assert list(text_grid("CR.md", text.encode()).rows) == [
        ["Comité"],
        [],
        ["Anne B, MJC"],
        ["☒ Paul"],
        [],
        ["Nom", "Statut"],
        [],
        ["Zoé D", "P"],
        [],
    ]


def test_cards_are_people_of_organisations_without_any_meeting() -> None:
    text = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anne Bruneteau\r\nORG:Maison des jeunes\\, centre;Accueil\r\n"
        "item1.EMAIL;TYPE=work:Anne@MJC.fr\r\nPHOTO;ENCODING=b:AAAA\r\n AAAA\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Lef=C3=A8vre;Zo=C3=\r\n=A9\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nFN:CCAS\r\nORG:CCAS\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:coupée\r\n"
    )

    batch = card_batch("contacts.vcf", text.encode())

    assert set(batch.tables) == {"actors"}
    assert [tuple(mention) for mention in batch.tables["actors"]["actor_id"]] == [
        ("Anne Bruneteau", "Maison des jeunes, centre", "anne@mjc.fr"),
        ("Zoé Lefèvre", "", ""),
        ("", "CCAS", ""),
    ]
    assert batch.findings.frames()[0]["code"].to_list() == ["PN037"]
    with pytest.raises(UnreadableError):
        card_batch("contacts.vcf", b"bonjour")


def _flat(rows: str) -> bytes:
    table = f'<table:table table:name="Mars">{rows}</table:table>'
    return f"<office:document {_ODF}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document>".encode()  # noqa: E501


def test_a_flat_workbook_reads_as_its_zipped_twin(workbooks: WorkbookReader) -> None:
    day = (
        '<table:table-cell office:value-type="date" office:date-value="2025-03-14"><text:p>14/03</text:p></table:table-cell>'
    )
    name = '<table:table-cell office:value-type="string"><text:p>Anne B</text:p></table:table-cell>'
    formula = '<table:table-cell table:formula="of:=1"/>'
    hidden = f'<table:table-row table:visibility="collapse">{name}</table:table-row>'
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'

    (grid,) = workbooks.grids("mars.fods", _flat(f"<table:table-row>{name}{day}{formula}</table:table-row>{hidden}{blank}"))

    assert grid.sheet == "Mars"
    assert list(grid.rows) == [["Anne B", "2025-03-14", UNCOMPUTED], ["Anne B"]]
    assert grid.hidden_rows == (2,)


def test_merged_cells_of_an_open_document_are_known(workbooks: WorkbookReader) -> None:
    spanning = (
        '<table:table-cell office:value-type="string" table:number-rows-spanned="2" table:number-columns-spanned="1">'
        "<text:p>MJC</text:p></table:table-cell>"
    )
    name = '<table:table-cell office:value-type="string"><text:p>Anne B</text:p></table:table-cell>'
    under = f"<table:table-row><table:covered-table-cell/>{name}</table:table-row>"

    (grid,) = workbooks.grids("mars.fods", _flat(f"<table:table-row>{spanning}{name}</table:table-row>{under}"))

    assert grid.merged == ((0, 0, 1, 0),)


@pytest.mark.parametrize("what", ['office:value-type="string"', 'table:formula="of:=1"'])
def test_cells_that_repeat_for_ever_are_refused(what: str) -> None:
    cell = f'<table:table-cell {what} table:number-columns-repeated="16000"/>'
    content = f'<table:table-row table:number-rows-repeated="99999999999">{cell}</table:table-row>'
    twin = _zipped(content=_flat(content).decode())

    with pytest.raises(UnreadableError) as refused:
        inspected(twin, Limits())

    assert refused.value.code == "PN081"


def test_a_folder_of_such_files_is_read_and_the_rest_is_told(read: Read) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=4)
    rows = [
        ["Nom", "Structure", "Date", "Statut"],
        ["Anne B", "MJC", "14/03/2025", "P"],
        ["Paul C", "CCAS", "14/03/2025", "P"],
    ]
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    card = "BEGIN:VCARD\nFN:Zoé D\nORG:Mission locale\nEND:VCARD\n"
    files = {
        "feuille.docx": _saved(document),
        "z.vcf": card,
        "vieux.doc": b"\xd0\xcf\x11\xe0",
        "m.msg": b"x",
        "README.md": "Lire.",
    }

    reading = read(files)

    assert len(reading.records.attendance) == 2
    assert "Mission locale" in set(reading.records.actors["name"])
    assert dict(zip(reading.ledger.rejects["file"], reading.ledger.rejects["code"], strict=True)) == {
        "m.msg": "PN083",
        "vieux.doc": "PN131",
    }
    assert reading.ledger.ignored["code"].to_list() == ["PN052"]


def test_a_document_alone_that_cannot_be_read_is_named(read: Read) -> None:
    with pytest.raises(InputError) as refused:
        read({"vieux.doc": b"\xd0\xcf\x11\xe0"})

    assert "vieux.doc" in str(refused.value)
