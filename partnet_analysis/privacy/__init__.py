"""
What may leave the house, under which names, and for how long it is kept.

`public_review` and `public_files` make the public edition; `erasure_plan` and `retention_plan` say what the erasure of
a person or the end of the retention period would take away, `carry_out` does it. `docs/privacy.md` explains the whole to a
data-protection officer, `docs/decisions/public-edition.md` says why the public edition shows what it shows.
"""

from importlib import import_module
from typing import Any, Final

_HOMES: Final = {
    "Key": "keys",
    "Removal": "removal",
    "carry_out": "removal",
    "erasure_plan": "erasure",
    "justified_level": "level",
    "public_key": "keys",
    "public_files": "document",
    "public_review": "structure",
    "public_summary": "summary",
    "retention_plan": "retention",
}

__all__ = [
    "Key",
    "Removal",
    "carry_out",
    "erasure_plan",
    "justified_level",
    "public_files",
    "public_key",
    "public_review",
    "public_summary",
    "retention_plan",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (PEP 562)
    """Fetch a public name from the module that defines it: a command that forgets a person need not load what draws."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
