"""The service's own texts: the little of Markdown that a review needs, read as data."""

import re
from collections.abc import Iterator
from typing import Final

from partnet_analysis.views.report.document import Piece, Prose, Run

_HEADING: Final = re.compile(r"#{1,6}\s+(.*?)\s*#*\s*$")
_ITEM: Final = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(.*)$")
_EMPHASIS: Final = re.compile(r"\*\*(?P<strong>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?P<em>[^*\s](?:[^*]*[^*\s])?)\*")
_LINK: Final = re.compile(r"\[([^\]\[]+)\]\(([^()\s]+)\)")


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
