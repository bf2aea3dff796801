"""What the faults of a folder come from."""

from collections.abc import Callable

from partnet_analysis.records.causes import causes
from tests.records.conftest import Read


def test_rows_of_a_rejected_meeting_stand_beneath_its_own_fault(read: Read) -> None:
    rows = "".join(f"Anne {letter};MJC;31/02/2025;GT;P\n" for letter in ("Bo", "Co", "Do"))
    text = f"Nom;Structure;Date;Réunion;Statut\n{rows}Jean Morvan;CCAS;14/03/2025;GT;nc?\nLéa Morel;CCAS;15/03/2025;GT;nc?\n"
    reading = read({"gt.csv": text})

    found = causes(reading.ledger.rejects)

    assert [(cause.code, cause.value, cause.n_rows, cause.n_meetings, cause.n_following) for cause in found] == [
        ("PN011", "31/02/2025", 1, 1, 2),
        ("PN012", "nc?", 2, 0, 0),
    ]
    assert found[1].cells == ("E5", "E6")
    assert sum(cause.n_lost for cause in found) == len(reading.ledger.rejects)


def test_what_costs_most_comes_first_and_whole_files_before_all(read: Read) -> None:
    words = "".join(f"Anne {letter};14/03/2025;GT;nc?\n" for letter in ("Bo", "Co", "Do"))
    text = f"Nom;Date;Réunion;Statut\nZoé Lo;14/03/2025;GT;zz?\n{words}Al Bo;14/03/2025;GT;P\n"

    found = causes(read({"a.csv": text, "b.xlsx": b"nothing"}).ledger.rejects)

    assert [(cause.file, cause.value, cause.n_rows) for cause in found] == [
        ("b.xlsx", "", 0),
        ("a.csv", "nc?", 3),
        ("a.csv", "zz?", 1),
    ]


def test_equal_words_of_several_sheets_are_one_cause(read: Read, xlsx: Callable[..., bytes]) -> None:
    rows = [["Nom", "Date", "Réunion", "Statut"], ["Anne Bo", "14/03/2025", "GT", "zz?"], ["Jo Do", "14/03/2025", "GT", "P"]]

    reading = read({"a.xlsx": xlsx({"un": rows, "deux": rows})})

    (cause,) = causes(reading.ledger.rejects)
    assert (cause.sheet, cause.cells, cause.n_rows) == ("deux", ("D2", "un › D2"), 2)


def test_gathering_changes_no_fault(read: Read) -> None:
    rejects = read({"gt.csv": "Nom;Date;Réunion;Statut\nAnne Bo;31/02/2025;GT;P\nJo Do;14/03/2025;GT;P\n"}).ledger.rejects
    before = rejects.copy()

    causes(rejects)

    assert rejects.equals(before)
