"""The service's own texts: the little of Markdown that a review needs, read as data."""

import re
from collections.abc import Iterator
from typing import Final

from partnet_analysis.views.report.document import Block, Column, Kind, Piece, Prose, Row, Run, Table

_HEADING: Final = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*$")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
_EMPHASIS: Final = re.compile(r"\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*")
_LINK: Final = re.compile(r"\[([^\]\[]+)\]\(([^()\s]+)\)")

_CELL_BORDER: Final = re.compile(r"(?<!\\)\|")
_RULE: Final = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_SENTENCE: Final = 30
"""The widest column of a table holds sentences where its longest cell has more signs than this."""


def blocks(text: str, key: str, title: str) -> tuple[Block, ...]:
    r"""
    Read a text in Markdown that may hold tables.

    Parameters
    ----------
    text
        What `prose` reads, and tables: a line of heads, a line of dashes, a line for each row, cells between `|`.
    key
        What tables are named after.
    title
        What a table is called that no heading stands right above of.

    Returns
    -------
    blocks
        Prose and tables, in order.

    Examples
    --------
    >>> text = "Le plan.\n\n| Quoi | Qui |\n|---|---|\n| Visiter | Ville |"
    >>> [type(block).__name__ for block in blocks(text, "plan", "Plan")]
    ['Prose', 'Table']
    """
    found: list[Block] = []
    for lines, is_table in _stretches(text.splitlines()):
        if not is_table:
            pieces = tuple(_pieces("\n".join(lines)))
            found += [Prose(pieces)] if pieces else []
            continue
        named, above = _heading_above(found[-1] if found else None)
        found[-1:] = above if named else found[-1:]
        found.append(_table([_cells(line) for line in lines], f"{key}-{len(found) + 1}", named or title))
    return tuple(found)


def prose(text: str) -> Prose:
    r"""
    Read a text in Markdown.

    Parameters
    ----------
    text
        Headings (`#`), lists (`-`, `1.`), paragraphs, `**strong**`, `*emphasis*`; links keep their words and their address.
        Everything else, HTML too, is text.

    Returns
    -------
    prose
        The text as pieces of a document.

    Examples
    --------
    >>> [piece.kind for piece in prose("# Cadre\n\nUn *beau* texte.\n\n- un\n- deux").pieces]
    ['heading', 'paragraph', 'item', 'item']
    """
    return Prose(tuple(_pieces(text)))


def _stretches(lines: list[str]) -> Iterator[tuple[list[str], bool]]:
    """Part the lines of tables from the others; the line of dashes is left out."""
    gathered: list[str] = []
    place = 0
    while place < len(lines):
        if "|" in lines[place] and place + 1 < len(lines) and "|" in lines[place + 1] and _RULE.match(lines[place + 1]):
            end = next((n for n in range(place + 2, len(lines)) if "|" not in lines[n]), len(lines))
            yield gathered, False
            yield [lines[place], *lines[place + 2 : end]], True
            gathered, place = [], end
        else:
            gathered.append(lines[place])
            place += 1
    yield gathered, False


def _heading_above(block: Block | None) -> tuple[str, list[Block]]:
    """Take the heading that a text ends with, and what stays of the text without it."""
    if not isinstance(block, Prose) or block.pieces[-1].kind != "heading":
        return "", []
    rest = block.pieces[:-1]
    return _said(block.pieces[-1]), [Prose(rest)] if rest else []


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [_said(_piece("paragraph", cell.strip().replace("\\|", "|"))) for cell in _CELL_BORDER.split(inner)]


def _said(piece: Piece) -> str:
    return "".join(run.text for run in piece.runs)


def _table(lines: list[list[str]], key: str, title: str) -> Table:
    width = max(map(len, lines))
    heads, *rows = [line + [""] * (width - len(line)) for line in lines]

    longest = [max((len(row[place]) for row in rows), default=0) for place in range(width)]

    def kind(place: int) -> Kind:
        return "prose" if longest[place] > _SENTENCE and place == longest.index(max(longest)) else "text"

    return Table(
        key=key,
        title=title,
        reading="",
        columns=tuple(Column(f"{key}-{place}", head, kind(place)) for place, head in enumerate(heads)),
        rows=tuple(Row(str(number), tuple(row)) for number, row in enumerate(rows, start=1)),
    )


def _pieces(text: str) -> Iterator[Piece]:
    lines: list[str] = []
    kind = "paragraph"
    for line in [*text.splitlines(), ""]:
        heading, item = _HEADING.match(line), _ITEM.match(line)
        if lines and (heading or item or not line.strip()):
            yield _piece(kind, " ".join(lines))
            lines, kind = [], "paragraph"
        if heading:
            yield _piece("heading", heading.group(1))
        elif item:
            lines, kind = [item.group(1)], "item"
        elif line.strip():
            lines.append(line.strip())


def _piece(kind: str, text: str) -> Piece:
    return Piece("heading" if kind == "heading" else "item" if kind == "item" else "paragraph", tuple(_runs(text)))


def _runs(text: str) -> Iterator[Run]:
    plain = _LINK.sub(r"\1 (\2)", text)
    place = 0
    for found in _EMPHASIS.finditer(plain):
        if found.start() > place:
            yield Run(plain[place : found.start()])
        if found["strong"] is not None:
            yield Run(found["strong"], strong=True)
        else:
            yield Run(found["em"], emphasis=True)
        place = found.end()
    if place < len(plain) or not plain:
        yield Run(plain[place:])
