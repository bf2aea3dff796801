"""One meeting to a table: a list of people with signatures, statuses or replies, or of those invited, or of a video call."""

from typing import Final

from partnet_analysis.records.cells.mentions import Mention, Named, Occasion, named_in
from partnet_analysis.records.cells.vocabulary import header_roles
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.folding import folded
from partnet_analysis.records.sheets.exports import is_about_bookings, is_about_memberships, is_about_tasks
from partnet_analysis.records.sheets.headers import NAMING_ROLES
from partnet_analysis.records.sheets.hypothesis import Hypothesis
from partnet_analysis.records.sheets.layouts.common import (
    PRESENCE_ROLES,
    add_presence,
    describe,
    meeting_of_title,
    presence_cells,
    presence_columns,
    tell_columns,
    tell_of_days,
    used_columns,
)
from partnet_analysis.records.sheets.presence import Said, said_in
from partnet_analysis.records.sheets.rows import named_in_row, packed_heading, records
from partnet_analysis.records.sheets.situation import Situation

_READ: Final = (*NAMING_ROLES, *PRESENCE_ROLES, "day", "title", "series", "theme")
SIGNED: Final = ("status", "signature", "present", "excused", "absent", "represented")
_MEMBERS: Final = (
    "membre",
    "membres",
    "member",
    "members",
    "adherent",
    "adherents",
    "votant",
    "votants",
    "partenaire",
    "partenaires",
    "partner",
    "partners",
)
_MOSTLY: Final = 0.8
_OF_SECTION: Final = {"excused": "excused", "absent": "absent", "represented": "excused", "invited": "unknown"}
_CONTACT_ROLES: Final = (
    "email",
    "phone",
    "function",
    "sector",
    "siret",
    "rna",
    "joined",
    "left",
    "capacity",
    "level",
    "coordinator",
    "place",
)


def sign_in_sheet(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table lists who came to one meeting.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where it names nobody, or meetings of its own.
    """
    columns = situation.columns
    if not _may_be_of_one_meeting(situation):
        return None
    signed = columns.has(*SIGNED) and not _is_a_directory_with_initials(situation)
    if not situation.day[0] and not signed and "attendance" not in situation.kinds and situation.rule.shape is None:
        return None
    is_of_orders = is_about_memberships(situation) or is_about_bookings(situation)
    evidence = {
        "says_who_came": 0.5 if signed else 0.0,
        "day_of_the_sheet": _weight_of_day(situation, 0.2, 0.1),
        "named_as_attendance": 0.3 if "attendance" in situation.kinds else 0.0,
        "heading_of_presences": 0.4 if situation.section in ("present", "excused", "absent", "represented") else 0.0,
        "named_as_directory": -0.2 if "directory" in situation.kinds and not signed else 0.0,
        "about_memberships": -0.6 if is_of_orders else 0.0,
        "named_as_invitation": -0.1 if "invitation" in situation.kinds and "attendance" not in situation.kinds else 0.0,
    }
    is_unclear = (
        _counts_a_period(situation)
        or has_marks_not_understood(situation)
        or (not signed and _holds_what_is_not_understood(situation))
    )
    fault = "PN156" if not situation.day[0] else "PN151" if is_unclear and situation.rule.shape is None else ""
    return Hypothesis("sign_in_sheet", used_columns(situation, *_READ), evidence, _read_signed, fault)


def invitation_list(situation: Situation) -> Hypothesis | None:
    """
    Weigh whether a table lists who was invited to one meeting.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    hypothesis
        What speaks for it; None where it names nobody, no day, or who came.
    """
    columns = situation.columns
    if (
        not situation.is_named
        or situation.marks
        or _has_days(situation)
        or columns.has(*SIGNED)
        or is_about_tasks(situation)
    ):
        return None
    answers = columns.has("reply", "invited")
    is_named = "invitation" in situation.kinds or situation.section == "invited" or is_about_bookings(situation)
    is_told = situation.rule.shape == "invitation_list"
    if not is_told and (not (answers or is_named or columns.has("email")) or not (situation.day[0] or answers)):
        return None
    evidence = {
        "answers_to_an_invitation": 0.5 if answers else 0.0,
        "day_of_the_sheet": 0.1,
        "named_as_invitation": 0.4 if is_named else 0.0,
        "named_as_attendance": -0.2 if "attendance" in situation.kinds else 0.0,
        "how_to_reach_people": 0.1 if columns.has("email") else 0.0,
    }
    fault = "" if situation.day[0] else "PN156"
    return Hypothesis("invitation_list", used_columns(situation, *_READ), evidence, _read_invited, fault)


def directory_weight(situation: Situation) -> dict[str, float]:
    """
    Weigh what speaks for a list that is about no meeting at all.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    evidence
        By the key of the sentence that says so.
    """
    reach = sum(situation.columns.has(role) for role in _CONTACT_ROLES)
    return {
        "how_to_reach_people": min(0.1 * reach, 0.3),
        "named_as_directory": 0.4 if "directory" in situation.kinds else 0.0,
        "column_of_members": 0.2 if _lists_members(situation) else 0.0,
        "day_of_the_sheet": -_weight_of_day(situation, 0.3, 0.05) if "directory" not in situation.kinds else 0.0,
        "named_as_attendance": -0.3 if "attendance" in situation.kinds and "directory" not in situation.kinds else 0.0,
    }


def _counts_a_period(situation: Situation) -> bool:
    """Tell a table of totals over a period from a list of who came."""
    return situation.columns.has("total") and "summary" in situation.kinds


def _lists_members(situation: Situation) -> bool:
    return any(folded(situation.table.name(place)).strip(" :") in _MEMBERS for place in situation.naming)


def _holds_what_is_not_understood(situation: Situation) -> bool:
    """Tell whether a list without statuses has columns that may well say who came, in words that are not known."""
    used = used_columns(situation, *_READ)
    return any(column.name and column.profile.n_filled and column.place not in used for column in situation.columns.every)


def has_marks_not_understood(situation: Situation) -> bool:
    """
    Tell whether a column of marks stands under a header that is not known, so that no mark elsewhere means nothing.

    Parameters
    ----------
    situation
        The table.

    Returns
    -------
    marks
        True if the cells of a column without a role are mostly marks or statuses.
    """
    return any(
        not column.role
        and column.name
        and column.profile.n_filled
        and (column.profile.share("answer", "status") >= _MOSTLY or set(header_roles(column.name)) & set(SIGNED))
        for column in situation.columns.every
    )


def _weight_of_day(situation: Situation, in_title: float, in_name: float) -> float:
    if not situation.day[0]:
        return 0.0
    return in_title if situation.block.days or "day" in situation.block.said else in_name


def _is_a_directory_with_initials(situation: Situation) -> bool:
    """Tell an address book whose column of initials is empty from a sheet that nobody has signed yet."""
    signing = [column for column in situation.columns.every if column.role in SIGNED]
    return "directory" in situation.kinds and not any(column.profile.n_filled for column in signing)


def _may_be_of_one_meeting(situation: Situation) -> bool:
    return situation.is_named and not situation.marks and not _has_days(situation) and not is_about_tasks(situation)


def _has_days(situation: Situation) -> bool:
    """Tell whether rows name days of their own; a column that holds one day alone is the meeting's."""
    day = situation.columns.of("day")
    return day is not None and day.profile.n_filled > 0 and day.by_content > 0


def _tell_of_title(situation: Situation, draft: Draft) -> None:
    tell_of_days(situation, draft)
    days = list(dict.fromkeys(situation.days_in_title))
    if len(days) > 1 and situation.inherited is None:
        draft.remark("PN155", situation.day[1], value=days[0], days=days)


def _read_signed(situation: Situation, draft: Draft) -> None:
    tell_columns(situation, draft, used_columns(situation, *_READ))
    _tell_of_title(situation, draft)
    presence = presence_columns(situation)
    signed = situation.columns.has(*SIGNED)
    occasion = meeting_of_title(situation, draft)
    if not signed and situation.section is None:
        draft.remark("PN048")
    if signed and "signature" not in presence.places and not any(map(any, presence.cells.values())):
        draft.remark("PN154", (situation.table.header[-1], min(presence.places.values())), n=len(situation.table.body))
    if signed and "signature" in presence.places and not presence.is_ticked:
        draft.remark("PN058", (situation.table.header[-1], presence.places["signature"]))
    described: set[str] = set()
    for row, section in records(situation, draft):
        if _read_packed(situation, draft, row, occasion):
            continue
        named = named_in_row(situation, row)
        cells = presence_cells(situation, row)
        if not named and not any(cells.values()):
            draft.ignore(row, "PN053")
            continue
        people = named or [Named(Mention(""))]
        said = [said_in(presence, cells, section, each.meaning) if signed else _listed(each, section) for each in people]
        add_presence(situation, draft, row, occasion, named, said)
        for each in named:
            describe(situation, draft, row, each.mention, described)


def _listed(named: Named, section: str) -> Said:
    if named.meaning is not None:
        return Said(named.meaning.status, named.meaning.invited)
    return Said(_OF_SECTION.get(section, "present"))


def _read_packed(situation: Situation, draft: Draft, row: int, occasion: Occasion) -> bool:
    """Read a line below the list that names several people: `Absents : Al Doe (Régie), Bo Roe`."""
    grid, columns = situation.table.grid, situation.table.columns
    texts = [text for column in columns if (text := grid.cell(row, column))]
    packed = packed_heading(texts[0]) if len(texts) == 1 else None
    if packed is None:
        return False
    status, names = packed
    entry = draft.entry(row)
    place = next(column for column in columns if grid.cell(row, column))
    for named in named_in(names, situation.known):
        values = {"meeting_id": occasion, "actor_id": named.mention, "status": _OF_SECTION.get(status, "present")}
        draft.add("attendance", entry, values, {"": (row, place)})
    return True


def _read_invited(situation: Situation, draft: Draft) -> None:
    tell_columns(situation, draft, used_columns(situation, *_READ))
    _tell_of_title(situation, draft)
    presence = presence_columns(situation)
    occasion = meeting_of_title(situation, draft)
    for row, section in records(situation, draft):
        named = named_in_row(situation, row)
        if _organises(situation, row):
            draft.add("actors", draft.entry(row), {"actor_id": named[0].mention} if named else {"actor_id": ""})
            continue
        cells = presence_cells(situation, row)
        people = named or [Named(Mention(""))]
        said = [_invited(said_in(presence, cells, section, each.meaning)) for each in people]
        add_presence(situation, draft, row, occasion, named, said)


def _organises(situation: Situation, row: int) -> bool:
    return folded(situation.cell(row, "attendee_type")).startswith(("organis", "organiz"))


def _invited(said: Said) -> Said:
    if said.fault or (said.invited is False):
        return said
    status = said.status if said.status == "excused" else "unknown"
    return said._replace(status=status, invited=True)
