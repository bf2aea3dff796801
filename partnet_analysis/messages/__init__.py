"""
The sentences people read, in French and in English.

Each language has one TOML file for each subject (`errors.toml`, `reasons.toml`, …). A key is the file's name and the path
inside it: `reasons.invited`. A sentence with a number that changes its grammar is a table of two sentences, `one` and
`other`, chosen by the value `n`. Translators edit these files and nothing else.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from importlib import resources
from typing import Any


@dataclass(frozen=True)
class Phrase:
    """
    A sentence not yet said: its key and its values, so that each reader gets it in their own language.

    Parameters
    ----------
    key
        The sentence's key in the catalogues.
    values
        What fills its blanks: text, numbers, days, phrases, or sequences of these.

    Examples
    --------
    >>> str(Phrase("cli.said.more", {"n": 31}))
    '… and 31 more.'
    >>> Phrase("cli.said.more", {"n": 0}).in_language("fr")
    '… et 0 autre.'
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English."""
        return self.in_language("en")

    def in_language(self, language: str) -> str:
        """
        Say it.

        Parameters
        ----------
        language
            `fr` or `en`.

        Returns
        -------
        sentence
            The sentence, its blanks filled.
        """
        return say(language, self.key, **self.values)


def say(language: str, key: str, **values: Any) -> str:  # noqa: ANN401 (a blank takes any plain value)
    """
    Say a sentence of the catalogue.

    Parameters
    ----------
    language
        `fr` or `en`.
    key
        The sentence's key, such as `reasons.invited`.
    **values
        What fills its blanks; `n` chooses between singular and plural.

    Returns
    -------
    sentence
        The sentence; numbers and days written as the language writes them, text put in untouched.

    Raises
    ------
    KeyError
        If no sentence has this key.
    """
    entry = _entry(language, key)
    if not isinstance(entry, str):
        entry = entry["one" if _is_singular(language, values["n"]) else "other"]
    return entry.format_map({name: written(language, value) for name, value in values.items()})


def has(language: str, key: str) -> bool:
    """
    Tell whether the catalogue has a sentence.

    Parameters
    ----------
    language
        `fr` or `en`.
    key
        The sentence's key.

    Returns
    -------
    known
        True if `say` can say it.
    """
    try:
        _entry(language, key)
    except KeyError:
        return False
    return True


def written(language: str, value: Any) -> str:  # noqa: ANN401 (any plain value)
    """
    Write a value as a language writes it.

    Parameters
    ----------
    language
        `fr` or `en`.
    value
        Text, a number, a day, a phrase, or a sequence of these.

    Returns
    -------
    text
        `1 234,5` in French, `1,234.5` in English; `14 mars 2025`, `1er mars 2025`, `14 March 2025`; sequences joined with
        commas, or line under line where each item begins one.

    Examples
    --------
    >>> written("en", 1234.5), written("en", date(2025, 3, 14))
    ('1,234.5', '14 March 2025')
    """
    if value is None:  # kindred sentences share their values; this one has no blank for it
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Phrase):
        return value.in_language(language)
    if isinstance(value, (list, tuple)):
        texts = [written(language, item) for item in value]
        return ("" if all(text.startswith("\n") for text in texts) else ", ").join(texts)
    if isinstance(value, date):
        return _day(language, value)
    return _number(language, value)


# Long tables say the same numbers and days again and again, and Babel takes its time.
@lru_cache(maxsize=100_000, typed=True)
def _number(language: str, value: float) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 (starting up must not wait for Babel)

    return format_decimal(value, locale=_locale(language))


@lru_cache(maxsize=100_000, typed=True)
def _day(language: str, day: date) -> str:
    """Write a day with the French `1er`, which Babel leaves out, and day and month on one line."""
    from babel.dates import format_date  # noqa: PLC0415 (starting up must not wait for Babel)

    text = str(format_date(day, "long", locale=_locale(language)))
    if language != "fr":
        return text
    number, rest = text.split(" ", maxsplit=1)
    return f"{'1er' if number == '1' else number}\N{NO-BREAK SPACE}{rest}"


def catalogue(language: str, subject: str) -> Mapping[str, Any]:
    """
    Open the sentences of one subject.

    Parameters
    ----------
    language
        `fr` or `en`.
    subject
        The file's name without its ending.

    Returns
    -------
    sentences
        The file's content, for callers that need a whole subject at once, such as the map's script.
    """
    return _subject(language, subject)


@cache
def _subject(language: str, subject: str) -> Mapping[str, Any]:
    path = resources.files(__name__) / language / f"{subject}.toml"
    if not path.is_file():
        raise KeyError(subject)
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _entry(language: str, key: str) -> str | Mapping[str, str]:
    subject, *path = key.split(".")
    entry: Any = _subject(language, subject)
    for step in path:
        entry = entry[step]
    return entry  # type: ignore[no-any-return]  # TOML is untyped; a test checks every leaf


def _is_singular(language: str, n: float) -> bool:
    """French says 0 and 1.5 in the singular, English only 1."""
    return abs(n) < 2 if language == "fr" else n == 1  # noqa: PLR2004 (the grammar's own limit)


def _locale(language: str) -> str:
    return {"fr": "fr_FR", "en": "en_GB"}[language]
