"""The public edition as a document and as files."""

from typing import Any, Final

from partnet_analysis import names
from partnet_analysis.annual import ESSENTIALS, Review, annual_review
from partnet_analysis.messages import has, say, written
from partnet_analysis.privacy.keys import Key
from partnet_analysis.privacy.structure import public_review
from partnet_analysis.privacy.summary import LOAD_EDGES, PublicSummary, public_summary
from partnet_analysis.views.map.data import scene, scene_data
from partnet_analysis.views.map.page import page
from partnet_analysis.views.report.document import (
    Block,
    Bullets,
    Column,
    Document,
    Interactive,
    KeyFigure,
    KeyFigures,
    Kind,
    Paragraph,
    Row,
    Section,
    Table,
)
from partnet_analysis.views.report.html import html_page
from partnet_analysis.views.report.pdf import pdf_bytes
from partnet_analysis.views.report.word import word_bytes
from partnet_analysis.views.report.wording import UNKNOWN, is_unknown, period_in_words
from partnet_analysis.views.tables import csv_bytes, figures_as_json

Files = dict[str, bytes]

_INDICES: Final = ("e_i_index", "e_i_index_by_strength", "e_i_expected")
"""Figures that run from −1 to 1, and so are no shares."""

_TOO_FINE: Final = ("e_i_p_value",)
"""Figures that rounding would make untrue."""


def public_files(review: Review, key: Key, language: str) -> Files:
    """
    Write the public edition.

    Parameters
    ----------
    review
        The review.
    key
        The secret behind the pseudonyms.
    language
        `fr` or `en`.

    Returns
    -------
    files
        `public-map.html`, `public-review-YEAR.html`, `.pdf` and `.docx`, and the tables behind them: CSV, JSON. Nothing else
        of a review may be published.

    Raises
    ------
    PrivacyError
        If fewer than five partners would be shown (PN107).
    """
    review = _of_organisations(review)
    map_page = public_map(public_review(review, key, language), language)
    summary = public_summary(review, language)
    document = public_document(review, summary, map_page, language)
    tables = {"sectors": summary.sectors, "load": summary.load, "flags": summary.flags, "isolation": summary.isolation}
    return {
        "public-map.html": map_page.encode(),
        f"public-review-{review.period}.html": html_page(document).encode(),
        f"public-review-{review.period}.pdf": pdf_bytes(document),
        f"public-review-{review.period}.docx": word_bytes(document),
        **{f"public-{name}.csv": csv_bytes(table, language) for name, table in tables.items()},
        "public-essentials.json": figures_as_json(summary.essentials, language),
        "public-cohesion.json": figures_as_json(summary.cohesion, language),
    }


def _of_organisations(review: Review) -> Review:
    """Let organisations speak for their persons: a justified look at persons is for the service's own eyes."""
    if review.records.actors["organisation_id"].isna().all():
        return review
    return annual_review(review.records, review.period, name=review.name, note=review.note)


def public_map(public: Review, language: str) -> str:
    """
    Draw the map of a public review.

    Parameters
    ----------
    public
        The public review.
    language
        `fr` or `en`.

    Returns
    -------
    html
        The page, as `map_html` gives it, without what would speak of who is left out or asked for too much: that it is not
        told here is said instead.
    """
    drawn = scene(public, language)
    data = scene_data(drawn)
    said = {key: say(language, f"privacy.map.{key}") for key in ("guide_unjudged", "tray_untied", "largest")}
    schemes = [scheme for scheme in data["schemes"] if scheme["key"] != "isolation"]
    return page({**data, "schemes": schemes, "texts": data["texts"] | said}, subtitle=drawn.subtitle)


def public_document(review: Review, summary: PublicSummary, map_page: str, language: str) -> Document:
    """
    Say the public edition.

    Parameters
    ----------
    review
        The review, for its name, note and period.
    summary
        What may be told.
    map_page
        The map of the public review.
    language
        `fr` or `en`.

    Returns
    -------
    document
        What every form of the public edition says.
    """
    period = period_in_words(review.period, language)
    return Document(
        language=language,
        title=say(language, "privacy.title", period=period),
        partnership=review.name or say(language, "review.unnamed"),
        period=period,
        note=f"{review.note} {say(language, 'privacy.note')}".strip(),
        last_day=review.period.end,
        sections=(
            _essentials(summary, language),
            _section("sectors", (_sectors(summary, language),), language),
            _section("load", _load(summary, language), language),
            _section("isolation", (_isolation(summary, language),), language),
            _section("cohesion", (_cohesion(summary, language),), language),
            _section("map", (Interactive(say(language, "review.map.interactive"), map_page),), language),
            _section("rules", (Bullets(_rules(language)),), language),
        ),
    )


def _section(key: str, blocks: tuple[Block, ...], language: str) -> Section:
    said = f"privacy.{key}"
    lead = Paragraph(say(language, f"{said}.lead"), role="lead")
    return Section(key, say(language, f"{said}.title"), (lead, *blocks))


def _essentials(summary: PublicSummary, language: str) -> Section:
    figures = tuple(_key_figure(summary, figure, language) for figure in ESSENTIALS)
    return Section(
        "essentials",
        say(language, "review.essentials.title"),
        (Paragraph(say(language, "privacy.lead"), role="lead"), KeyFigures(figures)),
    )


def _key_figure(summary: PublicSummary, figure: str, language: str) -> KeyFigure:
    value: Any = summary.essentials.loc[figure, "value"]
    n = None if is_unknown(value) else int(value)
    key = "exact" if figure == "n_meetings" else "untold" if n is None else "rounded"
    return KeyFigure(
        key=figure,
        value=n,
        before=None,
        label=say(language, f"review.essentials.{figure}.label", n=n or 0),
        change="",
        sentence=say(language, f"privacy.{key}"),
    )


def _sectors(summary: PublicSummary, language: str) -> Table:
    kinds: dict[str, Kind] = {"sector": "text", "n_partners": "count", "n_over_solicited": "count", "n_isolated": "count"}
    return Table(
        key="sectors",
        title=say(language, "privacy.sectors.title"),
        reading=say(language, "privacy.reading"),
        columns=_columns(kinds, language),
        rows=tuple(Row(str(name), (str(name), *cells)) for name, *cells in summary.sectors.itertuples(name=None)),
        source="public-sectors.csv",
    )


def _load(summary: PublicSummary, language: str) -> tuple[Block, ...]:
    bands = {str(band): _band(int(band), language) for band in summary.load.index}
    flags = {flag: say(language, f"review.solicitation.flag.{flag}") for flag in names.FLAGS}
    tables = [_counts("load", summary.load["n_partners"].to_list(), bands, language)]
    if summary.flags["n_partners"].notna().any():
        tables.append(_counts("flags", summary.flags["n_partners"].to_list(), flags, language))
    return tuple(tables)


def _isolation(summary: PublicSummary, language: str) -> Table:
    types = {kind: say(language, f"review.isolation.type.{kind}") for kind in names.ISOLATION_TYPES}
    return _counts("isolation", summary.isolation["n_partners"].to_list(), types, language)


def _counts(key: str, counts: list[Any], labels: dict[str, str], language: str) -> Table:
    return Table(
        key=key,
        title=say(language, f"privacy.{key}.table"),
        reading=say(language, "privacy.reading"),
        columns=(Column(key, say(language, f"privacy.{key}.column"), "text"), *_columns({"n_partners": "count"}, language)),
        rows=tuple(Row(name, (label, n)) for (name, label), n in zip(labels.items(), counts, strict=True)),
        source=f"public-{key}.csv",
    )


def _band(band: int, language: str) -> str:
    if band == 0:
        return say(language, "privacy.band.none")
    low = LOAD_EDGES[band - 1]
    if low == 0:
        return say(language, "privacy.band.below", high=LOAD_EDGES[band])
    if band == len(LOAD_EDGES):
        return say(language, "privacy.band.above", low=low)
    return say(language, "privacy.band.between", low=low, high=LOAD_EDGES[band])


def _cohesion(summary: PublicSummary, language: str) -> Table:
    told = summary.cohesion.index.drop(list(_TOO_FINE), errors="ignore")
    figures = [name for name in told if has(language, f"review.cohesion.figure.{name}.label")]
    kinds: dict[str, Kind] = {"figure": "text", "value": "own", "value_without_coordinators": "own", "meaning": "prose"}
    return Table(
        key="cohesion",
        title=say(language, "review.cohesion.table.title"),
        reading=say(language, "privacy.reading"),
        columns=_columns(kinds, language),
        rows=tuple(_figure_row(summary, str(figure), language) for figure in figures),
        source="public-cohesion.json",
    )


def _figure_row(summary: PublicSummary, figure: str, language: str) -> Row:
    label, meaning = (say(language, f"review.cohesion.figure.{figure}.{part}") for part in ("label", "meaning"))
    values = [summary.cohesion.loc[figure, column] for column in ("value", "value_without_coordinators")]
    if figure in _INDICES:
        return Row(figure, (label, *(_signed(value, language) for value in values), meaning), kind="text")
    return Row(figure, (label, *values, meaning), kind="count" if figure.startswith("n_") else "share")


def _signed(value: Any, language: str) -> str:  # noqa: ANN401 (a frame's cell)
    return UNKNOWN if is_unknown(value) else written(language, value)


def _columns(kinds: dict[str, Kind], language: str) -> tuple[Column, ...]:
    return tuple(Column(key, say(language, f"review.column.{key}"), kind) for key, kind in kinds.items())


def _rules(language: str) -> tuple[str, ...]:
    return tuple(say(language, f"privacy.rule.{rule}") for rule in ("pseudonyms", "rounded", "few", "ties", "nobody"))
