"""
Cases from the field are read right or told, and every file and row of them is accounted for.

`python -m tests.records.field.cases` lists what is not right; `README.md` says where the cases come from.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from partnet_analysis.errors import PartnetError
from tests.records.field.cases import Case, cases, judged, read

HANDED: Final = cases("handed")
HARVEST: Final = cases("harvest")

SHORTFALLS: Final[Mapping[str, str]] = {
    "mixed-alimentation": "headings of minutes are taken for people, and presences of another day for its own",
    "mixed-borough": "a title is taken from a sentence",
}
"""Cases of the harvest that fall short today; who mends one takes it out."""


def _parameters() -> Iterator[Any]:
    """Each case, those that fall short expected to."""
    for case in (*HANDED, *HARVEST):
        reason = SHORTFALLS.get(case.name)
        falls_short = pytest.mark.xfail(raises=AssertionError, strict=True, reason=str(reason))
        yield pytest.param(case, id=case.name, marks=[falls_short] if reason else [])


def test_only_cases_of_the_harvest_fall_short() -> None:
    assert SHORTFALLS.keys() <= {case.name for case in HARVEST}


@pytest.mark.parametrize("case", list(_parameters()))
def test_a_case_is_read_right_or_told(case: Case) -> None:
    verdict = judged(case)

    assert verdict.wrong == ()
    assert not case.must_be_right or verdict.told == ()


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in (*HANDED, *HARVEST)])
def test_every_file_and_row_of_a_case_is_accounted_for(case: Case) -> None:
    reading = read(case.folder)

    if isinstance(reading, PartnetError):
        assert [file for file in case.files if file not in str(reading)] == []
        return
    ledger = reading.ledger
    named = {*ledger.accounting["file"], *ledger.rejects["file"], *ledger.ignored["file"], "partnet.toml"}
    assert set(case.files) <= named
    counts = ledger.accounting
    assert (counts["rows"] == counts[["kept", "rejected", "ignored"]].sum(axis="columns")).all()
