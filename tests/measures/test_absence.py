"""Who was expected and never seen, on partnerships small enough to check by eye."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.measures.absence import expected_absent
from partnet_analysis.measures.isolation import isolation
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

YEAR = Period.of_year(2024)


def made(*, listed: bool = True) -> Records:
    """
    Hold one meeting a year.

    `came` and `host` attend both; `then` attended the first only and is invited to the second; `never` is on the list alone;
    `wrote` is invited, stays away and writes; `left` is gone before 2024, `later` joins after it; `service` coordinates.
    """
    actors = pd.DataFrame(
        {
            "actor_id": ["came", "host", "then", "never", "wrote", "left", "later", "service"],
            "name": ["Came", "Host", "Then", "Never", "Wrote", "Left", "Later", "Service"],
            "kind": "organisation",
            "is_coordinator": [False] * 7 + [True],
            "joined_on": [None] * 6 + ["2025-02-01", None],
            "left_on": [None] * 5 + ["2023-06-01", None, None],
        }
    )
    meetings = pd.DataFrame({"meeting_id": ["m1", "m2"], "day": ["2023-03-01", "2024-03-01"]})
    invited = True if listed else None
    attendance = pd.DataFrame(
        [
            *[("m1", actor, invited, "present") for actor in ("came", "host", "then", "left")],
            *[("m2", actor, invited, "present") for actor in ("came", "host")],
            *[("m2", actor, True, "absent") for actor in ("then", "wrote") if listed],
        ],
        columns=["meeting_id", "actor_id", "invited", "status"],
    )
    contacts = pd.DataFrame({"contact_id": ["c1"], "day": "2024-05-01", "source_id": ["wrote"], "target_id": ["host"]})
    return Records.from_tables(actors, meetings, attendance, contacts)


def absent(records: Records, period: Period = YEAR) -> pd.DataFrame:
    return expected_absent(records, period, isolation(records, period))


def test_the_invited_who_stayed_away_and_the_unseen_are_listed_with_the_day_last_seen() -> None:
    found = absent(made())

    assert found["how"].to_dict() == {"then": "invited_never_came", "never": "never_invited", "wrote": "invited_never_came"}
    assert found["n_invitations"].to_dict() == {"then": 1, "never": 0, "wrote": 1}
    seen = found["last_seen_on"]
    assert (seen["then"], seen["wrote"]) == (pd.Timestamp("2023-03-01"), pd.Timestamp("2024-05-01"))
    assert pd.isna(seen["never"])


def test_without_invitation_lists_the_unseen_are_not_called_uninvited() -> None:
    found = absent(made(listed=False))

    assert found["how"].to_dict() == {"then": "unseen", "never": "unseen"}
    assert found["n_invitations"].isna().all()


def test_nobody_gone_before_or_joining_after_or_coordinating_is_expected() -> None:
    assert set(absent(made()).index).isdisjoint({"left", "later", "service"})


def test_nothing_is_mutated() -> None:
    records = made()
    judged = isolation(records, YEAR)
    before = [frame.copy(deep=True) for frame in (judged, records.actors, records.attendance)]

    expected_absent(records, YEAR, judged)

    for frame, copy in zip((judged, records.actors, records.attendance), before, strict=True):
        pd.testing.assert_frame_equal(frame, copy)


@given(st.sets(st.integers(0, 5)), st.sets(st.integers(0, 5), min_size=1))
def test_each_partner_is_either_seen_or_absent(invited: set[int], came: set[int]) -> None:
    actors = pd.DataFrame({"actor_id": [f"a{n}" for n in range(6)], "name": "Club", "kind": "organisation"})
    meetings = pd.DataFrame({"meeting_id": ["m"], "day": ["2024-03-01"]})
    rows = [("m", f"a{n}", n in invited, "present" if n in came else "absent") for n in sorted(invited | came)]
    attendance = pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"])

    found = absent(Records.from_tables(actors, meetings, attendance))

    assert set(found.index) == {f"a{n}" for n in range(6) if n not in came}
