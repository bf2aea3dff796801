"""One self-contained page: template, style, scripts and data, nothing fetched, nothing that a name could turn into code."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from typing import Any, Final

import jinja2

from partnet_analysis.messages import catalogue

VIS_NETWORK: Final = "templates/lib/vis-9.1.2/vis-network.min.js"
"""vis-network as the pyvis wheel carries it."""

VIS_NETWORK_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""What it must be: nothing else is ever put into a page."""

SCRIPTS: Final = (
    "01_data.js",
    "02_state.js",
    "03_places.js",
    "04_draw.js",
    "05_labels.js",
    "06_dom.js",
    "07_stage.js",
    "08_panel.js",
    "09_card.js",
    "10_table.js",
    "11_search.js",
    "12_save.js",
    "13_main.js",
)
"""The page's own script, in the order in which its parts build on one another."""

_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}

_UNREADABLE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page(data: Mapping[str, Any], *, subtitle: str, version: str | None = None) -> str:
    """
    Fill the page.

    Parameters
    ----------
    data
        The map as plain data.
    subtitle
        What stands below the title.
    version
        The version of the package that the page names; the installed one by default.

    Returns
    -------
    html
        The page. Its security policy allows its own style and scripts, by their hashes, and nothing else.
    """
    words = catalogue(data["language"], "map")
    told = {**data, "title": _readable(data["title"]), "note": _readable(data["note"])}
    style, vis, script = _tight(_lean(_part("map.css"))), _vis_network(), _script()
    return _template().render(
        language=data["language"],
        title=told["title"],
        note=told["note"],
        subtitle=_readable(subtitle),
        t={**words["frame"], **words["page"]},
        version=version or metadata.version("partnet_analysis"),
        policy=_policy(style, (vis, script)),
        style=style,
        vis=vis,
        script=script,
        data=script_json(told),
    )


def script_json(data: Any) -> str:  # noqa: ANN401 (any plain value)
    r"""
    Write data as JSON that stands safely inside a script element.

    Parameters
    ----------
    data
        Plain values.

    Returns
    -------
    json
        JSON without any `<`, `>` or `&`, so that no text can close the element; NaN is refused.

    Examples
    --------
    >>> print(script_json({"name": "</script>"}))
    {"name":"\u003c/script\u003e"}
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # One pass for each takes a hundredth of what a table of translations takes.
    for character, escaped in _ESCAPES.items():
        text = text.replace(character, escaped)
    return text


def _readable(text: str) -> str:
    """Take out control characters, surrogates and marks that turn the direction of writing: a page cannot hold them."""
    return _UNREADABLE.sub("", text)


def _policy(style: str, scripts: tuple[str, ...]) -> str:
    allowed = " ".join(_hash(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "connect-src 'none'; form-action 'none'; base-uri 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, keep_trailing_newline=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_part("map.html.j2"))


@cache
def _script() -> str:
    parts = "\n".join(_lean(_part(f"scripts/{name}")) for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


def _lean(text: str) -> str:
    """Leave out indents, empty lines and the lines that are comments: a tenth of the page's own weight."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _tight(style: str) -> str:
    """Leave out the spaces around the signs of a style sheet; no text of ours holds any of these."""
    return re.sub(r"\s*([{};,])\s*", r"\1", style)


def _part(name: str) -> str:
    return (resources.files(__package__) / "page" / name).read_text(encoding="utf-8")


def _vis_network() -> str:
    raw = (resources.files("pyvis") / VIS_NETWORK).read_bytes()
    if hashlib.sha256(raw).hexdigest() != VIS_NETWORK_SHA256:
        raise RuntimeError(f"vis-network in the installed pyvis is not the one this map was made with: {VIS_NETWORK}")
    # Browsers hash what they read after turning line ends into newlines.
    return raw.decode("utf-8").replace("\r\n", "\n")
