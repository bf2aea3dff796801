"""The annual partnership review as a document."""

from partnet_analysis.review import Review
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.html import html_page


def report_html(review: Review, language: str) -> str:
    """
    Write the annual review as HTML.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.

    Returns
    -------
    page
        One self-contained page.
    """
    return html_page(review_document(review, language))
