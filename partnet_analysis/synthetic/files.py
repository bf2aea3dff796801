"""The made-up partnership as files, byte for byte the same on every machine."""

import csv
import io
from collections.abc import Mapping
from importlib import resources
from typing import Any, Final

import pandas as pd

from partnet_analysis.synthetic.town import SyntheticPartnership, partnership
from partnet_analysis.synthetic.words import TOWN

_NOTE: Final = (
    f"Exemple fictif : {TOWN} n'existe pas, ses organisations, ses habitants et leurs échanges sont inventés. "
    "Toute ressemblance avec des personnes réelles serait fortuite."
)
_TOML: Final = f"""\
# {_NOTE}
# Fichier écrit par « python -m partnet_analysis.synthetic data/raw » : ne le corrigez pas à la main.

[partnership]
name = "Partenariat de {TOWN} (exemple fictif)"
note = "{_NOTE}"
language = "fr"
"""
_TEXTS: Final = {
    "framework": "cadre.md",
    "commitments": "engagements.md",
    "voices": "paroles.md",
    "action_plan": "plan-d-action.md",
}
"""The example's own texts by the names they have in `partnet.toml`; they tell of the default partnership and of no other."""

_NAMES_TEXTS: Final = "\n# Les textes que le service écrit lui-même et que le bilan reprend.\n[texts]\n"

_README: Final = f"""\
# Partenariat de {TOWN} (exemple fictif)

{_NOTE}

Les quatre tables sont celles qu'un service tiendrait : qui (`actors.csv`), quelles réunions (`meetings.csv`), qui était
invité et qui est venu (`attendance.csv`), quels échanges entre deux réunions (`contacts.csv`), de 2023 à 2025.
Elles sont tirées au sort à partir d'une graine fixe par `python -m partnet_analysis.synthetic data/raw` (ou `make example`),
toujours identiques. Quatre textes, comme un service les écrirait, sont repris dans le bilan : le cadre (`cadre.md`), les
engagements de l'an dernier (`engagements.md`), ce qu'en disent les partenaires (`paroles.md`), le plan d'action
(`plan-d-action.md`) ; eux aussi sont inventés. Pour travailler sur vos propres relevés, donnez un autre dossier à
`partnet review`.

---

This partnership is fictional: the town of {TOWN} does not exist; its organisations, its people and their exchanges are made
up, drawn from a fixed seed; so are the four texts that the review quotes. Any likeness to real persons is chance.
"""


def files_of(town: SyntheticPartnership) -> dict[str, bytes]:
    """
    Write a made-up partnership as the files that a service would keep.

    Parameters
    ----------
    town
        The partnership.

    Returns
    -------
    files
        File name → content: the four tables as CSV, `partnet.toml`, and a `README.md` that says it is all fictional.
    """
    tables = {f"{table}.csv": _csv(frame) for table, frame in town.tables.items()}
    texts: Mapping[str, str] = {**tables, "partnet.toml": _TOML, "README.md": _README}
    return {name: text.encode() for name, text in texts.items()}


def example_files() -> dict[str, bytes]:
    """
    Write the example of `data/raw`: the default partnership, with the texts that its service wrote for the review.

    Returns
    -------
    files
        What `files_of` gives, and the Markdown files that `partnet.toml` names.
    """
    folder = resources.files(__package__) / "texts"
    texts = {file: (folder / file).read_bytes() for file in _TEXTS.values()}
    named = "".join(f'{name} = "{file}"\n' for name, file in _TEXTS.items())
    written = files_of(partnership())
    return written | {"partnet.toml": written["partnet.toml"] + f"{_NAMES_TEXTS}{named}".encode()} | texts


def _csv(frame: pd.DataFrame) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(frame.columns)
    writer.writerows([_plain(value) for value in row] for row in frame.itertuples(index=False))
    return text.getvalue()


def _plain(value: Any) -> str:  # noqa: ANN401 (a cell holds any plain value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "g") if isinstance(value, float) else str(value)
