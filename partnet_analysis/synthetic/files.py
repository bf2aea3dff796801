"""The made-up partnership as files, byte for byte the same on every machine."""

import csv
import io
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from partnet_analysis.synthetic.town import SyntheticPartnership
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
_README: Final = f"""\
# Partenariat de {TOWN} (exemple fictif)

{_NOTE}

Les quatre tables sont celles qu'un service tiendrait : qui (`actors.csv`), quelles réunions (`meetings.csv`), qui était
invité et qui est venu (`attendance.csv`), quels échanges entre deux réunions (`contacts.csv`), de 2023 à 2025.
Elles sont tirées au sort à partir d'une graine fixe par `python -m partnet_analysis.synthetic data/raw` (ou `make example`),
toujours identiques. Pour travailler sur vos propres relevés, donnez un autre dossier à `partnet review`.

---

This partnership is fictional: the town of {TOWN} does not exist; its organisations, its people and their exchanges are made
up, drawn from a fixed seed. Any likeness to real persons is chance.
"""


def files(town: SyntheticPartnership) -> dict[str, bytes]:
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
