"""How the load is shared, who could relieve whom: by hand, against definitions, on planted partnerships."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from partnet_analysis import names
from partnet_analysis.measures._judgement import chance_of_too_much, prior_of
from partnet_analysis.measures.introductions import MOST_FOR_ONE_HOST, introductions
from partnet_analysis.measures.isolation import is_isolated, isolation
from partnet_analysis.measures.relief import load_sources, relief_needed, remedies, stand_ins
from partnet_analysis.measures.sharing import (
    funnel,
    funnel_limits,
    gini,
    load_by_solicitor,
    load_sharing,
    lorenz_curve,
)
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import DAYS_PER_MONTH, Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from tests.partnerships import YEAR, cell, made_up, real_records

MONTHS = 366 / DAYS_PER_MONTH


@pytest.fixture
def load(records: Records, year: Period) -> pd.DataFrame:
    return solicitation_load(records, year)


@pytest.fixture(scope="module")
def town() -> Records:
    return at_organisation_level(partnership().records)


@pytest.fixture(scope="module")
def town_load(town: Records) -> pd.DataFrame:
    return solicitation_load(town, TRUTHS.period)


def burdened() -> Records:
    """
    Ten clubs in one group, one of them (`a000`) invited four times as often, through a second group; `a009` coordinates.
    """
    meetings = [[*range(10)]] * 6 + [[0, 1, 9]] * 18
    themes = ["Sport"] * 6 + ["Health"] * 18
    held = made_up(
        10,
        meetings,
        [(0, 1)],
        coordinators=[9],
        sectors=["Sport"] * 10,
        theme=themes,
        series=themes,
        convener_id=["a009"] * 24,
        duration_hours=[2.0] * 24,
    )
    listed = held.attendance[~((held.attendance["actor_id"] == "a001") & (held.attendance["meeting_id"] > "m008"))]
    return Records.from_tables(held.actors, held.meetings, listed.assign(invited=True), held.contacts)


def test_sharing_by_hand(load: pd.DataFrame) -> None:
    found = load_sharing(load)["value"]

    # Loads of clinic, school, library, sports, chess: 8, 5, 3, 2, 0 over the same months; Σ|x − y| over ordered pairs is 76.
    assert found["gini"] == pytest.approx(76 / (2 * 5 * 18))
    assert found["share_of_top_5_percent"] == pytest.approx(8 / 18)
    assert found["n_loaded"] == 4
    assert found["load_per_partner_month"] == pytest.approx(18 / (5 * MONTHS))
    assert found["hours_asked"] == 9.5 + 9.5 + 5 + 2
    assert found["hours_given"] == 9.5 + 6.5 + 5 + 2


def test_lorenz_curve_by_hand(load: pd.DataFrame) -> None:
    curve = lorenz_curve(load)

    assert curve["actor_id"].to_list()[1:] == ["chess", "sports", "library", "school", "clinic"]
    assert curve["share_of_partners"].to_list() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert curve["share_of_load"].to_list() == pytest.approx([0, 0, 2 / 18, 5 / 18, 10 / 18, 1])


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_gini_agrees_with_its_definition_and_with_the_lorenz_curve(values: list[int]) -> None:
    held = np.array(values, dtype=float)
    by_definition = np.abs(held[:, None] - held[None, :]).sum() / (2 * len(held) * held.sum())
    share = np.concatenate([[0], np.sort(held).cumsum() / held.sum()])
    area = ((share[1:] + share[:-1]) / 2).mean()

    assert gini(held) == pytest.approx(by_definition, abs=1e-12)
    assert gini(held) == pytest.approx(1 - 2 * area, abs=1e-12)
    assert -1e-12 <= gini(held) <= 1 - 1 / len(held) + 1e-12


def test_what_each_solicitor_causes_by_hand(records: Records, year: Period, load: pd.DataFrame) -> None:
    caused = load_by_solicitor(records, year, load)

    # Town: 4 + 2 + 2 + 3 invitations and 3 contacts; clinic: the school once, the library once; school: the clinic once.
    assert caused.index.to_list() == ["town", "clinic", "school"]
    assert caused["n_invitations"].to_list() == [11, 1, 0]
    assert caused["n_contacts"].to_list() == [3, 1, 1]
    assert caused["share"].to_list() == pytest.approx([14 / 17, 2 / 17, 1 / 17])
    assert caused["n_reached"].to_list() == [4, 2, 1]
    assert cell(caused, "town", "hours") == 4 * 2 + 4 * 1.5 + 3 * 3
    assert (caused["n_to_over_solicited"] == 0).all()


def test_what_cannot_be_told_has_a_reason() -> None:
    found = load_sharing(solicitation_load(real_records("nfdi"), Period.of_year(2019)))

    assert cell(found, "n_over_solicited", "reason") == Phrase("sharing.no_list")
    assert cell(found, "hours_asked", "reason") == Phrase("sharing.no_hours")
    silent = load_sharing(solicitation_load(made_up(3, contacts=[(0, 1)], coordinators=[0, 1]), YEAR))
    assert cell(silent, "gini", "reason") == Phrase("sharing.nothing_to_share")
    assert [reason is not None for reason in found["reason"]] == found["value"].isna().to_list()


def test_funnel_limits_are_those_of_chance(load: pd.DataFrame) -> None:
    points, limits = funnel(load), funnel_limits(load)

    assert points.index.to_list() == ["chess", "clinic", "library", "school", "sports"]
    assert cell(points, "clinic", "threshold") == pytest.approx(1.5 * 4 / MONTHS)
    # The median is four in the year: 90 % of such counts lie from 1 to 8.
    assert (cell(points, "clinic", "low_90"), cell(points, "clinic", "high_90")) == pytest.approx((1 / MONTHS, 8 / MONTHS))
    assert stats.poisson.cdf(8, 4) >= 0.95 > stats.poisson.cdf(7, 4)
    assert limits["months_at_risk"].max() == pytest.approx(MONTHS)
    assert (limits["low_99"] <= limits["low_90"]).all()
    assert (limits["high_90"] <= limits["high_99"]).all()
    assert funnel_limits(load.assign(stratum=None)).empty


def test_relief_by_hand() -> None:
    records = burdened()
    load = solicitation_load(records, YEAR)
    sources = load_sources(records, YEAR, load).set_index(["source_kind", "source"])["n_solicitations"]
    found = stand_ins(records, YEAR, load)
    effects = remedies(records, YEAR, load, found).set_index("remedy")

    assert load.index[load["flag"] == "over_solicited"].to_list() == ["a000"]
    assert sources.to_dict() == {("series", "Health"): 18, ("series", "Sport"): 6, ("solicitor", "a009"): 24}
    # Everybody else has the median load of six or more; nobody is below it, so nobody can stand in.
    assert found.empty
    assert cell(effects, "drop_series", "n_fewer") == 18
    assert cell(effects, "drop_series", "hours_fewer") == 36
    assert cell(effects, "drop_series", "per_month_after") == pytest.approx(6 / MONTHS)
    assert cell(effects, "drop_series", "flag_after") == "usual"
    assert "merge_series" not in effects.index


def test_the_relief_needed_is_the_least_that_would_do() -> None:
    load = solicitation_load(burdened(), YEAR)
    needed = relief_needed(load)

    # 24 solicitations in the year where 7 are usual: 10.5 is the line, and a count of 10 is more likely below it than above.
    assert needed.index.to_list() == ["a000"]
    fewer = cell(needed, "a000", "n_fewer_needed")
    months, median = cell(load, "a000", "months_at_risk"), cell(load, "a000", "stratum_median")
    prior = prior_of(load, "Sport")
    assert chance_of_too_much(prior, 24 - fewer, months, median) < 0.5
    assert chance_of_too_much(prior, 25 - fewer, months, median) >= 0.5
    assert cell(needed, "a000", "per_month_target") == pytest.approx((24 - fewer) / MONTHS)


def test_who_is_over_its_capacity_needs_hours_back() -> None:
    records = burdened()
    capacity = records.actors.assign(capacity_hours_per_month=[1.0, *[float("nan")] * 9])
    tight = Records.from_tables(capacity, records.meetings, records.attendance, records.contacts)
    needed = relief_needed(solicitation_load(tight, YEAR))

    # 48 hours asked in the year, of 12.02 given: three quarters fewer.
    assert cell(needed, "a000", "n_fewer_needed") == 18
    assert relief_needed(solicitation_load(records, YEAR).assign(flag="usual")).empty


def test_a_stand_in_takes_every_other_meeting() -> None:
    records = burdened()
    rows = records.attendance
    absent_twice = rows[~((rows["actor_id"] == "a002") & (rows["meeting_id"] < "m002"))]
    eased = Records.from_tables(records.actors, records.meetings, absent_twice, records.contacts)
    load = solicitation_load(eased, YEAR)
    found = stand_ins(eased, YEAR, load)
    effects = remedies(eased, YEAR, load, found).set_index("remedy")

    assert found["stand_in_id"].to_list() == ["a002"]
    assert found["same_sector"].to_list() == [True]
    assert cell(effects, "alternate", "stand_in_id") == "a002"
    assert cell(effects, "alternate", "n_fewer") == 9
    assert cell(effects, "alternate", "stand_in_flag_after") in names.FLAGS


def test_planted_groups_weigh_most_and_stand_ins_are_free(town: Records, town_load: pd.DataFrame) -> None:
    sources = load_sources(town, TRUTHS.period, town_load)
    found = stand_ins(town, TRUTHS.period, town_load)
    effects = remedies(town, TRUTHS.period, town_load, found)

    for planted in TRUTHS.over_solicited:
        own = sources[(sources["actor_id"] == planted.actor_id) & (sources["source_kind"] == "series")]
        assert set(planted.series) <= set(own["source"].head(len(planted.series) + 1))
    assert set(town_load["flag"][found["stand_in_id"]]) == {"usual"}
    pace = town_load.loc[found["stand_in_id"]]
    assert (pace["per_month"] < pace["stratum_median"]).all()
    assert (effects["per_month_after"] < effects["per_month_before"]).all()
    assert set(effects["remedy"]) == {"drop_series", "alternate", "merge_series", "together"}
    for said in [*found["reason"], *effects["sentence"]]:
        assert all(said.in_language(language) for language in names.LANGUAGES)


def test_nobody_flagged_needs_no_relief(records: Records, year: Period, load: pd.DataFrame) -> None:
    calm = load.assign(flag="usual")
    found = stand_ins(records, year, calm)

    assert load_sources(records, year, calm).empty
    assert found.empty
    assert remedies(records, year, calm, found).empty


def test_introductions_spare_the_over_solicited(town: Records, town_load: pd.DataFrame) -> None:
    left_out = isolation(town, TRUTHS.period)
    found = introductions(town, TRUTHS.period, town_load, left_out)

    guests = left_out.index[(is_isolated(left_out) | left_out["newcomer"]) & town_load["stratum"].notna()]
    assert set(found["actor_id"]) == set(guests)
    assert set(town_load["flag"][found["host_id"]]) == {"usual"}
    assert left_out["connected"][found["host_id"]].all()
    assert found["host_id"].value_counts().max() <= MOST_FOR_ONE_HOST
    assert found.groupby("actor_id").size().between(1, 3).all()
    for reasons in found["reasons"]:
        assert reasons
        assert all(reason.in_language(language) for reason in reasons for language in names.LANGUAGES)


def test_introductions_by_hand(records: Records, year: Period, load: pd.DataFrame) -> None:
    found = introductions(records, year, load, isolation(records, Period.parse("2024-01-01..2024-09-30")))

    # Chess shares its sector with the sports club, which was asked twice where four times is usual, and nothing with others.
    assert found[["actor_id", "host_id", "rank"]].to_numpy().tolist() == [["chess", "sports", 1]]
    assert [reason.key for reason in found["reasons"][0]] == ["relief.shared_sector", "relief.light_load"]


def test_nothing_is_mutated(town_load: pd.DataFrame, town: Records) -> None:
    before = town_load.copy(deep=True)
    remedies(town, TRUTHS.period, town_load, stand_ins(town, TRUTHS.period, town_load))
    load_sharing(town_load)

    pd.testing.assert_frame_equal(town_load, before)
