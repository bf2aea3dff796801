"""The process that opens workbooks, played in this one."""

import io
import json
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest

from partnet_analysis.records.files import worker

Write = Callable[..., bytes]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("007", "007"),
        (" Null ", " Null "),
        (3.0, "3"),
        (2.5, "2.5"),
        (1e300, "1e+300"),
        (True, "true"),
        (False, "false"),
        (7, "7"),
        (date(2025, 3, 14), "2025-03-14"),
        (datetime(2025, 3, 14), "2025-03-14"),  # noqa: DTZ001 (cells have no zone)
        (datetime(2025, 3, 14, 18, 30), "2025-03-14 18:30:00"),  # noqa: DTZ001 (as above)
        (time(14, 5), "14:05:00"),
        (timedelta(hours=30, minutes=2), "30:02:00"),
        ("", ""),
    ],
)
def test_a_cell_becomes_the_text_that_people_see(cell: object, text: str) -> None:
    assert worker.text(cell) == text


def _answers(requests: list[bytes], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    asked, told = io.BytesIO(), io.BytesIO()
    for request in requests:
        worker.send(asked, request)
    asked.seek(0)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=asked))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=told))
    monkeypatch.setattr(worker, "_limit_memory", lambda: None)
    worker.main()
    told.seek(0)
    answers = []
    while (answer := worker.receive(told)) is not None:
        answers.append(json.loads(answer))
    return answers


def test_it_answers_one_request_after_another_whatever_they_hold(monkeypatch: pytest.MonkeyPatch, xlsx: Write) -> None:
    book = xlsx({"A": [["x", None, 1], [], [None, date(2025, 3, 14)]], "B": []}, {"A": ["A1:B1"]})

    answers = _answers([book, b"noise", book], monkeypatch)

    sheets = [
        {"name": "A", "hidden": False, "rows": [[0, ["x", "", "1"]], [2, ["", "2025-03-14"]]], "merged": [[[0, 0], [0, 1]]]},
        {"name": "B", "hidden": False, "rows": [], "merged": []},
    ]
    assert answers[0] == answers[2] == {"sheets": sheets}
    assert set(answers[1]) == {"failure", "detail"}


def test_a_closed_pipe_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _answers([], monkeypatch) == []
    assert worker.receive(io.BytesIO(b"\0\0")) is None
