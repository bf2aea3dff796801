"""Who was expected in a period and never seen in it."""

import pandas as pd

from partnet_analysis.periods import Period
from partnet_analysis.records.exposure import has_invitation_lists, standing
from partnet_analysis.records.presence import invitations
from partnet_analysis.records.tables import Records


def expected_absent(records: Records, period: Period, isolation: pd.DataFrame) -> pd.DataFrame:
    """
    List the partners who were expected in the period and whom nobody saw.

    Parameters
    ----------
    records
        The records over their whole span.
    period
        The period.
    isolation
        As `isolation` gives it.

    Returns
    -------
    absent
        One row for each partner of the period (neither gone before it nor joining after it, no coordinator) who was invited
        and came to no meeting, or who neither came nor was in contact with anybody; indexed by `actor_id`, in roster order:

        - `how`: `invited_never_came`; `never_invited`; `unseen` where no invitation list says whether it was invited.
        - `n_invitations` (Int64): invitations of the period; NA where no invitation list exists.
        - `last_seen_on` (day): last presence or contact up to the period's end; missing where never.

    Raises
    ------
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.
    """
    cut = records.require_activity(period)
    role = standing(records.actors, period)
    seen = isolation["last_seen_on"] >= pd.Timestamp(period.start)
    expected = role.isin(("partner", "residents")).reindex(isolation.index)
    absent = isolation[expected & (~seen | isolation["invited_never_came"])]
    listed = has_invitation_lists(cut)
    counts = invitations(cut).groupby("actor_id").size().reindex(absent.index, fill_value=0).astype("Int64")
    how = pd.Series("never_invited" if listed else "unseen", index=absent.index, dtype="str")
    return pd.DataFrame(
        {
            "how": how.mask(absent["invited_never_came"], "invited_never_came"),
            "n_invitations": counts if listed else counts.mask(counts >= 0),
            "last_seen_on": absent["last_seen_on"],
        }
    )
