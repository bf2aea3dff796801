"""The reliability page: rows that can be measured again, none of which went wrong; and how they get there."""

import json
import re
from pathlib import Path

import pytest

from benchmarks.mutation import Score, scores, with_scores
from benchmarks.reliability import PAGE, Figure, accounting, with_figures

TABLE = """Before.
<!-- figures: begin -->
| what | times |
|---|---|
| kept | 1 | 0 | how |
| old | 2 | 0 | how |
<!-- figures: end -->
<!-- mutation: begin -->
| module | score |
|---|---|
| `b` | 10 | 9 | 0 | 90 % |
<!-- mutation: end -->
After.
"""


def test_a_figure_takes_the_row_of_its_subject_and_others_stay() -> None:
    page = with_figures(TABLE, [Figure("old", 1200, 3, "why"), Figure("new", 1, 0, "why")])

    assert [line for line in page.splitlines() if line.startswith("| ")][1:4] == [
        "| kept | 1 | 0 | how |",
        "| old | 1,200 | 3 | why |",
        "| new | 1 | 0 | why |",
    ]
    assert page.startswith("Before.\n")
    assert page.endswith("After.\n")
    assert with_figures(page, []) == page


def test_scores_are_read_by_module_and_what_was_not_tried_is_not_counted(tmp_path: Path) -> None:
    folder = tmp_path / "partnet_analysis" / "records"
    folder.mkdir(parents=True)
    codes = {"a": 1, "b": 3, "c": 0, "d": -24, "e": None, "f": 33}
    (folder / "ledger.py.meta").write_text(json.dumps({"exit_code_by_key": codes}))
    (folder / "empty.py.meta").write_text(json.dumps({"exit_code_by_key": {"a": None}}))

    found = scores(tmp_path)

    assert found == [Score("records/ledger", tried=5, killed=2, too_long=1)]
    assert found[0].share == pytest.approx(0.4)
    assert "| `b` | 10 | 9 | 0 | 90 % |\n| `records/ledger` | 5 | 2 | 1 | 40 % |\n" in with_scores(TABLE, found)


def test_nothing_on_the_page_went_wrong() -> None:
    figures = PAGE.read_text(encoding="utf-8").split("<!-- figures: begin -->")[1].split("<!-- figures: end -->")[0]
    rows = [line.strip("| ").split(" | ") for line in figures.strip().splitlines()[2:]]

    assert rows
    assert [row[0] for row in rows if int(row[2].replace(",", ""))] == []
    assert [row[0] for row in rows if int(row[1].replace(",", "")) == 0] == []


def test_modules_on_the_page_score_what_they_must() -> None:
    table = PAGE.read_text(encoding="utf-8").split("<!-- mutation: begin -->")[1].split("<!-- mutation: end -->")[0]

    assert [line for line in table.splitlines() if (score := re.search(r"(\d+) %", line)) and int(score[1]) < 85] == []


def test_every_row_of_the_records_at_hand_is_accounted_for() -> None:
    (figure,) = accounting()

    assert figure.tried > 6000
    assert figure.wrong == 0
