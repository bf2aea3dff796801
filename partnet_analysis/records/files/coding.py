"""
Large plain text → columns of codes: every spelling becomes one Python string, however many rows bear it.

Ten million rows of four cells are forty million strings to a CSV reader, and a few hundred thousand different ones. So the
bytes are cut by NumPy, a block at a time, each cell is taken as numbers of eight bytes, and equal numbers get one code.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Bytes = npt.NDArray[np.uint8]
Words = npt.NDArray[np.uint64]
Integers = npt.NDArray[np.int64]

_BLOCK: Final = 1 << 23
"""Bytes cut at once: what the processor keeps at hand."""

_WORD: Final = 8
_LONGEST_CELL: Final = 8 * _WORD
"""Longer cells are titles and remarks, which few rows share: the whole text is then left to the usual way."""

_NEWLINE: Final = ord("\n")
_RETURN: Final = ord("\r")
_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_MASKS: Final = np.array([(1 << (8 * length)) - 1 for length in range(_WORD + 1)], dtype=np.uint64)


def coded_columns(content: bytes, delimiter: str) -> pd.DataFrame | None:
    """
    Cut text without quotes into columns.

    Parameters
    ----------
    content
        The text in UTF-8, without a byte order mark.
    delimiter
        What separates the cells.

    Returns
    -------
    columns
        A row for each line, the first one too, each column a categorical of its spellings; None where the text is not as
        plain as that: lines of different widths, blank ones, returns without a line feed, long cells.
    """
    # Eight bytes more, so that the last cell can be looked at as a number too.
    whole = content + (b"" if content.endswith(b"\n") else b"\n") + bytes(_WORD)
    length = len(whole) - _WORD
    data = np.frombuffer(whole, dtype=np.uint8)
    width = whole[: whole.index(b"\n")].count(delimiter.encode()) + 1
    has_returns = b"\r" in whole
    if has_returns and whole.count(b"\r") != whole.count(b"\r\n"):
        return None
    columns = [_Column() for _ in range(width)]
    try:
        for start, stop in _blocks(whole, length):
            block = data[start : stop + _WORD]
            cells = _cells(block, stop - start, ord(delimiter), width, has_returns=has_returns)
            if cells is None:
                return None
            for place, column in enumerate(columns):
                column.add(block, cells[0][:, place], cells[1][:, place])
        return pd.DataFrame({place: column.categorical() for place, column in enumerate(columns)})
    except _SharedKeyError:
        return None


def codes_and_spellings(column: pd.Series) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.object_]]:
    """
    Give each spelling of a column a number.

    Parameters
    ----------
    column
        Text, or a categorical of it.

    Returns
    -------
    codes
        The number of each row's spelling.
    spellings
        The spellings, each once; a categorical's may be those of rows that are no longer there.
    """
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().astype(np.intp, copy=False)
        return codes, column.cat.categories.to_numpy(dtype=object)
    codes, spellings = pd.factorize(column.to_numpy(dtype=object))
    return codes, np.asarray(spellings, dtype=object)


def _blocks(whole: bytes, length: int) -> Iterator[tuple[int, int]]:
    """Cut behind line ends."""
    start = 0
    while start < length:
        stop = length if length - start <= _BLOCK else whole.rfind(b"\n", start, start + _BLOCK) + 1
        # A line longer than a block is a block of its own.
        stop = stop if stop > start else whole.index(b"\n", start + _BLOCK) + 1
        yield start, stop
        start = stop


def _cells(data: Bytes, length: int, delimiter: int, width: int, *, has_returns: bool) -> tuple[Integers, Integers] | None:
    """Find where each cell begins and how long it is, a row for each line; None where a line is wider or narrower."""
    text = data[:length]
    ends = np.flatnonzero((text == delimiter) | (text == _NEWLINE))
    if len(ends) % width:
        return None
    marks = text[ends].reshape(-1, width)
    if (marks[:, -1] != _NEWLINE).any() or (marks[:, :-1] != delimiter).any():
        return None
    starts = np.concatenate([[0], ends[:-1] + 1])
    lengths = (ends - starts).reshape(-1, width)
    if has_returns:
        lengths[:, -1] -= text[ends.reshape(-1, width)[:, -1] - 1] == _RETURN
    if lengths.max() > _LONGEST_CELL or (width == 1 and not lengths.all()):
        return None
    return starts.reshape(-1, width), lengths


class _Column:
    """The codes of a column, and the spellings they stand for, as blocks come in."""

    def __init__(self) -> None:
        self._codes: list[npt.NDArray[np.int32]] = []
        self._keys: list[Words] = []
        self._words: list[Words] = []

    def add(self, data: Bytes, starts: Integers, lengths: Integers) -> None:
        """Code the cells of a block by themselves."""
        # Every eight bytes of the text as one number, at whatever byte they begin.
        words: Words = np.ndarray((len(data) - _WORD + 1,), dtype="<u8", buffer=data, strides=(1,))
        parts = [
            words[np.minimum(starts + place, len(words) - 1)] & _MASKS[np.clip(lengths - place, 0, _WORD)]
            for place in range(0, max(int(lengths.max()), 1), _WORD)
        ]
        key = _key(parts)
        codes, keys = pd.factorize(key)
        first = _first(codes, len(keys))
        self._words.append(np.column_stack([*(part[first] for part in parts)]))
        self._keys.append(keys)
        self._codes.append(codes.astype(np.int32))
        if any((part[first][codes] != part).any() for part in parts[1:]):
            raise _SharedKeyError

    def categorical(self) -> pd.Categorical:
        """Put the blocks together."""
        codes, keys = pd.factorize(np.concatenate(self._keys))
        first = _first(codes, len(keys))
        width = max(words.shape[1] for words in self._words)
        words: Words = np.concatenate([np.pad(words, ((0, 0), (0, width - words.shape[1]))) for words in self._words])
        if (words[first][codes] != words).any():
            raise _SharedKeyError
        spellings = _texts(np.ascontiguousarray(words[first]).view(f"S{_WORD * width}")[:, 0])
        ends = np.cumsum([len(keys) for keys in self._keys])
        of_block = np.split(codes.astype(np.int32), ends[:-1])
        whole = np.concatenate([here[local] for here, local in zip(of_block, self._codes, strict=True)])
        categories = pd.Index(np.array([*spellings, None], dtype=object)[:-1], dtype=object)
        return pd.Categorical.from_codes(whole, categories=categories, validate=False)


def _texts(spellings: npt.NDArray[np.bytes_]) -> list[str]:
    try:
        # Much faster, and good for ids, words and days.
        plain: list[str] = spellings.astype(f"U{spellings.dtype.itemsize}").tolist()
    except UnicodeDecodeError:
        plain = [spelling.decode() for spelling in spellings.tolist()]
    return plain


class _SharedKeyError(ValueError):
    """Two spellings share a key, as may happen once in a million years."""


def _key(parts: list[Words]) -> Words:
    """Make one number of several; words of nothing at the end change nothing."""
    key: Words = parts[0]
    for place, part in enumerate(parts[1:], start=1):
        mixed: Words = part * _MULTIPLIER
        key = np.add(key, (mixed ^ (mixed >> np.uint64(29 + place))) * _MULTIPLIER, dtype=np.uint64)
    return key


def _first(codes: Integers, n_codes: int) -> Integers:
    """Find the first place of each code: places are written backwards, so that the first stays."""
    first = np.empty(n_codes, dtype=np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    return first
