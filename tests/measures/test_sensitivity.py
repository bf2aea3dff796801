"""Sensitivity: what depends on plenaries or on the distant past is told from what does not."""

import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.sensitivity import SURVIVES_FROM, sensitivity
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, cell, made_up, partnerships, real_records

VARIANTS = [
    "half_life_365",
    "half_life_180",
    "half_life_90",
    "without_plenaries",
    "half_life_365_without_plenaries",
    "half_life_180_without_plenaries",
    "half_life_90_without_plenaries",
]


def halls_and_groups() -> Records:
    """Twenty-four partners: a group of twelve meets in small groups, the others in a yearly hall only."""
    small = [[number % 12, (number + 1) % 12, (number + 5) % 12] for number in range(24)]
    kinds = ["plenary"] + ["working_group"] * 24
    return made_up(24, [list(range(24)), *small], kind=kinds)


def test_what_hangs_on_plenaries_does_not_survive_without_them() -> None:
    table = sensitivity(halls_and_groups(), YEAR)

    assert list(table.columns[: len(VARIANTS)]) == VARIANTS
    assert cell(table, "tied", "without_plenaries") == pytest.approx(12 / 24)
    assert cell(table, "tied", "half_life_90") == 1
    assert cell(table, "tied", "n_failed") == 4
    assert not cell(table, "tied", "survives")
    assert table["reason"].isna().all()


def test_what_hangs_on_the_distant_past_does_not_survive_fading() -> None:
    # The first half of the year the first twelve meet often, the second half the last twelve a little less often.
    early = [[number % 12, (number + 1) % 12] for number in range(24)]
    late = [[12 + number % 12, 12 + (number + 1) % 12] for number in range(12)]
    table = sensitivity(made_up(24, [*early, *late]), YEAR)

    assert cell(table, "top_strength", "half_life_90") < SURVIVES_FROM
    assert cell(table, "tied", "survives")


def test_without_plenaries_on_record_their_columns_are_missing_and_said_to_be() -> None:
    table = sensitivity(made_up(4, [[0, 1, 2], [2, 3]]), YEAR)

    assert table.filter(like="without_plenaries").isna().all(axis=None)
    assert [reason.key for reason in table["reason"]] == ["measures.no_plenary"] * len(table)
    assert cell(table, "tied", "survives")


@given(partnerships().filter(lambda records: records.span is not None))
@settings(max_examples=12)
def test_agreements_stay_within_bounds(records: Records) -> None:
    table = sensitivity(records, YEAR)

    values = table[VARIANTS].drop(index="communities")
    assert ((values >= 0) & (values <= 1) | values.isna()).all(axis=None)
    assert (table.loc["communities", VARIANTS].astype(float).fillna(1) <= 1 + 1e-12).all()


def test_nobody_but_coordinators_and_one_actor_alone_have_all_rows() -> None:
    alone = sensitivity(made_up(3, [[0, 1, 2]], coordinators=[0, 1, 2], kind=["plenary"]), YEAR)
    single = sensitivity(made_up(1, [[0]], kind=["plenary"]), YEAR)

    assert len(alone) == len(single) == 10


def test_a_real_council_keeps_its_findings_without_its_plenaries_or_not_but_says_so() -> None:
    records = real_records("toronto")
    table = sensitivity(records, Period.of_year(2023))

    assert table.notna().drop(columns="reason").all(axis=None)
    assert cell(table, "tied", "survives")


def test_measuring_changes_nothing() -> None:
    records = halls_and_groups()
    before = records.meetings.copy()

    sensitivity(records, YEAR)

    pd.testing.assert_frame_equal(records.meetings, before)
    assert len(Network(records, YEAR).ties) == 24 * 23 / 2
