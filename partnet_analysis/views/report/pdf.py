"""The review as a PDF for paper and for the archives: tagged, PDF/UA-1 and PDF/A-2a."""

import json
from importlib import resources
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

from partnet_analysis.messages import say
from partnet_analysis.views.figures.style import UNDRAWABLE, font_has
from partnet_analysis.views.report.document import (
    NUMERIC,
    Block,
    Bullets,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
    Picture,
    Piece,
    Prose,
    Table,
)
from partnet_analysis.views.report.wording import inert, shown

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
    return bytes(compiled)


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
            written = {"type": "prose", "pieces": [_piece(piece, ink) for piece in block.pieces]}
        case KeyFigures():
            written = {"type": "keyfigures", "figures": [_key_figure(figure, language) for figure in block.figures]}
        case Picture():
            written = _picture(block, ink)
        case Table():
            written = _table(block, language, ink)
        case _:
            return None
    return written


def _piece(piece: Piece, ink: _Ink) -> dict[str, Any]:
    runs = [{"text": ink.drawn(run.text), "strong": run.strong, "emphasis": run.emphasis} for run in piece.runs]
    return {"kind": piece.kind, "runs": runs}


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
    }


def _table(table: Table, language: str, ink: _Ink) -> dict[str, Any]:
    columns = [
        {
            "title": ink.drawn(column.title),
            "kind": column.kind,
            "number": column.kind in NUMERIC,
            "first": place == 0,
        }
        for place, column in enumerate(table.columns)
    ]
    ordered = [row for row in table.rows if not row.apart] + [row for row in table.rows if row.apart]
    first_apart = next((row for row in ordered if row.apart), None)
    rows = [
        {
            "opens": row is first_apart,
            "cells": [
                ink.drawn(shown(value, row.kind if column.kind == "own" else column.kind, language))
                for column, value in zip(table.columns, row.cells, strict=True)
            ],
        }
        for row in ordered
    ]
    source = say(language, "review.source", source=table.source) if table.source else ""
    return {
        "type": "table",
        "title": ink.drawn(table.title),
        "reading": ink.drawn(table.reading),
        "long": table.has_long_rows,
        "columns": columns,
        "rows": rows,
        "apart": table.apart,
        "note": ink.drawn(f"{table.note} {source}".strip()),
    }
