"""
Social network analysis of local partnerships.

Public names are fetched on first use, so that importing costs nothing:

>>> import partnet_analysis as pn
>>> records = pn.read("data/raw")
>>> pn.network(records, period=2025).period
Period(start=datetime.date(2025, 1, 1), end=datetime.date(2025, 12, 31))
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from partnet_analysis.annual import Review
    from partnet_analysis.config import Config
    from partnet_analysis.graph.network import Network
    from partnet_analysis.interface import figures
    from partnet_analysis.interface.documents import documents, export, map, review  # noqa: A004 (the word users say)
    from partnet_analysis.interface.questions import (
        centrality,
        change,
        cohesion,
        contact_graph,
        coordination,
        dependence,
        isolation,
        meetings,
        network,
        series,
        solicitation_load,
    )
    from partnet_analysis.interface.reading import read
    from partnet_analysis.periods import Period
    from partnet_analysis.records.tables import Records

__version__ = "0.2.0"

__all__ = [
    "Config",
    "Network",
    "Period",
    "Records",
    "Review",
    "centrality",
    "change",
    "cohesion",
    "contact_graph",
    "coordination",
    "dependence",
    "documents",
    "export",
    "figures",
    "isolation",
    "map",
    "meetings",
    "network",
    "read",
    "review",
    "series",
    "solicitation_load",
]

_HOMES: Final = {
    "config": ("Config",),
    "interface.documents": ("documents", "export", "map", "review"),
    "interface.questions": (
        "centrality",
        "change",
        "cohesion",
        "contact_graph",
        "coordination",
        "dependence",
        "isolation",
        "meetings",
        "network",
        "series",
        "solicitation_load",
    ),
    "interface.reading": ("read",),
    "graph.network": ("Network",),
    "periods": ("Period",),
    "records.tables": ("Records",),
    "annual": ("Review",),
}
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 (PEP 562)
    """Fetch a public name from the module that defines it."""
    if name == "figures":
        return import_module(f"{__name__}.interface.figures")
    if name not in _HOME_OF:
        message = f"module {__name__!r} has no attribute {name!r}; it offers {', '.join(__all__)}"
        raise AttributeError(message, name=name, obj=sys.modules[__name__])
    found = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
    if isinstance(found, type):
        return found
    return import_module(f"{__name__}.interface.calls").rightly_called(found)


def __dir__() -> list[str]:
    """List the public names."""
    return [*__all__, "__version__"]
