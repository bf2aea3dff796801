"""Names in a line of a list, and what stands around them."""

import pytest

from partnet_analysis.records.cells.doubt import is_doubtful
from partnet_analysis.records.cells.mentions import Mention, Named, named_in


@pytest.mark.parametrize(
    ("cell", "named"),
    [
        ("Sally Chapel (Consultant), Dave Rayner", [("Sally Chapel", ""), ("Dave Rayner", "")]),
        ("James Payne (PPG) Pamela Payne (CAF)", [("James Payne", "PPG"), ("Pamela Payne", "CAF")]),
        ("Shane Lind- Oak Academy", [("Shane Lind", "Oak Academy")]),
        ("Jane Roe, Clerk, and Tom Poe, Treasurer", [("Jane Roe", ""), ("Tom Poe", "")]),
        ("Lise Morvan, représentante des enseignants, CM1 et EMFE", [("Lise Morvan", "")]),
        ("Lise Morvan, représentante des parents d’élèves", [("Lise Morvan", "")]),
        ("Monsieur Riou, Proviseur du Lycée", [("Riou", "Lycée")]),
        ("TERRIER Pierre Verts", [("TERRIER Pierre", "")]),
        ("Parish Clerk – Ann Lee", [("Ann Lee", "")]),
        ("Ann Lee (Chair), Tom Poe (Vice Chair)", [("Ann Lee", ""), ("Tom Poe", "")]),
        ("Jane Roe (JR) Practice Manager, Tom Poe OBE (TP)", [("Jane Roe", ""), ("Tom Poe OBE", "")]),
        ("Lise MORVAN présidente de la MJC", [("Lise MORVAN", "MJC")]),
        ("Lise Morvan, agent de développement local CAF", [("Lise Morvan", "CAF")]),
        ("Lise Morvan, APE, parent au Grand Pré", [("Lise Morvan", "APE")]),
        ("Lise Morvan (adjointe du quartier représentant de la Ville)", [("Lise Morvan", "Ville")]),
        ("Mmes RIOU et, PRAT et M.MORVAN (parents)", [("RIOU", ""), ("PRAT", ""), ("MORVAN", "")]),
    ],
)
def test_what_stands_behind_a_name_is_no_part_of_it(cell: str, named: list[tuple[str, str]]) -> None:
    assert [tuple(each.mention[:2]) for each in named_in(cell)] == named


def test_holding_a_vote_is_presence_and_giving_it_an_excuse() -> None:
    holder, giver = named_in("Lise MORVAN (pouvoir de Paul RIOU), Marc TANGUY (pouvoir à Lise MORVAN)")

    assert holder.meaning is None
    assert holder.mention.organisation == ""
    assert giver.meaning is not None
    assert giver.meaning.status == "excused"


@pytest.mark.parametrize(
    "name", ["R Hawk C Loyd", "SEYDOUX Laurent XYZ", "ROUX Pierre Alain Verts", "Head Teacher", "14 members"]
)
def test_names_run_together_and_functions_are_doubtful(name: str) -> None:
    assert is_doubtful(Named(Mention(name)))


@pytest.mark.parametrize("name", ["Lise Morvan", "FERRI ELIAZ Rosa Maria", "A D Fennel", "Morvan"])
def test_names_are_not_doubtful(name: str) -> None:
    assert not is_doubtful(Named(Mention(name)))
