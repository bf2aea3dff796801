"""The documentation site builds without a warning, holds together, and opens from the disk without any network."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from tests.browsing import opened

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = ("fr/demarrer", "fr/lire-la-carte", "fr/lire-le-bilan", "en/measures/solicitation", "en/python", "en/comparison")


class Page(HTMLParser):
    """What a page links to, what it loads, and what may be linked to in it."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.pictures_without_words: list[str] = []
        self.language = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.anchors |= {known[name] for name in ("id", "name") if name in known}
        if tag == "html":
            self.language = known.get("lang", "")
        if tag == "a" and "href" in known:
            self.links.append(known["href"])
        if tag == "link" and known.get("rel") != "canonical":
            self.loaded.append(known.get("href", ""))
        if tag in ("script", "img", "iframe", "source") and known.get("src"):
            self.loaded.append(known["src"])
        if tag == "img" and not known.get("alt"):
            self.pictures_without_words.append(known.get("src", ""))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for language, source in (("en", DOCS), ("fr", DOCS / "fr")):
        build = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-b", "html"]
        places = ["-d", str(folder / f".trees-{language}"), str(source), str(folder / language)]
        done = subprocess.run([*build, *places], capture_output=True, text=True, check=False, cwd=ROOT)
        assert (done.returncode, done.stderr) == (0, "")
    shutil.copy(DOCS / "landing.html", folder / "index.html")
    return folder


def pages(site: Path) -> Iterator[tuple[Path, Page]]:
    for path in sorted(site.rglob("*.html")):
        page = Page()
        page.feed(path.read_text(encoding="utf-8"))
        yield path, page


def is_outside(address: str) -> bool:
    return bool(re.match(r"[a-z]+:", address))


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    known = dict(pages(site))
    broken = []
    for path, page in known.items():
        for address in (*page.links, *page.loaded):
            if is_outside(address):
                continue
            file, anchor = urldefrag(address)
            target = (path.parent / unquote(file.partition("?")[0])).resolve() if file else path
            found = target.is_file() and (not anchor or target not in known or unquote(anchor) in known[target].anchors)
            broken += [] if found else [f"{path.relative_to(site)} → {address}"]

    assert len(known) > 30
    assert broken == []


def test_no_page_loads_anything_from_elsewhere_and_every_picture_has_words(site: Path) -> None:
    for path, page in pages(site):
        assert [address for address in page.loaded if is_outside(address) and not address.startswith("data:")] == [], path
        assert page.pictures_without_words == [], path


def test_every_page_says_its_language(site: Path) -> None:
    for path, page in pages(site):
        expected = "fr" if "fr" in path.relative_to(site).parts or path.parent == site else "en"
        assert page.language == expected, path


def test_every_measure_has_its_question_a_formula_a_drawing_its_limits_and_its_columns(site: Path) -> None:
    for source in sorted((DOCS / "measures").glob("*.md")):
        text = source.read_text(encoding="utf-8")
        drawings = re.findall(r"!\[[^\]]+\]\(\.\./(_static/drawn/\w+\.svg)\)", text)
        assert drawings, source
        assert all((site / "en" / drawing).is_file() for drawing in drawings)
        assert ".. autofunction:: partnet_analysis." in text, source
        assert "**Limits.**" in text, source
        assert re.search(r"\$[^$]+\$", text), source
        assert "**The question.**" in text, source


def test_french_punctuation_keeps_to_its_word() -> None:
    for source in sorted((DOCS / "fr").glob("[!_]*.md")):
        code = False
        for line in source.read_text(encoding="utf-8").splitlines():
            code ^= line.lstrip().startswith("```")
            prose = "" if code else re.sub(r"`[^`]*`|\$[^$]*\$", "x", line)
            assert not re.search(r" [;!?:»]( |$)|« ", prose), f"{source.name}: {line}"


def test_the_five_minute_start_followed_to_the_letter_ends_with_a_map(tmp_path: Path) -> None:
    page = (DOCS / "fr" / "demarrer.md").read_text(encoding="utf-8")
    (table,) = re.findall(r"```text\n(.*?)```", page, flags=re.DOTALL)
    commands = [line.strip() for line in re.findall(r"^\s+\.venv/bin/partnet .*$", page, flags=re.MULTILINE)]
    (tmp_path / "mes-releves").mkdir()
    written = "\n".join(line.strip() for line in table.strip().splitlines())
    (tmp_path / "mes-releves" / "presences.csv").write_text(written + "\n", encoding="utf-8")

    for command in commands:
        words = command.split()[1:]
        done = subprocess.run(
            [sys.executable, "-m", "partnet_analysis", *words], capture_output=True, cwd=tmp_path, check=False
        )
        assert done.returncode == 0, done.stderr.decode()

    assert [command.split()[1] for command in commands] == ["check", "review"]
    drawn = (tmp_path / "mes-resultats" / "map.html").read_text(encoding="utf-8")
    assert all(name in drawn for name in ("Centre social", "Médiathèque", "Mission locale"))
    actors = (tmp_path / "mes-resultats" / "actors.csv").read_text(encoding="utf-8")
    assert actors.count(",organisation,") == 3


@pytest.mark.browser
def test_the_site_opens_from_the_disk_without_a_request_or_a_complaint(site: Path) -> None:
    with opened(site / "index.html") as shown:
        shown.page.get_by_text("Pour le service").click()
        shown.page.wait_for_url("**/fr/index.html")
        for name in PAGES:
            shown.page.goto((site / f"{name}.html").as_uri())
            assert shown.page.locator("h1").count() == 1, name
            wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
            assert shown.run(wide) <= 1, name
        shown.page.goto((site / "fr" / "search.html").as_uri() + "?q=isolé")
        shown.page.locator("#search-results li").first.wait_for()
        assert [address for address in shown.requests if not address.startswith(("file:", "data:"))] == []
        assert shown.complaints == []


def test_the_drawings_and_the_command_line_page_are_made_not_kept() -> None:
    kept = subprocess.run(
        ["git", "ls-files", "docs/_static/drawn", "docs/_command-line.md"],  # noqa: S607 (the git that is there)
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
    )

    assert kept.stdout == ""
