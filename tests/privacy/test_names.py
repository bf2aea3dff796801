"""The names of the package lead to what they name, each fetched from the module that defines it."""

import pytest

from partnet_analysis import privacy


def test_every_public_name_leads_somewhere_and_no_other_does() -> None:
    assert {name: callable(getattr(privacy, name)) for name in privacy.__all__} == dict.fromkeys(privacy.__all__, True)
    with pytest.raises(AttributeError, match="nothing"):
        privacy.nothing  # noqa: B018 (looking it up is the test)
