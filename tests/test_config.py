"""partnet.toml: what it says, and everything wrong with it at once."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from partnet_analysis import names
from partnet_analysis.config import Config
from partnet_analysis.errors import ConfigError
from partnet_analysis.records.cells.vocabulary import meanings


def _config(folder: Path, text: str) -> Config:
    (folder / "partnet.toml").write_text(text, encoding="utf-8")
    return Config.load(folder)


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = Config.load(tmp_path)

    assert config == Config()
    assert (config.partnership.name, config.partnership.note, config.partnership.language) == ("", "", "fr")


def test_a_file_names_the_partnership_and_its_columns(tmp_path: Path) -> None:
    config = _config(
        tmp_path, '[partnership]\nname = "Ville-Exemple"\nlanguage = "en"\n[columns.contacts]\nsource_id = "from"\n'
    )

    assert config.partnership.name == "Ville-Exemple"
    assert config.columns == {"contacts": {"source_id": "from"}}


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "partnet.toml").write_bytes(b'\xef\xbb\xbf[partnership]\nname = "\xc3\x89cole"\n')

    assert Config.load(tmp_path).partnership.name == "École"


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _config(tmp_path, 'colour = "red"\n[partnership]\nlanguage = "de"\nnom = "X"\n[columns.contacts]\nfrom_id = "a"\n')

    assert len(caught.value.problems) == 4
    for word in ("colour", "'de'", "partnership.nom", "from_id"):
        assert any(word in problem for problem in caught.value.problems), word


def test_an_unknown_table_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no table guests"):
        _config(tmp_path, '[columns.guests]\nname = "a"\n')


@pytest.mark.parametrize("content", [b"[partnership\n", b"[partnership]\nname = '\xff'\n"])
def test_what_is_no_toml_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "partnet.toml").write_bytes(content)

    with pytest.raises(ConfigError, match="TOML"):
        Config.load(tmp_path)


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Config().partnership.name = "other"


def test_the_first_rule_that_fits_a_sheet_holds(tmp_path: Path) -> None:
    config = _config(
        tmp_path,
        '[[sources]]\nfile = "a/*.xlsx"\nsheet = "2025*"\nskip = true\n[[sources]]\nfile = "a/*"\nshape = "minutes"\n',
    )

    assert config.rule("a/x.xlsx", "2025-03").skip
    assert config.rule("a/x.xlsx", "2024").shape == "minutes"
    assert config.rule("b.csv").shape is None


def test_every_fault_of_a_rule_is_told_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        _config(
            tmp_path,
            '[[sources]]\nfile = "a"\nshape = "photo"\ntable = "contacts"\ncolumns = { from_id = "x" }\ntick_seconds = 20\n',
        )

    assert len(caught.value.problems) == 3
    assert all(problem.startswith("sources.0") for problem in caught.value.problems)
    for word in ("photo", "from_id", "first_day"):
        assert any(word in problem for problem in caught.value.problems), word


def test_a_time_zone_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "partnet.toml").write_text('[partnership]\ntime_zone = "Europe/Lutece"\n', encoding="utf-8")

    with pytest.raises(ConfigError) as raised:
        Config.load(tmp_path)

    assert "Europe/Lutece" in str(raised.value)
    assert Config().partnership.time_zone == "Europe/Paris"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ('roles = { "Référent" = "boss" }', "boss"),
        ('constants = { day = "hier" }', "hier"),
        ('constants = { day = "31/02/2024" }', "31/02/2024"),
        ('constants = { caller = "Ville" }', "caller"),
        ("year = 24", "24"),
    ],
)
def test_what_a_rule_decides_of_columns_and_days_is_checked(tmp_path: Path, line: str, word: str) -> None:
    with pytest.raises(ConfigError) as caught:
        _config(tmp_path, f'[[sources]]\nfile = "a"\n{line}\n')

    assert len(caught.value.problems) == 1
    assert word in caught.value.problems[0]


def test_days_are_constants_in_either_way_of_writing(tmp_path: Path) -> None:
    rules = "".join(f'[[sources]]\nfile = "a"\nconstants = {{ day = "{day}" }}\n' for day in ("2024-03-05", "05/03/2024"))

    assert len(_config(tmp_path, rules).sources) == 2


def test_the_roles_that_may_be_given_are_those_that_headers_have() -> None:
    assert set(names.ROLES) == {role for found in meanings("roles").values() for role in found}
