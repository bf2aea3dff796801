"""What reading a folder leaves open: each sheet is read, and what it could not settle is asked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pandas as pd

from partnet_analysis.config import Config, SourceRule
from partnet_analysis.messages import Phrase
from partnet_analysis.records.assembly.folder import opened_folder
from partnet_analysis.records.assembly.questions import (
    LATER,
    LISTS,
    ORDER,
    ROLES_ASKED,
    SAYS_WHO_CAME,
    SKIP,
    STATUSES,
    Kind,
    Question,
)
from partnet_analysis.records.cells.days import short_day_in
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.cells.values import BadValueError, truth
from partnet_analysis.records.drafts import address
from partnet_analysis.records.entries import Batch, Findings
from partnet_analysis.records.grids import Grid, UnreadableError
from partnet_analysis.records.sheets.known import known_names
from partnet_analysis.records.sheets.understanding import Understanding, recognised, understandings

_N_ROWS: Final = 3
_WITHOUT_COLUMNS: Final = ("canonical", "ticks", "calendar", "minutes")


class OpenFolder:
    """
    A folder whose files are opened once, and asked about each time that a decision has changed.

    Parameters
    ----------
    folder
        The folder.
    config
        What `partnet.toml` says at first.
    """

    def __init__(self, folder: Path, config: Config) -> None:
        """Open every file."""
        self._found = opened_folder(folder, config, Findings())
        self._known = known_names([each for each in self._found if isinstance(each, Grid)], config)
        self._read: dict[tuple[int, str], Batch | UnreadableError] = {}

    def questions(self, config: Config) -> tuple[Question, ...]:
        """
        Ask what reading leaves open.

        Parameters
        ----------
        config
            What has been decided so far.

        Returns
        -------
        questions
            What keeps whole sheets from being read first, then what costs cells; in the order of files.
        """
        found: dict[str, Question] = {}
        read = [(each, self._reading(place, each, config)) for place, each in enumerate(self._found)]
        callers = tuple(_coordinators(result for _, result in read if isinstance(result, Batch)))
        for each, result in read:
            for question in self._of(each, result, config, callers):
                known = found.get(question.question_id)
                found[question.question_id] = question if known is None else _together(known, question)
        return tuple(sorted(found.values(), key=lambda question: ORDER.index(question.kind)))

    def _reading(self, place: int, found: Batch | Grid, config: Config) -> Batch | UnreadableError | None:
        """Read a sheet under its present rule, once for each rule."""
        if isinstance(found, Batch):
            return found
        rule = config.rule(found.file, found.sheet)
        if rule.skip or not any(map(any, found.rows)):
            return None
        key = (place, rule.model_dump_json())
        if key not in self._read:
            try:
                self._read[key] = recognised(found, config, self._known)
            except UnreadableError as fault:
                self._read[key] = fault
        return self._read[key]

    def _of(
        self, found: Batch | Grid, result: Batch | UnreadableError | None, config: Config, callers: tuple[str, ...]
    ) -> Iterator[Question]:
        if isinstance(result, UnreadableError) and isinstance(found, Grid):
            rule = config.rule(found.file, found.sheet)
            question = _of_refusal(found, result, understandings(found, rule, self._known), callers)
            if question is not None:
                yield self._with_possible_lists(question, found, rule)
        elif isinstance(result, Batch) and isinstance(found, Grid):
            yield from _of_grid(found, result, config.rule(found.file, found.sheet))
        elif isinstance(result, Batch):
            yield from _of_calendar(result, config)

    def _with_possible_lists(self, question: Question, grid: Grid, rule: SourceRule) -> Question:
        """Offer only the layouts that a list can be read in."""
        if question.kind == "layout":
            return question
        possible = tuple(
            layout
            for layout in question.choices
            if layout not in LISTS or self._may_be(grid, rule.model_copy(update={"shape": layout}))
        )
        return replace(question, choices=possible)

    def _may_be(self, grid: Grid, rule: SourceRule) -> bool:
        return any(each.best is not None for each in understandings(grid, rule, self._known))


def _of_refusal(
    grid: Grid, fault: UnreadableError, understood: Sequence[Understanding], callers: tuple[str, ...]
) -> Question | None:
    """Ask for what keeps a sheet from being read; nothing where no answer could help."""
    asked = _REFUSALS.get(fault.code)
    if asked is None:
        return None
    kind, choices, takes = asked
    found = [each.situation.table for each in understood if each.best is not None]
    header = found[0].header[-1:] if found else ()
    body = found[0].body if found else range(len(grid.rows))
    question = Question(
        _id(grid.file, grid.sheet, kind),
        kind,
        grid.file,
        (grid.sheet,),
        n=int(_blanks(fault).get("n", len(body))),
        choices=choices,
        takes=takes,
        **_sample(grid, [*header], body),
    )
    if kind == "layout":
        ranked = sorted((pair for each in understood for pair in each.ranked), key=lambda pair: -pair[1])
        layouts = dict.fromkeys([_blanks(fault)["layout"], _blanks(fault)["other"], *(each.layout for each, _ in ranked)])
        return replace(question, choices=(*layouts, SKIP, LATER), default=str(next(iter(layouts))))
    if kind == "list_of":
        columns = [f"{SAYS_WHO_CAME}{name}" for name in dict.fromkeys(_unused_headers(understood))]
        return replace(question, choices=(*columns, *choices))
    return replace(question, default=callers[0]) if kind == "caller" and callers else question


def _unused_headers(understood: Sequence[Understanding]) -> Iterator[str]:
    """Name the columns to which no layout that comes first gives a meaning."""
    for each in understood:
        used = (
            each.best.used if each.best is not None else frozenset(column.place for column in each.situation.columns.every)
        )
        for column in each.situation.columns.every:
            if column.name and column.profile.n_filled and column.place not in used:
                yield column.name


_REFUSALS: Final[Mapping[str, tuple[Kind, tuple[str, ...], str]]] = {
    "PN150": ("layout", (), ""),
    "PN151": ("list_of", (*LISTS, SKIP, LATER), ""),
    "PN152": ("caller", (SKIP, LATER), "name"),
    "PN156": ("day", ("directory", SKIP, LATER), "day"),
}


def _of_grid(grid: Grid, batch: Batch, rule: SourceRule) -> Iterator[Question]:
    """Ask what a sheet that was read leaves open."""
    if batch.source.shape in _WITHOUT_COLUMNS:
        return
    rejects, _, remarks = batch.findings.frames()
    header = [line - 1 for line in batch.header_lines if line][-1:]
    for row in [*_with(rejects, "PN012"), *_with(rejects, "PN166")]:
        lines = [int(row["line"]) - 1]
        yield _about_cell(grid, "status", row["value"], row["cell"], (*STATUSES, LATER), header, lines)
    body = range(max(header, default=-1) + 1, len(grid.rows))
    for row in [*_with(remarks, "PN042"), *_with(remarks, "PN193"), *_with(remarks, "PN153")]:
        question = _of_header(grid, row, rule, header, body)
        if question is not None:
            yield question
    if rule.month_first is None:
        yield from _of_order(grid, remarks, header, body)


def _of_header(
    grid: Grid, row: Mapping[Any, Any], rule: SourceRule, header: Sequence[int], body: Sequence[int]
) -> Question | None:
    """Ask for the year of a header that is a day without one, or what else a column holds; nothing where it has no name."""
    unknown = row["code"] in ("PN042", "PN193")
    name = str(_blanks(row["fault"])["name" if unknown else "value"])
    if rule.year is None and short_day_in(name) is not None:
        return replace(_about_cell(grid, "year", "", row["cell"], (LATER,), header, body), takes="year")
    if not unknown or str(row["cell"]).rstrip("0123456789") == name:
        return None
    return replace(
        _about_cell(grid, "column", name, row["cell"], (*ROLES_ASKED, LATER), header, body), default=ROLES_ASKED[0]
    )


def _of_order(grid: Grid, remarks: pd.DataFrame, header: list[int], body: range) -> Iterator[Question]:
    for code, default in (("PN157", "month_first"), ("PN158", "day_first"), ("PN167", "day_first")):
        for row in _with(remarks, code):
            if _blanks(row["fault"]).get("order", "mdy") == "mdy":
                cell = _cell_of(grid, str(row["value"]))
                question = _about_cell(grid, "day_order", "", cell, ("day_first", "month_first", LATER), header, body)
                yield replace(question, default=default)
                return


def _of_calendar(batch: Batch, config: Config) -> Iterator[Question]:
    """Ask by whose clock moments are told, where a calendar has none of its own and nobody said."""
    _, _, remarks = batch.findings.frames()
    for row in _with(remarks, "PN122"):
        if "time_zone" not in config.partnership.model_fields_set:
            zone = str(_blanks(row["fault"])["zone"])
            n = len(batch.lines)
            yield Question("time_zone", "time_zone", batch.source.file, n=n, choices=(LATER,), default=zone, takes="zone")


def _blanks(told: Phrase | UnreadableError) -> Mapping[str, Any]:
    """Fetch what fills the blanks of a sentence."""
    return told.values  # noqa: PD011 (no frame's)


def _with(frame: pd.DataFrame, code: str) -> list[dict[Any, Any]]:
    return frame[frame["code"] == code].to_dict("records")


def _about_cell(  # noqa: PLR0913, PLR0917 (a question has that many sides)
    grid: Grid, kind: Kind, about: str, cell: str, choices: tuple[str, ...], header: Sequence[int], lines: Sequence[int]
) -> Question:
    name = _id(grid.file, None, kind, about)
    sample = _sample(grid, header, lines)
    return Question(name, kind, grid.file, (grid.sheet,), cell, about, 1, choices, **sample)


def _id(file: str, sheet: str | None, kind: Kind, about: str = "") -> str:
    return " › ".join(filter(None, (file, sheet, kind, " ".join(about.split()))))


def _sample(grid: Grid, header: Sequence[int], lines: Sequence[int]) -> dict[str, Any]:
    """Copy the header and the first rows that hold anything."""
    filled = [
        line for line in lines if line not in header and line < len(grid.rows) and any(map(str.strip, grid.rows[line]))
    ]
    shown = [*header, *filled[:_N_ROWS]]
    return {"rows": tuple(tuple(grid.rows[line]) for line in shown), "lines": tuple(line + 1 for line in shown)}


def _cell_of(grid: Grid, text: str) -> str:
    places = (
        (row, column) for row, cells in enumerate(grid.rows) for column, cell in enumerate(cells) if cell.strip() == text
    )
    found = next(places, None)
    return address(*found) if found is not None else ""


def _together(one: Question, other: Question) -> Question:
    """Ask once for what several cells or sheets leave open."""
    sheets = tuple(dict.fromkeys((*one.sheets, *other.sheets)))
    room = _N_ROWS + 1 - len(one.rows)
    fresh = [(row, line) for row, line in zip(other.rows, other.lines, strict=True) if line not in one.lines][: max(room, 0)]
    same = one.sheets == other.sheets
    rows = (*one.rows, *(row for row, _ in fresh)) if same else one.rows
    lines = (*one.lines, *(line for _, line in fresh)) if same else one.lines
    return replace(one, sheets=sheets, n=one.n + other.n, rows=rows, lines=lines)


def _coordinators(batches: Iterable[Batch]) -> Iterator[str]:
    """Name the actors that some file says to coordinate."""
    for batch in batches:
        actors = batch.tables.get("actors")
        if actors is None or "is_coordinator" not in actors:
            continue
        for row in actors.to_dict("records"):
            if _is_true(row["is_coordinator"]):
                yield _name(row)


def _is_true(text: Any) -> bool:  # noqa: ANN401 (a cell of a draft)
    try:
        return bool(isinstance(text, str) and text.strip() and truth(text))
    except BadValueError:
        return False


def _name(row: Mapping[Any, Any]) -> str:
    actor = row["actor_id"]
    said = (actor.organisation or actor.person) if isinstance(actor, Mention) else str(actor)
    return str(row.get("name") or said)
