"""Which file holds what: the set that the commands write, as bytes by name."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from partnet_analysis import names
from partnet_analysis.records.ledger import Ledger
from partnet_analysis.records.tables import Records
from partnet_analysis.records.to_fix import to_fix_xlsx
from partnet_analysis.views.tables import csv_bytes, figures_as_json, json_bytes

if TYPE_CHECKING:
    from partnet_analysis.annual import Review
    from partnet_analysis.views.map.geography import Geography

Files = dict[str, bytes]

_REJECT_COLUMNS: Final = ["file", "sheet", "line", "cell", "column", "value", "code", "fault", "way_out"]


def canonical_files(records: Records, ledger: Ledger, language: str) -> Files:
    """
    Write the records as canonical tables, with the account of every row.

    Parameters
    ----------
    records
        The records as read.
    ledger
        What became of every row.
    language
        The language of faults and ways out.

    Returns
    -------
    files
        `actors.csv`, `meetings.csv`, `attendance.csv`, `contacts.csv`, `rejects.csv`, `accounting.json`; and `to_fix.xlsx`
        where a row was rejected.
    """
    tables = {f"{table}.csv": getattr(records, table)[list(names.COLUMNS[table])] for table in names.TABLES}
    tables["rejects.csv"] = ledger.rejects[_REJECT_COLUMNS]
    files = {name: csv_bytes(table, language) for name, table in tables.items()}
    files["accounting.json"] = json_bytes(accounting(ledger), language)
    if len(ledger.rejects):
        files["to_fix.xlsx"] = to_fix_xlsx(ledger, language)
    return files


def accounting(ledger: Ledger) -> dict[str, object]:
    """
    Sum up what became of the rows.

    Parameters
    ----------
    ledger
        What became of every row.

    Returns
    -------
    account
        The totals, one object for each file or sheet, the ignored rows and the remarks.
    """
    sources = ledger.accounting
    counted = ["rows", "kept", "rejected", "ignored"]
    return {
        "total": {column: int(sources[column].sum()) for column in counted},
        "sources": sources.to_dict("records"),
        "ignored": ledger.ignored.to_dict("records"),
        "remarks": ledger.remarks.to_dict("records"),
    }


def measure_files(review: "Review", language: str) -> Files:
    """
    Write the results of the review.

    Parameters
    ----------
    review
        The review.
    language
        The language of reasons and evidence.

    Returns
    -------
    files
        A file for each of `results.RESULTS` that `review` writes; `precision.csv` only where not everything is exact.
    """
    return _result_files(review, "review", language)


def detail_files(review: "Review", language: str, progress: Callable[[int, int], None] | None = None) -> Files:
    """
    Write what analysts ask beyond the review.

    Parameters
    ----------
    review
        The review.
    language
        The language of reasons.
    progress
        What to call with the number of draws done and to do.

    Returns
    -------
    files
        A file for each of `results.RESULTS` that `measure` writes, and for each of `results.resampled`.
    """
    from partnet_analysis.results import resampled  # noqa: PLC0415 (most commands need no engine)

    frames = resampled(review, progress)
    return _result_files(review, "measure", language) | {
        f"{name}.csv": csv_bytes(frame, language) for name, frame in frames.items()
    }


def _result_files(review: "Review", command: str, language: str) -> Files:
    from partnet_analysis.results import RESULTS  # noqa: PLC0415 (as above)

    files = {}
    for result in RESULTS:
        if result.written_by != command or (result.name == "precision" and review.precision.empty):
            continue
        write = figures_as_json if result.ending == "json" else csv_bytes
        files[result.file] = write(result.of(review), language)
    return files


def map_files(review: "Review", language: str, geography: "Geography | None" = None) -> Files:
    """
    Draw the map.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.
    geography
        Where the actors are; None for no geographic view.

    Returns
    -------
    files
        `map.html`.
    """
    from partnet_analysis.views.map.partnership_map import map_html  # noqa: PLC0415 (pyvis is slow to import)

    return {"map.html": map_html(review, language, geography=geography).encode()}


def report_files(review: "Review", language: str, texts: Mapping[str, str] | None = None) -> Files:
    """
    Write the annual review.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.
    texts
        The service's own texts in Markdown, by name; none by default.

    Returns
    -------
    files
        `review-YEAR.html`, `.pdf`, `.docx` and `.xlsx`, YEAR being the period's name, and each of its figures as
        `figures/NAME.svg`.
    """
    from partnet_analysis.views import report  # noqa: PLC0415 (matplotlib is slow to import)
    from partnet_analysis.views.report.content import review_document  # noqa: PLC0415 (as above)

    document = review_document(review, language, texts=texts)
    forms = report.document_forms(document) | {"xlsx": report.workbook_form(review, language)}
    drawings = report.document_drawings(document)
    return {f"review-{review.period}.{form}": content for form, content in forms.items()} | {
        f"figures/{name}.svg": content for name, content in drawings.items()
    }
