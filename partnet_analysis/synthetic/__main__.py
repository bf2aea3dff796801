"""Write the example partnership into a folder: `python -m partnet_analysis.synthetic data/raw`."""

import sys
from pathlib import Path

from partnet_analysis.synthetic import example_files


def main(arguments: list[str]) -> int:
    """
    Write the example's files.

    Parameters
    ----------
    arguments
        The folder.

    Returns
    -------
    code
        0 once done, 2 where the arguments are wrong.
    """
    if len(arguments) != 1:
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in example_files().items():
        (folder / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
