"""The two catalogues say the same things with the same blanks."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import resources
from typing import Any

import pytest

from partnet_analysis import messages, names
from partnet_analysis.messages import Phrase, has, say, written

_SUBJECTS = sorted(path.name for path in (resources.files(messages) / "fr").iterdir() if path.name.endswith(".toml"))


def _leaves(language: str, subject: str) -> dict[str, Any]:
    text = (resources.files(messages) / language / subject).read_text(encoding="utf-8")
    return dict(_walk("", tomllib.loads(text)))


def _walk(path: str, node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in node.items():
        if isinstance(value, dict) and set(value) != {"one", "other"}:
            yield from _walk(f"{path}{key}.", value)
        else:
            yield f"{path}{key}", value


def _blanks(leaf: str | dict[str, str]) -> set[str]:
    text = leaf if isinstance(leaf, str) else leaf["one"] + leaf["other"]
    return set(re.findall(r"\{(\w+)\}", text))


def test_both_languages_have_the_same_subjects() -> None:
    english = sorted(path.name for path in (resources.files(messages) / "en").iterdir() if path.name.endswith(".toml"))

    assert english == _SUBJECTS


@pytest.mark.parametrize("subject", _SUBJECTS)
def test_both_languages_say_the_same_things_with_the_same_blanks(subject: str) -> None:
    french, english = (_leaves(language, subject) for language in names.LANGUAGES)

    assert set(french) == set(english)
    assert {key: _blanks(leaf) for key, leaf in french.items()} == {key: _blanks(leaf) for key, leaf in english.items()}


@pytest.mark.parametrize("language", names.LANGUAGES)
@pytest.mark.parametrize("subject", _SUBJECTS)
def test_every_leaf_is_a_sentence_or_a_singular_and_a_plural(language: str, subject: str) -> None:
    for key, leaf in _leaves(language, subject).items():
        forms = [leaf] if isinstance(leaf, str) else list(leaf.values())
        assert all(isinstance(form, str) and form.strip() for form in forms), key


@pytest.mark.parametrize("subject", _SUBJECTS)
def test_french_punctuation_is_not_torn_from_its_word(subject: str) -> None:
    for key, leaf in _leaves("fr", subject).items():
        for form in [leaf] if isinstance(leaf, str) else leaf.values():
            prose = re.sub(r"<[^>]*>", "", form)
            assert not re.search(r" [;!?:»]|« ", prose), f"{key}: {form}"


@pytest.mark.parametrize("language", names.LANGUAGES)
@pytest.mark.parametrize("subject", _SUBJECTS)
def test_apostrophes_are_curved(language: str, subject: str) -> None:
    straight = [
        f"{key}: {form}"
        for key, leaf in _leaves(language, subject).items()
        for form in ([leaf] if isinstance(leaf, str) else leaf.values())
        if re.search(r"\w'\w|s' ", form)
    ]

    assert straight == []


@pytest.mark.parametrize(("day", "said"), [(date(2025, 3, 1), "1er\xa0mars 2025"), (date(2025, 3, 11), "11\xa0mars 2025")])
def test_the_first_of_a_month_is_premier_in_french(day: date, said: str) -> None:
    assert written("fr", day) == said
    assert say("fr", "isolation.last_seen", day=day).endswith(f"le {said}")
    assert written("en", date(2025, 3, 1)) == "1 March 2025"


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_every_code_has_its_sentence_its_way_out_and_its_explanation(language: str) -> None:
    errors = messages.catalogue(language, "errors")
    for code in (key for key in errors if key.startswith("PN")):
        assert set(errors[code]) >= {"text", "way_out", "explain"}, code
        assert not _blanks(errors[code]["explain"]), code


def test_a_number_chooses_singular_or_plural_as_each_language_does() -> None:
    assert say("fr", "errors.PN044.text", n=1).startswith("1 contact ne")
    assert say("en", "errors.PN044.text", n=2).startswith("2 contacts")


def test_values_are_written_as_each_language_writes_them() -> None:
    assert written("en", ["a", 1234]) == "a, 1,234"
    assert written("en", None) == ""
    assert written("fr", Phrase("errors.PN011.text")) == "Cette date n’existe pas."
    assert not has("fr", "errors.PN000")
    assert not has("fr", "nothing.at.all")
