"""The command line: what it writes, says and exits with."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from partnet_analysis import cli
from tests.skips import data_set

RAW = Path(__file__).parents[1] / "data" / "raw"

REVIEW_FILES = {
    "attrition.csv",
    "expected_absent.csv",
    "load_by_month.csv",
    "load_sharing.json",
    "load_sources.csv",
    "lorenz_curve.csv",
    "moves.csv",
    "remedies.csv",
    "sectors.csv",
    "yearly_cohesion.csv",
    "stand_ins.csv",
    "sector_mixing.csv",
    "introductions.csv",
    "change.json",
    "arrival.json",
    "series_value.csv",
    "review-2025.xlsx",
    "review-2025.pdf",
    "review-2025.docx",
    "meeting_value.csv",
    "dependence.csv",
    "coordination.json",
    "calendar.csv",
    "accounting.json",
    "actors.csv",
    "attendance.csv",
    "centrality.csv",
    "cohesion.json",
    "contacts.csv",
    "essentials.json",
    "isolation.csv",
    "manifest.json",
    "map.html",
    "meetings.csv",
    "rejects.csv",
    "review-2025.html",
    "solicitation.csv",
    "ties.csv",
}

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


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Three partners, one meeting, one contact."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "actors.csv").write_text("actor_id,name,kind\na,A,organisation\nb,B,organisation\nc,C,organisation\n")
    (folder / "meetings.csv").write_text("meeting_id,day,title\nm1,2024-03-01,First\n")
    (folder / "attendance.csv").write_text("meeting_id,actor_id,invited,status\nm1,a,true,present\nm1,b,true,present\n")
    (folder / "contacts.csv").write_text("contact_id,day,source_id,target_id\nc1,2024-04-01,a,b\n")
    return folder


def test_review_writes_every_file_and_says_so(partnet: Run, tmp_path: Path) -> None:
    code, out, err = partnet("review", RAW, "-o", tmp_path / "out")

    assert code == cli.DONE
    assert {path.name for path in (tmp_path / "out").iterdir() if path.is_file()} == REVIEW_FILES
    drawings = {str(path) for path in (tmp_path / "out" / "figures").iterdir()}
    assert len(drawings) >= 8
    assert set(out.split()) == drawings | {str(tmp_path / "out" / name) for name in REVIEW_FILES - {"manifest.json"}}
    assert "2025" in err


def test_a_period_of_days_names_the_review(partnet: Run, small: Path, tmp_path: Path) -> None:
    code, _, _ = partnet("review", small, "--period", "2024-01-01..2024-06-30", "-o", tmp_path / "out", "--lang", "en")

    assert code == cli.DONE
    assert (tmp_path / "out" / "review-2024-01-01..2024-06-30.html").exists()


@pytest.mark.parametrize("command", ["build", "measure", "map", "report"])
def test_each_part_does_first_what_it_needs(partnet: Run, small: Path, tmp_path: Path, command: str) -> None:
    code, _, _ = partnet(command, small, "-o", tmp_path / "out")

    assert code == cli.DONE
    assert (tmp_path / "out" / "actors.csv").exists()


def test_export_writes_what_other_programs_read(partnet: Run, small: Path, tmp_path: Path) -> None:
    code, _, _ = partnet("export", small, "-o", tmp_path / "out", "--format", "graphml", "--format", "pajek")

    assert code == cli.DONE
    assert {path.name for path in (tmp_path / "out" / "export").iterdir()} == {
        "network.graphml",
        "network.net",
        "contacts.net",
    }


def test_measure_writes_what_analysts_ask_beyond_the_review(
    partnet: Run, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    code, _, err = partnet("measure", small, "-o", tmp_path / "out", "--lang", "en")

    assert code == cli.DONE
    assert "Resampling" in err
    for name in ("rank_intervals", "two_mode_actors", "brokerage", "communities", "sensitivity"):
        assert len(pd.read_csv(tmp_path / "out" / f"{name}.csv"))


def test_an_unknown_format_is_refused_with_the_known_ones(partnet: Run, small: Path) -> None:
    code, _, err = partnet("export", small, "--format", "visio")

    assert code == cli.NOTHING
    assert "graphml" in err


def test_the_partnership_says_its_language_and_its_own_words(partnet: Run, small: Path, tmp_path: Path) -> None:
    (small / "partnet.toml").write_text('[partnership]\nlanguage = "en"\n[texts]\nvoices = "voices.md"\n')
    assert "PN009" in partnet("report", small, "-o", tmp_path / "out")[2]

    (small / "voices.md").write_text("We are *few* but merry.\n")
    code, _, _ = partnet("report", small, "-o", tmp_path / "out")
    page = next((tmp_path / "out").glob("review-*.html")).read_text(encoding="utf-8")

    assert code == cli.DONE
    assert '<html lang="en"' in page
    assert "but merry." in page


def test_a_part_made_alone_leaves_what_the_same_records_made_before(partnet: Run, small: Path, tmp_path: Path) -> None:
    partnet("map", small, "-o", tmp_path / "out")
    partnet("measure", small, "-o", tmp_path / "out")
    assert (tmp_path / "out" / "map.html").exists()

    (small / "contacts.csv").write_text("contact_id,day,source_id,target_id\nc1,2024-04-01,b,a\n")
    partnet("measure", small, "-o", tmp_path / "out")

    assert not (tmp_path / "out" / "map.html").exists()
    assert partnet("verify", tmp_path / "out")[0] == cli.DONE


def test_the_map_shows_where_the_actors_are(partnet: Run, small: Path, tmp_path: Path) -> None:
    (small / "partnet.toml").write_text('[geography]\ncoordinates = "places.csv"\noutline = "town.geojson"\n')
    (small / "places.csv").write_text("actor_id;longitude;latitude\na;4.03;45.61\nb;4.05;45.62\n")
    ring = [[4.0, 45.6], [4.1, 45.6], [4.1, 45.7], [4.0, 45.6]]
    (small / "town.geojson").write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))

    code, _, _ = partnet("map", small, "-o", tmp_path / "out")
    placed = (tmp_path / "out" / "map.html").read_text(encoding="utf-8")
    (small / "partnet.toml").write_text("")
    partnet("map", small, "-o", tmp_path / "other")

    assert code == cli.DONE
    assert len(placed) > len((tmp_path / "other" / "map.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("places.csv", "actor_id,longitude\na,4.0\n"),
        ("places.csv", "actor_id,longitude,latitude\na,4,45\na,5,46\n"),
        ("town.geojson", "[]"),
        ("town.geojson", "{"),
    ],
)
def test_places_that_cannot_be_used_are_named(partnet: Run, small: Path, tmp_path: Path, file: str, content: str) -> None:
    (small / "partnet.toml").write_text('[geography]\ncoordinates = "places.csv"\noutline = "town.geojson"\n')
    (small / "places.csv").write_text("actor_id,longitude,latitude\na,4.03,45.61\n")
    (small / "town.geojson").write_text('{"type": "FeatureCollection", "features": []}')
    (small / file).write_text(content)

    code, _, err = partnet("map", small, "-o", tmp_path / "out")

    assert code == cli.NOTHING
    assert file in err


def test_check_writes_nothing_and_accounts_for_every_row(partnet: Run, small: Path) -> None:
    before = sorted(small.iterdir())
    code, out, _ = partnet("check", small, "--json")

    total = json.loads(out)["total"]
    assert code == cli.DONE
    assert total["rows"] == total["kept"] + total["rejected"] + total["ignored"] == 7
    assert sorted(small.iterdir()) == before


def test_a_rejected_row_is_named_with_its_way_out_and_exits_with_one(partnet: Run, small: Path) -> None:
    with (small / "contacts.csv").open("a") as file:
        file.write("c2,31/02/2024,a,c\n")

    code, _, err = partnet("check", small)

    assert code == cli.ATTENTION
    assert "contacts.csv" in err
    assert "31/02/2024" in err
    assert "→" in err


@pytest.mark.parametrize(("language", "words"), [("fr", "Il ne s’est rien passé"), ("en", "Nothing happened")])
def test_an_empty_period_produces_nothing_but_a_sentence(
    partnet: Run, small: Path, tmp_path: Path, language: str, words: str
) -> None:
    code, out, err = partnet("review", small, "--year", 2019, "-o", tmp_path / "out", "--lang", language)

    assert (code, out) == (cli.NOTHING, "")
    assert words in err
    assert "Traceback" not in err
    assert not (tmp_path / "out").exists()


def test_a_missing_folder_is_told(partnet: Run, tmp_path: Path) -> None:
    code, _, err = partnet("review", tmp_path / "nowhere")

    assert code == cli.NOTHING
    assert "nowhere" in err


def test_year_and_period_together_are_refused(partnet: Run, small: Path) -> None:
    code, _, err = partnet("review", small, "--year", 2024, "--period", "2024")

    assert code == cli.NOTHING
    assert "--period" in err


def test_no_command_shows_help(partnet: Run) -> None:
    code, out, err = partnet("--help")

    assert code == cli.DONE
    assert "review" in out + err


@pytest.mark.parametrize("command", sorted(cli.command_line("fr").commands))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_command_has_help_in_both_languages(partnet: Run, command: str, language: str) -> None:
    code, out, _ = partnet(command, "--help", f"--lang={language}")

    assert code == cli.DONE
    assert "--lang" in out


def test_verify_tells_what_was_changed_since(partnet: Run, small: Path, tmp_path: Path) -> None:
    partnet("build", small, "-o", tmp_path / "out")
    assert partnet("verify", tmp_path / "out")[:2] == (cli.DONE, "")

    (tmp_path / "out" / "actors.csv").write_text("touched")
    code, out, _ = partnet("verify", tmp_path / "out")

    assert code == cli.ATTENTION
    assert "actors.csv" in out


def test_explain_gives_sentence_and_way_out(partnet: Run) -> None:
    code, out, _ = partnet("explain", "pn004", "--lang", "en")

    assert code == cli.DONE
    assert "PN004" in out
    assert "→" in out


def test_explain_refuses_an_unknown_code(partnet: Run) -> None:
    assert partnet("explain", "PN000")[0] == cli.NOTHING


def test_the_version_is_said(partnet: Run) -> None:
    code, out, _ = partnet("--version")

    assert code == cli.DONE
    assert out.strip().split()[-1].count(".") == 2


def test_names_cannot_drive_the_terminal(partnet: Run, small: Path) -> None:
    (small / "contacts.csv").write_text("contact_id,day,source_id,target_id\nc1,\x1b[31mred,a,b\n")

    _, _, err = partnet("check", small)

    assert "\x1b[31mred" not in err
    assert "\\x1b" in err


@pytest.mark.parametrize(
    ("folder", "period", "n_actors"),
    [
        ("nfdi", "2019-01-01..2019-12-31", 46),
        ("invs13", None, 92),
        ("toronto", None, 28),
    ],
)
def test_real_partnerships_end_with_a_map_and_a_report(
    partnet: Run, tmp_path: Path, folder: str, period: str | None, n_actors: int
) -> None:
    code, _, _ = partnet("review", data_set(folder), *(("--period", period) if period else ()), "-o", tmp_path / "out")

    assert code in {cli.DONE, cli.ATTENTION}
    assert (tmp_path / "out" / "map.html").stat().st_size > 100_000
    assert list((tmp_path / "out").glob("review-*.html"))
    for name in ("centrality", "solicitation", "isolation"):
        assert len(pd.read_csv(tmp_path / "out" / f"{name}.csv")) == n_actors


def test_the_same_input_gives_the_same_bytes_in_any_row_order(partnet: Run, small: Path, tmp_path: Path) -> None:
    shuffled = tmp_path / "shuffled"
    shutil.copytree(small, shuffled)
    for path in shuffled.glob("*.csv"):
        header, *rows = path.read_text().splitlines()
        path.write_text("\n".join([header, *reversed(rows)]) + "\n")

    partnet("review", small, "-o", tmp_path / "one")
    partnet("review", shuffled, "-o", tmp_path / "other")

    ours = {path.name for path in (tmp_path / "one").iterdir() if path.is_file()} - {"manifest.json"}
    assert ours
    for name in ours:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_init_gives_a_folder_its_first_files_and_overwrites_nothing(partnet: Run, tmp_path: Path) -> None:
    code, out, _ = partnet("init", tmp_path / "new")

    assert code == cli.DONE
    assert str(tmp_path / "new" / "partnet.toml") in out.split("\n")
    (tmp_path / "new" / "partnet.toml").write_text("mine")
    assert partnet("init", tmp_path / "new")[0] == cli.NOTHING
    assert (tmp_path / "new" / "partnet.toml").read_text() == "mine"


def test_names_suggests_and_merges_nothing(partnet: Run, small: Path) -> None:
    with (small / "actors.csv").open("a") as file:
        file.write("d,Mission locale,organisation\ne,Mission locale du Forez,organisation\n")

    code, out, _ = partnet("names", small)

    assert code == cli.DONE
    assert "Mission locale du Forez" in out
    assert partnet("check", small, "--json")[1].count('"rows"') == 5


def test_names_writes_the_table_to_fill_in_and_keeps_what_was_decided(partnet: Run, small: Path) -> None:
    with (small / "actors.csv").open("a") as file:
        file.write("d,Mission locale,organisation\ne,Mission locale du Forez,organisation\n")
    (small / "aliases.csv").write_text("name;same_as;decision\nX;Y;different\n")

    assert partnet("names", small, "-o", small / "aliases.xlsx")[0] == cli.DONE
    assert partnet("names", small, "-o", small / "aliases.csv")[0] == cli.DONE

    book = openpyxl.load_workbook(small / "aliases.xlsx")
    assert [page["A5"].value for page in book.worksheets] == ["Mission locale", "X"]
    assert [line.split(",")[:3] for line in (small / "aliases.csv").read_text().splitlines()] == [
        ["name", "same_as", "decision"],
        ["Mission locale", "Mission locale du Forez", ""],
        ["X", "Y", "different"],
    ]
    code, out, _ = partnet("check", small, "--json")
    assert code == cli.DONE
    assert "aliases" not in out


def test_names_replaces_no_table_that_it_cannot_read_and_writes_no_other_kind(partnet: Run, small: Path) -> None:
    (small / "aliases.xlsx").write_bytes(b"mine")

    code, _, err = partnet("names", small, "-o", small / "aliases.xlsx")

    assert code == cli.NOTHING
    assert "PN184" in err
    assert (small / "aliases.xlsx").read_bytes() == b"mine"
    assert partnet("names", small, "-o", small / "aliases.ods")[0] == 2
    assert not (small / "aliases.ods").exists()


def test_faulty_rows_come_back_as_a_workbook_where_asked(partnet: Run, small: Path, tmp_path: Path) -> None:
    with (small / "contacts.csv").open("a") as file:
        file.write("c2,31/02/2024,a,c\n")

    partnet("check", small, "--to-fix", tmp_path / "fix.xlsx")
    partnet("build", small, "-o", tmp_path / "out")

    assert (tmp_path / "fix.xlsx").read_bytes()[:2] == b"PK"
    assert (tmp_path / "out" / "to_fix.xlsx").exists()


def test_the_public_edition_names_nobody(partnet: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PARTNET_KEY", raising=False)
    assert partnet("review", RAW, "--public", "-o", tmp_path / "out")[0] == cli.NOTHING

    monkeypatch.setenv("PARTNET_KEY", "0123456789abcdef" * 4)
    code, _, _ = partnet("review", RAW, "--public", "-o", tmp_path / "out")

    assert code == cli.DONE
    pages = [path.read_bytes() for path in (tmp_path / "out").iterdir() if path.is_file() and path.name != "manifest.json"]
    assert pages
    assert not any(b"Mission locale du Val" in page for page in pages)


def test_a_person_is_erased_only_with_yes(partnet: Run, small: Path, tmp_path: Path) -> None:
    partnet("build", small, "-o", tmp_path / "out")
    before = (tmp_path / "out" / "actors.csv").read_text()

    told, _, _ = partnet("forget", "A", "--raw", small, "-o", tmp_path / "out")
    assert (tmp_path / "out" / "actors.csv").read_text() == before
    done, out, _ = partnet("forget", "A", "--raw", small, "-o", tmp_path / "out", "--yes")

    assert told == done == cli.ATTENTION
    assert "actors.csv" in out
    assert "a,A," not in (tmp_path / "out" / "actors.csv").read_text()


def test_what_is_too_old_is_purged_only_with_yes(partnet: Run, small: Path, tmp_path: Path) -> None:
    partnet("build", small, "-o", tmp_path / "out")

    partnet("purge", small, "-o", tmp_path / "out", "--on", "2030-01-01")
    assert "2024-03-01" in (tmp_path / "out" / "meetings.csv").read_text()
    partnet("purge", small, "-o", tmp_path / "out", "--on", "2030-01-01", "--yes")

    assert "2024-03-01" not in (tmp_path / "out" / "meetings.csv").read_text()
    assert partnet("purge", small, "-o", tmp_path / "out", "--on", "yesterday")[0] == cli.NOTHING
