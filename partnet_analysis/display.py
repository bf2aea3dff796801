"""What an object looks like in a notebook, a small table, every word of it escaped; and how a path is written."""

import html
import os
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, Final

_PAIRS: Final = frozenset(map(chr, (*range(0xD800, 0xDC80), *range(0xDD00, 0xE000))))
"""Surrogates that stand for no odd byte of a name."""


def summary_html(title: str, rows: Mapping[str, Any], note: str = "") -> str:
    """
    Summarise an object for a notebook.

    Parameters
    ----------
    title
        What it is.
    rows
        What there is to say of it: a word and a value each; whole numbers are grouped by thousands.
    note
        What must be said beside it; nothing by default.

    Returns
    -------
    markup
        A table in HTML; text in it is shown, never obeyed.

    Examples
    --------
    >>> summary_html("<b>", {"actors": 1200})  # doctest: +ELLIPSIS
    '<table><caption style="white-space:nowrap;text-align:left">&lt;b&gt;</caption>...</table>'
    """
    cells = "".join(
        f'<tr><th scope="row">{html.escape(word)}</th><td>{html.escape(_written(value))}</td></tr>'
        for word, value in rows.items()
    )
    said = f"<p>{html.escape(note)}</p>" if note else ""
    return f'<table><caption style="white-space:nowrap;text-align:left">{html.escape(title)}</caption>{cells}</table>{said}'


def path_in_words(path: PurePath | str) -> str:
    r"""
    Write a path so that any file, page or terminal can take it.

    Parameters
    ----------
    path
        The path; a file system may hold names that are no Unicode, which Python gives as lone surrogates.

    Returns
    -------
    words
        The path; bytes that are no Unicode are escaped, and so is half a pair of surrogates, which Windows allows.

    Examples
    --------
    >>> path_in_words("r\udce9union.csv"), path_in_words("réunion.csv")
    ('r\\xe9union.csv', 'réunion.csv')
    """
    text = os.fspath(path)
    # Not `os.fsencode`: what it gives is Unicode only where that is the system's encoding of names.
    rare = "surrogateescape" if _PAIRS.isdisjoint(text) else "surrogatepass"
    return text.encode("utf-8", rare).decode("utf-8", errors="backslashreplace")


def _written(value: Any) -> str:  # noqa: ANN401 (any plain value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
