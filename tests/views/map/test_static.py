"""The map as a still picture."""

import io
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from benchmarks.made_review import made_review
from partnet_analysis.annual import Review
from partnet_analysis.views.map.static import map_figure


@pytest.fixture(scope="module")
def figure(review: Review) -> Figure:
    return map_figure(replace(review, note="Partenariat fictif"), "fr")


def names_on(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def test_names_do_not_overlap(figure: Figure) -> None:
    figure.canvas.draw()
    boxes = [np.asarray(text.get_window_extent().extents) for text in figure.axes[0].texts]
    overlaps = [
        (i, j)
        for i, a in enumerate(boxes)
        for j, b in enumerate(boxes[:i])
        if (a[:2] < b[2:]).all() and (b[:2] < a[2:]).all()
    ]

    assert len(boxes) >= 40
    assert overlaps == []


def test_the_coordinator_and_those_to_spare_are_named(figure: Figure, review: Review) -> None:
    over = review.solicitation.index[review.solicitation["flag"] == "over_solicited"]
    names = review.records.actors.set_index("actor_id").loc[["ville", *over], "name"]

    assert set(names) <= set(names_on(figure))


def test_title_note_and_the_untied_are_told(figure: Figure) -> None:
    told = " ".join(text.get_text() for text in figure.texts)

    assert "Saint-Exemple" in told
    assert "Partenariat fictif" in told
    assert "Sans aucun lien sur la période (11)" in told


def test_it_is_the_same_on_every_run(review: Review) -> None:
    pictures = []
    for _ in range(2):
        buffer = io.BytesIO()
        map_figure(review, "fr").savefig(buffer, format="png", metadata={"Software": None})
        pictures.append(buffer.getvalue())

    assert pictures[0] == pictures[1]


def test_it_needs_no_sectors_and_no_coordinator() -> None:
    bare = made_review(12, sectors=False, years=(2024,))

    assert len(names_on(map_figure(bare, "en"))) >= 8


def test_actors_stand_where_the_page_has_them(figure: Figure) -> None:
    low, high = figure.axes[0].get_ylim()

    assert low > high  # downwards, as on the page
    assert np.isfinite([low, high]).all()
