"""What stands around a table: the title block above it, the words in its sheet's and file's names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from rapidfuzz import fuzz, process

from partnet_analysis.records.cells.days import day_in, short_day_in, years_in
from partnet_analysis.records.cells.times import hours
from partnet_analysis.records.cells.vocabulary import words_of
from partnet_analysis.records.drafts import Cell
from partnet_analysis.records.folding import folded
from partnet_analysis.records.grids import Grid
from partnet_analysis.records.sheets.dates import DayReader, iso_day, several_days

_KEYS: Final = {
    "day": (
        "date|le|jour|date de la reunion|date et heure|meeting date|date et lieu|date de reunion|when|quand|date & time"
        "|date and time|meeting start time|heure de debut de la reunion|start time|heure de debut|held on|tenue le|dates"
    ),
    "title": (
        "objet|reunion|intitule|titre|subject|meeting|meeting title|instance|sujet|title|evenement|titre de la reunion"
        "|intitule de la reunion|topic|meeting name|nom de la reunion|event|committee|groupe|group|theme|event title"
    ),
    "place": "lieu|place|location|salle|venue",
    "who": "partenaire|partner|structure|organisme|organisation|organization|participant|membre|member|nom|name",
    "time": "heure|horaire|horaires|time|hours",
    "duration": "duree|duration|meeting duration|duree de la reunion",
    "convener": (
        "animateur|animatrice|organisateur|organisatrice|organise par|anime par|anime(e) par|convener|organiser|organizer"
        "|chaired by|chair|presidence|convened by|animation|pilote"
    ),
}
_BY_KEY: Final = {key: role for role, keys in _KEYS.items() for key in keys.split("|")}
_SHORTEST_SLIP: Final = 6
_LEAST_LIKE: Final = 86.0
_ABOUT_THE_FILE: Final = re.compile(
    r"mis a jour|\bmaj\b|updated|imprime|printed|genere|generated|exported?\b|as of\b|etat au|envoye le"
    r"|\bcreated\b|\bcree le\b"
)
OF_ANOTHER_DAY: Final = re.compile(
    r"\bdate (?:de |d'|of )(?:la |the )?(?:convocation|envoi|affichage|publication|next)"
    r"|\b(?:publie|affiche|transmis|approuve|diffuse)e? le\b|\bapproved on\b"
    r"|\be\.g\.|\bpar exemple\b|\bprochaine? (?:reunion|seance|rencontre|date)|\bnext meeting"
    r"|(?:repondre|reponse|retour|inscription).*\bavant\b|\bavant le \d|date limite|au plus tard|deadline"
    r"|(?:reply|respond|rsvp) by"
)
"""Days in a title block that are not the meeting's."""

_HELD: Final = re.compile(r"\b(?:held on|tenue? le|s'est (?:reunie?|tenue?))\b")
_HOUR: Final = re.compile(r"^\W*\d{1,2}[:h]\d{2}(?::\d{2})?\s*(?:[AP]M)?\s*(?:[A-Z]{2,4})?$")
_GENERIC: Final = re.compile(
    r"(?:la |le |l')?(?:reunion|seance|rencontre|date|meeting|session|feuille|journee|le|on|held on|tenue|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|s'est .*|mis a jour.*|updated.*)(?: tenue| qui s'est tenue)?"
)
_MEANINGLESS: Final = re.compile(r"(?:feuil|feuille|sheet|tabelle|onglet|table|book|classeur)\s*\d*")
_FILLERS: Final = re.compile(
    r"\((?:reponses|responses)\)(?: - (?:reponses au formulaire|form responses) \d+)?|"
    r"\b(?:(?:feuilles?|liste|tableau|releve|fiche|registre|rapport|suivi)\s*(?:d'|d’|de\s|des\s)\s*"
    r"|(?:list|register|record)\s+of\s+)?(?:l')?"
    r"(?:emargements?|presences?|presents|signed|signes|invited|invitees|attended|conviee?s|convoquee?s"
    r"|guests|sign-?\s?in(?: sheets?)?"
    r"|attendance|signatures?|participants|framadate|sondage|doodle|poll|invites?|invitations?|convocations?|inscrits|inscriptions"
    r"|comptes?[ -]rendus?|cr|pv|proces[ -]verbal|minutes of|minutes|rapport|registrations?|attendees|rsvp)"
    r"(?: sheets?| lists?| list| register| report)?(?: envoye[es]*| sent| confirme[es]*| recu[es]*)?\b"
    r"(?:\s*(?:de la|du|des|de|d')(?=\s))?"
)
_SMALL_WORDS: Final = frozenset({"de", "des", "du", "la", "le", "les", "of", "the", "et", "and", "annuel", "annual"})
_OTHER_DAYS: Final = re.compile(
    r"(?:\s+(?:du|des|les?|of|on|the|de|from))?"
    r"(?:\s*\d{1,2}(?:er|st|nd|rd|th)?(?:\s+[^\W\d_]{3,})?\s*(?:,|et|and|to|-|–|au|&))*\s*$"
)
"""What a title says before its last day: `… des 29, 30 et`, `… du 30 septembre au`."""

_TOTALS: Final = re.compile(
    r"(?:sous-?)?(?:total|totaux|somme|nombre|nb|nbre|effectif|taux|moyenne|count|sum|average"
    r"|grand total|totals|subtotal|quorum|quorate"
    r"|pourcentage|percentage|%|number (?:of|present)|no\.? of|cumul|attendance rate|total attendance|headcount"
    r"|turnout)(?=\W|$).*"
)


@dataclass
class Block:
    """
    A title block.

    Parameters
    ----------
    said
        What it says, by role: `day`, `title`, `place`, `who`, `time`, `duration`, `convener`.
    cells
        Where it says so.
    free
        Its other texts, in order.
    days
        Every day that it names, as ISO.
    dated
        What stands beside a day on its line, which names the meeting better than what stands above.
    """

    said: dict[str, str] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)
    free: list[str] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)

    def note(self, role: str, value: str, cell: Cell) -> None:
        """
        Keep the first value of each role.

        Parameters
        ----------
        role
            The role.
        value
            Its value.
        cell
            Where it stands.
        """
        if value and role not in self.said:
            self.said[role] = value
            self.cells[role] = cell


def title_block(grid: Grid, rows: Iterable[int], columns: range | None = None, reader: DayReader | None = None) -> Block:
    """
    Read a title block.

    Parameters
    ----------
    grid
        The cells.
    rows
        The rows of the block, from 0.
    columns
        Its columns; all where None.
    reader
        How the sheet writes days; in the usual way where None.

    Returns
    -------
    block
        What it says: `Date : 14 mars 2025` in one cell or in two, days inside titles, titles themselves.
    """
    block = Block()
    reader = reader or DayReader()
    for row in rows:
        taken = -1
        for column, raw in enumerate(grid.rows[row] if row < len(grid.rows) else []):
            if raw.strip() and column > taken and (columns is None or column in columns):
                taken = _read_cell(grid, row, column, block, reader)
    if "title" not in block.said:
        told = [
            text
            for text in block.dated
            if re.search(r"[^\W\d_]{3}", without_fillers(text)) and not _GENERIC.fullmatch(folded(without_fillers(text)))
        ]
        title = next((text for text in (*told, *block.free) if re.search(r"[^\W\d_]{3}", text)), "")
        if title:
            block.said["title"] = title
    return block


def _role_of_key(plain: str) -> str | None:
    """Tell what a key of a title block is about, a slip of the pen in a long one included."""
    if plain in _BY_KEY or len(plain) < _SHORTEST_SLIP:
        return _BY_KEY.get(plain)
    found = process.extractOne(plain, list(_BY_KEY), score_cutoff=_LEAST_LIKE, scorer=fuzz.ratio)
    return _BY_KEY[found[0]] if found else None


def _read_cell(grid: Grid, row: int, column: int, block: Block, reader: DayReader) -> int:
    """Read a cell, and the one to its right where it only names what follows; return the last column read."""
    text = reader.plain(grid.cell(row, column))
    if _ABOUT_THE_FILE.search(folded(text)):
        return len(grid.rows[row])
    is_of_another = OF_ANOTHER_DAY.search(folded(text)) is not None
    days = [] if is_of_another else list(several_days(text))
    block.days = [*days, *block.days] if _HELD.search(folded(text)) else [*block.days, *days]
    key, colon, value = text.partition(":")
    role = _role_of_key(folded(key))
    if role and colon and value.strip():
        block.note(role, value.strip(), (row, column))
        return column
    if role:
        right = next((place for place in range(column + 1, len(grid.rows[row])) if grid.cell(row, place)), None)
        if right is not None:
            _note_beside(role, reader.plain(grid.cell(row, right)), (row, right), block)
            return right
    for line in filter(None, map(str.strip, text.splitlines())):
        found = day_in(line) if not is_of_another else None
        if found:
            block.note("day", found[0], (row, column))
        rest = _HOUR.sub("", _OTHER_DAYS.sub("", found[1])) if found else line
        if rest:
            block.free.append(rest)
            block.dated += [rest] if found else []
    return column


def _note_beside(role: str, said: str, cell: Cell, block: Block) -> None:
    if role == "duration" and hours(said) == said:
        # Above a table of one line, a header stands beside another.
        return
    block.days += several_days(said)
    block.note(role, said, cell)


def is_title_key(text: str) -> bool:
    """
    Tell whether a cell of a title block names what stands beside it.

    Parameters
    ----------
    text
        The cell.

    Returns
    -------
    key
        True for `Date`, `Objet`, `Meeting :`, and the like.
    """
    return _role_of_key(folded(text).rstrip(" :")) is not None


def heading(grid: Grid) -> str:
    """
    Name what a sheet is about, from its own name and its file's.

    Parameters
    ----------
    grid
        The cells.

    Returns
    -------
    heading
        The sheet's name where it means something, else the file's, without day, `Émargements` and their like.
    """
    stem = spoken_name(grid.file)
    for name in (grid.sheet or "", stem):
        if not _MEANINGLESS.fullmatch(folded(name)):
            bare = without_fillers(name)
            short = short_day_in(bare)
            bare = without_fillers(short.note) if short is not None else bare
            if re.search(r"[^\W\d_]{2}", bare):
                return bare
    return without_fillers(stem) or stem


def spoken_name(file: str) -> str:
    """
    Write the name of a file as people would say it.

    Parameters
    ----------
    file
        The file's path.

    Returns
    -------
    name
        Without folder and ending, spaces in the place of low lines; those inside a day become hyphens.

    Examples
    --------
    >>> spoken_name("2024/COPIL_2024_03_05.csv")
    'COPIL 2024-03-05'
    """
    stem = PurePosixPath(file).stem
    dated = re.sub(r"(?<!\d)(\d{4})_(\d{2})_(\d{2})(?!\d)", r"\1-\2-\3", stem)
    return dated.replace("_", " ")


def without_fillers(name: str) -> str:
    """
    Take from a title the day and the words that only say it is an attendance sheet.

    Parameters
    ----------
    name
        The title.

    Returns
    -------
    bare
        What is left.

    Examples
    --------
    >>> without_fillers("Feuille d'émargement – GT Santé 14-03-2025")
    'GT Santé'
    """
    found = day_in(name)
    rest = found[1] if found else name
    plain = folded(rest)
    match = _FILLERS.search(plain)
    if match and len(plain) == len(rest):
        rest = rest[: match.start()] + rest[match.end() :]
    rest = re.sub(r"(?<!\d)(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?(?!\d)", "", rest)
    rest = re.sub(r"\s+(?:du|le|of|on|the|de)\s*$", "", rest.strip(" –-_,;:()"))
    bare = " ".join(rest.split()).strip(" –-_,;:()")
    # `Récapitulatif des présences 2025` is the title of no meeting.
    is_summary = set(folded(bare).split()) <= words_of("documents", "summary") | _SMALL_WORDS
    return bare if bare and not is_summary else ""


def day_around(grid: Grid, block: Block, reader: DayReader | None = None) -> tuple[str, Cell | None]:
    """
    Find the day of a sheet that is about one meeting.

    Parameters
    ----------
    grid
        The cells.
    block
        Its title block.
    reader
        How the sheet writes days; in the usual way where None.

    Returns
    -------
    day
        As the title block says it, else the sheet's name, else the file's; empty where none does.
    cell
        Where the title block says so.
    """
    reader = reader or DayReader()
    years = years_around(grid, ())
    if block.days:
        return block.days[0], block.cells.get("day")
    if "day" in block.said:
        found = _day_in_name(block.said["day"], years, reader)
        return found or block.said["day"], block.cells["day"]
    for text in block.free:
        found = _day_in_name(text, years, reader) if not OF_ANOTHER_DAY.search(folded(text)) else ""
        if found:
            return found, None
    for name in (grid.sheet or "", spoken_name(grid.file)):
        found = _day_in_name(name, years, reader)
        if found:
            return found, None
    return "", None


def _day_in_name(name: str, years: Sequence[int], reader: DayReader) -> str:
    """Find the day in a name: a whole one, else one without its year where the file says which."""
    whole = day_in(reader.plain(name))
    if whole is not None and iso_day(whole[0]):
        return iso_day(whole[0])
    short = short_day_in(name) if len(set(years)) == 1 else None
    return iso_day(f"{short.day}/{short.month}/{years[0]}") if short is not None else ""


def years_around(grid: Grid, rows: Iterable[int]) -> list[int]:
    """
    Find the years that a sheet is about.

    Parameters
    ----------
    grid
        The cells.
    rows
        The rows of its title block.

    Returns
    -------
    years
        From the title block, the sheet's name, the file's path: the first of these that names any.
    """
    above = " ".join(cell for row in rows if row < len(grid.rows) for cell in grid.rows[row])
    for text in (above, grid.sheet or "", grid.file):
        found = years_in(text)
        if found:
            return found
    return []


@lru_cache(maxsize=1 << 14)
def is_total(text: str) -> bool:
    """
    Tell a total row by its first words.

    Parameters
    ----------
    text
        The first cell of the row.

    Returns
    -------
    total
        True for `Total présents`, `Nombre de participants`, and the like.
    """
    return bool(_TOTALS.fullmatch(folded(text)))


def is_blank(grid: Grid, row: int) -> bool:
    """
    Tell whether a row is empty.

    Parameters
    ----------
    grid
        The cells.
    row
        The row, from 0.

    Returns
    -------
    blank
        True if no cell holds anything.
    """
    return not grid.filled[row]
