"""Values → the words and numbers of a language, as a reader expects them in print."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
from babel.numbers import format_decimal, format_percent

from partnet_analysis.messages import Phrase, say, written
from partnet_analysis.periods import Period
from partnet_analysis.views.report.document import Kind

UNKNOWN: Final = "–"
"""What stands where a value is unknown; the caption says why."""

_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}
_DECIMAL_PLACES: Final = {"count": "#,##0", "decimal": "#,##0.0", "index": "#,##0.00"}


def shown(value: Any, kind: Kind, language: str) -> str:  # noqa: ANN401 (a table's cell)
    r"""
    Write a table's value.

    Parameters
    ----------
    value
        The value; missing ones are shown as a dash.
    kind
        What its column holds.
    language
        `fr` or `en`.

    Returns
    -------
    text
        The value in print.

    Examples
    --------
    >>> shown(1234.56, "decimal", "en"), shown(0.083, "share", "en"), shown(None, "count", "en")
    ('1,234.6', '8.3%', '–')
    >>> shown(date(2025, 3, 1), "day", "fr")
    '1er\xa0mars 2025'
    """
    if is_unknown(value):
        return UNKNOWN
    if kind == "share":
        return str(
            format_percent(value, format="#,##0.#%" if language == "en" else "#,##0.#\u202f%", locale=_LOCALES[language])
        )
    if kind in _DECIMAL_PLACES:
        return str(format_decimal(value, format=_DECIMAL_PLACES[kind], locale=_LOCALES[language]))
    if kind == "day":
        return day(value, language)
    return str(value)


def spelled(n: int, language: str) -> str:
    """
    Write a count as it opens a sentence.

    Parameters
    ----------
    n
        The count.
    language
        `fr` or `en`.

    Returns
    -------
    text
        From one to ten in words, with a capital; above, in figures.

    Examples
    --------
    >>> spelled(3, "fr"), spelled(12, "en")
    ('Trois', '12')
    """
    words = say(language, "review.numbers").split()
    return words[n - 1].capitalize() if 0 < n <= len(words) else shown(n, "count", language)


def inert(text: str) -> str:
    r"""
    Take out of a text what would act instead of being read.

    Parameters
    ----------
    text
        Any text, such as a name as somebody typed it.

    Returns
    -------
    text
        The same without control characters, surrogates and marks that turn the direction of writing; line breaks and tabs
        become spaces.

    Examples
    --------
    >>> inert("Caf\u00e9\x00 \u202eX")
    'Café X'
    """
    spaced = text.replace("\n", " ").replace("\t", " ")
    return "".join(sign for sign in spaced if unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _TURNING)


def is_unknown(value: Any) -> bool:  # noqa: ANN401 (a table's cell)
    """
    Tell whether a value is missing.

    Parameters
    ----------
    value
        Any value of a frame.

    Returns
    -------
    unknown
        True for None, NaN, NA and NaT.
    """
    return value is None or (not isinstance(value, (str, tuple, list)) and bool(pd.isna(value)))


def day(value: date, language: str) -> str:
    """
    Write a day.

    Parameters
    ----------
    value
        The day.
    language
        `fr` or `en`.

    Returns
    -------
    text
        `1er mars 2025` in French, `1 March 2025` in English.
    """
    return written(language, value)


def period_in_words(period: Period, language: str) -> str:
    """
    Name a period.

    Parameters
    ----------
    period
        The period.
    language
        `fr` or `en`.

    Returns
    -------
    text
        `2025`, or `du 1er janvier au 30 juin 2025`.
    """
    if period.year is not None:
        return str(period.year)
    return say(language, "review.from_to", start=day(period.start, language), end=day(period.end, language))


def sentence(phrases: Sequence[Phrase] | None, language: str) -> str:
    """
    Join phrases into one sentence.

    Parameters
    ----------
    phrases
        The phrases, without initial capitals or full stops.
    language
        `fr` or `en`.

    Returns
    -------
    text
        The phrases joined with semicolons, with a capital and a full stop; empty where there is none.
    """
    if not isinstance(phrases, (tuple, list)) or not phrases:
        return ""
    separator = "\u202f; " if language == "fr" else "; "
    text = separator.join(phrase.in_language(language).rstrip(".") for phrase in phrases)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def listed(names: Sequence[str], language: str) -> str:
    """
    Join names as a sentence does.

    Parameters
    ----------
    names
        The names.
    language
        `fr` or `en`.

    Returns
    -------
    text
        `A, B et C`.
    """
    if len(names) < 2:  # noqa: PLR2004 (a list of one needs no joining)
        return "".join(names)
    return say(language, "review.and", head=", ".join(names[:-1]), tail=names[-1])
