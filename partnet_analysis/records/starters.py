"""What a service starts with: a commented `partnet.toml` and blank forms that the readers read back perfectly."""

import io
import tomllib
from datetime import datetime
from importlib import resources
from typing import Any, Final

import xlsxwriter

_WRITTEN_ON: Final = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed day makes the same bytes every time)
_EMPTY_ROWS: Final = 30
_WIDTH: Final = 24


def starter_files(language: str) -> dict[str, bytes]:
    """
    Write the files that a new folder of records begins with.

    Parameters
    ----------
    language
        `fr` or `en`: the language of the comments, the headers and the files' names.

    Returns
    -------
    files
        By name: `partnet.toml`, all of it in comments but the partnership's name, and workbooks to fill in: sign-in sheet,
        attendance list, attendance grid, contact log, directory. An empty form adds nothing to the records.
    """
    home = resources.files("partnet_analysis.records.forms")
    forms = tomllib.loads(home.joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    settings = home.joinpath(f"partnet-{language}.toml").read_bytes()
    return {"partnet.toml": settings} | {form["file"]: _form(form) for form in forms.values()}


def _form(form: Any) -> bytes:  # noqa: ANN401 (TOML is untyped)
    """Write one form: a title block, a header, room to write."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": _WRITTEN_ON})
        bold = book.add_format({"bold": True, "bg_color": "#E8E8E8", "border": 1})
        lined = book.add_format({"border": 1, "num_format": "@"})
        day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(form["sheet"])
        page.set_column(0, len(form["columns"]) - 1, _WIDTH)
        for row, (label, hint) in enumerate(form.get("block", [])):
            page.write_string(row, 0, label, book.add_format({"bold": True}))
            page.write_blank(row, 1, None, day if hint == "day" else lined)
        header = len(form.get("block", [])) + bool(form.get("block"))
        for column, name in enumerate(form["columns"]):
            page.write_string(header, column, name, bold)
            for row in range(header + 1, header + 1 + _EMPTY_ROWS):
                page.write_blank(row, column, None, day if name in form.get("days", []) else lined)
        page.freeze_panes(header + 1, 0)
    return stream.getvalue()
