"""
Links in the folder of results, or put there while a run writes: nothing outside the folder asked for is written or deleted.

A link is what somebody who may write into a shared folder can use to lead a program astray. Before every single operation on
the disk, each folder and one file of the results is swapped for a link to a folder outside that holds the same names.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from partnet_analysis.errors import OutputError
from partnet_analysis.privacy.removal import own_files
from partnet_analysis.store import inside, recover, verify, write_outputs
from partnet_analysis.store.inside import Home
from partnet_analysis.store.single import write_file
from tests.test_failures import (
    NEW,
    OLD,
    STRANGERS,
    a_folder_with_old_results,
    before_each_operation,
    held_in,
    number_of_operations,
    without_strangers,
    write,
)

SWAPPED: Final = (".", "figures", "a.csv", ".partnet-new", ".partnet-new/files", ".partnet-ready", ".partnet-old")
"""What is swapped for a link: the folder of results itself, one of its folders, one of its files, and our workplaces."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="making links takes a right of its own on Windows")


@dataclass
class Swaps:
    """What came of a series of swaps."""

    tried: int = 0
    outside_touched: int = 0
    lost_or_mixed: int = 0
    without_sentence: int = 0


def swaps(home: Path, *, every: int = 1) -> Swaps:
    """Swap each place for a link before an operation of a run, for each operation or every so many."""
    outcome = Swaps()
    out, raw = a_folder_with_old_results(home)
    n_operations = number_of_operations(lambda: write(out, NEW, raw))
    for turn, place in enumerate(SWAPPED):
        # Until the folder of results is held open, a link in its place is the folder asked for.
        for moment in range(3 + turn % every, n_operations + 1, every):
            out, raw = a_folder_with_old_results(home)
            outside = _look_alike(out, home / "outside")
            before = _everything(outside)

            def swap(number: int, moment: int = moment, path: Path = out / place, target: Path = outside / place) -> None:
                if number == moment:
                    _swap(path, target)

            with before_each_operation(swap, steps=True):
                try:
                    write(out, NEW, raw)
                except OutputError:
                    pass
                except Exception:  # noqa: BLE001 (whatever else comes out is what is looked for)
                    outcome.without_sentence += 1
            outcome.tried += 1
            outcome.outside_touched += _everything(outside) != before
            _swap_back(out / place)
            recover(out)
            outcome.lost_or_mixed += _is_lost_or_mixed(out)
    return outcome


def _look_alike(out: Path, outside: Path) -> Path:
    """Make a folder outside in which everything has its name, a decision that would take precious files included."""
    shutil.copytree(out, outside)
    for workplace in (".partnet-new", ".partnet-ready", ".partnet-old"):
        (outside / workplace / "files" / "figures").mkdir(parents=True)
        (outside / workplace / "files" / "a.csv").write_bytes(b"precious")
        (outside / workplace / "a.csv").write_bytes(b"precious")
        (outside / workplace / "journal.json").write_text('{"write": ["a.csv"], "remove": ["notes.txt"]}')
    return outside


def _swap(path: Path, target: Path) -> None:
    if path.parent.is_dir() and not path.is_symlink():
        if path.exists():
            path.rename(_away(path))
        path.symlink_to(target)


def _swap_back(path: Path) -> None:
    if path.is_symlink():
        path.unlink()
    if _away(path).exists():
        if path.exists():
            _away(path).unlink()
        else:
            _away(path).rename(path)


def _away(path: Path) -> Path:
    return path.with_name(f"{path.name} away")


def _is_lost_or_mixed(out: Path) -> bool:
    held = held_in(out)
    if any(held.get(name) != content for name, content in STRANGERS.items()):
        return True
    return without_strangers(held) not in (OLD, NEW) or verify(out) != ()


def _everything(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def _code_of(action: Callable[[], object]) -> str:
    with pytest.raises(OutputError) as refusal:
        action()
    assert "None" not in refusal.value.phrase.in_language("fr")
    return refusal.value.code


def test_whatever_is_swapped_for_a_link_while_a_run_writes_nothing_outside_is_touched(tmp_path: Path) -> None:
    outcome = swaps(tmp_path / "home", every=29)

    assert outcome.tried > 25
    assert (outcome.outside_touched, outcome.lost_or_mixed, outcome.without_sentence) == (0, 0, 0)


def test_a_folder_of_results_that_is_a_link_is_the_folder_asked_for(tmp_path: Path) -> None:
    _, raw = a_folder_with_old_results(tmp_path / "home")
    (tmp_path / "drive").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "drive")
    write(tmp_path / "out", NEW, raw)

    assert held_in(tmp_path / "drive") == NEW
    assert (tmp_path / "out").is_symlink()


def test_a_folder_of_results_that_is_a_link_to_nowhere_is_refused(tmp_path: Path) -> None:
    _, raw = a_folder_with_old_results(tmp_path / "home")
    (tmp_path / "out").symlink_to(tmp_path / "nowhere")

    assert _code_of(lambda: write(tmp_path / "out", NEW, raw)) == "PN091"
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    "act", [lambda out, raw: write(out, NEW, raw), lambda out, _: recover(out)], ids=["write", "recover"]
)
@pytest.mark.parametrize("linked", [".partnet-ready", ".partnet-ready/journal.json"])
def test_a_decision_that_is_a_link_is_not_ours(tmp_path: Path, linked: str, act: Callable[[Path, Path], Any]) -> None:
    out, raw = a_folder_with_old_results(tmp_path / "home")
    outside = _look_alike(out, tmp_path / "outside")
    before = _everything(outside), held_in(out)
    if linked != ".partnet-ready":
        (out / ".partnet-ready" / "files").mkdir(parents=True)
    (out / linked).symlink_to(outside / linked)

    assert _code_of(lambda: act(out, raw)) == "PN095"
    assert (_everything(outside), held_in(out)) == before


@pytest.mark.parametrize(
    ("journal", "code"),
    [
        (b'{"write": [], "remove": ["../precious"]}', "PN094"),
        (b'{"write": ["../precious"], "remove": []}', "PN094"),
        (b'{"write": ["notes.txt", "/etc/hosts"], "remove": []}', "PN094"),
        (b'{"write": [], "remove": [".partnet-ready/journal.json"]}', "PN094"),
        (b'{"write": [], "remove": ["linked/precious"]}', "PN094"),
        (b'{"write": []}', "PN095"),
        (b'{"write": 1, "remove": 2}', "PN095"),
        (b"[]", "PN095"),
        (b"\xff", "PN095"),
        (b"", "PN095"),
    ],
)
def test_a_decision_that_no_run_of_ours_wrote_is_not_carried_out(tmp_path: Path, journal: bytes, code: str) -> None:
    out, _ = a_folder_with_old_results(tmp_path / "home")
    (out.parent / "precious").write_bytes(b"precious")
    (out / "linked").symlink_to(out.parent)
    (out / ".partnet-ready" / "files").mkdir(parents=True)
    (out / ".partnet-ready" / "journal.json").write_bytes(journal)
    before = held_in(out)

    assert _code_of(lambda: recover(out)) == code
    assert (out.parent / "precious").read_bytes() == b"precious"
    assert held_in(out) == before


def test_a_decision_that_is_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    out, _ = a_folder_with_old_results(tmp_path / "home")
    (out / ".partnet-ready" / "files").mkdir(parents=True)
    os.mkfifo(out / ".partnet-ready" / "journal.json")

    assert _code_of(lambda: recover(out)) == "PN095"


def test_a_decision_without_its_files_is_dropped_unless_something_was_put_aside_for_it(tmp_path: Path) -> None:
    out, _ = a_folder_with_old_results(tmp_path / "home")
    for aside in (True, False):
        (out / ".partnet-ready").mkdir(exist_ok=True)
        (out / ".partnet-ready" / "journal.json").write_text('{"write": ["a.csv"], "remove": ["b.csv"]}')
        if aside:
            (out / ".partnet-old").mkdir()
            assert _code_of(lambda: recover(out)) == "PN095"
            (out / ".partnet-old").rmdir()
    recover(out)

    assert without_strangers(held_in(out)) == OLD
    assert verify(out) == ()


def test_a_file_written_alone_goes_through_no_link(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    for name in ("to_fix.xlsx", ".to_fix.xlsx.new"):
        (tmp_path / name).symlink_to(tmp_path / "precious")
    write_file(tmp_path / "to_fix.xlsx", b"mine")

    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert (tmp_path / "to_fix.xlsx").read_bytes() == b"mine"
    assert not (tmp_path / "to_fix.xlsx").is_symlink()
    assert {path.name for path in tmp_path.iterdir()} == {"precious", "to_fix.xlsx"}


def test_what_a_manifest_or_a_link_leads_to_outside_is_not_ours_to_change(tmp_path: Path) -> None:
    out, _ = a_folder_with_old_results(tmp_path / "home")
    (out.parent / "precious.csv").write_bytes(b"precious")
    (out / "a.csv").unlink()
    (out / "a.csv").symlink_to(out.parent / "precious.csv")

    assert set(own_files(out)) == set(OLD) - {"a.csv"}

    (out / "manifest.json").write_text(json.dumps({"inputs": {}, "outputs": {"../precious.csv": "?"}}))

    assert own_files(out) == {}


@pytest.mark.parametrize(
    "name",
    [
        "../precious", "figures/../../precious", "/tmp/precious", "\\\\server\\share", "C:\\precious", "~/precious",  # noqa: S108 (a hostile name)
        "a" * 300, "\ud800", "a\nb", "\u202egpj.exe", "..", "...", ". ", "-rf", "$(touch precious)", "%2e%2e/precious",
        "CON", ".partnet-new", ".partnet-old/a", "figures\0/x",
    ],
)  # fmt: skip
def test_an_output_with_a_hostile_name_stays_in_the_folder_or_is_refused(tmp_path: Path, name: str) -> None:
    out, raw = a_folder_with_old_results(tmp_path / "home")
    (out.parent / "precious").write_bytes(b"precious")
    aside = {path: content for path, content in _everything(tmp_path).items() if not path.startswith(str(out))}
    try:
        write_outputs(out, {name: b"?"}, inputs=raw, parameters={})
        assert without_strangers(held_in(out)) == {name: b"?"}
    except OutputError as refusal:
        assert refusal.code in {"PN094", "PN099"}  # noqa: PT017 (either way is right)
        assert without_strangers(held_in(out)) == OLD

    assert {path: content for path, content in _everything(tmp_path).items() if not path.startswith(str(out))} == aside
    assert not any(path.name.startswith(".partnet-") for path in out.iterdir())


def test_where_folders_cannot_be_held_open_links_are_looked_for(tmp_path: Path) -> None:
    home = Home(tmp_path, None)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "linked").symlink_to(tmp_path / "elsewhere")
    inside.write(home, "figures/2025/a.svg", b"a")
    inside.move(home, "figures/2025/a.svg", "moved/a.svg")
    inside.push(home, "moved")
    inside.require_in_place(home)

    assert inside.read(home, "moved/a.svg") == b"a"
    assert not inside.is_there(home, "figures/2025/a.svg")
    with pytest.raises(OSError, match="symbolic link"):
        inside.write(home, "linked/a.svg", b"a")
    inside.remove_empty_folder(home, "figures/2025")
    inside.clear(home, "moved")
    inside.clear(home, "linked")
    assert {path.name for path in tmp_path.iterdir()} == {"elsewhere", "figures"}
    assert not any((tmp_path / "elsewhere").iterdir())
