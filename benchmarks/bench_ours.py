"""What this toolkit does of the benchmarks: `python -m benchmarks.bench_ours WHAT …` tells what each stage took."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Final
from unittest import mock

import numpy as np
import pandas as pd

from benchmarks.bench_data import PERIOD, n_actors, with_plenary
from benchmarks.bench_trial import timed
from benchmarks.generated import Presences, generated_records, presences
from partnet_analysis.annual import annual_review
from partnet_analysis.config import Config
from partnet_analysis.formats.streaming import write_ties
from partnet_analysis.graph import kernels
from partnet_analysis.graph.incidence import Incidence
from partnet_analysis.graph.kernels import sampling
from partnet_analysis.graph.network import Network, partnership_network
from partnet_analysis.graph.pairs import tie_blocks, tied_pairs
from partnet_analysis.measures.centrality import centrality, unweighted_centrality
from partnet_analysis.measures.change import change
from partnet_analysis.measures.cohesion import cohesion
from partnet_analysis.measures.communities import communities
from partnet_analysis.measures.coordination import coordination
from partnet_analysis.measures.isolation import isolation
from partnet_analysis.measures.meetings import meeting_value, series_value
from partnet_analysis.measures.solicitation import solicitation_load
from partnet_analysis.records.assembly import Reading, read_folder
from partnet_analysis.records.tables import Records
from partnet_analysis.views import outputs

_CONTENT: Final = "partnet_analysis.views.report.content"
_FORMS: Final = ("partnet_analysis.views.report.pdf", "partnet_analysis.views.report.word")
_LOADED: Final = (
    _CONTENT,
    *_FORMS,
    "partnet_analysis.records.schemas",
    "partnet_analysis.views.map.partnership_map",
    "partnet_analysis.views.report.workbook",
    "scipy.stats",
)
"""What a review loads on the way."""

_UNWEIGHTED_UP_TO: Final = 20_000
_PATHS_UP_TO: Final = 2_000_000
_TABLE_UP_TO: Final = 50_000_000
"""Pairs up to which the ties are listed as a table."""


def read(folder: Path) -> Reading:
    """
    Read a folder of records, every row checked and accounted for.

    Parameters
    ----------
    folder
        The folder.

    Returns
    -------
    reading
        Records and ledger.
    """
    return timed(
        "read",
        lambda _: read_folder(folder, Config.load(folder)),
        kept=lambda reading: int(reading.ledger.accounting["kept"].sum()),
        size=lambda _: sum(path.stat().st_size for path in folder.iterdir()),
    )


def one_by_one(records: Records) -> None:
    """
    Time each measure on its own, the list of pairs last.

    Parameters
    ----------
    records
        The records.
    """

    def fresh() -> Network:
        return partnership_network(records, PERIOD)

    timed("network", lambda _: fresh().incidence, rows=lambda made: len(made.actor), pairs=lambda made: made.n_pairs)
    without_ties(fresh().incidence, lambda: fresh().incidence)
    timed("solicitation", lambda _: solicitation_load(records, PERIOD))
    timed("isolation", lambda _: isolation(records, PERIOD))
    timed("meetings", lambda _: (meeting_value(records, PERIOD), series_value(records, PERIOD)))
    made = fresh().incidence
    timed("strengths streamed", lambda _: sum(len(block.i) for block in tie_blocks(made)), ties=int)
    timed("ties streamed", lambda _: sum(len(chunk.i) for chunk in tied_pairs(made)), ties=int)
    if len(records.attendance) <= _PATHS_UP_TO:
        roads = fresh().path_edges
        sources = kernels.path_sources(roads)
        timed(
            "betweenness",
            lambda _: kernels.betweenness(roads),
            sources=lambda found: len(found) if sources is None else len(sources),
            roads=lambda _: len(roads.roads.source),
        )
    timed("cohesion", lambda _: cohesion(fresh()))
    timed("change", lambda _: change(records, PERIOD))
    timed("coordination", lambda _: coordination(records, PERIOD))
    timed("communities", lambda _: communities(fresh()))
    timed("centrality", lambda _: centrality(fresh()))
    if kernels.ties_are_listed(made):
        timed("centrality alone", centrality, lambda: _with_ties(fresh()))
    if len(records.attendance) <= _UNWEIGHTED_UP_TO:
        timed("unweighted", lambda _: unweighted_centrality(fresh()))
    if made.n_pairs <= _TABLE_UP_TO:
        timed("ties", lambda network: network.ties, fresh, ties=len)


def to_parquet(records: Records) -> None:
    """
    Time writing every tie as Parquet.

    Parameters
    ----------
    records
        The records.
    """
    network = partnership_network(records, PERIOD)
    with tempfile.TemporaryDirectory() as folder:
        timed(
            "ties to Parquet",
            lambda _: write_ties(network, Path(folder) / "ties"),
            lambda: shutil.rmtree(Path(folder) / "ties", ignore_errors=True),
            ties=int,
            megabytes=lambda _: sum(part.stat().st_size for part in Path(folder).rglob("*.parquet")) / 1e6,
        )


def _with_ties(network: Network) -> Network:
    """List the ties beforehand, as ties and graphs are made apart by hand; nothing is measured of them yet."""
    for part in (network, network.without_coordinators):
        _ = part.edges
    return network


def without_ties(incidence: Incidence, fresh: Callable[[], Incidence]) -> None:
    """
    Time what needs no list of pairs: the matrix of strengths is only multiplied by, never made.

    Parameters
    ----------
    incidence
        Meetings and contacts as arrays.
    fresh
        Makes the same of which nothing has been asked yet.
    """
    values = np.random.default_rng(1).random(incidence.n_actors)
    incidence.product(values)
    timed("operator", lambda _: incidence.product(values), entries=lambda _: len(incidence.actor))
    timed("strength", lambda made: made.strength, fresh)
    timed("pagerank", kernels.pagerank_without_ties, fresh)
    component = timed("components", lambda made: kernels.components(kernels.sparse_certificate(made)), fresh)
    timed("eigenvector", lambda made: kernels.eigenvector_without_ties(made, component), fresh)


def review(folder: Path, *, documents: bool = True) -> None:
    """
    Time a whole review, stage by stage, from CSV to the files; what it loads beforehand is a stage of its own.

    Parameters
    ----------
    folder
        The folder of records.
    documents
        Whether to write every document, or to end with the map and the measures.
    """
    timed("imports", lambda _: [import_module(name) for name in _LOADED])
    reading = read(folder)
    period = reading.records.default_period()
    made = timed("review", lambda _: annual_review(reading.records, period, ledger=reading.ledger))
    files = timed("map", lambda _: outputs.map_files(made, "fr"), size=lambda files: len(files["map.html"]))
    files |= timed("measures", lambda _: outputs.measure_files(made, "fr"))
    files |= timed("canonical", lambda _: outputs.canonical_files(reading.records, reading.ledger, "fr"))
    if documents:
        document = timed("sections and figures", lambda _: import_module(_CONTENT).review_document(made, "fr"))
        forms = import_module("partnet_analysis.views.report")
        html = import_module("partnet_analysis.views.report.html")
        files["review.html"] = timed("review.html", lambda _: html.html_page(document).encode())
        files["review.pdf"] = timed("review.pdf", lambda _: import_module(_FORMS[0]).pdf_bytes(document))
        files["review.docx"] = timed("review.docx", lambda _: import_module(_FORMS[1]).word_bytes(document))
        files["review.xlsx"] = timed("review.xlsx", lambda _: forms.workbook_form(made, "fr"))
    timed("write", lambda _: _written(files), size=lambda _: sum(map(len, files.values())))


def _written(files: Mapping[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as out:
        for name, content in files.items():
            path = Path(out) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def plenary(rows: int, actors: int, n_present: int) -> None:
    """
    Time a town's whole measuring, and again with one plenary more.

    Parameters
    ----------
    rows
        The town's rows.
    actors
        Its actors, all of whom come.
    n_present
        How many come to the plenary; beyond the town's actors, newcomers who are seen nowhere else.
    """
    town = generated_records(rows, actors)
    timed("town", lambda _: _measured(town))
    timed("town with plenary", lambda _: _measured(with_plenary(town, n_present)))


def sampled(rows: int, actors: int, n_networks: int) -> None:
    """
    Compare betweenness from a sample with the exact one, network by network.

    Parameters
    ----------
    rows
        The rows of each network.
    actors
        The actors of each.
    n_networks
        How many networks, each of its own seed.
    """
    timed("sampled", lambda _: [_off(rows, actors, seed) for seed in range(n_networks)], networks=list)


def _off(rows: int, actors: int, seed: int) -> dict[str, float]:
    """Tell how far off the furthest value is, what margin was stated, and how many of the top twenty are the same."""
    edges = partnership_network(generated_records(rows, actors, seed), PERIOD).path_edges
    with mock.patch.object(sampling, "MOST_PATHS", sys.maxsize):
        exact = kernels.betweenness(edges)
    with mock.patch.object(sampling, "MOST_PATHS", -1):
        found = kernels.betweenness(edges)
    top, top_found = (set(np.argsort(-values, kind="stable")[:20].tolist()) for values in (exact, found))
    return {
        "off": float(np.abs(found - exact).max()),
        "margin": kernels.margin(sampling.N_SOURCES, actors),
        "largest": float(exact.max()),
        "same": len(top & top_found),
    }


def _measured(records: Records) -> None:
    outputs.measure_files(annual_review(records, PERIOD), "fr")


def arrays(rows: int, actors: int) -> None:
    """
    Time what needs no pairs on presences that are numbers already, at sizes that no table of text would bear.

    Parameters
    ----------
    rows
        About how many presences.
    actors
        How many actors.
    """
    drawn = presences(rows, actors)
    made = timed("network", lambda _: _laid_out(drawn), rows=lambda made: len(made.actor), pairs=lambda made: made.n_pairs)
    month = (made.day.astype("datetime64[M]") - made.day.min().astype("datetime64[M]")).astype(np.int64)
    n_months = int(month.max()) + 1
    timed("load by month", lambda _: np.bincount(made.actor * n_months + month[made.meeting], minlength=actors * n_months))
    without_ties(made, lambda: replace(made))


def _laid_out(drawn: Presences) -> Incidence:
    n_present = np.bincount(drawn.meeting, minlength=len(drawn.day))
    kept = n_present > 1
    number = np.cumsum(kept) - 1
    there = kept[drawn.meeting]
    nothing = np.empty(0, dtype=np.int64)
    return Incidence(
        ids=pd.RangeIndex(drawn.n_actors, name="actor_id"),
        meeting_ids=pd.Index(np.flatnonzero(kept)),
        actor=drawn.actor[there],
        meeting=number[drawn.meeting[there]],
        day=np.datetime64("2023-01-01", "us") + drawn.day[kept].astype("timedelta64[D]"),
        weight=1 / (n_present[kept] - 1),
        contact_source=nothing,
        contact_target=nothing,
        contact_day=nothing.astype("datetime64[us]"),
        contact_weight=nothing.astype(float),
    )


def main(what: str, *arguments: str) -> None:
    """
    Do what is asked.

    Parameters
    ----------
    what
        `read FOLDER`, `review FOLDER`, `map FOLDER`, `measures ROWS`, `parquet ROWS`, `plenary ROWS ACTORS PRESENT`,
        `sampled ROWS ACTORS NETWORKS` or `arrays ROWS ACTORS`.
    *arguments
        As above.
    """
    folder, numbers = Path(arguments[0]), [int(number) for number in arguments if number.isdigit()]
    doing: dict[str, Callable[[], object]] = {
        "read": lambda: read(folder),
        "review": lambda: review(folder),
        "map": lambda: review(folder, documents=False),
        "measures": lambda: one_by_one(generated_records(numbers[0], n_actors(numbers[0]))),
        "parquet": lambda: to_parquet(generated_records(numbers[0], n_actors(numbers[0]))),
        "plenary": lambda: plenary(*numbers),
        "sampled": lambda: sampled(*numbers),
        "arrays": lambda: arrays(*numbers),
    }
    doing[what]()


if __name__ == "__main__":
    main(*sys.argv[1:])
