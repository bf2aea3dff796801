"""Several partnerships at once: a whole review of each, in processes of their own, and a comparison of all."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from partnet_analysis.cli.account import outcome
from partnet_analysis.cli.job import ATTENTION, DONE, NOTHING, Files, Job
from partnet_analysis.cli.speech import complain, counted, inert, tell
from partnet_analysis.cli.study import produced, refuse_two_periods, review_makers
from partnet_analysis.config import Config
from partnet_analysis.errors import InputError, PartnetError
from partnet_analysis.messages import Phrase
from partnet_analysis.records.assembly.territories import territory_folders, unread_files
from partnet_analysis.store import fingerprint, refuse_folder_of_records, write_outputs
from partnet_analysis.territories import Territory, in_order, territory
from partnet_analysis.views.territories import Failure, comparison_files, comparison_json

_MOST_PROCESSES: Final = 61
"""Windows waits for no more at once."""


@dataclass(frozen=True, eq=False)
class Reviewed:
    """
    What became of one territory.

    Parameters
    ----------
    key
        The territory's folder.
    code
        The exit code that a review of it alone would have had.
    territory
        What is compared; None where nothing was produced.
    failure
        What went wrong; None where nothing did.
    """

    key: str
    code: int
    territory: Territory | None = None
    failure: Failure | None = None


def review_territories(job: Job) -> int:
    """
    Review every territory of a folder and compare them.

    Parameters
    ----------
    job
        The folder of territories, and where to write: each review into a folder named as its own, the comparison beside.

    Returns
    -------
    code
        1 where a territory failed or had rows rejected, 2 where nothing was produced.
    """
    refuse_two_periods(job)
    config = Config.load(job.folder)
    keys = territory_folders(job.folder, config)
    refuse_folder_of_records(job.out, job.folder)
    read_as = fingerprint(job.folder)
    with counted(len(keys)) as count:
        reviewed = sorted(_all_reviewed(job, keys, count), key=lambda one: one.key)
    language = job.language if job.language_asked else config.partnership.language
    _tell_each(job, reviewed, language)
    compared = in_order([one.territory for one in reviewed if one.territory is not None])
    if not compared:
        return NOTHING
    failures = [one.failure for one in reviewed if one.failure is not None]
    files: Files = {}
    if not job.public:
        # A public edition is compared with nothing: small numbers would single somebody out.
        files = comparison_files(compared, failures, language, name=config.partnership.name, note=config.partnership.note)
        parameters = {"language": language, "period": job.period or job.year, "edition": "comparison"}
        write_outputs(job.out, files, inputs=job.folder, parameters=parameters, read_as=read_as)
    _tell_all(replace(job, language=language), compared, failures, files)
    return ATTENTION if any(one.code != DONE for one in reviewed) else DONE


def _all_reviewed(job: Job, keys: Sequence[str], count: Callable[[str], None]) -> Iterator[Reviewed]:
    """Review each territory in a process; those whose process died with another's are tried again, alone."""
    jobs = {key: replace(job, folder=job.folder / key, out=job.out / key) for key in keys}
    again = []
    for key, ended in _ended(jobs, _n_processes(len(keys))):
        if isinstance(ended, BrokenProcessPool):
            again.append(key)
        else:
            count(key)
            yield _told(key, ended)
    for key in sorted(again):
        for _, ended in _ended({key: jobs[key]}, 1):
            count(key)
            yield _told(key, ended)


def _ended(jobs: Mapping[str, Job], n_processes: int) -> Iterator[tuple[str, Reviewed | BaseException]]:
    # `spawn` everywhere: a forked process would share locks that the parent's libraries hold.
    with ProcessPoolExecutor(
        n_processes, mp_context=multiprocessing.get_context("spawn"), initializer=_leave_interrupts_to_parent
    ) as pool:
        running: dict[Future[Reviewed], str] = {pool.submit(review_territory, job, key): key for key, job in jobs.items()}
        try:
            for future in as_completed(running):
                fault = future.exception()
                yield running[future], future.result() if fault is None else fault
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _n_processes(n_territories: int) -> int:
    # macOS and Windows do not tell which of the machine's cores are this process's own.
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, n_territories, _MOST_PROCESSES))


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _told(key: str, ended: Reviewed | BaseException) -> Reviewed:
    if isinstance(ended, Reviewed):
        return ended
    detail = f"{type(ended).__name__}: {ended}".strip(": ")
    return Reviewed(key, NOTHING, failure=_failure(key, Path(key), InputError("PN111", territory=key, detail=detail)))


def review_territory(job: Job, key: str) -> Reviewed:
    """
    Review one territory; say nothing.

    Parameters
    ----------
    job
        The territory's folder and where to write.
    key
        The territory's name.

    Returns
    -------
    reviewed
        What became of it.
    """
    try:
        done = produced(job, review_makers(job), lambda _: None)
    except PartnetError as fault:
        return Reviewed(key, NOTHING, failure=_failure(key, job.folder, fault))
    return Reviewed(key, outcome(done.reading), territory(key, done.review))


def _failure(key: str, folder: Path, fault: PartnetError) -> Failure:
    """Keep an error as data: an exception itself does not survive the way from one process to another."""
    return Failure(key, fault.code, *(_placeless(phrase, folder, key) for phrase in (fault.phrase, fault.way_out)))


def _placeless(phrase: Phrase, folder: Path, key: str) -> Phrase:
    """Name the territory where the machine's own path stood: a comparison is the same wherever the records lie."""
    values = {
        name: value.replace(str(folder), key) if isinstance(value, str) else value for name, value in phrase.values.items()
    }
    return Phrase(phrase.key, values)


def _tell_each(job: Job, reviewed: Sequence[Reviewed], language: str) -> None:
    spoken = replace(job, language=language)
    unread = unread_files(job.folder)
    if unread:
        tell(inert(spoken.say("said.unread", n=len(unread), files=unread)))
    for one in reviewed:
        if one.failure is not None:
            tell(inert(spoken.say("said.failed", territory=one.key)))
            complain(PartnetError(one.failure.code, **one.failure.fault.values), language)
        else:
            tell(inert(spoken.say("said.territory", territory=one.key, folder=str(job.out / one.key))))


def _tell_all(job: Job, compared: Sequence[Territory], failures: Sequence[Failure], files: Files) -> None:
    if job.as_json:
        click.echo(comparison_json(compared, failures, job.language), nl=False)
    else:
        for one in compared:
            click.echo(inert(str(job.out / one.key)))
        for name in sorted(files):
            click.echo(inert(str(job.out / Path(name))))
    periods = sorted({one.period for one in compared})
    if len(periods) > 1:
        tell(job.say("said.periods_differ", periods=periods))
    tell(job.say("said.territories", n=len(compared) + len(failures), done=len(compared)))
