"""The comparison of territories as documents."""

import dataclasses
import io
import json
import re

import openpyxl
import pandas as pd
import pytest

from benchmarks.generated import generated_records
from partnet_analysis.annual import annual_review
from partnet_analysis.messages import Phrase
from partnet_analysis.periods import Period
from partnet_analysis.territories import Territory, territory
from partnet_analysis.views.territories import Failure, comparison_files, comparison_json

YEAR = Period.of_year(2024)
HOSTILE = '<script>alert("1")</script> & =HYPERLINK("x")'
FAILED = Failure(
    "Vide",
    "PN070",
    Phrase("errors.PN070.text", {"path": "Vide", "refused": "–"}),
    Phrase("errors.PN070.way_out", {"path": "Vide", "refused": "–"}),
)


@pytest.fixture(scope="module")
def three() -> list[Territory]:
    """Sum up one town under three names, one of them hostile, one without invitation lists."""
    one = territory("a", annual_review(generated_records(1500, 60), YEAR))
    blank = one.figures.assign(
        value=one.figures["value"].mask(one.figures.index == "share_over_solicited"),
        reason=one.figures["reason"].mask(one.figures.index == "share_over_solicited", Phrase("sharing.no_list")),
    )
    return [
        dataclasses.replace(one, key="zoug", name="Zoug", note="Zoug n'existe pas."),
        dataclasses.replace(one, key="h", name=HOSTILE),
        dataclasses.replace(one, key="arbois", name="Arbois", has_invitation_lists=False, figures=blank),
    ]


@pytest.mark.parametrize(("language", "words"), [("fr", "Ce qui est comparé"), ("en", "What is compared")])
def test_a_page_shows_territories_in_alphabetical_order_and_does_not_sort(
    three: list[Territory], language: str, words: str
) -> None:
    page = comparison_files(three, [FAILED], language)["comparison.html"].decode()

    assert words in page
    assert re.findall(r'<tr data-key="(\w+)">', page)[:3] == ["h", "arbois", "zoug"]
    assert " sorts" not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", page, flags=re.DOTALL)
    assert "PN070" in page
    assert "Zoug n&#39;existe pas." in page


def test_names_are_shown_and_never_run(three: list[Territory]) -> None:
    files = comparison_files(three, [], "fr")

    assert "<script>alert" not in files["comparison.html"].decode()
    assert "&lt;script&gt;alert" in files["comparison.html"].decode()
    book = openpyxl.load_workbook(io.BytesIO(files["comparison.xlsx"]))
    assert [sheet.title for sheet in book] == ["Comparaison", "Définitions"]
    assert book["Comparaison"]["B2"].value == HOSTILE
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_the_table_holds_every_figure_with_its_interval(three: list[Territory]) -> None:
    table = pd.read_csv(io.BytesIO(comparison_files(three, [], "fr")["comparison.csv"]))

    assert list(table["territory"]) == ["h", "arbois", "zoug"]
    assert (table["share_isolated_low"] <= table["share_isolated"]).all()
    assert table["share_over_solicited"].isna().tolist() == [False, True, False]
    assert isinstance(table["reasons"][1], str)


def test_the_same_territories_give_the_same_bytes_in_any_order(three: list[Territory]) -> None:
    assert comparison_files(three, [FAILED], "fr") == comparison_files(three[::-1], [FAILED], "fr")


def test_two_of_one_name_are_told_apart(three: list[Territory]) -> None:
    twins = [dataclasses.replace(three[0], key=key) for key in ("nord", "sud")]

    page = comparison_files(twins, [], "fr")["comparison.html"].decode()

    assert "Zoug (nord)" in page
    assert "Zoug (sud)" in page


def test_many_territories_get_tables_without_drawings(three: list[Territory]) -> None:
    many = [dataclasses.replace(three[0], key=f"t{number:02d}", name=f"T{number:02d}") for number in range(61)]

    page = comparison_files(many, [], "en")["comparison.html"].decode()

    assert 'id="table-territories-load"' in page
    assert 'id="figure-territories-load"' not in page


def test_programs_get_figures_and_failures(three: list[Territory]) -> None:
    told = json.loads(comparison_json(three, [FAILED], "en"))

    assert [one["territory"] for one in told["territories"]] == ["h", "arbois", "zoug"]
    assert told["failed"][0]["code"] == "PN070"
