"""Whom the isolated should meet: the two or three partners most worth an introduction."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.measures._judgement import LARGE_MEETING, most_helped
from partnet_analysis.measures._themes import themes_of
from partnet_analysis.messages import Phrase
from partnet_analysis.network.network import Network
from partnet_analysis.network.pairs import tie_keys
from partnet_analysis.periods import Period
from partnet_analysis.records.presence import large_meetings
from partnet_analysis.records.tables import Records

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
    people = _People(
        records=records,
        known=_neighbours(small),
        themes=themes_of(records.within(_until(records, period))),
        light=frozenset(load.index[load["per_month"] <= load["stratum_median"]]),
        coordinators=frozenset(records.coordinators),
    )
    n_welcomed: Counter[str] = Counter()
    rows = []
    for actor in _guests(isolation, load):
        free = [host for host in _hosts(load, isolation) if n_welcomed[host] < MOST_FOR_ONE_HOST]
        matches = [people.matched(actor, host) for host in free if host != actor and host not in people.known[actor]]
        matches = [match for match in matches if match.themes or match.sector or match.common]
        for rank, match in enumerate(sorted(matches, key=_Match.order)[:N_INTRODUCTIONS], start=1):
            n_welcomed[match.host_id] += 1
            rows.append((actor, rank, *match.told, people.reasons(match)))
    columns = ["actor_id", "rank", "host_id", "n_shared_themes", "same_sector", "n_common_contacts", "is_lightly_loaded"]
    return pd.DataFrame(rows, columns=[*columns, "reasons"]).astype({"actor_id": "str", "host_id": "str"})


@dataclass(frozen=True)
class _Match:
    host_id: str
    themes: tuple[str, ...]
    sector: str | None
    common: tuple[str, ...]
    is_light: bool

    def order(self) -> tuple[object, ...]:
        """Shared themes first, then the sector, common contacts, the light load; more than two of a kind are as two."""
        return (-min(len(self.themes), 2), self.sector is None, -min(len(self.common), 2), not self.is_light, self.host_id)

    @property
    def told(self) -> tuple[object, ...]:
        return (self.host_id, len(self.themes), self.sector is not None, len(self.common), self.is_light)


@dataclass(frozen=True)
class _People:
    records: Records
    known: dict[str, set[str]]
    themes: dict[str, frozenset[str]]
    light: frozenset[str]
    coordinators: frozenset[str]

    @cached_property
    def _sector(self) -> dict[str, str | None]:
        sector = self.records.actors.set_index("actor_id")["sector"].astype(object)
        return dict(sector.where(sector.notna(), None))

    @cached_property
    def _name(self) -> dict[str, str]:
        return dict(self.records.actors.set_index("actor_id")["name"])

    def matched(self, actor: str, host: str) -> _Match:
        sector = self._sector[host]
        common = (self.known[actor] & self.known[host]) - self.coordinators
        return _Match(
            host_id=host,
            themes=tuple(sorted(self.themes[actor] & self.themes[host])),
            sector=sector if sector == self._sector[actor] else None,
            common=tuple(sorted(common)),
            is_light=host in self.light,
        )

    def reasons(self, match: _Match) -> tuple[Phrase, ...]:
        name, said = self._name, []
        if match.themes:
            said.append(Phrase("relief.shared_theme", {"n": len(match.themes), "themes": match.themes[:2]}))
        if match.sector is not None:
            said.append(Phrase("relief.shared_sector", {"sector": match.sector}))
        if match.common:
            said.append(Phrase("relief.common_contact", {"names": tuple(name[actor] for actor in match.common[:2])}))
        if match.is_light:
            said.append(Phrase("relief.light_load"))
        return tuple(said)


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


def _neighbours(network: Network) -> dict[str, set[str]]:
    incidence = network.incidence
    keys = np.concatenate(list(tie_keys(incidence)))
    ends = np.divmod(keys, max(incidence.n_actors, 1))
    one, other = np.concatenate(ends), np.concatenate(ends[::-1])
    in_order = np.argsort(one, kind="stable")
    ids = incidence.ids.to_numpy(dtype=object)
    bounds = np.searchsorted(one[in_order], np.arange(1, incidence.n_actors))
    known = np.split(ids[other[in_order]], bounds)
    return {actor: set(others) for actor, others in zip(incidence.ids, known, strict=False)}
