"""
The `partnet` command: reads arguments, calls the library, writes what comes back.

What each command does is loaded only when it runs: asking for help or for the version loads nothing heavy.
"""

import errno
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn, TextIO, TypeVar

import click

from partnet_analysis import __version__, names
from partnet_analysis.cli.job import ATTENTION, DEFAULT_OUT, DEFAULT_RAW, DONE, NOTHING, Job
from partnet_analysis.cli.speech import complain, speak_in_any_encoding
from partnet_analysis.errors import PartnetError
from partnet_analysis.messages import say

__all__ = ["ATTENTION", "COMMANDS", "DONE", "NOTHING", "command_line", "language_asked", "main"]

_STUDY: Final = ("year", "period", "out", "json")
_CONTEXT: Final = {"max_content_width": 110, "help_option_names": []}


@dataclass(frozen=True)
class _Command:
    """Where a command is done, what it works on, and which options it takes."""

    run: str
    argument: str
    options: tuple[str, ...] = ()


COMMANDS: Final[Mapping[str, _Command]] = {
    "init": _Command("folder.init", "RAW"),
    "check": _Command("account.check", "RAW", ("json", "to_fix", "explained")),
    "teach": _Command("teaching.teach", "RAW", ("answers", "listed", "json")),
    "names": _Command("folder.suggest_names", "RAW", ("table",)),
    "review": _Command("study.review", "RAW", (*_STUDY, "public")),
    "build": _Command("building.build", "RAW", ("out", "json")),
    "measure": _Command("study.measure", "RAW", _STUDY),
    "map": _Command("study.draw_map", "RAW", _STUDY),
    "report": _Command("study.report", "RAW", _STUDY),
    "export": _Command("study.export", "RAW", (*_STUDY, "format")),
    "watch": _Command("calls.watch", "RAW", ("on", "json")),
    "verify": _Command("upkeep.verify_outputs", "OUT"),
    "explain": _Command("upkeep.explain", "CODE"),
    "forget": _Command("erasure.forget", "PERSON", ("raw", "out", "confirmed")),
    "purge": _Command("erasure.purge", "RAW", ("out", "months", "on", "confirmed")),
}
"""Every command, in the order of help."""


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    speak_in_any_encoding()
    asked = language_asked(sys.argv[1:], os.environ)
    language = asked or names.LANGUAGES[0]
    heard = sys.stdout
    try:
        # Not expanded, as click would on Windows alone: what is asked for there is a name, be there a `*` or a `$` in it.
        code = command_line(language, asked=asked is not None).main(standalone_mode=False, windows_expand_args=False)
    except click.Abort:
        code = 130
    except click.ClickException as refusal:
        refusal.show()
        code = refusal.exit_code
    except PartnetError as error:
        complain(error, language)
        code = NOTHING
    except (OSError, SystemExit) as end:
        if not _nobody_listens(end, heard):
            raise
        code = DONE
    sys.exit(code if isinstance(code, int) else DONE)


def _nobody_listens(end: OSError | SystemExit, heard: TextIO) -> bool:
    """Tell whether whoever reads our standard output has had enough (`partnet check data/raw | head`); if so, be quiet."""
    if isinstance(end, SystemExit):  # click's own way to end then: it puts something dumb in the place of standard output
        return sys.stdout is not heard
    if end.errno not in (errno.EPIPE, errno.EINVAL):
        return False
    try:  # Windows calls it an invalid argument, as it does much else: what could not be written is still not written
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return True
    return False


def language_asked(arguments: Sequence[str], environment: Mapping[str, str]) -> str | None:
    """
    Find the language asked for before anything is said, help included.

    Parameters
    ----------
    arguments
        The words after `partnet`.
    environment
        The environment; `PARTNET_LANG` counts where no `--lang` is given.

    Returns
    -------
    language
        A known language, or None where none is asked for.

    Examples
    --------
    >>> language_asked(["review", "data/raw", "--lang", "en"], {}), language_asked([], {"PARTNET_LANG": "fr"})
    ('en', 'fr')
    """
    asked = environment.get("PARTNET_LANG", "")
    for word, following in zip(arguments, [*arguments[1:], ""], strict=False):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in names.LANGUAGES else None


def command_line(language: str, *, asked: bool = False) -> click.Group:
    """
    Build the command in one language.

    Parameters
    ----------
    language
        The language of help and messages.
    asked
        Whether somebody asked for it.

    Returns
    -------
    group
        The `partnet` command with its subcommands.
    """
    group = _InOrder("partnet", help=say(language, "cli.help.partnet"), context_settings=_CONTEXT)
    group.params += [_language_option(language)]
    click.version_option(__version__, prog_name="partnet", help=say(language, "cli.help.version"))(group)
    _help_option(group, language)
    for name, command in COMMANDS.items():
        group.add_command(_made(name, command, language, asked=asked))
    return group


class _InOrder(click.Group):
    """A group that lists its commands in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's own signature)
        return list(self.commands)


def _made(name: str, command: _Command, language: str, *, asked: bool) -> click.Command:
    def callback(**given: Any) -> int:  # noqa: ANN401 (click's own values)
        return _runner(command.run)(Job(language=language, language_asked=asked, **given))

    params: list[click.Parameter] = [_argument(command.argument)]
    params += [_option(option, language) for option in command.options]
    params.append(_language_option(language))
    made = click.Command(name, callback=callback, params=params, help=say(language, f"cli.help.{name}"))
    return _help_option(made, language)


def _runner(path: str) -> Callable[[Job], int]:
    module, function = path.split(".")
    runner: Callable[[Job], int] = getattr(import_module(f"{__name__}.{module}"), function)
    return runner


def _argument(metavar: str) -> click.Argument:
    if metavar in {"CODE", "PERSON"}:
        return click.Argument([metavar.lower()], metavar=metavar)
    return click.Argument(["folder"], metavar=metavar, type=click.Path(path_type=Path))


_OPTIONS: Final[Mapping[str, tuple[tuple[str, ...], Mapping[str, Any]]]] = {
    "year": (("--year",), {"type": int}),
    "period": (("--period",), {}),
    "out": (("-o", "--out"), {"type": click.Path(path_type=Path), "default": DEFAULT_OUT}),
    "json": (("--json", "as_json"), {"is_flag": True}),
    "format": (("--format", "formats"), {"multiple": True}),
    "on": (("--on",), {}),
    "to_fix": (("--to-fix",), {"type": click.Path(path_type=Path)}),
    "table": (("-o", "--out", "table"), {"type": click.Path(path_type=Path)}),
    "explained": (("--explain", "explained"), {"metavar": "FILE"}),
    "answers": (("--answers",), {"type": click.Path(path_type=Path), "metavar": "FILE"}),
    "listed": (("--list", "listed"), {"is_flag": True}),
    "public": (("--public",), {"is_flag": True}),
    "raw": (("--raw",), {"type": click.Path(path_type=Path), "default": DEFAULT_RAW}),
    "months": (("--months",), {"type": click.IntRange(min=1)}),
    "confirmed": (("--yes", "confirmed"), {"is_flag": True}),
}


def _option(name: str, language: str) -> click.Option:
    declared, settings = _OPTIONS[name]
    return click.Option(list(declared), help=say(language, f"cli.help.{name}"), **settings)


def _language_option(language: str) -> click.Option:
    return click.Option(
        ["--lang"], type=click.Choice(names.LANGUAGES), expose_value=False, help=say(language, "cli.help.lang")
    )


_AnyCommand = TypeVar("_AnyCommand", bound=click.Command)


def _help_option(command: _AnyCommand, language: str) -> _AnyCommand:
    command.context_settings = _CONTEXT
    return click.help_option("-h", "--help", help=say(language, "cli.help.help"))(command)
