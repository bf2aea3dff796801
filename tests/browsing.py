"""Pages in Debian's Chromium, offline."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from benchmarks.chromium import ARGUMENTS, CHROMIUM, Opened


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser; skip where there is none."""
    if not shutil.which(CHROMIUM):
        pytest.skip(f"{CHROMIUM} is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def opened(path: Path, *, width: int = 1280, height: int = 900) -> Iterator[Opened]:
    """Open a file as a reader does, without any network."""
    with chromium() as browser:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
        context.set_offline(True)
        result = Opened(context.new_page())
        result.page.on("request", lambda request: result.requests.append(request.url))
        result.page.on("pageerror", lambda error: result.complaints.append(str(error)))
        result.page.on("console", lambda line: result.complaints.append(line.text) if line.type == "error" else None)
        result.page.goto(path.as_uri())
        yield result
