"""A review that may list no tie says what one that lists them says, or why it does not."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
import pytest

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.graph.kernels import sampling
from partnet_analysis.messages import say
from partnet_analysis.synthetic import TRUTHS, partnership
from partnet_analysis.views.map.partnership_map import map_html
from partnet_analysis.views.outputs import measure_files
from partnet_analysis.views.report.content import review_document

FRAMES: dict[str, Callable[[Review], pd.DataFrame]] = {
    "isolation": lambda review: review.isolation.drop(columns="evidence"),
    "solicitation": lambda review: review.solicitation.drop(columns="reasons"),
    "dependence": lambda review: review.dependence.drop(columns="reason"),
    "coordination": lambda review: review.coordination[["value"]],
    "change": lambda review: review.change.drop(columns="reason"),
    "meeting_value": lambda review: review.meeting_value,
    "series_value": lambda review: review.series_value,
    "sector_mixing": lambda review: review.sector_mixing,
    "stand_ins": lambda review: review.stand_ins.drop(columns="reason"),
    "introductions": lambda review: review.introductions.drop(columns="reasons"),
    "proposed_calendar": lambda review: review.proposed_calendar.drop(columns="sentence", errors="ignore"),
    "essentials": lambda review: review.essentials,
}


@dataclass(frozen=True)
class Told:
    """Everything that a review says, worked out while its threshold holds."""

    frames: dict[str, pd.DataFrame]
    cohesion: pd.DataFrame
    files: frozenset[str]
    documents: dict[str, str]
    map_page: str

    @classmethod
    def by(cls, review: Review) -> Self:
        return cls(
            frames={name: frame(review) for name, frame in FRAMES.items()},
            cohesion=review.cohesion,
            files=frozenset(measure_files(review, "fr")),
            documents={language: str(review_document(review, language)) for language in ("fr", "en")},
            map_page=map_html(review, "fr"),
        )


@pytest.fixture(scope="module")
def listed() -> Told:
    return Told.by(annual_review(partnership().records, TRUTHS.period, name="Saint-Exemple"))


@pytest.fixture(scope="module")
def streamed() -> Told:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sampling, "MOST_PAIRS", -1)
        return Told.by(annual_review(partnership().records, TRUTHS.period, name="Saint-Exemple"))


@pytest.mark.parametrize("frame", FRAMES)
def test_what_needs_no_list_of_ties_is_the_same(listed: Told, streamed: Told, frame: str) -> None:
    pd.testing.assert_frame_equal(streamed.frames[frame], listed.frames[frame], rtol=1e-9, atol=1e-12, check_dtype=False)


def test_cohesion_is_the_same_but_for_what_is_missing_with_a_reason(listed: Told, streamed: Told) -> None:
    missing = ["transitivity", "e_i_p_value"]
    columns = ["value", "value_without_coordinators"]

    assert streamed.cohesion.loc[missing, columns].isna().all(axis=None)
    assert {phrase.key for phrase in streamed.cohesion.loc[missing, "reason"]} == {"measures.too_many_ties"}
    kept = listed.cohesion.index.difference(missing, sort=False)
    np.testing.assert_allclose(
        streamed.cohesion.loc[kept, columns].astype(float), listed.cohesion.loc[kept, columns].astype(float), rtol=1e-9
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_documents_say_what_is_not_measured(streamed: Told, language: str) -> None:
    assert "precision.csv" in streamed.files
    assert say(language, "review.method.precision_title") in streamed.documents[language]
    assert "<!doctype html>" in streamed.map_page.lower()


def test_where_all_is_exact_no_estimate_is_spoken_of(listed: Told) -> None:
    assert "precision.csv" not in listed.files
    assert say("fr", "review.method.precision_title") not in listed.documents["fr"]
