"""
Social network analysis of local partnerships.

Public names are fetched on first use, so that importing costs nothing.
"""

from importlib import import_module
from typing import Any, Final

__version__ = "0.1.0"

_HOMES: Final = {
    "Config": "config",
    "Network": "network.network",
    "Period": "periods",
    "Records": "records.tables",
    "Review": "review",
    "annual_review": "review",
    "at_organisation_level": "records.rollup",
    "centrality": "measures.centrality",
    "cohesion": "measures.cohesion",
    "contact_graph": "network.network",
    "isolation": "measures.isolation",
    "partnership_network": "network.network",
    "read_folder": "records.readers",
    "solicitation_load": "measures.solicitation",
}

__all__ = [
    "Config",
    "Network",
    "Period",
    "Records",
    "Review",
    "annual_review",
    "at_organisation_level",
    "centrality",
    "cohesion",
    "contact_graph",
    "isolation",
    "partnership_network",
    "read_folder",
    "solicitation_load",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (PEP 562)
    """Fetch a public name from the module that defines it."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
