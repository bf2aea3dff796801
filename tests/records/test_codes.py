"""Identifiers as categories: the same tables, told apart by number."""

from dataclasses import replace

import pandas as pd
import pytest

from partnet_analysis.periods import Period
from partnet_analysis.records.codes import with_codes
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import partnership


@pytest.fixture(scope="module")
def records() -> Records:
    return partnership().records


@pytest.mark.parametrize("table", ["actors", "meetings", "attendance", "contacts", "delegates"])
def test_every_cell_reads_as_before(records: Records, table: str) -> None:
    before: pd.DataFrame = getattr(records, table)
    after: pd.DataFrame = getattr(with_codes(records), table)

    pd.testing.assert_frame_equal(after.astype(before.dtypes.to_dict()), before)


def test_actors_are_numbered_as_in_the_roster_and_meetings_as_in_their_table(records: Records) -> None:
    coded = with_codes(records)

    assert coded.attendance["actor_id"].cat.categories.to_list() == records.actors["actor_id"].to_list()
    assert coded.contacts["source_id"].cat.categories.equals(coded.contacts["target_id"].cat.categories)
    assert coded.attendance["meeting_id"].cat.categories.to_list() == records.meetings["meeting_id"].to_list()
    assert str(records.attendance["actor_id"].dtype) == "str"


def test_a_period_and_a_departure_leave_the_same_rows(records: Records) -> None:
    year, gone = Period.of_year(2025), records.coordinators

    cut, expected = (one.within(year).without(gone).attendance for one in (with_codes(records), records))

    pd.testing.assert_frame_equal(cut.astype(expected.dtypes.to_dict()), expected)


def test_a_row_of_no_meeting_is_in_no_period(records: Records) -> None:
    coded = with_codes(records)
    attendance = coded.attendance.assign(meeting_id=coded.attendance["meeting_id"].where(coded.attendance.index > 0))
    span = records.span
    assert span is not None

    cut = replace(coded, attendance=attendance).within(span)

    assert len(cut.attendance) == len(records.attendance) - 1
