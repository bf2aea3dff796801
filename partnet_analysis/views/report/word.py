"""The review as a Word document that the service edits: real styles, real headings, tables whose heads repeat."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from partnet_analysis.messages import say
from partnet_analysis.views.figures import png_bytes
from partnet_analysis.views.palette import ALERT, GRID, INK, MUTED, rgb
from partnet_analysis.views.report.document import (
    NUMERIC,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Prose,
    Row,
    Table,
)
from partnet_analysis.views.report.wording import inert, shown

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table as WordTable
    from docx.table import _Cell, _Row

_LANGUAGES: Final = {"fr": "fr-FR", "en": "en-GB"}
_ROLES: Final = {"lead": "Lead", "note": "Small print", "warning": "Warning", "body": "Normal"}
_WIDTH: Final = Mm(166)
_WEIGHTS: Final = {"prose": 3.6, "text": 1.5, "day": 1.5}
"""How wide columns are, as parts: numbers take 1."""

_ON_THEIR_OWN: Final = 2
"""The first page stands alone: the sections after it follow one another."""

_SHORT: Final = 13
"""Tables of so many rows at most stand on one page."""

_TABLE_TEXT: Final = "Tabletext"
"""The id that python-docx gives the style of that name."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def word_bytes(document: Document) -> bytes:
    """
    Write the review as a Word document.

    Parameters
    ----------
    document
        The review.

    Returns
    -------
    content
        The same bytes on every run: the document's date is the last day under review.
    """
    word = docx.Document()
    _set_up(word, document)
    _write_cover(word, document)
    for number, section in enumerate(document.sections, start=1):
        heading = word.add_heading(f"{number}  {inert(section.title)}", level=1)
        if number <= _ON_THEIR_OWN:
            heading.paragraph_format.page_break_before = True
        for block in section.blocks:
            _write(word, block, document.language)
    written = io.BytesIO()
    word.save(written)
    return _without_clock(written.getvalue())


def _set_up(word: "WordDocument", document: Document) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(22)
    page.top_margin, page.bottom_margin = Mm(24), Mm(22)
    _set_styles(word, _LANGUAGES[document.language])
    moment = datetime.combine(document.last_day, time())
    about = word.core_properties
    about.title = inert(f"{document.title} – {document.partnership}")[:250]
    about.author, about.last_modified_by = "partnet_analysis", "partnet_analysis"
    about.comments = inert(document.note)[:250]
    about.language = _LANGUAGES[document.language]
    about.created = about.modified = moment
    about.revision = 1
    page.header.paragraphs[0].text = inert(f"{document.partnership} – {document.title}")
    page.header.paragraphs[0].style = word.styles["Small print"]
    footer = page.footer.paragraphs[0]
    footer.style = word.styles["Small print"]
    if document.note:
        footer.add_run(f"{inert(document.note)}  ")
    _add_field(footer, "PAGE", "1")


def _set_styles(word: "WordDocument", language: str) -> None:
    normal = word.styles["Normal"]
    _set_font(normal, "Calibri", 11, INK)
    normal.paragraph_format.space_after = Pt(7)
    normal.paragraph_format.line_spacing = 1.15
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    mark.set(qn("w:eastAsia"), language)
    normal.element.get_or_add_rPr().append(mark)
    for name, size, before in (("Title", 34.0, 0), ("Heading 1", 22.0, 26), ("Heading 2", 14.0, 16)):
        style = word.styles[name]
        _set_font(style, "Georgia", size, INK)
        style.font.bold = name != "Title"
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(8)
        style.paragraph_format.keep_with_next = True
    for border in word.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
    _set_font(word.styles["Subtitle"], "Georgia", 18, MUTED)
    word.styles["Subtitle"].font.italic = False
    _set_font(word.styles["Caption"], "Calibri", 11, INK)
    word.styles["Caption"].font.bold = True
    word.styles["Caption"].paragraph_format.keep_with_next = True
    word.styles["Caption"].paragraph_format.space_before = Pt(12)
    word.styles["Caption"].paragraph_format.space_after = Pt(1)
    for name, size, colour in (
        ("Lead", 13.5, INK),
        ("Small print", 9.5, MUTED),
        ("Reading", 9.5, MUTED),
        ("Warning", 11, ALERT),
        ("Big number", 26, INK),
        ("Table text", 9, INK),
    ):
        style = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _set_font(style, "Georgia" if name in ("Lead", "Big number") else "Calibri", size, colour)
    word.styles["Reading"].paragraph_format.keep_with_next = True
    word.styles["Big number"].paragraph_format.space_after = Pt(0)
    word.styles["Big number"].paragraph_format.keep_with_next = True
    word.styles["Table text"].paragraph_format.space_after = Pt(0)
    word.styles["Table text"].paragraph_format.line_spacing = 1.0
    word.styles["Table text"].paragraph_format.space_before = Pt(2)


def _set_font(style: Any, family: str, size: float, colour: str) -> None:  # noqa: ANN401 (any of Word's styles)
    style.font.name = family
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor(*rgb(colour))
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        if attribute.endswith("Theme"):
            del fonts.attrib[attribute]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), family)


def _write_cover(word: "WordDocument", document: Document) -> None:
    kicker = word.add_paragraph(say(document.language, "review.kicker"), style="Small print")
    kicker.paragraph_format.space_before = Pt(110)
    _add_whole(word.add_paragraph(style="Title"), inert(document.partnership))
    word.add_paragraph(inert(document.title), style="Subtitle")
    if document.note:
        word.add_paragraph(inert(document.note), style="Warning")
    contents = word.add_paragraph(say(document.language, "review.contents"), style="Caption")
    contents.paragraph_format.space_before = Pt(70)
    for number, section in enumerate(document.sections, start=1):
        word.add_paragraph(f"{number}  {inert(section.title)}").paragraph_format.space_after = Pt(2)


def _add_whole(paragraph: Any, name: str) -> None:  # noqa: ANN401 (a Word paragraph)
    """Write a name whose hyphens do not break a line."""
    for place, part in enumerate(name.split("-")):
        if place:
            paragraph.add_run()._r.append(OxmlElement("w:noBreakHyphen"))  # noqa: SLF001 (python-docx has no way to add one)
        paragraph.add_run(part)


def _write(word: "WordDocument", block: Block, language: str) -> None:
    match block:
        case KeyFigures():
            _write_key_figures(word, block, language)
        case Picture():
            _write_picture(word, block)
        case Table():
            _write_table(word, block, language)
        case _:
            _write_text(word, block)


def _write_text(word: "WordDocument", block: Block) -> None:
    match block:
        case Paragraph():
            word.add_paragraph(inert(block.text), style=_ROLES[block.role])
        case Heading():
            word.add_heading(inert(block.text), level=2)
        case Bullets():
            word.paragraphs[-1].paragraph_format.keep_with_next = True
            for item in block.items:
                word.add_paragraph(inert(item), style="List Bullet")
        case Prose():
            _write_prose(word, block)


def _write_prose(word: "WordDocument", block: Prose) -> None:
    styles = {"heading": "Heading 2", "item": "List Bullet", "paragraph": "Normal"}
    for piece in block.pieces:
        paragraph = word.add_paragraph(style=styles[piece.kind])
        for run in piece.runs:
            written = paragraph.add_run(inert(run.text))
            written.bold, written.italic = run.strong or None, run.emphasis or None


def _write_key_figures(word: "WordDocument", block: KeyFigures, language: str) -> None:
    """Set the big numbers out as a table, so that the first page stays one page."""
    has_change = any(figure.change for figure in block.figures)
    heads = ["value", "meaning", *(["change"] if has_change else [])]
    grid = word.add_table(rows=1, cols=len(heads))
    grid.autofit = False
    for column, width in zip(grid.columns, (32, 96, 38) if has_change else (32, 134), strict=True):
        column.width = Mm(width)
    for cell, head in zip(grid.rows[0].cells, heads, strict=True):
        _fill(cell, say(language, f"review.column.{head}"), number=False, bold=True)
    _repeat(grid)
    for figure in block.figures:
        cells = grid.add_row().cells
        cells[0].paragraphs[0].style = "Big number"
        cells[0].paragraphs[0].add_run(shown(figure.value, "count", language))
        _fill(cells[1], figure.label, number=False, bold=True)
        cells[1].add_paragraph(inert(figure.sentence), style="Table text")
        if has_change:
            _fill(cells[2], figure.change, number=False, bold=False)
    _keep_rows_whole(grid)
    _rule(grid)
    word.add_paragraph(style="Table text")


def _write_picture(word: "WordDocument", picture: Picture) -> None:
    word.add_paragraph(inert(picture.title), style="Caption")
    word.add_paragraph(inert(picture.reading), style="Reading")
    drawn = word.add_picture(io.BytesIO(png_bytes(picture.figure)), width=Emu(int(_WIDTH * picture.share_of_width)))
    about = drawn._inline.docPr  # noqa: SLF001 (python-docx has no public way to write an alternative text)
    about.set("descr", inert(picture.alternative))
    about.set("title", inert(picture.title))


def _write_table(word: "WordDocument", table: Table, language: str) -> None:
    word.add_paragraph(inert(table.title), style="Caption")
    if table.reading:
        word.add_paragraph(inert(table.reading), style="Reading")
    heads = table.columns[:-1] if table.has_long_rows else table.columns
    grid = word.add_table(rows=1, cols=len(heads))
    grid.alignment = WD_TABLE_ALIGNMENT.LEFT
    grid.autofit = False
    _set_widths(grid, heads)
    for cell, column in zip(grid.rows[0].cells, heads, strict=True):
        _fill(cell, column.title, number=column.kind in NUMERIC, bold=True)
    _repeat(grid)
    for row in [row for row in table.rows if not row.apart]:
        _write_row(grid, table, row, language)
    apart = [row for row in table.rows if row.apart]
    if apart:
        _write_across(grid, table.apart, bold=True)
    for row in apart:
        _write_row(grid, table, row, language)
    _keep_rows_whole(grid)
    for kept in grid.rows if len(grid.rows) <= _SHORT else grid.rows[-1:]:
        _keep_with_next(kept)  # the last one with the note below the table
    _rule(grid)
    source = say(language, "review.source", source=table.source) if table.source else ""
    word.add_paragraph(inert(f"{table.note} {source}".strip()), style="Small print").paragraph_format.space_before = Pt(4)


def _write_across(grid: "WordTable", text: str, *, bold: bool) -> None:
    cells = grid.add_row().cells  # type: ignore[no-untyped-call]  # python-docx leaves this one untyped
    _fill(cells[0].merge(cells[-1]), text, number=False, bold=bold)


def _set_widths(grid: "WordTable", heads: Sequence[Column]) -> None:
    parts = [_WEIGHTS.get(column.kind, 1.0) + (0.8 if place == 0 else 0) for place, column in enumerate(heads)]
    for column, part in zip(grid.columns, parts, strict=True):
        column.width = Emu(int(_WIDTH * part / sum(parts)))


def _write_row(grid: "WordTable", table: Table, row: Row, language: str) -> None:
    cells = grid.add_row().cells  # type: ignore[no-untyped-call]  # python-docx leaves this one untyped
    for place, (cell, column, value) in enumerate(zip(cells, table.columns, row.cells, strict=False)):
        kind = row.kind if column.kind == "own" else column.kind
        _fill(cell, shown(value, kind, language), number=column.kind in NUMERIC, bold=place == 0 and column.kind == "text")
    if not any(row.cells):
        grid.rows[-1].height = Mm(9)  # room to write in
    if table.has_long_rows:
        _keep_with_next(grid.rows[-1])
        _drop_line(grid.rows[-1], "bottom")
        _write_across(grid, shown(row.cells[-1], "prose", language), bold=False)
        _drop_line(grid.rows[-1], "top")


def _fill(cell: "_Cell", text: str, *, number: bool, bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    # By its id: asked for by name, the library looks through every style for each of many hundred cells.
    paragraph._p.style = _TABLE_TEXT  # noqa: SLF001 (python-docx has no public way to set a style by its id)
    paragraph.add_run(inert(text)).bold = bold
    if number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _repeat(grid: "WordTable") -> None:
    """Repeat the first row at the top of each page."""
    properties = grid.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001 (python-docx has no public way to repeat a head)
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)


def _keep_rows_whole(grid: "WordTable") -> None:
    """Let no row break over two pages."""
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 (python-docx has no public way)


def _keep_with_next(row: "_Row") -> None:
    """Keep a row on the page of the next one."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _drop_line(row: "_Row", side: str) -> None:
    """Leave out the line on one side of a row."""
    for cell in row.cells:
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 (python-docx has no public way to draw borders)
        if properties.find(qn("w:tcBorders")) is None:
            line = OxmlElement(f"w:{side}")
            line.set(qn("w:val"), "nil")
            borders = OxmlElement("w:tcBorders")
            borders.append(line)
            properties.append(borders)


def _rule(grid: "WordTable") -> None:
    """Draw thin lines between rows, none between columns."""
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for attribute, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", GRID.removeprefix("#"))):
            line.set(qn(f"w:{attribute}"), value)
        borders.append(line)
    grid._tbl.tblPr.append(borders)  # noqa: SLF001 (python-docx has no public way to draw borders)


def _add_field(paragraph: Any, instruction: str, result: str) -> None:  # noqa: ANN401 (a Word paragraph)
    for kind, text in (("begin", ""), ("", instruction), ("separate", ""), ("text", result), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")._r  # noqa: SLF001 (python-docx has no fields of its own)
        if kind == "":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run.append(code)
        elif kind != "text":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run.append(mark)


def _without_clock(packed: bytes) -> bytes:
    """Pack the parts again without the time of day, so that the same review gives the same file."""
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            after.writestr(part, before.read(name))
    return written.getvalue()
