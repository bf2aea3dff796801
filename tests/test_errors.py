"""Every error says what is wrong and the way out, in both languages."""

import inspect
from pathlib import Path

import pytest

from partnet_analysis import errors
from partnet_analysis.config import Config
from partnet_analysis.errors import ConfigError, EmptyPeriodError, InvalidRecordsError, PartnetError, UnknownActorError
from partnet_analysis.messages import Phrase

SAMPLES = [
    ConfigError("partnet.toml", [Phrase("errors.config.unknown_key")]),
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
    error = ConfigError(
        "partnet.toml", [Phrase("errors.config.syntax", {"detail": detail}) for detail in ("line 3", "line 8")]
    )

    for sentence in (str(error), error.phrase.in_language("fr")):
        assert "line 3" in sentence
        assert "line 8" in sentence


def test_a_fault_of_the_settings_is_told_in_the_readers_language() -> None:
    with pytest.raises(ConfigError) as refused:
        Config.of_bytes(b'engine = "spark"', Path("partnet.toml"))

    assert "- engine : ce mot n’est pas connu ici" in refused.value.phrase.in_language("fr").replace(
        "\N{NO-BREAK SPACE}", " "
    )


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes() -> None:
    classes = [name for name, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, PartnetError)]

    assert errors.__doc__ is not None
    assert sorted(classes) == sorted(word for word in errors.__doc__.split() if word.endswith("Error"))
