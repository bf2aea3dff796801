"""The commands around a folder of records: its first files, its many spellings."""

import click

from partnet_analysis.cli.account import read
from partnet_analysis.cli.job import DONE, Job
from partnet_analysis.cli.speech import tell
from partnet_analysis.errors import OutputError
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.likeness import name_suggestions
from partnet_analysis.records.starters import starter_files
from partnet_analysis.store.single import write_new
from partnet_analysis.views.tables import csv_bytes


def init(job: Job) -> int:
    """
    Put a commented `partnet.toml` and blank forms into a folder; overwrite nothing.

    Parameters
    ----------
    job
        Which folder.

    Returns
    -------
    code
        The exit code.
    """
    files = starter_files(job.language)
    taken = [name for name in files if (job.folder / name).exists()]
    if taken:
        raise OutputError("PN095", path=str(job.folder / taken[0]))
    for name, content in files.items():
        write_new(job.folder / name, content)
        click.echo(job.folder / name)
    tell(job.say("said.written", n=len(files), folder=str(job.folder)))
    return DONE


def suggest_names(job: Job) -> int:
    """
    List the names that may be one, as the alias table to fill in; write nothing.

    Parameters
    ----------
    job
        What to read.

    Returns
    -------
    code
        The exit code.
    """
    suggestions = name_suggestions(read(job).records, decided_aliases(job.folder))
    click.echo(csv_bytes(suggestions, job.language), nl=False)
    tell(job.say("said.suggested", n=len(suggestions)))
    return DONE
