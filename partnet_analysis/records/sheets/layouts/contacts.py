"""Logs of calls, visits and messages: a row for each contact, never a meeting of those called."""

from functools import cache
from typing import Final

from partnet_analysis.records.cells.mentions import Mention, mention_in, named_in
from partnet_analysis.records.cells.times import hours
from partnet_analysis.records.cells.vocabulary import ungendered, words_of
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.columns import Column
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import header_letters, tell_columns, tell_of_days, used_columns
from partnet_analysis.records.sheets.rows import named_in_row, records
from partnet_analysis.records.sheets.situation import Situation

_HALF: Final = 0.5
_OUTCOME: Final = ("outcome", "status", "reply")
_READ: Final = (
    "day", "source", "target", "direction", "channel", "theme", "duration", "title", "series", *_OUTCOME, *NAMING_ROLES
)  # fmt: skip
_DIRECTED: Final = ("de", "from", "emetteur", "expediteur", "appelant", "caller", "sender", "initia", "contacted by")
"""How headers begin whose column says by itself who reached out, whichever way a column of directions points."""

_MEANS: Final = (
    "appel", "telephone", "tel", "mail", "courriel", "e-mail", "email", "sms", "visite", "rendez-vous", "rdv", "entretien",
    "courrier", "visio", "call", "phone", "visit", "message", "letter", "text", "rencontre", "whatsapp", "face to face",
    "in person", "physique", "bilateral", "point", "echange", "presentiel", "lettre", "relance", "meeting", "one-to-one",
    "1-to-1", "video",
)  # fmt: skip


def contact_log(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table has one row for each contact.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; it asks who reached out where neither a column nor `partnet.toml` says so. None where no row
        names a day and somebody.
    """
    columns = situation.columns
    day = columns.of("day")
    if day is None or day.by_content < 0 or situation.marks or not (columns.has("target") or situation.is_named):
        return None
    is_told = situation.rule.shape == "contact_log"
    means = _share_of_means(situation)
    has_both = columns.has("source") and columns.has("target")
    if not (
        has_both or means >= _HALF or is_told or (columns.has("target") and not columns.has("title", "series", "status"))
    ):
        return None
    evidence = {
        "caller_and_called": 0.5 if has_both else 0.15 if columns.has("target") else 0.0,
        "means_of_contact": 0.4 * means,
        "named_as_contacts": 0.2 if "contacts" in situation.kinds else 0.0,
        "says_who_came": -0.5 if columns.has("status", "signature", "present", "excused", "absent") else 0.0,
    }
    names_caller = columns.has("source") or "source_id" in situation.rule.constants
    return Hypothesis("contact_log", used_columns(situation, *_READ), evidence, _read, "" if names_caller else "PN152")


def _share_of_means(situation: Situation) -> float:
    """Tell how much of the column of means names one."""
    for role in ("channel", "kind", "title"):
        place = situation.columns.places.get(role)
        cells = [situation.table.grid.cell(row, place) for row in situation.table.body] if place is not None else []
        filled = [folded(cell) for cell in cells if cell]
        share = sum(
            any(word in cell.replace("-", " ").split() or cell.startswith(word) for word in _MEANS) for cell in filled
        ) / max(len(filled), 1)
        if role == "channel" or share > 0.8:  # noqa: PLR2004 (nearly all)
            return share
    return 0.0


def _read(situation: Situation, draft: Draft) -> None:
    way = _way(situation)
    tell_columns(situation, draft, used_columns(situation, *_READ) | {way})
    tell_of_days(situation, draft)
    seen: set[tuple[str, ...]] = set()
    for row, _ in records(situation, draft):
        whole = tuple(cell.strip() for cell in situation.table.grid.rows[row])
        if whole in seen:
            draft.ignore(row, "PN050")
            continue
        seen.add(whole)
        if not _is_left_aside(situation, row, draft, way):
            _read_contact(situation, draft, row, way)


def _read_contact(situation: Situation, draft: Draft, row: int, way: int) -> None:
    source = _source(situation, row)
    targets = _targets(situation, row) or [Mention("")]
    is_incoming = way >= 0 and folded(situation.table.grid.cell(row, way)) in words_of("contacts", "incoming")
    entry = draft.entry(row)
    for target in targets:
        ends = [source, target if any(target) else ""]
        source_id, target_id = reversed(ends) if is_incoming else ends
        values = {
            "day": situation.reader.day(situation.cell(row, "day")),
            "source_id": source_id,
            "target_id": target_id,
            "share": str(1 / len(targets)),
            **_extra(situation, row),
        }
        draft.add("contacts", entry, values)


def _is_left_aside(situation: Situation, row: int, draft: Draft, way: int) -> bool:
    """Leave aside what did not take place, and reject what points no known way."""
    outcome = next((text for role in _OUTCOME if (text := situation.cell(row, role))), "")
    if ungendered(outcome) in words_of("contacts", "open"):
        draft.ignore(row, "PN190", value=outcome)
        return True
    direction = situation.table.grid.cell(row, way) if way >= 0 else ""
    if way >= 0 and folded(direction) not in _ways():
        draft.reject("PN191", (row, way), value=direction)
        return True
    return False


@cache
def _ways() -> frozenset[str]:
    return words_of("contacts", "incoming") | words_of("contacts", "outgoing")


def _way(situation: Situation) -> int:
    """Find the column that says which way a contact went, by its header or its cells; −1 where none does, or need not."""
    source = situation.columns.of("source")
    if source is not None and folded(source.name).startswith(_DIRECTED):
        return -1
    if situation.columns.has("direction"):
        return situation.columns.places["direction"]
    return next((column.place for column in situation.columns.every if not column.role and _points(situation, column)), -1)


def _points(situation: Situation, column: Column) -> bool:
    said = [folded(text) for row in situation.table.body if (text := situation.table.grid.cell(row, column.place))]
    return 2 * sum(text in _ways() for text in said) > len(said) and any(len(text) > 1 for text in said)


def _source(situation: Situation, row: int) -> Mention | str:
    text = (
        situation.cell(row, "source") if situation.columns.has("source") else situation.rule.constants.get("source_id", "")
    )
    return _either(mention_in(text))


def _targets(situation: Situation, row: int) -> list[Mention]:
    """Read who was reached: those of the column of targets, with the organisation beside them, else whom the row names."""
    if not situation.columns.has("target"):
        return [_either_mention(named.mention) for named in named_in_row(situation, row)]
    found = [named.mention for named in named_in(situation.cell(row, "target"), situation.known)]
    organisation = situation.cell(row, "organisation")
    person = situation.cell(row, "person") or situation.cell(row, "last_name")
    if not found:
        return [_either_mention(named.mention) for named in named_in_row(situation, row)] if person or organisation else []
    if organisation and len(found) == 1 and found[0].person:
        return [found[0]._replace(organisation=found[0].organisation or organisation)]
    return [_either_mention(mention) for mention in found]


def _either_mention(mention: Mention) -> Mention:
    """Take a bare name for an organisation until somebody of that name is known; one with an organisation is a person."""
    if not mention.person or mention.organisation or mention.email:
        return mention
    return Mention("", mention.person)


def _either(mention: Mention) -> Mention | str:
    return _either_mention(mention) if any(mention) else ""


def _extra(situation: Situation, row: int) -> dict[str, str]:
    duration = situation.cell(row, "duration")
    header = situation.table.name(situation.columns.places["duration"]) if duration else ""
    return {
        "channel": situation.cell(row, "channel"),
        "theme": situation.cell(row, "theme") or situation.cell(row, "title"),
        "duration_hours": hours(duration, header) if duration else "",
    }


def letters_of_contacts(situation: Situation) -> tuple[dict[str, str], dict[str, str]]:
    """
    Name the columns that the canonical columns are read from.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    headers
        The header of each canonical column.
    letters
        The spreadsheet letter of each.
    """
    target = next((role for role in ("target", *NAMING_ROLES) if situation.columns.has(role)), "target")
    return header_letters(
        situation, {"day": "day", "source_id": "source", "target_id": target, "duration_hours": "duration"}
    )
