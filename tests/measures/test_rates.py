"""The models behind rates and shares: against numerical integration, and their error rates in simulation."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, optimize, special, stats

from partnet_analysis.measures import _beta_binomial, _gamma_poisson
from partnet_analysis.measures._gamma_poisson import UNLIKE_SHARE, Prior
from partnet_analysis.measures._judgement import SURE, TIMES_MEDIAN
from partnet_analysis.measures.solicitation import usual_rate

PRIOR = Prior(shape=3.0, mean=2.0)
MONTHS = np.array([12.0, 12.0, 1.5, 6.0])
COUNTS = np.array([24.0, 90.0, 0.0, 7.0])


Floats = npt.NDArray[np.float64]


def prior_density(rate: Any, prior: Prior) -> Any:  # noqa: ANN401 (a number or an array)
    like = stats.gamma.pdf(rate, prior.shape, scale=prior.mean / prior.shape)
    unlike = stats.expon.pdf(rate, scale=prior.mean)
    return (1 - UNLIKE_SHARE) * like + UNLIKE_SHARE * unlike


def integral(count: float, months: float, low: float, high: float, *, power: int = 0) -> float:
    def integrand(rate: float) -> float:
        return float(rate**power * prior_density(rate, PRIOR) * stats.poisson.pmf(count, rate * months))

    peak = [count / months] if low < count / months < high else None
    return float(integrate.quad(integrand, low, high, points=peak, limit=400, epsabs=0, epsrel=1e-10)[0])


def test_posterior_agrees_with_numerical_integration() -> None:
    known = _gamma_poisson.posterior(PRIOR, COUNTS, MONTHS)
    low, high = known.quantile(0.05), known.quantile(0.95)

    for place, (count, months) in enumerate(zip(COUNTS, MONTHS, strict=True)):
        evidence = integral(count, months, 0, 60)
        assert integral(count, months, 0, 60, power=1) / evidence == pytest.approx(known.mean[place], rel=1e-7)
        assert integral(count, months, 3, 60) / evidence == pytest.approx(known.exceedance(3)[place], rel=1e-6)
        assert integral(count, months, 0, low[place]) / evidence == pytest.approx(0.05, rel=1e-6)
        assert integral(count, months, high[place], 60) / evidence == pytest.approx(0.05, rel=1e-6)


def test_fit_finds_the_maximum_of_the_integrated_likelihood() -> None:
    random = np.random.default_rng(7)
    months = random.uniform(3, 12, 30)
    counts = np.asarray(random.poisson(random.gamma(4, 0.5, 30) * months), dtype=float)
    rates = np.linspace(1e-6, 30, 40_001)
    chances = stats.poisson.pmf(counts[:, None], rates * months[:, None])

    def cost(logarithms: Floats) -> float:
        density = prior_density(rates, Prior(*np.exp(logarithms)))
        return -float(np.log(integrate.simpson(density * chances, x=rates, axis=1)).sum())

    fitted = _gamma_poisson.fit(counts, months)
    independent = optimize.minimize(cost, np.log([4.0, 2.0]), method="Nelder-Mead", options={"fatol": 1e-9, "xatol": 1e-6})

    assert [fitted.shape, fitted.mean] == pytest.approx(np.exp(independent.x), rel=1e-3)


def flags(counts: Floats, months: Floats) -> npt.NDArray[np.bool_]:
    known = _gamma_poisson.posterior(_gamma_poisson.fit(counts, months), counts, months)
    return known.exceedance(TIMES_MEDIAN * usual_rate(pd.Series(counts / months))) >= SURE


@pytest.mark.parametrize("yearly", [1, 3, 12, 48])
def test_of_a_hundred_alike_at_most_two_are_flagged(yearly: int) -> None:
    random = np.random.default_rng(yearly)
    months = np.full(100, 12.0)

    flagged = [flags(np.asarray(random.poisson(yearly, 100), dtype=float), months).mean() for _ in range(200)]

    assert np.mean(flagged) <= 0.02


@pytest.mark.parametrize("n_actors", [8, 40, 100])
def test_one_asked_three_times_as_often_is_found(n_actors: int) -> None:
    random = np.random.default_rng(n_actors)
    months = np.full(n_actors, 12.0)
    mean = np.r_[3 * 24.0, np.full(n_actors - 1, 24.0)]

    found = [flags(np.asarray(random.poisson(mean), dtype=float), months)[0] for _ in range(200)]

    assert np.mean(found) >= 0.95


def test_nothing_counted_at_all_still_gives_a_rate_above_zero() -> None:
    months = np.array([12.0, 6.0])
    known = _gamma_poisson.posterior(_gamma_poisson.fit(np.zeros(2), months), np.zeros(2), months)

    assert (known.mean > 0).all()
    assert known.quantile(0.95)[0] < known.quantile(0.95)[1]


@given(st.lists(st.tuples(st.integers(0, 300), st.floats(0.03, 36)), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_intervals_hold_their_order(observed: list[tuple[int, float]]) -> None:
    counts, months = (np.array(column, dtype=float) for column in zip(*observed, strict=True))
    known = _gamma_poisson.posterior(_gamma_poisson.fit(counts, months), counts, months)

    assert (known.quantile(0.05) <= known.quantile(0.5)).all()
    assert (known.quantile(0.5) <= known.quantile(0.95)).all()
    assert ((known.exceedance(1.0) >= 0) & (known.exceedance(1.0) <= 1)).all()


def test_shares_are_drawn_towards_the_common_one() -> None:
    known = _beta_binomial.shares(np.array([1.0, 40.0, 9.0, 0.0]), np.array([1.0, 50.0, 10.0, 0.0]))

    assert known.mean[0] < 1
    assert known.mean[1] == pytest.approx(0.8, abs=0.03)
    assert known.quantile(0.05)[3] < known.quantile(0.05)[2]


def test_probability_of_a_fall_agrees_with_integration() -> None:
    now = _beta_binomial.Shares(np.array([4.0, 0.7]), np.array([9.0, 3.0]))
    before = _beta_binomial.Shares(np.array([12.0, 2.0]), np.array([3.0, 2.0]))

    for place, value in enumerate(now.is_below(before)):
        own = stats.beta(now.hits[place], now.misses[place])
        other = stats.beta(before.hits[place], before.misses[place])
        exact = integrate.quad(lambda share, own=own, other=other: own.cdf(share) * other.pdf(share), 0, 1)[0]
        assert value == pytest.approx(exact, abs=1e-4)


def chance_below(own: tuple[float, float], other: tuple[int, int]) -> float:
    """Give Pr(own < other) in closed form, the other's first parameter a whole number (Miller 2014, Bayesian A/B tests)."""
    steps = np.arange(other[0])
    terms = special.betaln(own[0] + steps, own[1] + other[1]) - special.betaln(1 + steps, other[1]) - special.betaln(*own)
    return float((np.exp(terms) / (other[1] + steps)).sum())


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ((1, 1), (1, 1)),
        ((3, 8), (2, 5)),
        ((4, 9), (12, 3)),
        ((5000, 5000), (5100, 4900)),  # narrow: where the mean lies, the steps must be finer than in between
        ((1, 1), (5100, 4900)),
        ((5100, 4900), (2, 3)),
        ((1, 300), (2, 300)),  # leaning against 0, then against 1
        ((300, 1), (301, 2)),
        ((40, 2), (30, 3)),
        ((1, 20), (1, 200)),
    ],
)
def test_probability_of_a_fall_agrees_with_the_closed_form(own: tuple[int, int], other: tuple[int, int]) -> None:
    one, two = (_beta_binomial.Shares(*np.array(pair, dtype=float)[:, None]) for pair in (own, other))
    exact = chance_below(own, other)

    assert one.is_below(two)[0] == pytest.approx(exact, abs=5e-4)
    assert two.is_below(one)[0] == pytest.approx(1 - exact, abs=5e-4)


def test_a_probability_is_that_of_its_own_pair_whatever_stands_beside_it() -> None:
    own = np.array([[3.0, 8.0], [300.0, 1.0], [3.0, 8.0], [5100.0, 4900.0]])
    other = np.array([[2.0, 5.0], [301.0, 2.0], [2.0, 5.0], [2.0, 3.0]])
    together = _beta_binomial.Shares(*own.T).is_below(_beta_binomial.Shares(*other.T))
    exact = [chance_below((a, b), (int(c), int(d))) for (a, b), (c, d) in zip(own, other, strict=True)]

    assert together == pytest.approx(exact, abs=5e-4)
    assert together[0] == together[2]


@pytest.mark.parametrize(("asked", "came"), [(8, 0.3), (20, 0.7), (40, 0.9)])
def test_the_common_share_is_the_maximum_of_the_beta_binomial_likelihood(asked: int, came: float) -> None:
    random = np.random.default_rng(asked)
    trials = random.integers(1, asked, 30)
    successes = random.binomial(trials, random.beta(6 * came, 6 * (1 - came), 30))

    def cost(parameters: Floats) -> float:
        # In the prior's own two parameters, with one imagined success and one failure for its mean.
        hits, misses = np.exp(parameters)
        mean = hits / (hits + misses)
        return -float(np.sum(stats.betabinom.logpmf(successes, trials, hits, misses)) + np.log(mean * (1 - mean)))

    independent = np.exp(optimize.minimize(cost, np.log([2.0, 2.0]), method="BFGS", options={"gtol": 1e-6}).x)
    # Who was never asked is given the prior itself.
    known = _beta_binomial.shares(np.r_[successes, 0.0], np.r_[trials, 0.0])

    assert [known.hits[-1], known.misses[-1]] == pytest.approx(independent, rel=1e-3)
    assert known.hits[:-1] - known.hits[-1] == pytest.approx(successes)
    assert known.misses[:-1] - known.misses[-1] == pytest.approx(trials - successes)


@pytest.mark.parametrize("turned", [False, True])
def test_one_asked_far_more_than_all_others_does_not_hide_their_share(turned: bool) -> None:  # noqa: FBT001 (a case)
    """Twenty came the one time they were asked, one never in ten thousand: the mean is held three logits from 21/10,022."""
    trials = np.r_[10_000.0, np.ones(20), 0.0]
    successes = np.r_[0.0, np.ones(20), 0.0]
    known = _beta_binomial.shares(trials - successes if turned else successes, trials)
    logit = np.log(21 / 10_001) + 3

    assert np.log(known.hits[-1] / known.misses[-1]) == pytest.approx(-logit if turned else logit, abs=1e-3)
    assert known.hits[-1] + known.misses[-1] == pytest.approx(0.5, rel=1e-3)


def test_where_all_share_alike_the_prior_weighs_no_more_than_two_hundred_times() -> None:
    known = _beta_binomial.shares(np.r_[np.full(40, 50.0), 0.0], np.r_[np.full(40, 100.0), 0.0])

    assert [known.hits[-1], known.misses[-1]] == pytest.approx([100, 100], rel=1e-3)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=10))
@settings(max_examples=60, deadline=None)
def test_shares_stay_between_none_and_all(observed: list[tuple[int, int]]) -> None:
    successes, failures = (np.array(column, dtype=float) for column in zip(*observed, strict=True))
    known = _beta_binomial.shares(successes, successes + failures)

    assert ((known.mean > 0) & (known.mean < 1)).all()
    assert (known.quantile(0.05) <= known.quantile(0.95)).all()
