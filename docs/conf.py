"""The documentation site, in English; `fr/conf.py` builds the French pages with the same settings."""

import sys
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

project = "partnet_analysis"
author = copyright = "The partnet_analysis founders"  # noqa: A001 (the name Sphinx reads)
language = "en"
extensions = ["myst_parser", "sphinx.ext.autodoc", "numpydoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["fr/**", "_*", "**.ipynb_checkpoints"]
templates_path: list[str] = []
nitpicky = False
default_role = "code"
myst_enable_extensions = ["dollarmath", "attrs_block", "attrs_inline", "deflist"]
myst_heading_anchors = 4
autodoc_typehints = "none"
autosummary_generate = False
numpydoc_show_class_members = False
numpydoc_validation_checks: set[str] = set()

html_theme = "furo"
html_title = "partnet_analysis"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_show_search_summary = False  # it would fetch pages, which no browser lets a file do
html_theme_options: dict[str, Any] = {
    "light_css_variables": {"color-brand-primary": "#0B4A84", "color-brand-content": "#0B4A84"},
    "footer_icons": [],
}
html_math_renderer = "mathml"


def prepare(app: Sphinx) -> None:
    """Draw the examples and write the pages that come from the program itself."""
    from docs._made import command_line_page, drawings, results_page  # noqa: PLC0415 (found only once the path above is set)

    drawn = HERE / "_static" / "drawn"
    if app.config.language == "en" or not drawn.is_dir():  # the French pages show the same drawings
        drawings(drawn)
    if app.config.language == "en":
        results_page(Path(app.srcdir))
    command_line_page(Path(app.srcdir), str(app.config.language))


def inline_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula as MathML, which browsers draw by themselves: nothing to fetch."""
    translator.body.append(tex2mathml(node.astext(), as_block=False))
    raise nodes.SkipNode


def block_math(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Do the same for a formula on a line of its own."""
    translator.body.append(f'<div class="math">{tex2mathml(node.astext(), as_block=True)}</div>')
    raise nodes.SkipNode


def take_bars_as_they_are(_app: Sphinx, _what: str, _name: str, _obj: object, _options: object, lines: list[str]) -> None:
    """In our docstrings a bar is a bar (|B ∩ N|, Pr(a | b)), never a substitution; code keeps its own."""
    for place, line in enumerate(lines):
        if not line.lstrip().startswith((">>>", "...")):
            parts = line.split("`")
            lines[place] = "`".join(part if odd % 2 else part.replace("|", "\\|") for odd, part in enumerate(parts))


OTHER_LANGUAGE = {
    "en": '<a href="{up}fr/index.html" lang="fr" hreflang="fr">Pages en français</a>',
    "fr": '<a href="{up}en/index.html" lang="en" hreflang="en">Pages in English</a>',
}


def show_the_other_language(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Link to the pages in the other language, from however deep a folder."""
    up = "../" * (pagename.count("/") + 1)
    context["theme_announcement"] = OTHER_LANGUAGE[app.config.language].format(up=up)


def setup(app: Sphinx) -> None:
    """Tell Sphinx about the above."""
    app.connect("builder-inited", prepare)
    app.connect("html-page-context", show_the_other_language)
    app.connect("autodoc-process-docstring", take_bars_as_they_are, priority=100)
    app.add_html_math_renderer("mathml", (inline_math, None), (block_math, None))
