"""How a sheet was understood, as facts: its tables, their layouts, columns, day and marks, and what was left."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from partnet_analysis.config import Config, SourceRule
from partnet_analysis.messages import Phrase
from partnet_analysis.records.cells.looks import NOBODY_KNOWN, KnownNames
from partnet_analysis.records.drafts import address
from partnet_analysis.records.entries import Batch, spreadsheet_letters
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid, UnreadableError
from partnet_analysis.records.sheets.columns import Column
from partnet_analysis.records.sheets.presence import PresenceColumns, read_status
from partnet_analysis.records.sheets.profiles import Profile
from partnet_analysis.records.sheets.situation import MarkColumn, Situation
from partnet_analysis.records.sheets.understanding import Understanding, recognised, understandings

_SAID: Final = ("status", "reply", "present", "excused", "absent", "represented", "invited")
_SURE, _OF_PARTS, _SLIP = 0.95, 0.82, 0.8
_FREE: Final = (
    "title", "series", "theme", "kind", "place", "remark", "function", "sector", "level", "channel", "signature", "number",
    "index", "civility", "unused", "total", "last_name", "first_name",
)  # fmt: skip
"""Roles whose cells may hold anything: what they look like says nothing."""

_MOST_MARKS: Final = 12
_NOT_A_TABLE: Final = ("minutes", "canonical", "ticks", "calendar")


@dataclass(frozen=True)
class ColumnExplained:
    """
    What a column was taken for, and why.

    Parameters
    ----------
    letter
        Its letter.
    header
        What its header says.
    role
        What it was taken for; empty where it was not used.
    day
        The day that its header names, as ISO; empty where it names none.
    header_is
        How its header names the role: `known`, `compound`, `slip`, `word`; empty where the cells alone say it.
    n_filled
        How many of its cells hold something, of those looked at.
    cells_are
        What most of its cells are; empty where none holds anything.
    share
        How many of them are that, from 0 to 1.
    """

    letter: str
    header: str
    role: str
    day: str = ""
    header_is: str = ""
    n_filled: int = 0
    cells_are: str = ""
    share: float = 0.0


@dataclass(frozen=True)
class LayoutExplained:
    """
    What speaks for a layout and against it.

    Parameters
    ----------
    layout
        The layout.
    score
        What it weighs in all.
    share_used
        The share of the filled columns to which it gives a meaning.
    speaks_for
        The keys of what speaks for it, the strongest first.
    speaks_against
        The keys of what speaks against it, the strongest first.
    asks
        The code of what must be asked before it can be read; empty where nothing must.
    """

    layout: str
    score: float
    share_used: float
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    asks: str = ""


@dataclass(frozen=True)
class TableExplained:
    """
    How a table of a sheet was understood.

    Parameters
    ----------
    cells
        Its cells with the header, such as `A4:F31`.
    layouts
        The layouts it may have, the best first.
    columns
        Its columns, from left to right.
    title
        What the meeting or series is called.
    day
        The day of the one meeting it is about, as ISO or as written; empty where it has none of its own.
    day_cell
        The cell that says so; empty where the name of sheet or file does.
    marks
        What the marks and words of presence mean; those of which nothing is known mean nothing.
    blank
        What an empty cell means, as a legend says; empty where none does.
    """

    cells: str
    layouts: tuple[LayoutExplained, ...]
    columns: tuple[ColumnExplained, ...]
    title: str = ""
    day: str = ""
    day_cell: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    blank: str = ""


@dataclass(frozen=True)
class SheetExplained:
    """
    How a sheet, or a file without sheets, was understood.

    Parameters
    ----------
    file
        The file.
    sheet
        The sheet; None where the file has none.
    shape
        The shape it was read as; empty where it was not read.
    fault
        Why it was not read; None where it was.
    way_out
        What to do about that; None where it was read.
    tables
        Its tables; none where it is no table.
    unused
        The columns that were not used: where their headers stand, and what these say.
    aside
        How many lines were left aside, for each reason.
    remarks
        What else was noticed.
    n_rows
        How many lines it has that are neither blank nor headers.
    """

    file: str
    sheet: str | None
    shape: str = ""
    fault: Phrase | None = None
    way_out: Phrase | None = None
    tables: tuple[TableExplained, ...] = ()
    unused: tuple[tuple[str, str], ...] = ()
    aside: tuple[tuple[Phrase, tuple[int, ...]], ...] = ()
    remarks: tuple[tuple[str, Phrase], ...] = ()
    n_rows: int = 0


def explained_sheet(grid: Grid, config: Config, known: KnownNames = NOBODY_KNOWN) -> SheetExplained:
    """
    Explain how a sheet is understood.

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
    explained
        The facts; where the sheet cannot be read, what is known of its tables, and why.
    """
    rule = config.rule(grid.file, grid.sheet)
    try:
        batch = recognised(grid, config, known)
    except UnreadableError as fault:
        text, way_out = (Phrase(f"errors.{fault.code}.{part}", fault.values) for part in ("text", "way_out"))
        return SheetExplained(grid.file, grid.sheet, "", text, way_out, _tables(grid, rule, known))
    tables = () if batch.source.shape in _NOT_A_TABLE else _tables(grid, rule, known)
    return explained_batch(batch, tables)


def explained_batch(batch: Batch, tables: Sequence[TableExplained] = ()) -> SheetExplained:
    """
    Explain what a reader made of a file.

    Parameters
    ----------
    batch
        What it made.
    tables
        The tables it found, where there are any.

    Returns
    -------
    explained
        The facts.
    """
    _, ignored, remarks = batch.findings.frames()
    reasons: dict[str, list[dict[Any, Any]]] = {}
    for row in ignored.to_dict("records"):
        reasons.setdefault(row["code"], []).append(row)
    others = remarks[remarks["code"] != "PN042"]
    source = batch.source
    return SheetExplained(
        source.file,
        source.sheet,
        source.shape,
        tables=tuple(tables) or tuple(_canonical_table(batch)),
        unused=tuple(
            (str(row["cell"]), str(row["fault"].values["name"]))
            for row in remarks[remarks["code"] == "PN042"].to_dict("records")
        ),
        aside=tuple((rows[0]["reason"], tuple(int(row["line"]) for row in rows)) for rows in reasons.values()),
        remarks=tuple(
            (row["cell"] if isinstance(row["cell"], str) else "", row["fault"]) for row in others.to_dict("records")
        ),
        n_rows=len(batch.lines),
    )


def _canonical_table(batch: Batch) -> Iterator[TableExplained]:
    """List the columns of a canonical table under the names they have in the file."""
    source = batch.source
    if source.shape == "canonical" and source.letters and batch.grid is not None:
        columns = tuple(
            ColumnExplained(letter, source.headers.get(column, ""), f"canonical:{column}", header_is="known")
            for column, letter in source.letters.items()
        )
        yield TableExplained(f"A1:{spreadsheet_letters(max(batch.grid.width, 1) - 1)}{len(batch.grid.rows)}", (), columns)


def _tables(grid: Grid, rule: SourceRule, known: KnownNames) -> tuple[TableExplained, ...]:
    return tuple(_table(each) for each in understandings(grid, rule, known))


def _table(understanding: Understanding) -> TableExplained:
    situation = understanding.situation
    day, cell = ("", None) if situation.marks or situation.columns.has("day") else situation.day
    given, blank = situation.legend
    used = understanding.best.used if understanding.best is not None else frozenset(situation.table.columns)
    return TableExplained(
        _cells_of(situation),
        tuple(_layouts(understanding)),
        tuple(_columns(situation, used)),
        title=situation.title,
        day=day,
        day_cell=address(*cell) if cell is not None else "",
        marks=_marks(situation, given, blank),
        blank=blank,
    )


def _cells_of(situation: Situation) -> str:
    table = situation.table
    first = table.header[0] if table.header else table.body.start
    filled = [row for row in table.body if any(table.grid.cell(row, place) for place in table.columns)]
    last = filled[-1] if filled else first
    return f"{address(first, table.columns.start)}:{address(last, max(table.columns.stop - 1, 0))}"


def _layouts(understanding: Understanding) -> Iterator[LayoutExplained]:
    for hypothesis, score in understanding.ranked:
        weights = sorted(hypothesis.evidence.items(), key=lambda item: -abs(item[1]))
        yield LayoutExplained(
            hypothesis.layout,
            round(score, 2),
            round(hypothesis.explained(understanding.situation), 2),
            tuple(key for key, weight in weights if weight > 0),
            tuple(key for key, weight in weights if weight < 0),
            hypothesis.fault,
        )


def _columns(situation: Situation, used: frozenset[int]) -> list[ColumnExplained]:
    found = {column.place: _column(column, used=column.place in used) for column in situation.columns.every}
    found |= {mark.place: _mark(situation, mark) for mark in situation.marks}
    return [found[place] for place in sorted(found)]


def _column(column: Column, *, used: bool) -> ColumnExplained:
    kind, share = _most(column.profile) if column.role not in _FREE or not used else ("", 0.0)
    return ColumnExplained(
        spreadsheet_letters(column.place),
        column.name,
        column.role if used else "",
        header_is=_header_is(column.by_header),
        n_filled=column.profile.n_filled,
        cells_are=kind,
        share=round(share, 2),
    )


def _header_is(weight: float) -> str:
    """Put into a word how a header names a role."""
    if weight >= _SURE:
        return "known"
    if weight > _OF_PARTS:
        return "compound"
    if weight == _SLIP:
        return "slip"
    return "word" if weight > 0 else ""


def _most(profile: Profile) -> tuple[str, float]:
    """Find what most cells of a column are; what says more goes before plain text."""
    kinds = {kind for found in profile.kinds for kind in found}
    shares = sorted(
        ((kind, profile.share(kind)) for kind in kinds), key=lambda item: (-item[1], item[0] in ("text", "long"), item[0])
    )
    return shares[0] if shares else ("", 0.0)


def _mark(situation: Situation, mark: MarkColumn) -> ColumnExplained:
    grid = situation.table.grid
    cells = [cell for row in situation.table.body if (cell := grid.cell(row, mark.place))]
    header = grid.cell(*mark.cell)
    return ColumnExplained(spreadsheet_letters(mark.place), header, mark.role or "mark", day=mark.day, n_filled=len(cells))


def _marks(situation: Situation, given: Mapping[str, str], blank: str) -> dict[str, str]:
    """Tell what the words and marks of presence mean, the most frequent first."""
    roles = {column.place: column.role for column in situation.columns.every if column.role in _SAID}
    roles |= {mark.place: mark.role for mark in situation.marks}
    columns = PresenceColumns({}, {}, given, blank)
    spelled: dict[tuple[str, str], list[str]] = {}
    for place, role in roles.items():
        outcome = role if role in ("excused", "absent", "represented", "reply") else ""
        for row in situation.table.body:
            if text := situation.table.grid.cell(row, place):
                spelled.setdefault((folded(text), outcome), []).append(text)
    found: dict[str, str] = {}
    for (text, outcome), texts in sorted(spelled.items(), key=lambda item: -len(item[1]))[:_MOST_MARKS]:
        meaning = read_status(columns, text, is_reply=outcome == "reply")
        status = outcome if outcome not in ("", "reply") else meaning.status if meaning else ""
        found.setdefault(texts[0], status if meaning else "")
    return found
