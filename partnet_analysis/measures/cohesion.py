"""How the whole holds together: with the coordinators and without them."""

from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis.messages import Phrase
from partnet_analysis.network import kernels
from partnet_analysis.network.contrast import Figures, figures_with_and_without
from partnet_analysis.network.network import Network

UNOBSERVED_SHARE: Final = 0.95
"""From this share of contacts with a coordinator on, contacts among partners count as not recorded."""


def cohesion(network: Network) -> pd.DataFrame:
    """
    Measure how the partnership holds together.

    Parameters
    ----------
    network
        The network.

    Returns
    -------
    cohesion
        One row for each figure, indexed by `figure`; `value` (float) in the whole network, `value_without_coordinators`
        (float) without its coordinators, and `reason` (`Phrase`, or None where nothing is missing): why a value is missing.

        - `n_actors`, `n_ties`, `n_isolates`: actors of the roster, tied pairs, actors without a tie.
        - `density` (0 to 1): tied pairs over the n(n − 1)/2 pairs.
        - `reciprocity` (0 to 1): share of the ordered pairs with a contact that have one in return (Wasserman & Faust 1994,
          chapter 13). Missing without coordinators where at least 95 % of contacts involve one: contacts among partners
          were then not recorded rather than absent.
        - `transitivity` (0 to 1): three times the triangles over the pairs of ties that share an actor.
        - `n_components`: components, actors without a tie counting as one each.
        - `share_in_main_component` (0 to 1): share of actors in the largest component.
        - `n_bridges`, `n_cut_points`: ties, actors, whose loss would split a component.
        - `e_i_index` (−1 to 1): (E − I)/(E + I), E and I being the ties between and within sectors (Krackhardt & Stern 1988,
          Social Psychology Quarterly 51, 123); actors of unknown sector do not count.
        - `e_i_index_by_strength`: the same with strengths added up instead of ties counted.
    """
    hidden = _contacts_only_by_coordinators(network)

    def figures(part: Network) -> Figures:
        unobserved = hidden and part is not network
        return _figures(part) | ({"reciprocity": Phrase("measures.partner_contacts_unobserved")} if unobserved else {})

    return figures_with_and_without(network, figures)


def _figures(network: Network) -> dict[str, float | Phrase]:
    layout = kernels.layout(network)
    n_actors, n_ties = layout.n_actors, len(layout.source)
    component = kernels.components(layout)
    no_pair, nobody = Phrase("measures.fewer_than_two_actors"), Phrase("measures.no_actor")
    return {
        "n_actors": float(n_actors),
        "n_ties": float(n_ties),
        "n_isolates": float((kernels.degree(layout) == 0).sum()),
        "density": n_ties / (n_actors * (n_actors - 1) / 2) if n_actors > 1 else no_pair,
        "reciprocity": _reciprocity(network),
        "transitivity": _known(kernels.transitivity(layout), Phrase("measures.no_two_ties_meet")),
        "n_components": float(component.max(initial=0)),
        "share_in_main_component": float((component == 1).mean()) if n_actors else nobody,
        "n_bridges": float(len(kernels.bridges(layout))),
        "n_cut_points": float(len(kernels.cut_points(layout))),
        **_e_i_indices(network),
    }


def _reciprocity(network: Network) -> float | Phrase:
    contacts = network.records.contacts
    arcs = set(zip(contacts["source_id"], contacts["target_id"], strict=True))
    if not arcs:
        return Phrase("measures.no_contact")
    return sum((target, source) in arcs for source, target in arcs) / len(arcs)


def _e_i_indices(network: Network) -> dict[str, float | Phrase]:
    sector = network.actors.set_index("actor_id")["sector"]
    ends = network.ties.assign(
        source_sector=network.ties["source_id"].map(sector), target_sector=network.ties["target_id"].map(sector)
    ).dropna(subset=["source_sector", "target_sector"])
    if ends.empty:
        cause = "measures.no_sector" if sector.isna().all() else "measures.no_tie_between_known_sectors"
        return {"e_i_index": Phrase(cause), "e_i_index_by_strength": Phrase(cause)}
    sign = np.where(ends["source_sector"] == ends["target_sector"], -1.0, 1.0)
    return {
        "e_i_index": float(sign.mean()),
        "e_i_index_by_strength": float(np.average(sign, weights=ends["strength"])),
    }


def _contacts_only_by_coordinators(network: Network) -> bool:
    contacts, coordinators = network.records.contacts, network.records.coordinators
    if contacts.empty or not coordinators:
        return False
    involves = contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators)
    return bool(involves.mean() >= UNOBSERVED_SHARE)


def _known(value: float, reason: Phrase) -> float | Phrase:
    return reason if np.isnan(value) else value
