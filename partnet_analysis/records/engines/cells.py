"""
Text → values, on any engine: each spelling is read once, by the code that reads it everywhere else.

Days, numbers and closed vocabularies have few spellings: these are collected, read by the readers' own parsers, and joined
back to the rows. So a day is the same day on every engine, and a fault the same fault; no engine's own idea of a date comes
in. Ids and free text have many spellings and few faults: they are read by expressions, and only what is not plain ASCII is
collected.
"""

from collections.abc import Iterable
from datetime import date
from typing import Final

import narwhals as nw
import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.assembly.checking import is_free_text, read_cell
from partnet_analysis.records.cells.values import ERROR_CELLS, BadValueError
from partnet_analysis.records.engines.engine import Engine, Lazy
from partnet_analysis.records.grids import UNCOMPUTED

LINE: Final = "line"
_WRITTEN: Final = ":written"
_CODE: Final = ":code"
_BLANKS: Final = " \t\r\n\f\v"
_NOT_ASCII: Final = r"[^\x00-\x7F]"


def written(column: str) -> str:
    """
    Name the column that keeps what a cell held.

    Parameters
    ----------
    column
        The canonical column.

    Returns
    -------
    name
        Its name.
    """
    return column + _WRITTEN


def code(column: str) -> str:
    """
    Name the column that holds a cell's fault.

    Parameters
    ----------
    column
        The canonical column.

    Returns
    -------
    name
        Its name.
    """
    return column + _CODE


def read_cells(engine: Engine, table: str, frame: Lazy) -> Lazy:
    """
    Read every cell of a table.

    Parameters
    ----------
    engine
        Who holds the rows.
    table
        Which table it is.
    frame
        The rows as text, with their `line`; a canonical column may be missing.

    Returns
    -------
    cells
        `line`, and for each canonical column its value as canonical text (`2025-03-14`, `true`, `1.5`, `present`; missing
        where the cell is empty or at fault), what was written, and the code of its fault.
    """
    there = set(frame.collect_schema().names())
    columns = names.COLUMNS[table]
    texts = [(nw.col(column) if column in there else nw.lit("")).cast(nw.String).fill_null("") for column in columns]
    frame = frame.select(LINE, *(text.alias(written(column)) for text, column in zip(texts, columns, strict=True)))
    for column in columns:
        if column not in there:
            frame = _everywhere(table, column, frame)
        elif is_free_text(table, column):
            frame = _text(engine, table, column, frame)
        else:
            spellings = engine.collected(frame.select(written(column)).unique())
            frame = _joined(engine, table, column, frame, spellings[written(column)])
    return engine.settled(frame)


def _everywhere(table: str, column: str, frame: Lazy) -> Lazy:
    fault = _reading(table, column, "")[1]
    return frame.with_columns(nw.lit(None, nw.String).alias(column), nw.lit(fault, nw.String).alias(code(column)))


def _text(engine: Engine, table: str, column: str, frame: Lazy) -> Lazy:
    as_written = nw.col(written(column))
    odd = engine.collected(frame.filter(as_written.str.contains(_NOT_ASCII)).select(written(column)).unique())
    stripped = as_written.str.strip_chars(_BLANKS)
    failed = stripped.is_in(list(ERROR_CELLS))
    empty = stripped == ""
    text = nw.when(~(failed | empty)).then(stripped)
    fault_of_empty = nw.when(empty).then(nw.lit(_reading(table, column, "")[1], nw.String))
    fault_of_failed = nw.when(stripped == UNCOMPUTED).then(nw.lit("PN038")).otherwise(nw.lit("PN023"))
    fault = nw.when(failed).then(fault_of_failed).otherwise(fault_of_empty)
    if odd.empty:
        return frame.with_columns(text.alias(column), fault.alias(code(column)))
    joined = _joined(engine, table, column, frame, odd[written(column)])
    is_odd = as_written.str.contains(_NOT_ASCII)
    return joined.with_columns(
        nw.when(is_odd).then(nw.col(column)).otherwise(text).alias(column),
        nw.when(is_odd).then(nw.col(code(column))).otherwise(fault).alias(code(column)),
    )


def _joined(engine: Engine, table: str, column: str, frame: Lazy, spellings: Iterable[str]) -> Lazy:
    """Read the spellings, and hand each row its reading."""
    rows = [(spelling, *_reading(table, column, spelling)) for spelling in spellings]
    readings = pd.DataFrame(rows, columns=[written(column), column, code(column)], dtype="str")
    return frame.join(engine.frame(readings), on=written(column), how="left")


def _reading(table: str, column: str, spelling: str) -> tuple[str | None, str | None]:
    try:
        value = read_cell(table, column, spelling)
    except BadValueError as fault:
        return None, fault.code
    return canonical_text(value), None


def canonical_text(value: object) -> str | None:
    """
    Write a value as canonical tables do.

    Parameters
    ----------
    value
        A day, a number, a truth, a text, or nothing.

    Returns
    -------
    text
        Equal texts for equal values.

    Examples
    --------
    >>> canonical_text(True), canonical_text(1.5), canonical_text(date(2025, 3, 14)), canonical_text(None)
    ('true', '1.5', '2025-03-14', None)
    """
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
