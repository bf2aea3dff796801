"""What the partnership owes its coordinators, and what partners do by themselves."""

from partnet_analysis.messages import has, say
from partnet_analysis.review import Review
from partnet_analysis.views.figures import dependence_figure
from partnet_analysis.views.report.document import Block, Bullets, Kind, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns
from partnet_analysis.views.report.wording import is_unknown, listed, shown

_SHARES = frozenset({"initiative_share", "direct_ratio", "between_meetings", "coordinator_contact_share"})


def dependence_section(review: Review, roster: Roster) -> Section:
    """
    Say what would be left without the coordinators.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        The scenarios, who would be alone in them, and how far partners act by themselves.
    """
    language = roster.language
    title = say(language, "review.dependence.title")
    if not review.records.coordinators:
        return Section("dependence", title, (Paragraph(say(language, "review.dependence.no_coordinator")),))
    blocks: list[Block] = [
        Paragraph(say(language, "review.dependence.lead"), role="lead"),
        _picture(review, language),
        *_alone(review, roster),
        _table(review, language),
        *_reasons(review, language),
    ]
    return Section("dependence", title, tuple(blocks))


def _picture(review: Review, language: str) -> Picture:
    lost = review.dependence["dependence"]
    said = [
        say(
            language,
            "review.dependence.picture.scenario",
            scenario=say(language, f"figures.dependence.{scenario}"),
            share=shown(None if is_unknown(value) else 1 - value, "share", language),
        )
        for scenario, value in lost.items()
    ]
    return Picture(
        key="dependence",
        title=say(language, "review.dependence.picture.title"),
        reading=say(language, "review.dependence.picture.reading"),
        alternative=say(language, "review.dependence.picture.alternative", what=listed(said, language)),
        figure=dependence_figure(review, language),
    )


def _alone(review: Review, roster: Roster) -> list[Block]:
    """Name those whom only the coordinators tie to the rest."""
    language = roster.language
    alone = roster.by_name(list(review.dependence["newly_isolated"]["without_coordinators"]))
    if not alone:
        return [Paragraph(say(language, "review.dependence.nobody_alone"))]
    who = listed([roster.name(actor_id) for actor_id in alone], language)
    return [Paragraph(say(language, "review.dependence.alone", n=len(alone), who=who))]


def _table(review: Review, language: str) -> Table:
    figures = [
        str(figure) for figure in review.coordination.index if has(language, f"review.dependence.figure.{figure}.label")
    ]

    def row(figure: str) -> Row:
        key = f"review.dependence.figure.{figure}"
        kind: Kind = "share" if figure in _SHARES else "count"
        cells = (say(language, f"{key}.label"), review.coordination["value"][figure], say(language, f"{key}.meaning"))
        return Row(figure, cells, kind=kind)

    return Table(
        key="coordination",
        title=say(language, "review.dependence.table.title"),
        reading=say(language, "review.dependence.table.reading"),
        columns=columns(language, figure="text", value="own", meaning="prose"),
        rows=tuple(row(figure) for figure in figures),
        source="coordination.json",
    )


def _reasons(review: Review, language: str) -> tuple[Bullets, ...]:
    reasons = [reason.in_language(language) for reason in review.coordination["reason"] if not is_unknown(reason)]
    said = tuple(dict.fromkeys(f"{text[0].upper()}{text[1:].rstrip('.')}." for text in reasons))
    return (Bullets(said),) if said else ()
