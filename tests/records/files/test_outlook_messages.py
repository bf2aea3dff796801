"""Messages that Outlook saved: who wrote to whom is read like other mail, what was written stays unread."""

import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from partnet_analysis.config import Limits
from partnet_analysis.records.files.workbooks import WorkbookReader
from partnet_analysis.records.grids import UnreadableError
from tests.records.conftest import Read
from tests.records.files.compound import Tree, compound

pytest.importorskip("olefile")

KIND, SUBJECT, HEADERS, BODY = 0x001A, 0x0037, 0x007D, 0x1000
SENDER, SENDER_ADDRESS = 0x0C1A, 0x5D01
NAME, ADDRESS, OLD_ADDRESS, TYPE, SENT = 0x3001, 0x39FE, 0x3003, 0x0C15, 0x0039
TO, CC, BCC = 1, 2, 3
COORDINATION = (TO, "Coordination CTG", "coord@ville.example")
IN_THE_EVENING = datetime(2024, 6, 4, 22, 30, tzinfo=UTC)
Recipient = tuple[int, str, str]


def properties(texts: Mapping[int, str], numbers: Mapping[int, int], n_before: int) -> Tree:
    """Write the streams of a message, or of a recipient."""
    streams = {f"__substg1.0_{tag:04X}001F": text.encode("utf-16-le") for tag, text in texts.items()}
    rows = [struct.pack("<HHIII", 0x1F, tag, 6, 2 * len(text) + 2, 0) for tag, text in texts.items()]
    rows += [
        struct.pack("<HHIQ", 0x40 if tag == SENT else 3, tag, 6, value if tag == SENT else value | 7 << 32)
        for tag, value in numbers.items()
    ]
    return {**streams, "__properties_version1.0": bytes(n_before) + b"".join(rows)}


def message(
    recipients: Sequence[Recipient] = (COORDINATION,),
    *,
    sender: tuple[str, str] = ("Lise Morvan", "lise@caf.example"),
    **texts: str,
) -> bytes:
    """Write a message, sent on the 4th of June in universal time, on the 5th in Paris."""
    tags = {"kind": KIND, "subject": SUBJECT, "headers": HEADERS, "body": BODY}
    said = {KIND: "IPM.Note", SENDER: sender[0], SENDER_ADDRESS: sender[1], SUBJECT: "Relance"}
    said |= {tags[name]: text for name, text in texts.items()}
    since_1601 = int((IN_THE_EVENING - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    folders = {
        f"__recip_version1.0_#{number:08X}": properties({NAME: name, ADDRESS: address}, {TYPE: place}, 8)
        for number, (place, name, address) in enumerate(recipients)
    }
    return compound({**properties(said, {SENT: since_1601}, 32), **folders})


def test_it_is_a_contact_with_each_in_to_and_cc_on_the_day_of_the_partnership(read: Read) -> None:
    recipients = [COORDINATION, (CC, "Marc Tanguy", "marc@mjc.example"), (BCC, "Zoé Riou", "zoe@pmi.example")]

    reading = read({"relance.msg": message(recipients)})

    names = dict(zip(reading.records.actors["actor_id"], reading.records.actors["name"], strict=True))
    contacts = reading.records.contacts
    assert sorted(contacts["target_id"].map(names)) == ["Coordination CTG", "Marc Tanguy"]
    assert set(contacts["source_id"].map(names)) == {"Lise Morvan"}
    assert {str(day.date()) for day in contacts["day"]} == {"2024-06-05"}
    assert reading.ledger.accounting[["rows", "kept"]].to_numpy().tolist() == [[1, 1]]


def test_the_headers_that_it_came_with_go_first(read: Read) -> None:
    headers = (
        "From: Lise Morvan <lise@caf.example>\r\nTo: Marc Tanguy <marc@mjc.example>\r\n"
        "Date: Tue, 05 Mar 2024 10:00:00 +0100\r\n"
    )

    reading = read({"relance.msg": message([(TO, "Marc Tanguy", "")], headers=headers, sender=("Lise", ""))})

    assert {str(day.date()) for day in reading.records.contacts["day"]} == {"2024-03-05"}
    assert set(reading.records.actors["name"]) == {"Lise Morvan", "Marc Tanguy"}


def test_who_is_known_to_the_firm_alone_is_known_by_name(read: Read) -> None:
    firm = "/o=Ville/ou=Exchange/cn=Recipients/cn=tanguy"

    reading = read({"relance.msg": message([(TO, "Marc Tanguy", firm), COORDINATION], sender=("Lise Morvan", firm))})

    assert set(reading.records.actors["name"]) == {"Lise Morvan", "Marc Tanguy", "Coordination CTG"}
    assert len(reading.records.contacts) == 2


@pytest.mark.parametrize(
    "written",
    [
        message(subject="Réponse automatique : Relance"),
        message(kind="IPM.Schedule.Meeting.Resp.Pos"),
        message(kind="REPORT.IPM.Note.NDR"),
        message(headers="Auto-Submitted: auto-replied\r\n"),
    ],
    ids=["subject", "reply", "report", "header"],
)
def test_what_a_program_sent_is_no_contact(read: Read, written: bytes) -> None:
    reading = read({"a.msg": message(), "b.msg": written})

    assert len(reading.records.contacts) == 1
    assert reading.ledger.ignored[["file", "code"]].to_numpy().tolist() == [["b.msg", "PN126"]]


def test_what_is_no_mail_is_refused_with_the_way_out(read: Read) -> None:
    reading = read({"a.msg": message(), "rdv.msg": message(kind="IPM.Appointment"), "x.msg": b"x", "vide.msg": b""})

    rejects = reading.ledger.rejects
    assert dict(zip(rejects["file"], rejects["code"], strict=True)) == {
        "rdv.msg": "PN134",
        "x.msg": "PN083",
        "vide.msg": "PN071",
    }


def test_nothing_of_what_was_written_leaves_the_worker() -> None:
    with WorkbookReader(Limits()) as reader:
        told = reader.envelope(message(body="Secret"))

    assert "Secret" not in str(told)


def test_a_message_larger_than_a_file_may_be_is_refused() -> None:
    with WorkbookReader(Limits(megabytes_unpacked=0.001)) as reader, pytest.raises(UnreadableError) as refused:
        reader.envelope(message())

    assert refused.value.code == "PN079"


def test_damaged_messages_are_read_or_refused() -> None:
    whole, seen = message(), Counter[str]()
    with WorkbookReader(Limits()) as reader:
        for place in range(0, len(whole), 97):
            damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
            try:
                seen[" ".join(sorted(reader.envelope(damaged)))] += 1
            except UnreadableError as refusal:
                seen[refusal.code] += 1

    assert seen.keys() == {"PN083", "headers kind recipients sender sent subject"}
