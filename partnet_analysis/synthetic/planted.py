"""The partners who play the planted parts: what each does, year by year, so that the truths hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from partnet_analysis.synthetic.truths import COORDINATOR, TRUTHS
from partnet_analysis.synthetic.words import HALF_OF_SECTOR, HALVES, TOWN

LAST: Final = 2025


@dataclass(frozen=True)
class Habits:
    """
    What a partner does in a year.

    Parameters
    ----------
    groups
        The working groups it belongs to.
    workshops
        How likely it is invited to a workshop of its half.
    workshops_elsewhere
        How likely it is invited to a workshop of the other half.
    plenaries
        Whether it is invited to the plenaries.
    turns_up
        How likely it is present where it is invited.
    talks
        Its weight in the contacts between partners; 0: none.
    called
        Its weight in the contacts with the coordinator; 0: none.
    """

    groups: tuple[str, ...] = ()
    workshops: float = 0.5
    workshops_elsewhere: float = 0.06
    plenaries: bool = True
    turns_up: float = 0.75
    talks: float = 1.0
    called: float = 1.0


@dataclass(frozen=True)
class Partner:
    """
    A partner: an organisation, or a person who belongs to none.

    Parameters
    ----------
    actor_id
        Its identifier.
    name
        Its name.
    sector
        Its sector.
    habits
        What it does, for each year.
    kind
        `organisation` or `person`.
    n_persons
        How many persons it has.
    halves
        The halves of the network where it has contacts.
    capacity
        The hours a month that it declares it can give; None where it declares nothing.
    joined_on
        When it joined; None where before everything.
    left_on
        When it left; None where it did not.
    silent_from
        The first day on which nobody invites or calls it any more; None where there is none.
    one_delegate
        Whether the same person always attends.
    """

    actor_id: str
    name: str
    sector: str
    habits: Mapping[int, Habits]
    kind: str = "organisation"
    n_persons: int = 2
    halves: tuple[str, ...] = field(default=())
    capacity: int | None = None
    joined_on: date | None = None
    left_on: date | None = None
    silent_from: date | None = None
    one_delegate: bool = False

    @property
    def half(self) -> str:
        """The half of the network that its sector belongs to."""
        return HALF_OF_SECTOR[self.sector]

    @property
    def worlds(self) -> tuple[str, ...]:
        """The halves of the network where it has contacts."""
        return self.halves or (self.half,)

    def is_reachable(self, day: date) -> bool:
        """
        Tell whether anybody may invite or call it on a day.

        Parameters
        ----------
        day
            The day.

        Returns
        -------
        reachable
            True between joining and leaving, as long as it has not been forgotten.
        """
        here = (self.joined_on or day) <= day <= (self.left_on or day)
        return here and (self.silent_from is None or day < self.silent_from)


ABSENT: Final = Habits(workshops=0, workshops_elsewhere=0, plenaries=False, turns_up=0, talks=0, called=0)
"""Nobody asks, nobody comes."""

ONLY_PLENARIES: Final = Habits(workshops=0, workshops_elsewhere=0, turns_up=0, talks=0, called=0)
"""Invited to plenaries, comes to none."""


def _over_solicited(place: int) -> dict[int, Habits]:
    """Two groups in the first year, all of them in the last."""
    series = TRUTHS.over_solicited[place].series
    return {
        2023: Habits(series[:2], turns_up=0.9),
        2024: Habits(series[:3], turns_up=0.85, talks=1.5),
        2025: Habits(series, turns_up=0.75, workshops=0.8, talks=2, called=2),
    }


def _faded(first: Habits, second: Habits, last: Habits) -> dict[int, Habits]:
    return dict(zip((2023, 2024, 2025), (first, second, last), strict=True))


def _always(habits: Habits) -> dict[int, Habits]:
    return _faded(habits, habits, habits)


PLANTED: Final = (
    Partner(
        COORDINATOR,
        f"Ville de {TOWN} – Service des partenariats",
        "Institutions",
        _always(Habits(workshops=1, workshops_elsewhere=1, turns_up=0.97, talks=0, called=0)),
        n_persons=3,
        halves=HALVES,
    ),
    Partner("panier-partage", "Épicerie sociale Le Panier partagé", "Action sociale", _over_solicited(0), n_persons=3),
    Partner("mission-locale", "Mission locale du Val", "Emploi et insertion", _over_solicited(1), n_persons=4, capacity=6),
    Partner("maison-ados", "Maison des adolescents Le Cap", "Éducation", _over_solicited(2), n_persons=3),
    Partner(
        "amicale-boules",
        "Amicale bouliste de l'Écluse",
        "Sport et loisirs",
        _faded(Habits(workshops=0, workshops_elsewhere=0, talks=0, called=0), ABSENT, ABSENT),
        n_persons=1,
    ),
    Partner(
        "pharmaciens",
        "Groupement des pharmaciens du Val",
        "Santé",
        _faded(
            Habits(("Santé mentale",), turns_up=0.5),
            Habits(("Santé mentale",), turns_up=0.15, talks=0),
            Habits(("Santé mentale",), turns_up=0, talks=0, called=0),
        ),
    ),
    Partner(
        "comite-jumelage",
        "Comité de jumelage",
        "Culture",
        _faded(
            Habits(("Vie de quartier",), turns_up=0.6),
            Habits(workshops=0, workshops_elsewhere=0, turns_up=1, talks=0, called=0),
            Habits(workshops=0, workshops_elsewhere=0, turns_up=1, talks=0, called=0),
        ),
    ),
    Partner(
        "accueil-peupliers",
        "Terrain d'accueil des Peupliers",
        "Habitat et cadre de vie",
        _always(Habits(workshops=0.3, workshops_elsewhere=0, turns_up=0, talks=0, called=3)),
        n_persons=1,
    ),
    Partner(
        "club-nautique",
        "Club nautique de la Varenne",
        "Sport et loisirs",
        _faded(Habits(("Sport pour tous",)), Habits(("Sport pour tous",), turns_up=0.4), ONLY_PLENARIES),
    ),
    Partner(
        "pecheurs",
        "Les Pêcheurs de la Levée",
        "Sport et loisirs",
        _faded(Habits(workshops=0.2), Habits(workshops=0.2, turns_up=0.4, talks=0), ONLY_PLENARIES),
        n_persons=1,
    ),
    Partner(
        "ludotheque",
        "Ludothèque Le Dé à coudre",
        "Éducation",
        _always(Habits(("Parentalité", "Petite enfance"), turns_up=0.85)),
        silent_from=date(LAST, 4, 28),
    ),
    Partner(
        "ressourcerie",
        "Ressourcerie La Boucle",
        "Habitat et cadre de vie",
        _always(Habits(("Mobilité solidaire", "Retour à l'emploi"), turns_up=1)),
        joined_on=date(LAST, 9, 8),
    ),
    Partner(
        "passerelle",
        "Centre social La Passerelle",
        "Action sociale",
        _always(
            Habits(
                ("Accès aux droits", "Aide alimentaire", "Parentalité", "Vie de quartier"),
                turns_up=0.92,
                workshops_elsewhere=0.5,
                talks=3,
                called=2,
            )
        ),
        n_persons=4,
        halves=HALVES,
    ),
    Partner(
        "point-numerique",
        "Point numérique des Hauts",
        "Action sociale",
        _always(Habits(("Accès aux droits", "Inclusion numérique"), turns_up=0.9, talks=0, called=2)),
    ),
    Partner(
        "jardins-levee",
        "Les Jardins de la Levée",
        "Habitat et cadre de vie",
        _faded(
            Habits(("Aide alimentaire", "Isolement des aînés", "Mobilité solidaire"), turns_up=0.9),
            Habits(("Aide alimentaire", "Isolement des aînés", "Mobilité solidaire"), turns_up=0.92),
            Habits(("Aide alimentaire", "Isolement des aînés", "Mobilité solidaire"), turns_up=0.25),
        ),
        capacity=10,
    ),
    Partner(
        "college-tilleuls",
        "Collège des Tilleuls",
        "Éducation",
        _always(Habits(("Réussite éducative", "Parentalité", "Sport pour tous"), turns_up=0.85)),
        n_persons=5,
        one_delegate=True,
    ),
    Partner(
        "brocante",
        "La Brocante exemploise",
        "Action sociale",
        _always(Habits(("Aide alimentaire",))),
        n_persons=1,
        left_on=date(2024, 6, 28),
    ),
)
"""The coordinator and the partners with a part to play."""
