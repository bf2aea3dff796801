"""Whom the isolated should meet: the two or three partners most worth an introduction."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import sparse

from partnet_analysis import names
from partnet_analysis.graph.incidence import Integers
from partnet_analysis.graph.network import Network
from partnet_analysis.graph.pairs import tie_keys
from partnet_analysis.measures._judgement import LARGE_MEETING, most_helped
from partnet_analysis.measures._themes import n_shared, themes_of
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.records.presence import large_meetings
from partnet_analysis.records.tables import Records

Flags = npt.NDArray[np.bool_]

N_INTRODUCTIONS: Final = 3
MOST_FOR_ONE_HOST: Final = 3
"""Nobody is asked to welcome more than so many, or welcoming becomes the next burden."""


def introductions(records: Records, period: Period, load: pd.DataFrame, isolation: pd.DataFrame) -> pd.DataFrame:
    """
    Propose whom the isolated and the newcomers should meet.

    Parameters
    ----------
    records
        The records over their whole span: themes of earlier years count.
    period
        The period.
    load
        The load, as `solicitation_load` gives it.
    isolation
        As `isolation` gives it.

    Returns
    -------
    introductions
        For each isolated partner and each newcomer, in roster order, up to three hosts, the best first: `actor_id`, `rank`
        (from 1), `host_id`, `n_shared_themes` (int), `same_sector` (bool), `n_common_contacts` (int), `is_lightly_loaded`
        (bool: a load of at most its stratum's median), `reasons` (a tuple of `Phrase`). A host is a connected partner at
        risk, never one flagged as over-solicited or to be watched, no coordinator, not yet tied with the guest outside large
        meetings, and welcomes three at most; it shares a theme, the sector or an acquaintance with the guest, or it would be
        picked at random. Shared themes count first, then the sector, common contacts, the light load.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    small = Network(cut.without_meetings(large_meetings(cut, LARGE_MEETING)), period)
    guests, hosts = _guests(isolation, load), _hosts(load, isolation)
    people = _People(
        records=records,
        known=_known(small),
        themes=themes_of(records.within(_until(records, period))),
        is_light=(load["per_month"] <= load["stratum_median"])[hosts].to_numpy(dtype=bool),
        hosts=hosts,
    )
    n_welcomed = np.zeros(len(hosts), dtype=np.int64)
    rows = []
    for actor, n_themes in zip(guests, n_shared(people.themes, guests, hosts), strict=True):
        matches = people.matches(actor, n_themes)
        for rank, match in enumerate(matches[n_welcomed[matches] < MOST_FOR_ONE_HOST][:N_INTRODUCTIONS], start=1):
            n_welcomed[match] += 1
            rows.append((actor, rank, *people.told(actor, int(match))))
    columns = ["actor_id", "rank", "host_id", "n_shared_themes", "same_sector", "n_common_contacts", "is_lightly_loaded"]
    return pd.DataFrame(rows, columns=[*columns, "reasons"]).astype({"actor_id": "str", "host_id": "str"})


@dataclass(frozen=True)
class _People:
    """Guests and hosts; a host is its place among the hosts."""

    records: Records
    known: sparse.csr_array
    themes: dict[str, frozenset[str]]
    is_light: Flags
    hosts: list[str]

    @cached_property
    def _ids(self) -> pd.Index:
        ids: pd.Index = pd.Index(self.records.actors["actor_id"])
        return ids

    @cached_property
    def _host_places(self) -> Integers:
        return self._ids.get_indexer(pd.Index(self.hosts)).astype(np.int64)

    @cached_property
    def _sector(self) -> Integers:
        """The number of each actor's sector, −1 where it is unknown."""
        return pd.factorize(self.records.actors["sector"])[0].astype(np.int64)

    @cached_property
    def _known_partners(self) -> sparse.csr_array:
        partners = np.flatnonzero(~self._ids.isin(self.records.coordinators))
        n = len(self._ids)
        kept = sparse.csr_array((np.ones(len(partners), dtype=np.int64), (partners, partners)), shape=(n, n))
        return sparse.csr_array(self.known @ kept)

    def _place(self, actor: str) -> int:
        return int(self._ids.get_indexer(pd.Index([actor]))[0])

    def matches(self, actor: str, n_themes: Integers) -> Integers:
        """
        Find the hosts for a guest, the best first.

        Shared themes count first, then the sector, common contacts, the light load; more than two of a kind are as two, and
        equals come in roster order.
        """
        guest = self._place(actor)
        same = self._same_sector(guest)
        n_common = self._common(guest)[self._host_places]
        knows = self.known[[guest]].toarray()[0][self._host_places] > 0
        order = np.lexsort((~self.is_light, -np.minimum(n_common, 2), ~same, -np.minimum(n_themes, 2)))
        shares = (n_themes > 0) | same | (n_common > 0)
        found: Integers = order[(shares & ~knows & (self._host_places != guest))[order]]
        return found

    def _same_sector(self, guest: int) -> Flags:
        own = self._sector[guest]
        return np.asarray((self._sector[self._host_places] == own) & (own >= 0), dtype=bool)

    def _common(self, guest: int) -> Integers:
        common: Integers = self.known @ self._known_partners[[guest]].toarray()[0]
        return common

    def told(self, actor: str, host: int) -> tuple[object, ...]:
        """Say what a guest and a host have in common: the cells of the row, and in words."""
        guest, host_id = self._place(actor), self.hosts[host]
        themes = tuple(sorted(self.themes[actor] & self.themes[host_id]))
        same, is_light = bool(self._same_sector(guest)[host]), bool(self.is_light[host])
        both = self._known_partners[[guest]].toarray()[0] & self.known[[self._host_places[host]]].toarray()[0]
        common = tuple(self.records.actors["name"].iloc[np.flatnonzero(both)])
        said = []
        if themes:
            said.append(Phrase("relief.shared_theme", {"n": len(themes), "themes": themes[:2]}))
        if same:
            said.append(Phrase("relief.shared_sector", {"sector": str(self.records.actors["sector"].iloc[guest])}))
        if common:
            said.append(Phrase("relief.common_contact", {"names": common[:2]}))
        if is_light:
            said.append(Phrase("relief.light_load"))
        return (host_id, len(themes), same, len(common), is_light, tuple(said))


def _until(records: Records, period: Period) -> Period:
    span = records.span
    return Period(min(span.start, period.start) if span else period.start, period.end)


def _guests(isolation: pd.DataFrame, load: pd.DataFrame) -> list[str]:
    """Find who is to be introduced; where they are too many, those left out for longest."""
    types = [kind for kind in names.ISOLATION_TYPES if kind != "connected"]
    guests = isolation.index[isolation[types].any(axis=1) & load["stratum"].notna()]
    most = most_helped(len(isolation))
    if len(guests) <= most:
        return list(guests)
    first = isolation["since_on"][guests].sort_values(kind="stable").index[:most]
    return list(guests[guests.isin(first)])


def _hosts(load: pd.DataFrame, isolation: pd.DataFrame) -> list[str]:
    """Find who may welcome: connected partners that nobody asks for too much."""
    spared = load["flag"].isin(("over_solicited", "watch"))
    welcoming = isolation["connected"] & ~isolation["newcomer"] & load["stratum"].notna() & ~spared
    return list(isolation.index[welcoming])


def _known(network: Network) -> sparse.csr_array:
    """Lay out who knows whom: actors × actors, 1 for a tie."""
    n = network.incidence.n_actors
    one, other = np.divmod(np.concatenate(list(tie_keys(network.incidence))), max(n, 1))
    ends = (np.concatenate([one, other]), np.concatenate([other, one]))
    return sparse.csr_array((np.ones(len(ends[0]), dtype=np.int64), ends), shape=(n, n))
