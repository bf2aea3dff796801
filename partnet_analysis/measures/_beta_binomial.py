"""
Shares from small counts: the Beta–Binomial model.

Of n invitations k were honoured; the actors' true shares follow a Beta distribution fitted to all of them by maximum
marginal likelihood, so that one invitation honoured out of one is no 100 % (Gelman et al., Bayesian Data Analysis, 3rd
edition, §5.1).
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

Floats = npt.NDArray[np.float64]

_SIZES: Final = (0.5, 200.0)
"""Bounds of the prior's size, counted in invitations."""

_GRID: Final = 65
_REACH: Final = 6
"""In how many steps, and how many standard deviations to either side, a distribution is walked through."""

_START_SIZE: Final = 4.0
_PRECISION: Final = 1e-5


@dataclass(frozen=True)
class Shares:
    """
    What is known of each actor's share: one Beta distribution each.

    Parameters
    ----------
    hits
        The first parameter of each.
    misses
        The second parameter of each.
    """

    hits: Floats
    misses: Floats

    @property
    def mean(self) -> Floats:
        """The mean share of each actor."""
        return self.hits / (self.hits + self.misses)

    def quantile(self, probability: float) -> Floats:
        """
        Give a quantile of each share.

        Parameters
        ----------
        probability
            The probability below it.

        Returns
        -------
        quantiles
            One for each actor.
        """
        return np.asarray(stats.beta.ppf(probability, self.hits, self.misses))

    def of(self, places: npt.NDArray[np.bool_]) -> "Shares":
        """
        Keep some actors.

        Parameters
        ----------
        places
            True for those to keep.

        Returns
        -------
        shares
            Theirs.
        """
        return Shares(self.hits[places], self.misses[places])

    def is_below(self, other: "Shares") -> Floats:
        """
        Give the probability that each share is below another, both unknown.

        Parameters
        ----------
        other
            The shares to compare with, as many.

        Returns
        -------
        probabilities
            One for each actor: the integral, over the narrower of the two distributions, of its density times the chance
            that the other share lies on the right side.
        """
        # Many actors were asked as often and came as often: each pair of distributions is compared once.
        pairs = np.array([self.hits, self.misses, other.hits, other.misses])
        distinct, place = np.unique(pairs, axis=1, return_inverse=True)
        own, against = Shares(*distinct[:2]), Shares(*distinct[2:])
        swapped = against.deviation < own.deviation
        narrow = Shares(*np.where(swapped, distinct[2:], distinct[:2]))
        wide = Shares(*np.where(swapped, distinct[:2], distinct[2:]))
        below = _mean_below(narrow, wide)
        return np.asarray(np.where(swapped, below, 1 - below)[place.ravel()], dtype=float)

    @property
    def deviation(self) -> Floats:
        """The standard deviation of each actor's share."""
        return np.sqrt(self.mean * (1 - self.mean) / (self.hits + self.misses + 1))


def _mean_below(narrow: Shares, wide: Shares) -> Floats:
    """Average, over the narrow distributions, the chance that the wide share lies below."""
    near = np.clip(narrow.mean + np.linspace(-_REACH, _REACH, _GRID)[:, None] * narrow.deviation, 0, 1)
    # Distributions may lean against 0 or 1: there the steps are the finest.
    ends = np.sin(np.linspace(0, np.pi / 2, _GRID)) ** 4
    far = np.concatenate([ends / 2, 1 - ends[-2::-1] / 2])[:, None] * np.ones_like(narrow.mean)
    grid = np.sort(np.concatenate([near, far]), axis=0)
    chance = np.diff(special.betainc(narrow.hits, narrow.misses, grid), axis=0)
    below = special.betainc(wide.hits, wide.misses, (grid[1:] + grid[:-1]) / 2)
    return np.asarray((chance * below).sum(axis=0))


def shares(successes: Floats, trials: Floats) -> Shares:
    """
    Learn each actor's share, with a prior fitted to all of them.

    Parameters
    ----------
    successes
        How often it was so.
    trials
        Out of how many; zeros teach nothing and get the prior.

    Returns
    -------
    shares
        The posterior of each actor.
    """
    mean, size = _fitted(successes[trials > 0], trials[trials > 0])
    return Shares(hits=successes + mean * size, misses=trials - successes + (1 - mean) * size)


def _fitted(successes: Floats, trials: Floats) -> tuple[float, float]:
    # One imagined success and one failure, here and in the likelihood, keep the mean inside (0, 1).
    crude = (float(successes.sum()) + 1) / (float(trials.sum()) + 2)

    def cost(parameters: Floats) -> float:
        mean, size = special.expit(parameters[0]), np.exp(parameters[1])
        hits, misses = mean * size, (1 - mean) * size
        seen = special.betaln(successes + hits, trials - successes + misses) - special.betaln(hits, misses)
        return -float(seen.sum() + np.log(mean * (1 - mean)))

    centre = float(special.logit(crude))
    bounds = [(centre - 3, centre + 3), tuple(np.log(_SIZES))]
    # A simplex, for the reason given in `_gamma_poisson.fit`.
    start = np.array([centre, np.log(_START_SIZE)])
    found = optimize.minimize(
        cost, start, method="Nelder-Mead", bounds=bounds, options={"xatol": _PRECISION, "fatol": _PRECISION / 1000}
    )
    return float(special.expit(found.x[0])), float(np.exp(found.x[1]))
