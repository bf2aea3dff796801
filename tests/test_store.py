"""Results in a folder: the whole old set or the whole new one, nobody else's file touched, nothing outside."""

import ctypes
import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnet_analysis import __version__, store
from partnet_analysis.errors import InputError, OutputError
from partnet_analysis.store import (
    Difference,
    amend_outputs,
    fingerprint,
    kindred_outputs,
    recover,
    verify,
    workplace,
    write_outputs,
)
from partnet_analysis.store import manifest as manifest_module
from partnet_analysis.store.single import write_file, write_new

OLD = {"a.csv": b"old a", "b.csv": b"old b", "figures/one.svg": b"old one", "gone.html": b"old gone"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "figures/two.svg": b"new two", "map.html": b"new map"}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "deeper").mkdir(parents=True)
    (folder / "actors.csv").write_bytes(b"actor_id\n")
    (folder / "deeper" / "sheet.csv").write_bytes(b"x\n")
    (folder / ".hidden").write_bytes(b"?")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / ".gitkeep").touch()
    (folder / "notes.txt").write_text("mine")
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """Read what a folder holds, our workplaces and the manifest aside."""
    paths = (path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in paths}
    return {name: path.read_bytes() for name, path in names.items() if name != "manifest.json"}


def with_strangers(outputs: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**outputs, ".gitkeep": b"", "notes.txt": b"mine"}


def write(out: Path, outputs: Mapping[str, bytes], raw: Path) -> dict[str, Any]:
    return write_outputs(out, outputs, inputs=raw, parameters={"period": "2025"})


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(OutputError) as refusal:
        action()
    for language in ("fr", "en"):
        assert "None" not in refusal.value.phrase.in_language(language)
        assert refusal.value.way_out.in_language(language)
    return refusal.value.code


def test_the_manifest_names_every_input_and_output_by_its_hash(out: Path, raw: Path) -> None:
    manifest = write(out, OLD, raw)

    assert manifest == json.loads((out / "manifest.json").read_bytes())
    dependencies = manifest.pop("dependencies")
    assert {"igraph", "numpy", "pandas"} <= set(dependencies)
    assert dependencies["numpy"] == np.__version__
    assert manifest == {
        "version": __version__,
        "parameters": {"period": "2025"},
        "inputs": {"actors.csv": sha256(b"actor_id\n").hexdigest(), "deeper/sheet.csv": sha256(b"x\n").hexdigest()},
        "outputs": {name: sha256(content).hexdigest() for name, content in OLD.items()},
    }


def test_without_being_installed_nothing_is_said_of_dependencies(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_installed(_: str) -> list[str]:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", not_installed)

    assert manifest_module._dependencies.__wrapped__() == {}  # noqa: SLF001 (past the cache)


def test_the_manifest_is_the_same_wherever_the_folders_are(tmp_path: Path, out: Path, raw: Path) -> None:
    write(out, OLD, raw)
    shutil.copytree(raw, tmp_path / "elsewhere" / "records")
    write(tmp_path / "other", dict(reversed(OLD.items())), tmp_path / "elsewhere" / "records")

    assert (out / "manifest.json").read_bytes() == (tmp_path / "other" / "manifest.json").read_bytes()


def test_a_new_set_replaces_the_old_one_and_leaves_strangers(out: Path, raw: Path) -> None:
    write(out, OLD, raw)
    write(out, NEW, raw)

    assert held(out) == with_strangers(NEW)


def test_a_result_that_somebody_deleted_is_written_again(out: Path, raw: Path) -> None:
    write(out, OLD, raw)
    (out / "a.csv").unlink()
    write(out, OLD, raw)

    assert held(out) == with_strangers(OLD)


def test_a_folder_left_empty_goes_and_one_with_a_stranger_stays(out: Path, raw: Path) -> None:
    write(out, {"figures/one.svg": b"1", "tables/one.csv": b"1"}, raw)
    (out / "tables" / "mine.txt").write_text("mine")
    write(out, {"a.csv": b"a"}, raw)

    assert not (out / "figures").exists()
    assert held(out / "tables") == {"mine.txt": b"mine"}


def test_the_outputs_given_are_left_as_they_were(out: Path, raw: Path) -> None:
    outputs = dict(OLD)
    parameters = {"period": "2025"}
    write_outputs(out, outputs, inputs=raw, parameters=parameters)

    assert (outputs, parameters) == (OLD, {"period": "2025"})


def test_a_folder_that_does_not_exist_is_made(tmp_path: Path, raw: Path) -> None:
    write(tmp_path / "deep" / "out", OLD, raw)

    assert held(tmp_path / "deep" / "out") == OLD


@pytest.mark.parametrize(
    "name",
    [
        "../a",
        "/a",
        "a/../../b",
        "",
        ".",
        "./a",
        "a//b",
        "a\\b",
        "C:a",
        "\0",
        ".partnet-new/a",
        ".partnet-ready/journal.json",
    ],
)
def test_a_name_that_leads_out_of_the_folder_is_refused(out: Path, raw: Path, name: str) -> None:
    assert code_of(lambda: write(out, {name: b"?"}, raw)) == "PN094"
    assert held(out) == with_strangers({})


def test_a_subfolder_that_is_a_link_is_refused(tmp_path: Path, out: Path, raw: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (out / "figures").symlink_to(tmp_path / "elsewhere")

    assert code_of(lambda: write(out, OLD, raw)) == "PN094"
    assert not any((tmp_path / "elsewhere").iterdir())


def test_a_link_in_the_place_of_our_file_is_replaced_and_its_target_left_alone(tmp_path: Path, out: Path, raw: Path) -> None:
    write(out, OLD, raw)
    (tmp_path / "precious").write_bytes(b"precious")
    (out / "a.csv").unlink()
    (out / "a.csv").symlink_to(tmp_path / "precious")
    write(out, NEW, raw)

    assert (out / "a.csv").read_bytes() == b"new a"
    assert not (out / "a.csv").is_symlink()
    assert (tmp_path / "precious").read_bytes() == b"precious"


@pytest.mark.parametrize("stranger", ["a.csv", "figures/one.svg", "manifest.json"])
def test_a_file_that_is_not_ours_is_never_overwritten(out: Path, raw: Path, stranger: str) -> None:
    (out / stranger).parent.mkdir(exist_ok=True)
    (out / stranger).write_bytes(b"{}")

    assert code_of(lambda: write(out, OLD, raw)) == "PN095"
    assert (out / stranger).read_bytes() == b"{}"
    assert not (out / "b.csv").exists()


def test_a_folder_in_the_place_of_our_file_is_not_ours(out: Path, raw: Path) -> None:
    write(out, OLD, raw)
    (out / "gone.html").unlink()
    (out / "gone.html").mkdir()
    (out / "gone.html" / "mine.txt").write_text("mine")
    write(out, NEW, raw)

    assert held(out / "gone.html") == {"mine.txt": b"mine"}


def test_a_manifest_that_names_files_elsewhere_removes_nothing(tmp_path: Path, out: Path, raw: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (out / "manifest.json").write_text(json.dumps({"inputs": {}, "outputs": {"../precious": "?"}}))

    assert code_of(lambda: write(out, OLD, raw)) == "PN095"
    assert (tmp_path / "precious").read_bytes() == b"precious"


def test_results_never_go_into_the_folder_of_records(raw: Path) -> None:
    assert code_of(lambda: write(raw, OLD, raw)) == "PN098"
    assert code_of(lambda: write(raw / "out", OLD, raw)) == "PN098"
    assert not (raw / "out").exists()


def test_an_output_that_is_a_file_is_refused(tmp_path: Path, raw: Path) -> None:
    (tmp_path / "file").write_text("?")

    assert code_of(lambda: write(tmp_path / "file", OLD, raw)) == "PN091"
    assert code_of(lambda: write(tmp_path / "file" / "out", OLD, raw)) == "PN091"


def test_an_input_that_cannot_be_read_is_named_without_a_hash(out: Path, raw: Path) -> None:
    (raw / "vanished.csv").symlink_to(raw / "nowhere")

    assert write(out, OLD, raw)["inputs"]["vanished.csv"] is None
    assert verify(out, raw) == ()

    (raw / "vanished.csv").unlink()
    assert verify(out, raw) == (Difference("vanished.csv", "input_missing"),)


def test_an_input_whose_name_is_no_unicode_is_named_all_the_same(out: Path, raw: Path) -> None:
    try:
        (raw / os.fsdecode(b"relev\xe9s.csv")).write_bytes(b"latin")
    except OSError:
        pytest.skip("this file system takes only Unicode names")

    assert os.fsdecode(b"relev\xe9s.csv") in write(out, OLD, raw)["inputs"]
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert verify(out, raw) == ()


def test_records_that_changed_since_they_were_read_give_no_results(out: Path, raw: Path) -> None:
    before = fingerprint(raw)
    (raw / "actors.csv").write_bytes(b"changed")
    (raw / "added.csv").write_bytes(b"added")
    (raw / "deeper" / "sheet.csv").unlink()

    with pytest.raises(InputError) as refusal:
        write_outputs(out, OLD, inputs=raw, parameters={}, read_as=before)

    assert refusal.value.code == "PN008"
    assert "actors.csv, added.csv, deeper/sheet.csv" in refusal.value.phrase.in_language("fr")
    assert held(out) == with_strangers({})
    assert write_outputs(out, OLD, inputs=raw, parameters={}, read_as=fingerprint(raw))


def test_two_runs_at_once_do_not_mix(out: Path, raw: Path) -> None:
    with store._alone_in(out):  # noqa: SLF001 (the other run)
        assert code_of(lambda: write(out, OLD, raw)) == "PN096"

    assert held(out) == with_strangers({})


def test_a_drive_without_locks_is_written_to_all_the_same(out: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr("fcntl.flock", no_locks)
    write(out, OLD, raw)

    assert held(out) == with_strangers(OLD)


def test_verify_names_what_changed_and_what_is_missing(out: Path, raw: Path) -> None:
    write(out, OLD, raw)
    assert verify(out, raw) == ()

    (out / "a.csv").write_bytes(b"edited")
    (out / "figures" / "one.svg").unlink()
    (raw / "actors.csv").write_bytes(b"edited")
    (raw / "deeper" / "sheet.csv").unlink()

    assert verify(out) == (Difference("a.csv", "changed"), Difference("figures/one.svg", "missing"))
    assert verify(out, raw)[2:] == (
        Difference("actors.csv", "input_changed"),
        Difference("deeper/sheet.csv", "input_missing"),
    )
    for difference in verify(out, raw):
        assert difference.name in difference.phrase.in_language("fr")
        assert difference.name in difference.phrase.in_language("en")


@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"inputs": {}}', b"\xff"])
def test_a_folder_without_a_manifest_of_ours_cannot_be_verified(out: Path, content: bytes | None) -> None:
    if content is not None:
        (out / "manifest.json").write_bytes(content)

    assert code_of(lambda: verify(out)) == "PN097"


def test_an_unfinished_run_is_told_and_then_finished(out: Path, raw: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(out, OLD, raw)
    with monkeypatch.context() as patch:
        patch.setattr(workplace, "_swap", lambda _: None)  # as if killed just after the decision
        write(out, NEW, raw)

    assert verify(out) == (Difference(".partnet-ready", "unfinished"),)
    recover(out)
    assert held(out) == with_strangers(NEW)
    assert verify(out) == ()


def test_a_workplace_that_is_a_link_is_taken_away_and_its_target_left_alone(tmp_path: Path, out: Path, raw: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_bytes(b"precious")
    (out / ".partnet-new").symlink_to(tmp_path / "precious")
    write(out, OLD, raw)

    assert held(out) == with_strangers(OLD)
    assert (tmp_path / "precious" / "file").read_bytes() == b"precious"


def test_results_of_the_same_making_may_stand_beside_new_ones(out: Path, raw: Path) -> None:
    write(out, OLD, raw)

    def kindred(period: str = "2025") -> dict[str, bytes]:
        return kindred_outputs(out, inputs=raw, parameters={"period": period})

    assert kindred() == OLD
    assert kindred("2024") == {}
    (raw / "actors.csv").write_bytes(b"changed")
    assert kindred() == {}
    (raw / "actors.csv").write_bytes(b"actor_id\n")
    assert kindred() == OLD
    (out / "a.csv").write_bytes(b"edited")
    assert kindred() == {}


def test_nothing_is_of_the_same_making_where_it_cannot_be_told(out: Path, raw: Path) -> None:
    assert kindred_outputs(out, inputs=raw, parameters={}) == {}

    write_outputs(out, OLD, inputs=raw, parameters={"edition": "public"})
    assert kindred_outputs(out, inputs=raw, parameters={"edition": "public"}) == {}  # it does not say of which records it is

    (out / "manifest.json").write_bytes(b"[]")
    assert kindred_outputs(out, inputs=raw, parameters={}) == {}


def test_a_set_that_was_interrupted_is_finished_before_anything_stands_beside_it(
    out: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(out, OLD, raw)
    with monkeypatch.context() as patch:
        patch.setattr(workplace, "_swap", lambda _: None)
        write(out, NEW, raw)

    assert kindred_outputs(out, inputs=raw, parameters={"period": "2025"}) == NEW


def test_what_is_left_of_a_set_takes_its_place(out: Path, raw: Path) -> None:
    before = write(out, OLD, raw)
    manifest = amend_outputs(out, {"a.csv": b"less"}, without_inputs=["deeper/sheet.csv"])

    assert held(out) == with_strangers({"a.csv": b"less"})
    assert manifest == json.loads((out / "manifest.json").read_bytes())
    assert manifest == {
        **before,
        "inputs": {"actors.csv": sha256(b"actor_id\n").hexdigest()},
        "outputs": {"a.csv": sha256(b"less").hexdigest()},
    }
    assert amend_outputs(out, {"a.csv": b"less"}) == manifest
    assert verify(out) == ()


def test_a_set_is_amended_only_where_there_is_one_and_inside_its_folder(out: Path, raw: Path) -> None:
    assert code_of(lambda: amend_outputs(out, OLD)) == "PN097"

    write(out, OLD, raw)
    assert code_of(lambda: amend_outputs(out, {"../a.csv": b"?"})) == "PN094"
    assert held(out) == with_strangers(OLD)


def test_a_file_written_alone_makes_its_folder_and_replaces_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "deeper" / "to_fix.xlsx"
    for content in (b"old", b"new"):
        write_file(path, content)

    assert path.read_bytes() == b"new"
    assert [file.name for file in path.parent.iterdir()] == ["to_fix.xlsx"]


@pytest.mark.parametrize("operation", ["open", "replace", "unlink"])
@pytest.mark.parametrize(("error", "told"), [(OSError(28, "No space left"), "No space left"), (OSError(), "OSError")])
def test_a_file_that_cannot_be_written_alone_is_named_and_the_older_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, operation: str, error: OSError, told: str
) -> None:
    path = tmp_path / "to_fix.xlsx"
    path.write_bytes(b"old")

    def refuse(*_: object, **__: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(Path, operation, refuse)
        with pytest.raises(OutputError) as refusal:
            write_file(path, b"new")

    assert refusal.value.code == "PN099"
    assert str(refusal.value).startswith(f"The system refuses access to {path} ({told}).")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"to_fix.xlsx": b"old"}


def test_a_new_file_never_takes_the_place_of_anything(tmp_path: Path) -> None:
    write_new(tmp_path / "new" / "partnet.toml", b"mine")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")

    assert (tmp_path / "new" / "partnet.toml").read_bytes() == b"mine"
    for path in (tmp_path / "new" / "partnet.toml", tmp_path / "new", tmp_path / "dangling"):
        with pytest.raises(OutputError, match=str(path)) as refusal:
            write_new(path, b"other")
        assert refusal.value.code == "PN095"
    assert (tmp_path / "new" / "partnet.toml").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


sets = st.dictionaries(st.sampled_from(["a", "b", "c", "x/a", "x/b", "y/z/a"]), st.binary(max_size=3))


@settings(max_examples=25, deadline=None)
@given(st.lists(sets, min_size=1, max_size=4))
def test_whatever_was_written_before_only_the_last_set_is_there(
    tmp_path_factory: pytest.TempPathFactory, written: list[dict[str, bytes]]
) -> None:
    folder = tmp_path_factory.mktemp("sets")
    (folder / "raw").mkdir()
    (folder / "out").mkdir()
    (folder / "out" / "notes.txt").write_text("mine")
    for outputs in written:
        write(folder / "out", outputs, folder / "raw")

    assert held(folder / "out") == {**written[-1], "notes.txt": b"mine"}
    assert verify(folder / "out", folder / "raw") == ()


# What the system refuses gets a sentence of its own; test_failures.py refuses every single operation in turn.


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "PN093"),
        (errno.EROFS, "PN090"),
        (errno.EIO, "PN099"),
    ],
)
def test_a_disk_that_fails_while_the_set_is_staged_leaves_the_old_one(
    out: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    write(out, OLD, raw)
    for place in range(1, len(NEW) + 3):
        calls = iter(range(1, 100))

        def fail(descriptor: int, calls: Iterator[int] = calls, place: int = place) -> None:
            if next(calls) == place:
                raise OSError(number, f"refused {descriptor}")

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail)
            assert code_of(lambda: write(out, NEW, raw)) == code
        assert held(out) == with_strangers(OLD)
        assert verify(out) == ()


@pytest.mark.parametrize("locked", [*OLD, "manifest.json"])
def test_a_file_held_by_another_program_leaves_the_old_set(
    out: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    write(out, OLD, raw)
    replace = os.replace

    def refuse(source: str, target: str, **folders: int) -> None:
        # Taken from its place, not from where a new file of the same name waits.
        if source == Path(locked).name and (out / locked).is_file() and not (out / ".partnet-old" / locked).exists():
            raise PermissionError(errno.EACCES, "held open")
        replace(source, target, **folders)

    monkeypatch.setattr(os, "replace", refuse)

    assert code_of(lambda: write(out, NEW, raw)) == "PN092"
    assert held(out) == with_strangers(OLD)
    assert verify(out) == ()


def test_a_disk_that_breaks_while_files_are_moved_leaves_the_old_set(
    out: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(out, OLD, raw)
    replace = os.replace

    def refuse(source: str, target: str, **folders: int) -> None:
        if source == "map.html":
            raise OSError(errno.EIO, "broken")
        replace(source, target, **folders)

    monkeypatch.setattr(os, "replace", refuse)

    assert code_of(lambda: write(out, NEW, raw)) == "PN099"
    assert held(out) == with_strangers(OLD)


@contextmanager
def bound_by_modes() -> Iterator[None]:
    """Let the modes of files bind this thread, root's too: Linux binds whoever gives up CAP_DAC_OVERRIDE for a while."""
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root may write anywhere")
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # the third version of the call, for this thread
    held = (ctypes.c_uint32 * 6)()  # effective, permitted and inheritable rights, and the same of the upper 32 rights
    assert libc.capget(header, held) == 0
    bound = (ctypes.c_uint32 * 6)(held[0] & ~(1 << 1), *held[1:])
    assert libc.capset(header, bound) == 0
    try:
        yield
    finally:
        assert libc.capset(header, held) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="modes bind nobody on Windows")
def test_a_folder_that_may_not_be_written_is_told(out: Path, raw: Path) -> None:
    out.chmod(0o555)
    try:
        with bound_by_modes():
            assert code_of(lambda: write(out, OLD, raw)) == "PN090"
    finally:
        out.chmod(0o755)
