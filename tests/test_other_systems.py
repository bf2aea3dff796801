"""
What would be different on Windows and macOS, played here: `docs/systems.md` says what was run where.

The whole program is run under the rules of `windows_rules`, and gives the same bytes.
"""

import errno
import io
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from partnet_analysis import cli
from partnet_analysis.cli import territories
from partnet_analysis.cli.speech import speak_in_any_encoding
from partnet_analysis.config import Config, SourceRule
from partnet_analysis.display import path_in_words
from partnet_analysis.errors import InputError, OutputError, PrivacyError
from partnet_analysis.privacy.keys import public_key
from partnet_analysis.records.companions import read_texts
from partnet_analysis.records.starters import starter_files
from partnet_analysis.store import fingerprint, inside, manifest, turns, verify, write_outputs
from partnet_analysis.store.single import write_file
from partnet_analysis.synthetic import example_files
from tests import windows_rules
from tests.test_cli_territories import town
from tests.test_store import NEW, OLD, held, write

ROOT = Path(__file__).parents[1]
RAW = ROOT / "data" / "raw"

under_linux = pytest.mark.skipif(sys.platform != "linux", reason="plays Windows' rules with what Linux tells of itself")


def ran(*words: object, environment: Mapping[str, str], python: tuple[str, ...] = ()) -> tuple[int, bytes, bytes]:
    """Run the command in a process of its own."""
    command = [sys.executable, *python, "-m", "partnet_analysis", *map(str, words)]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})
    return done.returncode, done.stdout, done.stderr


def written(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    return town(tmp_path / "raw", "Roanne")


@pytest.fixture
def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name files by their whole path, in this process, and lock a file instead of the folder."""
    monkeypatch.setattr(inside, "HOLDS_FOLDERS", False)
    monkeypatch.setattr(inside, "PATIENCE", 0.2)
    monkeypatch.setitem(sys.modules, "msvcrt", windows_rules._msvcrt())  # noqa: SLF001 (its double)


# --- The whole program ---------------------------------------------------------------------------------------------------


@under_linux
def test_the_whole_review_under_the_rules_of_windows_gives_the_same_bytes(tmp_path: Path, raw: Path) -> None:
    under_rules = windows_rules.environment(tmp_path / "rules")
    for out, environment in (("here", {}), ("there", under_rules)):
        for words in (("review", raw), ("export", raw), ("measure", raw)):
            code, _, err = ran(*words, "-o", tmp_path / out / words[0], environment=environment)
            assert code == cli.DONE, err.decode()
        ran("review", raw, "-o", tmp_path / out / "review", environment=environment)  # in the place of the first one

    assert len(written(tmp_path / "here")) > 60
    assert written(tmp_path / "there") == written(tmp_path / "here")


@under_linux
def test_territories_started_as_windows_and_macos_start_processes_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("nord", "sud"):
        town(tmp_path / "region" / name, name)
    under_rules = windows_rules.environment(tmp_path / "rules")
    for out, environment in (("here", {}), ("there", under_rules)):
        assert ran("review", tmp_path / "region", "-o", tmp_path / out, environment=environment)[0] == cli.DONE

    assert written(tmp_path / "there") == written(tmp_path / "here")


@under_linux
def test_the_rules_are_kept(tmp_path: Path) -> None:
    code = """
import os, sys
def refused(action):
    try:
        action()
    except (OSError, NotImplementedError, AttributeError, ImportError):
        return
    raise SystemExit(f"not refused: {action}")
open("held", "w", encoding="utf-8").close()
os.mkdir("folder")
kept = open("folder/kept", "w", encoding="utf-8")
for action in (
    lambda: open("aux.csv", "w", encoding="utf-8"), lambda: open("a:b", "w", encoding="utf-8"), lambda: os.mkdir("a."),
    lambda: os.rename("held", "what?"), lambda: os.replace("folder", "other"), lambda: os.unlink("folder/kept"),
    lambda: os.open("folder", os.O_RDONLY), lambda: os.open("held", os.O_RDONLY, dir_fd=3), lambda: os.fork(),
    lambda: __import__("fcntl"),
):
    refused(action)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=False,
        cwd=tmp_path,
        env=windows_rules.environment(tmp_path / "rules"),
        capture_output=True,
    )

    assert (done.returncode, done.stderr) == (0, b"")


# --- Names of files ------------------------------------------------------------------------------------------------------


def test_every_file_written_has_a_name_that_every_system_takes(tmp_path: Path, raw: Path) -> None:
    for command in ("review", "export", "measure"):
        ran(command, raw, "-o", tmp_path / "out" / command, environment={})
    period = ("--period", "2024-01-01..2024-06-30")
    ran("report", raw, *period, "-o", tmp_path / "out" / "period", environment={})
    results = {name.partition("/")[2] for name in written(tmp_path / "out")}
    waiting = {f"{manifest.READY}/files/{name}" for name in results}
    names = results | waiting | set(starter_files("fr")) | set(starter_files("en")) | set(example_files()) | {manifest.LOCK}

    assert len(names) > 100
    assert [fault for name in names for fault in windows_rules.faults_of(name)] == []
    assert all(name.isascii() for name in names)
    assert len({name.casefold() for name in names}) == len(names)


def test_everything_kept_under_version_control_has_a_name_that_every_system_takes() -> None:
    names = tracked("git", "ls-files")

    assert [fault for name in names for fault in windows_rules.faults_of(name)] == []
    assert len({name.casefold() for name in names}) == len(names)


@pytest.mark.parametrize(
    "name", ["con", "AUX.csv", "figures/nul.svg", "com1.txt", "a:b", "what?", "a|b", "a.", "b /c", "a\\b", "x" * 250]
)
def test_a_name_that_windows_refuses_is_known(name: str) -> None:
    assert windows_rules.faults_of(name)


@pytest.mark.parametrize(
    "name", ["console.csv", "review-2024-01-01..2024-06-30.html", ".partnet-ready/files/a.csv", "comb.txt"]
)
def test_a_name_that_only_looks_like_one_is_taken(name: str) -> None:
    assert windows_rules.faults_of(name) == []


@pytest.mark.parametrize(
    "elsewhere", [r"C:\\Windows\\win.ini", r"\\\\serveur\\partage\\voix.md", "/etc/hostname", "../voix.md"]
)
def test_a_text_named_by_a_drive_a_share_or_a_way_out_is_refused(raw: Path, elsewhere: str) -> None:
    (raw.parent / "voix.md").write_text("outside", encoding="utf-8")
    (raw / "partnet.toml").write_text(f'[texts]\nvoices = "{elsewhere}"\n', encoding="utf-8")

    with pytest.raises(InputError, match="cannot be used"):
        read_texts(raw, Config.load(raw))


def test_a_rule_fits_a_file_named_on_another_system() -> None:
    decomposed = unicodedata.normalize("NFD", "émargements/réunion.xlsx")

    assert SourceRule(file="émargements/*.xlsx").matches(decomposed, None)
    assert SourceRule(file=unicodedata.normalize("NFD", "é*")).matches("émargements.csv", None)
    assert SourceRule(file=r"émargements\*.xlsx").matches(decomposed, None)
    assert not SourceRule(file="emargements/*").matches(decomposed, None)


def test_half_a_surrogate_pair_in_a_name_is_escaped_as_an_odd_byte_is() -> None:
    assert path_in_words("r\ud83dunion.csv") == r"r\xed\xa0\xbdunion.csv"
    assert path_in_words("r\udce9union.csv") == r"r\xe9union.csv"


# --- One folder, however it is spelled -----------------------------------------------------------------------------------


@pytest.fixture
def other_spelling(raw: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the records a second name that no reading of the path tells apart, as `RAW` is of `raw` on macOS."""
    (raw.parent / "RAW").symlink_to(raw)
    monkeypatch.setattr(Path, "resolve", lambda path, **_: path.absolute())
    return raw.parent / "RAW"


def test_results_never_go_into_the_records_under_another_spelling(raw: Path, other_spelling: Path) -> None:
    for folder in (other_spelling, other_spelling / "out"):
        with pytest.raises(OutputError) as refusal:
            write(folder, OLD, raw)
        assert refusal.value.code == "PN098"


def test_a_key_does_not_lie_in_a_shared_folder_under_another_spelling(raw: Path, other_spelling: Path) -> None:
    (raw / "key").write_text("0123456789abcdef" * 4, encoding="utf-8")

    with pytest.raises(PrivacyError) as refusal:
        public_key({"PARTNET_KEY_FILE": str(other_spelling / "key")}, [raw])
    assert refusal.value.code == "PN102"


def test_a_drive_that_numbers_no_file_makes_no_two_folders_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    status = os.stat_result((0o40755, 0, 0, 1, 0, 0, 0, 0, 0, 0))
    monkeypatch.setattr(Path, "stat", lambda *_, **__: status)

    assert not inside.is_same_folder(tmp_path / "one", tmp_path / "other")


# --- Files held open, and runs at once -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("as_on_windows")
def test_two_runs_at_once_do_not_mix_where_a_folder_cannot_be_held(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    write(out, OLD, raw)
    with inside.home_at(out) as home, turns.held(home), pytest.raises(OutputError) as refusal:
        write(out, NEW, raw)

    assert refusal.value.code == "PN096"
    assert held(out) == OLD
    write(out, NEW, raw)
    assert held(out) == NEW


@pytest.mark.usefixtures("as_on_windows")
def test_a_lock_left_by_a_machine_that_lost_its_power_keeps_nobody_out(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / manifest.LOCK).touch()
    write(out, OLD, raw)

    assert held(out) == OLD
    assert verify(out, raw) == ()


@pytest.mark.usefixtures("as_on_windows")
def test_a_share_without_locks_is_written_to_all_the_same(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(sys.modules["msvcrt"], "locking", no_locks)
    write(tmp_path / "out", OLD, raw)

    assert held(tmp_path / "out") == OLD


@pytest.mark.usefixtures("as_on_windows")
@pytest.mark.parametrize("locked", [*OLD, "manifest.json"])
def test_a_result_that_excel_holds_open_leaves_the_old_set(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, locked: str
) -> None:
    out = tmp_path / "out"
    write(out, OLD, raw)
    replace = os.replace

    def refuse(source: str, target: str, **_: object) -> None:
        if out / locked in (Path(source), Path(target)):
            raise PermissionError(errno.EACCES, "held open")
        replace(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(OutputError) as refusal:
        write(out, NEW, raw)

    assert refusal.value.code == "PN092"
    assert locked in str(refusal.value)
    assert held(out) == OLD
    assert verify(out) == ()


@pytest.mark.usefixtures("as_on_windows")
@pytest.mark.parametrize("operation", ["replace", "unlink", "rmdir"])
def test_a_virus_scanner_that_looks_at_a_file_for_an_instant_stops_nothing(
    tmp_path: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, operation: str
) -> None:
    out = tmp_path / "out"
    write(out, OLD, raw)
    perform: Callable[..., None] = getattr(os, operation)
    seen: set[str] = set()

    def scan(path: str, *rest: object, **options: object) -> None:
        if str(path) not in seen:
            seen.add(str(path))
            raise PermissionError(errno.EACCES, "looked at")
        perform(path, *rest, **options)

    monkeypatch.setattr(inside, "PATIENCE", 30.0)
    monkeypatch.setattr(inside, "_PAUSE", 0.0)
    monkeypatch.setattr(os, operation, scan)
    write(out, NEW, raw)

    assert seen
    assert held(out) == NEW
    assert verify(out, raw) == ()


@pytest.mark.usefixtures("as_on_windows")
def test_a_folder_swapped_for_a_link_is_not_followed_where_a_folder_cannot_be_held(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    write(out, OLD, raw)
    shutil.rmtree(out / "figures")
    (tmp_path / "elsewhere").mkdir()
    (out / "figures").symlink_to(tmp_path / "elsewhere")
    with inside.home_at(out) as home:
        with pytest.raises(OSError, match="symbolic"):
            inside.write(home, "figures/a.svg", b"?")
        with pytest.raises(OSError, match="symbolic"):
            inside.move(home, "a.csv", "figures/a.csv")

    assert not any((tmp_path / "elsewhere").iterdir())


def test_a_file_of_its_own_that_excel_holds_open_is_told_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, "held open")

    write_file(tmp_path / "to_fix.xlsx", b"old")
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OutputError) as refusal:
        write_file(tmp_path / "to_fix.xlsx", b"new")

    assert refusal.value.code == "PN092"
    assert written(tmp_path) == {"to_fix.xlsx": b"old"}


def test_a_workbook_of_the_records_opened_meanwhile_changes_no_record(raw: Path) -> None:
    before = fingerprint(raw)
    (raw / "~$emargements.xlsx").write_bytes(b"\x05Anne")

    assert write_outputs(raw.parent / "out", OLD, inputs=raw, parameters={}, read_as=before)["inputs"] == before


# --- Line ends and encodings ---------------------------------------------------------------------------------------------


def tracked(*command: str) -> list[str]:
    """Ask git about the files under version control."""
    done = subprocess.run(
        [*command, "-z"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
    )
    if done.returncode or not done.stdout:
        pytest.skip("not under git's version control here")
    return done.stdout.rstrip("\0").split("\0")


def test_text_is_checked_out_with_the_same_line_ends_on_every_system() -> None:
    for line in tracked("git", "ls-files", "--eol"):
        attributes, name = line.split("\t")
        assert "eol=lf" in attributes or "attr/-text" in attributes, name
        if "attr/-text" not in attributes:
            assert "i/crlf" not in attributes, name
            assert "i/mixed" not in attributes, name


def test_records_texts_and_settings_with_windows_line_ends_and_marks_give_the_same_review(tmp_path: Path, raw: Path) -> None:
    (raw / "voix.md").write_text("Nous sommes *peu*.\n\nMais gais : été compris.\n", encoding="utf-8", newline="")
    (raw / "partnet.toml").write_text(
        '[partnership]\nname = "Été"\n[texts]\nvoices = "voix.md"\n', encoding="utf-8", newline=""
    )
    other = tmp_path / "windows"
    shutil.copytree(raw, other)
    for path in other.iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    for folder in (raw, other):
        assert ran("review", folder, "-o", tmp_path / f"{folder.name} out", environment={})[0] == cli.DONE
    here, there = (written(tmp_path / f"{folder.name} out") for folder in (raw, other))

    assert any(name.endswith(".pdf") for name in here)
    assert {name for name in here if here[name] != there.get(name)} == {"manifest.json"}


@pytest.mark.parametrize(
    ("encoding", "language"), [("cp1252", "fr"), ("cp1252", "en"), ("cp437", "fr"), ("latin-1", "fr"), ("ascii", "en")]
)
def test_no_encoding_of_a_terminal_stops_a_sentence(raw: Path, encoding: str, language: str) -> None:
    with (raw / "contacts.csv").open("a", encoding="utf-8") as file:
        file.write("c2,31/02/2024,a,Łódź → 東京\n")
    for words, expected in ((("check", raw), 1), (("explain", "PN011"), 0), (("--help",), 0), (("watch", raw), 1)):
        code, out, err = ran(*words, "--lang", language, environment={"PYTHONIOENCODING": encoding})
        assert code == expected, (words, err)
        assert b"Traceback" not in out + err
    if encoding == "cp437":
        assert b"-> " in ran("explain", "PN011", environment={"PYTHONIOENCODING": encoding})[1]


def test_what_an_encoding_lacks_is_written_plainly_or_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {"stdout": io.BytesIO(), "stderr": io.BytesIO()}
    for name, content in said.items():
        monkeypatch.setattr(sys, name, io.TextIOWrapper(content, encoding="cp1252", newline="", write_through=True))
    speak_in_any_encoding()
    for name, content in said.items():
        getattr(sys, name).write("Łukasz › été → 3\u202f000 \udce9")
        assert content.getvalue() == rb"\u0141ukasz " + "› été -> 3 000 ".encode("cp1252") + rb"\xe9"


@pytest.mark.parametrize(
    "circumstance",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "fr_FR.ISO-8859-1", "PYTHONUTF8": "0"},
        {"PYTHONUTF8": "1", "PYTHONTZPATH": ""},
    ],
)
def test_no_locale_changes_a_byte_of_the_results(tmp_path: Path, raw: Path, circumstance: dict[str, str]) -> None:
    (raw / "meetings.csv").write_text("meeting_id,day,title\nm1,2024-03-01,Réunion d’été\n", encoding="utf-8")
    for out, environment in (("here", {}), ("there", circumstance)):
        code, _, err = ran("review", raw, "-o", tmp_path / out, environment=environment)
        assert code == cli.DONE, err

    assert written(tmp_path / "there") == written(tmp_path / "here")


def test_every_file_is_opened_with_its_encoding_named(tmp_path: Path, raw: Path) -> None:
    (raw / "voix.md").write_text("Peu.\n", encoding="utf-8")
    (raw / "partnet.toml").write_text('[texts]\nvoices = "voix.md"\n', encoding="utf-8")
    code = (
        "import sys, warnings\n"
        "warnings.filterwarnings('error', category=EncodingWarning, module='partnet_analysis')\n"
        "from partnet_analysis.cli import main\n"
        "main()\n"
    )
    out = tmp_path / "out"
    for words in (
        ("init", tmp_path / "new"),
        ("check", raw, "--to-fix", tmp_path / "fix.xlsx"),
        ("review", raw, "-o", out),
        ("export", raw, "-o", tmp_path / "export"),
        ("forget", "A", "--raw", raw, "-o", out, "--yes"),
        ("verify", out),
    ):
        command = [sys.executable, "-X", "warn_default_encoding", "-c", code, *map(str, words)]
        done = subprocess.run(command, capture_output=True, check=False)
        assert b"EncodingWarning: 'encoding' argument not specified\n" not in done.stderr.split(b"Traceback")[-1:], words
        assert b"Traceback" not in done.stderr, done.stderr.decode()


# --- Processes, pipes and terminals --------------------------------------------------------------------------------------


def test_a_pipe_that_nobody_reads_any_more_is_no_fault() -> None:
    command = [sys.executable, "-m", "partnet_analysis", "explain", "PN011"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()

    assert (process.returncode, said) == (cli.DONE, b"")


class _Unheard(io.StringIO):
    """Standard output as Windows gives it where whoever read it has gone."""

    def flush(self) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")


def test_a_pipe_that_windows_calls_an_invalid_argument_is_no_fault_either(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet: list[int] = []
    monkeypatch.setattr(sys, "argv", ["partnet", "explain", "PN011"])
    monkeypatch.setattr(sys, "stdout", _Unheard())
    monkeypatch.setattr(_Unheard, "fileno", lambda _: 1)
    monkeypatch.setattr(os, "dup2", lambda _, number: quiet.append(number))
    with pytest.raises(SystemExit) as stop:
        cli.main()

    assert (stop.value.code, quiet) == (cli.DONE, [1])


def test_any_other_invalid_argument_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(sys, "argv", ["partnet", "explain", "PN011"])
    monkeypatch.setattr("partnet_analysis.cli.upkeep.has", refuse)

    with pytest.raises(OSError, match="Invalid argument"):
        cli.main()


def test_no_more_processes_start_at_once_than_windows_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: 128)

    assert territories._n_processes(200) == 61  # noqa: SLF001 (what the pool is made with)
    assert territories._n_processes(3) == 3  # noqa: SLF001 (as above)


def test_a_name_asked_for_is_never_taken_for_a_pattern_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, object] = {}
    monkeypatch.setattr(sys, "argv", ["partnet", "explain", "PN011"])
    monkeypatch.setattr("click.Group.main", lambda _, **options: asked.update(options))
    with pytest.raises(SystemExit):
        cli.main()

    assert asked["windows_expand_args"] is False
