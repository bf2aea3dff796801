"""
Calendars, mailboxes, delimited tables and `partnet.toml` damaged at random: none crashes, hangs or fills the memory.

Each is read or refused, and every row is accounted for. `PARTNET_MUTATIONS=10000 pytest …` asks for more than the usual 300
of each, and 100 of those that are one to a folder.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from partnet_analysis.config import FILE_NAME, Config
from partnet_analysis.errors import ConfigError, PartnetError
from partnet_analysis.records.assembly import read_folder
from partnet_analysis.records.identity import ALIAS_FILE
from partnet_analysis.records.ledger import Ledger
from tests.records.damage import damaged, watched

_N_MUTATIONS: Final = int(os.environ.get("PARTNET_MUTATIONS", "300"))
_N_FOLDERS: Final = int(os.environ.get("PARTNET_MUTATIONS", "100"))
"""How often a whole folder is read for one damaged file: a table of aliases, a configuration."""
_PER_FOLDER: Final = 100
_SOUND: Final = "Nom;Structure;Date;Statut\nAnne B;MJC;14/03/2025;P\n"

_CALENDAR: Final = "\r\n".join(  # noqa: FLY002 (a calendar is lines)
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//FR",
        "BEGIN:VTIMEZONE", "TZID:Europe/Paris", "BEGIN:STANDARD", "DTSTART:19701025T030000", "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "END:VTIMEZONE",
        "BEGIN:VEVENT", "UID:1@x", "DTSTART;TZID=Europe/Paris:20250314T140000", "DTEND;TZID=Europe/Paris:20250314T160000",
        "SUMMARY:GT Santé", "RRULE:FREQ=MONTHLY;COUNT=4;BYDAY=2FR", "EXDATE;TZID=Europe/Paris:20250411T140000",
        "ORGANIZER;CN=Ville:mailto:ville@x.fr", "ATTENDEE;CN=Anne Bruneteau;PARTSTAT=ACCEPTED:mailto:a@x.fr",
        "ATTENDEE;CN=Jean", " Martin;PARTSTAT=DECLINED;ROLE=REQ-PARTICIPANT:mailto:j@x.fr", "END:VEVENT",
        "BEGIN:VEVENT", "UID:1@x", "RECURRENCE-ID;TZID=Europe/Paris:20250509T140000", "DTSTART:20250516T120000Z",
        "DURATION:PT1H30M", "SUMMARY:GT Santé", "ATTENDEE;CN=Anne Bruneteau:mailto:a@x.fr", "END:VEVENT",
        "BEGIN:VEVENT", "UID:2@x", "DTSTART;VALUE=DATE:20250601", "SUMMARY:Journée", "STATUS:CONFIRMED",
        "ATTENDEE;CUTYPE=ROOM:mailto:salle@x.fr", 'ATTENDEE;CN="Durand, Zoé":mailto:z@x.fr',
        "BEGIN:VALARM", "TRIGGER:-PT15M", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "",
    ]
)  # fmt: skip
_CALENDAR_LINES: Final = (
    "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VALARM", "END:VALARM", "RRULE:FREQ=SECONDLY",
    "RRULE:FREQ=MINUTELY;INTERVAL=1", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=DAILY;COUNT=999999999",
    "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z", "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=31", "RRULE:", "RRULE:FREQ=NEVER",
    "RRULE:FREQ=DAILY;INTERVAL=0", "RRULE:FREQ=DAILY;BYSETPOS=400", "RRULE:FREQ=YEARLY;BYEASTER=0", "EXDATE:", "EXDATE:x",
    "EXDATE;VALUE=DATE:20250411,20250509", "EXDATE;VALUE=PERIOD:20250411T140000/PT1H", "RDATE:20250411T140000Z",
    "DTSTART:00010101T000000", "DTSTART:99991231T235959", "DTSTART;TZID=Nowhere/Land:20250314T140000", "DTSTART:",
    "DTSTART;VALUE=PERIOD:20250314T140000/PT1H", "DTSTART;VALUE=TIME:140000", "DTEND;VALUE=DATE:20250314", "DTEND:x",
    "DURATION:P99999999999D", "DURATION:-PT1H", "DURATION:x", "RECURRENCE-ID:20250509", "RECURRENCE-ID;VALUE=DATE:20250509",
    "ATTENDEE:", "ATTENDEE;CN=:mailto:", 'ATTENDEE;CN="a', "ATTENDEE;CN=a;CN=b:mailto:a@x.fr", "ORGANIZER:",
    "STATUS:CANCELLED",
    "ORGANIZER;CN=a:a", "UID:", "SUMMARY;LANGUAGE=fr:x", "ATTENDEE;PARTSTAT=\u202e:mailto:@", " suite", 'X-A;B="c":d',
)  # fmt: skip
_CALENDAR_WORDS: Final = (
    "FREQ=SECONDLY", "FREQ=DAILY", "COUNT=-1", "UNTIL=20240101", "UNTIL=x", "BYDAY=9XX", "BYDAY=MO,TU", "INTERVAL=999999999",
    "VALUE=DATE", "VALUE=PERIOD", "TZID=UTC", "TZID=../x", "00010101T000000", "99991231T235959Z", "20250314",
    "20250314T140000+25",
    "mailto:", "MAILTO:A@X.FR", "PT0S", "-P1W", "P1Y", "DECLINED", "ROOM", 'CN="',
)  # fmt: skip

_MAILBOX: Final = """From a@x.fr Fri Mar 14 10:00:00 2025
From: =?utf-8?q?Anne_Bru=C3=A9?= <a@x.fr>
To: "Dupont, L=?iso-8859-1?Q?=E9?=a" <lea@x.fr>, Jean Martin <jm@x.fr>,
 zoe@x.fr
Cc: Groupe: b@x.fr, c@x.fr;
Date: Fri, 14 Mar 2025 10:00:00 +0100
Subject: secret

From the body, not a message
To: nobody@x.fr

From lea@x.fr Sat Mar 15 11:00:00 2025
From: Lea Dupont <lea@x.fr>
To: a@x.fr
Date: Sat, 15 Mar 2025 11:00:00 GMT
Content-Type: multipart/mixed; boundary=x

--x

From nobody Mon Mar 17 11:00:00 2025
From: a@x.fr
To: a@x.fr
Date: Mon, 17 Mar 2025 09:00:00 -0000

"""
_MAIL_LINES: Final = (
    "From ", "From x", "From:", "To:", "Cc: ;", "Date:", "Date: yesterday", "Date: Fri, 14 Mar 0000 10:00:00 +0100",
    "Date: Fri, 14 Mar 9999 23:59:59 -2359", "Date: Fri, 14 Mar 2025 10:00:00 +99999999", "Date: 14 Mar 99999 1:1:1",
    "Date: Fri, 32 Foo 2025 25:61:61", "From: <>", "From: @", "From: a@b@c", "From: (((((a@x.fr", "To: <a@x.fr",
    "To: a:b:c;;;",
    "From: =?utf-8?q?=", "From: =?x-none?b?AAAA?= <a@x.fr>", "From: =?utf-8?b?!!!?= <a@x.fr>",
    "From: =?utf-16?q?=00?= <a@x.fr>",
    "To: " + ", ".join(f"p{n}@x.fr" for n in range(300)), "To: " + "(" * 2000, 'Cc: "',
    "From: =?unicode-escape?q?=5Cx?= <a@x.fr>",
    "From: =?idna?q?" + "x" * 300 + "?= <a@x.fr>", "From: =?rot13?q?nopq?= <a@x.fr>", "From: =?hex?q?6?= <a@x.fr>", "",
)  # fmt: skip
_MAIL_WORDS: Final = (
    "=?utf-8?q?=", "=?utf-7?q?+AGE-?=", "=?zlib?b?eJw=?=", "=?undefined?q?a?=", "a@x.fr", "<", ">", "(", ")", "@", '"', "\\",
    " Fri, 14 Mar 2025 10:00:00 +9999", " 1 Jan 1 0:0:0 +2400", "Fri", " 99999999999",
)  # fmt: skip

_GRID: Final = "Grille 2025\nNom,Structure,01/03/2025,02/03/2025,03/03/2025,04/03/2025,05/03/2025,06/03/2025\n" + "".join(
    f"Anne N{n},MJC,P,P,E,A,P,X\n" for n in range(6)
)
_TEAMS: Final = """1. Résumé
Titre de la réunion\tGT
Heure de début\t05/09/2025, 14:00:00
Durée de la réunion\t1h 30m

2. Participants
Nom\tPremière connexion\tDernière déconnexion\tDurée\tE-mail\tRôle
Anne B\t05/09/2025, 14:00:10\t…\t1h 2m\ta@x.fr\tx
"""
_TABLES: Final = (
    "Nom;Prénom;Structure;Date;Réunion;Présence\n" + "".join(f"N{n};Anne;MJC;1{n}/03/2025;GT;P\n" for n in range(9)),
    _GRID,
    "Date\tDe\tÀ\tCanal\tDurée\n" + "".join(f"0{n}/03/2025\tVille\tMJC ; CCAS\tCourriel\t1 h 30\n" for n in range(1, 9)),
    'Structure|Secteur|SIRET\nMJC|Culture|73282932000074\nCCAS|"Social|x"|\n',
    "actor_id,name,kind,organisation_id,level,is_coordinator,joined_on\nville,Ville,organisation,,,true,2020-01-01\nanne,A,person,\n",
    "meeting_id,day,title,kind,convener_id,duration_hours\nm1,2025-03-14,GT,workshop,ville,1.5\nm2,2025-04-14,A,plenary,,2\n",
    "meeting_id,actor_id,invited,status\nm1,anne,true,present\nm1,ville,,excused\nm2,anne,false,unknown\n",
    "contact_id,day,source_id,target_id,channel\nc1,2025-03-14,ville,mjc,phone\nc2,2025-03-15,mjc,ville,email\n",
    ',"2025-10-02","2025-10-03"\n"Anne Bruneteau","Non","Oui"\n"Jean Martin","Oui","Si nécessaire"\n',
    '"Objet","Date de début","Heure de début","Participants obligatoires"\n"COPIL","02/07/2025","14:00:00","A, B;j@x.fr"\n',
    _TEAMS,
)  # fmt: skip
_TABLE_LINES: Final = (
    "sep=;", "sep=,", '"', '""', '"a', "a;b;c;d;e;f;g;h", ",,,,,,,,,,", ";" * 3000, "Nom;Nom;Nom", "Total;;;9", "Excusés :",
    "Date : 14 mars 2025", "\ufeffNom;Date", "RÃ©union;Ã\x82Â", "meeting_id,actor_id", "actor_id,actor_id", "# remark",
    "2025-03-14;2025-03-14", "x" * 100_000,
)  # fmt: skip
_TABLE_WORDS: Final = (
    "14/03/25", "3/14/25", "2025", "mars", "14 mars", "P", "X", "?", "oui", "true", "1.5", "1,5", "1h", "-3", "inf",
    "nan", "anne",
    "ville", "m1", "organisation", "person", "résident", "1900-01-01", "9999-99-99", "14:00", "25:61", "Anne, Jean ; Léa",
)  # fmt: skip

_TOML: Final = """[partnership]
name = "Ville"
note = "Fictive."
language = "fr"
strangers = "person"

[columns.actors]
name = "nom"
sector = "secteur"

[[sources]]
file = "liste*.csv"
shape = "attendance_list"
statuses = { "+" = "present", "-" = "absent" }
blank = "absent"

[[sources]]
file = "sound.csv"
table = "contacts"
header = ["day", "source_id", "target_id"]
delimiter = ";"
constants = { channel = "phone" }
month_first = true

[limits]
seconds_per_file = 5.0
megabytes_unpacked = 10
sheets_per_file = 3

[privacy]
level = "person"
reason = "Audit"
legal_basis = "public_task"
decided_on = 2025-03-10
retention_months = 36

[texts]
voices = "voix.md"

[geography]
coordinates = "points.csv"
"""
_SHAPE_NAMES: Final = (
    "attendance_list",
    "attendance_grid",
    "sign_in_sheet",
    "minutes",
    "contact_log",
    "directory",
    "ticks",
    "poll",
)
_TOML_LINES: Final = (
    "[partnership]", "[[sources]]", "[sources]", 'file = "*"', 'file = "["', "skip = true", 'delimiter = ""',
    'delimiter = "\\n"',
    'delimiter = "\\""', "tick_seconds = 20", "first_day = 2025-01-01", 'table = "actors"', 'table = "attendance"',
    "header = []",
    'header = ["day", "day"]', 'header = [""]', 'columns = { day = "Date" }', 'columns = { nothing = "x" }', 'sheet = "a*"',
    'constants = { day = "2025-13-45" }', 'constants = { day = "2025-03-04", source_id = "a", target_id = "a" }',
    'statuses = { "" = "present" }', "a = " + "[" * 500, "a.b.c.d = 1", "x = nan", "x = 1979-05-27T07:32:00Z",
    'delimiter = "\\u0000"',
    *(f'shape = "{shape}"' for shape in _SHAPE_NAMES), "tick_seconds = 1e308", "tick_seconds = inf",
    "first_day = 9999-12-31",
)  # fmt: skip
_TOML_WORDS: Final = (
    " true", " 1", " -1", " 0", " 1e400", " nan", " []", " {}", ' "x"', " 2025-01-01", " 9999999999999999999999", ' """',
    "'''",
    ' "\\ud800"', ' "\\u0000"', ' "\\n"', ' "ticks"', ' "\\t"', ' "*"', " inf", ' "sound.csv"',
)  # fmt: skip

_ALIASES: Final = "spelling,actor_id,decision\nMJC centre,mjc,same\nM. Anne B,anne-b,same\nAnne Bruno,anne-b,different\n"

_Texts = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
_FORMATS: Final[dict[str, _Texts]] = {
    "ics": ((_CALENDAR,), _CALENDAR_LINES, _CALENDAR_WORDS),
    "mbox": ((_MAILBOX,), _MAIL_LINES, _MAIL_WORDS),
    "csv": (_TABLES, _TABLE_LINES, _TABLE_WORDS),
}


def _mutations(suffix: str, chance: random.Random) -> Iterator[bytes]:
    texts, lines, words = _FORMATS[suffix]
    while True:
        yield damaged(chance.choice(texts), chance, lines=lines, words=words)


def _assert_accounted_for(ledger: Ledger, folder: Path) -> None:
    told = set(ledger.accounting["file"]) | set(ledger.rejects["file"]) | set(ledger.ignored["file"])
    assert told == {path.name for path in folder.iterdir() if path.name != FILE_NAME}
    counts = ledger.accounting
    assert (counts["rows"] == counts["kept"] + counts["rejected"] + counts["ignored"]).all()
    # Nothing is rejected or set aside without being told, cell by cell (in a grid each mark is an entry) or line by line.
    assert counts["rejected"].sum() <= len(ledger.rejects.dropna(subset="line").drop_duplicates(["file", "line", "cell"]))
    assert counts["ignored"].sum() <= ledger.ignored["line"].notna().sum()


@pytest.mark.parametrize("suffix", _FORMATS)
def test_damaged_texts_are_read_or_refused_and_accounted_for(tmp_path: Path, suffix: str) -> None:
    mutations = _mutations(suffix, random.Random(f"{suffix} 2025"))  # noqa: S311 (repeatable damage, no secret)
    config = Config()
    read = refused = 0
    for start in range(0, _N_MUTATIONS, _PER_FOLDER):
        folder = tmp_path / str(start)
        folder.mkdir()
        (folder / "sound.csv").write_text(_SOUND, encoding="utf-8")
        for number in range(min(_PER_FOLDER, _N_MUTATIONS - start)):
            (folder / f"{number:03d}.{suffix}").write_bytes(next(mutations))

        with watched():
            ledger = read_folder(folder, config).ledger

        _assert_accounted_for(ledger, folder)
        read += ledger.accounting["file"].nunique() - 1
        refused += ledger.rejects["file"].nunique()
    assert min(read, refused) > _N_MUTATIONS // 50


def test_a_damaged_table_of_aliases_costs_the_records_nothing(tmp_path: Path) -> None:
    chance = random.Random("aliases 2025")  # noqa: S311 (repeatable damage, no secret)
    (tmp_path / "sound.csv").write_text(_SOUND, encoding="utf-8")
    for _ in range(_N_FOLDERS):
        (tmp_path / ALIAS_FILE).write_bytes(damaged(_ALIASES, chance, lines=_TABLE_LINES, words=_TABLE_WORDS))
        with watched():
            reading = read_folder(tmp_path, Config())
        assert reading.ledger.accounting[["file", "kept"]].to_numpy().tolist() == [["sound.csv", 1]]
        assert len(reading.records.attendance) == 1


def _sentences(error: PartnetError) -> list[str]:
    return [error.phrase.in_language(language) for language in ("fr", "en")]


def _used(folder: Path) -> bool:
    """Read a folder as its configuration asks; False where that one is refused."""
    try:
        config = Config.load(folder)
    except ConfigError as error:
        return not (error.problems and all(_sentences(error)))
    try:
        _assert_accounted_for(read_folder(folder, config).ledger, folder)
    except PartnetError as error:
        return all(_sentences(error))
    return True


def test_a_damaged_configuration_is_used_or_refused_with_a_sentence(tmp_path: Path) -> None:
    chance = random.Random("toml 2025")  # noqa: S311 (repeatable damage, no secret)
    (tmp_path / "liste.csv").write_text(_TABLES[0], encoding="utf-8")
    (tmp_path / "sound.csv").write_text("2025-03-04;Ville;MJC\n2025-03-05;MJC;Ville\n", encoding="utf-8")
    used = 0
    for _ in range(_N_FOLDERS):
        (tmp_path / FILE_NAME).write_bytes(damaged(_TOML, chance, lines=_TOML_LINES, words=_TOML_WORDS))
        with watched():
            used += _used(tmp_path)
    assert _N_FOLDERS // 20 < used < _N_FOLDERS - _N_FOLDERS // 20
