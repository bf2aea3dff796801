"""The review as one HTML file that asks nothing of the network."""

import base64
import hashlib
from collections.abc import Iterable, Mapping
from functools import partial
from html.parser import HTMLParser
from importlib import resources
from itertools import groupby
from typing import Any, Final

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from partnet_analysis.messages import say
from partnet_analysis.views.palette import COORDINATOR, GRID, INK, MUTED, PAPER
from partnet_analysis.views.report.document import NUMERIC, Column, Document, Interactive, Picture, Piece, Row, Table
from partnet_analysis.views.report.wording import inert, is_unknown, shown

_AT_NIGHT: Final = {
    INK: "#ECE9E2",
    MUTED: "#A9B1BC",
    GRID: "#343C48",
    PAPER: "#14181F",
    COORDINATOR.colour: "#ECE9E2",
}
"""What takes the place of the inks on a dark page; fills keep their colours."""


def html_page(document: Document) -> str:
    """
    Write the review as HTML.

    Parameters
    ----------
    document
        The review.

    Returns
    -------
    page
        One self-contained page: style, script, figures and map inside, nothing fetched, and a policy that forbids to.
    """
    style, script = _template("review.css"), _template("review.js")
    environment = _environment(document.language)
    blocks = environment.get_template("blocks.html.j2").module
    return environment.get_template("review.html.j2").render(
        document=document,
        blocks=vars(blocks),
        kind=lambda block: type(block).__name__.lower(),
        style=Markup(style),  # noqa: S704 (our own file)
        script=Markup(script),  # noqa: S704 (our own file)
        policy=_policy(document, style, script),
    )


def _environment(language: str) -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_template),
        undefined=StrictUndefined,
        finalize=lambda value: value if isinstance(value, Markup) else inert(str(value)),
        trim_blocks=False,
    )
    environment.filters["groupwise"] = _groupwise
    environment.globals.update(
        say=partial(say, language),
        shown=lambda value, kind: shown(value, kind, language),
        cell=lambda row, column, value: shown(value, _kind(row, column), language),
        raw=_raw,
        align=_align,
        own=_has_own_kinds,
        drawing=_drawing,
        whole=escape,
    )
    return environment


def _groupwise(pieces: Iterable[Piece]) -> list[tuple[str, list[Piece]]]:
    """Put pieces of one kind that follow one another together: a list is one list."""
    return [(kind, list(group)) for kind, group in groupby(pieces, key=lambda piece: piece.kind)]


def _template(name: str) -> str:
    return (resources.files(__package__) / "templates" / name).read_text(encoding="utf-8")


def _kind(row: Row, column: Column) -> Any:  # noqa: ANN401 (one of the kinds)
    return row.kind if column.kind == "own" else column.kind


def _align(column: Column) -> str:
    return "number" if column.kind in NUMERIC else column.kind


def _has_own_kinds(table: Table) -> bool:
    """Tell whether a table's rows measure different things, which makes no order of them meaningful."""
    return any(column.kind == "own" for column in table.columns)


def _raw(value: Any) -> str:  # noqa: ANN401 (a table's cell)
    if is_unknown(value):
        return ""
    return value.isoformat()[:10] if hasattr(value, "isoformat") else str(value)


def _drawing(picture: Picture, *, dark: bool) -> Markup:
    svg = picture.svg
    if dark:
        for day, night in _AT_NIGHT.items():
            svg = svg.replace(day.lower().encode(), night.lower().encode())
    return Markup(f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}")  # noqa: S704 (letters and digits only)


def _policy(document: Document, style: str, script: str) -> str:
    """Allow our own style and script by their hashes, and the map's: a frame written in place inherits the policy."""
    allowed = {"style": [style], "script": [script]}
    for block in document.blocks():
        if isinstance(block, Interactive):
            for kind, contents in _inline(block.page).items():
                allowed[kind] += contents
    rules = {
        "default-src": "'none'",
        "style-src": _hashes(allowed["style"]),
        "script-src": _hashes(allowed["script"]),
        "img-src": "data: blob:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{rule} {sources}" for rule, sources in rules.items())


def _hashes(contents: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() for content in contents)
    return " ".join(dict.fromkeys(f"'sha256-{digest}'" for digest in digests))


def _inline(page: str) -> Mapping[str, list[str]]:
    parser = _InlineContents()
    parser.feed(page)
    parser.close()
    return parser.found


class _InlineContents(HTMLParser):
    """Collects what stands between script and style tags."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: dict[str, list[str]] = {"style": [], "script": []}
        self._inside: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (HTMLParser's signature)
        if tag in self.found:
            self._inside = tag
            self.found[tag].append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[self._inside][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._inside:
            self._inside = None
