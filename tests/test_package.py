"""Others can depend on the package: one version everywhere, addresses in one place, licences told, types that are known."""

import re
import subprocess
import tomllib
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import partnet_analysis
from benchmarks.typed import completeness, installed_aside

ROOT = Path(__file__).parents[1]
PLACEHOLDER = "." + "invalid"  # put together, so that this file is not one more place
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npm" + "js", "deb" + ".debian")


@pytest.fixture(scope="module")
def project() -> Mapping[str, Any]:
    found: Mapping[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


@pytest.fixture(scope="module")
def committed() -> Mapping[str, str]:
    """Every committed text, by its path."""
    if not (ROOT / ".git").exists():
        pytest.skip("no repository, and so no committed files")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)  # noqa: S607 (git, wherever it is)
    paths = [ROOT / name for name in listed.stdout.split("\0") if name and not name.endswith(".png")]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8", errors="replace") for path in paths if path.is_file()
    }


def test_addresses_for_a_publisher_to_fill_in_stand_in_one_place(
    project: Mapping[str, Any], committed: Mapping[str, str]
) -> None:
    addresses = [*project["urls"].values(), *(author["email"] for author in project["authors"])]
    # A placeholder is an address; the page on releasing speaks of the word alone.
    sought = re.compile("|".join([*map(re.escape, addresses), rf"(?://|@)[\w.-]*{re.escape(PLACEHOLDER)}"]))

    assert [path for path, text in committed.items() if sought.search(text)] == ["pyproject.toml"]


def test_no_committed_file_names_a_registry(committed: Mapping[str, str]) -> None:
    assert [path for path, text in committed.items() for host in REGISTRIES if host in text] == []


def test_the_citation_is_of_this_version(project: Mapping[str, Any]) -> None:
    told = dict(re.findall(r"(?m)^(\w+): (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8")))

    assert told["version"] == partnet_analysis.__version__
    assert told["license"] == project["license"]


def test_the_change_log_knows_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = re.escape(partnet_analysis.__version__)

    assert re.search(rf"(?m)^## \[{version}\] - \d{{4}}-\d\d-\d\d$|^In preparation as {version}\.$", text)


def test_the_change_log_sorts_changes_by_their_kind_and_versions_by_their_day() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first, *versions = re.findall(r"(?m)^## (.+)$", text)
    dated = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)", version) for version in versions]
    numbers = [tuple(map(int, found.groups()[:3])) for found in dated if found]

    assert first == "[Unreleased]"
    assert None not in dated
    assert all(newer > older for newer, older in pairwise(numbers))
    assert set(re.findall(r"(?m)^### (.+)$", text)) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_licence_is_one_text_under_both_of_its_names(project: Mapping[str, Any]) -> None:
    texts = [path.name for path in (ROOT / "LICENSES").iterdir()]

    assert texts == [f"{project['license']}.txt"]
    assert (ROOT / "LICENSES" / texts[0]).read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_python_versions_are_told_from_the_oldest_on(project: Mapping[str, Any]) -> None:
    minors = [int(found) for line in project["classifiers"] for found in re.findall(r":: Python :: 3\.(\d+)$", line)]

    assert project["requires-python"] == f">=3.{minors[0]}"
    assert minors == list(range(minors[0], minors[-1] + 1))


def test_the_gate_of_types_notices_what_is_not_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    programs = installed_aside(tmp_path)
    (installed,) = (tmp_path / "aside").glob("**/site-packages/partnet_analysis/errors.py")
    installed.write_text(installed.read_text(encoding="utf-8") + "\n\ndef guessed(of):\n    return of\n", encoding="utf-8")

    told = completeness(programs, tmp_path)

    assert told.returncode == 1, told.stderr
    assert "partnet_analysis.errors.guessed" in told.stdout
    assert len([line for line in told.stdout.splitlines() if line.startswith("partnet_analysis.errors.guessed")]) == 1
