"""From persons to organisations, on any engine: the same as `records.rollup` does in memory."""

from collections.abc import Mapping
from typing import Final

import narwhals as nw

from partnet_analysis import names
from partnet_analysis.records.engines.engine import Engine, Lazy
from partnet_analysis.records.rollup import RESIDENTS_NAME

_UNKNOWN: Final = 1.0
"""Rank of an invitation nobody knows of: above false (0), below true (2), as the strongest of a group wins."""


def rolled_up(engine: Engine, tables: Mapping[str, Lazy]) -> dict[str, Lazy]:
    """
    Roll persons up to their organisations.

    Parameters
    ----------
    engine
        Who holds the rows.
    tables
        The four canonical tables, typed.

    Returns
    -------
    tables
        The same with organisations as actors; attendance has `persons_invited` and `persons_present`.
    """
    home = engine.settled(_home(tables["actors"]))
    contacts = _at_home(_at_home(tables["contacts"], "source_id", home), "target_id", home)
    return {
        "actors": engine.settled(_organisations(tables["actors"], home)),
        "meetings": _at_home(tables["meetings"], "convener_id", home),
        "attendance": engine.settled(_once_each(_at_home(tables["attendance"], "actor_id", home))),
        "contacts": engine.settled(contacts.filter(nw.col("source_id") != nw.col("target_id"))),
    }


def _home(actors: Lazy) -> Lazy:
    """Say for each actor which one it stands for at organisation level."""
    is_person = nw.col("kind") == "person"
    home = (
        nw.when(is_person & ~nw.col("organisation_id").is_null())
        .then(nw.col("organisation_id"))
        .otherwise(nw.col("actor_id"))
    )
    is_resident = is_person & (nw.col("level") == "resident").fill_null(value=False)
    home = nw.when(is_resident).then(nw.lit(names.RESIDENTS_ID)).otherwise(home)
    return actors.select(nw.col("actor_id").alias("member_id"), home.alias("home_id"), "is_coordinator")


def _at_home(frame: Lazy, column: str, home: Lazy) -> Lazy:
    columns = frame.collect_schema().names()
    joined = frame.join(home.select("member_id", "home_id"), left_on=column, right_on="member_id", how="left")
    return joined.drop(column).rename({"home_id": column}).select(*columns)


def _organisations(actors: Lazy, home: Lazy) -> Lazy:
    actors = actors.select(*names.ACTOR_COLUMNS)
    schema = actors.collect_schema()
    homes = home.group_by("home_id").agg(nw.col("is_coordinator").max().alias("coordinates"))
    kept = actors.join(home.select("member_id", "home_id"), left_on="actor_id", right_on="member_id", how="left")
    kept = kept.filter(nw.col("actor_id") == nw.col("home_id")).drop("home_id")
    residents = homes.filter(nw.col("home_id") == names.RESIDENTS_ID).join(
        kept.select("actor_id"), left_on="home_id", right_on="actor_id", how="anti"
    )
    given: dict[str, str | float] = {
        "name": RESIDENTS_NAME,
        "kind": "organisation",
        "level": "resident",
        "is_coordinator": 0.0,
    }
    # The id comes from the row itself: constants alone would make a row where there is none.
    constants = [nw.lit(given.get(column)).cast(schema[column]).alias(column) for column in schema.names()[1:]]
    residents = residents.select(nw.col("home_id").alias("actor_id"), *constants)
    both = nw.concat([kept, residents], how="vertical").join(homes, left_on="actor_id", right_on="home_id", how="left")
    return both.with_columns(nw.col("coordinates").alias("is_coordinator")).select(*schema.names())


def _once_each(attendance: Lazy) -> Lazy:
    rank = nw.lit(len(names.STATUSES))
    word = nw.lit(names.STATUSES[-1])
    for place, status in reversed(list(enumerate(names.STATUSES))):
        rank = nw.when(nw.col("status") == status).then(nw.lit(place)).otherwise(rank)
        word = nw.when(nw.col("rank") == place).then(nw.lit(status)).otherwise(word)
    present = nw.when(nw.col("status") == "present").then(nw.lit(1)).otherwise(nw.lit(0))
    ranked = attendance.select(
        "meeting_id",
        "actor_id",
        rank.alias("rank"),
        (nw.col("invited") * 2).fill_null(_UNKNOWN).alias("asked"),
        nw.col("invited").fill_null(0).cast(nw.Int64).alias("persons_invited"),
        present.alias("persons_present"),
    )
    once = ranked.group_by("meeting_id", "actor_id").agg(
        nw.col("rank").min(), nw.col("asked").max(), nw.col("persons_invited").sum(), nw.col("persons_present").sum()
    )
    asked = nw.when(nw.col("asked") != _UNKNOWN).then(nw.col("asked") / 2)
    return once.select(
        "meeting_id", "actor_id", asked.alias("invited"), word.alias("status"), "persons_invited", "persons_present"
    )
