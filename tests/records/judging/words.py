"""Names as a careful reader compares them: case, accents, punctuation, order and civilities do not count."""

import re
import unicodedata
from typing import Final

import pandas as pd

_CIVILITIES: Final = frozenset(
    {"m", "mr", "mm", "mme", "mmes", "mlle", "mrs", "ms", "dr", "monsieur", "madame"},
)
_ABBREVIATION: Final = re.compile(r"\b\w(?:\.\w)+\b\.?")


def words(text: str) -> list[str]:
    """Words without case, accents and punctuation; those of an abbreviation with dots together."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    return re.findall(r"[^\W_]+", _ABBREVIATION.sub(lambda found: found[0].replace(".", ""), plain))


def key(name: str) -> str:
    """A name's words in any order, without civility."""
    found = words(name)
    while len(found) > 1 and found[0] in _CIVILITIES:
        found = found[1:]
    return " ".join(sorted(found))


def keys(names: str) -> frozenset[str]:
    """The keys of several names with bars between them, of which one will do."""
    return frozenset(map(key, names.split("|")))


def within(name: list[str], text: list[str]) -> bool:
    """Whether words stand in a text, one after the other."""
    return bool(name) and f" {' '.join(name)} " in f" {' '.join(text)} "


def plain(value: object) -> str:
    """A cell's text; empty where it is missing."""
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 (NaN)
