"""Who reaches out to whom between the meetings of the made-up partnership."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from partnet_analysis.synthetic import words
from partnet_analysis.synthetic.calendar import CONTACT_MONTHS, working_day
from partnet_analysis.synthetic.chance import Chance
from partnet_analysis.synthetic.planted import Partner
from partnet_analysis.synthetic.truths import COORDINATOR, TRUTHS

PER_PARTNER: Final = 9
"""Contacts a year for each partner, over the whole partnership."""

_OUTWARD: Final = 0.65
"""Share of the coordinator's contacts in which it is the one who reaches out."""

_CALLS_OF_A_SOLICITOR: Final = 7
_CALLED_BY_THE_BRIDGE: Final = 0.3
_CALLS_WITHIN_THE_PAIR: Final = 3
_HOURS: Final = {
    "téléphone": (0.25, 0.25, 0.5),
    "courriel": (0.25,),
    "visite": (1.0, 1.5, 2.0),
    "visioconférence": (0.5, 1.0),
}


@dataclass(frozen=True)
class Contact:
    """
    A contact between two partners.

    Parameters
    ----------
    day
        When.
    source
        Who reached out.
    target
        Who was reached.
    channel
        How.
    theme
        What about.
    hours
        How long it took.
    """

    day: date
    source: Partner
    target: Partner
    channel: str
    theme: str
    hours: float


def contacts(chance: Chance, everybody: Sequence[Partner], year: int, coordination: float) -> list[Contact]:
    """
    Draw a year's contacts.

    Parameters
    ----------
    chance
        The draws.
    everybody
        The partners.
    year
        The year.
    coordination
        The share of the contacts that pass through the coordinator.

    Returns
    -------
    contacts
        The contacts, in order of day.
    """
    by_id = {partner.actor_id: partner for partner in everybody}
    drawn: list[Contact] = []
    for source_id, target_id in [
        *_any_pairs(chance.of("any"), everybody, year, coordination),
        *_calls_of_the_bridge(chance.of("bridge"), everybody, year),
        *_planted_pairs(year),
    ]:
        day = working_day(chance, year, chance.weighted(CONTACT_MONTHS))
        source, target = by_id[source_id], by_id[target_id]
        if source.is_reachable(day) and target.is_reachable(day):
            channel = chance.weighted(words.CHANNELS)
            theme = chance.pick(target.habits[year].groups or source.habits[year].groups or ("Vie du partenariat",))
            drawn.append(Contact(day, source, target, channel, theme, chance.pick(_HOURS[channel])))
    return sorted(drawn, key=lambda contact: contact.day)


def _any_pairs(chance: Chance, everybody: Sequence[Partner], year: int, coordination: float) -> Iterator[tuple[str, str]]:
    called = {partner.actor_id: partner.habits[year].called for partner in everybody}
    talks = {partner.actor_id: partner.habits[year].talks for partner in everybody}
    by_id = {partner.actor_id: partner for partner in everybody}
    for _ in range(PER_PARTNER * len(everybody)):
        if chance.coin(coordination):
            partner = chance.weighted(called)
            yield (COORDINATOR, partner) if chance.coin(_OUTWARD) else (partner, COORDINATOR)
        else:
            source = by_id[chance.weighted(talks)]
            target = chance.weighted(_known_to(chance, source, everybody, year))
            yield source.actor_id, target


def _known_to(chance: Chance, source: Partner, everybody: Sequence[Partner], year: int) -> Mapping[str, float]:
    """Weigh whom a partner may call: of its own half, mostly those it sits with in a group."""
    world = chance.pick(source.worlds)
    groups = set(source.habits[year].groups)
    weights = {}
    for other in everybody:
        if other is not source and world in other.worlds and other.habits[year].talks > 0:
            near = 4 if groups.intersection(other.habits[year].groups) else 1
            weights[other.actor_id] = near * min(other.habits[year].talks, 2.0)
    return weights


def _calls_of_the_bridge(chance: Chance, everybody: Sequence[Partner], year: int) -> Iterator[tuple[str, str]]:
    """Let the bridge call a share of the partners of each half, twice each."""
    for half in words.HALVES:
        talking = [partner.actor_id for partner in everybody if partner.worlds == (half,) and partner.habits[year].talks > 0]
        for called in chance.of(half).sample(talking, round(_CALLED_BY_THE_BRIDGE * len(talking))):
            yield from [(TRUTHS.bridge, called)] * 2


def _planted_pairs(year: int) -> Iterator[tuple[str, str]]:
    if year != TRUTHS.period.year:
        return
    for planted in TRUTHS.over_solicited:
        for solicitor in planted.solicitors:
            yield from [(solicitor, planted.actor_id)] * _CALLS_OF_A_SOLICITOR
    first, second = TRUTHS.isolated["outside_main_component"]
    yield from [(first, second), (second, first)] * _CALLS_WITHIN_THE_PAIR
