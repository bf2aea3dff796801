"""A layout that a table may have: how much of it that would explain, what speaks for it and against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.sheets.situation import Situation

_ASKING: Final = 0.3
"""What a layout loses that leaves columns unexplained which may change its meaning."""


@dataclass(frozen=True)
class Hypothesis:
    """
    One reading of a table.

    Parameters
    ----------
    layout
        The layout, one of `names.SHAPES`.
    used
        The columns that it gives a meaning to.
    evidence
        What speaks for it (above 0) and against it (below), by the key of the sentence that says so.
    read
        Writes down what the table holds under this reading.
    fault
        The code of what must be asked before it can be read; empty where nothing must.
    values
        What fills the blanks of that code's sentence.
    """

    layout: str
    used: frozenset[int]
    evidence: Mapping[str, float]
    read: Callable[[Situation, Draft], None]
    fault: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    def explained(self, situation: Situation) -> float:
        """
        Tell how much of the table the layout explains.

        Parameters
        ----------
        situation
            The table.

        Returns
        -------
        share
            The share of the columns that hold anything to which it gives a meaning, from 0 to 1.
        """
        held = {column.place for column in situation.columns.every if column.profile.n_filled}
        held |= {mark.place for mark in situation.marks}
        return len(held & self.used) / len(held) if held else 0.0

    def score(self, situation: Situation) -> float:
        """
        Weigh the layout.

        Parameters
        ----------
        situation
            The table.

        Returns
        -------
        score
            What it explains, and what speaks for it and against it.
        """
        return self.explained(situation) + sum(self.evidence.values()) - (_ASKING if self.fault == "PN151" else 0.0)
