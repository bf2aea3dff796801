"""Who is who: what matches on its own, what is only suggested, what a person decides and can undo."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.identity import (
    Aliases,
    organisation_key,
    person_key,
    slug,
    without_civility,
)
from partnet_analysis.records.likeness import name_suggestions
from partnet_analysis.records.spellings import shown_name
from partnet_analysis.records.tables import Records


@pytest.fixture
def read(tmp_path: Path) -> Callable[[dict[str, str]], Reading]:
    def read_files(files: dict[str, str]) -> Reading:
        for name, content in files.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
        return read_folder(tmp_path, Config())

    return read_files


Read = Callable[[dict[str, str]], Reading]


@pytest.mark.parametrize(
    "form",
    ["Anne Bruneteau", "BRUNETEAU Anne", "Mme Anne BRUNETEAU", "  anne   bruneteau ", "Ánne Bruneteau", "Bruneteau, Anne"],
)
def test_forms_of_a_person_match_on_their_own(form: str) -> None:
    assert person_key(form) == person_key("Anne Bruneteau")


@pytest.mark.parametrize("other", ["Anna Bruneteau", "A. Bruneteau", "Anne Brunetot", "Anne"])
def test_less_certain_forms_do_not_match(other: str) -> None:
    assert person_key(other) != person_key("Anne Bruneteau")


@pytest.mark.parametrize("form", ["mission LOCALE du Forez", "Mission Locale – du Forez", "Mission-locale du forez."])
def test_forms_of_an_organisation_match_on_their_own(form: str) -> None:
    assert organisation_key(form) == organisation_key("Mission locale du Forez")
    assert organisation_key("Mission locale") != organisation_key("Mission locale du Forez")


@given(st.lists(st.sampled_from(["Anne", "Léa", "de", "la", "Tour", "Dupont-Petit"]), min_size=1, max_size=5))
def test_the_order_of_names_never_matters(words: list[str]) -> None:
    assert person_key(" ".join(words)) == person_key(" ".join(reversed(words)).upper())


def test_names_are_shown_as_written_best() -> None:
    assert shown_name(["BRUNETEAU Anne", "BRUNETEAU Anne"], "person") == "Anne Bruneteau"
    assert shown_name(["MARTIN-PETIT Jean", "Jean Martin-Petit", "jean martin-petit"], "person") == "Jean Martin-Petit"
    assert shown_name(["MJC", "mjc", "MJC"], "organisation") == "MJC"
    assert without_civility("Dr Sam Roe") == "Sam Roe"
    assert slug("Œuvre « d'Été »") == "oeuvre-d-ete"
    assert slug("Ж").startswith("x")


def _records(names: list[str], kind: str = "organisation", **columns: object) -> Records:
    roster = pd.DataFrame({"actor_id": [slug(name) for name in names], "name": names, "kind": kind, **columns})
    return Records.from_tables(roster)


def test_two_schools_are_suggested_at_most_and_never_merged() -> None:
    suggestions = name_suggestions(_records(["École Pasteur", "École Pauline Kergomard", "Collège Pasteur"]))

    assert set(suggestions["decision"]) <= {""}
    assert len(_records(["École Pasteur", "École Pauline Kergomard"]).actors) == 2


def test_suggestions_say_why_with_the_most_alike_first() -> None:
    names = ["Mission locale", "Mission Locale du Forez", "MJC", "Maison des jeunes et de la culture", "CCAS", "Ville"]

    suggestions = name_suggestions(_records(names))

    assert suggestions[["name", "same_as", "score"]].to_numpy().tolist() == [
        ["MJC", "Maison des jeunes et de la culture", 90.0],
        ["Mission locale", "Mission Locale du Forez", 85.0],
    ]
    assert "sigle" in suggestions["evidence"][0][0].in_language("fr")
    assert "words in common: locale, mission" in [str(phrase) for phrase in suggestions["evidence"][1]]


def test_initials_and_typing_errors_of_persons_are_suggested() -> None:
    suggestions = name_suggestions(_records(["A. Bruneteau", "Anne Bruneteau", "Anne Brunetteau", "Zoé Durand"], "person"))

    pairs = {frozenset(pair) for pair in suggestions[["name", "same_as"]].to_numpy().tolist()}
    assert frozenset({"A. Bruneteau", "Anne Bruneteau"}) in pairs
    assert frozenset({"Anne Bruneteau", "Anne Brunetteau"}) in pairs
    assert not any("Zoé Durand" in pair for pair in pairs)
    assert suggestions["score"].is_monotonic_decreasing


def test_meetings_that_two_names_shared_speak_against_one_person(read: Read) -> None:
    text = "Nom;Structure;Date;Statut\nAnne Martin;MJC;14/03/2025;P\nAnna Martin;MJC;14/03/2025;P\n"

    suggestions = name_suggestions(read({"a.csv": text}).records)

    assert [str(phrase) for phrase in suggestions["evidence"][0]] == [
        "words in common: martin",
        "same organisation",
        "present together at 1 meeting: probably two",
    ]


_LIST = (
    "Nom;Structure;Date;Statut\nAnne Bruneteau;Mission locale;14/03/2025;P\n"
    "A. Bruneteau;Mission Locale du Forez;21/03/2025;P\n"
    "BRUNETEAU Anne;Mission locale;28/03/2025;P\n"
)


def test_a_decision_merges_and_another_undoes_it(read: Read, tmp_path: Path) -> None:
    assert sorted(read({"a.csv": _LIST}).records.actors["name"]) == [
        "A. Bruneteau",
        "Anne Bruneteau",
        "Mission Locale du Forez",
        "Mission locale",
    ]
    merge = "name;same_as;decision\nA. Bruneteau;Anne Bruneteau;same\nMission locale;Mission Locale du Forez;oui\nX;Y;\n"

    merged = read({"aliases.csv": merge})

    assert sorted(merged.records.actors["actor_id"]) == ["anne-bruneteau", "mission-locale-du-forez"]
    assert len(merged.records.attendance) == 3
    remark = merged.ledger.remarks.iloc[0]
    assert remark["code"] == "PN069"
    assert str(remark["fault"]) == "The table of names was applied (merged: 2, kept apart: 0)."
    assert name_suggestions(merged.records, decided_aliases(tmp_path)).empty

    undone = read({"aliases.csv": merge + "A. Bruneteau;Anne Bruneteau;different\n"})
    assert "A. Bruneteau" in set(undone.records.actors["name"])


def test_forms_that_match_on_their_own_can_be_kept_apart(read: Read) -> None:
    reading = read({"a.csv": _LIST, "aliases.csv": "name,same_as,decision\nBRUNETEAU Anne,Anne Bruneteau,different\n"})

    assert len(reading.records.actors[reading.records.actors["kind"] == "person"]) == 3


def test_an_alias_table_that_cannot_be_read_decides_nothing_and_is_told(read: Read, tmp_path: Path) -> None:
    reading = read({"a.csv": _LIST, "aliases.csv": "nom;autre\na;b\n"})
    assert reading.ledger.rejects[["file", "code"]].to_numpy().tolist() == [["aliases.csv", "PN073"]]

    (tmp_path / "aliases.csv").write_bytes(b"\x00\x00")
    assert decided_aliases(tmp_path) == Aliases()


def test_a_circle_of_aliases_ends() -> None:
    aliases = Aliases.of_rows([("a", "b", "same"), ("b", "a", "same")])

    assert aliases.key("a", "organisation") in {"a", "b"}


def test_a_person_who_changes_organisation_keeps_both_by_date(read: Read) -> None:
    text = (
        "Nom;Structure;Date;Statut\nAnne B;MJC;14/03/2024;P\nAnne B;CCAS;14/03/2025;P\n"
        "Anne B;;20/03/2024;P\nAnne B;;20/03/2025;P\nAnne B;;01/01/2024;P\n"
    )

    reading = read({"a.csv": text})

    actors = reading.records.actors.set_index("actor_id")
    assert actors.loc[["anne-b", "anne-b-ccas"], "organisation_id"].to_list() == ["mjc", "ccas"]
    assert actors["name"]["anne-b-ccas"] == "Anne B"
    by_actor = reading.records.attendance.groupby("actor_id").size().to_dict()
    assert by_actor == {"anne-b": 3, "anne-b-ccas": 2}
    assert reading.ledger.remarks["code"].to_list() == ["PN047"]


def test_names_meet_the_roster_that_is_there(read: Read) -> None:
    reading = read(
        {
            "actors.csv": (
                "actor_id,name,kind,organisation_id\nP7,Anne Bruneteau,person,O1\nO1,M.J.C.,organisation,\n"
                "O2,Jeunes & Cie,organisation,\nville,Ville,organisation,\n"
            ),
            "a.csv": (
                "Nom;Structure;Date;Statut\nBRUNETEAU Anne;MJC;14/03/2025;P\nZoé;jeunes et cie;14/03/2025;P\n"
                "Anne Bruneteau;;15/03/2025;P\n"
            ),
            "contacts 2025.csv": "Date;De;À;Canal\n02/02/2025;Ville;Anne Bruneteau;appel\n03/02/2025;VILLE;O2;appel\n",
        }
    )

    records = reading.records
    assert set(records.attendance["actor_id"]) == {"P7", "zoe"}
    assert records.actors.set_index("actor_id").loc["zoe", "organisation_id"] == "O2"
    told = reading.ledger.remarks
    assert told.loc[told["code"] == "PN040", ["cell", "value"]].to_numpy().tolist() == [["A3", "Zoé"]]
    assert records.contacts[["source_id", "target_id"]].to_numpy().tolist() == [["ville", "P7"], ["ville", "O2"]]


def test_an_organisation_in_a_column_of_persons_is_an_organisation(read: Read) -> None:
    text = "Participant;Structure;Date;Statut\nAnne B;MJC;14/03/2025;P\nmjc;;21/03/2025;P\n"

    records = read({"a.csv": text}).records

    assert set(records.attendance["actor_id"]) == {"anne-b", "mjc"}
    assert len(records.actors) == 2


def test_a_person_of_the_roster_may_come_for_another_organisation(read: Read) -> None:
    reading = read(
        {
            "actors.csv": "actor_id,name,kind,organisation_id\np,Anne B,person,o\no,M.J.C.,organisation,\n",
            "a.csv": "Nom;Structure;Date;Statut\nAnne B;CCAS;14/03/2025;P\nAnne B;MJC;15/03/2025;P\n",
        }
    )

    assert sorted(reading.records.attendance["actor_id"]) == ["anne-b-ccas", "p"]
    remark = reading.ledger.remarks.iloc[0]
    assert (remark["file"], remark["code"]) == ("a.csv", "PN047")
    assert "M.J.C., CCAS" in str(remark["fault"])
