"""Frames become the same bytes on every run, and names stay data."""

import json

import numpy as np
import pandas as pd
import pytest

from partnet_analysis.messages import Phrase
from partnet_analysis.views.tables import csv_bytes, figures_as_json, json_bytes


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "name": ["=cmd()", "Éco, « Lié »", None],
            "share": [1 / 3, 2.0, np.nan],
            "is_known": pd.array([True, False, None], dtype="boolean"),
            "day": pd.DatetimeIndex(["2024-03-01", pd.NaT, "2024-12-31"]),
            "n": [1, 2, 3],
            "reasons": [(Phrase("cli.said.more", {"n": 2}),), (), ()],
        },
        index=pd.Index(["007", "b", "c"], name="actor_id"),
    )


def test_cells_are_rounded_once_and_unknown_is_empty(frame: pd.DataFrame) -> None:
    lines = csv_bytes(frame, "en").decode().splitlines()

    assert lines[0] == "actor_id,name,share,is_known,day,n,reasons"
    assert lines[1] == "007,'=cmd(),0.333333,true,2024-03-01,1,… and 2 more."
    assert lines[2] == 'b,"Éco, « Lié »",2,false,,2,'
    assert lines[3] == "c,,,,2024-12-31,3,"


def test_reasons_follow_the_language(frame: pd.DataFrame) -> None:
    assert "… et 2 autres." in csv_bytes(frame, "fr").decode()


def test_json_has_null_for_unknown_and_no_nan() -> None:
    content = json_bytes({"a": np.float64("nan"), "b": [np.int64(3), pd.NaT, 0.1 + 0.2], "c": {"d": pd.NA}}, "en")

    assert json.loads(content) == {"a": None, "b": [3, None, 0.3], "c": {"d": None}}


def test_figures_are_objects_named_by_their_figure() -> None:
    figures = pd.DataFrame({"value": [0.25]}, index=pd.Index(["density"], name="figure"))

    assert json.loads(figures_as_json(figures, "en")) == {"density": {"value": 0.25}}


def test_writing_does_not_touch_the_frame(frame: pd.DataFrame) -> None:
    before = frame.copy(deep=True)

    csv_bytes(frame, "en")

    pd.testing.assert_frame_equal(frame, before)
