"""Les pages en français, avec les réglages du site."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from conf import *  # noqa: F403 (the same settings, but for what follows)

language = "fr"
exclude_patterns = ["_*"]
html_static_path = ["../_static"]
