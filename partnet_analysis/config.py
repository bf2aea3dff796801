"""`partnet.toml` → one frozen, validated `Config`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import ClassVar, Final, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from partnet_analysis import names
from partnet_analysis.errors import ConfigError
from partnet_analysis.messages import Phrase

FILE_NAME: Final = "partnet.toml"
_WRITTEN_DAY: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class _Section(BaseModel):
    """What every section has in common: nothing unknown, nothing changed once read."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Partnership(_Section):
    """
    `[partnership]`: whose records these are.

    Parameters
    ----------
    name
        The partnership's name.
    note
        What must be said wherever the partnership is named, such as that it is fictional.
    language
        The language its documents are written in.
    strangers
        What an actor is that a record names and the roster does not hold.
    time_zone
        The zone by whose clock the moments of calendars are told, unless a calendar has one of its own.
    """

    name: str = ""
    note: str = ""
    language: Literal["fr", "en"] = "fr"
    strangers: Literal["organisation", "person"] = "organisation"
    time_zone: str = "Europe/Paris"

    @field_validator("time_zone")
    @classmethod
    def _zone_is_known(cls, time_zone: str) -> str:
        try:
            ZoneInfo(time_zone)
        except (KeyError, ValueError, OSError):
            raise ValueError([Phrase("errors.config.unknown_time_zone", {"zone": time_zone})]) from None
        return time_zone


class Limits(_Section):
    """
    `[limits]`: how much one file may ask of the machine.

    Parameters
    ----------
    seconds_per_file
        How long the reading of one workbook may take.
    megabytes_unpacked
        How large a compressed workbook may become when unpacked.
    sheets_per_file
        How many sheets of one workbook are read.
    """

    seconds_per_file: float = Field(default=60.0, gt=0)
    megabytes_unpacked: float = Field(default=1024.0, gt=0)
    sheets_per_file: int = Field(default=250, gt=0)


class Privacy(_Section):
    """
    `[privacy]`: at which level people are looked at, on what grounds, and how long records are kept.

    Parameters
    ----------
    level
        `organisation`, or `person`, which takes the three next ones.
    reason
        Why persons must be looked at, in words.
    legal_basis
        The basis in article 6(1) of the GDPR.
    decided_on
        The day on which this was decided.
    retention_months
        How many months records are kept.
    """

    level: Literal["organisation", "person"] = "organisation"
    reason: str = ""
    legal_basis: (
        Literal["consent", "contract", "legal_obligation", "vital_interests", "public_task", "legitimate_interests"] | None
    ) = None
    decided_on: date | None = None
    retention_months: int = Field(default=36, gt=0)


class Texts(_Section):
    """
    `[texts]`: the service's own words in the review, Markdown files in the folder of records.

    Parameters
    ----------
    framework
        The file on the partnership's framework.
    commitments
        The file on last year's commitments.
    voices
        The file with the partners' own views.
    action_plan
        The file with the plan: who does what, and when.
    """

    framework: str = ""
    commitments: str = ""
    voices: str = ""
    action_plan: str = ""


class Geography(_Section):
    """
    `[geography]`: what a geographic view of the map needs, files in the folder of records.

    Parameters
    ----------
    coordinates
        A CSV file with `actor_id`, `longitude` and `latitude` in degrees (WGS 84).
    outline
        The commune's outline as GeoJSON.
    """

    coordinates: str = ""
    outline: str = ""


class Territories(_Section):
    """
    `[territories]`: that the folder holds several partnerships, each in a folder of its own.

    Parameters
    ----------
    folders
        Their folders; all that are not hidden where none is named.
    """

    folders: tuple[str, ...] = ()


class SourceRule(_Section):
    """
    `[[sources]]`: how to read certain files, where they are not to be recognised by themselves.

    Parameters
    ----------
    file
        Which files: a name or a pattern (`*.dat`), inside the folder of records, with `/` or the backslash of Windows
        between the parts of a path.
    sheet
        Which sheets of them.
    skip
        Leave them aside.
    shape
        The shape to read them as.
    table
        The canonical table they hold, one record to a row.
    header
        The names of the columns, where the file has no header row.
    delimiter
        What separates the cells, where it is not found by itself.
    columns
        The name that a canonical column bears in the file.
    constants
        What every row holds in a column that the file lacks; `day` is the day of a list that has none.
    statuses
        What a mark means in these files: `{ "+" = "present" }`.
    blank
        What an empty cell means in an attendance grid: `""` for not a member, else a status.
    month_first
        Whether these files write the month before the day (3/14/25); where nothing is said, they show it themselves.
    roles
        What a column is, by its header: `{ "Référent" = "person" }`.
    year
        The year of days written without one.
    tick_seconds
        For lists of ticks (time, one, other): how many seconds one tick lasts; ticks of a pair in a row are one contact.
    first_day
        For lists of ticks: the day from whose midnight the seconds count.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=False)

    file: str
    sheet: str = "*"
    skip: bool = False
    shape: str | None = None
    table: Literal["actors", "meetings", "attendance", "contacts"] | None = None
    header: tuple[str, ...] = ()
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    columns: Mapping[str, str] = Field(default_factory=dict)
    constants: Mapping[str, str] = Field(default_factory=dict)
    statuses: Mapping[str, Literal["present", "excused", "absent", "unknown"]] = Field(default_factory=dict)
    blank: Literal["", "present", "excused", "absent", "unknown"] = ""
    month_first: bool | None = None
    roles: Mapping[str, str] = Field(default_factory=dict)
    year: int | None = Field(default=None, ge=1900, le=2200)
    tick_seconds: float | None = Field(default=None, gt=0)
    first_day: date | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        faults: list[Phrase] = []
        for given in (self.columns, self.constants):
            if given and self.table:
                faults += _column_faults({self.table: given})
        faults += _constant_faults(self.constants, is_table=self.table is not None)
        for header, role in self.roles.items():
            if role not in names.ROLES:
                values = {"header": header, "role": role, "known": names.ROLES}
                faults.append(Phrase("errors.config.unknown_role", values))
        if self.shape is not None and self.shape not in names.SHAPES:
            faults.append(Phrase("errors.config.unknown_shape", {"shape": self.shape, "known": names.SHAPES}))
        if (self.tick_seconds is None) != (self.first_day is None):
            faults.append(Phrase("errors.config.ticks_need_both"))
        if faults:
            raise ValueError(faults)
        return self

    def matches(self, file: str, sheet: str | None) -> bool:
        """
        Tell whether the rule is for a sheet.

        Parameters
        ----------
        file
            The file's path inside the folder of records.
        sheet
            The sheet's name; None where the file has none.

        Returns
        -------
        matched
            True if both patterns fit.
        """
        return _fits(file, self.file) and _fits(sheet or "", self.sheet)


class Config(_Section):
    """
    What `partnet.toml` says.

    Parameters
    ----------
    partnership
        Whose records these are.
    columns
        For each canonical table, the name that a canonical column bears in the files, where it is another one.
    sources
        How to read certain files; the first rule that fits a sheet holds.
    limits
        How much one file may ask of the machine.
    privacy
        At which level people are looked at, on what grounds, and how long records are kept.
    texts
        The service's own words in the review.
    geography
        Where the actors are.
    territories
        The partnerships that the folder holds, each with a `partnet.toml` of its own if need be; None where it holds one.

    Examples
    --------
    >>> Config.load(Path("data/raw")).partnership.language
    'fr'
    """

    partnership: Partnership = Partnership()
    columns: Mapping[str, Mapping[str, str]] = Field(default_factory=dict)
    sources: tuple[SourceRule, ...] = ()
    limits: Limits = Limits()
    privacy: Privacy = Privacy()
    texts: Texts = Texts()
    geography: Geography = Geography()
    territories: Territories | None = None

    @field_validator("columns")
    @classmethod
    def _columns_are_canonical(cls, columns: Mapping[str, Mapping[str, str]]) -> Mapping[str, Mapping[str, str]]:
        faults = list(_column_faults(columns))
        if faults:
            raise ValueError(faults)
        return columns

    def rule(self, file: str, sheet: str | None = None) -> SourceRule:
        """
        Find the rule for a sheet.

        Parameters
        ----------
        file
            The file's path inside the folder of records.
        sheet
            The sheet's name; None where the file has none.

        Returns
        -------
        rule
            The first rule that fits; one that says nothing where none does.
        """
        return next((rule for rule in self.sources if rule.matches(file, sheet)), SourceRule(file="*"))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """
        Read `partnet.toml` of a folder.

        Parameters
        ----------
        folder
            The folder of records.

        Returns
        -------
        config
            What the file says; the defaults where there is no file.

        Raises
        ------
        ConfigError
            If the file is no TOML or says something unknown; all its faults are told at once.
        """
        path = Path(folder) / FILE_NAME
        if not path.is_file():
            return cls()
        return cls.of_bytes(path.read_bytes(), path)

    @classmethod
    def of_bytes(cls, content: bytes, path: Path) -> Self:
        """
        Read what `partnet.toml` holds.

        Parameters
        ----------
        content
            The file's content.
        path
            Where it stands, for what is said of its faults.

        Returns
        -------
        config
            What it says.

        Raises
        ------
        ConfigError
            If it is no TOML or says something unknown; all its faults are told at once.
        """
        try:
            said = tomllib.loads(content.decode("utf-8-sig"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as fault:
            raise ConfigError(str(path), [Phrase("errors.config.syntax", {"detail": str(fault)})]) from None
        try:
            return cls.model_validate(said)
        except ValidationError as failure:
            raise ConfigError(str(path), [*_problems(failure)]) from None


def _fits(name: str, pattern: str) -> bool:
    """Tell whether a name fits, be its accents letters or marks of their own, as macOS writes them."""
    name, pattern = (unicodedata.normalize("NFC", text) for text in (name, pattern))
    return fnmatchcase(name, pattern) or fnmatchcase(name, pattern.replace("\\", "/"))


def _column_faults(columns: Mapping[str, Mapping[str, str]]) -> Iterator[Phrase]:
    for table, renamed in columns.items():
        if table not in names.TABLES:
            yield Phrase("errors.config.unknown_table", {"table": table, "known": names.TABLES})
            continue
        for column in renamed:
            if column not in names.COLUMNS[table]:
                values = {"table": table, "column": column, "known": names.COLUMNS[table]}
                yield Phrase("errors.config.unknown_column", values)


def _constant_faults(constants: Mapping[str, str], *, is_table: bool) -> Iterator[Phrase]:
    """Tell which constants no table has, and a day that is none; those of a named table are told with its columns."""
    known = sorted({column for columns in names.COLUMNS.values() for column in columns})
    for column in constants:
        if column not in known and not is_table:
            yield Phrase("errors.config.unknown_constant", {"column": column, "known": known})
    if "day" in constants and not _is_day(constants["day"]):
        yield Phrase("errors.config.not_a_day", {"value": constants["day"]})


def _is_day(text: str) -> bool:
    try:
        date(*(int(number) for number in text.split("-")))
    except (ValueError, TypeError):
        found = _WRITTEN_DAY.fullmatch(text.strip())
        return found is not None and _is_day("-".join(reversed(found.groups())))
    return True


def _problems(failure: ValidationError) -> Iterator[Phrase]:
    """Say each fault that pydantic found in the catalogue's words."""
    for fault in failure.errors(include_url=False):
        key = ".".join(str(step) for step in fault["loc"])
        if fault["type"] == "value_error":
            yield from (_at(key, sentence) for sentence in fault["ctx"]["error"].args[0])
        elif fault["type"] == "extra_forbidden":
            yield _at(key, Phrase("errors.config.unknown_key"))
        else:
            yield _at(key, Phrase("errors.config.wrong_value", {"value": repr(fault["input"]), "detail": fault["msg"]}))


def _at(place: str, fault: Phrase) -> Phrase:
    return Phrase("errors.config.at", {"place": place, "fault": fault})
