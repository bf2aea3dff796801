"""The interactive map."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from partnet_analysis.views.map.geography import Geography
    from partnet_analysis.views.map.partnership_map import PartnershipMap, map_html

_HOMES: Final = {"Geography": "geography", "PartnershipMap": "partnership_map", "map_html": "partnership_map"}

__all__ = ["Geography", "PartnershipMap", "map_html"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 (PEP 562)
    """Fetch a public name from its module: an export takes the positions and need not load what draws."""
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
