"""The year in meetings: what each series costs, and whom it brings together."""

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures import yield_figure
from partnet_analysis.views.report.document import Block, Bullets, Heading, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns
from partnet_analysis.views.report.wording import listed

_SHOWN = 25


def year_in_meetings(review: Review, roster: Roster) -> Section:
    """
    Say what was met about, by whom, and what it cost.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        The series of meetings with their attendance and cost, and what could be lighter.
    """
    language = roster.language
    title = say(language, "review.meetings.title")
    meetings = review.network.records.meetings
    if meetings.empty:
        return Section("meetings", title, (Paragraph(say(language, "review.meetings.none")),))
    blocks: list[Block] = [Paragraph(_summary(review, language), role="lead")]
    if not review.series_value.empty:
        blocks.append(_table(review, roster))
        if review.series_value["person_hours"].gt(0).any():
            blocks.append(_picture(review, language))
        blocks += _lighter(review, language)
    return Section("meetings", title, tuple(blocks))


def _summary(review: Review, language: str) -> str:
    value = review.meeting_value
    hours = value["person_hours"].sum(min_count=1)
    said = [
        say(
            language,
            "review.meetings.summary",
            n=len(value),
            n_series=int(value["series"].nunique()),
            n_present=int(value["n_present"].sum()),
        )
    ]
    if hours > 0:
        said.append(say(language, "review.meetings.hours", n=round(float(hours))))
    return " ".join(said)


def _table(review: Review, roster: Roster) -> Table:
    language = roster.language
    heads = columns(
        language,
        series="text",
        n_meetings="count",
        n_members="count",
        attendance_rate="share",
        person_hours="decimal",
        n_new_pairs="count",
        n_pairs_only_here="count",
    )
    value = review.series_value.reset_index()
    ordered = value.sort_values(["n_meetings", "series"], ascending=[False, True], kind="stable").head(_SHOWN)
    note = say(language, "review.left_out", shown=len(ordered), n=len(value), source="series_value.csv")
    return Table(
        key="series",
        title=say(language, "review.meetings.table.title"),
        reading=say(language, "review.meetings.table.reading"),
        columns=heads,
        rows=tuple(Row(str(row["series"]), tuple(row[head.key] for head in heads)) for row in ordered.to_dict("records")),
        source="series_value.csv",
        note=note if len(ordered) < len(value) else "",
    )


def _picture(review: Review, language: str) -> Picture:
    series = review.series_value
    dearest = series.sort_values("person_hours", ascending=False, kind="stable").index[:3]
    return Picture(
        key="yield",
        title=say(language, "review.meetings.picture.title"),
        reading=say(language, "review.meetings.picture.reading"),
        alternative=say(
            language, "review.meetings.picture.alternative", n=len(series), who=listed(list(map(str, dearest)), language)
        ),
        figure=yield_figure(review, language),
    )


def _lighter(review: Review, language: str) -> list[Block]:
    """Say what the calendar could do without, as places to begin talking."""
    proposed = review.proposed_calendar
    sentences = [phrase.in_language(language) for phrase in proposed.loc[proposed["proposal"] != "keep", "sentence"]]
    if not sentences:
        return []
    return [
        Heading(say(language, "review.meetings.lighter.title")),
        Paragraph(say(language, "review.meetings.lighter.text")),
        Bullets(tuple(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in sentences)),
    ]
