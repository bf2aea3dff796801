"""The bill of materials holds every package of the lock, with its hashes and licence, and is the same every time."""

import re
import tomllib
from pathlib import Path

from benchmarks.sbom import Locked, bill, locked

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"

SMALL = f"""\
Some_Package==1.2.3 \\
    --hash=sha256:{"a" * 64} \\
    --hash=sha256:{"b" * 64}
pywin32==311 ; sys_platform == 'win32' \\
    --hash=sha256:{"c" * 64}
wheel[dark,light]==1.0 \\
    --hash=sha256:{"d" * 64}
"""


def test_a_lock_file_is_read_with_markers_hashes_and_extras() -> None:
    assert list(locked(SMALL)) == [
        Locked("some-package", "1.2.3", "", ("a" * 64, "b" * 64)),
        Locked("pywin32", "311", "sys_platform == 'win32'", ("c" * 64,)),
        Locked("wheel", "1.0", "", ("d" * 64,), frozenset({"dark", "light"})),
    ]


def test_every_package_of_the_lock_is_in_the_bill_with_all_its_hashes() -> None:
    text = LOCK.read_text(encoding="utf-8")
    made = bill(text)

    pinned = re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    assert [(part["name"], part["version"]) for part in made["components"]] == pinned
    hashes = [digest for part in made["components"] for digest in part["externalReferences"][0]["hashes"]]
    assert len(hashes) == text.count("--hash=sha256:")
    assert len({part["bom-ref"] for part in made["components"]}) == len(pinned)


def test_what_is_installed_says_its_licence_and_what_we_import_is_named_as_such() -> None:
    made = bill(LOCK.read_text(encoding="utf-8"))
    by_name = {part["name"]: part for part in made["components"]}

    assert by_name["click"]["licenses"] == [{"expression": "BSD-3-Clause"}]
    assert by_name["jinja2"]["licenses"] == [{"license": {"name": "BSD License"}}]
    assert by_name["pandas"]["purl"] in made["dependencies"][0]["dependsOn"]
    assert set(made["dependencies"][0]["dependsOn"]) <= {part["purl"] for part in made["components"]}
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")


def test_the_bill_is_the_same_every_time_and_another_for_another_lock() -> None:
    assert bill(SMALL) == bill(SMALL)
    assert bill(SMALL)["serialNumber"] != bill(SMALL + "\n")["serialNumber"]


def test_every_runtime_dependency_is_justified_in_one_line_and_nothing_else_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [re.split(r"[ <>=!\[]", line)[0] for line in project["dependencies"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [row.strip("| ").split(" | ") for row in re.findall(r"^\| [a-z].*\|$", page, re.MULTILINE)][1:]

    assert sorted(row[0] for row in rows) == sorted(needed)
    assert all(len(row) == 4 and all(row) for row in rows)
    optional = [line for name in ("parquet", "fast", "spark") for line in project["optional-dependencies"][name]]
    assert {re.split(r"[ <>=!\[]", line)[0] for line in optional} <= set(re.findall(r"`([a-z]+)`", page))


def test_only_hashed_wheels_are_installed_and_no_address_stands_in_a_lock() -> None:
    recipes = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert "LOCKED = --require-hashes --only-binary :all:" in recipes
    assert len(re.findall(r"\$\(INSTALL\) \$\(LOCKED\) --requirement", recipes)) == len(
        re.findall(r"--requirement", recipes)
    )
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert not re.search(r"://|@ |^--", text, re.MULTILINE)
        assert all("--hash=sha256:" in entry for entry in re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:])
