"""What each canonical table must satisfy, as pandera schemas."""

from collections.abc import Iterator
from typing import Final

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from partnet_analysis import names

DAY: Final = "datetime64[us]"


def _id(*, unique: bool = False) -> pa.Column:
    return pa.Column(str, pa.Check.str_length(min_value=1), unique=unique)


def _text() -> pa.Column:
    return pa.Column(str, nullable=True)


def _one_of(words: tuple[str, ...], *, nullable: bool = True) -> pa.Column:
    return pa.Column(str, pa.Check.isin(words), nullable=nullable)


def _quantity() -> pa.Column:
    return pa.Column(float, pa.Check.ge(0), nullable=True)


SCHEMAS: Final = {
    "actors": pa.DataFrameSchema(
        {
            "actor_id": _id(unique=True),
            "name": _id(),
            "kind": _one_of(names.ACTOR_KINDS, nullable=False),
            "organisation_id": _text(),
            "sector": _text(),
            "level": _one_of(names.LEVELS),
            "is_coordinator": pa.Column(bool),
            "capacity_hours_per_month": _quantity(),
            "joined_on": pa.Column(DAY, nullable=True),
            "left_on": pa.Column(DAY, nullable=True),
        },
        strict=True,
    ),
    "meetings": pa.DataFrameSchema(
        {
            "meeting_id": _id(unique=True),
            "day": pa.Column(DAY),
            "title": _text(),
            "series": _text(),
            "kind": _one_of(names.MEETING_KINDS),
            "theme": _text(),
            "convener_id": _text(),
            "duration_hours": _quantity(),
        },
        strict=True,
    ),
    "attendance": pa.DataFrameSchema(
        {
            "meeting_id": _id(),
            "actor_id": _id(),
            "invited": pa.Column("boolean", nullable=True),
            "status": _one_of(names.STATUSES, nullable=False),
            "persons_invited": pa.Column(int, pa.Check.ge(0)),
            "persons_present": pa.Column(int, pa.Check.ge(0)),
        },
        unique=["meeting_id", "actor_id"],
        strict=True,
    ),
    "contacts": pa.DataFrameSchema(
        {
            "contact_id": _id(unique=True),
            "day": pa.Column(DAY),
            "source_id": _id(),
            "target_id": _id(),
            "channel": _text(),
            "theme": _text(),
            "duration_hours": _quantity(),
            "share": pa.Column(float, pa.Check.in_range(0, 1)),
        },
        strict=True,
    ),
}


def breaches(name: str, table: pd.DataFrame) -> Iterator[str]:
    """
    Tell where a table breaks its schema.

    Parameters
    ----------
    name
        The table's name, one of `names.TABLES`.
    table
        The table.

    Yields
    ------
    problem
        One line for each faulty value: column, row (from 0), value, rule.
    """
    if not table.empty:
        yield from _column_breaches(name, table)
        yield from (f"row {row}: {rule}" for rule, broken in _row_rules(name, table) for row in table.index[broken])


def _column_breaches(name: str, table: pd.DataFrame) -> Iterator[str]:
    try:
        SCHEMAS[name].validate(table, lazy=True)
    except SchemaErrors as failure:
        cases = failure.failure_cases.drop_duplicates(subset=["column", "check", "index"])
        for case in cases.to_dict("records"):
            yield f"{case['column']}, row {case['index']}: {case['failure_case']!r} fails {case['check']}"


def _row_rules(name: str, table: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """Rules between the columns of a row; pandera would report them once for every cell of the row."""
    if name == "actors":
        yield "left_on comes before joined_on", table["left_on"] < table["joined_on"]
    if name == "contacts":
        yield "source_id and target_id are the same actor", table["source_id"] == table["target_id"]
