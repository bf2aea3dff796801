"""
Mail (.eml, .mbox, .msg): who wrote to whom and when, from the headers alone; no line of a body is ever looked at or kept.

Some headers are looked at only to tell what a program sent, the subject among them; nothing of them is kept.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import HeaderParser
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Final

from partnet_analysis.records.cells.guests import guest
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch, Source
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import UnreadableError

_READ: Final = tuple(
    name.encode() + b":"
    for name in (
        "from", "to", "cc", "date", "subject", "auto-submitted", "precedence", "x-autoreply", "x-autorespond",
        "x-failed-recipients", "return-path", "content-type",
    )
)  # fmt: skip
_MOST_HEADER_BYTES: Final = 1 << 18
_PROGRAMS: Final = re.compile(
    r"(?:mailer-daemon|postmaster|no-?_?reply|do-?not-?reply|ne-?pas-?repondre|bounces?)(?:[+._-].*)?@.*"
)
_REPORTS: Final = re.compile(r"\s*multipart/report\b|.*\bmethod\s*=\s*\"?reply\b", re.DOTALL)
_MANY: Final = ("bulk", "list", "junk", "auto_reply", "auto-reply")
_SUBJECTS: Final = re.compile(
    r"(?:(?:automatic|auto|automated)[- ]?(?:reply|response)|autoreply|autoresponse|reponse automatique"
    r"|message automatique(?: d'absence)?|out of (?:the )?office(?: autoreply| reply)?|absence du bureau|absente? du bureau"
    r"|message d'absence|abwesenheitsnotiz|automatische antwort|abwesend"
    r"|undeliverable|undelivered mail(?: returned to sender)?|mail delivery (?:failed|failure|system)|returned mail"
    r"|delivery status notification(?: \([^)]*\))?|delivery (?:has )?failed|delivery failure|failure notice|non remis"
    r"|message non (?:distribue|remis)|non distribuable|echec de (?:la )?(?:remise|distribution)(?: du message)?"
    r"|unzustellbar|accepted|declined|tentative|tentatively accepted|accepte|refuse|decline|provisoire|zugesagt|abgesagt"
    r"|read|not read|lu|non lu|gelesen|recalled|recall|rappel de message)\s*(?::.*|$)"
)
"""What programs write at the beginning of a subject; `Re:` before it would be a person's answer."""

_KINDS_OF_MAIL: Final = ("ipm.note", "ipm.schedule.meeting", "report.")
_KINDS_OF_PROGRAMS: Final = ("report.", "ipm.schedule.meeting.resp", "ipm.note.rules")
_TO_AND_CC: Final = (1, 2)
_PIECES: Final = re.compile(
    r"=\?[^?\s]*\?[bq]\?[^?\s]*\?=|\"(?:\\.|[^\"\\])*\"|<[^<>]*>|\([^()]*\)|[,;]|[^,;\"<(=]+|.", re.IGNORECASE | re.DOTALL
)
"""Encoded words, quotes, addresses and remarks keep their commas; those outside separate people."""


def mail_batch(file: str, content: bytes) -> Batch:
    """
    Read messages.

    Parameters
    ----------
    file
        The file's path inside the folder of records; its ending tells one message from a box of them.
    content
        Its bytes.

    Returns
    -------
    batch
        A contact from the sender to each person in To and Cc; each of a message's n contacts carries 1/n in `share`. What
        a program sent is left aside. A message is one entry, on the line where it begins.

    Raises
    ------
    UnreadableError
        If it is empty (PN071) or holds no message (PN087).
    """
    if not content.strip():
        raise UnreadableError("PN071")
    draft = Draft(Source(file, None, "mail"))
    for line, headers in _messages(content, is_box=file.lower().endswith(".mbox") or content.startswith(b"From ")):
        _read_message(line, headers, draft)
    if not draft.n_entries:
        raise UnreadableError("PN087")
    return draft.batch()


def outlook_batch(file: str, envelope: Mapping[str, Any], zone: tzinfo) -> Batch:
    """
    Read a message saved by Outlook.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    envelope
        Who wrote to whom and when, as the worker found it.
    zone
        By whose clock it was sent, where its headers do not say.

    Returns
    -------
    batch
        As `mail_batch`; who is known to the firm's own directory alone is known by name.

    Raises
    ------
    UnreadableError
        If it is an appointment, a contact or a task (PN134).
    """
    kind = envelope["kind"].casefold()
    if not kind.startswith(_KINDS_OF_MAIL):
        raise UnreadableError("PN134")
    draft = Draft(Source(file, None, "mail"))
    message = HeaderParser(policy=policy.compat32).parsestr(envelope["headers"])
    if "Subject" not in message:
        message["Subject"] = envelope["subject"]
    senders = _people(message.get_all("From", [])) or _known([envelope["sender"]])
    if kind.startswith(_KINDS_OF_PROGRAMS) or _is_of_a_program(message, senders):
        draft.ignore(0, "PN126")
        return draft.batch()
    if "Date" not in message and envelope["sent"] is not None:
        message["Date"] = format_datetime(datetime.fromtimestamp(envelope["sent"], zone))
    listed = _known(who for place, *who in envelope["recipients"] if place in _TO_AND_CC)
    _write(0, message, senders, max(_receivers(message), listed, key=len), draft)
    return draft.batch()


def _known(people: Iterable[Sequence[str]]) -> list[Mention]:
    found = (guest(name, address) for name, address in people)
    return list(dict.fromkeys(mention for mention in found if any(mention)))


def _messages(content: bytes, *, is_box: bool) -> Iterator[tuple[int, bytes]]:
    """Cut out the header lines that are read, with their continuations; everything else is skipped."""
    start, kept, is_header, is_kept = 0, bytearray(), not is_box, False
    after_blank = True
    for number, line in enumerate(content.splitlines()):
        if is_box and after_blank and line.startswith(b"From "):
            if kept:
                yield start, bytes(kept)
            start, kept, is_header = number, bytearray(), True
            after_blank = False
            continue
        after_blank = not line.strip()
        if is_header and after_blank:
            is_header = not kept and not is_box
        elif is_header and len(kept) < _MOST_HEADER_BYTES:
            is_kept = is_kept if line[:1] in (b" ", b"\t") else line.lower().startswith(_READ)
            if is_kept:
                kept += line + b"\r\n"
    if kept:
        yield start, bytes(kept)


def _read_message(row: int, headers: bytes, draft: Draft) -> None:
    message = HeaderParser(policy=policy.compat32).parsestr(_text(headers))
    senders = _people(message.get_all("From", []))
    if _is_of_a_program(message, senders):
        draft.ignore(row, "PN126")
        return
    _write(row, message, senders, _receivers(message), draft)


def _receivers(message: Message) -> list[Mention]:
    return _people([*message.get_all("To", []), *message.get_all("Cc", [])])


def _write(row: int, message: Message, senders: Sequence[Mention], receivers: Sequence[Mention], draft: Draft) -> None:
    """Write down a contact for each person that a message went to."""
    targets = [who for who in receivers if not senders or (who.email or who) != (senders[0].email or senders[0])]
    try:
        day = parsedate_to_datetime(str(message.get("Date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        draft.reject("PN020", (row, 0), column="Date", value=_decoded(str(message.get("Date", ""))))
        return
    if not senders or not targets:
        draft.ignore(row, "PN063")
        return
    entry = draft.entry(row)
    for target in targets:
        values = {
            "day": day,
            "source_id": senders[0],
            "target_id": target,
            "channel": "email",
            "share": str(1 / len(targets)),
        }
        draft.add("contacts", entry, values, {"": (row, 0)})


def _text(headers: bytes) -> str:
    """Read the headers of programs that write letters of their own without saying how."""
    try:
        return headers.decode("utf-8")
    except UnicodeDecodeError:
        return headers.decode("cp1252", errors="replace")


def _is_of_a_program(message: Message, senders: Sequence[Mention]) -> bool:
    """Tell automatic replies, returned messages, replies to invitations and mail to a list from what somebody wrote."""

    def said(name: str) -> str:
        return " ".join(folded(str(value)) for value in message.get_all(name, []))

    subject = folded(_decoded(str(message.get("Subject", ""))).replace("’", "'"))
    return bool(
        said("Auto-Submitted").partition(";")[0].strip() not in {"", "no"}
        or any(said(name) not in {"", "no"} for name in ("X-Autoreply", "X-Autorespond", "X-Failed-Recipients"))
        or said("Return-Path") == "<>"
        or said("Precedence") in _MANY
        or _REPORTS.match(said("Content-Type"))
        or _SUBJECTS.fullmatch(subject)
        or (senders and _PROGRAMS.fullmatch(senders[0].email))
    )


def _people(fields: Iterable[object]) -> list[Mention]:
    found: dict[str, Mention] = {}
    for name, address in (pair for field in fields for pair in _addresses(str(field))):
        known = found.get(address.lower())
        if known is None or not known.person:
            found[address.lower()] = guest(_decoded(name), address)
    return list(found.values())


def _addresses(field: str) -> Iterator[tuple[str, str]]:
    """Take names and addresses apart; a family's name that a bare comma tears from its address finds back to it."""
    torn = ""
    for piece in _between_commas(" ".join(field.split())):
        address = next((part[1:-1].strip() for part in _PIECES.findall(piece) if _is_address(part)), "")
        name = "".join(part for part in _PIECES.findall(piece) if not _is_address(part))
        if not address:
            bare = re.search(r"[^\s<>()\[\]:\"']+@[^\s<>()\[\]:\"']+", name)
            address, name = (bare[0], name.replace(bare[0], " ")) if bare else ("", name)
        name = re.sub(r"^[^\":]*:(?=\s|$)", "", name).replace('\\"', "'").replace('"', " ").strip()
        name = name[1:-1] if re.fullmatch(r"\([^()]*\)", name) else name
        if "@" not in address:
            torn = name
            continue
        yield (f"{torn}, {name}" if torn and name else name), address
        torn = ""


def _between_commas(field: str) -> Iterator[str]:
    piece = ""
    for part in _PIECES.findall(field):
        if part in {",", ";"}:
            yield piece
            piece = ""
        else:
            piece += part
    yield piece


def _is_address(part: str) -> bool:
    return part.startswith("<") and part.endswith(">") and "@" in part


def _decoded(field: str) -> str:
    """Decode `=?utf-8?q?…?=`; what cannot be decoded stays as it is."""
    from email.header import decode_header, make_header  # noqa: PLC0415 (used here alone)

    try:
        return str(make_header(decode_header(field)))
    except (LookupError, ValueError, UnicodeError, MessageError):
        return field
