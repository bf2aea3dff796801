"""The made-up partnership: the same bytes every time, plausible, and large enough to hold what was planted in it."""

import csv
import io
import os
import re
import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis import names
from partnet_analysis.annual import annual_review
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.synthetic import TRUTHS, SyntheticPartnership, example_files, files_of, partnership
from partnet_analysis.synthetic.__main__ import main
from partnet_analysis.synthetic.calendar import working_day
from partnet_analysis.synthetic.chance import Chance
from partnet_analysis.synthetic.words import GROUPS
from partnet_analysis.views.report.sections.texts import TEXTS

EXAMPLE = Path(__file__).parents[1] / "data" / "raw"


@pytest.fixture(scope="module")
def town() -> SyntheticPartnership:
    return partnership()


@pytest.fixture(scope="module")
def person_records(town: SyntheticPartnership) -> Records:
    return town.records


def test_the_example_in_the_repository_is_what_the_seed_gives() -> None:
    written = {path.name: path.read_bytes() for path in EXAMPLE.iterdir() if not path.name.startswith(".")}

    assert written == example_files()


@pytest.mark.parametrize("hash_seed", ["0", "4242"])
def test_another_process_writes_the_same_bytes(tmp_path: Path, hash_seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": "Pacific/Auckland"}
    command = [sys.executable, "-m", "partnet_analysis.synthetic", str(tmp_path / "raw")]
    subprocess.run(command, check=True, env=environment)

    assert {path.name: path.read_bytes() for path in (tmp_path / "raw").iterdir()} == example_files()


def test_the_command_asks_for_exactly_one_folder(tmp_path: Path) -> None:
    assert main([]) == 2
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "actors.csv").is_file()


def test_another_seed_gives_another_partnership() -> None:
    assert files_of(partnership(1))["attendance.csv"] != files_of(partnership(2))["attendance.csv"]


def test_every_file_that_can_says_that_all_is_fictional(town: SyntheticPartnership) -> None:
    content = files_of(town)
    config = tomllib.loads(content["partnet.toml"].decode())["partnership"]

    assert "fictif" in config["name"]
    assert "n'existe pas" in config["note"]
    assert "fictional" in content["README.md"].decode()
    assert content["partnet.toml"].decode().startswith("# Exemple fictif")


def test_the_example_has_every_text_that_a_review_can_quote() -> None:
    content = example_files()
    named = tomllib.loads(content["partnet.toml"].decode())["texts"]

    assert tuple(named) == TEXTS
    assert all(content[file].decode().strip() for file in named.values())
    assert all(file in content["README.md"].decode() for file in named.values())


def test_what_the_texts_tell_of_the_year_is_what_the_records_show(town: SyntheticPartnership) -> None:
    told = "\n".join(content.decode() for name, content in example_files().items() if name.endswith(".md"))
    year = annual_review(town.records, TRUTHS.period)
    meetings = town.tables["meetings"]
    held = meetings["day"].str.startswith("2025")

    assert year.essentials["value"].loc[["n_meetings", "n_isolated", "n_over_solicited"]].tolist() == [146, 7, 3]
    assert year.essentials["before"]["n_meetings"] == 144
    assert "146 réunions en 2025, contre 144 en 2024" in told
    assert "sept partenaires isolés" in told
    assert (held & (meetings["kind"] == "workshop")).sum() == 6
    assert [(held & (meetings["series"] == series)).sum() for series in TRUTHS.redundant_series] == [5, 5]
    quoted = set(re.findall(r"\*\*([^*]+)\*\*$", told, flags=re.MULTILINE))
    assert len(quoted) == 6
    assert quoted <= set(town.tables["actors"]["name"].str.replace("'", "’"))


def test_files_have_the_canonical_headers_and_unix_lines(town: SyntheticPartnership) -> None:
    content = files_of(town)

    for table in names.TABLES:
        text = content[f"{table}.csv"].decode()
        assert "\r" not in text
        assert tuple(next(csv.reader(io.StringIO(text)))) == names.COLUMNS[table]


def test_the_town_has_the_size_of_a_real_partnership(town: SyntheticPartnership) -> None:
    actors = town.tables["actors"]
    organisations = actors[actors["kind"] == "organisation"]
    people = actors[actors["kind"] == "person"]

    assert len(organisations) == 60
    assert 140 <= len(people) <= 180
    assert organisations["sector"].nunique() == 8
    assert (people["level"] == "resident").sum() == 12
    assert set(people["level"]) == set(names.LEVELS)
    assert organisations["capacity_hours_per_month"].notna().mean() > 0.2
    assert people["name"].is_unique
    assert organisations["name"].is_unique


@pytest.mark.parametrize("year", ["2023", "2024", "2025"])
def test_a_year_has_the_meetings_and_contacts_of_a_real_one(town: SyntheticPartnership, year: str) -> None:
    meetings = town.tables["meetings"]
    of_year = meetings[meetings["day"].str.startswith(year)]
    groups = of_year[of_year["kind"] == "working_group"]

    assert (of_year["kind"] == "workshop").sum() == 6
    assert groups["series"].nunique() == 17
    assert groups.groupby("series").size().between(5, 7).all()
    assert set(of_year["kind"]) == set(names.MEETING_KINDS)
    assert town.tables["attendance"]["meeting_id"].str.startswith(year).sum() < 2_000
    assert town.tables["contacts"]["day"].str.startswith(year).sum() < 700


def test_nobody_meets_on_a_weekend_or_a_public_holiday(town: SyntheticPartnership) -> None:
    days = {date.fromisoformat(day) for table in ("meetings", "contacts") for day in town.tables[table]["day"]}

    assert all(day.weekday() < 5 for day in days)
    assert not days & {date(2025, 5, 1), date(2025, 4, 21), date(2024, 5, 9), date(2023, 5, 29), date(2025, 11, 11)}


def test_working_days_skip_the_bridges_of_may() -> None:
    chance = Chance("may")

    assert not {working_day(chance, 2025, 5).day for _ in range(400)} & {1, 3, 4, 8, 10, 11}


def test_summer_is_quiet(town: SyntheticPartnership) -> None:
    months = Counter(day[5:7] for day in town.tables["contacts"]["day"])

    assert months["08"] * 3 < min(months[month] for month in ("03", "10", "11"))


def test_statuses_channels_and_invitations_are_all_there(town: SyntheticPartnership) -> None:
    attendance = town.tables["attendance"]

    assert set(attendance["status"]) == set(names.STATUSES)
    assert attendance["invited"].isna().any()
    assert (attendance["invited"] == False).any()  # noqa: E712 (a column of true, false and nothing)
    assert town.tables["contacts"]["channel"].nunique() == 4


def test_nobody_attends_or_talks_before_joining_or_after_leaving(person_records: Records) -> None:
    actors = person_records.actors.set_index("actor_id")
    came = person_records.attendance.merge(person_records.meetings[["meeting_id", "day"]], on="meeting_id")
    spoke = person_records.contacts.melt(id_vars="day", value_vars=["source_id", "target_id"], value_name="actor_id")

    for seen in (came, spoke):
        joined, left = seen["actor_id"].map(actors["joined_on"]), seen["actor_id"].map(actors["left_on"])
        assert not (seen["day"] < joined).any()
        assert not (seen["day"] > left).any()


def test_contacts_are_spread_unevenly(person_records: Records) -> None:
    received = at_organisation_level(person_records).contacts["target_id"].value_counts()

    assert received.head(len(received) // 10).sum() > 0.25 * received.sum()


def test_no_line_of_the_contact_log_stands_there_twice(town: SyntheticPartnership) -> None:
    assert not town.tables["contacts"].drop(columns="contact_id").duplicated().any()


def test_the_coordinator_reaches_nearly_everybody(person_records: Records) -> None:
    records = at_organisation_level(person_records)
    (coordinator,) = records.coordinators
    attended = set(records.attendance.loc[records.attendance["actor_id"] == coordinator, "meeting_id"])
    reached = set(records.attendance.loc[records.attendance["meeting_id"].isin(attended), "actor_id"])

    assert len(reached) > 0.9 * len(records.actors)


def test_each_planted_actor_is_on_the_roster_with_a_reason(town: SyntheticPartnership) -> None:
    ids = set(town.tables["actors"]["actor_id"])
    planted = {
        TRUTHS.bridge,
        TRUTHS.response_fell,
        TRUTHS.concentrated_on_one_delegate,
        *TRUTHS.left_before,
        *TRUTHS.isolated_without_coordinators,
        *TRUTHS.isolated_without_coordinated_meetings,
        *(actor for found in TRUTHS.isolated.values() for actor in found),
        *(planted.actor_id for planted in TRUTHS.over_solicited),
    }

    assert planted == set(TRUTHS.reasons)
    assert planted <= ids
    assert set(TRUTHS.isolated) == set(names.ISOLATION_TYPES) - {"connected"}
    assert {solicitor for planted in TRUTHS.over_solicited for solicitor in planted.solicitors} <= ids
    assert {group for planted in TRUTHS.over_solicited for group in planted.series} <= set(GROUPS)


@settings(max_examples=5, deadline=None)
@given(
    seed=st.integers(0, 10_000),
    n_organisations=st.sampled_from([40, 75, 200]),
    coordination=st.sampled_from([0.4, 0.6, 1.0]),
)
def test_any_seed_and_size_gives_valid_records(seed: int, n_organisations: int, coordination: float) -> None:
    town = partnership(seed, n_organisations, coordination=coordination)

    assert (town.tables["actors"]["kind"] == "organisation").sum() == n_organisations
    assert at_organisation_level(town.records).span is not None


@pytest.mark.parametrize("n_organisations", [39, 201])
def test_a_size_at_which_the_truths_would_not_hold_is_refused(n_organisations: int) -> None:
    with pytest.raises(ValueError, match="from 40 to 200"):
        partnership(1, n_organisations)


def test_more_coordination_means_more_contacts_through_the_coordinator() -> None:
    def share(coordination: float) -> float:
        records = at_organisation_level(partnership(3, coordination=coordination).records)
        (coordinator,) = records.coordinators
        contacts = records.contacts
        return float(((contacts["source_id"] == coordinator) | (contacts["target_id"] == coordinator)).mean())

    assert share(0.2) < share(0.5) < share(0.9)


def test_checking_the_records_leaves_the_tables_as_they_were(town: SyntheticPartnership) -> None:
    before = town.tables["actors"].copy(deep=True)
    _ = town.records

    pd.testing.assert_frame_equal(town.tables["actors"], before)


def test_draws_keep_to_their_bounds() -> None:
    chance = Chance(7)

    assert {chance.between(2, 4) for _ in range(200)} == {2, 3, 4}
    assert {chance.pick("ab") for _ in range(50)} == {"a", "b"}
    assert sorted(chance.shuffled(range(9))) == list(range(9))
    assert chance.sample("ab", 5) in (["a", "b"], ["b", "a"])
    assert {chance.weighted({"never": 0, "always": 1}) for _ in range(50)} == {"always"}
    assert not chance.coin(0)
    assert chance.coin(1)


def test_the_first_draws_are_the_ones_promised() -> None:
    chance = Chance(2025)

    assert [chance.between(0, 99) for _ in range(5)] == [81, 96, 94, 36, 96]


def test_a_weight_lost_to_rounding_still_gives_a_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Chance(1)
    monkeypatch.setattr(chance, "number", lambda: 1.0)

    assert chance.weighted({"a": 0.1, "b": 0.2}) == "b"
