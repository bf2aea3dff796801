"""One run of a command: what it reads, where it writes, how it speaks, what it exits with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from partnet_analysis.messages import say

DONE, ATTENTION, NOTHING = 0, 1, 2
"""Exit codes: done; done but something needs attention; nothing produced."""

DEFAULT_RAW: Final = Path("data/raw")
DEFAULT_OUT: Final = Path("data/processed")

Files = dict[str, bytes]


@dataclass(frozen=True)
class Job:
    """
    One run of a command.

    Parameters
    ----------
    language
        The language of messages and documents.
    language_asked
        Whether somebody asked for this language; otherwise `partnet.toml` may say another one.
    folder
        The folder that the command works on.
    code
        The code to explain.
    year
        The year to study; None where not asked for.
    period
        The period to study, as written; None where not asked for.
    out
        Where to write.
    as_json
        Whether standard output gets JSON.
    formats
        The formats to export to; none for all.
    on
        The day to look back from, as written; None for the last one recorded.
    to_fix
        Where to write the workbook of faulty rows; None for nowhere.
    table
        Where to write the table of names; None for standard output.
    explained
        The file, or `file › sheet`, whose understanding is to be explained; None for none.
    answers
        The file that answers the questions; None where somebody is asked.
    listed
        Whether the questions are only listed.
    public
        Whether to write the public edition instead of the internal one.
    person
        The person to erase, by identifier or name.
    raw
        The folder of records that an erasure concerns.
    months
        How many months of records are kept; None for what `partnet.toml` says.
    confirmed
        Whether to do what was planned, rather than only say it.
    """

    language: str
    language_asked: bool = False
    folder: Path = Path()
    code: str = ""
    year: int | None = None
    period: str | None = None
    out: Path = DEFAULT_OUT
    as_json: bool = False
    formats: tuple[str, ...] = ()
    on: str | None = None
    to_fix: Path | None = None
    table: Path | None = None
    explained: str | None = None
    answers: Path | None = None
    listed: bool = False
    public: bool = False
    person: str = ""
    raw: Path = DEFAULT_RAW
    months: int | None = None
    confirmed: bool = False

    def say(self, key: str, **values: Any) -> str:  # noqa: ANN401 (a blank takes any plain value)
        """
        Say a sentence of the command line in this job's language.

        Parameters
        ----------
        key
            The sentence's key in the catalogue `cli`.
        **values
            What fills its blanks.

        Returns
        -------
        sentence
            The sentence.
        """
        return say(self.language, f"cli.{key}", **values)
