"""Who is left out, how, and since when; newcomers apart."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from partnet_analysis import names
from partnet_analysis.annual import Review
from partnet_analysis.measures.isolation import is_isolated
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Block, Bullets, Heading, Paragraph, Row, Section, Table
from partnet_analysis.views.report.sections.tables import PERSONS_SHOWN, Roster, columns, left_out, rows
from partnet_analysis.views.report.wording import day, is_unknown, sentence

_TYPES: Final = tuple(kind for kind in names.ISOLATION_TYPES if kind not in ("newcomer", "connected"))

_GUESTS_SHOWN: Final = 15
_HOSTS_SHOWN: Final = 2
"""How many isolated partners the review introduces to others, and to how many."""


def isolated_actors(review: Review, roster: Roster) -> Section:
    """
    Say who is left out.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    section
        Each partner left out with the ways, the evidence and the day last seen; then the newcomers.
    """
    language = roster.language
    blocks: list[Block] = [Paragraph(say(language, "review.isolation.lead"), role="lead")]
    left = is_isolated(review.isolation)
    alone = roster.by_name([actor_id for actor_id in left.index[left] if not roster.is_coordinator(actor_id)])
    if alone:
        blocks += [_table(review, roster, alone), Paragraph(" ".join(_definitions(review, language)), role="note")]
    else:
        blocks.append(Paragraph(say(language, "review.isolation.none")))
    blocks += [*_newcomers(review, roster), *_introductions(review, roster, alone)]
    return Section("isolation", say(language, "review.isolation.title"), tuple(blocks))


def _table(review: Review, roster: Roster, alone: list[str]) -> Table:
    language = roster.language
    frame = review.isolation
    shown = alone[:PERSONS_SHOWN]
    heads = columns(language, name="text", sector="text", types="prose", last_seen_on="text", evidence="prose")

    def types(actor_id: str) -> str:
        return ", ".join(say(language, f"review.isolation.type.{kind}") for kind in _TYPES if _is(frame[kind][actor_id]))

    def last_seen(actor_id: str) -> str:
        seen = frame["last_seen_on"][actor_id]
        return say(language, "review.isolation.never_seen") if is_unknown(seen) else day(seen, language)

    def evidence(actor_id: str) -> str:
        return sentence(frame["evidence"][actor_id], language)

    given: dict[str, Callable[[str], str]] = {
        "name": roster.name,
        "sector": roster.sector,
        "types": types,
        "last_seen_on": last_seen,
        "evidence": evidence,
    }
    return Table(
        key="isolation",
        title=say(language, "review.isolation.table.title"),
        reading=say(language, "review.isolation.table.reading"),
        columns=heads,
        rows=rows(roster, frame, shown, given, heads),
        source="isolation.csv",
        note=left_out(roster, len(shown), len(alone), "isolation.csv", language),
    )


def _introductions(review: Review, roster: Roster, alone: list[str]) -> list[Block]:
    """Say whom the isolated should meet, and why they would get on."""
    language = roster.language
    proposed = review.introductions
    met = [actor_id for actor_id in alone if (proposed["actor_id"] == actor_id).any()][:_GUESTS_SHOWN]
    if not met:
        return []

    def pairs(actor_id: str) -> Iterator[Row]:
        found = proposed[proposed["actor_id"] == actor_id].head(_HOSTS_SHOWN)
        for place, (host, reasons) in enumerate(zip(found["host_id"], found["reasons"], strict=True)):
            yield Row(
                actor_id,
                (roster.name(actor_id), roster.name(str(host)), sentence(reasons, language)),
                goes_on=place > 0,
            )

    table = Table(
        key="introductions",
        title=say(language, "review.isolation.introductions.title"),
        reading=say(language, "review.isolation.introductions.reading"),
        columns=columns(language, name="text", host="text", because="prose"),
        rows=tuple(row for actor_id in met for row in pairs(actor_id)),
        source="introductions.csv",
    )
    return [table]


def _definitions(review: Review, language: str) -> tuple[str, ...]:
    """Define only the types that occur."""
    found = [kind for kind in _TYPES if review.isolation[kind].fillna(value=False).astype(bool).any()]
    return tuple(say(language, f"review.isolation.definition.{kind}") for kind in found)


def _newcomers(review: Review, roster: Roster) -> list[Block]:
    language = roster.language
    new = review.isolation["newcomer"].fillna(value=False).astype(bool)
    newcomers = roster.by_name(list(new.index[new]))
    if not newcomers:
        return []
    return [
        Heading(say(language, "review.isolation.newcomers.title", n=len(newcomers))),
        Paragraph(say(language, "review.isolation.newcomers.text")),
        Bullets(tuple(f"{roster.name(actor_id)} ({roster.sector(actor_id)})" for actor_id in newcomers[:PERSONS_SHOWN])),
    ]


def _is(value: Any) -> bool:  # noqa: ANN401 (a frame's cell)
    return not is_unknown(value) and bool(value)
