"""Cells as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis import names
from partnet_analysis.records.cells.days import parse_day
from partnet_analysis.records.cells.values import BadValueError, known_words, number, text, truth, word

_DAY = date(2025, 4, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2025-04-03",
        "2025/4/3",
        "20250403",
        "03/04/2025",
        "3/4/25",
        "03.04.2025",
        "03-04-2025",
        "3 avril 2025",
        "jeudi 3 avril 2025",
        "Jeu. 3 avr. 2025",
        "le 3 avril 2025",
        "03-avr-25",
        "Thursday, 3rd April 2025",
        "April 3, 2025",
        "2025-04-03T18:30:00Z",
        "2025-04-03 18:30",
        "03/04/2025 à 18h30",
        "03/04/2025 6:30 PM",
    ],
)
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert parse_day(written) == _DAY


def test_the_first_of_a_month_and_the_last_century_are_understood() -> None:
    assert parse_day("1er août 2024") == date(2024, 8, 1)
    assert parse_day("14/07/89") == date(1989, 7, 14)


@pytest.mark.parametrize("written", ["31/02/2025", "2025-13-01", "30 février 2024", "01/01/1850", "00/01/2024"])
def test_a_day_that_does_not_exist_is_told_from_no_day_at_all(written: str) -> None:
    with pytest.raises(BadValueError, match="PN011"):
        parse_day(written)


@pytest.mark.parametrize(
    "written", ["bientôt", "12", "2025", "03/04", "3/4-2025", "14 brumaire 2025", "2025-04-03x", "45000"]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(BadValueError, match="PN020"):
        parse_day(written)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_every_day_survives_writing_and_reading(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day:%d/%m/%Y}") == day


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_days(written: str) -> None:
    try:
        assert isinstance(parse_day(written), date)
    except BadValueError as fault:
        assert fault.code in {"PN011", "PN020"}  # noqa: PT017 (both outcomes are right)


@pytest.mark.parametrize(("written", "value"), [("1,5", 1.5), ("1 500", 1500), ("1\u202f500.25", 1500.25), ("2e-3", 0.002)])
def test_a_number_is_read_with_comma_or_point(written: str, value: float) -> None:
    assert number(written) == value


@pytest.mark.parametrize(
    ("written", "code"), [("a", "PN013"), ("nan", "PN013"), ("1,2,3", "PN013"), ("9e999", "PN013"), ("-1", "PN014")]
)
def test_what_is_no_quantity_is_refused(written: str, code: str) -> None:
    with pytest.raises(BadValueError, match=code):
        number(written)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("Présente", "present"),
        ("présent·e", "present"),
        ("X", "present"),
        ("Exc.", "excused"),
        ("excusé(e)", "excused"),
        ("EXCUSÉES", "excused"),
        ("Abs", "absent"),
        ("absent.e", "absent"),
        ("?", "unknown"),
    ],
)
def test_a_status_is_read_in_either_gender_and_abbreviated(written: str, status: str) -> None:
    assert word("status", written) == status


@pytest.mark.parametrize("vocabulary", ["status", "actor_kind", "level", "meeting_kind"])
def test_every_canonical_word_means_itself(vocabulary: str) -> None:
    assert [word(vocabulary, known) for known in known_words(vocabulary)] == list(known_words(vocabulary))


def test_vocabularies_are_those_of_the_domain() -> None:
    assert known_words("level") == names.LEVELS


def test_text_loses_its_margins_and_nothing_else() -> None:
    assert text(" \ufeffE\u0301cole  NA\u00a0") == "École  NA"
    assert text(" \u200b ") is None
    assert (truth("Vrai"), truth("N")) == (True, False)
