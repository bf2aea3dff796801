"""Names as address books write them, and titles that say that a meeting does not take place."""

import pytest

from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.guests import guest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MORVAN Lise (CAF)", ("MORVAN Lise", "CAF", "")),
        ("MORVAN Lise - CAF", ("MORVAN Lise", "CAF", "")),
        ("Lise MORVAN [CAF]", ("Lise MORVAN", "CAF", "")),
        ("TANGUY, Marc", ("Marc TANGUY", "", "")),
        ("Le Goff, Anne-Marie", ("Anne-Marie Le Goff", "", "")),
        ("DE LA TOUR, Jean", ("Jean DE LA TOUR", "", "")),
        ("Dr. Morvan, Lise", ("Lise Morvan", "", "")),
        ("Morvan, Lise, CAF", ("Lise Morvan", "CAF", "")),
        ("MORVAN, Lise - CAF", ("Lise MORVAN", "CAF", "")),
        ("Morvan, Lise (CAF) (Externe)", ("Lise Morvan", "CAF", "")),
        ("Lise Morvan, CAF", ("Lise Morvan", "CAF", "")),
        ("CAF, service logement", ("", "CAF, service logement", "")),
        ("Service Enfance & Jeunesse", ("Service Enfance & Jeunesse", "", "")),
        ("Lise Morvan (Non vérifié)", ("Lise Morvan", "", "")),
        ("Müller, Jürgen (Guest)", ("Jürgen Müller", "", "")),
        ("lise@x.example", ("", "", "lise@x.example")),
        ("Lise Morvan <Lise@x.example>", ("Lise Morvan", "", "lise@x.example")),
        ("'lise@x.example' (External)", ("", "", "lise@x.example")),
        ("", ("", "", "")),
    ],
)
def test_a_guest_is_one_person(name: str, expected: tuple[str, str, str]) -> None:
    assert guest(name) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Annulé : COPIL CTG",
        "Annulé: COPIL CTG",
        "Annulée – COPIL",
        "ANNULÉ",
        "[Annulé] GT Santé",
        "***ANNULÉ*** COPIL",
        "Annulé(e) : COPIL",
        "Annulation : COPIL",
        "COPIL CTG - ANNULÉ",
        "COPIL CTG (annulé)",
        "COPIL est annulé",
        "COPIL – annulé – salle indisponible",
        "COPIL : annulé faute de participants",
        "Réunion annulée : COPIL",
        "TR: Annulé : COPIL",
        "Reportée : COPIL",
        "COPIL reporté au 12 avril",
        "COPIL (reporté au 12/04)",
        "Canceled: Board",
        "Cancelled",
        "Board [CANCELLED]",
        "Postponed: Board",
        "Abgesagt: Treffen",
    ],
)
def test_a_title_says_that_a_meeting_is_called_off(title: str) -> None:
    assert is_called_off(title)


@pytest.mark.parametrize(
    "title",
    [
        "COPIL CTG",
        "COPIL (reporté du 5 mars)",
        "Reporté du 12/03 : COPIL",
        "Projets annulés et suites",
        "Gestion des rendez-vous annulés par les familles",
        "Atelier annulation de dettes",
        "Report annuel",
        "Bilan annuel : COPIL",
        "Cancellation policy workshop",
        "",
    ],
)
def test_other_titles_do_not(title: str) -> None:
    assert not is_called_off(title)
