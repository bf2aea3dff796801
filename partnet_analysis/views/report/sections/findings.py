"""What the year's figures come down to: three findings, three proposals."""

from collections.abc import Iterator

import pandas as pd

from partnet_analysis.annual import Review
from partnet_analysis.measures.isolation import is_isolated
from partnet_analysis.messages import say
from partnet_analysis.views.report.document import Block, Bullets, Heading
from partnet_analysis.views.report.sections.tables import Roster
from partnet_analysis.views.report.wording import is_unknown, listed, shown, spelled

_NAMED = 4
_AT_MOST = 3


def findings_and_proposals(review: Review, roster: Roster) -> tuple[Block, ...]:
    """
    Say what the figures come down to.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Returns
    -------
    blocks
        At most three findings and three proposals, in sentences.
    """
    blocks: list[Block] = []
    for kind, sentences in (("findings", _findings(review, roster)), ("proposals", proposals(review, roster))):
        said = tuple(sentences)[:_AT_MOST]
        if said:
            blocks += [Heading(say(roster.language, f"review.{kind}.title", n=len(said))), Bullets(said)]
    return tuple(blocks)


def _findings(review: Review, roster: Roster) -> Iterator[str]:
    language = roster.language
    spared, alone = _spared(review, roster), _alone(review, roster)
    if spared:
        yield _counted("review.findings.spared", spared, roster)
    elif review.solicitation["flag"].notna().any():
        yield say(language, "review.findings.nobody_spared")
    if alone:
        yield _counted("review.findings.isolated", alone, roster)
    else:
        yield say(language, "review.findings.nobody_isolated")
    lost = review.dependence["dependence"]["without_coordinators"]
    if review.records.coordinators and not is_unknown(lost):
        yield say(language, "review.findings.dependence", share=shown(max(float(lost), 0.0), "share", language))
    density = review.cohesion["value_without_coordinators"]["density"]
    if not is_unknown(density):
        key = "density" if review.records.coordinators else "density_alone"
        yield say(language, f"review.findings.{key}", share=shown(density, "share", language))


def proposals(review: Review, roster: Roster) -> Iterator[str]:
    """
    Propose what to do.

    Parameters
    ----------
    review
        The review.
    roster
        Its actors.

    Yields
    ------
    proposal
        A sentence.
    """
    language = roster.language
    spared, alone = _spared(review, roster), _alone(review, roster)
    if spared:
        yield say(language, "review.proposals.spare", n=len(spared), who=_names(spared, roster))
    if alone:
        yield say(language, "review.proposals.meet", n=len(alone), who=_names(alone, roster))
    freed = _most_freed(review)
    if freed is not None:
        yield say(language, "review.proposals.lighter", what=freed["sentence"].in_language(language).rstrip("."))
    share = review.coordination["value"]["initiative_share"]
    if review.records.coordinators and not is_unknown(share):
        yield say(language, "review.proposals.convene", share=shown(share, "share", language))


def _counted(key: str, actor_ids: list[str], roster: Roster) -> str:
    count = spelled(len(actor_ids), roster.language)
    return say(roster.language, key, n=len(actor_ids), count=count, who=_names(actor_ids, roster))


def _spared(review: Review, roster: Roster) -> list[str]:
    flag = review.solicitation["flag"]
    return roster.by_name([str(actor_id) for actor_id in flag.index[flag == "over_solicited"]])


def _alone(review: Review, roster: Roster) -> list[str]:
    alone = is_isolated(review.isolation)
    return [actor_id for actor_id in roster.by_name(list(alone.index[alone])) if not roster.is_coordinator(actor_id)]


def _most_freed(review: Review) -> pd.Series | None:
    """Find the proposal that would free the most hours and lose no pair."""
    if review.network.records.meetings["series"].isna().all():
        return None
    proposed = review.proposed_calendar
    free = proposed[(proposed["proposal"] != "keep") & (proposed["n_pairs_lost"] == 0) & (proposed["hours_freed"] > 0)]
    if free.empty:
        return None
    return free.sort_values("hours_freed", ascending=False, kind="stable").iloc[0]


def _names(actor_ids: list[str], roster: Roster) -> str:
    named = [roster.name(actor_id) for actor_id in actor_ids[:_NAMED]]
    more = len(actor_ids) - len(named)
    if more:
        named.append(say(roster.language, "review.findings.more", n=more))
    return listed(named, roster.language)
