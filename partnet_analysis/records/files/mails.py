"""Mail (.eml, .mbox): who wrote to whom and when, from the headers alone; no line of a body is ever looked at or kept."""

from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from typing import Final

from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch, Source
from partnet_analysis.records.grids import UnreadableError

_READ: Final = (b"from:", b"to:", b"cc:", b"date:")
_MOST_HEADER_BYTES: Final = 1 << 18


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
        A contact from the sender to each person in To and Cc; each of a message's n contacts carries 1/n in `share`. A
        message is one entry, on the line where it begins.

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


def _messages(content: bytes, *, is_box: bool) -> Iterator[tuple[int, bytes]]:
    """Cut out the header lines that are read: From, To, Cc and Date with their continuations; everything else is skipped."""
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
    message = BytesHeaderParser(policy=policy.compat32).parsebytes(headers)
    senders = _people(message.get_all("From", []))
    receivers = _people([*message.get_all("To", []), *message.get_all("Cc", [])])
    targets = [receiver for receiver in receivers if not senders or receiver.email != senders[0].email]
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


def _people(fields: list[str]) -> list[Mention]:
    found: dict[str, Mention] = {}
    try:
        addresses = getaddresses([_decoded(str(field)) for field in fields])
    except RecursionError:  # comments within comments, a thousand deep: nobody's address
        return []
    for name, address in addresses:
        bare = name.strip("'\" ")
        if "@" in address:
            found.setdefault(address.lower(), Mention("" if "@" in bare else bare, "", address.lower()))
    return list(found.values())


def _decoded(field: str) -> str:
    """Decode `=?utf-8?q?…?=`; what cannot be decoded stays as it is."""
    from email.header import decode_header, make_header  # noqa: PLC0415 (used here alone)

    try:
        return str(make_header(decode_header(field)))
    except (LookupError, ValueError, UnicodeError, MessageError):
        return field
