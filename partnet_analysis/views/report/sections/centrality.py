"""Who is central, and who links the others."""

from typing import Final

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Kind, Paragraph, Section, Table
from partnet_analysis.views.report.sections.tables import Roster, columns, left_out, rows
from partnet_analysis.views.report.wording import is_unknown, shown

_WITHOUT: Final = names.WITHOUT_COORDINATORS
_SHOWN: Final = 8


def central_actors(review: Review, roster: Roster) -> Section:
    """
    Say who is central.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Who meets the most partners, with and without the coordinators, and who links the others.
    """
    language = roster.language
    without = f" {say(language, 'review.centrality.without')}" if review.records.coordinators else ""
    blocks = (
        Paragraph(say(language, "review.centrality.lead"), role="lead"),
        Paragraph(f"{say(language, 'review.centrality.caution')}{without}", role="note"),
        _table(review, roster, "degree", "count"),
        _table(review, roster, "betweenness", "share"),
    )
    return Section("centrality", say(language, "review.centrality.title"), blocks)


def _table(review: Review, roster: Roster, measure: str, kind: Kind) -> Table:
    language = roster.language
    apart = [actor_id for actor_id in roster.actors.index if roster.is_coordinator(actor_id)]
    deciding = f"{measure}{_WITHOUT}" if apart else measure
    shown_ids = roster.chosen(review.centrality[deciding], _SHOWN)
    kinds: dict[str, Kind] = {"name": "text", measure: kind}
    heads = columns(language, **kinds, **({deciding: kind} if apart else {}))
    return Table(
        key=f"centrality-{measure}",
        title=say(language, f"review.centrality.{measure}.title"),
        reading=_reading(review, roster, shown_ids, deciding, kind),
        columns=heads,
        rows=rows(roster, review.centrality, [*shown_ids, *apart], {"name": roster.name}, heads),
        source="centrality.csv",
        apart=say(language, "review.coordination"),
        note=left_out(roster, len(shown_ids), len(roster.partners), "centrality.csv", language),
    )


def _reading(review: Review, roster: Roster, shown_ids: list[str], deciding: str, kind: Kind) -> str:
    """Explain the table by its own first row: an example says more than a definition."""
    language, measure = roster.language, deciding.removesuffix(_WITHOUT)
    said = [say(language, f"review.centrality.{measure}.reading")]
    first = review.centrality[deciding][shown_ids[0]] if shown_ids else None
    if first is not None and not is_unknown(first) and first > 0:
        value = shown(first, kind, language)
        example = "example" if deciding == measure else "example_without"
        said.append(say(language, f"review.centrality.{measure}.{example}", name=roster.name(shown_ids[0]), value=value))
    return " ".join(said)
