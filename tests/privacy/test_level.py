"""Organisations by default; persons only where it is written why."""

from pathlib import Path

import pytest

from partnet_analysis.config import Config
from partnet_analysis.errors import ConfigError, PrivacyError
from partnet_analysis.privacy.level import justified_level

GROUNDS = {
    "reason": 'reason = "Audit asked for by the council"',
    "legal_basis": 'legal_basis = "public_task"',
    "decided_on": "decided_on = 2025-03-01",
}


def level_of(folder: Path, *lines: str) -> str:
    (folder / "partnet.toml").write_text("\n".join(["[privacy]", *lines]))
    return justified_level(Config.load(folder).privacy)


def test_organisations_are_looked_at_by_default() -> None:
    assert justified_level(Config().privacy) == "organisation"
    assert Config().privacy.retention_months == 36


def test_persons_are_looked_at_where_all_grounds_are_given(tmp_path: Path) -> None:
    assert level_of(tmp_path, 'level = "person"', *GROUNDS.values()) == "person"


@pytest.mark.parametrize("ground", GROUNDS)
def test_persons_are_not_looked_at_where_a_ground_is_missing(tmp_path: Path, ground: str) -> None:
    given = [line for name, line in GROUNDS.items() if name != ground]

    with pytest.raises(PrivacyError, match=ground) as refusal:
        level_of(tmp_path, 'level = "person"', *given)

    assert refusal.value.code == "PN106"
    assert f"partnet.toml: {ground} is missing" in str(refusal.value)


@pytest.mark.parametrize("line", ['legal_basis = "because"', "retention_months = 0", 'decided_on = "soon"', "secret = 1"])
def test_what_the_section_does_not_know_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(ConfigError):
        level_of(tmp_path, line)
