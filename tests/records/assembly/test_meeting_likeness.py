"""An invitation and an attendance list of one day are one meeting, where no other could be meant."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnet_analysis.records.assembly.meeting_likeness import Told, are_alike, pairs
from tests.records.conftest import Read


def told(  # noqa: PLR0913 (a meeting has that many sides)
    number: int, title: str, mark: str = "", *, invitation: bool, day: str = "2024-03-05", file: str = ""
) -> Told:
    marks = frozenset({mark} - {""})
    return Told(f"m{number}", day, frozenset({title}), marks, frozenset({file or f"{number}.x"}), invitation)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Réunion COPIL CTG", "COPIL CTG"),
        ("COPIL CTG", "Émargement COPIL CTG 05-03-2024"),
        ("CR COPIL CTG", "copil ctg"),
        ("Comité de pilotage CTG", "COPIL CTG"),
        ("Groupe de travail n°2 Santé", "GT 2 Santé"),
        ("COPIL CTG", "COPIL CTG petite enfance"),
        ("Atelier Parentalité", "Atelier Parentalte"),
        ("Table de quartier (mardi 5 mars 19h30)", "Table de quartier"),
    ],
)
def test_titles_alike(title: str, other: str) -> None:
    assert are_alike(title, other)
    assert are_alike(other, title)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("COPIL Habitat", "COPIL Santé"),
        ("GT 1 Parentalité", "GT 2 Parentalité"),
        ("Commission petite enfance quartier Nord", "Commission petite enfance quartier Sud"),
        ("Groupe parentalité et numérique I", "Groupe parentalité et numérique II"),
        ("Feuille d'émargement", "COPIL CTG"),
    ],
)
def test_titles_of_two(title: str, other: str) -> None:
    assert not are_alike(title, other)
    assert not are_alike(other, title)


def test_an_invitation_is_taken_for_the_only_list_it_could_be() -> None:
    invitation = told(1, "copil ctg", "09h00", invitation=True)

    assert pairs([invitation, told(2, "reunion copil ctg", "09h30", invitation=False)])
    assert pairs([invitation, told(2, "feuille d'emargement", "09h00", invitation=False)])
    assert not pairs([invitation, told(2, "feuille d'emargement", invitation=False)])
    assert not pairs([invitation, told(2, "reunion copil ctg", "14h00", invitation=False)])
    assert not pairs([invitation, told(2, "copil ctg", invitation=False, day="2024-03-06")])
    assert not pairs([invitation, told(2, "copil ctg", invitation=False, file="1.x")])


def test_what_could_be_two_is_left_alone() -> None:
    invitation = told(1, "copil", invitation=True)
    lists = [told(2, "copil habitat", invitation=False), told(3, "copil sante", invitation=False)]

    assert pairs([invitation, *lists]) == []
    assert pairs([told(4, "copil habitat", invitation=False), told(5, "reunion copil habitat", invitation=False)]) == []


_MEETINGS = st.lists(
    st.tuples(
        st.sampled_from(["copil habitat", "copil sante", "copil", "reunion copil", "gt 1", "gt 2", "emargement"]),
        st.sampled_from(["", "09h00", "09h30", "14h00"]),
        st.booleans(),
        st.sampled_from(["2024-03-05", "2024-03-06"]),
    ),
    max_size=8,
)


@given(_MEETINGS, st.randoms())
def test_pairs_do_not_depend_on_the_order_and_take_everybody_once(
    meetings: list[tuple[str, str, bool, str]], chance: random.Random
) -> None:
    all_told = [
        told(number, title, mark, invitation=is_invitation, day=day)
        for number, (title, mark, is_invitation, day) in enumerate(meetings)
    ]
    shuffled = chance.sample(all_told, len(all_told))

    found = pairs(all_told)

    assert set(found) == set(pairs(shuffled))
    used = [meeting.id for pair in found for meeting in pair]
    assert len(used) == len(set(used))


INVITATION = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20240305T090000\r\n"
    "DTEND:20240305T110000\r\nSUMMARY:Réunion COPIL CTG\r\nATTENDEE;CN=Lise Morvan:mailto:l@x.fr\r\n"
    "ATTENDEE;CN=Zoé Roy:mailto:z@x.fr\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)
LIST = "Date;Heure;Réunion;Nom;Structure;Présence\n05/03/2024;9h15;COPIL CTG;Lise Morvan;CAF;P\n"


@pytest.mark.parametrize("names", [("a.ics", "b.csv"), ("b.ics", "a.csv")])
def test_an_invitation_joins_its_list_in_any_order_of_files_and_says_so(read: Read, names: tuple[str, str]) -> None:
    reading = read(dict(zip(names, (INVITATION, LIST), strict=True)))

    meetings = reading.records.meetings
    assert meetings[["title", "duration_hours"]].to_numpy().tolist() == [["COPIL CTG", 2.0]]
    attendance = reading.records.attendance.set_index("actor_id")
    assert attendance["status"].to_dict() == {"lise-morvan": "present", "zoe-roy": "unknown"}
    remark = reading.ledger.remarks[reading.ledger.remarks["code"] == "PN127"]
    assert remark["file"].to_list() == [names[0]]


def test_a_canonical_meeting_takes_its_invitation(read: Read) -> None:
    meetings = "meeting_id,day,title\nm1,2024-03-05,COPIL CTG\n"

    reading = read({"a.ics": INVITATION, "meetings.csv": meetings})

    assert reading.records.meetings["meeting_id"].to_list() == ["m1"]
    assert set(reading.records.attendance["meeting_id"]) == {"m1"}
