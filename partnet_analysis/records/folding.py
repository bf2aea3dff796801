"""Text without what people vary without meaning anything by it."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=1 << 16)
def folded(text: str) -> str:
    """
    Take accents, capitals and doubled spaces away.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    plain
        What is left to compare.

    Examples
    --------
    >>> folded("  Présent·e ")
    'present·e'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
