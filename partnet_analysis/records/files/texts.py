"""Plain text (.txt) and Markdown (.md): a table where the lines make one, else whole lines, commas and all."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from partnet_analysis.records.files.delimited import decoded, delimited_grid
from partnet_analysis.records.grids import Grid, UnreadableError

MARKDOWN: Final = (".md", ".markdown")

_DELIMITERS: Final = ("\t", ";", "|", ",")
_SAMPLE_LINES: Final = 200
_FEWEST_LINES: Final = 2
_NEARLY_ALL: Final = 0.9
_PROSE_COMMA: Final = re.compile(r",(?=\s)")

_HEADING: Final = re.compile(r"^#{1,6}\s+|\s+#+$")
_BULLET: Final = re.compile(r"^(?:[*+-]\s+|>\s?)+")
_BOX: Final = re.compile(r"^\[([ xX])\](?=\s)")
_STRONG: Final = re.compile(r"(\*{1,3}|_{2,3})(?=\S)([^*_]+?)(?<=\S)\1")
_SOFT: Final = re.compile(r"(?<!\w)_(?=\S)([^_]+?)(?<=\S)_(?!\w)")
_LINK: Final = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_ESCAPE: Final = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_RULE_ROW: Final = re.compile(r":?-{1,}:?")
_RULE: Final = re.compile(r"(?:[-*_=]\s*){3,}")
_BAR: Final = re.compile(r"(?<!\\)\|")


def text_grid(file: str, content: bytes, delimiter: str | None = None) -> Grid:
    """
    Read a text.

    Parameters
    ----------
    file
        The file's path inside the folder of records; its ending tells Markdown from plain text.
    content
        Its bytes, encoded as those of a delimited text.
    delimiter
        What separates the cells, where `partnet.toml` says so.

    Returns
    -------
    grid
        As a delimited text gives where nearly every line that is not blank has the same number of cells; else one row of one
        cell for each line, with its commas. In Markdown the rows of pipe tables are cells, and the marks of headings,
        bullets and emphasis are taken away.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no text (PN074), or a table with a quote that is never closed (PN075).
    """
    text = decoded(content)
    if not text.strip():
        raise UnreadableError("PN071")
    if delimiter is None and file.lower().endswith(MARKDOWN):
        lines = _lines(text)
        return Grid(file, None, [_markdown_row(line) for line in lines], tables=tuple(_pipe_tables(lines)))
    if delimiter is not None or is_table(text):
        return delimited_grid(file, content, delimiter)
    return Grid(file, None, [[_unquoted(line)] if line else [] for line in _lines(text)])


def is_table(text: str) -> bool:
    r"""
    Tell a table from prose.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    table
        True if nearly all lines have the same number of cells, two or more; commas that a space follows are prose.

    Examples
    --------
    >>> is_table("Nom;Structure\nAnne;MJC\n"), is_table("Présents : Anne B, Paul C\nExcusés : Zoé D, Luc E\n")
    (True, False)
    """
    if text.startswith("sep="):
        return True
    lines = [line for line, _ in zip(filter(str.strip, text.splitlines()), range(_SAMPLE_LINES), strict=False)]
    return len(lines) >= _FEWEST_LINES and any(_is_cut_evenly(lines, delimiter) for delimiter in _DELIMITERS)


def _is_cut_evenly(lines: list[str], delimiter: str) -> bool:
    if delimiter == "," and 2 * sum(len(_PROSE_COMMA.findall(line)) for line in lines) > sum(map(_n_commas, lines)):
        return False
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    except csv.Error:
        return False
    width, count = widths.most_common(1)[0]
    return width > 1 and count >= _NEARLY_ALL * widths.total()


def _n_commas(line: str) -> int:
    return line.count(",")


def _lines(text: str) -> list[str]:
    return [line.strip(" \ufeff\f\v\u00a0") for line in re.split(r"\r\n|\n|\r", text)]


def _unquoted(line: str) -> str:
    """Take away the quotes around a whole line, which programs write where the line has a comma."""
    is_whole = len(line) > 1 and line[0] == line[-1] == '"' and '"' not in line[1:-1].replace('""', "")
    return line[1:-1].replace('""', '"') if is_whole else line


def _is_pipe_row(line: str) -> bool:
    return len(_BAR.findall(line)) > 1 or line.startswith("|")


def _pipe_tables(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Find the first and last line of each pipe table."""
    start = 0
    for is_row, group in groupby(lines, _is_pipe_row):
        end = start + len(list(group))
        if is_row:
            yield start, end - 1
        start = end


def _markdown_row(line: str) -> list[str]:
    if _is_pipe_row(line):
        cells = [_plain(cell) for cell in _BAR.split(line.strip().removeprefix("|").removesuffix("|"))]
        return [] if all(map(_RULE_ROW.fullmatch, cells)) else cells
    bare = "" if _RULE.fullmatch(line) else _BULLET.sub("", _HEADING.sub("", line.strip()))
    plain = _plain(_BOX.sub(lambda box: "☐" if box.group(1) == " " else "☒", bare))
    return [plain] if plain else []


def _plain(text: str) -> str:
    """Take the marks of emphasis and links away."""
    for pattern, kept in ((_LINK, r"\1"), (_STRONG, r"\2"), (_STRONG, r"\2"), (_SOFT, r"\1"), (_ESCAPE, r"\1")):
        text = pattern.sub(kept, text)
    return text.strip()
