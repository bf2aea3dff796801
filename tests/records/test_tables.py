"""The canonical tables: completed, sorted, checked, cut."""

from typing import Any

import pandas as pd
import pytest

from partnet_analysis import names
from partnet_analysis.errors import EmptyPeriodError, InvalidRecordsError, UnknownActorError
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import has_invitation_lists
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records

_ROSTER = pd.DataFrame({"actor_id": ["b", "a"], "name": ["B", "A"], "kind": "organisation"})


def test_missing_optional_columns_are_filled_with_missing_values() -> None:
    records = Records.from_tables(_ROSTER)

    assert records.actors["actor_id"].to_list() == ["a", "b"]
    assert records.actors["sector"].isna().all()
    assert records.actors["is_coordinator"].to_list() == [False, False]
    assert all(tuple(getattr(records, table).columns)[:2] == names.COLUMNS[table][:2] for table in names.TABLES)
    assert records.span is None
    assert not has_invitation_lists(records)


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


@pytest.fixture
def rolled(records: Records) -> Records:
    """The same partnership, where Ann comes for the clinic and Bob for the town; meetings are in the order of their days."""
    persons = pd.DataFrame(
        {"actor_id": ["ann", "bob"], "name": ["Ann", "Bob"], "kind": "person", "organisation_id": ["clinic", "town"]}
    )
    there = {"plenary": ["ann", "bob"], "group-1": ["ann"], "group-2": ["bob"], "workshop": ["ann", "bob"]}
    rows = [(meeting, person, True, "present") for meeting, came in there.items() for person in came]
    attendance = pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])
    actors = pd.concat([records.actors, persons])
    return at_organisation_level(Records.from_tables(actors, records.meetings, attendance, records.contacts))


def delegated(records: Records) -> list[list[str]]:
    return records.delegates[["meeting_id", "person_id"]].to_numpy().tolist()


def test_delegates_go_where_their_meetings_and_organisations_go(rolled: Records) -> None:
    everybody = [[m, p] for m, came in {"group-1": ["ann"], "group-2": ["bob"]}.items() for p in came]
    everybody += [[m, p] for m in ("plenary", "workshop") for p in ("ann", "bob")]

    assert delegated(rolled) == everybody
    assert delegated(rolled.within(Period.parse("2024-02-01..2024-03-31"))) == everybody[:2]
    assert delegated(rolled.without(["clinic"])) == [row for row in everybody if row[1] == "bob"]
    assert delegated(rolled.without_meetings(["plenary", "group-2"])) == [everybody[0], *everybody[4:]]


def test_whatever_is_cut_is_numbered_from_nought_again(rolled: Records) -> None:
    cuts = [
        rolled.within(Period.parse("2024-02-01..2024-05-31")),
        rolled.without(["chess", "clinic"]),
        rolled.without_meetings(["plenary"]),
    ]

    for cut in cuts:
        for table in (*names.TABLES, "delegates"):
            frame = getattr(cut, table)
            assert frame.index.to_list() == list(range(len(frame))), table
            assert frame.columns.to_list() == getattr(rolled, table).columns.to_list(), table


def test_before_any_roll_up_there_are_no_delegates_and_their_columns_are_text() -> None:
    delegates = Records.from_tables(_ROSTER).delegates

    assert delegates.empty
    assert set(delegates.dtypes.astype(str)) == {"str"}


def test_rows_of_one_day_and_identifier_stay_as_they_came() -> None:
    roster = pd.DataFrame({"actor_id": [f"a{n:02}" for n in range(40)], "name": "x", "kind": "organisation"})
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{n:02}" for n in range(39)],
            "day": ["2024-03-01" if n % 2 else "2024-02-01" for n in range(39)],
            "source_id": "a00",
            "target_id": [f"a{n + 1:02}" for n in range(39)],
        }
    )
    sorted_ids = Records.from_tables(roster, contacts=contacts).contacts["contact_id"].to_list()

    assert sorted_ids == [f"c{n:02}" for n in range(0, 39, 2)] + [f"c{n:02}" for n in range(1, 39, 2)]


def test_numbers_written_as_text_are_numbers_and_shares_and_heads_are_completed() -> None:
    roster = _ROSTER.assign(capacity_hours_per_month=pd.Series(["1.5", None]))
    meetings = pd.DataFrame({"meeting_id": ["m1"], "day": ["2024-01-01"], "duration_hours": ["2"]})
    attendance = pd.DataFrame(
        {"meeting_id": "m1", "actor_id": ["a", "b"], "invited": [None, True], "status": ["present", "absent"]}
    )
    contacts = pd.DataFrame(
        {"contact_id": ["x", "y"], "day": "2024-01-02", "source_id": "a", "target_id": "b", "share": ["0.25", None]}
    )
    records = Records.from_tables(roster, meetings, attendance, contacts)

    assert records.actors["capacity_hours_per_month"].dtype == float
    assert records.actors.set_index("actor_id").loc["b", "capacity_hours_per_month"] == 1.5
    assert records.meetings["duration_hours"].to_list() == [2.0]
    assert records.contacts["share"].to_list() == [0.25, 1.0]
    # Who was not invited came; who was invited did not.
    assert records.attendance["persons_invited"].to_list() == [0, 1]
    assert records.attendance["persons_present"].to_list() == [1, 0]
    assert records.attendance["persons_invited"].dtype == int


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
    with pytest.raises(EmptyPeriodError) as full:
        records.require_activity(Period.of_year(2019))
    with pytest.raises(EmptyPeriodError) as empty:
        Records.from_tables(_ROSTER).require_activity(Period.of_year(2019))
    with pytest.raises(EmptyPeriodError) as nothing:
        Records.from_tables(_ROSTER).default_period()

    assert full.value.phrase == Phrase("errors.PN005.text", {"period": "2019", "first": "2024-01-10", "last": "2024-09-01"})
    assert empty.value.phrase == Phrase("errors.PN005.text", {"period": "2019", "first": "–", "last": "–"})
    assert nothing.value.phrase == Phrase("errors.PN005.text", {"period": "–", "first": "–", "last": "–"})


def test_the_default_period_is_the_last_year_covered(records: Records) -> None:
    tail = pd.DataFrame({"contact_id": ["x"], "day": ["2025-02-01"], "source_id": ["town"], "target_id": ["chess"]})
    contacts = pd.concat([records.contacts, tail])
    longer = Records.from_tables(records.actors, records.meetings, contacts=contacts)

    assert records.default_period() == Period.parse("2024-01-10..2024-09-01")
    assert longer.default_period() == Period.of_year(2024)
    with pytest.raises(EmptyPeriodError):
        Records.from_tables(_ROSTER).default_period()


def met_on(*days: str) -> Records:
    return Records.from_tables(_ROSTER, pd.DataFrame({"meeting_id": [f"m{n}" for n in range(len(days))], "day": days}))


@pytest.mark.parametrize(
    ("first", "last", "covered"),
    [
        # 2023 has 365 days; a quarter of them, 91, may be missing at each end.
        ("2023-04-02", "2023-10-01", True),
        ("2023-04-03", "2023-10-01", False),
        ("2023-04-02", "2023-09-30", False),
        ("2022-12-31", "2024-01-01", True),
    ],
)
def test_a_year_is_covered_where_a_quarter_at_most_is_missing_at_each_end(first: str, last: str, *, covered: bool) -> None:
    assert met_on(first, last).covers(Period.of_year(2023)) is covered


def test_no_year_before_the_records_is_proposed() -> None:
    # Nothing before October 2023, nothing after January 2024: neither year is covered, and 2022 is not asked about.
    assert met_on("2023-10-15", "2024-01-15").default_period() == Period.parse("2023-10-15..2024-01-15")
    assert met_on("2021-12-31", "2022-11-15", "2023-01-15").default_period() == Period.of_year(2022)


def test_records_show_themselves_in_a_notebook(records: Records) -> None:
    shown = records._repr_html_()
    empty = Records.from_tables(_ROSTER)

    for word in (
        "Records",
        "actors",
        "6",
        "meetings",
        "5",
        "attendance",
        "17",
        "contacts",
        "span",
        "2024-01-10..2024-09-01",
    ):
        assert word in shown
    assert "no activity" in empty._repr_html_()
    assert repr(empty) == "<Records: 2 actors, 0 meetings, 0 attendance, 0 contacts; no activity>"


def test_records_say_how_much_they_hold(records: Records) -> None:
    assert repr(records) == "<Records: 6 actors, 5 meetings, 17 attendance, 5 contacts; 2024-01-10..2024-09-01>"
    assert has_invitation_lists(records)
    assert records.coordinators == ("town",)
