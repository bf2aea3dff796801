"""
The bill of materials: what the program is made of, from the lock file, as CycloneDX 1.6 JSON (ECMA-424).

`python -m benchmarks.sbom requirements.lock > sbom.cdx.json`. The same lock file gives the same bytes: no clock, and a
serial number made of the content.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

PROJECT: Final = "partnet_analysis"

_ENTRY: Final = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[(?P<extras>[^\]\n]*)\])?==(?P<version>[^\s;\\]+)"
    r"(?:\s*;\s*(?P<marker>[^\\\n]+?))?\s*\\?$",
    re.MULTILINE,
)
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LICENCE_CLASSIFIER: Final = "License :: OSI Approved :: "


@dataclass(frozen=True)
class Locked:
    """
    A package as the lock file pins it.

    Parameters
    ----------
    name
        Its name, normalised.
    version
        Its version.
    marker
        Where it is installed at all; empty for everywhere.
    hashes
        The SHA-256 of each file that may be installed.
    extras
        What more of it is asked for, as `name[extra]`.
    """

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    extras: frozenset[str] = frozenset()

    @property
    def purl(self) -> str:
        """The package's address in the language of bills (package URL)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def locked(text: str) -> Iterator[Locked]:
    """
    Read a lock file.

    Parameters
    ----------
    text
        The file: `name==version` or `name[extra]==version`, with its hashes in the lines below.

    Yields
    ------
    package
        Each package pinned.
    """
    found = list(_ENTRY.finditer(text))
    ends = [entry.start() for entry in found[1:]] + [len(text)]
    for entry, end in zip(found, ends, strict=True):
        name = re.sub(r"[-_.]+", "-", entry["name"]).lower()
        hashes = tuple(_HASH.findall(text[entry.end() : end]))
        extras = frozenset(re.findall(r"[^\s,]+", entry["extras"] or ""))
        yield Locked(name, entry["version"], entry["marker"] or "", hashes, extras)


def bill(lock: str) -> dict[str, Any]:
    """
    Draw the bill of materials up.

    Parameters
    ----------
    lock
        The lock file's content.

    Returns
    -------
    bill
        CycloneDX 1.6: each package with version, package URL, licence where the installed package tells it, and hashes.
    """
    packages = list(locked(lock))
    own = {
        "type": "application",
        "bom-ref": PROJECT,
        "name": PROJECT,
        "version": metadata.version(PROJECT),
        "licenses": [{"license": {"id": "GPL-3.0-or-later"}}],
    }
    direct = {re.sub(r"[-_.]+", "-", re.split(r"[ <>=!~;\[]", line, maxsplit=1)[0]).lower() for line in _required()}
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, lock)}",
        "version": 1,
        "metadata": {"component": own},
        "components": [_component(package) for package in packages],
        "dependencies": [
            {"ref": PROJECT, "dependsOn": sorted(package.purl for package in packages if package.name in direct)}
        ],
    }


def _required() -> list[str]:
    return [line for line in metadata.requires(PROJECT) or [] if "extra ==" not in line]


def _component(package: Locked) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "externalReferences": [
            {
                "type": "distribution",
                "url": package.purl,  # no address, as in the lock: any mirror serves
                "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
            }
        ],
    }
    licences = _licences(package.name)
    marked = {"properties": [{"name": "python:marker", "value": package.marker}]} if package.marker else {}
    return component | ({"licenses": licences} if licences else {}) | marked


def _licences(name: str) -> list[dict[str, Any]]:
    """Ask the installed package; one that is not installed here, as on another system, says nothing."""
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return []
    if "License-Expression" in told:
        return [{"expression": told["License-Expression"]}]
    classified = [line for line in told.get_all("Classifier") or [] if line.startswith(_LICENCE_CLASSIFIER)]
    # The older field may hold the licence's whole text; its first line names it.
    written = [told["License"].partition("\n")[0]] if "License" in told else []
    return [{"license": {"name": name.removeprefix(_LICENCE_CLASSIFIER)}} for name in classified or written]


def main() -> None:
    """Write the bill of the lock file named on the command line to standard output."""
    lock = Path(sys.argv[1]).read_text(encoding="utf-8")
    sys.stdout.write(json.dumps(bill(lock), indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
