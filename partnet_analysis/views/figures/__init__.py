"""
The figures of the annual review, each a function `(review, language) -> Figure` that a notebook can call alone.

They draw on a canvas of their own, never on pyplot's global one; `svg_bytes` and `png_bytes` turn them into files that are
the same on every run.
"""

from partnet_analysis.views.figures.arrival import arrival_figure
from partnet_analysis.views.figures.calendar import calendar_figure
from partnet_analysis.views.figures.dependence import dependence_figure
from partnet_analysis.views.figures.load import load_figure
from partnet_analysis.views.figures.lorenz import lorenz_figure
from partnet_analysis.views.figures.mixing import mixing_figure
from partnet_analysis.views.figures.moves import moves_figure
from partnet_analysis.views.figures.network import network_figure
from partnet_analysis.views.figures.sectors import sectors_figure
from partnet_analysis.views.figures.style import png_bytes, svg_bytes
from partnet_analysis.views.figures.yields import yield_figure

__all__ = [
    "arrival_figure",
    "calendar_figure",
    "dependence_figure",
    "load_figure",
    "lorenz_figure",
    "mixing_figure",
    "moves_figure",
    "network_figure",
    "png_bytes",
    "sectors_figure",
    "svg_bytes",
    "yield_figure",
]
