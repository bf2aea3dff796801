"""What the map can be coloured by: each scheme gives every actor a category, and every category a colour and a shape."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.annual import Snapshot
from partnet_analysis.messages import say
from partnet_analysis.views.palette import LOAD_MARKS, MARKS, OTHERS, Mark, category_marks

ISOLATION_MARKS: Final = dict(zip(names.ISOLATION_TYPES[:-1], MARKS, strict=False)) | {"connected": OTHERS}
MOST_FOR_COMMUNITIES: Final = 1500
"""In larger partnerships nobody waits for communities to be looked for from fifty seeds."""
LEAST_KNOWN: Final = 0.25
"""The share of actors whose level must be known for it to be a way to colour."""
UNKNOWN_MARK: Final = Mark("#E6E9ED", "circle")


@dataclass(frozen=True)
class Scheme:
    """
    One way to colour the map.

    Parameters
    ----------
    key
        `sector`, `level`, `community`, `load` or `isolation`.
    labels
        The categories' names.
    marks
        The categories' colours and shapes.
    categories
        Each actor's category, in roster order: one sequence for each period, or one for all where time changes nothing.
    """

    key: str
    labels: Sequence[str]
    marks: Sequence[Mark]
    categories: Sequence[Sequence[int]]

    def at(self, period: int) -> Sequence[int]:
        """
        Give each actor's category in a period.

        Parameters
        ----------
        period
            The period's place on the slider.

        Returns
        -------
        categories
            In roster order.
        """
        return self.categories[period if len(self.categories) > 1 else 0]

    def as_data(self, language: str) -> dict[str, Any]:
        """
        Write the scheme for the page.

        Parameters
        ----------
        language
            `fr` or `en`.

        Returns
        -------
        data
            Plain values.
        """
        categories = [
            {"label": label, "colour": mark.colour, "shape": mark.shape}
            for label, mark in zip(self.labels, self.marks, strict=True)
        ]
        label = say(language, f"map.schemes.{self.key}")
        return {"key": self.key, "label": label, "categories": categories, "values": self.categories}


def schemes(actors: pd.DataFrame, periods: Sequence[Snapshot], current: Snapshot, language: str) -> list[Scheme]:
    """
    List the schemes that the records allow, the one to open with first.

    Parameters
    ----------
    actors
        The roster.
    periods
        The partnership over each period of the map.
    current
        The one under review.
    language
        `fr` or `en`.

    Returns
    -------
    schemes
        At least one: isolation can always be told.
    """
    roster = actors["actor_id"]
    found = [
        _by_roster("sector", actors["sector"], language, {}),
        _by_communities(current, roster, language) if len(roster) <= MOST_FOR_COMMUNITIES else None,
        _by_load(periods, language),
        _by_isolation(periods, roster, language),
        _by_roster("level", actors["level"], language, _levels(language)),
    ]
    return [scheme for scheme in found if scheme is not None]


def _by_roster(key: str, column: pd.Series, language: str, words: Mapping[str, str]) -> Scheme | None:
    """Colour by a column of the roster: the eight most frequent values, the others together, the unknown apart."""
    # At organisation level hardly anybody has a level: that would be a map of the unknown.
    if column.isna().all() or (key == "level" and column.notna().mean() < LEAST_KNOWN):
        return None
    marks = category_marks(column)
    own = list(marks)[: len(MARKS)]
    labels = [words.get(value, value) for value in own]
    labels += [say(language, "map.others"), say(language, "map.unknown" if key == "sector" else "map.not_given")]
    place = {value: min(at, len(own)) for at, value in enumerate(marks)}
    values = [len(own) + 1 if missing else place[str(value)] for value, missing in zip(column, column.isna(), strict=True)]
    return Scheme(key, labels, [*MARKS[: len(own)], OTHERS, UNKNOWN_MARK], [values])


def _levels(language: str) -> dict[str, str]:
    return {level: say(language, f"map.page.level_{level}") for level in names.LEVELS}


def _by_communities(current: Snapshot, actor_ids: pd.Series, language: str) -> Scheme | None:
    """Colour by the communities of partners: the largest seven have a colour."""
    # Of the period under review alone: a group of one year is nobody's group of another.
    community = current.communities["community" + names.WITHOUT_COORDINATORS].reindex(pd.Index(actor_ids))
    if community.isna().all():
        return None
    most = len(MARKS) - 1
    labels = [say(language, "map.community", n=n + 1) for n in range(most)]
    labels += [say(language, "map.others"), say(language, "map.no_community")]
    return Scheme("community", labels, [*MARKS[:most], OTHERS, UNKNOWN_MARK], [_ranked(community, most)])


def _ranked(communities: pd.Series, most: int) -> list[int]:
    sizes = communities.value_counts()
    ordered = sorted(sizes.index, key=lambda community: (-int(sizes[community]), community))
    place = {community: min(at, most) for at, community in enumerate(ordered)}
    return [most + 1 if pd.isna(community) else place[community] for community in communities]


def _by_load(periods: Sequence[Snapshot], language: str) -> Scheme | None:
    flags = [period.solicitation["flag"] for period in periods]
    if all(flag.isna().all() for flag in flags):
        return None
    labels = [*(say(language, f"map.flags.{flag}") for flag in names.FLAGS), say(language, "map.not_judged")]
    place = {flag: at for at, flag in enumerate(names.FLAGS)}
    values = [[place.get(str(value), len(place)) for value in flag] for flag in flags]
    return Scheme("load", labels, [*(LOAD_MARKS[flag] for flag in names.FLAGS), OTHERS], values)


def _by_isolation(periods: Sequence[Snapshot], roster: pd.Series, language: str) -> Scheme:
    """Colour by the first type that holds, in the order of `names.ISOLATION_TYPES`."""
    values = []
    for period in periods:
        types = period.isolation[list(names.ISOLATION_TYPES)].to_numpy(dtype=bool)
        first = np.where(types.any(axis=1), types.argmax(axis=1), len(names.ISOLATION_TYPES) - 1)
        values.append(pd.Series(first, index=period.isolation.index).reindex(roster).astype(int).tolist())
    labels = [say(language, f"map.page.isolation_{kind}") for kind in names.ISOLATION_TYPES]
    return Scheme("isolation", labels, [ISOLATION_MARKS[kind] for kind in names.ISOLATION_TYPES], values)
