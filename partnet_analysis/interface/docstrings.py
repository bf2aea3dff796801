"""One description of a frame's columns, in one place: a public function says what the function that it calls says."""

import re
from collections.abc import Callable
from inspect import getdoc
from typing import Any, Final, TypeVar

_SECTION: Final = re.compile(r"^(?P<name>[A-Z][A-Za-z ]+)\n-+$", re.MULTILINE)
_SAID_BY_THE_MEASURE: Final = ("Returns", "Raises", "Notes")

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., Any])


def answers_as(measure: Callable[..., Any]) -> Callable[[AnyFunction], AnyFunction]:
    """
    Let a function's documentation describe what it returns in the words of the function that it calls.

    Parameters
    ----------
    measure
        The function that does the work.

    Returns
    -------
    decorate
        Puts the sections `Returns`, `Raises` and `Notes` of `measure` before the examples.
    """

    def decorate(function: AnyFunction) -> AnyFunction:
        own, theirs = sections(getdoc(function) or ""), sections(getdoc(measure) or "")
        examples = own.pop("Examples")
        said = own | {name: theirs[name] for name in _SAID_BY_THE_MEASURE if name in theirs} | {"Examples": examples}
        function.__doc__ = "\n\n".join(
            text if not name else f"{name}\n{'-' * len(name)}\n{text}" for name, text in said.items()
        )
        return function

    return decorate


def sections(documentation: str) -> dict[str, str]:
    r"""
    Take a numpydoc text apart.

    Parameters
    ----------
    documentation
        The text, as `inspect.getdoc` gives it.

    Returns
    -------
    sections
        The text under each heading; under the empty one what stands before the first.

    Examples
    --------
    >>> sections("Count.\n\nReturns\n-------\nn\n    How many.")
    {'': 'Count.', 'Returns': 'n\n    How many.'}
    """
    _, *pieces = _SECTION.split("Start\n-----\n" + documentation)
    return {
        "" if name == "Start" else name: text.strip("\n").rstrip()
        for name, text in zip(pieces[::2], pieces[1::2], strict=True)
    }
