"""Who was invited and who came: the rows of attendance that say so."""

import pandas as pd

from partnet_analysis.records.tables import Records


def invitations(records: Records) -> pd.DataFrame:
    """
    Keep the attendance of those who were invited.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    invitations
        Rows of attendance; those for which nobody knows are left out.
    """
    return records.attendance[records.attendance["invited"].fillna(value=False).astype(bool)]


def presences(records: Records) -> pd.DataFrame:
    """
    Keep the attendance of those who came.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    presences
        Rows of attendance.
    """
    return records.attendance[records.attendance["status"] == "present"]


def seen(records: Records) -> pd.Index:
    """
    Find who was present at a meeting or took part in a contact.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    actor_ids
        Their ids, each once.
    """
    contacts = records.contacts
    actor_ids = pd.concat([presences(records)["actor_id"], contacts["source_id"], contacts["target_id"]])
    found: pd.Index = pd.Index(actor_ids.unique())
    return found


def large_meetings(records: Records, limit: int) -> pd.Index:
    """
    Find the meetings with more than so many present.

    Parameters
    ----------
    records
        The records.
    limit
        The most that a small meeting has.

    Returns
    -------
    meeting_ids
        The ids of the large ones.
    """
    n_present = presences(records).groupby("meeting_id").size()
    return n_present.index[n_present > limit]


def person_hours(records: Records) -> pd.Series:
    """
    Add up the hours that those present spent in each meeting.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    person_hours
        Indexed by `meeting_id`: the duration times the persons present (at least one for each actor present); missing where
        the duration is.
    """
    present = presences(records)
    persons = present["persons_present"].clip(lower=1).groupby(present["meeting_id"]).sum()
    hours = records.meetings.set_index("meeting_id")["duration_hours"]
    return hours.mul(persons.reindex(hours.index, fill_value=0)).rename("person_hours")
