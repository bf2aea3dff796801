"""On how many threads matrices are multiplied and solved."""

from contextlib import AbstractContextManager, nullcontext
from functools import cache
from typing import Final

from threadpoolctl import ThreadpoolController

_FEW: Final = 400


def threads_for(n_actors: int) -> AbstractContextManager[object]:
    """
    Keep linear algebra on one thread where a matrix is small.

    Parameters
    ----------
    n_actors
        The rows of the matrix.

    Returns
    -------
    threads
        A context. Up to 400 rows one thread is used within: what takes a tenth of a millisecond is not worth sharing, and
        where another program holds the second core, a thread that waits for it takes hundreds of times as long.
    """
    return _controller().limit(limits=1, user_api="blas") if n_actors <= _FEW else nullcontext()


@cache
def _controller() -> ThreadpoolController:
    # NumPy and SciPy bring a library each; both are loaded before any kernel is called.
    return ThreadpoolController()
