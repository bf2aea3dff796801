"""How names are shown: acronyms keep their capitals, family names lose them, a directory's spelling wins."""

import pytest

from partnet_analysis.records.identity import Kind
from partnet_analysis.records.spellings import shown_name


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("LE DU Anne", "Anne Le Du"),
        ("DE LA TOUR Anne", "Anne de La Tour"),
        ("VAN DER BERG Jan", "Jan van der Berg"),
        ("O'BRIEN Sean", "Sean O'Brien"),
        ("D’HERVÉ Paul", "Paul D’Hervé"),
        ("MCDONALD Ann", "Ann McDonald"),
        ("McDonald Ann", "McDonald Ann"),
        ("MARTIN-PETIT Jean-Luc", "Jean-Luc Martin-Petit"),
        ("DI Anne", "Anne Di"),
        ("ANNE LE DU", "Anne Le Du"),
        ("A. BRUNETEAU", "A. Bruneteau"),
        ("JP MARTIN", "JP Martin"),
    ],
)
def test_a_persons_capitals_become_a_name(written: str, shown: str) -> None:
    assert shown_name([written], "person") == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["CAF", "Caf"], "CAF"),
        (["Caf", "Caf", "caf", "CAF"], "CAF"),
        (["EMMAÜS"], "EMMAÜS"),
        (["Ville", "Ville", "VILLE"], "Ville"),
        (["DDETS", "Ddets"], "DDETS"),
        (["CAF du Rhône", "CAF du Rhône", "Caf du Rhône"], "CAF du Rhône"),
        (["MISSION LOCALE", "MISSION LOCALE", "Mission locale"], "Mission locale"),
    ],
)
def test_an_acronym_stays_one(written: list[str], shown: str) -> None:
    assert shown_name(written, "organisation") == shown


@pytest.mark.parametrize(
    ("written", "listed", "kind", "shown"),
    [
        (
            ["ecole pasteur", "Ecole Pasteur", "Ecole Pasteur", "École Pasteur"],
            ["École Pasteur"],
            "organisation",
            "École Pasteur",
        ),
        (["Caf", "Caf"], ["CAF"], "organisation", "CAF"),
        (["Mission locale"], ["MISSION LOCALE"], "organisation", "Mission locale"),
        (["Helene Roy", "Helene Roy"], ["ROY Hélène"], "person", "Hélène Roy"),
        (["Anne Roy"], ["anne roy"], "person", "Anne Roy"),
    ],
)
def test_a_directorys_spelling_wins(written: list[str], listed: list[str], kind: Kind, shown: str) -> None:
    assert shown_name([*written, *listed], kind, listed) == shown
