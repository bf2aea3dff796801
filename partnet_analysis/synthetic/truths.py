"""What was planted in the made-up partnership, and why: the answers that an analysis of the last year must find."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from partnet_analysis.periods import Period

COORDINATOR: Final = "service-partenariats"
YEARS: Final = (2023, 2024, 2025)


@dataclass(frozen=True)
class OverSolicited:
    """
    A partner asked for several times as often as its sector's median.

    Parameters
    ----------
    actor_id
        Who.
    series
        The working groups through which.
    solicitors
        Who reaches out to it most, beside the meetings.
    """

    actor_id: str
    series: tuple[str, ...]
    solicitors: tuple[str, ...]


@dataclass(frozen=True)
class Truths:
    """
    The planted truths about one period.

    Parameters
    ----------
    period
        The period that they are true of.
    over_solicited
        Who is over-solicited, through which groups and by whom.
    isolated
        For each type of isolation, who must at least be found under it.
    bridge
        Who alone links the two halves of the network, the coordinator aside.
    isolated_without_coordinators
        Who has no tie left once the coordinator is taken out.
    isolated_without_coordinated_meetings
        Who further has no tie left once the meetings that the coordinator convenes are taken out too.
    redundant_series
        Two working groups with the same members.
    response_fell
        Whose response rate fell from the year before.
    concentrated_on_one_delegate
        Which organisation of several persons always sends the same one.
    left_before
        Who had left before the period and is no longer at risk of anything in it.
    reasons
        For each planted actor, why it is what it is, in one sentence.
    """

    period: Period
    over_solicited: tuple[OverSolicited, ...]
    isolated: Mapping[str, tuple[str, ...]]
    bridge: str
    isolated_without_coordinators: tuple[str, ...]
    isolated_without_coordinated_meetings: tuple[str, ...]
    redundant_series: tuple[str, str]
    response_fell: str
    concentrated_on_one_delegate: str
    left_before: tuple[str, ...]
    reasons: Mapping[str, str] = field(default_factory=dict)


TRUTHS: Final = Truths(
    period=Period.of_year(YEARS[-1]),
    over_solicited=(
        OverSolicited(
            "panier-partage",
            (
                "Accès aux droits",
                "Inclusion numérique",
                "Aide alimentaire",
                "Logement et hébergement",
                "Mobilité solidaire",
                "Isolement des aînés",
            ),
            (COORDINATOR, "ccas", "maison-solidarites"),
        ),
        OverSolicited(
            "mission-locale",
            (
                "Accès aux droits",
                "Inclusion numérique",
                "Logement et hébergement",
                "Santé mentale",
                "Retour à l'emploi",
                "Mobilité solidaire",
            ),
            (COORDINATOR, "agence-emploi", "ccas"),
        ),
        OverSolicited(
            "maison-ados",
            (
                "Parentalité",
                "Insertion des jeunes",
                "Jeunesse 16-25 ans",
                "Réussite éducative",
                "Éducation artistique",
                "Sport pour tous",
            ),
            (COORDINATOR, "lycee-du-val", "ville-education"),
        ),
    ),
    isolated={
        "never_invited": ("amicale-boules",),
        "invited_never_came": ("pharmaciens",),
        "plenary_only": ("comite-jumelage",),
        "coordinator_only": ("accueil-peupliers",),
        "outside_main_component": ("club-nautique", "pecheurs"),
        "dormant": ("ludotheque",),
        "newcomer": ("ressourcerie",),
    },
    bridge="passerelle",
    isolated_without_coordinators=("accueil-peupliers",),
    isolated_without_coordinated_meetings=("point-numerique",),
    redundant_series=("Insertion des jeunes", "Jeunesse 16-25 ans"),
    response_fell="jardins-levee",
    concentrated_on_one_delegate="college-tilleuls",
    left_before=("brocante",),
    reasons={
        "panier-partage": "Pulled into six working groups in 2025 after two in 2023, and called by the CCAS all year long.",
        "mission-locale": "In six working groups in 2025, for more hours than it declares it can give.",
        "maison-ados": "Every group on young people wants it, and the schools call it directly.",
        "amicale-boules": "Forgotten: its last invitation was to a plenary of 2023.",
        "pharmaciens": "Invited to a working group and every plenary, never came.",
        "comite-jumelage": "Comes to plenaries, where it meets everybody and nobody.",
        "accueil-peupliers": "Knows the coordinator, and only the coordinator.",
        "club-nautique": "Works with the anglers' club and nobody else.",
        "pecheurs": "Works with the water-sports club and nobody else.",
        "ludotheque": "Nothing since April 2025, and nobody noticed.",
        "ressourcerie": "Joined in September 2025: new, not isolated.",
        "passerelle": "The one partner in working groups of both halves, in touch with both.",
        "point-numerique": "Active, but only in meetings that the coordinator convenes.",
        "jardins-levee": "Answered nearly every invitation in 2024, one in four in 2025.",
        "college-tilleuls": "Five persons on the list; the same one attends every time.",
        "brocante": "Closed in June 2024.",
    },
)
"""The planted truths of the made-up partnership; the same actors play the same parts whatever the seed and the size."""
