"""
How much of a change to the code the tests notice: mutmut's results, by module.

`mutmut run` (see `[tool.mutmut]` in `pyproject.toml`) changes the code in one place at a time and runs the tests that pass
there. `python -m benchmarks.mutation` adds up what it left in `mutants/` and rewrites the table in
`docs/reliability.md`.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.reliability import PAGE, ROOT

LEAST: Final = 0.85
"""The share of changes that the tests of a module must notice."""

_KILLED: Final = frozenset({1, 3})
_TOO_LONG: Final = frozenset({-24, 24, 36, 152, 255})
_BEGIN, _END = "<!-- mutation: begin -->", "<!-- mutation: end -->"


@dataclass(frozen=True)
class Score:
    """
    What became of the changes to one module.

    Parameters
    ----------
    module
        The module, relative to the package.
    tried
        The changes tried.
    killed
        Those that made a test fail.
    too_long
        Those after which the tests did not end in time; told, and not counted as noticed.
    """

    module: str
    tried: int
    killed: int
    too_long: int

    @property
    def share(self) -> float:
        """The share of changes noticed, 0 to 1."""
        return self.killed / self.tried if self.tried else 0.0

    @property
    def line(self) -> str:
        """The row of the table."""
        return f"| `{self.module}` | {self.tried:,} | {self.killed:,} | {self.too_long:,} | {100 * self.share:.0f} % |"


def scores(mutants: Path) -> list[Score]:
    """
    Read mutmut's results.

    Parameters
    ----------
    mutants
        The folder `mutants`.

    Returns
    -------
    scores
        One for each module with changes tried, by name.
    """
    found = []
    package = mutants / "partnet_analysis"
    for path in sorted(package.rglob("*.meta")):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        tried = [code for code in codes if code is not None]
        if tried:
            name = path.relative_to(package).as_posix().removesuffix(".py.meta")
            found.append(Score(name, len(tried), sum(c in _KILLED for c in tried), sum(c in _TOO_LONG for c in tried)))
    return found


def with_scores(page: str, found: list[Score]) -> str:
    """
    Put scores into the page's table; rows of other modules stay as they are.

    Parameters
    ----------
    page
        The page.
    found
        The scores.

    Returns
    -------
    page
        The page with each score in the row of its module, the rows by name.
    """
    before, rest = page.split(_BEGIN)
    table, after = rest.split(_END)
    head, rule, *rows = table.strip().splitlines()
    by_module = {row.split("`")[1]: row for row in rows} | {score.module: score.line for score in found}
    lines = [head, rule, *(by_module[name] for name in sorted(by_module))]
    return f"{before}{_BEGIN}\n" + "\n".join(lines) + f"\n{_END}{after}"


def main() -> None:
    """Print the scores, put them into the page, and exit 1 if one is below 85 %."""
    found = scores(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "mutants")
    sys.stdout.write("".join(f"{score.line}\n" for score in found))
    PAGE.write_text(with_scores(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    sys.exit(any(score.share < LEAST for score in found))


if __name__ == "__main__":
    main()
