"""`PartnershipMap`: a pyvis network that renders as the partnership's map."""

import html
from typing import Any, Final

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.map.data import Scene, plain, scene, scene_data
from partnet_analysis.views.map.geography import Geography
from partnet_analysis.views.map.page import page
from partnet_analysis.views.map.pyvis_network import PyvisNetwork
from partnet_analysis.views.palette import COORDINATOR

HEIGHT: Final = "720px"

UNSAFE: Final = frozenset({"from_nx", "from_DOT", "add_nodes", "set_options", "show", "write_html", "save_graph"})
"""What pyvis does unsafely: ids turned to numbers, the caller's graph changed, files in the machine's own encoding."""

PYVIS_SHAPES: Final = {
    "circle": "dot",
    "square": "square",
    "triangle": "triangle",
    "diamond": "diamond",
    "hexagon": "hexagon",
    "triangle_down": "triangleDown",
    "pentagon": "dot",
    "star": "star",
}


def map_html(review: Review, language: str, *, geography: Geography | None = None) -> str:
    """
    Draw the map as one self-contained page.

    Parameters
    ----------
    review
        The partnership's year, measured.
    language
        `fr` or `en`.
    geography
        Where the actors are on the ground, for a geographic view; none by default.

    Returns
    -------
    html
        The page: it opens offline, makes no request, and is the same for the same review. Write it as UTF-8.
    """
    drawn = scene(review, language)
    return page(scene_data(drawn, geography), subtitle=drawn.subtitle)


class PartnershipMap(PyvisNetwork):
    """
    The partnership's map, for notebooks and for those who know pyvis.

    A `pyvis.network.Network` whose nodes and edges are the partnership's, and whose page is ours. What pyvis would do
    unsafely (turn ids into numbers, run names as HTML, fetch from the network, write files) is refused with an error.

    Parameters
    ----------
    review
        The partnership's year, measured.
    language
        `fr` (the default) or `en`.
    geography
        Where the actors are on the ground; none by default.
    height
        The height of the frame in a notebook.
    """

    def __init__(
        self, review: Review, language: str = "fr", *, geography: Geography | None = None, height: str = HEIGHT
    ) -> None:
        super().__init__(height=height, width="100%", cdn_resources="in_line")
        self.scene: Scene = scene(review, language)
        self.geography: Geography | None = geography
        self.toggle_physics(False)  # noqa: FBT003 (pyvis names it otherwise)
        fill(self, self.scene)

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002, FBT001, FBT002 (pyvis's signature)
        """
        Draw the page; pyvis's own arguments change nothing.

        Parameters
        ----------
        name
            Ignored.
        local
            Ignored.
        notebook
            Ignored.

        Returns
        -------
        html
            The page, as `map_html` gives it.
        """
        self.html: str = page(scene_data(self.scene, self.geography), subtitle=self.scene.subtitle)
        return self.html

    def to_pyvis(self) -> PyvisNetwork:
        """
        Make a plain pyvis network.

        Returns
        -------
        network
            Stock pyvis with our nodes and edges: ids are text, names and titles are text even where pyvis reads HTML,
            nothing moves. Its page is pyvis's own and lacks everything that the map adds.
        """
        network = PyvisNetwork(height=self.height, width="100%", cdn_resources="in_line")
        network.toggle_physics(False)  # noqa: FBT003 (as above)
        return fill(network, self.scene)

    def _repr_html_(self) -> str:
        """Show the map in a notebook, inside a sandbox; a picture where the notebook is not trusted."""
        from partnet_analysis.views.map.static import fallback_picture  # noqa: PLC0415 (matplotlib only if needed)

        title = html.escape(self.scene.title)
        frame = (
            f'<iframe srcdoc="{html.escape(self.generate_html())}" width="100%" height="{html.escape(str(self.height))}" '
            f'sandbox="allow-scripts allow-downloads allow-modals" title="{title}"></iframe>'
        )
        # An untrusted notebook loses the frame and the style, and so shows the picture.
        words = html.escape(say(self.scene.language, "map.fallback"))
        picture = f'<img alt="{title}" src="data:image/png;base64,{fallback_picture(self.scene)}">'
        return f'<style>.pn-fallback{{display:none}}</style>{frame}<div class="pn-fallback"><p>{words}</p>{picture}</div>'

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401 (any attribute)
        """Refuse what pyvis does unsafely; everything else of pyvis stays."""
        if name in UNSAFE:
            raise NotImplementedError(say(self.scene.language, "map.refused", name=name))
        return super().__getattribute__(name)


def fill(network: PyvisNetwork, drawn: Scene) -> PyvisNetwork:
    """
    Put the partnership into a pyvis network.

    Parameters
    ----------
    network
        An empty pyvis network.
    drawn
        The scene.

    Returns
    -------
    network
        The same network, with a node for every actor of the roster and an edge for every tie of the period under review.
    """
    actors = drawn.review.records.actors
    first = drawn.schemes[0]
    marks = [first.marks[category] for category in first.at(drawn.current)]
    places = zip(plain(drawn.positions["x"]), plain(drawn.positions["y"]), strict=True)
    for actor, mark, (x, y) in zip(actors.to_dict("records"), marks, places, strict=True):
        shown = COORDINATOR if actor["is_coordinator"] else mark
        name = html.escape(actor["name"])
        where = {} if x is None else {"x": x, "y": y}
        shape = PYVIS_SHAPES[shown.shape]
        network.add_node(actor["actor_id"], label=name, title=name, color=shown.colour, shape=shape, **where)
    ties = drawn.review.network.main_ties
    for source, target, strength in zip(ties["source_id"], ties["target_id"], plain(ties["strength"]), strict=True):
        network.edges.append({"from": str(source), "to": str(target), "value": strength})
    return network
