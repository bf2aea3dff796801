"""Choices that a writer makes: drawn from a seed, or plain."""

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """
    Choices drawn from a seed.

    The known content is always drawn. Where `plain`, every choice of manner is the first one and nothing odd is done.
    """

    def __init__(self, seed: int | str, *, plain: bool = False) -> None:
        self.random = random.Random(f"content {seed}")  # noqa: S311 (repeatable draws, no secret)
        self._manner = random.Random(f"manner {seed}")  # noqa: S311
        self.plain = plain

    def pick(self, options: Sequence[T]) -> T:
        return options[0] if self.plain else self._manner.choice(options)

    def sometimes(self, share: float = 0.3) -> bool:
        return not self.plain and self._manner.random() < share

    def shuffled(self, options: Sequence[T]) -> list[T]:
        return list(options) if self.plain else self._manner.sample(options, len(options))

    def below(self, bound: int) -> int:
        return 0 if self.plain else self._manner.randrange(bound)
