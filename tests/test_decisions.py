"""Decisions enter the text of `partnet.toml`; what stands there stays."""

import string
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.config import Config
from partnet_analysis.store.decisions import with_rule, with_time_zone

names = st.text(string.ascii_letters + "é [](){}*?!'\"#=.-_›", min_size=1, max_size=12).filter(
    lambda name: name.strip() == name
)


def _config(text: str) -> Config:
    return Config.model_validate(tomllib.loads(text))


def test_a_sheet_gets_a_rule_of_its_own_before_that_of_its_file() -> None:
    text = with_rule("", "gt.xlsx", ["mars", "avril"], {"statuses": {"nc": "absent"}}, whole=True)
    text = with_rule(text, "gt.xlsx", ["mars"], {"constants": {"day": "2024-03-05"}}, whole=False)

    assert tomllib.loads(text)["sources"] == [
        {"file": "gt.xlsx", "sheet": "mars", "statuses": {"nc": "absent"}, "constants": {"day": "2024-03-05"}},
        {"file": "gt.xlsx", "statuses": {"nc": "absent"}},
    ]


def test_a_decision_for_a_file_reaches_the_sheets_that_have_rules_of_their_own() -> None:
    text = with_rule("", "gt.xlsx", ["mars"], {"shape": "directory"}, whole=False)
    text = with_rule(text, "gt.xlsx", ["mars", "avril"], {"roles": {"Kikadi": "person"}}, whole=True)

    config = _config(text)
    assert config.rule("gt.xlsx", "mars").shape == "directory"
    assert dict(config.rule("gt.xlsx", "mars").roles) == dict(config.rule("gt.xlsx", "avril").roles) == {"Kikadi": "person"}
    assert config.rule("gt.xlsx", "avril").shape is None


def test_other_files_keep_their_rule() -> None:
    broad = '[[sources]]\nfile = "2024/*.csv"\nblank = "absent" # vide\n'

    config = _config(with_rule(broad, "2024/a.csv", [None], {"year": 2024}, whole=True))

    assert (config.rule("2024/a.csv").year, config.rule("2024/a.csv").blank) == (2024, "absent")
    assert (config.rule("2024/b.csv").year, config.rule("2024/b.csv").blank) == (None, "absent")


def test_a_list_of_rules_on_one_line_is_extended_too() -> None:
    text = with_rule('sources = [{ file = "*.csv", blank = "absent" }]\n', "a.csv", [None], {"skip": True}, whole=False)

    assert tomllib.loads(text)["sources"] == [
        {"file": "a.csv", "blank": "absent", "skip": True},
        {"file": "*.csv", "blank": "absent"},
    ]


def test_a_time_zone_stands_with_what_is_said_of_the_partnership() -> None:
    text = '[partnership]\nname = "Forez" # nous\n\n# autre chose\n[limits]\nsheets_per_file = 3\n'

    written = with_time_zone(text, "Europe/Brussels")

    assert written == text.replace("# nous\n", '# nous\ntime_zone = "Europe/Brussels"\n')


@given(names, names, names)
def test_any_name_of_file_and_sheet_gets_its_rule_and_no_line_is_lost(file: str, sheet: str, word: str) -> None:
    before = (
        '# un\n[partnership]\nname = "x" # deux\n\n# trois\n[[sources]]\nfile = "*" # quatre\nstatuses = { zz = "absent" }\n'
    )

    text = with_rule(before, file, [sheet], {"skip": True}, whole=False)
    text = with_rule(text, file, [sheet], {"statuses": {word: "excused"}}, whole=True)

    rule = _config(text).rule(file, sheet)
    assert rule.skip
    assert rule.statuses == {"zz": "absent", word: "excused"}
    assert set(before.splitlines()) <= set(text.splitlines())
    assert not _config(text).rule(f"{file}-", sheet).skip
