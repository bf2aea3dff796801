"""Damage done to files at random, and what watches over their reading."""

import random
import resource
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Final

SECONDS: Final = 300
"""After so long a reading that usually takes a few seconds is said to hang."""

MEGABYTES: Final = 1024
"""The memory that no reading may need beyond what was in use before."""

ODD: Final = (
    "", " ", "\0", "\t", '"', "'", ";", ",", ":", "=", "\\", "\\n", "\r", "é" * 300, "\u202e", "\u2028", "\x85", "\x1b[2J",
    "\ufeff",     "\ud7ff", "\U0001f600", "=1+1",
    "-1", "0", "1e999", "99999999999999999999", "NaN", "#N/A", "31/02/2025", "2025-02-31",
    "0000-00-00", "9999-12-31", "14/03/2025", "<b>", "../../etc/passwd", "x" * 5000, "{", "}", "[", "]", "%s", "{0}", "(((",
)  # fmt: skip
"""Words that steer readers astray."""


def with_damaged_bytes(content: bytes, chance: random.Random) -> bytes:
    """Change, insert or drop bytes in a few places."""
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        place = chance.randrange(len(damaged) + 1)
        damaged[place : place + chance.choice((0, 1, 1, 4))] = chance.randbytes(chance.choice((0, 1, 1, 4)))
    return bytes(damaged)


def with_damaged_lines(text: str, chance: random.Random, odd: Sequence[str] = ()) -> str:
    """Drop, repeat, swap or replace lines; `odd` are lines that mean something in this format."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.choice((1, 2, 4, 16))):
        place = chance.randrange(len(lines)) if lines else 0
        how = chance.randrange(5)
        if how == 0 and lines:
            del lines[place]
        elif how == 1 and lines:
            lines[place:place] = [chance.choice(lines)] * chance.choice((1, 1, 2, 50))
        elif how == 2 and lines:
            other = chance.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        else:
            lines.insert(place, chance.choice((*odd, *ODD)) + chance.choice(("\n", "\r\n", "\r", "")))
    return "".join(lines)


def with_damaged_words(text: str, chance: random.Random, odd: Sequence[str] = ()) -> str:
    """Replace what stands between marks (`: ; , =` and line ends) by something odd; `odd` are words of this format."""
    marks = [place for place, letter in enumerate(text) if letter in ":;,=\n\t\"'"]
    for _ in range(chance.choice((1, 2, 4))):
        here = chance.randrange(len(marks)) if marks else 0
        start = marks[here] + 1 if marks else 0
        end = marks[here + 1] if here + 1 < len(marks) else len(text)
        text = text[:start] + chance.choice((*odd, *odd, *ODD)) + text[end:]
        marks = [place for place, letter in enumerate(text) if letter in ":;,=\n\t\"'"]
    return text


def encoded(text: str, chance: random.Random) -> bytes:
    """Write text as one program or another would, mostly as UTF-8."""
    encoding = chance.choice(("utf-8",) * 7 + ("cp1252", "utf-16", "utf-8-sig"))
    return text.encode(encoding, errors="replace")


def damaged(text: str, chance: random.Random, *, lines: Sequence[str], words: Sequence[str]) -> bytes:
    """Damage a text file in one of the ways above, or cut it short."""
    how = chance.randrange(8)
    if how == 0:
        return with_damaged_bytes(text.encode(), chance)
    if how == 1:
        return text.encode()[: chance.randrange(len(text))]
    if how < 5:
        return encoded(with_damaged_lines(text, chance, lines), chance)
    return encoded(with_damaged_words(text, chance, words), chance)


class HungError(Exception):
    """A reading did not end."""


@contextmanager
def watched(seconds: int = SECONDS) -> Iterator[None]:
    """Stop a reading that hangs, and refuse one that eats the memory."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise HungError(f"no end after {seconds} s: signal {number} at {frame}")

    before = _megabytes()
    previous = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)
    assert _megabytes() - before < MEGABYTES


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
