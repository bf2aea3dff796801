"""What actors have in common: themes, and whom they know."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from partnet_analysis.graph import kernels
from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.network import Network
from partnet_analysis.records.presence import invitations, presences
from partnet_analysis.records.tables import Records

EVERYBODY: Final = 1 / 3
"""A theme that concerns a greater share of the roster concerns everybody."""


def themes_of(records: Records) -> dict[str, frozenset[str]]:
    """
    Gather the themes that each actor was drawn into.

    Parameters
    ----------
    records
        The records.

    Returns
    -------
    themes
        For each actor of the roster, the themes of the meetings that it was invited to, present at or convener of, and of
        its contacts; where a meeting bears no theme its series stands for it. What concerns more than a third of the roster
        tells nobody apart and is left out.
    """
    meetings = records.meetings.assign(theme=records.meetings["theme"].fillna(records.meetings["series"]))
    asked = pd.concat([invitations(records), presences(records)])[["meeting_id", "actor_id"]].drop_duplicates()
    parts = [asked.merge(meetings[["meeting_id", "theme"]], on="meeting_id")]
    parts.append(meetings.rename(columns={"convener_id": "actor_id"}))
    parts += [records.contacts.rename(columns={side: "actor_id"}) for side in ("source_id", "target_id")]
    known = pd.concat([part[["actor_id", "theme"]] for part in parts]).dropna().drop_duplicates()
    n_concerned = known["theme"].map(known["theme"].value_counts())
    known = known[n_concerned <= EVERYBODY * len(records.actors)]
    found = known.groupby("actor_id")["theme"].agg(frozenset).to_dict()
    return {actor: found.get(actor, frozenset()) for actor in records.actors["actor_id"]}


def n_shared(themes: Mapping[str, frozenset[str]], actor_ids: Sequence[str], other_ids: Sequence[str]) -> Integers:
    """
    Count the themes that pairs of actors share.

    Parameters
    ----------
    themes
        The themes of each actor.
    actor_ids, other_ids
        The actors.

    Returns
    -------
    n_shared
        Actors × others.
    """
    number = {theme: place for place, theme in enumerate(sorted(frozenset().union(*themes.values())))}

    def drawn_into(ids: Sequence[str]) -> sparse.csr_array:
        rows = [row for row, actor in enumerate(ids) for _ in themes[actor]]
        columns = [number[theme] for actor in ids for theme in themes[actor]]
        return sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(len(ids), len(number)))

    return np.asarray((drawn_into(actor_ids) @ drawn_into(other_ids).T).todense(), dtype=np.int64)


def similarity(network: Network, actor_ids: Sequence[str]) -> pd.DataFrame:
    """
    Compare whom some actors know with whom all the others know.

    Parameters
    ----------
    network
        The network.
    actor_ids
        The actors to compare; those not in the network know nobody.

    Returns
    -------
    similarity
        These actors × all actors of the network: the cosine of their strengths to all others, 0 for actors without a tie.
    """
    incidence = network.incidence
    squares = np.zeros(incidence.n_actors)
    for part in kernels.edge_parts(incidence):
        for end in (part.source, part.target):
            squares += np.bincount(end, weights=part.strength**2, minlength=incidence.n_actors)
    length = np.where(squares > 0, np.sqrt(squares), 1)
    rows = np.zeros((len(actor_ids), incidence.n_actors))
    for row, number in enumerate(incidence.ids.get_indexer(pd.Index(actor_ids))):
        if number >= 0:
            unit = np.zeros(incidence.n_actors)
            unit[number] = 1.0
            rows[row] = incidence.product(incidence.product(unit)) / (length[number] * length)
    return pd.DataFrame(rows, index=pd.Index(actor_ids), columns=incidence.ids)
