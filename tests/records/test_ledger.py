"""The ledger adds up, or is not made; its codes explain themselves."""

import pandas as pd
import pytest

from partnet_analysis.records.ledger import ACCOUNTING_COLUMNS, FAULT_COLUMNS, IGNORED_COLUMNS, Ledger, explanation


def ledger_of(*sources: tuple[object, ...]) -> Ledger:
    nothing = pd.DataFrame(columns=list(FAULT_COLUMNS))
    return Ledger(
        accounting=pd.DataFrame(list(sources), columns=list(ACCOUNTING_COLUMNS)),
        rejects=nothing,
        ignored=pd.DataFrame(columns=list(IGNORED_COLUMNS)),
        remarks=nothing,
    )


def test_a_ledger_whose_rows_add_up_is_made() -> None:
    ledger = ledger_of(("a.csv", None, "canonical", 7, 4, 2, 1), ("b.xlsx", "Sheet", "grid", 0, 0, 0, 0))

    assert ledger.accounting["kept"].sum() == 4


@pytest.mark.parametrize("counts", [(7, 4, 2, 0), (7, 4, 2, 2), (7, 3, 2, 1), (7, 4, 1, 1), (6, 4, 2, 1)])
def test_a_ledger_that_loses_or_invents_a_row_is_refused_and_says_where(counts: tuple[int, ...]) -> None:
    with pytest.raises(AssertionError, match=r"rows do not add up:\n(.*\n)*.*lost\.csv") as refusal:
        ledger_of(("whole.csv", None, "canonical", 3, 3, 0, 0), ("lost.csv", None, "canonical", *counts))

    assert "whole.csv" not in str(refusal.value)


def test_a_code_explains_itself_and_tells_the_way_out() -> None:
    found = explanation("PN011")

    assert found is not None
    assert [phrase.key for phrase in found] == ["errors.PN011.explain", "errors.PN011.way_out"]
    assert all(phrase.in_language(language) for phrase in found for language in ("fr", "en"))


@pytest.mark.parametrize("code", ["PN000", "", "nonsense"])
def test_an_unknown_code_has_no_explanation(code: str) -> None:
    assert explanation(code) is None
