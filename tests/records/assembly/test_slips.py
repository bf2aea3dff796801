"""Slips of the pen: a directory's spelling wins where it can be nothing else, and nothing of a directory is ever merged."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.assembly.slips import is_slip
from partnet_analysis.records.identity import Kind
from partnet_analysis.records.likeness import name_suggestions

_ROSTER = (
    "actor_id,name,kind,organisation_id\nml,Mission locale du Forez,organisation,\npasteur,École Pasteur,organisation,\n"
    "pasquier,École Pasquier,organisation,\np,Anne Bruneteau,person,ml\n"
)
Read = Callable[[dict[str, str]], Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_files(files: dict[str, str]) -> Reading:
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return read_folder(tmp_path, Config())

    return read_files


def _list(*people: str) -> str:
    return "Nom;Structure;Date;Statut\n" + "".join(f"{person};P\n" for person in people)


def test_a_slip_is_the_directorys_name_and_is_told_with_its_cell(read: Read) -> None:
    reading = read(
        {
            "actors.csv": _ROSTER,
            "a.csv": _list(
                "Zoé Roy;Mision locale du Forez;14/03/2025", "Anne Brunetteau;Mission locale du Forez;21/03/2025"
            ),
        }
    )

    assert sorted(reading.records.actors["actor_id"]) == ["ml", "p", "pasquier", "pasteur", "zoe-roy"]
    told = reading.ledger.remarks.query("code == 'PN180'")
    assert sorted(told[["file", "cell", "value"]].to_numpy().tolist()) == [
        ["a.csv", "A2", "Mision locale du Forez"],
        ["a.csv", "A3", "Anne Brunetteau"],
    ]


def test_a_slip_is_suggested_first_until_somebody_decides(read: Read, tmp_path: Path) -> None:
    files = {"actors.csv": _ROSTER, "a.csv": _list("Zoé Roy;Mision locale du Forez;14/03/2025")}
    reading = read(files)

    first = name_suggestions(reading.records, found=reading.names).iloc[0]

    assert (first["name"], first["same_as"], first["score"]) == ("Mision locale du Forez", "Mission locale du Forez", 99.0)
    undone = read({"aliases.csv": "name;same_as;decision\nMission locale du Forez;Mision Locale du forez;différent\n"})
    assert "Mision locale du Forez" in set(undone.records.actors["name"])
    assert not (undone.ledger.remarks["code"] == "PN180").any()
    again = name_suggestions(undone.records, decided_aliases(tmp_path), found=undone.names)
    assert not (again["name"] == "Mision locale du Forez").any()


def test_a_sheet_that_is_a_directory_decides_as_the_roster_does(read: Read) -> None:
    reading = read(
        {
            "annuaire.csv": "Structure;Secteur\nMission locale du Forez;emploi\nÉcole Pasteur;école\n",
            "a.csv": _list("Zoé Roy;Mission localle du Forez;14/03/2025", "Léa Roy;ecole pasteur;14/03/2025"),
        }
    )

    organisations = reading.records.actors.query("kind == 'organisation'")["name"]
    assert sorted(organisations) == ["Mission locale du Forez", "École Pasteur"]


@pytest.mark.parametrize(
    "people",
    [
        ["Zoé Roy;École Pasquer;14/03/2025", "Zoé Roy;École Pasteur;21/03/2025"],
        ["Zoé Roy;Mision locale du Forez;14/03/2025", "Léa Roy;Mission locale du Forez;14/03/2025"],
        ["Anne Brunetteau;CCAS;14/03/2025"],
        ["Anna Bruneteau;Mission locale du Forez;14/03/2025"],
        ["Zoé Roy;Mision locale du Forez;14/03/2025", "Léa Roy;Mision humaine;14/03/2025"],
    ],
    ids=["two schools near", "together at a meeting", "another organisation", "a given name", "a word others have"],
)
def test_what_could_be_another_is_only_suggested(read: Read, people: list[str]) -> None:
    reading = read({"actors.csv": _ROSTER, "a.csv": _list(*people)})

    if people[0].startswith("Zoé Roy;École"):
        assert set(reading.names.slips) == set()
    assert not (reading.ledger.remarks["code"] == "PN180").any()


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("centre social 1 vichy", "centre social 2 vichy", "organisation"),
        ("maison de quartier est", "maison de quartier ouest", "organisation"),
        ("residence a", "residence b", "organisation"),
        ("louis martin", "louise martin", "person"),
        ("dupont jeanne", "dupond jeanne", "person"),
        ("anne martin", "anna martin", "person"),
        ("ecole pasteur", "ecole du pasteur", "organisation"),
    ],
)
def test_two_names_that_people_have_are_no_slip(one: str, other: str, kind: Kind) -> None:
    assert not is_slip(one, other, kind)
    assert not is_slip(other, one, kind)


_WORDS = st.sampled_from(
    ["École", "Pasteur", "Pasteurs", "Pastteur", "Nord", "Centre", "Centres", "1", "2", "Mission", "Mision"]
)


@given(st.lists(st.lists(_WORDS, min_size=2, max_size=4).map(" ".join), min_size=2, max_size=6, unique_by=str.casefold))
def test_what_stands_in_a_directory_is_never_merged(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("raw")
    lines = [f"o{number},{name},organisation\n" for number, name in enumerate(names)]
    (folder / "actors.csv").write_text("actor_id,name,kind\n" + "".join(lines), encoding="utf-8")
    people = [f"Zoé Roy;{name};{day:02}/03/2025" for day, name in enumerate(names, start=1)]
    (folder / "a.csv").write_text(_list(*people), encoding="utf-8")

    reading = read_folder(folder, Config())

    assert {f"o{number}" for number in range(len(names))} <= set(reading.records.actors["actor_id"])
    assert reading.names.slips == ()
