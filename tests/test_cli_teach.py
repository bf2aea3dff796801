"""`partnet teach`: a folder as people write it, what it asks, what it writes, and what is then read."""

import io
import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from partnet_analysis import names
from partnet_analysis.cli import command_line, speech, teaching
from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder

LIST = "Nom;Structure;Signature\nAnne Bruneteau;MJC;x\nJean Morvan;CCAS;\n"
UNCLEAR = "Nom;Structure;Niveau atteint\nAnne Bruneteau;MJC;a\nJean Morvan;CCAS;b\n"
LOG = "Date;Structure;Moyen;Objet\n14/03/2025;MJC;appel;Point\n15/03/2025;CCAS;mail;Point\n"
GRID = "Structure;05/03/2024;06/04/2024\nMJC;P;P\nCCAS;P;ob\nRégie;P;E\n"
SHORT = "Structure;12 mars;14 avril\nMJC;P;P\nCCAS;P;E\n"
SETTINGS = """\
# Notre partenariat
[partnership]   # la ville
name = "Forez"

# Les exports
[[sources]]  # de l'outil
file = "*.dat"
skip = true  # rien d'utile
"""

Teach = Callable[..., Result]


@pytest.fixture
def teach(tmp_path: Path) -> Teach:
    """Put files into a folder and teach with answers, from a file or, where they are lines, typed in."""

    def run(files: Mapping[str, str], answers: Mapping[str, str] | None = None, *words: str, language: str = "fr") -> Result:
        raw = _folder(tmp_path, files)
        words = ("teach", str(raw), *words)
        if answers is not None:
            given = tmp_path / "answers.toml"
            given.write_text(
                "".join(f"{json.dumps(key)} = {json.dumps(said)}\n" for key, said in answers.items()), encoding="utf-8"
            )
            words = (*words, "--answers", str(given))
        return CliRunner().invoke(command_line(language), words, standalone_mode=False)

    return run


@pytest.fixture
def xlsx() -> Callable[[Mapping[str, list[list[str]]]], bytes]:
    """Write sheets of rows as a workbook."""

    def write(sheets: Mapping[str, list[list[str]]]) -> bytes:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            page = book.create_sheet(name)
            for row in rows:
                page.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    return write


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Teach:
    """Put files into a folder and type the answers."""
    monkeypatch.setattr(teaching, "can_ask", lambda: True)

    def run(files: Mapping[str, str], typed: str, language: str = "fr") -> Result:
        raw = _folder(tmp_path, files)
        return CliRunner().invoke(command_line(language), ["teach", str(raw)], input=typed, standalone_mode=False)

    return run


def _folder(home: Path, files: Mapping[str, str]) -> Path:
    raw = home / "raw"
    raw.mkdir(exist_ok=True)
    for name, text in files.items():
        (raw / name).write_text(text, encoding="utf-8")
    return raw


def _read(home: Path) -> Reading:
    return read_folder(home / "raw", Config.load(home / "raw"))


def _settings(home: Path) -> str:
    return (home / "raw" / "partnet.toml").read_text(encoding="utf-8")


def _statuses(reading: Reading) -> list[tuple[str, str, str]]:
    table = reading.records.attendance.merge(reading.records.meetings[["meeting_id", "day"]])
    return sorted(zip(table["day"].dt.strftime("%Y-%m-%d"), table["actor_id"], table["status"], strict=True))


def test_the_day_of_a_list_is_decided(teach: Teach, tmp_path: Path) -> None:
    done = teach({"emargement.csv": LIST}, {"emargement.csv › day": "05/03/2024"})

    assert done.return_value == 0
    assert 'constants = {day = "2024-03-05"}' in done.stdout
    assert _statuses(_read(tmp_path)) == [
        ("2024-03-05", "anne-bruneteau", "present"),
        ("2024-03-05", "jean-morvan", "absent"),
    ]


def test_what_a_list_is_of_is_decided(teach: Teach, tmp_path: Path) -> None:
    name = "Présences 5 mars 2024.csv"
    answers = {f"{name} › list_of": "invitation_list", f"{name} › column › Niveau atteint": "remark"}

    done = teach({name: UNCLEAR}, answers)

    assert done.return_value == 0
    assert {status for _, _, status in _statuses(_read(tmp_path))} == {"unknown"}
    assert _read(tmp_path).records.attendance["invited"].all()


@pytest.mark.parametrize(
    ("answer", "statuses"), [("sign_in_sheet", {"present"}), ("invitation_list", {"unknown"}), ("directory", set())]
)
def test_of_two_readings_one_is_decided(teach: Teach, tmp_path: Path, answer: str, statuses: set[str]) -> None:
    text = "Nom;Structure;Email\nAnne Bruneteau;MJC;a@x.fr\nJean Morvan;CCAS;b@x.fr\n"

    listed = teach({"5 mars 2024.csv": text}, None, "--list", "--json")
    done = teach({"5 mars 2024.csv": text}, {"5 mars 2024.csv › layout": answer})

    (question,) = json.loads(listed.stdout)
    assert {"sign_in_sheet", "invitation_list", "directory", "skip", "later"} <= set(question["choices"])
    assert done.return_value == 0
    assert {status for _, _, status in _statuses(_read(tmp_path))} == statuses


def test_sheets_of_a_workbook_are_asked_for_their_days_and_once_for_a_word(
    teach: Teach, tmp_path: Path, xlsx: Callable[..., bytes]
) -> None:
    sheet = [["Nom", "Structure", "Présence"], ["Anne Bruneteau", "MJC", "P"], ["Jean Morvan", "CCAS", "zz"]]
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "gt.xlsx").write_bytes(xlsx({"un": sheet, "deux": sheet}))

    days = {"gt.xlsx › un › day": "05/03/2024", "gt.xlsx › deux › day": "06/04/2024"}
    first = teach({}, days)
    done = teach({}, {"gt.xlsx › status › zz": "excused"})

    assert (first.return_value, done.return_value) == (1, 0)
    assert _statuses(_read(tmp_path)) == [
        ("2024-03-05", "anne-bruneteau", "present"),
        ("2024-03-05", "jean-morvan", "excused"),
        ("2024-04-06", "anne-bruneteau", "present"),
        ("2024-04-06", "jean-morvan", "excused"),
    ]


def test_a_list_may_be_a_directory(teach: Teach, tmp_path: Path) -> None:
    teach({"Présences 5 mars 2024.csv": UNCLEAR}, {"Présences 5 mars 2024.csv › list_of": "directory"})

    assert len(_read(tmp_path).records.meetings) == 0


def test_who_called_is_decided(teach: Teach, tmp_path: Path) -> None:
    done = teach({"journal.csv": LOG}, {"journal.csv › caller": "Service Vie locale"})

    contacts = _read(tmp_path).records.contacts
    assert done.return_value == 0
    assert set(contacts["source_id"]) == {"service-vie-locale"}
    assert len(contacts) == 2


def test_the_coordinator_is_the_caller_by_default(ask: Teach, tmp_path: Path) -> None:
    actors = "actor_id,name,kind,is_coordinator\nville,Ville,organisation,true\nmjc,MJC,organisation,false\n"

    done = ask({"journal.csv": LOG, "actors.csv": actors}, "\n")

    assert done.return_value == 0
    assert tomllib.loads(_settings(tmp_path))["sources"][0]["constants"] == {"source_id": "Ville"}
    assert set(_read(tmp_path).records.contacts["source_id"]) == {"ville"}


def test_an_unknown_word_is_decided(teach: Teach, tmp_path: Path) -> None:
    done = teach({"grille.csv": GRID}, {"grille.csv › status › ob": "excused"})

    assert done.return_value == 0
    assert ("2024-04-06", "ccas", "excused") in _statuses(_read(tmp_path))
    assert len(_read(tmp_path).ledger.rejects) == 0


def test_the_year_of_headers_is_decided(teach: Teach, tmp_path: Path) -> None:
    done = teach({"grille.csv": SHORT}, {"grille.csv › year": "2023"})

    assert done.return_value == 0
    assert {day for day, _, _ in _statuses(_read(tmp_path))} == {"2023-03-12", "2023-04-14"}


def test_a_column_may_say_who_came(teach: Teach, tmp_path: Path) -> None:
    text = "Date;Réunion;Structure;Kikavenu\n05/03/2024;GT;MJC;P\n05/03/2024;GT;CCAS;A\n"

    done = teach({"gt.csv": text}, {"gt.csv › list_of": "status:Kikavenu"})

    assert done.return_value == 0
    assert _statuses(_read(tmp_path)) == [("2024-03-05", "ccas", "absent"), ("2024-03-05", "mjc", "present")]


def test_what_a_column_is_decides_how_it_is_read(teach: Teach, tmp_path: Path) -> None:
    text = "Date;Réunion;Structure;Kikadi;Statut\n05/03/2024;GT;MJC;Anne Bruneteau;P\n05/03/2024;GT;CCAS;Jean Morvan;A\n"

    done = teach({"gt.csv": text}, {"gt.csv › column › Kikadi": "person"})

    assert done.return_value == 0
    assert {actor for _, actor, _ in _statuses(_read(tmp_path))} == {"anne-bruneteau", "jean-morvan"}


@pytest.mark.parametrize(("answer", "day"), [("month_first", "2024-03-05"), ("day_first", "2024-05-03")])
def test_the_order_of_days_is_decided(teach: Teach, tmp_path: Path, answer: str, day: str) -> None:
    text = "Date;Réunion;Structure;Statut\n03/05/2024;GT;MJC;P\n03/15/2024;GT;MJC;P\n03/05/2024;GT;CCAS;P\n"

    done = teach({"gt.csv": text}, {"gt.csv › day_order": answer})

    assert done.return_value == 0
    assert day in {found for found, _, _ in _statuses(_read(tmp_path))}


def test_the_time_zone_is_decided(teach: Teach, tmp_path: Path) -> None:
    moments = "DTSTART:20240305T220000Z\nDTEND:20240305T230000Z\nATTENDEE;CN=Anne:mailto:a@x.fr\n"
    event = f"BEGIN:VEVENT\nUID:1\nSUMMARY:GT\n{moments}END:VEVENT\n"
    calendar = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{event}END:VCALENDAR\n"

    done = teach({"agenda.ics": calendar}, {"time_zone": "Indian/Reunion"})

    assert done.return_value == 0
    assert tomllib.loads(_settings(tmp_path))["partnership"] == {"time_zone": "Indian/Reunion"}
    assert _read(tmp_path).records.meetings["day"].dt.strftime("%Y-%m-%d").to_list() == ["2024-03-06"]


def test_a_sheet_can_be_left_aside(teach: Teach, tmp_path: Path) -> None:
    done = teach({"emargement.csv": LIST, "grille.csv": GRID.replace("ob", "A")}, {"emargement.csv › day": "skip"})

    assert done.return_value == 0
    assert set(_read(tmp_path).ledger.ignored["code"]) >= {"PN065"}


def test_what_stands_in_the_file_stays(teach: Teach, tmp_path: Path) -> None:
    teach({"partnet.toml": SETTINGS, "grille.csv": GRID, "emargement.csv": LIST}, {"grille.csv › status › ob": "absent"})

    written = _settings(tmp_path)
    assert written.startswith(SETTINGS.rstrip("\n"))
    assert tomllib.loads(written)["sources"][1:] == [{"file": "grille.csv", "statuses": {"ob": "absent"}}]


def test_the_mark_at_the_start_of_a_file_stays(teach: Teach, tmp_path: Path) -> None:
    teach({"partnet.toml": f"\ufeff{SETTINGS}", "grille.csv": GRID}, {"grille.csv › status › ob": "absent"})

    assert _settings(tmp_path).startswith("\ufeff# Notre")
    assert len(Config.load(tmp_path / "raw").sources) == 2


def test_a_broader_rule_still_holds_where_one_sheet_gets_its_own(teach: Teach, tmp_path: Path) -> None:
    broad = '# tous\n[[sources]]\nfile = "*.csv"\nstatuses = { zz = "absent" }\n'

    teach({"partnet.toml": broad, "grille.csv": GRID.replace("E", "zz")}, {"grille.csv › status › ob": "excused"})

    assert tomllib.loads(_settings(tmp_path))["sources"] == [
        {"file": "grille.csv", "statuses": {"zz": "absent", "ob": "excused"}},
        {"file": "*.csv", "statuses": {"zz": "absent"}},
    ]
    assert "# tous" in _settings(tmp_path)
    assert len(_read(tmp_path).ledger.rejects) == 0


def test_only_what_is_left_is_asked_again(teach: Teach) -> None:
    files = {"emargement.csv": LIST, "grille.csv": GRID}

    first = teach(files, {"emargement.csv › day": "05/03/2024"})
    again = teach(files, None, "--list", "--json")

    assert first.return_value == 1
    assert [question["question_id"] for question in json.loads(again.stdout)] == ["grille.csv › status › ob"]


def test_answers_that_nothing_asks_for_are_named(teach: Teach) -> None:
    done = teach({"grille.csv": GRID}, {"grille.csv › status › ob": "excused", "grille.csv › day": "skip"}, language="en")

    assert "1 answer was not used" in done.stderr
    assert "grille.csv › day" in done.stderr


def test_a_wrong_answer_writes_nothing(teach: Teach, tmp_path: Path) -> None:
    done = teach(
        {"emargement.csv": LIST, "grille.csv": GRID}, {"emargement.csv › day": "2024-03-05", "grille.csv › status › ob": "?"}
    )

    assert "PN172" in repr(done.exception)
    assert not (tmp_path / "raw" / "partnet.toml").exists()


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_answers_may_come_from_a_spreadsheet(teach: Teach, tmp_path: Path, delimiter: str) -> None:
    sheet = tmp_path / "answers.csv"
    sheet.write_text(f"question{delimiter}answer\ngrille.csv › status › ob{delimiter}absent\n", encoding="utf-8-sig")

    assert teach({"grille.csv": GRID}, None, "--answers", str(sheet)).return_value == 0
    assert ("2024-04-06", "ccas", "absent") in _statuses(_read(tmp_path))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"no toml", None])
def test_a_file_of_answers_that_cannot_be_read_is_told(teach: Teach, tmp_path: Path, content: bytes | None) -> None:
    sheet = tmp_path / "answers.toml"
    if content is not None:
        sheet.write_bytes(content)

    assert "PN171" in repr(teach({"grille.csv": GRID}, None, "--answers", str(sheet)).exception)


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_without_a_terminal_questions_are_listed_and_nothing_is_written(teach: Teach, tmp_path: Path, language: str) -> None:
    files = {"emargement.csv": LIST, "grille.csv": GRID, "journal.csv": LOG, "5 mars 2024.csv": UNCLEAR, "court.csv": SHORT}

    done = teach(files, language=language)

    assert done.return_value == 1
    assert '# "grille.csv › status › ob" = ""' in done.stdout
    assert tomllib.loads(done.stdout) == {}
    assert not (tmp_path / "raw" / "partnet.toml").exists()


def test_a_clear_folder_asks_nothing(teach: Teach, tmp_path: Path) -> None:
    done = teach({"grille.csv": GRID.replace("ob", "A")}, language="en")

    assert (done.return_value, done.stdout) == (0, "")
    assert "Nothing to ask" in done.stderr
    assert not (tmp_path / "raw" / "partnet.toml").exists()


@pytest.mark.parametrize("language", names.LANGUAGES)
def test_questions_are_asked_one_at_a_time(ask: Teach, tmp_path: Path, language: str) -> None:
    done = ask({"emargement.csv": LIST, "grille.csv": GRID}, "hier\n05/03/2024\n2\n", language)

    assert done.return_value == 0
    assert "Anne Bruneteau | MJC | x" in done.stderr
    assert "grille.csv › C3" in done.stderr
    assert _statuses(_read(tmp_path))[-1] == ("2024-04-06", "regie", "excused")
    assert ("2024-04-06", "ccas", "excused") in _statuses(_read(tmp_path))


def test_enter_leaves_open_what_has_no_default(ask: Teach, tmp_path: Path) -> None:
    done = ask({"emargement.csv": LIST}, "\n")

    assert done.return_value == 1
    assert not (tmp_path / "raw" / "partnet.toml").exists()


def test_stopping_keeps_what_was_answered(ask: Teach, tmp_path: Path) -> None:
    done = ask({"emargement.csv": LIST, "grille.csv": GRID}, "05/03/2024\nstop\n")

    assert done.return_value == 1
    assert len(tomllib.loads(_settings(tmp_path))["sources"]) == 1


@pytest.mark.parametrize("typed", ["", "05/03/2024\n", "05/03/2024\n\x1b\n"])
def test_breaking_off_leaves_the_file_as_it_was(ask: Teach, tmp_path: Path, typed: str) -> None:
    done = ask({"partnet.toml": SETTINGS, "emargement.csv": LIST, "grille.csv": GRID}, typed)

    assert repr(done.exception) == "Abort()"
    assert _settings(tmp_path) == SETTINGS
    assert sorted(path.name for path in (tmp_path / "raw").iterdir()) == ["emargement.csv", "grille.csv", "partnet.toml"]


def test_only_a_terminal_can_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    assert not speech.can_ask()
