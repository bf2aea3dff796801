"""What each kind of question is, what answers it, and what an answer means for `partnet.toml`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal
from zoneinfo import available_timezones

from partnet_analysis.records.sheets.dates import iso_day

LATER: Final = "later"
"""The answer that leaves a question open."""

SKIP: Final = "skip"
"""The answer that leaves a sheet aside."""

ROLES_ASKED: Final = (
    "unused", "organisation", "person", "last_name", "first_name", "status", "signature", "reply", "invited", "day", "title",
    "series", "source", "target", "channel", "duration", "theme", "sector", "function", "email", "phone", "remark",
)  # fmt: skip
"""What a column may be said to be; the first is what it is taken for where nobody minds."""

Kind = Literal["layout", "list_of", "caller", "day", "year", "day_order", "status", "column", "time_zone"]

ORDER: Final[tuple[Kind, ...]] = (
    "layout", "list_of", "caller", "day", "year", "day_order", "status", "column", "time_zone",
)  # fmt: skip
"""What is asked first: what keeps whole sheets from being read, then what costs cells."""

STATUSES: Final = ("present", "excused", "absent", "unknown")
"""What a word of presence may mean."""

LISTS: Final = ("sign_in_sheet", "attendance_list", "invitation_list", "directory")
"""What a list of people may be."""

SAYS_WHO_CAME: Final = "status:"
"""Begins the answer that a column, named behind it, says who came."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_OF_WHOLE_FILE: Final = ("year", "day_order", "status", "column")


@dataclass(frozen=True)
class Question:
    """
    Something that reading leaves open.

    Parameters
    ----------
    question_id
        What names it in a file of answers: the file, the sheet where it is about one alone, the kind, and what it is about.
    kind
        What is asked.
    file
        The file; empty where it is about all of them.
    sheets
        The sheets concerned; None stands for a file without sheets.
    cell
        The first cell concerned; empty where it is the whole sheet.
    about
        The header or the word that is asked about; empty where there is none.
    n
        How many rows or cells wait for the answer.
    choices
        The answers that are words: layouts, statuses, roles, `skip`, `later`.
    default
        The answer taken where none is given.
    takes
        What else may be answered: `day`, `year`, `name`, `zone`; empty where only the choices may be.
    rows
        Rows of the sheet to look at, the header first.
    lines
        Their lines.
    """

    question_id: str
    kind: Kind
    file: str = ""
    sheets: tuple[str | None, ...] = (None,)
    cell: str = ""
    about: str = ""
    n: int = 0
    choices: tuple[str, ...] = ()
    default: str = LATER
    takes: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[int, ...] = ()


def answered(question: Question, text: str) -> str | None:
    """
    Understand an answer.

    Parameters
    ----------
    question
        The question.
    text
        What was answered; nothing stands for the default.

    Returns
    -------
    answer
        One of the choices, or a day as ISO, a year, a name, a time zone; None where it answers nothing.
    """
    said = text.strip()
    if not said:
        return question.default
    if said in question.choices:
        return said
    if said.isdigit() and question.takes != "year" and 0 < int(said) <= len(question.choices):
        return question.choices[int(said) - 1]
    return _free(question.takes, said)


def _free(takes: str, said: str) -> str | None:
    """Understand an answer that is none of the choices."""
    if takes == "day":
        return iso_day(said) or None
    if takes == "year":
        return said if said.isdigit() and _FIRST_YEAR <= int(said) <= _LAST_YEAR else None
    if takes == "zone":
        return said if said in available_timezones() else None
    return said if takes == "name" and any(map(str.isalpha, said)) else None


def changes(question: Question, answer: str) -> Mapping[str, Any]:
    """
    Tell what an answer means for the rule of a sheet.

    Parameters
    ----------
    question
        The question.
    answer
        The answer, understood.

    Returns
    -------
    changes
        Keys of `[[sources]]` with their values, or `time_zone` of `[partnership]`; nothing where the question stays open.
    """
    if answer == LATER:
        return {}
    if answer == SKIP:
        return {"skip": True}
    if answer.startswith(SAYS_WHO_CAME) and question.kind == "list_of":
        return {"roles": {answer.removeprefix(SAYS_WHO_CAME): "status"}}
    if question.kind == "layout" or (answer in LISTS and answer in question.choices):
        return {"shape": answer}
    return _OF_KIND[question.kind](question, answer)


_OF_KIND: Final[Mapping[Kind, Callable[[Question, str], Mapping[str, Any]]]] = {
    "caller": lambda _, answer: {"shape": "contact_log", "constants": {"source_id": answer}},
    "day": lambda _, answer: {"constants": {"day": answer}},
    "year": lambda _, answer: {"year": int(answer)},
    "day_order": lambda _, answer: {"month_first": answer == "month_first"},
    "status": lambda question, answer: {"statuses": {question.about: answer}},
    "column": lambda question, answer: {"roles": {question.about: answer}},
    "time_zone": lambda _, answer: {"time_zone": answer},
}


def is_of_whole_file(question: Question) -> bool:
    """
    Tell whether an answer holds for all the sheets of a file.

    Parameters
    ----------
    question
        The question.

    Returns
    -------
    whole
        True for words, columns, years and orders of days; what a sheet is, and its day, are its own.
    """
    return question.kind in _OF_WHOLE_FILE
