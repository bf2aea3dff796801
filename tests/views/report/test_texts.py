"""The service's own texts come in as data."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.annual import Review
from partnet_analysis.views.report import report_forms
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.document import Prose, Run, Table
from partnet_analysis.views.report.markdown import blocks, prose

TEXT = """# Le cadre

Le **contrat local** de santé
court jusqu'en *2026*.

- premier point
- second point
  sur deux lignes

1. d'abord
Voir [le site](https://exemple.fr). <script>alert(1)</script> #panic("x")
"""


def test_the_markdown_that_a_review_needs() -> None:
    pieces = prose(TEXT).pieces

    assert [piece.kind for piece in pieces] == ["heading", "paragraph", "item", "item", "item"]
    assert pieces[1].runs == (
        Run("Le "),
        Run("contrat local", strong=True),
        Run(" de santé court jusqu'en "),
        Run("2026", emphasis=True),
        Run("."),
    )
    assert pieces[3].runs == (Run("second point sur deux lignes"),)
    assert "le site (https://exemple.fr)" in pieces[4].runs[0].text


@given(st.text())
def test_no_word_is_lost(text: str) -> None:
    said = " ".join(run.text for piece in prose(text).pieces for run in piece.runs)

    assert set(re.findall(r"[a-zA-Z]+", text)) <= set(re.findall(r"[a-zA-Z]+", said)) | {""}


PLAN = """Le plan, a | b.

## Ce qui est *décidé*

| Quoi | **Qui** | Quand |
|:-----|-----|:---:|
| Rendre visite aux sept partenaires isolés | la Ville | mars
| A \\| B ||
Fin.
"""


def test_a_table_becomes_one_under_the_heading_above_it() -> None:
    before, table, after = blocks(PLAN, "plan", "Plan")

    assert isinstance(before, Prose)
    assert [piece.runs[0].text for piece in before.pieces] == ["Le plan, a | b."]
    assert isinstance(table, Table)
    assert table.title == "Ce qui est décidé"
    assert [(column.title, column.kind) for column in table.columns] == [
        ("Quoi", "prose"),
        ("Qui", "text"),
        ("Quand", "text"),
    ]
    assert [row.cells for row in table.rows] == [
        ("Rendre visite aux sept partenaires isolés", "la Ville", "mars"),
        ("A | B", "", ""),
    ]
    assert isinstance(after, Prose)


def test_a_table_without_a_heading_is_called_as_it_is_told() -> None:
    (table,) = blocks("|a|b|\n|-|-|", "plan", "Plan")

    assert isinstance(table, Table)
    assert (table.title, table.rows) == ("Plan", ())


@given(st.text(alphabet="ab|-\n# *:\\"))
def test_no_word_of_a_table_is_lost(text: str) -> None:
    said = ""
    for block in blocks(text, "key", ""):
        if isinstance(block, Table):
            said += block.title + "".join(column.title for column in block.columns)
            said += "".join("".join(row.cells) for row in block.rows)
        elif isinstance(block, Prose):
            said += "".join(run.text for piece in block.pieces for run in piece.runs)

    assert Counter(re.findall("[ab]", said)) == Counter(re.findall("[ab]", text))


@pytest.mark.usefixtures("_small_map")
def test_the_service_s_own_table_stands_in_for_the_one_to_fill_in(review: Review) -> None:
    own = review_document(review, "fr", texts={"action_plan": PLAN}).sections
    open_ = review_document(review, "fr", texts={"action_plan": "Notre plan."}).sections

    (plan,), (to_fill,) = ([part.blocks for part in parts if part.key == "plan"] for parts in (own, open_))
    assert [block.title for block in plan if isinstance(block, Table)] == ["Ce qui est décidé"]
    assert [block.key for block in to_fill if isinstance(block, Table)] == ["plan"]


@pytest.mark.usefixtures("_small_map")
def test_texts_stand_in_their_sections_and_act_in_no_form(review: Review) -> None:
    texts = {"framework": TEXT, "voices": "Une parole.", "action_plan": "Notre plan."}
    document = review_document(review, "fr", texts=texts)

    keys = [section.key for section in document.sections]
    assert keys.index("framework") == 1
    assert "commitments" not in keys
    assert isinstance(document.sections[keys.index("plan")].blocks[0], Prose)
    forms = report_forms(review, "fr", texts=texts)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in forms["html"].decode()
    assert "<strong>contrat local</strong>" in forms["html"].decode()
    assert len(forms["pdf"]) > 10_000
