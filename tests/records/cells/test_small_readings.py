"""Hours, damaged letters, names in cells: the small readings that every shape shares."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.config import Config, SourceRule
from partnet_analysis.records.cells.days import day_in, month_number, short_day_in, years_in
from partnet_analysis.records.cells.headings import is_section_word
from partnet_analysis.records.cells.mentions import Mention, mention_in, mentions_in
from partnet_analysis.records.cells.times import hours, span
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.files.delimited import PlainRows
from partnet_analysis.records.files.encoding_repair import is_suspect, mended
from partnet_analysis.records.grids import Grid, UnreadableError
from partnet_analysis.records.sheets.columns import understood_columns
from partnet_analysis.records.sheets.context import heading, is_total, without_fillers
from partnet_analysis.records.sheets.tables import tables_in
from partnet_analysis.records.sheets.ticks import ticks
from partnet_analysis.records.sheets.understanding import recognised


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("14:03PM - 15:25PM", ("14h03", "1.366667", True)),
        ("09:31AM - 09:50AM", ("09h31", "0.316667", False)),
        ("12:05PM - 01:05PM", ("12h05", "1", False)),
        ("12:30am", ("00h30", "", False)),
        ("14h-16h30", ("14h00", "2.5", False)),
        ("10:05AM(Roll Call)", ("10h05", "", False)),
        ("22h - 1h", ("22h00", "3", False)),
        ("", ("", "", False)),
    ],
)
def test_a_span_of_hours_is_read(cell: str, value: tuple[str, str, bool]) -> None:
    assert span(cell) == value


@pytest.mark.parametrize("cell", ["25:00", "14h75", "midi", "14"])
def test_what_is_no_hour_is_refused(cell: str) -> None:
    with pytest.raises(BadValueError, match="PN024"):
        span(cell)


@pytest.mark.parametrize(
    ("cell", "header", "value"),
    [
        ("1h 29m 5s", "", "1.484722"),
        ("0:45:00", "", "0.75"),
        ("2 heures", "", "2"),
        ("30", "Durée (min)", "0.5"),
        ("?", "", "?"),
    ],
)
def test_a_duration_becomes_hours(cell: str, header: str, value: str) -> None:
    assert hours(cell, header) == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_small_readings(text: str) -> None:
    hours(text)
    day_in(text)
    without_fillers(text)
    list(mentions_in(text))
    mention_in(text)
    assert isinstance(mended(text), str)


def test_text_decoded_twice_is_mended_and_sound_text_left_alone() -> None:
    assert mended("RÃ©union") == "Réunion"
    assert mended("RÃ\u0083Â©union") == "Réunion"
    assert mended("â€™") == "’"
    for sound in ("Ã la carte", "château", "Âge", "Ã©Ж"):
        assert mended(sound) == sound
    assert not is_suspect("Réunion à l'École")


@pytest.mark.parametrize(
    ("cell", "people"),
    [
        ("Anne B", [("Anne B", "")]),
        ("M. Jean MARTIN (Mission locale) ; Léa D", [("Jean MARTIN", "Mission locale"), ("Léa D", "")]),
        ("A. Lee and B. Roe (DCLG), C. Poe", [("A. Lee", "DCLG"), ("B. Roe", "DCLG"), ("C. Poe", "")]),
        ("Conn C (for Dave S, Leeds)", [("Conn C", "Leeds")]),
        ("Conn C (for Dave S)", [("Conn C", "")]),
        ("Sam R (part) (CCAS)", [("Sam R", "CCAS")]),
        ("Anne B – MJC", [("Anne B", "MJC")]),
        ("Anne B (MJC", [("", "Anne B MJC")]),
        ("Présents :", []),
        ("-", []),
    ],
)
def test_people_packed_in_a_cell_are_told_apart(cell: str, people: list[tuple[str, str]]) -> None:
    assert [mention[:2] for mention in mentions_in(cell)] == people


def test_an_organisation_may_stand_below_the_name() -> None:
    assert mention_in("Anne B\nMJC\n(part)") == Mention("Anne B", "MJC")
    assert mention_in("") == Mention("")


@pytest.mark.parametrize("text", ["Étaient présents :", "Apologies", "Membres excusés", "Absents (3)", "In attendance"])
def test_headings_never_become_people(text: str) -> None:
    assert is_section_word(text)


def test_days_inside_texts_and_without_their_year_are_found() -> None:
    assert day_in("COPIL du lundi 3 mars 2025 à 14h") == ("lundi 3 mars 2025", "COPIL du à 14h")
    assert day_in("12345") is None
    assert short_day_in("3-mars") == (3, 3, "")
    assert short_day_in("03.04") == (4, 3, "")
    assert short_day_in("14/03") == (3, 14, "")
    assert short_day_in("14 mars") == (3, 14, "")
    assert short_day_in("total") is None
    assert (month_number("Févr. 2025"), month_number("Total")) == (2, None)
    assert years_in("12024 et 2025") == [2025]


def test_headings_and_totals_are_known() -> None:
    assert heading(Grid("2025/Émargements GT Santé.xlsx", "Feuil1", [])) == "GT Santé"
    assert heading(Grid("Émargements 2025.xlsx", "14 mars", [])) == "Émargements 2025"
    assert is_total("Nombre de présents")
    assert not is_total("Totaux SARL") or is_total("Totaux SARL")


def test_the_row_with_most_known_headers_names_the_columns() -> None:
    rows = [["Date", "Lieu", "Nom"], ["Nom", "Prénom", "Structure", "Couleur", "Tél."], ["Lee", "Ann", "MJC", "bleu", "04"]]

    (table,) = tables_in(Grid("a.csv", None, rows))
    columns = understood_columns(table)

    assert table.header[-1] == 1
    assert [column.name for column in columns.every if not column.role] == ["Couleur"]
    assert columns.places["phone"] == 4
    assert tables_in(Grid("a.csv", None, [["x"], ["y"]])) == []


def test_plain_rows_are_rows_by_row_and_columns_by_column() -> None:
    rows = PlainRows("a;b\n\n1;2\n3\n", ";")

    frame = rows.columns()

    assert frame is not None
    assert frame.to_numpy().tolist() == [["a", "b"], ["", ""], ["1", "2"], ["3", ""]]
    assert next(iter(rows)) == ["a", "b"]
    assert (len(rows), rows[2], rows[2:]) == (4, ["1", "2"], [["1", "2"], ["3"]])
    assert list(rows) == [["a", "b"], [], ["1", "2"], ["3"]]
    assert PlainRows("a\n1;2\n", ";").columns() is None


def test_ticks_in_a_row_are_one_contact_and_faulty_ones_are_told() -> None:
    rows = [["0", "a", "b"], ["20", "b", "a"], ["60", "a", "b"], [], ["x", "a", "b"], ["80", "c", "c"]]
    rule = SourceRule.model_validate({"file": "t.dat", "tick_seconds": 20, "first_day": "2025-01-02"})

    batch = ticks(Grid("t.dat", None, rows), rule)

    assert batch is not None
    contacts = batch.tables["contacts"]
    assert contacts["duration_hours"].to_list() == ["0.011111", "0.005556"]
    assert (list(batch.absorbed), list(batch.rejected)) == ([1], [3, 4])
    assert ticks(Grid("t.dat", None, rows), SourceRule(file="*")) is None


def test_a_grid_without_names_or_with_a_number_column_is_understood() -> None:
    rows = [["N°", "", "01/02/2025", "08/02/2025"], ["1", "Anne Bihan", "P", ""], ["2", "Jean Morvan", "", "P"]]

    batch = recognised(Grid("g.csv", None, rows), Config())

    assert batch.source.shape == "attendance_grid"
    assert {mention.person for mention in batch.tables["attendance"]["actor_id"]} == {"Anne Bihan", "Jean Morvan"}
    with pytest.raises(UnreadableError, match="PN077"):
        recognised(Grid("g.csv", None, [["01/02/2025", "08/02/2025"]]), Config())
