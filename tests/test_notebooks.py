"""Every notebook runs from top to bottom, says the same as its paired script, and is committed without outputs."""

import functools
import re
import warnings
from contextlib import suppress
from math import ceil
from pathlib import Path
from queue import Empty
from typing import Any

import jupytext
import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from tests.browsing import opened

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
QUESTIONS = (
    *("01_load_and_check", "02_the_network_and_its_centre", "03_who_is_over_solicited", "04_who_is_isolated"),
    *("05_without_the_coordinator", "06_meetings_that_earn_their_cost", "07_the_interactive_map"),
    *("08_three_years_of_change", "09_the_annual_review", "10_your_own_measure", "11_a_large_partnership"),
)
WITHOUT_WIDGETS = {"03_who_is_over_solicited"}
"""Run as where ipywidgets is not installed; the others take it if it is there."""

WIDEST = 130
"""Characters of code that a published page shows without a scroll bar."""

THREE_COLUMNS = """\
date;réunion;structure
14/01/2025;Comité de pilotage;Centre social
14/01/2025;Comité de pilotage;Médiathèque
11/02/2025;Comité de pilotage;Centre social
11/02/2025;Comité de pilotage;Mission locale
"""


def stem(path: Path) -> str:
    return path.stem


by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=stem)


def read(path: Path) -> Any:  # noqa: ANN401 (nbformat's own)
    return nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)  # type: ignore[no-untyped-call]  # nbformat has no types


@functools.cache
def executed(path: Path) -> Any:  # noqa: ANN401 (nbformat's own)
    notebook = read(path)
    if path.stem in WITHOUT_WIDGETS:
        notebook.cells[1].source = "import sys\nsys.modules['ipywidgets'] = None\n" + notebook.cells[1].source
    return run(notebook, path.parent)


def run(notebook: Any, folder: Path) -> Any:  # noqa: ANN401 (nbformat's own)
    """
    Run a notebook, looking for answers each second.

    Where a cell shows a widget of ipywidgets the client sends messages while it waits, and the news of an answer can get
    lost in the sending: the answer is there, and the client sleeps until its time is out.
    """

    def look_each_second(notebook: Any) -> None:  # noqa: ANN401, ARG001 (the client names it)
        channel = client.kc.shell_channel
        once = channel.get_msg

        async def get_msg(timeout: float) -> Any:  # noqa: ANN401, ASYNC109 (the client's own)
            for _ in range(ceil(timeout)):
                with suppress(Empty):
                    return await once(timeout=1)
            raise Empty

        channel.get_msg = get_msg

    resources = {"metadata": {"path": str(folder)}}
    client: Any = NotebookClient(notebook, timeout=300, on_notebook_start=look_each_second, resources=resources)
    return client.execute()


def outputs_of(notebook: Any) -> list[Any]:  # noqa: ANN401 (nbformat's own)
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


def test_there_is_one_notebook_for_each_question() -> None:
    assert tuple(path.stem for path in NOTEBOOKS) == QUESTIONS


@by_name
def test_a_notebook_is_committed_without_outputs(path: Path) -> None:
    for cell in read(path).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@by_name
def test_a_notebook_says_the_same_as_its_script(path: Path) -> None:
    script = jupytext.read(path.with_suffix(".py"))

    assert [(cell.cell_type, cell.source) for cell in script.cells] == [
        (cell.cell_type, cell.source) for cell in read(path).cells
    ]


@by_name
def test_a_notebook_runs_and_complains_about_nothing(path: Path) -> None:
    outputs = outputs_of(executed(path))

    assert outputs
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@by_name
def test_no_line_of_code_is_wider_than_a_page(path: Path) -> None:
    lines = [line for cell in read(path).cells if cell.cell_type == "code" for line in cell.source.splitlines()]

    assert [line for line in lines if len(line) > WIDEST] == []


@pytest.mark.parametrize("path", [path for path in NOTEBOOKS if "FOLDER" in path.read_text(encoding="utf-8")], ids=stem)
def test_a_notebook_runs_on_a_file_of_three_columns(path: Path, tmp_path: Path) -> None:
    (tmp_path / "presences.csv").write_text(THREE_COLUMNS, encoding="utf-8")
    notebook = read(path)
    for cell in notebook.cells:
        cell.source = cell.source.replace('FOLDER = Path("../data/raw")', f"FOLDER = Path({str(tmp_path)!r})")

    outputs = outputs_of(run(notebook, path.parent))

    assert str(tmp_path) in notebook.cells[1].source
    assert [output.text for output in outputs if output.get("name") == "stderr"] == []


@by_name
def test_a_notebook_is_prose_first(path: Path) -> None:
    cells = read(path).cells

    assert re.match(rf"# {path.stem[:2]} · \w+", cells[0].source)
    assert sum(cell.cell_type == "markdown" for cell in cells) >= len(cells) / 4


@pytest.mark.browser
def test_the_map_works_inside_a_notebook_published_as_a_page(tmp_path: Path) -> None:
    notebook = executed(next(path for path in NOTEBOOKS if path.stem == "07_the_interactive_map"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbconvert's own, about pictures that markdown cells lack
        page, _ = HTMLExporter().from_notebook_node(notebook)  # type: ignore[no-untyped-call]  # nbconvert has no types
    (tmp_path / "map.html").write_text(page, encoding="utf-8")

    with opened(tmp_path / "map.html") as shown:
        frame = shown.page.frame_locator("iframe[srcdoc]")
        frame.locator('html[data-ready="1"]').wait_for(state="attached")
        assert "Saint-Exemple" in (frame.locator("h1").first.text_content() or "")
        assert not shown.page.locator(".pn-fallback").is_visible()
        assert [line for line in shown.complaints if "Failed to load resource" not in line] == []
