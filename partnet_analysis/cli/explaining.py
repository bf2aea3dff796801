"""How a file was understood, in sentences."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from partnet_analysis.cli.job import ATTENTION, DONE, Job
from partnet_analysis.cli.speech import inert, place
from partnet_analysis.config import Config
from partnet_analysis.messages import Phrase, has, say
from partnet_analysis.records.assembly.explaining import explained_file
from partnet_analysis.records.sheets.explanation import ColumnExplained, LayoutExplained, SheetExplained, TableExplained
from partnet_analysis.views.tables import json_bytes

_SHOWN_LINES = 8


def explain_file(job: Job, name: str) -> int:
    """
    Say how each sheet of a file was understood.

    Parameters
    ----------
    job
        Which folder.
    name
        The file, or `file › sheet`.

    Returns
    -------
    code
        The exit code: 1 where a sheet was not read.
    """
    file, _, sheet = (part.strip() for part in name.partition("›"))
    explained = explained_file(job.folder, Config.load(job.folder), _inside(job.folder, file), sheet or None)
    if job.as_json:
        click.echo(json_bytes([_as_data(each) for each in explained], job.language), nl=False)
    else:
        click.echo("\n\n".join("\n".join(map(inert, sheet_lines(each, job.language))) for each in explained))
    return ATTENTION if any(each.fault is not None for each in explained) else DONE


def _inside(folder: Path, file: str) -> str:
    """Take a path from where one stands for the file inside the folder."""
    path = Path(file)
    is_inside = (folder / path).exists() and not path.is_absolute()
    if not is_inside and path.exists() and path.resolve().is_relative_to(folder.resolve()):
        return path.resolve().relative_to(folder.resolve()).as_posix()
    return path.as_posix()


def sheet_lines(sheet: SheetExplained, language: str) -> Iterator[str]:
    """
    Say how a sheet was understood.

    Parameters
    ----------
    sheet
        The facts.
    language
        `fr` or `en`.

    Yields
    ------
    line
        A line of text; those that belong beneath another begin with blanks.
    """
    yield place(sheet.file, sheet.sheet)
    if sheet.fault is not None:
        yield "  " + _say(language, "not_read", fault=sheet.fault)
        yield "  " + _say(language, "way_out", way_out=sheet.way_out)
    else:
        yield "  " + _say(language, "shape", shape=Phrase(f"readers.shape.{sheet.shape}"), n=sheet.n_rows)
    for table in sheet.tables:
        yield ""
        yield from ("  " + line for line in _table_lines(table, language))
    left = list(_left_lines(sheet, language))
    yield from ["", *left] if left else []


def _table_lines(table: TableExplained, language: str) -> Iterator[str]:
    best = table.layouts[0] if table.layouts else None
    key = (
        "table" if best else "canonical" if table.columns and table.columns[0].role.startswith("canonical:") else "no_layout"
    )
    yield _say(language, key, cells=table.cells, layout=Phrase(f"readers.shape.{best.layout}") if best else "")
    if key != "canonical":
        yield from ("  " + line for line in _meeting_lines(table, language))
    yield "  " + _say(language, "columns")
    yield from ("    " + _column_line(column, language) for column in table.columns)
    if table.marks or table.blank:
        yield "  " + _say(language, "marks", marks=list(_marks(table, language)))
    for number, layout in enumerate(table.layouts[:2]):
        if number:
            yield "  " + _say(language, "rival", layout=Phrase(f"readers.shape.{layout.layout}"))
        yield from ("  " + "  " * number + line for line in _layout_lines(layout, language))


def _meeting_lines(table: TableExplained, language: str) -> Iterator[str]:
    if table.title:
        yield _say(language, "title", title=table.title)
    if table.day:
        yield _say(language, "day" if table.day_cell else "day_by_name", day=table.day, cell=table.day_cell)
    elif not any(column.day or column.role == "day" for column in table.columns):
        yield _say(language, "no_day")


def _column_line(column: ColumnExplained, language: str) -> str:
    role = column.role.removeprefix("canonical:")
    key = "column_of_day" if column.day else "column" if column.header else "column_without_header"
    said = role if role != column.role else _say(language, f"role.{role}", group="") if role else _say(language, "not_used")
    line = _say(language, key, letter=column.letter, header=column.header, role=said, day=column.day)
    reasons = list(_column_reasons(column, language))
    return f"{line} ({', '.join(reasons)})" if reasons else line


def _column_reasons(column: ColumnExplained, language: str) -> Iterator[str]:
    if column.role and not column.day and not column.role.startswith("canonical:"):
        yield _say(language, f"header.{column.header_is or 'content'}", group="")
    if column.cells_are:
        kind = Phrase(f"understanding.kind.{column.cells_are}")
        yield _say(language, "cells", n=column.n_filled, kind=kind, percent=round(100 * column.share))
    elif column.n_filled:
        yield _say(language, "cells_alone", n=column.n_filled)


def _layout_lines(layout: LayoutExplained, language: str) -> Iterator[str]:
    yield _say(language, "uses", percent=round(100 * layout.share_used))
    for key, side, reasons in (("because", "for", layout.speaks_for), ("against", "against", layout.speaks_against)):
        if reasons:
            yield _say(language, key, reasons=[_reason(language, side, layout.layout, reason) for reason in reasons])
    if layout.asks and has(language, f"understanding.asks.{layout.asks}"):
        yield _say(language, "asks", fault=Phrase(f"understanding.asks.{layout.asks}"))


def _reason(language: str, side: str, layout: str, key: str) -> str:
    """Say what speaks for or against a layout; for some, the same fact is said in another way."""
    keys = (f"understanding.{side}.{layout}_{key}", f"understanding.{side}.{key}", f"understanding.for.{key}")
    return next((say(language, each) for each in keys if has(language, each)), key.replace("_", " "))


def _marks(table: TableExplained, language: str) -> Iterator[str]:
    meanings = {**table.marks, **({_say(language, "blank"): table.blank} if table.blank else {})}
    for mark, status in meanings.items():
        said = _say(language, f"status.{status}", group="") if status else _say(language, "unknown_mark")
        yield _say(language, "mark", mark=mark, status=said)


def _left_lines(sheet: SheetExplained, language: str) -> Iterator[str]:
    if sheet.unused:
        columns = [_say(language, "unused_column", header=header, cell=cell) for cell, header in sheet.unused]
        yield "  " + _say(language, "unused", columns=columns)
    for reason, lines in sheet.aside:
        yield "  " + _say(language, "aside", n=len(lines), lines=_shortened(lines), reason=reason)
    for cell, fault in sheet.remarks:
        yield "  " + _say(language, "remark_at" if cell else "remark", cell=cell, fault=fault)


def _shortened(lines: Sequence[int]) -> list[str]:
    return [str(line) for line in lines[:_SHOWN_LINES]] + (["…"] if len(lines) > _SHOWN_LINES else [])


def _as_data(sheet: SheetExplained) -> dict[str, Any]:
    """Put the facts into plain data, each list of pairs as objects."""
    data = asdict(sheet)
    data["fault"], data["way_out"] = sheet.fault, sheet.way_out
    data["unused"] = [{"cell": cell, "header": header} for cell, header in sheet.unused]
    data["aside"] = [{"reason": reason, "lines": list(lines)} for reason, lines in sheet.aside]
    data["remarks"] = [{"cell": cell, "remark": remark} for cell, remark in sheet.remarks]
    return data


def _say(language: str, key: str, *, group: str = "said.", **values: Any) -> str:  # noqa: ANN401 (a blank takes any plain value)
    return say(language, f"understanding.{group}{key}", **values)
