"""Checked tables → records: what repeats is left aside, what contradicts is resolved, who is missing joins the roster."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

import numpy as np
import pandas as pd

from partnet_analysis import names
from partnet_analysis.records.assembly.checking import Checked
from partnet_analysis.records.entries import Batch, Findings, Integers, Mask
from partnet_analysis.records.tables import Records

_STATUS_RANK: Final = {status: place for place, status in enumerate(names.STATUSES)}


def merged_records(batches: Sequence[Batch], findings: Findings, strangers: str) -> tuple[Records, dict[str, Checked]]:
    """
    Make records of what the files gave.

    Parameters
    ----------
    batches
        What the files gave.
    findings
        Where faults and remarks are noted.
    strangers
        What kind of actor one is that a record names and the roster does not hold.

    Returns
    -------
    records
        The records, at the level they were written at.
    checked
        What became of the rows of each table.
    """
    checked = {name: Checked(name, batches, findings) for name in names.TABLES}
    _check_actors(checked["actors"])
    _check_meetings(checked["meetings"])
    _check_contacts(checked["contacts"])
    _check_attendance(checked["attendance"], checked["meetings"])
    strangers_found = _strangers(checked, strangers)
    roster = pd.concat([checked["actors"].frame, strangers_found], ignore_index=True)
    others = {name: checked[name].frame for name in ("meetings", "attendance", "contacts")}
    return Records.from_tables(roster, **others), checked


def _check_actors(actors: Checked) -> None:
    cells = actors.cells
    actors.reject(
        actors.kept & (cells["left_on"] < cells["joined_on"]).to_numpy(), "PN018", "left_on", _cell(actors, "joined_on")
    )
    _ignore_repeats(actors)
    _absorb_complements(actors)
    first_kind = actors.frame.drop_duplicates("actor_id").set_index("actor_id")["kind"]
    other_role = cells["kind"].ne(cells["actor_id"].map(first_kind)).to_numpy()
    again = _again(actors, "actor_id")
    actors.reject(again & other_role, "PN016", "actor_id")
    actors.reject(again & ~other_role, "PN015", "actor_id", _first_line(actors, "actor_id"))
    employer_kind = cells["organisation_id"].map(first_kind)
    impossible = (cells["kind"].eq("person") & employer_kind.eq("person")).to_numpy()
    actors.reject(actors.kept & impossible, "PN016", "organisation_id")


def _absorb_complements(actors: Checked) -> None:
    """Two files may each say something of one actor: where they do not contradict each other, the first row takes it all."""
    kept = actors.frame
    for _, group in kept[kept.duplicated("actor_id", keep=False)].groupby("actor_id", sort=False):
        first = group.index[0]
        for row in group.index[1:]:
            if actors.source[row] == actors.source[first]:
                continue
            given = actors.cells.loc[row].drop("name").dropna()
            known = actors.cells.loc[first, given.index].dropna()
            # One by one: a row holds values of several types, and the unknown of some of them is neither equal nor unequal.
            if all(value == given[column] for column, value in known.items()):
                for column, value in given.items():
                    actors.cells.loc[first, column] = value
                actors.absorbed[row] = True


def _check_meetings(meetings: Checked) -> None:
    _ignore_repeats(meetings)
    meetings.reject(
        meetings.kept & _again(meetings, "meeting_id"), "PN015", "meeting_id", _first_line(meetings, "meeting_id")
    )


def _check_contacts(contacts: Checked) -> None:
    cells = contacts.cells
    contacts.reject(contacts.kept & cells["source_id"].eq(cells["target_id"]).to_numpy(), "PN017", "target_id")
    _ignore_repeats(contacts)
    contacts.reject(
        contacts.kept & _again(contacts, "contact_id"), "PN015", "contact_id", _first_line(contacts, "contact_id")
    )
    _remark_alike(contacts)


def _remark_alike(contacts: Checked) -> None:
    """Contacts that differ by their id alone may be one written twice, or two: they stay, and each file says how many."""
    alike = np.zeros(len(contacts.cells), dtype=bool)
    kept = contacts.frame
    alike[kept.index[kept.duplicated([column for column in kept.columns if column != "contact_id"])]] = True
    for place in np.unique(contacts.source[alike]):
        rows = np.flatnonzero(alike & (contacts.source == place))
        first = np.isin(np.arange(len(alike)), rows[:1])
        contacts.remark(first, "PN044", "contact_id", _constant({"n": len(rows)}))


def _check_attendance(attendance: Checked, meetings: Checked) -> None:
    known = meetings.frame["meeting_id"]
    stray = attendance.kept & ~attendance.cells["meeting_id"].isin(known).to_numpy()
    dayless = stray & attendance.cells["meeting_id"].isin(meetings.cells["meeting_id"]).to_numpy()
    attendance.reject(stray & ~dayless, "PN019", "meeting_id")
    told = _on_line_of_meeting(attendance, meetings, dayless)
    attendance.rejected |= told
    attendance.reject(dayless & ~told, "PN027", "meeting_id", _place_of_meeting(attendance, meetings))
    _ignore_repeats(attendance)
    _resolve_contradictions(attendance)


def _on_line_of_meeting(attendance: Checked, meetings: Checked, dayless: Mask) -> Mask:
    """Find the rows whose own line holds the meeting's fault, which is then told already."""
    place = _first_place(meetings.cells["meeting_id"])
    found = np.zeros(len(attendance.cells), dtype=bool)
    for row in np.flatnonzero(dayless).tolist():
        at = place()[attendance.cells["meeting_id"].iloc[row]]
        cell = meetings.address(at, "day")
        line = int("".join(filter(str.isdigit, cell)) or 0)
        found[row] = attendance.source[row] == meetings.source[at] and attendance.line(row) == line
    return found


def _place_of_meeting(attendance: Checked, meetings: Checked) -> Callable[[int], dict[str, Any]]:
    """Tell where the meeting stands whose row was rejected."""
    place = _first_place(meetings.cells["meeting_id"])

    def details(row: int) -> dict[str, Any]:
        at = place()[attendance.cells["meeting_id"].iloc[row]]
        source = meetings.batches[int(meetings.source[at])].source
        return {
            "file": source.file,
            "sheet": source.sheet,
            "at": meetings.address(at, "day"),
            "value": "",
        }

    return details


def _resolve_contradictions(attendance: Checked) -> None:
    """Of rows that say different things about one actor at one meeting, the strongest wins; the others are left aside."""
    kept = attendance.frame
    pair = ["meeting_id", "actor_id"]
    told = kept[kept.duplicated(pair, keep=False)]
    if told.empty:
        return
    told = _without_silent_rows(attendance, told, pair)
    ranked = told.assign(rank=told["status"].map(_STATUS_RANK), line=told.index).sort_values(
        [*pair, "rank", "line"], kind="stable"
    )
    winner = ranked.drop_duplicates(pair)
    losers = ranked.drop(winner.index)
    losers = losers[~attendance.absorbed[losers.index]]
    invited = told.groupby(pair)["invited"].max()
    attendance.cells.loc[winner.index, "invited"] = invited.reindex(pd.MultiIndex.from_frame(winner[pair])).to_numpy()
    status_of: dict[Any, Any] = {(row.meeting_id, row.actor_id): row.status for row in winner.itertuples()}
    lost = np.isin(np.arange(len(attendance.cells)), losers.index.to_numpy())

    def details(row: int) -> dict[str, Any]:
        meeting, actor, status = attendance.cells.loc[row, [*pair, "status"]]
        return {"actor": actor, "meeting": meeting, "lost": status, "won": status_of[meeting, actor]}

    attendance.remark(lost, "PN043", "status", details)
    attendance.ignore(lost, "PN051", details)


def _without_silent_rows(attendance: Checked, told: pd.DataFrame, pair: list[str]) -> pd.DataFrame:
    """Let rows that only say "invited, outcome unknown" be absorbed: another row of the pair takes their invitation over."""
    is_silent = told["status"].eq("unknown")
    says_more = told.loc[~is_silent, pair].drop_duplicates()
    keys = pd.MultiIndex.from_frame(told[pair])
    absorbed = is_silent.to_numpy() & (keys.isin(pd.MultiIndex.from_frame(says_more)) | told.duplicated(pair).to_numpy())
    absorbed &= attendance.source[told.index] != _first_source(attendance, told, pair)
    attendance.absorbed[told.index[absorbed]] = True
    return told


def _first_source(attendance: Checked, told: pd.DataFrame, pair: list[str]) -> Integers:
    strongest = told.assign(rank=told["status"].map(_STATUS_RANK), source=attendance.source[told.index])
    first = strongest.sort_values([*pair, "rank"], kind="stable").groupby(pair)["source"].transform("first")
    return first.reindex(told.index).to_numpy(dtype=np.int64)


def _strangers(checked: Mapping[str, Checked], kind: str) -> pd.DataFrame:
    """Find the actors that records name and the roster does not hold, and say where each is named first."""
    has_roster = bool(len(checked["actors"].frame))
    known = set(checked["actors"].frame["actor_id"].to_numpy(dtype=object))
    found: dict[str, str] = {}
    for table, column in _NAMED_IN:
        rows = checked[table]
        named = rows.frame[column].dropna().drop_duplicates()
        new = named[~named.isin(known)]
        if has_roster:
            rows.remark(np.isin(np.arange(len(rows.cells)), new.index.to_numpy()), "PN040", column)
        is_employer = column == "organisation_id"
        found |= dict.fromkeys(new, "organisation" if is_employer else kind)
        known |= set(new)
    return pd.DataFrame({"actor_id": list(found), "name": list(found), "kind": list(found.values())}, dtype="str")


_NAMED_IN: Final = (
    ("actors", "organisation_id"),
    ("meetings", "convener_id"),
    ("attendance", "actor_id"),
    ("contacts", "source_id"),
    ("contacts", "target_id"),
)


def _ignore_repeats(table: Checked) -> None:
    repeated = np.zeros(len(table.cells), dtype=bool)
    kept = table.frame
    repeated[kept.index[kept.duplicated()]] = True
    table.ignore(repeated, "PN050")


def _again(table: Checked, key: str) -> Mask:
    again = np.zeros(len(table.cells), dtype=bool)
    kept = table.frame
    again[kept.index[kept.duplicated(key)]] = True
    return again


def _first_line(table: Checked, key: str) -> Callable[[int], dict[str, Any]]:
    place = _first_place(table.frame[key])

    def details(row: int) -> dict[str, Any]:
        at = place()[table.cells[key].iloc[row]]
        return {"file": table.batches[int(table.source[at])].source.file, "at": str(table.line(at) or "–")}

    return details


def _first_place(ids: pd.Series) -> Callable[[], dict[str, int]]:
    """Find the first row of each id, once somebody asks: most tables are without fault."""

    @cache
    def place() -> dict[str, int]:
        first = ids.drop_duplicates()
        return dict(zip(first, first.index, strict=True))

    return place


def _cell(table: Checked, column: str) -> Callable[[int], dict[str, Any]]:
    return lambda row: {"other": table.written[column].iloc[row].strip()}


def _constant(values: Mapping[str, Any]) -> Callable[[int], Mapping[str, Any]]:
    return lambda _: values
