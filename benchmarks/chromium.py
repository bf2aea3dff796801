"""Debian's Chromium, driven by playwright, for the map's benchmark and tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page that was opened, with what it asked for and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def state(self) -> dict[str, Any]:
        """Read what the page says it shows."""
        return dict(self.page.evaluate("() => JSON.parse(document.documentElement.dataset.state)"))

    def run(self, script: str, argument: object = None) -> Any:  # noqa: ANN401 (whatever the page gives)
        """Run a script in the page."""
        return self.page.evaluate(script, argument)

    def settle(self) -> None:
        """Let the frame that was asked for be drawn."""
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))")

    def at(self, actor_id: str) -> tuple[float, float]:
        """Tell where on the screen an actor is."""
        point = self.run("(id) => partnet.point(id)", actor_id)
        bounds = self.page.locator("#map").bounding_box() or {"x": 0, "y": 0}
        return bounds["x"] + point["x"], bounds["y"] + point["y"]


Opener = Callable[..., Opened]
