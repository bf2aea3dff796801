"""Who makes up the partnership, worked by hand."""

import pandas as pd
import pytest

from partnet_analysis.measures.composition import moves, sectors
from partnet_analysis.measures.isolation import is_isolated, isolation
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records


@pytest.fixture
def by_sector(records: Records, year: Period) -> pd.DataFrame:
    flag = solicitation_load(records, year)["flag"]
    return sectors(records, year, flag, is_isolated(isolation(records, year)))


def test_sectors_by_hand(by_sector: pd.DataFrame) -> None:
    # Sport: the sports club was seen, the chess club never; the town coordinates and is in no sector's count.
    assert by_sector.index.tolist() == ["Sport", "Culture", "Education", "Health"]
    assert by_sector["n_partners"].tolist() == [2, 1, 1, 1]
    assert by_sector["n_active"].tolist() == [1, 1, 1, 1]
    # The sports club and the library were last seen in June: dormant by the end of the year.
    assert by_sector["n_isolated"].tolist() == [2, 1, 0, 0]


def test_nobody_is_counted_twice_and_nobody_is_lost(by_sector: pd.DataFrame, records: Records) -> None:
    assert by_sector["n_partners"].sum() == (~records.actors["is_coordinator"]).sum()
    assert (by_sector["n_active"] <= by_sector["n_partners"]).all()


def test_an_unknown_sector_has_a_row_of_its_own(records: Records, year: Period) -> None:
    actors = records.actors.assign(sector=records.actors["sector"].where(records.actors["actor_id"] != "chess"))
    odd = Records.from_tables(actors, records.meetings, records.attendance, records.contacts)

    counted = sectors(odd, year, solicitation_load(odd, year)["flag"], is_isolated(isolation(odd, year)))

    assert counted["n_partners"].tolist() == [1, 1, 1, 1, 1]
    assert counted.index.isna().tolist().count(True) == 1


def test_who_cannot_be_flagged_is_unknown_not_zero(records: Records, year: Period) -> None:
    unlisted = Records.from_tables(
        records.actors, records.meetings, records.attendance.assign(invited=None), records.contacts
    )

    counted = sectors(unlisted, year, solicitation_load(unlisted, year)["flag"], is_isolated(isolation(unlisted, year)))

    assert counted["n_over_solicited"].isna().all()


def test_entries_and_exits_by_year(records: Records, year: Period) -> None:
    actors = records.actors.assign(joined_on=None, left_on=None)
    actors.loc[actors["actor_id"] == "school", "joined_on"] = "2024-02-01"
    actors.loc[actors["actor_id"] == "sports", "left_on"] = "2024-09-01"
    moved = Records.from_tables(actors, records.meetings, records.attendance, records.contacts)

    assert moves(moved, year).to_dict("index") == {2024: {"entries": 1, "exits": 1}}
