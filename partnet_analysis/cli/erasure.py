"""The commands that take people, and what is too old, out of the results: said first, done with `--yes`."""

from datetime import date

import click

from partnet_analysis.cli.job import ATTENTION, DONE, Job
from partnet_analysis.cli.speech import inert, tell
from partnet_analysis.config import Config
from partnet_analysis.errors import InvalidPeriodError
from partnet_analysis.privacy import Removal, carry_out, erasure_plan, retention_plan


def forget(job: Job) -> int:
    """
    Erase a person from everything that is ours.

    Parameters
    ----------
    job
        Whom, from which folders, and whether to do it.

    Returns
    -------
    code
        The exit code.
    """
    return _done(job, erasure_plan(job.person, records=job.raw, outputs=job.out))


def purge(job: Job) -> int:
    """
    Erase what is older than records are kept.

    Parameters
    ----------
    job
        From which folders, how old, and whether to do it.

    Returns
    -------
    code
        The exit code.
    """
    months = job.months if job.months is not None else Config.load(job.folder).privacy.retention_months
    return _done(job, retention_plan(records=job.folder, outputs=job.out, today=_today(job), months=months))


def _today(job: Job) -> date:
    if job.on is None:
        return date.today()  # noqa: DTZ011 (the retention period is counted in days of the place)
    try:
        return date.fromisoformat(job.on)
    except ValueError:
        raise InvalidPeriodError(job.on) from None


def _done(job: Job, removal: Removal) -> int:
    for row in removal.plan.to_dict("records"):
        sentence = job.say(f"removal.{row['action']}", file=f"{row['folder']}/{row['file']}")
        click.echo(inert(sentence))
    if job.confirmed:
        carry_out(removal)
    tell(job.say("removal.done" if job.confirmed else "removal.planned", n=len(removal.plan)))
    return ATTENTION if removal.needs_hands else DONE
