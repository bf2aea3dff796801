"""What the public functions accept, and what they say to a wrong call."""

from collections.abc import Mapping
from datetime import date
from numbers import Integral
from typing import Any

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.config import Texts
from partnet_analysis.graph.network import Network
from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

AnyPeriod = Period | int | str | None
"""A period as people write it: a `Period`, a year, or text; None is the records' own default."""

_RIGHT_CALL = {
    Records: 'records, such as pn.read("data/raw")',
    Network: "a network, such as pn.network(records, period=2024)",
    Review: "a review, such as pn.review(records, year=2024)",
}


def require(given: object, kind: type, call: str) -> None:
    """
    Refuse what a function cannot answer about, and name the right call.

    Parameters
    ----------
    given
        The argument.
    kind
        What it must be: `Records`, `Network` or `Review`.
    call
        The function's public name.

    Raises
    ------
    TypeError
        If it is something else.
    """
    if not isinstance(given, kind):
        message = f"pn.{call} takes {_RIGHT_CALL[kind]}; it was given {kind_of(given)}"
        raise TypeError(message)


def period_of(records: Records, given: Any, call: str) -> Period:  # noqa: ANN401 (checked here)
    """
    Read a period as people write it.

    Parameters
    ----------
    records
        The records; they choose where nothing is given.
    given
        A `Period`, a year, text such as `2024` or `2024-01-01..2024-06-30`, or None.
    call
        The function's public name.

    Returns
    -------
    period
        The period.

    Raises
    ------
    TypeError
        If it is something else.
    InvalidPeriodError
        If the text is no period.
    EmptyPeriodError
        If nothing is given and the records hold neither a meeting nor a contact.
    """
    if given is None:
        return records.default_period()
    if isinstance(given, Period):
        return given
    if isinstance(given, str):
        return Period.parse(given)
    if isinstance(given, Integral) and not isinstance(given, bool):
        return Period.of_year(int(given))
    right = f'pn.{call}(records, period=2024) or period="2024-01-01..2024-06-30"'
    hint = " (for two days: pn.Period(start, end))" if isinstance(given, (date, tuple, list, slice)) else ""
    message = f"a period is a pn.Period, a year or text, not {kind_of(given)}; call {right}{hint}"
    raise TypeError(message)


def require_language(language: object, call: str) -> None:
    """
    Refuse a language that nothing is written in, and name those there are.

    Parameters
    ----------
    language
        The argument.
    call
        The function's public name.

    Raises
    ------
    ValueError
        If it is another.
    """
    if language not in names.LANGUAGES:
        known = " or ".join(f'"{one}"' for one in names.LANGUAGES)
        message = f'language is {known}, not {language!r}; call pn.{call}(review, language="fr")'
        raise ValueError(message)


def require_texts(texts: object) -> None:
    """
    Refuse what names no text of the review, and name those there are.

    Parameters
    ----------
    texts
        The argument; None is no text.

    Raises
    ------
    TypeError
        If it is no mapping from name to text.
    ValueError
        If it names a text that the review has no place for.
    """
    right = 'call pn.documents(review, texts={"voices": "…"})'
    if texts is None:
        return
    if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
        message = f"texts is a mapping from a name to Markdown, not {kind_of(texts)}; {right}"
        raise TypeError(message)
    known = tuple(Texts.model_fields)
    unknown = [name for name in texts if name not in known]
    if unknown:
        message = f"the review has no text {unknown[0]!r}; it has {', '.join(known)}; {right}"
        raise ValueError(message)


def kind_of(given: object) -> str:
    """
    Name what was given, as one would say it.

    Parameters
    ----------
    given
        An object, or a class given in its place.

    Returns
    -------
    words
        Its type, with an article; where it is another library's, that too.

    Examples
    --------
    >>> kind_of("2024"), kind_of(None)
    ('a str', 'a NoneType')
    """
    kind = given if isinstance(given, type) else type(given)
    home = kind.__module__.partition(".")[0]
    name = kind.__name__ if home in ("builtins", "datetime", "partnet_analysis") else f"{home} {kind.__name__}"
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
