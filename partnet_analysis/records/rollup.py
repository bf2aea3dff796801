"""From persons to organisations, the level at which everything is published by default."""

from dataclasses import replace

import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.tables import DELEGATE_COLUMNS, Records

RESIDENTS_NAME = "Habitants (ensemble)"


def at_organisation_level(records: Records) -> Records:
    """
    Roll persons up to their organisations.

    An organisation is invited, present, excused once for each meeting if any of its persons is (present before excused
    before absent before unknown); `persons_invited` and `persons_present` add up. Persons without an organisation stand
    for themselves, except residents, who become one aggregate. Contacts within one organisation are no contacts between
    partners and drop out.

    Parameters
    ----------
    records
        Records at any level; rolling up twice changes nothing.

    Returns
    -------
    records
        The same records with organisations as actors; `delegates` keeps which persons were present for which.
    """
    home = _home(records.actors)
    attendance = records.attendance.assign(person_id=records.attendance["actor_id"])
    attendance["actor_id"] = attendance["actor_id"].map(home)
    contacts = records.contacts.assign(
        source_id=records.contacts["source_id"].map(home), target_id=records.contacts["target_id"].map(home)
    )
    return replace(
        records,
        actors=_organisations(records.actors, home),
        meetings=records.meetings.assign(convener_id=records.meetings["convener_id"].map(home).astype("str")),
        attendance=_once_each(attendance),
        contacts=contacts[contacts["source_id"] != contacts["target_id"]].reset_index(drop=True),
        delegates=records.delegates if len(records.delegates) else _delegates(attendance, records.actors),
    )


def _home(actors: pd.DataFrame) -> pd.Series:
    """Map each actor's id to the id of the actor it stands for at organisation level."""
    is_person = actors["kind"] == "person"
    home = actors["organisation_id"].where(is_person).fillna(actors["actor_id"])
    home = home.mask(is_person & (actors["level"] == "resident"), names.RESIDENTS_ID)
    return home.set_axis(actors["actor_id"])


def _organisations(actors: pd.DataFrame, home: pd.Series) -> pd.DataFrame:
    kept = actors[(actors["actor_id"] == home.to_numpy()).to_numpy()]
    if names.RESIDENTS_ID in set(home) and names.RESIDENTS_ID not in set(kept["actor_id"]):
        residents = {
            "actor_id": names.RESIDENTS_ID,
            "name": RESIDENTS_NAME,
            "kind": "organisation",
            "level": "resident",
            "is_coordinator": False,
        }
        kept = pd.concat([kept, pd.DataFrame([residents]).reindex(columns=actors.columns).astype(actors.dtypes)])
    coordinating = set(home[actors["is_coordinator"].to_numpy()])
    kept = kept.assign(is_coordinator=kept["actor_id"].isin(coordinating))
    return kept.sort_values("actor_id", ignore_index=True)


def _once_each(attendance: pd.DataFrame) -> pd.DataFrame:
    rank = {status: place for place, status in enumerate(names.STATUSES)}
    # "Invited" of a group: true if anybody is, unknown if somebody's is unknown, else false. As numbers: the maximum of
    # true = 2, unknown = 1, false = 0.
    invited = attendance["invited"].astype("Int8").mul(2).fillna(1)
    grouped = attendance.assign(invited=invited, status=attendance["status"].map(rank)).groupby(
        ["meeting_id", "actor_id"], as_index=False, sort=True
    )
    once = grouped.agg(
        invited=("invited", "max"),
        status=("status", "min"),
        persons_invited=("persons_invited", "sum"),
        persons_present=("persons_present", "sum"),
    )
    once["invited"] = once["invited"].map({2: True, 1: pd.NA, 0: False}).astype("boolean")
    once["status"] = once["status"].map(dict(enumerate(names.STATUSES))).astype("str")
    return once


def _delegates(attendance: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    persons = set(actors.loc[actors["kind"] == "person", "actor_id"])
    present = attendance[(attendance["status"] == "present") & attendance["person_id"].isin(persons)]
    level = actors.set_index("actor_id")["level"]
    delegates = present.assign(level=present["person_id"].map(level).astype("str"))
    return delegates[list(DELEGATE_COLUMNS)].sort_values(["meeting_id", "person_id"], ignore_index=True)
