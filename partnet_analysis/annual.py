"""
The year as data: everything the views need, nothing they compute.

A number of the report is found here under its name; the function that made it is the measure of the same name.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import pandas as pd

from partnet_analysis.display import summary_html
from partnet_analysis.graph.network import Network, shared_network
from partnet_analysis.measures.absence import expected_absent
from partnet_analysis.measures.arrival import arrival, arrival_curves, arrival_times
from partnet_analysis.measures.calendar import proposed_calendar
from partnet_analysis.measures.centrality import centrality
from partnet_analysis.measures.change import change
from partnet_analysis.measures.cohesion import cohesion
from partnet_analysis.measures.communities import communities
from partnet_analysis.measures.composition import moves, sectors
from partnet_analysis.measures.coordination import attrition, coordination, dependence
from partnet_analysis.measures.introductions import introductions
from partnet_analysis.measures.isolation import is_isolated, isolation
from partnet_analysis.measures.meetings import meeting_value, series_value
from partnet_analysis.measures.mixing import sector_mixing
from partnet_analysis.measures.precision import precision
from partnet_analysis.measures.relief import load_sources, relief_needed, remedies, stand_ins
from partnet_analysis.measures.sharing import load_by_month, load_sharing, lorenz_curve
from partnet_analysis.measures.solicitation import load_basis, solicitation_load
from partnet_analysis.measures.weak_points import weak_points
from partnet_analysis.messages import say
from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import standing
from partnet_analysis.records.ledger import Ledger
from partnet_analysis.records.presence import seen
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records

Level = Literal["organisation", "person"]

ESSENTIALS: Final = ("n_active", "n_meetings", "n_pairs", "n_over_solicited", "n_isolated")
"""The five figures of the first page, in order."""


@dataclass(frozen=True, eq=False)
class Snapshot:
    """
    The partnership over one period.

    Parameters
    ----------
    network
        The graph of the period.
    load_basis
        What the load counts: `solicitation` where invitations or contacts say who was asked, else `presence` or `contact`.
    centrality
        As `measures.centrality` gives it.
    solicitation
        As `measures.solicitation` gives it.
    isolation
        As `measures.isolation` gives it.
    cohesion
        As `measures.cohesion` gives it.
    """

    network: Network
    load_basis: str
    centrality: pd.DataFrame
    solicitation: pd.DataFrame
    isolation: pd.DataFrame
    cohesion: pd.DataFrame

    @property
    def period(self) -> Period:
        """The period."""
        return self.network.period

    @cached_property
    def communities(self) -> pd.DataFrame:
        """Which partners form groups: one row for each actor."""
        return communities(self.network)


@dataclass(frozen=True, eq=False)
class Review:
    """
    A partnership's year, measured.

    Parameters
    ----------
    name
        The partnership's name.
    note
        What must be said wherever the partnership is named, such as that it is fictional; may be empty.
    records
        The records over their whole span, at organisation level.
    current
        The partnership over the period under review.
    before
        The same over the period before; None where the records do not cover it.
    years
        One snapshot for each calendar year of the span with any activity, for the map's time slider.
    essentials
        The five figures of the first page: indexed by `figure`, columns `value` and `before`; NA where the records do not
        cover the period before, or do not let anybody be flagged.
    ledger
        What became of every row of the input; None where the records did not come from files.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> review = pn.review(pn.read("data/raw"), year=2025)
    >>> str(review.period), len(review.isolation) == len(review.records.actors)
    ('2025', True)
    """

    name: str
    note: str
    records: Records
    current: Snapshot
    before: Snapshot | None
    years: tuple[Snapshot, ...]
    essentials: pd.DataFrame
    ledger: Ledger | None = None

    @property
    def period(self) -> Period:
        """The period under review."""
        return self.current.period

    @property
    def network(self) -> Network:
        """The graph of the period under review."""
        return self.current.network

    @property
    def centrality(self) -> pd.DataFrame:
        """Who is central: one row for each actor."""
        return self.current.centrality

    @property
    def solicitation(self) -> pd.DataFrame:
        """Who is asked for how much: one row for each actor."""
        return self.current.solicitation

    @property
    def isolation(self) -> pd.DataFrame:
        """Who is left out, and how: one row for each actor."""
        return self.current.isolation

    @property
    def cohesion(self) -> pd.DataFrame:
        """How the whole holds together: one row for each figure."""
        return self.current.cohesion

    @cached_property
    def meeting_value(self) -> pd.DataFrame:
        """What each meeting of the period brought together, and what it cost."""
        return meeting_value(self.records, self.period)

    @cached_property
    def series_value(self) -> pd.DataFrame:
        """The same for each series of meetings."""
        return series_value(self.records, self.period)

    @cached_property
    def proposed_calendar(self) -> pd.DataFrame:
        """Which series to merge, to hold in turn, or to drop."""
        return proposed_calendar(self.records, self.period)

    @cached_property
    def dependence(self) -> pd.DataFrame:
        """What would be left without the coordinators: one row for each scenario."""
        return dependence(self.records, self.period)

    @cached_property
    def coordination(self) -> pd.DataFrame:
        """How far partners act without the coordinators: one row for each figure."""
        return coordination(self.records, self.period)

    @cached_property
    def standing(self) -> pd.Series:
        """What each actor is to the partnership over the period: a partner, gone before it, not yet there."""
        return standing(self.records.actors, self.period)

    @cached_property
    def expected_absent(self) -> pd.DataFrame:
        """Who was expected and never seen in the period: one row for each."""
        return expected_absent(self.records, self.period, self.isolation)

    @cached_property
    def load_sharing(self) -> pd.DataFrame:
        """How the load is shared among the partners: one row for each figure."""
        return load_sharing(self.solicitation)

    @cached_property
    def sectors(self) -> pd.DataFrame:
        """How many partners each sector has, and how many of them are active, over-solicited, isolated."""
        return sectors(self.records, self.period, self.solicitation["flag"], is_isolated(self.isolation))

    @cached_property
    def moves(self) -> pd.DataFrame:
        """How many partners entered and left: one row for each year."""
        return moves(self.records, self.period)

    @cached_property
    def load_by_month(self) -> pd.DataFrame:
        """In which months the load falls: one row for each actor with any, one column for each month."""
        return load_by_month(self.records, self.period)

    @cached_property
    def lorenz_curve(self) -> pd.DataFrame:
        """How the load accumulates from the least to the most loaded partner: one row for each at risk, after the start."""
        return lorenz_curve(self.solicitation)

    @cached_property
    def load_sources(self) -> pd.DataFrame:
        """Where the load of the partners flagged comes from: one row for each of them and source."""
        return load_sources(self.records, self.period, self.solicitation)

    @cached_property
    def remedies(self) -> pd.DataFrame:
        """What would change for the partners flagged: one row for each of them and remedy."""
        return remedies(self.records, self.period, self.solicitation, self.stand_ins)

    @cached_property
    def weak_points(self) -> pd.DataFrame:
        """Whose departure would cut others off: one row for each actor."""
        return weak_points(self.network)

    @cached_property
    def relief_needed(self) -> pd.DataFrame:
        """How much less would be usual again: one row for each partner flagged."""
        return relief_needed(self.solicitation)

    @cached_property
    def stand_ins(self) -> pd.DataFrame:
        """Who could stand in for the partners flagged: one row for each of them and stand-in."""
        return stand_ins(self.records, self.period, self.solicitation)

    @cached_property
    def sector_mixing(self) -> pd.DataFrame:
        """Which sectors meet which: one row for each pair of sectors."""
        return sector_mixing(self.network)

    @cached_property
    def change(self) -> pd.DataFrame:
        """What changed from the period before: one row for each figure."""
        return change(self.records, self.period)

    @cached_property
    def yearly_cohesion(self) -> pd.DataFrame:
        """How the whole held together without the coordinators: one row for each figure, one column for each year so far."""
        until = [year for year in self.years if year.period.start <= self.period.end]
        return pd.DataFrame({str(year.period): year.cohesion["value_without_coordinators"] for year in until})

    @cached_property
    def arrival(self) -> pd.DataFrame:
        """How long newcomers waited: one row for each figure."""
        return arrival(arrival_times(self.records, self.period))

    @cached_property
    def arrival_curves(self) -> pd.DataFrame:
        """The share of newcomers still waiting, day by day."""
        return arrival_curves(arrival_times(self.records, self.period))

    @cached_property
    def introductions(self) -> pd.DataFrame:
        """Whom the isolated and the newcomers should meet: one row for each guest and host."""
        return introductions(self.records, self.period, self.solicitation, self.isolation)

    @cached_property
    def attrition(self) -> pd.DataFrame:
        """What is left as the strongest partners leave one after the other, the coordinators first of all."""
        return attrition(self.network.without_coordinators)

    @cached_property
    def precision(self) -> pd.DataFrame:
        """Which measures are estimates or missing because the network is very large: empty where all is exact."""
        return precision(self.network)

    def __repr__(self) -> str:
        """Say what it reviews."""
        return f"<Review of {self.name or 'a partnership'}, {self.period}: {self.network!r}>"

    def _repr_html_(self) -> str:
        """Say the five figures of the first page in a notebook."""
        rows = {
            say("en", f"review.essentials.{figure}.label", n=2): value for figure, value in self.essentials["value"].items()
        }
        title = f"Review of {self.name or 'a partnership'}, {self.period}"
        return summary_html(
            title, {word: "unknown" if pd.isna(value) else int(value) for word, value in rows.items()}, self.note
        )


def annual_review(  # noqa: PLR0913 (all but two are keywords with defaults)
    records: Records,
    period: Period,
    *,
    name: str = "",
    note: str = "",
    ledger: Ledger | None = None,
    level: Level = "organisation",
) -> Review:
    """
    Measure a partnership's year.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period under review.
    name
        The partnership's name.
    note
        What must be said wherever the partnership is named.
    ledger
        What became of every row of the input.
    level
        Whether persons are rolled up to their organisations, or everybody stands for themselves.

    Returns
    -------
    review
        Everything the documents say, as data.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    partners = at_organisation_level(records) if level == "organisation" else records
    made = {period: snapshot(partners, period)}
    for other in (period.previous(), *_calendar_years(partners)):
        if other not in made and partners.within(other).span is not None:
            made[other] = snapshot(partners, other)
    before = made.get(period.previous()) if partners.covers(period.previous()) else None
    return Review(
        name=name,
        note=note,
        records=partners,
        current=made[period],
        before=before,
        years=tuple(made[year] for year in _calendar_years(partners) if year in made),
        essentials=essentials(made[period], before),
        ledger=ledger,
    )


def snapshot(records: Records, period: Period) -> Snapshot:
    """
    Measure a partnership over one period.

    Parameters
    ----------
    records
        The records over their whole span, at the level to measure.
    period
        The period.

    Returns
    -------
    snapshot
        The graph and every measure.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    network = shared_network(records, period)
    return Snapshot(
        network=network,
        load_basis=load_basis(records, period),
        centrality=centrality(network),
        solicitation=solicitation_load(records, period),
        isolation=isolation(records, period),
        cohesion=cohesion(network),
    )


def _calendar_years(records: Records) -> list[Period]:
    span = records.span
    return [Period.of_year(year) for year in range(span.start.year, span.end.year + 1)] if span else []


def essentials(current: Snapshot, before: Snapshot | None) -> pd.DataFrame:
    """
    Count the five figures of the first page.

    Parameters
    ----------
    current
        The period under review.
    before
        The period before; None where the records do not cover it.

    Returns
    -------
    essentials
        One row for each of `ESSENTIALS`, indexed by `figure`; columns `value` and `before` (Int64), NA where unknown:

        - `n_active`: partners who were present at a meeting or took part in a contact.
        - `n_meetings`: meetings.
        - `n_pairs`: pairs of partners with a tie, the coordinators left out.
        - `n_over_solicited`: partners flagged; NA where the records let nobody be flagged.
        - `n_isolated`: partners isolated in any way, newcomers not counted.
    """
    return pd.DataFrame(
        {
            "value": [_essential(figure, current) for figure in ESSENTIALS],
            "before": [_essential(figure, before) if before else None for figure in ESSENTIALS],
        },
        index=pd.Index(ESSENTIALS, name="figure"),
    ).astype("Int64")


def _essential(figure: str, snapshot: Snapshot) -> int | None:
    records = snapshot.network.records
    partners = ~records.actors.set_index("actor_id")["is_coordinator"]
    if figure == "n_active":
        return int(partners[partners.index.isin(seen(records))].sum())
    if figure == "n_meetings":
        return len(records.meetings)
    if figure == "n_pairs":
        return snapshot.network.without_coordinators.n_ties
    if figure == "n_over_solicited":
        flags = snapshot.solicitation["flag"].dropna()
        return int((flags == "over_solicited").sum()) if len(flags) else None
    return int(is_isolated(snapshot.isolation).sum())
