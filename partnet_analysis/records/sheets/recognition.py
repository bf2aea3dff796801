"""Which shape a grid has: each is asked in turn, the most particular first; `partnet.toml` may say it instead."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np

from partnet_analysis.config import Config, SourceRule
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.grids import Grid, UnreadableError
from partnet_analysis.records.sheets.canonical import canonical_batch, is_canonical, is_named_like_a_table
from partnet_analysis.records.sheets.shapes.attendance_grid import attendance_grid
from partnet_analysis.records.sheets.shapes.lists import attendance_list, contact_log, directory
from partnet_analysis.records.sheets.shapes.minutes import minutes
from partnet_analysis.records.sheets.shapes.outlook import outlook
from partnet_analysis.records.sheets.shapes.packed_names import packed_names
from partnet_analysis.records.sheets.shapes.polls import poll
from partnet_analysis.records.sheets.shapes.sign_in import sign_in_sheet
from partnet_analysis.records.sheets.shapes.teams import teams
from partnet_analysis.records.sheets.ticks import ticks

Shape = Callable[[Grid, SourceRule], Batch | None]

_SHAPES: Final[Mapping[str, tuple[Shape, ...]]] = {
    "ticks": (ticks,),
    "teams": (teams,),
    "calendar": (outlook,),
    "poll": (poll,),
    "packed_names": (packed_names,),
    "contact_log": (contact_log,),
    "attendance_list": (attendance_list,),
    "attendance_grid": (attendance_grid,),
    "sign_in_sheet": (sign_in_sheet,),
    "minutes": (minutes,),
    "directory": (directory,),
}


def recognised(grid: Grid, config: Config) -> Batch:
    """
    Read a grid as the shape it has, and account for every line that is not blank.

    Parameters
    ----------
    grid
        The cells.
    config
        What `partnet.toml` says.

    Returns
    -------
    batch
        What it gives.

    Raises
    ------
    UnreadableError
        If it has none of the known shapes (PN077), or not the one that `partnet.toml` names (PN088).
    """
    rule = config.rule(grid.file, grid.sheet)
    if is_canonical(grid, rule, config):
        return replace(canonical_batch(grid, rule, config), grid=grid)
    cut = replace(grid, rows=list(grid.rows))
    return replace(_with_every_line(cut, _shaped(cut, rule, config)), grid=cut)


def _with_every_line(grid: Grid, batch: Batch) -> Batch:
    """Leave aside, and count, the lines that the shape made nothing of: none may vanish."""
    told = {*batch.lines.tolist(), *batch.header_lines}
    lines = [line for line, row in enumerate(grid.rows, start=1) if line not in told and any(map(str.strip, row))]
    for line in lines:
        batch.findings.ignore(batch.source, "PN053", line=line)
    first = len(batch.lines)
    return replace(
        batch,
        lines=np.concatenate([batch.lines, np.array(lines, dtype=np.int64)]),
        ignored=[*batch.ignored, *range(first, first + len(lines))],
    )


def _shaped(grid: Grid, rule: SourceRule, config: Config) -> Batch:
    if rule.shape is not None:
        batch = next((found for shape in _SHAPES.get(rule.shape, ()) if (found := shape(grid, rule)) is not None), None)
        if batch is None:
            raise UnreadableError("PN088", shape=rule.shape)
        return batch
    for shapes in _SHAPES.values():
        for shape in shapes:
            batch = shape(grid, rule)
            if batch is not None:
                return batch
    if is_named_like_a_table(grid):
        return canonical_batch(grid, rule, config)
    first = next((row for row in grid.rows if any(map(str.strip, row))), [])
    raise UnreadableError("PN077", columns=[cell.strip()[:40] for cell in first if cell.strip()][:12])
