"""Headings of lists of people: `Étaient présents :`, `Apologies (2)`."""

import re
from functools import lru_cache
from typing import Final

from partnet_analysis.records.cells.vocabulary import meanings, ungendered

_FEMININE: Final = re.compile(r"(?<=excuse)e?s?\b|(?<=present)es?\b|(?<=absent)es?\b|(?<=invite)es?\b|(?<=represente)es?\b")


def is_section_word(text: str) -> bool:
    """
    Tell the heading of a list of people from a name.

    Parameters
    ----------
    text
        A cell.

    Returns
    -------
    heading
        True for `Étaient présent·e·s :`, `Apologies (2)`, and the like.

    Examples
    --------
    >>> is_section_word("Étaient présents :"), is_section_word("Présent Martin")
    (True, False)
    """
    return heading_status(text) is not None


@lru_cache(maxsize=1 << 13)
def heading_status(text: str) -> str | None:
    """
    Tell what the heading of a list of people says of those below it.

    Parameters
    ----------
    text
        `Excusé.e.s :`, `Participants présents (2)`, `Absents et excusés`.

    Returns
    -------
    status
        `present`, `excused`, `absent`, `represented` or `invited`; None where it is no such heading.

    Examples
    --------
    >>> heading_status("Excusé.e.s (1) :"), heading_status("Absents excusés"), heading_status("Lise Morvan")
    ('excused', 'excused', None)
    """
    plain = re.sub(r"^\s*(?:[#*•–-]+|\d+[.)]|[ivx]+[.)])\s*", "", ungendered(text.replace("’", "'")))
    plain = re.sub(r"\s*(?:\(\s*(?:\d+|\d+\s*/\s*\d+)\s*\)|[:=]?\s*\d+(?:\s*/\s*\d+)?|:)*\s*:?\s*$", "", plain).strip(" .:*")
    known = meanings("headings").get(plain)
    if known is None:
        bare = re.sub(r"^(?:etaient|sont|les|liste des?|list of|personnes|the following were|were)\s+", "", plain)
        known = meanings("headings").get(bare) or meanings("headings").get(_FEMININE.sub("", bare))
    return known[0] if known else None
