"""The commands around a folder of records: its first files, its many spellings."""

from pathlib import Path
from typing import Final

import click
import pandas as pd

from partnet_analysis.cli.account import read
from partnet_analysis.cli.job import DONE, Job
from partnet_analysis.cli.speech import tell
from partnet_analysis.config import Config
from partnet_analysis.errors import OutputError
from partnet_analysis.records.assembly.decisions import decided_aliases
from partnet_analysis.records.identity import ALIAS_COLUMNS, ALIAS_FILES, Aliases
from partnet_analysis.records.likeness import FoundNames, name_suggestions
from partnet_analysis.records.names_workbook import names_xlsx
from partnet_analysis.records.starters import starter_files
from partnet_analysis.store.single import write_file, write_new
from partnet_analysis.views.tables import csv_bytes

_TABLES: Final = (".xlsx", ".csv")


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
    List the names that may be one, as the table of names to fill in.

    Parameters
    ----------
    job
        What to read, and the file to write: a workbook or a CSV, both with the decisions so far. Without one, the
        suggestions go to standard output as CSV.

    Returns
    -------
    code
        The exit code.

    Raises
    ------
    click.BadParameter
        If the file is neither.
    OutputError
        If the file holds decisions that cannot be read (PN184), or the system refuses.
    """
    if job.table is not None and job.table.suffix.lower() not in _TABLES:
        raise click.BadParameter(job.say("said.table", path=str(job.table)))
    reading, aliases = read(job), decided_aliases(job.folder)
    suggestions = name_suggestions(reading.records, aliases, found=reading.names)
    if job.table is None:
        click.echo(csv_bytes(suggestions, job.language), nl=False)
    else:
        _refuse_to_lose_decisions(job.table, job.folder, set(reading.ledger.rejects["file"]))
        write_file(job.table, _names_table(job, suggestions, aliases, reading.names))
        click.echo(job.table)
    tell(job.say("said.suggested", n=len(suggestions)))
    return DONE


def _names_table(job: Job, suggestions: pd.DataFrame, aliases: Aliases, found: FoundNames) -> bytes:
    assert job.table is not None  # noqa: S101 (asked before)
    if job.table.suffix.lower() == ".csv":
        waiting = {frozenset(pair) for pair in zip(suggestions["name"], suggestions["same_as"], strict=True)}
        earlier = [row for row in aliases.rows if frozenset(row[:2]) not in waiting]
        decided = pd.DataFrame(earlier, columns=list(ALIAS_COLUMNS)).reindex(columns=suggestions.columns, fill_value="")
        return csv_bytes(pd.concat([suggestions.astype(object), decided.astype(object)], ignore_index=True), job.language)
    language = job.language if job.language_asked else Config.load(job.folder).partnership.language
    return names_xlsx(suggestions, aliases, found, language)


def _refuse_to_lose_decisions(table: Path, folder: Path, refused: set[str]) -> None:
    if table.name in ALIAS_FILES and table.name in refused and table.parent.resolve() == folder.resolve():
        raise OutputError("PN184", path=str(table))
