"""Spans of days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.errors import InvalidPeriodError
from partnet_analysis.periods import Period

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        (" 2024-03-01..2024-03-31 ", date(2024, 3, 1), date(2024, 3, 31)),
        ("2024-01-01..2024-12-31", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_people_write_a_year_or_two_days(text: str, start: date, end: date) -> None:
    assert Period.parse(text) == Period(start, end)


@pytest.mark.parametrize(
    "text", ["", "last year", "2024-02-30..2024-03-01", "2024-03-01", "2024-06-01..2024-01-01", "0", "²"]
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidPeriodError) as refusal:
        Period.parse(text)

    assert refusal.value.code == "PN004"


def test_the_year_before_a_leap_year_is_a_calendar_year() -> None:
    assert Period.of_year(2024).previous() == Period.of_year(2023)
    assert Period.of_year(2024).days == 366


@given(days, days)
def test_the_period_before_is_as_long_and_ends_the_day_before(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))
    before = period.previous()

    assert (period.start - before.end).days == 1
    assert period.year is not None or before.days == period.days


@given(days, days)
def test_what_is_written_is_read_back(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other))

    assert Period.parse(str(period)) == period
    assert period.start in period
    assert period.end in period
