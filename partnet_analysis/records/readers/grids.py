"""`Grid`: the cells of a file or sheet as text, and the error for those that cannot become one."""

from dataclasses import dataclass
from typing import Any

Rows = list[list[str]]


@dataclass(frozen=True, eq=False)
class Grid:
    """
    The cells of a file or sheet.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    sheet
        The sheet's name; None where the file has no sheets.
    rows
        The cells, row by row; the first row is line 1 of the spreadsheet, the first cell column A.
    """

    file: str
    sheet: str | None
    rows: Rows


class UnreadableError(Exception):
    """
    A file or sheet that cannot become a grid; caught by the reader of folders, which reports it and goes on.

    Parameters
    ----------
    code
        The stable code of the fault.
    **values
        What fills the blanks of its sentence.
    """

    def __init__(self, code: str, **values: Any) -> None:  # noqa: ANN401 (a blank takes any plain value)
        self.code = code
        self.values = values
        super().__init__(code)
