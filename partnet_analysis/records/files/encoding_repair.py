"""Text that was decoded wrongly, once or twice, before it reached us: `RÃ©union` → `Réunion`."""

import re
from typing import Final

_SUSPECT: Final = re.compile("[ÃÂ][\u0080-\u00bf\u2018-\u203a\u20ac\u0152-\u017e\u0192\u02c6\u02dc\u2122]|â€")
_MOST_ROUNDS: Final = 3
_C1: Final = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}


def is_suspect(text: str) -> bool:
    """
    Tell whether text looks wrongly decoded.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    suspect
        True if it holds a pair of letters that wrongly decoded UTF-8 makes and people do not write.
    """
    return not text.isascii() and bool(_SUSPECT.search(text))


def mended(text: str) -> str:
    r"""
    Undo wrong decodings.

    Parameters
    ----------
    text
        The text.

    Returns
    -------
    mended
        The text as it was meant, where undoing works to the letter; else the text untouched.

    Examples
    --------
    >>> mended("RÃ©union"), mended("MetrolinxÃ\x82Â\x92s"), mended("Ã la carte")
    ('Réunion', 'Metrolinx’s', 'Ã la carte')
    """
    result = text
    for _ in range(_MOST_ROUNDS):
        undone = _undone(result) if is_suspect(result) else None
        if undone is None:
            break
        result = undone
    return result.translate(_C1) if result != text else text


def _undone(text: str) -> str | None:
    for encoding in ("latin-1", "cp1252"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return None
