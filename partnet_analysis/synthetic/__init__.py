"""
Made-up partnerships with known answers, for tests, documentation and the example in `data/raw`.

Everything here is fictional: town, organisations, persons and what they do.
"""

from partnet_analysis.synthetic.files import example_files, files_of
from partnet_analysis.synthetic.town import SEED, SyntheticPartnership, partnership
from partnet_analysis.synthetic.truths import TRUTHS, OverSolicited, Truths

__all__ = ["SEED", "TRUTHS", "OverSolicited", "SyntheticPartnership", "Truths", "example_files", "files_of", "partnership"]
