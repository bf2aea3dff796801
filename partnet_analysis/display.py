"""What an object looks like in a notebook: a small table, every word of it escaped."""

import html
from collections.abc import Mapping
from typing import Any


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
    >>> summary_html("<b>", {"actors": 1200})
    '<table><caption>&lt;b&gt;</caption><tr><th scope="row">actors</th><td>1,200</td></tr></table>'
    """
    cells = "".join(
        f'<tr><th scope="row">{html.escape(word)}</th><td>{html.escape(_written(value))}</td></tr>'
        for word, value in rows.items()
    )
    said = f"<p>{html.escape(note)}</p>" if note else ""
    return f"<table><caption>{html.escape(title)}</caption>{cells}</table>{said}"


def _written(value: Any) -> str:  # noqa: ANN401 (any plain value)
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
