"""
What vivainsights does of the same work: five centralities of a table of pairs, paths unweighted.

Run by the interpreter of an environment that holds vivainsights, which this project's does not: nothing of ours is imported.
"""

import json
import sys
import time
import warnings
from importlib import import_module
from statistics import median

import pandas as pd


def main(table: str) -> None:
    """
    Time it.

    Parameters
    ----------
    table
        A CSV of ties: `source_id`, `target_id`, `strength`.
    """
    warnings.simplefilter("ignore")
    vi = import_module("vivainsights")

    sys.stdout.write("begin centralities\n")
    ties = pd.read_csv(table)
    pairs = pd.DataFrame(
        {
            "PrimaryCollaborator_PersonId": ties["source_id"],
            "SecondaryCollaborator_PersonId": ties["target_id"],
            "PrimaryCollaborator_Organization": "all",
            "SecondaryCollaborator_Organization": "all",
            "StrongTieScore": ties["strength"],
        }
    )
    spent, cpu = [], []
    for _ in range(3):
        start, before = time.perf_counter(), time.process_time()
        # The layout cannot be left out; `random` is the quickest.
        vi.network_p2p(data=pairs, centrality="betweenness", return_type="data", layout="random")
        spent.append(time.perf_counter() - start)
        cpu.append(time.process_time() - before)
    told = {"name": "centralities", "seconds": median(spent), "cpu": median(cpu), "peak_mib": _peak(), "facts": {}}
    sys.stdout.write("stage " + json.dumps(told) + "\n")


def _peak() -> float:
    import resource  # noqa: PLC0415 (only here)

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1])
