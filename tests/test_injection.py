"""Names are data everywhere: in no output does one act, in none does one go missing."""

import csv
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from playwright.sync_api import Browser

from benchmarks.hostile import NAMES, hostile_records, hostile_review, hostile_texts, visible
from partnet_analysis import cli
from partnet_analysis import names as words
from partnet_analysis.annual import Review
from partnet_analysis.formats import export_files
from partnet_analysis.privacy.document import public_files
from partnet_analysis.privacy.keys import Key
from partnet_analysis.views.outputs import map_files, measure_files
from partnet_analysis.views.report import report_forms
from tests.privacy.planted import unpacked

Files = dict[str, bytes]

SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def review() -> Review:
    return hostile_review()


@pytest.fixture(scope="module")
def files(review: Review) -> Files:
    return every_output(review)


def every_output(review: Review) -> Files:
    """Write every output that a review becomes, the public edition included."""
    public = public_files(review, Key(b"an example that is no secret at all"), "fr")
    forms = {f"review.{form}": content for form, content in report_forms(review, "fr", texts=hostile_texts()).items()}
    return map_files(review, "fr") | forms | measure_files(review, "fr") | export_files(review.network) | public


def pages(files: Files) -> dict[str, str]:
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


# ---- pages, as text


class Tags(HTMLParser):
    """Collects what a page's own markup holds that could act."""

    def __init__(self) -> None:
        super().__init__()
        self.first_policy: str | None = None
        self.before_policy: list[str] = []
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.first_policy = self.first_policy or given.get("content")
        elif self.first_policy is None:
            self.before_policy.append(tag)
        self.handlers += [name for name in given if name.startswith("on")]
        self.addresses += [given[name] or "" for name in ("src", "href", "action", "data", "srcset") if name in given]
        if given.get("srcdoc"):
            self.inside.append(given["srcdoc"] or "")


def tags_of(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    tags.close()
    return tags


def test_every_page_opens_with_a_policy_that_allows_nothing_from_elsewhere(files: Files) -> None:
    for name, page in pages(files).items():
        tags = tags_of(page)

        assert tags.first_policy, name
        rules = dict(rule.strip().split(" ", 1) for rule in tags.first_policy.split(";"))
        assert rules["default-src"] == "'none'", name
        assert "unsafe" not in tags.first_policy, name
        assert "http" not in tags.first_policy, name
        assert set(tags.before_policy) <= {"html", "head", "meta"}, name


def test_no_page_has_a_handler_in_its_markup_or_an_address_elsewhere(files: Files) -> None:
    for name, page in pages(files).items():
        tags = tags_of(page)
        for part in (tags, *map(tags_of, tags.inside)):
            assert part.handlers == [], name
            assert [at for at in part.addresses if not at.startswith(("#", "data:image/"))] in ([], ["map.html"]), name


def test_no_page_holds_a_control_character_outside_its_data(files: Files) -> None:
    for name, page in pages(files).items():
        outside = re.sub(r'<script.*?</script>|srcdoc="[^"]*"', "", page, flags=re.DOTALL)
        found = set(outside) & {chr(code) for code in (*range(9), *range(14, 32), *range(0x202A, 0x202F))}

        assert found == set(), name


def test_the_services_own_texts_are_words(files: Files) -> None:
    page = re.sub(r'srcdoc="[^"]*"', "", files["review.html"].decode())

    assert page.count("&lt;/h3&gt;&lt;script&gt;") == 4
    assert page.count("&lt;iframe src=") >= 4
    assert "<iframe src" not in page
    assert "{{ 7 * 7 }}" in page


# ---- pages, in a browser


@dataclass
class Watched:
    """What a page did while it was open."""

    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


POKE = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const type of ["mouseover", "focus", "load", "error", "toggle", "click"])
    for (const element of document.querySelectorAll("main *, body > *"))
      if (!element.closest("button, a, summary, input, select, iframe")) element.dispatchEvent(new Event(type));
}"""


def opened(browser: Browser, path: Path) -> tuple[Any, Watched]:
    context = browser.new_context()
    context.set_offline(True)
    watched = Watched()
    page = context.new_page()
    page.on("request", lambda request: watched.requests.append(request.url))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    page.on("console", lambda line: watched.complaints.append(line.text) if line.type == "error" else None)

    def dismiss(dialog: Any) -> None:  # noqa: ANN401 (playwright's own)
        watched.dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(path.as_uri())
    return page, watched


@pytest.mark.browser
@pytest.mark.parametrize("name", ["map.html", "review.html", "public-map.html", "public-review-2024.html"])
def test_no_name_runs_or_asks_for_anything_in_a_browser(browser: Browser, files: Files, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(files[name])

    assert acted(browser, path) == []


def acted(browser: Browser, path: Path) -> list[str]:
    """Open a page, poke everything in it, and list what a name did that no name should: run, ask, open, complain."""
    page, watched = opened(browser, path)
    page.evaluate(POKE)
    page.wait_for_timeout(500)
    ran = [f"ran in {frame.url[:40]}" for frame in page.frames if frame.evaluate("() => window.ran ?? 0")]
    asked = [url for url in watched.requests if not url.startswith(("data:", "blob:", "about:"))]
    page.context.close()
    return [*ran, *(url for url in asked if url != path.as_uri()), *watched.dialogs, *watched.complaints]


@pytest.mark.browser
def test_every_name_stands_in_the_maps_table_as_it_is(browser: Browser, files: Files, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    path.write_bytes(files["map.html"])

    page, _ = opened(browser, path)
    page.locator('html[data-ready="1"]').wait_for(state="attached")
    page.click("#show-table")
    shown = page.evaluate('() => [...document.querySelectorAll("#table tbody th")].map((cell) => cell.textContent)')

    assert sorted(map(visible, shown)) == sorted(map(visible, NAMES))
    page.context.close()


# ---- tables


def test_no_cell_of_a_csv_starts_a_formula_and_no_actor_is_missing(files: Files) -> None:
    for name in ("centrality.csv", "solicitation.csv", "isolation.csv", "gephi-nodes.csv"):
        rows = list(csv.reader(io.StringIO(files[name].decode())))

        assert len(rows) == 1 + len(NAMES), name
        assert {len(row) for row in rows} == {len(rows[0])}, name
        cells = [cell for row in rows[1:] for cell in row if not re.fullmatch(r"-?[\d.e+-]+", cell)]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == [], name


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_no_csv_becomes_a_formula_in_libreoffice(files: Files, tmp_path: Path) -> None:
    assert formulas_in_libreoffice(files, tmp_path) == []


def formulas_in_libreoffice(files: Files, folder: Path) -> list[str]:
    """Open every CSV file in LibreOffice and list the cells that became formulas."""
    assert SOFFICE is not None, "LibreOffice is not installed"
    tables = [name for name in files if name.endswith(".csv")]
    for name in tables:
        (folder / name).write_bytes(files[name])
    # Comma, double quote, UTF-8, from the first line, and "evaluate formulas" on, as a hurried hand would have it.
    reader = "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true"
    home = f"-env:UserInstallation=file://{folder}/home"
    command = [SOFFICE, home, "--headless", reader, "--convert-to", "xlsx", "--outdir", str(folder), *tables]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    found = []
    for name in tables:
        sheet = openpyxl.load_workbook(folder / name.replace(".csv", ".xlsx")).worksheets[0]
        found += [f"{name}: {cell.value}" for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return found


def test_no_workbook_or_document_holds_a_formula_a_link_or_a_macro(files: Files) -> None:
    for name in [name for name in files if name.endswith((".xlsx", ".docx"))]:
        with zipfile.ZipFile(io.BytesIO(files[name])) as packed:
            parts = {part: packed.read(part).decode("utf-8", errors="replace") for part in packed.namelist()}

        assert [part for part in parts if "vba" in part.lower() or "external" in part.lower()] == [], name
        assert [part for part, text in parts.items() if 'TargetMode="External"' in text] == [], name
        assert [part for part, text in parts.items() if re.search(r"<f[ >]|<w:fldSimple", text)] == [], name


def test_no_pdf_holds_a_script_a_link_or_an_attachment(files: Files) -> None:
    for name in [name for name in files if name.endswith(".pdf")]:
        objects = "\n".join(unpacked(files[name]))

        found = re.findall(r"/(?:JavaScript|JS|Launch|URI|SubmitForm|GoToR|EmbeddedFile|OpenAction|AA)\b", objects)
        assert found == [], name


# ---- graphs


@pytest.mark.parametrize("name", ["network.graphml", "network.gexf"])
def test_graph_files_are_plain_xml_that_holds_every_name(files: Files, name: str) -> None:
    text = files[name].decode()
    root = ET.fromstring(text)  # noqa: S314 (our own file, checked for entities in the next line)
    nodes = root.findall(".//{*}node")

    assert "<!" not in text
    assert len(nodes) == len({node.attrib["id"] for node in nodes}) == len(NAMES)
    labels = [node.attrib.get("label") or "".join(node.itertext()) for node in nodes]
    assert all(any(visible(wanted)[:40] in visible(label) for label in labels) for wanted in NAMES if visible(wanted))


def test_json_files_are_json(files: Files) -> None:
    for name in [name for name in files if name.endswith(".json")]:
        json.loads(files[name])


# ---- file names and the terminal


def test_no_file_bears_a_name_that_somebody_typed(files: Files) -> None:
    assert [name for name in files if not re.fullmatch(r"[a-z0-9_-]+\.[a-z]+", name)] == []


def test_no_name_drives_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    records = hostile_records()
    for table in words.TABLES:
        getattr(records, table)[list(words.COLUMNS[table])].to_csv(raw / f"{table}.csv", index=False)
    # Faulty rows are where names are repeated to the person.
    faults = "".join(f'"{name.replace(chr(34), chr(34) * 2)}",someone,"{name[:1]}"\n' for name in NAMES if "\0" not in name)
    (raw / "attendance.csv").write_text(f"meeting_id,actor_id,status\n{faults}", encoding="utf-8", newline="")
    with suppress(OSError):  # Windows refuses such names by itself
        (raw / "\x1b[31mclub\x07.csv").write_text("actor_id,name\n=1,=2\n")

    for command in ("check", "review"):
        where = [] if command == "check" else ["-o", str(tmp_path / "out")]
        monkeypatch.setattr(sys, "argv", ["partnet", command, str(raw), *where, "--lang", "en"])
        with pytest.raises(SystemExit):
            cli.main()
        said = "".join(capsys.readouterr())
        assert len(said) > 1000
        assert [sign for sign in set(said) if not sign.isprintable() and sign not in "\n\u202f\u00a0"] == []


def test_no_name_decides_where_files_are_written(files: Files) -> None:
    assert not any(set(name) & set("/\\:") or name.startswith(".") for name in files)
