"""Headings of lists of people: `Étaient présents :`, `Apologies (2)`."""

import re
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from partnet_analysis.records.cells.vocabulary import meanings, ungendered, words_of

_SHORTEST_SLIP: Final = 8
_LEAST_LIKE: Final = 90.0
_COUNT: Final = re.compile(r"\s*(?:\(\s*(?:\d+|\d+\s*/\s*\d+)\s*\)|[:=]?\s*\d+(?:\s*/\s*\d+)?|:)*\s*:?\s*$")
_BEGINNING: Final = re.compile(r"^\s*(?:[#*•–-]+|\d+[.)]|[ivx]+[.)])\s*")
_AROUND: Final = re.compile(
    r"^(?:liste des?|list of|the following)\s+"
    r"|\s+(?:a la|en|de la|pour la|(?:at|from|to)(?: the)?)\s+(?:reunion|seance|rencontre|meeting|session)$"
)
_AND: Final = re.compile(r"\b(?:et|and|ou|or)\b|[/&]")
_INSIDE: Final = re.compile(r"(?:^|(?<=[.;:)]\s))(?=([^.;:,]{3,60}?)(\s*(?::|\s[–-]|[–-](?=\s))\s*))")
_LABEL: Final = re.compile(r"[.;]\s*[^.;:,]{2,40}:\s*$")
"""What heads the next lists of a line: `; PEEP :`."""

_STATUSES: Final = ("present", "excused", "absent", "represented", "invited")
_PARTS: Final = (*_STATUSES, "participants", "able", "negation", "small")


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
    plain = _COUNT.sub("", _BEGINNING.sub("", ungendered(text.replace("’", "'")))).strip(" .:*")
    known = meanings("headings").get(plain)
    return known[0].replace("category", "present") if known else _composed(_AROUND.sub("", plain))


def is_category(text: str) -> bool:
    """
    Tell a heading that says who people are from one that says whether they came.

    Parameters
    ----------
    text
        A heading.

    Returns
    -------
    category
        True for `Élus :`, `Partners`, and the like.
    """
    plain = _COUNT.sub("", ungendered(text)).strip(" .:*")
    return plain in words_of("headings", "category")


def lists_in_a_line(text: str) -> list[tuple[str, str]]:
    """
    Part a line with several headings in it.

    Parameters
    ----------
    text
        `FCPE : Présents (2) : Lise Morvan, Paul Riou ; Excusée : Anne Roux`.

    Returns
    -------
    lists
        What each heading says, and the names behind it; nothing where there are no two.

    Examples
    --------
    >>> lists_in_a_line("Present – Ann Lee, Tom Poe. Apologies for absence- Jane Roe")
    [('present', 'Ann Lee, Tom Poe'), ('excused', 'Jane Roe')]
    """
    found = [(heading, status) for heading in _INSIDE.finditer(text) if (status := heading_status(heading.group(1)))]
    if len(found) < 2:  # noqa: PLR2004 (several)
        return []
    ends = [*(heading.start() for heading, _ in found[1:]), len(text)]
    return [
        (status, _LABEL.sub("", text[heading.end(2) : end]).strip(" .;"))
        for (heading, status), end in zip(found, ends, strict=True)
    ]


@lru_cache(maxsize=1 << 13)
def _composed(plain: str) -> str | None:
    """Read a heading by its words, which must all be known: `N'ont pas pu venir`, `Conseillers absents non excusés`."""
    parts = [
        {part for part in _PARTS if _forms(word) & words_of("captions", part)} for word in re.findall(r"[^\W\d_]+", plain)
    ]
    said = set().union(*parts)
    statuses, is_negated = said & set(_STATUSES), "negation" in said
    is_of_both = "present" in said or ("participants" in said and _AND.search(plain))
    if not all(parts) or (is_of_both and statuses - {"present", "invited"}):
        return None
    for status in ("excused", "represented", "absent"):
        if status in statuses:
            return "absent" if is_negated else status
    if "present" in statuses and is_negated:
        return "excused" if "able" in said else "absent"
    if is_negated:
        return None
    if "present" in statuses or said - {"small"} == {"participants"}:
        return "present"
    # `Invited` alone heads a column of a form.
    return "invited" if "invited" in statuses and len(parts) > 1 else None


def _forms(word: str) -> set[str]:
    forms = {word, *(word.removesuffix(ending) for ending in ("s", "e", "es", "x"))}
    return forms | set(filter(None, map(_slip_of, forms)))


@lru_cache(maxsize=1 << 12)
def _slip_of(word: str) -> str:
    """Find the long word of headings that another was meant to be, by a slip of the pen: `abseentee`."""
    if len(word) < _SHORTEST_SLIP:
        return ""
    known = [each for each in meanings("captions") if len(each) >= _SHORTEST_SLIP]
    found = process.extractOne(word, known, scorer=fuzz.ratio, score_cutoff=_LEAST_LIKE)
    return found[0] if found else ""
