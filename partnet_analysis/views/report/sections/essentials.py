"""The first page: five figures against the period before."""

from typing import Any

from partnet_analysis.annual import ESSENTIALS, Review, Snapshot
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Block, KeyFigure, KeyFigures, Paragraph, Section
from partnet_analysis.views.report.sections.findings import findings_and_proposals
from partnet_analysis.views.report.sections.tables import Roster
from partnet_analysis.views.report.wording import is_unknown, period_in_words


def essentials(review: Review, roster: Roster) -> Section:
    """
    Say the essentials.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Five figures, each with its change and what it means.
    """
    language = roster.language
    figures = KeyFigures(tuple(_key_figure(figure, review, roster) for figure in ESSENTIALS))
    blocks: list[Block] = [figures]
    if review.before is None:
        period = period_in_words(review.period.previous(), language)
        blocks.append(Paragraph(say(language, "review.essentials.no_before", period=period), role="note"))
    blocks += findings_and_proposals(review, roster)
    return Section("essentials", say(language, "review.essentials.title"), tuple(blocks))


def _key_figure(figure: str, review: Review, roster: Roster) -> KeyFigure:
    language = roster.language
    value = _value(figure, "value", review.current, review)
    before = _value(figure, "before", review.before, review)
    key = f"review.essentials.{figure}"
    sentence = "unknown" if value is None else "sentence"
    return KeyFigure(
        key=figure,
        value=value,
        before=before,
        label=say(language, f"{key}.label", n=2 if value is None else value),
        change=_change(value, before, review, language),
        sentence=say(
            language,
            f"{key}.{sentence}",
            n_partners=len(roster.partners),
            n_contacts=len(review.network.records.contacts),
        ),
    )


def _value(figure: str, column: str, snapshot: Snapshot | None, review: Review) -> int | None:
    """Take a figure; how many to spare is unknown, not none, where the records flag nobody for want of invitation lists."""
    value: Any = review.essentials.loc[figure, column]
    unknown = figure == "n_over_solicited" and snapshot is not None and bool(snapshot.solicitation["flag"].isna().all())
    return None if unknown or is_unknown(value) else int(value)


def _change(value: int | None, before: int | None, review: Review, language: str) -> str:
    if value is None or before is None:
        return ""
    period = _before_in_words(review, language)
    if value == before:
        return say(language, "review.essentials.same", period=period)
    direction = "more" if value > before else "fewer"
    return say(language, f"review.essentials.{direction}", difference=abs(value - before), before=before, period=period)


def _before_in_words(review: Review, language: str) -> str:
    year = review.period.previous().year
    return say(language, "review.essentials.period_before") if year is None else str(year)
