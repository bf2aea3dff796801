"""Formulas whose result a file does not hold: the row is rejected with its cell, never read as if the cell were empty."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from partnet_analysis.config import Limits
from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.files.preflight import inspected
from partnet_analysis.records.grids import UNCOMPUTED

Read = Callable[..., Reading]


def _sheet(cells: str) -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    book = zipfile.ZipFile(stream)
    parts = {name: book.read(name) for name in book.namelist()}
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{namespace}"><sheetData><row r="1">{cells}</row></sheetData></worksheet>'.encode()
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("cell", "is_uncomputed"),
    [
        ('<c r="C1"><f>A1&amp;B1</f></c>', True),
        ('<c r="C1"><f>A1</f><v></v></c>', True),
        ('<c r="C1" s="3"><f>A1</f><v/></c>', True),
        ('<c r="C1"><f t="shared" si="0"/></c>', True),
        ('<c r="C1" t="str"><f>A1</f></c>', True),
        ('<c r="C1" t="str"><f>""</f><v></v></c>', False),
        ('<c r="C1"><f>A1</f><v>3</v></c>', False),
        ('<c r="C1"><v>3</v></c>', False),
    ],
)
def test_a_formula_without_a_result_is_told_from_an_empty_text(cell: str, is_uncomputed: bool) -> None:  # noqa: FBT001
    errors = inspected(_sheet(cell), Limits())["Sheet"].errors

    assert errors == ({(0, 2): UNCOMPUTED} if is_uncomputed else {})


def test_the_row_is_rejected_with_its_cell(read: Read) -> None:
    book = openpyxl.Workbook()
    for row in (["Nom", "Structure", "Date", "Statut"], ["Anne B", "MJC", "=DATE(2025,3,14)", "P"]):
        book.worksheets[0].append(row)
    book.worksheets[0].append(["Paul C", "CCAS", "14/03/2025", "P"])
    stream = io.BytesIO()
    book.save(stream)

    rejects = read({"presences.xlsx": stream.getvalue()}).ledger.rejects

    assert list(zip(rejects["cell"], rejects["code"], strict=True)) == [("C2", "PN038")]
