"""
Known content in any layout, language and kind of file is read back equal, or what is missing is told.

`make read-study` judges 2,000 draws and counts them by layout; the message of a failure says how to see the draw.
"""

from collections import Counter
from dataclasses import replace
from typing import Final, get_args

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.records.judging.verdicts import Verdict
from tests.records.sheets.writing.any_layout import LAYOUTS, write
from tests.records.sheets.writing.judging import read_and_judge
from tests.records.sheets.writing.known import Language
from tests.records.sheets.writing.study import Case, shown

_LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
_N_DRAWS: Final = 60
_SHARE_RIGHT: Final = 0.88
_CASES: Final = st.sampled_from([(layout, suffix) for layout, of in LAYOUTS.items() for suffix in of.suffixes]).flatmap(
    lambda kind: st.tuples(st.just(kind[0]), st.just(kind[1]), st.sampled_from(_LANGUAGES), st.integers(0, 1_000_000))
)


def test_the_judge_finds_what_is_false_and_what_is_lost() -> None:
    written = write("canonical tables", "csv", "fr", 0, plain=True)
    truth = written.truth
    first, *others = truth.rows
    stranger = replace(first, who="Ada Byron")
    pretended = {
        "right": truth,
        "false row": replace(truth, rows=tuple(others)),
        "not unheard": replace(truth, rows=(replace(first, statuses=frozenset({"unheard"})), *others)),
        "not Nulle part": replace(truth, rows=(replace(first, organisation="Nulle part"), *others)),
        "lost in silence": replace(truth, rows=(*truth.rows, stranger)),
        "false contact": replace(truth, contacts=()),
        "false meeting": replace(truth, meetings=()),
        "false actor": replace(truth, actors={}),
    }

    verdicts = {sought: read_and_judge(replace(written, truth=claim)) for sought, claim in pretended.items()}

    assert verdicts.pop("right") == Verdict()
    assert [sought for sought, verdict in verdicts.items() if not any(sought in fault for fault in verdict.wrong)] == []


def _said_of(case: Case, verdict: Verdict, *, plain: bool = False) -> str:
    layout, suffix, language, seed = case
    command = (
        f"python -m tests.records.sheets.writing.study --show '{layout}' {suffix} {language} {seed}" + " --plain" * plain
    )
    return "\n".join((command, *verdict.wrong, "", shown(write(*case, plain=plain))))


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_plainly_written_is_read_back_or_told(layout: str, language: Language) -> None:
    case = (layout, LAYOUTS[layout].suffixes[0], language, 0)

    verdict = read_and_judge(write(*case, plain=True))

    assert not verdict.wrong, _said_of(case, verdict, plain=True)


def test_what_is_written_in_any_way_is_read_back_or_told() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=_N_DRAWS, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(case=_CASES)
    def judge_one(case: Case) -> None:
        verdict = read_and_judge(write(*case))
        seen[verdict.word] += 1
        assert not verdict.wrong, _said_of(case, verdict)

    judge_one()

    assert seen["right"] >= _SHARE_RIGHT * seen.total()
