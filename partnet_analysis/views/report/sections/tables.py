"""Measures' frames → the review's tables: which rows, in which order, which stand apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Column, Kind, Row
from partnet_analysis.views.report.wording import is_unknown

SHOWN: Final = 15
"""How many partners a table of the review shows; the CSV file holds them all."""

PERSONS_SHOWN: Final = 40
"""Persons are listed by name, never by value, so more of them fit before the list must be left to the CSV file."""


@dataclass(frozen=True)
class Roster:
    """
    What a section needs to know of the actors.

    Parameters
    ----------
    actors
        The roster, indexed by `actor_id`.
    language
        The language of what is missing.
    standing
        What each is to the partnership over the period, as `records.exposure.standing` tells.
    """

    actors: pd.DataFrame
    language: str
    standing: pd.Series

    @classmethod
    def of(cls, review: Review, language: str) -> "Roster":
        """
        Take the roster of a review.

        Parameters
        ----------
        review
            The review.
        language
            The language of what is missing.

        Returns
        -------
        roster
            The roster.
        """
        return cls(review.records.actors.set_index("actor_id"), language, review.standing)

    @property
    def is_of_persons(self) -> bool:
        """Whether persons, not organisations, make up most of it: then nobody is ranked."""
        return bool((self.actors["kind"] == "person").mean() > 0.5)  # noqa: PLR2004 (most: more than half)

    @property
    def partners(self) -> pd.DataFrame:
        """The partners of the period: neither the coordinators nor those who left before it or joined after it."""
        return self.actors[self.standing.reindex(self.actors.index).isin(("partner", "residents"))]

    def name(self, actor_id: str) -> str:
        """
        Name an actor.

        Parameters
        ----------
        actor_id
            The actor.

        Returns
        -------
        name
            Its name.
        """
        return str(self.actors.loc[actor_id, "name"])

    def sector(self, actor_id: str) -> str:
        """
        Name an actor's sector.

        Parameters
        ----------
        actor_id
            The actor.

        Returns
        -------
        sector
            Its sector, or that it is unknown.
        """
        sector: Any = self.actors.loc[actor_id, "sector"]
        return say(self.language, "review.unknown") if is_unknown(sector) else str(sector)

    def is_coordinator(self, actor_id: str) -> bool:
        """
        Tell whether an actor coordinates.

        Parameters
        ----------
        actor_id
            The actor.

        Returns
        -------
        coordinates
            True for coordinators.
        """
        return bool(self.actors.loc[actor_id, "is_coordinator"])

    def by_name(self, actor_ids: Sequence[str]) -> list[str]:
        """
        Sort actors as a reader looks them up.

        Parameters
        ----------
        actor_ids
            The actors.

        Returns
        -------
        sorted
            The same by name, whatever the case.
        """
        return sorted(map(str, actor_ids), key=lambda actor_id: (self.name(actor_id).casefold(), actor_id))

    def chosen(self, values: pd.Series, limit: int = SHOWN) -> list[str]:
        """
        Choose the partners that a table shows.

        Parameters
        ----------
        values
            The values that decide, indexed by `actor_id`.
        limit
            How many at most.

        Returns
        -------
        chosen
            The highest first, those equal to the last one shown included only while they fit; where the actors are persons,
            the first by name. Coordinators are left out.
        """
        partners = values[~self.actors["is_coordinator"].reindex(values.index)]
        if self.is_of_persons:
            return self.by_name([str(actor_id) for actor_id in partners.index])[:PERSONS_SHOWN]
        ranked = partners.dropna().sort_values(ascending=False, kind="stable")
        return [str(actor_id) for actor_id in ranked.index[:limit]]


def columns(language: str, **kinds: Kind) -> tuple[Column, ...]:
    """
    Head columns with the catalogue's words.

    Parameters
    ----------
    language
        `fr` or `en`.
    **kinds
        What each column holds, by its name.

    Returns
    -------
    columns
        The columns.
    """
    return tuple(Column(key, say(language, f"review.column.{key}"), kind) for key, kind in kinds.items())


def rows(
    roster: Roster,
    frame: pd.DataFrame,
    actor_ids: Sequence[str],
    of_column: Mapping[str, Callable[[str], Any]],
    heads: tuple[Column, ...],
) -> tuple[Row, ...]:
    """
    Take actors' values out of a frame.

    Parameters
    ----------
    roster
        The roster.
    frame
        The frame, indexed by `actor_id`.
    actor_ids
        The actors, in the table's order.
    of_column
        For columns that the frame does not hold as such: what makes the value from the actor's id.
    heads
        The columns.

    Returns
    -------
    rows
        One row for each actor.
    """
    taken = []
    for actor_id in actor_ids:
        values = tuple(
            of_column[head.key](actor_id) if head.key in of_column else frame.loc[actor_id, head.key] for head in heads
        )
        taken.append(Row(str(actor_id), values, apart=roster.is_coordinator(actor_id)))
    return tuple(taken)


def left_out(roster: Roster, n_shown: int, n_all: int, source: str, language: str) -> str:
    """
    Tell what a table leaves out.

    Parameters
    ----------
    roster
        The roster.
    n_shown
        How many partners it shows.
    n_all
        How many there are.
    source
        The CSV file that holds them all.
    language
        `fr` or `en`.

    Returns
    -------
    note
        Where to find the others; where the actors are persons, that nobody is ranked.
    """
    said = []
    if n_shown < n_all:
        said.append(say(language, "review.left_out", shown=n_shown, n=n_all, source=source))
    if roster.is_of_persons:
        said.append(say(language, "review.by_name"))
    return " ".join(said)
