"""The figures: drawn alone, inert, and the same on every run."""

import warnings

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from partnet_analysis.views import figures
from partnet_analysis.views.figures.mixing import acquaintance_shares
from partnet_analysis.views.figures.style import UNDRAWABLE, drawable, font_has

FIGURES = [name for name in figures.__all__ if name.endswith("_figure")]


@pytest.fixture
def review(records: Records, year: Period) -> Review:
    return annual_review(records, year, name="Example")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", FIGURES)
def test_each_figure_is_drawn_alone(review: Review, name: str, language: str) -> None:
    figure = getattr(figures, name)(review, language)

    assert isinstance(figure, Figure)
    assert figures.svg_bytes(figure).startswith(b"<?xml")
    assert figures.png_bytes(figure, dpi=40).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", FIGURES)
def test_drawing_twice_gives_the_same_bytes(review: Review, name: str) -> None:
    draw = getattr(figures, name)
    first, second = draw(review, "fr"), draw(review, "fr")

    assert figures.svg_bytes(first) == figures.svg_bytes(second) == figures.svg_bytes(first)
    assert figures.png_bytes(first, dpi=40) == figures.png_bytes(second, dpi=40)


def test_figures_touch_no_global_state(review: Review) -> None:
    with mpl.rc_context({"font.size": 31, "text.usetex": True, "svg.hashsalt": "other"}):
        before = dict(mpl.rcParams)
        odd = figures.svg_bytes(figures.sectors_figure(review, "fr"))
        assert dict(mpl.rcParams) == before

    assert odd == figures.svg_bytes(figures.sectors_figure(review, "fr"))


def test_nothing_of_the_review_changes(review: Review) -> None:
    before = {name: getattr(review, name).copy() for name in ("centrality", "solicitation", "isolation")}
    for name in FIGURES:
        getattr(figures, name)(review, "en")

    for name, frame in before.items():
        assert getattr(review, name).equals(frame)


def test_names_are_drawn_as_they_are_written(records: Records, year: Period) -> None:
    hostile = records.actors.assign(name=["$x_2$", "漢字", "NUL\x00", "a" * 500, "\\frac{1}{2}", "=1+1"])
    review = annual_review(
        Records.from_tables(hostile, records.meetings, records.attendance, records.contacts), year, name="$\\alpha$ 漢"
    )

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for name in FIGURES:
            figures.svg_bytes(getattr(figures, name)(review, "fr"))


def test_what_the_font_lacks_is_replaced() -> None:
    assert drawable("漢\x00a\u202eb") == f"{UNDRAWABLE}ab"
    assert font_has("é")
    assert not font_has("漢")
    assert len(drawable("a" * 500)) == 40


def test_sector_shares_by_hand(review: Review) -> None:
    # Small meetings and contacts, the town left out. Clinic and library: workshop and contact; clinic and school: groups;
    # the plenary of five counts as small too. Sports knows all of the plenary; chess nobody: 0 of 1 pair within sport.
    shares = acquaintance_shares(review)

    assert shares.loc["Health", "Culture"] == pytest.approx(1)
    assert shares.loc["Sport", "Sport"] == pytest.approx(0)
    assert shares.loc["Sport", "Health"] == pytest.approx(1 / 2)
