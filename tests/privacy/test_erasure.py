"""A person is erased from everything that is ours, and told of where it is not."""

import csv
import io
import json
import shutil
from datetime import date
from pathlib import Path

import docx
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.config import Config
from partnet_analysis.errors import OutputError, PrivacyError
from partnet_analysis.privacy import removal as removing
from partnet_analysis.privacy.erasure import erasure_plan
from partnet_analysis.privacy.removal import Removal, carry_out, own_files
from partnet_analysis.privacy.retention import first_day_kept, retention_plan
from partnet_analysis.privacy.searching import Subject, mentions
from partnet_analysis.privacy.tables import json_without, table_without
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.store import verify, write_outputs
from partnet_analysis.views.outputs import canonical_files
from partnet_analysis.views.tables import json_bytes

Folders = tuple[Path, Path]

ACTORS = """actor_id,name,kind,organisation_id,level
clinic,Clinic,organisation,,
school,School,organisation,,
town,Town,organisation,,
p1,Hélène Petit-Roy,person,clinic,field_worker
p2,Jean Martin,person,clinic,manager
p3,Ana Lone,person,,volunteer
"""
MEETINGS = """meeting_id,day,title,convener_id
m1,2021-02-01,First,town
m2,2025-02-01,Talk with Hélène Petit-Roy,p1
m3,2025-03-01,Third,town
"""
ATTENDANCE = """meeting_id,actor_id,invited,status
m1,p2,true,present
m1,school,true,present
m2,p1,true,present
m2,p2,false,absent
m2,school,true,present
m3,p1,,excused
m3,p3,true,present
m3,school,true,present
"""
CONTACTS = """contact_id,day,source_id,target_id
c1,2025-04-01,p1,school
c2,2025-04-02,p1,clinic
c3,2025-04-03,p3,school
c4,2020-04-03,p2,school
"""


MEASURES = {
    "ties.csv": b"source_id,target_id,strength\nclinic,school,2\np3,school,1.5\nschool,town,1\n",
    "centrality.csv": b"actor_id,degree\nclinic,1\np3,1\nschool,3\ntown,1\n",
    "isolation.csv": b"actor_id,evidence\nclinic,linked with 1 partner\np3,linked with 1 partner\nschool,\ntown,\n",
    "cohesion.json": b'{\n  "density": {\n    "value": 0.5\n  }\n}\n',
}
"""Results of measures, as they are written."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("made")
    records, outputs = home / "raw", home / "out"
    records.mkdir()
    tables = {"actors": ACTORS, "meetings": MEETINGS, "attendance": ATTENDANCE, "contacts": CONTACTS}
    for name, content in tables.items():
        (records / f"{name}.csv").write_text(content, encoding="utf-8")
    (records / "aliases.csv").write_text(
        "name;same_as;decision\nMme H. Petit Roy;Hélène Petit-Roy;same\nÉcole;School;same\n", encoding="utf-8"
    )
    reading = read_folder(records, Config.load(records))
    files = canonical_files(reading.records, reading.ledger, "en") | MEASURES
    files |= {"review-2025.html": b"<p>base64 and drawn letters</p>", "figures/map.svg": b"<svg/>"}
    write_outputs(outputs, files, inputs=records, parameters={"period": "2025"})
    (outputs / "my-notes.txt").write_text("Called PETIT-ROY Helene.", encoding="utf-8")
    return home


@pytest.fixture
def folders(made: Path, tmp_path: Path) -> Folders:
    """Records in a folder, and the results of a run in another, with a document and a file of somebody else."""
    return shutil.copytree(made / "raw", tmp_path / "raw"), shutil.copytree(made / "out", tmp_path / "out")


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def actions(removal: Removal) -> dict[str, str]:
    return {f"{Path(folder).name}/{file}": action for folder, file, action, _ in removal.plan.itertuples(index=False)}


HELENE = Subject("p1", ("Hélène Petit-Roy", "Mme H. Petit Roy"))


def test_a_plan_changes_nothing(folders: Folders) -> None:
    before = [everything(folder) for folder in folders]

    erasure_plan("p1", records=folders[0], outputs=folders[1])

    assert [everything(folder) for folder in folders] == before


def test_a_plan_names_every_file_and_what_becomes_of_it(folders: Folders) -> None:
    removal = erasure_plan("p1", records=folders[0], outputs=folders[1])

    assert actions(removal) == {
        "out/actors.csv": "rewrite",
        "out/attendance.csv": "rewrite",
        "out/contacts.csv": "rewrite",
        "out/meetings.csv": "rewrite",
        "out/figures/map.svg": "remove",
        "out/review-2025.html": "remove",
        "out/my-notes.txt": "by_hand",
        "raw/actors.csv": "by_hand",
        "raw/aliases.csv": "rewrite",
        "raw/attendance.csv": "by_hand",
        "raw/contacts.csv": "by_hand",
        "raw/meetings.csv": "by_hand",
    }
    assert removal.needs_hands
    counts = {Path(folder).name + "/" + file: n for folder, file, _, n in removal.plan.itertuples(index=False)}
    assert counts["raw/attendance.csv"] == 2
    assert counts["raw/meetings.csv"] == 2
    assert pd.isna(counts["out/review-2025.html"])
    assert "Petit" not in repr(removal)


@pytest.mark.parametrize("person", ["p1", "Hélène Petit-Roy", "PETIT ROY Helene", "Mme Petit-Roy Hélène"])
def test_after_an_erasure_nothing_of_ours_names_the_person(folders: Folders, person: str) -> None:
    records, outputs = folders
    carry_out(erasure_plan(person, records=records, outputs=outputs))

    left = {name: content for name, content in everything(outputs).items() if name != "my-notes.txt"}
    assert {name: mentions(content, HELENE) for name, content in left.items()} == dict.fromkeys(left, 0)
    assert mentions((records / "aliases.csv").read_bytes(), HELENE) == 0
    assert "École" in (records / "aliases.csv").read_text(encoding="utf-8")
    assert not (outputs / "review-2025.html").exists()
    assert verify(outputs) == ()


@pytest.mark.parametrize("workplace", [".partnet-new", ".partnet-old"])
def test_what_a_killed_run_left_behind_is_forgotten_too(folders: Folders, workplace: str) -> None:
    records, outputs = folders
    left = outputs / workplace / "files" / "actors.csv"
    left.parent.mkdir(parents=True)
    shutil.copy(outputs / "actors.csv", left)
    carry_out(erasure_plan("p1", records=records, outputs=outputs))

    assert not left.exists()
    assert [path for path, content in everything(outputs).items() if mentions(content, HELENE)] == ["my-notes.txt"]


def test_what_a_kill_left_of_a_file_written_alone_is_told_of(folders: Folders) -> None:
    records, outputs = folders
    (records / ".aliases.csv.new").write_text("name;same_as\nMme H. Petit Roy;x\n", encoding="utf-8")
    (outputs / ".to_fix.xlsx.new").write_text("Hélène Petit-Roy", encoding="utf-8")
    told = actions(erasure_plan("p1", records=records, outputs=outputs))

    assert told["raw/.aliases.csv.new"] == told["out/.to_fix.xlsx.new"] == "by_hand"


def test_what_a_person_did_for_an_organisation_stays_the_organisations(folders: Folders) -> None:
    records, outputs = folders
    carry_out(erasure_plan("p1", records=records, outputs=outputs))

    attendance = [tuple(row.values()) for row in rows(outputs / "attendance.csv")]
    assert ("m2", "clinic", "true", "present") in attendance
    assert ("m3", "clinic", "", "excused") in attendance
    assert [row["contact_id"] for row in rows(outputs / "contacts.csv")] == ["c4", "c1", "c3"]
    assert rows(outputs / "contacts.csv")[1]["source_id"] == "clinic"
    titles = {row["meeting_id"]: (row["title"], row["convener_id"]) for row in rows(outputs / "meetings.csv")}
    assert titles == {"m1": ("First", "town"), "m2": ("", ""), "m3": ("Third", "town")}


def test_an_organisation_is_present_once_though_two_came(folders: Folders) -> None:
    records, outputs = folders
    carry_out(erasure_plan("p1", records=records, outputs=outputs))
    carry_out(erasure_plan("p2", records=records, outputs=outputs))

    clinic = [tuple(row.values()) for row in rows(outputs / "attendance.csv") if row["actor_id"] == "clinic"]
    assert clinic == [
        ("m1", "clinic", "true", "present"),
        ("m2", "clinic", "true", "present"),
        ("m3", "clinic", "", "excused"),
    ]


def test_organisations_measure_the_same_after_an_erasure(folders: Folders, tmp_path: Path) -> None:
    records, outputs = folders
    before = at_organisation_level(read_folder(records, Config()).records)
    carry_out(erasure_plan("p1", records=records, outputs=outputs))
    again = tmp_path / "again"
    again.mkdir()
    for name in ("actors.csv", "meetings.csv", "attendance.csv", "contacts.csv"):
        shutil.copy(outputs / name, again / name)
    after = at_organisation_level(read_folder(again, Config()).records)

    columns = ["meeting_id", "actor_id", "invited", "status"]
    pd.testing.assert_frame_equal(before.attendance[columns], after.attendance[columns])
    pd.testing.assert_frame_equal(before.contacts, after.contacts)


def test_who_came_for_nobody_goes_with_every_row(folders: Folders) -> None:
    records, outputs = folders
    carry_out(erasure_plan("Ana Lone", records=records, outputs=outputs))

    for name in ("attendance.csv", "contacts.csv", "isolation.csv", "centrality.csv", "ties.csv"):
        assert all("p3" not in row.values() for row in rows(outputs / name)), name
        assert rows(outputs / name), name


def test_a_file_of_records_that_bears_the_name_is_told_and_leaves_the_manifest(folders: Folders) -> None:
    records, outputs = folders
    (records / "jean-martin.ics").write_text("BEGIN:VCALENDAR\n")
    files = own_files(outputs)
    write_outputs(outputs, files, inputs=records, parameters={})

    removal = erasure_plan("Jean Martin", records=records, outputs=outputs)
    carry_out(removal)

    assert actions(removal)["raw/jean-martin.ics"] == "by_hand"
    assert "martin" not in (outputs / "manifest.json").read_text(encoding="utf-8").lower()


def test_nobody_of_that_name_is_an_error_and_erases_nothing(folders: Folders) -> None:
    with pytest.raises(PrivacyError) as refusal:
        erasure_plan("Nobody Anywhere", records=folders[0], outputs=folders[1])

    assert refusal.value.code == "PN104"
    assert "Nobody Anywhere" in str(refusal.value)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";"])
def test_other_spellings_are_read_from_the_alias_table_as_records_are(folders: Folders, mark: str, encoding: str) -> None:
    records, outputs = folders
    lines = ["decision,same_as,name", "same,Hélène Petit-Roy,Mme H. Petit Roy", "same,Foyer,Le foyer"]
    (records / "aliases.csv").write_text("\n".join(lines).replace(",", mark), encoding=encoding)
    (records / "minutes.txt").write_text("PETIT ROY, H., excusée", encoding="utf-8")
    removal = erasure_plan("p1", records=records, outputs=outputs)
    carry_out(removal)

    assert actions(removal)["raw/minutes.txt"] == "by_hand"
    assert (records / "aliases.csv").read_text(encoding=encoding) == "\n".join([lines[0], lines[2]]).replace(",", mark)


def test_a_person_is_found_by_a_spelling_that_the_alias_table_gives(folders: Folders) -> None:
    records, outputs = folders
    carry_out(erasure_plan("Mme H. Petit Roy", records=records, outputs=outputs))

    assert [path for path, content in everything(outputs).items() if mentions(content, HELENE)] == ["my-notes.txt"]


@pytest.mark.parametrize("decision", ["different", ""])
def test_a_name_that_was_not_said_to_be_the_persons_is_left_alone(folders: Folders, decision: str) -> None:
    records, outputs = folders
    (records / "aliases.csv").write_text(f"name;same_as;decision\nAna Lone;Jean Martin;{decision}\n", encoding="utf-8")
    before = {row["name"] for row in rows(outputs / "actors.csv")}
    carry_out(erasure_plan("p2", records=records, outputs=outputs))

    assert {row["name"] for row in rows(outputs / "actors.csv")} == before - {"Jean Martin"}


def test_a_name_that_two_share_is_refused_and_an_identifier_is_not(folders: Folders) -> None:
    records, outputs = folders
    text = (outputs / "actors.csv").read_text(encoding="utf-8")
    files = own_files(outputs) | {"actors.csv": f"{text}p9,MARTIN Jean,person,school,,,false,,,\n".encode()}
    write_outputs(outputs, files, inputs=records, parameters={})

    with pytest.raises(PrivacyError) as refusal:
        erasure_plan("Jean Martin", records=records, outputs=outputs)
    carry_out(erasure_plan("p2", records=records, outputs=outputs))

    assert refusal.value.code == "PN105"
    assert "p2, p9" in str(refusal.value)
    left = {row["actor_id"]: row["name"] for row in rows(outputs / "actors.csv")}
    assert set(left) == {"clinic", "school", "town", "p1", "p3", "p9"}
    assert left["p9"] == "MARTIN Jean"


def test_who_stands_only_in_the_records_is_told_of(folders: Folders) -> None:
    records, outputs = folders
    (records / "minutes.txt").write_bytes("Présente : Zoé Ábel".encode("cp1252"))

    removal = erasure_plan("Zoé Abel", records=records, outputs=outputs)

    assert actions(removal)["raw/minutes.txt"] == "by_hand"
    assert actions(removal)["out/review-2025.html"] == "remove"


def test_a_folder_without_results_is_searched_all_the_same(folders: Folders, tmp_path: Path) -> None:
    removal = erasure_plan("Jean Martin", records=folders[0], outputs=tmp_path / "none")
    carry_out(removal)

    assert set(actions(removal)) == {"raw/actors.csv"}
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("place", [0, 1])
def test_a_plan_that_is_out_of_date_is_not_carried_out(folders: Folders, place: int) -> None:
    removal = erasure_plan("p1", records=folders[0], outputs=folders[1])
    (folders[place] / "new.txt").write_text("new")
    before = everything(folders[1])

    with pytest.raises(PrivacyError) as refusal:
        carry_out(removal)

    assert refusal.value.code == "PN108"
    assert everything(folders[1]) == before


@pytest.mark.parametrize("operation", ["open", "replace"])
@pytest.mark.parametrize(("error", "told"), [(OSError(28, "No space left"), "No space left"), (OSError(), "OSError")])
def test_an_alias_table_that_cannot_be_written_is_told(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, operation: str, error: OSError, told: str
) -> None:
    removal = erasure_plan("p1", records=folders[0], outputs=folders[1])
    before = (folders[0] / "aliases.csv").read_bytes()

    def refuse(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(removing, "state_of", lambda *_: removal.state)
        patch.setattr(removing, "amend_outputs", lambda *_, **__: None)
        patch.setattr(Path, operation, refuse)
        with pytest.raises(OutputError) as refusal:
            carry_out(removal)

    assert refusal.value.code == "PN099"
    assert str(refusal.value).startswith(f"The system refuses access to {folders[0] / 'aliases.csv'} ({told}).")
    assert (folders[0] / "aliases.csv").read_bytes() == before
    assert not (folders[0] / ".aliases.csv.new").exists()


def test_json_forgets_too(folders: Folders) -> None:
    records, outputs = folders
    account = {"sources": [{"file": "hélène petit-roy.xlsx", "rows": 3}], "Petit-Roy Hélène": 1, "kept": 2}
    files = own_files(outputs) | {"accounting.json": json.dumps(account).encode()}
    write_outputs(outputs, files, inputs=records, parameters={})

    carry_out(erasure_plan("p1", records=records, outputs=outputs))

    assert json.loads((outputs / "accounting.json").read_bytes()) == {"sources": [{"file": "", "rows": 3}], "kept": 2}


# ---- finding a name


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Hélène Petit-Roy", 1),
        ("PETIT ROY, HELENE (excusée)", 1),
        ("hele\u0301ne_petit_roy.xlsx", 1),
        ("p1;p2", 1),
        ("p11, xp1", 0),
        ("Hélène Petit-Royer", 0),
        ("Hélène", 0),
        ("vu p1 et Hélène Petit-Roy", 2),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, n: int) -> None:
    assert Subject("p1", ("Mme Hélène Petit-Roy",)).count_in(text) == n


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_name_is_found_in_every_usual_encoding(encoding: str) -> None:
    assert mentions("a;Hélène Petit-Roy;b".encode(encoding), HELENE) == 1


def test_a_name_is_found_in_workbooks_and_documents() -> None:
    book, word = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(book) as made:
        made.add_worksheet().write_row(0, 0, ["Before", "Hélène Petit-Roy", "After"])
    document = docx.Document()
    paragraph = document.add_paragraph("Hélène Pet")
    paragraph.add_run("it-Roy")
    document.save(word)

    assert mentions(book.getvalue(), HELENE) == 1
    assert mentions(word.getvalue(), HELENE) == 1
    assert mentions(b"PK\x03\x04 H\xc3\xa9l\xc3\xa8ne Petit-Roy", HELENE) == 1


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_name_between_any_two_texts_is_found(before: str, after: str) -> None:
    assert Subject("", ("Hélène Petit-Roy",)).is_in(f"{before} Hélène Petit-Roy {after}")


# ---- retention


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2025, 11, 25), 36, date(2022, 11, 25)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2025, 1, 31), 1, date(2024, 12, 31)),
        (date(2025, 3, 31), 13, date(2024, 2, 29)),
        (date(2025, 12, 1), 12, date(2024, 12, 1)),
    ],
)
def test_months_are_counted_back_by_the_calendar(today: date, months: int, first: date) -> None:
    assert first_day_kept(today, months) == first


def test_what_is_older_than_the_retention_period_goes(folders: Folders) -> None:
    records, outputs = folders
    removal = retention_plan(records=records, outputs=outputs, today=date(2026, 1, 1))
    carry_out(removal)

    assert {file: action for file, action in actions(removal).items() if file.startswith("out")} == {
        "out/attendance.csv": "rewrite",
        "out/contacts.csv": "rewrite",
        "out/meetings.csv": "rewrite",
        **{
            f"out/{name}": "remove"
            for name in (*MEASURES, "accounting.json", "figures/map.svg", "rejects.csv", "review-2025.html")
        },
    }
    assert actions(removal)["raw/meetings.csv"] == "by_hand"
    assert removal.plan.set_index("file")["n"].dropna().to_dict() == {
        "attendance.csv": 2,
        "contacts.csv": 1,
        "meetings.csv": 1,
    }
    assert {row["meeting_id"] for row in rows(outputs / "meetings.csv")} == {"m2", "m3"}
    assert {row["meeting_id"] for row in rows(outputs / "attendance.csv")} == {"m2", "m3"}
    assert {row["contact_id"] for row in rows(outputs / "contacts.csv")} == {"c1", "c2", "c3"}
    assert set(everything(outputs)) == {
        "actors.csv",
        "meetings.csv",
        "attendance.csv",
        "contacts.csv",
        "manifest.json",
        "my-notes.txt",
    }
    assert verify(outputs) == ()


def test_a_person_known_only_from_what_goes_goes_too_and_organisations_stay(folders: Folders) -> None:
    records, outputs = folders
    carry_out(retention_plan(records=records, outputs=outputs, today=date(2025, 3, 15), months=1))

    assert {row["actor_id"] for row in rows(outputs / "actors.csv")} == {"clinic", "school", "town", "p1", "p3"}


def outputs_of(folder: Path, **tables: str) -> tuple[Path, Path]:
    """Write tables as the results of a run whose records are none."""
    (folder / "raw").mkdir()
    files = {f"{name}.csv": content.encode() for name, content in tables.items()}
    write_outputs(folder / "out", files, inputs=folder / "raw", parameters={})
    return folder / "raw", folder / "out"


def test_persons_stay_who_reached_out_were_reached_convened_came_or_joined_since(tmp_path: Path) -> None:
    persons = ("reached-out", "was-reached", "convened", "came", "joined", "gone", "joined-before")
    joined = {"joined": "2025-01-01", "joined-before": "2024-12-31"}
    actors = "actor_id,kind,joined_on\n" + "".join(f"{name},person,{joined.get(name, '')}\n" for name in persons)
    records, outputs = outputs_of(
        tmp_path,
        actors=f"{actors}club,organisation,\n",
        meetings="meeting_id,day,convener_id\nnew,2025-01-01,convened\nold,2024-12-31,gone\n",
        attendance="meeting_id,actor_id,status\nnew,came,absent\nold,gone,present\n",
        contacts="contact_id,day,source_id,target_id\n1,2025-06-01,reached-out,was-reached\n2,2024-06-01,gone,gone\n",
    )

    carry_out(retention_plan(records=records, outputs=outputs, today=date(2026, 1, 1), months=12))

    assert [row["actor_id"] for row in rows(outputs / "actors.csv")] == [*persons[:5], "club"]
    assert [row["meeting_id"] for row in rows(outputs / "attendance.csv")] == ["new"]


def test_tables_that_are_not_there_are_not_missed(tmp_path: Path) -> None:
    records, outputs = outputs_of(
        tmp_path, actors="actor_id,kind\np,person\nclub,organisation\n", attendance="meeting_id,actor_id\nm,p\n"
    )

    carry_out(retention_plan(records=records, outputs=outputs, today=date(2026, 1, 1)))

    # A meeting on no table has no day, so that nobody can tell that it is recent enough.
    assert rows(outputs / "attendance.csv") == []
    assert [row["actor_id"] for row in rows(outputs / "actors.csv")] == ["club"]
    carry_out(retention_plan(records=records, outputs=tmp_path / "none", today=date(2026, 1, 1)))


def test_the_first_day_kept_is_kept(folders: Folders) -> None:
    removal = retention_plan(records=folders[0], outputs=folders[1], today=date(2026, 2, 1), months=60)

    assert removal.plan.loc[removal.plan["action"] == "rewrite", ["file", "n"]].to_numpy().tolist() == [["contacts.csv", 1]]


def test_nothing_old_means_nothing_to_do(folders: Folders) -> None:
    removal = retention_plan(records=folders[0], outputs=folders[1], today=date(2025, 6, 1), months=120)
    before = everything(folders[1])
    carry_out(removal)

    assert removal.left is None
    assert actions(removal) == {"raw/actors.csv": "by_hand", "raw/attendance.csv": "by_hand"}
    assert everything(folders[1]) == before


def test_the_days_of_records_are_counted_and_files_without_days_named(tmp_path: Path) -> None:
    records, outputs = outputs_of(tmp_path, actors="actor_id,kind\nclub,organisation\n")
    contents = {
        "calendar.txt": "2021-12-31, 2022-01-01, 1999-01-01, 12022-01-01, 2021-31-01",
        "recent.txt": "2022-01-01",
        "register.bin": "\x00\x01",
        "partnet.toml": "[partnership]",
        "README.md": "Read me.",
        "aliases.csv": "name,same_as,decision\n",
        "old.toml": "day = 1950-01-01",
    }
    for name, content in contents.items():
        (records / name).write_text(content, encoding="utf-8")

    plan = retention_plan(records=records, outputs=outputs, today=date(2025, 1, 1)).plan

    counted = {file: None if pd.isna(n) else n for file, n in zip(plan["file"], plan["n"], strict=True)}
    assert counted == {"calendar.txt": 2, "old.toml": 1, "register.bin": None}
    assert set(plan["action"]) == {"by_hand"}
    assert list(plan.columns) == ["folder", "file", "action", "n"]


# ---- tables, cell by cell

P1 = Subject("p1", ())


@pytest.mark.parametrize(
    ("one", "other", "merged"),
    [
        ("true,absent", "false,present", "true,present"),
        ("false,present", "true,absent", "true,present"),
        (",excused", "false,unknown", ",excused"),
        ("false,unknown", ",excused", ",excused"),
        ("true,absent", ",absent", "true,absent"),
        ("false,absent", "false,absent", "false,absent"),
    ],
)
def test_the_better_status_and_the_surer_invitation_stay(one: str, other: str, merged: str) -> None:
    table = f"meeting_id,actor_id,invited,status\nm,p1,{one}\nm,clinic,{other}\nn,clinic,{other}\n".encode()

    without = table_without("attendance.csv", table, P1, "clinic").decode()

    assert without == f"meeting_id,actor_id,invited,status\nm,clinic,{merged}\nn,clinic,{other}\n"


def test_only_attendance_and_contacts_pass_to_the_organisation() -> None:
    row = b"actor_id,degree\nclinic,1\np1,2\n"

    assert table_without("centrality.csv", row, P1, "clinic") == b"actor_id,degree\nclinic,1\n"
    assert table_without("attendance.csv", b"meeting_id,actor_id,invited,status\nm,p1,,present\n", P1, "") == (
        b"meeting_id,actor_id,invited,status\n"
    )
    ties = b"source_id,target_id,n\np1,b,1\nb,p1,2\na,b,3\n"
    assert table_without("ties.csv", ties, P1, "clinic") == b"source_id,target_id,n\na,b,3\n"


@pytest.mark.parametrize("column", ["convener_id", "organisation_id", "solicitor_id", "person_id"])
def test_a_row_that_names_the_person_beside_another_stays_without_the_name(column: str) -> None:
    table = f"meeting_id,{column},title\nm,p1,One\nn,p2,Two\n".encode()

    assert table_without("meetings.csv", table, P1, "clinic").decode() == f"meeting_id,{column},title\nm,,One\nn,p2,Two\n"


def test_what_passes_between_a_person_and_the_organisation_is_no_contact() -> None:
    table = b"contact_id,source_id,target_id\n1,p1,clinic\n2,clinic,p1\n3,p1,town\n4,town,p1\n"

    assert table_without("contacts.csv", table, P1, "clinic") == (
        b"contact_id,source_id,target_id\n3,clinic,town\n4,town,clinic\n"
    )


def test_what_does_not_name_the_person_stays_byte_for_byte() -> None:
    table = 'actor_id,name\nclub,"Échecs, ""Le Roi"" ; p11"\nchorale,"Deux\r\nlignes"\n'.encode()
    figures = json_bytes({"école": [1, 2.5, None, "p11"], "b": {"c": True}}, "fr")

    assert table_without("actors.csv", table, P1, "") == table
    assert json_without(figures, P1) == figures
