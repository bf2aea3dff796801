"""What a command loads before it works: a person waits for it every time."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "data" / "raw"

TABLES = {"numpy", "pandas", "pandera", "pydantic"}
ENGINES = {"igraph", "networkx", "scipy"}
DRAWING = {"matplotlib", "pyvis", "docx", "typst", "jinja2"}


def loaded(*arguments: object) -> set[str]:
    """Run a command in a process of its own and ask which heavy libraries it loaded."""
    code = (
        "import sys\n"
        f"sys.argv = ['partnet', *{[str(argument) for argument in arguments]!r}]\n"
        "from partnet_analysis import cli\n"
        "try:\n    cli.main()\nexcept SystemExit:\n    pass\n"
        f"print(*({(TABLES | ENGINES | DRAWING)!r} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["review", "--help"], ["explain", "PN011"]])
def test_asking_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(*arguments) == set()


@pytest.mark.parametrize("command", ["check", "names"])
def test_reading_loads_no_engine_and_nothing_that_draws(command: str) -> None:
    assert loaded(command, EXAMPLE).isdisjoint(ENGINES | DRAWING)


def test_writing_tables_loads_no_engine_and_nothing_that_draws(tmp_path: Path) -> None:
    assert loaded("build", EXAMPLE, "-o", tmp_path / "out").isdisjoint(ENGINES | DRAWING)
    assert loaded("verify", tmp_path / "out") == set()


def test_first_files_load_no_engine_and_nothing_that_draws(tmp_path: Path) -> None:
    assert loaded("init", tmp_path / "new").isdisjoint(ENGINES | DRAWING)


def test_the_watch_loads_nothing_that_writes_documents() -> None:
    # igraph loads matplotlib by itself where it finds it.
    assert loaded("watch", EXAMPLE).isdisjoint(DRAWING - {"matplotlib"})


def test_export_loads_no_map(tmp_path: Path) -> None:
    assert "pyvis" not in loaded("export", EXAMPLE, "-o", tmp_path / "out", "--format", "graphml")
