"""Review → document: which sections, in which order, for whom."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final, Literal

from partnet_analysis.messages import say
from partnet_analysis.review import Review
from partnet_analysis.views.report.document import Document, Paragraph, Section
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

Audience = Literal["internal", "public"]
"""Who reads: the partners, or everybody."""

_BY_PARTNER: Final[tuple[Callable[[Review, Roster], Section], ...]] = (
    map_section,
    central_actors,
    dependence_section,
    actors_to_spare,
    isolated_actors,
)
"""The sections that single partners out: for the partners only."""


def review_document(
    review: Review, language: str, *, texts: Mapping[str, str] | None = None, audience: Audience = "internal"
) -> Document:
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
    audience
        `internal`: everything; `public`: nobody is singled out, and small numbers are not told.

    Returns
    -------
    document
        What every form of the review says.
    """
    roster = Roster.of(review, language, is_public=audience == "public")
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
    yield year_in_meetings(review, roster)
    yield composition(review, roster)
    if roster.is_public:
        title = say(roster.language, "review.public.title")
        yield Section("public", title, (Paragraph(say(roster.language, "review.public.text")),))
    else:
        yield from (section(review, roster) for section in _BY_PARTNER)
    yield cohesion_section(review, roster)
    yield change_section(review, roster)
    yield from text_section("voices", texts, roster)
    yield action_plan(review, texts, roster)
    yield method(review, roster)
