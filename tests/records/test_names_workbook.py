"""The table of names: written as a workbook, filled in by a person, read back, and written again with what was decided."""

import io
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from partnet_analysis.config import Config
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.identity import Aliases, organisation_key, slug
from partnet_analysis.records.likeness import FoundNames, name_suggestions
from partnet_analysis.records.names_workbook import names_xlsx
from partnet_analysis.records.tables import Records

_LIST = (
    "Nom;Structure;Date;Statut\nAnne Bruneteau;Mission locale;14/03/2025;P\n"
    "A. Bruneteau;Mission Locale du Forez;21/03/2025;P\nZoé Durand;CAF;21/03/2025;P\n"
    "Léa Roy;Caisse d'allocations familiales;28/03/2025;P\nLéo Roy;Mission locale du Roannais;28/03/2025;P\n"
)
Pick = Callable[[str, str], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.csv").write_text(_LIST, encoding="utf-8")
    return tmp_path


def _written(folder: Path, language: str = "fr") -> bytes:
    reading, aliases = read_folder(folder, Config()), decided_aliases(folder)
    return names_xlsx(name_suggestions(reading.records, aliases, found=reading.names), aliases, reading.names, language)


def _fill_in(folder: Path, words: dict[tuple[str, str], str]) -> Reading:
    """Do as somebody with Excel does: open, choose, save in the folder."""
    book = openpyxl.load_workbook(io.BytesIO(_written(folder)))
    left = dict(words)
    for page in book.worksheets:
        for row in page.iter_rows(min_row=5):
            pair = (str(row[0].value), str(row[1].value))
            if pair in left:
                row[2].value = left.pop(pair)
    assert not left
    book.save(folder / "aliases.xlsx")
    return read_folder(folder, Config())


def _rows(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(min_row=5, values_only=True))


def test_the_pairs_come_with_a_list_to_choose_from(folder: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_written(folder)))

    page = book["À décider"]
    assert book.sheetnames == ["À décider", "Décidé"]
    assert [cell.value for cell in page[4]][:3] == ["Nom", "Même que", "Décision"]
    (validation,) = page.data_validations.dataValidation
    assert validation.formula1 == '"même,différent,plus tard"'
    assert "C5" in validation.sqref
    assert page.freeze_panes == "A5"
    first = [cell.value for cell in page[5]]
    assert first[:2] == ["CAF", "Caisse d'allocations familiales"]
    assert first[6:8] == ["a.csv", "a.csv"]


def test_what_somebody_chooses_is_read_kept_and_shown_again(folder: Path) -> None:
    words = {
        ("CAF", "Caisse d'allocations familiales"): "MÊME",
        ("Mission locale", "Mission Locale du Forez"): "meme",
        ("Mission locale", "Mission locale du Roannais"): "Différent",
        ("A. Bruneteau", "Anne Bruneteau"): "plus tard",
    }

    reading = _fill_in(folder, words)

    names = set(reading.records.actors["name"])
    assert {"Caisse d'allocations familiales", "Mission Locale du Forez", "Mission locale du Roannais"} <= names
    assert names.isdisjoint({"CAF", "Mission locale"})
    again = _written(folder)
    assert [row[:3] for row in _rows(again, "À décider") if row[2]] == [("A. Bruneteau", "Anne Bruneteau", "plus tard")]
    assert {row[:3] for row in _rows(again, "Décidé")} == {
        ("CAF", "Caisse d'allocations familiales", "même"),
        ("Mission locale", "Mission Locale du Forez", "même"),
        ("Mission locale", "Mission locale du Roannais", "différent"),
    }
    asked = {frozenset(row[:2]) for row in _rows(again, "À décider")}
    assert frozenset(("Mission Locale du Forez", "Mission locale du Roannais")) not in asked

    undone = _fill_in(folder, {("CAF", "Caisse d'allocations familiales"): "different"})
    assert "CAF" in set(undone.records.actors["name"])
    assert "CAF" not in {row[0] for row in _rows(_written(folder), "À décider")}


def test_a_pair_decided_different_is_not_asked_again_in_any_order_or_spelling() -> None:
    aliases = Aliases.of_rows([("ECOLE PASTEUR (annexe)", "École Pasteur", "différent")])
    roster = pd.DataFrame({"name": ["École Pasteur", "École Pasteur annexe"], "kind": "organisation"})
    records = Records.from_tables(roster.assign(actor_id=[slug(name) for name in roster["name"]]))

    assert len(name_suggestions(records)) == 1
    assert name_suggestions(records, aliases).empty


def test_decisions_of_both_files_count_and_contradictions_are_told(folder: Path) -> None:
    csv = "name;same_as;decision\nCAF;Caisse d'allocations familiales;same\nMission locale;Mission Locale du Forez;same\n"
    (folder / "aliases.csv").write_text(csv + "A;B;peut-être\n;B;same\n", encoding="utf-8")

    reading = _fill_in(folder, {("CAF", "Caisse d'allocations familiales"): "différent"})

    names = set(reading.records.actors["name"])
    assert "CAF" in names
    assert "Mission locale" not in names
    told = reading.ledger.remarks[reading.ledger.remarks["code"].str.startswith("PN18")]
    assert told[["file", "code", "cell"]].to_numpy().tolist() == [
        ["aliases.csv", "PN181", "C4"],
        ["aliases.csv", "PN182", "C5"],
        ["aliases.xlsx", "PN183", "C5"],
    ]


def test_names_are_never_formulas_and_come_back_as_they_are() -> None:
    hostile = '=HYPERLINK("http://x.example";"CAF")'
    suggestions = pd.DataFrame(
        [(hostile, "+cmd|' /C calc'!A0", "", "organisation", 90.0, ())],
        columns=["name", "same_as", "decision", "kind", "score", "evidence"],
    )

    found = FoundNames({hostile: tuple(f"=f{n}.csv" for n in range(9)), "x\ud800": ("a",)})
    content = names_xlsx(suggestions, Aliases.of_rows([(hostile, "x\ud800", "same")]), found, "en")

    for page in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n"}
    assert _rows(content, "To decide")[0][0] == hostile


def test_a_workbook_that_cannot_be_read_decides_nothing_and_is_told(folder: Path) -> None:
    (folder / "aliases.xlsx").write_bytes(b"PK\x03\x04 not a workbook")

    reading = read_folder(folder, Config())

    assert reading.ledger.rejects["file"].to_list() == ["aliases.xlsx"]
    assert decided_aliases(folder) == Aliases()


@pytest.mark.parametrize(
    ("short", "long", "score"),
    [
        ("CAF", "Caisse d'allocations familiales", 90.0),
        ("M.J.C.", "Maison des jeunes et de la culture", 90.0),
        ("CCAS", "Centre communal d'action sociale", 90.0),
        ("DDETS", "Direction départementale de l'emploi, du travail et des solidarités", 90.0),
        ("EHPAD", "Établissement d'hébergement pour personnes âgées dépendantes", 90.0),
        ("MJC Jean Macé", "Maison des jeunes et de la culture Jean Macé", 90.0),
        ("CAF", "Caisse d'allocations familiales du Rhône", 90.0),
        ("ML", "Mission locale", 90.0),
    ],
)
def test_acronyms_are_suggested(short: str, long: str, score: float) -> None:
    roster = pd.DataFrame({"name": [short, long, "Ville"], "kind": "organisation"})
    records = Records.from_tables(roster.assign(actor_id=[slug(name) for name in roster["name"]]))

    assert name_suggestions(records)[["name", "same_as", "score"]].to_numpy().tolist() == [[short, long, score]]


def test_two_letters_are_an_acronym_only_where_one_name_fits() -> None:
    roster = pd.DataFrame({"name": ["ML", "Mission locale", "Maison Lumière"], "kind": "organisation"})
    records = Records.from_tables(roster.assign(actor_id=[slug(name) for name in roster["name"]]))

    assert "ML" not in set(name_suggestions(records)["name"])


def test_an_acronym_that_a_file_writes_out_is_known(folder: Path) -> None:
    (folder / "b.csv").write_text(
        "Nom;Structure;Date;Statut\nZoé Durand;CAF (Caisse d’allocations familiales);04/04/2025;P\n", encoding="utf-8"
    )
    reading = read_folder(folder, Config())

    first = name_suggestions(reading.records, found=reading.names).iloc[0]

    assert (first["name"], first["score"]) == ("CAF", 97.0)
    assert organisation_key("Caisse d'allocations familiales (CAF)") == organisation_key("Caisse d’Allocations Familiales")


def test_two_thousand_names_are_compared_in_seconds() -> None:
    words = ["association", "ecole", "centre", "club", "amis", "quartier", "social", "jeunes"]
    names = [f"{words[n % 8]} {words[n // 8 % 8]} {slug(str(n**5))} {n % 97}".title() for n in range(2_000)]
    roster = pd.DataFrame({"actor_id": [f"o{n}" for n in range(2_000)], "name": names, "kind": "organisation"})
    records = Records.from_tables(roster)
    start = time.monotonic()

    suggestions = name_suggestions(records)
    names_xlsx(suggestions, Aliases(), FoundNames(dict.fromkeys(names, ("a.csv",))), "fr")

    assert time.monotonic() - start < 30
