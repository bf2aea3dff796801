"""The year as data, worked out by hand on the smallest partnership."""

import pandas as pd
import pytest

from partnet_analysis.annual import ESSENTIALS, Review, annual_review
from partnet_analysis.errors import EmptyPeriodError
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records


@pytest.fixture
def review(records: Records, year: Period) -> Review:
    return annual_review(records, year, name="Example", note="Fictional.")


def test_five_figures(review: Review) -> None:
    # Partners seen: clinic, school, library, sports (chess never, the town coordinates). Pairs without the town: the six
    # pairs of the plenary's four. Left out: chess (no record), library and sports (nothing since 1 and 2 June).
    figures = review.essentials["value"]

    assert figures[["n_active", "n_meetings", "n_pairs", "n_isolated"]].to_list() == [4, 5, 6, 3]
    assert tuple(figures.index) == ESSENTIALS


def test_a_year_that_the_records_do_not_cover_is_unknown_not_zero(review: Review) -> None:
    assert review.before is None
    assert review.essentials["before"].isna().all()


def test_last_year_stands_beside_this_one(records: Records, year: Period) -> None:
    later = Records.from_tables(
        records.actors,
        records.meetings.assign(day=records.meetings["day"] + pd.DateOffset(years=1)),
        records.attendance,
        pd.concat(
            [
                records.contacts,
                records.contacts.assign(
                    contact_id="late-" + records.contacts["contact_id"],
                    day=records.contacts["day"] + pd.DateOffset(years=1),
                ),
            ]
        ),
    )

    review = annual_review(later, Period.of_year(2025))

    assert review.before is not None
    assert review.before.period == year
    assert review.essentials.loc[["n_meetings"]].to_numpy().tolist() == [[5, 0]]
    assert [str(snapshot.period) for snapshot in review.years] == ["2024", "2025"]


def test_every_frame_holds_the_whole_roster(review: Review, records: Records) -> None:
    roster = records.actors["actor_id"].to_list()

    for frame in (review.centrality, review.solicitation, review.isolation):
        assert frame.index.to_list() == roster


def test_a_period_with_nothing_in_it_is_refused(records: Records) -> None:
    with pytest.raises(EmptyPeriodError, match="2019"):
        annual_review(records, Period.of_year(2019))


def test_reviewing_does_not_touch_the_records(records: Records, year: Period) -> None:
    before = {table: getattr(records, table).copy(deep=True) for table in ("actors", "meetings", "attendance", "contacts")}

    annual_review(records, year)

    for table, frame in before.items():
        pd.testing.assert_frame_equal(getattr(records, table), frame)
