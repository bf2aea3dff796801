"""How the command line speaks: on standard error, one line at a time, names shown and never obeyed."""

import codecs
import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import click

from partnet_analysis.cli.job import Job
from partnet_analysis.errors import PartnetError
from partnet_analysis.messages import say

_PLAIN: Final = {
    "→": "->",
    "›": ">",
    "…": "...",
    "’": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "–": "-",
    "—": "-",
    "·": "-",
    "×": "x",
    "≥": ">=",
    "≤": "<=",
    "−": "-",
    "\u00a0": " ",
    "\u202f": " ",
}
"""How the signs of our sentences are written where a terminal's encoding lacks them."""

_IN_PLAIN_SIGNS: Final = "partnet-plain-signs"
_ODD_BYTES: Final = range(0xDC80, 0xDD00)


def speak_in_any_encoding() -> None:
    """Let no sign stop a sentence: what is piped or printed in Windows' or another old encoding cannot hold them all."""
    codecs.register_error(_IN_PLAIN_SIGNS, _in_plain_signs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_IN_PLAIN_SIGNS)


def _in_plain_signs(fault: UnicodeError) -> tuple[str, int]:
    """Write signs of ours in plain ones, anything else, such as letters of a name, as an escape that tells them apart."""
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    lacking = fault.object[fault.start : fault.end]
    return "".join(_PLAIN.get(sign) or _escaped(sign) for sign in lacking), fault.end


def _escaped(sign: str) -> str:
    if ord(sign) in _ODD_BYTES:  # a byte of a file's name that is no Unicode
        return f"\\x{ord(sign) - 0xDC00:02x}"
    return sign.encode("ascii", "backslashreplace").decode()


def tell(text: str) -> None:
    """
    Speak to the person, in colour only on a terminal and unless NO_COLOR is set.

    Parameters
    ----------
    text
        What to say.
    """
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)


def can_ask() -> bool:
    """
    Tell whether somebody can be asked.

    Returns
    -------
    terminal
        True if standard input is a terminal.
    """
    return sys.stdin.isatty()


def complain(error: PartnetError, language: str) -> None:
    """
    Say what went wrong and the way out.

    Parameters
    ----------
    error
        What went wrong.
    language
        `fr` or `en`.
    """
    heading = click.style(say(language, "cli.said.error"), fg="red")
    sentence = f"{error.phrase.in_language(language).rstrip()}\n→ {error.way_out.in_language(language)}"
    tell(f"{heading} {error.code} " + "\n".join(inert(line) for line in sentence.splitlines()))


def inert(text: str) -> str:
    r"""
    Show control characters as escapes, so that a name cannot drive the terminal.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    shown
        The text, safe to print; the no-break spaces of French typography become plain spaces.

    Examples
    --------
    >>> inert("\x1b[2J")
    '\\x1b[2J'
    """
    harmless = str.maketrans({"\u00a0": " ", "\u202f": " "})
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text.translate(harmless)
    )


def place(*parts: Any) -> str:  # noqa: ANN401 (cells of a frame: text or missing)
    """
    Say where something stands.

    Parameters
    ----------
    *parts
        File, sheet, cell; what is missing is left out.

    Returns
    -------
    place
        `Émargements 2025.xlsx › 14 mars › B9`.
    """
    return inert(" › ".join(str(part) for part in parts if isinstance(part, str) and part))


def reject_line(row: Mapping[Any, Any], language: str) -> str:
    """
    Say where a row is at fault, what is wrong and the way out, on one line.

    Parameters
    ----------
    row
        A row of `Ledger.rejects` or `Ledger.remarks`.
    language
        `fr` or `en`.

    Returns
    -------
    line
        `Émargements 2025.xlsx › 14 mars › B9 « 31/02/2025 » — PN011 …`; control characters in names are shown, not obeyed.
    """
    where = place(row["file"], row["sheet"], row["cell"])
    value = row["value"] if isinstance(row["value"], str) else ""
    quoted = f" {_quoted(value, language)}" if value else ""
    fault, way_out = (row[part].in_language(language) for part in ("fault", "way_out"))
    return inert(f"{where}{quoted} — {row['code']} {fault} → {way_out}")


def _quoted(value: str, language: str) -> str:
    return f"«\u00a0{value}\u00a0»" if language == "fr" else f"“{value}”"


@contextmanager
def steps(job: Job, n_steps: int) -> Iterator[Callable[[str], None]]:
    """
    Show a progress bar on a terminal, nothing elsewhere.

    Parameters
    ----------
    job
        The run.
    n_steps
        How many steps it has.

    Yields
    ------
    step
        What to call with a step's name when it begins.
    """
    with click.progressbar(
        length=n_steps, file=sys.stderr, hidden=not sys.stderr.isatty(), show_eta=False, item_show_func=str
    ) as bar:

        def step(name: str) -> None:
            bar.update(1, job.say(f"step.{name}"))

        yield step


@contextmanager
def counted(n_parts: int) -> Iterator[Callable[[str], None]]:
    """
    Show on a terminal how many parts are done, nothing elsewhere.

    Parameters
    ----------
    n_parts
        How many there are.

    Yields
    ------
    count
        What to call with a part's name when it is done.
    """
    with click.progressbar(
        length=n_parts,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
        show_pos=True,
        item_show_func=lambda name: inert(str(name or "")),
    ) as bar:

        def count(name: str) -> None:
            bar.update(1, name)

        bar.render_progress()
        yield count


def draws(job: Job) -> Callable[[int, int], None]:
    """
    Make what shows on a terminal how many draws are done, and nothing elsewhere.

    Parameters
    ----------
    job
        The run.

    Returns
    -------
    progress
        What to call with the number of draws done and to do.
    """
    on_terminal = sys.stderr.isatty()

    def progress(done: int, n_draws: int) -> None:
        if on_terminal:
            click.echo(f"\r{job.say('step.resample')} {done}/{n_draws}", nl=done == n_draws, err=True)

    return progress
