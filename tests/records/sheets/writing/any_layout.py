"""
A writer of known content, in any layout, language and kind of file, which knows nothing of the readers.

`write(layout, suffix, language, seed)` draws a small partnership from the seed, writes it as somebody might, and tells what
a careful reader gets out of it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.records.sheets.writing import exports, grids, lists, signatures, texts
from tests.records.sheets.writing.draws import Draws
from tests.records.sheets.writing.hand import Hand
from tests.records.sheets.writing.known import Language
from tests.records.sheets.writing.paper import SHEETS, TEXTS, files
from tests.records.sheets.writing.truth import Draft, Written


@dataclass(frozen=True)
class Layout:
    """How known content is laid out, and in which kinds of files."""

    draft: Callable[[Hand], Draft]
    suffixes: tuple[str, ...] = SHEETS


LAYOUTS: Final[Mapping[str, Layout]] = {
    "long list": Layout(lists.long_list),
    "grid": Layout(grids.grid),
    "sheet per partner": Layout(grids.sheet_per_partner),
    "transposed grid": Layout(grids.transposed_grid),
    "grid of several columns a day": Layout(grids.grid_of_several_columns),
    "sign-in sheet": Layout(signatures.sign_in_sheet, (*SHEETS, "docx")),
    "sign-in sheets stacked": Layout(signatures.stacked),
    "sign-in blocks side by side": Layout(signatures.side_by_side),
    "invited and signed": Layout(signatures.invited_and_signed),
    "sheet per meeting": Layout(signatures.sheet_per_meeting),
    "row per meeting": Layout(texts.row_per_meeting),
    "minutes": Layout(texts.minutes, TEXTS),
    "minutes with tables": Layout(texts.minutes_with_tables, ("docx",)),
    "minutes in a sheet": Layout(texts.minutes_in_a_sheet),
    "contact log": Layout(lists.contact_log),
    "contact log of an office": Layout(lists.contact_log_of_the_office),
    "contact log both ways": Layout(lists.contact_log_both_ways),
    "contact log of nobody": Layout(lists.contact_log_of_nobody),
    "directory": Layout(lists.directory),
    "invitation list": Layout(lists.invitation_list),
    "poll": Layout(exports.poll),
    "Teams report": Layout(exports.teams, ("csv",)),
    "Zoom report": Layout(exports.zoom, ("csv",)),
    "Meet report": Layout(exports.meet, ("csv",)),
    "canonical tables": Layout(exports.canonical, ("csv",)),
}


def write(layout: str, suffix: str, language: Language, seed: int, *, plain: bool = False) -> Written:
    """
    Draw a partnership and write it.

    Parameters
    ----------
    layout
        One of `LAYOUTS`.
    suffix
        One of the layout's kinds of files.
    language
        The language written in.
    seed
        Where the draws start.
    plain
        Whether to write as plainly as can be.

    Returns
    -------
    written
        The files and their truth.
    """
    draws = Draws(f"{layout} {suffix} {language} {seed}", plain=plain)
    draft = LAYOUTS[layout].draft(Hand(draws, language, suffix))
    contents, pages = files(draft, suffix, draws)
    beside = {name: text.encode() for name, text in draft.beside.items()}
    return Written(contents | beside, pages, draft.truth)
