"""The `partnet` command: reads arguments, calls the library, writes what comes back."""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

import click

from partnet_analysis import __version__, names
from partnet_analysis.errors import PartnetError
from partnet_analysis.messages import catalogue, has, say

if TYPE_CHECKING:
    from partnet_analysis.periods import Period
    from partnet_analysis.records.readers import Reading
    from partnet_analysis.review import Review

DONE, ATTENTION, NOTHING = 0, 1, 2
"""Exit codes: done; done but something needs attention; nothing produced."""

DEFAULT_OUT: Final = Path("data/processed")
_SHOWN_REJECTS: Final = 20
_COUNTS: Final = ("rows", "kept", "rejected", "ignored")
_STUDY: Final = ("year", "period", "out", "json")
_CONTEXT: Final = {"max_content_width": 110, "help_option_names": []}

Files = dict[str, bytes]


@dataclass(frozen=True)
class _Job:
    """One run: what to read, what to study, where to write, and how to speak."""

    folder: Path
    language: str
    year: int | None = None
    period: str | None = None
    out: Path = DEFAULT_OUT
    as_json: bool = False

    def say(self, key: str, **values: Any) -> str:  # noqa: ANN401 (a blank takes any plain value)
        return say(self.language, f"cli.{key}", **values)


def main() -> NoReturn:
    """Run the command line and exit with its code."""
    language = language_of(sys.argv[1:], os.environ)
    try:
        code = command_line(language).main(standalone_mode=False)
    except click.Abort:
        code = 130
    except click.ClickException as refusal:
        refusal.show()
        code = refusal.exit_code
    except PartnetError as error:
        _complain(error, language)
        code = NOTHING
    except BrokenPipeError:  # whoever reads our standard output has had enough: `partnet check data/raw | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = DONE
    sys.exit(code if isinstance(code, int) else DONE)


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """
    Find the language to speak before anything is said, help included.

    Parameters
    ----------
    arguments
        The words after `partnet`.
    environment
        The environment; `PARTNET_LANG` counts where no `--lang` is given.

    Returns
    -------
    language
        `fr` unless another known language is asked for.

    Examples
    --------
    >>> language_of(["review", "data/raw", "--lang", "en"], {}), language_of([], {})
    ('en', 'fr')
    """
    asked = environment.get("PARTNET_LANG", "")
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--lang":
            asked = following
        elif word.startswith("--lang="):
            asked = word.removeprefix("--lang=")
    return asked if asked in names.LANGUAGES else names.LANGUAGES[0]


def command_line(language: str) -> click.Group:
    """
    Build the command in one language.

    Parameters
    ----------
    language
        The language of help and messages.

    Returns
    -------
    group
        The `partnet` command with its subcommands.
    """
    group = click.Group("partnet", help=say(language, "cli.help.partnet"), context_settings=_CONTEXT)
    group.params += [_language_option(language)]
    click.version_option(__version__, prog_name="partnet", help=say(language, "cli.help.version"))(group)
    _help_option(group, language)
    for name, run, options in (
        ("review", _review, _STUDY),
        ("check", _check, ("json",)),
        ("build", _build, ("out", "json")),
        ("measure", _measure, _STUDY),
        ("map", _map, _STUDY),
        ("report", _report, _STUDY),
        ("verify", _verify, ()),
    ):
        group.add_command(_command(name, run, options, language))
    group.add_command(_explain_command(language))
    return group


def _command(name: str, run: Callable[[_Job], int], options: Sequence[str], language: str) -> click.Command:
    def callback(**given: Any) -> int:  # noqa: ANN401 (click's own values)
        given.pop("lang", None)
        return run(_Job(language=language, **given))

    params: list[click.Parameter] = [
        click.Argument(["folder"], metavar="OUT" if name == "verify" else "RAW", type=click.Path(path_type=Path))
    ]
    params += [_option(option, language) for option in options]
    params.append(_language_option(language))
    command = click.Command(name, callback=callback, params=params, help=say(language, f"cli.help.{name}"))
    return _help_option(command, language)


_AnyCommand = TypeVar("_AnyCommand", bound=click.Command)


def _help_option(command: _AnyCommand, language: str) -> _AnyCommand:
    command.context_settings = _CONTEXT
    return click.help_option("-h", "--help", help=say(language, "cli.help.help"))(command)


def _option(name: str, language: str) -> click.Option:
    words = say(language, f"cli.help.{name}")
    if name == "json":
        return click.Option(["--json", "as_json"], is_flag=True, help=words)
    if name == "out":
        return click.Option(["-o", "--out"], type=click.Path(path_type=Path), default=DEFAULT_OUT, help=words)
    return click.Option([f"--{name}"], type=int if name == "year" else str, help=words)


def _language_option(language: str) -> click.Option:
    return click.Option(
        ["--lang"], type=click.Choice(names.LANGUAGES), expose_value=False, help=say(language, "cli.help.lang")
    )


def _explain_command(language: str) -> click.Command:
    def callback(code: str) -> int:
        code = code.upper()
        if not has(language, f"errors.{code}"):
            raise click.UsageError(say(language, "cli.said.unknown_code", code=code))
        click.echo(f"{code}  {_template(language, code, 'text')}\n→ {_template(language, code, 'way_out')}")
        return DONE

    params: list[click.Parameter] = [click.Argument(["code"]), _language_option(language)]
    command = click.Command("explain", callback=callback, params=params, help=say(language, "cli.help.explain"))
    return _help_option(command, language)


def _template(language: str, code: str, part: str) -> str:
    """Give a sentence with dots in its blanks."""
    sentence = str(catalogue(language, "errors")[code][part])
    return re.sub(r"\{\w+\}", "…", sentence).strip()


def _check(job: _Job) -> int:
    reading = _read(job)
    _print_account(job, reading)
    return _outcome(reading)


def _build(job: _Job) -> int:
    with _steps(job, 2) as step:
        reading = _read(job, step)
        step("write")
        _write(job, _canonical(job, reading), None)
    return _outcome(reading)


def _measure(job: _Job) -> int:
    return _study(job, 3, ())


def _map(job: _Job) -> int:
    return _study(job, 4, ("map",))


def _report(job: _Job) -> int:
    return _study(job, 4, ("report",))


def _review(job: _Job) -> int:
    return _study(job, 5, ("map", "report"))


def _verify(job: _Job) -> int:
    from partnet_analysis.store import verify  # noqa: PLC0415 (start-up)

    differences = verify(job.folder)
    for difference in differences:
        click.echo(_inert(difference.phrase.in_language(job.language)))
    if not differences:
        _tell(job.say("said.intact", folder=str(job.folder)))
    return ATTENTION if differences else DONE


def _study(job: _Job, n_steps: int, documents: Sequence[str]) -> int:
    """Read, measure, draw what is asked for, write everything at once."""
    if job.year is not None and job.period is not None:
        raise click.UsageError(job.say("said.one_period"))
    from partnet_analysis.views import outputs  # noqa: PLC0415 (start-up)

    with _steps(job, n_steps) as step:
        reading = _read(job, step)
        step("measure")
        review = _reviewed(job, reading)
        files = _canonical(job, reading) | outputs.measure_files(review, job.language)
        if "map" in documents:
            step("map")
            files |= outputs.map_files(review, job.language)
        if "report" in documents:
            step("report")
            files |= outputs.report_files(review, job.language)
        step("write")
        _write(job, files, review.period)
    _report_rejects(job, reading)
    return _outcome(reading)


def _read(job: _Job, step: Callable[[str], None] | None = None) -> "Reading":
    from partnet_analysis.config import Config  # noqa: PLC0415 (start-up)
    from partnet_analysis.records.readers import read_folder  # noqa: PLC0415 (start-up)

    if step:
        step("read")
    return read_folder(job.folder, Config.load(job.folder))


def _reviewed(job: _Job, reading: "Reading") -> "Review":
    from partnet_analysis.config import Config  # noqa: PLC0415 (start-up)
    from partnet_analysis.review import annual_review  # noqa: PLC0415 (start-up)

    partnership = Config.load(job.folder).partnership
    return annual_review(
        reading.records,
        _period(job, reading),
        name=partnership.name,
        note=partnership.note,
        ledger=reading.ledger,
    )


def _period(job: _Job, reading: "Reading") -> "Period":
    from partnet_analysis.periods import Period  # noqa: PLC0415 (start-up)

    if job.period is not None:
        return Period.parse(job.period)
    return Period.of_year(job.year) if job.year is not None else reading.records.default_period()


def _canonical(job: _Job, reading: "Reading") -> Files:
    from partnet_analysis.views.outputs import canonical_files  # noqa: PLC0415 (start-up)

    return canonical_files(reading.records, reading.ledger, job.language)


def _write(job: _Job, files: Files, period: "Period | None") -> None:
    from partnet_analysis.store import write_outputs  # noqa: PLC0415 (start-up)

    parameters = {"language": job.language, "period": str(period) if period else None}
    write_outputs(job.out, files, inputs=job.folder, parameters=parameters)
    if job.as_json:
        click.echo(files["accounting.json"], nl=False)
    else:
        for name in sorted(files):
            click.echo(job.out / name)
    if period:
        _tell(job.say("said.period", period=str(period)))
    _tell(job.say("said.written", n=len(files), folder=str(job.out)))


def _print_account(job: _Job, reading: "Reading") -> None:
    from partnet_analysis.views.outputs import accounting  # noqa: PLC0415 (start-up)
    from partnet_analysis.views.tables import json_bytes  # noqa: PLC0415 (start-up)

    if job.as_json:
        click.echo(json_bytes(accounting(reading.ledger), job.language), nl=False)
        return
    for source in reading.ledger.accounting.to_dict("records"):
        where = _place(str(source["file"]), source["sheet"])
        counts: dict[str, Any] = {column: int(source[column]) for column in _COUNTS}
        click.echo(job.say("said.source", where=where, **counts))
    _report_rejects(job, reading)
    _list(job, "remarks", reading.ledger.remarks.to_dict("records"))


def _report_rejects(job: _Job, reading: "Reading") -> None:
    """Say on standard error how the rows add up and which were rejected; never so many that nobody reads them."""
    sources = reading.ledger.accounting
    _tell(job.say("said.rows", **{column: int(sources[column].sum()) for column in _COUNTS}))
    _list(job, "rejected", reading.ledger.rejects.to_dict("records"))


def _list(job: _Job, heading: str, rows: Sequence[Mapping[Any, Any]]) -> None:
    if not rows:
        return
    _tell(click.style(job.say(f"said.{heading}", n=len(rows)), fg="yellow"))
    for row in rows[:_SHOWN_REJECTS]:
        _tell("  " + reject_line(row, job.language))
    if len(rows) > _SHOWN_REJECTS:
        _tell("  " + job.say("said.more", n=len(rows) - _SHOWN_REJECTS))


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
    place = _place(str(row["file"]), row["sheet"], row["cell"])
    value = row["value"] if isinstance(row["value"], str) else ""
    quoted = f" {_quoted(value, language)}" if value else ""
    fault, way_out = (row[part].in_language(language) for part in ("fault", "way_out"))
    return _inert(f"{place}{quoted} — {row['code']} {fault} → {way_out}")


def _place(*parts: Any) -> str:  # noqa: ANN401 (cells of a frame: text or missing)
    return _inert(" › ".join(str(part) for part in parts if isinstance(part, str) and part))


def _quoted(value: str, language: str) -> str:
    return f"«\u00a0{value}\u00a0»" if language == "fr" else f"“{value}”"


def _inert(text: str) -> str:
    """Show control characters as escapes, so that a name cannot drive the terminal; French spaces are no such thing."""
    harmless = str.maketrans({"\u00a0": " ", "\u202f": " "})
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text.translate(harmless)
    )


def _outcome(reading: "Reading") -> int:
    return ATTENTION if len(reading.ledger.rejects) else DONE


def _complain(error: PartnetError, language: str) -> None:
    heading = click.style(say(language, "cli.said.error"), fg="red")
    sentence = f"{error.phrase.in_language(language).rstrip()}\n→ {error.way_out.in_language(language)}"
    lines = [_inert(line) for line in sentence.splitlines()]
    _tell(f"{heading} {error.code} " + "\n".join(lines))


def _tell(text: str) -> None:
    """Speak to the person, on standard error, in colour only on a terminal and unless NO_COLOR is set."""
    click.echo(text, err=True, color=False if os.environ.get("NO_COLOR") else None)


@contextmanager
def _steps(job: _Job, n_steps: int) -> Iterator[Callable[[str], None]]:
    """Show a progress bar on a terminal, nothing elsewhere."""
    with click.progressbar(
        length=n_steps, file=sys.stderr, hidden=not sys.stderr.isatty(), show_eta=False, item_show_func=str
    ) as bar:

        def step(name: str) -> None:
            bar.update(1, job.say(f"step.{name}"))

        yield step
