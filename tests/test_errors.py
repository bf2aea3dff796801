"""Every error says what is wrong and the way out, in both languages."""

import inspect

import pytest

from partnet_analysis import errors
from partnet_analysis.errors import ConfigError, EmptyPeriodError, InvalidRecordsError, PartnetError, UnknownActorError

SAMPLES = [
    ConfigError("partnet.toml", ["one", "two"]),
    InvalidRecordsError("actors", ["name, row 3: missing"]),
    EmptyPeriodError("2019", "2023-01-01", "2025-12-31"),
    UnknownActorError(["ccas", "mjc"]),
]


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_error_speaks_both_languages(error: PartnetError, language: str) -> None:
    assert error.phrase.in_language(language).strip()
    assert error.way_out.in_language(language).strip()


def test_all_problems_are_told_at_once() -> None:
    sentence = str(ConfigError("partnet.toml", ["first fault", "second fault"]))

    assert "first fault" in sentence
    assert "second fault" in sentence


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    classes = [name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, PartnetError)]

    assert errors.__doc__ is not None
    assert sorted(classes) == sorted(word for word in errors.__doc__.split() if word.endswith("Error"))
