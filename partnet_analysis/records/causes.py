"""What the faults of a folder come from: equal faults of a file together, beneath each the rows that it takes with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from partnet_analysis.messages import Phrase

FOLLOWS: Final = "PN027"
"""The code of a row of a rejected meeting: it is no cause, but follows from the meeting's own fault."""

_Place = tuple[str, str, str]


@dataclass(frozen=True)
class Cause:
    """
    A fault of a file, as often as it occurs there.

    Parameters
    ----------
    file
        The file.
    sheet
        The sheet of its first cell; empty where the file has none.
    code
        The stable code.
    column
        The column at fault; empty where it is none alone.
    value
        What the cells hold; empty where that says nothing.
    fault
        What is wrong, in words.
    way_out
        The way out, in words.
    cells
        The cells at fault, in order, with the sheet where it is another one than that of the first.
    n_rows
        How many rows have the fault; 0 where a whole file or sheet has it.
    n_meetings
        How many of them are meetings that take rows with them.
    n_following
        How many rows are rejected with those meetings.
    """

    file: str
    sheet: str
    code: str
    column: str
    value: str
    fault: Phrase
    way_out: Phrase
    cells: tuple[str, ...]
    n_rows: int
    n_meetings: int = 0
    n_following: int = 0

    @property
    def n_lost(self) -> int:
        """How many rows it costs in all."""
        return self.n_rows + self.n_following


def causes(faults: pd.DataFrame) -> tuple[Cause, ...]:
    """
    Gather faults by what they come from.

    Parameters
    ----------
    faults
        `Ledger.rejects` or `Ledger.remarks`.

    Returns
    -------
    causes
        One for each code, column and value of a file, with the number of rows. Rows of a rejected meeting stand beneath the
        meeting's own fault. Those of whole files and sheets come first, then those that cost most rows.
    """
    rows: list[dict[Any, Any]] = faults.to_dict("records")
    places = _Places([row for row in rows if row["code"] != FOLLOWS])
    groups: dict[tuple[str, ...], list[Mapping[Any, Any]]] = {}
    following: dict[_Place, int] = {}
    for row in rows:
        meeting = places.of_meeting(row) if row["code"] == FOLLOWS else None
        if meeting is None:
            groups.setdefault(_key(row), []).append(row)
        else:
            following[meeting] = following.get(meeting, 0) + 1
    found = [_cause(group, following) for group in groups.values()]
    return tuple(sorted(found, key=lambda cause: (cause.n_rows > 0, -cause.n_lost)))


class _Places:
    """Where faults stand, to find a meeting's own among them."""

    def __init__(self, rows: Sequence[Mapping[Any, Any]]) -> None:
        cells: dict[_Place, _Place] = {}
        lines: dict[_Place, _Place] = {}
        for row in rows:
            place = _place(row)
            cells.setdefault(place, place)
            lines.setdefault((place[0], place[1], _line_of(row)), place)
        self._cells, self._lines = cells, lines

    def of_meeting(self, row: Mapping[Any, Any]) -> _Place | None:
        """Find the fault of the meeting that a row belongs to; None where none is told."""
        sentence: Phrase = row["fault"]
        said = sentence.values  # noqa: PD011 (no frame's)
        file, sheet, cell = str(said.get("file", "")), _text(said.get("sheet")), str(said.get("at", ""))
        line = "".join(filter(str.isdigit, cell))
        return self._cells.get((file, sheet, cell)) or (self._lines.get((file, sheet, line)) if line else None)


def _cause(group: Sequence[Mapping[Any, Any]], following: Mapping[_Place, int]) -> Cause:
    first = group[0]
    places = list(dict.fromkeys(map(_place, group)))
    taken = [following[place] for place in places if place in following]
    lines = {(_text(row["sheet"]), _line_of(row)) for row in group if _line_of(row)}
    cause = Cause(
        file=first["file"],
        sheet=_text(first["sheet"]),
        code=first["code"],
        column=_text(first["column"]),
        value=_text(first["value"]),
        fault=first["fault"],
        way_out=first["way_out"],
        cells=tuple(_cells(places)),
        n_rows=len(lines),
    )
    return replace(cause, n_meetings=len(taken), n_following=sum(taken))


def _cells(places: Sequence[_Place]) -> Iterator[str]:
    for _, sheet, cell in places:
        if cell:
            yield cell if sheet == places[0][1] else f"{sheet} › {cell}"


def _key(row: Mapping[Any, Any]) -> tuple[str, ...]:
    value = _text(row["value"])
    # Without a value, faults are alike where their sentences are.
    return row["file"], row["code"], _text(row["column"]), value, "" if value else str(row["fault"])


def _place(row: Mapping[Any, Any]) -> _Place:
    cell = _text(row["cell"]) or _line_of(row)
    return row["file"], _text(row["sheet"]), cell


def _line_of(row: Mapping[Any, Any]) -> str:
    return "" if pd.isna(row["line"]) else str(int(row["line"]))


def _text(value: Any) -> str:  # noqa: ANN401 (a frame's cell: text or missing)
    return value if isinstance(value, str) else ""
