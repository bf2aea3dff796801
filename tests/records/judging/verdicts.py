"""
Right, told or wrong: what was read, against what should have been.

Wrong: a meeting, a row, an actor or a contact that is false; a status, an invitation, an organisation or a kind that is not
the true one; anything that is missing without a word. Told: something is missing, and the ledger says so.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

import pandas as pd

from partnet_analysis.records.ledger import Ledger
from tests.records.judging.faults import Found, Missing, faults
from tests.records.judging.truths import Truth
from tests.records.judging.words import plain, words

_HEADING: Final = "PN053"
"""A title, a legend, a total or a heading: said of a row, it tells nothing."""
Fate = Literal["rejected", "remarked", "ignored"]


@dataclass(frozen=True)
class Verdict:
    """`wrong` says what is wrong or lost in silence, `told` what is missing and said to be; `refused`: nothing was read."""

    wrong: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    refused: bool = False

    @property
    def word(self) -> str:
        return "wrong" if self.wrong else "told" if self.told else "right"


@dataclass(frozen=True)
class Entry:
    """A line of the ledger, with its words."""

    file: str
    sheet: str
    line: int | None
    cell: str
    value: list[str]
    text: list[str]
    fate: Fate


class Telling(Protocol):
    """Who knows what a word of the ledger is worth."""

    def speaks_of(self, missing: Missing, /) -> bool:
        """Whether the ledger says that it is missing."""

    def unsaid(self) -> Iterable[str]:
        """What is to be said in any case, and is not."""


def judge(found: Found, truth: Truth, telling: Telling) -> Verdict:
    """Judge what was read."""
    wrong: list[str] = []
    told: list[str] = []
    for fault in faults(found, truth):
        if isinstance(fault, str):
            wrong.append(fault)
        elif telling.speaks_of(fault):
            told.append(fault.what)
        else:
            wrong.append(f"lost in silence: {fault.what}")
    return Verdict((*wrong, *telling.unsaid()), tuple(told))


def entries(ledger: Ledger) -> list[Entry]:
    """All that the ledger says of what was not kept, or kept with a doubt."""
    ignored = ledger.ignored[ledger.ignored["code"] != _HEADING]
    tables: list[tuple[Fate, pd.DataFrame]] = [
        ("rejected", ledger.rejects),
        ("remarked", ledger.remarks),
        ("ignored", ignored),
    ]
    return [entry for fate, table in tables for entry in _entries(table, fate)]


def kept_sheets(ledger: Ledger) -> set[tuple[str, str]]:
    """Which sheets of which files something was kept of."""
    kept = ledger.accounting[ledger.accounting["kept"] > 0]
    return {(file, plain(sheet)) for file, sheet in zip(kept["file"], kept["sheet"], strict=True)}


def _entries(table: pd.DataFrame, fate: Fate) -> Iterator[Entry]:
    for row in table.to_dict("records"):
        value, *others = (words(plain(row.get(column))) for column in ("value", "column", "fault", "reason"))
        number = None if pd.isna(row["line"]) else int(row["line"])
        text = [*value, *(word for other in others for word in other)]
        yield Entry(plain(row["file"]), plain(row["sheet"]), number, plain(row.get("cell")), value, text, fate)
