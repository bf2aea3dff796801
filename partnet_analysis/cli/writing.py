"""What a command writes, and how it says so."""

from collections.abc import Mapping
from pathlib import Path

import click

from partnet_analysis.cli.job import Files, Job
from partnet_analysis.cli.speech import tell
from partnet_analysis.periods import Period
from partnet_analysis.store import kindred_outputs, write_outputs


def write_files(job: Job, files: Files, period: Period | None, read_as: Mapping[str, str | None]) -> None:
    """
    Write what was made, whole or not at all; say nothing.

    Parameters
    ----------
    job
        Where to write.
    files
        File name → content.
    period
        The period under review; None where nothing was measured.
    read_as
        The fingerprint of the records before they were read.
    """
    edition = "public" if job.public else "internal"
    parameters = {"language": job.language, "period": str(period) if period else None, "edition": edition}
    kindred = kindred_outputs(job.out, inputs=job.folder, parameters=parameters)
    write_outputs(job.out, {**kindred, **files}, inputs=job.folder, parameters=parameters, read_as=read_as)


def tell_written(job: Job, files: Files, period: Period | None) -> None:
    """
    Say what was written.

    Parameters
    ----------
    job
        How to speak.
    files
        What was written.
    period
        The period under review; None where nothing was measured.
    """
    if job.as_json and "accounting.json" in files:
        click.echo(files["accounting.json"], nl=False)
    else:
        for name in sorted(files):
            click.echo(job.out / Path(name))
    if period:
        tell(job.say("said.period", period=str(period)))
    tell(job.say("said.written", n=len(files), folder=str(job.out)))
