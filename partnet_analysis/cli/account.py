"""What became of the rows: read, said, listed, and turned into an exit code."""

from collections.abc import Iterator
from typing import Any, Final

import click
import pandas as pd

from partnet_analysis.cli.explaining import explain_file
from partnet_analysis.cli.job import ATTENTION, DONE, Job
from partnet_analysis.cli.speech import inert, place, reject_line, tell
from partnet_analysis.config import Config
from partnet_analysis.messages import Phrase, say
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.causes import Cause, causes
from partnet_analysis.records.to_fix import to_fix_xlsx
from partnet_analysis.store.single import write_file
from partnet_analysis.views.outputs import accounting
from partnet_analysis.views.tables import json_bytes

_SHOWN_ROWS: Final = 20
_SHOWN_CELLS: Final = 5
_COUNTS: Final = ("rows", "kept", "rejected", "ignored")


def check(job: Job) -> int:
    """
    Read, and say what was made of every row, or how one file was understood; write nothing but the workbook of faulty rows.

    Parameters
    ----------
    job
        What to read.

    Returns
    -------
    code
        The exit code.
    """
    if job.explained is not None:
        return explain_file(job, job.explained)
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
    _list_causes(job, "remarks", reading.ledger.remarks)
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
    Say which files were not used and why, how the rows add up, and what the rejected ones come from, the dearest first.

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
    _list_causes(job, "rejected", reading.ledger.rejects)


def tell_remarks(job: Job, reading: Reading) -> None:
    """
    Say what was remarked on, one line for each kind: where it first stands, and how often it occurs beside.

    Parameters
    ----------
    job
        How to speak.
    reading
        What was read.
    """
    remarks = reading.ledger.remarks
    if remarks.empty:
        return
    tell(job.say("said.remarks_of_check", n=len(remarks)))
    for _, rows in remarks.groupby("code", sort=True):
        more = " " + job.say("said.more", n=len(rows) - 1) if len(rows) > 1 else ""
        tell("  " + reject_line(rows.iloc[0].to_dict(), job.language) + inert(more))


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


def _list_causes(job: Job, heading: str, faults: pd.DataFrame) -> None:
    """List what faults come from, the dearest first; never so many that nobody reads them."""
    if faults.empty:
        return
    tell(click.style(job.say(f"said.{heading}", n=len(faults)), fg="yellow"))
    found = causes(faults)
    for cause in found[:_SHOWN_ROWS]:
        for line in _cause_lines(job, cause):
            tell("  " + line)
    if len(found) > _SHOWN_ROWS:
        rest = found[_SHOWN_ROWS:]
        tell("  " + job.say("said.more", n=sum(max(cause.n_rows, 1) for cause in rest)))


def _cause_lines(job: Job, cause: Cause) -> Iterator[str]:
    """Say a cause, how often it occurs, and what it takes with it."""
    yield reject_line({**vars(cause), "cell": cause.cells[0] if cause.cells else None}, job.language)
    if cause.n_rows > 1:
        cells = list(cause.cells[:_SHOWN_CELLS])
        more = ["…"] if len(cause.cells) > _SHOWN_CELLS else []
        yield "    " + inert(job.say("said.times", n=cause.n_rows, cells=[*cells, *more]))
    if cause.n_following:
        meetings = Phrase("cli.said.meetings_lost", {"n": cause.n_meetings})
        yield "    " + inert(job.say("said.following", meetings=meetings, n=cause.n_following))
