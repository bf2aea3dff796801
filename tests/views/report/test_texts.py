"""The service's own texts come in as data."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.review import Review
from partnet_analysis.views.report import report_forms
from partnet_analysis.views.report.content import review_document
from partnet_analysis.views.report.document import Prose, Run
from partnet_analysis.views.report.markdown import prose

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
