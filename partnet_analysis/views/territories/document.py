"""What the comparison of territories says, in the blocks of the annual review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd
from babel.numbers import format_decimal

from partnet_analysis.messages import Phrase, say
from partnet_analysis.periods import Period
from partnet_analysis.territories import FIGURES, INTERVALS, Territory, cautions, in_order
from partnet_analysis.views.report.document import (
    Block,
    Bullets,
    Column,
    Document,
    Kind,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
)
from partnet_analysis.views.report.wording import UNKNOWN, period_in_words, shown
from partnet_analysis.views.territories.figure import intervals_figure

_SECTIONS: Final = {
    "sizes": ("n_partners", "n_active", "n_meetings", "n_pairs", "density"),
    "load": ("median_per_month", "gini", "share_over_solicited", "response_rate"),
    "links": ("share_isolated", "dependence", "direct_ratio", "new_pairs_per_person_hour"),
}
"""Which figures stand together."""

_DRAWN: Final = {"load": ("share_over_solicited", "response_rate"), "links": ("share_isolated", "dependence")}
_LOCALES: Final = {"fr": "fr_FR", "en": "en_GB"}
_MANY: Final = 60
"""Beyond so many territories a drawing says no more than the table."""


@dataclass(frozen=True)
class Failure:
    """
    A territory that could not be reviewed.

    Parameters
    ----------
    key
        The territory's folder.
    code
        The error's code.
    fault
        What went wrong.
    way_out
        What to do.
    """

    key: str
    code: str
    fault: Phrase
    way_out: Phrase


def comparison_document(
    territories: Sequence[Territory], failures: Sequence[Failure], language: str, *, name: str, note: str
) -> Document:
    """
    Say the whole comparison.

    Parameters
    ----------
    territories
        The territories that could be reviewed, at least one.
    failures
        Those that could not.
    language
        `fr` or `en`.
    name
        What the territories are together; may be empty.
    note
        What must be said wherever they are named; those of the territories are added.

    Returns
    -------
    document
        The page, before it takes a form.
    """
    ordered = in_order(territories)
    periods = sorted({one.period for one in ordered})
    period = " · ".join(period_in_words(Period.parse(text), language) for text in periods)
    notes = dict.fromkeys(text for text in (note, *(one.note for one in ordered)) if text)
    sections = [_what(ordered, language), *(_section(key, ordered, language) for key in _SECTIONS)]
    if failures:
        sections.append(_missing(failures, language))
    return Document(
        language=language,
        title=say(language, "territories.title", period=period),
        partnership=name or say(language, "territories.unnamed", n=len(ordered)),
        period=period,
        note=" ".join(notes),
        last_day=_last_day(periods),
        sections=(*sections, _definitions(language)),
        kicker=say(language, "territories.kicker"),
    )


def _last_day(periods: Sequence[str]) -> date:
    return max(Period.parse(text).end for text in periods)


def _what(ordered: Sequence[Territory], language: str) -> Section:
    blocks: list[Block] = [
        Paragraph(say(language, "territories.what.lead", n=len(ordered)), role="lead"),
        Paragraph(say(language, "territories.what.order")),
    ]
    blocks.append(Bullets(tuple(caution.in_language(language) for caution in cautions(ordered))))
    return Section("essentials", say(language, "territories.what.title"), tuple(blocks))


def _section(key: str, ordered: Sequence[Territory], language: str) -> Section:
    blocks: list[Block] = [Paragraph(say(language, f"territories.{key}.lead"), role="lead")]
    if key in _DRAWN and len(ordered) <= _MANY:
        blocks.append(_picture(key, ordered, language))
    blocks.append(_table(key, ordered, language))
    return Section(key, say(language, f"territories.{key}.title"), tuple(blocks))


def _picture(key: str, ordered: Sequence[Territory], language: str) -> Picture:
    told = [_in_words(one, figure, language) for one in ordered for figure in _DRAWN[key]]
    return Picture(
        key=f"territories-{key}",
        title=say(language, f"territories.{key}.picture"),
        reading=say(language, "territories.reading"),
        alternative=" ".join(told),
        figure=intervals_figure(ordered, _DRAWN[key], labels(ordered), language),
    )


def _in_words(one: Territory, figure: str, language: str) -> str:
    label = say(language, f"territories.figure.{figure}.label")
    return say(language, "territories.in_words", name=one.name, label=label, value=_value(one, figure, language))


def _table(key: str, ordered: Sequence[Territory], language: str) -> Table:
    columns = [Column("name", say(language, "territories.column.name"), "text")]
    columns += [Column("basis", say(language, "territories.column.basis"), "text")] if key == "load" else []
    columns += [Column("period", say(language, "territories.column.period"), "text")] if key == "sizes" else []
    for figure in _SECTIONS[key]:
        # A column of the kind `own` keeps the page from offering to sort: there is no first and no last here.
        columns.append(Column(figure, say(language, f"territories.figure.{figure}.label"), "own"))
    return Table(
        key=f"territories-{key}",
        title=say(language, f"territories.{key}.table"),
        reading=say(language, f"territories.{key}.reading"),
        columns=tuple(columns),
        rows=tuple(_line(one, name, key, language) for one, name in zip(ordered, labels(ordered), strict=True)),
        source="comparison.csv",
        note=_why(ordered, _SECTIONS[key], language),
    )


def _line(one: Territory, name: str, key: str, language: str) -> Row:
    cells: list[Any] = [name]
    if key == "load":
        cells.append(say(language, f"territories.basis.{one.load_basis}"))
    if key == "sizes":
        cells.append(period_in_words(Period.parse(one.period), language))
    cells += [_value(one, figure, language) for figure in _SECTIONS[key]]
    return Row(one.key, tuple(cells))


def labels(ordered: Sequence[Territory]) -> list[str]:
    """
    Name territories so that two of one name can be told apart.

    Parameters
    ----------
    ordered
        The territories.

    Returns
    -------
    labels
        The name of each, with the folder's where another has the same.
    """
    named = [one.name for one in ordered]
    return [one.name if named.count(one.name) == 1 else f"{one.name} ({one.key})" for one in ordered]


def _bounds(one: Territory, figure: str, language: str) -> str:
    if figure not in INTERVALS or pd.isna(one.figures["low"][figure]):
        return ""
    low, high = (shown(one.figures[bound][figure], "share", language) for bound in ("low", "high"))
    return say(language, "territories.bounds", low=low, high=high)


def _value(one: Territory, figure: str, language: str) -> str:
    """Write a value, with its interval where it has one; small numbers need two decimals."""
    value = one.figures["value"][figure]
    if FIGURES[figure] == "decimal" and not pd.isna(value):
        return str(format_decimal(value, format="#,##0.00", locale=_LOCALES[language]))
    kinds: dict[str, Kind] = {"count": "count", "share": "share", "decimal": "decimal"}
    text = shown(value, kinds[FIGURES[figure]], language)
    bounds = _bounds(one, figure, language)
    return f"{text} ({bounds})" if bounds else text


def _why(ordered: Sequence[Territory], figures: Sequence[str], language: str) -> str:
    """Say what a dash stands for, once for all who have one for the same reason."""
    who: dict[tuple[str, str], list[str]] = {}
    for one in ordered:
        for figure in figures:
            reason = one.figures["reason"][figure]
            if reason is not None:
                sentence = reason.in_language(language).rstrip(".")
                who.setdefault((say(language, f"territories.figure.{figure}.label"), sentence), []).append(one.name)
    said = [
        say(language, "territories.why", label=label, names=names, reason=reason, dash=UNKNOWN)
        for (label, reason), names in who.items()
    ]
    return " ".join(said)


def _missing(failures: Sequence[Failure], language: str) -> Section:
    items = []
    for failure in failures:
        fault, way_out = (phrase.in_language(language).strip() for phrase in (failure.fault, failure.way_out))
        items.append(f"{failure.key} – {failure.code} {fault} {way_out}")
    blocks = (Paragraph(say(language, "territories.missing.lead", n=len(failures)), role="warning"), Bullets(tuple(items)))
    return Section("missing", say(language, "territories.missing.title"), blocks)


def _definitions(language: str) -> Section:
    items = tuple(
        say(
            language,
            "territories.definition",
            label=say(language, f"territories.figure.{figure}.label"),
            meaning=say(language, f"territories.figure.{figure}.meaning"),
        )
        for figure in FIGURES
    )
    return Section("definitions", say(language, "territories.definitions.title"), (Bullets(items),))
