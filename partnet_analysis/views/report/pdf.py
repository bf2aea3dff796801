"""The review as a PDF for paper and for the archives: tagged, PDF/UA-1 and PDF/A-2a."""

import json
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from itertools import groupby, takewhile
from math import sqrt
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import UNDRAWABLE, font_has
from partnet_analysis.views.report.document import (
    NUMERIC,
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Piece,
    Prose,
    Row,
    Run,
    Table,
)
from partnet_analysis.views.report.wording import inert, shown

_NARROW: Final = 0.62
"""A picture that takes less of the width leaves room for something beside it."""

_SHORT: Final = 13
_FEW_COLUMNS: Final = 4
"""How large a table may be that stands beside something."""

_NUMBER, _NAME, _WORDS, _SENTENCE = 9, 31, 26, 70
"""The least signs that a column has room for, and the most that make it wider: a name's, a few words', a sentence's."""

_WORD: Final = 22
"""Words up to this length stay whole in a table's cells, sentences apart."""

_STREAM: Final = re.compile(rb"<</Length (?P<length>\d{1,9})\b[^\n]*>>(?P<line>\n)stream\n")
_DOUBTFUL: Final = b"\r\nendstream"

_REGIONS: Final = {"fr": "FR", "en": "GB"}


def pdf_bytes(document: Document) -> bytes:
    """
    Write the review as PDF.

    Parameters
    ----------
    document
        The review.

    Returns
    -------
    content
        The same bytes on every run: no clock, only fonts that come with the packages. Tagged for screen readers
        (PDF/UA-1) and fit for the archives (PDF/A-2a).
    """
    import typst  # noqa: PLC0415 (a large package that only this form needs)

    ink = _Ink()
    sections = [
        _section(section.key, section.title, section.blocks, document.language, ink) for section in document.sections
    ]
    if ink.lacking:
        signs = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(ink.lacking))
        text = say(document.language, "review.method.undrawable", sign=UNDRAWABLE, signs=signs)
        sections[-1]["blocks"].append({"type": "paragraph", "role": "note", "text": text})
    content = {
        "language": document.language,
        "region": _REGIONS[document.language],
        "title": ink.drawn(document.title),
        "partnership": ink.drawn(document.partnership),
        "note": ink.drawn(document.note),
        "year": document.last_day.year,
        "month": document.last_day.month,
        "day": document.last_day.day,
        "kicker": say(document.language, "review.kicker"),
        "contents": say(document.language, "review.contents"),
        "sections": sections,
    }
    compiled = typst.compile(
        (resources.files(__package__) / "templates" / "review.typ").read_bytes(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(Path(mpl.get_data_path()) / "fonts" / "ttf")]),
        ignore_system_fonts=True,
        sys_inputs={"review": json.dumps(content, ensure_ascii=False, allow_nan=False)},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=0,
    )
    return unmistakable(bytes(compiled))


def unmistakable(content: bytes) -> bytes:
    r"""
    Leave no doubt where a stream of a PDF ends.

    Parameters
    ----------
    content
        The PDF.

    Returns
    -------
    content
        The same, and of the same size. A stream whose last byte happens to be a carriage return, and which a line feed
        follows, looks one byte shorter than its `/Length`, as if the two were one end of line; PDF/A allows no such
        difference (ISO 19005-2, 6.1.7.1). The end of line after it takes both bytes, and the line feed before `stream` is
        given up.

    Examples
    --------
    >>> unmistakable(b"<</Length 2>>\nstream\nx\r\nendstream")
    b'<</Length 2>>stream\nx\r\r\nendstream'
    """
    kept, done = [], 0
    for opening in _STREAM.finditer(content):
        end = opening.end() + int(opening["length"])
        if content[end - 1 : end + len(_DOUBTFUL) - 1] == _DOUBTFUL:
            kept += [content[done : opening.start("line")], content[opening.end("line") : end], b"\r"]
            done = end
    return b"".join([*kept, content[done:]])


def _column(column: Column, texts: Sequence[str], title: str) -> dict[str, Any]:
    return {
        "title": title,
        "kind": column.kind,
        "number": column.kind in NUMERIC,
        "hyphenate": column.kind == "prose" or any(len(word) > _WORD for text in texts for word in text.split()),
        "weight": _weight(column, texts),
    }


def _weight(column: Column, texts: Sequence[str]) -> float:
    """Share the width out as the cells need it: in signs, sentences less than they are long since they break well."""
    lengths = [len(text) for text in texts] or [0]
    longest, mean = max(lengths), sum(lengths) / len(lengths)
    if column.kind in NUMERIC:
        return float(min(max(_NUMBER, longest + 2, *(1.4 * len(word) for word in column.title.split())), _NAME))
    if column.kind == "prose":
        return round(min(max(0.6 * sqrt(longest * mean), min(longest, _WORDS), _NUMBER), _SENTENCE), 1)
    return float(min(max(longest, 1.2 * len(column.title), _NUMBER), _NAME))


def _span(rows: Sequence[Row], place: int) -> int:
    """Count the rows that a first cell stands for; none where the row above has said it."""
    if rows[place].goes_on:
        return 0
    return 1 + sum(1 for _ in takewhile(lambda row: row.goes_on, rows[place + 1 :]))


def _is_narrow(table: Table) -> bool:
    """Tell whether a table has room beside another thing."""
    kinds = [column.kind for column in table.columns]
    n_texts = sum(kind not in NUMERIC for kind in kinds)
    is_small = len(table.rows) <= _SHORT and len(kinds) <= _FEW_COLUMNS and "prose" not in kinds
    return is_small and (n_texts == 1 or len(kinds) < _FEW_COLUMNS)


class _Ink:
    """Draws what the fonts have, and remembers what they lack."""

    def __init__(self) -> None:
        self.lacking: set[str] = set()

    def drawn(self, text: str) -> str:
        """Replace what the fonts lack."""
        kept = inert(text)
        lacking = {sign for sign in kept if not font_has(sign)}
        self.lacking |= lacking
        return "".join(UNDRAWABLE if sign in lacking else sign for sign in kept)


def _section(key: str, title: str, blocks: tuple[Block, ...], language: str, ink: _Ink) -> dict[str, Any]:
    written = [_block(block, language, ink) for block in blocks]
    return {"key": key, "title": ink.drawn(title), "blocks": [block for block in written if block is not None]}


def _block(block: Block, language: str, ink: _Ink) -> dict[str, Any] | None:
    match block:
        case Paragraph():
            written: dict[str, Any] = {"type": "paragraph", "role": block.role, "text": ink.drawn(block.text)}
        case Heading():
            written = {"type": "heading", "text": ink.drawn(block.text)}
        case Bullets():
            written = {"type": "bullets", "items": [ink.drawn(item) for item in block.items]}
        case Prose():
            grouped = groupby(block.pieces, key=lambda piece: piece.kind)
            written = {"type": "prose", "groups": [_group(kind, pieces, ink) for kind, pieces in grouped]}
        case KeyFigures():
            written = {"type": "keyfigures", "figures": [_key_figure(figure, language) for figure in block.figures]}
        case Picture():
            written = _picture(block, ink)
        case Table():
            written = _table(block, language, ink)
        case _:
            return None
    return written


def _group(kind: str, pieces: Iterable[Piece], ink: _Ink) -> dict[str, Any]:
    return {"kind": kind, "pieces": [[_run(run, ink) for run in piece.runs] for piece in pieces]}


def _run(run: Run, ink: _Ink) -> dict[str, Any]:
    return {"text": ink.drawn(run.text), "strong": run.strong, "emphasis": run.emphasis}


def _key_figure(figure: Any, language: str) -> dict[str, str]:  # noqa: ANN401 (a KeyFigure)
    return {
        "value": shown(figure.value, "count", language),
        "label": figure.label,
        "change": figure.change,
        "sentence": figure.sentence,
    }


def _picture(picture: Picture, ink: _Ink) -> dict[str, Any]:
    return {
        "type": "picture",
        "title": ink.drawn(picture.title),
        "reading": ink.drawn(picture.reading),
        "alternative": ink.drawn(picture.alternative),
        "svg": picture.svg.decode(),
        "width": round(100 * picture.share_of_width, 1),
        "wide": picture.is_wide,
        "narrow": picture.share_of_width < _NARROW,
    }


def _table(table: Table, language: str, ink: _Ink) -> dict[str, Any]:
    ordered = [row for row in table.rows if not row.apart] + [row for row in table.rows if row.apart]
    first_apart = next((row for row in ordered if row.apart), None)
    rows: list[dict[str, Any]] = [
        {
            "opens": row is first_apart,
            "span": _span(ordered, place),
            "cells": [
                ink.drawn(shown(value, row.kind if column.kind == "own" else column.kind, language))
                for column, value in zip(table.columns, row.cells, strict=True)
            ],
        }
        for place, row in enumerate(ordered)
    ]
    cells = [line["cells"] for line in rows]
    columns = [
        _column(column, [line[place] for line in cells], ink.drawn(column.title))
        for place, column in enumerate(table.columns)
    ]
    source = say(language, "review.source", source=table.source) if table.source else ""
    return {
        "type": "table",
        "title": ink.drawn(table.title),
        "reading": ink.drawn(table.reading),
        "long": table.has_long_rows,
        "narrow": _is_narrow(table),
        "columns": columns,
        "rows": rows,
        "apart": table.apart,
        "note": ink.drawn(f"{table.note} {source}".strip()),
    }
