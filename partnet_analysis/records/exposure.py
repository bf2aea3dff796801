"""Person-time: how long each actor could be met, and what is known about who asked whom."""

import re
from typing import Final

import pandas as pd

from partnet_analysis import names
from partnet_analysis.periods import DAYS_PER_MONTH, Period
from partnet_analysis.records.tables import Records

FEW_CONTACTS: Final = 20
"""Below so many contacts, all of them running from the lesser to the greater id may be chance."""


def months_at_risk(actors: pd.DataFrame, period: Period) -> pd.Series:
    """
    Measure how long each actor was there to be asked.

    Parameters
    ----------
    actors
        The roster.
    period
        The period.

    Returns
    -------
    months
        The mean months from joining to leaving within the period, both days included, indexed by `actor_id`; 0 for those
        who left before it or joined after it. Who bears no joining day counts as there from the start, who bears no leaving
        day as there to the end.

    Examples
    --------
    >>> roster = pd.DataFrame({"actor_id": ["old", "new"], "joined_on": ["2019-01-01", "2024-07-02"], "left_on": None})
    >>> roster = roster.assign(joined_on=pd.to_datetime(roster["joined_on"]), left_on=pd.to_datetime(roster["left_on"]))
    >>> months_at_risk(roster, Period.of_year(2023)).to_dict()
    {'old': 11.991786447638603, 'new': 0.0}
    """
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    joined, left = actors["joined_on"], actors["left_on"]
    first = joined.where(joined > start, start)
    last = left.where(left < end, end)
    days = ((last - first).dt.days + 1).clip(lower=0)
    return pd.Series((days / DAYS_PER_MONTH).to_numpy(dtype=float), index=_index(actors), name="months_at_risk")


def standing(actors: pd.DataFrame, period: Period) -> pd.Series:
    """
    Tell what each actor is to the partnership over a period.

    Parameters
    ----------
    actors
        The roster.
    period
        The period.

    Returns
    -------
    standing
        Indexed by `actor_id`: `left` (before the period), `not_yet` (joined after it), `coordinator`, `residents` (the one
        aggregate of all residents) or `partner`; the first that applies.
    """
    actor_id = pd.Series(actors["actor_id"].to_numpy(dtype=str), index=_index(actors))
    found = actor_id.mask(actor_id.index == actor_id, "partner").astype("str")
    found[actor_id == names.RESIDENTS_ID] = "residents"
    found[actors["is_coordinator"].to_numpy()] = "coordinator"
    found[(actors["joined_on"] > pd.Timestamp(period.end)).to_numpy()] = "not_yet"
    found[(actors["left_on"] < pd.Timestamp(period.start)).to_numpy()] = "left"
    return found.rename("standing")


def contacts_have_direction(records: Records) -> bool:
    """
    Tell whether contacts say who reached out.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    directed
        False where at least 20 contacts all run from the lesser to the greater id (numbers in ids compared as numbers)
        though some actors stand on both sides: so sensors write pairs, people do not.
    """
    contacts = records.contacts
    if len(contacts) < FEW_CONTACTS or set(contacts["source_id"]).isdisjoint(contacts["target_id"]):
        return True
    pairs = contacts[["source_id", "target_id"]].drop_duplicates()
    return any(_natural(source) > _natural(target) for source, target in pairs.itertuples(index=False))


def has_invitation_lists(records: Records) -> bool:
    """
    Tell whether most meetings come with a list of who was invited.

    Parameters
    ----------
    records
        The records of the period in question.

    Returns
    -------
    listed
        True if more than half of the meetings with attendance say for somebody whether they were invited.
    """
    n_listed, n_attended = meetings_with_lists(records)
    return n_listed > n_attended / 2


def meetings_with_lists(records: Records) -> tuple[int, int]:
    """
    Count the meetings that come with a list of who was invited.

    Parameters
    ----------
    records
        The records of the period in question.

    Returns
    -------
    n_listed, n_attended
        How many meetings say for somebody whether they were invited, and how many have any attendance.
    """
    known = records.attendance.groupby("meeting_id")["invited"].count() > 0
    return int(known.sum()), len(known)


def _natural(actor_id: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", actor_id)]


def _index(actors: pd.DataFrame) -> pd.Index:
    index: pd.Index = pd.Index(actors["actor_id"], name="actor_id")
    return index
