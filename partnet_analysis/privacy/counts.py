"""
Numbers that may be published: rounded, and left out where they speak of few.

Two rules together keep a small number from being found by subtraction, between tables as well as between years: every count
is rounded to a multiple of five, so that two of them never differ by a few; and a column with one number left out leaves out
a second one. `docs/decisions/public-edition.md` has the reasoning, `tests/privacy/test_counts.py` plays the attacker.
"""

from typing import Any, Final

import pandas as pd

FEW: Final = 5
"""Fewer than so many are never counted out; also the multiple to which counts are rounded."""

STEP: Final = 0.05
"""Shares and indices are rounded to multiples of this."""


def public_count(n: Any, of: Any = None) -> int | None:  # noqa: ANN401 (a frame's cell, which may be NA)
    """
    Round a count for publication.

    Parameters
    ----------
    n
        How many; NA where unknown.
    of
        Of how many in all; None where that tells nothing.

    Returns
    -------
    count
        None for 1 to 4, and where all of a group or all but 1 to 4 are meant, for that tells of each of them; else the
        nearest multiple of 5; 0 is told.

    Examples
    --------
    >>> [public_count(n) for n in (0, 1, 4, 5, 7, 8)]
    [0, None, None, 5, 5, 10]
    >>> public_count(9, of=12), public_count(12, of=12), public_count(6, of=12)
    (None, None, 5)
    """
    if n is None or pd.isna(n) or 0 < n < FEW:
        return None
    if n and of is not None and of - n < FEW:
        return None
    return _told(n)


def public_share(value: Any) -> float | None:  # noqa: ANN401 (a frame's cell, which may be NA)
    """
    Round a share or an index for publication.

    Parameters
    ----------
    value
        The value; NA where unknown.

    Returns
    -------
    share
        The nearest multiple of 0.05; None where unknown.

    Examples
    --------
    >>> public_share(59 / 61), public_share(0.237), public_share(None)
    (0.95, 0.25, None)
    """
    return None if value is None or pd.isna(value) else round(round(float(value) / STEP) * STEP, 2)


def public_column(counts: pd.Series, of: pd.Series) -> pd.Series:
    """
    Round the counts of a table whose exact total may be known: whoever counts the partners on the map has it.

    Parameters
    ----------
    counts
        How many in each group.
    of
        Of how many in each group, with the same index.

    Returns
    -------
    column
        Each as `public_count` gives it. A number left out alone takes with it all that look like the smallest other, lest it
        be found from the total (complementary suppression). Every number is left out, zeros too, where the total would still
        tell a small one, where nearly all of a group are meant, and where at most one is not small and the total could be of
        small ones alone, lest 4, 4 and 4 be the only way to a total of 12.
    """
    hidden = _hidden(counts, of)
    rounded = [None if hide else public_count(n) for n, hide in zip(counts, hidden, strict=True)]
    return pd.Series(rounded, index=counts.index, name=counts.name, dtype="Int64")


def _hidden(counts: pd.Series, of: pd.Series) -> pd.Series:
    few = (counts > 0) & (counts < FEW)
    large = counts >= FEW
    everything = pd.Series(data=True, index=counts.index)
    total = int(counts.sum())
    if (large & (of - counts < FEW)).any():
        return everything
    if few.sum() >= max(1, len(counts) - 1) and total <= (FEW - 1) * len(counts):
        return everything
    hidden = few.copy()
    if few.sum() == 1 and large.any():
        # All that look like the smallest: were it one of them, its place would tell which number is the small one.
        told = counts.map(_told)
        hidden |= large & (told == told[large].min())
    return everything if _is_found(few, _bounds(counts, of, hidden), total) else hidden


def _bounds(counts: pd.Series, of: pd.Series, hidden: pd.Series) -> pd.DataFrame:
    """
    Give the lowest and the highest number that would look the same, once published, to whoever knows which ones are small.

    Nearly all of a group are never told, and what is left out beside a small number looks smaller than all that is told.
    """
    told = counts.map(_told)
    shown = told[~hidden & (counts > 0)]
    beside = hidden & (counts >= FEW)
    most = of - FEW
    lowest = (told - FEW // 2).clip(lower=FEW).mask(beside, FEW)
    highest = (told + FEW // 2).mask(beside, shown.min() - FEW + FEW // 2 if len(shown) else most).clip(upper=most)
    bounds = pd.DataFrame({"lowest": lowest, "highest": highest})
    bounds[counts < FEW] = [1, FEW - 1]
    bounds[counts == 0] = 0
    return bounds


def _is_found(few: pd.Series, bounds: pd.DataFrame, total: int) -> bool:
    """Tell whether a small number can be worked out from the total: as 4 and 4 are from 8, as 1 and 1 from 2."""
    least = (total - bounds["highest"].sum() + bounds["highest"])[few].clip(lower=1)
    most = (total - bounds["lowest"].sum() + bounds["lowest"])[few].clip(upper=FEW - 1)
    return bool((least >= most).any())


def _told(n: Any) -> int:  # noqa: ANN401 (a frame's cell)
    return FEW * round(int(n) / FEW)
