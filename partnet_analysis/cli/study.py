"""The commands that read, measure, draw and write."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click

from partnet_analysis import privacy
from partnet_analysis.annual import Review, annual_review
from partnet_analysis.cli.account import outcome, read, report_rejects
from partnet_analysis.cli.job import Files, Job
from partnet_analysis.cli.speech import draws, steps
from partnet_analysis.cli.writing import tell_written, write_files
from partnet_analysis.config import Config
from partnet_analysis.periods import Period
from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.assembly.territories import territory_folders
from partnet_analysis.records.companions import read_coordinates, read_outline, read_texts
from partnet_analysis.store import fingerprint
from partnet_analysis.views import outputs
from partnet_analysis.views.map.geography import Geography

Maker = Callable[[Review, str], Files]

_EXPORT_FOLDER: Final = "export"


def review(job: Job) -> int:
    """
    Do everything.

    Parameters
    ----------
    job
        What to read and where to write.

    Returns
    -------
    code
        The exit code.
    """
    if territory_folders(job.folder, Config.load(job.folder)):
        from partnet_analysis.cli.territories import review_territories  # noqa: PLC0415 (few need it)

        return review_territories(job)
    return _studied(job, review_makers(job))


def review_makers(job: Job) -> dict[str, Maker]:
    """
    Name what makes the parts of a review.

    Parameters
    ----------
    job
        What to read; texts, places and keys are read now, before anything long is done.

    Returns
    -------
    makers
        For each part the function that makes its files.
    """
    if job.public:
        return {"report": _public_maker(job)}
    return {"map": _map_maker(job), "report": _report_maker(job)}


def measure(job: Job) -> int:
    """
    Write the canonical tables, the ties and every measure, the resampled ones too.

    Parameters
    ----------
    job
        What to read and where to write.

    Returns
    -------
    code
        The exit code.
    """
    return _studied(job, {"resample": lambda made, language: outputs.detail_files(made, language, draws(job))})


def draw_map(job: Job) -> int:
    """
    Write the map, with the measures it shows.

    Parameters
    ----------
    job
        What to read and where to write.

    Returns
    -------
    code
        The exit code.
    """
    return _studied(job, {"map": _map_maker(job)})


def report(job: Job) -> int:
    """
    Write the annual review, with the measures it tells.

    Parameters
    ----------
    job
        What to read and where to write.

    Returns
    -------
    code
        The exit code.
    """
    return _studied(job, {"report": _report_maker(job)})


def export(job: Job) -> int:
    """
    Write the network for other programs.

    Parameters
    ----------
    job
        What to read, which formats, and where to write: the folder `export` inside.

    Returns
    -------
    code
        The exit code.
    """
    from partnet_analysis.formats import ALL_BUT_EXTRAS, FORMATS, export_files  # noqa: PLC0415 (only `export` needs it)

    unknown = set(job.formats) - set(FORMATS)
    if unknown:
        raise click.UsageError(job.say("said.formats", unknown=sorted(unknown), formats=tuple(FORMATS)))

    def exported(review: Review, _language: str) -> Files:
        measured = review.centrality.drop(columns="reasons")
        files = export_files(review.network, job.formats or ALL_BUT_EXTRAS, attributes=measured)
        return {f"{_EXPORT_FOLDER}/{name}": content for name, content in files.items()}

    return _studied(job, {"export": exported})


@dataclass(frozen=True, eq=False)
class Produced:
    """
    A review, made and written.

    Parameters
    ----------
    job
        The run, in the language that was spoken.
    reading
        What was read.
    review
        The review.
    files
        What was written.
    """

    job: Job
    reading: Reading
    review: Review
    files: Files


def produced(job: Job, makers: Mapping[str, Maker], step: Callable[[str], None]) -> Produced:
    """
    Read, measure, make what is asked for, write it all; say nothing.

    Parameters
    ----------
    job
        What to read and where to write; in the partnership's language unless told otherwise.
    makers
        For each part the function that makes its files.
    step
        What to call with a step's name when it begins.

    Returns
    -------
    produced
        What was made of it.
    """
    if not job.language_asked:
        job = replace(job, language=Config.load(job.folder).partnership.language)
    step("read")
    read_as = fingerprint(job.folder)
    reading = read(job)
    step("measure")
    made = _reviewed(job, reading)
    files = {} if job.public else _internal_files(job, reading, made)
    for name, maker in makers.items():
        step(name)
        files |= maker(made, job.language)
    step("write")
    write_files(job, files, made.period, read_as)
    return Produced(job, reading, made, files)


def refuse_two_periods(job: Job) -> None:
    """
    Refuse a year and a period at once.

    Parameters
    ----------
    job
        The run.
    """
    if job.year is not None and job.period is not None:
        raise click.UsageError(job.say("said.one_period"))


def _studied(job: Job, makers: Mapping[str, Maker]) -> int:
    refuse_two_periods(job)
    with steps(job, 3 + len(makers)) as step:
        done = produced(job, makers, step)
    tell_written(done.job, done.files, done.review.period)
    report_rejects(done.job, done.reading)
    return outcome(done.reading)


def _internal_files(job: Job, reading: Reading, made: Review) -> Files:
    canonical = outputs.canonical_files(reading.records, reading.ledger, job.language)
    return canonical | outputs.measure_files(made, job.language)


def _map_maker(job: Job) -> Maker:
    """Read where the actors are before anything long is done."""
    config = Config.load(job.folder)
    geography = Geography(read_coordinates(job.folder, config), read_outline(job.folder, config))
    named = geography if config.geography.coordinates else None
    return lambda made, language: outputs.map_files(made, language, named)


def _report_maker(job: Job) -> Maker:
    """Read the service's own texts before anything long is done."""
    texts = read_texts(job.folder, Config.load(job.folder))
    return lambda made, language: outputs.report_files(made, language, texts)


def _public_maker(job: Job) -> Maker:
    """Find the key before anything long is done."""
    key = privacy.public_key(os.environ, [Path.cwd(), job.folder, job.out])
    return lambda made, language: privacy.public_files(made, key, language)


def _reviewed(job: Job, reading: Reading) -> Review:
    config = Config.load(job.folder)
    return annual_review(
        reading.records,
        _period(job, reading),
        name=config.partnership.name,
        note=config.partnership.note,
        ledger=reading.ledger,
        level=privacy.justified_level(config.privacy),
    )


def _period(job: Job, reading: Reading) -> Period:
    if job.period is not None:
        return Period.parse(job.period)
    return Period.of_year(job.year) if job.year is not None else reading.records.default_period()
