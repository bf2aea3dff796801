"""What the public edition counts, on forty partners whose loads, flags and types are written by hand."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.annual import Review, annual_review
from partnet_analysis.errors import PrivacyError
from partnet_analysis.privacy.summary import PublicSummary, public_summary
from partnet_analysis.records.tables import Records
from tests.privacy.planted import YEAR

SECTORS: list[str | float] = ["Zoo"] * 12 + ["alpha"] * 10 + ["Beta"] * 10 + ["Tiny"] * 4 + [math.nan] * 4
IDS = [f"p{n:02}" for n in range(40)]

FLAGS = ["over_solicited"] * 6 + ["usual"] * 6 + ["over_solicited"] * 5 + ["usual"] * 5 + ["watch"] * 10 + ["usual"] * 8
"""Of the Zoo's twelve six are over-solicited, of alpha's ten five, of the others none; ten are to be watched, 19 usual."""

LOADS = [None] + [0.0] * 6 + [0.5] * 7 + [1.0] * 8 + [2.0] * 5 + [4.0] * 5 + [8.0] * 8

TYPES = {
    "dormant": IDS[:7],
    "newcomer": IDS[:2],
    "plenary_only": IDS[12:15],
    "connected": IDS[:38],
}
"""Seven of the Zoo are dormant, of whom two are newcomers and so not isolated; three of alpha's came to plenaries only."""


@pytest.fixture(scope="module")
def review() -> Review:
    actors = pd.DataFrame({"actor_id": [*IDS, "town"], "name": [*IDS, "town"], "kind": "organisation"})
    actors = actors.assign(sector=[*SECTORS, "Zoo"], is_coordinator=[False] * 40 + [True])
    contacts = {"contact_id": ["1"], "day": ["2025-03-01"], "source_id": ["p00"], "target_id": ["p01"]}
    made = annual_review(Records.from_tables(actors, contacts=pd.DataFrame(contacts)), YEAR)
    return with_hand_written(made, flags=FLAGS, loads=LOADS)


def with_hand_written(made: Review, *, flags: Sequence[str | None], loads: Sequence[float | None]) -> Review:
    """Put flags, loads and types beside each partner; the coordinator has the most of everything, and must not count."""
    solicitation, isolation = made.solicitation.copy(), made.isolation.copy()
    solicitation["flag"] = pd.Series([*flags, "over_solicited"], index=[*IDS, "town"]).reindex(solicitation.index)
    solicitation["per_month"] = pd.Series([*loads, 99.0], index=[*IDS, "town"]).reindex(solicitation.index)
    for kind in names.ISOLATION_TYPES:
        isolation[kind] = isolation.index == "town"
        isolation.loc[TYPES.get(kind, []), kind] = True
    return replace(made, current=replace(made.current, solicitation=solicitation, isolation=isolation))


@pytest.fixture
def summary(review: Review) -> PublicSummary:
    return public_summary(review, "en")


def counts(name: str, values: Mapping[Any, int | None]) -> pd.DataFrame:
    column = pd.Series(list(values.values()), index=pd.Index(list(values), name=name), dtype="Int64")
    return column.to_frame("n_partners")


def test_sectors_stand_by_alphabet_the_merged_one_last(summary: PublicSummary) -> None:
    # 12 → 10, 10, 10, and Tiny with the unknown 8 → 10. Six of twelve and five of ten → 5. Isolated: five of the Zoo (seven
    # dormant, two of them newcomers) and three of alpha's: alone small, so the smallest other, the Zoo's, goes with it.
    expected = pd.DataFrame(
        {"n_partners": 10, "n_over_solicited": [5, 0, 5, 0], "n_isolated": [None, 0, None, 0]},
        index=pd.Index(["alpha", "Beta", "Zoo", "Other sectors"], name="sector"),
        dtype="Int64",
    )

    pd.testing.assert_frame_equal(summary.sectors, expected)


def test_load_is_counted_from_the_lower_edge_of_each_band(summary: PublicSummary) -> None:
    # None: 6. Above 0: 7. From 1: 8. From 2: 5. From 4: 5. From 8: 8. One is unknown.
    pd.testing.assert_frame_equal(summary.load, counts("band", {0: 5, 1: 5, 2: 10, 3: 5, 4: 5, 5: 10}))


def test_nearly_all_in_one_band_are_told_of_no_band(review: Review) -> None:
    loads = [0.5] * 36 + [0.0] * 4
    told = public_summary(with_hand_written(review, flags=FLAGS, loads=loads), "en").load

    assert told["n_partners"].isna().all()


def test_flags_are_counted(summary: PublicSummary) -> None:
    pd.testing.assert_frame_equal(summary.flags, counts("flag", {"over_solicited": 10, "watch": 10, "usual": 20}))


@pytest.mark.parametrize(
    ("n_over", "n_watch", "told"),
    [
        (0, 0, [0, 0, 40]),  # that all are as usual is to nobody's disadvantage
        (38, 0, [None, None, None]),  # that nearly all are not, is
        (0, 36, [None, None, None]),
        (2, 0, [None, 0, None]),  # 38 of 40 would tell of 2
        (3, 4, [None, None, 35]),  # 33 usual look like 33 to 37, and leave 3 to 7 for two small ones
    ],
)
def test_flags_do_not_tell_of_few(review: Review, n_over: int, n_watch: int, told: list[int | None]) -> None:
    flags = [*["over_solicited"] * n_over, *["watch"] * n_watch, *["usual"] * (40 - n_over - n_watch)]
    summary = public_summary(with_hand_written(review, flags=flags, loads=LOADS), "en")

    assert [None if pd.isna(n) else n for n in summary.flags["n_partners"]] == told


def test_where_nobody_is_judged_or_known_nothing_is_counted(review: Review) -> None:
    summary = public_summary(with_hand_written(review, flags=[None] * 40, loads=[None] * 40), "en")
    # The coordinator's own flag, which stays, is nobody else's.
    pd.testing.assert_frame_equal(summary.flags, counts("flag", dict.fromkeys(names.FLAGS)))
    pd.testing.assert_frame_equal(summary.load, counts("band", dict.fromkeys(range(6))))
    assert summary.sectors["n_over_solicited"].isna().all()
    assert summary.sectors["n_over_solicited"].dtype == "Int64"


def test_types_are_counted_and_only_good_news_of_nearly_all(summary: PublicSummary) -> None:
    # Seven dormant → 5; two newcomers and three of plenaries only are few; 38 connected of 40 → 40.
    none = dict.fromkeys(names.ISOLATION_TYPES, 0)
    told = {**none, "dormant": 5, "newcomer": None, "plenary_only": None, "connected": 40}

    pd.testing.assert_frame_equal(summary.isolation, counts("type", told))


def test_that_nearly_all_are_left_out_is_not_told(review: Review) -> None:
    isolation = review.isolation.copy()
    isolation.loc[IDS[:36], "dormant"] = True
    mostly = replace(review, current=replace(review.current, isolation=isolation))

    assert public_summary(mostly, "en").isolation["n_partners"].isna()["dormant"]


def test_essentials_and_cohesion_are_rounded(review: Review, summary: PublicSummary) -> None:
    assert list(summary.essentials.columns) == ["value"]
    # One pair and two partners active: both too few to tell; no meeting at all is told.
    assert summary.essentials["value"].isna()["n_pairs"]
    assert summary.essentials.loc["n_meetings", "value"] == 0
    assert list(summary.cohesion.index) == list(review.cohesion.index)


@pytest.mark.parametrize("n_partners", [4, 5])
def test_five_partners_are_enough(n_partners: int) -> None:
    ids = [f"p{n}" for n in range(n_partners)]
    actors = pd.DataFrame({"actor_id": ids, "name": ids, "kind": "organisation"})
    contacts = {"contact_id": ["1"], "day": ["2025-03-01"], "source_id": ["p0"], "target_id": ["p1"]}
    review = annual_review(Records.from_tables(actors, contacts=pd.DataFrame(contacts)), YEAR)
    if n_partners == 5:
        assert public_summary(review, "en").sectors["n_partners"].to_dict() == {"Other sectors": 5}
        return
    with pytest.raises(PrivacyError) as refusal:
        public_summary(review, "en")
    assert refusal.value.code == "PN107"
    assert "5" in refusal.value.phrase.in_language("en")
