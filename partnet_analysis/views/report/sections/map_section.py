"""The map, drawn and interactive."""

from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.figures import network_figure
from partnet_analysis.views.map.partnership_map import map_html
from partnet_analysis.views.report.document import Interactive, Paragraph, Picture, Section
from partnet_analysis.views.report.sections.tables import Roster
from partnet_analysis.views.report.wording import listed


def map_section(review: Review, roster: Roster) -> Section:
    """
    Show the map.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        The map as a picture with its text alternative, and the interactive one.
    """
    language = roster.language
    return Section(
        "map",
        say(language, "review.map.title"),
        (
            Paragraph(say(language, "review.map.lead"), role="lead"),
            Picture(
                key="network",
                title=say(language, "review.map.picture.title"),
                reading=say(language, "review.map.picture.reading"),
                alternative=_alternative(review, roster),
                figure=network_figure(review, language),
            ),
            Interactive(say(language, "review.map.interactive"), map_html(review, language)),
        ),
    )


def _alternative(review: Review, roster: Roster) -> str:
    language = roster.language
    alone = review.centrality["degree"] == 0
    untied = [roster.name(actor_id) for actor_id in review.centrality.index[alone]]
    said = [
        say(language, "review.map.alternative", n=len(roster.actors), n_ties=review.network.n_ties),
    ]
    if not roster.is_of_persons:
        central = [roster.name(actor_id) for actor_id in roster.chosen(review.centrality["degree"], 3)]
        said.append(say(language, "review.map.central", who=listed(central, language)))
    if untied:
        said.append(say(language, "review.map.untied", n=len(untied), who=listed(untied[:10], language)))
    return " ".join(said)
