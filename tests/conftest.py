"""The smallest partnership that shows each thing."""

from collections.abc import Iterator

import pandas as pd
import pytest
from hypothesis import settings
from playwright.sync_api import Browser

from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records
from tests.browsing import chromium
from tests.skips import pytest_make_collect_report, pytest_runtest_makereport

__all__ = ["pytest_make_collect_report", "pytest_runtest_makereport"]

# How long a test takes depends on what else the machine does.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give each file of tests a browser of its own: while one runs, neither a second one nor a notebook can start."""
    with chromium() as started:
        yield started


@pytest.fixture
def year() -> Period:
    return Period.of_year(2024)


@pytest.fixture
def records() -> Records:
    """
    Six actors, five meetings, five contacts of 2024, all small enough to work out by hand.

    The town coordinates. Meetings: a plenary of everybody but `chess`, three working-group meetings, one workshop that
    `school` was invited to and missed. `chess` has no record at all.
    """
    actors = pd.DataFrame(
        {
            "actor_id": ["town", "clinic", "school", "library", "sports", "chess"],
            "name": ["Town", "Clinic", "School", "Library", "Sports club", "Chess club"],
            "kind": "organisation",
            "sector": ["Town", "Health", "Education", "Culture", "Sport", "Sport"],
            "is_coordinator": [True, False, False, False, False, False],
        }
    )
    meetings = pd.DataFrame(
        {
            "meeting_id": ["plenary", "group-1", "group-2", "group-3", "workshop"],
            "day": ["2024-01-10", "2024-02-05", "2024-03-05", "2024-04-05", "2024-05-20"],
            "series": ["Plenary", "Health group", "Health group", "Health group", "Workshops"],
            "kind": ["plenary", "working_group", "working_group", "working_group", "workshop"],
            "convener_id": ["town", "town", "clinic", "town", "town"],
            "duration_hours": [2.0, 1.5, 1.5, 1.5, 3.0],
        }
    )
    present = {
        "plenary": ["town", "clinic", "school", "library", "sports"],
        "group-1": ["town", "clinic", "school"],
        "group-2": ["clinic", "school"],
        "group-3": ["town", "clinic", "school"],
        "workshop": ["town", "clinic", "library"],
    }
    rows = [(meeting, actor, True, "present") for meeting, actors_there in present.items() for actor in actors_there]
    rows.append(("workshop", "school", True, "absent"))
    attendance = pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])
    contacts = pd.DataFrame(
        {
            "contact_id": ["c1", "c2", "c3", "c4", "c5"],
            "day": ["2024-02-01", "2024-02-02", "2024-06-01", "2024-06-02", "2024-09-01"],
            "source_id": ["town", "town", "clinic", "town", "school"],
            "target_id": ["clinic", "clinic", "library", "sports", "clinic"],
            "channel": ["phone", "email", "phone", "email", "visit"],
        }
    )
    return Records.from_tables(actors, meetings, attendance, contacts)
