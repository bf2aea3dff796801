"""How the whole holds together: with the coordinators and without them."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis.graph import kernels
from partnet_analysis.graph.acquaintance import acquainted_pairs
from partnet_analysis.graph.incidence import Incidence
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.with_and_without import Figures, figures_with_and_without
from partnet_analysis.messages import Phrase

UNOBSERVED_SHARE: Final = 0.95
"""From this share of contacts with a coordinator on, contacts among partners count as not recorded."""

N_PERMUTATIONS: Final = 999
"""How many ways to hand out sectors the E–I index is compared with."""

N_PERMUTATIONS_OF_MANY: Final = 99
MANY_TIES: Final = 200_000
"""Above so many ties a hundred ways must do: each takes a hundredth of a second and more."""

_ROUNDING: Final = 1e-12

Numbers = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]


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
        - `e_i_p_value` (0 to 1): of 999 such ways drawn from a fixed seed (99 above 200,000 ties) and the one at hand, the
          share that lies at least as far from `e_i_expected` as the one at hand.
        - `acquaintance_coverage` (0 to 1): share of pairs who shared a meeting of at most 12 present, or a contact.
    """
    hidden = _contacts_only_by_coordinators(network)

    def figures(part: Network) -> Figures:
        unobserved = hidden and part is not network
        return _figures(part) | ({"reciprocity": Phrase("measures.partner_contacts_unobserved")} if unobserved else {})

    return figures_with_and_without(network, figures)


def _figures(network: Network) -> dict[str, float | Phrase]:
    n_actors, n_ties = len(network.degree), int(network.degree.sum()) // 2
    sparse_certificate = network.sparse_certificate
    component = kernels.components(sparse_certificate)
    return {
        "n_actors": float(n_actors),
        "n_ties": float(n_ties),
        "n_isolates": float((network.degree == 0).sum()),
        "density": _share_of_pairs(n_ties, n_actors),
        "reciprocity": _reciprocity(network),
        "transitivity": _transitivity(network),
        "n_components": float(component.max(initial=0)),
        "share_in_main_component": float((component == 1).mean()) if n_actors else Phrase("measures.no_actor"),
        "n_bridges": float(len(kernels.bridges(sparse_certificate))),
        "n_cut_points": float(len(kernels.cut_points(sparse_certificate))),
        **_e_i_indices(network),
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


def _transitivity(network: Network) -> float | Phrase:
    if not kernels.ties_are_listed(network.incidence):
        return Phrase("measures.too_many_ties")
    return _known(kernels.transitivity(network.edges), Phrase("measures.no_two_ties_meet"))


def _e_i_indices(network: Network) -> dict[str, float | Phrase]:
    between = network.between_sectors
    n_ties, strength = between.n_ties[1:, 1:], between.strength[1:, 1:]
    # A sector unknown is −1.
    label, _ = pd.factorize(network.actors["sector"])
    known = label >= 0
    if not n_ties.any():
        cause = Phrase("measures.no_tie_between_known_sectors" if known.any() else "measures.no_sector")
        return dict.fromkeys(("e_i_index", "e_i_index_by_strength", "e_i_expected", "e_i_p_value"), cause)
    n, sizes = int(known.sum()), np.bincount(label[known])
    expected = float(1 - 2 * (sizes * (sizes - 1)).sum() / (n * (n - 1)))
    index = _e_i(n_ties)
    return {
        "e_i_index": index,
        "e_i_index_by_strength": _e_i(strength),
        "e_i_expected": expected,
        "e_i_p_value": _p_value(network.incidence.only(known), label, known, abs(index - expected), expected),
    }


def _e_i(between: kernels.Floats) -> float:
    """Take what lies between sectors less what lies within them, over both."""
    return float(1 - 2 * between.trace() / between.sum())


def _p_value(among: Incidence, label: Numbers, known: Flags, apart: float, expected: float) -> float | Phrase:
    """Hand the sectors out anew, among the actors whose sector is known alone."""
    if not kernels.ties_are_listed(among):
        return Phrase("measures.too_many_ties")
    edges = kernels.edges_of(among)
    n = N_PERMUTATIONS if len(edges.source) <= MANY_TIES else N_PERMUTATIONS_OF_MANY
    rng, drawn = np.random.default_rng(0), label.copy()
    as_far = 0
    for _ in range(n):
        drawn[known] = rng.permutation(label[known])
        index = 1 - 2 * float((drawn[edges.source] == drawn[edges.target]).mean())
        as_far += abs(index - expected) >= apart - _ROUNDING
    return (1 + as_far) / (1 + n)


def _contacts_only_by_coordinators(network: Network) -> bool:
    contacts, coordinators = network.records.contacts, network.records.coordinators
    if contacts.empty or not coordinators:
        return False
    involves = contacts["source_id"].isin(coordinators) | contacts["target_id"].isin(coordinators)
    return bool(involves.mean() >= UNOBSERVED_SHARE)


def _known(value: float, reason: Phrase) -> float | Phrase:
    return reason if np.isnan(value) else value
