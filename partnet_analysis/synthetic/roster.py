"""Who is in the made-up partnership: partners and the persons behind them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from partnet_analysis.synthetic import words
from partnet_analysis.synthetic.chance import Chance
from partnet_analysis.synthetic.planted import PLANTED, Habits, Partner
from partnet_analysis.synthetic.truths import COORDINATOR, TRUTHS, YEARS

N_RESIDENTS: Final = 12
SMALLEST: Final = 40
"""With fewer organisations, working groups would be too small for the planted truths to hold."""

_LEVELS: Final = {
    "Institutions": {"manager": 3, "decision_maker": 2, "field_worker": 1},
    "Action sociale": {"field_worker": 4, "volunteer": 3, "manager": 2},
    "Santé": {"field_worker": 5, "manager": 1},
    "Emploi et insertion": {"field_worker": 3, "manager": 2},
    "Habitat et cadre de vie": {"field_worker": 2, "manager": 2, "volunteer": 2},
    "Éducation": {"field_worker": 3, "manager": 2, "volunteer": 1},
    "Culture": {"field_worker": 2, "volunteer": 2, "manager": 1},
    "Sport et loisirs": {"volunteer": 5, "manager": 1},
}
_COMINGS: Final = (
    (date(2023, 3, 1), None),
    (date(2023, 9, 11), None),
    (date(2024, 1, 15), None),
    (date(2024, 10, 1), None),
    (date(2025, 2, 3), None),
    (None, date(2023, 12, 22)),
    (None, date(2024, 11, 29)),
    (None, date(2025, 6, 27)),
)
"""When some ordinary partners join and leave."""

_MOVABLE: Final = ("Action sociale", "Culture", "Emploi et insertion", "Habitat et cadre de vie", "Sport et loisirs")
"""The sectors of associations, which come and go; schools, hospitals and institutions stay."""

_YOUNG: Final = 0.2
"""How likely a partner of the half where the redundant groups are is drawn into them."""

_DEPENDED_ON: Final = 17
"""So many of the ordinary partners stay all the time: the planted ones and the committees need them."""


@dataclass(frozen=True)
class Person:
    """
    A person.

    Parameters
    ----------
    actor_id
        Its identifier.
    name
        First name and surname.
    partner_id
        Its organisation; None for residents.
    level
        Its level, one of `names.LEVELS`.
    joined_on
        When it took up its post; None where before everything.
    left_on
        When it left it; None where it did not.
    """

    actor_id: str
    name: str
    partner_id: str | None
    level: str
    joined_on: date | None = None
    left_on: date | None = None

    def is_there(self, day: date) -> bool:
        """
        Tell whether the person is in post.

        Parameters
        ----------
        day
            The day.

        Returns
        -------
        there
            True between joining and leaving, both included.
        """
        return (self.joined_on or day) <= day <= (self.left_on or day)


def partners(chance: Chance, n_organisations: int) -> list[Partner]:
    """
    Make up the partners.

    Parameters
    ----------
    chance
        The draws.
    n_organisations
        How many organisations, the coordinator included.

    Returns
    -------
    partners
        The planted ones, the ordinary ones, and a few persons who belong to no organisation.
    """
    ordinary = list(_catalogue())[: n_organisations - len(PLANTED)]
    movable = [actor_id for actor_id, _, sector in ordinary[_DEPENDED_ON:] if sector in _MOVABLE]
    moves = dict(zip(chance.of("moves").sample(movable, len(_COMINGS)), _COMINGS, strict=False))
    drawn = [
        _ordinary(chance.of(actor_id), actor_id, name, sector, moves.get(actor_id, (None, None)))
        for actor_id, name, sector in ordinary
    ]
    return [*PLANTED, *drawn, *_independents(chance)]


def people(chance: Chance, everybody: list[Partner]) -> list[Person]:
    """
    Make up the persons behind the partners, and the residents.

    Parameters
    ----------
    chance
        The draws.
    everybody
        The partners.

    Returns
    -------
    people
        At least one person in post for each organisation at any time, then the residents.
    """
    full_names = _full_names(chance.of("names"))
    persons: list[Person] = []
    for partner in everybody:
        if partner.kind == "organisation":
            persons.extend(_staff(chance.of(f"staff of {partner.actor_id}"), partner, len(persons), full_names))
    residents = [Person(f"h{place + 1:02}", next(full_names), None, "resident") for place in range(N_RESIDENTS)]
    return [*persons, *residents]


def _catalogue() -> Iterator[tuple[str, str, str]]:
    for actor_id, (name, sector) in words.BACKGROUND.items():
        yield actor_id, name, sector
    for place_number, place in enumerate(words.PLACES):
        for prefix_number, (prefix, sector) in enumerate(words.PREFIXES.items()):
            yield f"partenaire-{place_number * len(words.PREFIXES) + prefix_number + 1:03}", f"{prefix} {place}", sector


def _ordinary(chance: Chance, actor_id: str, name: str, sector: str, moves: tuple[date | None, date | None]) -> Partner:
    turns_up = 0.55 + 0.4 * chance.number()
    talks = chance.weighted({0.5: 3, 1.0: 4, 2.0: 2, 4.0: 1})
    called = chance.weighted({0.5: 4, 1.0: 4, 2.0: 2})
    groups = _groups(chance, words.HALF_OF_SECTOR[sector])
    habits = {}
    for year in YEARS:
        habits[year] = Habits(groups, turns_up=turns_up, talks=talks, called=called)
        if chance.coin(0.15):
            groups = _groups(chance, words.HALF_OF_SECTOR[sector])
    return Partner(
        actor_id,
        name,
        sector,
        habits,
        n_persons=chance.weighted({1: 3, 2: 4, 3: 3, 4: 2}),
        capacity=chance.between(8, 20) if chance.coin(0.35) else None,
        joined_on=moves[0],
        left_on=moves[1],
    )


def _groups(chance: Chance, half: str) -> tuple[str, ...]:
    """Draw one to three groups; who is in one of the two redundant ones is in the other."""
    twin, other_twin = TRUTHS.redundant_series
    open_to_it = [group for group, home in words.GROUPS.items() if home == half and group != twin]
    drawn = chance.sample(open_to_it, chance.weighted({1: 3, 2: 5, 3: 2}))
    if other_twin in drawn or (half == words.GROUPS[twin] and chance.coin(_YOUNG)):
        drawn = [other_twin, twin, *(group for group in drawn[:2] if group != other_twin)]
    return tuple(drawn)


def _independents(chance: Chance) -> Iterator[Partner]:
    full_names = _full_names(chance.of("independents"))
    for actor_id, (sector, group) in words.INDEPENDENTS.items():
        habits = Habits((group,), workshops=0.3, workshops_elsewhere=0, turns_up=0.7, talks=0.5, called=0.5)
        yield Partner(actor_id, next(full_names), sector, dict.fromkeys(YEARS, habits), kind="person")


def _full_names(chance: Chance) -> Iterator[str]:
    """Pair first names with surnames, each surname once before any comes again."""
    while True:
        for surname in chance.shuffled(words.SURNAMES):
            yield f"{chance.pick(words.FIRST_NAMES)} {surname}"


def _staff(chance: Chance, partner: Partner, before: int, full_names: Iterator[str]) -> Iterator[Person]:
    for place in range(partner.n_persons):
        level = "elected" if partner.actor_id == "elus" else chance.weighted(_LEVELS[partner.sector])
        if place == 0 and partner.n_persons > 1 and level != "elected" and chance.coin(0.4):
            level = "decision_maker"
        joined_on, left_on = _posts(chance, place, partner)
        yield Person(f"p{before + place + 1:03}", next(full_names), partner.actor_id, level, joined_on, left_on)


def _posts(chance: Chance, place: int, partner: Partner) -> tuple[date | None, date | None]:
    """Let some of those after the first arrive or leave on the way; nobody comes before its organisation or stays after."""
    settled = place == 0 or partner in PLANTED or partner.joined_on or partner.left_on or not chance.coin(0.2)
    if settled or partner.actor_id == COORDINATOR:
        return partner.joined_on, partner.left_on
    month, year = chance.pick((1, 3, 9, 10)), chance.pick(YEARS)
    return (date(year, month, 3), None) if chance.coin(0.5) else (None, date(year, month, 28))
