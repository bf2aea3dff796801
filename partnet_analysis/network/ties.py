"""Co-presence and contacts → the table of ties."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis import names
from partnet_analysis.records.tables import Records

Integers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def tie_table(records: Records, *, as_of: date, half_life_days: float | None = None) -> pd.DataFrame:
    """
    Tie the actors who met or were in contact.

    The co-presence of two actors is the sum, over the meetings where both were present, of 1 / (n − 1), n being the number
    present (Newman 2001, Physical Review E 64, 016132): a meeting of forty says little about any pair. With a half-life h,
    each meeting counts 2^(−age / h), its age in days taken on `as_of`. A contact counts 1, as a meeting of two does.

    Parameters
    ----------
    records
        The records; all of them count.
    as_of
        The day on which ages are taken.
    half_life_days
        The half-life h; none by default: all meetings of the period count alike.

    Returns
    -------
    ties
        One row for each tied pair, `source_id` < `target_id`, sorted; columns `names.TIE_COLUMNS`. `strength` is
        `co_presence` + `contacts_out` + `contacts_in`, `distance` its inverse; `contacts_out` counts those from source to
        target; `n_meetings` counts the meetings shared; the days are those of the pair's first and last meeting or contact.
    """
    ids = np.sort(records.actors["actor_id"].to_numpy(dtype=str))
    met = _meetings_together(records, ids, as_of, half_life_days)
    wrote = _contacts_between(records, ids, as_of, half_life_days)
    ties = met.merge(wrote, on=["i", "j"], how="outer", suffixes=("", "_contact")).sort_values(["i", "j"])
    filled = ties.fillna({"co_presence": 0.0, "n_meetings": 0, "contacts_out": 0.0, "contacts_in": 0.0})
    filled["strength"] = filled["co_presence"] + filled["contacts_out"] + filled["contacts_in"]
    # What has faded below the smallest number is gone: its distance would be infinite.
    filled = filled[filled["strength"] >= np.finfo(float).tiny]
    strength = filled["strength"].to_numpy()
    return pd.DataFrame(
        {
            "source_id": pd.Series(ids[filled["i"].to_numpy(dtype=int)], dtype="str"),
            "target_id": pd.Series(ids[filled["j"].to_numpy(dtype=int)], dtype="str"),
            "co_presence": filled["co_presence"].to_numpy(),
            "contacts_out": filled["contacts_out"].to_numpy(),
            "contacts_in": filled["contacts_in"].to_numpy(),
            "strength": strength,
            "distance": 1 / strength,
            "n_meetings": filled["n_meetings"].to_numpy(dtype=int),
            "first_day": filled[["first_day", "first_day_contact"]].min(axis=1).to_numpy(),
            "last_day": filled[["last_day", "last_day_contact"]].max(axis=1).to_numpy(),
        },
        columns=list(names.TIE_COLUMNS),
    )


def presence_matrix(records: Records, ids: npt.NDArray[np.str_]) -> tuple[sparse.csr_array, pd.DataFrame]:
    """
    Lay out who was present where.

    Parameters
    ----------
    records
        The records.
    ids
        The actors' ids, sorted.

    Returns
    -------
    presence
        Actors × meetings, 1 where present; only meetings with at least two present.
    meetings
        The meetings of the columns, in order of day, with `n_present`.
    """
    present = records.attendance[records.attendance["status"] == "present"]
    n_present = present.groupby("meeting_id").size()
    meetings = records.meetings.assign(n_present=records.meetings["meeting_id"].map(n_present))
    meetings = meetings[meetings["n_present"] >= 2].sort_values(["day", "meeting_id"], ignore_index=True)  # noqa: PLR2004
    column = pd.Series(meetings.index, index=meetings["meeting_id"])
    present = present[present["meeting_id"].isin(column.index)]
    rows = np.searchsorted(ids, present["actor_id"].to_numpy(dtype=str))
    columns = present["meeting_id"].map(column).to_numpy(dtype=np.int64)
    shape = (len(ids), len(meetings))
    return sparse.csr_array((np.ones(len(present)), (rows, columns)), shape=shape), meetings


def _meetings_together(
    records: Records, ids: npt.NDArray[np.str_], as_of: date, half_life_days: float | None
) -> pd.DataFrame:
    presence, meetings = presence_matrix(records, ids)
    weight = decay(meetings["day"], as_of, half_life_days) / (meetings["n_present"].to_numpy(dtype=float) - 1)
    together = sparse.triu(presence @ presence.T, k=1, format="csr").sorted_indices().tocoo()
    weighted = sparse.csr_array((presence * weight) @ presence.T)
    i, j = together.coords[0].astype(np.int64), together.coords[1].astype(np.int64)
    first, last = _first_and_last_meeting(presence, i * len(ids) + j)
    days = meetings["day"].to_numpy()
    return pd.DataFrame(
        {
            "i": i,
            "j": j,
            "co_presence": np.asarray(weighted[i, j]).ravel() if len(i) else np.empty(0),
            "n_meetings": together.data.astype(int),
            "first_day": days[first],
            "last_day": days[last],
        }
    )


def _first_and_last_meeting(presence: sparse.csr_array, pair_keys: Integers) -> tuple[Integers, Integers]:
    """Find each pair's first and last shared meeting: one pass over the meetings, whole arrays of pairs at a time."""
    n_actors, n_meetings = presence.shape
    by_meeting = sparse.csc_array(presence)
    first = np.full(len(pair_keys), n_meetings, dtype=np.int64)
    last = np.zeros(len(pair_keys), dtype=np.int64)
    for meeting in range(n_meetings):
        members = np.sort(by_meeting.indices[by_meeting.indptr[meeting] : by_meeting.indptr[meeting + 1]]).astype(np.int64)
        above, below = np.triu_indices(len(members), k=1)
        pairs = np.searchsorted(pair_keys, members[above] * n_actors + members[below])
        first[pairs] = np.minimum(first[pairs], meeting)
        last[pairs] = meeting
    return first, last


def _contacts_between(
    records: Records, ids: npt.NDArray[np.str_], as_of: date, half_life_days: float | None
) -> pd.DataFrame:
    contacts = records.contacts
    source = np.searchsorted(ids, contacts["source_id"].to_numpy(dtype=str))
    target = np.searchsorted(ids, contacts["target_id"].to_numpy(dtype=str))
    weight = decay(contacts["day"], as_of, half_life_days)
    directed = pd.DataFrame(
        {
            "i": np.minimum(source, target),
            "j": np.maximum(source, target),
            "contacts_out": np.where(source < target, weight, 0.0),
            "contacts_in": np.where(source < target, 0.0, weight),
            "first_day_contact": contacts["day"],
            "last_day_contact": contacts["day"],
        }
    )
    summary = {
        "contacts_out": "sum",
        "contacts_in": "sum",
        "first_day_contact": "min",
        "last_day_contact": "max",
    }
    return directed.groupby(["i", "j"], as_index=False).agg(summary)


def decay(days: pd.Series, as_of: date, half_life_days: float | None) -> Floats:
    """
    Let what is long ago count less.

    Parameters
    ----------
    days
        When it happened.
    as_of
        The day on which ages are taken.
    half_life_days
        After how many days it counts half; None: it does not fade.

    Returns
    -------
    weight
        2^(−age / half-life), or 1.
    """
    if half_life_days is None:
        return np.ones(len(days))
    age: Floats = (pd.Timestamp(as_of) - days).dt.days.to_numpy(dtype=float)
    return np.asarray(np.exp2(-age / half_life_days), dtype=float)
