"""Which layout explains a sheet best: every layout is weighed, and the best is taken only with a clear margin."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from partnet_analysis.config import Config, SourceRule
from partnet_analysis.records.cells.headings import heading_status
from partnet_analysis.records.cells.looks import NOBODY_KNOWN, KnownNames
from partnet_analysis.records.cells.vocabulary import header_roles, ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.grids import Grid, UnreadableError
from partnet_analysis.records.sheets.canonical import canonical_batch, is_canonical, is_named_like_a_table
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.contacts import contact_log, letters_of_contacts
from partnet_analysis.records.sheets.layouts.directories import directory, letters_of_directory
from partnet_analysis.records.sheets.layouts.grids import attendance_grid
from partnet_analysis.records.sheets.layouts.lists import attendance_list
from partnet_analysis.records.sheets.layouts.minutes import meetings_in, read_minutes
from partnet_analysis.records.sheets.layouts.packed import packed_names
from partnet_analysis.records.sheets.layouts.polls import poll
from partnet_analysis.records.sheets.layouts.sections import Listed, sections_in
from partnet_analysis.records.sheets.layouts.sign_in import invitation_list, sign_in_sheet
from partnet_analysis.records.sheets.layouts.transposed import transposed_grid
from partnet_analysis.records.sheets.layouts.video import video_report
from partnet_analysis.records.sheets.shapes.outlook import outlook
from partnet_analysis.records.sheets.situation import Situation
from partnet_analysis.records.sheets.tables import Table, tables_in
from partnet_analysis.records.sheets.ticks import ticks

CLEAR_MARGIN: Final = 0.1
"""By how much the best layout must outweigh the next one that means something else."""

_LAYOUTS: Final[tuple[Callable[[Situation], Hypothesis | None], ...]] = (
    attendance_list,
    attendance_grid,
    transposed_grid,
    packed_names,
    sign_in_sheet,
    invitation_list,
    video_report,
    poll,
    contact_log,
    directory,
)
_BY_A_STEM: Final = 0.6
"""How surely a header is known of which only the stem of a word is."""

_NUMBER: Final = re.compile(r"\W*|n°|no\.?|id", re.IGNORECASE)
_OLD_NAMES: Final = {"teams": "video_report"}
_LETTERS: Final = {"contact_log": letters_of_contacts, "directory": letters_of_directory}


@dataclass(frozen=True)
class Understanding:
    """
    How a table was understood.

    Parameters
    ----------
    situation
        The table.
    ranked
        The layouts it may have with their scores, the best first.
    """

    situation: Situation
    ranked: tuple[tuple[Hypothesis, float], ...]

    @property
    def best(self) -> Hypothesis | None:
        """The layout with the highest score; None where it has none."""
        return self.ranked[0][0] if self.ranked else None

    @property
    def rival(self) -> Hypothesis | None:
        """The layout that comes too near to the best for a choice; None where the best is clear."""
        if len(self.ranked) < 2:  # noqa: PLR2004 (nothing to compare)
            return None
        (best, score), (second, next_score) = self.ranked[:2]
        return second if score - next_score < CLEAR_MARGIN and second.layout != best.layout else None


def recognised(grid: Grid, config: Config, known: KnownNames = NOBODY_KNOWN) -> Batch:
    """
    Read a grid as what it is, and account for every line that is not blank.

    Parameters
    ----------
    grid
        The cells.
    config
        What `partnet.toml` says.
    known
        Names known from other files.

    Returns
    -------
    batch
        What it gives.

    Raises
    ------
    UnreadableError
        If nothing in it is understood (PN077), two layouts explain it as well (PN150), something must be asked first (PN152,
        PN156), or it has not the layout that `partnet.toml` names (PN088).
    """
    rule = config.rule(grid.file, grid.sheet)
    if is_canonical(grid, rule, config):
        return replace(canonical_batch(grid, rule, config), grid=grid)
    return replace(_with_every_line(grid.cut, _read(grid.cut, rule, config, known)), grid=grid.cut)


def _read(grid: Grid, rule: SourceRule, config: Config, known: KnownNames) -> Batch:
    for special in (ticks, outlook):
        batch = special(grid, rule) if rule.shape in (None, "ticks", "calendar") else None
        if batch is not None:
            return batch
    understood = understandings(grid, rule, known)
    listed = sections_in(grid) if _may_be_minutes(understood, rule) else []
    if listed:
        return _minutes(grid, listed, rule, known)
    if understood and all(_is_blank_form(each) for each in understood):
        return _blank_form(grid, understood)
    readable = [each for each in understood if each.best is not None]
    if not readable:
        if rule.shape is not None:
            raise UnreadableError("PN088", shape=rule.shape)
        if is_named_like_a_table(grid):
            return canonical_batch(grid, rule, config)
        raise UnreadableError("PN077", columns=_first_cells(grid))
    return _batch(grid, understood, readable, rule)


def understandings(grid: Grid, rule: SourceRule, known: KnownNames = NOBODY_KNOWN) -> list[Understanding]:
    """
    Weigh every layout of every table of a sheet.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the sheet.
    known
        Names known from other files.

    Returns
    -------
    understandings
        One for each table, from top to bottom.
    """
    found: list[Understanding] = []
    tables = tables_in(grid) or _bare_tables(grid)
    for place, table in enumerate(tables):
        above = found[-1].situation if found else None
        situation = Situation(table, rule, known, above)
        if (place + 1 < len(tables) and situation.is_about_what_follows) or _is_about_tasks(table):
            found.append(Understanding(situation, ()))
            continue
        hypotheses = [weighed for weigh in _LAYOUTS if (weighed := weigh(situation)) is not None]
        wanted = _OLD_NAMES.get(rule.shape or "", rule.shape)
        if wanted is not None:
            hypotheses = [each for each in hypotheses if each.layout == wanted]
        ranked = sorted(((each, each.score(situation)) for each in hypotheses), key=lambda pair: -pair[1])
        found.append(Understanding(situation, tuple(ranked)))
    return found


def _is_about_tasks(table: Table) -> bool:
    """Tell a document's table of what is to be done, whose names say who does it and not who was there."""
    names = [ungendered(name) for column in table.columns if (name := table.name(column)) and not _NUMBER.fullmatch(name)]
    return bool(table.grid.tables) and bool(names) and names[0].strip(" :") in words_of("notes", "tasks")


def _bare_tables(grid: Grid) -> list[Table]:
    """Take a sheet of one column for a list under the header that names people, any other without header as it stands."""
    filled = [row for row, cells in enumerate(grid.filled) if cells]
    if not filled:
        return []
    first, columns = filled[0], range(max(grid.width, 1))
    lone = [row for row in filled if len(grid.filled[row]) == 1]
    header = next((row for row in filled if lone == filled and _names_people(grid, row)), first)
    if header == first and first in lone and lone != filled:
        # A title alone over lines of several cells names none of them.
        return [Table(grid, range(first + 1), (), range(first + 1, len(grid.rows)), columns)]
    return [Table(grid, range(header), (header,), range(header + 1, len(grid.rows)), columns)]


def _names_people(grid: Grid, row: int) -> bool:
    text = next(cell for cell in grid.rows[row] if cell.strip())
    roles = header_roles(text)
    return max(roles.values(), default=0.0) >= 1.0 and bool(set(roles) & set(NAMING_ROLES)) and heading_status(text) is None


def _may_be_minutes(understood: Sequence[Understanding], rule: SourceRule) -> bool:
    """Tell minutes from a table with a heading in it: lists are looked for where no table explains the lines as well."""
    if rule.shape is not None:
        return rule.shape == "minutes"
    return not any(
        each.situation.table.header and (_names_nobody(each.situation) or (each.best is not None and _is_strong(each)))
        for each in understood
    )


def _names_nobody(situation: Situation) -> bool:
    """Tell days with a status each, and no column of names: whose they are nothing says, and `Visio` below is nobody."""
    day = situation.columns.of("day")
    return day is not None and day.by_content > 0 and situation.columns.has("status", "present") and not situation.naming


def _is_strong(understanding: Understanding) -> bool:
    """Tell a table with columns of its own from lines that a header row was found in by chance."""
    situation = understanding.situation
    body = [row for row in situation.table.body if situation.table.grid.filled[row]]
    n_filled = sum(len(situation.table.texts(row)) > 1 for row in body)
    used = understanding.best.used if understanding.best is not None else frozenset()
    says = situation.columns.has("status", "signature", "reply", "present", "excused", "absent", "invited")
    first = situation.columns.every[0].name if situation.columns.every else ""
    if (
        len(situation.columns.every) == 1
        and not situation.marks
        and max(header_roles(first).values(), default=0.0) > _BY_A_STEM
    ):
        # A single column under one header is a list as it stands, whatever heading its header looks like.
        return True
    is_filled = n_filled > 0 and (says or n_filled >= 0.3 * len(body))
    return len(used) > 1 and is_filled


def _minutes(grid: Grid, listed: list[Listed], rule: SourceRule, known: KnownNames) -> Batch:
    meetings = meetings_in(grid, listed, rule, known)
    if not all(situation.day[0] for situation, _ in meetings):
        raise UnreadableError("PN156", n=len(listed))
    draft = Draft.of_grid(grid, "minutes")
    for situation, lines in meetings:
        read_minutes(situation, lines, draft)
    return draft.batch()


def _batch(grid: Grid, understood: Sequence[Understanding], readable: Sequence[Understanding], rule: SourceRule) -> Batch:
    first = max(readable, key=lambda each: each.ranked[0][1])
    best = first.ranked[0][0]
    if first.rival is not None and rule.shape is None:
        raise UnreadableError("PN150", layout=best.layout, other=first.rival.layout)
    if best.fault:
        raise UnreadableError(best.fault, **{"n": len(first.situation.table.body), **best.values})
    draft = Draft.of_grid(grid, best.layout)
    for each in understood:
        chosen = each.best
        if chosen is None or (chosen.fault and chosen.layout != best.layout) or each.rival is not None:
            _tell_unread(each, draft)
            continue
        draft.header(*each.situation.table.header)
        chosen.read(each.situation, draft)
    _read_paragraphs(first.situation, best, draft)
    letters = _LETTERS.get(best.layout)
    return draft.batch(*letters(first.situation)) if letters is not None else draft.batch()


def _tell_unread(understanding: Understanding, draft: Draft) -> None:
    """Tell of a table beside one that is read, unless it says what follows is about, or what is to be done."""
    situation = understanding.situation
    table = situation.table
    names = [name for column in table.columns if (name := table.name(column))]
    is_filled = sum(bool(table.grid.cell(row, table.columns.start)) for row in table.body) > 1
    if names and is_filled and not situation.is_about_what_follows and not _is_about_tasks(table):
        draft.remark("PN077", (table.header[-1], table.columns.start), columns=names)


def _read_paragraphs(situation: Situation, best: Hypothesis, draft: Draft) -> None:
    """Read `Excusés : …` beside the table of a document; only tell of it where the table is not about one meeting."""
    grid = situation.table.grid
    listed = [line for line in sections_in(grid) if grid.table_of(line.row) is None] if grid.tables else []
    if best.layout == "sign_in_sheet" and situation.day[0]:
        read_minutes(situation, listed, draft)
        return
    for line in listed:
        draft.remark("PN165", (line.row, line.column), value=line.text[:200])


def _is_blank_form(understanding: Understanding) -> bool:
    """Tell a table of headers that nobody has filled in yet."""
    table = understanding.situation.table
    rows = [row for row in table.body if table.grid.filled[row]]
    return not rows and sum(bool(header_roles(table.name(column))) for column in table.columns) > 1


def _blank_form(grid: Grid, understood: Sequence[Understanding]) -> Batch:
    best = next((each.best for each in understood if each.best is not None), None)
    draft = Draft.of_grid(grid, best.layout if best is not None else "sign_in_sheet")
    draft.remark("PN046")
    for each in understood:
        draft.header(*each.situation.table.header)
    return draft.batch()


def _first_cells(grid: Grid) -> list[str]:
    return [cell[:40] for cell in next(filter(None, grid.filled), [])][:12]


def _with_every_line(grid: Grid, batch: Batch) -> Batch:
    """Leave aside, and count, the lines that the layout made nothing of: none may vanish."""
    told = {*batch.lines.tolist(), *batch.header_lines}
    lines = [line for line, cells in enumerate(grid.filled, start=1) if cells and line not in told]
    for line in lines:
        batch.findings.ignore(batch.source, "PN053", line=line)
    first = len(batch.lines)
    return replace(
        batch,
        lines=np.concatenate([batch.lines, np.array(lines, dtype=np.int64)]),
        ignored=[*batch.ignored, *range(first, first + len(lines))],
    )
