"""What the partnership owes its coordinators, and what partners do by themselves."""

from collections.abc import Iterator
from typing import Final

from partnet_analysis.annual import Review
from partnet_analysis.messages import has, say
from partnet_analysis.views.figures import dependence_figure
from partnet_analysis.views.report.document import Block, Bullets, Heading, Kind, Paragraph, Picture, Row, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns
from partnet_analysis.views.report.wording import is_unknown, listed, shown, spelled

_SHARES: Final = frozenset({"initiative_share", "direct_ratio", "between_meetings", "coordinator_contact_share"})

_FEW: Final = 3
_NAMED: Final = 8
"""How many names a sentence bears."""


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
        The scenarios, who would be alone in them, what partners would take with them if they left, and how far partners act
        by themselves.
    """
    language = roster.language
    title = say(language, "review.dependence.title")
    if not review.records.coordinators:
        return Section("dependence", title, (Paragraph(say(language, "review.dependence.no_coordinator")),))
    lead = Paragraph(say(language, "review.dependence.lead"), role="lead")
    if review.network.without_coordinators.ties.empty:
        nothing = Paragraph(say(language, "review.dependence.no_tie"))
        return Section("dependence", title, (lead, nothing, _table(review, language), *_reasons(review, language)))
    blocks: list[Block] = [
        lead,
        _picture(review, language),
        *_alone(review, roster),
        *_departures(review, roster),
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
    """Name those whom only the coordinators, then only their meetings, tie to the rest."""
    language = roster.language
    said = []
    for scenario in ("without_coordinators", "without_their_meetings"):
        alone = roster.by_name(list(review.dependence["newly_isolated"][scenario]))
        if alone:
            named = [roster.name(actor_id) for actor_id in alone[:_NAMED]]
            if len(alone) > _NAMED:
                named.append(say(language, "review.findings.more", n=len(alone) - _NAMED))
            key = f"review.dependence.alone.{scenario}"
            said.append(say(language, key, n=len(alone), count=spelled(len(alone), language), who=listed(named, language)))
        elif scenario == "without_coordinators":
            said.append(say(language, "review.dependence.nobody_alone"))
    return [Paragraph(" ".join(said))]


def _departures(review: Review, roster: Roster) -> list[Block]:
    """Say what the departure of partners would change; persons are not named."""
    language = roster.language
    said = [*_strongest_gone(review, roster), _pivots(review, roster)]
    return [Heading(say(language, "review.dependence.departures.title")), Bullets(tuple(said))]


def _strongest_gone(review: Review, roster: Roster) -> Iterator[str]:
    language = roster.language
    course = review.attrition
    start = float(course["efficiency"].iloc[0]) if len(course) else 0.0
    if not start > 0:
        return
    for n_gone in sorted({1, _FEW, len(course) - 1} & set(range(1, len(course)))):
        left = course["efficiency"].iloc[n_gone]
        gone = [roster.name(str(actor_id)) for actor_id in course["actor_id"].iloc[1 : n_gone + 1]]
        named = n_gone <= _FEW and not roster.is_of_persons
        yield say(
            language,
            f"review.dependence.departures.{'named' if named else 'counted'}",
            n=n_gone,
            who=listed(gone, language),
            share=shown(None if is_unknown(left) else float(left) / start, "share", language),
        )


def _pivots(review: Review, roster: Roster) -> str:
    """Say whose departure would cut others off, the coordinators set aside."""
    language = roster.language
    points = review.weak_points["is_cut_point_without_coordinators"].fillna(value=False).astype(bool)
    pivots = [] if roster.is_of_persons else roster.by_name(list(points.index[points]))
    if roster.is_of_persons and points.any():
        return say(language, "review.dependence.departures.pivots_counted", n=int(points.sum()))
    if not pivots:
        return say(language, "review.dependence.departures.no_pivot")
    who = listed([roster.name(actor_id) for actor_id in pivots[:_NAMED]], language)
    return say(language, "review.dependence.departures.pivots", n=len(pivots), who=who)


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
