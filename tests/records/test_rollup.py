"""From persons to organisations: once for each meeting, hours and heads add up, nobody named who is a resident."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis import names
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records

_ACTORS = pd.DataFrame(
    {
        "actor_id": ["town", "clinic", "anna", "bob", "carl", "rita", "remi", "zoe"],
        "name": ["Town", "Clinic", "Anna", "Bob", "Carl", "Rita", "Remi", "Zoe"],
        "kind": ["organisation", "organisation", *["person"] * 6],
        "organisation_id": [None, None, "town", "clinic", "clinic", None, "clinic", None],
        "level": [None, None, "manager", "decision_maker", "field_worker", "resident", "resident", None],
        "is_coordinator": [False, False, True, False, False, False, False, False],
    }
)
_MEETINGS = pd.DataFrame({"meeting_id": ["m1", "m2"], "day": ["2024-01-10", "2024-02-10"], "convener_id": ["anna", "rita"]})
_ATTENDANCE = pd.DataFrame(
    [
        ("m1", "anna", True, "present"),
        ("m1", "bob", True, "absent"),
        ("m1", "carl", None, "present"),
        ("m1", "rita", None, "present"),
        ("m1", "remi", None, "present"),
        ("m2", "bob", False, "excused"),
        ("m2", "carl", None, "absent"),
        ("m2", "zoe", False, "unknown"),
    ],
    columns=["meeting_id", "actor_id", "invited", "status"],
)
_CONTACTS = pd.DataFrame(
    {
        "contact_id": ["c1", "c2", "c3"],
        "day": "2024-03-01",
        "source_id": ["bob", "anna", "rita"],
        "target_id": ["carl", "carl", "remi"],
    }
)


@pytest.fixture
def persons() -> Records:
    return Records.from_tables(_ACTORS, _MEETINGS, _ATTENDANCE, _CONTACTS)


def test_an_organisation_attends_once_whatever_the_number_of_its_persons(persons: Records) -> None:
    attendance = at_organisation_level(persons).attendance

    clinic = attendance[attendance["actor_id"] == "clinic"].set_index("meeting_id")
    assert clinic["status"].to_dict() == {"m1": "present", "m2": "excused"}
    assert clinic["persons_present"].to_dict() == {"m1": 1, "m2": 0}
    assert clinic["persons_invited"].to_dict() == {"m1": 1, "m2": 0}


def test_an_organisation_is_invited_if_anybody_is_and_unknown_before_not_invited(persons: Records) -> None:
    attendance = at_organisation_level(persons).attendance.set_index(["meeting_id", "actor_id"])["invited"]

    assert attendance["m1", "clinic"] is True or bool(attendance["m1", "clinic"])
    assert pd.isna(attendance["m2", "clinic"])
    assert not attendance["m2", "zoe"]


def test_residents_become_one_actor_wherever_they_belong(persons: Records) -> None:
    rolled = at_organisation_level(persons)

    assert rolled.actors["actor_id"].to_list() == ["clinic", "residents", "town", "zoe"]
    residents = rolled.attendance[rolled.attendance["actor_id"] == names.RESIDENTS_ID]
    assert residents["persons_present"].to_list() == [2]
    assert rolled.meetings.set_index("meeting_id")["convener_id"].to_dict() == {"m1": "town", "m2": "residents"}


def test_the_aggregate_of_residents_is_an_actor_like_any_other_that_names_nobody(persons: Records) -> None:
    residents = at_organisation_level(persons).actors.set_index("actor_id").loc[names.RESIDENTS_ID]

    assert residents["name"] == "Habitants (ensemble)"
    assert residents["kind"] == "organisation"
    assert residents["level"] == "resident"
    assert not residents["is_coordinator"]
    assert residents[["organisation_id", "sector", "joined_on"]].isna().all()


def test_a_roster_that_has_the_aggregate_already_gets_no_second_one() -> None:
    known = {"actor_id": names.RESIDENTS_ID, "name": "Habitants du centre", "kind": "organisation"}
    actors = pd.concat([_ACTORS, pd.DataFrame([known])])
    rolled = at_organisation_level(Records.from_tables(actors, _MEETINGS, _ATTENDANCE, _CONTACTS)).actors

    assert rolled["actor_id"].to_list() == ["clinic", "residents", "town", "zoe"]
    assert rolled.set_index("actor_id").loc[names.RESIDENTS_ID, "name"] == "Habitants du centre"


def test_every_table_is_numbered_from_nought_and_in_the_canonical_order(persons: Records) -> None:
    rolled = at_organisation_level(persons)

    for table in (*names.TABLES, "delegates"):
        frame = getattr(rolled, table)
        assert frame.index.to_list() == list(range(len(frame))), table
    assert rolled.attendance[["meeting_id", "actor_id"]].to_numpy().tolist() == [
        ["m1", "clinic"],
        ["m1", "residents"],
        ["m1", "town"],
        ["m2", "clinic"],
        ["m2", "zoe"],
    ]


def test_types_stay_the_canonical_ones(persons: Records) -> None:
    rolled = at_organisation_level(persons)

    for table in names.TABLES:
        assert getattr(rolled, table).dtypes.to_dict() == getattr(persons, table).dtypes.to_dict()


def test_contacts_inside_one_organisation_are_none_between_partners(persons: Records) -> None:
    contacts = at_organisation_level(persons).contacts

    assert contacts[["source_id", "target_id"]].to_numpy().tolist() == [["town", "clinic"]]


def test_an_organisation_coordinates_if_one_of_its_persons_does(persons: Records) -> None:
    assert at_organisation_level(persons).coordinators == ("town",)


def test_delegates_keep_who_came_for_whom(persons: Records) -> None:
    delegates = at_organisation_level(persons).delegates

    assert delegates[["meeting_id", "actor_id", "person_id"]].to_numpy().tolist() == [
        ["m1", "town", "anna"],
        ["m1", "clinic", "carl"],
        ["m1", "residents", "remi"],
        ["m1", "residents", "rita"],
    ]
    assert delegates["level"].to_list() == ["manager", "field_worker", "resident", "resident"]


def test_rolling_up_twice_changes_nothing(persons: Records) -> None:
    once = at_organisation_level(persons)
    twice = at_organisation_level(once)

    for table in (*names.TABLES, "delegates"):
        pd.testing.assert_frame_equal(getattr(twice, table), getattr(once, table))


def test_rolling_up_leaves_its_records_alone(persons: Records) -> None:
    before = {table: getattr(persons, table).copy() for table in names.TABLES}

    at_organisation_level(persons)

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(persons, table), frame)


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(_ACTORS["actor_id"].to_list()), st.sampled_from(names.STATUSES)))
def test_heads_are_neither_lost_nor_made(statuses: dict[str, str]) -> None:
    attendance = pd.DataFrame(
        [("m1", actor, None, status) for actor, status in statuses.items()],
        columns=["meeting_id", "actor_id", "invited", "status"],
    )
    records = Records.from_tables(_ACTORS, _MEETINGS, attendance)

    rolled = at_organisation_level(records).attendance

    assert rolled["persons_present"].sum() == list(statuses.values()).count("present")
    assert not rolled.duplicated(["meeting_id", "actor_id"]).any()
