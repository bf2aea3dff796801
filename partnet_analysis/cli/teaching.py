"""Asking what reading leaves open, and writing the answers into `partnet.toml`."""

import csv
import difflib
import io
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from partnet_analysis.cli.job import ATTENTION, DONE, Job
from partnet_analysis.cli.speech import can_ask, inert, place, tell
from partnet_analysis.config import FILE_NAME, Config
from partnet_analysis.errors import InputError
from partnet_analysis.messages import Phrase, has, say
from partnet_analysis.records.assembly.asking import OpenFolder
from partnet_analysis.records.assembly.questions import (
    LATER,
    SAYS_WHO_CAME,
    Question,
    answered,
    changes,
    is_of_whole_file,
)
from partnet_analysis.store.decisions import with_rule, with_time_zone
from partnet_analysis.store.single import write_file
from partnet_analysis.views.tables import json_bytes

_STOP: Final = "stop"
_ESCAPE: Final = "\x1b"
_WIDEST_CELL: Final = 24
_MOST_CELLS: Final = 8
_MARK: Final = b"\xef\xbb\xbf"

_Ask = Callable[[Question, int, int], str | None]


def teach(job: Job) -> int:
    """
    Ask what is not clear, one thing at a time, and write what is decided into `partnet.toml`; nothing where broken off.

    Parameters
    ----------
    job
        Which folder, and where the answers are, if in a file.

    Returns
    -------
    code
        The exit code: 1 where a question stays open.
    """
    config = Config.load(job.folder)
    folder = OpenFolder(job.folder, config)
    if job.listed or (job.answers is None and not can_ask()):
        return _list(job, folder.questions(config))
    answers = _answers(job.answers) if job.answers is not None else None
    path = job.folder / FILE_NAME
    before = path.read_bytes() if path.is_file() else b""
    text = before.removeprefix(_MARK).decode()
    taught, left, asked = _taught(folder, config, text, path, _from(answers) if answers is not None else _on_terminal(job))
    if taught != text:
        write_file(path, (_MARK if before.startswith(_MARK) else b"") + taught.encode())
        _show(job, path, text, taught)
    _tell_left(job, left)
    _tell_unused(job, answers or {}, asked)
    return ATTENTION if left else DONE


def _taught(
    folder: OpenFolder, config: Config, text: str, path: Path, ask: _Ask
) -> tuple[str, tuple[Question, ...], set[str]]:
    """Put one question after the other; each answer may settle others or raise new ones."""
    seen: set[str] = set()
    while True:
        left = folder.questions(config)
        fresh = [question for question in left if question.question_id not in seen]
        for question in fresh:
            seen.add(question.question_id)
            answer = ask(question, len(seen), len(seen) + len(fresh) - 1)
            if answer is not None:
                break
        else:
            return text, left, seen
        if answer == _STOP:
            return text, left, seen
        text = _decided(text, question, answer)
        config = Config.of_bytes(text.encode(), path)


def _decided(text: str, question: Question, answer: str) -> str:
    decided = changes(question, answer)
    if "time_zone" in decided:
        return with_time_zone(text, decided["time_zone"])
    if not decided:
        return text
    return with_rule(text, question.file, question.sheets, decided, whole=is_of_whole_file(question))


def _from(answers: Mapping[str, str]) -> _Ask:
    """Take the answers of a file; what it does not answer stays open."""

    def ask(question: Question, _number: int, _of: int) -> str | None:
        said = answers.get(question.question_id)
        answer = answered(question, said) if said else None
        if said and answer is None:
            takes = [*question.choices, *([question.takes] if question.takes else [])]
            raise InputError("PN172", question=question.question_id, answer=said, choices=takes)
        return answer

    return ask


def _answers(path: Path) -> dict[str, str]:
    """Read a file of answers: TOML, or CSV with the columns `question` and `answer`."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
        if path.suffix.lower() == ".csv":
            delimiter = ";" if text.split("\n", 1)[0].count(";") else ","
            rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
            return {row["question"].strip(): (row["answer"] or "").strip() for row in rows}
        return {question: str(answer).strip() for question, answer in tomllib.loads(text).items()}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, csv.Error) as fault:
        raise InputError("PN171", path=str(path), detail=str(fault)) from None


def _on_terminal(job: Job) -> _Ask:
    """Ask somebody; Enter takes the default, Esc, the end of input and Ctrl-C break off."""

    def ask(question: Question, number: int, n_questions: int) -> str:
        tell("")
        tell(click.style(job.say("teach.number", number=number, of=n_questions, where=_where(question)), bold=True))
        for line in _question_lines(question, job.language):
            tell("  " + inert(line))
        for count, choice in enumerate(question.choices, start=1):
            tell(inert(f"    {count}. {_choice(question, choice, job.language)}"))
        tell("  " + job.say("teach.enter", default=_choice(question, question.default, job.language)))
        while True:
            said = click.prompt(job.say("teach.prompt"), default="", show_default=False, prompt_suffix=" ", err=True)
            if _ESCAPE in said:
                raise click.Abort
            answer = _STOP if said.strip().casefold() == _STOP else answered(question, said)
            if answer is not None:
                return answer
            tell("  " + job.say("teach.again"))

    return ask


def _where(question: Question) -> str:
    sheets = [sheet for sheet in question.sheets if sheet]
    return place(question.file, ", ".join(sheets), question.cell)


def _question_lines(question: Question, language: str) -> Iterator[str]:
    """Show the rows that a question is about, then ask it."""
    for line, cells in zip(question.lines, question.rows, strict=True):
        shown = [_short(cell) for cell in cells[:_MOST_CELLS]]
        yield f"{line:>5} | {' | '.join(shown)}{' | …' if len(cells) > _MOST_CELLS else ''}"
    yield _say(language, f"ask.{question.kind}", about=question.about, n=question.n)
    if question.takes:
        yield _say(language, f"takes.{question.takes}")


def _short(cell: str) -> str:
    text = " ".join(cell.split())
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


def _choice(question: Question, choice: str, language: str) -> str:
    """Say a possible answer in words."""
    if question.kind == "list_of" and choice.startswith(SAYS_WHO_CAME):
        return _say(language, "list_of.status", column=choice.removeprefix(SAYS_WHO_CAME))
    group = {"column": "understanding.role", "status": "understanding.status"}.get(question.kind, "readers.shape")
    keys = (f"teach.choice.{choice}", f"teach.{question.kind}.{choice}", f"{group}.{choice}")
    return next((say(language, key) for key in keys if has(language, key)), choice)


def _list(job: Job, questions: Sequence[Question]) -> int:
    """Print the open questions as a file of answers to fill in."""
    if job.as_json:
        click.echo(json_bytes([asdict(question) for question in questions], job.language), nl=False)
    else:
        for question in questions:
            lines = [_where(question), *_question_lines(question, job.language)]
            lines += [f"  {choice} = {_choice(question, choice, job.language)}" for choice in question.choices]
            click.echo("\n".join(f"# {inert(line)}" for line in lines))
            default = "" if question.default == LATER else question.default
            click.echo(f"# {_quoted(question.question_id)} = {_quoted(default)}\n")
    tell(job.say("teach.left", n=len(questions)) if questions else job.say("teach.nothing"))
    return ATTENTION if questions else DONE


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _show(job: Job, path: Path, before: str, after: str) -> None:
    """Show what was written."""
    tell(job.say("teach.written", path=str(path)))
    for line in difflib.ndiff(before.splitlines(), after.splitlines()):
        if line.startswith("+ ") and line[2:].strip():
            click.echo(inert(line[2:]))


def _tell_left(job: Job, left: Sequence[Question]) -> None:
    tell(job.say("teach.left", n=len(left)) if left else job.say("teach.nothing"))
    for question in left:
        sentence = Phrase(f"teach.ask.{question.kind}", {"about": question.about, "n": question.n})
        tell(inert(f"  {_where(question)} — {sentence.in_language(job.language)}"))


def _tell_unused(job: Job, answers: Mapping[str, str], asked: set[str]) -> None:
    """Name the answers that nothing asked for: it is settled, or its name is mistyped."""
    unused = [question for question, answer in answers.items() if answer and question not in asked]
    if unused:
        tell(inert(job.say("teach.unused", n=len(unused), questions=unused)))


def _say(language: str, key: str, **values: object) -> str:
    return say(language, f"teach.{key}", **values)
