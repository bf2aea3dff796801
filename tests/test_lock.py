"""The lock holds on any day: it leaves nothing out that a package asks for, and newer versions change nothing."""

import hashlib
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from benchmarks.lock import LOCKS, asked_for, faults
from benchmarks.sbom import Locked, locked

ROOT = Path(__file__).parents[1]
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

PIPS = os.environ.get("PARTNET_PIPS", "").split() or [""]
"""The releases of pip to install with; `make test-pips` names those that came with Python 3.11.0 to 3.14.0."""

STRICTLY = re.findall(r"^LOCKED = (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
"""How the Makefile installs from a lock."""

NEWER = "9999.0"
PACKAGES = {
    "cov": ("7.1", ["toml-reader>=2; extra == 'toml'"]),
    "plugin": ("1.0", ["cov[toml]>=7", "signals; sys_platform == 'win32'", "old-names; python_version < '3.13'"]),
    "toml-reader": ("2.0", []),
}
HOLDS = "cov[toml]==7.1\nplugin==1.0\nsignals==1 ; sys_platform == 'win32'\nold-names==1\ntoml-reader==2.0\n"
HASH = f" \\\n    --hash=sha256:{'0' * 64}"


def told(name: str) -> tuple[str, tuple[Requirement, ...]] | None:
    version, asked = PACKAGES.get(name, ("", []))
    return (version, tuple(map(Requirement, asked))) if version else None


def found_in(lock: str) -> list[str]:
    return faults(hashed(lock), [Requirement("plugin")], told)


def hashed(lock: str) -> str:
    return "".join(f"{line}{HASH}\n" for line in lock.splitlines())


@pytest.mark.parametrize("name", LOCKS)
def test_everything_that_a_locked_package_asks_for_is_locked(name: str) -> None:
    lock = (ROOT / name).read_text(encoding="utf-8")

    assert faults(lock, asked_for(PROJECT, LOCKS[name])) == []


def test_a_lock_that_holds_has_no_fault() -> None:
    assert found_in(HOLDS) == []


@pytest.mark.parametrize(
    ("taken", "put", "fault"),
    [
        ("cov[toml]", "cov", "plugin asks for cov[toml], which is locked without [toml]"),
        ("toml-reader==2.0\n", "", "cov asks for toml-reader, which is not locked"),
        ("toml-reader==2.0", "toml-reader==1.0", "cov asks for toml-reader >=2, which is locked as 1.0"),
        ("signals==1 ; sys_platform == 'win32'\n", "", "plugin asks for signals, which is not locked"),
        ("old-names==1", "old-names==1 ; python_version < '3.12'", "plugin asks for old-names, which is not locked"),
        ("plugin==1.0", "plugin==1.1", "plugin is locked as 1.1, and 1.0 is installed"),
    ],
)
def test_what_a_lock_leaves_to_chance_is_found_on_any_system_and_python(taken: str, put: str, fault: str) -> None:
    assert fault in found_in(HOLDS.replace(taken, put))


def test_a_package_without_a_hash_or_without_anybody_who_asks_for_it_is_found() -> None:
    bare = hashed(HOLDS).replace(f"toml-reader==2.0{HASH}", "toml-reader==2.0")

    assert faults(bare, [Requirement("plugin")], told) == ["toml-reader is locked without a hash"]
    assert found_in(f"{HOLDS}left-behind==1\n") == ["left-behind is locked, and nothing asks for it"]


def test_what_no_lock_serves_must_fit_where_it_is_locked_all_the_same() -> None:
    beside = [Requirement("cov>=8"), Requirement("elsewhere>=1")]

    found = faults(hashed("cov==7.1\n"), [Requirement("cov")], told, beside)

    assert found == ["the project asks for cov >=8, which is locked as 7.1"]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Empty wheels of every package locked, under their true names and metadata, and newer ones beside them."""
    folder = tmp_path_factory.mktemp("shelf")
    for package in locked((ROOT / "requirements-dev.lock").read_text(encoding="utf-8")):
        wheel(folder, package.name, package.version)
        wheel(folder, package.name, NEWER)
    return folder


def wheel(folder: Path, name: str, version: str) -> None:
    """Make a wheel that asks for what the installed package asks for."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:  # another system's
        told = metadata.metadata("packaging")
        del told["Requires-Dist"], told["Provides-Extra"]
    asked = [f"{field}: {line}" for field in ("Provides-Extra", "Requires-Dist") for line in told.get_all(field) or ()]
    held = {
        "METADATA": "\n".join(["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *asked, ""]),
        "WHEEL": "Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "RECORD": "",
    }
    stem = f"{name.replace('-', '_')}-{version}"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as archive:
        for file, content in held.items():
            archive.writestr(f"{stem}.dist-info/{file}", content)


def of_the_shelf(shelf: Path, packages: Iterable[Locked]) -> str:
    """Write a lock again, for the wheels on the shelf."""
    lines = []
    for package in packages:
        extras = f"[{','.join(sorted(package.extras))}]" if package.extras else ""
        marker = f" ; {package.marker}" if package.marker else ""
        file = shelf / f"{package.name.replace('-', '_')}-{package.version}-py3-none-any.whl"
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lines.append(f"{package.name}{extras}=={package.version}{marker} --hash=sha256:{digest}\n")
    return "".join(lines)


def pip(release: str, *words: str | Path, folder: Path) -> None:
    """Run pip, nobody's settings heeded: the one that is there, or a release fetched as a wheel, which runs as it is."""
    settings = {key: value for key, value in os.environ.items() if not key.startswith("PIP_")}
    here = [sys.executable, "-m", "pip"]
    if release:
        subprocess.run([*here, "download", "-q", "--no-deps", "-d", folder, f"pip=={release}"], check=True)
        here = [sys.executable, str(next(folder.glob(f"pip-{release}-*.whl")) / "pip")]
    done = subprocess.run(
        [*here, *map(str, words)],
        env=settings | {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("release", PIPS)
@pytest.mark.parametrize("name", LOCKS)
def test_where_everything_has_a_newer_version_pip_installs_what_is_locked(
    shelf: Path, tmp_path: Path, name: str, release: str
) -> None:
    packages = list(locked((ROOT / name).read_text(encoding="utf-8")))
    lock = tmp_path / "again.lock"
    lock.write_text(of_the_shelf(shelf, packages), encoding="utf-8")

    shop = ("--no-index", "--find-links", shelf, "--no-cache-dir", "--target", tmp_path / "site")
    pip(release, "install", *STRICTLY, *shop, "--requirement", lock, folder=tmp_path)

    there = {one.name: Version(one.version) for one in metadata.distributions(path=[str(tmp_path / "site")])}
    wanted = {package.name: Version(package.version) for package in packages}
    assert there.items() <= wanted.items()
    assert {one.name for one in packages if not one.marker} <= there.keys()
