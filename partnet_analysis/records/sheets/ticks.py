"""Lists of ticks: moments at which two people were seen together, as sensors write them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

import pandas as pd

from partnet_analysis.config import SourceRule
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.grids import Grid

_COLUMNS: Final = ("tick", "source_id", "target_id")
_CONTACT_COLUMNS: Final = ("contact_id", "day", "source_id", "target_id", "duration_hours")


def ticks(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a list of ticks: seconds, one, other.

    Parameters
    ----------
    grid
        The cells, without a header.
    rule
        How long a tick lasts, from which midnight seconds count, and the order of the columns.

    Returns
    -------
    batch
        Ticks of a pair that follow one another without a gap are one contact, as long as they last together; None where the
        rule says nothing of ticks.
    """
    if rule.tick_seconds is None or rule.first_day is None:
        return None
    draft = Draft.of_grid(grid, "ticks")
    order = [list(rule.header or _COLUMNS).index(column) for column in _COLUMNS]
    read = []
    for row, cells in enumerate(grid.rows):
        if not any(cells):
            continue
        values = [grid.cell(row, place) for place in order]
        if not values[0].isdigit() or not all(values):
            draft.reject("PN013", (row, order[0]), column="tick", value=values[0])
        elif values[1] == values[2]:
            draft.reject("PN017", (row, order[2]), column="target_id", value=values[2])
        else:
            read.append((draft.entry(row), int(values[0]), min(values[1:]), max(values[1:])))
    for is_first, entry, contact in _contacts(
        pd.DataFrame(read, columns=["entry", "tick", "one", "other"]), grid.file, rule
    ):
        if is_first:
            draft.add("contacts", entry, contact)
        else:
            draft.absorb(entry)
    return draft.batch()


def _contacts(frame: pd.DataFrame, file: str, rule: SourceRule) -> Iterator[tuple[bool, int, dict[str, str]]]:
    """Tell of each tick whether it begins a contact, and what that contact is."""
    ordered = frame.sort_values(["one", "other", "tick"], kind="stable", ignore_index=True)
    follows = (
        ordered["one"].eq(ordered["one"].shift())
        & ordered["other"].eq(ordered["other"].shift())
        & ordered["tick"].sub(ordered["tick"].shift()).le(rule.tick_seconds)
    )
    contact = (~follows).cumsum()
    first = ordered.groupby(contact).agg(tick=("tick", "min"), last=("tick", "max"))
    start = pd.Timestamp(str(rule.first_day)) + pd.to_timedelta(first["tick"], unit="s")
    hours = (first["last"] - first["tick"] + float(rule.tick_seconds or 0)) / timedelta(hours=1).total_seconds()
    ids = file + ":" + contact.astype(str)
    days = contact.map(start.dt.strftime("%Y-%m-%d"))
    lengths = contact.map(hours.round(6).astype(str))
    columns = (~follows, ordered["entry"], ids, days, ordered["one"], ordered["other"], lengths)
    for is_first, entry, *values in zip(*columns, strict=True):
        yield bool(is_first), int(entry), dict(zip(_CONTACT_COLUMNS, map(str, values), strict=True))
