"""Isolation: each type on the smallest partnership that shows it, and the planted ones."""

import pandas as pd
import pytest
from hypothesis import given, settings

from partnet_analysis import names
from partnet_analysis.measures.isolation import is_isolated, isolation
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, partnership
from tests.partnerships import YEAR, cell, keys, made_up, partnerships, real_records

CROWD = [f"a{number:03}" for number in range(12)]


def types(frame: pd.DataFrame, actor: str) -> set[str]:
    return {kind for kind in names.ISOLATION_TYPES if cell(frame, actor, kind)}


@pytest.fixture
def mixed() -> Records:
    """
    Twenty actors, `a019` coordinating: a core of twelve, and one actor for each way of being left out.

    `a012` comes to the plenary only, `a013` is called by the coordinator only, `a014` and `a015` know each other only,
    `a016` is invited and never comes, `a017` is not invited, `a018` was last seen in January.
    """
    core = list(range(12))
    held = made_up(
        20,
        [[*core, 12, 19], core, [0, 1, 18]],
        [(19, 13), (19, 12), (14, 15), (0, 1)],
        coordinators=[19],
    )
    days = {"m000": "2024-10-01", "m001": "2024-11-01", "m002": "2024-01-15"}
    meetings = held.meetings.assign(day=pd.to_datetime(held.meetings["meeting_id"].map(days)))
    absent = pd.DataFrame({"meeting_id": ["m000", "m001"], "actor_id": "a016", "status": ["absent", "excused"]})
    attendance = pd.concat([held.attendance[["meeting_id", "actor_id", "status"]], absent]).assign(invited=True)
    contacts = held.contacts.assign(day=pd.to_datetime("2024-09-01"))
    return Records.from_tables(held.actors, meetings, attendance, contacts)


def test_each_way_of_being_left_out_by_hand(mixed: Records) -> None:
    found = isolation(mixed, YEAR)

    assert types(found, "a000") == {"connected"}
    assert types(found, "a012") == {"plenary_only"}
    assert types(found, "a013") == {"never_invited", "coordinator_only"}
    assert types(found, "a014") == types(found, "a015") == {"never_invited", "outside_main_component"}
    assert types(found, "a016") == {"invited_never_came", "outside_main_component"}
    assert types(found, "a017") == {"never_invited", "outside_main_component"}
    assert types(found, "a018") == {"dormant"}
    assert types(found, "a019") == {"connected"}


def test_evidence_by_hand(mixed: Records) -> None:
    found = isolation(mixed, YEAR)

    assert keys(found, "a012", "evidence") == ["isolation.plenary_only", "isolation.last_seen"]
    assert keys(found, "a014", "evidence") == [
        "isolation.never_invited",
        "isolation.apart",
        "isolation.last_seen",
    ]
    assert keys(found, "a017", "evidence") == ["isolation.never_invited", "isolation.alone", "isolation.never_seen"]
    assert keys(found, "a018", "evidence") == ["isolation.dormant"]
    assert keys(found, "a000", "evidence") == ["isolation.connected"]
    assert cell(found, "a016", "evidence")[0] == Phrase("isolation.invited_never_came", {"n": 2})


def test_days_by_hand(mixed: Records) -> None:
    found = isolation(mixed, YEAR)

    assert cell(found, "a018", "last_seen_on") == pd.Timestamp("2024-01-15")
    assert cell(found, "a018", "since_on") == pd.Timestamp("2024-01-16")
    # Never in touch with the others outside the plenary: since the first day of the records.
    assert cell(found, "a012", "since_on") == pd.Timestamp("2024-01-15")
    assert pd.isna(cell(found, "a017", "last_seen_on"))
    assert pd.isna(cell(found, "a000", "since_on"))


def test_a_newcomer_is_no_isolated_partner(mixed: Records) -> None:
    joined = mixed.actors["joined_on"].mask(mixed.actors["actor_id"] == "a017", pd.Timestamp("2024-10-15"))
    found = isolation(
        Records.from_tables(mixed.actors.assign(joined_on=joined), mixed.meetings, mixed.attendance, mixed.contacts), YEAR
    )

    assert "newcomer" in types(found, "a017")
    assert keys(found, "a017", "evidence")[0] == "isolation.newcomer"
    assert not is_isolated(found)["a017"]
    assert is_isolated(found).sum() == 6


def test_an_invitation_long_ago_is_told(mixed: Records) -> None:
    later = isolation(mixed, Period.parse("2024-10-15..2024-12-31"))

    assert "never_invited" in types(later, "a018")
    assert keys(later, "a018", "evidence")[0] == "isolation.no_longer_invited"


def test_a_silence_of_the_records_is_nobodys_dormancy(records: Records) -> None:
    # The records end on 1 September: on 31 December a school last seen that day is not dormant, nor a year and a half later.
    found = isolation(records, YEAR)
    much_later = isolation(records, Period.parse("2024-01-01..2026-03-01"))

    assert types(found, "school") == {"connected"}
    assert types(found, "chess") == {"never_invited", "outside_main_component"}
    assert types(found, "library") == {"dormant"}
    assert types(much_later, "library") == {"connected"}


def test_without_lists_nobody_is_said_never_invited(records: Records) -> None:
    unlisted = Records.from_tables(
        records.actors, records.meetings, records.attendance.assign(invited=None), records.contacts
    )
    found = isolation(unlisted, YEAR)

    assert not found["never_invited"].any()
    assert keys(found, "chess", "evidence") == ["isolation.no_list", "isolation.alone", "isolation.never_seen"]


def test_those_not_there_are_nothing_and_say_so(records: Records) -> None:
    joined, left = pd.Series([None] * 6), pd.Series([None] * 6)
    joined[0], left[4] = "2025-02-01", "2023-12-01"
    actors = records.actors.assign(joined_on=joined, left_on=left)
    found = isolation(Records.from_tables(actors, records.meetings, records.attendance, records.contacts), YEAR)

    assert types(found, "chess") == types(found, "sports") == set()
    assert keys(found, "chess", "evidence") == ["isolation.not_yet"]
    assert keys(found, "sports", "evidence") == ["isolation.left"]


def test_every_planted_type_is_found_and_explained() -> None:
    found = isolation(at_organisation_level(partnership().records), TRUTHS.period)

    for kind, planted in TRUTHS.isolated.items():
        for actor in planted:
            assert kind in types(found, actor), (kind, actor)
    for evidence in found["evidence"]:
        assert evidence
        assert all(phrase.in_language(language) for phrase in evidence for language in names.LANGUAGES)


@pytest.mark.parametrize(("name", "period"), [("nfdi", "2019"), ("nfdi", "2020"), ("invs13", None), ("toronto", "2023")])
def test_real_partnerships_list_everybody(name: str, period: str | None) -> None:
    records = real_records(name)
    found = isolation(records, Period.parse(period) if period else records.default_period())

    assert found.index.to_list() == records.actors["actor_id"].to_list()
    assert all(found["evidence"])
    assert (found["connected"] == ~found[list(names.ISOLATION_TYPES[:-2])].any(axis=1)).all()


def test_nothing_is_mutated(mixed: Records) -> None:
    before = {table: getattr(mixed, table).copy(deep=True) for table in names.TABLES}
    isolation(mixed, YEAR)

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(mixed, table), frame)


@given(partnerships())
@settings(max_examples=15, deadline=None)
def test_everybody_is_something(records: Records) -> None:
    if records.within(YEAR).span is None:
        return
    found = isolation(records, YEAR)

    assert found[list(names.ISOLATION_TYPES)].any(axis=1).all()
    assert not (found["connected"] & is_isolated(found)).any()
    assert (found["since_on"].isna() == found["connected"]).all()
