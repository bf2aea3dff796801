"""A folder of canonical CSV: read strictly, every row accounted for."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partnet_analysis import names
from partnet_analysis.config import Config
from partnet_analysis.errors import InputError
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.ledger import Ledger, explanation

_DATA = Path(__file__).parents[3].parent / "shared/data"
needs_data = pytest.mark.skipif(not _DATA.is_dir(), reason="the real data sets are not beside the project")


def _read(folder: Path, files: dict[str, str | bytes], config: Config | None = None) -> Reading:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_folder(folder, config or Config())


def _counts(reading: Reading) -> dict[str, tuple[int, ...]]:
    frame = reading.ledger.accounting.set_index("file")[["rows", "kept", "rejected", "ignored"]]
    return {str(file): tuple(int(count) for count in row) for file, row in zip(frame.index, frame.to_numpy(), strict=True)}


def _faults(frame: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(zip(frame["cell"].fillna(""), frame["value"].fillna(""), frame["code"], strict=True))


_ACTORS = "actor_id,name,kind\na,A,organisation\nb,B,organisation\n"
_MEETINGS = "meeting_id,day\nm1,2024-03-14\n"
_ATTENDANCE = "meeting_id,actor_id,status\nm1,a,present\nm1,b,absent\n"
_CONTACTS = "contact_id,day,source_id,target_id\nc1,2024-03-14,a,b\n"


@needs_data
@pytest.mark.parametrize(
    ("folder", "table", "n_records", "counts"),
    [
        ("nfdi", "contacts", 350, (350, 350, 0, 0)),
        ("invs13", "contacts", 4592, (4592, 4592, 0, 0)),
        ("toronto", "attendance", 6105, (6111, 6105, 0, 6)),
    ],
)
def test_real_data_reads_with_its_published_counts(folder: str, table: str, n_records: int, counts: tuple[int, ...]) -> None:
    reading = read_folder(_DATA / folder / "canonical", Config())

    assert len(getattr(reading.records, table)) == n_records
    assert _counts(reading)[f"{table}.csv"] == counts
    assert reading.ledger.rejects.empty


@needs_data
def test_toronto_has_five_repeats_and_one_contradiction() -> None:
    ledger = read_folder(_DATA / "toronto/canonical", Config()).ledger

    assert ledger.ignored["code"].value_counts().to_dict() == {"PN050": 5, "PN051": 1}
    assert _faults(ledger.remarks) == [("D1054", "absent", "PN043")]


@needs_data
def test_a_contact_that_differs_by_its_id_alone_stays_and_is_remarked_on() -> None:
    remarks = read_folder(_DATA / "nfdi/canonical", Config()).ledger.remarks

    assert _faults(remarks) == [("A224", "n223", "PN044")]


@needs_data
def test_the_public_health_office_has_755_ties() -> None:
    contacts = read_folder(_DATA / "invs13/canonical", Config()).records.contacts

    assert len({frozenset(pair) for pair in zip(contacts["source_id"], contacts["target_id"], strict=True)}) == 755


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", "|")]
)
def test_encodings_and_delimiters_make_no_difference(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = 'actor_id,name,kind,sector\n01,Lefèvre,person,NA\n02,École Œuvre,organisation,Null\n03,"O\'Neil ""Jo""",person,\n'

    reading = _read(tmp_path, {"actors.csv": text.replace(",", delimiter).encode(encoding)})

    assert reading.records.actors["actor_id"].to_list() == ["01", "02", "03"]
    assert reading.records.actors["name"].to_list() == ["Lefèvre", "École Œuvre", 'O\'Neil "Jo"']
    assert reading.records.actors["sector"].fillna("–").to_list() == ["NA", "Null", "–"]


def test_days_are_read_day_first(tmp_path: Path) -> None:
    meetings = "meeting_id;day\na;2024-04-03\nb;03/04/2024\nc;3.4.24\nd;mercredi 3 avril 2024\ne;2024-04-03T18:30\n"

    days = _read(tmp_path, {"meetings.csv": meetings}).records.meetings["day"]

    assert set(days) == {pd.Timestamp("2024-04-03")}
    assert len(days) == 5


def test_every_fault_of_a_row_is_told_at_its_cell(tmp_path: Path) -> None:
    meetings = "meeting_id,day,duration_hours\nm1,31/02/2025,two\nm2,soon,-1\n,2024-01-01,\nm4,2024-01-01,1\n"

    reading = _read(tmp_path, {"meetings.csv": meetings})

    assert _faults(reading.ledger.rejects) == [
        ("B2", "31/02/2025", "PN011"),
        ("C2", "two", "PN013"),
        ("B3", "soon", "PN020"),
        ("C3", "-1", "PN014"),
        ("A4", "", "PN010"),
    ]
    assert _counts(reading) == {"meetings.csv": (4, 1, 3, 0)}


def test_a_blank_line_moves_no_address(tmp_path: Path) -> None:
    reading = _read(tmp_path, {"meetings.csv": "\nmeeting_id,day\n\nm1,2024-01-01\n , \nm2,never\n"})

    assert _faults(reading.ledger.rejects) == [("B6", "never", "PN020")]
    assert _counts(reading) == {"meetings.csv": (2, 1, 1, 0)}


def test_a_quoted_line_break_counts_as_the_one_row_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    reading = _read(tmp_path, {"meetings.csv": 'meeting_id,day,title\nm1,2024-01-01,"two\nlines"\nm2,never,\n'})

    assert _faults(reading.ledger.rejects) == [("B3", "never", "PN020")]


def test_an_unknown_status_rejects_its_row_and_an_unknown_level_only_its_cell(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        {
            "actors.csv": "actor_id,name,kind,level\na,A,person,chief\nb,B,person,Élue\n",
            "meetings.csv": _MEETINGS,
            "attendance.csv": "meeting_id,actor_id,invited,status\nm1,a,perhaps,Présent(e)\nm1,b,oui,maybe\n",
        },
    )

    assert _faults(reading.ledger.rejects) == [("D3", "maybe", "PN012")]
    assert _faults(reading.ledger.remarks) == [("D2", "chief", "PN041"), ("C2", "perhaps", "PN041")]
    assert reading.records.actors["level"].fillna("–").to_list() == ["–", "elected"]
    assert reading.records.attendance["status"].to_list() == ["present"]
    assert reading.records.attendance["invited"].isna().all()


@pytest.mark.parametrize(
    ("word", "value"), [("true", True), ("OUI", True), ("1", True), ("vrai", True), ("non", False), ("0", False), ("", None)]
)
def test_yes_and_no_are_read_as_people_write_them(tmp_path: Path, word: str, *, value: bool | None) -> None:
    attendance = f"meeting_id,actor_id,invited,status\nm1,a,{word},present\n"

    invited = _read(tmp_path, {"meetings.csv": _MEETINGS, "attendance.csv": attendance}).records.attendance["invited"]

    assert (None if pd.isna(invited[0]) else bool(invited[0])) is value


def test_an_identifier_used_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        {
            "actors.csv": "actor_id,name,kind\na,A,organisation\na,A,person\na,Alpha,organisation\nb,B,person\nb,B,person\n",
            "meetings.csv": "meeting_id,day\nm1,2024-01-01\nm1,2024-01-02\n",
            "contacts.csv": _CONTACTS + "c1,2024-03-15,a,b\n",
        },
    )

    assert _faults(reading.ledger.rejects) == [
        ("A3", "a", "PN016"),
        ("A4", "a", "PN015"),
        ("A3", "c1", "PN015"),
        ("A3", "m1", "PN015"),
    ]
    assert reading.ledger.ignored["code"].to_list() == ["PN050"]
    assert "actors.csv, line 2" in str(reading.ledger.rejects["fault"][1])


def test_actors_in_impossible_roles_are_refused(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        {
            "actors.csv": (
                "actor_id,name,kind,organisation_id,joined_on,left_on\n"
                "a,A,person,,2024-02-01,2024-01-31\nb,B,person,c,,\nc,C,person,,,\nd,D,club,,,\n"
            ),
            "contacts.csv": "contact_id,day,source_id,target_id\nc1,2024-01-01,c,c\nc2,2024-01-01,c,e\n",
        },
    )

    assert _faults(reading.ledger.rejects) == [
        ("F2", "2024-01-31", "PN018"),
        ("D3", "c", "PN016"),
        ("C5", "club", "PN022"),
        ("D2", "c", "PN017"),
    ]


def test_attendance_without_its_meeting_has_no_day_and_is_refused(tmp_path: Path) -> None:
    reading = _read(tmp_path, {"attendance.csv": _ATTENDANCE, "contacts.csv": _CONTACTS})

    assert set(reading.ledger.rejects["code"]) == {"PN019"}
    assert _counts(reading)["attendance.csv"] == (2, 0, 2, 0)
    assert len(reading.records.contacts) == 1


def test_actors_that_the_roster_lacks_join_it_and_are_reported(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "actors.csv": "actor_id,name,kind,organisation_id\nanna,Anna,person,town\n",
        "meetings.csv": "meeting_id,day,convener_id\nm1,2024-03-14,mayor\n",
        "attendance.csv": _ATTENDANCE,
        "contacts.csv": "contact_id,day,source_id,target_id\nc1,2024-03-14,anna,z\n",
    }

    reading = _read(tmp_path, files, Config.model_validate({"partnership": {"strangers": "person"}}))

    kinds = reading.records.actors.set_index("actor_id")["kind"].to_dict()
    assert kinds == {
        "anna": "person",
        "town": "organisation",
        "mayor": "person",
        "a": "person",
        "b": "person",
        "z": "person",
    }
    assert _faults(reading.ledger.remarks) == [
        ("D2", "town", "PN040"),
        ("B2", "a", "PN040"),
        ("B3", "b", "PN040"),
        ("D2", "z", "PN040"),
        ("C2", "mayor", "PN040"),
    ]


@pytest.mark.parametrize("files", [{"contacts.csv": _CONTACTS}, {"meetings.csv": _MEETINGS, "attendance.csv": _ATTENDANCE}])
def test_a_folder_with_only_contacts_or_only_attendance_will_do(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    reading = _read(tmp_path, files)

    assert reading.records.actors["actor_id"].to_list() == ["a", "b"]
    assert reading.ledger.rejects.empty


def test_the_strongest_of_contradicting_rows_wins_whatever_their_order(tmp_path: Path) -> None:
    attendance = (
        "meeting_id,actor_id,invited,status\n"
        "m1,a,false,absent\nm1,a,true,excused\nm1,a,,unknown\nm1,b,,absent\nm1,b,,present\n"
    )

    reading = _read(tmp_path, {"meetings.csv": _MEETINGS, "attendance.csv": attendance})

    kept = reading.records.attendance.set_index("actor_id")
    assert kept["status"].to_dict() == {"a": "excused", "b": "present"}
    assert bool(kept["invited"]["a"])
    assert _counts(reading)["attendance.csv"] == (5, 2, 0, 3)
    contradictions = reading.ledger.remarks[reading.ledger.remarks["code"] == "PN043"]
    assert contradictions["line"].to_list() == [2, 4, 5]


def test_other_column_names_are_given_by_the_configuration(tmp_path: Path) -> None:
    config = Config.model_validate({"columns": {"contacts": {"source_id": "From", "target_id": "to", "day": "le"}}})

    reading = _read(tmp_path, {"letters.csv": "from;to;le;why\nx;y;14/03/2024;\n"}, config)

    contact = reading.records.contacts.iloc[0]
    assert (contact["contact_id"], contact["source_id"], contact["target_id"]) == ("letters.csv:2", "x", "y")
    assert reading.ledger.remarks["code"].to_list().count("PN045") == 1
    assert "why" in str(reading.ledger.remarks["fault"][0])


def test_a_row_wider_than_its_header_is_refused_and_narrower_ones_are_filled_up(tmp_path: Path) -> None:
    actors = "actor_id,name,kind,sector,\na,A,person\nb,Smith, John,person,x,y\nc,C,person,s,\n"

    reading = _read(tmp_path, {"actors.csv": actors})

    assert _faults(reading.ledger.rejects) == [("F3", "", "PN021")]
    assert reading.records.actors["actor_id"].to_list() == ["a", "c"]
    assert _counts(reading) == {"actors.csv": (3, 2, 1, 0)}


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("contacts.csv", b"", "PN071"),
        ("contacts.csv", b" \n\n ;;\n", "PN071"),
        ("contacts.csv", b"c1,2024-01-01,a,b\nc2,2024-01-01,a,b\n", "PN072"),
        ("contacts.csv", b"contact_id,day,source_id\nc1,2024-01-01,a\n", "PN073"),
        ("contacts.csv", b"\x00\x01\x02\x00", "PN074"),
        ("contacts.csv", b"contact_id,day\x81\x8d", "PN074"),
        ("contacts.csv", b'contact_id,day,source_id,target_id\nc1,2024-01-01,"a,b\n', "PN075"),
        ("contacts.csv", b"contact_id,day,day,source_id,target_id\n", "PN076"),
        ("letters.csv", b"from,to\na,b\n", "PN077"),
    ],
)
def test_a_file_that_cannot_be_read_costs_the_others_nothing(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    reading = _read(tmp_path, {name: content, "actors.csv": _ACTORS})

    assert reading.ledger.rejects["code"].to_list() == [code]
    assert reading.ledger.rejects["file"].to_list() == [name]
    assert len(reading.records.actors) == 2

    (tmp_path / "actors.csv").unlink()
    with pytest.raises(InputError) as caught:
        read_folder(tmp_path, Config())
    assert caught.value.code == "PN070"
    assert name in str(caught.value)


def test_a_missing_folder_a_file_and_an_empty_folder_each_get_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("hello")

    for path, code in ((tmp_path / "nowhere", "PN001"), (tmp_path / "notes.md", "PN007"), (tmp_path, "PN070")):
        with pytest.raises(InputError) as caught:
            read_folder(path, Config())
        assert caught.value.code == code
        assert str(path) in caught.value.phrase.in_language("fr")


def test_subfolders_are_read_and_hidden_files_are_not(tmp_path: Path) -> None:
    reading = _read(
        tmp_path,
        {
            "2023/contacts.csv": _CONTACTS,
            "2024/contacts.csv": _CONTACTS.replace("c1", "c2"),
            ".cache/contacts.csv": b"",
            "partnet.toml": b"",
            "photo.png": b"\x89PNG",
        },
    )

    assert list(_counts(reading)) == ["2023/contacts.csv", "2024/contacts.csv"]
    assert reading.ledger.ignored["file"].to_list() == ["photo.png"]


def test_reading_writes_nothing(tmp_path: Path) -> None:
    _read(tmp_path, {"actors.csv": _ACTORS, "contacts.csv": _CONTACTS})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["actors.csv", "contacts.csv"]
    assert (tmp_path / "actors.csv").read_text() == _ACTORS


_CELLS = st.sampled_from(
    [
        "",
        "a",
        "b",
        "c",
        "m1",
        "m2",
        "present",
        "absent",
        "x",
        "31/02/2024",
        "2024-01-05",
        "-1",
        "2",
        "true",
        "é",
        '"q"',
        "NA",
    ]
)


@given(rows=st.lists(st.lists(_CELLS, min_size=1, max_size=8), min_size=1, max_size=12), table=st.sampled_from(names.TABLES))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_cells_hold_the_account_adds_up(tmp_path: Path, rows: list[list[str]], table: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    header = ",".join(names.COLUMNS[table])
    reading = _read(
        tmp_path, {"actors.csv": _ACTORS, "meetings.csv": _MEETINGS, f"{table}.csv": f"{header}\n{text.getvalue()}"}
    )
    ledger = reading.ledger

    n_rows = sum(1 for row in rows if any(row))
    assert _counts(reading)[f"{table}.csv"][0] == n_rows
    rejected = ledger.rejects.dropna(subset="line").drop_duplicates(["file", "line"])
    assert ledger.accounting["rejected"].sum() == len(rejected)
    assert ledger.accounting["ignored"].sum() == ledger.ignored["line"].notna().sum()
    for name in names.TABLES:
        assert _counts(reading).get(f"{name}.csv", (0, 0))[1] == len(getattr(reading.records, name)) or name == "actors"


def test_rows_that_do_not_add_up_stop_everything() -> None:
    frame = pd.DataFrame([("a.csv", None, "canonical", 3, 1, 1, 0)], columns=list("abcdefg"))
    frame.columns = pd.Index(["file", "sheet", "shape", "rows", "kept", "rejected", "ignored"])

    with pytest.raises(AssertionError, match="add up"):
        Ledger(frame, frame, frame, frame)


def test_codes_are_explained() -> None:
    explained = explanation("PN011")

    assert explained is not None
    assert "31" in explained[0].in_language("fr")
    assert explanation("PN000") is None


def test_the_separator_that_excel_announces_is_believed(tmp_path: Path) -> None:
    reading = _read(tmp_path, {"meetings.csv": "sep=;\nmeeting_id;day\nm1;2024-01-01\nm2;never\n"})

    assert _faults(reading.ledger.rejects) == [("B4", "never", "PN020")]


def test_two_files_complete_one_actor_where_either_leaves_something_unknown(tmp_path: Path) -> None:
    header = "actor_id,name,kind,is_coordinator,joined_on,sector\n"
    files: dict[str, str | bytes] = {
        "a.csv": f"{header}ville,Ville,organisation,,2020-01-01,\n",
        "b.csv": f"{header}ville,Ville,organisation,true,2020-01-01,Ville\n",
    }

    reading = _read(tmp_path, files)

    assert _counts(reading) == {"a.csv": (1, 1, 0, 0), "b.csv": (1, 1, 0, 0)}
    assert reading.records.actors[["is_coordinator", "sector"]].to_numpy().tolist() == [[True, "Ville"]]


def test_a_list_whose_first_line_names_nobody_is_read(tmp_path: Path) -> None:
    reading = _read(tmp_path, {"Annuaire.csv": "Structure;Secteur\n–;social\nCAF;social\nMJC;jeunesse\n"})

    assert set(reading.records.actors["name"]) == {"CAF", "MJC"}
