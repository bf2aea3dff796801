"""The map in a live JupyterLab, trusted and not."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from partnet_analysis.annual import Review
from partnet_analysis.views.map.partnership_map import PartnershipMap

LAB = shutil.which("jupyter-lab", path=Path(sys.executable).parent)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(LAB is None, reason="JupyterLab is not installed (the extra `notebooks` brings it)"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, review: Review) -> Iterator[str]:
    """Serve two notebooks that hold the map as an output, of which one is trusted."""
    folder = tmp_path_factory.mktemp("lab")
    data = {"text/html": PartnershipMap(review)._repr_html_()}
    output = {"output_type": "display_data", "data": data, "metadata": {}}
    for name in ("trusted", "untrusted"):
        # Trust goes by content: the two must differ.
        cell: dict[str, object] = {"cell_type": "code", "id": name, "source": "view", "execution_count": 1}
        cell |= {"metadata": {}, "outputs": [output]}
        notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        (folder / f"{name}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    homes = {f"JUPYTER_{kind}_DIR": str(folder / kind) for kind in ("DATA", "CONFIG", "RUNTIME")}
    environment = os.environ | homes | {"HOME": str(folder)}
    trust = str(Path(str(LAB)).with_name("jupyter-trust"))
    subprocess.run([trust, "trusted.ipynb"], cwd=folder, env=environment, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(LAB), "--no-browser", "--allow-root", f"--port={port}", "--IdentityProvider.token=", "--ip=127.0.0.1"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield _served(port)
        finally:
            # Asked to stop while a page is still connected, the server may wait for ever.
            server.kill()


def _served(port: int) -> str:
    for _ in range(120):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5):
                return f"http://127.0.0.1:{port}"
        except ConnectionError:
            time.sleep(0.5)
    pytest.fail("JupyterLab does not start")


def test_a_trusted_notebook_shows_the_map(lab: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{lab}/lab/workspaces/trusted/tree/trusted.ipynb")
    frame = page.frame_locator(".jp-OutputArea iframe")
    frame.locator('html[data-ready="1"]').wait_for(state="attached", timeout=60_000)

    assert frame.locator("#map canvas").is_visible()
    assert page.locator(".pn-fallback").is_hidden()
    page.close()


def test_an_untrusted_notebook_shows_the_picture(lab: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{lab}/lab/workspaces/untrusted/tree/untrusted.ipynb")
    page.locator(".pn-fallback img").wait_for(state="visible", timeout=60_000)

    assert page.locator(".jp-OutputArea iframe").count() == 0
    page.close()
