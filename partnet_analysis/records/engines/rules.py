"""Rows of text → rows kept, rejected or left aside, by the readers' rules, on any engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import narwhals as nw
import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.assembly.checking import OPTIONAL, kind_of
from partnet_analysis.records.engines.cells import LINE, code, read_cells, written
from partnet_analysis.records.engines.engine import Engine, Lazy
from partnet_analysis.records.tables import Records

FATE: Final = "fate"
KEPT: Final = "kept"
REJECTED: Final = "rejected"
IGNORED: Final = "ignored"
_RULE: Final = "rule"
_RULE_COLUMN: Final = "rule_column"
_LINES: Final = 1 << 40
"""More lines than any table has: a rank times this, plus the line, orders by rank, then line."""

_is_kept: Final = nw.col(FATE) == KEPT


@dataclass(frozen=True, eq=False)
class Validated:
    """
    What an engine's rows gave.

    Parameters
    ----------
    tables
        The rows kept, typed, under the canonical columns; truths are 1 and 0; `actors` with those that only other tables
        name.
    faults
        One row for each fault: `table`, `line`, `column`, `value`, `code`, and `fate`: `rejected`, `ignored`, or `kept`
        where it costs only the cell.
    fates
        For each table, `line` and `fate` of every row.
    """

    tables: Mapping[str, Lazy]
    faults: Lazy
    fates: Mapping[str, Lazy]


def validated(engine: Engine, tables: Mapping[str, Lazy], *, strangers: str = "organisation") -> Validated:
    """
    Keep, reject or leave aside every row.

    Parameters
    ----------
    engine
        Who holds the rows.
    tables
        Canonical tables as text, each with `line`; one that is missing is empty.
    strangers
        What an actor is that a record names and the roster does not hold.

    Returns
    -------
    validated
        The rows kept, and the faults of the others: the same as the readers find in the same rows.
    """
    cells = {table: _with_fates(table, read_cells(engine, table, frame)) for table, frame in tables.items()}
    ruled: dict[str, Lazy] = {}
    for table, rules in (("actors", _actors), ("meetings", _meetings), ("contacts", _contacts)):
        if table in cells:
            ruled[table] = engine.settled(rules(cells[table]))
    if "attendance" in cells:
        ruled["attendance"] = engine.settled(_attendance(cells["attendance"], ruled.get("meetings")))
    kept = {table: _typed(table, frame.filter(_is_kept)) for table, frame in ruled.items()}
    if "actors" in kept:
        kept["actors"] = engine.settled(_with_strangers(kept, strangers))
    faults = [part for table, frame in ruled.items() for part in _faults(table, frame)]
    fates = {table: frame.select(LINE, FATE) for table, frame in ruled.items()}
    return Validated(kept, nw.concat(faults, how="vertical"), fates)


def _with_fates(table: str, frame: Lazy) -> Lazy:
    faulty = [nw.col(code(column)).fill_null(OPTIONAL) != OPTIONAL for column in names.COLUMNS[table]]
    return frame.with_columns(
        nw.when(nw.any_horizontal(*faulty, ignore_nulls=True)).then(nw.lit(REJECTED)).otherwise(nw.lit(KEPT)).alias(FATE),
        nw.lit(None, nw.String).alias(_RULE),
        nw.lit(None, nw.String).alias(_RULE_COLUMN),
    )


def _ruled(frame: Lazy, faulty: nw.Expr, fate: str, rule: str, column: str = "") -> Lazy:
    """Apply a rule to the rows still kept."""
    hit = _is_kept & faulty.fill_null(value=False)
    return frame.with_columns(hit.alias("hit")).with_columns(
        *(
            nw.when(nw.col("hit")).then(nw.lit(value)).otherwise(nw.col(name)).alias(name)
            for name, value in ((FATE, fate), (_RULE, rule), (_RULE_COLUMN, column))
        )
    )


def _is_again(*columns: str) -> nw.Expr:
    """Whether a row still kept has the same in these columns as one before it."""
    first = nw.when(_is_kept).then(nw.col(LINE)).min().over(*columns)
    return nw.col(LINE) > first


def _without_repeats(table: str, frame: Lazy) -> Lazy:
    # Missing values are equal to one another here; engines disagree about that, empty texts they agree about.
    keys = [f"key {column}" for column in names.COLUMNS[table]]
    filled = frame.with_columns(
        *(nw.col(column).fill_null("").alias(key) for column, key in zip(names.COLUMNS[table], keys, strict=True))
    )
    return _ruled(filled, _is_again(*keys), IGNORED, "PN050").drop(keys)


def _actors(frame: Lazy) -> Lazy:
    frame = _ruled(frame, nw.col("left_on") < nw.col("joined_on"), REJECTED, "PN018", "left_on")
    frame = _without_repeats("actors", frame)
    first = nw.when(_is_kept).then(nw.col(LINE)).min().over("actor_id")
    kinds = frame.with_columns(first.alias("first")).filter(nw.col(LINE) == nw.col("first"))
    kinds = kinds.select(nw.col("actor_id").alias("known_id"), nw.col("kind").alias("first_kind"))
    frame = frame.join(kinds, left_on="actor_id", right_on="known_id", how="left")
    again = _is_again("actor_id")
    other_role = nw.col("kind") != nw.col("first_kind")
    frame = frame.with_columns((again & _is_kept).alias("again"))
    frame = _ruled(frame, nw.col("again") & other_role, REJECTED, "PN016", "actor_id")
    frame = _ruled(frame, nw.col("again"), REJECTED, "PN015", "actor_id")
    frame = frame.drop("first_kind").join(kinds, left_on="organisation_id", right_on="known_id", how="left")
    of_person = (nw.col("kind") == "person") & (nw.col("first_kind") == "person")
    return _ruled(frame, of_person, REJECTED, "PN016", "organisation_id")


def _meetings(frame: Lazy) -> Lazy:
    return _ruled(_without_repeats("meetings", frame), _is_again("meeting_id"), REJECTED, "PN015", "meeting_id")


def _contacts(frame: Lazy) -> Lazy:
    frame = _ruled(frame, nw.col("source_id") == nw.col("target_id"), REJECTED, "PN017", "target_id")
    return _ruled(_without_repeats("contacts", frame), _is_again("contact_id"), REJECTED, "PN015", "contact_id")


def _attendance(frame: Lazy, meetings: Lazy | None) -> Lazy:
    if meetings is None:
        frame = _ruled(frame, nw.lit(value=True), REJECTED, "PN019", "meeting_id")
    else:
        known = meetings.filter(~nw.col("meeting_id").is_null()).with_columns(
            nw.when(_is_kept).then(nw.lit(1)).otherwise(nw.lit(0)).alias("stands")
        )
        known = known.group_by("meeting_id").agg(nw.col("stands").max())
        frame = frame.join(known, on="meeting_id", how="left")
        frame = _ruled(frame, nw.col("stands").is_null(), REJECTED, "PN019", "meeting_id")
        frame = _ruled(frame, nw.col("stands") == 0, REJECTED, "PN027", "meeting_id")
    return _without_contradictions(_without_repeats("attendance", frame))


def _without_contradictions(frame: Lazy) -> Lazy:
    """Of rows about one actor at one meeting the strongest status wins, the first of its like; an invitation stays one."""
    rank = nw.lit(len(names.STATUSES))
    for place, status in enumerate(names.STATUSES):
        rank = nw.when(nw.col("status") == status).then(nw.lit(place)).otherwise(rank)
    pair = ("meeting_id", "actor_id")
    order = rank * _LINES + nw.col(LINE)
    is_false = nw.when(_is_kept & (nw.col("invited") == "false")).then(nw.lit(0))
    invited = nw.when(_is_kept & (nw.col("invited") == "true")).then(nw.lit(1)).otherwise(is_false)
    frame = frame.with_columns(order.alias("order"), invited.alias("asked"))
    best = nw.when(_is_kept).then(nw.col("order")).min().over(*pair)
    frame = frame.with_columns(best.alias("best"), nw.col("asked").max().over(*pair).alias("asked"))
    said_no = nw.when(nw.col("asked") == 0).then(nw.lit("false"))
    asked = nw.when(nw.col("asked") == 1).then(nw.lit("true")).otherwise(said_no)
    frame = frame.with_columns(nw.when(_is_kept).then(asked).otherwise(nw.col("invited")).alias("invited"))
    return _ruled(frame, nw.col("order") > nw.col("best"), IGNORED, "PN051")


def _typed(table: str, frame: Lazy) -> Lazy:
    """Turn canonical text into the types of the canonical tables."""
    columns = []
    for column in names.COLUMNS[table]:
        text = nw.col(column)
        kind = kind_of(column)
        if kind == "day":
            columns.append(text.str.to_datetime(format="%Y-%m-%d").alias(column))
        elif kind == "number":
            columns.append(text.cast(nw.Float64).alias(column))
        elif kind == "truth":
            # One engine's truths cannot be missing, and every engine's numbers can.
            truth = nw.when(text == "true").then(nw.lit(1.0)).otherwise(nw.when(text == "false").then(nw.lit(0.0)))
            columns.append((truth.fill_null(0.0) if column == "is_coordinator" else truth).alias(column))
        else:
            columns.append(text)
    return frame.select(*columns)


def _with_strangers(kept: Mapping[str, Lazy], strangers: str) -> Lazy:
    """Add the actors that records name and the roster does not hold; who employs somebody is an organisation."""
    named = [("actors", "organisation_id", 0), ("meetings", "convener_id", 1), ("attendance", "actor_id", 1)]
    named += [("contacts", "source_id", 1), ("contacts", "target_id", 1)]
    mentions = [
        kept[table]
        .select(nw.col(column).alias("actor_id"), nw.lit(place).alias("place"))
        .filter(~nw.col("actor_id").is_null())
        for table, column, place in named
        if table in kept
    ]
    actors = kept["actors"]
    found = nw.concat(mentions, how="vertical").group_by("actor_id").agg(nw.col("place").min())
    found = found.join(actors.select("actor_id"), on="actor_id", how="anti")
    kind = nw.when(nw.col("place") == 0).then(nw.lit("organisation")).otherwise(nw.lit(strangers))
    given = {"actor_id": nw.col("actor_id"), "name": nw.col("actor_id"), "kind": kind, "is_coordinator": nw.lit(0.0)}
    schema = actors.collect_schema()
    new = found.select(
        *(given.get(column, nw.lit(None)).cast(schema[column]).alias(column) for column in names.ACTOR_COLUMNS)
    )
    return nw.concat([actors, new], how="vertical")


def _faults(table: str, frame: Lazy) -> list[Lazy]:
    """List the faults of a table: those of its cells, column by column, and those of its rows."""
    columns = names.COLUMNS[table]
    of_cells = [
        frame.filter(~nw.col(code(column)).is_null()).select(
            nw.lit(table).alias("table"),
            LINE,
            nw.lit(column).alias("column"),
            nw.col(written(column)).alias("value"),
            nw.col(code(column)).alias("code"),
            nw.when(nw.col(code(column)) == OPTIONAL).then(nw.lit(KEPT)).otherwise(nw.lit(REJECTED)).alias(FATE),
        )
        for column in columns
    ]
    value = nw.lit("")
    for column in columns:
        value = nw.when(nw.col(_RULE_COLUMN) == column).then(nw.col(written(column))).otherwise(value)
    # Whose meeting was rejected is told where that meeting stands, not what this row holds.
    value = nw.when(nw.col(_RULE) == "PN027").then(nw.lit("")).otherwise(value)
    of_rows = frame.filter(~nw.col(_RULE).is_null()).select(
        nw.lit(table).alias("table"),
        LINE,
        nw.col(_RULE_COLUMN).alias("column"),
        value.alias("value"),
        nw.col(_RULE).alias("code"),
        FATE,
    )
    return [*of_cells, of_rows]


def as_records(engine: Engine, found: Validated) -> Records:
    """
    Bring the rows kept into memory.

    Parameters
    ----------
    engine
        Who holds the rows.
    found
        What is kept.

    Returns
    -------
    records
        The records, the same as the readers make of the same rows.
    """
    tables = {table: engine.collected(frame) for table, frame in found.tables.items()}
    for table in tables.values():
        for column in table.columns.intersection(["invited", "is_coordinator"]):
            table[column] = table[column].astype("Float64").astype("boolean")
    return Records.from_tables(tables["actors"], tables.get("meetings"), tables.get("attendance"), tables.get("contacts"))


def faults_told(engine: Engine, found: Validated) -> pd.DataFrame:
    """
    Bring the faults into memory.

    Parameters
    ----------
    engine
        Who holds the rows.
    found
        What was found.

    Returns
    -------
    faults
        `table`, `line`, `column`, `value`, `code`, `fate`, in order; values without the blanks around them.
    """
    faults = engine.collected(found.faults)
    told = faults.assign(value=[value.strip() for value in faults["value"]]).astype({"line": int})
    return told.sort_values(["table", "line", "column", "code"], ignore_index=True)
