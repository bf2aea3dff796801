"""When and for whom the made-up partnership meets: three years of groups, workshops, plenaries and committees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from partnet_analysis.synthetic import words
from partnet_analysis.synthetic.chance import Chance
from partnet_analysis.synthetic.planted import Partner
from partnet_analysis.synthetic.truths import COORDINATOR, TRUTHS

_BUSY_MONTHS: Final = {1: 1.0, 2: 0.9, 3: 1.3, 4: 0.7, 5: 0.8, 6: 1.0, 9: 1.0, 10: 1.3, 11: 1.2, 12: 0.6}
CONTACT_MONTHS: Final = {**_BUSY_MONTHS, 7: 0.5, 8: 0.15}
"""How much of a year's contacts falls on each month."""

_FIXED_HOLIDAYS: Final = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
_EASTER: Final = {2023: date(2023, 4, 9), 2024: date(2024, 3, 31), 2025: date(2025, 4, 20)}
_MOVING_HOLIDAYS: Final = (1, 39, 50)
"""Days from Easter to its Monday, Ascension and Whit Monday."""

_SATURDAY: Final = 5
_STEERING: Final = ("elus", "sous-prefecture", "caf", "ccas", "maison-solidarites", "education-nationale", "ville-education")
_TECHNICAL: Final = {
    words.SOLIDARITY: ("ccas", "maison-solidarites", "agence-emploi", "office-habitat", "maison-sante", "panier-partage"),
    words.EDUCATION: ("lycee-du-val", "mjc-ecluse", "ville-education", "mediatheque", "office-sports", "maison-ados"),
}
_TECHNICAL_NAMES: Final = {
    words.SOLIDARITY: "Comité technique Solidarités",
    words.EDUCATION: "Comité technique Éducation et culture",
}
_WORKSHOP_MONTHS: Final = (1, 3, 5, 7, 9, 11)
_WORKSHOP_CYCLE: Final = "Ateliers thématiques"


@dataclass(frozen=True)
class Meeting:
    """
    A meeting.

    Parameters
    ----------
    meeting_id
        Its identifier.
    day
        When.
    title
        What about.
    series
        The working group or cycle; None for a meeting on its own.
    kind
        Its kind, one of `names.MEETING_KINDS`.
    theme
        Its theme.
    convener_id
        Who convenes it.
    hours
        How long it lasts.
    invited
        The partners invited.
    residents
        How likely a resident is invited.
    has_list
        Whether an invitation list exists.
    """

    meeting_id: str
    day: date
    title: str
    series: str | None
    kind: str
    theme: str
    convener_id: str
    hours: float
    invited: tuple[Partner, ...]
    residents: float = 0.0
    has_list: bool = True


def meetings(chance: Chance, everybody: Sequence[Partner], year: int, coordination: float) -> list[Meeting]:
    """
    Draw up a year's meetings.

    Parameters
    ----------
    chance
        The draws.
    everybody
        The partners.
    year
        The year.
    coordination
        The share of the working groups that the coordinator convenes.

    Returns
    -------
    meetings
        The meetings, in order of day.
    """
    drawn = [
        *_working_groups(chance.of("groups"), everybody, year, coordination),
        *_workshops(chance.of("workshops"), everybody, year),
        *_plenaries(chance.of("plenaries"), everybody, year),
        *_committees(chance.of("committees"), everybody, year),
        *_bilaterals(chance.of("bilaterals"), everybody, year),
    ]
    return sorted(drawn, key=lambda meeting: (meeting.day, meeting.meeting_id))


def working_day(chance: Chance, year: int, month: int) -> date:
    """
    Draw a day on which a town hall is open.

    Parameters
    ----------
    chance
        The draws.
    year
        The year.
    month
        The month.

    Returns
    -------
    day
        A day of the month, neither in a weekend nor on a public holiday.
    """
    while True:
        day = date(year, month, chance.between(1, 28))
        if day.weekday() < _SATURDAY and not _is_holiday(day):
            return day


def convener(group: str, coordination: float) -> str:
    """
    Tell who convenes a working group.

    Parameters
    ----------
    group
        The group.
    coordination
        The share of the working groups that the coordinator convenes: in each half, the first ones.

    Returns
    -------
    convener_id
        The coordinator, or the partner whose subject it is.
    """
    of_half = [name for name, half in words.GROUPS.items() if half == words.GROUPS[group]]
    return COORDINATOR if of_half.index(group) < round(coordination * len(of_half)) else words.LEADERS[group]


def _is_holiday(day: date) -> bool:
    moving = (_EASTER[day.year] + timedelta(days=days) for days in _MOVING_HOLIDAYS)
    return (day.month, day.day) in _FIXED_HOLIDAYS or day in moving


def _reachable(everybody: Sequence[Partner], day: date) -> list[Partner]:
    return [partner for partner in everybody if partner.is_reachable(day)]


def _working_groups(chance: Chance, everybody: Sequence[Partner], year: int, coordination: float) -> Iterator[Meeting]:
    for place, group in enumerate(words.GROUPS):
        draws = chance.of(group)
        leader = convener(group, coordination)
        months = sorted(_months(draws, draws.between(5, 7)))
        for number, month in enumerate(months):
            day = working_day(draws, year, month)
            comes_too = leader == COORDINATOR or draws.coin(0.6)
            invited = tuple(
                partner
                for partner in _reachable(everybody, day)
                if group in partner.habits[year].groups
                or partner.actor_id == leader
                or (partner.actor_id == COORDINATOR and comes_too)
            )
            subject = words.LAST_ON_THE_AGENDA if month == months[-1] else words.AGENDA[number]
            yield Meeting(
                f"{year}-gt{place + 1:02}-{number + 1}",
                day,
                f"{group} – {subject}",
                group,
                "working_group",
                group,
                leader,
                draws.weighted({1.5: 1, 2.0: 3}),
                invited,
                residents=0.25 if group == "Vie de quartier" else 0,
            )


def _months(chance: Chance, size: int) -> list[int]:
    left = dict(_BUSY_MONTHS)
    months = []
    for _ in range(size):
        months.append(chance.weighted(left))
        del left[months[-1]]
    return months


def _workshops(chance: Chance, everybody: Sequence[Partner], year: int) -> Iterator[Meeting]:
    titles = {half: chance.of(half).sample(words.WORKSHOPS[half], 3) for half in words.HALVES}
    for number, month in enumerate(_WORKSHOP_MONTHS):
        half = words.HALVES[number % 2]
        day = working_day(chance, year, month)
        invited = tuple(
            partner for partner in _reachable(everybody, day) if chance.coin(_wanted_at_workshop(partner, half, year))
        )
        title = titles[half][number // 2]
        yield Meeting(
            f"{year}-at{number + 1}", day, title, _WORKSHOP_CYCLE, "workshop", title, COORDINATOR, 3, invited, residents=0.2
        )


def _wanted_at_workshop(partner: Partner, half: str, year: int) -> float:
    habits = partner.habits[year]
    return habits.workshops if half == partner.half else habits.workshops_elsewhere


def _plenaries(chance: Chance, everybody: Sequence[Partner], year: int) -> Iterator[Meeting]:
    for number, (month, title) in enumerate(((2, "Plénière de début d'année"), (9, "Plénière de rentrée"))):
        day = working_day(chance, year, month)
        invited = tuple(partner for partner in _reachable(everybody, day) if partner.habits[year].plenaries)
        yield Meeting(
            f"{year}-pl{number + 1}",
            day,
            f"{title} {year}",
            "Plénières",
            "plenary",
            "Vie du partenariat",
            COORDINATOR,
            2.5,
            invited,
            residents=1,
        )


def _committees(chance: Chance, everybody: Sequence[Partner], year: int) -> Iterator[Meeting]:
    schedules = [
        ("cp", "Comité de pilotage", _STEERING, (4, 12)),
        ("cts", _TECHNICAL_NAMES[words.SOLIDARITY], _TECHNICAL[words.SOLIDARITY], (2, 6, 10)),
        ("cte", _TECHNICAL_NAMES[words.EDUCATION], _TECHNICAL[words.EDUCATION], (3, 6, 11)),
    ]
    for code, series, members, months in schedules:
        for number, month in enumerate(months):
            day = working_day(chance, year, month)
            invited = tuple(p for p in _reachable(everybody, day) if p.actor_id in (COORDINATOR, *members))
            yield Meeting(
                f"{year}-{code}{number + 1}",
                day,
                f"{series} n° {number + 1}",
                series,
                "committee",
                "Vie du partenariat",
                COORDINATOR,
                2,
                invited,
            )


def _bilaterals(chance: Chance, everybody: Sequence[Partner], year: int) -> Iterator[Meeting]:
    for number, (first, second) in enumerate(_pairs(chance, everybody, year)):
        day = working_day(chance, year, chance.weighted(_BUSY_MONTHS))
        if first.is_reachable(day) and second.is_reachable(day):
            yield Meeting(
                f"{year}-bi{number + 1:02}",
                day,
                f"Point avec {second.name}" if first.actor_id == COORDINATOR else f"Rencontre {first.name} / {second.name}",
                None,
                "bilateral",
                chance.pick(first.habits[year].groups or ("Vie du partenariat",)),
                first.actor_id,
                1,
                (first, second),
                has_list=False,
            )


def _pairs(chance: Chance, everybody: Sequence[Partner], year: int) -> Iterator[tuple[Partner, Partner]]:
    """Pair the coordinator with those it sees most, some partners with one another, and the planted pairs."""
    by_id = {partner.actor_id: partner for partner in everybody}
    called = {partner.actor_id: partner.habits[year].called for partner in everybody}
    for _ in range(16):
        yield by_id[COORDINATOR], by_id[chance.weighted(called)]
    for half in words.HALVES:
        talking = {p.actor_id: p.habits[year].talks for p in everybody if p.worlds == (half,)}
        for _ in range(4):
            first = chance.weighted(talking)
            yield by_id[first], by_id[chance.weighted({other: w for other, w in talking.items() if other != first})]
    for lonely in TRUTHS.isolated["coordinator_only"]:
        yield from [(by_id[COORDINATOR], by_id[lonely])] * 3
    if year == TRUTHS.period.year:
        first, second = TRUTHS.isolated["outside_main_component"]
        yield from [(by_id[first], by_id[second])] * 3
