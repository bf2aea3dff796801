"""What became of the rows: read, said, listed, and turned into an exit code."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import click
import pandas as pd

from partnet_analysis.cli.job import ATTENTION, DONE, Job
from partnet_analysis.cli.speech import inert, place, reject_line, tell
from partnet_analysis.config import Config
from partnet_analysis.messages import say
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.to_fix import to_fix_xlsx
from partnet_analysis.store.single import write_file
from partnet_analysis.views.outputs import accounting
from partnet_analysis.views.tables import json_bytes

_SHOWN_ROWS: Final = 20
_COUNTS: Final = ("rows", "kept", "rejected", "ignored")


def check(job: Job) -> int:
    """
    Read, and say what was made of every row; write nothing but the workbook of faulty rows, where asked.

    Parameters
    ----------
    job
        What to read.

    Returns
    -------
    code
        The exit code.
    """
    reading = read(job)
    if job.to_fix is not None:
        write_file(job.to_fix, to_fix_xlsx(reading.ledger, job.language))
    if job.as_json:
        click.echo(json_bytes(accounting(reading.ledger), job.language), nl=False)
        return outcome(reading)
    for source in reading.ledger.accounting.to_dict("records"):
        counts: dict[str, Any] = {column: int(source[column]) for column in _COUNTS}
        shape = say(job.language, f"readers.shape.{source['shape']}")
        seen = job.say("said.seen", n=int(source["n_actors"])) if source["n_actors"] else ""
        where = place(source["file"], source["sheet"])
        click.echo(job.say("said.source", where=where, shape=shape, seen=seen, **counts))
    report_rejects(job, reading)
    _list(job, "remarks", reading.ledger.remarks.to_dict("records"))
    return outcome(reading)


def read(job: Job) -> Reading:
    """
    Read the job's folder as its `partnet.toml` says.

    Parameters
    ----------
    job
        What to read.

    Returns
    -------
    reading
        The records and the ledger.
    """
    return read_folder(job.folder, Config.load(job.folder))


def report_rejects(job: Job, reading: Reading) -> None:
    """
    Say which files were not used and why, how the rows add up and which were rejected; never so many that nobody reads them.

    Parameters
    ----------
    job
        How to speak.
    reading
        What was read.
    """
    sources = reading.ledger.accounting
    _tell_unused(job, reading.ledger.ignored)
    tell(job.say("said.rows", **{column: int(sources[column].sum()) for column in _COUNTS}))
    _list(job, "rejected", reading.ledger.rejects.to_dict("records"))


def outcome(reading: Reading) -> int:
    """
    Turn what was read into an exit code.

    Parameters
    ----------
    reading
        What was read.

    Returns
    -------
    code
        1 where a row was rejected, else 0.
    """
    return ATTENTION if len(reading.ledger.rejects) else DONE


def _tell_unused(job: Job, ignored: pd.DataFrame) -> None:
    """Name the files and sheets left aside, one line for each reason."""
    whole = ignored[ignored["line"].isna()]
    for code, rows in whole.groupby("code", sort=True):
        files = [place(file, sheet) for file, sheet in zip(rows["file"], rows["sheet"], strict=True)]
        if len(files) > _SHOWN_ROWS:
            files = [*files[:_SHOWN_ROWS], job.say("said.unused_more", n=len(files) - _SHOWN_ROWS)]
        reason, way_out = rows["reason"].iloc[0].in_language(job.language), say(job.language, f"errors.{code}.way_out")
        tell(inert(job.say("said.unused", files=files, reason=reason, way_out=way_out)))


def _list(job: Job, heading: str, rows: Sequence[Mapping[Any, Any]]) -> None:
    if not rows:
        return
    tell(click.style(job.say(f"said.{heading}", n=len(rows)), fg="yellow"))
    for row in rows[:_SHOWN_ROWS]:
        tell("  " + reject_line(row, job.language))
    if len(rows) > _SHOWN_ROWS:
        tell("  " + job.say("said.more", n=len(rows) - _SHOWN_ROWS))
