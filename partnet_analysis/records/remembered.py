"""What is worked out once for the same records and period, although several measures ask for it."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from partnet_analysis.periods import Period
from partnet_analysis.records.tables import Records

Found = TypeVar("Found")


def remembered(work: Callable[[Records, Period], Found]) -> Callable[[Records, Period], Found]:
    """
    Do a piece of work once for the same records and period.

    Parameters
    ----------
    work
        Makes something of records and a period.

    Returns
    -------
    asked
        Gives what `work` made the first time, the very same object, for as long as the records live: nobody may change it.
    """
    made: WeakKeyDictionary[Records, dict[Period, Found]] = WeakKeyDictionary()

    @wraps(work)
    def asked(records: Records, period: Period) -> Found:
        known = made.setdefault(records, {})
        if period not in known:
            known[period] = work(records, period)
        return known[period]

    return asked
