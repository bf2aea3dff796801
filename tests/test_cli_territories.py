"""`partnet review` over a folder of territories."""

import json
import shutil
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from partnet_analysis import cli
from partnet_analysis.cli import study, territories
from partnet_analysis.cli.job import Job
from partnet_analysis.config import Config
from partnet_analysis.errors import InputError
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.assembly.territories import territory_folders

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def partnet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command line as a shell would: exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["partnet", *map(str, arguments)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        said = capsys.readouterr()
        assert isinstance(stop.value.code, int)
        return stop.value.code, said.out, said.err

    return run


def town(folder: Path, name: str = "", *, year: int = 2024) -> Path:
    """Write the records of four partners."""
    folder.mkdir(parents=True)
    actors = "".join(f"{letter},{letter.upper()},organisation\n" for letter in "abcd")
    (folder / "actors.csv").write_text(f"actor_id,name,kind\n{actors}")
    (folder / "meetings.csv").write_text(f"meeting_id,day,title\nm1,{year}-03-01,First\n")
    (folder / "attendance.csv").write_text("meeting_id,actor_id,invited,status\nm1,a,true,present\nm1,b,true,present\n")
    (folder / "contacts.csv").write_text(f"contact_id,day,source_id,target_id\nc1,{year}-04-01,a,b\n")
    (folder / "partnet.toml").write_text(f'[partnership]\nname = "{name}"\n')
    return folder


@pytest.fixture
def region(tmp_path: Path) -> Path:
    """Two towns, each with a `partnet.toml` of its own."""
    folder = tmp_path / "region"
    town(folder / "nord", "Nord")
    town(folder / "sud", "Sud")
    return folder


def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Review territories one after the other here, without drawing: processes and documents are other tests' matter."""

    def ended(jobs: dict[str, Job], _n_processes: int) -> Any:  # noqa: ANN401 (pairs of a name and what became of it)
        for key, job in jobs.items():
            yield key, territories.review_territory(job, key)

    monkeypatch.setattr(territories, "_ended", ended)
    monkeypatch.setattr(territories, "review_makers", lambda job: study.review_makers(job) if job.public else {})


def test_each_territory_gets_a_whole_review_and_all_a_comparison(partnet: Run, region: Path, tmp_path: Path) -> None:
    code, out, err = partnet("review", region, "-o", tmp_path / "out", "--lang", "en")

    assert code == cli.DONE
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "comparison.csv",
        "comparison.html",
        "comparison.xlsx",
        "manifest.json",
        "nord",
        "sud",
    }
    assert str(tmp_path / "out" / "nord") in out
    assert "2 of 2 territories" in err
    shutil.copytree(region / "nord", tmp_path / "alone")
    partnet("review", tmp_path / "alone", "-o", tmp_path / "single", "--lang", "en")
    files = {path.relative_to(tmp_path / "single") for path in (tmp_path / "single").rglob("*") if path.is_file()}
    assert files
    for file in files:
        assert (tmp_path / "out" / "nord" / file).read_bytes() == (tmp_path / "single" / file).read_bytes(), file
    for folder in ("", "nord", "sud"):
        assert partnet("verify", tmp_path / "out" / folder)[0] == cli.DONE


def test_a_territory_that_fails_is_told_and_the_others_are_done(
    partnet: Run, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    (region / "vide").mkdir()
    (region / "vide" / "partnet.toml").write_text("")

    code, _, err = partnet("review", region, "-o", tmp_path / "out", "--lang", "en")

    assert code == cli.ATTENTION
    assert "vide:" in err
    assert "PN070" in err
    page = (tmp_path / "out" / "comparison.html").read_text(encoding="utf-8")
    assert "PN070" in page
    assert str(tmp_path) not in page
    assert list(pd.read_csv(tmp_path / "out" / "comparison.csv")["territory"]) == ["nord", "sud"]


def test_nothing_produced_exits_with_two(
    partnet: Run, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)

    code, out, err = partnet("review", region, "--year", 1999, "-o", tmp_path / "out")

    assert (code, out) == (cli.NOTHING, "")
    assert err.count("PN005") == 2
    assert not (tmp_path / "out").exists()


def test_rejected_rows_ask_for_attention(
    partnet: Run, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    with (region / "sud" / "contacts.csv").open("a") as file:
        file.write("c2,31/02/2024,a,c\n")

    code, out, _ = partnet("review", region, "--json", "-o", tmp_path / "out")

    assert code == cli.ATTENTION
    assert [(one["territory"], one["n_rejected"]) for one in json.loads(out)["territories"]] == [("nord", 0), ("sud", 1)]


def test_other_periods_are_said(partnet: Run, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_this_process(monkeypatch)
    town(region / "est", "Est", year=2023)

    _, _, err = partnet("review", region, "-o", tmp_path / "out", "--lang", "en")

    assert "--year" in err


def test_a_process_that_dies_costs_the_others_nothing(region: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[list[str]] = []

    def ended(jobs: dict[str, Job], _n_processes: int) -> Any:  # noqa: ANN401 (as above)
        tried.append(sorted(jobs))
        for key, job in jobs.items():
            dead = len(jobs) > 1 or key == "sud"
            yield key, BrokenProcessPool("killed") if dead else territories.review_territory(job, key)

    in_this_process(monkeypatch)
    monkeypatch.setattr(territories, "_ended", ended)
    job = Job("fr", folder=region, out=region.parent / "out")

    reviewed = {one.key: one for one in territories._all_reviewed(job, ["nord", "sud"], lambda _: None)}  # noqa: SLF001 (a dying process cannot be had on demand)

    assert tried == [["nord", "sud"], ["nord"], ["sud"]]
    assert reviewed["nord"].failure is None
    assert reviewed["sud"].failure is not None
    assert reviewed["sud"].failure.code == "PN111"


def test_a_public_edition_is_not_compared(
    partnet: Run, region: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    monkeypatch.setenv("PARTNET_KEY", "6e1f0c7b95d24a38b1e7f3a90c5d8e42")

    partnet("review", region, "--public", "-o", tmp_path / "out")

    assert not (tmp_path / "out" / "comparison.html").exists()


def test_results_among_the_records_are_refused_before_anything_is_done(partnet: Run, region: Path) -> None:
    code, _, err = partnet("review", region, "-o", region / "out")

    assert code == cli.NOTHING
    assert "PN098" in err
    assert not (region / "out").exists()


def test_several_partnerships_are_never_read_as_one(region: Path) -> None:
    with pytest.raises(InputError) as refusal:
        read_folder(region, Config.load(region))

    assert refusal.value.code == "PN110"


def test_records_of_one_partnership_may_lie_in_several_folders(tmp_path: Path) -> None:
    folder = town(tmp_path / "town")
    for name in ("2023", "2024"):
        (folder / name).mkdir()
        (folder / name / "more.csv").write_text("contact_id,day,source_id,target_id\n")

    assert territory_folders(folder, Config.load(folder)) == ()
    assert territory_folders(tmp_path / "nowhere", Config()) == ()


def test_territories_are_those_that_the_section_names_else_all(
    region: Path, partnet: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_this_process(monkeypatch)
    town(region / "est")
    (region / ".hidden").mkdir()
    (region / "notes.txt").write_text("read by nobody")
    (region / "partnet.toml").write_text("[territories]\n")
    assert territory_folders(region, Config.load(region)) == ("est", "nord", "sud")

    (region / "partnet.toml").write_text('[territories]\nfolders = ["sud", "est"]\n')
    assert territory_folders(region, Config.load(region)) == ("est", "sud")
    assert "notes.txt" in partnet("review", region, "--year", 1999, "-o", tmp_path / "out")[2]


@pytest.mark.parametrize(("folders", "code"), [('["ouest"]', "PN112"), ("[]", "PN113")])
def test_territories_that_are_not_there_are_named(partnet: Run, tmp_path: Path, folders: str, code: str) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "partnet.toml").write_text(f"[territories]\nfolders = {folders}\n")

    assert code in partnet("review", folder)[2]
