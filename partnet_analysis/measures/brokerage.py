"""Who stands between whom: Gould and Fernandez's five roles, against what random labels would give."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import perm, sqrt
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis.graph.network import Network
from partnet_analysis.graph.with_and_without import rows_with_and_without
from partnet_analysis.messages import Phrase

By = Literal["sector", "level"]
"""The columns of the roster that group actors."""

Integers = npt.NDArray[np.int64]
Matrix = sparse.csr_array

ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""Who brokers between whom, by the groups of the first, the broker and the last: AAA, ABA, ABB, AAB, ABC."""

_PAIRS_OF_TRIPLES: Final = {
    "same": ((1, 2), (1, 2)),
    "reversed": ((1, 2), (2, 1)),
    "first_shared": ((1, 2), (1, 3)),
    "last_shared": ((1, 2), (3, 2)),
    "onward": ((1, 2), (2, 3)),
    "backward": ((1, 2), (3, 1)),
    "apart": ((1, 2), (3, 4)),
}
"""The ways in which two triples of one broker (place 0) can share their ends, each with the places of those ends."""


def brokerage_roles(network: Network, *, by: By = "sector") -> pd.DataFrame:
    """
    Count how often each actor stands between two others who are not tied, by the groups of the three.

    Parameters
    ----------
    network
        The network; its ties count, however strong, in both directions.
    by
        The column of the roster that groups actors; who has no group is left aside.

    Returns
    -------
    roles
        One row for each actor of the roster, indexed by `actor_id`, in roster order; each measure with and without
        coordinators. A triple is an ordered pair of others (j, k), both tied to the actor i and not to one another; as ties
        have no direction, each pair counts twice, once either way (Gould & Fernandez 1989, Sociological Methodology 19, 89):

        - `n_brokered` (Int64): triples.
        - `n_coordinator` (all three of one group), `n_itinerant` (j and k of one group, i of another), `n_gatekeeper` (i and
          k of one group, j of another), `n_representative` (j and i of one group, k of another), `n_liaison` (three groups)
          (Int64).
        - for each role, `…_expected` (float) and `…_z` (float): its mean, and the distance from it in standard deviations,
          over all the ways to hand the same labels out among the same actors; exact, not simulated. Missing where every
          way gives the same.

        Last, `reasons` (tuple of `Phrase`): why values of the row are missing.
    """
    return rows_with_and_without(network, lambda part: _roles(part, part.edges.unweighted.strengths, by))


def contact_brokerage_roles(network: Network, *, by: By = "sector") -> pd.DataFrame:
    """
    Count how often each actor stands between one who reaches out to it and one whom it reaches out to.

    Parameters
    ----------
    network
        The network; only its contacts count, in their direction.
    by
        The column of the roster that groups actors; who has no group is left aside.

    Returns
    -------
    roles
        As `brokerage_roles`, a triple being j → i → k without a contact from j to k.
    """
    return rows_with_and_without(network, lambda part: _roles(part, _contact_matrix(part), by))


def _contact_matrix(network: Network) -> Matrix:
    ids = pd.Index(network.actors["actor_id"])
    pairs = network.records.contacts[["source_id", "target_id"]].drop_duplicates()
    ends = (ids.get_indexer(pd.Index(pairs["source_id"])), ids.get_indexer(pd.Index(pairs["target_id"])))
    return sparse.csr_array((np.ones(len(pairs)), ends), shape=(len(ids), len(ids)))


def _roles(network: Network, arcs: Matrix, by: By) -> pd.DataFrame:
    group = network.actors[by]
    known = np.flatnonzero(group.notna())
    label, _ = pd.factorize(group.iloc[known])
    chances = _chances(np.bincount(label).tolist())
    among_known = arcs[known][:, known].toarray().astype(bool) if len(known) else np.zeros((0, 0), dtype=bool)
    rows = [_role_row(_triples(among_known, label, broker), chances) for broker in range(len(known))]
    ids = pd.Index(network.actors["actor_id"], name="actor_id")
    columns = ["n_brokered", *(f"n_{role}{ending}" for role in ROLES for ending in ("", "_expected", "_z"))]
    frame = pd.DataFrame(rows, columns=columns, index=ids[known], dtype=float).reindex(ids)
    frame = frame.astype({column: "Int64" for column in columns if not column.endswith(("_expected", "_z"))})
    return frame.assign(reasons=_reasons(frame, by))


@dataclass(frozen=True)
class _Triples:
    """What one actor brokers: how often in each role, and how often two of its triples share their ends in each way."""

    n_in_role: dict[str, int]
    n_pairs: dict[str, int]

    @property
    def total(self) -> int:
        return self.n_pairs["same"]


def _triples(tied: npt.NDArray[np.bool_], label: npt.NDArray[np.intp], broker: int) -> _Triples:
    ends = np.flatnonzero(tied[:, broker] | tied[broker])
    open_ = (tied[ends, broker][:, None] & tied[broker, ends][None, :] & ~tied[np.ix_(ends, ends)]).astype(np.int64)
    np.fill_diagonal(open_, 0)
    own = label[ends] == label[broker]
    alike = label[ends][:, None] == label[ends][None, :]
    masks = {
        "coordinator": own[:, None] & own[None, :],
        "itinerant": ~own[:, None] & alike,
        "gatekeeper": ~own[:, None] & own[None, :],
        "representative": own[:, None] & ~own[None, :],
        "liaison": ~own[:, None] & ~own[None, :] & ~alike,
    }
    return _Triples({role: int(open_[mask].sum()) for role, mask in masks.items()}, _pairs_of_triples(open_))


def _pairs_of_triples(open_: Integers) -> dict[str, int]:
    first, last = open_.sum(axis=1), open_.sum(axis=0)
    both_ways = int((open_ * open_.T).sum())
    n = {
        "same": int(open_.sum()),
        "reversed": both_ways,
        "first_shared": int((first * (first - 1)).sum()),
        "last_shared": int((last * (last - 1)).sum()),
        "onward": int((first * last).sum()) - both_ways,
        "backward": int((first * last).sum()) - both_ways,
    }
    return {**n, "apart": n["same"] ** 2 - sum(n.values())}


@dataclass(frozen=True)
class _Chances:
    """For each role, the chance that a triple is in it, and that two triples which share their ends in a way both are."""

    one: dict[str, Fraction]
    two: dict[str, dict[str, Fraction]]


def _chances(group_sizes: Sequence[int]) -> _Chances:
    partitions = {places: list(_set_partitions(places)) for places in (3, 4, 5)}
    weight = {blocks: _chance_of(blocks, group_sizes) for known in partitions.values() for blocks in known}

    def chance(role: str, *triples: tuple[int, int]) -> Fraction:
        places = 1 + max(end for triple in triples for end in triple)
        fits = (b for b in partitions[places] if all(_IS[role](b[first], b[0], b[last]) for first, last in triples))
        return sum((weight[blocks] for blocks in fits), Fraction(0))

    return _Chances(
        {role: chance(role, (1, 2)) for role in ROLES},
        {role: {way: chance(role, *triples) for way, triples in _PAIRS_OF_TRIPLES.items()} for role in ROLES},
    )


_IS: Final[dict[str, Callable[[int, int, int], bool]]] = {
    "coordinator": lambda j, i, k: j == i == k,
    "itinerant": lambda j, i, k: j == k != i,
    "gatekeeper": lambda j, i, k: j != i == k,
    "representative": lambda j, i, k: j == i != k,
    "liaison": lambda j, i, k: len({j, i, k}) == 3,  # noqa: PLR2004 (three groups)
}


def _set_partitions(places: int) -> Iterator[tuple[int, ...]]:
    """List the ways to put places into groups, each as the group's number at every place."""
    if places == 0:
        yield ()
        return
    for shorter in _set_partitions(places - 1):
        for group in range(max(shorter, default=-1) + 2):
            yield (*shorter, group)


def _chance_of(blocks: tuple[int, ...], group_sizes: Sequence[int]) -> Fraction:
    """Find the chance that actors drawn without replacement fall into groups in exactly this way."""
    n = sum(group_sizes)
    if n < len(blocks):
        return Fraction(0)
    sizes = [blocks.count(block) for block in sorted(set(blocks))]
    ways = _distinct_sum([[perm(n_members, size) for n_members in group_sizes] for size in sizes])
    return Fraction(ways, perm(n, len(blocks)))


def _distinct_sum(factors: list[list[int]]) -> int:
    """Add up f₁(g₁)·f₂(g₂)·… over all groups g₁, g₂, … that differ from one another."""
    if not factors:
        return 1
    *others, last = factors
    total = sum(last) * _distinct_sum(others)
    for place, other in enumerate(others):
        merged = [one * two for one, two in zip(other, last, strict=True)]
        total -= _distinct_sum([*others[:place], merged, *others[place + 1 :]])
    return total


def _role_row(triples: _Triples, chances: _Chances) -> list[float]:
    row = [float(triples.total)]
    for role in ROLES:
        expected = triples.total * chances.one[role]
        of_squares = sum((n * chances.two[role][way] for way, n in triples.n_pairs.items()), Fraction(0))
        variance = of_squares - expected**2
        z = float(triples.n_in_role[role] - expected) / sqrt(variance) if variance > 0 else float("nan")
        row += [float(triples.n_in_role[role]), float(expected), z]
    return row


def _reasons(frame: pd.DataFrame, by: By) -> pd.Series:
    unknown = frame["n_brokered"].isna()
    nothing = (frame["n_brokered"] == 0).fillna(value=False)
    certain = frame[[f"n_{role}_z" for role in ROLES]].isna().any(axis=1) & ~unknown & ~nothing
    causes = {f"unknown_{by}": unknown, "brokers_nothing": nothing, "no_other_way_to_label": certain}
    rows = [
        tuple(Phrase(f"measures.{key}") for key, holds in causes.items() if bool(holds.iloc[row]))
        for row in range(len(frame))
    ]
    return pd.Series(rows, index=frame.index, dtype=object)
