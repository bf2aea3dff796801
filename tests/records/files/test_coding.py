"""Text cut by spelling gives the cells that the csv module gives, or nothing."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.records.files import coding
from partnet_analysis.records.files.coding import coded_columns

CELLS = st.text(st.characters(exclude_characters='";\r\n\0', exclude_categories=["Cs"]), max_size=15)


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1)))
def test_cells_are_those_of_the_csv_module(rows: list[list[str]]) -> None:
    text = "\n".join(";".join(row) for row in rows)

    columns = coded_columns(text.encode(), ";")

    assert columns is not None
    assert columns.astype(object).to_numpy().tolist() == list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.mark.parametrize(
    "text",
    ["a;b\nc\n", "a;b\nc;d;e\n", "a;b\n\nc;d\n", "a\n\nb\n", "a;b\rc;d\n", "a;b\nc;" + "d" * 65 + "\n"],
    ids=["narrow", "wide", "blank", "blank cell", "return", "long"],
)
def test_text_that_is_not_plain_is_left_to_others(text: str) -> None:
    assert coded_columns(text.encode(), ";") is None


def test_line_feeds_with_returns_are_line_ends() -> None:
    columns = coded_columns(b"a;b\r\nc;d\r\n", ";")

    assert columns is not None
    assert columns.astype(object).to_numpy().tolist() == [["a", "b"], ["c", "d"]]


def test_spellings_are_the_same_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(f"meeting-{row % 7};{row % 3}\n" for row in range(500))
    whole = coded_columns(text.encode(), ";")
    monkeypatch.setattr(coding, "_BLOCK", 64)

    cut = coded_columns(text.encode(), ";")

    assert whole is not None
    assert cut is not None
    pd.testing.assert_frame_equal(cut.astype(object), whole.astype(object))
    assert len(cut[0].cat.categories) == 7
