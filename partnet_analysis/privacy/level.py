"""The level at which people are looked at, and what it takes to go below organisations."""

from typing import Final, Literal

from partnet_analysis.config import Privacy
from partnet_analysis.errors import PrivacyError

_GROUNDS: Final = ("reason", "legal_basis", "decided_on")


def justified_level(privacy: Privacy) -> Literal["organisation", "person"]:
    """
    Tell at which level the records may be looked at.

    Parameters
    ----------
    privacy
        The section `[privacy]` of `partnet.toml`.

    Returns
    -------
    level
        `organisation`, or `person` where it is asked for and justified.

    Raises
    ------
    PrivacyError
        If persons are to be looked at without a written reason, a legal basis and the day of the decision (PN106).
    """
    missing = [ground for ground in _GROUNDS if not getattr(privacy, ground)]
    if privacy.level == "person" and missing:
        raise PrivacyError("PN106", missing=missing)
    return privacy.level
