"""The monthly watch: whom to call now."""

from datetime import date

import click

from partnet_analysis.cli.account import outcome, read, report_rejects
from partnet_analysis.cli.job import Job
from partnet_analysis.cli.speech import inert, steps, tell
from partnet_analysis.errors import EmptyPeriodError, InvalidPeriodError
from partnet_analysis.records.rollup import at_organisation_level
from partnet_analysis.records.tables import Records
from partnet_analysis.views.tables import json_bytes
from partnet_analysis.watch import watch as alerts_on


def watch(job: Job) -> int:
    """
    List what deserves a phone call now; write nothing.

    Parameters
    ----------
    job
        What to read, and on which day.

    Returns
    -------
    code
        The exit code.
    """
    with steps(job, 2) as step:
        step("read")
        reading = read(job)
        step("measure")
        records = at_organisation_level(reading.records)
        day = _day(job, records)
        alerts = alerts_on(records, day)
    if job.as_json:
        click.echo(json_bytes({"day": day, "alerts": alerts.to_dict("records")}, job.language), nl=False)
    else:
        for sentence in alerts["sentence"]:
            click.echo(inert(sentence.in_language(job.language)))
    tell(job.say("said.watched", n=len(alerts), day=day))
    report_rejects(job, reading)
    return outcome(reading)


def _day(job: Job, records: Records) -> date:
    """Take the day asked for, else the last one on which anything was recorded."""
    if job.on is not None:
        try:
            return date.fromisoformat(job.on)
        except ValueError:
            raise InvalidPeriodError(job.on) from None
    span = records.span
    if span is None:
        raise EmptyPeriodError("–", "–", "–")
    return span.end
