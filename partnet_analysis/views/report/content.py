"""Review → document: which sections, in which order, for whom."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Document, Section
from partnet_analysis.views.report.sections.centrality import central_actors
from partnet_analysis.views.report.sections.change import change_section
from partnet_analysis.views.report.sections.cohesion import cohesion_section
from partnet_analysis.views.report.sections.composition import composition
from partnet_analysis.views.report.sections.dependence import dependence_section
from partnet_analysis.views.report.sections.essentials import essentials
from partnet_analysis.views.report.sections.isolation import isolated_actors
from partnet_analysis.views.report.sections.map_section import map_section
from partnet_analysis.views.report.sections.meetings import year_in_meetings
from partnet_analysis.views.report.sections.method import method
from partnet_analysis.views.report.sections.solicitation import actors_to_spare
from partnet_analysis.views.report.sections.tables import Roster
from partnet_analysis.views.report.sections.texts import action_plan, text_section
from partnet_analysis.views.report.wording import period_in_words

_MEASURED: Final[tuple[Callable[[Review, Roster], Section], ...]] = (
    year_in_meetings,
    composition,
    map_section,
    central_actors,
    dependence_section,
    actors_to_spare,
    isolated_actors,
    cohesion_section,
    change_section,
)
"""The sections between the first page and the partners' own words."""


def review_document(review: Review, language: str, *, texts: Mapping[str, str] | None = None) -> Document:
    """
    Say the whole review.

    Parameters
    ----------
    review
        The review.
    language
        `fr` or `en`.
    texts
        The service's own texts in Markdown, by the names of `sections.texts.TEXTS`; none by default.

    Returns
    -------
    document
        What every form of the review says.
    """
    roster = Roster.of(review, language)
    period = period_in_words(review.period, language)
    return Document(
        language=language,
        title=say(language, "review.title", period=period),
        partnership=review.name or say(language, "review.unnamed"),
        period=period,
        note=review.note,
        last_day=review.period.end,
        sections=tuple(_sections(review, roster, texts or {})),
    )


def _sections(review: Review, roster: Roster, texts: Mapping[str, str]) -> Iterator[Section]:
    yield essentials(review, roster)
    yield from text_section("framework", texts, roster)
    yield from text_section("commitments", texts, roster)
    yield from (section(review, roster) for section in _MEASURED)
    yield from text_section("voices", texts, roster)
    yield action_plan(review, texts, roster)
    yield method(review, roster)
