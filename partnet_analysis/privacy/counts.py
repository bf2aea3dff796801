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
    return FEW * round(int(n) / FEW)


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
    Round the counts of a table that adds up to a total known elsewhere.

    Parameters
    ----------
    counts
        How many in each group.
    of
        Of how many in each group, with the same index.

    Returns
    -------
    column
        Each as `public_count` gives it. Where the only number left out could be found from the total, the smallest other one
        is left out with it (complementary suppression); where a group is left out because nearly all of it are meant,
        every number is, since the total would tell.
    """
    few = (counts > 0) & (counts < FEW)
    nearly_all = (counts >= FEW) & (of - counts < FEW)
    hidden = few.copy()
    others = counts[~few & (counts > 0)]
    if few.sum() == 1 and len(others):
        hidden |= counts.index == others.idxmin()
    elif _is_found(int(few.sum()), counts[~few], int(counts.sum())):
        hidden[:] = True
    hidden |= bool(nearly_all.any())
    rounded = [None if hide else public_count(n) for n, hide in zip(counts, hidden, strict=True)]
    return pd.Series(rounded, index=counts.index, name=counts.name, dtype="Int64")


def _is_found(n_few: int, shown: pd.Series, total: int) -> bool:
    """Tell whether small numbers can be worked out from the total: as 4 and 4 are from 8, as 1 and 1 from 2."""
    lowest, highest = _range(total)
    bounds = [_range(int(n)) for n in shown]
    least = lowest - sum(high for _, high in bounds)
    most = highest - sum(low for low, _ in bounds)
    others = n_few - 1
    return n_few > 0 and max(1, least - others * (FEW - 1)) >= min(FEW - 1, most - others)


def _range(n: int) -> tuple[int, int]:
    """Give the lowest and the highest number that look the same once published."""
    told = public_count(n)
    if told is None:
        return 1, FEW - 1
    return (max(FEW, told - FEW // 2), told + FEW // 2) if told else (0, 0)
