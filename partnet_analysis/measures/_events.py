"""What was asked of whom, one row for each time: the base that every load rests on and can be traced to."""

from typing import Final, Literal

import pandas as pd

from partnet_analysis.records.exposure import contacts_have_direction, has_invitation_lists
from partnet_analysis.records.presence import invitations, presences
from partnet_analysis.records.tables import Records

Basis = Literal["solicitation", "presence", "contact"]

EVENT_COLUMNS: Final = ("actor_id", "day", "nature", "item_id", "series", "solicitor_id", "hours")


def basis_of(cut: Records) -> Basis:
    """
    Tell which word the records of a period allow.

    Parameters
    ----------
    cut
        The records of the period.

    Returns
    -------
    basis
        `solicitation` where invitation lists exist, `presence` where only attendance does, `contact` where only contacts do.
    """
    if has_invitation_lists(cut):
        return "solicitation"
    return "presence" if len(cut.attendance) else "contact"


def load_events(cut: Records) -> pd.DataFrame:
    """
    List what weighed on each actor.

    Parameters
    ----------
    cut
        The records of the period.

    Returns
    -------
    events
        One row for each actor and time, columns `EVENT_COLUMNS`, in order of day. `nature` is `invitation` and `contact` on
        the basis of solicitation, `presence` and `contact` on that of presence, `contact` alone (both ways, since then
        nobody knows who was asked) on that of contacts. `solicitor_id` is the convener or the one who reached out, missing
        where unknown; `hours` the duration, times the persons asked of the actor (missing where the duration is).
    """
    basis = basis_of(cut)
    events = [meeting_events(cut, "invitation" if basis == "solicitation" else "presence"), received(cut)]
    if basis == "contact":
        events.append(made(cut))
    return pd.concat(events, ignore_index=True).sort_values(["day", "item_id", "actor_id"], kind="stable", ignore_index=True)


def meeting_events(cut: Records, nature: str) -> pd.DataFrame:
    """
    List invitations, or presences, one row for each actor and meeting.

    Parameters
    ----------
    cut
        The records of the period.
    nature
        `invitation` or `presence`.

    Returns
    -------
    events
        Columns `EVENT_COLUMNS`.
    """
    rows = invitations(cut) if nature == "invitation" else presences(cut)
    persons = rows["persons_invited" if nature == "invitation" else "persons_present"].clip(lower=1)
    events = rows.assign(persons=persons).merge(cut.meetings, on="meeting_id", validate="many_to_one")
    events = events.assign(nature=nature, hours=events["duration_hours"] * events["persons"])
    events = events.rename(columns={"meeting_id": "item_id", "convener_id": "solicitor_id"})
    return _as_events(events)


def received(cut: Records) -> pd.DataFrame:
    """
    List contacts from the side of those who were reached.

    Parameters
    ----------
    cut
        The records of the period.

    Returns
    -------
    events
        Columns `EVENT_COLUMNS`; without solicitor where contacts do not say who reached out.
    """
    events = _contact_events(cut, "target_id", "source_id")
    if not contacts_have_direction(cut):
        events["solicitor_id"] = pd.Series(pd.NA, index=events.index, dtype="str")
    return events


def made(cut: Records) -> pd.DataFrame:
    """
    List contacts from the side of those who reached out.

    Parameters
    ----------
    cut
        The records of the period.

    Returns
    -------
    events
        Columns `EVENT_COLUMNS`; without solicitor.
    """
    events = _contact_events(cut, "source_id", "target_id")
    return events.assign(solicitor_id=pd.Series(pd.NA, index=events.index, dtype="str"))


def _contact_events(cut: Records, side: str, other: str) -> pd.DataFrame:
    contacts = cut.contacts.rename(
        columns={side: "actor_id", other: "solicitor_id", "contact_id": "item_id", "duration_hours": "hours"}
    )
    return _as_events(contacts.assign(nature="contact", series=pd.Series(pd.NA, index=contacts.index, dtype="str")))


def _as_events(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[list(EVENT_COLUMNS)].reset_index(drop=True)
