"""The command that writes what was read, and measures nothing: it loads no engine and nothing that draws."""

from partnet_analysis.cli.account import outcome, read, report_rejects, tell_remarks
from partnet_analysis.cli.job import Job
from partnet_analysis.cli.speech import steps
from partnet_analysis.cli.writing import tell_written, write_files
from partnet_analysis.store import fingerprint
from partnet_analysis.views import outputs


def build(job: Job) -> int:
    """
    Write the canonical tables and the account of rows.

    Parameters
    ----------
    job
        What to read and where to write.

    Returns
    -------
    code
        The exit code.
    """
    with steps(job, 2) as step:
        step("read")
        read_as = fingerprint(job.folder)
        reading = read(job)
        step("write")
        files = outputs.canonical_files(reading.records, reading.ledger, job.language)
        write_files(job, files, None, read_as)
    tell_written(job, files, None)
    report_rejects(job, reading)
    tell_remarks(job, reading)
    return outcome(reading)
