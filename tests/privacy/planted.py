"""A partnership whose every text is planted: a name found in a public file is a name that leaked."""

import base64
import io
import re
import shutil
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from random import Random

import pandas as pd

from partnet_analysis.annual import Review, annual_review
from partnet_analysis.periods import Period
from partnet_analysis.privacy.keys import Key
from partnet_analysis.records.tables import Records

KEY = Key(b"an example that is no secret at all")
SECTORS = ("Culture", "Santé", "Éducation", "Sport")
PDFTOTEXT = shutil.which("pdftotext")
"""Poppler's reader of PDF pages, whose letters are glyphs; without it only a PDF's metadata and titles are searched."""

YEAR = Period.of_year(2025)

N_ORGANISATIONS, N_PERSONS, N_MEETINGS = 40, 60, 50


def planted(kind: str, number: int) -> str:
    """Make a text that occurs nowhere by chance."""
    letters = "".join(Random(f"{kind} {number}").choices("bcdfghjklmnpqrstvwxz", k=9))  # noqa: S311 (no secret)
    return f"{letters.capitalize()}è {kind}{number:03}"


ORGANISATIONS = [planted("org", n) for n in range(N_ORGANISATIONS)]
PERSONS = [planted("pers", n) for n in range(N_PERSONS)]
TITLES = [planted("titre", n) for n in range(N_MEETINGS)]
SERIES = [planted("groupe", n) for n in range(20)]
THEMES = [planted("theme", n) for n in range(20)]
CHANNELS = [planted("canal", n) for n in range(5)]
SMALL_SECTORS = [planted("secteur", n) for n in range(5)]
PLANTED = (*ORGANISATIONS, *PERSONS, *TITLES, *SERIES, *THEMES, *CHANNELS, *SMALL_SECTORS)
"""200 texts, none of which a public edition may hold."""


def planted_records() -> Records:
    """Make two years of meetings and contacts in which all texts are planted; ids are words of the names."""
    random = Random(1)  # noqa: S311 (no secret)
    organisation_ids = [name.split()[1] for name in ORGANISATIONS]
    person_ids = [name.split()[1] for name in PERSONS]
    homes = ["" if n % 3 == 0 else random.choice(organisation_ids) for n in range(N_PERSONS)]
    actors = pd.DataFrame(
        {
            "actor_id": [*organisation_ids, *person_ids],
            "name": [*ORGANISATIONS, *PERSONS],
            "kind": ["organisation"] * N_ORGANISATIONS + ["person"] * N_PERSONS,
            "organisation_id": [None] * N_ORGANISATIONS + [home or None for home in homes],
            "sector": [SMALL_SECTORS[n] if n < len(SMALL_SECTORS) else SECTORS[n % 4] for n in range(N_ORGANISATIONS)]
            + [None] * N_PERSONS,
            "level": [None] * N_ORGANISATIONS
            + ["resident" if not home and n % 2 else "field_worker" for n, home in enumerate(homes)],
            "is_coordinator": [n == N_ORGANISATIONS - 1 for n in range(N_ORGANISATIONS)] + [False] * N_PERSONS,
            "capacity_hours_per_month": [7.25] * N_ORGANISATIONS + [None] * N_PERSONS,
            "joined_on": ["2024-02-29"] * N_ORGANISATIONS + [None] * N_PERSONS,
        }
    )
    days = [f"{2024 + n % 2}-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(N_MEETINGS)]
    meetings = pd.DataFrame(
        {
            "meeting_id": [title.split()[1] for title in TITLES],
            "day": days,
            "title": TITLES,
            "series": [SERIES[n % len(SERIES)] for n in range(N_MEETINGS)],
            "theme": [THEMES[n % len(THEMES)] for n in range(N_MEETINGS)],
            "convener_id": [organisation_ids[-1 - n % 3] for n in range(N_MEETINGS)],
            "duration_hours": 1.5,
        }
    )
    everybody = [*organisation_ids, *person_ids]
    rows = [
        (meeting, actor, True, "present" if random.random() < 0.8 else "absent")
        for meeting in meetings["meeting_id"]
        for actor in random.sample(everybody, 10)
    ]
    pairs = [random.sample(organisation_ids, 2) for _ in range(150)]
    contacts = pd.DataFrame(
        {
            "contact_id": [f"c{n}" for n in range(300)],
            "day": [f"{2024 + n % 2}-{n % 12 + 1:02}-05" for n in range(300)],
            "source_id": [pair[n % 2] for n, pair in enumerate([*pairs, *pairs])],
            "target_id": [pair[1 - n % 2] for n, pair in enumerate([*pairs, *pairs])],
            "channel": [CHANNELS[n % len(CHANNELS)] for n in range(300)],
            "theme": [THEMES[n % len(THEMES)] for n in range(300)],
        }
    )
    return Records.from_tables(
        actors, meetings, pd.DataFrame(rows, columns=["meeting_id", "actor_id", "invited", "status"]), contacts
    )


def planted_review() -> Review:
    return annual_review(planted_records(), YEAR, name="Partenariat", note="Fictif.")


def found(files: Mapping[str, bytes], texts: tuple[str, ...]) -> dict[str, list[str]]:
    """Tell which texts, or their ids, stand in which files, however they are packed."""
    needles = {text: {text, text.split()[0], text.split()[-1]} for text in texts}
    hits: dict[str, list[str]] = {}
    for name, content in files.items():
        whole = "\n".join([name, *unpacked(content)]).casefold()
        for text, parts in needles.items():
            if any(part.casefold() in whole for part in parts):
                hits.setdefault(name, []).append(text)
    return hits


def unpacked(content: bytes) -> Iterator[str]:
    """Yield all text of a file: as it stands, its escapes undone, and whatever is packed in it, layer by layer."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield packed.comment.decode("latin-1")
            for part in packed.infolist():
                yield part.filename
                yield from unpacked(packed.read(part))
        return
    if content[:5] == b"%PDF-" and PDFTOTEXT:
        told = subprocess.run([PDFTOTEXT, "-", "-"], input=content, capture_output=True, check=True)
        yield told.stdout.decode()
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield from unpacked(zlib.decompress(stream))
        except zlib.error:
            yield stream.decode("latin-1")
    text = content.decode("utf-8", errors="replace")
    yield text
    yield re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), text)
    for packed_text in re.findall(r"base64,([A-Za-z0-9+/=]+)", text):
        yield from unpacked(base64.b64decode(packed_text))
    for word in re.findall(r"<((?:[0-9a-fA-F]{4})+)>", text):
        yield bytes.fromhex(word).decode("utf-16-be", errors="replace")
