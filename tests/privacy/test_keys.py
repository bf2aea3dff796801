"""The secret behind the pseudonyms: it must be one, and lie where nobody else looks."""

import hmac
import os
from base64 import b32encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.errors import PrivacyError
from partnet_analysis.privacy.keys import Key, public_key

SECRET = "0123456789abcdef" * 2
names = st.lists(st.text(max_size=20), unique=True, max_size=30)


def code_of(error: pytest.ExceptionInfo[PrivacyError]) -> str:
    for language in ("fr", "en"):
        assert error.value.phrase.in_language(language)
        assert error.value.way_out.in_language(language)
    return error.value.code


def test_a_pseudonym_is_the_keyed_digest_of_the_name_in_its_domain() -> None:
    expected = b32encode(hmac.digest(SECRET.encode(), b"4:2025:clinic", sha256)).decode()[:8]

    assert Key(SECRET.encode()).pseudonyms("2025", ["clinic"]) == {"clinic": expected}


@given(names)
def test_pseudonyms_never_collide_and_do_not_depend_on_order(given_names: list[str]) -> None:
    key = Key(SECRET.encode())
    pseudonyms = key.pseudonyms("d", given_names)

    assert len(set(pseudonyms.values())) == len(given_names)
    assert key.pseudonyms("d", reversed(given_names)) == pseudonyms


def test_as_many_letters_as_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = {"a": "ABCDEFGHIJKL", "b": "ABCDEFGHIJXX", "c": "Z" * 12}
    monkeypatch.setattr(Key, "_digest", lambda _self, _domain, name: digests[name])

    assert Key(SECRET.encode()).pseudonyms("d", "abc") == {"a": "ABCDEFGHIJK", "b": "ABCDEFGHIJX", "c": "Z" * 11}


def test_another_key_or_another_domain_gives_unrelated_pseudonyms() -> None:
    one, other = Key(SECRET.encode()), Key(SECRET[::-1].encode())

    assert one.pseudonyms("2025", ["clinic"]) != other.pseudonyms("2025", ["clinic"])
    assert one.pseudonyms("2025", ["clinic"]) != one.pseudonyms("2024", ["clinic"])
    assert set(one.pseudonyms("a", ["b:c"]).values()).isdisjoint(one.pseudonyms("a:b", ["c"]).values())


def test_the_secret_shows_nowhere() -> None:
    key = Key(SECRET.encode())

    assert SECRET not in repr(key)
    assert SECRET not in str(key)


@pytest.mark.parametrize("weak", ["", "xyzzy", "a" * 64, "ab" * 32, "0123456789abcdef0123456789abcde"])
def test_a_key_that_could_be_guessed_is_refused_and_not_repeated(weak: str) -> None:
    with pytest.raises(PrivacyError) as refusal:
        Key(weak.encode())

    assert code_of(refusal) == "PN101"
    assert "at least 32 characters" in str(refusal.value)
    assert not weak or weak not in str(refusal.value)


def test_eight_different_signs_are_enough() -> None:
    assert Key(b"abcdefgh" * 4).secret == b"abcdefgh" * 4


def test_the_environment_gives_the_key(tmp_path: Path) -> None:
    assert public_key({"PARTNET_KEY": f" {SECRET}\n"}, [tmp_path]).secret == SECRET.encode()


def test_a_file_gives_the_key(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(SECRET + "\n")

    assert public_key({"PARTNET_KEY_FILE": str(path)}, [tmp_path / "raw"]).secret == SECRET.encode()


def test_without_a_key_there_is_no_public_edition() -> None:
    for environment in ({}, {"PARTNET_KEY": " ", "PARTNET_KEY_FILE": ""}):
        with pytest.raises(PrivacyError) as refusal:
            public_key(environment, [])
        assert code_of(refusal) == "PN100"
        assert "PARTNET_KEY, or" in str(refusal.value)
        assert "in PARTNET_KEY_FILE" in str(refusal.value)


def test_a_key_in_a_folder_that_others_see_is_refused(tmp_path: Path) -> None:
    inside = tmp_path / "raw" / "deep" / "key"
    inside.parent.mkdir(parents=True)
    inside.write_text(SECRET)
    (tmp_path / "link").symlink_to(inside)

    for path in (inside, tmp_path / "link", tmp_path / "raw" / "deep" / ".." / "deep" / "key"):
        with pytest.raises(PrivacyError) as refusal:
            public_key({"PARTNET_KEY_FILE": str(path)}, [tmp_path / "raw"])
        assert code_of(refusal) == "PN102"
        assert str(inside) in str(refusal.value)
        assert f"in {tmp_path / 'raw'}" in str(refusal.value)


def test_a_key_under_version_control_is_refused(tmp_path: Path) -> None:
    (tmp_path / "project" / ".git").mkdir(parents=True)
    path = tmp_path / "project" / "secrets" / "key"
    path.parent.mkdir()
    path.write_text(SECRET)

    with pytest.raises(PrivacyError) as refusal:
        public_key({"PARTNET_KEY_FILE": str(path)}, [])

    assert code_of(refusal) == "PN102"


def test_a_key_that_cannot_be_read_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(PrivacyError) as refusal:
        public_key({"PARTNET_KEY_FILE": str(tmp_path / "none")}, [])

    assert code_of(refusal) == "PN103"
    assert os.strerror(2) in str(refusal.value)
    assert str(tmp_path / "none") in str(refusal.value)
