"""Every figure of every table is the one in the file that the table names."""

import csv
import io
import json
from datetime import date
from typing import Any

import openpyxl
import pandas as pd
import pytest

from partnet_analysis.annual import Review
from partnet_analysis.views.outputs import measure_files
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.document import Document, KeyFigures, Row, Table
from partnet_analysis.views.report.wording import is_unknown

_OWN = {"accounting", "plan"}
"""Tables that count rows of several files, or are empty to be filled in."""


@pytest.fixture(scope="module")
def document(example: Review) -> Document:
    return review_document(example, "fr")


@pytest.fixture(scope="module")
def files(example: Review) -> dict[str, dict[str, dict[str, Any]]]:
    """Read what was written, row by row, as text or plain JSON."""
    read: dict[str, dict[str, dict[str, Any]]] = {}
    for name, content in measure_files(example, "fr").items():
        if name.endswith(".json"):
            read[name] = json.loads(content)
        else:
            rows = csv.DictReader(io.StringIO(content.decode()))
            read[name] = {next(iter(row.values())): row for row in rows}
    return read


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks() if isinstance(block, Table)]


def test_each_number_of_each_table_is_the_files_number(
    document: Document, files: dict[str, dict[str, dict[str, Any]]]
) -> None:
    n_compared = 0
    for table in tables(document):
        if table.key in _OWN:
            continue
        for row in table.rows:
            for column, value in zip(table.columns, row.cells, strict=True):
                if isinstance(value, (int, float)) or is_unknown(value):
                    assert same(value, files[table.source][row.key][column.key]), (table.key, row.key, column.key)
                    n_compared += 1
    assert n_compared > 150


def same(value: Any, written: Any) -> bool:  # noqa: ANN401 (a cell)
    if is_unknown(value):
        return written in ("", None)
    return round(float(value), 6) == float(written)


def test_each_big_number_is_the_files_number(document: Document, files: dict[str, dict[str, dict[str, Any]]]) -> None:
    figures = next(block for block in document.blocks() if isinstance(block, KeyFigures)).figures

    assert len(figures) == 5
    for figure in figures:
        assert figure.value == files["essentials.json"][figure.key]["value"]
        assert figure.before == files["essentials.json"][figure.key]["before"]


def test_sectors_add_up_to_the_partners_of_the_period(document: Document, example: Review) -> None:
    table = next(table for table in tables(document) if table.key == "sectors")
    standing = example.records.actors["actor_id"].map(example.standing)
    partners = example.records.actors[standing.isin(("partner", "residents"))]

    assert sum(row.cells[1] for row in table.rows) == len(partners)
    counted = partners["sector"].value_counts()
    assert {row.key: row.cells[1] for row in table.rows if row.key in counted} == counted.to_dict()


def test_years_side_by_side_are_each_years_own(document: Document, example: Review) -> None:
    table = next(table for table in tables(document) if table.key == "years")
    last = next(year for year in example.years if year.period == example.period)

    assert cells(table, "density")[-1] == last.cohesion["value_without_coordinators"]["density"]


def cells(table: Table, key: str) -> tuple[Any, ...]:
    found: Row = next(row for row in table.rows if row.key == key)
    return found.cells


def test_the_workbook_holds_every_row_and_value(forms: dict[str, bytes], example: Review) -> None:
    book = openpyxl.load_workbook(io.BytesIO(forms["xlsx"]))
    frames = {5: example.isolation, 4: example.solicitation, 3: example.centrality}

    for place, frame in frames.items():
        rows = list(book.worksheets[place].values)
        assert [row[0] for row in rows[1:]] == list(frame.index)
        for row, (_, values) in zip(rows[1:], frame.iterrows(), strict=True):
            for cell, value in zip(row[3:], values, strict=True):
                assert equal(cell, value), (place, row[0], cell, value)


def equal(cell: Any, value: Any) -> bool:  # noqa: ANN401 (a cell)
    if is_unknown(value):
        return cell is None
    if isinstance(value, bool):
        return cell is value
    if isinstance(value, date):
        return bool(pd.Timestamp(cell) == pd.Timestamp(value))
    if isinstance(value, (int, float)) or hasattr(value, "dtype"):
        return float(cell) == round(float(value), 6)
    return isinstance(cell, str) or value == ()


def test_coordinators_stand_apart(document: Document, example: Review) -> None:
    for table in tables(document):
        if table.key.startswith("centrality"):
            apart = [row.key for row in table.rows if row.apart]
            assert apart == list(example.records.coordinators)
        elif table.key in ("solicitation", "isolation"):
            assert set(example.records.coordinators).isdisjoint(row.key for row in table.rows)


def test_every_flagged_partner_is_in_the_table_with_reasons(document: Document, example: Review) -> None:
    table = next(table for table in tables(document) if table.key == "solicitation")
    flag = example.solicitation["flag"]

    assert [row.key for row in table.rows if row.key in flag.index[flag == "over_solicited"]]
    assert all(len(row.cells[-1]) > 20 for row in table.rows)
