"""
The ledger: what became of every row of the input.

A row is kept, rejected or ignored; the three add up to the rows read, for every file and sheet, or `Ledger` refuses to be
made. A row has several lines in `rejects` where it has several faults, and counts once.
"""

from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from partnet_analysis.messages import Phrase, has

ACCOUNTING_COLUMNS: Final = ("file", "sheet", "shape", "rows", "kept", "rejected", "ignored")
FAULT_COLUMNS: Final = ("file", "sheet", "line", "cell", "column", "value", "code", "fault", "way_out")
FAULTY_ROW_COLUMNS: Final = ("file", "sheet", "line", "is_header", "cells")
IGNORED_COLUMNS: Final = ("file", "sheet", "line", "code", "reason")


@dataclass(frozen=True, eq=False)
class Ledger:
    """
    What became of every row of the input.

    Parameters
    ----------
    accounting
        One row for each file or sheet read: `file`, `sheet` (missing where the file has none), `shape`, and the counts
        `rows` = `kept` + `rejected` + `ignored`; readers add `n_actors`, the number of actors that it speaks of.
    rejects
        One row for each fault of a rejected row or a refused file: where it is (`line` and `cell` as a spreadsheet shows
        them), the `column` and `value` at fault, the stable `code`, the `fault` and the `way_out` in words.
    ignored
        One row for each row or file left aside on purpose, with its `reason`.
    remarks
        As `rejects`, for what was kept but deserves a look.
    faulty_rows
        The rejected rows as they stand in their files, with the header above them: `file`, `sheet`, `line`, `is_header` and
        `cells` (a tuple of text).
    """

    accounting: pd.DataFrame
    rejects: pd.DataFrame
    ignored: pd.DataFrame
    remarks: pd.DataFrame
    faulty_rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(FAULTY_ROW_COLUMNS)))

    def __post_init__(self) -> None:
        """Make sure that nothing is lost."""
        counts = self.accounting
        lost = counts[counts["rows"] != counts["kept"] + counts["rejected"] + counts["ignored"]]
        if len(lost):
            raise AssertionError(f"rows do not add up:\n{lost.to_string()}")


def explanation(code: str) -> tuple[Phrase, Phrase] | None:
    """
    Explain a code.

    Parameters
    ----------
    code
        A stable code such as `PN011`.

    Returns
    -------
    explanation
        What the code means and the way out, as sentences without blanks; None where there is no such code.
    """
    if not has("en", f"errors.{code}.explain"):
        return None
    return Phrase(f"errors.{code}.explain"), Phrase(f"errors.{code}.way_out")
