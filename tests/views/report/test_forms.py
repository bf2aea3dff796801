"""The four forms: valid, the same on every run, and inert whatever a partner is called."""

import io
import re
import zipfile
from itertools import pairwise

import docx
import openpyxl
import page
import pytest
from docx.oxml.ns import qn

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.measures.relief import REMEDIES
from partnet_analysis.messages import has
from partnet_analysis.views.report import FORMS, document_drawings, report_forms, report_html
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.pdf import unmistakable
from partnet_analysis.views.report.wording import inert

from .conftest import HOSTILE


@pytest.fixture(scope="module")
def hostile_forms(hostile: Review) -> dict[str, bytes]:
    return report_forms(hostile, "fr")


def test_each_form_is_written(forms: dict[str, bytes]) -> None:
    assert tuple(forms) == FORMS
    assert forms["pdf"].startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("_small_map")
def test_a_second_run_gives_the_same_bytes(review: Review) -> None:
    assert report_forms(review, "fr") == report_forms(review, "fr")


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_the_pdf_is_accessible_and_fit_for_archives(forms: dict[str, bytes], profile: str) -> None:
    report = page.validate_pdf_bytes(forms["pdf"], profile=page.ValidationProfile(profile))

    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_hostile_names_leave_the_pdf_valid(hostile_forms: dict[str, bytes], profile: str) -> None:
    assert page.is_pdf_compliant_bytes(hostile_forms["pdf"], profile=page.ValidationProfile(profile))


def test_a_stream_that_ends_in_a_carriage_return_is_as_long_as_it_says() -> None:
    plain = b"<</Length 3/Filter/X>>\nstream\nabc\nendstream\nendobj\n"
    doubtful = b"7 0 obj\n<</Length 3/Filter/X>>\nstream\nab\r\nendstream\nendobj\n"
    otherwise = b"<</Length 9>>\nstream\nab\r\nendstream"
    mended = b"7 0 obj\n<</Length 3/Filter/X>>stream\nab\r\r\nendstream\nendobj\n"

    assert unmistakable(plain + doubtful + otherwise + doubtful) == plain + mended + otherwise + mended
    assert len(mended) == len(doubtful)


def test_word_headings_descend_one_level_at_a_time(forms: dict[str, bytes]) -> None:
    levels = [
        int(paragraph.style.name.removeprefix("Heading "))
        for paragraph in docx.Document(io.BytesIO(forms["docx"])).paragraphs
        if paragraph.style is not None and paragraph.style.name is not None and paragraph.style.name.startswith("Heading")
    ]

    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_word_pictures_have_alternative_texts_and_tables_repeat_their_heads(forms: dict[str, bytes]) -> None:
    word = docx.Document(io.BytesIO(forms["docx"]))

    pictures = [shape._inline.docPr for shape in word.inline_shapes]  # noqa: SLF001 (python-docx has no public way)
    assert len(pictures) >= 3
    assert all(len(picture.get("descr")) > 20 for picture in pictures)
    assert word.tables
    heads = [table.rows[0]._tr.get_or_add_trPr() for table in word.tables]  # noqa: SLF001 (as above)
    assert all(head.find(qn("w:tblHeader")) is not None for head in heads)


def test_word_says_its_language(forms: dict[str, bytes], language: str) -> None:
    styles = zipfile.ZipFile(io.BytesIO(forms["docx"])).read("word/styles.xml").decode()

    assert f'w:val="{language}-' in styles


def test_the_workbook_freezes_and_filters_every_table(forms: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))

    assert len(book.sheetnames) >= 7
    assert all(sheet.freeze_panes and sheet.auto_filter.ref for sheet in book.worksheets[1:])


def test_no_sheet_both_has_coloured_rules_and_fits_the_page_by_itself(forms: dict[str, bytes]) -> None:
    """LibreOffice 7.4 ends with an error where it must print such a sheet."""
    book = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))
    coloured = [sheet for sheet in book.worksheets if len(sheet.conditional_formatting)]
    scales = {sheet.page_setup.scale for sheet in book.worksheets[1:] if sheet.max_column <= 16}

    assert len(coloured) >= 3
    assert [sheet.title for sheet in coloured if sheet.page_setup.fitToHeight is not None] == []
    assert all(scale is None or 30 <= scale < 100 for scale in scales)
    assert len(scales) > 3


def test_the_workbook_says_closed_vocabularies_in_words(forms: dict[str, bytes], language: str) -> None:
    codes = {*names.MEETING_KINDS, *names.LEVELS, *REMEDIES, "solicitor", "contacts_only", "never_invited"}
    same_word = {"en": {"plenary", "workshop", "committee", "manager", "volunteer", "resident"}}.get(language, set())
    book = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))
    heads = {cell.value for sheet in book.worksheets for cell in sheet[1]}

    cells = {cell.value for sheet in book.worksheets for row in sheet.iter_rows(min_row=2) for cell in row}
    assert cells & codes <= same_word | heads
    assert ("groupe de travail" if language == "fr" else "working group") in cells
    assert all(has(language, f"review.workbook.code.{code}") for code in codes)


def test_text_in_the_workbook_is_never_a_formula_or_a_link(hostile_forms: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(hostile_forms["xlsx"]))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells}.isdisjoint({"f", "e"})
    assert not any(cell.hyperlink for cell in cells)


def test_no_name_is_dropped(hostile: Review, hostile_forms: dict[str, bytes]) -> None:
    word = "\n".join(node.text or "" for node in docx.Document(io.BytesIO(hostile_forms["docx"])).element.iter(qn("w:t")))
    book = openpyxl.load_workbook(io.BytesIO(hostile_forms["xlsx"]))
    cells = {cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}

    for name in HOSTILE.values():
        assert inert(name) in cells
    for name in list(HOSTILE.values())[:10]:
        assert inert(name) in word
    assert len(hostile.records.actors) == len(HOSTILE)


def test_names_are_text_in_the_page(hostile_forms: dict[str, bytes]) -> None:
    page_text = hostile_forms["html"].decode()
    outside = re.sub(r'srcdoc="[^"]*"', "", page_text)

    assert "<script>document.title" not in outside
    assert "&lt;/script&gt;&lt;script&gt;document.title" in outside
    assert "{{ 7 * 7 }} {% raw %}" in outside
    assert "\x00" not in outside
    assert "\u202e" not in outside


def test_the_page_asks_nothing_of_the_network(forms: dict[str, bytes], example: Review, language: str) -> None:
    text = forms["html"].decode()

    assert "default-src &#39;none&#39;" in text
    assert not re.search(r'(?:src|href)="(?!data:|#)', text)
    assert text == report_html(example, language)


def test_the_note_stands_on_top_and_at_the_end(forms: dict[str, bytes], example: Review) -> None:
    text = re.sub(r'srcdoc="[^"]*"', "", forms["html"].decode())

    assert text.index(example.note) < text.index("<main>")
    assert text.rindex(example.note) > text.index("</main>")


def test_every_heading_of_the_workbook_is_in_words(forms: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))

    heads = {str(cell.value) for sheet in book.worksheets[1:] for cell in sheet[1]}
    assert [head for head in heads if "_" in head] == []


@pytest.mark.usefixtures("_small_map")
def test_the_documents_drawings_can_be_taken_out(review: Review) -> None:
    drawings = document_drawings(review_document(review, "en"))

    assert {"network", "load", "dependence", "sectors"} <= set(drawings)
    assert all(drawing.startswith(b"<?xml") for drawing in drawings.values())
