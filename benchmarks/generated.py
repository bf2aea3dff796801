"""Records of any size, for measuring: meeting sizes by a power law from 3 to 2,000, and a few who come to everything."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.graph.incidence import distinct
from partnet_analysis.records.tables import Records

Integers = npt.NDArray[np.int64]

_SIZES: Final = (3, 2000)
_SIZE_EXPONENT: Final = 2.5
_ACTIVITY_EXPONENT: Final = 0.7
_SECTORS: Final = 12
_FIRST_DAY: Final = np.datetime64("2023-01-01")
_N_DAYS: Final = 730


@dataclass(frozen=True)
class Presences:
    """
    Who sat in which meeting, as numbers.

    Parameters
    ----------
    meeting
        The meeting's number, one for each presence, in order.
    actor
        The actor's number.
    day
        Each meeting's day, in days from the first.
    n_actors
        How many actors there are.
    """

    meeting: Integers
    actor: Integers
    day: Integers
    n_actors: int


def presences(n_rows: int, n_actors: int, seed: int = 1) -> Presences:
    """
    Draw who sat in which meeting.

    Parameters
    ----------
    n_rows
        About how many presences.
    n_actors
        How many actors.
    seed
        The seed.

    Returns
    -------
    presences
        Slightly fewer than asked, as nobody sits twice in a meeting.
    """
    chance = np.random.default_rng(seed)
    sizes = _meeting_sizes(chance, n_rows, n_actors)
    meeting = np.repeat(np.arange(len(sizes)), sizes)
    # Zipf's law of activity: the k-th most active comes in proportion to k^-0.7. Inverting it spares a table of choices.
    place = chance.random(len(meeting)) ** (1 / (1 - _ACTIVITY_EXPONENT))
    rank = np.minimum((place * n_actors).astype(np.int64), n_actors - 1)
    # Who is active is not first in the roster.
    actor = chance.permutation(n_actors)[rank]
    key = distinct(meeting * n_actors + actor)
    day = np.sort(chance.integers(0, _N_DAYS, len(sizes)))
    return Presences(key // n_actors, key % n_actors, day, n_actors)


def _meeting_sizes(chance: np.random.Generator, n_rows: int, n_actors: int) -> Integers:
    low, high = _SIZES[0], min(_SIZES[1], n_actors)
    power = 1 - _SIZE_EXPONENT
    found: list[Integers] = []
    total = 0
    while total < n_rows:
        u = chance.random(max(n_rows // 8, 64))
        drawn = ((low**power + u * ((high + 1) ** power - low**power)) ** (1 / power)).astype(np.int64)
        found.append(drawn)
        total += int(drawn.sum())
    sizes = np.concatenate(found)
    return np.asarray(sizes[: int(np.searchsorted(np.cumsum(sizes), n_rows)) + 1])


def generated_records(n_rows: int, n_actors: int, seed: int = 1) -> Records:
    """
    Make a partnership's records of about so many rows.

    Parameters
    ----------
    n_rows
        About how many rows of attendance.
    n_actors
        How many actors; one in two hundred coordinates, at least one.
    seed
        The seed.

    Returns
    -------
    records
        Two calendar years, 2023 and 2024, with invitations: one in seven invited did not come. A contact for every ten rows.
    """
    drawn = presences(n_rows, n_actors, seed)
    chance = np.random.default_rng(seed + 1)
    ids = np.array([f"A{number:07d}" for number in range(n_actors)], dtype=object)
    meetings = np.array([f"M{number:08d}" for number in range(len(drawn.day))], dtype=object)
    sector = chance.integers(0, _SECTORS, n_actors)
    coordinates = np.zeros(n_actors, dtype=bool)
    coordinates[np.argsort(-np.bincount(drawn.actor, minlength=n_actors))[: max(1, n_actors // 200)]] = True
    n_contacts = len(drawn.actor) // 10
    source = drawn.actor[chance.integers(0, len(drawn.actor), n_contacts)]
    target = drawn.actor[chance.integers(0, len(drawn.actor), n_contacts)]
    two = source != target
    return Records.from_tables(
        actors=pd.DataFrame(
            {
                "actor_id": ids,
                "name": [f"Partenaire {number}" for number in range(n_actors)],
                "kind": "organisation",
                "sector": np.array([f"Secteur {number + 1}" for number in range(_SECTORS)], dtype=object)[sector],
                "is_coordinator": coordinates,
            }
        ),
        meetings=pd.DataFrame(
            {
                "meeting_id": meetings,
                "day": _FIRST_DAY + drawn.day.astype("timedelta64[D]"),
                "series": np.array([f"Groupe {number + 1}" for number in range(40)], dtype=object)[
                    chance.integers(0, 40, len(meetings))
                ],
                "convener_id": ids[chance.integers(0, n_actors, len(meetings))],
                "duration_hours": 2.0,
            }
        ),
        attendance=pd.DataFrame(
            {
                "meeting_id": meetings[drawn.meeting],
                "actor_id": ids[drawn.actor],
                "invited": True,
                "status": np.where(chance.random(len(drawn.actor)) < 1 / 7, "absent", "present"),
            }
        ),
        contacts=pd.DataFrame(
            {
                "contact_id": [f"C{number:08d}" for number in range(int(two.sum()))],
                "day": (_FIRST_DAY + chance.integers(0, _N_DAYS, n_contacts).astype("timedelta64[D]"))[two],
                "source_id": ids[source[two]],
                "target_id": ids[target[two]],
            }
        ),
    )
