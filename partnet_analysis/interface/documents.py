"""The year as data, and the documents drawn from it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.formats import ALL_BUT_EXTRAS, export_files
from partnet_analysis.graph.network import Network
from partnet_analysis.interface.arguments import AnyPeriod, period_of, require, require_language, require_texts
from partnet_analysis.interface.docstrings import answers_as
from partnet_analysis.interface.reading import FolderRecords
from partnet_analysis.records.tables import Records
from partnet_analysis.views import outputs
from partnet_analysis.views.map.partnership_map import PartnershipMap


def review(
    records: Records,
    year: AnyPeriod = None,
    *,
    period: AnyPeriod = None,
    name: str | None = None,
    note: str | None = None,
) -> Review:
    """
    Measure a partnership's year: what the map and the annual review are drawn from.

    Parameters
    ----------
    records
        The records, from `read`, over their whole span: the years before are measured too.
    year
        The year under review; the last calendar year that the records cover by default.
    period
        Another period than a year, as text or as a `Period`; give one of the two.
    name
        The partnership's name; by default what `partnet.toml` said where the records were read.
    note
        What must be said wherever the partnership is named; by default what `partnet.toml` said.

    Returns
    -------
    review
        Every frame of the year under its name, such as `essentials`, `centrality`, `solicitation` and `isolation`.

    Raises
    ------
    TypeError
        If both a year and a period are given.
    EmptyPeriodError
        If the period holds neither a meeting nor a contact.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> review = pn.review(pn.read("data/raw"), year=2025)
    >>> review.essentials.index.tolist()
    ['n_active', 'n_meetings', 'n_pairs', 'n_over_solicited', 'n_isolated']
    """
    require(records, Records, "review")
    if year is not None and period is not None:
        message = 'give a year or a period, not both: pn.review(records, year=2024), or period="2024-01-01..2024-06-30"'
        raise TypeError(message)
    chosen = period_of(records, period if year is None else year, "review")
    known = records if isinstance(records, FolderRecords) else None
    return annual_review(
        records,
        chosen,
        name=name if name is not None else known.name if known else "",
        note=note if note is not None else known.note if known else "",
        ledger=known.ledger if known else None,
    )


def map(review: Review, *, language: str = "fr", height: str = "720px") -> PartnershipMap:  # noqa: A001 (the word users say; nobody imports it bare)
    """
    Draw the interactive map; it shows itself in a notebook.

    Parameters
    ----------
    review
        The year, from `review`.
    language
        `fr` or `en`.
    height
        The height of the frame in a notebook.

    Returns
    -------
    map
        The map; `map.generate_html()` gives the page, which opens offline.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> map = pn.map(pn.review(pn.read("data/raw"), year=2025), language="en")
    >>> map.generate_html()[:15]
    '<!doctype html>'
    """
    require(review, Review, "map")
    require_language(language, "map")
    if not isinstance(height, str):
        message = f'height is a length as browsers know it, not {height!r}; call pn.map(review, height="720px")'
        raise TypeError(message)
    return PartnershipMap(review, language, height=height)


def documents(review: Review, *, language: str = "fr", texts: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """
    Write the map and the annual review, as bytes by file name.

    Parameters
    ----------
    review
        The year, from `review`.
    language
        `fr` or `en`.
    texts
        The service's own texts in Markdown, by name: `framework`, `commitments`, `voices`, `action_plan`; none by default.

    Returns
    -------
    files
        `map.html`, and `review-YEAR` in each of its forms; nothing is written to the disk.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> files = pn.documents(pn.review(pn.read("data/raw"), year=2025), language="en")
    >>> "map.html" in files, "review-2025.html" in files
    (True, True)
    """
    require(review, Review, "documents")
    require_language(language, "documents")
    require_texts(texts)
    return outputs.map_files(review, language) | outputs.report_files(review, language, texts)


@answers_as(export_files)
def export(
    network: Network,
    formats: Sequence[str] = ALL_BUT_EXTRAS,
    *,
    attributes: pd.DataFrame | None = None,
) -> dict[str, bytes]:
    """
    Write a network for Gephi, Kumu, Pajek, UCINET and whatever reads GraphML.

    Parameters
    ----------
    network
        The network, from `network`.
    formats
        Which formats, in a list: `graphml`, `gexf`, `gephi` (two CSV tables), `kumu`, `pajek`, `ucinet`, `parquet` (needs
        pyarrow). All but `parquet` by default; `partnet_analysis.formats.export_files` describes the files of each.
    attributes
        More about the actors, such as the frame of a measure: indexed by `actor_id`, joined by it, a column each.

    Examples
    --------
    >>> import partnet_analysis as pn
    >>> files = pn.export(pn.network(pn.read("data/raw"), period=2025), ["gexf", "gephi"])
    >>> sorted(files)
    ['gephi-edges.csv', 'gephi-nodes.csv', 'network.gexf']
    """
    require(network, Network, "export")
    if not (attributes is None or isinstance(attributes, pd.DataFrame)):
        message = 'attributes is a frame indexed by actor_id, such as pn.solicitation_load(records)[["per_month"]]'
        raise TypeError(message)
    return export_files(network, [formats] if isinstance(formats, str) else formats, attributes=attributes)
