"""Titles of meetings that say that they do not take place."""

import re
from functools import lru_cache
from typing import Final

from partnet_analysis.records.folding import folded

_WORD: Final = (
    r"(?:annule(?:e|s|es)?|annule\(e\)|annulation|cancell?ed|cancell?ation|supprime(?:e|s|es)?|reporte(?:e|s|es)?|reporte\(e\)"
    r"|postponed|abgesagt|abgesagter termin|verschoben|called off)"
)
_TAIL: Final = (
    r"(?:\s+(?:au?|to|until|till|auf|par|by|faute|cause|sine die)\b.*"
    r"|\s+(?:a une date ulterieure|et (?:remplace|reporte)e?.*))?"
)
_SUBJECT: Final = (
    r"(?:(?:re|tr|fwd?|rv|aw|wg)\s*:\s*)*(?:(?:la\s+)?(?:reunion|seance|rdv|meeting|event)\s+)?(?:(?:est|is|was)\s+)?"
)
_SEGMENT: Final = re.compile(rf"(?:{_SUBJECT}){_WORD}{_TAIL}")
_AT_THE_BEGINNING: Final = re.compile(
    rf"{_SUBJECT}(?:annule(?:e|s|es)?|cancell?ed|postponed|abgesagt|reporte(?:e|s|es)?)\b(?!\s+(?:du|from)\b)"
)
_AT_THE_END: Final = re.compile(rf".*\s(?:est\s+|is\s+)?{_WORD}(?:\s+(?:au|to)\s.*)?")
_CUTS: Final = re.compile(r"\s*[:|\[\]{}/,;!*–—«»\"<>]+\s*|\s+-+\s*|\s*-+\s+|[()](?!e\))(?<!\(e\))|^\W+|\W+$")


@lru_cache(maxsize=1 << 14)
def is_called_off(title: str) -> bool:
    """
    Tell whether a title says that its meeting does not take place, or not on that day.

    Parameters
    ----------
    title
        The title.

    Returns
    -------
    called_off
        True for `Annulé : COPIL`, `COPIL (reporté au 12 avril)`, `[Canceled] Board`; false where the word stands inside
        (`Projets annulés et suites`), or a meeting takes place on a day it was moved to (`COPIL (reporté du 5 mars)`).

    Examples
    --------
    >>> is_called_off("Annulée – CLSPD"), is_called_off("COPIL CTG - ANNULÉ"), is_called_off("COPIL (reporté du 5 mars)")
    (True, True, False)
    """
    plain = folded(title.replace("’", "'"))
    segments = [segment.strip(" .-") for segment in _CUTS.split(plain)]
    if any(segment and _SEGMENT.fullmatch(segment) for segment in segments):
        return True
    first, last = next(filter(None, segments), ""), next(filter(None, reversed(segments)), "")
    return bool(_AT_THE_BEGINNING.match(first) or _AT_THE_END.fullmatch(last))
