"""
The comparison of territories as documents: one page to read, one table to compute with.

Alphabetical order throughout, and tables that do not sort: nobody is first.
"""

from collections.abc import Sequence

from partnet_analysis.territories import Territory, comparison
from partnet_analysis.views.report.html import html_page
from partnet_analysis.views.tables import csv_bytes, json_bytes
from partnet_analysis.views.territories.document import Failure, comparison_document
from partnet_analysis.views.territories.workbook import workbook_bytes

__all__ = ["Failure", "comparison_files", "comparison_json"]


def comparison_files(
    territories: Sequence[Territory], failures: Sequence[Failure], language: str, *, name: str = "", note: str = ""
) -> dict[str, bytes]:
    """
    Write the comparison of territories.

    Parameters
    ----------
    territories
        The territories that could be reviewed.
    failures
        Those that could not, and why.
    language
        `fr` or `en`.
    name
        What the territories are together; may be empty.
    note
        What must be said wherever they are named.

    Returns
    -------
    files
        `comparison.html`, `comparison.csv` and `comparison.xlsx`, the same bytes on every run.
    """
    document = comparison_document(territories, failures, language, name=name, note=note)
    frame = comparison(territories)
    return {
        "comparison.html": html_page(document).encode(),
        "comparison.csv": csv_bytes(frame, language),
        "comparison.xlsx": workbook_bytes(frame, language),
    }


def comparison_json(territories: Sequence[Territory], failures: Sequence[Failure], language: str) -> bytes:
    """
    Write the comparison for programs.

    Parameters
    ----------
    territories
        The territories that could be reviewed.
    failures
        Those that could not, and why.
    language
        `fr` or `en`.

    Returns
    -------
    content
        JSON: `territories`, one object for each, and `failed`, each with its `code` and sentence.
    """
    failed = [{"territory": failure.key, "code": failure.code, "fault": failure.fault} for failure in failures]
    rows = comparison(territories).reset_index().to_dict("records")
    return json_bytes({"territories": rows, "failed": failed}, language)
