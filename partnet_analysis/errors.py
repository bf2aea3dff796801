"""
The errors raised on purpose.

PartnetError
├── ConfigError                 partnet.toml cannot be used
├── RecordsError
│   ├── InputError              a folder or file cannot be read at all
│   └── InvalidRecordsError     a table breaks its schema
├── PeriodError
│   ├── InvalidPeriodError      the words given are no period
│   └── EmptyPeriodError        the period holds neither a meeting nor a contact
├── UnknownActorError           an actor that the roster does not hold
├── PrivacyError                something would be shown, or kept, that must not be
└── OutputError                 the results cannot be written

Each error carries its data as attributes and its sentence as a `Phrase` of the catalogue `errors`, with the stable code as
key: `str(error)` says it in English, `error.phrase.in_language("fr")` in French, `error.way_out` what to do.
"""

from collections.abc import Sequence
from typing import Any

from partnet_analysis.messages import Phrase


class PartnetError(Exception):
    """
    Something went wrong that its reader can mend.

    Parameters
    ----------
    code
        The stable code, such as `PN001`, under which the catalogue keeps sentence and way out.
    **values
        What fills the sentence's blanks.
    """

    def __init__(self, code: str, **values: Any) -> None:  # noqa: ANN401 (a blank takes any plain value)
        self.code = code
        self.phrase: Phrase = Phrase(f"errors.{code}.text", values)
        self.way_out: Phrase = Phrase(f"errors.{code}.way_out", values)
        super().__init__(code, values)

    def __str__(self) -> str:
        """Say it in English."""
        return f"{self.phrase} {self.way_out}"


class ConfigError(PartnetError):
    """`partnet.toml` cannot be used; `problems` holds one line for each fault, in English."""

    def __init__(self, path: str, problems: Sequence[Phrase]) -> None:
        self.path = path
        self.problems: tuple[str, ...] = tuple(map(str, problems))
        lines = [Phrase("errors.config.line", {"problem": problem}) for problem in problems]
        super().__init__("PN002", path=path, problems=lines)


class RecordsError(PartnetError):
    """The records cannot be used."""


class InputError(RecordsError):
    """A folder or file cannot be read at all."""


class InvalidRecordsError(RecordsError):
    """A table breaks its schema; `problems` holds one line for each breach."""

    def __init__(self, table: str, problems: Sequence[str]) -> None:
        self.table = table
        self.problems: tuple[str, ...] = tuple(problems)
        super().__init__("PN003", table=table, n=len(self.problems), problems=_lines(self.problems))


class PeriodError(PartnetError):
    """The period asked for cannot be used."""


class InvalidPeriodError(PeriodError):
    """The words given are no period."""

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__("PN004", text=text)


class EmptyPeriodError(PeriodError):
    """The period holds neither a meeting nor a contact."""

    def __init__(self, period: str, first: str, last: str) -> None:
        super().__init__("PN005", period=period, first=first, last=last)


class UnknownActorError(PartnetError):
    """An actor that the roster does not hold."""

    def __init__(self, actor_ids: Sequence[str]) -> None:
        self.actor_ids: tuple[str, ...] = tuple(actor_ids)
        super().__init__("PN006", actors=self.actor_ids)


class PrivacyError(PartnetError):
    """Something would be shown, or kept, that must not be."""


class OutputError(PartnetError):
    """The results cannot be written."""


def _lines(problems: Sequence[str]) -> str:
    return "".join(f"\n  - {problem}" for problem in problems)
