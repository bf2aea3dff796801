"""Contact cards (.vcf): people, their organisation and their address; a directory without any meeting."""

import quopri
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from partnet_analysis.records.cells.mentions import Mention, person_name
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch, Source
from partnet_analysis.records.files.delimited import decoded
from partnet_analysis.records.grids import UnreadableError

SUFFIXES: Final = (".vcf", ".vcard")

_READ: Final = frozenset({"FN", "N", "ORG", "EMAIL", "KIND"})
_PROPERTY: Final = re.compile(r'(?:[A-Za-z0-9-]+\.)?([A-Za-z-]+)((?:;(?:[^":;]|"[^"]*")*)*):(.*)', re.DOTALL)
_SEMICOLON: Final = re.compile(r"(?<!\\);")
_ESCAPED: Final = re.compile(r"\\([,;:\\nN])")
_QUOTED: Final = "QUOTED-PRINTABLE"
_LONGEST: Final = 10_000
"""Letters of a property that are looked at: longer ones are pictures."""


class _Property(NamedTuple):
    """A line of a card."""

    row: int
    name: str
    parameters: str
    value: str


def card_batch(file: str, content: bytes) -> Batch:
    """
    Read contact cards.

    Parameters
    ----------
    file
        The file's path inside the folder of records.
    content
        Its bytes.

    Returns
    -------
    batch
        An actor for each card, on the line where it begins: the person with organisation and address, or the organisation
        where the card names nobody. No meeting and no contact.

    Raises
    ------
    UnreadableError
        If it is empty (PN071), no text (PN074) or holds no card (PN133).
    """
    text = decoded(content)
    if not text.strip():
        raise UnreadableError("PN071")
    draft = Draft(Source(file, None, "directory"))
    for row, card in _cards(text):
        if card is None:
            draft.reject("PN037", (row, 0))
            continue
        mention = _mention(card)
        if not any(mention):
            draft.ignore(row, "PN053")
            continue
        draft.add("actors", draft.entry(row), {"actor_id": mention}, {"": (row, 0)})
    if not draft.n_entries:
        raise UnreadableError("PN133")
    return draft.batch()


def _cards(text: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Cut the cards out, each with its row and the first of each property; None for one that does not end."""
    start, card = -1, dict[str, str]()
    for found in _properties(text):
        mark = found.value.strip().upper()
        if found.name == "BEGIN" and mark == "VCARD":
            if start >= 0:
                yield start, None
            start, card = found.row, {}
        elif found.name == "END" and mark == "VCARD" and start >= 0:
            yield start, card
            start = -1
        elif found.name in _READ and not card.get(found.name):
            card[found.name] = _decoded(found)
    if start >= 0:
        yield start, None


def _properties(text: str) -> Iterator[_Property]:
    """Unfold the lines: those that begin with a blank go on, and so do those after a soft line break."""
    row, whole = 0, ""
    for number, line in enumerate([*re.split(r"\r\n|\n|\r", text), ""]):
        is_soft = whole.endswith("=") and _QUOTED in whole.upper()
        if whole and (line[:1] in (" ", "\t") or is_soft):
            whole = (whole[:-1] + line if is_soft else whole + line[1:])[:_LONGEST]
            continue
        if match := _PROPERTY.fullmatch(whole):
            yield _Property(row, match[1].upper(), match[2].upper(), match[3])
        row, whole = number, line[:_LONGEST]


def _decoded(found: _Property) -> str:
    if _QUOTED not in found.parameters:
        return found.value
    try:
        return decoded(quopri.decodestring(found.value.encode("latin-1", "replace")))
    except UnreadableError:
        return ""


def _mention(card: dict[str, str]) -> Mention:
    organisation = _parts(card.get("ORG", ""))[0]
    family, given, *_ = [*_parts(card.get("N", "")), "", ""]
    name = _parts(card.get("FN", ""))[0] or person_name(family, given)
    email = card.get("EMAIL", "").strip().removeprefix("mailto:").lower()
    is_organisation = card.get("KIND", "").strip().lower() in ("org", "group") or name == organisation
    if is_organisation or not name or "@" in name:
        return Mention("", organisation or ("" if "@" in name else name), email if "@" in email else "")
    return Mention(name, organisation, email if "@" in email else "")


def _parts(value: str) -> list[str]:
    return [" ".join(_ESCAPED.sub(_unescaped, part).split()) for part in _SEMICOLON.split(value)]


def _unescaped(match: re.Match[str]) -> str:
    return " " if match[1] in "nN" else match[1]
