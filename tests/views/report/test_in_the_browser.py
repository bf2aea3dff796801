"""The page in a real browser: accessible, silent, sortable, with the map alive inside."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from partnet_analysis.annual import Review
from partnet_analysis.views.report import report_html

pytestmark = pytest.mark.browser

SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def file(example: Review, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "review.html"
    path.write_text(report_html(example, "fr"), encoding="utf-8")
    return path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_barrier(browser: Browser, file: Path, scheme: str) -> None:
    page = browser.new_page(color_scheme="dark" if scheme == "dark" else "light", bypass_csp=True)
    page.goto(file.as_uri())
    found = Axe().run(page, context={"exclude": ["iframe"]}).response["violations"]
    page.close()

    assert [violation["id"] for violation in found if violation["impact"] in SERIOUS] == []


def test_nothing_is_fetched_and_nothing_refused(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    fetched, said = [], []
    page.on("request", lambda request: fetched.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    page.locator("details.map summary").click()
    frame = page.frame_locator("details.map iframe")
    frame.locator("canvas").first.wait_for(state="visible")
    page.close()

    assert [url for url in fetched if not url.startswith(("file:", "data:", "about:", "blob:"))] == []
    assert said == []


def test_a_phone_scrolls_down_only(browser: Browser, file: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(file.as_uri())
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()

    assert width <= 390


def test_a_table_sorts_by_its_raw_values(browser: Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(file.as_uri())
    click(page, "Partenaires rencontrés")
    table = page.locator("#table-centrality-degree tbody").first
    down = [int(value) for value in values(page)]
    click(page, "Partenaires rencontrés")
    up = [int(value) for value in values(page)]
    apart = page.locator("#table-centrality-degree tbody.apart tr").count()
    n_rows = table.locator("tr").count()
    page.close()

    assert down == sorted(down, reverse=True)
    assert up == sorted(up)
    assert (len(up), apart) == (n_rows, 2)


def click(page: Page, head: str) -> None:
    page.locator("#table-centrality-degree thead button", has_text=head).click()


def values(page: Page) -> list[str]:
    cells = page.locator("#table-centrality-degree tbody:not(.apart) tr td:nth-child(3)")
    return [str(cell.get_attribute("data-value")) for cell in cells.all()]
