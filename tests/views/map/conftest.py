"""Maps in a real browser: Debian's Chromium, driven by playwright, offline."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Browser

from benchmarks.chromium import Opened, Opener
from benchmarks.made_review import made_review, review_of
from partnet_analysis.annual import Review
from partnet_analysis.records.tables import Records
from partnet_analysis.views.map.partnership_map import map_html


@pytest.fixture(scope="session")
def review() -> Review:
    return made_review(73)


@pytest.fixture(scope="session")
def hostile(review: Review) -> Review:
    """Names, sectors, ids, series and themes that try to be code, and a title that does too."""
    records = review.records
    code = '<img src=x onerror="window.ran=1">'
    names = {
        0: f"{code}&<b>gras</b>",
        1: "</script><script>window.ran=2</script>",
        2: '=HYPERLINK("http://evil")',
        3: "\u2028\x07",
    }
    name = pd.Series(records.actors["name"]).where(~records.actors.index.isin(names), records.actors.index.map(names))
    sector = records.actors["sector"].replace({"Santé": "</style><script>window.ran=3</script>"})
    new_id = {"a00010": "<b onmouseover='window.ran=4'>\"a\"</b>"}
    records = replace(
        records,
        actors=records.actors.assign(
            name=name.astype("str"), sector=sector, actor_id=records.actors["actor_id"].replace(new_id)
        ),
        meetings=records.meetings.assign(
            series=records.meetings["series"].replace({"Groupe 1": code}), theme=code, title=code
        ),
        attendance=records.attendance.assign(actor_id=records.attendance["actor_id"].replace(new_id)),
        contacts=records.contacts.assign(
            source_id=records.contacts["source_id"].replace(new_id), target_id=records.contacts["target_id"].replace(new_id)
        ),
    )
    records = Records.from_tables(records.actors, records.meetings, records.attendance, records.contacts)
    return review_of(records, review.period, name=f"Partenariat <script>window.ran=5</script> {code}", note=f'"{code}"')


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("maps")


@pytest.fixture
def open_html(browser: Browser, folder: Path) -> Iterator[Opener]:
    """Open pages offline; at the end none may have complained."""
    pages: list[Opened] = []

    def opened(html: str, *, width: int = 1440, height: int = 860, **context: Any) -> Opened:  # noqa: ANN401 (playwright's own)
        path = folder / f"map-{len(list(folder.iterdir()))}.html"
        path.write_text(html, encoding="utf-8")
        made = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", accept_downloads=True, **context
        )
        made.set_offline(True)
        result = Opened(made.new_page())
        result.page.on("request", lambda request: result.requests.append(request.url))
        result.page.on("pageerror", lambda error: result.complaints.append(str(error)))
        result.page.on("console", lambda line: result.complaints.append(line.text) if line.type == "error" else None)
        result.page.goto(path.as_uri())
        result.page.locator('html[data-ready="1"]').wait_for(state="attached")
        pages.append(result)
        return result

    yield opened
    for page in pages:
        assert page.complaints == []
        page.page.context.close()


@pytest.fixture(scope="session")
def html(review: Review) -> str:
    return map_html(review, "fr")


@pytest.fixture
def opened(open_html: Opener, html: str) -> Opened:
    return open_html(html)
