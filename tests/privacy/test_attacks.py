"""
Attacks on the public edition by somebody who has all of it, knows the program and the town, and lacks the key.

What an edition may depend on is tried from the other side too: what it must not tell is changed, and no byte may follow.
"""

import base64
import getpass
import hashlib
import hmac
import json
import re
import socket
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pytest

from partnet_analysis import cli, names
from partnet_analysis.annual import annual_review
from partnet_analysis.display import path_in_words
from partnet_analysis.privacy.counts import FEW
from partnet_analysis.privacy.document import public_files
from partnet_analysis.privacy.keys import Key
from partnet_analysis.records.tables import Records
from tests.privacy.planted import (
    KEY,
    ORGANISATIONS,
    PERSONS,
    PLANTED,
    YEAR,
    found,
    planted_records,
    planted_review,
    unpacked,
)

KEY_IN_WORDS: Final = "q7Zr2mVx9Tb4Ld8Wk3Hs6Pf1Jc5Ng0Ya"
PLAN: Final = f"# Plan\n\n{PERSONS[3]} rappelle {ORGANISATIONS[4]}.\n"
TOML: Final = """
[partnership]
name = "Partenariat"
[texts]
voices = "voix.md"
[geography]
coordinates = "points.csv"
[privacy]
level = "person"
reason = "Audit"
legal_basis = "public_task"
decided_on = 2025-03-10
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Publish, over earlier internal results, records whose file names, texts and coordinates are planted too."""
    home = tmp_path_factory.mktemp("attacked")
    raw, out = home / "raw", home / "out"
    raw.mkdir()
    for name, table in tables_of(planted_records()).items():
        table.to_csv(raw / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    (raw / f"Émargement {PERSONS[0]}.csv").write_text(f"Nom;Date;Statut\n{PERSONS[1]};14/03/2025;P\n", encoding="utf-8")
    (raw / "voix.md").write_text(PLAN, encoding="utf-8")
    points = [f"{name.split()[1]},47.{n:03},0.{n:03}" for n, name in enumerate(ORGANISATIONS)]
    (raw / "points.csv").write_text("\n".join(["actor_id,latitude,longitude", *points]), encoding="utf-8")
    (raw / "partnet.toml").write_text(TOML, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PARTNET_KEY", KEY_IN_WORDS)
        for words in (["build"], ["review", "--public"]):
            patch.setattr(sys, "argv", ["partnet", *words, str(raw), "-o", str(out)])
            with pytest.raises(SystemExit) as ended:
                cli.main()
            assert ended.value.code in (cli.DONE, cli.ATTENTION)
    return {path_in_words(path.relative_to(out).as_posix()): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def edition() -> dict[str, bytes]:
    return public_files(planted_review(), KEY, "fr")


def tables_of(records: Records) -> dict[str, pd.DataFrame]:
    return {name: getattr(records, name) for name in names.TABLES}


def texts_of(files: Mapping[str, bytes]) -> str:
    return "\n".join(text for name, content in files.items() for text in (name, *unpacked(content)))


def scene_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    page = files["public-map.html"].decode()
    scene: dict[str, Any] = json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)[0])
    return scene


def test_nothing_planted_is_in_the_folder_published_the_manifest_and_old_results_included(
    published: dict[str, bytes],
) -> None:
    assert "manifest.json" in published
    assert found(published, PLANTED) == {}
    assert {name for name in published if not name.startswith("public-")} == {"manifest.json"}
    assert json.loads(published["manifest.json"])["inputs"] == {}


def test_coordinates_are_nowhere(published: dict[str, bytes]) -> None:
    assert not re.search(r"\b47\.0\d\d\b", texts_of(published))
    assert "latitude" not in json.dumps(scene_of(published)["periods"])


def test_the_key_is_nowhere_however_written(published: dict[str, bytes]) -> None:
    everything = texts_of(published)
    forms = {
        KEY_IN_WORDS,
        KEY_IN_WORDS.encode().hex(),
        base64.b64encode(KEY_IN_WORDS.encode()).decode(),
        KEY_IN_WORDS[:12],
        KEY_IN_WORDS[::-1],
    }

    assert not [form for form in forms if form in everything]


def test_the_machine_and_its_user_are_nowhere(published: dict[str, bytes], tmp_path: Path) -> None:
    everything = texts_of(published)
    words = {str(tmp_path.parents[2]), str(Path(__file__).parents[2]), socket.gethostname(), getpass.getuser()}

    # Short ones ("vm", "root") are words of style sheets and letters of pseudonyms too.
    assert not [word for word in words if len(word) > 4 and word in everything]


def test_an_edition_of_persons_is_one_of_their_organisations(edition: dict[str, bytes]) -> None:
    # `level = "person"` is for the service's own eyes: in public an organisation speaks for its persons.
    persons = annual_review(planted_records(), YEAR, name="Partenariat", note="Fictif.", level="person")

    assert public_files(persons, KEY, "fr") == edition


def digests_of(word: str) -> set[str]:
    """Digest a word without a key, and with keys that anybody would try first."""
    guesses = [b"", b"partnet", b"key", b"secret", b"0" * 32, b"Partenariat", b"2025", b"PARTNET_KEY"]
    raw = [hashlib.new(way, word.encode()).digest() for way in ("md5", "sha1", "sha256", "sha512", "blake2b", "sha3_256")]
    raw += [
        hmac.new(key, message.encode(), "sha256").digest() for key in guesses for message in (word, f"10:actor 2025:{word}")
    ]
    written = [
        form
        for digest in raw
        for form in (digest.hex(), base64.b32encode(digest).decode(), base64.b64encode(digest).decode())
    ]
    return {form[:8].casefold() for form in written}


def test_no_pseudonym_is_found_by_digesting_every_name_of_the_town(edition: dict[str, bytes]) -> None:
    words = {form for name in ORGANISATIONS for form in (name, name.split()[1], name.casefold(), name.upper())}
    everything = set(re.findall(r"[0-9a-z+/]{8}", texts_of(edition).casefold()))

    assert not [word for word in sorted(words) if digests_of(word) & everything]


def test_another_key_gives_other_pseudonyms_and_the_same_numbers(edition: dict[str, bytes]) -> None:
    other = public_files(planted_review(), Key(b"a second example, no secret either"), "fr")
    tables = [name for name in edition if name.endswith((".csv", ".json"))]

    assert pseudonyms_in(edition).isdisjoint(pseudonyms_in(other))
    assert {name: edition[name] for name in tables} == {name: other[name] for name in tables}


def pseudonyms_in(files: Mapping[str, bytes]) -> set[str]:
    return set(re.findall(r"\b[A-Z2-7]{8}\b", json.dumps(scene_of(files))))


def with_table(records: Records, name: str, change: Callable[[pd.DataFrame], pd.DataFrame]) -> Records:
    tables = tables_of(records)
    tables[name] = change(tables[name])
    return Records.from_tables(tables["actors"], tables["meetings"], tables["attendance"], tables["contacts"])


def _renamed(actors: pd.DataFrame) -> pd.DataFrame:
    return actors.assign(name=[f"Autre nom {n}" for n in range(len(actors))])


def _other_persons(records: Records) -> Records:
    """Give every person another id and name."""
    actors = records.actors
    persons = actors.loc[actors["kind"] == "person", "actor_id"]
    other = dict(zip(persons, (f"p{n:03}" for n in reversed(range(len(persons)))), strict=True))
    known = records.attendance["actor_id"]
    attendance = records.attendance.assign(actor_id=known.map(other).fillna(known))
    renamed = actors.assign(
        actor_id=actors["actor_id"].map(other).fillna(actors["actor_id"]),
        name=[f"Autre {n}" for n in range(len(actors))],
    )
    return Records.from_tables(renamed, records.meetings, attendance, records.contacts)


def _reversed(records: Records) -> Records:
    tables = [table.iloc[::-1] for table in (records.actors, records.meetings, records.attendance, records.contacts)]
    return Records.from_tables(*tables)


UNTOLD: Final[Mapping[str, Callable[[Records], Records]]] = {
    "names of organisations and persons": lambda records: with_table(records, "actors", _renamed),
    "ids and names of persons": _other_persons,
    "order of the rows": _reversed,
    "titles of meetings": lambda records: with_table(records, "meetings", lambda table: table.assign(title="Autre")),
    "themes of meetings": lambda records: with_table(records, "meetings", lambda table: table.assign(theme=None)),
    "channels": lambda records: with_table(records, "contacts", lambda table: table.assign(channel="Autre")),
    "themes of contacts": lambda records: with_table(records, "contacts", lambda table: table.assign(theme=None)),
    "ids of contacts": lambda records: with_table(
        records, "contacts", lambda table: table.assign(contact_id=[f"z{n:04}" for n in range(len(table))])
    ),
    "hours that partners can spare": lambda records: with_table(
        records, "actors", lambda table: table.assign(capacity_hours_per_month=None)
    ),
    "days of joining": lambda records: with_table(records, "actors", lambda table: table.assign(joined_on=None)),
    "length of meetings": lambda records: with_table(records, "meetings", lambda table: table.assign(duration_hours=3.0)),
    "names of sectors of one partner": lambda records: with_table(
        records,
        "actors",
        lambda table: table.assign(sector=table["sector"].where(~table["sector"].str.startswith("secteur", na=False), None)),
    ),
}
"""What an edition must not tell → how to change it."""


@pytest.mark.parametrize("untold", UNTOLD)
def test_what_an_edition_does_not_tell_changes_none_of_its_bytes(untold: str, edition: dict[str, bytes]) -> None:
    changed = UNTOLD[untold](planted_records())
    other = public_files(annual_review(changed, YEAR, name="Partenariat", note="Fictif."), KEY, "fr")

    assert [name for name in edition if edition[name] != other[name]] == []


def test_two_encounters_more_between_strangers_are_not_seen_on_the_map(edition: dict[str, bytes]) -> None:
    records = planted_records()
    met = set(map(frozenset, annual_review(records, YEAR).network.ties[["source_id", "target_id"]].to_numpy().tolist()))
    ids = [name.split()[1] for name in ORGANISATIONS[:20]]
    one, other = next((a, b) for a in ids for b in ids if a < b and frozenset((a, b)) not in met)
    rows = [{"contact_id": f"new{n}", "day": "2025-06-02", "source_id": one, "target_id": other} for n in range(2)]
    more = with_table(records, "contacts", lambda table: pd.concat([table, pd.DataFrame(rows)]))

    seen = public_files(annual_review(more, YEAR, name="Partenariat", note="Fictif."), KEY, "fr")

    assert seen["public-map.html"] == edition["public-map.html"]


def test_a_person_forgotten_between_two_editions_of_a_year_is_not_their_difference(edition: dict[str, bytes]) -> None:
    records = planted_records()
    actors = records.actors
    person = actors.loc[(actors["kind"] == "person") & actors["organisation_id"].notna(), "actor_id"].iloc[0]
    home = actors.set_index("actor_id").loc[person, "organisation_id"]
    attended = records.attendance
    attendance = attended.assign(actor_id=attended["actor_id"].where(attended["actor_id"] != person, home))
    without = Records.from_tables(
        actors[actors["actor_id"] != person],
        records.meetings,
        attendance.drop_duplicates(["meeting_id", "actor_id"]),
        records.contacts,
    )

    after = public_files(annual_review(without, YEAR, name="Partenariat", note="Fictif."), KEY, "fr")

    assert pseudonyms_in(after) == pseudonyms_in(edition)
    assert after["public-map.html"] == edition["public-map.html"]


def test_two_years_cannot_be_joined_by_pseudonym_nor_by_the_place_in_a_list() -> None:
    reviews = {period: annual_review(planted_records(), period, name="P") for period in (YEAR, YEAR.previous())}
    listed = []
    for period, review in reviews.items():
        ids = review.records.actors["actor_id"]
        pseudonym = KEY.pseudonyms(f"actor {period}", ids)
        listed.append(sorted(ids, key=pseudonym.__getitem__))
    same = sum(one == other for one, other in zip(*listed, strict=True))

    assert pseudonyms_in(public_files(reviews[YEAR], KEY, "fr")).isdisjoint(
        pseudonyms_in(public_files(reviews[YEAR.previous()], KEY, "fr"))
    )
    # By chance one of a list stays in place.
    assert same <= 4


def test_no_partner_on_the_map_is_alone_in_its_sector(edition: dict[str, bytes]) -> None:
    actors = scene_of(edition)["actors"]
    sizes = Counter(sector for place, sector in enumerate(actors["sector"]) if place not in actors["coordinators"])
    residents = sizes.pop(None)

    assert residents == 1
    assert min(sizes.values()) >= FEW


def test_documents_bear_no_author_but_the_program(edition: dict[str, bytes]) -> None:
    with zipfile.ZipFile(BytesIO(edition["public-review-2025.docx"])) as packed:
        core = packed.read("docProps/core.xml").decode()
        members = packed.namelist()
        days = {member.date_time for member in packed.infolist()}
    people = re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)<", core)

    assert set(people) <= {"", "partnet_analysis"}
    assert not [member for member in members if "comment" in member.casefold()]
    assert len(days) == 1
    assert not re.search(rb"/Author\s*\((?!Partenariat)", edition["public-review-2025.pdf"])


def test_no_identifier_or_class_in_a_page_is_made_of_a_record(edition: dict[str, bytes]) -> None:
    pages = [content.decode() for name, content in edition.items() if name.endswith(".html")]
    marks = {mark for page in pages for mark in re.findall(r'\b(?:id|class|data-[a-z-]+|href|title|alt)="([^"]*)"', page)}

    assert len(marks) > 20
    assert not [mark for mark in marks for text in PLANTED for part in text.split() if part.casefold() in mark.casefold()]


def test_residents_are_one_and_a_sixth_changes_nothing() -> None:
    assert resident_edition(5) != resident_edition(4)
    assert resident_edition(6) == resident_edition(5)


def resident_edition(n_residents: int) -> str:
    residents = [f"r{n}" for n in range(n_residents)]
    ids = [*"abcdefgh", *residents]
    actors = pd.DataFrame({"actor_id": ids, "name": ids})
    actors["kind"] = ["organisation"] * 8 + ["person"] * n_residents
    actors["level"] = [None] * 8 + ["resident"] * n_residents
    meetings = pd.DataFrame({"meeting_id": [*"123"], "day": "2025-01-01"})
    attendance = pd.DataFrame([(meeting, actor, "present") for meeting in "123" for actor in ids])
    attendance.columns = pd.Index(["meeting_id", "actor_id", "status"])
    records = Records.from_tables(actors, meetings, attendance)
    return public_files(annual_review(records, YEAR, name="P"), KEY, "fr")["public-map.html"].decode()
