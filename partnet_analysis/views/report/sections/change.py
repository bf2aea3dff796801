"""What changed in a year, and how newcomers found their way in."""

from typing import Final

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures import arrival_figure
from partnet_analysis.views.report.document import Block, Column, Kind, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns
from partnet_analysis.views.report.wording import is_unknown, period_in_words, shown

_FIGURES: Final = ("n_entries", "n_exits", "n_silent", "n_returns", "n_kept", "n_born", "n_died", "n_dormant", "jaccard")
_YEARLY: Final[dict[str, Kind]] = {
    "n_ties": "count",
    "density": "share",
    "share_in_main_component": "share",
    "e_i_index": "index",
}
_WITHOUT: Final = f"value{names.WITHOUT_COORDINATORS}"


def change_section(review: Review, roster: Roster) -> Section:
    """
    Say what changed.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Entries, exits, ties born and gone against the period before; the years side by side; how long newcomers waited.
    """
    language = roster.language
    blocks: list[Block] = []
    if review.before is None:
        period = period_in_words(review.period.previous(), language)
        blocks.append(Paragraph(say(language, "review.change.no_before", period=period)))
    else:
        blocks += [Paragraph(say(language, "review.change.lead"), role="lead"), _table(review, language)]
    if len(review.yearly_cohesion.columns) > 1:
        blocks.append(_years(review, language))
    if len(review.arrival_curves):
        blocks.append(_picture(review, language))
    return Section("change", say(language, "review.change.title"), tuple(blocks))


def _table(review: Review, language: str) -> Table:
    heads = columns(language, figure="text", value_without_coordinators="own", meaning="prose")

    def row(figure: str) -> Row:
        key = f"review.change.figure.{figure}"
        kind: Kind = "share" if figure == "jaccard" else "count"
        cells = (say(language, f"{key}.label"), review.change[_WITHOUT][figure], say(language, f"{key}.meaning"))
        return Row(figure, cells, kind=kind)

    return Table(
        key="change",
        title=say(language, "review.change.table.title", period=period_in_words(review.period.previous(), language)),
        reading=say(language, "review.change.table.reading"),
        columns=heads,
        rows=tuple(row(figure) for figure in _FIGURES),
        source="change.json",
    )


def _years(review: Review, language: str) -> Table:
    """Set the calendar years side by side, without the coordinators."""
    years = [str(year) for year in review.yearly_cohesion.columns[-5:]]
    heads = (
        *columns(language, figure="text"),
        *(Column(year, year, "own") for year in years),
    )

    def row(figure: str, kind: Kind) -> Row:
        values = review.yearly_cohesion.loc[figure].loc[years]
        return Row(figure, (say(language, f"review.change.yearly.{figure}"), *values), kind=kind)

    return Table(
        key="years",
        title=say(language, "review.change.years.title"),
        reading=say(language, "review.change.years.reading"),
        columns=heads,
        rows=tuple(row(figure, kind) for figure, kind in _YEARLY.items()),
        source="yearly_cohesion.csv",
    )


def _picture(review: Review, language: str) -> Picture:
    arrival = review.arrival["value"]
    median = arrival["median_days_to_three_partners"]
    days = shown(None if is_unknown(median) else median, "count", language)
    return Picture(
        key="arrival",
        title=say(language, "review.change.arrival.title"),
        reading=say(language, "review.change.arrival.reading"),
        alternative=say(language, "review.change.arrival.alternative", n=int(arrival["n_newcomers"]), days=days),
        figure=arrival_figure(review, language),
    )
