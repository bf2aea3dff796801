"""
Rates from small counts: the robust Gamma–Poisson model.

Counts are Poisson(λ·t) over an exposure t; the actors' rates λ follow, for nine in ten, a Gamma distribution fitted to all
of them (maximum marginal likelihood), and for one in ten an exponential one of the same mean that says next to nothing.
Without this second part, the one partner who is asked three times as often as a hundred alike ones would be pulled back
among them (Schmidli et al. 2014, Biometrics 70, 1023–1032, call it robust; the model without it is in Spiegelhalter 2005,
Statistics in Medicine 24, 1185–1202). Every posterior is a mixture of two Gamma distributions, so all is in closed form.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize, special, stats

Floats = npt.NDArray[np.float64]

UNLIKE_SHARE: Final = 0.1
"""Share of actors that the prior takes to be unlike the others."""

_SHAPES: Final = (0.05, 100.0)
"""Bounds of the shape: no partnership is so even that its rates differ by less than a tenth (1/√100) of their mean."""

_HALVINGS: Final = 60
_PRECISION: Final = 1e-5
_START_SHAPE: Final = 4.0


@dataclass(frozen=True)
class Prior:
    """
    How rates differ between actors.

    Parameters
    ----------
    shape
        The Gamma distribution's shape.
    mean
        Its mean, the common monthly rate.
    """

    shape: float
    mean: float


@dataclass(frozen=True)
class Posterior:
    """
    What is known of each actor's rate: a mixture of two Gamma distributions.

    Parameters
    ----------
    shapes
        The shapes, one row for each part of the mixture.
    rates
        The inverse scales, likewise.
    weights
        The weights, likewise; each column adds up to 1.
    """

    shapes: Floats
    rates: Floats
    weights: Floats

    @property
    def mean(self) -> Floats:
        """The mean rate of each actor."""
        return np.asarray((self.weights * self.shapes / self.rates).sum(axis=0))

    def exceedance(self, threshold: float) -> Floats:
        """
        Give the probability that each rate exceeds a threshold.

        Parameters
        ----------
        threshold
            The threshold.

        Returns
        -------
        probabilities
            One for each actor.
        """
        return np.asarray((self.weights * special.gammaincc(self.shapes, self.rates * threshold)).sum(axis=0))

    def quantile(self, probability: float) -> Floats:
        """
        Give a quantile of each rate.

        Parameters
        ----------
        probability
            The probability below it.

        Returns
        -------
        quantiles
            One for each actor, by bisection between the quantiles of the two parts.
        """
        parts = np.asarray(stats.gamma.ppf(probability, self.shapes, scale=1 / self.rates))
        low, high = parts.min(axis=0), parts.max(axis=0)
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            below = (self.weights * special.gammainc(self.shapes, self.rates * middle)).sum(axis=0) < probability
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)


def fit(counts: Floats, months: Floats) -> Prior:
    """
    Fit the prior by maximum marginal likelihood.

    Parameters
    ----------
    counts
        What was counted for each actor.
    months
        The exposure of each, above zero.

    Returns
    -------
    prior
        The prior.
    """
    # Half a count keeps the mean above zero where nothing was counted at all.
    crude = max(float(counts.sum()), 0.5) / float(months.sum())

    def cost(logarithms: Floats) -> float:
        shape, mean = np.exp(logarithms)
        return -float(np.logaddexp(*_evidence(Prior(shape, mean), counts, months)).sum())

    bounds = [tuple(np.log(_SHAPES)), (np.log(crude) - 5, np.log(crude) + 5)]
    # Two unknowns: a simplex finds them without the linear algebra, whose threads cost more than they save here.
    start = np.log([_START_SHAPE, crude])
    found = optimize.minimize(
        cost, start, method="Nelder-Mead", bounds=bounds, options={"xatol": _PRECISION, "fatol": _PRECISION / 1000}
    )
    shape, mean = np.exp(found.x)
    return Prior(float(shape), float(mean))


def posterior(prior: Prior, counts: Floats, months: Floats) -> Posterior:
    """
    Learn each actor's rate from what was counted.

    Parameters
    ----------
    prior
        The prior.
    counts
        What was counted for each actor.
    months
        The exposure of each, above zero.

    Returns
    -------
    posterior
        The posterior.
    """
    like, unlike = _evidence(prior, counts, months)
    weight = np.exp(unlike - np.logaddexp(like, unlike))
    return Posterior(
        shapes=np.stack([prior.shape + counts, 1 + counts]),
        rates=np.stack([prior.shape / prior.mean + months, 1 / prior.mean + months]),
        weights=np.stack([1 - weight, weight]),
    )


def _evidence(prior: Prior, counts: Floats, months: Floats) -> tuple[Floats, Floats]:
    """Log likelihood of each count under the two parts, their shares included."""
    like = _log_negative_binomial(counts, months, prior.shape, prior.mean) + np.log1p(-UNLIKE_SHARE)
    unlike = _log_negative_binomial(counts, months, 1.0, prior.mean) + np.log(UNLIKE_SHARE)
    return like, unlike


def _log_negative_binomial(counts: Floats, months: Floats, shape: float, mean: float) -> Floats:
    """Gamma-mixed Poisson: the chance of a count once the rate is integrated out."""
    rate = shape / mean
    ways = special.gammaln(shape + counts) - special.gammaln(shape) - special.gammaln(counts + 1)
    return np.asarray(ways + shape * np.log(rate / (rate + months)) + counts * np.log(months / (rate + months)))
