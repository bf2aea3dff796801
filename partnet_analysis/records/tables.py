"""The canonical tables and `Records`, the checked bundle of them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Self

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.display import summary_html
from partnet_analysis.errors import EmptyPeriodError, InvalidRecordsError, UnknownActorError
from partnet_analysis.periods import Period

COUNTED_PERSONS: Final = ("persons_invited", "persons_present")
"""Columns that attendance always has here: how many persons stand behind a row (1 or 0 before any roll-up)."""

SHARE: Final = "share"
"""Column that contacts always have here: 1/n of each of the n contacts that one message makes, 1 for any other contact."""

DELEGATE_COLUMNS: Final = ("meeting_id", "actor_id", "person_id", "level")
"""Columns of `Records.delegates`: which persons were present for which actor."""

_DAYS: Final = {"actors": ("joined_on", "left_on"), "meetings": ("day",), "contacts": ("day",)}
_QUANTITIES: Final = ("capacity_hours_per_month", "duration_hours")
_REFERENCES: Final = {
    "actors": {"organisation_id": "actors"},
    "meetings": {"convener_id": "actors"},
    "attendance": {"meeting_id": "meetings", "actor_id": "actors"},
    "contacts": {"source_id": "actors", "target_id": "actors"},
}
_ADDED: Final = {"attendance": COUNTED_PERSONS, "contacts": (SHARE,)}
_SORTED_BY: Final = {
    "actors": ["actor_id"],
    "meetings": ["day", "meeting_id"],
    "attendance": ["meeting_id", "actor_id"],
    "contacts": ["day", "contact_id"],
}


@dataclass(frozen=True, eq=False)
class Records:
    """
    What a partnership wrote down: four checked tables.

    Make one with `Records.from_tables`, which completes, sorts and checks; the constructor trusts its caller.

    Parameters
    ----------
    actors
        The roster, one row for each actor, sorted by `actor_id`: this is the roster order of every measure.
    meetings
        One row for each meeting, sorted by day.
    attendance
        One row for each actor and meeting; `persons_invited` and `persons_present` count the persons behind it.
    contacts
        One row for each contact, from the one who reached out to the one who was reached.
    delegates
        Which persons were present for which actor, one row for each person and meeting; empty before a roll-up.

    Examples
    --------
    >>> actors = pd.DataFrame({"actor_id": ["school", "clinic"], "name": ["School", "Clinic"], "kind": "organisation"})
    >>> called = {"contact_id": ["1"], "day": ["2024-03-14"], "source_id": ["school"], "target_id": ["clinic"]}
    >>> records = Records.from_tables(actors, contacts=pd.DataFrame(called))
    >>> records.actors["actor_id"].tolist(), str(records.span)
    (['clinic', 'school'], '2024-03-14..2024-03-14')
    """

    actors: pd.DataFrame
    meetings: pd.DataFrame
    attendance: pd.DataFrame
    contacts: pd.DataFrame
    delegates: pd.DataFrame

    @classmethod
    def from_tables(
        cls,
        actors: pd.DataFrame,
        meetings: pd.DataFrame | None = None,
        attendance: pd.DataFrame | None = None,
        contacts: pd.DataFrame | None = None,
    ) -> Self:
        """
        Complete, sort and check tables.

        Parameters
        ----------
        actors
            The roster; every actor that another table names must be in it.
        meetings
            The meetings; none by default.
        attendance
            Who was invited and who came; none by default.
        contacts
            The one-to-one contacts; none by default.

        Returns
        -------
        records
            The tables with every canonical column, missing optional ones filled with missing values.

        Raises
        ------
        InvalidRecordsError
            If a table breaks its schema; all its breaches are told at once.
        """
        _require_frames(actors, meetings, attendance, contacts)
        given = {"actors": actors, "meetings": meetings, "attendance": attendance, "contacts": contacts}
        tables = {name: _completed(name, table) for name, table in given.items()}
        _check(tables)
        return cls(**tables, delegates=pd.DataFrame(columns=list(DELEGATE_COLUMNS), dtype="str"))

    @property
    def span(self) -> Period | None:
        """From the first to the last day with a meeting or a contact; None where there is neither."""
        days = pd.concat([self.meetings["day"], self.contacts["day"]])
        return Period(days.min().date(), days.max().date()) if len(days) else None

    @property
    def coordinators(self) -> tuple[str, ...]:
        """The ids of the coordinators."""
        return tuple(self.actors.loc[self.actors["is_coordinator"], "actor_id"])

    def within(self, period: Period) -> Self:
        """
        Keep what happened in a period; the roster stays whole.

        Parameters
        ----------
        period
            The period, both ends included.

        Returns
        -------
        records
            The meetings and contacts of the period, and the attendance of these meetings.
        """
        if not isinstance(period, Period):
            message = f'period is a Period, not {period!r}; call records.within(pn.Period.parse("2025"))'
            raise TypeError(message)
        meetings = self.meetings[_is_within(self.meetings["day"], period)]
        kept = meetings["meeting_id"]
        return replace(
            self,
            meetings=meetings.reset_index(drop=True),
            attendance=self.attendance[_are_among(self.attendance["meeting_id"], kept)].reset_index(drop=True),
            contacts=self.contacts[_is_within(self.contacts["day"], period)].reset_index(drop=True),
            delegates=self.delegates[_are_among(self.delegates["meeting_id"], kept)].reset_index(drop=True),
        )

    def without(self, actor_ids: Collection[str]) -> Self:
        """
        Take actors out of everything: roster, meetings, contacts.

        Parameters
        ----------
        actor_ids
            Who leaves.

        Returns
        -------
        records
            The records as if these actors had never been there; meetings they convened stay, without a convener.

        Raises
        ------
        UnknownActorError
            If the roster does not hold one of them.
        """
        gone = _several(actor_ids, "without")
        unknown = gone.difference(self.actors["actor_id"])
        if unknown:
            raise UnknownActorError(sorted(unknown))
        convener = self.meetings["convener_id"]
        touches = self.contacts["source_id"].isin(gone) | self.contacts["target_id"].isin(gone)
        return replace(
            self,
            actors=self.actors[~self.actors["actor_id"].isin(gone)].reset_index(drop=True),
            meetings=self.meetings.assign(convener_id=convener.mask(convener.isin(gone))),
            attendance=self.attendance[~self.attendance["actor_id"].isin(gone)].reset_index(drop=True),
            contacts=self.contacts[~touches].reset_index(drop=True),
            delegates=self.delegates[~self.delegates["actor_id"].isin(gone)].reset_index(drop=True),
        )

    def without_meetings(self, meeting_ids: Collection[str]) -> Self:
        """
        Take meetings out.

        Parameters
        ----------
        meeting_ids
            The meetings that never took place.

        Returns
        -------
        records
            The records without these meetings and their attendance.
        """
        gone = _several(meeting_ids, "without_meetings")
        return replace(
            self,
            meetings=self.meetings[~self.meetings["meeting_id"].isin(gone)].reset_index(drop=True),
            attendance=self.attendance[~self.attendance["meeting_id"].isin(gone)].reset_index(drop=True),
            delegates=self.delegates[~self.delegates["meeting_id"].isin(gone)].reset_index(drop=True),
        )

    def require_activity(self, period: Period) -> Self:
        """
        Keep what happened in a period, and refuse an empty one.

        Parameters
        ----------
        period
            The period, both ends included.

        Returns
        -------
        records
            As `within` gives them.

        Raises
        ------
        EmptyPeriodError
            If the period holds neither a meeting nor a contact.
        """
        cut = self.within(period)
        if cut.span is None:
            span = self.span
            raise EmptyPeriodError(str(period), *((str(span.start), str(span.end)) if span else ("–", "–")))
        return cut

    def covers(self, period: Period) -> bool:
        """
        Tell whether the records span a period, give or take a quarter of it at each end.

        Parameters
        ----------
        period
            The period.

        Returns
        -------
        covered
            True if they begin before its first quarter has passed and end after its last quarter began: a year whose last
            meeting is in November is covered, a year that the records enter in June is not.
        """
        span = self.span
        quarter = timedelta(days=period.days // 4)
        return span is not None and span.start <= period.start + quarter and span.end >= period.end - quarter

    def default_period(self) -> Period:
        """
        Choose the period that a reader most likely wants.

        Returns
        -------
        period
            The last calendar year that the records cover; the whole span where there is none.

        Raises
        ------
        EmptyPeriodError
            If there is neither a meeting nor a contact at all.
        """
        span = self.span
        if span is None:
            raise EmptyPeriodError("–", "–", "–")
        years = (Period.of_year(year) for year in range(span.end.year, span.start.year - 1, -1))
        return next((year for year in years if self.covers(year)), span)

    def __repr__(self) -> str:
        """Say how much there is of what."""
        counts = ", ".join(f"{len(getattr(self, table))} {table}" for table in names.TABLES)
        return f"<Records: {counts}; {self.span or 'no activity'}>"

    def _repr_html_(self) -> str:
        """Say the same in a notebook."""
        counts = {table: len(getattr(self, table)) for table in names.TABLES}
        return summary_html("Records", counts | {"span": self.span or "no activity"})


def _are_among(ids: pd.Series, wanted: pd.Series) -> "pd.Series[bool]":
    """Tell which ids are among others; of categories, each is looked for once however often it stands there."""
    if not isinstance(ids.dtype, pd.CategoricalDtype):
        return ids.isin(wanted)
    # A missing id has the code −1, which is the place of the False at the end.
    among = np.append(ids.cat.categories.isin(wanted), False)
    return pd.Series(among[ids.cat.codes], index=ids.index)


def _is_within(days: pd.Series, period: Period) -> pd.Series:
    return days.between(pd.Timestamp(period.start), pd.Timestamp(period.end))


def _require_frames(*tables: object) -> None:
    for table in tables:
        if not (table is None or isinstance(table, pd.DataFrame)):
            right = "pn.Records.from_tables(actors, meetings, attendance, contacts)"
            message = f"a table is a pandas DataFrame, not a {type(table).__name__}; call {right}"
            raise TypeError(message)


def _several(ids: Collection[str], call: str) -> set[str]:
    """Take identifiers as a set; a text would be taken for its letters."""
    if isinstance(ids, str | bytes) or not isinstance(ids, Iterable):
        message = f"identifiers come in a list, not as {ids!r}; call {call}([{str(ids)!r}])"
        raise TypeError(message)
    return set(ids)


def _completed(name: str, table: pd.DataFrame | None) -> pd.DataFrame:
    """Give a table its canonical columns, types and order."""
    columns = [*names.COLUMNS[name], *_ADDED.get(name, ())]
    table = pd.DataFrame(columns=columns) if table is None else table.reindex(columns=columns)
    table = table.assign(**{column: _typed(name, table, column) for column in columns})
    return table.sort_values(_SORTED_BY[name], kind="stable", ignore_index=True)


def _typed(name: str, table: pd.DataFrame, column: str) -> pd.Series:
    values = table[column]
    if column in _DAYS.get(name, ()):
        return pd.to_datetime(values).astype("datetime64[us]")
    if column in _QUANTITIES:
        return pd.to_numeric(values).astype(float)
    if column in COUNTED_PERSONS:
        counts = _is_true(table["invited"]) if column == "persons_invited" else table["status"] == "present"
        return values.astype(float).fillna(counts.astype(float)).astype(int)
    if column == SHARE:
        return pd.to_numeric(values).astype(float).fillna(1.0)
    if column == "is_coordinator":
        return _is_true(values)
    return values.astype("boolean" if column == "invited" else "str")


def _is_true(values: pd.Series) -> pd.Series:
    return values.astype("boolean").fillna(value=False).astype(bool)


def _check(tables: dict[str, pd.DataFrame]) -> None:
    """Tell every breach of every table at once, one error for the first table that has any."""
    from partnet_analysis.records import schemas  # noqa: PLC0415 (pandera takes a moment; only checking needs it)

    for name, table in tables.items():
        problems = [*schemas.breaches(name, table), *_broken_references(name, tables)]
        if problems:
            raise InvalidRecordsError(name, problems)


def _broken_references(name: str, tables: dict[str, pd.DataFrame]) -> Iterator[str]:
    for column, home in _REFERENCES[name].items():
        key = names.REQUIRED[home][0]
        named = tables[name][column].dropna().drop_duplicates()
        for stranger in sorted(named[~named.isin(tables[home][key])]):
            yield f"{column}: {stranger!r} is not in the table {home}"
