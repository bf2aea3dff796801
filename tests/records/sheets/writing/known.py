"""A small invented partnership: who there is, which meetings there were, and who came."""

import random
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Language = Literal["fr", "en"]
Status = Literal["present", "excused", "absent", "unknown"]

_WEIGHTS: Final[Mapping[Status, int]] = {"present": 5, "excused": 2, "absent": 2, "unknown": 1}
ORGANISATIONS: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": (
        "CAF", "CCAS", "PMI", "MJC", "Mission locale du Trieux", "École Jean Macé", "Secours populaire",
        "EHPAD Les Tilleuls",
        "Ligue de l'enseignement", "Habitat, logement et cadre de vie", "Centre social Kerarthur", "Amicale laïque",
        "Maison de quartier Ty Nod", "Familles & Compagnie", "Collège Prévert", "Mairie de Kerlan", "Club 3e âge",
        "Association Émeraude", "CIDFF 22", "Trieux-Énergie",
    ),
    "en": (
        "NHS Trust", "YMCA", "Citizens Advice", "Food Bank", "Youth Club", "Age UK Truro", "St Mary's Primary School",
        "Housing Association", "Women's Aid", "Job Centre", "Parish Council", "Library", "Truro & District Carers",
        "Police", "Community Land Trust", "Sports, Arts and Leisure", "Friends of the Park",
    ),
}  # fmt: skip
_FIRST: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Anne", "Lise", "Marc", "Zoé", "Loïc", "Jean-Pierre", "Marie-Hélène", "François", "Eva", "Paul", "Nathalie",
           "Gwenaëlle", "Yann", "Fatima", "Agnès", "Hugo"),
    "en": ("Ann", "Bob", "Mary-Jane", "Siobhan", "Chloe", "Peter", "Grace", "Amit", "Tom", "Zoë", "Harriet", "William"),
}  # fmt: skip
_LAST: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("Morvan", "Tanguy", "Riou", "Le Du", "de La Tour", "Le Goff-Kerbiriou", "N'Guyen", "Lefèvre", "Dubois-Martin",
           "Prat", "D'Hervé", "Bihan", "Caëric", "Guéguen", "Benali", "Quéré", "Du Plessis", "Bruneteau", "Lozac'h"),
    "en": ("Lee", "Roe", "O'Brien", "Smith-Jones", "Trelawny", "MacDonald", "van der Berg", "Okafor", "Penrose", "Patel",
           "Carter", "Hughes", "St John", "Nance", "Whitworth"),
}  # fmt: skip
SERIES: Final[Mapping[Language, tuple[str, ...]]] = {
    "fr": ("COPIL CTG", "GT Parentalité", "Comité technique", "Atelier santé mentale", "Commission jeunesse", "COTECH",
           "Groupe de travail numérique", "Réunion partenariale"),
    "en": ("Steering group", "Board", "Youth working group", "Health workshop", "Partnership forum", "Housing committee"),
}  # fmt: skip


@dataclass(frozen=True)
class Member:
    """Somebody who may come: a person, with or without an organisation, or an organisation."""

    name: str
    first: str = ""
    last: str = ""
    organisation: str = ""

    @property
    def kind(self) -> str:
        return "person" if self.last else "organisation"


@dataclass(frozen=True)
class Meeting:
    day: date
    series: str


@dataclass(frozen=True)
class Known:
    """
    What is to be written.

    `statuses` has no entry for who was not listed. `invited` has one for every status where there are invitation lists.
    """

    members: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    statuses: Mapping[tuple[Meeting, Member], Status]
    invited: Mapping[tuple[Meeting, Member], bool]

    def listed(self, meeting: Meeting) -> list[Member]:
        return [member for member in self.members if (meeting, member) in self.statuses]

    def with_status(self, meeting: Meeting, status: Status) -> list[Member]:
        return [member for member in self.members if self.statuses.get((meeting, member)) == status]


def partnership(  # noqa: PLR0913 (options, by name)
    chance: random.Random,
    language: Language,
    *,
    level: str = "person",
    mixed: bool = False,
    statuses: Collection[Status] = ("present", "excused", "absent", "unknown"),
    n_meetings: tuple[int, int] = (1, 5),
    one_year: bool = False,
) -> Known:
    """Draw a partnership: of persons, if `mixed` with organisations that send nobody by name; or of organisations alone."""
    organisations = chance.sample(ORGANISATIONS[language], chance.randint(2, 8))
    members = (
        tuple(Member(name) for name in organisations)
        if level == "organisation"
        else _persons(chance, language, organisations, mixed=mixed)
    )
    meetings = _meetings(chance, language, chance.randint(*n_meetings), one_year=one_year)
    marks: dict[tuple[Meeting, Member], Status] = {}
    for meeting in meetings:
        marks |= {(meeting, member): status for member, status in _marks(chance, members, statuses).items()}
    invited = {pair: _was_invited(chance, status) for pair, status in marks.items()}
    return Known(members, meetings, marks, invited)


def _persons(chance: random.Random, language: Language, organisations: list[str], *, mixed: bool) -> tuple[Member, ...]:
    lasts = chance.sample(_LAST[language], len(_LAST[language]))
    members: list[Member] = []
    for organisation in organisations:
        number = chance.choice((0, 1, 1, 1, 2, 3))
        if mixed and number == 0:
            members.append(Member(organisation))
        for _ in range(number):
            if lasts:
                first, last = chance.choice(_FIRST[language]), lasts.pop()
                members.append(Member(f"{first} {last}", first, last, organisation))
    while sum(member.kind == "person" for member in members) < 2:
        first, last = chance.choice(_FIRST[language]), lasts.pop()
        employers = [name for name in organisations if name not in {member.name for member in members}]
        members.append(Member(f"{first} {last}", first, last, chance.choice(employers or [""])))
    return tuple(members[:14])


def _meetings(chance: random.Random, language: Language, number: int, *, one_year: bool) -> tuple[Meeting, ...]:
    days = sorted(chance.sample(range(350 if one_year else 700), number))
    series = chance.choice(SERIES[language])
    several = chance.random() < 0.4
    start = date(2024, 1, 8)
    return tuple(
        Meeting(start + timedelta(days=day), chance.choice(SERIES[language]) if several else series) for day in days
    )


def _marks(chance: random.Random, members: tuple[Member, ...], statuses: Collection[Status]) -> dict[Member, Status]:
    """At least one is present, and one or two are listed."""
    weights = [_WEIGHTS[status] for status in statuses]
    marks = {member: chance.choices(list(statuses), weights)[0] for member in members if chance.random() < 0.85}
    if "present" in statuses and "present" not in marks.values():
        marks[chance.choice(members)] = "present"
    if not marks:
        marks[chance.choice(members)] = next(iter(statuses))
    return {member: marks[member] for member in members if member in marks}


def _was_invited(chance: random.Random, status: Status) -> bool:
    return status in {"excused", "absent"} or chance.random() < 0.85
