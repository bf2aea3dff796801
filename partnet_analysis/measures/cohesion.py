"""How the whole holds together: with the coordinators and without them."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.messages import Phrase
from partnet_analysis.network import kernels
from partnet_analysis.network.acquaintance import acquainted_pairs
from partnet_analysis.network.contrast import Figures, figures_with_and_without
from partnet_analysis.network.kernels import Layout
from partnet_analysis.network.network import Network

UNOBSERVED_SHARE: Final = 0.95
"""From this share of contacts with a coordinator on, contacts among partners count as not recorded."""

N_PERMUTATIONS: Final = 999
"""How many ways to hand out sectors the E–I index is compared with."""

_ROUNDING: Final = 1e-12

Numbers = npt.NDArray[np.intp]


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
        - `e_i_expected`: the mean of `e_i_index` over all the ways to hand the same sectors out among the same actors.
        - `e_i_p_value` (0 to 1): of 999 such ways drawn from a fixed seed and the one at hand, the share that lies at least
          as far from `e_i_expected` as the one at hand.
        - `acquaintance_coverage` (0 to 1): share of pairs who shared a meeting of at most 12 present, or a contact.
    """
    hidden = _contacts_only_by_coordinators(network)

    def figures(part: Network) -> Figures:
        unobserved = hidden and part is not network
        return _figures(part) | ({"reciprocity": Phrase("measures.partner_contacts_unobserved")} if unobserved else {})

    return figures_with_and_without(network, figures)


def _figures(network: Network) -> dict[str, float | Phrase]:
    layout = network.layout
    n_actors, n_ties = layout.n_actors, len(layout.source)
    component = kernels.components(layout)
    return {
        "n_actors": float(n_actors),
        "n_ties": float(n_ties),
        "n_isolates": float((kernels.degree(layout) == 0).sum()),
        "density": _share_of_pairs(n_ties, n_actors),
        "reciprocity": _reciprocity(network),
        "transitivity": _known(kernels.transitivity(layout), Phrase("measures.no_two_ties_meet")),
        "n_components": float(component.max(initial=0)),
        "share_in_main_component": float((component == 1).mean()) if n_actors else Phrase("measures.no_actor"),
        "n_bridges": float(len(kernels.bridges(layout))),
        "n_cut_points": float(len(kernels.cut_points(layout))),
        **_e_i_indices(network, layout),
        "acquaintance_coverage": _share_of_pairs(len(acquainted_pairs(network)), n_actors),
    }


def _reciprocity(network: Network) -> float | Phrase:
    contacts = network.records.contacts
    arcs = set(zip(contacts["source_id"], contacts["target_id"], strict=True))
    if not arcs:
        return Phrase("measures.no_contact")
    return sum((target, source) in arcs for source, target in arcs) / len(arcs)


def _share_of_pairs(n: int, n_actors: int) -> float | Phrase:
    return n / (n_actors * (n_actors - 1) / 2) if n_actors > 1 else Phrase("measures.fewer_than_two_actors")


def _e_i_indices(network: Network, layout: Layout) -> dict[str, float | Phrase]:
    sector = network.actors["sector"]
    known = sector.notna().to_numpy()
    counts = known[layout.source] & known[layout.target]
    if not counts.any():
        cause = Phrase("measures.no_tie_between_known_sectors" if known.any() else "measures.no_sector")
        return dict.fromkeys(("e_i_index", "e_i_index_by_strength", "e_i_expected", "e_i_p_value"), cause)
    # Actors of known sector are numbered anew, so that labels can be handed out among them alone.
    number = np.cumsum(known) - 1
    source, target = number[layout.source[counts]], number[layout.target[counts]]
    label, _ = pd.factorize(sector[known])
    n, sizes = len(label), np.bincount(label)
    index = _e_i(label, source, target)
    expected = float(1 - 2 * (sizes * (sizes - 1)).sum() / (n * (n - 1)))
    rng = np.random.default_rng(0)
    others = np.array([_e_i(rng.permutation(label), source, target) for _ in range(N_PERMUTATIONS)])
    as_far = np.abs(others - expected) >= abs(index - expected) - _ROUNDING
    return {
        "e_i_index": index,
        "e_i_index_by_strength": _e_i(label, source, target, layout.strength[counts]),
        "e_i_expected": expected,
        "e_i_p_value": float((1 + as_far.sum()) / (1 + N_PERMUTATIONS)),
    }


def _e_i(label: Numbers, source: Numbers, target: Numbers, weights: kernels.Floats | None = None) -> float:
    return float(np.average(np.where(label[source] == label[target], -1.0, 1.0), weights=weights))


def _contacts_only_by_coordinators(network: Network) -> bool:
    contacts, coordinators = network.records.contacts, network.records.coordinators
    if contacts.empty or not coordinators:
        return False
    involves = contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators)
    return bool(involves.mean() >= UNOBSERVED_SHARE)


def _known(value: float, reason: Phrase) -> float | Phrase:
    return reason if np.isnan(value) else value
