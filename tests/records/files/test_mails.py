"""Mail as programs write it: who wrote to whom, and what nobody wrote."""

import pytest

from partnet_analysis.records.assembly import Reading
from partnet_analysis.records.files.mails import mail_batch
from tests.records.conftest import Read

SENT = "Date: Tue, 05 Mar 2024 10:00:00 +0100\n"
HEADERS = "From: Lise Morvan <lise@caf.example>\nTo: Coordination CTG <coord@ville.example>\n" + SENT


def ties(reading: Reading) -> list[tuple[str, str]]:
    names = dict(zip(reading.records.actors["actor_id"], reading.records.actors["name"], strict=True))
    contacts = reading.records.contacts
    return sorted(zip(contacts["source_id"].map(names), contacts["target_id"].map(names), strict=True))


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated; type=x",
        "X-Autoreply: yes",
        "X-Autorespond: Relance",
        "Precedence: auto_reply",
        "Precedence: bulk",
        "Precedence: list",
        "Return-Path: <>",
        "X-Failed-Recipients: a@x.example",
        "Content-Type: multipart/report; report-type=delivery-status;\n boundary=x",
        "Content-Type: text/calendar; charset=utf-8; method=REPLY",
        "Subject: Automatic reply: Relance",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Relance?=",
        "Subject: Réponse automatique : Relance",
        "Subject: Absence du bureau",
        "Subject: Out of Office: Relance",
        "Subject: Undeliverable: Relance",
        "Subject: Non remis : Relance",
        "Subject: Accepted: COPIL",
        "Subject: Accepté : COPIL",
        "Subject: Refusé : COPIL",
        "Subject: Lu : Relance",
    ],
)
def test_what_a_program_sent_is_no_contact(header: str) -> None:
    batch = mail_batch("a.eml", f"{HEADERS}{header}\n\nBonjour\n".encode())

    assert not batch.tables
    assert batch.findings.frames()[1]["code"].to_list() == ["PN126"]


@pytest.mark.parametrize("address", ["mailer-daemon@x.example", "no-reply@x.example", "ne-pas-repondre@x.example"])
def test_a_program_that_sends_is_nobody(address: str) -> None:
    batch = mail_batch("a.eml", f"From: X <{address}>\nTo: a@x.example\n{SENT}\nBonjour\n".encode())

    assert not batch.tables


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: no",
        "Precedence: normal",
        "Subject: Re: Réponse automatique : Relance",
        "Subject: Absence du bureau de vote",
        "Subject: Accepté le devis ?",
        "Content-Type: multipart/mixed; boundary=x",
        "Return-Path: <lise@caf.example>",
    ],
)
def test_what_somebody_wrote_is_a_contact(header: str) -> None:
    assert len(mail_batch("a.eml", f"{HEADERS}{header}\n\nBonjour\n".encode()).tables["contacts"]) == 1


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ('"MORVAN Lise (CAF)" <l@x.fr>, "TANGUY, Marc" <m@x.fr>', ["MORVAN Lise", "Marc TANGUY"]),
        ("TANGUY, Marc <m@x.fr>, Zoé Roy <z@x.fr>", ["Marc TANGUY", "Zoé Roy"]),
        ("=?utf-8?q?TANGUY=2C_Marc?= <m@x.fr>", ["Marc TANGUY"]),
        ("=?utf-8?Q?TANGUY,_Marc?= <m@x.fr>", ["Marc TANGUY"]),
        ("A Bo <a@x.fr>; C Do <c@x.fr>", ["A Bo", "C Do"]),
        ("Équipe: A Bo <a@x.fr>, C Do <c@x.fr>;", ["A Bo", "C Do"]),
        ("l@x.fr (Lise Morvan)", ["Lise Morvan"]),
        ("l@x.fr, Lise Morvan <l@x.fr>", ["Lise Morvan"]),
    ],
)
def test_receivers_are_read_whole(field: str, people: list[str]) -> None:
    content = f"From: v@x.fr\nTo: {field}\nBcc: secret@x.fr\n{SENT}\nBonjour\n"
    for encoding in ("utf-8", "cp1252"):
        targets = mail_batch("a.eml", content.encode(encoding)).tables["contacts"]["target_id"]

        assert [mention.person for mention in targets] == people


def test_one_address_is_one_person_and_told(read: Read) -> None:
    written = ["Lise Morvan", '"Morvan, Lise"', "L. Morvan", "lise@caf.example"]
    mails = {
        f"{number}.eml": f"From: {name} <lise@caf.example>\nTo: Coord <coord@v.example>\n{SENT}\nx\n"
        for number, name in enumerate(written)
    }

    reading = read(mails)

    assert set(ties(reading)) == {("Lise Morvan", "Coord")}
    assert reading.ledger.remarks["code"].to_list().count("PN129") == 1


def test_a_shared_mailbox_is_nobody(read: Read) -> None:
    mails = {
        f"{number}.eml": f"From: {name} <{box}@asso.example>\nTo: Coord <zoe@v.example>\n{SENT}\nx\n"
        for number, (name, box) in enumerate(
            [("Lise Morvan", "contact"), ("Lise Riou", "contact"), ("Ana Roy", "x"), ("Bob Lee", "x")]
        )
    }

    assert {source for source, _ in ties(read(mails))} == {"Lise Morvan", "Lise Riou", "Ana Roy", "Bob Lee"}


def test_names_decided_to_be_two_stay_two(read: Read) -> None:
    mails = {
        f"{number}.eml": f"From: {name} <morvan@x.example>\nTo: Coord <zoe@v.example>\n{SENT}\nx\n"
        for number, name in enumerate(["Lise Morvan", "Marie-Lise Morvan"])
    }
    decided = "name,same_as,decision\nLise Morvan,Marie-Lise Morvan,different\n"

    assert {source for source, _ in ties(read({**mails, "aliases.csv": decided}))} == {"Lise Morvan", "Marie-Lise Morvan"}
