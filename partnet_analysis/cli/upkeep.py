"""The commands around the work: verifying what was written, explaining a code."""

import re
from collections.abc import Mapping

import click

from partnet_analysis.cli.job import ATTENTION, DONE, Job
from partnet_analysis.cli.speech import inert, tell
from partnet_analysis.messages import catalogue, has
from partnet_analysis.store import verify


def verify_outputs(job: Job) -> int:
    """
    Compare a folder of results with its manifest.

    Parameters
    ----------
    job
        Which folder.

    Returns
    -------
    code
        The exit code.
    """
    differences = verify(job.folder)
    for difference in differences:
        click.echo(inert(difference.phrase.in_language(job.language)))
    if not differences:
        tell(job.say("said.intact", folder=str(job.folder)))
    return ATTENTION if differences else DONE


def explain(job: Job) -> int:
    """
    Explain a code and tell the way out.

    Parameters
    ----------
    job
        Which code.

    Returns
    -------
    code
        The exit code.
    """
    code = job.code.upper()
    if not has(job.language, f"errors.{code}"):
        raise click.UsageError(job.say("said.unknown_code", code=code))
    sentences = catalogue(job.language, "errors")[code]
    text, way_out, why = (_with_dots(sentences.get(part, "")) for part in ("text", "way_out", "explain"))
    click.echo(f"{code}  {text}\n→ {way_out}")
    if why:
        click.echo(why)
    return DONE


def _with_dots(sentence: str | Mapping[str, str]) -> str:
    """Give a sentence with dots in its blanks; of two, the plural."""
    sentence = sentence if isinstance(sentence, str) else sentence["other"]
    return re.sub(r"\{\w+\}", "…", sentence).strip()
