"""
Which tests may be skipped: none but those listed here, where `PARTNET_REQUIRE_ALL` is 1, as `.ci/run` says.

Elsewhere a test skips whose program or data is not on the machine: whoever has neither a browser nor R can run the others.
"""

import os
from collections.abc import Generator
from pathlib import Path
from typing import Final

import pytest

DATA: Final = Path(__file__).parents[2] / "shared" / "data"
"""Published data sets, which are other people's and so not part of the project."""

NO_DATA: Final = "the real data sets are not beside the project"


def data_set(name: str) -> Path:
    """Find a published data set as canonical tables, or skip where it is not at hand."""
    folder = DATA / name / "canonical"
    if not folder.is_dir():
        pytest.skip(NO_DATA)
    return folder


def excused(item: pytest.Item, reason: str, data: Path = DATA) -> bool:
    """Tell whether a test may be skipped for a reason even where all are required."""
    # PySpark is a source package and in no lock: `make test-spark` installs it aside and runs these tests.
    aside = item.get_closest_marker("spark") is not None and reason.startswith("pyspark is not installed")
    # Where data sets are at hand, none of those that tests read may be missing.
    return aside or (reason == NO_DATA and not data.exists())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where all tests are required, one that was skipped without an excuse has failed."""
    report = yield
    reason = _reason(report)
    if _all_required() and report.skipped and not hasattr(report, "wasxfail") and not excused(item, reason):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and PARTNET_REQUIRE_ALL asks for it: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Where all tests are required, no file of tests is skipped as a whole."""
    report = yield
    if _all_required() and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and PARTNET_REQUIRE_ALL asks for it: {_reason(report)}"
    return report


def _all_required() -> bool:
    return os.environ.get("PARTNET_REQUIRE_ALL") == "1"


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    told = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return told.removeprefix("Skipped: ")
