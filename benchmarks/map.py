"""
Measure the map: `python -m benchmarks.map [sizes…]` prints a table of size, times and frame rates, against plain pyvis.

Ready is from the start of loading to the first picture drawn (`performance.now()` in the page); the frame rate is that of a
drag of two seconds, made of pointer events in the page, on Chromium without a GPU.
"""

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from benchmarks.chromium import ARGUMENTS, CHROMIUM
from benchmarks.made_review import made_review
from partnet_analysis.annual import Review
from partnet_analysis.views.map.data import scene
from partnet_analysis.views.map.partnership_map import PartnershipMap, map_html

SIZES = (50, 500, 2000, 5000, 20000)
PATIENCE_MS = 60_000
PLAIN_UP_TO = 5000
"""Plain pyvis at 20,000 actors keeps the browser busy for longer than anybody waits."""

DRAG = """(selector) => new Promise((done) => {
  const canvas = document.querySelector(selector);
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const send = (type, x, y) => canvas.dispatchEvent(new PointerEvent(type, {
    pointerId: 1, pointerType: "mouse", isPrimary: true, bubbles: true, cancelable: true, view: window,
    button: 0, buttons: type === "pointerup" ? 0 : 1, clientX: left + x, clientY: top + y,
  }));
  let frames = 0;
  const start = performance.now();
  send("pointerdown", width / 2, 12);
  const step = () => {
    const spent = performance.now() - start;
    if (spent > 2000) {
      send("pointerup", width / 2, 12);
      return done((1000 * frames) / spent);
    }
    frames++;
    send("pointermove", width / 2 + 120 * Math.sin(spent / 200), 12 + 60 * (1 - Math.cos(spent / 200)));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""

# Plain pyvis says nothing when it has drawn; its network is a global, whose first drawing is caught as it is made.
CATCH_FIRST_DRAWING = """
Object.defineProperty(window, "network", {
  configurable: true,
  set(made) {
    Object.defineProperty(window, "network", { value: made, writable: true });
    made.once?.("afterDrawing", () => (document.documentElement.dataset.readyAfter = performance.now().toFixed(0)));
  },
});
"""


@dataclass
class Measured:
    """What one page took."""

    kilobytes: float
    ready_ms: float | None
    frames_per_second: float | None


def measured(browser: Browser, html: str, selector: str, *, unfold: bool = False) -> Measured:
    """
    Open a page and measure it.

    Parameters
    ----------
    browser
        The browser.
    html
        The page.
    selector
        Where its canvas is.
    unfold
        Unfold all groups before dragging.

    Returns
    -------
    measured
        Size, time to the first picture, frame rate; None where patience ended.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1440, "height": 860})
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(CATCH_FIRST_DRAWING)
        size = path.stat().st_size / 1000
        try:
            return Measured(size, *_timed(page, path, selector, unfold=unfold))
        except Error:
            return Measured(size, None, None)
        finally:
            page.close()


def _timed(page: Page, path: Path, selector: str, *, unfold: bool) -> tuple[float, float]:
    page.goto(path.as_uri(), timeout=PATIENCE_MS)
    page.locator("html[data-ready-after]").wait_for(state="attached", timeout=PATIENCE_MS)
    ready = float(page.get_attribute("html", "data-ready-after") or "nan")
    if unfold:
        page.evaluate("() => { const { folded } = partnet.state; for (const group of [...folded]) partnet.unfold(group); }")
    return ready, float(page.evaluate(DRAG, selector))


def plain_pyvis(review: Review) -> str:
    """
    Draw a review with stock pyvis, physics on, as its own examples do.

    Parameters
    ----------
    review
        The review.

    Returns
    -------
    html
        Its page, everything inline.
    """
    network = PartnershipMap(review).to_pyvis()
    network.toggle_physics(status=True)
    return str(network.generate_html())


def line(name: str, took: Measured) -> str:
    """
    Write a line of the table.

    Parameters
    ----------
    name
        What was measured.
    took
        What it took.

    Returns
    -------
    line
        Markdown.
    """
    ready = "–" if took.ready_ms is None else f"{took.ready_ms / 1000:.2f}"
    frames = "–" if took.frames_per_second is None else f"{took.frames_per_second:.0f}"
    return f"| {name} | {took.kilobytes:.0f} | {ready} | {frames} |"


def tell(text: str) -> None:
    """
    Print a line at once.

    Parameters
    ----------
    text
        The line.
    """
    print(text, flush=True)  # noqa: T201 (a benchmark speaks to the terminal)


def main(sizes: Sequence[int], *, plain_up_to: int = PLAIN_UP_TO) -> None:
    """
    Print the table.

    Parameters
    ----------
    sizes
        The numbers of actors.
    plain_up_to
        The number of actors up to which plain pyvis is measured too.
    """
    tell("| map | kB | ready (s) | frames per second |\n|---|---|---|---|")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for size in sizes:
            review = made_review(size)
            start = time.perf_counter()
            scene(review, "fr")
            laid_out = time.perf_counter() - start
            html = map_html(review, "fr")
            tell(line(f"{size} actors (laid out in {laid_out:.1f} s)", measured(browser, html, "#map canvas")))
            if size > 1500:  # noqa: PLR2004 (it opens folded)
                unfolded = measured(browser, html, "#map canvas", unfold=True)
                tell(line(f"{size} actors, all unfolded", unfolded))
            if size <= plain_up_to:
                plain = measured(browser, plain_pyvis(review), "#mynetwork canvas")
                tell(line(f"{size} actors, plain pyvis", plain))
        browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
