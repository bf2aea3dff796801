"""Co-presence and contacts → the table of ties."""

from collections.abc import Iterator

import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.incidence import Incidence
from partnet_analysis.graph.pairs import Chunk, tied_pairs


def tie_table(incidence: Incidence) -> pd.DataFrame:
    """
    Tie the actors who met or were in contact.

    The co-presence of two actors is the sum, over the meetings where both were present, of 1 / (n − 1), n being the number
    present (Newman 2001, Physical Review E 64, 016132): a meeting of forty says little about any pair. With a half-life h,
    each meeting counts 2^(−age / h). A contact counts 1, as a meeting of two does.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.

    Returns
    -------
    ties
        One row for each tied pair, `source_id` < `target_id`, sorted; columns `names.TIE_COLUMNS`. `strength` is
        `co_presence` + `contacts_out` + `contacts_in`, `distance` its inverse; `contacts_out` counts those from source to
        target; `n_meetings` counts the meetings shared; the days are those of the pair's first and last meeting or contact.
    """
    return labelled(incidence, Chunk.joined(list(tied_pairs(incidence))))


def tie_tables(incidence: Incidence) -> Iterator[pd.DataFrame]:
    """
    Tie the actors piece by piece, where the whole table would not fit in memory.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.

    Yields
    ------
    ties
        Rows of `tie_table`, in its order.
    """
    return (labelled(incidence, part) for part in tied_pairs(incidence))


def labelled(incidence: Incidence, chunk: Chunk) -> pd.DataFrame:
    """
    Name the actors of ties.

    Parameters
    ----------
    incidence
        Who was present where, and who contacted whom.
    chunk
        Ties of theirs.

    Returns
    -------
    ties
        Rows of `tie_table`.
    """
    ids, strength = incidence.ids.to_numpy(dtype=object), chunk.strength
    return pd.DataFrame(
        {
            "source_id": pd.Series(ids[chunk.i], dtype="str"),
            "target_id": pd.Series(ids[chunk.j], dtype="str"),
            "co_presence": chunk.co_presence,
            "contacts_out": chunk.contacts_out,
            "contacts_in": chunk.contacts_in,
            "strength": strength,
            "distance": 1 / strength,
            "n_meetings": chunk.n_meetings,
            "first_day": chunk.first_day,
            "last_day": chunk.last_day,
        },
        columns=list(names.TIE_COLUMNS),
    )
