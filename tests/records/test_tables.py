"""The canonical tables: completed, sorted, checked, cut."""

from typing import Any

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.errors import EmptyPeriodError, InvalidRecordsError, UnknownActorError
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

_ROSTER = pd.DataFrame({"actor_id": ["b", "a"], "name": ["B", "A"], "kind": "organisation"})


def test_missing_optional_columns_are_filled_with_missing_values() -> None:
    records = Records.from_tables(_ROSTER)

    assert records.actors["actor_id"].to_list() == ["a", "b"]
    assert records.actors["sector"].isna().all()
    assert records.actors["is_coordinator"].to_list() == [False, False]
    assert all(tuple(getattr(records, table).columns)[:2] == names.COLUMNS[table][:2] for table in names.TABLES)
    assert records.span is None
    assert not records.has_invitation_lists


@pytest.mark.parametrize(
    ("table", "changes", "problem"),
    [
        ("actors", {"kind": ["club", "person"]}, "club"),
        ("actors", {"name": ["A", None]}, "name, row 0"),
        ("actors", {"actor_id": ["a", "a"]}, "actor_id"),
        ("actors", {"joined_on": "2024-02-01", "left_on": "2024-01-01"}, "left_on comes before joined_on"),
        ("actors", {"organisation_id": "nobody"}, "'nobody' is not in the table actors"),
        ("actors", {"capacity_hours_per_month": -1.0}, "-1.0"),
        ("contacts", {"target_id": "a"}, "same actor"),
        ("contacts", {"source_id": "z"}, "'z' is not in the table actors"),
        ("contacts", {"day": None}, "day, row 0"),
        ("attendance", {"status": "maybe"}, "maybe"),
        ("attendance", {"meeting_id": "m9"}, "'m9' is not in the table meetings"),
        ("meetings", {"kind": "party"}, "party"),
    ],
)
def test_a_breach_is_told_with_its_value(table: str, changes: dict[str, Any], problem: str) -> None:
    tables = {
        "actors": _ROSTER,
        "meetings": pd.DataFrame({"meeting_id": ["m1"], "day": ["2024-01-01"]}),
        "attendance": pd.DataFrame({"meeting_id": ["m1"], "actor_id": ["a"], "status": ["present"]}),
        "contacts": pd.DataFrame({"contact_id": ["c"], "day": ["2024-01-01"], "source_id": ["a"], "target_id": ["b"]}),
    }

    with pytest.raises(InvalidRecordsError) as caught:
        Records.from_tables(**(tables | {table: tables[table].assign(**changes)}))

    assert caught.value.table == table
    assert any(problem in line for line in caught.value.problems), caught.value.problems


def test_all_breaches_of_a_table_are_told_at_once() -> None:
    with pytest.raises(InvalidRecordsError) as caught:
        Records.from_tables(_ROSTER.assign(kind="club", capacity_hours_per_month=-2.0))

    assert len(caught.value.problems) == 4


def test_a_period_keeps_the_whole_roster(records: Records) -> None:
    cut = records.within(Period.parse("2024-02-01..2024-02-29"))

    assert cut.meetings["meeting_id"].to_list() == ["group-1"]
    assert set(cut.attendance["meeting_id"]) == {"group-1"}
    assert cut.contacts["contact_id"].to_list() == ["c1", "c2"]
    assert len(cut.actors) == len(records.actors)


def test_who_is_taken_out_is_nowhere(records: Records) -> None:
    without = records.without(["town"])

    assert "town" not in set(without.actors["actor_id"]) | set(without.attendance["actor_id"])
    assert without.contacts["contact_id"].to_list() == ["c3", "c5"]
    assert without.meetings.set_index("meeting_id")["convener_id"].dropna().to_dict() == {"group-2": "clinic"}
    assert len(without.meetings) == 5
    assert "town" in set(records.actors["actor_id"])


def test_taking_out_a_stranger_is_refused(records: Records) -> None:
    with pytest.raises(UnknownActorError, match="nobody"):
        records.without(["nobody"])


def test_meetings_can_be_taken_out(records: Records) -> None:
    without = records.without_meetings(["plenary", "workshop"])

    assert without.meetings["meeting_id"].to_list() == ["group-1", "group-2", "group-3"]
    assert set(without.attendance["meeting_id"]) == {"group-1", "group-2", "group-3"}


def test_an_empty_period_is_refused_and_says_what_there_is(records: Records) -> None:
    with pytest.raises(EmptyPeriodError, match="2024-01-10"):
        records.require_activity(Period.of_year(2019))
    with pytest.raises(EmptyPeriodError, match="–"):
        Records.from_tables(_ROSTER).require_activity(Period.of_year(2019))


def test_the_default_period_is_the_last_year_covered(records: Records) -> None:
    tail = pd.DataFrame({"contact_id": ["x"], "day": ["2025-02-01"], "source_id": ["town"], "target_id": ["chess"]})
    contacts = pd.concat([records.contacts, tail])
    longer = Records.from_tables(records.actors, records.meetings, contacts=contacts)

    assert records.default_period() == Period.parse("2024-01-10..2024-09-01")
    assert longer.default_period() == Period.of_year(2024)
    with pytest.raises(EmptyPeriodError):
        Records.from_tables(_ROSTER).default_period()


def test_records_say_how_much_they_hold(records: Records) -> None:
    assert repr(records) == "<Records: 6 actors, 5 meetings, 17 attendance, 5 contacts; 2024-01-10..2024-09-01>"
    assert records.has_invitation_lists
    assert records.coordinators == ("town",)
