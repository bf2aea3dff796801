"""Les pages en français, avec les réglages du site."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from docs.conf import *  # noqa: F403 (the same settings, but for what follows)

language = "fr"
locale_dirs = ["locale"]  # the theme's few words
exclude_patterns = ["_*"]
html_static_path = ["../_static"]
