"""`PyvisNetwork`: pyvis's network, with the types that pyvis lacks."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:

    class PyvisNetwork:
        """What the map uses of `pyvis.network.Network`; the rest is of any type, so that users of pyvis may call it."""

        height: str
        html: str
        edges: list[dict[str, Any]]

        def __init__(self, *, height: str, width: str, cdn_resources: str) -> None: ...
        def __getattr__(self, name: str) -> Any: ...  # noqa: ANN401 (all that pyvis has)

else:
    from pyvis.network import Network as PyvisNetwork

__all__ = ["PyvisNetwork"]
