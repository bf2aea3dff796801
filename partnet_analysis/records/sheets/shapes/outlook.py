"""Calendars exported as CSV, from Outlook above all."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from partnet_analysis.config import SourceRule
from partnet_analysis.records.cells.cancellations import is_called_off
from partnet_analysis.records.cells.guests import guest
from partnet_analysis.records.cells.mentions import Mention
from partnet_analysis.records.cells.times import span
from partnet_analysis.records.cells.values import BadValueError
from partnet_analysis.records.drafts import Draft
from partnet_analysis.records.entries import Batch
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.context import is_blank

_COLUMNS: Final = {
    "title": "subject|objet|sujet|title|titre|event|summary|betreff",
    "day": "start date|date de debut|debut|start|start day|date debut|beginnt am|begin",
    "start": "start time|heure de debut|heure debut|beginnt um",
    "last_day": "end date|date de fin|fin|end|date fin|endet am",
    "end": "end time|heure de fin|heure fin|endet um",
    "all_day": "all day event|all day|all-day event|journee entiere|toute la journee|ganztagiges ereignis",
    "convener": (
        "meeting organizer|organizer|organiser|organisateur d'une reunion|organisateur de la reunion|organisateur"
        "|besprechungsplanung"
    ),
    "required": "required attendees|participants obligatoires|erforderliche teilnehmer",
    "optional": "optional attendees|participants facultatifs|participants optionnels|optionale teilnehmer",
    "guests": "guests|guest list|attendees|invitees|invites|guest emails|attendee emails",
    "status": "status|statut|event status",
}
_GUESTS: Final = ("required", "optional", "guests")
_REPEATED: Final = {"day": "start", "last_day": "end"}
"""Outlook in French names the day and the hour alike: the second column of the name holds the hour."""

_OF_CALENDARS: Final = frozenset({"start", "last_day", "end", "all_day", "convener"})
_NUMBERS: Final = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{2,4})(?!\d)")
_HALVES: Final = re.compile(r"\d\s*[ap]\.?m\b", re.IGNORECASE)
_MONTHS: Final = 12
_TRUE: Final = ("true", "vrai", "yes", "oui", "1", "wahr", "on", "x")


def outlook(grid: Grid, rule: SourceRule) -> Batch | None:
    """
    Read a calendar exported as CSV.

    Parameters
    ----------
    grid
        The cells.
    rule
        What `partnet.toml` says of the file.

    Returns
    -------
    batch
        The meetings and who was invited, their presence unknown; None where the grid is no such export. Rooms and resources
        stand in a column of their own, which is not read; appointments without guests, and cancelled ones, are left aside.
        The month stands first where a day says so, or hours with AM and PM beside English headers and no day against it.
    """
    places = _places(grid)
    if not _is_calendar(places):
        return None
    draft = Draft.of_grid(grid, "calendar")
    draft.header(0)
    is_month_first = _is_month_first(grid, places) if rule.month_first is None else rule.month_first
    for row in range(1, len(grid.rows)):
        if not is_blank(grid, row):
            _read_row(grid, row, places, draft, is_month_first=is_month_first)
    return draft.batch()


def _is_calendar(places: Mapping[str, int]) -> bool:
    """Tell a calendar by its guests' columns, or by what a calendar alone says of the length of things."""
    if not {"title", "day"} <= set(places):
        return False
    n_own = len(_OF_CALENDARS & set(places))
    return bool({"required", "optional"} & set(places)) or ("guests" in places and n_own > 0) or "all_day" in places


def _read_row(grid: Grid, row: int, places: Mapping[str, int], draft: Draft, *, is_month_first: bool) -> None:
    title = _cell(grid, row, places, "title")
    day = _in_order(_cell(grid, row, places, "day"), is_month_first=is_month_first)
    if is_called_off(title) or is_called_off(_cell(grid, row, places, "status")):
        draft.ignore(row, "PN124", title=title, day=day)
        return
    invited = {role: _mentions(_cell(grid, row, places, role)) for role in _GUESTS if role in places}
    if not any(invited.values()):
        draft.ignore(row, "PN061", title=title)
        return
    start, length = _hours(grid, row, places)
    conveners = _mentions(_cell(grid, row, places, "convener"))
    details = {"series": title, "duration_hours": length, "convener_id": conveners[0] if conveners else ""}
    occasion = draft.occasion(day, title, details, cell=(row, places["day"]), mark=start)
    entry = draft.entry(row)
    seen: set[Mention] = set()
    for role, mention in ((role, mention) for role, mentions in invited.items() for mention in mentions):
        if mention not in seen:
            seen.add(mention)
            values = {"meeting_id": occasion, "actor_id": mention, "status": "unknown", "invited": "true"}
            draft.add("attendance", entry, values, {"": (row, places[role])})


def _hours(grid: Grid, row: int, places: Mapping[str, int]) -> tuple[str, str]:
    """Read when a meeting begins and how long it lasts; one of whole days, or over several, has no hours."""
    if folded(_cell(grid, row, places, "all_day")) in _TRUE:
        return "", ""
    start, end = (_time(_cell(grid, row, places, role)) for role in ("start", "end"))
    start = start or _time(_behind_the_day(_cell(grid, row, places, "day")))
    end = end or _time(_behind_the_day(_cell(grid, row, places, "last_day")))
    days = [_cell(grid, row, places, role).split(" ")[0] for role in ("day", "last_day")]
    try:
        if start and end and (days[0] == days[1] or not days[1]):
            begins, length, _ = span(f"{start} - {end}")
        else:
            begins, length, _ = span(start)
    except BadValueError:
        return "", ""
    return begins, length


def _time(cell: str) -> str:
    return re.sub(r"([ap])\.m\.?", r"\1m", folded(cell))


def _behind_the_day(cell: str) -> str:
    found = re.search(r"[\sT](\d{1,2}\s*[:h]\s*\d{2}.*)$", cell)
    return re.sub(r"(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$", "", found[1]) if found else ""


def _in_order(day: str, *, is_month_first: bool) -> str:
    """Put the day before the month where the file writes it behind."""
    return _NUMBERS.sub(r"\2/\1/\3", day, count=1) if is_month_first else day


def _is_month_first(grid: Grid, places: Mapping[str, int]) -> bool:
    found = [
        (int(numbers[1]), int(numbers[2]))
        for row in range(1, len(grid.rows))
        for role in ("day", "last_day")
        if (numbers := _NUMBERS.match(_cell(grid, row, places, role)))
    ]
    if any(first > _MONTHS for first, _ in found):
        return False
    if any(second > _MONTHS for _, second in found):
        return True
    is_english = folded(grid.cell(0, places["day"])).startswith("start")
    return is_english and _says_halves(grid, [places[role] for role in ("day", "start") if role in places])


def _says_halves(grid: Grid, columns: Sequence[int]) -> bool:
    return any(_HALVES.search(grid.cell(row, column)) for row in range(1, len(grid.rows)) for column in columns)


def _places(grid: Grid) -> dict[str, int]:
    header = [folded(cell.replace("’", "'").replace("_", " ")) for cell in grid.rows[0]] if grid.rows else []
    places: dict[str, int] = {}
    for role, names in _COLUMNS.items():
        found = [place for place, name in enumerate(header) if name in names.split("|")]
        if found:
            places[role] = min(found, key=lambda place, names=names: (names.split("|").index(header[place]), place))  # type: ignore[misc]
        if role in _REPEATED and len(found) > 1 and header[found[0]] == header[found[1]]:
            places[_REPEATED[role]] = found[1]
    return places


def _mentions(cell: str) -> list[Mention]:
    """Outlook separates people by semicolons and writes family names before a comma; addresses stand between commas too."""
    pieces = re.split(r"[;\n]", cell)
    if all("@" in piece for piece in cell.split(",") if piece.strip()):
        pieces = re.split(r"[;,\n]", cell)
    found = [guest(piece.strip("'\" ")) for piece in pieces]
    return [mention for mention in found if any(mention)]


def _cell(grid: Grid, row: int, places: Mapping[str, int], role: str) -> str:
    return grid.cell(row, places[role]) if role in places else ""
