"""The benchmarks: rivals agree, and what is written about them is what was measured."""

import json
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.bench_checks import disagreements
from benchmarks.bench_data import with_plenary
from benchmarks.bench_page import exponent, rewrite, seconds
from benchmarks.bench_trial import trial, typical
from benchmarks.generated import generated_records

FIGURES = Path(__file__).parents[1] / "docs" / "benchmarks.json"


def test_every_way_gives_the_same_results() -> None:
    assert list(disagreements(500)) == []  # `make bench-quick` takes more


def test_a_trial_tells_its_stages_and_what_they_found() -> None:
    told = trial("benchmarks.bench_ours", ["measures", 300], limit=100)

    assert told.reason == ""
    assert told.stages["network"].facts["pairs"] > 0
    assert told.stages["ties"].facts == told.stages["ties streamed"].facts
    assert typical([told, told])["network"].cpu == told.stages["network"].cpu


def test_a_trial_that_takes_too_long_says_where_it_was_stopped() -> None:
    told = trial("benchmarks.bench_ours", ["measures", 300_000], limit=0.2)

    assert told.reason == "time"


def test_a_plenary_brings_everybody_and_newcomers() -> None:
    before = generated_records(300, 20)
    after = with_plenary(before, 50)

    assert len(after.actors) == 50
    assert (after.attendance["meeting_id"] == "PLENARY").sum() == 50
    assert len(before.meetings) == len(after.meetings) - 1


def test_an_exponent_is_that_of_the_power_law() -> None:
    by_size = {rows: {"stages": {"ties": {"cpu": 3e-6 * rows**1.5}}} for rows in (1_000, 10_000, 100_000, 1_000_000)}

    assert exponent(by_size, "ties") == pytest.approx(1.5)
    assert pd.isna(exponent(by_size, "strength"))


def test_what_was_not_measured_is_said_not_filled_in(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    rewrite({}, tmp_path / "page.md")

    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert page.count("not measured") >= 8
    assert seconds(None) == "–"


def test_the_page_says_what_was_measured(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    rewrite(json.loads(FIGURES.read_text(encoding="utf-8")), tmp_path / "page.md")

    assert (tmp_path / "page.md").read_text(encoding="utf-8") == FIGURES.with_suffix(".md").read_text(encoding="utf-8")
