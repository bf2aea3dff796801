"""A call that fits no function is answered with the one that does."""

from collections.abc import Callable, Mapping
from functools import cache, wraps
from inspect import Parameter, signature
from typing import Any, Final

_EXAMPLES: Final = {
    "records": "records",
    "network": "network",
    "review": "review",
    "folder": '"data/raw"',
    "year": "year=2024",
}
"""How an argument is written in the call that is proposed."""


@cache
def rightly_called(function: Callable[..., Any]) -> Callable[..., Any]:
    """
    Let a public function name the right call to who gives it an argument that it does not take.

    Parameters
    ----------
    function
        The function.

    Returns
    -------
    asked
        The same function; a `TypeError` says how it is called instead of only that it was called wrongly.

    Examples
    --------
    >>> def isolation(records, period=None): ...
    >>> rightly_called(isolation)("records", year=2024)
    Traceback (most recent call last):
    TypeError: pn.isolation: got an unexpected keyword argument 'year'; call pn.isolation(records, period=2024)
    """
    takes = signature(function)

    @wraps(function)
    def asked(*given: Any, **named: Any) -> Any:  # noqa: ANN401 (whatever the function takes and gives)
        try:
            takes.bind(*given, **named)
        except TypeError as fault:
            message = f"pn.{function.__name__}: {fault}; call {_right_call(function.__name__, takes.parameters)}"
            raise TypeError(message) from None
        return function(*given, **named)

    asked.__module__ = "partnet_analysis"  # where pickle finds it again
    return asked


def _right_call(name: str, parameters: Mapping[str, Parameter]) -> str:
    """Write the call with its subject and its period, and say what else it takes."""
    told = [example for one, example in _EXAMPLES.items() if one in parameters]
    others = [one for one in parameters if one not in _EXAMPLES and one != "period"]
    period = ["period=2024"] if "period" in parameters and "year" not in parameters else []
    more = f" (it also takes {', '.join(others)})" if others else ""
    return f"pn.{name}({', '.join([*told, *period])}){more}"
