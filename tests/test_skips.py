"""Where all tests are required, one that is skipped has failed, unless it is excused."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import NO_DATA, data_set, excused

ROOT = Path(__file__).parents[1]

TESTS = """
import pytest

def test_done(): pass
@pytest.mark.skipif(True, reason="no browser")
def test_marked(): pass
def test_on_the_way(): pytest.skip("no R")
@pytest.fixture
def program(): pytest.skip("no office")
def test_by_fixture(program): pass
@pytest.mark.spark
@pytest.mark.skipif(True, reason="pyspark is not installed: make test-spark")
def test_aside(): pass
@pytest.mark.skipif(True, reason="pyspark is not installed: make test-spark")
def test_not_aside(): pass
@pytest.mark.xfail(strict=True)
def test_known_fault(): assert False
"""
WHOLE = "import pytest\npytest.importorskip('no_such_module')\ndef test_never(): pass\n"


def run(folder: Path, required: str) -> str:
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = spark\n")
    command = [sys.executable, "-m", "pytest", "-q", "-rfEs", "-p", "tests.skips", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "-c", folder / "pytest.ini", folder],
        cwd=ROOT,
        env=os.environ | {"PARTNET_REQUIRE_ALL": required},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout


def test_a_skip_without_an_excuse_is_a_failure_where_all_are_required(tmp_path: Path) -> None:
    (tmp_path / "test_made.py").write_text(TESTS)

    told = run(tmp_path, "1")

    assert "1 failed, 1 passed, 1 skipped, 1 xfailed, 3 errors" in told
    for name, reason in (
        ("marked", "no browser"),
        ("on_the_way", "no R"),
        ("by_fixture", "no office"),
        ("not_aside", "pyspark"),
    ):
        assert f"test_{name} was skipped, and PARTNET_REQUIRE_ALL asks for it: {reason}" in told


def test_a_skip_is_a_skip_where_not_all_are_required(tmp_path: Path) -> None:
    (tmp_path / "test_made.py").write_text(TESTS)

    assert "1 passed, 5 skipped, 1 xfailed" in run(tmp_path, "0")


def test_a_file_skipped_as_a_whole_is_a_failure_where_all_are_required(tmp_path: Path) -> None:
    (tmp_path / "test_whole.py").write_text(WHOLE)

    assert "1 error" in run(tmp_path, "1")
    assert "1 skipped" in run(tmp_path, "0")


def test_data_that_nobody_has_excuse_and_one_set_missing_among_others_does_not(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    assert excused(request.node, NO_DATA, tmp_path / "nowhere")
    assert not excused(request.node, NO_DATA, tmp_path)
    assert not excused(request.node, "no browser", tmp_path / "nowhere")


def test_a_data_set_that_is_not_there_is_skipped_for_the_reason_that_is_excused() -> None:
    with pytest.raises(pytest.skip.Exception, match=NO_DATA):
        data_set("no such set")
