"""Draws that give the same answer on every version of Python: everything is built from `random.Random.random`."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """
    A stream of draws.

    Only the sequence of `random.Random.random` is promised to stay the same from one Python to the next; `choice`, `sample`
    and `shuffle` have changed before. So they are built here from that one method.

    Parameters
    ----------
    seed
        The seed; the same seed gives the same draws.

    Examples
    --------
    >>> Chance(1).sample(["a", "b", "c", "d"], 2) == Chance(1).sample(["a", "b", "c", "d"], 2)
    True
    """

    def __init__(self, seed: int | str) -> None:
        self._seed = seed
        self._random = Random(str(seed))  # noqa: S311 (made-up data, no secret)

    def of(self, subject: object) -> "Chance":
        """
        Start a stream of its own for one subject, so that a change in one part leaves the others as they were.

        Parameters
        ----------
        subject
            What the draws are for.

        Returns
        -------
        chance
            A stream that depends on this stream's seed and on the subject, not on what was drawn before.
        """
        return Chance(f"{self._seed}/{subject}")

    def number(self) -> float:
        """
        Draw a number.

        Returns
        -------
        number
            Uniform in [0, 1).
        """
        return self._random.random()

    def coin(self, probability: float) -> bool:
        """
        Toss a coin.

        Parameters
        ----------
        probability
            How likely heads is.

        Returns
        -------
        heads
            True with this probability.
        """
        return self.number() < probability

    def between(self, low: int, high: int) -> int:
        """
        Draw a whole number.

        Parameters
        ----------
        low
            The smallest.
        high
            The largest.

        Returns
        -------
        number
            Uniform, both ends included.
        """
        return low + int(self.number() * (high - low + 1))

    def pick(self, choices: Sequence[T]) -> T:
        """
        Pick one.

        Parameters
        ----------
        choices
            What to pick from.

        Returns
        -------
        picked
            One of them, all equally likely.
        """
        return choices[self.between(0, len(choices) - 1)]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """
        Pick one, some likelier than others.

        Parameters
        ----------
        weights
            What to pick from, and how much each weighs.

        Returns
        -------
        picked
            One of them, as likely as its weight is heavy.
        """
        left = self.number() * sum(weights.values())
        for choice, weight in weights.items():
            left -= weight
            if left < 0:
                return choice
        return list(weights)[-1]  # rounding left a crumb

    def shuffled(self, items: Iterable[T]) -> list[T]:
        """
        Shuffle.

        Parameters
        ----------
        items
            What to shuffle; left as it is.

        Returns
        -------
        shuffled
            The same items in another order.
        """
        pool = list(items)
        for last in range(len(pool) - 1, 0, -1):
            other = self.between(0, last)
            pool[last], pool[other] = pool[other], pool[last]
        return pool

    def sample(self, items: Iterable[T], size: int) -> list[T]:
        """
        Pick several, none twice.

        Parameters
        ----------
        items
            What to pick from.
        size
            How many; all of them where there are fewer.

        Returns
        -------
        sample
            The ones picked.
        """
        return self.shuffled(items)[:size]
