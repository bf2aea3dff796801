"""The same measure twice: with the coordinators, and without them."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from partnet_analysis import names
from partnet_analysis.graph.network import Network
from partnet_analysis.messages import Phrase

Figures = Mapping[str, float | Phrase]
"""Figures of the whole partnership; a phrase stands where a figure is missing and says why."""

Reasons = tuple[Phrase, ...]


def rows_with_and_without(network: Network, measure: Callable[[Network], pd.DataFrame]) -> pd.DataFrame:
    """
    Measure actors, or meetings, in the whole network and in the network without its coordinators.

    Parameters
    ----------
    network
        The network.
    measure
        Gives a frame with one row for each actor (or meeting) and a column `reasons`: why values of the row are missing.

    Returns
    -------
    measured
        One row for each row of the whole network: its columns, the same with the suffix `names.WITHOUT_COORDINATORS`
        (missing for the coordinators), and `reasons` for both.
    """
    whole = measure(network)
    partners = whole if network.without_coordinators is network else measure(network.without_coordinators)
    beside = partners.reindex(whole.index)
    measured = [column for column in whole.columns if column != "reasons"]
    values = {column: whole[column].array for column in measured}
    values |= {column + names.WITHOUT_COORDINATORS: beside[column].array for column in measured}
    without: dict[str, Reasons] = dict(zip(partners.index, partners["reasons"], strict=True))
    without |= dict.fromkeys(network.records.coordinators, (Phrase("measures.is_coordinator"),))
    reasons = [_joined(given, without[actor_id]) for actor_id, given in zip(whole.index, whole["reasons"], strict=True)]
    # One frame of all columns at once: for a town, putting frames together took as long as the measures.
    return pd.DataFrame(values | {"reasons": pd.Series(reasons, index=whole.index, dtype=object)}, index=whole.index)


def figures_with_and_without(network: Network, figures: Callable[[Network], Figures]) -> pd.DataFrame:
    """
    Measure the partnership as a whole, and as it is without its coordinators.

    Parameters
    ----------
    network
        The network.
    figures
        Gives the figures of a network, the same ones for every network.

    Returns
    -------
    measured
        One row for each figure, indexed by `figure`: `value`, `value_without_coordinators`, and `reason`: why one of them is
        missing, None where neither is.
    """
    whole = figures(network)
    partners = whole if network.without_coordinators is network else figures(network.without_coordinators)
    index = pd.Index(list(whole), name="figure")
    reasons = [_reason(value, partners[figure]) for figure, value in whole.items()]
    return pd.DataFrame(
        {
            "value": [_number(value) for value in whole.values()],
            "value" + names.WITHOUT_COORDINATORS: [_number(partners[figure]) for figure in whole],
            "reason": pd.Series(reasons, index=index, dtype=object),
        },
        index=index,
    )


def reasons_where(index: pd.Index, causes: Mapping[str, npt.NDArray[np.bool_]]) -> pd.Series:
    """
    Say, row by row, which causes apply.

    Parameters
    ----------
    index
        The rows.
    causes
        For each key of the catalogue `measures`, in which rows it applies.

    Returns
    -------
    reasons
        A tuple of phrases for each row, empty where no cause applies.
    """
    rows = [tuple(Phrase(f"measures.{key}") for key, where in causes.items() if where[row]) for row in range(len(index))]
    return pd.Series(rows, index=index, dtype=object)


def _joined(whole: Reasons, without: Reasons) -> Reasons:
    """Say a reason that holds in both networks once."""
    new = (reason for reason in without if reason not in whole)
    return (*whole, *(reason if reason.key == "measures.is_coordinator" else _said_of_partners(reason) for reason in new))


def _said_of_partners(reason: Phrase) -> Phrase:
    return Phrase("measures.without_coordinators", {"reason": reason})


def _number(value: float | Phrase) -> float:
    return float("nan") if isinstance(value, Phrase) else float(value)


def _reason(value: float | Phrase, without: float | Phrase) -> Phrase | None:
    if isinstance(value, Phrase):
        return value
    return _said_of_partners(without) if isinstance(without, Phrase) else None
