"""
The annual partnership review as a document.

One document, four forms: HTML to read, PDF to print and to keep, Word to edit, Excel to compute with.
"""

from collections.abc import Mapping

from partnet_analysis.annual import Review
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.document import Document, Picture
from partnet_analysis.views.report.html import html_page

FORMS = ("html", "pdf", "docx", "xlsx")
"""The endings of the files that the review is written as."""


def report_html(review: Review, language: str, *, texts: Mapping[str, str] | None = None) -> str:
    """
    Write the annual review as HTML.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.
    texts
        The service's own texts in Markdown, by name (`framework`, `commitments`, `voices`, `action_plan`).

    Returns
    -------
    page
        One self-contained page.
    """
    return html_page(review_document(review, language, texts=texts))


def report_forms(review: Review, language: str, *, texts: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """
    Write the annual review in all its forms.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.
    texts
        The service's own texts in Markdown, by name (`framework`, `commitments`, `voices`, `action_plan`).

    Returns
    -------
    forms
        The content of the file for each of `FORMS`, the same bytes on every run.
    """
    document = review_document(review, language, texts=texts)
    return document_forms(document) | {"xlsx": workbook_form(review, language)}


def document_forms(document: Document) -> dict[str, bytes]:
    """
    Write a document in the forms that are read from top to bottom.

    Parameters
    ----------
    document
        The document.

    Returns
    -------
    forms
        The content of the file for `html`, `pdf` and `docx`.
    """
    from partnet_analysis.views.report.pdf import pdf_bytes  # noqa: PLC0415 (only this call needs them, and they are large)
    from partnet_analysis.views.report.word import word_bytes  # noqa: PLC0415 (as above)

    return {"html": html_page(document).encode(), "pdf": pdf_bytes(document), "docx": word_bytes(document)}


def document_drawings(document: Document) -> dict[str, bytes]:
    """
    Take the drawings out of a document.

    Parameters
    ----------
    document
        The document.

    Returns
    -------
    drawings
        SVG by the figure's name.
    """
    return {block.key: block.svg for block in document.blocks() if isinstance(block, Picture)}


def workbook_form(review: Review, language: str) -> bytes:
    """
    Write every table of a review whole, as a workbook.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    content
        The workbook, xlsx.
    """
    from partnet_analysis.views.report.workbook import workbook_bytes  # noqa: PLC0415 (only this call needs it)

    return workbook_bytes(review, language)
