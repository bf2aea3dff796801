"""Who would be present where, did nothing count but how active each actor and how large each meeting is."""

from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import expit

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_MOST_STEPS: Final = 200
_MOST_HALVINGS: Final = 30
_MARGINS_MET: Final = 1e-10
_RIDGE: Final = 1e-9


def presence_chances(presence: Flags, possible: Flags) -> Floats:
    """
    Fit the chance of presence of each actor in each meeting that keeps, on average, every row and column sum.

    The bipartite configuration model of maximum entropy, which is the stochastic degree sequence model of Neal (2014, Social
    Networks 39, 84) as Neal, Domagalski & Sagan (2021, Scientific Reports 11, 23929) fit it: logit p = a_actor + b_meeting
    over the cells that are possible.

    Parameters
    ----------
    presence
        Actors × meetings, true where present.
    possible
        Where presence could have been at all; holds every true cell of `presence`.

    Returns
    -------
    chances
        Between 0 and 1; 0 where presence is not possible.
    """
    chances = np.where(presence, 1.0, 0.0)
    rows, columns = _undecided(presence, possible)
    if len(rows):
        inner = np.ix_(rows, columns)
        chances[inner] = _fitted(presence[inner].astype(float), possible[inner].astype(float))
    return chances


def chance_of_meeting_so_often(n_shared: Integers, chances: Floats) -> Floats:
    """
    Find the chance of at least so many successes among independent trials, each with a chance of its own.

    Parameters
    ----------
    n_shared
        For each row the number of successes to reach.
    chances
        Rows × trials: the chance of each.

    Returns
    -------
    p_value
        The upper tail of the Poisson-binomial distribution; exact, and precise where it is tiny.
    """
    reached = (n_shared == 0).astype(float)
    so_far = np.zeros((len(n_shared), int(n_shared.max(initial=0)) + 1))
    so_far[:, 0] = 1.0 - reached
    rows, last_before = np.arange(len(n_shared)), np.maximum(n_shared - 1, 0)
    for chance in chances.T:
        arriving = so_far[rows, last_before] * chance
        so_far[:, 1:] = so_far[:, 1:] * (1 - chance[:, None]) + so_far[:, :-1] * chance[:, None]
        so_far[:, 0] *= 1 - chance
        so_far[rows, n_shared] = 0.0
        reached += np.where(n_shared > 0, arriving, 0.0)
    return np.asarray(np.minimum(reached, 1.0), dtype=float)


def _undecided(presence: Flags, possible: Flags) -> tuple[Integers, Integers]:
    """Set aside, again and again, actors and meetings whose sums leave nothing to chance: all possible cells, or none."""
    rows, columns = np.arange(presence.shape[0]), np.arange(presence.shape[1])
    while len(rows) and len(columns):
        there, could = presence[np.ix_(rows, columns)], possible[np.ix_(rows, columns)]
        open_rows = (there.sum(axis=1) > 0) & (there.sum(axis=1) < could.sum(axis=1))
        open_columns = (there.sum(axis=0) > 0) & (there.sum(axis=0) < could.sum(axis=0))
        if open_rows.all() and open_columns.all():
            return rows, columns
        rows, columns = rows[open_rows], columns[open_columns]
    return np.arange(0), np.arange(0)


def _fitted(presence: Floats, possible: Floats) -> Floats:
    """Climb the likelihood, which has one top, by Newton's steps, halved where they overshoot."""
    n_rows, n_columns = presence.shape
    sums = np.concatenate([presence.sum(axis=1), presence.sum(axis=0)])
    at = np.zeros(n_rows + n_columns)
    for _ in range(_MOST_STEPS):
        chances = _chances_at(at, possible)
        missed = sums - np.concatenate([chances.sum(axis=1), chances.sum(axis=0)])
        if np.abs(missed).max() < _MARGINS_MET:
            break
        step = np.linalg.solve(_curvature(chances * (1 - chances)), missed)
        at = _climbed(at, step, sums, possible)
    return _chances_at(at, possible)


def _chances_at(at: Floats, possible: Floats) -> Floats:
    n_rows = possible.shape[0]
    return np.asarray(expit(at[:n_rows, None] + at[None, n_rows:]) * possible, dtype=float)


def _curvature(variance: Floats) -> Floats:
    """Lay out the second derivatives; the ridge pins the one direction in which nothing changes."""
    corner = np.diag(variance.sum(axis=1)), np.diag(variance.sum(axis=0))
    curvature = np.block([[corner[0], variance], [variance.T, corner[1]]]) + _RIDGE * np.eye(sum(variance.shape))
    return np.asarray(curvature, dtype=float)


def _climbed(at: Floats, step: Floats, sums: Floats, possible: Floats) -> Floats:
    here = _log_likelihood(at, sums, possible)
    for halving in range(_MOST_HALVINGS):
        there: Floats = at + step / float(2**halving)
        if _log_likelihood(there, sums, possible) >= here:
            return there
    return at


def _log_likelihood(at: Floats, sums: Floats, possible: Floats) -> float:
    n_rows = possible.shape[0]
    return float(at @ sums - (np.logaddexp(0, at[:n_rows, None] + at[None, n_rows:]) * possible).sum())
