"""Pairs that meet more than chance: planted ones are found, noise is not, series and invitations count as they should."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis.graph.network import Network
from partnet_analysis.measures.significance import pair_significance
from partnet_analysis.records.tables import Records
from tests.partnerships import YEAR, made_up, network_of, partnerships


def noise(seed: int) -> list[list[int]]:
    rng = np.random.default_rng(seed)
    return [np.flatnonzero(rng.random(24) < 0.2).tolist() for _ in range(40)]


def the_pair(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[(frame["source_id"] == "a000") & (frame["target_id"] == "a001")]


@pytest.mark.parametrize("seed", range(3))
def test_without_structure_no_pair_stands_out(seed: int) -> None:
    pairs = pair_significance(network_of(24, noise(seed)))

    assert len(pairs) == 24 * 23 / 2
    assert not pairs["is_significant"].any()


def test_a_planted_pair_is_found_and_alone() -> None:
    # Two partners who share twelve meetings of two beside the noise.
    meetings = [[member for member in meeting if member > 1] for meeting in noise(1)] + [[0, 1]] * 12
    pairs = pair_significance(network_of(24, meetings))

    assert the_pair(pairs)["is_significant"].all()
    assert pairs["is_significant"].sum() == 1


def test_twelve_meetings_of_one_series_are_one_piece_of_evidence() -> None:
    meetings = [[member for member in meeting if member > 1] for meeting in noise(1)] + [[0, 1]] * 12
    pairs = pair_significance(network_of(24, meetings, series=[None] * 40 + ["Ours"] * 12))

    assert the_pair(pairs)["n_shared"].to_list() == [1]
    assert not pairs["is_significant"].any()


def test_kinds_of_meeting_are_compared_with_their_own() -> None:
    # In either kind everybody attends half of what they can, so that chance knows two kinds of actor, not one.
    meetings = [[0, 1], [0, 1], [2, 3], [2, 3]]
    mixed = the_pair(pair_significance(network_of(4, meetings)))
    apart = the_pair(pair_significance(network_of(4, meetings, kind=["committee", "committee", "workshop", "workshop"])))

    assert mixed["n_expected"].to_list() == pytest.approx([4 * 0.25])
    # In committees the two are in all and the others in none: nothing is left to chance.
    assert apart["n_expected"].to_list() == pytest.approx([2])
    assert apart["p_value"].to_list() == pytest.approx([1])


def test_who_was_not_invited_could_not_have_come() -> None:
    def records(*, invited: bool) -> Records:
        made = made_up(4, [[0, 1], [0, 1], [2, 3], [2, 3]])
        attendance = made.attendance.assign(invited=True if invited else None)
        return Records.from_tables(made.actors, made.meetings, attendance, made.contacts)

    free, bound = (the_pair(pair_significance(Network(records(invited=invited), YEAR))) for invited in (False, True))

    assert free["n_expected"].to_list() == pytest.approx([1])
    assert bound["n_expected"].to_list() == pytest.approx([2])


@given(partnerships())
@settings(max_examples=12)
def test_chances_are_chances_and_pairs_are_all_who_attended(records: Records) -> None:
    pairs = pair_significance(Network(records, YEAR))

    present = records.attendance.loc[records.attendance["status"] == "present", "actor_id"].nunique()
    assert len(pairs) == present * (present - 1) / 2
    assert pairs["p_value"].between(0, 1).all()
    assert (pairs["q_value"] >= pairs["p_value"] - 1e-12).all()
    coordinators = set(records.coordinators)
    with_one = pairs["source_id"].isin(coordinators) | pairs["target_id"].isin(coordinators)
    assert pairs.loc[with_one, "p_value_without_coordinators"].isna().all()


def test_everybody_in_one_meeting_and_no_meeting_at_all() -> None:
    assert pair_significance(network_of(4, [[0, 1, 2, 3]]))["p_value"].to_list() == [1.0] * 6
    assert pair_significance(network_of(4, contacts=[(0, 1)])).empty
    assert pair_significance(network_of(2, [[0, 1]], coordinators=[0, 1]))["p_value_without_coordinators"].isna().all()
