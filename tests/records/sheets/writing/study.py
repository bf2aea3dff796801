"""
How often any layout is read back right.

    python -m tests.records.sheets.writing.study [N] [--from SEED]                a table over N draws (2,000)
    python -m tests.records.sheets.writing.study --show LAYOUT SUFFIX LANGUAGE SEED   one draw, with what is wrong with it
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Final, get_args

from tests.records.judging.verdicts import Verdict
from tests.records.sheets.writing.any_layout import LAYOUTS, write
from tests.records.sheets.writing.judging import read_and_judge
from tests.records.sheets.writing.known import Language
from tests.records.sheets.writing.truth import Written

_WORDS: Final = ("right", "told", "refused", "wrong")
_SHARE_RIGHT: Final = 0.9
"""How many must be read right, of all: telling is no excuse for reading little."""
Case = tuple[str, str, Language, int]


def cases(number: int, first: int = 0) -> Iterator[Case]:
    """Go through all layouts, kinds of files and languages, each time with another seed from the first on."""
    kinds = [
        (layout, suffix, language)
        for layout, of in LAYOUTS.items()
        for suffix in of.suffixes
        for language in get_args(Language)
    ]
    for seed, (layout, suffix, language) in enumerate(islice(cycle(kinds), number), first):
        yield layout, suffix, language, seed


def judged(case: Case, *, plain: bool = False) -> Verdict:
    """Write a case, read it, judge it; a crash is wrong."""
    try:
        return read_and_judge(write(*case, plain=plain))
    except Exception as failure:  # noqa: BLE001 (whatever it is, the study goes on)
        return Verdict(wrong=(f"crashed: {failure!r}",))


def shown(written: Written) -> str:
    """Show what was written, page by page."""
    lines = []
    for file, pages in written.pages.items():
        for page in pages:
            lines.append(f"--- {file} [{page.name}]")
            lines += [" | ".join("" if cell is None else str(cell) for cell in row) for row in page.rows]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", nargs="?", type=int, default=2000)
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="SEED", help="the first draw's seed")
    parser.add_argument("--show", nargs=4, metavar=("LAYOUT", "SUFFIX", "LANGUAGE", "SEED"))
    parser.add_argument("--plain", action="store_true", help="write as plainly as can be")
    parser.add_argument("--only", default="", help="only the layouts whose name contains this")
    parser.add_argument("--list", choices=_WORDS, help="also list the draws of this verdict")
    asked = parser.parse_args()
    if asked.show:
        layout, suffix, language, seed = asked.show
        written = write(layout, suffix, language, int(seed), plain=asked.plain)
        verdict = judged((layout, suffix, language, int(seed)), plain=asked.plain)
        print(shown(written), verdict.word, *verdict.wrong, *(f"told: {what}" for what in verdict.told), sep="\n")  # noqa: T201
        return 0
    counts: Counter[tuple[str, str, str]] = Counter()
    for case in cases(asked.number, asked.first):
        if asked.only not in case[0]:
            continue
        verdict = judged(case, plain=asked.plain)
        word = "refused" if verdict.refused else verdict.word
        counts[case[0], case[1], word] += 1
        if asked.list == word:
            print(*case, "·", " · ".join((verdict.wrong or verdict.told)[:2]), flush=True)  # noqa: T201
    _print(counts)
    right, wrong = (sum(n for (*_, word), n in counts.items() if word == sought) for sought in ("right", "wrong"))
    return int(wrong > 0 or right < _SHARE_RIGHT * counts.total())


def _print(counts: Counter[tuple[str, str, str]]) -> None:
    rows = sorted({(layout, suffix) for layout, suffix, _ in counts})
    lines = [(layout, suffix, *(counts[layout, suffix, word] for word in _WORDS)) for layout, suffix in rows]
    lines.append(("all", "", *(sum(n for (*_, found), n in counts.items() if found == word) for word in _WORDS)))
    print(f"{'layout':32}{'file':6}" + "".join(f"{word:>9}" for word in _WORDS))  # noqa: T201
    for layout, suffix, *numbers in lines:
        print(f"{layout:32}{suffix:6}" + "".join(f"{number:9}" for number in numbers))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
